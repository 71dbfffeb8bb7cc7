// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

#include <QObject>
#include <QPointer>

#include "core/config/secrets.h"

class QWidget;

namespace tidemark {

// Asks for passwords of connections that say "ask". Workers call ask() and wait; the dialog stands on the UI thread,
// not modal to anything that runs. One question a connection: later askers get the same answer until forget(). Lives on
// the UI thread; close() answers everybody with PasswordMissing, then it may be destroyed.
class PasswordAsker final : public QObject
{
    Q_OBJECT
public:
    explicit PasswordAsker(QObject *parent = nullptr) : QObject(parent) { }
    ~PasswordAsker() override { close(); }

    Result<Secret> ask(const ConnectionSettings &settings); // any thread but the UI's
    void setWindow(QWidget *window) { m_window = window; }
    void forget(); // answers that were given; those still open stay
    void close();

private:
    struct Question
    {
        std::optional<Result<Secret>> answer;
    };
    void show(const QString &key, const ConnectionSettings &settings);
    void answer(const QString &key, Result<Secret> answer);

    std::mutex m_mutex;
    std::condition_variable m_answered;
    std::map<QString, std::shared_ptr<Question>> m_questions;
    bool m_closed = false;
    QPointer<QWidget> m_window;
};

} // namespace tidemark
