// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/askbox.h"

#include <QEvent>
#include <QPushButton>

#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

AskBox::AskBox(const QString &icon, const QString &title, const QString &text, QWidget *parent)
    : QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::NoButton, parent), m_icon(icon)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setTextFormat(Qt::PlainText);
    drawIcon();
}

QPushButton *AskBox::addKeepButton(const QString &text)
{
    QPushButton *button = addButton(text, QMessageBox::RejectRole);
    setDefaultButton(button);
    setEscapeButton(button);
    return button;
}

void AskBox::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
    QMessageBox::changeEvent(event);
}

void AskBox::drawIcon()
{
    const theme::Token token = m_icon == u"error" ? theme::Token::Remove
        : m_icon == u"warning"                    ? theme::Token::Warning
                                                  : theme::Token::Muted;
    const QPixmap drawn = signs::icon(m_icon, token).pixmap(QSize(24, 24), devicePixelRatioF());
    if (iconPixmap().cacheKey() != drawn.cacheKey())
        setIconPixmap(drawn);
}

} // namespace tidemark
