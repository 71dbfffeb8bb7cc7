// SPDX-License-Identifier: GPL-3.0-or-later
// What follows a run of the real command line: only with consent, with the report that --json tells, and without any
// say in how the run ended. And that a job's limits are read.
#include <memory>

#include <QFileInfo>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

class TestCliAfterRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void wantsConsent();
    void anotherFileWantsItAgain();
    void givesTheReport();
    void failureIsToldAndChangesNothing();
    void followsAFailure();
    void passwordsStayHere();
    void besideTheJob();
    void limits();

private:
    QByteArray copyTo(const QString &name) const;
    bool has(const QString &name) const { return QFileInfo::exists(m_folder->path(name)); }
    std::unique_ptr<CliFolder> m_folder;
};

QByteArray TestCliAfterRun::copyTo(const QString &name) const
{
    return "{\"command\": [\"cp\", \"{report}\", \"" + m_folder->path(name).toUtf8() + "\"]}";
}

void TestCliAfterRun::init()
{
    m_folder = std::make_unique<CliFolder>();
    const QByteArray schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT);";
    QVERIFY(m_folder->sql(u"a.db"_s, schema + "INSERT INTO t VALUES (1, 'one'), (2, 'two');").isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, schema).isEmpty());
}

void TestCliAfterRun::wantsConsent()
{
    m_folder->job(u"j"_s, R"("tables": ["t"], "afterRun": {"success": [)" + copyTo(u"r.json"_s) + "]}");
    const auto without = m_folder->run({u"run"_s, u"j.json"_s});
    QVERIFY2(without.exitCode == 0, without.said().constData());
    QVERIFY2(without.err.contains("--trust"), without.said().constData());
    QVERIFY2(!has(u"r.json"_s), "acted without consent");
    const auto with = m_folder->run({u"run"_s, u"j.json"_s, u"--trust"_s});
    QVERIFY2(with.exitCode == 0, with.said().constData());
    QVERIFY2(has(u"r.json"_s), with.said().constData());
    QVERIFY(QFile::remove(m_folder->path(u"r.json"_s)));
    const auto plan = m_folder->run({u"plan"_s, u"j.json"_s});
    QVERIFY2(plan.exitCode == 0 && !has(u"r.json"_s), "something followed a plan");
}

void TestCliAfterRun::anotherFileWantsItAgain()
{
    m_folder->job(u"j"_s, R"("tables": ["t"], "afterRun": {"success": [)" + copyTo(u"r.json"_s) + "]}");
    QCOMPARE(m_folder->run({u"run"_s, u"j.json"_s, u"--trust"_s}).exitCode, 0);
    m_folder->job(u"j"_s, R"("tables": ["t"], "afterRun": {"success": [)" + copyTo(u"s.json"_s) + "]}");
    const auto changed = m_folder->run({u"run"_s, u"j.json"_s});
    QVERIFY2(changed.exitCode == 0 && !has(u"s.json"_s), changed.said().constData());
}

void TestCliAfterRun::givesTheReport()
{
    m_folder->job(u"j"_s, R"("tables": ["t"], "afterRun": {"always": [)" + copyTo(u"r.json"_s) + "]}");
    const auto run = m_folder->json({u"run"_s, u"j.json"_s, u"--trust"_s});
    QVERIFY2(run.exitCode == 0, run.said().constData());
    QCOMPARE(QJsonDocument::fromJson(m_folder->read(u"r.json"_s)).object(), run.json());
    QCOMPARE(run.json().value("state"_L1).toString(), u"completed"_s);
}

void TestCliAfterRun::failureIsToldAndChangesNothing()
{
    m_folder->job(u"j"_s,
                  R"("tables": ["t"], "afterRun": {"success": [{"command": ["no-such-program-here"]},
        {"command": ["false"]}, {"command": ["ls", "/no/such; touch )"
                      + m_folder->path(u"forged"_s).toUtf8() + R"("]}, {"notify": true}, )" + copyTo(u"r.json"_s)
                      + "]}");
    const auto run = m_folder->json({u"run"_s, u"j.json"_s, u"--trust"_s});
    QVERIFY2(run.exitCode == 0, run.said().constData());
    QVERIFY2(run.err.contains("no-such-program-here") && run.err.contains("false ended with exit status 1"),
             run.said().constData());
    QVERIFY2(has(u"r.json"_s), "one that failed kept the next from happening");
    QVERIFY2(!has(u"forged"_s), "a shell read an argument");
    QCOMPARE(run.json().value("state"_L1).toString(), u"completed"_s); // and one document
}

void TestCliAfterRun::followsAFailure()
{
    m_folder->job(u"j"_s,
                  R"("tables": ["t", {"source": "u", "target": "u"}], "afterRun": {"failure": [)"
                      + copyTo(u"failed.json"_s) + R"(], "success": [)" + copyTo(u"good.json"_s) + "]}");
    QVERIFY(m_folder->sql(u"a.db"_s, "CREATE TABLE u (id INTEGER PRIMARY KEY)").isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, "CREATE TABLE u (other INTEGER)").isEmpty());
    const auto run = m_folder->json({u"run"_s, u"j.json"_s, u"--trust"_s});
    QVERIFY2(run.exitCode == 4, run.said().constData());
    QVERIFY2(has(u"failed.json"_s) && !has(u"good.json"_s), run.said().constData());
    QCOMPARE(QJsonDocument::fromJson(m_folder->read(u"failed.json"_s)).object().value("state"_L1).toString(),
             u"failed"_s);
}

// Variables with passwords are of no concern to commands, not even those of other connections.
void TestCliAfterRun::passwordsStayHere()
{
    qputenv("TST_CLI_PASSWORD", "geheim");
    const auto added = m_folder->run({u"connection"_s, u"add"_s, u"other"_s, u"postgres://me@127.0.0.1/x"_s,
                                      u"--password-env"_s, u"TST_CLI_PASSWORD"_s});
    QVERIFY2(added.exitCode == 0, added.said().constData());
    m_folder->job(u"j"_s,
                  R"("tables": ["t"], "afterRun": {"success": [{"command": ["printenv", "TST_CLI_PASSWORD"]}]})");
    const auto run = m_folder->run({u"run"_s, u"j.json"_s, u"--trust"_s});
    qunsetenv("TST_CLI_PASSWORD");
    QVERIFY2(run.err.contains("printenv ended with exit status 1"), run.said().constData());
    QVERIFY(!run.said().contains("geheim"));
}

void TestCliAfterRun::besideTheJob()
{
    QVERIFY(QFile::link(u"/usr/bin/touch"_s, m_folder->path(u"hook"_s)));
    m_folder->job(u"j"_s,
                  R"("tables": ["t"], "afterRun": {"success": [{"command": ["./hook", ")"
                      + m_folder->path(u"touched"_s).toUtf8() + "\"]}]}");
    const auto run = m_folder->run({u"run"_s, u"j.json"_s, u"--trust"_s});
    QVERIFY2(has(u"touched"_s), run.said().constData());
}

// How fast is tst_throttle's to say; here that each command reads the limits and gets to its end.
void TestCliAfterRun::limits()
{
    m_folder->job(u"j"_s, R"("tables": ["t"], "throttle": {"rows": 4, "bytes": "1MiB"})");
    for (const QString &command : {u"plan"_s, u"run"_s, u"verify"_s}) {
        const auto outcome = m_folder->run({command, u"j.json"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.said().constData());
    }
    QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT id, note FROM t"), (QStringList{u"1|one"_s, u"2|two"_s}));
    m_folder->job(u"j"_s, R"("tables": ["t"], "throttle": {"rows": 0})");
    QCOMPARE(m_folder->json({u"run"_s, u"j.json"_s}).code(), u"wrong-value"_s);
}

QTEST_GUILESS_MAIN(TestCliAfterRun)
#include "tst_cliafterrun.moc"
