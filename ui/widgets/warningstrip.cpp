// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/warningstrip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace tidemark {

WarningStrip::WarningStrip(QWidget *parent) : QWidget(parent), m_label(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::group, theme::gap, theme::gap, theme::gap);
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::PlainText);
    layout->addWidget(m_label);
}

void WarningStrip::setText(const QString &text) { m_label->setText(text); }

QString WarningStrip::text() const { return m_label->text(); }

void WarningStrip::paintEvent(QPaintEvent *)
{
    const theme::Colors &colors = theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), QColor(colors.warning.row));
    painter.fillRect(QRect(0, 0, 4, height()), QColor(colors.warning.mark));
}

} // namespace tidemark
