// SPDX-License-Identifier: GPL-3.0-or-later
// Disasters around the real command line: no room left, two runs of one job at once, a row that the target refuses.

#include <memory>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray schema = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);";

QByteArray rows(int count)
{
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + QByteArray::number(count)
        + ") INSERT INTO orders SELECT i, printf('%0100d', i) FROM n;";
}

QString errorCode(const QJsonObject &report)
{
    const QJsonObject table = report.value("tables"_L1).toArray().at(0).toObject();
    const QJsonValue error = report.value("error"_L1).isObject() ? report.value("error"_L1) : table.value("error"_L1);
    return error.toObject().value("code"_L1).toString();
}

} // namespace

class TestDisastersCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<CliFolder>(); }
    void noRoomLeft_data();
    void noRoomLeft();
    void twoRunsAtOnce();
    void aRefusedRow_data();
    void aRefusedRow();

private:
    int count() const { return m_folder->sql(u"b.db"_s, "SELECT count(*) FROM orders").value(0).toInt(); }
    std::unique_ptr<CliFolder> m_folder;
};

void TestDisastersCli::noRoomLeft_data()
{
    QTest::addColumn<QByteArray>("scope");
    QTest::newRow("batch") << QByteArray("batch");
    QTest::newRow("table") << QByteArray("table");
    QTest::newRow("run") << QByteArray("run");
}

// The system lets no file grow beyond 2 MiB: as a full disk does, in the middle of a write.
void TestDisastersCli::noRoomLeft()
{
    QFETCH(QByteArray, scope);
    constexpr int all = 40'000;
    QVERIFY(m_folder->sql(u"a.db"_s, schema + rows(all)).isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, schema + "INSERT INTO orders VALUES (1000001, 'extra')").isEmpty());
    m_folder->job(u"j"_s,
                  R"("tables": ["orders"], "batch": {"rows": 1000}, "retry": {"attempts": 2, "delay": "1ms"},
                     "transaction": ")"
                      + scope + '"');
    QProcess process;
    process.setProcessEnvironment(m_folder->environment());
    process.setWorkingDirectory(m_folder->path({}));
    process.start(
        u"bash"_s,
        {u"-c"_s, u"trap '' XFSZ; ulimit -f 2048; exec \"$0\" --json run j.json --yes"_s, CliFolder::program()});
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray out = process.readAllStandardOutput();
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 2,
             QByteArray(QByteArray::number(process.exitCode()) + out + process.readAllStandardError()).constData());
    const QString code = errorCode(QJsonDocument::fromJson(out).object());
    QVERIFY2(code == u"disk-full"_s || code == u"input-output"_s, out.constData());
    QCOMPARE(m_folder->sql(u"b.db"_s, "PRAGMA integrity_check"), QStringList{u"ok"_s});
    const int left = count() - 1;
    QCOMPARE(left % 1000, 0);
    QVERIFY(scope == "batch" ? left > 0 && left < all : left == 0);
    QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT note FROM orders WHERE id > 1000000"), QStringList{u"extra"_s});
    const auto next = m_folder->json({u"run"_s, u"j.json"_s, u"--yes"_s});
    QVERIFY2(next.exitCode == 0, next.said().constData());
    QCOMPARE(count(), all);
    QCOMPARE(m_folder->run({u"verify"_s, u"j.json"_s}).exitCode, 0);
}

void TestDisastersCli::twoRunsAtOnce()
{
    constexpr int all = 200'000;
    QVERIFY(m_folder->sql(u"a.db"_s, schema + rows(all)).isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, schema).isEmpty());
    QCOMPARE(m_folder->sql(u"b.db"_s, "PRAGMA journal_mode = WAL"), QStringList{u"wal"_s});
    m_folder->job(u"j"_s, R"("tables": ["orders"], "batch": {"rows": 100})");
    QCOMPARE(m_folder->run({u"job"_s, u"check"_s, u"j.json"_s}).exitCode, 0);
    QProcess first;
    first.setProcessEnvironment(m_folder->environment());
    first.setWorkingDirectory(m_folder->path({}));
    first.start(CliFolder::program(), {u"--json"_s, u"run"_s, u"j.json"_s});
    QVERIFY(first.waitForStarted());
    while (count() == 0)
        QVERIFY(!first.waitForFinished(1) || first.state() == QProcess::Running);
    const auto second = m_folder->json({u"run"_s, u"j.json"_s});
    QCOMPARE(first.state(), QProcess::Running);
    QVERIFY2(second.exitCode == 5, second.said().constData());
    QCOMPARE(second.json().value("state"_L1).toString(), u"busy"_s);
    QVERIFY(first.waitForFinished(60'000));
    QCOMPARE(first.exitCode(), 0);
    QCOMPARE(count(), all);
    QCOMPARE(m_folder->run({u"run"_s, u"j.json"_s}).exitCode, 0);
}

void TestDisastersCli::aRefusedRow_data()
{
    QTest::addColumn<QByteArray>("scope");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QString>("code");
    for (const QByteArray scope : {"batch", "table", "run"}) {
        QTest::addRow("%s, check", scope.constData())
            << scope << QByteArray("note TEXT CHECK (note <> 'bad')") << u"check-violated"_s;
        QTest::addRow("%s, foreign key", scope.constData())
            << scope << QByteArray("note TEXT REFERENCES notes (note)") << u"foreign-key-violated"_s;
    }
}

// Set aside, a person is needed; rolled back, the table has failed until something is edited. Report, JSON and exit
// code say the same.
void TestDisastersCli::aRefusedRow()
{
    QFETCH(QByteArray, scope);
    QFETCH(QByteArray, column);
    QFETCH(QString, code);
    m_folder->sql(u"a.db"_s, schema + "INSERT INTO orders VALUES (1, 'good'), (2, 'bad'), (3, 'good')");
    m_folder->sql(u"b.db"_s,
                  "CREATE TABLE notes (note TEXT PRIMARY KEY); INSERT INTO notes VALUES ('good');"
                  "CREATE TABLE orders (id INTEGER PRIMARY KEY, "
                      + column + ')');
    m_folder->job(u"j"_s, R"("tables": ["orders"], "transaction": ")" + scope + '"');
    const bool aside = scope == "batch";
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto outcome = m_folder->json({u"run"_s, u"j.json"_s});
        const QJsonObject table = outcome.json().value("tables"_L1).toArray().at(0).toObject();
        QVERIFY2(outcome.exitCode == (aside ? 1 : 4), outcome.said().constData());
        QCOMPARE(outcome.json().value("state"_L1).toString(), aside ? u"needs-attention"_s : u"failed"_s);
        QCOMPARE(table.value("quarantined"_L1).toInt(), aside ? 1 : 0);
        QCOMPARE(table.value("error"_L1).isNull(), aside);
        if (!aside) {
            QCOMPARE(errorCode(outcome.json()), code);
            QCOMPARE(table.value("error"_L1).toObject().value("transient"_L1), QJsonValue(false));
        }
        QCOMPARE(count(), aside ? 2 : 0);
    }
    const auto told = m_folder->json({u"history"_s, u"j.json"_s});
    QVERIFY2(told.out.contains(aside ? "needs-attention" : "failed"), told.said().constData());
    m_folder->sql(u"a.db"_s, "UPDATE orders SET note = 'good'");
    const auto next = m_folder->json({u"run"_s, u"j.json"_s});
    QVERIFY2(next.exitCode == 0, next.said().constData());
    QCOMPARE(count(), 3);
}

QTEST_GUILESS_MAIN(TestDisastersCli)
#include "tst_disasterscli.moc"
