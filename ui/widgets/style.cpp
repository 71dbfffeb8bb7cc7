// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style.h"

#include <QPainter>
#include <QPushButton>
#include <QStyleOption>
#include <QToolBar>
#include <QToolButton>

#include "ui/widgets/theme.h"

namespace tidemark {

TidemarkStyle::TidemarkStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

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
        result.rwidth() += 8;
        break;
    case CT_MenuItem:
        result.setHeight(std::max(result.height(), theme::row));
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
        return 4;
    case PM_ToolBarItemMargin:
        return 4;
    case PM_SplitterWidth:
        return 5;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int TidemarkStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                             QStyleHintReturn *returnData) const
{
    if (hint == SH_ItemView_ShowDecorationSelected || hint == SH_EtchDisabledText)
        return hint == SH_ItemView_ShowDecorationSelected ? 1 : 0;
    return QProxyStyle::styleHint(hint, option, widget, returnData);
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
    case PE_PanelLineEdit:
        // Fusion's outline is too faint to be seen as the border of a control.
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            const bool focus = option->state & State_HasFocus;
            painter->setPen(QPen(QColor(focus ? colors.accent : colors.border), focus ? 2 : 1));
            const double inset = focus ? 1 : 0.5;
            painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset), 3, 3);
            painter->restore();
        }
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
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
    if (element == CE_ToolBar) {
        painter->fillRect(option->rect, QColor(colors.panel));
        painter->setPen(QColor(colors.hairline));
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

} // namespace tidemark
