// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "app/wording/wording.h"
#include "tests/app/clirun.h"
#include "tests/ui/support/person.h"
#include "ui/history/diagnosticreport.h"
#include "ui/history/historyexport.h"
#include "ui/jobs/engine.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What leaves the history: files that hold every row, harmless in spreadsheets and browsers, and a report without
// secrets.
class TestHistoryExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void jsonHasEveryRow();
    void csvIsHarmless();
    void htmlIsHarmless();
    void tellsWhatDecided();
    void aStoppedExportLeavesTheFile();
    void aRunOfWhichNothingIsKept();
    void theDiagnosticReportHasNoSecret();
    void theDiagnosticReportHelps();

private:
    QByteArray written(const QString &name, bool stops = false, const QString &run = {})
    {
        const QString file = m_files.filePath(name);
        std::atomic_bool stop = stops;
        HistoryExport::Run wanted{m_report, u"a → b"_s, false};
        if (!run.isEmpty())
            wanted.report.run = run;
        person::elsewhere([&] { m_done = HistoryExport::write(m_desk->journal(), wanted, file, stop).has_value(); });
        QFile made(file);
        return made.open(QIODevice::ReadOnly) ? made.readAll() : QByteArray();
    }

    std::unique_ptr<CliFolder> m_folder;
    QTemporaryDir m_files;
    std::shared_ptr<Desk> m_desk;
    RunReport m_report;
    bool m_done = false;
};

// Rows that spreadsheets and browsers would obey.
void TestHistoryExport::initTestCase()
{
    wording::useLanguage(u"en"_s);
    m_folder = std::make_unique<CliFolder>();
    const char *schema = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, amount INTEGER);";
    QVERIFY(m_folder
                ->sql(u"a.db"_s,
                      QByteArray(schema)
                          + "INSERT INTO orders VALUES (1, '=1+1', -5), (2, '+49', 2), (3, '@a', 3), (4, '-x', 4),"
                            " (5, char(9) || 'tab', 5), (6, char(13) || 'cr', 6), (7, '<script>alert(1)</script>', 7),"
                            " (8, 'a,\"b\"', 8)")
                .isEmpty());
    QVERIFY(m_folder
                ->sql(u"b.db"_s,
                      QByteArray(schema)
                          + "INSERT INTO orders VALUES (1, 'old', -4), (2, 'old', 2), (3, 'old', 3), (4, 'old', 4),"
                            " (5, 'old', 5), (6, 'old', 6), (7, 'old', 7), (8, 'old', 8), (9, NULL, 9)")
                .isEmpty());
    m_folder->job(u"shop"_s, R"("id": "11111111-2222-3333-4444-555555555555", "tables": ["orders"])");
    const auto told = m_folder->json({u"run"_s, u"shop.json"_s});
    QVERIFY2(told.exitCode == 0, told.said().constData());
    person::elsewhere([&] {
        m_desk = Desk::open(m_folder->path(u"workspace"_s), {}).value();
        m_report = m_desk->journal().runs({}, 1).value().value(0);
    });
    QVERIFY(m_report.totals().updates == 8);
}

void TestHistoryExport::jsonHasEveryRow()
{
    const QJsonObject document = QJsonDocument::fromJson(written(u"run.json"_s)).object();
    QVERIFY(m_done);
    QCOMPARE(document.value("report"_L1)["run"_L1].toString(), m_report.run);
    const QJsonArray rows = document.value("rows"_L1).toArray();
    QCOMPARE(rows.size(), m_report.totals().total());
    const QJsonObject first = rows.first().toObject();
    QCOMPARE(first.value("table"_L1).toString(), u"orders"_s);
    QCOMPARE(first.value("decision"_L1).toString(), u"update-target"_s);
    QCOMPARE(first.value("key"_L1)["id"_L1].toString(), u"1"_s);
    QCOMPARE(first.value("before"_L1)["note"_L1].toString(), u"old"_s);
    QCOMPARE(first.value("after"_L1)["note"_L1].toString(), u"=1+1"_s);
    QVERIFY(first.contains("decidedBy"_L1) && first.value("decidedBy"_L1).isNull()); // one way nobody had to
}

void TestHistoryExport::csvIsHarmless()
{
    const QByteArray text = written(u"run.csv"_s);
    QVERIFY(m_done);
    QVERIFY(text.startsWith("\xef\xbb\xbfrun,table,side,key,change,why,column,before,after\r\n"));
    for (const char *field : {"'=1+1", "'+49", "'@a", "'-x", "\"a,\"\"b\"\"\""})
        QVERIFY2(text.contains(QByteArray(QByteArray(",") + field + "\r\n")), text.constData());
    QVERIFY(text.contains(",\"'\ttab\"\r\n") && text.contains(",\"'\rcr\"\r\n"));
    QVERIFY(text.contains(",amount,-4,-5\r\n")); // a number stays one
    // No field begins like a formula.
    for (const char *bad : {",=", ",+", ",@", ",\"=", ",\"+", ",\"@", ",\t", ",\"\t", ",\r'", ",-x"})
        QVERIFY2(!text.contains(bad), bad);
}

void TestHistoryExport::htmlIsHarmless()
{
    const QByteArray text = written(u"run.html"_s);
    QVERIFY(m_done);
    QVERIFY(!text.contains("<script"));
    QVERIFY(text.contains("&lt;script&gt;alert(1)"));
    QVERIFY(text.contains("a → b") && text.contains(m_report.run.toUtf8()));
    QCOMPARE(text.count("<tr>"), 2 + 1 + 9 + 2); // the heads, the table, nine cells of updates, two of a delete
    QCOMPARE(QFileInfo(m_files.filePath(u"run.html"_s)).permissions() & (QFile::ReadOther | QFile::ReadGroup),
             QFile::Permissions());
}

void TestHistoryExport::tellsWhatDecided()
{
    const CliFolder folder;
    const QByteArray rows = "CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT, at INTEGER); INSERT INTO t VALUES (1, "
                            "'both', 1)";
    folder.sql(u"a.db"_s, rows);
    folder.sql(u"b.db"_s, rows);
    folder.job(u"j"_s, R"("tables": ["t"], "conflicts": {"policy": "newest", "column": "at"})", "two-way");
    QCOMPARE(folder.json({u"run"_s, u"j.json"_s}).exitCode, 0);
    folder.sql(u"a.db"_s, "UPDATE t SET note = 'of a', at = 2");
    folder.sql(u"b.db"_s, "UPDATE t SET note = 'of b', at = 3");
    QCOMPARE(folder.json({u"run"_s, u"j.json"_s}).exitCode, 0);
    const auto written = [&](const QString &name) {
        const QString file = m_files.filePath(name);
        const std::atomic_bool stop = false;
        person::elsewhere([&] {
            const auto desk = Desk::open(folder.path(u"workspace"_s), {}).value();
            const HistoryExport::Run run{desk->journal().runs({}, 1).value().value(0), u"a → b"_s, true};
            m_done = HistoryExport::write(desk->journal(), run, file, stop).has_value();
        });
        QFile made(file);
        return made.open(QIODevice::ReadOnly) ? made.readAll() : QByteArray();
    };
    const QJsonObject document = QJsonDocument::fromJson(written(u"decided.json"_s)).object();
    const QJsonObject row = document.value("rows"_L1).toArray().at(0).toObject();
    QCOMPARE(row.value("decidedBy"_L1).toObject(),
             (QJsonObject{{u"by"_s, u"policy"_s}, {u"policy"_s, u"newest"_s}, {u"column"_s, u"at"_s}}));
    QVERIFY(written(u"decided.csv"_s).contains("gave way; the policy “newest” decided, by the column at"));
    QVERIFY(written(u"decided.html"_s).contains("the policy “newest” decided, by the column at"));
}

void TestHistoryExport::aStoppedExportLeavesTheFile()
{
    QFile before(m_files.filePath(u"stopped.csv"_s));
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("as it was") > 0);
    before.close();
    QCOMPARE(written(u"stopped.csv"_s, true), "as it was");
    QVERIFY(!m_done);
}

void TestHistoryExport::aRunOfWhichNothingIsKept()
{
    const QByteArray text = written(u"none.html"_s, false, u"2020-01-01T000000.000Z-0000"_s);
    QVERIFY(m_done);
    QVERIFY(text.contains("nothing is kept") && text.endsWith("</body></html>\n"));
    QCOMPARE(QJsonDocument::fromJson(written(u"none.json"_s, false, u"2020-01-01T000000.000Z-0000"_s))
                 .object()
                 .value("rows"_L1)
                 .toArray()
                 .size(),
             0);
}

// Every text of a job and a report that is somebody's own has a mark; none of them comes out.
void TestHistoryExport::theDiagnosticReportHasNoSecret()
{
    JobSettings job;
    job.name = u"secret-name"_s;
    job.file = u"/home/secret-user/job.json"_s;
    job.description = u"secret-text"_s;
    for (ConnectionSettings *side : {&job.source, &job.target}) {
        side->name = u"secret-connection"_s;
        side->driver = Driver::Postgres;
        side->host = u"secret-host.example"_s;
        side->port = 51234;
        side->database = u"secret-database"_s;
        side->schema = u"secret-schema"_s;
        side->user = u"secret-user"_s;
        side->password = {PasswordSource::Kind::Env, u"SECRET_VARIABLE"_s};
        side->tls.ca = side->tls.cert = side->tls.key = u"/secret/ca.pem"_s;
        side->tls.pin = u"secret-pin"_s;
        side->ssh = SshSettings{u"secret-bastion"_s, 22, u"secret-me"_s, u"/secret/key"_s};
    }
    JobTable table;
    table.source = {u"secret-schema"_s, u"secret-table"_s};
    table.whereSource = table.whereTarget = u"name = 'secret-value'"_s;
    job.tables = {table};
    job.defaults.whereSource = u"secret-filter"_s;
    RunReport run = m_report;
    run.job = u"secret-name"_s;
    run.error = Error{ErrorCode::WrongPassword, {{Fact::Connection, u"secret-connection"_s}}, u"secret-detail"_s};
    run.tables.first().source = run.tables.first().target = u"secret-table"_s;
    run.tables.first().error = Error{ErrorCode::NotNullViolated, {{Fact::Value, u"secret-value"_s}}, u"secret-row"_s};
    const QString text = diagnosticReport(run, job, u"1.2.3"_s);
    QVERIFY2(!text.contains(u"secret"_s, Qt::CaseInsensitive), qPrintable(text));
    QVERIFY(!text.contains(u"51234"_s) && !text.contains(u"/home"_s));
}

void TestHistoryExport::theDiagnosticReportHelps()
{
    JobSettings job;
    job.source.driver = Driver::Postgres;
    job.source.host = u"127.0.0.1"_s;
    job.source.password.kind = PasswordSource::Kind::Keychain;
    job.target.driver = Driver::Sqlite;
    job.mode = Mode::Mirror;
    RunReport run = m_report;
    run.state = RunState::Failed;
    run.error = Error{ErrorCode::WrongPassword, {}, u"four"_s};
    const QString text = diagnosticReport(run, job, u"1.2.3"_s);
    for (const QString &part :
         {u"Tidemark 1.2.3, Qt 6"_s, run.run, u"failed"_s, u"postgres, this computer, password: keychain"_s,
          u"sqlite, a file"_s, u"mode mirror, detect hash"_s, codeName(ErrorCode::WrongPassword),
          u"with a message of 4 characters"_s, u"table 1: to target +0 ~8 -1"_s})
        QVERIFY2(text.contains(part), qPrintable(part + u"\n\n"_s + text));
    QVERIFY(diagnosticReport(run, std::nullopt, {}).contains(u"job: not in the workspace"_s));
}

QTEST_MAIN(TestHistoryExport)
#include "tst_historyexport.moc"
