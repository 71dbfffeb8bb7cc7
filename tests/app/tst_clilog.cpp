// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

// A job that finds its changes by a change log, from the first look to its removal.
class TestCliLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<CliFolder>();
        QVERIFY(m_folder
                    ->sql(u"a.db"_s,
                          "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE u (id INTEGER "
                          "PRIMARY KEY); INSERT INTO t VALUES (1, 'one'), (2, 'two')")
                    .isEmpty());
        QVERIFY(m_folder
                    ->sql(u"b.db"_s,
                          "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE u (id INTEGER "
                          "PRIMARY KEY)")
                    .isEmpty());
        m_folder->job(u"j"_s,
                      R"("id": "6f1c0e0a-1111-4222-8333-444455556666", "tables": ["t"], "detect": {"by": "log"})");
    }

    void fromTheFirstLookToItsRemoval()
    {
        const QStringList before = things();
        // What would be created, with its SQL; nothing is.
        const auto check = m_folder->run({u"job"_s, u"check"_s, u"j.json"_s});
        QVERIFY2(check.exitCode == 0, check.said().constData());
        QVERIFY2(check.out.contains(
                     "Warning: t: There is no change log. Until it is installed, every run compares everything.\n"),
                 check.said().constData());
        QVERIFY2(
            check.out.contains("Note: t: Row triggers log every change: a statement that changes many rows takes up to "
                               "three times as long.\n"),
            check.said().constData());
        QVERIFY2(check.out.contains("    CREATE TRIGGER \"tidemark_log_"), check.said().constData());
        const auto look = m_folder->run({u"job"_s, u"log"_s, u"j.json"_s, u"state"_s});
        QVERIFY2(look.exitCode == 1, look.said().constData());
        QVERIFY2(look.out.startsWith("t: There is no change log.\n    CREATE TABLE \"tidemark_log_"),
                 look.said().constData());
        QCOMPARE(things(), before);

        // A run goes without, and says so.
        auto run = m_folder->run({u"run"_s, u"j.json"_s});
        QVERIFY2(run.exitCode == 0, run.said().constData());
        QVERIFY2(run.out.contains("t: There is no change log, so everything was compared.\n"), run.said().constData());
        QCOMPARE(things(), before);

        const auto installed = m_folder->json({u"job"_s, u"log"_s, u"j.json"_s, u"install"_s});
        QVERIFY2(installed.exitCode == 0, installed.said().constData());
        const QJsonObject log = installed.json().value("logs"_L1).toArray().first().toObject();
        QCOMPARE(log.value("table"_L1).toString(), u"t"_s);
        QCOMPARE(log.value("state"_L1).toString(), u"ready"_s);
        QVERIFY(log.value("reason"_L1).isNull() && log.value("error"_L1).isNull());
        QVERIFY(log.value("log"_L1).toString().startsWith("tidemark_log_"_L1));
        QCOMPARE(things().size(), before.size() + 4); // a table and three triggers
        QCOMPARE(m_folder->run({u"job"_s, u"log"_s, u"j.json"_s, u"state"_s}).exitCode, 0);

        QCOMPARE(whyWhole(), QJsonValue(u"log-new"_s));
        QCOMPARE(whyWhole(), QJsonValue(QJsonValue::Null));
        m_folder->sql(u"a.db"_s,
                      "UPDATE t SET v = 'new' WHERE id = 1; DELETE FROM t WHERE id = 2; "
                      "INSERT INTO t VALUES (3, 'three'), (4, 'four')");
        const QJsonObject table = ran();
        QCOMPARE(table.value("rowsRead"_L1).toInt(), 3);
        QVERIFY(table.value("identical"_L1).isNull());
        QCOMPARE(table.value("deletesChecked"_L1).toBool(), true);
        QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT id, v FROM t"), (QStringList{u"1|new"_s, u"3|three"_s, u"4|four"_s}));

        const auto removed = m_folder->run({u"job"_s, u"log"_s, u"j.json"_s, u"remove"_s});
        QVERIFY2(removed.exitCode == 0, removed.said().constData());
        QCOMPARE(removed.out, QByteArray("t: There is no change log.\n"));
        QCOMPARE(things(), before);
    }

    void leavesWithItsJob()
    {
        const QStringList before = things();
        QCOMPARE(m_folder->run({u"job"_s, u"import"_s, u"j.json"_s}).exitCode, 0);
        QCOMPARE(m_folder->run({u"job"_s, u"log"_s, u"j"_s, u"install"_s}).exitCode, 0);
        QVERIFY(things() != before);
        const auto removed = m_folder->run({u"job"_s, u"remove"_s, u"j"_s, u"--clean"_s});
        QVERIFY2(removed.exitCode == 0, removed.said().constData());
        QCOMPARE(things(), before);
    }

    void saysWhatIsWrong()
    {
        QCOMPARE(m_folder->run({u"job"_s, u"log"_s, u"j.json"_s, u"start"_s}).exitCode, 4);
        QCOMPARE(m_folder->run({u"job"_s, u"log"_s, u"j.json"_s}).exitCode, 4);
        m_folder->job(u"h"_s, R"("tables": ["t"])");
        const auto none = m_folder->run({u"job"_s, u"log"_s, u"h.json"_s, u"install"_s});
        QCOMPARE(none.exitCode, 4);
        QVERIFY2(none.out.contains("No table of this job finds its changes by a change log."), none.said().constData());

        m_folder->sql(u"a.db"_s, "CREATE UNIQUE INDEX i ON t (lower(v))");
        const auto refused = m_folder->run({u"job"_s, u"log"_s, u"j.json"_s, u"install"_s});
        QVERIFY2(refused.exitCode == 4, refused.said().constData());
        QVERIFY2(refused.out.contains("t: Triggers cannot see all changes of this table. It has a unique index on an "
                                      "expression: rows that REPLACE deletes cannot be told.\n"),
                 refused.said().constData());
        const auto run = m_folder->run({u"run"_s, u"j.json"_s});
        QVERIFY2(run.exitCode == 0, run.said().constData());
        QVERIFY2(run.out.contains("t: Triggers cannot see all changes of this table, so everything was compared."),
                 run.said().constData());
    }

    void keepsTheSettingOfATable()
    {
        m_folder->job(u"m"_s, R"("tables": [{"source": "t", "detect": {"by": "log"}}, "u"])");
        QCOMPARE(m_folder->run({u"job"_s, u"log"_s, u"m.json"_s, u"install"_s}).exitCode, 0);
        const auto state = m_folder->json({u"job"_s, u"log"_s, u"m.json"_s, u"state"_s});
        QCOMPARE(state.json().value("logs"_L1).toArray().size(), 1);
    }

private:
    QStringList things() const
    {
        return m_folder->sql(u"a.db"_s, "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2");
    }
    QJsonObject ran() const
    {
        return m_folder->json({u"run"_s, u"j.json"_s}).json().value("tables"_L1).toArray().first().toObject();
    }
    QJsonValue whyWhole() const { return ran().value("whyWhole"_L1); }

    std::unique_ptr<CliFolder> m_folder;
};

QTEST_GUILESS_MAIN(TestCliLog)
#include "tst_clilog.moc"
