// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include "core/config/jobsettings.h"
#include "core/journal/journal.h"
#include "core/run/runner.h"
#include "tests/endpoint/http/storeservice.h"
#include "tests/endpoint/pairs/sqlside.h"

namespace tidemark {

// A database, a web service, and a one-way job from the one to the other.
class TargetRig
{
public:
    explicit TargetRig(int orders = 0, Driver driver = Driver::Sqlite)
        : source(driver, folder.path(), QStringLiteral("source"))
    {
        source.exec(QStringLiteral("CREATE TABLE orders (id BIGINT PRIMARY KEY, name VARCHAR(40), total DECIMAL(12,2), "
                                   "updated_at VARCHAR(40))"));
        for (int id = 1; id <= orders; ++id)
            put(id, QStringLiteral("order %1").arg(id), QStringLiteral("%1.50").arg(id));
        service = store.connection();
        journal = std::move(*Journal::open(folder.filePath(QStringLiteral("journal.db"))));
    }

    void put(int id, const QString &name, const QString &total)
    {
        source.exec(QStringLiteral("DELETE FROM orders WHERE id = %1").arg(id));
        source.exec(QStringLiteral("INSERT INTO orders VALUES (%1, '%2', %3, '2024-01-01T00:00:00Z')")
                        .arg(QString::number(id), name, total));
    }
    void remove(int id) { source.exec(QStringLiteral("DELETE FROM orders WHERE id = %1").arg(id)); }

    Result<JobSettings> tryJob(const QJsonObject &changes = {})
    {
        const auto text = [](const char *word) { return QString::fromLatin1(word); };
        QJsonObject object{{text("tidemark"), 1},
                           {text("id"), m_id},
                           {text("name"), text("crm")},
                           {text("source"), text("source")},
                           {text("target"), service},
                           {text("mode"), text("mirror")},
                           {text("guard"), QJsonObject{{text("rows"), 1000}, {text("percent"), 100}}},
                           {text("tables"), QJsonArray{text("orders")}}};
        for (auto it = changes.begin(); it != changes.end(); ++it)
            object[it.key()] = it.value();
        struct Lookup final : ConnectionLookup
        {
            explicit Lookup(TargetRig &r) : rig(r) { }
            Result<ConnectionSettings> connection(const QString &) const override { return rig.source.settings; }
            TargetRig &rig;
        } lookup{*this};
        auto settings = jobFromJson(object, QStringLiteral("crm.json"), lookup);
        if (settings) {
            settings->retry.delayMs = 1;
            settings->retry.attempts = 1;
        }
        return settings;
    }
    RunReport runReport(const QJsonObject &changes = {}, const RunOptions &options = {})
    {
        Cancellation cancellation;
        ProgressBoard progress;
        store.takeWrites();
        store.web.takeRequests();
        const auto job = tryJob(changes);
        if (!job) {
            RunReport report;
            report.state = RunState::Failed;
            report.error = job.error();
            return report;
        }
        return Runner(connector, *journal, clock).run(*job, options, cancellation, progress);
    }
    QString run(const QJsonObject &changes = {}) { return shown(runReport(changes)); }

    static QString shown(const RunReport &report)
    {
        const WriteCounts counts = report.totals();
        QString text = runStateName(report.state)
            + QStringLiteral(" +%1 ~%2 -%3").arg(counts.inserts).arg(counts.updates).arg(counts.deletes);
        const auto add = [&text](const Error &error) {
            text += QStringLiteral(" [") + codeName(error.code) + u' ' + error.facts.value(Fact::JsonPath) + u' '
                + error.facts.value(Fact::Option) + u' ' + error.detail + u']';
        };
        if (report.error)
            add(*report.error);
        for (const TableReport &table : report.tables) {
            if (table.error)
                add(*table.error);
            if (table.quarantined > 0)
                text += QStringLiteral(" aside %1").arg(table.quarantined);
            if (table.skipped > 0)
                text += QStringLiteral(" skipped %1").arg(table.skipped);
            if (table.changedSincePlan > 0)
                text += QStringLiteral(" changed %1").arg(table.changedSincePlan);
        }
        return text;
    }

    QTemporaryDir folder;
    StoreService store;
    Side source;
    QJsonObject service;
    SqlConnector connector;
    SystemClock clock;
    std::unique_ptr<Journal> journal;

private:
    QString m_id = QUuid::createUuid().toString(QUuid::WithoutBraces);
};

} // namespace tidemark
