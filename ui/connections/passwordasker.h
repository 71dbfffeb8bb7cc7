// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

#include <QDialog>
#include <QList>
#include <QObject>
#include <QPointer>

#include "core/config/keychain.h"

namespace tidemark {

// Asks for passwords of connections that say "ask", and of those whose keychain has none to give. Workers call ask()
// and wait; the dialog stands on the UI thread, not modal to anything that runs. One question a connection: later
// askers get the same answer until forget(). Lives on the UI thread; close() answers everybody with PasswordMissing,
// then it may be destroyed.
class PasswordAsker final : public QObject
{
    Q_OBJECT
public:
    // keychain: null is the system's.
    explicit PasswordAsker(QObject *parent = nullptr, std::shared_ptr<Keychain> keychain = {});
    ~PasswordAsker() override { close(); }

    Result<Secret> ask(const ConnectionSettings &settings); // any thread but the UI's
    void setWindow(QWidget *window) { m_window = window; }
    void forget(); // answers that were given and are not to be remembered; those still open stay
    void forgetRefused(const QString &connection); // a remembered one that the server did not take: by its label
    void close();

private:
    struct Question
    {
        QString label;
        std::optional<Result<Secret>> answer;
        bool remembered = false; // until the program ends
        bool stored = false; // wanted in the keychain
    };
    void show(const QString &key, const ConnectionSettings &settings, bool canStore);
    void answer(const QString &key, Result<Secret> answer, bool ticked, bool stores);
    Result<Secret> wait(Question &question, std::unique_lock<std::mutex> &lock, const ConnectionSettings &settings);
    void showNotStored(const Error &error);

    std::shared_ptr<Keychain> m_keychain;
    std::mutex m_mutex;
    std::condition_variable m_answered;
    std::map<QString, std::shared_ptr<Question>> m_questions;
    bool m_closed = false;
    QList<QPointer<QDialog>> m_dialogs; // that stand
    QPointer<QWidget> m_window;
};

} // namespace tidemark
