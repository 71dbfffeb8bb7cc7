// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/person.h"

#include <thread>

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

#include "core/base/blockingcall.h"

using namespace Qt::StringLiterals;

namespace tidemark::person {

QString plain(const QString &text)
{
    static const QRegularExpression mnemonic(u"\\(&.\\)|&(?!&)"_s);
    return QString(text).remove(mnemonic);
}

QStringList texts(const QWidget &where)
{
    QStringList found;
    for (const QLabel *label : where.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&where) && !label->text().isEmpty())
            found << label->text();
    }
    for (const QAbstractButton *button : where.findChildren<QAbstractButton *>()) {
        if (button->isVisibleTo(&where) && !button->text().isEmpty())
            found << plain(button->text());
    }
    return found;
}

bool shows(const QWidget &where, const QString &text)
{
    const QStringList all = texts(where);
    return std::any_of(all.cbegin(), all.cend(), [&](const QString &one) { return one.contains(text); });
}

// The best of what answers to that name: object name, then text, then accessible name.
template <typename Widget, typename Text>
static Widget *named(const QWidget &where, const QString &name, const Text &textOf)
{
    Widget *best = nullptr;
    int rank = 0;
    for (Widget *widget : where.findChildren<Widget *>()) {
        if (!widget->isVisibleTo(&where) || widget->window() != where.window())
            continue;
        const int fits = widget->objectName() == name ? 3
            : textOf(widget) == name                  ? 2
            : widget->accessibleName() == name        ? 1
                                                      : 0;
        if (fits > rank) {
            rank = fits;
            best = widget;
        }
    }
    return best;
}

QAbstractButton *button(const QWidget &where, const QString &text)
{
    return named<QAbstractButton>(where, text, [](const QAbstractButton *button) { return plain(button->text()); });
}

QWidget *field(const QWidget &where, const QString &name)
{
    if (auto *found = named<QWidget>(where, name, [](const QWidget *) { return QString(); }))
        return found;
    for (const QLabel *label : where.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&where) && label->buddy() && plain(label->text()).remove(u':') == name) {
            QWidget *buddy = label->buddy();
            return buddy->focusProxy() ? buddy->focusProxy() : buddy;
        }
    }
    return nullptr;
}

QWidget *window(const QString &objectName)
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *widget : windows) {
        if (widget->isVisible() && widget->objectName() == objectName)
            return widget;
    }
    return nullptr;
}

bool click(QWidget *control)
{
    if (!control || !control->isVisible() || !control->isEnabled()) {
        qWarning("cannot be clicked: %s",
                 control ? qPrintable(control->objectName() + u' ' + control->accessibleName()) : "not there");
        return false;
    }
    // A check box is wider than what reacts to the mouse.
    const auto *box = qobject_cast<QAbstractButton *>(control);
    const QPoint middle = box && box->isCheckable() ? QPoint(10, control->height() / 2) : control->rect().center();
    QTest::mouseClick(control, Qt::LeftButton, {}, middle);
    return true;
}

bool click(const QWidget &where, const QString &text)
{
    QAbstractButton *found = button(where, text);
    if (!found)
        qWarning("no button %s among: %s", qPrintable(text), qPrintable(texts(where).join(u" | "_s)));
    return click(found);
}

bool type(const QWidget &where, const QString &name, const QString &text)
{
    QWidget *found = field(where, name);
    const auto *box = qobject_cast<QComboBox *>(found);
    auto *edit = box ? box->lineEdit() : qobject_cast<QLineEdit *>(found);
    if (!edit || !edit->isVisible() || !edit->isEnabled()) {
        qWarning("cannot type into %s; shown: %s", qPrintable(name), qPrintable(texts(where).join(u" | "_s)));
        return false;
    }
    QTest::mouseClick(edit, Qt::LeftButton);
    QTest::keySequence(edit, QKeySequence::SelectAll);
    QTest::keyClicks(edit, text);
    return edit->text() == text;
}

bool choose(const QWidget &where, const QString &name, const QString &text)
{
    auto *box = qobject_cast<QComboBox *>(field(where, name));
    if (!box || !box->isVisible() || !box->isEnabled()) {
        qWarning("cannot choose in %s; shown: %s", qPrintable(name), qPrintable(texts(where).join(u" | "_s)));
        return false;
    }
    const int index = box->findText(text);
    if (index < 0) {
        qWarning("%s does not offer %s", qPrintable(name), qPrintable(text));
        return false;
    }
    box->setFocus();
    QTest::keyClick(box, Qt::Key_F4);
    QAbstractItemView *list = box->view();
    QTest::keyClick(list, Qt::Key_Home);
    for (int step = 0; step < box->count() && list->currentIndex().row() != index; ++step)
        QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    return box->currentIndex() == index;
}

bool tick(const QWidget &where, const QString &name, bool on)
{
    QAbstractButton *box = button(where, name);
    if (box && box->isChecked() == on)
        return true;
    return click(where, name) && box->isChecked() == on;
}

void elsewhere(const std::function<void()> &work) { std::thread(work).join(); }

Watch::Watch()
{
    BlockingCall::watchThisThread([](const char *what) {
        QTest::qFail(qPrintable(u"the UI thread waits for: "_s + QString::fromUtf8(what)), __FILE__, __LINE__);
    });
}

Watch::~Watch() { BlockingCall::watchThisThread(nullptr); }

} // namespace tidemark::person
