// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include "ui/plan/plansource.h"

namespace tidemark {

// A thread with a reader of its own, opened when it is first needed. Its members belong to that thread.
struct PlanSource::Lane
{
    PlanSource *owner = nullptr; // outlives the thread
    QThread thread;
    std::unique_ptr<QObject> context = std::make_unique<QObject>(); // lives on the thread
    std::unique_ptr<PlanReader> reader;
    QList<PlanTable> tables;

    explicit Lane(PlanSource *source) : owner(source)
    {
        context->moveToThread(&thread);
        // The file is closed where it was opened: closing may write.
        QObject::connect(
            &thread, &QThread::finished, &thread, [this] { reader.reset(); }, Qt::DirectConnection);
        thread.start();
    }
    // Not by an event: none is delivered any more where the application has ended before.
    ~Lane()
    {
        thread.quit();
        thread.wait();
    }
    // After what has been asked for already.
    void end()
    {
        QMetaObject::invokeMethod(
            context.get(), [this] { thread.quit(); }, Qt::QueuedConnection);
    }
    Lane(const Lane &) = delete;
    Lane &operator=(const Lane &) = delete;

    Result<void> open()
    {
        if (reader)
            return {};
        TRY_ASSIGN(auto opened, PlanReader::open(owner->m_file));
        TRY_ASSIGN(tables, opened->tables());
        reader = std::move(opened);
        return {};
    }
    const PlanTable *table(int number) const
    {
        return reader && number >= 0 && number < tables.size() ? &tables.at(number) : nullptr;
    }
};

template <typename Signal, typename... Arguments> void PlanSource::answer(Signal signal, Arguments... arguments)
{
    QMetaObject::invokeMethod(
        this,
        [this, signal, arguments...] {
            Q_EMIT(this->*signal)
            (arguments...);
        },
        Qt::QueuedConnection);
}

} // namespace tidemark
