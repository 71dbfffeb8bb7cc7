// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>

#include <QCoreApplication>
#include <QIODevice>

#include "core/run/undohistory.h"

namespace tidemark {

// The report of a run and every row that it wrote, into a file. Blocks; for workers.
class HistoryExport
{
    Q_DECLARE_TR_FUNCTIONS(HistoryExport)
public:
    enum class Format : quint8 { Html, Csv, Json };
    struct Run
    {
        RunReport report;
        QString sides; // "Till → Report copy"
        bool twoWay = false;
    };
    static Format formatOf(const QString &file); // by its ending; Html
    // Replaced when it is whole. A run of which nothing is kept has its report alone.
    static Result<void> write(Journal &journal, const Run &run, const QString &file, const std::atomic_bool &stop);

private:
    HistoryExport(Journal &journal, const Run &run, QIODevice &device, const std::atomic_bool &stop)
        : m_journal(journal), m_run(run), m_device(device), m_stop(stop)
    { }
    using Visit = std::function<void(const KeptRun::Table &table, const RowChange &change)>;
    Result<void> html();
    Result<void> csv();
    Result<void> json();
    static QString signText(Decision decision);
    void htmlHead();
    void htmlTables();
    Result<void> rows(const Visit &visit);
    void put(const QString &text) { m_device.write(text.toUtf8()); }

    Journal &m_journal;
    const Run &m_run;
    QIODevice &m_device;
    const std::atomic_bool &m_stop;
    std::optional<KeptRun> m_kept;
};

} // namespace tidemark
