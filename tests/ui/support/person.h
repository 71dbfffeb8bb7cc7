// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QAbstractButton>
#include <QApplication>
#include <QPointer>
#include <QString>
#include <QTest>

class QComboBox;
class QLineEdit;

namespace tidemark::person {

// What a person does at a window, by key and mouse alone. Everything is found as a person finds it: visible, by its
// text, its label or its accessible name (object names come first, for tests that must outlive a wording). What cannot
// be done returns false or null and says why.

QString plain(const QString &text); // without mnemonics: "&Save" → "Save", "保存(&S)" → "保存"

bool shows(const QWidget &where, const QString &text); // in a label, button or check box that is visible
QStringList texts(const QWidget &where); // all of them
QAbstractButton *button(const QWidget &where, const QString &text);
QWidget *field(const QWidget &where, const QString &name);
QWidget *window(const QString &objectName); // visible and on top level; null: none

bool click(QWidget *control); // in the middle; false: null, hidden or disabled
bool click(const QWidget &where, const QString &button);
bool type(const QWidget &where, const QString &field, const QString &text); // replaces what stands there
bool choose(const QWidget &where, const QString &field, const QString &text); // of a combo box, by its list
bool tick(const QWidget &where, const QString &box, bool on);

// Work of the test itself (databases, files) beside the UI thread, which may not wait; returns when it is done.
void elsewhere(const std::function<void()> &work);

// Fails the running test on every blocking call of this thread while it lives.
class Watch
{
public:
    Watch();
    ~Watch();
    Watch(const Watch &) = delete;
    Watch &operator=(const Watch &) = delete;
};

} // namespace tidemark::person

// Waits until the window of that name stands.
#define WAIT_WINDOW(variable, objectName)                                                                              \
    QTRY_VERIFY2_WITH_TIMEOUT(tidemark::person::window(objectName), "no window of this name", 10'000);                 \
    const QPointer<QWidget> variable = tidemark::person::window(objectName)
