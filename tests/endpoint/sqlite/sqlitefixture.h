// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <numeric>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sqlite3.h>

#include "core/data/celldecoder.h"
#include "core/endpoint/sql/sqlsession.h"
#include "core/mapping/tablemapping.h"

namespace tidemark::test {

using namespace Qt::StringLiterals;

// A connection of somebody else: plain SQLite, without any of the session's care.
class Stranger
{
public:
    explicit Stranger(const QString &file) { sqlite3_open(file.toUtf8().constData(), &m_db); }
    Stranger(const Stranger &) = delete;
    Stranger &operator=(const Stranger &) = delete;
    ~Stranger() { sqlite3_close_v2(m_db); }

    bool exec(const QString &sql)
    {
        char *message = nullptr;
        const int code = sqlite3_exec(m_db, sql.toUtf8().constData(), nullptr, nullptr, &message);
        if (code != SQLITE_OK)
            qWarning("%s: %s", qPrintable(sql.left(200)), message);
        sqlite3_free(message);
        return code == SQLITE_OK;
    }

    // The rows as text, "class:value" a cell; so that 1, 1.0 and '1' are three things.
    QStringList rows(const QString &sql)
    {
        QStringList result;
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(m_db, sql.toUtf8().constData(), -1, &statement, nullptr);
        while (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW) {
            QStringList cells;
            for (int i = 0; i < sqlite3_column_count(statement); ++i)
                cells += cell(statement, i);
            result += cells.join(u'|');
        }
        sqlite3_finalize(statement);
        return result;
    }

    sqlite3 *db() const { return m_db; }

private:
    static QString cell(sqlite3_stmt *statement, int column)
    {
        constexpr std::array names{"?", "integer", "real", "text", "blob", "null"};
        const int type = sqlite3_column_type(statement, column);
        const auto *bytes = static_cast<const char *>(sqlite3_column_blob(statement, column));
        const QByteArray value(bytes, sqlite3_column_bytes(statement, column));
        return QLatin1StringView(names.at(static_cast<size_t>(type))) + u':'
            + (type == SQLITE_BLOB ? QString::fromLatin1(value.toHex()) : QString::fromUtf8(value));
    }

    sqlite3 *m_db = nullptr;
};

inline ConnectionSettings connectionTo(const QString &file)
{
    ConnectionSettings settings;
    settings.database = file;
    settings.timeoutMs = 200;
    return settings;
}

inline std::unique_ptr<SqlSession> openSession(const QString &file, bool writable = true,
                                               Cancellation *cancellation = nullptr)
{
    auto session = openSqlite(connectionTo(file), {writable, cancellation});
    if (!session) {
        qWarning("%s: %s", qPrintable(codeName(session.error().code)), qPrintable(session.error().detail));
        return nullptr;
    }
    return std::move(*session);
}

inline ErrorCode openError(const ConnectionSettings &settings, bool writable = false)
{
    const auto session = openSqlite(settings, {writable, nullptr});
    return session ? ErrorCode::Internal : session.error().code;
}

// Two descriptions of tables as one job sees them.
inline TableMapping mapped(const TableSchema &source, const TableSchema &target, const TableRules &rules = {})
{
    auto mapping = mapTable(source, target, rules);
    if (!mapping)
        qWarning("%s %s", qPrintable(codeName(mapping.error().code)),
                 qPrintable(mapping.error().facts.value(Fact::Column)));
    return mapping ? *mapping : TableMapping();
}

inline ReadRequest readSource(const TableMapping &mapping)
{
    ReadRequest request;
    request.table = &mapping.source;
    request.layout = mapping.layout();
    request.columns = mapping.sourceColumns();
    request.sources = mapping.sourceCells();
    return request;
}

inline ReadRequest readTarget(const TableMapping &mapping)
{
    ReadRequest request;
    request.table = &mapping.target;
    request.layout = mapping.layout();
    request.columns = mapping.targetColumns();
    request.sources = mapping.targetCells();
    return request;
}

inline WriteRequest writeTarget(const TableMapping &mapping)
{
    WriteRequest request;
    request.table = &mapping.target;
    request.layout = mapping.layout();
    request.cells = mapping.targetCells();
    const QStringList names = mapping.targetColumns();
    for (int i = 0; i < names.size(); ++i)
        request.columns.push_back({i, names[i], i < mapping.keyCount});
    return request;
}

// Reads everything into one batch.
inline Result<RowBatch> readAll(Session &session, const ReadRequest &request)
{
    RowBatch all(request.layout);
    TRY_ASSIGN(auto reader, session.read(request));
    RowBatch batch;
    for (;;) {
        TRY_ASSIGN(const bool more, reader->next(batch));
        if (!more)
            return all;
        for (int row = 0; row < batch.rowCount(); ++row)
            all.appendRow(batch, row);
    }
}

inline std::vector<int> everyRow(const RowBatch &batch)
{
    std::vector<int> rows(static_cast<size_t>(batch.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

inline QString rowText(const RowBatch &batch, int row)
{
    if (const Error *fault = batch.fault(row))
        return u"fault "_s + codeName(fault->code) + u' ' + fault->facts.value(Fact::Column);
    QStringList cells;
    for (int i = 0; i < batch.layout().size(); ++i) {
        const CellView cell = batch.value(row, i);
        cells += cell.isNull ? u"NULL"_s : cell::text(batch.layout().cells[static_cast<size_t>(i)], cell);
    }
    return cells.join(u'|');
}

inline QStringList rowTexts(const RowBatch &batch)
{
    QStringList rows;
    for (int row = 0; row < batch.rowCount(); ++row)
        rows += rowText(batch, row);
    return rows;
}

} // namespace tidemark::test
