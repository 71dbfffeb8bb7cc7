// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "tests/app/desktopsession.h"

// The program in a session, with jobs between two SQLite files in a workspace of its own.
class DesktopProgram : protected DesktopSession
{
protected:
    using DesktopSession::begin;
    void begin(); // a workspace of its own
    std::unique_ptr<QProcess> tidemark(const QStringList &arguments);
    int cli(const QStringList &arguments);
    QByteArray sql(const QString &database, const QByteArray &statements);
    int runs(); // that the journal knows
    void saveJob(const QString &name, const QJsonObject &more);
    bool isEnded(QProcess &process); // by itself, and well
    void twoTables(); // of one row, in a.db and empty in b.db
    QString workspace() const { return m_folder->filePath(u"workspace"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

inline void DesktopProgram::begin()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(workspace()));
    m_notifications.shown.clear();
}

inline std::unique_ptr<QProcess> DesktopProgram::tidemark(const QStringList &arguments)
{
    return begin(qEnvironmentVariable("TIDEMARK_BINARY_DIR") + u"/app/tidemark"_s,
                 QStringList{u"--workspace"_s, workspace(), u"--lang"_s, u"en"_s} + arguments);
}

inline int DesktopProgram::cli(const QStringList &arguments)
{
    const auto process = begin(qEnvironmentVariable("TIDEMARK_BINARY_DIR") + u"/app/tidemark-cli"_s,
                               QStringList{u"--workspace"_s, workspace()} + arguments);
    return process->waitForFinished(60'000) ? process->exitCode() : -1;
}

inline QByteArray DesktopProgram::sql(const QString &database, const QByteArray &statements)
{
    QProcess process;
    process.start(u"sqlite3"_s, {u"-cmd"_s, u".timeout 5000"_s, m_folder->filePath(database)});
    process.write(statements);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return process.readAllStandardOutput().trimmed();
}

inline int DesktopProgram::runs() { return sql(u"workspace/journal.db"_s, "SELECT count(*) FROM runs").toInt(); }

inline void DesktopProgram::saveJob(const QString &name, const QJsonObject &more)
{
    QJsonObject job{
        {u"tidemark"_s, 1},
        {u"id"_s, u"11111111-2222-4333-8444-555555555555"_s},
        {u"name"_s, name},
        {u"source"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, m_folder->filePath(u"a.db"_s)}}},
        {u"target"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, m_folder->filePath(u"b.db"_s)}}},
        {u"mode"_s, u"mirror"_s},
        {u"tables"_s, QJsonArray{u"t"_s}}};
    for (auto it = more.begin(); it != more.end(); ++it)
        job[it.key()] = it.value();
    const QString path = m_folder->filePath(name + u".json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write(QJsonDocument(job).toJson()) > 0);
    file.close();
    QCOMPARE(cli({u"job"_s, u"import"_s, path, u"--trust"_s}), 0);
}

inline bool DesktopProgram::isEnded(QProcess &process)
{
    return process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

inline void DesktopProgram::twoTables()
{
    sql(u"a.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 'x')");
    sql(u"b.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
}
