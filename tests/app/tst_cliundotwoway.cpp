// SPDX-License-Identifier: GPL-3.0-or-later
// Two-way runs are taken back, and lost values found and brought back, through the real command line, on SQLite files.

#include <memory>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray rows = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, amount DECIMAL(10,2));"
                        "INSERT INTO orders VALUES (1, 'one', 1), (2, 'two', 2), (3, 'three', 3), (4, 'four', 4);";
constexpr auto all = "SELECT * FROM orders ORDER BY id";

QString counts(const QJsonObject &report)
{
    const QJsonObject table = report.value("tables"_L1).toArray().at(0).toObject();
    const auto shown = [&](QLatin1StringView side) {
        const QJsonObject to = table.value(side).toObject();
        return u"+%1 ~%2 -%3"_s.arg(to.value("insert"_L1).toInt(-1))
            .arg(to.value("update"_L1).toInt(-1))
            .arg(to.value("delete"_L1).toInt(-1));
    };
    return u"> "_s + shown("toTarget"_L1) + u" < "_s + shown("toSource"_L1) + u", "_s
        + QString::number(table.value("conflicts"_L1).toInt(-1));
}

} // namespace

class TestCliUndoTwoWay : public QObject
{
    Q_OBJECT

private:
    CliFolder::Outcome run() const { return m_folder->json({u"run"_s, u"j.json"_s}); }
    QString idOf(const CliFolder::Outcome &outcome) const { return outcome.json().value("run"_L1).toString(); }
    QStringList a() const { return m_folder->sql(u"a.db"_s, all); }
    QStringList b() const { return m_folder->sql(u"b.db"_s, all); }

    std::unique_ptr<CliFolder> m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<CliFolder>();
        m_folder->sql(u"a.db"_s, rows);
        m_folder->sql(u"b.db"_s, rows);
        m_folder->job(u"j"_s, R"("tables": "*")", "two-way");
        const auto first = run();
        QVERIFY2(first.exitCode == 0, first.said().constData());
    }

    void takesARunBackAtBothSides()
    {
        m_folder->sql(u"a.db"_s, "UPDATE orders SET note = 'of a' WHERE id = 1; DELETE FROM orders WHERE id = 3");
        m_folder->sql(u"b.db"_s, "UPDATE orders SET note = 'of b' WHERE id = 2; INSERT INTO orders VALUES (9, 'n', 9)");
        const QStringList aBefore = a();
        const QStringList bBefore = b();
        const auto second = run();
        QCOMPARE(counts(second.json()), u"> +0 ~1 -1 < +1 ~1 -0, 0"_s);
        QCOMPARE(a(), b());
        const auto undo = m_folder->json({u"undo"_s, idOf(second)});
        QVERIFY2(undo.exitCode == 0, undo.said().constData());
        QCOMPARE(counts(undo.json()), u"> +1 ~1 -0 < +0 ~1 -1, 0"_s);
        QCOMPARE(a(), aBefore);
        QCOMPARE(b(), bBefore);
        QStringList written;
        for (const QJsonValue undone : undo.json().value("undone"_L1).toArray()) {
            written += undone["written"_L1].toString() + u' ' + QString::number(undone["contested"_L1].toInt());
            QVERIFY(!undone["comesBack"_L1].toBool(true) && !undone["isEdit"_L1].toBool(true));
        }
        written.sort();
        QCOMPARE(written, (QStringList{u"source 2"_s, u"target 2"_s}));

        // The next run asks, and the answer stands.
        const auto third = run();
        QCOMPARE(third.exitCode, 1);
        QCOMPARE(counts(third.json()), u"> +0 ~0 -0 < +0 ~0 -0, 4"_s);
        const auto resolved = m_folder->json({u"resolve"_s, u"j.json"_s, u"--all"_s, u"--take"_s, u"source"_s});
        QVERIFY2(resolved.exitCode == 0, resolved.said().constData());
        QCOMPARE(a(), aBefore);
        QCOMPARE(b(), aBefore);
        QCOMPARE(counts(run().json()), u"> +0 ~0 -0 < +0 ~0 -0, 0"_s);
    }

    void saysWhatTheNextRunMakesOfIt()
    {
        m_folder->sql(u"a.db"_s, "UPDATE orders SET note = 'of a' WHERE id = 1");
        const auto undo = m_folder->run({u"undo"_s, idOf(run())});
        QVERIFY2(undo.out.contains("The sides differ again in 1 row put back; the job's next run asks about it."),
                 undo.said().constData());
        m_folder->job(u"j"_s, R"("id": ")" + id() + R"(", "tables": "*", "conflicts": {"policy": "target"})",
                      "two-way");
        m_folder->sql(u"a.db"_s, "UPDATE orders SET note = 'again' WHERE id = 4");
        const auto second = run();
        const auto policy = m_folder->run({u"undo"_s, idOf(second)});
        QVERIFY2(policy.out.contains("the job's conflict policy decides anew."), policy.said().constData());
    }

    // A person finds in the history what a policy overwrote, and brings it back with the command shown there.
    void bringsALostValueBack()
    {
        m_folder->job(u"j"_s, R"("id": ")" + id() + R"(", "tables": "*", "conflicts": {"policy": "source"})",
                      "two-way");
        m_folder->sql(u"a.db"_s, "UPDATE orders SET note = 'of a' WHERE id = 1");
        m_folder->sql(u"b.db"_s, "UPDATE orders SET note = 'of b', amount = 7.5 WHERE id = 1");
        const QString run = idOf(this->run());
        QCOMPARE(b().first(), u"1|of a|1"_s);
        const QStringList ask{u"history"_s, u"j.json"_s, u"--key"_s, u"id=1"_s};
        const auto text = m_folder->run(ask);
        const QByteArray command = "tidemark-cli undo " + run.toLatin1() + " --table 'orders' --key 'id=1'";
        QVERIFY2(text.out.contains(command), text.said().constData());
        const QJsonObject change = m_folder->json(ask).json().value("changes"_L1).toArray().at(0).toObject();
        QCOMPARE(change.value("written"_L1).toString(), u"target"_s);
        QCOMPARE(change.value("decision"_L1).toString(), u"update-target"_s);
        QCOMPARE(change.value("reason"_L1).toString(), u"changed-at-both"_s);
        QCOMPARE(change.value("contested"_L1).toBool(), true);
        QCOMPARE(change.value("before"_L1).toObject().value("note"_L1).toString(), u"of b"_s);
        QCOMPARE(change.value("after"_L1).toObject().value("note"_L1).toString(), u"of a"_s);
        const auto undo = m_folder->run({u"undo"_s, run, u"--table"_s, u"orders"_s, u"--key"_s, u"id=1"_s});
        QVERIFY2(undo.exitCode == 0 && undo.out.contains("counts as an edit"), undo.said().constData());
        QCOMPARE(b().first(), u"1|of b|7.5"_s);
        QCOMPARE(counts(this->run().json()), u"> +0 ~0 -0 < +0 ~1 -0, 0"_s);
        QCOMPARE(a(), b());
        QCOMPARE(a().first(), u"1|of b|7.5"_s);
        const auto told = m_folder->run(ask);
        QVERIFY2(told.out.contains("at the source") && told.out.contains(QByteArray("undo of " + run.toLatin1())),
                 told.said().constData());
    }

    // What a person answered is taken back like what a policy decided: the question is open again.
    void takesAnAnswerBack()
    {
        m_folder->sql(u"a.db"_s, "UPDATE orders SET note = 'of a' WHERE id = 1");
        m_folder->sql(u"b.db"_s, "UPDATE orders SET note = 'of b' WHERE id = 1");
        QCOMPARE(counts(run().json()), u"> +0 ~0 -0 < +0 ~0 -0, 1"_s);
        const auto resolved = m_folder->json({u"resolve"_s, u"j.json"_s, u"--all"_s, u"--take"_s, u"target"_s});
        QVERIFY2(resolved.exitCode == 0, resolved.said().constData());
        QCOMPARE(a().first(), u"1|of b|1"_s);
        const QJsonObject change = m_folder->json({u"history"_s, u"j.json"_s, u"--key"_s, u"id=1"_s})
                                       .json()
                                       .value("changes"_L1)
                                       .toArray()
                                       .at(0)
                                       .toObject();
        QCOMPARE(change.value("written"_L1).toString(), u"source"_s);
        QCOMPARE(change.value("contested"_L1).toBool(), true);
        QCOMPARE(change.value("before"_L1).toObject().value("note"_L1).toString(), u"of a"_s);
        const auto undo = m_folder->json({u"undo"_s, change.value("run"_L1).toString()});
        QVERIFY2(undo.exitCode == 0, undo.said().constData());
        QCOMPARE(a().first(), u"1|of a|1"_s);
        QCOMPARE(counts(run().json()), u"> +0 ~0 -0 < +0 ~0 -0, 1"_s);
        QCOMPARE(a().first(), u"1|of a|1"_s);
        QCOMPARE(b().first(), u"1|of b|1"_s);
    }

    void deletesAreGuardedAtEitherSide()
    {
        QByteArray more = "INSERT INTO orders VALUES (100, 'x', 1)";
        for (int i = 101; i < 120; ++i)
            more += ", (" + QByteArray::number(i) + ", 'x', 1)";
        m_folder->sql(u"b.db"_s, more);
        const QString second = idOf(run());
        QCOMPARE(a().size(), 24);
        const auto asks = m_folder->json({u"undo"_s, second});
        QCOMPARE(asks.exitCode, 1);
        QCOMPARE(a().size(), 24);
        const auto waived = m_folder->run({u"undo"_s, second, u"--yes"_s});
        QVERIFY2(waived.exitCode == 0 && waived.err.contains("--yes waived the guard: 20 rows deleted"),
                 waived.said().constData());
        QCOMPARE(a().size(), 4);
        QCOMPARE(b().size(), 24);
    }

private:
    QByteArray id() const
    {
        return QJsonDocument::fromJson(m_folder->read(u"j.json"_s)).object().value("id"_L1).toString().toUtf8();
    }
};

QTEST_GUILESS_MAIN(TestCliUndoTwoWay)
#include "tst_cliundotwoway.moc"
