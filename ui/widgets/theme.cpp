// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include <cmath>

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QHeaderView>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace tidemark::theme {

bool isDark(const QPalette &palette) { return palette.color(QPalette::Window).lightness() < 128; }

const Colors &of(const QPalette &palette) { return isDark(palette) ? dark : light; }

QColor color(Token token, const QPalette &palette)
{
    const Colors &colors = of(palette);
    switch (token) {
    case Token::Text:
        return QColor(colors.text);
    case Token::Muted:
        return QColor(colors.muted);
    case Token::Accent:
        return QColor(colors.accent);
    case Token::AccentText:
        return QColor(colors.accentText);
    case Token::Insert:
        return QColor(colors.insert.mark);
    case Token::Update:
        return QColor(colors.update.mark);
    case Token::Remove:
        return QColor(colors.remove.mark);
    case Token::Conflict:
        return QColor(colors.conflict.mark);
    case Token::Warning:
        return QColor(colors.warning.mark);
    }
    return QColor(colors.text);
}

QPalette palette(const Colors &colors)
{
    const QColor text(colors.text);
    const QColor muted(colors.muted);
    const bool darkTheme = QColor(colors.window).lightness() < 128;
    QPalette result;
    result.setColor(QPalette::Window, QColor(colors.window));
    result.setColor(QPalette::Base, QColor(colors.window));
    result.setColor(QPalette::AlternateBase, QColor(colors.panel));
    result.setColor(QPalette::Button, darkTheme ? QColor(colors.panel).lighter(125) : QColor(colors.panel));
    result.setColor(QPalette::ToolTipBase, QColor(colors.panel));
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText, QPalette::BrightText})
        result.setColor(role, text);
    result.setColor(QPalette::PlaceholderText, muted);
    result.setColor(QPalette::Highlight, QColor(colors.accent));
    result.setColor(QPalette::HighlightedText, QColor(colors.accentText));
    result.setColor(QPalette::Link, QColor(colors.accent));
    result.setColor(QPalette::LinkVisited, QColor(colors.accent));
    result.setColor(QPalette::Light, darkTheme ? QColor(colors.hairline) : QColor(colors.window));
    result.setColor(QPalette::Midlight, QColor(colors.hairline));
    result.setColor(QPalette::Mid, QColor(colors.hairline));
    result.setColor(QPalette::Dark, QColor(colors.border));
    result.setColor(QPalette::Shadow, darkTheme ? QColor(Qt::black) : QColor(colors.border));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        result.setColor(QPalette::Disabled, role, muted);
    result.setColor(QPalette::Disabled, QPalette::Highlight, QColor(colors.hairline));
    result.setColor(QPalette::Disabled, QPalette::HighlightedText, text);
    return result;
}

static double luminance(QRgb color)
{
    const auto linear = [](int channel) {
        const double c = channel / 255.0;
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color)) + 0.0722 * linear(qBlue(color));
}

double contrast(QRgb a, QRgb b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

void apply(Choice choice, bool systemIsDark)
{
    const bool useDark = choice == Choice::Dark || (choice == Choice::System && systemIsDark);
    QApplication::setPalette(palette(useDark ? dark : light));
}

static const char *const compactProperty = "tidemarkCompactRows";

bool isCompact() { return QCoreApplication::instance()->property(compactProperty).toBool(); }

int rowHeight(const QFont &font)
{
    return std::max(isCompact() ? compactRow : row, QFontMetrics(font).height() + (isCompact() ? 4 : 8));
}

void setCompact(bool compact)
{
    if (compact == isCompact())
        return;
    QCoreApplication::instance()->setProperty(compactProperty, compact);
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        if (auto *table = qobject_cast<QTableView *>(widget))
            table->verticalHeader()->setDefaultSectionSize(rowHeight(table->font()));
        if (auto *view = qobject_cast<QAbstractItemView *>(widget)) {
            QEvent event(QEvent::StyleChange); // sizes are asked for again
            QCoreApplication::sendEvent(view, &event);
        }
    }
}

// After the family that has the Latin letters, those that know simplified Chinese, on each platform.
static QFont withHan(QFont font, const QStringList &han)
{
    QStringList families{QFontInfo(font).family()};
    for (const QString &family : han) {
        if (QFontDatabase::hasFamily(family))
            families << family;
    }
    font.setFamilies(families);
    return font;
}

void useFonts()
{
    static const QStringList han{u"Noto Sans CJK SC"_s,    u"Noto Sans SC"_s, u"Source Han Sans SC"_s,
                                 u"WenQuanYi Micro Hei"_s, u"PingFang SC"_s,  u"Microsoft YaHei"_s};
    QApplication::setFont(withHan(QApplication::font(), han));
}

QFont title(const QFont &base)
{
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() + 3);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont caption(const QFont &base)
{
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() - 1);
    return font;
}

QFont data(const QFont &base)
{
    static const QStringList han{u"Noto Sans Mono CJK SC"_s,    u"Noto Sans CJK SC"_s, u"Source Han Sans SC"_s,
                                 u"WenQuanYi Micro Hei Mono"_s, u"PingFang SC"_s,      u"Microsoft YaHei"_s};
    static const QFont fixed = withHan(QFontDatabase::systemFont(QFontDatabase::FixedFont), han);
    QFont font = fixed;
    font.setPointSizeF(base.pointSizeF());
    return font;
}

} // namespace tidemark::theme
