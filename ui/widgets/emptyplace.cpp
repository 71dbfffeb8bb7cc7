// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptyplace.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/widgets/accentbutton.h"
#include "ui/widgets/signs.h"

namespace tidemark {

EmptyPlace::EmptyPlace(const QString &icon, QWidget *parent)
    : QWidget(parent), m_icon(icon), m_picture(new QLabel(this)), m_sentence(new QLabel(this)),
      m_button(new AccentButton({}, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::group, theme::group, theme::group, theme::group);
    m_button->setAccent(false);
    layout->addStretch();
    layout->addWidget(m_picture, 0, Qt::AlignHCenter);
    layout->addSpacing(theme::gap);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_sentence);
    layout->addSpacing(theme::gap);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch();
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &EmptyPlace::clicked);
    drawIcon();
}

void EmptyPlace::setSentence(const QString &sentence) { m_sentence->setText(sentence); }

void EmptyPlace::setButton(const QString &text)
{
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

void EmptyPlace::setAccent(bool accent) { m_button->setAccent(accent); }

void EmptyPlace::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
    QWidget::changeEvent(event);
}

void EmptyPlace::drawIcon()
{
    m_picture->setPixmap(signs::icon(m_icon, theme::Token::Muted).pixmap(QSize(48, 48), devicePixelRatioF()));
}

} // namespace tidemark
