// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/noticestrip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

NoticeStrip::NoticeStrip(QWidget *parent)
    : QWidget(parent), m_text(new QLabel(this)), m_action(new QPushButton(this)),
      m_close(new QPushButton(tr("Understood"), this))
{
    setObjectName(u"notice"_s);
    m_text->setObjectName(u"noticeText"_s);
    m_action->setObjectName(u"noticeAction"_s);
    m_close->setObjectName(u"noticeClose"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::group, 4, 4, 4);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);
    connect(m_action, &QPushButton::clicked, this, &NoticeStrip::actionWanted);
    connect(m_close, &QPushButton::clicked, this, &NoticeStrip::dismiss);
    hide();
}

void NoticeStrip::say(const QString &text, const QString &action)
{
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    show();
}

void NoticeStrip::dismiss() { hide(); }

QString NoticeStrip::text() const { return isHidden() ? QString() : m_text->text(); }

void NoticeStrip::paintEvent(QPaintEvent *)
{
    const theme::Colors &colors = theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), QColor(colors.update.row));
    painter.fillRect(QRect(0, 0, 4, height()), QColor(colors.accent));
}

} // namespace tidemark
