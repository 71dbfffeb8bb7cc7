// SPDX-License-Identifier: GPL-3.0-or-later
// Runs are taken back, and rows looked back upon, through the real command line, on SQLite files.

#include <memory>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray schema = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, amount DECIMAL(10,2));";
constexpr auto all = "SELECT * FROM orders ORDER BY id";

QList<int> toTarget(const QJsonObject &report)
{
    const QJsonObject counts = report.value("tables"_L1).toArray().at(0).toObject().value("toTarget"_L1).toObject();
    return {counts.value("insert"_L1).toInt(-1), counts.value("update"_L1).toInt(-1),
            counts.value("delete"_L1).toInt(-1)};
}

} // namespace

class TestCliUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesARunBack();
    void changedRowsNeedAPerson();
    void filledTablesAskBeforeTheyAreEmptied();
    void oneRow();
    void history();
    void aRunWithoutAJobFile();
    void whatCannotBeUndone();
    void removedJobsLeaveNothing();
    void inBothLanguages();

private:
    QString run(const QStringList &more = {})
    {
        const auto outcome = m_folder->json(QStringList{u"run"_s, u"j.json"_s} + more);
        if (outcome.exitCode != 0)
            qFatal("%s", outcome.said().constData());
        return outcome.json().value("run"_L1).toString();
    }
    QStringList target() const { return m_folder->sql(u"b.db"_s, all); }
    QString undoFile(const QString &run) const { return m_folder->path(u"workspace/undo/"_s + run + u".db"_s); }

    std::unique_ptr<CliFolder> m_folder;
};

void TestCliUndo::init()
{
    m_folder = std::make_unique<CliFolder>();
    m_folder->sql(u"a.db"_s,
                  schema
                      + "INSERT INTO orders VALUES (1, 'one', 1.5), (2, 'two', 2), (3, 'it''s', 3), (5, 'five', 5);");
    m_folder->sql(u"b.db"_s,
                  schema + "INSERT INTO orders VALUES (1, 'other', 1.5), (2, 'two', 2), (3, 'it''s', 3), (9, 'x', 9);");
    m_folder->job(u"j"_s, R"("tables": "*")");
}

void TestCliUndo::takesARunBack()
{
    const QStringList before = target();
    const QString first = run();
    const QStringList after = target();
    QCOMPARE(QFileInfo(undoFile(first)).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto undo = m_folder->json({u"undo"_s, first});
    QVERIFY2(undo.exitCode == 0, undo.said().constData());
    QCOMPARE(target(), before);
    const QJsonObject report = undo.json();
    QCOMPARE(toTarget(report), (QList<int>{1, 1, 1}));
    QCOMPARE(report.value("undoes"_L1).toString(), first);
    QCOMPARE(report.value("state"_L1).toString(), u"completed"_s);
    const QString second = report.value("run"_L1).toString();
    QVERIFY(second > first);
    const QJsonObject undone = report.value("undone"_L1).toArray().at(0).toObject();
    QCOMPARE(undone.value("comesBack"_L1).toBool(), true);
    const auto twice = m_folder->json({u"undo"_s, first});
    QCOMPARE(twice.exitCode, 4);
    QCOMPARE(twice.code(), u"undone-already"_s);
    QCOMPARE(m_folder->run({u"undo"_s, second}).exitCode, 0);
    QCOMPARE(target(), after);
    const QJsonArray runs = m_folder->json({u"history"_s}).json().value("runs"_L1).toArray();
    QCOMPARE(runs.size(), 3);
    QCOMPARE(runs.at(0).toObject().value("undoes"_L1).toString(), second);
    QVERIFY(runs.at(2).toObject().value("undoes"_L1).isNull());
    QVERIFY(QDir(m_folder->path(u"workspace/undo"_s)).entryList({u"*.plan"_s}).isEmpty());
}

void TestCliUndo::changedRowsNeedAPerson()
{
    const QString first = run();
    m_folder->sql(u"b.db"_s, "UPDATE orders SET note = 'mine' WHERE id = 1");
    const auto undo = m_folder->run({u"undo"_s, first});
    QCOMPARE(undo.exitCode, 1);
    QVERIFY2(undo.out.contains("1 row changed since the run; left as it is."), undo.said().constData());
    QVERIFY2(undo.out.contains("orders (1)"), undo.said().constData());
    QCOMPARE(target(), (QStringList{u"1|mine|1.5"_s, u"2|two|2"_s, u"3|it's|3"_s, u"9|x|9"_s}));
    // Put back by hand, there is nothing left to do.
    m_folder->sql(u"b.db"_s, "UPDATE orders SET note = 'other' WHERE id = 1");
    const auto again = m_folder->run({u"undo"_s, first});
    QVERIFY2(again.exitCode == 0 && again.out.contains("3 rows are as they were before the run already"),
             again.said().constData());
    QCOMPARE(m_folder->json({u"undo"_s, first}).code(), u"undone-already"_s);
}

void TestCliUndo::filledTablesAskBeforeTheyAreEmptied()
{
    m_folder->sql(u"b.db"_s, "DELETE FROM orders");
    const QString first = run();
    QCOMPARE(target().size(), 4);
    const auto asks = m_folder->run({u"undo"_s, first});
    QCOMPARE(asks.exitCode, 1);
    QVERIFY2(asks.out.contains("--allow-deletes 4"), asks.said().constData());
    QCOMPARE(target().size(), 4);
    QCOMPARE(m_folder->run({u"undo"_s, first, u"--allow-deletes"_s, u"x"_s}).exitCode, 4);
    m_folder->sql(u"b.db"_s, "UPDATE orders SET note = 'mine' WHERE id = 1");
    const auto changed = m_folder->json({u"undo"_s, first, u"--yes"_s});
    QCOMPARE(changed.exitCode, 4);
    QCOMPARE(changed.code(), u"undo-load-changed"_s);
    QCOMPARE(target().size(), 4);
    m_folder->sql(u"b.db"_s, "UPDATE orders SET note = 'one' WHERE id = 1");
    const auto emptied = m_folder->json({u"undo"_s, first, u"--allow-deletes"_s, u"4"_s});
    QCOMPARE(emptied.exitCode, 0);
    QCOMPARE(target().size(), 0);
    QVERIFY(!emptied.err.contains("--yes"));
    const QString second = run();
    const auto waived = m_folder->run({u"undo"_s, second, u"--yes"_s});
    QVERIFY2(waived.exitCode == 0 && waived.err.contains("--yes waived the guard: 4 rows deleted"),
             waived.said().constData());
}

void TestCliUndo::oneRow()
{
    const QString first = run();
    QCOMPARE(m_folder->json({u"undo"_s, first, u"--key"_s, u"id=2"_s}).code(), u"undo-missing"_s);
    for (const char *bad : {"id", "=3", "nr=3", "id=three"}) {
        const auto outcome = m_folder->json({u"undo"_s, first, u"--key"_s, QString::fromLatin1(bad)});
        QCOMPARE(outcome.exitCode, 4);
        QCOMPARE(outcome.code(), u"usage"_s);
    }
    QCOMPARE(m_folder->run({u"undo"_s, first, u"--key"_s, u"id=9"_s}).exitCode, 0);
    QCOMPARE(target(), (QStringList{u"1|one|1.5"_s, u"2|two|2"_s, u"3|it's|3"_s, u"5|five|5"_s, u"9|x|9"_s}));
    QCOMPARE(m_folder->run({u"undo"_s, first}).exitCode, 0); // the rest
    QCOMPARE(target().size(), 4);
}

void TestCliUndo::history()
{
    const QString first = run();
    m_folder->sql(u"a.db"_s, "UPDATE orders SET note = 'five again' WHERE id = 5");
    const QString second = run();
    const auto outcome = m_folder->json({u"history"_s, u"j.json"_s, u"--key"_s, u"id=5"_s});
    QCOMPARE(outcome.exitCode, 0);
    const QJsonArray changes = outcome.json().value("changes"_L1).toArray();
    QCOMPARE(changes.size(), 2);
    const QJsonObject update = changes.at(0).toObject();
    QCOMPARE(update.value("run"_L1).toString(), second);
    QCOMPARE(update.value("decision"_L1).toString(), u"update-target"_s);
    QCOMPARE(update.value("reason"_L1).toString(), u"cells-differ"_s);
    QCOMPARE(update.value("before"_L1).toObject().value("note"_L1).toString(), u"five"_s);
    QCOMPARE(update.value("after"_L1).toObject().value("note"_L1).toString(), u"five again"_s);
    const QJsonObject insert = changes.at(1).toObject();
    QCOMPARE(insert.value("run"_L1).toString(), first);
    QVERIFY(insert.value("before"_L1).isNull());
    QCOMPARE(insert.value("after"_L1).toObject().value("note"_L1).toString(), u"five"_s);
    const auto text = m_folder->run({u"history"_s, u"j.json"_s, u"--key"_s, u"id=5"_s});
    QVERIFY2(text.out.contains("'five' → 'five again'") && text.out.contains("the source had other values"),
             text.said().constData());
    QVERIFY(m_folder->run({u"history"_s, u"j.json"_s, u"--key"_s, u"id=2"_s}).out.contains("wrote this row"));
    QCOMPARE(m_folder->json({u"history"_s, u"--key"_s, u"id=5"_s}).code(), u"usage"_s);
    QCOMPARE(m_folder->json({u"history"_s, u"j.json"_s, u"--table"_s, u"orders"_s}).code(), u"usage"_s);
    QCOMPARE(m_folder->json({u"history"_s, u"j.json"_s, u"--key"_s, u"name=5"_s}).code(), u"usage"_s);
}

void TestCliUndo::aRunWithoutAJobFile()
{
    const QStringList before = target();
    const auto outcome = m_folder->json({u"run"_s, u"--source"_s, u"a.db"_s, u"--target"_s, u"b.db"_s});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(m_folder->run({u"undo"_s, outcome.json().value("run"_L1).toString()}).exitCode, 0);
    QCOMPARE(target(), before);
}

void TestCliUndo::whatCannotBeUndone()
{
    QCOMPARE(m_folder->json({u"undo"_s, u"yesterday"_s}).code(), u"no-such-run"_s);
    QCOMPARE(m_folder->json({u"undo"_s, u"../journal"_s}).code(), u"no-such-run"_s);
    QCOMPARE(m_folder->json({u"undo"_s}).code(), u"usage"_s);
    const QString first = run();
    const QString idle = run();
    const auto nothing = m_folder->run({u"undo"_s, idle});
    QVERIFY2(nothing.exitCode == 0 && nothing.out.contains("nothing to undo"), nothing.said().constData());
    QVERIFY(m_folder->json({u"undo"_s, idle}).json().value("run"_L1).isNull());
    // Other columns.
    for (const QString &file : {u"a.db"_s, u"b.db"_s})
        m_folder->sql(file, "ALTER TABLE orders ADD COLUMN more TEXT");
    const auto other = m_folder->json({u"undo"_s, first});
    QCOMPARE(other.exitCode, 4);
    QCOMPARE(other.code(), u"undo-outdated"_s);
    // Damaged, then gone.
    QFile file(undoFile(first));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(5000));
    file.close();
    const auto damaged = m_folder->json({u"undo"_s, first});
    QCOMPARE(damaged.exitCode, 4);
    QCOMPARE(damaged.code(), u"database-damaged"_s);
    const auto history = m_folder->json({u"history"_s, u"j.json"_s, u"--key"_s, u"id=1"_s});
    QCOMPARE(history.exitCode, 0);
    QCOMPARE(history.json().value("damaged"_L1).toArray().at(0).toString(), undoFile(first));
    QVERIFY(QFile::remove(undoFile(first)));
    QCOMPARE(m_folder->json({u"undo"_s, first}).code(), u"undo-missing"_s);
    // None is kept.
    m_folder->write(u"k.json"_s,
                    m_folder->read(u"j.json"_s)
                        .replace("\"j\"", "\"k\"")
                        .replace("\"tables\"", R"("undo": {"days": 0}, "tables")"));
    m_folder->sql(u"a.db"_s, "UPDATE orders SET note = 'k' WHERE id = 5");
    const auto unkept = m_folder->json({u"run"_s, u"k.json"_s});
    const QString last = unkept.json().value("run"_L1).toString();
    QVERIFY(!QFile::exists(undoFile(last)));
    QCOMPARE(m_folder->json({u"undo"_s, last}).code(), u"undo-missing"_s);
}

void TestCliUndo::removedJobsLeaveNothing()
{
    QCOMPARE(m_folder->run({u"job"_s, u"import"_s, u"j.json"_s}).exitCode, 0);
    const auto outcome = m_folder->json({u"run"_s, u"j"_s});
    const QString first = outcome.json().value("run"_L1).toString();
    QVERIFY2(QFile::exists(undoFile(first)), outcome.said().constData());
    QCOMPARE(m_folder->run({u"job"_s, u"remove"_s, u"j"_s}).exitCode, 0);
    QVERIFY(!QFile::exists(undoFile(first)));
}

void TestCliUndo::inBothLanguages()
{
    const QString first = run();
    const auto help = m_folder->run({u"undo"_s, u"--help"_s});
    QVERIFY2(help.out.contains("undo RUN") && help.out.contains("--key COL=VALUE"), help.said().constData());
    QVERIFY(m_folder->run({u"--help"_s}).out.contains("undo RUN"));
    const auto chinese = m_folder->run({u"undo"_s, first}, u"zh_CN.UTF-8"_s);
    QVERIFY2(chinese.out.contains("这次撤销是运行"), chinese.said().constData());
}

QTEST_GUILESS_MAIN(TestCliUndo)
#include "tst_cliundo.moc"
