// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>

#include "tests/app/desktopprogram.h"

// The program itself on a desktop: its sign, its menu, second starts, and the login.
class TestSession : public QObject, private DesktopProgram
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { start(); }
    void init() { begin(); }
    void cleanup() { m_folder.reset(); }
    void cleanupTestCase() { stop(); }
    void theSignIsClicked();
    void theMenuIsWalked();
    void closingHidesAndSaysSoOnce();
    void aSecondStartComesForward();
    void aSecondStartHandsOverAJobFile();
    void theEntryOfTheLoginStartsIt();
};

void TestSession::theSignIsClicked()
{
    QElapsedTimer elapsed;
    elapsed.start();
    const auto program = tidemark({u"--hidden"_s});
    WAIT_SIGN(icon, program);
    qInfo("from the start to the sign: at most %lld ms", elapsed.elapsed());
    QVERIFY(!isShown(u"^Tidemark$"_s));
    QVERIFY(click(icon, 1));
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 10'000);
    end(*program);
}

// By keys, as far as its end.
void TestSession::theMenuIsWalked()
{
    const auto program = tidemark({u"--hidden"_s});
    WAIT_SIGN(icon, program);
    QVERIFY(chooseInMenu(icon, *program, {u"Down"_s, u"Return"_s}, [&] { return isShown(u"Tidemark$"_s); })); // Open
    const auto isOver = [&] { return program->state() == QProcess::NotRunning; };
    QVERIFY(chooseInMenu(icon, *program, {u"Up"_s, u"Return"_s}, isOver)); // Quit
    QCOMPARE(program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(program->exitCode(), 0);
}

void TestSession::closingHidesAndSaysSoOnce()
{
    const auto program = tidemark({});
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 30'000);
    WAIT_SIGN(icon, program);
    for (int time = 0; time < 2; ++time) {
        xdotool({u"windowactivate"_s, u"--sync"_s, window(u"Tidemark$"_s)});
        xdotool({u"key"_s, u"alt+F4"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!isShown(u"Tidemark$"_s), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_notifications.find(u"stays open in the tray"_s), 10'000);
        QCOMPARE(program->state(), QProcess::Running);
        QVERIFY(click(icon, 1));
        QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 10'000);
    }
    QCOMPARE(m_notifications.shown.size(), 1);
    end(*program);
}

void TestSession::aSecondStartComesForward()
{
    const auto first = tidemark({u"--hidden"_s});
    WAIT_SIGN(icon, first);
    const auto again = tidemark({u"--hidden"_s}); // a login: nothing to show
    QTRY_COMPARE_WITH_TIMEOUT(again->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(again->exitCode(), 0);
    QVERIFY(!isShown(u"Tidemark$"_s));
    const auto second = tidemark({});
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(second->exitCode(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 10'000);
    // A job that nobody has seen yet is shown, not run.
    sql(u"a.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 'x')");
    sql(u"b.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
    saveJob(u"till"_s, {});
    const auto run = tidemark({u"--run"_s, u"nobody"_s});
    QTRY_COMPARE_WITH_TIMEOUT(run->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(run->exitCode(), 0);
    QCOMPARE(first->state(), QProcess::Running);
    QCOMPARE(sql(u"b.db"_s, "SELECT count(*) FROM t"), QByteArray("0"));
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0); // seen on the command line
    sql(u"a.db"_s, "INSERT INTO t VALUES (2, 'y')");
    const auto now = tidemark({u"--run"_s, u"till"_s});
    QTRY_COMPARE_WITH_TIMEOUT(now->state(), QProcess::NotRunning, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(sql(u"b.db"_s, "SELECT count(*) FROM t"), QByteArray("2"), 20'000);
    end(*first);
}

// From elsewhere: who would open it is asked for trust first.
void TestSession::aSecondStartHandsOverAJobFile()
{
    twoTables();
    saveJob(u"till"_s, {});
    const QString file = m_folder->filePath(u"other.json"_s);
    QVERIFY(QFile::copy(m_folder->filePath(u"till.json"_s), file));
    QCOMPARE(cli({u"job"_s, u"remove"_s, u"till"_s}), 0);
    const auto first = tidemark({u"--hidden"_s});
    WAIT_SIGN(icon, first);
    const auto second = tidemark({file});
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(second->exitCode(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Trust this job"_s), 20'000);
    end(*first);
}

// Switched on in the settings; the entry's own line starts it.
void TestSession::theEntryOfTheLoginStartsIt()
{
    const auto program = tidemark({});
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 30'000);
    WAIT_SIGN(icon, program);
    xdotool({u"windowactivate"_s, u"--sync"_s, window(u"Tidemark$"_s)});
    xdotool({u"key"_s, u"ctrl+comma"_s});
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Settings"_s), 10'000);
    const QDir folder(m_home.filePath(u"config/autostart"_s));
    xdotool({u"key"_s, u"alt+g"_s});
    QTRY_COMPARE_WITH_TIMEOUT(folder.entryList(QDir::Files).size(), 1, 10'000);
    end(*program);
    QFile entry(folder.filePath(folder.entryList(QDir::Files).constFirst()));
    QVERIFY(entry.open(QIODevice::ReadOnly));
    QString line;
    for (const QByteArray &said : entry.readAll().split('\n')) {
        if (said.startsWith("Exec="))
            line = QString::fromUtf8(said.mid(5));
    }
    QVERIFY(line.contains(u"--hidden"_s));
    entry.remove();
    const auto started = begin(u"/bin/sh"_s, {u"-c"_s, u"exec "_s + line});
    WAIT_SIGN(again, started);
    QVERIFY(!isShown(u"Tidemark$"_s));
    end(*started);
}

QTEST_GUILESS_MAIN(TestSession)
#include "moc_fakenotifications.cpp" // NOLINT(bugprone-suspicious-include): of a header that only tests have
#include "tst_session.moc"
