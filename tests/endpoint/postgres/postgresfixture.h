// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <numeric>

#include <QTest>
#include <QUrl>

#include "core/data/celldecoder.h"
#include "core/endpoint/sql/sqlsession.h"

namespace tidemark::test {

using namespace Qt::StringLiterals;

// A schema of its own in the tests' server, gone at the end.
class PostgresFixture
{
public:
    static bool isThere() { return qEnvironmentVariableIsSet("TIDEMARK_TEST_POSTGRES"); }

    PostgresFixture()
    {
        const QUrl url(qEnvironmentVariable("TIDEMARK_TEST_POSTGRES"));
        settings.driver = Driver::Postgres;
        settings.host = url.host();
        settings.port = url.port(5432);
        settings.user = url.userName();
        settings.database = url.path().mid(1);
        secret = Secret(qgetenv("TIDEMARK_TEST_PASSWORD"));
        schema = u"test_postgres_%1_%2"_s.arg(QCoreApplication::applicationPid()).arg(++s_count);
        auto opened = open();
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        admin = std::move(*opened);
        run(u"CREATE SCHEMA %1"_s.arg(schema));
        settings.schema = schema;
        admin = std::move(*open());
    }
    ~PostgresFixture() { run(u"DROP SCHEMA IF EXISTS %1 CASCADE"_s.arg(schema)); }

    Result<std::unique_ptr<SqlSession>> open(bool writable = true, Cancellation *cancellation = nullptr) const
    {
        return openPostgres(settings, secret, OpenOptions{writable, cancellation});
    }
    void run(const QString &sql) const
    {
        const auto done = admin->execute(sql);
        if (!done)
            qFatal("%s: %s", qPrintable(sql), qPrintable(done.error().detail));
    }
    QString value(const QString &sql) const
    {
        const auto rows = admin->query(sql);
        if (!rows || rows->isEmpty() || !rows->first()[0])
            return rows ? QString() : rows.error().detail;
        return QString::fromUtf8(*rows->first()[0]);
    }

    ConnectionSettings settings;
    Secret secret;
    QString schema;
    std::unique_ptr<SqlSession> admin;

private:
    static inline int s_count = 0;
};

// What a test reads and writes of a table: all of its columns, compared as what they are.
struct WholeTable
{
    explicit WholeTable(TableSchema described, QStringList keys = {}) : schema(std::move(described))
    {
        if (keys.isEmpty())
            keys = schema.primaryKey;
        columns = keys;
        for (const Column &column : schema.columns)
            if (!keys.contains(column.name) && !column.generated)
                columns.append(column.name);
        auto cells = std::make_shared<RowLayout>();
        for (const QString &name : columns) {
            const ColumnType &type = schema.columns[schema.columnIndex(name)].type;
            CellType cell;
            cell.kind = type.kind;
            cells->cells.push_back(cell);
            sources.push_back(CellSource{type, {}, name});
        }
        cells->keyCount = static_cast<int>(keys.size());
        cells->comparedCount = cells->size();
        layout = cells;
    }
    ReadRequest readRequest() const
    {
        ReadRequest request;
        request.table = &schema;
        request.layout = layout;
        request.columns = columns;
        request.sources = sources;
        return request;
    }
    WriteRequest writeRequest() const
    {
        WriteRequest request;
        request.table = &schema;
        request.layout = layout;
        request.cells = sources;
        for (int cell = 0; cell < layout->size(); ++cell)
            request.columns.push_back({cell, columns[cell], cell < layout->keyCount});
        return request;
    }
    QString rowText(const RowBatch &batch, int row) const
    {
        QStringList cells;
        for (int cell = 0; cell < layout->size(); ++cell) {
            const CellView view = batch.value(row, cell);
            cells.append(view.isNull ? u"NULL"_s : cell::text(layout->cells[static_cast<std::size_t>(cell)], view));
        }
        return cells.join(u'|');
    }

    TableSchema schema;
    QStringList columns;
    std::vector<CellSource> sources;
    std::shared_ptr<const RowLayout> layout;
};

inline std::vector<int> allRows(const RowBatch &batch)
{
    std::vector<int> rows(static_cast<std::size_t>(batch.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

// Rows from text, one string a row, "NULL" for NULL; cells are given as the encoder takes text.
inline RowBatch rowsOf(const WholeTable &table, const QStringList &rows)
{
    RowBatch batch(table.layout);
    RowEncoder encoder(table.layout, table.sources);
    encoder.setBatch(&batch);
    for (const QString &row : rows) {
        encoder.beginRow();
        for (const QString &cell : row.split(u'|')) {
            if (cell == u"NULL"_s)
                encoder.null();
            else
                encoder.text(cell.toStdString());
        }
        encoder.endRow();
    }
    return batch;
}

// Made anew, and described by the session.
inline WholeTable createdTable(PostgresFixture &fixture, Session &session, const QString &name, const QString &columns)
{
    fixture.run(u"DROP TABLE IF EXISTS %1"_s.arg(name));
    fixture.run(u"CREATE TABLE %1 (%2)"_s.arg(name, columns));
    auto described = session.describe({{}, name});
    if (!described)
        qFatal("%s", qPrintable(described.error().detail));
    return WholeTable(*described);
}

inline Result<void> insert(RowWriter &writer, const WholeTable &table, const QStringList &rows)
{
    const RowBatch batch = rowsOf(table, rows);
    for (int row = 0; row < batch.rowCount(); ++row)
        if (const Error *fault = batch.fault(row))
            return fail(*fault);
    return writer.insert({&batch, allRows(batch)});
}

inline Result<QStringList> readAll(Session &session, const WholeTable &table, const ReadRequest &request)
{
    TRY_ASSIGN(const auto reader, session.read(request));
    QStringList rows;
    RowBatch batch(table.layout);
    while (true) {
        TRY_ASSIGN(const bool more, reader->next(batch));
        if (!more)
            return rows;
        for (int row = 0; row < batch.rowCount(); ++row) {
            if (const Error *fault = batch.fault(row))
                return fail(*fault);
            rows.append(table.rowText(batch, row));
        }
    }
}

#define GOOD(expression)                                                                                               \
    do {                                                                                                               \
        const auto &goodResult = (expression);                                                                         \
        if (!goodResult)                                                                                               \
            QFAIL(qPrintable(codeName(goodResult.error().code) + u": "_s + goodResult.error().detail));                \
    } while (false)

// Declares `name` as the value of a Result that must be good.
#define MUST(name, expression)                                                                                         \
    auto name##Result = (expression);                                                                                  \
    if (!name##Result)                                                                                                 \
        QFAIL(qPrintable(codeName(name##Result.error().code) + u": "_s + name##Result.error().detail));                \
    auto &name = *name##Result

#define FAILS_WITH(expression, expected)                                                                               \
    do {                                                                                                               \
        const auto &badResult = (expression);                                                                          \
        QVERIFY(!badResult);                                                                                           \
        QCOMPARE(codeName(badResult.error().code), codeName(expected));                                                \
    } while (false)

} // namespace tidemark::test
