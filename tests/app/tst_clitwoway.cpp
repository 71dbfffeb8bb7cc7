// SPDX-License-Identifier: GPL-3.0-or-later
// Two-way jobs through the real command line, on SQLite files: runs, conflicts, answers, and what is left afterwards.

#include <memory>

#include <QRegularExpression>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray schema = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, qty INTEGER);";
const QByteArray rows = "INSERT INTO orders VALUES (1, 'one', 1), (2, 'two', 2), (3, 'three', 3), (4, 'four', 4);";

QJsonObject firstTable(const CliFolder::Outcome &outcome)
{
    return outcome.json().value("tables"_L1).toArray().at(0).toObject();
}

// "1 2 0 | 0 1 0": insert, update, delete to the target, then to the source.
QString written(const CliFolder::Outcome &outcome)
{
    const auto counts = [&](QLatin1StringView to) {
        const QJsonObject object = firstTable(outcome).value(to).toObject();
        return u"%1 %2 %3"_s.arg(object.value("insert"_L1).toInt(-1))
            .arg(object.value("update"_L1).toInt(-1))
            .arg(object.value("delete"_L1).toInt(-1));
    };
    return counts("toTarget"_L1) + u" | "_s + counts("toSource"_L1);
}

const QString nothing = u"0 0 0 | 0 0 0"_s;

} // namespace

class TestCliTwoWay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void bothDirections();
    void planSaysWhatARunDoes();
    void planOfAPair();
    void disjointEditsMerge();
    void policiesDecide_data();
    void policiesDecide();
    void answers_data();
    void answers();
    void oneOfTwoIsAnswered();
    void byKey();
    void movedSinceItWasShown();
    void skippedComesBackWhenASideMoves();
    void equalByHandIsSettled();
    void answerThatADatabaseRefuses();
    void exitCodes();
    void tellsForPeople();
    void historyOfARow();

private:
    QStringList at(const char *file) const
    {
        return m_folder->sql(QString::fromLatin1(file), "SELECT id, note, qty FROM orders ORDER BY id");
    }
    void change(const char *file, const QByteArray &statements)
    {
        const QStringList failed = m_folder->sql(QString::fromLatin1(file), statements);
        QVERIFY2(failed.isEmpty(), failed.join(u'\n').toUtf8().constData());
    }
    void makeJob(const QByteArray &more = {})
    {
        const QByteArray id = R"("id": "6f1c0e0a-0000-4000-8000-000000000001", )";
        m_folder->job(u"bidi"_s, id + more + R"("tables": ["orders"])", "two-way");
    }
    CliFolder::Outcome run() const { return m_folder->json({u"run"_s, u"bidi.json"_s}); }
    QJsonArray conflicts() const
    {
        return m_folder->json({u"conflicts"_s, u"bidi.json"_s}).json().value("conflicts"_L1).toArray();
    }
    CliFolder::Outcome resolve(const QString &arguments) const
    {
        return m_folder->json(QStringList{u"resolve"_s, u"bidi.json"_s} + arguments.split(u' '));
    }
    // Row 1 was changed on both sides, row 3 deleted at the source and changed at the target.
    void makeConflicts()
    {
        makeJob();
        QCOMPARE(run().exitCode, 0);
        change("a.db", "UPDATE orders SET note = 'A' WHERE id = 1; DELETE FROM orders WHERE id = 3;");
        change("b.db",
               "UPDATE orders SET note = 'B', qty = 7 WHERE id = 1;"
               "UPDATE orders SET note = 'kept' WHERE id = 3;");
        const auto met = run();
        QVERIFY2(met.exitCode == 1, met.said().constData());
        QCOMPARE(written(met), nothing);
        QCOMPARE(conflicts().size(), 2);
    }
    void nextRunWritesNothing() const
    {
        const auto next = run();
        QVERIFY2(written(next) == nothing, next.said().constData());
    }

    std::unique_ptr<CliFolder> m_folder;
};

void TestCliTwoWay::init()
{
    m_folder = std::make_unique<CliFolder>();
    QVERIFY(m_folder->sql(u"a.db"_s, schema + rows).isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, schema + rows).isEmpty());
}

void TestCliTwoWay::bothDirections()
{
    makeJob();
    auto outcome = run();
    QVERIFY2(outcome.exitCode == 0 && written(outcome) == nothing, outcome.said().constData());
    change("a.db",
           "INSERT INTO orders VALUES (10, 'from a', 0); UPDATE orders SET qty = 11 WHERE id = 1;"
           "DELETE FROM orders WHERE id = 2;");
    change("b.db",
           "INSERT INTO orders VALUES (20, NULL, 0), (21, 'from b', 0);"
           "UPDATE orders SET note = 'b' WHERE id = 3; DELETE FROM orders WHERE id = 4;");
    outcome = run();
    QVERIFY2(outcome.exitCode == 0, outcome.said().constData());
    QCOMPARE(written(outcome), u"1 1 1 | 2 1 1"_s);
    QCOMPARE(outcome.json().value("state"_L1).toString(), u"completed"_s);
    QCOMPARE(firstTable(outcome).value("conflicts"_L1).toInt(-1), 0);
    QCOMPARE(at("a.db"), (QStringList{u"1|one|11"_s, u"3|b|3"_s, u"10|from a|0"_s, u"20|NULL|0"_s, u"21|from b|0"_s}));
    QCOMPARE(at("b.db"), at("a.db"));
    nextRunWritesNothing();
    QCOMPARE(m_folder->json({u"verify"_s, u"bidi.json"_s}).exitCode, 0);
}

void TestCliTwoWay::planSaysWhatARunDoes()
{
    makeJob(R"("conflicts": {"policy": "merge"}, )");
    QCOMPARE(run().exitCode, 0);
    change("a.db", "INSERT INTO orders VALUES (10, 'a', 0); UPDATE orders SET note = 'A' WHERE id IN (1, 2);");
    change("b.db",
           "INSERT INTO orders VALUES (20, 'b', 0); UPDATE orders SET qty = 9 WHERE id = 1;"
           "UPDATE orders SET note = 'B' WHERE id = 2; DELETE FROM orders WHERE id = 4;");
    const QStringList before = at("a.db") + at("b.db");
    const auto plan = m_folder->json({u"plan"_s, u"bidi.json"_s, u"--rows"_s});
    QVERIFY2(plan.exitCode == 0, plan.said().constData());
    QCOMPARE(written(plan), u"1 1 0 | 1 1 1"_s); // the merge updates both
    QCOMPARE(firstTable(plan).value("merged"_L1).toInt(), 1);
    QCOMPARE(firstTable(plan).value("conflicts"_L1).toInt(), 1);
    QMap<int, QJsonObject> byId;
    const QJsonArray planned = firstTable(plan).value("rows"_L1).toArray();
    for (const auto &row : planned)
        byId.insert(row["key"_L1]["id"_L1].toInt(), row.toObject());
    QCOMPARE(byId.keys(), (QList<int>{1, 2, 4, 10, 20}));
    QCOMPARE(byId[1]["decision"_L1].toString(), u"merge"_s);
    QCOMPARE(byId[1]["base"_L1]["note"_L1].toString(), u"one"_s);
    for (const auto side : {"source"_L1, "target"_L1}) {
        QCOMPARE(byId[1]["merged"_L1][side]["note"_L1].toString(), u"A"_s);
        QCOMPARE(byId[1]["merged"_L1][side]["qty"_L1].toInt(), 9);
    }
    QCOMPARE(byId[2]["decision"_L1].toString(), u"conflict"_s);
    QVERIFY(!byId[2].contains("merged"_L1));
    QCOMPARE(byId[4]["decision"_L1].toString(), u"delete-source"_s);
    QCOMPARE(byId[10]["decision"_L1].toString(), u"insert-target"_s);
    QVERIFY(!byId[10].contains("base"_L1));
    QCOMPARE(byId[20]["decision"_L1].toString(), u"insert-source"_s);
    QCOMPARE(at("a.db") + at("b.db"), before);
    QCOMPARE(conflicts().size(), 0); // a plan keeps nothing
    const auto ran = run();
    QCOMPARE(written(ran), written(plan));
    QCOMPARE(ran.exitCode, 1);
    const auto text = m_folder->run({u"plan"_s, u"bidi.json"_s, u"--rows"_s});
    QVERIFY2(text.out.contains("! orders (id = 2)  note: 'A' | 'B'"), text.said().constData());
}

void TestCliTwoWay::planOfAPair()
{
    change("a.db", "INSERT INTO orders VALUES (10, 'a', 0)");
    change("b.db", "INSERT INTO orders VALUES (20, 'b', 0); UPDATE orders SET note = 'b' WHERE id = 1");
    const QStringList pair{u"plan"_s, u"--source"_s, u"a.db"_s, u"--target"_s, u"b.db"_s, u"--mode"_s, u"two-way"_s};
    const auto plan = m_folder->json(pair);
    QVERIFY2(plan.exitCode == 0, plan.said().constData());
    QCOMPARE(written(plan), u"1 0 0 | 1 0 0"_s);
    QCOMPARE(firstTable(plan).value("conflicts"_L1).toInt(), 1);
    QCOMPARE(m_folder->json(pair + QStringList(u"--exit-code"_s)).exitCode, 1);
    const auto rows = m_folder->run(pair + QStringList(u"--rows"_s));
    QVERIFY2(rows.out.contains("← + orders (id = 20)") && rows.out.contains("\n+ orders (id = 10)"),
             rows.said().constData());
    const auto script = m_folder->json(pair + QStringList{u"--sql"_s, u"s.sql"_s});
    QVERIFY2(script.exitCode == 4 && script.code() == "not-available"_L1, script.said().constData());
    QVERIFY(!QFile::exists(m_folder->path(u"s.sql"_s)));
}

void TestCliTwoWay::disjointEditsMerge()
{
    makeJob(R"("conflicts": {"policy": "merge"}, )");
    QCOMPARE(run().exitCode, 0);
    change("a.db", "UPDATE orders SET note = 'A' WHERE id = 1");
    change("b.db", "UPDATE orders SET qty = 9 WHERE id = 1");
    const auto merged = run();
    QVERIFY2(merged.exitCode == 0, merged.said().constData());
    QCOMPARE(written(merged), u"0 1 0 | 0 1 0"_s);
    QCOMPARE(firstTable(merged).value("merged"_L1).toInt(), 1);
    QCOMPARE(at("a.db").first(), u"1|A|9"_s);
    QCOMPARE(at("b.db").first(), u"1|A|9"_s);
    nextRunWritesNothing();
}

void TestCliTwoWay::policiesDecide_data()
{
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QString>("row");
    QTest::newRow("source") << QByteArray(R"({"policy": "source"})") << u"1|A|1"_s;
    QTest::newRow("target") << QByteArray(R"({"policy": "target"})") << u"1|B|7"_s;
    QTest::newRow("newest") << QByteArray(R"({"policy": "newest", "column": "qty"})") << u"1|B|7"_s;
}

void TestCliTwoWay::policiesDecide()
{
    QFETCH(QByteArray, policy);
    QFETCH(QString, row);
    makeConflicts(); // asked first: a policy that was changed settles what is open
    makeJob("\"conflicts\": " + policy + ", ");
    const auto decided = run();
    QVERIFY2(at("a.db").first() == row && at("b.db").first() == row, decided.said().constData());
    for (const auto &conflict : conflicts())
        QVERIFY(conflict["key"_L1]["id"_L1].toInt() != 1);
    nextRunWritesNothing();
}

void TestCliTwoWay::answers_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QStringList>("source"); // rows 1 and 3
    QTest::addColumn<QStringList>("target");
    QTest::addColumn<int>("wrote"); // to both sides
    const auto add = [](const char *answer, const QStringList &source, const QStringList &target, int wrote) {
        QTest::newRow(answer) << QString::fromUtf8(answer) << source << target << wrote;
    };
    const QStringList a{u"1|A|1"_s};
    const QStringList b{u"1|B|7"_s, u"3|kept|3"_s};
    add("--all --take source", a, a, 2);
    add("--all --take target", b, b, 2);
    add("--all --take skip", a, b, 0);
    add("--id 1 --take source", a, {u"1|A|1"_s, u"3|kept|3"_s}, 1);
    add("--id 2 --take target", {u"1|A|1"_s, u"3|kept|3"_s}, b, 1);
    add("--id 1 --set note=M --set qty=5", {u"1|M|5"_s}, {u"1|M|5"_s, u"3|kept|3"_s}, 2);
    add("--id 1 --take source --set note=M", {u"1|M|1"_s}, {u"1|M|1"_s, u"3|kept|3"_s}, 2);
    add("--id 1 --take target --set-null qty", {u"1|B|NULL"_s}, {u"1|B|NULL"_s, u"3|kept|3"_s}, 2);
    add("--id 1 --set note=A --set qty=1", a, {u"1|A|1"_s, u"3|kept|3"_s}, 1);
    add("--id 2 --set note=back", {u"1|A|1"_s, u"3|back|3"_s}, {u"1|B|7"_s, u"3|back|3"_s}, 2);
    add("--id 1 --id 2 --take source", a, a, 2);
}

void TestCliTwoWay::answers()
{
    QFETCH(QString, answer);
    QFETCH(QStringList, source);
    QFETCH(QStringList, target);
    QFETCH(int, wrote);
    makeConflicts();
    const auto resolved = resolve(answer);
    QVERIFY2(resolved.exitCode == 0, resolved.said().constData()); // whatever else is open
    const QJsonObject became = resolved.json().value("resolved"_L1).toObject();
    const bool isSkip = answer.contains("skip"_L1);
    const int asked = answer.contains("--all"_L1) || answer.count("--id"_L1) == 2 ? 2 : 1;
    QCOMPARE(resolved.json().value("answered"_L1).toInt(), asked);
    QCOMPARE(became.value(isSkip ? "skipped"_L1 : "written"_L1).toInt(), asked);
    QCOMPARE(became.value("open"_L1).toInt(-1), 0);
    int total = 0;
    for (const QString &count : written(resolved).split(QRegularExpression(u"[ |]+"_s)))
        total += count.toInt();
    QVERIFY2(total == wrote, resolved.said().constData());
    const auto rowsAt = [&](const char *file) {
        return m_folder->sql(QString::fromLatin1(file), "SELECT id, note, qty FROM orders WHERE id IN (1, 3)");
    };
    QCOMPARE(rowsAt("a.db"), source);
    QCOMPARE(rowsAt("b.db"), target);
    QCOMPARE(conflicts().size(), 2 - asked);
    const auto next = run();
    QVERIFY2(written(next) == nothing && next.exitCode == (asked == 2 ? 0 : 1), next.said().constData());
    QCOMPARE(rowsAt("a.db"), source);
    QCOMPARE(rowsAt("b.db"), target);
}

void TestCliTwoWay::oneOfTwoIsAnswered()
{
    makeConflicts();
    const auto resolved = m_folder->run({u"resolve"_s, u"bidi.json"_s, u"--id"_s, u"1"_s, u"--take"_s, u"source"_s});
    QVERIFY2(resolved.exitCode == 0, resolved.said().constData());
    QVERIFY2(resolved.out.startsWith("1 conflict answered.\n"), resolved.out.constData());
    QVERIFY2(resolved.out.contains("1 of them settled as answered."), resolved.out.constData());
    QVERIFY2(resolved.out.contains("orders: 1 conflict open; tidemark-cli conflicts JOB lists it."),
             resolved.out.constData());
    QVERIFY2(!resolved.out.contains("equal"), resolved.out.constData());
    QCOMPARE(conflicts().at(0)["id"_L1].toInt(), 2);
}

void TestCliTwoWay::byKey()
{
    makeConflicts();
    const auto resolved = resolve(u"--table orders --key id=3 --take target"_s);
    QVERIFY2(resolved.exitCode == 0, resolved.said().constData());
    QCOMPARE(at("a.db").at(2), u"3|kept|3"_s);
    QCOMPARE(conflicts().at(0)["key"_L1]["id"_L1].toInt(), 1);
}

void TestCliTwoWay::movedSinceItWasShown()
{
    makeConflicts();
    change("b.db", "UPDATE orders SET note = 'moved' WHERE id = 1");
    auto resolved = resolve(u"--id 1 --take source"_s);
    QVERIFY2(resolved.exitCode == 1, resolved.said().constData());
    QCOMPARE(written(resolved), nothing);
    QCOMPARE(resolved.json().value("resolved"_L1)["open"_L1].toInt(), 1);
    const QJsonObject back = resolved.json().value("conflicts"_L1).toArray().at(0).toObject();
    QCOMPARE(back["id"_L1].toInt(), 1);
    QCOMPARE(back["target"_L1]["note"_L1].toString(), u"moved"_s);
    QCOMPARE(at("b.db").first(), u"1|moved|7"_s);
    change("a.db", "UPDATE orders SET note = 'too' WHERE id = 1");
    const auto text = m_folder->run({u"resolve"_s, u"bidi.json"_s, u"--id"_s, u"1"_s, u"--take"_s, u"target"_s});
    QVERIFY2(text.exitCode == 1 && text.out.contains("1 of them changed since it was shown, and is open again:\n#1  ")
                 && text.out.contains("'too'   'moved'"),
             text.said().constData());
    resolved = resolve(u"--id 1 --take target"_s); // what is shown now
    QVERIFY2(resolved.exitCode == 0, resolved.said().constData());
    QCOMPARE(at("a.db").first(), u"1|moved|7"_s);
}

void TestCliTwoWay::skippedComesBackWhenASideMoves()
{
    makeConflicts();
    QCOMPARE(resolve(u"--all --take skip"_s).exitCode, 0);
    const auto quiet = m_folder->run({u"run"_s, u"bidi.json"_s});
    QVERIFY2(quiet.exitCode == 0 && quiet.out.endsWith("\nNothing to do. 2 conflicts left as they are.\n"),
             quiet.said().constData());
    change("a.db", "UPDATE orders SET qty = 99 WHERE id = 1");
    QCOMPARE(run().exitCode, 1);
    const QJsonArray open = conflicts();
    QCOMPARE(open.size(), 1);
    QCOMPARE(open.at(0)["id"_L1].toInt(), 1);
    QCOMPARE(open.at(0)["source"_L1]["qty"_L1].toInt(), 99);
    QCOMPARE(resolve(u"--id 1 --take source"_s).exitCode, 0);
    QCOMPARE(at("b.db").first(), u"1|A|99"_s);
    // One that was skipped can be decided after all.
    QCOMPARE(resolve(u"--id 2 --take source"_s).exitCode, 0);
    QCOMPARE(at("b.db"), at("a.db"));
}

void TestCliTwoWay::equalByHandIsSettled()
{
    makeConflicts();
    change("a.db", "UPDATE orders SET note = 'B', qty = 7 WHERE id = 1; INSERT INTO orders VALUES (3, 'kept', 3)");
    const auto settled = run();
    QVERIFY2(settled.exitCode == 0 && written(settled) == nothing, settled.said().constData());
    QCOMPARE(conflicts().size(), 0);
}

void TestCliTwoWay::answerThatADatabaseRefuses()
{
    m_folder->sql(u"b.db"_s,
                  "DROP TABLE orders;"
                  "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, qty INTEGER CHECK (qty < 100));"
                      + rows);
    makeConflicts();
    const auto refused = m_folder->run(
        {u"resolve"_s, u"bidi.json"_s, u"--id"_s, u"1"_s, u"--set"_s, u"note=M"_s, u"--set"_s, u"qty=500"_s});
    QVERIFY2(refused.exitCode == 1 && refused.out.contains("the target's check qty < 100 refuses the row.")
                 && refused.out.contains("is open again") && !refused.out.contains("settled"),
             refused.said().constData());
    QCOMPARE(at("b.db").first(), u"1|B|7"_s);
    // It stays with the person, run after run, and another answer is taken.
    QCOMPARE(run().exitCode, 1);
    QCOMPARE(conflicts().size(), 2);
    const QJsonObject told = conflicts().at(0)["error"_L1].toObject(); // what the database said then
    QCOMPARE(told["code"_L1].toString(), u"check-violated"_s);
    QVERIFY(told["message"_L1].toString().contains("the target's check qty < 100"_L1));
    QCOMPARE(resolve(u"--id 1 --take target"_s).exitCode, 0);
    QCOMPARE(at("a.db").first(), u"1|B|7"_s);
    QCOMPARE(conflicts().size(), 1);
    QCOMPARE(written(run()), nothing);
}

void TestCliTwoWay::exitCodes()
{
    makeConflicts();
    QCOMPARE(run().exitCode, 1);
    QCOMPARE(m_folder->json({u"conflicts"_s, u"bidi.json"_s}).exitCode, 0);
    QCOMPARE(m_folder->json({u"plan"_s, u"bidi.json"_s}).exitCode, 0);
    QCOMPARE(m_folder->json({u"plan"_s, u"bidi.json"_s, u"--exit-code"_s}).exitCode, 1);
    QCOMPARE(m_folder->json({u"verify"_s, u"bidi.json"_s}).exitCode, 1);
    QCOMPARE(resolve(u"--all --take target"_s).exitCode, 0);
    QCOMPARE(run().exitCode, 0);
    QCOMPARE(m_folder->json({u"plan"_s, u"bidi.json"_s, u"--exit-code"_s}).exitCode, 0);
    QCOMPARE(m_folder->json({u"verify"_s, u"bidi.json"_s}).exitCode, 0);
}

void TestCliTwoWay::tellsForPeople()
{
    makeConflicts();
    change("a.db", "INSERT INTO orders VALUES (10, 'a', 0)");
    change("b.db", "DELETE FROM orders WHERE id = 4");
    const auto planned = m_folder->run({u"plan"_s, u"bidi.json"_s});
    QVERIFY2(planned.out.contains("2 rows would change. Nothing has been written yet. 2 rows need a decision."),
             planned.out.constData());
    const auto ran = m_folder->run({u"run"_s, u"bidi.json"_s});
    QVERIFY2(ran.out.startsWith("Table   → +  → ~  → −  ← +  ← ~  ← −  ≈  !  =\n"
                                "orders    1    0    0    0    0    1  0  2  1\n"
                                "orders: 2 conflicts open; tidemark-cli conflicts JOB lists them.\n"
                                "Written: 2. Needs you: 2.\n"),
             ran.out.constData());
    const auto chinese = m_folder->run({u"run"_s, u"bidi.json"_s}, u"zh_CN.UTF-8"_s);
    QVERIFY2(chinese.out.contains("2 个冲突未解决"), chinese.out.constData());
    const auto idle = m_folder->run({u"resolve"_s, u"bidi.json"_s, u"--all"_s, u"--take"_s, u"source"_s});
    QVERIFY2(idle.exitCode == 0 && idle.out.contains("2 of them settled as answered."), idle.said().constData());
    const auto equal = m_folder->run({u"run"_s, u"bidi.json"_s});
    QVERIFY2(equal.out.startsWith("Table   → +") && equal.out.contains("Both sides are equal."), equal.out.constData());
}

// --table belongs to the key there, not to a pair of databases.
void TestCliTwoWay::historyOfARow()
{
    makeJob();
    QCOMPARE(run().exitCode, 0);
    change("a.db", "UPDATE orders SET note = 'A' WHERE id = 1");
    QCOMPARE(run().exitCode, 0);
    const auto history =
        m_folder->run({u"history"_s, u"bidi.json"_s, u"--table"_s, u"orders"_s, u"--key"_s, u"id=1"_s});
    QVERIFY2(history.exitCode == 0 && history.out.contains("'one' → 'A'"), history.said().constData());
}

QTEST_GUILESS_MAIN(TestCliTwoWay)
#include "tst_clitwoway.moc"
