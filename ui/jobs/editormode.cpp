// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editormode.h"

#include <QPainter>
#include <QStyleOptionButton>

#include "ui/widgets/signs.h"
#include "ui/widgets/theme.h"

namespace tidemark {

static constexpr int pictureWidth = 104;
static constexpr int pictureHeight = 64;
static constexpr int indicator = 16;

EditorMode::EditorMode(Picture picture, const QString &title, const QString &sentence, QWidget *parent)
    : QAbstractButton(parent), m_picture(picture), m_sentence(sentence)
{
    setText(title);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum, QSizePolicy::RadioButton);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QRect EditorMode::textRect(int width) const
{
    const int left = theme::group + indicator + theme::gap;
    return {left, theme::gap + 4, width - left - pictureWidth - 2 * theme::group, 10'000};
}

int EditorMode::heightForWidth(int width) const
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const int title = QFontMetrics(bold).height() + 4;
    const int sentence = fontMetrics().boundingRect(textRect(width), Qt::TextWordWrap, m_sentence).height();
    return std::max(title + sentence + 2 * theme::gap + 8, pictureHeight + 2 * theme::gap);
}

QSize EditorMode::sizeHint() const { return {340, heightForWidth(340)}; }
QSize EditorMode::minimumSizeHint() const { return {300, heightForWidth(300)}; }

void EditorMode::paintEvent(QPaintEvent *)
{
    const theme::Colors &colors = theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool strong = isChecked() || hasFocus();
    painter.setPen(QPen(QColor(strong ? colors.accent : colors.border), strong ? 2 : 1));
    painter.setBrush(QColor(isChecked()                       ? colors.update.row
                                : underMouse() && isEnabled() ? colors.panel
                                                              : colors.window));
    const double inset = strong ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 4, 4);
    painter.setRenderHint(QPainter::Antialiasing, false);

    QStyleOptionButton radio;
    radio.initFrom(this);
    radio.rect = QRect(theme::group, theme::gap + 6, indicator, indicator);
    radio.state &= ~QStyle::State_HasFocus;
    radio.state |= isChecked() ? QStyle::State_On : QStyle::State_Off;
    style()->drawPrimitive(QStyle::PE_IndicatorRadioButton, &radio, &painter, this);

    QRect text = textRect(width());
    text.setHeight(height());
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(QColor(isEnabled() ? colors.text : colors.muted));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignTop | Qt::TextShowMnemonic, this->text());
    text.translate(0, QFontMetrics(bold).height() + 4);
    painter.setFont(font());
    painter.setPen(QColor(isChecked() ? colors.text : colors.muted));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_sentence);
    if (!isEnabled())
        painter.setOpacity(0.4);
    paintPicture(
        painter,
        QRect(width() - pictureWidth - theme::group, (height() - pictureHeight) / 2, pictureWidth, pictureHeight));
}

// Two tables of rows: the source's, then the target's as they are after the run.
void EditorMode::paintPicture(QPainter &painter, const QRect &rect) const
{
    const theme::Colors &colors = theme::of(palette());
    constexpr int bar = 36;
    constexpr int step = 16;
    const auto row = [&](int x, int line, QRgb fill, QRgb mark, const QString &sign) {
        const QRect place(rect.left() + x, rect.top() + line * step + 2, bar, 12);
        painter.fillRect(place, QColor(fill));
        painter.setPen(QColor(mark));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place.adjusted(0, 0, -1, -1));
        if (!sign.isEmpty())
            signs::paint(&painter, sign, QRect(place.center().x() - 5, place.top(), 12, 12), QColor(mark));
    };
    const bool removes = m_picture == Picture::MakeIdentical;
    const int target = rect.width() - bar;
    if (m_picture == Picture::TwoWay) {
        const QRect middle(rect.left() + bar + 8, rect.top() + step / 2, 16, 16);
        signs::paint(&painter, QStringLiteral("to-target"), middle, QColor(colors.muted));
        signs::paint(&painter, QStringLiteral("to-source"), middle.translated(0, 2 * step), QColor(colors.muted));
        row(0, 0, colors.panel, colors.border, {});
        row(target, 0, colors.insert.cell, colors.insert.mark, QStringLiteral("insert"));
        row(0, 1, colors.panel, colors.border, {});
        row(target, 1, colors.update.cell, colors.update.mark, QStringLiteral("update"));
        row(0, 2, colors.update.cell, colors.update.mark, QStringLiteral("update"));
        row(target, 2, colors.panel, colors.border, {});
        row(0, 3, colors.conflict.cell, colors.conflict.mark, QStringLiteral("conflict"));
        row(target, 3, colors.conflict.cell, colors.conflict.mark, QStringLiteral("conflict"));
        return;
    }
    for (int line = 0; line < 3; ++line)
        row(0, line, colors.panel, colors.border, {});
    signs::paint(&painter, QStringLiteral("to-target"), QRect(rect.left() + bar + 8, rect.top() + step + 0, 16, 16),
                 QColor(colors.muted));
    row(target, 0, colors.insert.cell, colors.insert.mark, QStringLiteral("insert"));
    row(target, 1, colors.update.cell, colors.update.mark, QStringLiteral("update"));
    row(target, 2, colors.panel, colors.border, QStringLiteral("equal"));
    if (removes)
        row(target, 3, colors.remove.cell, colors.remove.mark, QStringLiteral("delete"));
    else
        row(target, 3, colors.panel, colors.border, {});
}

} // namespace tidemark
