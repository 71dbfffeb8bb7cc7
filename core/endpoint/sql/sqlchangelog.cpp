// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlchangelog.h"

#include <algorithm>
#include <functional>
#include <utility>

#include <QRegularExpression>
#include <QUuid>

#include <xxhash.h>

#include "core/endpoint/sql/changelogreader.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::size_t rangesAStatement = 200;

QString newGeneration() { return QUuid::createUuid().toString(QUuid::Id128); }

Error named(Error error, const ChangeLog &log)
{
    return error.facts.contains(Fact::Table) ? error : std::move(error).with(Fact::Table, log.table->name.display());
}

// Where DDL ends every transaction, there is none.
Result<void> inTransaction(SqlSession &session, bool really, const std::function<Result<void>()> &work)
{
    if (!really)
        return work();
    TRY(session.beginWrite());
    if (auto done = work(); !done) {
        if (!done.error().endsSession())
            (void)session.rollback();
        return done;
    }
    return session.commit();
}

} // namespace

QString digestOf(const QByteArray &bytes)
{
    return u"%1"_s.arg(XXH3_64bits(bytes.constData(), static_cast<size_t>(bytes.size())), 16, 16, QChar(u'0'));
}

QString SqlChangeLog::keyNames(const ChangeLog &log)
{
    QStringList names;
    for (qsizetype i = 1; i <= log.key.size(); ++i)
        names += u"key_%1"_s.arg(i);
    return names.join(", "_L1);
}

QString SqlChangeLog::keysOf(const ChangeLog &log, const QString &row) const
{
    QStringList cells;
    for (const QString &column : log.key)
        cells += row + u'.' + quote(column);
    return cells.join(", "_L1);
}

const ColumnType &SqlChangeLog::typeOf(const ChangeLog &log, int key)
{
    return log.table->columns[log.table->columnIndex(log.key.at(key))].type;
}

Result<QStringList> SqlChangeLog::sql(const ChangeLog &log)
{
    TRY_ASSIGN(const QString why, obstacle(log));
    if (!why.isEmpty())
        return fail(Error{ErrorCode::NotAvailable, {{Fact::Option, u"detect.by = log"_s}}, why}.with(
            Fact::Table, log.table->name.display()));
    return createSql(log);
}

Result<void> SqlChangeLog::install(const ChangeLog &log)
{
    TRY(sql(log));
    const bool atOnce = m_session.facts().transactionalDdl;
    auto done = inTransaction(m_session, atOnce, [&]() -> Result<void> { return createAll(log); });
    if (!done && !atOnce && !done.error().endsSession())
        (void)dropAll(logName(log)); // half a log would only be in the way
    return done ? done : Result<void>(fail(named(std::move(done).error(), log)));
}

Result<void> SqlChangeLog::createAll(const ChangeLog &log)
{
    TRY(dropAll(logName(log)));
    TRY_ASSIGN(const QStringList statements, createSql(log));
    bool hasTable = false;
    for (const QString &statement : statements) {
        TRY(m_session.execute(statement));
        if (!std::exchange(hasTable, true)) // whose it is, should the rest never follow
            TRY(m_session.execute(u"INSERT INTO %1 (seq, op, about) VALUES (1, 'M', %2)"_s.arg(
                logTable(log), m_session.dialect().literal(recordText({{}, {}, {}, {}, log.jobId})))));
    }
    TRY_ASSIGN(const Record now, sealed(log, newGeneration()));
    TRY(writeRecord(log, now));
    ChangeLogReading nothing;
    return afterPurge(log, nothing);
}

Result<void> SqlChangeLog::dropAll(const TableName &logTable)
{
    for (const QString &statement : dropSql(logTable))
        TRY(m_session.execute(statement));
    return {};
}

Result<QList<TableName>> SqlChangeLog::logsOf(const QString &jobId)
{
    static const QRegularExpression ours(u"^tidemark_log_[0-9a-f]{32}$"_s);
    QList<TableName> logs;
    TRY_ASSIGN(const QList<TableName> candidates, tables());
    for (const TableName &table : candidates) {
        if (!ours.match(table.name).hasMatch())
            continue;
        const auto found = record(table, false);
        if (!found && (found.error().endsSession() || found.error().isTransient()))
            return fail(found.error());
        if (found && *found && (*found)->jobId == jobId)
            logs += table;
    }
    return logs;
}

Result<void> SqlChangeLog::remove(const QString &jobId)
{
    TRY_ASSIGN(const QList<TableName> logs, logsOf(jobId));
    for (const TableName &table : logs)
        TRY(inTransaction(m_session, m_session.facts().transactionalDdl,
                          [&]() -> Result<void> { return dropAll(table); }));
    return {};
}

QString SqlChangeLog::recordText(const Record &record)
{
    return QStringList{record.generation, QString::number(record.triggers),
                       record.key,        record.definition,
                       record.continuity, record.jobId}
        .join(u'|');
}

Result<std::optional<SqlChangeLog::Record>> SqlChangeLog::record(const TableName &logTable, bool lock)
{
    const QString forUpdate = lock && !m_session.facts().oneWriter ? u" FOR UPDATE"_s : QString();
    TRY_ASSIGN(
        const auto rows,
        m_session.query(u"SELECT about FROM %1 WHERE seq = 1 AND op = 'M'"_s.arg(m_session.dialect().table(logTable))
                        + forUpdate));
    if (rows.size() != 1 || !rows.first()[0])
        return std::optional<Record>();
    const QString text = QString::fromUtf8(*rows.first()[0]);
    if (text.count(u'|') < 5)
        return std::optional<Record>();
    const auto field = [&text](int at) { return text.section(u'|', at, at); };
    return std::optional(Record{field(0), field(2), field(3), field(4), text.section(u'|', 5), field(1).toInt()});
}

// The record as it should be by what stands now.
Result<SqlChangeLog::Record> SqlChangeLog::sealed(const ChangeLog &log, const QString &generation)
{
    TRY_ASSIGN(const Standing now, standing(log));
    QByteArray key;
    for (int i = 0; i < log.key.size(); ++i) {
        const ColumnType &type = typeOf(log, i);
        key += log.key.at(i).toUtf8() + '\0' + type.native.toUtf8() + '\0' + type.collation.toUtf8() + '\0';
    }
    return Record{
        generation, digestOf(key), now.disabled ? QString() : digestOf(now.definition), digestOf(now.continuity),
        log.jobId,  now.triggers};
}

Result<void> SqlChangeLog::writeRecord(const ChangeLog &log, const Record &record)
{
    TRY(m_session.execute(u"UPDATE %1 SET about = %2 WHERE seq = 1 AND op = 'M'"_s.arg(
        logTable(log), m_session.dialect().literal(recordText(record)))));
    return {};
}

Result<ChangeLogState> SqlChangeLog::state(const ChangeLog &log)
{
    ChangeLogState state;
    TRY_ASSIGN(state.reason, obstacle(log));
    if (!state.reason.isEmpty()) {
        state.kind = ChangeLogState::Kind::Impossible;
        return state;
    }
    TRY_ASSIGN(const QList<TableName> logs, tables());
    const TableName name = logName(log);
    if (!std::any_of(logs.begin(), logs.end(), [&](const TableName &known) { return known == name; }))
        return state;
    TRY_ASSIGN(const auto known, record(name, false));
    TRY_ASSIGN(const Record now, sealed(log, {}));
    state.kind = ChangeLogState::Kind::Broken;
    if (!known || known->definition.isEmpty())
        state.reason = u"unfinished"_s;
    else if (now.triggers < known->triggers)
        state.reason = u"trigger-missing"_s;
    else if (now.definition.isEmpty())
        state.reason = u"trigger-disabled"_s;
    else if (now.key != known->key)
        state.reason = u"key-changed"_s;
    else if (now.definition != known->definition)
        state.reason = u"trigger-changed"_s;
    if (!state.reason.isEmpty())
        return state;
    state.kind = ChangeLogState::Kind::Ready;
    state.generation = known->generation.toLatin1();
    state.seal = recordText({{}, now.key, now.definition, now.continuity, log.jobId, now.triggers}).toUtf8();
    if (now.continuity != known->continuity)
        state.reason = u"changed"_s;
    return state;
}

Result<std::unique_ptr<RowReader>> SqlChangeLog::read(const ChangeLog &log, const ReadRequest &keys,
                                                      ChangeLogReading &reading)
{
    TRY_ASSIGN(const auto known, record(logName(log), false));
    if (!known)
        return fail(Error{ErrorCode::SchemaChanged, {{Fact::Table, logName(log).display()}}, {}});
    reading.generation = known->generation.toLatin1();
    if (recordText({{}, known->key, known->definition, known->continuity, known->jobId, known->triggers}).toUtf8()
        != reading.seal)
        reading.doubt = u"changed"_s;
    TRY(beginReading(log, reading));
    TRY_ASSIGN(auto reader, ChangeLogReader::open(m_session, logName(log), keys, reading, readsNumbers()));
    return std::unique_ptr<RowReader>(std::move(reader));
}

Result<void> SqlChangeLog::deleteRead(const ChangeLog &log, const ChangeLogReading &reading)
{
    for (std::size_t first = 0; first < reading.numbers.size(); first += rangesAStatement) {
        QStringList terms;
        for (std::size_t i = first; i < std::min(first + rangesAStatement, reading.numbers.size()); ++i)
            terms += u"seq BETWEEN %1 AND %2"_s.arg(reading.numbers[i].first).arg(reading.numbers[i].second);
        TRY(m_session.execute(u"DELETE FROM %1 WHERE op <> 'M' AND (%2)"_s.arg(logTable(log), terms.join(" OR "_L1))));
    }
    return {};
}

Result<void> SqlChangeLog::purge(const ChangeLog &log, const ChangeLogReading &reading, const QByteArray &generation)
{
    auto done = inTransaction(m_session, true, [&]() -> Result<void> {
        TRY_ASSIGN(const auto known, record(logName(log), true));
        // Installed anew meanwhile: other entries may bear the numbers that were read.
        if (!known || known->generation.toLatin1() != reading.generation)
            return fail(Error{ErrorCode::SchemaChanged, {{Fact::Table, logName(log).display()}}, {}});
        TRY(deleteRead(log, reading));
        TRY(afterPurge(log, reading));
        const QString seal = QString::fromUtf8(reading.seal);
        TRY(m_session.execute(u"UPDATE %1 SET about = %2 WHERE seq = 1 AND op = 'M'"_s.arg(
            logTable(log), m_session.dialect().literal(QString::fromLatin1(generation) + seal))));
        return {};
    });
    return done ? done : Result<void>(fail(named(std::move(done).error(), log)));
}

// What SqlSession hands on.

Result<QStringList> SqlSession::changeLogSql(const ChangeLog &log) { return changeLogs()->sql(log); }
Result<void> SqlSession::installChangeLog(const ChangeLog &log) { return changeLogs()->install(log); }
Result<void> SqlSession::removeChangeLogs(const QString &jobId) { return changeLogs()->remove(jobId); }
Result<ChangeLogState> SqlSession::changeLogState(const ChangeLog &log) { return changeLogs()->state(log); }

Result<std::unique_ptr<RowReader>> SqlSession::readChangeLog(const ChangeLog &log, const ReadRequest &keys,
                                                             ChangeLogReading &reading)
{
    return changeLogs()->read(log, keys, reading);
}

Result<void> SqlSession::purgeChangeLog(const ChangeLog &log, const ChangeLogReading &reading,
                                        const QByteArray &generation)
{
    return changeLogs()->purge(log, reading, generation);
}

} // namespace tidemark
