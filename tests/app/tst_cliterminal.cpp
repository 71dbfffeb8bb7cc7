// SPDX-License-Identifier: GPL-3.0-or-later
// At a terminal: bars while it works, nothing of them afterwards, and passwords that are asked for without an echo.

#include <memory>

#include <QRegularExpression>
#include <QStandardPaths>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

class TestCliTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_folder = std::make_unique<CliFolder>(); }
    void barsWhileItRuns_data();
    void barsWhileItRuns();
    void passwordIsAskedFor_data();
    void passwordIsAskedFor();

private:
    // What a terminal of 100 columns shows; `typed` goes in as soon as a password is asked for.
    CliFolder::Outcome atTerminal(const QString &command, const QByteArray &typed = {}) const;
    std::unique_ptr<CliFolder> m_folder;
};

void TestCliTerminal::initTestCase()
{
    if (QStandardPaths::findExecutable(u"script"_s).isEmpty())
        QSKIP("script makes the terminal, and is not here");
}

CliFolder::Outcome TestCliTerminal::atTerminal(const QString &command, const QByteArray &typed) const
{
    QProcess process;
    process.setProcessEnvironment(m_folder->environment());
    process.setWorkingDirectory(m_folder->path({}));
    // exec: Ctrl+C reaches the shell too, and some shells answer for the program with a code of their own.
    process.start(u"script"_s,
                  {u"-qec"_s, u"stty cols 100; exec '%1' %2"_s.arg(CliFolder::program(), command), u"/dev/null"_s});
    QByteArray shown;
    bool isTyped = typed.isEmpty();
    while (process.state() != QProcess::NotRunning && process.waitForReadyRead(60'000)) {
        shown += process.readAll();
        if (!isTyped && shown.contains("Password for")) {
            process.write(typed);
            isTyped = true;
        }
    }
    process.waitForFinished(60'000);
    return {process.exitCode(), shown + process.readAll(), {}};
}

void TestCliTerminal::barsWhileItRuns_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<bool>("bars");
    QTest::newRow("bars") << u""_s << true;
    QTest::newRow("with JSON") << u"--json"_s << true;
    QTest::newRow("quiet") << u"--quiet"_s << false;
    QTest::newRow("not at a terminal") << u"2>/dev/null"_s << false;
}

void TestCliTerminal::barsWhileItRuns()
{
    QFETCH(QString, options);
    QFETCH(bool, bars);
    const QByteArray schema = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);";
    QVERIFY(m_folder
                ->sql(u"a.db"_s,
                      schema
                          + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) "
                            "INSERT INTO orders SELECT i, printf('%050d', i) FROM n;")
                .isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, schema).isEmpty());
    m_folder->job(u"j"_s, R"("tables": ["orders"], "batch": {"rows": 500})");
    const auto shown = atTerminal(u"run j.json "_s + options);
    QVERIFY2(shown.exitCode == 0, shown.said().constData());
    const QString text = QString::fromUtf8(shown.out);
    static const QRegularExpression bar(
        u"orders  [█░]{20}  (Comparing|Writing)  [0-9,]+ / ≈ 400,000  [0-9,]+ rows/s"_s);
    QVERIFY2(bar.match(text).hasMatch() == bars, shown.said().right(4000).constData());
    // Every line that was drawn is taken back before the result.
    static const QRegularExpression drawn(u"orders  [█░·]{20}"_s);
    QCOMPARE(text.count(u"\x1b[1A\x1b[2K"_s), text.count(drawn));
    QVERIFY2(text.trimmed().endsWith(options == "--json"_L1 ? u"}"_s : u"The table is equal."_s),
             shown.said().right(4000).constData());
}

void TestCliTerminal::passwordIsAskedFor_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("right") << qgetenv("TIDEMARK_TEST_PASSWORD") + '\n' << 0;
    QTest::newRow("wrong") << QByteArray("wrong-geheim\n") << 4;
    QTest::newRow("Ctrl+C") << QByteArray("\x03") << 3;
}

void TestCliTerminal::passwordIsAskedFor()
{
    QFETCH(QByteArray, typed);
    QFETCH(int, exitCode);
    const QString url = qEnvironmentVariable("TIDEMARK_TEST_POSTGRES");
    if (url.isEmpty())
        QSKIP("TIDEMARK_TEST_POSTGRES is not set");
    QCOMPARE(m_folder->run({u"connection"_s, u"add"_s, u"far"_s, url, u"--password-ask"_s}).exitCode, 0);
    const auto shown = atTerminal(u"connection test far"_s, typed);
    QVERIFY2(shown.exitCode == exitCode, shown.said().constData());
    QVERIFY2(shown.out.contains("Password for far: "), shown.said().constData());
    QVERIFY2(typed.size() < 2 || !shown.out.contains(typed.trimmed()), "the password was echoed");
}

QTEST_GUILESS_MAIN(TestCliTerminal)
#include "tst_cliterminal.moc"
