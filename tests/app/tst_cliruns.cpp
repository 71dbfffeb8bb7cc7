// SPDX-License-Identifier: GPL-3.0-or-later
// Plans, runs, verifies and looks back through the real command line, on SQLite files.

#include <csignal>
#include <memory>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray schema = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, amount DECIMAL(10,2), photo BLOB);";
const QByteArray rows =
    "INSERT INTO orders VALUES (1, 'one', 1.5, NULL), (2, NULL, 2, x'00ff'), (3, 'it''s', 3, NULL);";

QJsonObject firstTable(const CliFolder::Outcome &outcome)
{
    return outcome.json().value("tables"_L1).toArray().at(0).toObject();
}

QList<int> toTarget(const CliFolder::Outcome &outcome)
{
    const QJsonObject counts = firstTable(outcome).value("toTarget"_L1).toObject();
    return {counts.value("insert"_L1).toInt(-1), counts.value("update"_L1).toInt(-1),
            counts.value("delete"_L1).toInt(-1)};
}

const QStringList pair{u"--source"_s, u"a.db"_s, u"--target"_s, u"b.db"_s};

QStringList with(const QStringList &command, const QStringList &more) { return command + more; }

} // namespace

class TestCliRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void versionAndHelp();
    void connectionsAreKept();
    void planWritesNothingAndLeavesNothing();
    void planListsRows();
    void planStreamsRows();
    void planForPeople();
    void planAsScript();
    void runThenNothingToDo();
    void runTellsInBothLanguages();
    void savedPlanIsApplied();
    void savedPlanOfAnotherStateIsNotForced();
    void modeAndTable();
    void createsMissingTables();
    void massDeletesAreWithheld();
    void quietSaysNothing();
    void jobLifeCycle();
    void idIsWrittenByTheFirstRun();
    void verifyFindsDifferences();
    void checkSaysWhatItWouldCreate();
    void terminationCancelsAndTheNextRunConverges_data();
    void terminationCancelsAndTheNextRunConverges();

private:
    QStringList target() const
    {
        return m_folder->sql(u"b.db"_s, "SELECT id, note, amount, hex(photo) FROM orders ORDER BY id");
    }
    QStringList source() const
    {
        return m_folder->sql(u"a.db"_s, "SELECT id, note, amount, hex(photo) FROM orders ORDER BY id");
    }
    std::unique_ptr<CliFolder> m_folder;
};

void TestCliRuns::init()
{
    m_folder = std::make_unique<CliFolder>();
    QVERIFY(m_folder->sql(u"a.db"_s, schema + rows).isEmpty());
    QVERIFY(
        m_folder->sql(u"b.db"_s, schema + "INSERT INTO orders VALUES (1, 'other', 1.5, NULL), (9, 'nine', 9, NULL);")
            .isEmpty());
}

void TestCliRuns::versionAndHelp()
{
    QVERIFY(m_folder->run({u"--version"_s}).out.startsWith("tidemark-cli "));
    QVERIFY(!m_folder->json({u"--version"_s}).json().value("version"_L1).toString().isEmpty());
    const auto help = m_folder->run({u"--help"_s});
    QCOMPARE(help.exitCode, 0);
    for (const char *command : {"connection add NAME URL|FILE", "job check JOB", "plan JOB | --source A --target B",
                                "run JOB | --source A --target B", "verify JOB", "history [JOB]", "watch [JOB…]"})
        QVERIFY2(help.out.contains(command), command);
    QVERIFY(!help.out.contains("\n\n\n"));
    for (const QStringList &command :
         {QStringList{u"history"_s}, QStringList{u"job"_s, u"import"_s}, QStringList{u"watch"_s}}) {
        const auto own = m_folder->run(command + QStringList(u"--help"_s));
        QVERIFY2(!own.out.contains("\n\n\n"), own.said().constData());
        QCOMPARE(own.out.contains("--trust"), command.first() != "history"_L1);
    }
    QVERIFY(m_folder->run({u"connection"_s, u"add"_s, u"--help"_s}).out.contains("postgres://USER@HOST"));
    QVERIFY(m_folder->run({u"run"_s, u"--help"_s}).out.contains("--allow-deletes N"));
    QVERIFY(m_folder->run({u"run"_s, u"--help"_s}, u"zh_CN.UTF-8"_s).out.contains("用法"));
}

void TestCliRuns::connectionsAreKept()
{
    QCOMPARE(m_folder->run({u"connection"_s, u"add"_s, u"till"_s, u"a.db"_s}).exitCode, 0);
    QCOMPARE(m_folder->json({u"connection"_s, u"add"_s, u"till"_s, u"b.db"_s}).code(), u"duplicate-name"_s);
    QCOMPARE(m_folder->run({u"connection"_s, u"add"_s, u"far"_s, u"postgres://me@h/d"_s, u"--password-env"_s, u"PW"_s})
                 .exitCode,
             0);
    const QJsonArray list = m_folder->json({u"connection"_s, u"list"_s}).json().value("connections"_L1).toArray();
    QCOMPARE(list.size(), 2);
    QCOMPARE(list.at(0).toObject().value("database"_L1).toString(), m_folder->path(u"a.db"_s));
    QCOMPARE(list.at(1).toObject().value("password"_L1).toObject().value("env"_L1).toString(), u"PW"_s);
    const auto tested = m_folder->json({u"connection"_s, u"test"_s, u"till"_s});
    QCOMPARE(tested.exitCode, 0);
    QCOMPARE(tested.json().value("product"_L1).toString(), u"SQLite"_s);
    QCOMPARE(m_folder->run({u"connection"_s, u"remove"_s, u"far"_s}).exitCode, 0);
    QVERIFY(m_folder->run({u"connection"_s, u"list"_s}).out.contains("till"));
}

void TestCliRuns::planWritesNothingAndLeavesNothing()
{
    const QByteArray before = m_folder->read(u"b.db"_s);
    const auto plan = m_folder->json(with({u"plan"_s}, pair));
    QVERIFY2(plan.exitCode == 0, plan.said().constData());
    const QJsonObject json = plan.json();
    QCOMPARE(json.value("state"_L1).toString(), u"planned"_s);
    QVERIFY(json.value("run"_L1).isNull());
    QVERIFY(json.value("error"_L1).isNull());
    QCOMPARE(toTarget(plan), (QList<int>{2, 1, 1}));
    QCOMPARE(firstTable(plan).value("source"_L1).toString(), u"orders"_s);
    QVERIFY(firstTable(plan).value("deletesChecked"_L1).toBool());
    QCOMPARE(m_folder->read(u"b.db"_s), before);
    QVERIFY(QDir(m_folder->path(u"workspace/plans"_s)).isEmpty());
    QCOMPARE(m_folder->json(with({u"plan"_s, u"--exit-code"_s}, pair)).exitCode, 1);
}

void TestCliRuns::planListsRows()
{
    const auto plan = m_folder->json(with({u"plan"_s, u"--rows"_s}, pair));
    QCOMPARE(plan.exitCode, 0);
    QCOMPARE(plan.out.count('\n'), 1);
    const QJsonArray list = firstTable(plan).value("rows"_L1).toArray();
    QCOMPARE(list.size(), 4);
    QHash<int, QJsonObject> byId;
    for (const QJsonValueConstRef row : list)
        byId.insert(row.toObject().value("key"_L1).toObject().value("id"_L1).toInt(), row.toObject());
    QCOMPARE(byId[1].value("decision"_L1).toString(), u"update-target"_s);
    QCOMPARE(byId[1].value("source"_L1).toObject().value("note"_L1).toString(), u"one"_s);
    QCOMPARE(byId[1].value("target"_L1).toObject().value("note"_L1).toString(), u"other"_s);
    QCOMPARE(byId[1].value("source"_L1).toObject().value("amount"_L1).toString(), u"1.5"_s); // a decimal is a string
    QCOMPARE(byId[2].value("decision"_L1).toString(), u"insert-target"_s);
    QVERIFY(byId[2].value("target"_L1).isNull());
    QVERIFY(byId[2].value("source"_L1).toObject().value("note"_L1).isNull());
    QCOMPARE(byId[2].value("source"_L1).toObject().value("photo"_L1).toObject().value("base64"_L1).toString(),
             u"AP8="_s);
    QCOMPARE(byId[9].value("decision"_L1).toString(), u"delete-target"_s);
    QVERIFY(byId[9].value("source"_L1).isNull());
    QVERIFY(!byId[9].contains("base"_L1)); // one-way: unknown, so left out
}

void TestCliRuns::planStreamsRows()
{
    const auto plan = m_folder->run(with({u"plan"_s, u"--rows-stream"_s}, pair));
    QCOMPARE(plan.exitCode, 0);
    const QList<QByteArray> lines = plan.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    for (const QByteArray &line : lines.first(4))
        QCOMPARE(QJsonDocument::fromJson(line).object().value("table"_L1).toString(), u"orders"_s);
    QCOMPARE(QJsonDocument::fromJson(lines.last()).object().value("state"_L1).toString(), u"planned"_s);
}

void TestCliRuns::planForPeople()
{
    const auto plan = m_folder->run(with({u"plan"_s, u"--rows"_s}, pair));
    QVERIFY(plan.err.isEmpty());
    QVERIFY2(plan.out.contains("~ orders (id = 1)  note: 'other' → 'one'\n"), plan.said().constData());
    QVERIFY2(plan.out.contains("+ orders (id = 2)  note: NULL, amount: 2, photo: 2 bytes: 00ff\n"),
             plan.said().constData());
    QVERIFY2(plan.out.contains("− orders (id = 9)  note: 'nine', amount: 9, photo: NULL\n"), plan.said().constData());
    QVERIFY2(plan.out.contains("4 rows would change. Nothing has been written yet.\n"), plan.said().constData());
    QVERIFY(m_folder->run(with({u"plan"_s}, pair), u"zh_CN.UTF-8"_s)
                .out.contains("将有 4 行发生变化。尚未写入任何数据。\n"));
}

void TestCliRuns::planAsScript()
{
    QVERIFY(
        m_folder
            ->sql(
                u"a.db"_s,
                "CREATE TABLE \"odd \"\"name\" (k TEXT PRIMARY KEY, v REAL, t TIMESTAMP);"
                "INSERT INTO \"odd \"\"name\" VALUES ('a''b', 0.1, '2024-02-29 12:00:00.25'), ('', -1e300, NULL);"
                "INSERT INTO orders VALUES (4, 'a' || char(10) || '; DROP TABLE orders; --', 123456789012345678, x'');")
            .isEmpty());
    const auto plan = m_folder->json(with(
        {u"plan"_s, u"--create"_s, u"--table"_s, u"orders"_s, u"--table"_s, u"odd \"name"_s, u"--sql"_s, u"out.sql"_s},
        pair));
    QVERIFY2(plan.exitCode == 0, plan.said().constData());
    const QByteArray script = m_folder->read(u"out.sql"_s);
    QVERIFY(script.contains("CREATE TABLE"));
    QCOMPARE(m_folder->sql(u"b.db"_s, script), QStringList());
    const auto again = m_folder->json(with({u"plan"_s, u"--exit-code"_s}, pair));
    QVERIFY2(again.exitCode == 0, QByteArray(again.said() + script).constData());
    QCOMPARE(m_folder->json(with({u"plan"_s, u"--sql"_s, u"out.sql"_s}, pair)).code(), u"usage"_s); // never replaced
}

void TestCliRuns::runThenNothingToDo()
{
    const auto first = m_folder->json(with({u"run"_s}, pair));
    QVERIFY2(first.exitCode == 0, first.said().constData());
    QCOMPARE(first.json().value("state"_L1).toString(), u"completed"_s);
    QVERIFY(first.json().value("run"_L1).isString());
    QCOMPARE(toTarget(first), (QList<int>{2, 1, 1}));
    QCOMPARE(target(), source());
    const auto second = m_folder->json(with({u"run"_s}, pair));
    QCOMPARE(toTarget(second), (QList<int>{0, 0, 0}));
    QCOMPARE(firstTable(second).value("identical"_L1).toInt(), 3);
    QCOMPARE(second.json().value("id"_L1), first.json().value("id"_L1)); // the same pair, the same state
    QCOMPARE(m_folder->json({u"history"_s}).json().value("runs"_L1).toArray().size(), 2);
}

void TestCliRuns::runTellsInBothLanguages()
{
    QVERIFY(m_folder->run(with({u"run"_s}, pair)).out.contains("4 rows written. The table is equal.\n"));
    QVERIFY(m_folder->run(with({u"run"_s}, pair), u"zh_CN.UTF-8"_s).out.contains("无需同步，两端一致。\n"));
    QVERIFY(m_folder->run({u"history"_s}).out.contains("4 rows written."));
}

void TestCliRuns::savedPlanIsApplied()
{
    m_folder->job(u"j"_s, R"("tables": ["orders"])");
    QCOMPARE(m_folder->run({u"plan"_s, u"j.json"_s, u"--save"_s, u"kept.db"_s}).exitCode, 0);
    QVERIFY(QFile::exists(m_folder->path(u"kept.db"_s)));
    QCOMPARE(QFileInfo(m_folder->path(u"kept.db"_s)).permissions() & QFileDevice::ReadGroup,
             QFileDevice::Permissions());
    QCOMPARE(m_folder->json({u"plan"_s, u"j.json"_s, u"--save"_s, u"kept.db"_s}).code(), u"usage"_s);
    const auto run = m_folder->json({u"run"_s, u"j.json"_s, u"--plan"_s, u"kept.db"_s});
    QVERIFY2(run.exitCode == 0, run.said().constData());
    QCOMPARE(target(), source());
}

// What changed after the preview is not overwritten: it is kept for the next run.
void TestCliRuns::savedPlanOfAnotherStateIsNotForced()
{
    m_folder->job(u"j"_s, R"("tables": ["orders"])");
    QCOMPARE(m_folder->run({u"plan"_s, u"j.json"_s, u"--save"_s, u"kept.db"_s}).exitCode, 0);
    QVERIFY(m_folder->sql(u"b.db"_s, "UPDATE orders SET note = 'meanwhile' WHERE id = 1").isEmpty());
    const auto run = m_folder->json({u"run"_s, u"j.json"_s, u"--plan"_s, u"kept.db"_s});
    QVERIFY2(run.exitCode == 1, run.said().constData());
    QVERIFY(target().contains(u"1|meanwhile|1.5|"_s));
    QCOMPARE(firstTable(run).value("changedSincePlan"_L1).toInt(), 1);
    QVERIFY(m_folder->sql(u"b.db"_s, "ALTER TABLE orders ADD COLUMN extra TEXT").isEmpty());
    QVERIFY(m_folder->sql(u"a.db"_s, "ALTER TABLE orders ADD COLUMN extra TEXT").isEmpty());
    const auto other = m_folder->json({u"run"_s, u"j.json"_s, u"--plan"_s, u"kept.db"_s});
    QVERIFY2(other.exitCode == 4 && other.out.contains("plan-outdated"), other.said().constData());
    m_folder->write(u"text.db"_s, "no plan");
    QCOMPARE(m_folder->json({u"run"_s, u"j.json"_s, u"--plan"_s, u"text.db"_s}).exitCode, 4);
}

void TestCliRuns::modeAndTable()
{
    QVERIFY(m_folder->sql(u"a.db"_s, "CREATE TABLE other (id INTEGER PRIMARY KEY)").isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, "CREATE TABLE other (id INTEGER PRIMARY KEY)").isEmpty());
    const auto run = m_folder->json(with({u"run"_s, u"--mode=update"_s, u"--table"_s, u"orders"_s}, pair));
    QCOMPARE(run.json().value("tables"_L1).toArray().size(), 1);
    QCOMPARE(toTarget(run), (QList<int>{2, 1, 0}));
    QVERIFY(target().contains(u"9|nine|9|"_s)); // update never deletes
}

void TestCliRuns::createsMissingTables()
{
    QVERIFY(m_folder->sql(u"b.db"_s, "DROP TABLE orders").isEmpty());
    QCOMPARE(m_folder->json(with({u"run"_s}, pair)).code(), u"nothing-matched"_s);
    const auto run = m_folder->json(with({u"run"_s, u"--create"_s}, pair));
    QVERIFY2(run.exitCode == 0, run.said().constData());
    QCOMPARE(target(), source());
}

void TestCliRuns::massDeletesAreWithheld()
{
    QVERIFY(m_folder
                ->sql(u"b.db"_s,
                      "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 160) "
                      "INSERT INTO orders SELECT i, 'x', 1, NULL FROM n")
                .isEmpty());
    const auto withheld = m_folder->json(with({u"run"_s}, pair));
    QVERIFY2(withheld.exitCode == 1, withheld.said().constData());
    QCOMPARE(withheld.json().value("state"_L1).toString(), u"needs-attention"_s);
    const QJsonObject attention = withheld.json().value("attention"_L1).toArray().at(0).toObject();
    QCOMPARE(attention.value("kind"_L1).toString(), u"deletes"_s);
    QCOMPARE(attention.value("count"_L1).toInt(), 62);
    QCOMPARE(target().size(), 3 + 62);
    const auto told = m_folder->run(with({u"run"_s}, pair));
    QVERIFY2(told.out.contains("orders: 62 deletes withheld. Allow them with --allow-deletes 62.\n"),
             told.said().constData());
    QCOMPARE(m_folder->json(with({u"run"_s, u"--allow-deletes"_s, u"61"_s}, pair)).exitCode, 1);
    QCOMPARE(target().size(), 3 + 62);
    const auto allowed = m_folder->run(with({u"run"_s, u"--yes"_s}, pair));
    QCOMPARE(allowed.exitCode, 0);
    QVERIFY2(allowed.err.contains("orders: --yes waived the guard: 62 rows deleted."), allowed.said().constData());
    QCOMPARE(target(), source());
}

void TestCliRuns::quietSaysNothing()
{
    const auto run = m_folder->run(with({u"run"_s, u"--quiet"_s, u"--yes"_s}, pair));
    QCOMPARE(run.exitCode, 0);
    QVERIFY(run.err.isEmpty());
    QVERIFY(!m_folder->run({u"run"_s, u"nothing"_s, u"--quiet"_s}).err.isEmpty()); // an error is no chatter
}

void TestCliRuns::jobLifeCycle()
{
    m_folder->job(u"nightly"_s, R"("tables": ["orders"])");
    const auto imported = m_folder->json({u"job"_s, u"import"_s, u"nightly.json"_s});
    QVERIFY2(imported.exitCode == 0, imported.said().constData());
    const QString id = imported.json().value("id"_L1).toString();
    QVERIFY(!id.isEmpty());
    QCOMPARE(m_folder->json({u"job"_s, u"import"_s, u"nightly.json"_s}).code(), u"duplicate-name"_s);
    QCOMPARE(m_folder->run({u"run"_s, u"nightly"_s}).exitCode, 0);
    QCOMPARE(target(), source());
    const QJsonObject listed = m_folder->json({u"job"_s, u"list"_s}).json().value("jobs"_L1).toArray().at(0).toObject();
    QCOMPARE(listed.value("id"_L1).toString(), id);
    QCOMPARE(listed.value("lastRun"_L1).toObject().value("state"_L1).toString(), u"completed"_s);
    QCOMPARE(
        m_folder->json({u"job"_s, u"show"_s, u"nightly"_s}).json().value("job"_L1).toObject().value("id"_L1).toString(),
        id);
    QCOMPARE(m_folder->json({u"history"_s, u"nightly"_s}).json().value("runs"_L1).toArray().size(), 1);
    const QByteArray tables = "SELECT name FROM sqlite_schema WHERE name LIKE 'tidemark%' AND type = 'table'";
    QVERIFY(!m_folder->sql(u"b.db"_s, tables).isEmpty());
    QCOMPARE(m_folder->run({u"job"_s, u"remove"_s, u"nightly"_s, u"--clean"_s}).exitCode, 0);
    QVERIFY(m_folder->sql(u"b.db"_s, tables).isEmpty());
    QVERIFY(m_folder->json({u"job"_s, u"list"_s}).json().value("jobs"_L1).toArray().isEmpty());
    QCOMPARE(target(), source());
}

void TestCliRuns::idIsWrittenByTheFirstRun()
{
    m_folder->job(u"j"_s, R"("tables": ["orders"])");
    const QByteArray before = m_folder->read(u"j.json"_s);
    QCOMPARE(m_folder->run({u"plan"_s, u"j.json"_s}).exitCode, 0);
    QCOMPARE(m_folder->read(u"j.json"_s), before);
    const QString id = m_folder->json({u"run"_s, u"j.json"_s}).json().value("id"_L1).toString();
    QVERIFY(m_folder->read(u"j.json"_s).contains(QByteArray("\"id\": \"" + id.toLatin1() + '"')));
    QCOMPARE(m_folder->json({u"run"_s, u"j.json"_s}).json().value("id"_L1).toString(), id);
}

void TestCliRuns::verifyFindsDifferences()
{
    m_folder->job(u"j"_s, R"("tables": ["orders"])");
    const auto different = m_folder->json({u"verify"_s, u"j.json"_s});
    QCOMPARE(different.exitCode, 1);
    QCOMPARE(toTarget(different), (QList<int>{2, 1, 1}));
    QVERIFY(m_folder->run({u"verify"_s, u"j.json"_s}).out.contains("4 rows differ.\n"));
    QCOMPARE(m_folder->run({u"run"_s, u"j.json"_s}).exitCode, 0);
    const auto equal = m_folder->run({u"verify"_s, u"j.json"_s});
    QCOMPARE(equal.exitCode, 0);
    QVERIFY2(equal.out.contains("Both sides are equal.\n"), equal.said().constData());
}

void TestCliRuns::checkSaysWhatItWouldCreate()
{
    QVERIFY(m_folder->sql(u"b.db"_s, "DROP TABLE orders").isEmpty());
    m_folder->job(u"j"_s, R"("tables": ["orders"], "create": true)");
    const auto check = m_folder->json({u"job"_s, u"check"_s, u"j.json"_s});
    QVERIFY2(check.exitCode == 0, check.said().constData());
    QVERIFY2(check.out.contains("creates-table") && check.out.contains("creates-checkpoint"), check.said().constData());
    QVERIFY(m_folder->sql(u"b.db"_s, "SELECT name FROM sqlite_schema").isEmpty());
}

void TestCliRuns::terminationCancelsAndTheNextRunConverges_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGKILL") << SIGKILL;
}

// The signal comes once the first batches are committed: seen in the target's own file, no clock.
void TestCliRuns::terminationCancelsAndTheNextRunConverges()
{
    QFETCH(int, signal);
    QVERIFY(m_folder
                ->sql(u"a.db"_s,
                      "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) "
                      "INSERT INTO orders SELECT i, 'row ' || i, i, NULL FROM n")
                .isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, "PRAGMA journal_mode = WAL") == QStringList{u"wal"_s});
    m_folder->job(u"j"_s, R"("tables": ["orders"], "batch": {"rows": 200})");
    QProcess process;
    process.setProcessEnvironment(m_folder->environment());
    process.setWorkingDirectory(m_folder->path({}));
    process.start(CliFolder::program(), {u"--json"_s, u"run"_s, u"j.json"_s});
    QVERIFY(process.waitForStarted());
    const auto count = [&] { return m_folder->sql(u"b.db"_s, "SELECT count(*) FROM orders").value(0).toInt(); };
    while (count() < 2000 && process.state() == QProcess::Running)
        QVERIFY(!process.waitForFinished(1) || process.state() != QProcess::Running);
    QCOMPARE(process.state(), QProcess::Running);
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
    QVERIFY(process.waitForFinished(30'000));
    if (signal != SIGKILL) {
        const QJsonObject report = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QCOMPARE(process.exitCode(), 3);
        QCOMPARE(report.value("state"_L1).toString(), u"cancelled"_s);
    }
    const int left = count();
    QVERIFY(left > 0 && left < 399'000);
    const auto next = m_folder->json({u"run"_s, u"j.json"_s});
    QVERIFY2(next.exitCode == 0, next.said().constData());
    QCOMPARE(count(), 399'904);
    QCOMPARE(m_folder->run({u"verify"_s, u"j.json"_s}).exitCode, 0);
}

QTEST_GUILESS_MAIN(TestCliRuns)
#include "tst_cliruns.moc"
