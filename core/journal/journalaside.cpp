// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>

#include "core/journal/journal_p.h"
#include "core/journal/reportjson.h"

namespace tidemark {

namespace {

qint64 checksum(const QString &jobId, const SetAsideRow &row, const QByteArray &error)
{
    RecordChecksum sum;
    sum.add(jobId)
        .add(row.table)
        .add(row.key)
        .add(row.keyText)
        .add(row.source)
        .add(error)
        .add(row.run)
        .add(row.sinceUs);
    return sum.value();
}

} // namespace

Result<void> Journal::setAside(const QString &jobId, const QList<SetAsideRow> &rows)
{
    if (rows.isEmpty())
        return {};
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(
            SqliteQuery insert,
            file.query("INSERT OR REPLACE INTO aside (job_id, table_name, key, key_text, source, error, run, since_us,"
                       " checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
        for (const SetAsideRow &row : rows) {
            const QByteArray error = QJsonDocument(errorToJson(row.error)).toJson(QJsonDocument::Compact);
            insert.bind(jobId).bind(row.table).bind(row.key).bind(row.keyText).bind(row.source).bind(error);
            TRY(insert.bind(row.run).bind(row.sinceUs).bind(checksum(jobId, row, error)).run());
        }
        return {};
    });
}

Result<QList<SetAsideRow>> Journal::asideRows(const QString &jobId, const QString &table, qint64 offset, qint64 limit)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery query,
               d->file->query(
                   "SELECT table_name, key, key_text, source, error, run, since_us, checksum FROM aside"
                   " WHERE job_id = ?1 AND (?2 = '' OR table_name = ?2) ORDER BY table_name, key LIMIT ?3 OFFSET ?4"));
    query.bind(jobId).bind(table).bind(limit).bind(offset);
    QList<SetAsideRow> rows;
    for (;;) {
        TRY_ASSIGN(const bool more, query.next());
        if (!more)
            return rows;
        const QByteArray error = query.bytes(4);
        SetAsideRow row{query.text(0), query.bytes(1),  query.text(2), query.bytes(3), {},
                        query.text(5), query.integer(6)};
        if (query.integer(7) != checksum(jobId, row, error))
            continue;
        row.error = errorFromJson(QJsonDocument::fromJson(error).object());
        rows.append(std::move(row));
    }
}

Result<qint64> Journal::asideCount(const QString &jobId, const QString &table)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery query,
               d->file->query("SELECT count(*) FROM aside WHERE job_id = ?1 AND (?2 = '' OR table_name = ?2)"));
    query.bind(jobId).bind(table);
    TRY(query.next());
    return query.integer(0);
}

Result<void> Journal::clearAside(const QString &jobId, const QString &table, const QList<QByteArray> &keys)
{
    if (keys.isEmpty())
        return {};
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(SqliteQuery remove, file.query("DELETE FROM aside WHERE job_id = ? AND table_name = ? AND key = ?"));
        for (const QByteArray &key : keys)
            TRY(remove.bind(jobId).bind(table).bind(key).run());
        return {};
    });
}

} // namespace tidemark
