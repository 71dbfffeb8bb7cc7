// SPDX-License-Identifier: GPL-3.0-or-later
// One-way jobs that do not overwrite whatever differs, through the real command line, on SQLite files.

#include <memory>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray schema = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, at TEXT);";

QJsonObject firstTable(const CliFolder::Outcome &outcome)
{
    return outcome.json().value("tables"_L1).toArray().at(0).toObject();
}

QString counts(const CliFolder::Outcome &outcome)
{
    const QJsonObject table = firstTable(outcome);
    const QJsonObject written = table.value("toTarget"_L1).toObject();
    return u"+%1 ~%2, %3 open, %4 left"_s.arg(written.value("insert"_L1).toInt(-1))
        .arg(written.value("update"_L1).toInt(-1))
        .arg(table.value("conflicts"_L1).toInt(-1))
        .arg(table.value("skipped"_L1).toInt(-1));
}

} // namespace

class TestCliOneWay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<CliFolder>();
        QVERIFY(m_folder
                    ->sql(u"a.db"_s,
                          schema
                              + "INSERT INTO orders VALUES (1, 'a', '2026-01-01 10:00:00'), "
                                "(2, 'a', '2026-01-01 10:00:00'), (3, 'a', '2026-01-01 10:00:00'), (4, 'a', NULL)")
                    .isEmpty());
        QVERIFY(m_folder
                    ->sql(u"b.db"_s,
                          schema
                              + "INSERT INTO orders VALUES (1, 'b', '2026-01-01 09:00:00'), "
                                "(2, 'b', '2026-01-01 11:00:00'), (3, 'b', '2026-01-01 10:00:01')")
                    .isEmpty());
    }

    void policies_data()
    {
        QTest::addColumn<QByteArray>("conflicts");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("rows");
        QTest::newRow("source") << QByteArray(R"({"policy": "source"})") << u"+1 ~3, 0 open, 0 left"_s << u"aaaa"_s;
        QTest::newRow("target") << QByteArray(R"({"policy": "target"})") << u"+1 ~0, 0 open, 3 left"_s << u"bbba"_s;
        QTest::newRow("ask") << QByteArray(R"({"policy": "ask"})") << u"+1 ~0, 3 open, 0 left"_s << u"bbba"_s;
    }
    void policies()
    {
        QFETCH(QByteArray, conflicts);
        makeJob(conflicts);
        const auto plan = m_folder->json({u"plan"_s, u"job.json"_s, u"--exit-code"_s});
        QTEST(counts(plan), "expected");
        const auto ran = m_folder->json({u"run"_s, u"job.json"_s});
        QTEST(counts(ran), "expected");
        QCOMPARE(ran.exitCode, firstTable(ran).value("conflicts"_L1).toInt() > 0 ? 1 : 0);
        QTEST(notes(), "rows");
        // What is left differs, and verify says so.
        const bool left = notes() != u"aaaa"_s;
        QCOMPARE(m_folder->json({u"verify"_s, u"job.json"_s}).exitCode, left ? 1 : 0);
    }

    void newestWithAMargin()
    {
        recreate("DATETIME");
        makeJob(R"({"policy": "newest", "column": "at", "margin": "5s"})");
        const auto ran = m_folder->json({u"run"_s, u"job.json"_s});
        QVERIFY2(counts(ran) == "+1 ~1, 1 open, 1 left"_L1, ran.said().constData());
        QCOMPARE(notes(), u"abba"_s);
        const auto text = m_folder->run({u"run"_s, u"job.json"_s});
        QVERIFY2(text.out.contains("1 conflict open; tidemark-cli conflicts JOB lists it."), text.said().constData());
        QVERIFY2(!text.out.contains("←"), text.said().constData());
    }

    void plansListThem()
    {
        makeJob(R"({"policy": "ask"})");
        const auto plan = m_folder->json({u"plan"_s, u"job.json"_s, u"--rows"_s});
        QStringList decisions;
        const QJsonArray rows = firstTable(plan).value("rows"_L1).toArray();
        for (const auto &row : rows)
            decisions += row["decision"_L1].toString() + u':' + row["source"_L1]["note"_L1].toString()
                + row["target"_L1]["note"_L1].toString();
        decisions.sort();
        QCOMPARE(decisions, (QStringList{u"conflict:ab"_s, u"conflict:ab"_s, u"conflict:ab"_s, u"insert-target:a"_s}));
        QCOMPARE(m_folder->json({u"plan"_s, u"job.json"_s, u"--exit-code"_s}).exitCode, 1);
        // A script writes what is decided.
        QCOMPARE(m_folder->run({u"plan"_s, u"job.json"_s, u"--sql"_s, u"s.sql"_s}).exitCode, 0);
        const QByteArray script = m_folder->read(u"s.sql"_s);
        QVERIFY2(script.contains("INSERT") && !script.contains("UPDATE"), script.constData());
        QCOMPARE(m_folder->run({u"plan"_s, u"job.json"_s, u"--save"_s, u"p.db"_s}).exitCode, 0);
        const auto applied = m_folder->json({u"run"_s, u"job.json"_s, u"--plan"_s, u"p.db"_s});
        QVERIFY2(applied.exitCode == 1, applied.said().constData());
        QCOMPARE(counts(applied), u"+1 ~0, 3 open, 0 left"_s);
        QCOMPARE(notes(), u"bbba"_s);
    }

    void answers()
    {
        makeJob(R"({"policy": "ask"})");
        QCOMPARE(m_folder->json({u"run"_s, u"job.json"_s}).exitCode, 1);
        const QJsonArray open = m_folder->json({u"conflicts"_s, u"job.json"_s}).json().value("conflicts"_L1).toArray();
        QCOMPARE(open.size(), 3);
        QCOMPARE(open.at(0)["kind"_L1].toString(), u"differs"_s);
        QCOMPARE(open.at(0)["source"_L1]["note"_L1].toString(), u"a"_s);
        QCOMPARE(open.at(0)["target"_L1]["note"_L1].toString(), u"b"_s);
        const auto take = [this](const QString &id, const QStringList &how) {
            return m_folder->json(
                QStringList{u"resolve"_s, u"job.json"_s, u"--table"_s, u"orders"_s, u"--key"_s, u"id="_s + id} + how);
        };
        const auto source = take(u"1"_s, {u"--take"_s, u"source"_s});
        QVERIFY2(source.exitCode == 0, source.said().constData());
        QCOMPARE(notes(), u"abba"_s);
        take(u"2"_s, {u"--take"_s, u"target"_s});
        QCOMPARE(notes(), u"abba"_s);
        const auto merged = take(u"3"_s, {u"--set"_s, u"note=c"_s, u"--set"_s, u"at=now"_s});
        QVERIFY2(notes() == "abca"_L1, merged.said().constData());
        const auto next = m_folder->json({u"run"_s, u"job.json"_s});
        QVERIFY2(next.exitCode == 0, next.said().constData());
        QCOMPARE(counts(next), u"+0 ~0, 0 open, 2 left"_s);
        // They are asked again when a side moves.
        QVERIFY(m_folder->sql(u"a.db"_s, "UPDATE orders SET note = 'd' WHERE id = 2").isEmpty());
        QCOMPARE(counts(m_folder->json({u"run"_s, u"job.json"_s})), u"+0 ~0, 1 open, 1 left"_s);
    }

    void checkNamesAColumnThatIsNotThere()
    {
        makeJob(R"({"policy": "newest", "column": "changed"})");
        const auto checked = m_folder->json({u"job"_s, u"check"_s, u"job.json"_s});
        QVERIFY2(checked.exitCode == 4 && checked.out.contains("no-such-column"), checked.said().constData());
    }

private:
    void makeJob(const QByteArray &conflicts)
    {
        m_folder->job(u"job"_s,
                      R"("id": "6f1c0e0a-0000-4000-8000-000000000001", "tables": ["orders"], "conflicts": )"
                          + conflicts,
                      "update");
    }
    void recreate(const QByteArray &type)
    {
        for (const QString &file : {u"a.db"_s, u"b.db"_s}) {
            QVERIFY(m_folder
                        ->sql(file,
                              "ALTER TABLE orders RENAME TO old; CREATE TABLE orders (id INTEGER PRIMARY KEY, "
                              "note TEXT, at "
                                  + type + "); INSERT INTO orders SELECT * FROM old; DROP TABLE old")
                        .isEmpty());
        }
    }
    QString notes() const { return m_folder->sql(u"b.db"_s, "SELECT note FROM orders ORDER BY id").join(QString()); }
    std::unique_ptr<CliFolder> m_folder;
};

QTEST_GUILESS_MAIN(TestCliOneWay)
#include "tst_clioneway.moc"
