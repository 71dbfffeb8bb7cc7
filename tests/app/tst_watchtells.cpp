// SPDX-License-Identifier: GPL-3.0-or-later
// What tidemark-cli watch tells of its jobs: lines, a log, metrics, and what it wants first.
#include "tests/app/watching.h"

class TestWatchTells : public QObject, private WatchRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void writesALog_data();
    void writesALog();
    void whatFollowsWantsTrust();
    void aNotificationIsALine();
    void writesMetrics();
    void metricsThatCannotBeWritten();
    void anImportTellsOfTrust();
    void aBrokenFileIsTold();
    void schedulesAreListed();
};

void TestWatchTells::writesALog_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("for people") << u"text"_s;
    QTest::newRow("JSON Lines") << u"json"_s;
}

void TestWatchTells::writesALog()
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

void TestWatchTells::whatFollowsWantsTrust()
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

void TestWatchTells::aNotificationIsALine()
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

void TestWatchTells::writesMetrics()
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

void TestWatchTells::metricsThatCannotBeWritten()
{
    add(u"b"_s, R"({"every": "1s"})");
    const auto refused = m_folder->json({u"watch"_s, u"--metrics"_s, u"nowhere/m.prom"_s});
    QCOMPARE(refused.exitCode, 4);
    QCOMPARE(refused.code(), u"file-unwritable"_s);
}

void TestWatchTells::anImportTellsOfTrust()
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

void TestWatchTells::aBrokenFileIsTold()
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

void TestWatchTells::schedulesAreListed()
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

QTEST_GUILESS_MAIN(TestWatchTells)
#include "tst_watchtells.moc"
