// SPDX-License-Identifier: GPL-3.0-or-later
// Columns on the command line are meant as those of a job file: exact, then without case and underscores.

#include <memory>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray rows = R"(CREATE TABLE orders (order_id INTEGER PRIMARY KEY, "Qty" INTEGER, ab TEXT, a_b TEXT);)"
                        "INSERT INTO orders VALUES (1, 1, 'x', 'y'), (2, 2, 'x', 'y');";

} // namespace

class TestCliColumnNames : public QObject
{
    Q_OBJECT

private:
    CliFolder::Outcome resolve(const QStringList &more) const
    {
        return m_folder->json(QStringList{u"resolve"_s, u"j.json"_s} + more);
    }
    QStringList both() const
    {
        return m_folder->sql(u"a.db"_s, "SELECT * FROM orders WHERE order_id = 1")
            + m_folder->sql(u"b.db"_s, "SELECT * FROM orders WHERE order_id = 1");
    }

    std::unique_ptr<CliFolder> m_folder;

private Q_SLOTS:
    // One conflict of a row in which both sides differ in what is set here.
    void init()
    {
        m_folder = std::make_unique<CliFolder>();
        m_folder->sql(u"a.db"_s, rows);
        m_folder->sql(u"b.db"_s, rows);
        m_folder->job(u"j"_s, R"("tables": ["orders"])", "two-way");
        QCOMPARE(m_folder->json({u"run"_s, u"j.json"_s}).exitCode, 0);
        m_folder->sql(u"a.db"_s, R"(UPDATE orders SET "Qty" = 5, ab = 'a', a_b = 'a' WHERE order_id = 1)");
        m_folder->sql(u"b.db"_s, R"(UPDATE orders SET "Qty" = 7, ab = 'b', a_b = 'b' WHERE order_id = 1)");
        QCOMPARE(m_folder->json({u"run"_s, u"j.json"_s}).exitCode, 1);
    }

    void areFoundInAnyCase_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("column");
        QTest::newRow("exact") << u"order_id"_s << u"Qty"_s;
        QTest::newRow("small") << u"orderid"_s << u"qty"_s;
        QTest::newRow("large") << u"ORDER_ID"_s << u"QTY"_s;
        QTest::newRow("of another fashion") << u"OrderId"_s << u"q_t_y"_s;
    }
    void areFoundInAnyCase()
    {
        QFETCH(QString, key);
        QFETCH(QString, column);
        const auto done = resolve({u"--table"_s, u"orders"_s, u"--key"_s, key + u"=1"_s, u"--set"_s, column + u"=9"_s,
                                   u"--take"_s, u"source"_s});
        QVERIFY2(done.exitCode == 0, done.said().constData());
        QCOMPARE(both(), (QStringList{u"1|9|a|a"_s, u"1|9|a|a"_s}));
        const auto history = m_folder->json({u"history"_s, u"j.json"_s, u"--key"_s, key + u"=1"_s});
        const QJsonArray changes = history.json().value("changes"_L1).toArray();
        QVERIFY2(changes.size() == 2, history.said().constData()); // at either side
        const QString run = changes.at(0)["run"_L1].toString();
        const auto undo = m_folder->json({u"undo"_s, run, u"--table"_s, u"orders"_s, u"--key"_s, key + u"=1"_s});
        QVERIFY2(undo.exitCode == 0, undo.said().constData());
        QCOMPARE(both(), (QStringList{u"1|5|a|a"_s, u"1|7|b|b"_s}));
    }

    // The very name is that column's; one that could be either is nobody's.
    void areRefusedWhereTwoAreMeant()
    {
        const QStringList whole{u"--all"_s, u"--take"_s, u"source"_s};
        for (const QString &name : {u"AB"_s, u"A_B"_s, u"none"_s}) {
            const auto refused = resolve(whole + QStringList{u"--set"_s, name + u"=z"_s});
            QVERIFY2(refused.exitCode == 4 && refused.code() == "usage"_L1, refused.said().constData());
        }
        const auto nulled = resolve(whole + QStringList{u"--set-null"_s, u"Ab"_s});
        QVERIFY2(nulled.exitCode == 4 && nulled.code() == "usage"_L1, nulled.said().constData());
        const auto twice = resolve(whole + QStringList{u"--set"_s, u"qty=1"_s, u"--set"_s, u"QTY=2"_s});
        QVERIFY2(twice.exitCode == 4 && twice.out.contains("exclude each other"), twice.said().constData());
        const auto keys = resolve({u"--table"_s, u"orders"_s, u"--key"_s, u"order_id=1"_s, u"--key"_s, u"ORDERID=2"_s,
                                   u"--take"_s, u"source"_s});
        QVERIFY2(keys.exitCode == 4 && keys.code() == "usage"_L1, keys.said().constData());
        QCOMPARE(both(), (QStringList{u"1|5|a|a"_s, u"1|7|b|b"_s}));
        const auto exact = resolve(whole + QStringList{u"--set"_s, u"a_b=z"_s});
        QVERIFY2(exact.exitCode == 0, exact.said().constData());
        QCOMPARE(both(), (QStringList{u"1|5|a|z"_s, u"1|5|a|z"_s}));
    }
};

QTEST_GUILESS_MAIN(TestCliColumnNames)
#include "tst_clicolumnnames.moc"
