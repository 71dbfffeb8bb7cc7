// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line says beside its numbers: which rows, which side, how to go on; and to which stream.

#include <memory>

#include <QRegularExpression>
#include <QUrl>

#include "app/wording/wording.h"
#include "core/endpoint/connector.h"
#include "tests/app/clirun.h"
#include "tests/support/tcpproxy.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QByteArray orders = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);";

} // namespace

class TestCliMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void failedPlanWroteNothing();
    void leftRowsAreNamed();
    void deletesOfAnotherDatabaseSayWhy();
    void remediesNameTheKeys();
    void scriptToStandardOutput();
    void scriptOfFailedPlan();
    void fileThatIsNoPlan();
    void standardOutputIsFull();
    void statementsKeepTheirLines();
    void sideOfMissingColumn_data();
    void sideOfMissingColumn();
    void serverWantsPassword_data();
    void serverWantsPassword();
    void lostServerIsNamed_data();
    void lostServerIsNamed();

private:
    CliFolder::Outcome shell(const QString &command) const;
    std::unique_ptr<CliFolder> m_folder;
};

void TestCliMessages::init()
{
    m_folder = std::make_unique<CliFolder>();
    QVERIFY(
        m_folder->sql(u"a.db"_s, orders + "INSERT INTO orders VALUES (1, 'one'), (2, 'two'), (3, 'it''s');").isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, orders).isEmpty());
}

CliFolder::Outcome TestCliMessages::shell(const QString &command) const
{
    QProcess process;
    process.setProcessEnvironment(m_folder->environment());
    process.setWorkingDirectory(m_folder->path({}));
    process.start(u"/bin/sh"_s, {u"-c"_s, command, CliFolder::program()});
    if (!process.waitForFinished(60'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void TestCliMessages::failedPlanWroteNothing()
{
    for (const QString &name : {u"a.db"_s, u"b.db"_s})
        QVERIFY(m_folder->sql(name, "CREATE TABLE nokey (x INTEGER)").isEmpty());
    m_folder->job(u"j"_s, R"("tables": "*")");
    const auto planned = m_folder->run({u"plan"_s, u"j.json"_s});
    QCOMPARE(planned.exitCode, 4);
    QVERIFY2(planned.out.contains("3 rows would change. Nothing has been written yet."), planned.said().constData());
    QVERIFY2(!planned.out.contains("rows written"), planned.said().constData());
    const auto written = m_folder->run({u"run"_s, u"j.json"_s});
    QVERIFY2(written.out.contains("3 rows written"), written.said().constData());
}

void TestCliMessages::leftRowsAreNamed()
{
    QVERIFY(m_folder
                ->sql(u"b.db"_s,
                      "DROP TABLE orders;"
                      "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT CHECK (note <> 'two'));")
                .isEmpty());
    m_folder->job(u"j"_s, R"("tables": ["orders"])");
    const auto result = m_folder->run({u"run"_s, u"j.json"_s});
    QCOMPARE(result.exitCode, 1);
    static const QRegularExpression line(u"^    orders.*\\(2\\).*refuses the row"_s,
                                         QRegularExpression::MultilineOption);
    QVERIFY2(line.match(QString::fromUtf8(result.out)).hasMatch(), result.said().constData());
    const auto json = m_folder->json({u"run"_s, u"j.json"_s});
    const QJsonArray left = json.json().value("leftRows"_L1).toArray();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0]["table"_L1].toString(), u"orders"_s);
    QCOMPARE(left[0]["key"_L1].toString(), u"2"_s);
    QCOMPARE(left[0]["kind"_L1].toString(), u"quarantine"_s);
    QCOMPARE(left[0]["error"_L1]["code"_L1].toString(), u"check-violated"_s);

    QVERIFY(m_folder->sql(u"a.db"_s, "DELETE FROM orders WHERE id = 2").isEmpty());
    const auto clean = m_folder->json({u"run"_s, u"j.json"_s});
    QVERIFY2(clean.exitCode == 0, clean.said().constData());
    QCOMPARE(clean.json().value("leftRows"_L1).toArray(), QJsonArray());
}

// One row less is no reason to ask, but where it is missing from another database than before, it is.
void TestCliMessages::deletesOfAnotherDatabaseSayWhy()
{
    const QByteArray rows = "INSERT INTO orders VALUES (1, 'one'), (2, 'two'), (3, 'it''s'), (4, 'four');";
    QVERIFY(m_folder->sql(u"c.db"_s, orders + rows + "DELETE FROM orders WHERE id = 2").isEmpty());
    QVERIFY(m_folder->sql(u"a.db"_s, "DELETE FROM orders;" + rows).isEmpty());
    const QByteArray id = R"("id": "11111111-2222-3333-4444-555555555555", "tables": ["orders"])";
    m_folder->job(u"j"_s, id);
    QCOMPARE(m_folder->run({u"run"_s, u"j.json"_s}).exitCode, 0);
    m_folder->write(u"j.json"_s, m_folder->read(u"j.json"_s).replace("a.db", "c.db"));
    const QByteArray why = "orders: 1 delete withheld: a side is another database than at the last run. "
                           "Allow them with --allow-deletes 1.";
    for (const QStringList &command : {QStringList{u"plan"_s}, QStringList{u"run"_s}}) {
        const auto told = m_folder->run(command + QStringList(u"j.json"_s));
        QVERIFY2(told.out.contains(why), told.said().constData());
    }
    const auto yes = m_folder->run({u"run"_s, u"j.json"_s, u"--yes"_s});
    QVERIFY2(yes.exitCode == 0, yes.said().constData());
    QVERIFY2(yes.err.contains("orders: --yes waived that a side is another database than at the last run: "
                              "1 row deleted."),
             yes.said().constData());
    QVERIFY2(!yes.err.contains("waived the guard"), yes.said().constData());
}

// The window names fields instead.
void TestCliMessages::remediesNameTheKeys()
{
    const auto remedy = [](ErrorCode code) { return wording::message(Error{code, {}, {}}).next; };
    wording::useLanguage(u"en"_s);
    QCOMPARE(remedy(ErrorCode::TlsUntrusted),
             u"Name the authority that signed it (tls.ca), or pin the certificate (tls.pin)."_s);
    QVERIFY(remedy(ErrorCode::TlsUnavailable).contains("\"disable\""_L1));
    QVERIFY(remedy(ErrorCode::TooManyConnections).contains("(\"parallel\")"_L1));
    QVERIFY(remedy(ErrorCode::NothingMatched).contains("(\"create\": true)"_L1));
    QVERIFY(remedy(ErrorCode::NoKey).contains("\"key\": ["_L1));
    QVERIFY(remedy(ErrorCode::WhereInvalid).contains("\"where\""_L1));
    QVERIFY(remedy(ErrorCode::NonTransactional).contains("(\"allowNonTransactional\": true)"_L1));
    QVERIFY(remedy(ErrorCode::PasswordMissing).contains("in a terminal"_L1));
}

void TestCliMessages::scriptToStandardOutput()
{
    m_folder->job(u"j"_s, R"("tables": ["orders"])");
    const auto script = m_folder->run({u"plan"_s, u"j.json"_s, u"--sql"_s, u"-"_s});
    QVERIFY2(script.exitCode == 0, script.said().constData());
    QVERIFY2(script.err.contains("3 rows would change"), script.said().constData());
    QVERIFY(!QFile::exists(m_folder->path(u"-"_s)));
    const QStringList refused = m_folder->sql(u"b.db"_s, script.out);
    QVERIFY2(refused.isEmpty(), qPrintable(refused.join(u'\n')));
    QCOMPARE(m_folder->run({u"verify"_s, u"j.json"_s}).exitCode, 0);
    QVERIFY(m_folder->run({u"plan"_s, u"j.json"_s, u"--sql"_s, u"-"_s, u"--quiet"_s}).err.isEmpty());

    for (const QStringList &more : {QStringList{u"--sql"_s, u"-"_s, u"--json"_s},
                                    {u"--sql"_s, u"-"_s, u"--rows"_s},
                                    {u"--sql"_s, u"-"_s, u"--rows-stream"_s},
                                    {u"--save"_s, u"-"_s}}) {
        const auto mixed = m_folder->run(QStringList{u"plan"_s, u"j.json"_s} + more);
        QVERIFY2(mixed.exitCode == 4, mixed.said().constData());
        QVERIFY2(mixed.err.contains(more.size() > 2 ? "exclude each other" : "- is not a value for --save"),
                 mixed.said().constData());
    }
    QVERIFY(!QFile::exists(m_folder->path(u"-"_s)));
}

// Nothing that a database would take for statements.
void TestCliMessages::scriptOfFailedPlan()
{
    m_folder->job(u"j"_s, R"("tables": ["orders", "nope"])");
    const auto script = m_folder->run({u"plan"_s, u"j.json"_s, u"--sql"_s, u"-"_s});
    QCOMPARE(script.exitCode, 4);
    QCOMPARE(script.out, QByteArray());
    QVERIFY2(script.err.contains("has no table nope"), script.said().constData());
}

void TestCliMessages::fileThatIsNoPlan()
{
    m_folder->job(u"j"_s, R"("tables": ["orders"])");
    m_folder->write(u"text.plan"_s, "no plan\n");
    QCOMPARE(m_folder->run({u"plan"_s, u"j.json"_s, u"--save"_s, u"whole.plan"_s}).exitCode, 0);
    const QByteArray whole = m_folder->read(u"whole.plan"_s);
    m_folder->write(u"cut.plan"_s, whole.first(whole.size() / 2));
    for (const QString &file : {u"text.plan"_s, u"cut.plan"_s, u"a.db"_s}) {
        const auto refused = m_folder->run({u"run"_s, u"j.json"_s, u"--plan"_s, file});
        QCOMPARE(refused.exitCode, 4);
        QVERIFY2(refused.err.contains("a finished plan that plan --save wrote"), refused.said().constData());
    }
    QVERIFY(m_folder->sql(u"b.db"_s, "SELECT id FROM orders").isEmpty());
    QCOMPARE(m_folder->run({u"run"_s, u"j.json"_s, u"--plan"_s, u"whole.plan"_s}).exitCode, 0);
}

void TestCliMessages::standardOutputIsFull()
{
    if (!QFile::exists(u"/dev/full"_s))
        QSKIP("no /dev/full");
    m_folder->job(u"j"_s, R"("tables": ["orders"])");
    for (const QString &more : {u"--json"_s, u"--rows"_s, u"--rows-stream"_s, u"--sql -"_s}) {
        const auto full = shell(u"\"$0\" plan j.json %1 > /dev/full"_s.arg(more));
        QVERIFY2(full.exitCode == 2, full.said().constData());
        QVERIFY2(full.err.contains("standard output"), full.said().constData());
    }
    // A reader that has seen enough is no fault.
    const auto piped = shell(u"(\"$0\" plan j.json --rows-stream; echo $? >&2) | true"_s);
    QVERIFY2(piped.err.endsWith("0\n"), piped.said().constData());
}

void TestCliMessages::statementsKeepTheirLines()
{
    m_folder->job(u"j"_s, R"("tables": ["orders"])");
    const auto check = m_folder->run({u"job"_s, u"check"_s, u"j.json"_s});
    QVERIFY2(check.exitCode == 0, check.said().constData());
    QVERIFY2(check.out.contains("own table:\n    CREATE TABLE"), check.said().constData());
    QVERIFY(check.out.contains(";\n"));
    QVERIFY2(!check.out.contains("⏎"), check.said().constData());
}

void TestCliMessages::sideOfMissingColumn_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("side");
    QTest::newRow("source") << QByteArray(R"({"source": "orders", "columns": [{"source": "nope"}]})")
                            << QByteArray("a.db");
    QTest::newRow("target") << QByteArray(R"({"source": "orders", "columns": [{"source": "note", "target": "nope"}]})")
                            << QByteArray("b.db");
    QTest::newRow("key") << QByteArray(R"({"source": "orders", "key": ["nope"]})") << QByteArray("a.db");
    QTest::newRow("detection") << QByteArray(R"({"source": "orders", "detect": {"by": "version", "column": "nope"}})")
                               << QByteArray("a.db");
    QTest::newRow("filter, source") << QByteArray(
        R"({"source": "orders", "where": {"source": "nope = 1", "target": "id = 1"}})")
                                    << QByteArray("a.db");
    QTest::newRow("filter, target") << QByteArray(
        R"({"source": "orders", "where": {"source": "id = 1", "target": "nope = 1"}})")
                                    << QByteArray("b.db");
}

void TestCliMessages::sideOfMissingColumn()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, side);
    m_folder->job(u"j"_s, "\"tables\": [" + table + ']');
    const auto planned = m_folder->run({u"plan"_s, u"j.json"_s});
    QCOMPARE(planned.exitCode, 4);
    QVERIFY2(planned.out.contains(QByteArray(side + ": orders")), planned.said().constData());
}

void TestCliMessages::serverWantsPassword_data()
{
    QTest::addColumn<QString>("variable");
    QTest::newRow("PostgreSQL") << u"TIDEMARK_TEST_POSTGRES"_s;
    QTest::newRow("MariaDB") << u"TIDEMARK_TEST_MYSQL"_s;
}

void TestCliMessages::serverWantsPassword()
{
    QFETCH(QString, variable);
    const QString url = qEnvironmentVariable(variable.toLatin1().constData());
    if (url.isEmpty())
        QSKIP(qPrintable(variable + u" is not set"_s));
    const auto refused = m_folder->run({u"connection"_s, u"test"_s, url});
    QCOMPARE(refused.exitCode, 4);
    QVERIFY2(refused.err.contains("wants a password, and none is given"), refused.said().constData());
}

void TestCliMessages::lostServerIsNamed_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("driver");
    QTest::newRow("PostgreSQL") << u"TIDEMARK_TEST_POSTGRES"_s << u"postgres"_s;
    QTest::newRow("MariaDB") << u"TIDEMARK_TEST_MYSQL"_s << u"mysql"_s;
}

// In the midst of what it is sent: which of the two sides went away, and where it was.
void TestCliMessages::lostServerIsNamed()
{
    QFETCH(QString, variable);
    QFETCH(QString, driver);
    const QUrl url(qEnvironmentVariable(variable.toLatin1().constData()));
    if (url.isEmpty())
        QSKIP(qPrintable(variable + u" is not set"_s));
    const QString table = u"cli_lost_%1"_s.arg(QCoreApplication::applicationPid());
    QVERIFY(m_folder
                ->sql(u"a.db"_s,
                      "CREATE TABLE \"" + table.toLatin1()
                          + "\" (id INTEGER PRIMARY KEY, note TEXT);"
                            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) "
                            "INSERT INTO \""
                          + table.toLatin1() + "\" SELECT i, hex(randomblob(40)) FROM n;")
                .isEmpty());
    test::TcpProxy proxy(url.host(), url.port());
    QVERIFY(proxy.port() > 0);
    const QJsonObject server{
        {u"driver"_s, driver},       {u"host"_s, u"127.0.0.1"_s},
        {u"port"_s, proxy.port()},   {u"database"_s, url.path().mid(1)},
        {u"user"_s, url.userName()}, {u"password"_s, QJsonObject{{u"env"_s, u"TIDEMARK_TEST_PASSWORD"_s}}}};
    const QJsonObject job{{u"tidemark"_s, 1},
                          {u"name"_s, u"j"_s},
                          {u"source"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"a.db"_s}}},
                          {u"target"_s, server},
                          {u"mode"_s, u"update"_s},
                          {u"create"_s, true},
                          {u"retry"_s, QJsonObject{{u"attempts"_s, 1}}},
                          {u"checkpoint"_s, u"journal"_s},
                          {u"tables"_s, QJsonArray{table}}};
    m_folder->write(u"j.json"_s, QJsonDocument(job).toJson());
    proxy.cutAfterToServer(500'000);
    const auto lost = m_folder->run({u"run"_s, u"j.json"_s});
    proxy.cutAfterToServer(-1);
    SqlConnector connector;
    Cancellation cancellation;
    auto settings = connectionFromUrl(url.toString());
    QVERIFY(settings);
    settings->password = {PasswordSource::Kind::Env, u"TIDEMARK_TEST_PASSWORD"_s};
    auto session = connector.openSql(*settings, OpenOptions{true, &cancellation});
    QVERIFY(session);
    QVERIFY((*session)->execute(u"DROP TABLE %1"_s.arg((*session)->dialect().quote(table))));
    QVERIFY2(lost.exitCode == 2, lost.said().constData());
    QVERIFY2(lost.out.contains(QByteArray("127.0.0.1:" + QByteArray::number(proxy.port()))), lost.said().constData());
}

QTEST_GUILESS_MAIN(TestCliMessages)
#include "tst_climessages.moc"
