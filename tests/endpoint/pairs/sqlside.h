// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QFile>

#include "core/endpoint/connector.h"

namespace tidemark {

// The server that the environment names, or a file; each Side has a database or schema of its own, dropped at the end.
class Side
{
public:
    Side(Driver driver, const QString &folder, const QString &name) : m_driver(driver), m_name(name)
    {
        if (driver == Driver::Sqlite) {
            settings.driver = driver;
            settings.database = folder + u'/' + name + QStringLiteral(".db");
            QFile file(settings.database);
            file.open(QIODevice::WriteOnly);
            return;
        }
        const bool postgres = driver == Driver::Postgres;
        settings = connectionFromUrl(qEnvironmentVariable(postgres ? "TIDEMARK_TEST_POSTGRES" : "TIDEMARK_TEST_MYSQL"))
                       .value();
        settings.password = {PasswordSource::Kind::Env, QStringLiteral("TIDEMARK_TEST_PASSWORD")};
        m_space = QStringLiteral("pair_%1_%2_%3").arg(name).arg(QCoreApplication::applicationPid()).arg(++s_number);
        m_admin = settings;
        exec(postgres ? QStringLiteral("CREATE SCHEMA %1").arg(m_space)
                      : QStringLiteral("CREATE DATABASE %1 CHARACTER SET utf8mb4").arg(m_space));
        (postgres ? settings.schema : settings.database) = m_space;
        m_session.reset();
    }

    ~Side()
    {
        if (m_space.isEmpty())
            return;
        m_session.reset();
        settings = m_admin;
        exec(m_driver == Driver::Postgres ? QStringLiteral("DROP SCHEMA %1 CASCADE").arg(m_space)
                                          : QStringLiteral("DROP DATABASE %1").arg(m_space));
    }
    Side(const Side &) = delete;
    Side &operator=(const Side &) = delete;

    static bool isAvailable(Driver driver)
    {
        return driver == Driver::Sqlite
            || !qEnvironmentVariable(driver == Driver::Postgres ? "TIDEMARK_TEST_POSTGRES" : "TIDEMARK_TEST_MYSQL")
                    .isEmpty();
    }

    SqlSession &session()
    {
        if (!m_session) {
            SqlConnector connector;
            auto opened = connector.openSql(settings, OpenOptions{true, &m_cancellation});
            if (!opened)
                qFatal("%s: %s", qPrintable(codeName(opened.error().code)), qPrintable(opened.error().detail));
            m_session = std::move(*opened);
        }
        return *m_session;
    }

    void execElsewhere(const QString &sql) const // on any thread, through a session of its own
    {
        SqlConnector connector;
        Cancellation cancellation;
        auto session = connector.openSql(settings, OpenOptions{true, &cancellation});
        if (!session || !(*session)->execute(sql))
            qFatal("refused: %s", qPrintable(sql));
    }

    void reconnect() { m_session.reset(); } // to what settings say now

    void exec(const QString &sql)
    {
        auto done = session().execute(sql);
        if (!done)
            qFatal("%s: %s in %s", qPrintable(codeName(done.error().code)), qPrintable(done.error().detail),
                   qPrintable(sql));
        if (m_driver == Driver::Sqlite)
            m_session.reset(); // no lock is left behind
    }

    QStringList rows(const QString &sql) // "1|a|NULL"
    {
        auto result = session().query(sql);
        if (!result)
            qFatal("%s: %s in %s", qPrintable(codeName(result.error().code)), qPrintable(result.error().detail),
                   qPrintable(sql));
        QStringList lines;
        for (const SqlRow &row : *result) {
            QStringList cells;
            for (const auto &cell : row)
                cells += cell ? QString::fromUtf8(*cell) : QStringLiteral("NULL");
            lines += cells.join(u'|');
        }
        if (m_driver == Driver::Sqlite)
            m_session.reset();
        return lines;
    }

    // id, name, amount, changed, version, pending
    void createItems(const QString &table = QStringLiteral("items"))
    {
        switch (m_driver) {
        case Driver::Sqlite:
            exec(QStringLiteral(
                     "CREATE TABLE %1 (id INTEGER PRIMARY KEY, name TEXT, amount DECIMAL(12,2), changed TIMESTAMP, "
                     "version BIGINT, pending INTEGER)")
                     .arg(table));
            break;
        case Driver::Postgres:
            exec(QStringLiteral(
                     "CREATE TABLE %1 (id bigint PRIMARY KEY, name text, amount numeric(12,2), changed timestamp, "
                     "version bigint, pending integer)")
                     .arg(table));
            break;
        default:
            exec(QStringLiteral("CREATE TABLE %1 (id bigint PRIMARY KEY, name varchar(80), amount decimal(12,2), "
                                "changed datetime(6), "
                                "version bigint, pending integer) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin")
                     .arg(table));
            break;
        }
    }
    void put(int id, const QString &name, const QString &amount,
             const QString &changed = QStringLiteral("2024-01-01 00:00:00"), int version = 1, int pending = 0)
    {
        exec(QStringLiteral("INSERT INTO items VALUES (%1, '%2', %3, '%4', %5, %6)")
                 .arg(id)
                 .arg(name, amount, changed)
                 .arg(version)
                 .arg(pending));
    }
    void putMany(int first, int count)
    {
        QStringList values;
        for (int id = first; id < first + count; ++id)
            values += QStringLiteral("(%1, 'name %1', %1.50, '2024-01-01 00:00:00', 1, 0)").arg(id);
        exec(QStringLiteral("INSERT INTO items VALUES ") + values.join(u','));
    }
    QStringList items() { return rows(QStringLiteral("SELECT id, name, version FROM items ORDER BY id")); }
    Driver driver() const { return m_driver; }

    ConnectionSettings settings;

private:
    static inline int s_number = 0;
    Driver m_driver;
    QString m_name;
    QString m_space;
    ConnectionSettings m_admin;
    Cancellation m_cancellation;
    std::unique_ptr<SqlSession> m_session;
};

} // namespace tidemark
