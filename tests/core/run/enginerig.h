// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "core/config/jobsettings.h"
#include "core/run/runner.h"
#include "tests/support/fakepair.h"

namespace tidemark {

// Minutes of the first hour of 2026, as a timestamp column holds them and as a clock counts them.
inline QString stampAt(int minute) { return QStringLiteral("2026-01-01 00:%1:00").arg(minute, 2, 10, QChar(u'0')); }

inline qint64 usAt(int minute) { return 1'767'225'600'000'000 + qint64(minute) * 60'000'000; }

// A fake pair with a journal and the engine on top.
struct EngineRig
{
    EngineRig() { reopenJournal(); }

    void reopenJournal(const QString &name = QStringLiteral("journal.db"))
    {
        journal.reset();
        journal = std::move(*Journal::open(m_folder.filePath(name)));
    }

    JobSettings job(const QJsonObject &changes = {}) const
    {
        QJsonObject object{{QStringLiteral("tidemark"), 1},
                           {QStringLiteral("id"), QStringLiteral("6f1c0e0a-0000-4000-8000-000000000001")},
                           {QStringLiteral("name"), QStringLiteral("fake")},
                           {QStringLiteral("source"), QStringLiteral("source")},
                           {QStringLiteral("target"), QStringLiteral("target")},
                           {QStringLiteral("mode"), QStringLiteral("mirror")},
                           {QStringLiteral("parallel"), 1},
                           {QStringLiteral("tables"), QStringLiteral("*")}};
        for (auto it = changes.begin(); it != changes.end(); ++it)
            object[it.key()] = it.value();
        struct Lookup final : ConnectionLookup
        {
            Result<ConnectionSettings> connection(const QString &name) const override
            {
                return FakePair::connection(name);
            }
        } lookup;
        auto settings = jobFromJson(object, QStringLiteral("fake.json"), lookup);
        if (!settings)
            qFatal("%s %s", qPrintable(codeName(settings.error().code)),
                   qPrintable(settings.error().facts.value(Fact::JsonPath)));
        settings->retry.delayMs = 0;
        return *settings;
    }

    RunReport run(const JobSettings &job, const RunOptions &options = {})
    {
        Cancellation cancellation;
        return run(job, options, cancellation);
    }
    RunReport run(const JobSettings &job, const RunOptions &options, Cancellation &cancellation)
    {
        pair.clock.advanceMs(1000);
        ProgressBoard progress;
        return Runner(pair.connector, *journal, pair.clock).run(job, options, cancellation, progress);
    }
    RunReport plan(const JobSettings &job, const QString &file, const RunOptions &options = {})
    {
        Cancellation cancellation;
        ProgressBoard progress;
        return Runner(pair.connector, *journal, pair.clock)
            .plan(job, options, m_folder.filePath(file), cancellation, progress);
    }
    // Approves the whole plan.
    RunReport planAndRun(const JobSettings &job, const std::function<void()> &between = {})
    {
        const QString file = QStringLiteral("plan%1.db").arg(++m_plans);
        if (const RunReport planned = plan(job, file); planned.state != RunState::Planned)
            return planned;
        if (between)
            between();
        RunOptions options;
        options.planFile = m_folder.filePath(file);
        return run(job, options);
    }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    void setBound(qint64 boundUs, qint64 nowUs, bool known = true)
    {
        pair.source.setCommitBound({boundUs, nowUs, known});
    }

    static bool inMemory() { return QFileInfo(QStringLiteral("/dev/shm")).isWritable(); }

    FakePair pair;
    std::unique_ptr<Journal> journal;

private:
    // In memory where the system offers that: each durable step would wait for a disk.
    static QString folderPattern()
    {
        return (inMemory() ? QStringLiteral("/dev/shm") : QDir::tempPath()) + QStringLiteral("/tidemark-XXXXXX");
    }

    QTemporaryDir m_folder{folderPattern()};
    int m_plans = 0;
};

inline QString shown(const WriteCounts &counts)
{
    return QStringLiteral("+%1 ~%2 -%3").arg(counts.inserts).arg(counts.updates).arg(counts.deletes);
}

inline QString shown(const RunReport &report)
{
    QString text = runStateName(report.state) + u' ' + shown(report.totals());
    if (report.error)
        text += u' ' + codeName(report.error->code) + u' ' + report.error->detail;
    for (const TableReport &table : report.tables) {
        if (table.error)
            text += QStringLiteral(" [%1: %2 %3]").arg(table.source, codeName(table.error->code), table.error->detail);
    }
    return text;
}

} // namespace tidemark
