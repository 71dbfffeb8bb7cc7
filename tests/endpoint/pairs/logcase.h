// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "core/apply/tablepair.h"
#include "core/data/celldecoder.h"
#include "core/endpoint/changelog.h"
#include "tests/endpoint/pairs/sqlside.h"

namespace tidemark {

inline void addDrivers()
{
    QTest::addColumn<Driver>("driver");
    QTest::newRow("sqlite") << Driver::Sqlite;
    QTest::newRow("postgres") << Driver::Postgres;
    QTest::newRow("mysql") << Driver::Mysql;
}

// A table of one side with a change log of a job's, and what a reading of it says.
class LogCase
{
public:
    LogCase(Side &side, const QString &table, const QString &jobId = QStringLiteral("job-1"))
        : m_side(side), m_jobId(jobId)
    {
        const auto schema = side.session().describe({{}, table});
        if (!schema)
            qFatal("%s: %s", qPrintable(table), qPrintable(schema.error().detail));
        auto mapping = mapTable(*schema, *schema, {});
        if (!mapping)
            qFatal("%s: %s", qPrintable(table), qPrintable(codeName(mapping.error().code)));
        pair = makeTablePair({}, {}, std::move(*mapping), QStringLiteral("a"), QStringLiteral("b"));
    }

    ChangeLog log() const
    {
        return {m_jobId, QStringLiteral("pair"), &pair.mapping.source,
                pair.mapping.sourceColumns().mid(0, pair.mapping.keyCount)};
    }
    QString name() const { return m_side.session().dialect().table({{}, log().name()}); }

    Result<void> install()
    {
        auto done = m_side.session().installChangeLog(log());
        letGo();
        return done;
    }
    Result<ChangeLogState> state()
    {
        auto state = m_side.session().changeLogState(log());
        letGo();
        return state;
    }
    QString stateText()
    {
        const auto now = state();
        if (!now)
            return codeName(now.error().code) + u' ' + now.error().detail;
        static const QStringList kinds{QStringLiteral("impossible"), QStringLiteral("absent"), QStringLiteral("broken"),
                                       QStringLiteral("ready")};
        const QString &kind = kinds.at(int(now->kind));
        return now->reason.isEmpty() ? kind : QString(kind + u' ' + now->reason);
    }

    // Entries as "I 3", in the order of their numbers; PostgreSQL's are ids of transactions.
    QStringList entries()
    {
        QStringList keys;
        for (int i = 1; i <= pair.mapping.keyCount; ++i)
            keys += QStringLiteral("key_%1").arg(i);
        QStringList lines = m_side.rows(QStringLiteral("SELECT op, %1 FROM %2 WHERE op IN ('I', 'U', 'D', 'T') "
                                                       "ORDER BY seq, op, %1")
                                            .arg(keys.join(QStringLiteral(", ")), name()));
        for (QString &line : lines)
            line.replace(u'|', u' ');
        return lines;
    }

    // The keys that a reading finds, each once and sorted; the reading stays for purge().
    QStringList read()
    {
        SqlSession &session = m_side.session();
        const auto state = session.changeLogState(log());
        if (!state)
            return {codeName(state.error().code) + u' ' + state.error().detail};
        reading = {};
        reading.seal = state->seal;
        auto done = session.beginRead({});
        QStringList keys;
        if (done)
            done = readInto(session, keys);
        (void)session.rollback();
        letGo();
        if (!done)
            return {codeName(done.error().code) + u' ' + done.error().detail};
        keys.sort();
        keys.removeDuplicates();
        return keys;
    }
    Result<void> purge(const QByteArray &generation)
    {
        auto done = m_side.session().purgeChangeLog(log(), reading, generation);
        letGo();
        return done;
    }

    TablePair pair;
    ChangeLogReading reading;

private:
    Result<void> readInto(SqlSession &session, QStringList &keys)
    {
        ReadRequest request = pair.keysOf(pair.readSource({2, 1 << 20})); // several batches
        request.order = ReadRequest::Order::None;
        TRY_ASSIGN(const auto reader, session.readChangeLog(log(), request, reading));
        RowBatch batch(pair.keyLayout);
        for (bool more = true; more;) {
            TRY_ASSIGN(more, reader->next(batch));
            for (int row = 0; row < batch.rowCount(); ++row) {
                QStringList cells;
                for (int cell = 0; cell < pair.keyLayout->size(); ++cell)
                    cells += cell::text(pair.keyLayout->cells[std::size_t(cell)], batch.value(row, cell));
                keys += cells.join(u' ');
            }
        }
        return {};
    }
    void letGo()
    {
        if (m_side.driver() == Driver::Sqlite) // no lock is left behind
            m_side.reconnect();
    }

    Side &m_side;
    QString m_jobId;
};

} // namespace tidemark

Q_DECLARE_METATYPE(tidemark::Driver)
