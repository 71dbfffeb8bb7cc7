// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style.h"

#include <QCheckBox>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QStyleOption>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

#include "ui/widgets/theme.h"

namespace tidemark {

TidemarkStyle::TidemarkStyle() : QProxyStyle(QStringLiteral("Fusion")) { }

static constexpr int besideIcon = 6; // between a tool button's border and its icon

static bool isBesideIcon(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    return button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon && !button->icon.isNull();
}

// Between entries of a menu; one with a text is their heading.
static bool isSeparator(const QStyleOption *option)
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    return item && item->menuItemType == QStyleOptionMenuItem::Separator && item->text.isEmpty();
}

QSize TidemarkStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                      const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        result.setHeight(std::max(result.height(), theme::control));
        result.setWidth(std::max(result.width() + 8, 80));
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        result.setHeight(std::max(result.height(), theme::control));
        break;
    case CT_ToolButton:
        result.setHeight(std::max(result.height(), theme::control));
        result.rwidth() += isBesideIcon(option) ? 2 * besideIcon : 8;
        break;
    case CT_MenuItem:
        result.setHeight(isSeparator(option) ? theme::gap + 1 : std::max(result.height(), theme::row));
        break;
    case CT_HeaderSection: // its label is set in as the cells below are
        result.rwidth() += 12;
        break;
    case CT_TabBarTab:
        result.setHeight(std::max(result.height(), theme::control));
        result.rwidth() += 8;
        break;
    default:
        break;
    }
    return result;
}

int TidemarkStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return widget && widget->isWindow() ? theme::group : theme::gap;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return theme::gap;
    case PM_ToolBarItemSpacing:
    case PM_ToolBarItemMargin:
        return 4;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_SplitterWidth:
        return 5;
    case PM_ScrollBarExtent:
        return 12;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

// A scroll bar is its slider alone: no arrows.
QRect TidemarkStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                    const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, part, widget);
    constexpr int shortest = 24;
    const bool across = bar->orientation == Qt::Horizontal;
    const int room = across ? bar->rect.width() : bar->rect.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    const qint64 share = range > 0 ? qint64(room) * bar->pageStep / (range + bar->pageStep) : room;
    const int length = std::min(room, std::max(shortest, static_cast<int>(share)));
    const int start =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, room - length, bar->upsideDown);
    const auto span = [&](int from, int size) {
        const QRect rect = across ? QRect(bar->rect.x() + from, bar->rect.y(), size, bar->rect.height())
                                  : QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), size);
        return visualRect(bar->direction, bar->rect, rect);
    };
    switch (part) {
    case SC_ScrollBarSlider:
        return span(start, length);
    case SC_ScrollBarSubPage:
        return span(0, start);
    case SC_ScrollBarAddPage:
        return span(start + length, room - start - length);
    case SC_ScrollBarGroove:
        return bar->rect;
    default:
        return {};
    }
}

QRect TidemarkStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents)
        return rect.adjusted(4, 0, -4, 0);
    // Glyphs may reach beyond their advance, as those that another font lends do: they are not cut off.
    return element == SE_TabBarTabText ? rect.adjusted(-3, 0, 3, 0) : rect;
}

int TidemarkStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                             QStyleHintReturn *returnData) const
{
    if (hint == SH_ItemView_ShowDecorationSelected || hint == SH_EtchDisabledText)
        return hint == SH_ItemView_ShowDecorationSelected ? 1 : 0;
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

static void drawFieldBorder(const QStyleOption *option, QPainter *painter)
{
    const theme::Colors &colors = theme::of(option->palette);
    const bool focus = option->state & QStyle::State_HasFocus;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(QColor(focus ? colors.accent : colors.border), focus ? 2 : 1));
    const double inset = focus ? 1 : 0.5;
    painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset), 3, 3);
    painter->restore();
}

void TidemarkStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                       const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        const theme::Colors &colors = theme::of(option->palette);
        const QRect slider = subControlRect(control, option, SC_ScrollBarSlider, widget);
        const bool held =
            option->activeSubControls & SC_ScrollBarSlider && option->state & (State_MouseOver | State_Sunken);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->fillRect(option->rect, QColor(colors.panel));
        painter->setPen(Qt::NoPen);
        painter->setBrush(QColor(held ? colors.accent : colors.border));
        if (option->state & State_Enabled)
            painter->drawRoundedRect(QRectF(slider).adjusted(3, 3, -3, -3), 3, 3);
        painter->restore();
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (control == CC_SpinBox || (box && box->editable && box->frame)) // as faint as a line edit's outline would be
        drawFieldBorder(option, painter);
}

void TidemarkStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    const theme::Colors &colors = theme::of(option->palette);
    switch (element) {
    case PE_IndicatorToolBarSeparator:
        painter->fillRect(QRect(option->rect.center().x(), option->rect.top() + 8, 1, option->rect.height() - 16),
                          QColor(colors.hairline));
        return;
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        drawButton(option, painter, element == PE_PanelButtonTool);
        return;
    case PE_FrameFocusRect:
        // Buttons show their focus as a border of their own.
        if (qobject_cast<const QAbstractButton *>(widget) && !qobject_cast<const QCheckBox *>(widget)
            && !qobject_cast<const QRadioButton *>(widget))
            return;
        break;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
    case PE_IndicatorRadioButton:
        drawIndicator(option, painter, element == PE_IndicatorRadioButton);
        return;
    case PE_PanelItemViewRow:
        // The delegates frame what is selected; beside a branch nothing else belongs.
        if (option->state & State_Selected && qobject_cast<const QTreeView *>(widget))
            return;
        break;
    case PE_Frame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0) {
            const bool focus = option->state & State_HasFocus;
            painter->setPen(QColor(focus ? colors.accent : colors.border));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        }
        return;
    case PE_PanelLineEdit:
        // Fusion's outline is too faint to be seen as the border of a control.
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0) {
            drawFieldBorder(option, painter);
        }
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void TidemarkStyle::drawButton(const QStyleOption *option, QPainter *painter, bool isTool) const
{
    const theme::Colors &colors = theme::of(option->palette);
    const bool enabled = option->state & State_Enabled;
    const bool down = option->state & (State_On | State_Sunken);
    const bool over = enabled && option->state & State_MouseOver;
    const bool raised = !isTool || !(option->state & State_AutoRaise);
    if (isTool && !raised && !down && !over && !(option->state & State_HasFocus))
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool focus = option->state & State_HasFocus;
    const bool chosen = option->state & State_On;
    QColor border(focus || chosen ? colors.accent : enabled ? colors.border : colors.hairline);
    painter->setPen(raised || focus || chosen ? QPen(border, focus ? 2 : 1) : QPen(Qt::NoPen));
    painter->setBrush(QColor(down ? colors.update.cell : over ? colors.update.row : colors.panel));
    const double inset = focus ? 1 : 0.5;
    painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset), 4, 4);
    painter->restore();
}

void TidemarkStyle::drawIndicator(const QStyleOption *option, QPainter *painter, bool isRadio) const
{
    const theme::Colors &colors = theme::of(option->palette);
    const bool enabled = option->state & State_Enabled;
    const bool on = option->state & State_On;
    const bool partly = option->state & State_NoChange;
    const int side = std::min({option->rect.width(), option->rect.height(), 16});
    QRectF box(0, 0, side - 2, side - 2);
    box.moveCenter(QRectF(option->rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRgb fill = enabled ? colors.accent : colors.hairline;
    painter->setPen(QPen(QColor(on || option->state & State_HasFocus ? fill
                                    : enabled                        ? colors.border
                                                                     : colors.hairline),
                         option->state & State_HasFocus ? 2 : 1));
    painter->setBrush(QColor(on || partly ? fill : colors.window));
    if (isRadio)
        painter->drawEllipse(box);
    else
        painter->drawRoundedRect(box, 3, 3);
    painter->setPen(
        QPen(QColor(enabled ? colors.accentText : colors.muted), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (isRadio && on) {
        painter->setBrush(QColor(enabled ? colors.accentText : colors.muted));
        painter->setPen(Qt::NoPen);
        painter->drawEllipse(box.center(), side / 5.0, side / 5.0);
    } else if (partly) {
        painter->drawLine(box.center() - QPointF(side * 0.24, 0), box.center() + QPointF(side * 0.24, 0));
    } else if (on) {
        painter->drawPolyline(QPolygonF{box.topLeft() + QPointF(side * 0.22, side * 0.5),
                                        box.topLeft() + QPointF(side * 0.42, side * 0.7),
                                        box.topLeft() + QPointF(side * 0.74, side * 0.28)});
    }
    painter->restore();
}

void TidemarkStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    const theme::Colors &colors = theme::of(option->palette);
    if (element == CE_Splitter) {
        const QRect rect = option->rect;
        const bool upright = rect.height() > rect.width();
        painter->fillRect(upright ? QRect(rect.center().x(), rect.top(), 1, rect.height())
                                  : QRect(rect.left(), rect.center().y(), rect.width(), 1),
                          QColor(colors.hairline));
        return;
    }
    if (element == CE_HeaderSection) {
        painter->fillRect(option->rect, QColor(colors.panel));
        painter->setPen(QColor(colors.hairline));
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    }
    if (element == CE_HeaderLabel) {
        // In line with the cells below.
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeader inner = *header;
            inner.rect.adjust(6, 0, -6, 0);
            inner.palette.setColor(QPalette::ButtonText, QColor(colors.muted));
            QProxyStyle::drawControl(element, &inner, painter, widget);
            return;
        }
    }
    if (element == CE_MenuItem && isSeparator(option)) {
        const QRect rect = option->rect;
        painter->fillRect(QRect(rect.left() + 8, rect.center().y(), rect.width() - 16, 1), QColor(colors.hairline));
        return;
    }
    if (element == CE_ToolButtonLabel && isBesideIcon(option)) {
        QStyleOptionToolButton inner = *qstyleoption_cast<const QStyleOptionToolButton *>(option);
        const bool mirrored = inner.direction == Qt::RightToLeft;
        inner.rect.adjust(mirrored ? 0 : besideIcon, 0, mirrored ? -besideIcon : 0, 0);
        QProxyStyle::drawControl(element, &inner, painter, widget);
        return;
    }
    if (element == CE_ProgressBarGroove) {
        painter->fillRect(option->rect, QColor(colors.hairline));
        return;
    }
    if (element == CE_ProgressBarContents) {
        // Still, also where the end is not known: a pattern instead of motion.
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            const bool known = bar->maximum > bar->minimum;
            QRect done = option->rect;
            if (known)
                done.setWidth(static_cast<int>(static_cast<qint64>(done.width()) * (bar->progress - bar->minimum)
                                               / (bar->maximum - bar->minimum)));
            painter->fillRect(done, QBrush(QColor(colors.accent), known ? Qt::SolidPattern : Qt::BDiagPattern));
        }
        return;
    }
    if (element == CE_ToolBar) {
        painter->fillRect(option->rect, QColor(colors.panel));
        painter->setPen(QColor(colors.hairline));
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

} // namespace tidemark
