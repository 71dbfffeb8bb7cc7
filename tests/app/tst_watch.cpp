// SPDX-License-Identifier: GPL-3.0-or-later
// tidemark-cli watch as a process of its own: what it runs, what it tells, and how it ends.

#include <csignal>
#include <cstdio>

#include <QElapsedTimer>
#include <QMap>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 30'000;

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
    int end(int signal) // the exit code; −1: it did not end
    {
        ::kill(static_cast<pid_t>(m_process.processId()), signal);
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

} // namespace

class TestWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void runsAtItsTimes();
    void waitsForAReview();
    void noticesChangedFiles();
    void onlyNamedJobs();
    void endsAfterTheBatch();
    void isCancelled();
    void aChainFollows();
    void twoOfThemRunEachSlotOnce();
    void writesALog_data();
    void writesALog();
    void whatFollowsWantsTrust();
    void whatFollowsAStopHappens();
    void aNotificationIsALine();
    void writesMetrics();
    void metricsThatCannotBeWritten();
    void anImportTellsOfTrust();
    void twoMachinesNeverWriteAtOnce();
    void aBrokenFileIsTold();
    void schedulesAreListed();

private:
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

void TestWatch::init()
{
    m_folder = std::make_unique<CliFolder>();
    m_folder->sql(u"a.db"_s, "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t VALUES (1, 'one')");
}

void TestWatch::runsAtItsTimes()
{
    add(u"b"_s, R"({"every": "1s"})");
    m_folder->sql(u"a.db"_s, "INSERT INTO t VALUES (2, 'two')");
    Watching watch(*m_folder);
    const QJsonObject planned = watch.next(u"job"_s, u"b"_s);
    QCOMPARE(planned.value("state"_L1).toString(), u"planned"_s);
    QVERIFY(!planned.value("next"_L1).toString().isEmpty());
    const QJsonObject started = watch.next(u"started"_s, u"b"_s);
    QCOMPARE(started.value("cause"_L1).toString(), u"slot"_s);
    QVERIFY(started.value("slot"_L1).toString().endsWith(".000Z"_L1));
    const QJsonObject ended = watch.next(u"ended"_s, u"b"_s);
    QCOMPARE(ended.value("report"_L1).toObject().value("state"_L1).toString(), u"completed"_s);
    QVERIFY(!ended.value("next"_L1).toString().isEmpty());
    QCOMPARE(rows(u"b.db"_s), 2);
    QVERIFY(!watch.next(u"ended"_s, u"b"_s).isEmpty()); // and again
    QCOMPARE(watch.end(SIGTERM), 0);
    QCOMPARE(watch.faulty(), 0);
    QCOMPARE(watch.lines().last().value("event"_L1).toString(), u"stopped"_s);
}

void TestWatch::waitsForAReview()
{
    add(u"b"_s, R"({"every": "1s"})", {}, false);
    add(u"c"_s, R"({"every": "1s"})");
    Watching watch(*m_folder);
    const QJsonObject waits = watch.next(u"waits-review"_s, u"b"_s);
    QCOMPARE(waits.value("attention"_L1).toArray().at(0).toObject().value("kind"_L1).toString(), u"review"_s);
    for (int slot = 0; slot < 3; ++slot)
        QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    for (const QJsonObject &line : watch.lines())
        QVERIFY2(line.value("event"_L1) != "started"_L1 || line.value("job"_L1) == "c"_L1, "before it was reviewed");
    QCOMPARE(m_folder->run({u"run"_s, u"b"_s}).exitCode, 0);
    QVERIFY(!watch.next(u"started"_s, u"b"_s).isEmpty());
    // An edit that could write more waits again.
    QByteArray file = m_folder->read(u"workspace/jobs/b.json"_s);
    replace(u"b"_s, file.replace("\"mirror\"", "\"update\""));
    QVERIFY(!watch.next(u"waits-review"_s, u"b"_s).isEmpty());
    QCOMPARE(watch.end(SIGTERM), 0);
}

void TestWatch::noticesChangedFiles()
{
    add(u"b"_s, R"({"daily": ["00:00"]})");
    Watching watch(*m_folder);
    QVERIFY(!watch.next(u"job"_s, u"b"_s).isEmpty());
    QByteArray file = m_folder->read(u"workspace/jobs/b.json"_s);
    const qsizetype from = file.indexOf("\"daily\"");
    file.replace(from, file.indexOf(']', from) + 1 - from, "\"every\": \"1s\"");
    replace(u"b"_s, file);
    QVERIFY(!watch.next(u"ended"_s, u"b"_s).isEmpty());
    add(u"c"_s, R"({"every": "1s"})");
    QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    QCOMPARE(m_folder->run({u"job"_s, u"remove"_s, u"b"_s}).exitCode, 0);
    QVERIFY(!watch.next(u"gone"_s, u"b"_s).isEmpty());
    QCOMPARE(watch.end(SIGTERM), 0);
}

void TestWatch::onlyNamedJobs()
{
    add(u"b"_s, R"({"every": "1s"})");
    add(u"c"_s, R"({"every": "1s"})");
    Watching watch(*m_folder, {u"c"_s});
    QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    QCOMPARE(watch.end(SIGTERM), 0);
    for (const QJsonObject &line : watch.lines())
        QVERIFY(line.value("job"_L1) != "b"_L1);
}

void TestWatch::endsAfterTheBatch()
{
    add(u"b"_s, R"({"every": "1s"})", R"(, "batch": {"rows": 50}, "throttle": {"rows": 500})");
    m_folder->sql(u"a.db"_s,
                  "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                  " INSERT INTO t SELECT i, 'x' FROM n");
    Watching watch(*m_folder);
    QVERIFY(!watch.next(u"started"_s, u"b"_s).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(rows(u"b.db"_s) > 1, patienceMs);
    QCOMPARE(watch.end(SIGTERM), 0);
    const int written = rows(u"b.db"_s);
    QVERIFY(written > 1 && written < 3000);
    QCOMPARE((written - 1) % 50, 0);
    QCOMPARE(watch.next(u"ended"_s).value("report"_L1).toObject().value("state"_L1).toString(), u"cancelled"_s);
    QCOMPARE(watch.lines().last().value("cancelled"_L1), QJsonValue(false));
}

void TestWatch::isCancelled()
{
    add(u"b"_s, R"({"every": "1h"})");
    Watching watch(*m_folder);
    QVERIFY(!watch.next(u"job"_s, u"b"_s).isEmpty());
    QCOMPARE(watch.end(SIGINT), 3);
    QCOMPARE(watch.lines().last().value("cancelled"_L1), QJsonValue(true));
}

void TestWatch::aChainFollows()
{
    add(u"b"_s, R"({"every": "1s"})");
    add(u"c"_s, R"({"after": "b"})");
    add(u"d"_s, R"({"after": "nobody"})");
    Watching watch(*m_folder);
    QCOMPARE(watch.next(u"started"_s, u"c"_s).value("cause"_L1).toString(), u"chain"_s);
    QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    QCOMPARE(watch.end(SIGTERM), 0);
    bool told = false;
    for (const QJsonObject &line : watch.lines())
        told = told || (line.value("job"_L1) == "d"_L1 && line.value("state"_L1) == "no-predecessor"_L1);
    QVERIFY(told);
}

void TestWatch::twoOfThemRunEachSlotOnce()
{
    add(u"b"_s, R"({"every": "1s"})");
    QMap<QString, int> slots_;
    {
        Watching one(*m_folder);
        Watching other(*m_folder);
        for (int i = 0; i < 4; ++i) {
            QTRY_VERIFY_WITH_TIMEOUT(
                !m_folder
                     ->sql(u"workspace/journal.db"_s, "SELECT 1 FROM runs LIMIT 1 OFFSET " + QByteArray::number(2 * i))
                     .isEmpty(),
                patienceMs);
        }
        QCOMPARE(one.end(SIGTERM), 0);
        QCOMPARE(other.end(SIGTERM), 0);
        for (const auto *watch : {&one, &other}) {
            for (const QJsonObject &line : watch->lines()) {
                if (line.value("event"_L1) == "started"_L1)
                    ++slots_[line.value("slot"_L1).toString()];
            }
        }
    }
    QVERIFY(slots_.size() >= 3);
    for (auto slot = slots_.cbegin(); slot != slots_.cend(); ++slot)
        QVERIFY2(slot.value() == 1, qPrintable(slot.key()));
}

void TestWatch::writesALog_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("for people") << u"text"_s;
    QTest::newRow("JSON Lines") << u"json"_s;
}

void TestWatch::writesALog()
{
    QFETCH(const QString, format);
    add(u"b"_s, R"({"every": "1s"})");
    Watching watch(
        *m_folder,
        {u"--log"_s, u"w.log"_s, u"--log-format"_s, format, u"--log-size"_s, u"1KiB"_s, u"--log-files"_s, u"2"_s},
        false);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_folder->path(u"w.log.2"_s)), 2 * patienceMs);
    QCOMPARE(watch.end(SIGTERM), 0);
    QVERIFY(watch.said().isEmpty());
    QVERIFY(!QFile::exists(m_folder->path(u"w.log.3"_s)));
    QCOMPARE(QFile::permissions(m_folder->path(u"w.log"_s)) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    for (const QString &name : {u"w.log"_s, u"w.log.1"_s, u"w.log.2"_s}) {
        const QList<QByteArray> lines = m_folder->read(name).trimmed().split('\n');
        // A line that is longer than the size has a file of its own.
        QVERIFY(m_folder->read(name).size() <= 1024 || lines.size() == 1);
        for (const QByteArray &line : lines) {
            if (format == "json"_L1)
                QVERIFY(QJsonDocument::fromJson(line).object().contains("event"_L1));
            else
                QVERIFY2(line.startsWith("20") && line.contains(' '), line.constData());
        }
    }
}

void TestWatch::whatFollowsWantsTrust()
{
    const QByteArray touch =
        R"(, "afterRun": {"always": [{"command": ["touch", ")" + m_folder->path(u"touched"_s).toUtf8() + R"("]}]})";
    add(u"b"_s, R"({"every": "1s"})", touch);
    QVERIFY2(!QFile::exists(m_folder->path(u"touched"_s)), "run without --trust carries nothing out");
    {
        Watching watch(*m_folder);
        QVERIFY(!watch.next(u"untrusted"_s, u"b"_s).isEmpty());
        QCOMPARE(watch.end(SIGTERM), 0);
    }
    QVERIFY(!QFile::exists(m_folder->path(u"touched"_s)));
    QCOMPARE(m_folder->run({u"run"_s, u"b"_s, u"--trust"_s}).exitCode, 0); // once, and for all that watch does
    QVERIFY(QFile::remove(m_folder->path(u"touched"_s)));
    Watching watch(*m_folder);
    const QJsonObject action = watch.next(u"action"_s, u"b"_s);
    QCOMPARE(action.value("action"_L1).toString(), u"command"_s);
    QVERIFY(action.value("error"_L1).isNull());
    QVERIFY(QFile::exists(m_folder->path(u"touched"_s)));
    QCOMPARE(watch.end(SIGTERM), 0);
}

// SIGTERM ends a run after its batch: that is an end, too, and what is to follow every run follows it.
void TestWatch::whatFollowsAStopHappens()
{
    const QString file = m_folder->path(u"told"_s);
    add(u"b"_s, R"({"every": "1s"})",
        R"(, "batch": {"rows": 50}, "throttle": {"rows": 500}, "afterRun": {"always": [{"command": ["/bin/sh", "-c",
           "sleep 1; echo $TIDEMARK_STATE >>')"
            + file.toUtf8() + R"('"]}]})");
    QCOMPARE(m_folder->run({u"run"_s, u"b"_s, u"--trust"_s}).exitCode, 0);
    QCOMPARE(m_folder->read(u"told"_s), QByteArray("completed\n"));
    m_folder->sql(u"a.db"_s,
                  "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                  " INSERT INTO t SELECT i, 'x' FROM n");
    Watching watch(*m_folder);
    QVERIFY(!watch.next(u"started"_s, u"b"_s).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(rows(u"b.db"_s) > 1, patienceMs);
    QCOMPARE(watch.end(SIGTERM), 0);
    QCOMPARE(m_folder->read(u"told"_s), QByteArray("completed\ncancelled\n"));
    const QJsonObject action = watch.next(u"action"_s, u"b"_s);
    QVERIFY(!action.isEmpty() && action.value("error"_L1).isNull());
    QCOMPARE(watch.lines().last().value("event"_L1).toString(), u"stopped"_s);
}

void TestWatch::aNotificationIsALine()
{
    add(u"b"_s, R"({"every": "1s"})", R"(, "afterRun": {"success": [{"notify": true}]})");
    QCOMPARE(m_folder->run({u"run"_s, u"b"_s, u"--trust"_s}).exitCode, 0);
    {
        Watching watch(*m_folder);
        QVERIFY(!watch.next(u"notify"_s, u"b"_s).isEmpty());
        QCOMPARE(watch.end(SIGTERM), 0);
    }
    Watching watch(*m_folder, {u"--log"_s, u"w.log"_s}, false);
    QTRY_VERIFY_WITH_TIMEOUT(m_folder->read(u"w.log"_s).count("b: Nothing to do") >= 2,
                             patienceMs); // its end, and that
    QCOMPARE(watch.end(SIGTERM), 0);
}

void TestWatch::writesMetrics()
{
    add(u"b"_s, R"({"every": "1s"})");
    add(u"c"_s, R"({"daily": ["00:00"]})", {}, false);
    m_folder->sql(u"a.db"_s, "INSERT INTO t VALUES (2, 'two')");
    const auto value = [this](const QByteArray &sample) {
        for (const QByteArray &line : m_folder->read(u"m.prom"_s).split('\n')) {
            if (line.startsWith(sample) && line.contains("job=\"b\""))
                return line.mid(line.lastIndexOf(' ') + 1).toDouble();
        }
        return -1.0;
    };
    Watching watch(*m_folder, {u"--metrics"_s, u"m.prom"_s});
    QVERIFY(!watch.next(u"job"_s, u"b"_s).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(value("tidemark_next_run_timestamp_seconds") > 1e9, patienceMs);
    QVERIFY(!watch.next(u"ended"_s, u"b"_s).isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(m_folder->read(u"m.prom"_s).contains(R"(state="completed"} 1)"), true, patienceMs);
    const double before = value("tidemark_run_start_timestamp_seconds");
    QVERIFY(before > 1e9);
    QTRY_VERIFY_WITH_TIMEOUT(value("tidemark_run_start_timestamp_seconds") > before, patienceMs); // run by run
    QVERIFY(value("tidemark_last_success_timestamp_seconds") >= before);
    QVERIFY(m_folder->read(u"m.prom"_s).contains("tidemark_open_conflicts{job=\"c\""));
    QVERIFY(!m_folder->read(u"m.prom"_s).contains("tidemark_run_state{job=\"c\"")); // it never ran
    QCOMPARE(watch.end(SIGTERM), 0);
}

void TestWatch::metricsThatCannotBeWritten()
{
    add(u"b"_s, R"({"every": "1s"})");
    const auto refused = m_folder->json({u"watch"_s, u"--metrics"_s, u"nowhere/m.prom"_s});
    QCOMPARE(refused.exitCode, 4);
    QCOMPARE(refused.code(), u"file-unwritable"_s);
}

void TestWatch::anImportTellsOfTrust()
{
    m_folder->job(u"b"_s, R"("tables": ["t"], "afterRun": {"always": [{"command": ["true"]}]})");
    m_folder->job(u"c"_s, R"("tables": ["t"])");
    const auto told = m_folder->run({u"job"_s, u"import"_s, u"b.json"_s});
    QCOMPARE(told.exitCode, 0);
    QVERIFY2(told.err.contains("not trusted yet") && told.err.contains("--trust"), told.said().constData());
    QVERIFY(!m_folder->run({u"job"_s, u"import"_s, u"c.json"_s}).err.contains("--trust")); // nothing of the kind
    QCOMPARE(m_folder->run({u"job"_s, u"remove"_s, u"b"_s}).exitCode, 0);
    QVERIFY(!m_folder->run({u"job"_s, u"import"_s, u"b.json"_s, u"--trust"_s}).err.contains("--trust"));
    QCOMPARE(m_folder->run({u"job"_s, u"remove"_s, u"b"_s}).exitCode, 0);
    const auto json = m_folder->json({u"job"_s, u"import"_s, u"b.json"_s, u"--trust"_s});
    QCOMPARE(json.json().value("trusted"_L1), QJsonValue(true));
}

// Each with a workspace of its own, as on two machines, and rows of its own: where they took turns within a run, the
// target's diary would tell.
void TestWatch::twoMachinesNeverWriteAtOnce()
{
    m_folder->sql(u"b.db"_s,
                  "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); CREATE TABLE diary (n INTEGER PRIMARY KEY, x TEXT);"
                  "CREATE TRIGGER wrote AFTER UPDATE ON t BEGIN INSERT INTO diary (x) VALUES (new.x); END;");
    const QStringList machines{u"one"_s, u"two"_s};
    for (const QString &name : machines) {
        m_folder->sql(name + u".db"_s,
                      "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);"
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                      " INSERT INTO t SELECT i, '"
                          + name.toUtf8() + "' FROM n");
        m_folder->write(
            name + u".json"_s,
            R"({"tidemark": 1, "id": "6f1c0e0a-0000-4000-8000-000000000001", "name": "shared",
            "source": {"driver": "sqlite", "database": ")"
                + m_folder->path(name).toUtf8() + R"(.db"}, "target": {"driver": "sqlite", "database": ")"
                + m_folder->path(u"b.db"_s).toUtf8()
                + R"("}, "mode": "update", "tables": ["t"], "batch": {"rows": 20}, "throttle": {"rows": 400},
            "schedule": {"every": "1s"}})");
        const QString space = m_folder->path(name + u"-space"_s);
        QCOMPARE(m_folder->run({u"--workspace"_s, space, u"job"_s, u"import"_s, name + u".json"_s}).exitCode, 0);
        const auto run = m_folder->run({u"--workspace"_s, space, u"run"_s, u"shared"_s});
        QVERIFY2(run.exitCode == 0, run.said().constData());
    }
    m_folder->sql(u"b.db"_s, "DELETE FROM diary");
    int busy = 0;
    {
        Watching one(*m_folder, {u"--workspace"_s, m_folder->path(u"one-space"_s)});
        Watching two(*m_folder, {u"--workspace"_s, m_folder->path(u"two-space"_s)});
        QTRY_VERIFY_WITH_TIMEOUT(m_folder->sql(u"b.db"_s, "SELECT count(*) FROM diary").value(0).toInt() >= 1200,
                                 2 * patienceMs);
        QCOMPARE(one.end(SIGTERM), 0);
        QCOMPARE(two.end(SIGTERM), 0);
        for (const auto *watch : {&one, &two}) {
            for (const QJsonObject &line : watch->lines())
                busy += line.value("event"_L1) == "busy-elsewhere"_L1 ? 1 : 0;
        }
    }
    QVERIFY(busy > 0); // they did meet
    const QStringList diary = m_folder->sql(u"b.db"_s, "SELECT x FROM diary ORDER BY n");
    int turns = 0;
    for (qsizetype i = 1; i < diary.size(); ++i)
        turns += diary[i] != diary[i - 1] ? 1 : 0;
    // A whole run has 200 rows; only the last two may have been cut short.
    QVERIFY2(turns <= diary.size() / 200 + 2, qPrintable(u"%1 turns in %2 rows"_s.arg(turns).arg(diary.size())));
}

void TestWatch::aBrokenFileIsTold()
{
    add(u"b"_s, R"({"every": "1s"})");
    Watching watch(*m_folder);
    QVERIFY(!watch.next(u"ended"_s, u"b"_s).isEmpty());
    const QByteArray file = m_folder->read(u"workspace/jobs/b.json"_s);
    replace(u"b"_s, QByteArray(file).replace("\"1s\"", "\"soon\""));
    const QJsonObject faulty = watch.next(u"job"_s, u"b"_s);
    QCOMPARE(faulty.value("state"_L1).toString(), u"faulty"_s);
    QCOMPARE(faulty.value("error"_L1).toObject().value("code"_L1).toString(), u"wrong-value"_s);
    replace(u"b"_s, file);
    QVERIFY(!watch.next(u"ended"_s, u"b"_s).isEmpty());
    QCOMPARE(watch.end(SIGTERM), 0);
}

void TestWatch::schedulesAreListed()
{
    add(u"b"_s, R"({"daily": ["08:00"], "days": ["mon"], "zone": "Asia/Kathmandu"})");
    add(u"c"_s, R"({"every": "1h"})", {}, false);
    const QJsonArray jobs = m_folder->json({u"job"_s, u"list"_s}).json().value("jobs"_L1).toArray();
    const QJsonObject planned = jobs.at(0).toObject().value("schedule"_L1).toObject();
    QCOMPARE(planned.value("state"_L1).toString(), u"planned"_s);
    QVERIFY(planned.value("next"_L1).toString().endsWith("T02:15:00.000Z"_L1));
    const QJsonObject waits = jobs.at(1).toObject().value("schedule"_L1).toObject();
    QCOMPARE(waits.value("state"_L1).toString(), u"waits-review"_s);
    QVERIFY(waits.value("next"_L1).isNull());
    QVERIFY(m_folder->run({u"job"_s, u"show"_s, u"b"_s}).out.contains("Mon at 08:00 (Asia/Kathmandu): next run "));
    QVERIFY(m_folder->run({u"job"_s, u"check"_s, u"b"_s}).out.contains("only while Tidemark is open"));
}

QTEST_GUILESS_MAIN(TestWatch)
#include "tst_watch.moc"
