// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accentbutton.h"

#include <QPainter>
#include <QStyleOptionButton>

#include "ui/widgets/theme.h"

namespace tidemark {

AccentButton::AccentButton(const QString &text, QWidget *parent) : QPushButton(text, parent) { setAccent(true); }

void AccentButton::setAccent(bool accent)
{
    m_accent = accent;
    QFont weighty = font();
    weighty.setWeight(accent ? QFont::DemiBold : QFont::Normal);
    setFont(weighty);
    update();
}

void AccentButton::setDangerous(bool dangerous)
{
    m_dangerous = dangerous;
    update();
}

void AccentButton::paintEvent(QPaintEvent *event)
{
    if (!m_accent)
        return QPushButton::paintEvent(event);
    const theme::Colors &colors = theme::of(palette());
    QColor fill(m_dangerous ? colors.warning.mark : colors.accent);
    QColor text(colors.accentText);
    if (!isEnabled()) {
        fill = QColor(colors.hairline);
        text = QColor(colors.muted);
    } else if (isDown()) {
        fill = theme::isDark(palette()) ? fill.darker(115) : fill.darker(125);
    } else if (underMouse()) {
        fill = theme::isDark(palette()) ? fill.lighter(108) : fill.darker(112);
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(colors.accentText), 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(3.5, 3.5, -3.5, -3.5), 3, 3);
    }
    painter.setPen(text);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextShowMnemonic, this->text());
}

} // namespace tidemark
