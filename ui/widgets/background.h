// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QMetaObject>
#include <QPointer>
#include <QThreadPool>

namespace tidemark {

// The pool for what the window asks of disks and servers. Most of it waits: there are many more threads than cores, so
// that nothing (a cancellation above all) ever queues behind a server that does not answer.
inline QThreadPool &backgroundPool()
{
    static QThreadPool &pool = []() -> QThreadPool & {
        QThreadPool &global = *QThreadPool::globalInstance();
        global.setMaxThreadCount(64);
        return global;
    }();
    return pool;
}

// Runs work() on a pool thread, then done(result) on the receiver's thread, unless the receiver is gone by then. The
// receiver lives on the UI thread; nothing of it may be touched by work().
template <typename Work, typename Done> void inBackground(QObject *receiver, Work work, Done done)
{
    backgroundPool().start(
        [guard = QPointer<QObject>(receiver), work = std::move(work), done = std::move(done)]() mutable {
            auto result = work();
            // Posted to the application and looked up there: only the UI thread may ask whether the receiver still
            // lives.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard = std::move(guard), done = std::move(done), result = std::move(result)]() mutable {
                    if (guard)
                        done(std::move(result));
                },
                Qt::QueuedConnection);
        });
}

} // namespace tidemark
