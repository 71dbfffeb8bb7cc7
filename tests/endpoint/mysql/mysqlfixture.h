// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <QUrl>

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark::test {

inline bool hasMysql() { return qEnvironmentVariableIsSet("TIDEMARK_TEST_MYSQL"); }

inline ConnectionSettings mysqlSettings(const char *variable = "TIDEMARK_TEST_MYSQL")
{
    const QUrl url(qEnvironmentVariable(variable));
    ConnectionSettings settings;
    settings.driver = Driver::Mysql;
    settings.host = url.host();
    settings.port = url.port();
    settings.user = url.userName();
    settings.database = url.path().mid(1);
    settings.timeoutMs = 5000;
    return settings;
}

inline Secret mysqlSecret(const char *variable = "TIDEMARK_TEST_PASSWORD") { return Secret(qgetenv(variable)); }

// A database of its own for a test, gone at its end.
class MysqlDatabase
{
public:
    MysqlDatabase()
    {
        const OpenOptions options{true, nullptr};
        m_admin = std::move(*openMysql(mysqlSettings("TIDEMARK_TEST_MYSQL_ADMIN"),
                                       mysqlSecret("TIDEMARK_TEST_ADMIN_PASSWORD"), options));
        m_name = QStringLiteral("my_%1_%2").arg(QCoreApplication::applicationPid()).arg(s_next++);
        run(QStringLiteral("CREATE DATABASE %1 CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin").arg(m_name));
        run(QStringLiteral("GRANT ALL ON %1.* TO '%2'@'%'").arg(m_name, mysqlSettings().user));
        run(QStringLiteral("USE %1").arg(m_name));
    }
    ~MysqlDatabase()
    {
        run(QStringLiteral("DROP DATABASE %1").arg(m_name));
        run(QStringLiteral("REVOKE ALL ON %1.* FROM '%2'@'%'").arg(m_name, mysqlSettings().user));
    }

    void run(const QString &sql)
    {
        const auto done = m_admin->execute(sql);
        if (!done)
            qFatal("%s: %s", qPrintable(sql), qPrintable(done.error().detail));
    }
    QByteArray value(const QString &sql)
    {
        const auto rows = m_admin->query(sql);
        if (!rows)
            qFatal("%s: %s", qPrintable(sql), qPrintable(rows.error().detail));
        return rows->isEmpty() ? QByteArray("(none)") : rows->first().first().value_or("(null)");
    }
    ConnectionSettings settings() const
    {
        ConnectionSettings settings = mysqlSettings();
        settings.database = m_name;
        return settings;
    }
    Result<std::unique_ptr<SqlSession>> open(bool writable = true, Cancellation *cancellation = nullptr) const
    {
        return openMysql(settings(), mysqlSecret(), OpenOptions{writable, cancellation});
    }
    const QString &name() const { return m_name; }
    SqlSession &admin() { return *m_admin; }

private:
    static inline int s_next = 1;
    std::unique_ptr<SqlSession> m_admin;
    QString m_name;
};

// A request for all columns of a table, each in its own kind; the primary key's first.
struct TableRequest
{
    explicit TableRequest(const TableSchema &table) : schema(table)
    {
        QList<int> order;
        for (const QString &name : schema.primaryKey)
            order.append(schema.columnIndex(name));
        for (int i = 0; i < schema.columns.size(); ++i)
            if (!order.contains(i) && !schema.columns[i].generated)
                order.append(i);
        auto layout = std::make_shared<RowLayout>();
        for (const int i : order) {
            const Column &column = schema.columns[i];
            CellType type;
            type.kind = column.type.kind;
            type.floatBits = column.type.bytes == 4 && type.kind == CellKind::Float ? 32 : 64;
            layout->cells.push_back(type);
            read.columns.append(column.name);
            read.sources.push_back({column.type, {}, column.name});
            write.columns.push_back(
                {static_cast<int>(layout->cells.size()) - 1, column.name, schema.primaryKey.contains(column.name)});
        }
        layout->keyCount = static_cast<int>(schema.primaryKey.size());
        layout->comparedCount = layout->size();
        read.table = write.table = &schema;
        read.layout = write.layout = layout;
        write.cells = read.sources;
        read.order = ReadRequest::Order::Key;
    }
    TableRequest(const TableRequest &) = delete;
    TableRequest &operator=(const TableRequest &) = delete;

    TableSchema schema;
    ReadRequest read;
    WriteRequest write;
};

inline std::vector<int> allRows(const RowBatch &batch)
{
    std::vector<int> rows(static_cast<size_t>(batch.rowCount()));
    for (size_t i = 0; i < rows.size(); ++i)
        rows[i] = static_cast<int>(i);
    return rows;
}

inline Result<qint64> readAll(Session &session, const ReadRequest &request, RowBatch &all)
{
    all.reset(request.layout);
    TRY_ASSIGN(auto reader, session.read(request));
    RowBatch batch;
    for (;;) {
        TRY_ASSIGN(const bool more, reader->next(batch));
        if (!more)
            return all.rowCount();
        for (int row = 0; row < batch.rowCount(); ++row)
            all.appendRow(batch, row);
    }
}

} // namespace tidemark::test

#define VERIFY_OK(expression)                                                                                          \
    do {                                                                                                               \
        const auto &outcome_ = (expression);                                                                           \
        QVERIFY2(outcome_.has_value(),                                                                                 \
                 qPrintable(outcome_.has_value()                                                                       \
                                ? QString()                                                                            \
                                : tidemark::codeName(outcome_.error().code) + u": " + outcome_.error().detail));       \
    } while (false)
#define COMPARE_CODE(expression, expected)                                                                             \
    do {                                                                                                               \
        const auto &outcome_ = (expression);                                                                           \
        QVERIFY2(!outcome_.has_value(), "succeeded");                                                                  \
        if (outcome_.error().code != (expected))                                                                       \
            qWarning("%s", qPrintable(outcome_.error().detail));                                                       \
        QCOMPARE(tidemark::codeName(outcome_.error().code), tidemark::codeName(expected));                             \
    } while (false)
