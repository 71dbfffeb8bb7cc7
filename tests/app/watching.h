// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <cstdio>

#include <QElapsedTimer>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

inline constexpr int patienceMs = 30'000;

// A running watch and the lines it has told so far.
class Watching
{
public:
    Watching(const CliFolder &folder, const QStringList &arguments = {}, bool json = true)
    {
        m_process.setProcessEnvironment(folder.environment());
        m_process.setWorkingDirectory(folder.path({}));
        m_process.setStandardInputFile(QProcess::nullDevice());
        m_process.start(CliFolder::program(),
                        (json ? QStringList{u"--json"_s} : QStringList()) + QStringList{u"watch"_s} + arguments);
        m_process.waitForStarted();
    }
    ~Watching()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished();
    }

    // The next line of that event (and job, where one is named); empty: none came.
    QJsonObject next(const QString &event, const QString &job = {})
    {
        QElapsedTimer timer;
        for (timer.start(); timer.elapsed() < patienceMs; m_process.waitForReadyRead(100)) {
            take();
            for (; m_read < m_lines.size(); ++m_read) {
                const QJsonObject &line = m_lines[m_read];
                if (line.value("event"_L1) == event && (job.isEmpty() || line.value("job"_L1) == job))
                    return m_lines[m_read++];
            }
            if (m_process.state() == QProcess::NotRunning && m_process.bytesAvailable() == 0)
                break;
        }
        return {};
    }
    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    int end(int number)
    {
        signal(number);
        return ended();
    }
    int ended() // the exit code; −1: it did not end
    {
        if (!m_process.waitForFinished(patienceMs) || m_process.exitStatus() != QProcess::NormalExit)
            return -1;
        take();
        return m_process.exitCode();
    }
    const QList<QJsonObject> &lines() const { return m_lines; }
    int faulty() const { return m_faulty; } // lines that are no JSON object with time and event
    QByteArray said() { return m_process.readAllStandardError(); }

private:
    void take()
    {
        while (m_process.canReadLine()) {
            const QJsonObject line = QJsonDocument::fromJson(m_process.readLine()).object();
            m_faulty += line.contains("time"_L1) && line.contains("event"_L1) ? 0 : 1;
            m_lines.append(line);
        }
    }

    QProcess m_process;
    QList<QJsonObject> m_lines;
    qsizetype m_read = 0;
    int m_faulty = 0;
};

// Jobs of a workspace that watch runs.
class WatchRig
{
protected:
    void begin()
    {
        m_folder = std::make_unique<CliFolder>();
        m_folder->sql(u"a.db"_s, "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t VALUES (1, 'one')");
    }
    // A job of the workspace from a.db to NAME.db, run once.
    void add(const QString &name, const QByteArray &schedule, const QByteArray &more = {}, bool reviewed = true)
    {
        m_folder->write(
            name + u".json"_s,
            R"({"tidemark": 1, "name": ")" + name.toUtf8() + R"(", "source": {"driver": "sqlite", "database": "a.db"},
              "target": {"driver": "sqlite", "database": ")"
                + name.toUtf8() + R"(.db"}, "mode": "mirror", "create": true, "tables": ["t"], "schedule": )" + schedule
                + more + '}');
        m_folder->sql(name + u".db"_s, "SELECT 1");
        QCOMPARE(m_folder->run({u"job"_s, u"import"_s, name + u".json"_s}).exitCode, 0);
        if (reviewed) {
            const auto run = m_folder->run({u"run"_s, name});
            QVERIFY2(run.exitCode == 0, run.said().constData());
        }
    }
    // As editors do: nobody sees half of it.
    void replace(const QString &name, const QByteArray &text)
    {
        const QString file = m_folder->path(u"workspace/jobs/%1.json"_s.arg(name));
        m_folder->write(u"half"_s, text);
        QCOMPARE(std::rename(qPrintable(m_folder->path(u"half"_s)), qPrintable(file)), 0);
    }
    int rows(const QString &file) const { return m_folder->sql(file, "SELECT count(*) FROM t").value(0).toInt(); }

    std::unique_ptr<CliFolder> m_folder;
};
