// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/endpoint/http/targetrig.h"

namespace tidemark {

// A database and a web service, and a two-way job between them; either may be the job's source.
class TwoWayServiceRig : public TargetRig
{
public:
    explicit TwoWayServiceRig(bool serviceIsSource = false, int orders = 0)
        : TargetRig(orders), m_serviceIsSource(serviceIsSource)
    { }

    QJsonObject twoWay(const QJsonObject &changes = {}) const
    {
        QJsonObject job{{QStringLiteral("mode"), QStringLiteral("two-way")}};
        if (m_serviceIsSource) {
            job[QStringLiteral("source")] = service;
            job[QStringLiteral("target")] = QStringLiteral("source"); // the database's name
        }
        for (auto it = changes.begin(); it != changes.end(); ++it)
            job[it.key()] = it.value();
        return job;
    }
    static QJsonObject policy(const QString &name, const QJsonObject &more = {})
    {
        QJsonObject conflicts{{QStringLiteral("policy"), name}};
        for (auto it = more.begin(); it != more.end(); ++it)
            conflicts[it.key()] = it.value();
        return {{QStringLiteral("conflicts"), conflicts}};
    }
    // "completed, service +1 ~0 -0, database +0 ~0 -0, 1 open"
    QString sync(const QJsonObject &changes = {}, const RunOptions &options = {})
    {
        return words(runReport(twoWay(changes), options));
    }
    QString words(const RunReport &report) const
    {
        QString text = runStateName(report.state);
        const auto add = [&text](const Error &error) {
            text += QStringLiteral(" [") + codeName(error.code) + u' ' + error.facts.value(Fact::JsonPath) + u' '
                + error.facts.value(Fact::Option) + u' ' + error.facts.value(Fact::Found) + u']';
        };
        const auto counts = [](const WriteCounts &written) {
            return QStringLiteral("+%1 ~%2 -%3").arg(written.inserts).arg(written.updates).arg(written.deletes);
        };
        if (report.error)
            add(*report.error);
        for (const TableReport &table : report.tables) {
            const WriteCounts &atService = m_serviceIsSource ? table.toSource : table.toTarget;
            const WriteCounts &atDatabase = m_serviceIsSource ? table.toTarget : table.toSource;
            text +=
                QStringLiteral(", service ") + counts(atService) + QStringLiteral(", database ") + counts(atDatabase);
            if (table.conflicts > 0)
                text += QStringLiteral(", %1 open").arg(table.conflicts);
            if (table.withheldDeletes > 0)
                text += QStringLiteral(", %1 withheld").arg(table.withheldDeletes);
            if (table.error)
                add(*table.error);
        }
        return text;
    }
    QList<Conflict> open()
    {
        ConflictFilter filter;
        filter.states = {ConflictState::Open};
        return journal->conflicts(tryJob(twoWay())->id, filter).value_or(QList<Conflict>());
    }
    QString answer(ConflictAnswer answer, const QJsonObject &changes = {})
    {
        QList<ConflictReply> replies;
        for (const Conflict &conflict : open())
            replies += ConflictReply{conflict.id, answer, {}, {}};
        Cancellation cancellation;
        ProgressBoard progress;
        return words(
            Runner(connector, *journal, clock)
                .resolve(*tryJob(twoWay(changes)), replies, QStringLiteral("anna"), {}, cancellation, progress));
    }
    // As somebody else, at the service.
    void putThere(int id, const QString &name, const QString &total = {})
    {
        store.put(QString::number(id), recordOf(id, name, total));
    }
    static QByteArray recordOf(int id, const QString &name, const QString &total = {})
    {
        return QStringLiteral("{\"id\":%1,\"name\":\"%2\",\"total\":%3,\"updated_at\":\"2024-01-01T00:00:00Z\"}")
            .arg(QString::number(id), name, total.isEmpty() ? QStringLiteral("%1.50").arg(id) : total)
            .toUtf8();
    }
    QString there(int id) { return fields(store.record(QString::number(id)).toUtf8()); }
    QString here(int id)
    {
        return source.rows(QStringLiteral("SELECT name, total FROM orders WHERE id = %1").arg(id)).value(0);
    }
    int rowsHere() { return int(source.rows(QStringLiteral("SELECT id FROM orders")).size()); }

private:
    static QString fields(const QByteArray &record)
    {
        const QJsonObject object = QJsonDocument::fromJson(record).object();
        return object.isEmpty() ? QString()
                                : object.value(QStringLiteral("name")).toString() + u'|'
                + QString::number(object.value(QStringLiteral("total")).toVariant().toDouble());
    }

    const bool m_serviceIsSource;
};

} // namespace tidemark
