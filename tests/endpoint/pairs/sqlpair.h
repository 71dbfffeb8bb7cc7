// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include "core/config/jobsettings.h"
#include "core/journal/planfile.h"
#include "core/run/runner.h"
#include "tests/endpoint/pairs/sqlside.h"

namespace tidemark {

// Two real databases as the language of engine tests: change the source, change the target, sync once, compare, count
// writes.
class SqlPair
{
public:
    SqlPair(Driver from, Driver to)
        : source(from, m_folder.path(), QStringLiteral("source")), target(to, m_folder.path(), QStringLiteral("target"))
    {
        journal = std::move(*Journal::open(m_folder.filePath(QStringLiteral("journal.db"))));
    }

    // `changes` are merged into a plain job on the table items.
    JobSettings job(const QJsonObject &changes = {})
    {
        QJsonObject object{{QStringLiteral("tidemark"), 1},
                           {QStringLiteral("id"), m_id},
                           {QStringLiteral("name"), QStringLiteral("pair")},
                           {QStringLiteral("source"), QStringLiteral("source")},
                           {QStringLiteral("target"), QStringLiteral("target")},
                           {QStringLiteral("mode"), QStringLiteral("mirror")},
                           {QStringLiteral("tables"), QJsonArray{QStringLiteral("items")}}};
        for (auto it = changes.begin(); it != changes.end(); ++it)
            object[it.key()] = it.value();
        struct Lookup final : ConnectionLookup
        {
            explicit Lookup(SqlPair &p) : pair(p) { }
            Result<ConnectionSettings> connection(const QString &name) const override
            {
                return name == QStringLiteral("source") ? pair.source.settings : pair.target.settings;
            }
            SqlPair &pair;
        } lookup{*this};
        auto settings = jobFromJson(object, QStringLiteral("pair.json"), lookup);
        if (!settings)
            qFatal("%s %s", qPrintable(codeName(settings.error().code)),
                   qPrintable(settings.error().facts.value(Fact::JsonPath)));
        settings->retry.delayMs = 1;
        return *settings;
    }

    RunReport run(const JobSettings &job, const RunOptions &options = {})
    {
        Cancellation cancellation;
        ProgressBoard progress;
        return Runner(connector, *journal, clock).run(job, options, cancellation, progress);
    }
    RunReport plan(const JobSettings &job, const QString &file)
    {
        Cancellation cancellation;
        ProgressBoard progress;
        return Runner(connector, *journal, clock).plan(job, {}, file, cancellation, progress);
    }
    RunReport verify(const JobSettings &job)
    {
        Cancellation cancellation;
        ProgressBoard progress;
        return Runner(connector, *journal, clock).verify(job, cancellation, progress);
    }
    QString path(const QString &name) const { return m_folder.filePath(name); }

    SystemClock clock;
    QTemporaryDir m_folder;
    Side source;
    Side target;
    SqlConnector connector;
    std::unique_ptr<Journal> journal;

private:
    QString m_id = QUuid::createUuid().toString(QUuid::WithoutBraces);
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
        if (table.error) {
            text += QStringLiteral(" [%1: %2 %3]").arg(table.source, codeName(table.error->code), table.error->detail);
            for (auto it = table.error->facts.begin(); it != table.error->facts.end(); ++it)
                text += u' ' + factName(it.key()) + u'=' + it.value();
        }
    }
    return text;
}

} // namespace tidemark
