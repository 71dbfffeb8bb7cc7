// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/looks.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGroupBox>
#include <QHash>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTest>
#include <QTextEdit>
#include <QToolBar>
#include <QToolButton>

#include "app/wording/wording.h"
#include "tests/ui/support/person.h"
#include "ui/main/startpage.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark::looks {

// A view without a frame is covered by its own viewport.
static bool isSeen(const QWidget &widget)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(&widget);
    return !widget.visibleRegion().isEmpty() || (area && !area->viewport()->visibleRegion().isEmpty());
}

template <typename Widget> static QList<Widget *> shown(const QWidget &window)
{
    QList<Widget *> found;
    for (Widget *widget : window.findChildren<Widget *>()) {
        if (widget->isVisibleTo(&window) && widget->window() == window.window() && !widget->size().isEmpty()
            && isSeen(*widget))
            found << widget;
    }
    return found;
}

static QString nameOf(const QWidget &widget)
{
    return QString::fromLatin1(widget.metaObject()->className())
        + (widget.objectName().isEmpty() ? QString() : u'#' + widget.objectName());
}

static QString fault(const QWidget &widget, const QString &what, const QString &text)
{
    return nameOf(widget) + u": "_s + what + u": “"_s + text.left(80) + u'”';
}

static int widthOf(const QWidget &widget, const QString &text)
{
    return widget.fontMetrics().size(Qt::TextShowMnemonic, text).width();
}

static void cutLabels(const QWidget &window, QStringList &faults)
{
    for (const QLabel *label : shown<QLabel>(window)) {
        if (label->text().isEmpty())
            continue;
        const QSize need(label->wordWrap() ? 0 : label->sizeHint().width(),
                         label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height());
        if (need.width() > label->width() || need.height() > label->height())
            faults << fault(*label,
                            u"needs %1 × %2, has %3 × %4"_s.arg(need.width())
                                .arg(need.height())
                                .arg(label->width())
                                .arg(label->height()),
                            label->text());
    }
}

static void cutButtons(const QWidget &window, QStringList &faults)
{
    for (const QAbstractButton *button : shown<QAbstractButton>(window)) {
        if (const auto *card = qobject_cast<const StartCard *>(button)) {
            if (!card->textFits())
                faults << fault(*card, u"its sentence is cut"_s, card->text());
            continue;
        }
        const auto *tool = qobject_cast<const QToolButton *>(button);
        if (button->text().isEmpty() || (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly))
            continue;
        int need = widthOf(*button, button->text()) + 4;
        if (!button->icon().isNull())
            need += button->iconSize().width() + 4;
        if (qobject_cast<const QCheckBox *>(button) || qobject_cast<const QRadioButton *>(button))
            need += 20;
        if (need > button->width() || button->fontMetrics().height() > button->height())
            faults << fault(*button, u"needs %1, has %2"_s.arg(need).arg(button->width()), button->text());
    }
}

static void cutHeads(const QWidget &window, QStringList &faults)
{
    for (const QTabBar *bar : shown<QTabBar>(window)) {
        for (int tab = 0; tab < bar->count(); ++tab) {
            if (bar->isTabVisible(tab) && widthOf(*bar, bar->tabText(tab)) + 8 > bar->tabRect(tab).width())
                faults << fault(*bar, u"tab too narrow"_s, bar->tabText(tab));
        }
        const bool lying = bar->shape() == QTabBar::RoundedNorth || bar->shape() == QTabBar::RoundedSouth;
        if (lying && bar->count() > 0 && bar->tabRect(bar->count() - 1).right() > bar->width())
            faults << fault(*bar, u"not all tabs are seen"_s, bar->tabText(bar->count() - 1));
    }
    for (const QHeaderView *header : shown<QHeaderView>(window)) {
        if (header->orientation() != Qt::Horizontal || !header->model())
            continue;
        for (int section = 0; section < header->count(); ++section) {
            const QString text = header->model()->headerData(section, Qt::Horizontal).toString();
            const int need = widthOf(*header, text) + 16;
            if (!header->isSectionHidden(section) && !text.isEmpty() && need > header->sectionSize(section))
                faults << fault(*header, u"column needs %1, has %2"_s.arg(need).arg(header->sectionSize(section)),
                                text);
        }
    }
    for (const QGroupBox *box : shown<QGroupBox>(window)) {
        if (widthOf(*box, box->title()) + 8 > box->width())
            faults << fault(*box, u"title too wide"_s, box->title());
    }
}

static void cutFields(const QWidget &window, QStringList &faults)
{
    for (const QLineEdit *edit : shown<QLineEdit>(window)) {
        const QString text = edit->text().isEmpty() ? edit->placeholderText() : QString();
        const int icons = static_cast<int>(edit->actions().size()) * 24;
        if (!text.isEmpty() && widthOf(*edit, text) + 12 + icons > edit->width())
            faults << fault(*edit,
                            u"placeholder needs %1, has %2"_s.arg(widthOf(*edit, text) + 12 + icons).arg(edit->width()),
                            text);
    }
    for (const QComboBox *box : shown<QComboBox>(window)) {
        const int need = widthOf(*box, box->currentText()) + 28
            + (box->itemIcon(box->currentIndex()).isNull() ? 0 : box->iconSize().width() + 4);
        if (!box->isEditable() && !box->currentText().isEmpty() && need > box->width())
            faults << fault(*box, u"needs %1, has %2"_s.arg(need).arg(box->width()), box->currentText());
    }
}

QStringList cutTexts(const QWidget &window)
{
    QStringList faults;
    cutLabels(window, faults);
    cutButtons(window, faults);
    cutHeads(window, faults);
    cutFields(window, faults);
    return faults;
}

// What most of the widget's room is painted in.
static QRgb ground(const QImage &image, const QRect &rect)
{
    QHash<QRgb, int> counts;
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x) {
            if (image.rect().contains(x, y))
                ++counts[image.pixel(x, y)];
        }
    }
    QRgb best = 0;
    int most = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (it.value() > most) {
            most = it.value();
            best = it.key();
        }
    }
    return best;
}

QStringList faintTexts(QWidget &window)
{
    QStringList faults;
    const QImage image = window.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const qreal ratio = image.devicePixelRatioF();
    const auto judge = [&](const QWidget &widget, const QColor &front, const QString &text) {
        // What is disabled may be faint: nobody has to read it to go on.
        if (text.isEmpty() || !widget.isEnabled())
            return;
        const QRect place(widget.mapTo(&window, QPoint(0, 0)) * ratio, widget.size() * ratio);
        const double contrast = theme::contrast(front.rgb(), ground(image, place));
        if (contrast < 4.5)
            faults << fault(widget, u"contrast %1"_s.arg(contrast, 0, 'f', 2), text);
    };
    for (const QLabel *label : shown<QLabel>(window))
        judge(*label, label->palette().color(label->foregroundRole()), label->text());
    for (const QAbstractButton *button : shown<QAbstractButton>(window)) {
        const auto *filled = qobject_cast<const AccentButton *>(button);
        const bool accent = filled && filled->isAccent();
        if (!qobject_cast<const StartCard *>(button))
            judge(*button,
                  accent ? QColor(theme::of(button->palette()).accentText)
                         : button->palette().color(button->foregroundRole()),
                  button->text());
    }
    for (const QLineEdit *edit : shown<QLineEdit>(window))
        judge(*edit, edit->palette().color(edit->text().isEmpty() ? QPalette::PlaceholderText : QPalette::Text),
              edit->text().isEmpty() ? edit->placeholderText() : edit->text());
    for (const QComboBox *box : shown<QComboBox>(window))
        judge(*box, box->palette().color(QPalette::ButtonText), box->currentText());
    for (const QHeaderView *header : shown<QHeaderView>(window))
        judge(*header, theme::color(theme::Token::Muted, header->palette()), u"header"_s);
    return faults;
}

static bool isControl(const QWidget &widget)
{
    // Parts of another control speak through it.
    const QWidget *parent = widget.parentWidget();
    if (qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent)
        || qobject_cast<const QLineEdit *>(parent) || qobject_cast<const QTabBar *>(parent)
        || qobject_cast<const QHeaderView *>(&widget) || qobject_cast<const QAbstractItemView *>(parent))
        return false;
    return qobject_cast<const QAbstractButton *>(&widget) || qobject_cast<const QLineEdit *>(&widget)
        || qobject_cast<const QComboBox *>(&widget) || qobject_cast<const QAbstractSpinBox *>(&widget)
        || qobject_cast<const QAbstractItemView *>(&widget) || qobject_cast<const QTextEdit *>(&widget)
        || qobject_cast<const QPlainTextEdit *>(&widget) || qobject_cast<const QTabBar *>(&widget);
}

QStringList muteControls(const QWidget &window)
{
    QStringList faults;
    for (QWidget *widget : shown<QWidget>(window)) {
        if (!isControl(*widget))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->role() == QAccessible::NoRole || accessible->role() == QAccessible::Client)
            faults << nameOf(*widget) + u": no role"_s;
        if (!accessible || accessible->text(QAccessible::Name).trimmed().isEmpty())
            faults << nameOf(*widget) + u": no accessible name"_s;
        // The buttons of a tool bar are actions of the menus, too.
        const bool inBar = qobject_cast<const QToolBar *>(widget->parentWidget());
        // Of radio buttons the chosen one is reached, the others from it.
        const auto *radio = qobject_cast<const QRadioButton *>(widget);
        if (widget->isEnabled() && !inBar && !(radio && !radio->isChecked()) && !(widget->focusPolicy() & Qt::TabFocus)
            && !widget->focusProxy())
            faults << nameOf(*widget) + u": not reached by Tab"_s;
    }
    return faults;
}

QStringList allFaults(QWidget &window) { return cutTexts(window) + faintTexts(window) + muteControls(window); }

void settings_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("fontPercent");
    for (const char *language : {"en", "zh"}) {
        for (const bool dark : {false, true}) {
            for (const int percent : {100, 150})
                QTest::addRow("%s %s %d", language, dark ? "dark" : "light", percent)
                    << (language[0] == 'e' ? u"en"_s : u"zh_CN"_s) << dark << percent;
        }
    }
}

Setting fetch()
{
    QFETCH(QString, language);
    QFETCH(bool, dark);
    QFETCH(int, fontPercent);
    return {language, dark, fontPercent};
}

void use(const Setting &setting)
{
    static const QFont usual = [] {
        theme::useFonts();
        return QApplication::font();
    }();
    QFont font = usual;
    font.setPointSizeF(usual.pointSizeF() * setting.fontPercent / 100);
    QApplication::setFont(font);
    wording::useLanguage(setting.language);
    theme::apply(setting.dark ? theme::Choice::Dark : theme::Choice::Light, setting.dark);
}

QStringList shoot(QWidget &window, const QString &name)
{
    const QString folder = qEnvironmentVariable("TIDEMARK_BINARY_DIR", QDir::tempPath()) + u"/screenshots"_s;
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents();
    const QString tag = QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
    const QString file = folder + u'/' + name + u'-' + tag + u".png"_s;
    // Values may still be on their way from a file, and what they push aside comes after them.
    QStringList faults;
    (void)QTest::qWaitFor(
        [&] {
            faults = allFaults(window);
            return faults.isEmpty();
        },
        2000);
    if (!QDir().mkpath(folder) || !window.grab().save(file))
        faults << u"cannot be saved: "_s + file;
    return faults;
}

} // namespace tidemark::looks
