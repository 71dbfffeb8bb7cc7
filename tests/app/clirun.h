// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

// Runs the real tidemark-cli in a folder and workspace of its own, against SQLite files.
class CliFolder
{
public:
    struct Outcome
    {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
        QByteArray said() const { return QByteArray::number(exitCode) + '\n' + out + err; } // for a failed test
        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
        QString code() const
        {
            return json().value(QLatin1StringView("error")).toObject().value(QLatin1StringView("code")).toString();
        }
    };

    QString path(const QString &name) const { return m_folder.filePath(name); }
    static QString program()
    {
        return qEnvironmentVariable("TIDEMARK_BINARY_DIR") + QStringLiteral("/app/tidemark-cli");
    }

    QProcessEnvironment environment(const QString &language = QStringLiteral("en_US.UTF-8")) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("TIDEMARK_WORKSPACE"), path(QStringLiteral("workspace")));
        environment.insert(QStringLiteral("LC_ALL"), language);
        environment.remove(QStringLiteral("LANGUAGE"));
        return environment;
    }

    Outcome run(const QStringList &arguments, const QString &language = QStringLiteral("en_US.UTF-8")) const
    {
        QProcess process;
        process.setProcessEnvironment(environment(language));
        process.setWorkingDirectory(m_folder.path());
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(program(), arguments);
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            return {-1, process.readAllStandardOutput(),
                    process.readAllStandardError() + process.errorString().toUtf8()};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    Outcome json(QStringList arguments) const
    {
        arguments.prepend(QStringLiteral("--json"));
        return run(arguments);
    }

    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    // A job file from a.db to b.db; `more` is JSON after the fixed keys.
    void job(const QString &name, const QByteArray &more, const char *mode = "mirror") const
    {
        write(name + QStringLiteral(".json"),
              R"({"tidemark": 1, "name": ")" + name.toUtf8() + R"(", "source": {"driver": "sqlite", "database": "a.db"},
              "target": {"driver": "sqlite", "database": "b.db"}, "mode": ")"
                  + QByteArray(mode) + "\", " + more + '}');
    }

    // The rows of the last statement, cells joined by '|'.
    QStringList sql(const QString &name, const QByteArray &statements) const
    {
        sqlite3 *database = nullptr;
        QStringList rows;
        const auto add = [](void *list, int count, char **cells, char **) {
            QStringList row;
            for (int i = 0; i < count; ++i)
                row.append(cells[i] == nullptr ? QStringLiteral("NULL") : QString::fromUtf8(cells[i]));
            static_cast<QStringList *>(list)->append(row.join(u'|'));
            return 0;
        };
        char *message = nullptr;
        if (sqlite3_open(path(name).toUtf8().constData(), &database) != SQLITE_OK
            || sqlite3_exec(database, statements.constData(), add, &rows, &message) != SQLITE_OK)
            rows = {QStringLiteral("error: ") + QString::fromUtf8(message)};
        sqlite3_free(message);
        sqlite3_close(database);
        return rows;
    }

private:
    QTemporaryDir m_folder;
};
