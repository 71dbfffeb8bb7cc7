// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>

#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// A job file under edits: what is changed, what stays, what is undone.
class TestJobDraft : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesAFileAsItIs();
    void setsAndRemovesKeys();
    void editsOfOneFieldAreOneStep();
    void undoesAndRedoes();
    void tellsWhatIsNotSaved();
    void listsTables();
    void keepsATablesRulesWhenOthersAreTicked();
    void swapsSides();
    void swapsWhatTablesName_data();
    void swapsWhatTablesName();
    void modeDropsWhatTheOtherRefuses_data();
    void modeDropsWhatTheOtherRefuses();
    void detectionKeepsItsForm();
    void filters_data();
    void filters();
    void columns();
    void columnsOnlyIsALeavingOut();
    void scalars_data();
    void scalars();
};

static QJsonObject parse(const char *json) { return QJsonDocument::fromJson(json).object(); }

static QJsonObject whole()
{
    return parse(R"({"tidemark": 1, "id": "6f1c0e0a-0000-4000-8000-000000000000", "name": "orders to warehouse",
        "source": "shop", "target": {"driver": "sqlite", "database": "warehouse.db"}, "mode": "update",
        "somethingNewer": {"a": [1, 2]},
        "tables": [{"source": ["public", "orders"], "target": "orders_copy", "key": ["id"],
                    "columns": [{"source": "Total", "target": "total"}, {"source": "note", "target": null}],
                    "where": "status <> 'draft'", "detect": {"by": "hash"}, "unknown": 7}, "lines"]})");
}

void TestJobDraft::leavesAFileAsItIs()
{
    JobDraft draft;
    draft.load(whole());
    draft.set(0, {u"compare"_s, u"case"_s}, false);
    draft.set(JobDraft::job, {u"batch"_s, u"rows"_s}, 10);
    draft.set(0, {u"compare"_s, u"case"_s}, QJsonValue(QJsonValue::Undefined));
    draft.set(JobDraft::job, {u"batch"_s, u"rows"_s}, QJsonValue(QJsonValue::Undefined));
    QCOMPARE(draft.json(), whole());
}

void TestJobDraft::setsAndRemovesKeys()
{
    JobDraft draft;
    draft.load(whole());
    draft.set(1, {u"guard"_s, u"rows"_s}, 5); // the short form becomes an object
    QCOMPARE(draft.value(1, {u"source"_s}).toString(), u"lines"_s);
    QCOMPARE(draft.value(1, {u"guard"_s, u"rows"_s}).toInt(), 5);
    draft.set(1, {u"guard"_s, u"rows"_s}, QJsonValue(QJsonValue::Undefined));
    QCOMPARE(draft.json().value("tables"_L1).toArray().at(1), QJsonValue(u"lines"_s));
    QVERIFY(draft.value(7, {u"key"_s}).isUndefined());
    QVERIFY(draft.value(0, {u"where"_s, u"source"_s}).isUndefined()); // it is a text
}

void TestJobDraft::editsOfOneFieldAreOneStep()
{
    JobDraft draft;
    draft.load(whole());
    for (const QString &name : {u"a"_s, u"ab"_s, u"abc"_s})
        draft.set(JobDraft::job, {u"name"_s}, name, u"name"_s);
    draft.set(JobDraft::job, {u"description"_s}, u"x"_s, u"description"_s);
    draft.seal();
    draft.set(JobDraft::job, {u"description"_s}, u"xy"_s, u"description"_s);
    draft.undo();
    QCOMPARE(draft.json().value("description"_L1).toString(), u"x"_s);
    draft.undo();
    QCOMPARE(draft.json().value("name"_L1).toString(), u"abc"_s);
    draft.undo();
    QCOMPARE(draft.json(), whole());
    QVERIFY(!draft.canUndo());
}

void TestJobDraft::undoesAndRedoes()
{
    JobDraft draft;
    draft.load(whole());
    QSignalSpy changed(&draft, &JobDraft::changed);
    draft.set(JobDraft::job, {u"mode"_s}, u"update"_s); // says nothing new
    QCOMPARE(changed.count(), 0);
    draft.set(JobDraft::job, {u"mode"_s}, u"mirror"_s);
    draft.undo();
    QVERIFY(draft.canRedo());
    draft.redo();
    QCOMPARE(draft.json().value("mode"_L1).toString(), u"mirror"_s);
    draft.undo();
    draft.set(JobDraft::job, {u"parallel"_s}, 4);
    QVERIFY(!draft.canRedo());
    QCOMPARE(changed.count(), 5);
    for (int i = 0; i < 600; ++i)
        draft.set(JobDraft::job, {u"parallel"_s}, i);
    int steps = 0;
    for (; draft.canUndo(); ++steps)
        draft.undo();
    QCOMPARE(steps, 500);
}

void TestJobDraft::tellsWhatIsNotSaved()
{
    JobDraft draft;
    draft.load(whole());
    QVERIFY(!draft.isChanged());
    draft.set(JobDraft::job, {u"parallel"_s}, 4);
    QVERIFY(draft.isChanged());
    draft.undo();
    QVERIFY(!draft.isChanged());
    draft.redo();
    draft.markSaved();
    QVERIFY(!draft.isChanged());
    draft.undo();
    QVERIFY(draft.isChanged());
}

void TestJobDraft::listsTables()
{
    const QJsonObject job = whole();
    QVERIFY(!draft::allTables(job));
    QCOMPARE(draft::tables(job), (QList<TableName>{{u"public"_s, u"orders"_s}, {{}, u"lines"_s}}));
    QCOMPARE(draft::indexOf(job, {{}, u"orders"_s}), 0);
    QCOMPARE(draft::indexOf(job, {u"public"_s, u"orders"_s}), 0);
    QCOMPARE(draft::indexOf(job, {u"other"_s, u"orders"_s}), -1);
    QCOMPARE(draft::indexOf(job, {{}, u"nothing"_s}), -1);
    QCOMPARE(draft::targetOf(job.value("tables"_L1).toArray().at(0)), std::optional(TableName{{}, u"orders_copy"_s}));
    QVERIFY(!draft::targetOf(job.value("tables"_L1).toArray().at(1)));
    QVERIFY(draft::allTables(draft::withAllTables(job)));
    QVERIFY(draft::tables(draft::withAllTables(job)).isEmpty());
    const QJsonObject mapped = draft::withTarget(job, 1, TableName{u"s"_s, u"zeilen"_s});
    QCOMPARE(mapped.value("tables"_L1).toArray().at(1),
             QJsonValue(parse(R"({"source": "lines", "target": ["s", "zeilen"]})")));
    QCOMPARE(draft::withTarget(mapped, 1, std::nullopt), job);
}

void TestJobDraft::keepsATablesRulesWhenOthersAreTicked()
{
    const QJsonObject job = whole();
    QJsonObject other = draft::withTaken(job, {{{}, u"customers"_s}, {{}, u"lines"_s}}, true);
    QCOMPARE(draft::tables(other).size(), qsizetype(3));
    QCOMPARE(other.value("tables"_L1).toArray().at(0), job.value("tables"_L1).toArray().at(0));
    other = draft::withTaken(other, {{{}, u"customers"_s}}, false);
    QCOMPARE(other, job);
    // A namesake in another schema is another table.
    QCOMPARE(draft::tables(draft::withTaken(job, {{u"other"_s, u"orders"_s}}, true)).size(), qsizetype(3));
    QCOMPARE(draft::withTaken(job, {{u"other"_s, u"orders"_s}}, false), job);
    const QJsonObject turned = draft::withTables(job, {{{}, u"lines"_s}, {u"public"_s, u"orders"_s}});
    QCOMPARE(turned.value("tables"_L1).toArray().at(1), job.value("tables"_L1).toArray().at(0));
}

void TestJobDraft::swapsSides()
{
    const QJsonObject job = draft::swapped(whole());
    QVERIFY(job.value("source"_L1).isObject());
    QCOMPARE(job.value("target"_L1).toString(), u"shop"_s);
    QCOMPARE(job.value("tables"_L1).toArray().at(1), QJsonValue(u"lines"_s));
    QCOMPARE(draft::swapped(job), whole());
    QVERIFY(!draft::swapped({{u"source"_s, u"a"_s}}).contains("source"_L1));
}

void TestJobDraft::swapsWhatTablesName_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("swapped");
    const auto row = [](const char *name, const char *table, const char *swapped) {
        QTest::newRow(name) << QByteArray(table) << QByteArray(swapped);
    };
    row("matched by name", R"({"source": "t", "key": ["id"]})", R"({"source": "t", "key": ["id"]})");
    row("named", R"({"source": ["s", "t"], "target": "u"})", R"({"source": "u", "target": ["s", "t"]})");
    row("columns", R"({"source": "t", "columns": [{"source": "a", "target": "b", "write": false}]})",
        R"({"source": "t", "columns": [{"source": "b", "target": "a", "write": false}]})");
    row("left out", R"({"source": "t", "columns": [{"source": "a", "target": null}]})",
        R"({"source": "t", "columns": [{"source": "a", "target": null}]})");
    row("the key's column", R"({"source": "t", "key": ["a", "c"], "columns": [{"source": "a", "target": "b"}]})",
        R"({"source": "t", "key": ["b", "c"], "columns": [{"source": "b", "target": "a"}]})");
    row("the cursor's column",
        R"({"source": "t", "detect": {"by": "flag", "column": "a"}, "columns": [{"source": "a", "target": "b"}]})",
        R"({"source": "t", "detect": {"by": "flag", "column": "b"}, "columns": [{"source": "b", "target": "a"}]})");
    row("a filter", R"({"source": "t", "where": "x"})", R"({"source": "t", "where": {"target": "x"}})");
    row("two filters", R"({"source": "t", "where": {"source": "x", "target": "y"}})",
        R"({"source": "t", "where": {"source": "y", "target": "x"}})");
}

void TestJobDraft::swapsWhatTablesName()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, swapped);
    const QJsonObject job{{u"tables"_s, QJsonArray{parse(table.constData())}}};
    const QJsonObject other = draft::swapped(job);
    QCOMPARE(other, (QJsonObject{{u"tables"_s, QJsonArray{parse(swapped.constData())}}}));
    QCOMPARE(draft::swapped(other), job);
}

void TestJobDraft::modeDropsWhatTheOtherRefuses_data()
{
    QTest::addColumn<QByteArray>("job");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QByteArray>("result");
    QTest::newRow("ignore in a mirror") << QByteArray(R"({"deletes": "ignore"})") << u"mirror"_s
                                        << QByteArray(R"({"mode": "mirror"})");
    QTest::newRow("propagate stays in a mirror") << QByteArray(R"({"deletes": "propagate"})") << u"mirror"_s
                                                 << QByteArray(R"({"mode": "mirror", "deletes": "propagate"})");
    QTest::newRow("propagate in an update")
        << QByteArray(R"({"deletes": "propagate"})") << u"update"_s << QByteArray(R"({"mode": "update"})");
    QTest::newRow("of a table") << QByteArray(R"({"tables": [{"source": "t", "deletes": "propagate"}]})") << u"update"_s
                                << QByteArray(R"({"mode": "update", "tables": [{"source": "t"}]})");
    QTest::newRow("keys of an update") << QByteArray(R"({"keyCompare": "1d", "detect": {"by": "timestamp"}})")
                                       << u"update"_s
                                       << QByteArray(R"({"mode": "update", "detect": {"by": "timestamp"}})");
    QTest::newRow("keys of a mirror")
        << QByteArray(R"({"keyCompare": "1d", "detect": {"by": "timestamp"}})") << u"mirror"_s
        << QByteArray(R"({"mode": "mirror", "keyCompare": "1d", "detect": {"by": "timestamp"}})");
    QTest::newRow("keys with hash") << QByteArray(R"({"keyCompare": "1d"})") << u"mirror"_s
                                    << QByteArray(R"({"mode": "mirror"})");
    QTest::newRow("keys for a table that has a cursor")
        << QByteArray(R"({"keyCompare": "1d", "tables": [{"source": "t", "detect": {"by": "flag"}}]})") << u"mirror"_s
        << QByteArray(
               R"({"mode": "mirror", "keyCompare": "1d", "tables": [{"source": "t", "detect": {"by": "flag"}}]})");
}

void TestJobDraft::modeDropsWhatTheOtherRefuses()
{
    QFETCH(QByteArray, job);
    QFETCH(QString, mode);
    QFETCH(QByteArray, result);
    QCOMPARE(draft::withMode(parse(job.constData()), mode), parse(result.constData()));
}

void TestJobDraft::detectionKeepsItsForm()
{
    const QJsonObject job = parse(R"({"mode": "update", "detect": {"source": {"by": "timestamp", "column": "at"}},
        "tables": ["t"]})");
    QCOMPARE(draft::detectOf(job.value("detect"_L1)).value("column"_L1).toString(), u"at"_s);
    const QJsonObject flagged = draft::withDetect(job, JobDraft::job, {{u"by"_s, u"hash"_s}});
    QCOMPARE(flagged.value("detect"_L1), QJsonValue(parse(R"({"source": {"by": "hash"}})")));
    QVERIFY(!draft::withDetect(job, JobDraft::job, {}).contains("detect"_L1));
    const QJsonObject ofTable = draft::withDetect(job, 0, {{u"by"_s, u"hash"_s}});
    QCOMPARE(ofTable.value("tables"_L1).toArray().at(0),
             QJsonValue(parse(R"({"source": "t", "detect": {"by": "hash"}})")));
    QCOMPARE(draft::withDetect(ofTable, 0, {}), job);
    // The target's own, of a two-way job.
    const QJsonObject both =
        parse(R"({"mode": "two-way", "detect": {"by": "timestamp", "column": "at"}, "tables": ["t"]})");
    const QJsonObject apart =
        draft::withTargetDetect(both, JobDraft::job, {{u"by"_s, u"version"_s}, {u"column"_s, u"v"_s}});
    QCOMPARE(apart.value("detect"_L1), QJsonValue(parse(R"({"source": {"by": "timestamp", "column": "at"},
        "target": {"by": "version", "column": "v"}})")));
    QCOMPARE(draft::targetDetectOf(apart.value("detect"_L1)).value("column"_L1).toString(), u"v"_s);
    QCOMPARE(draft::withTargetDetect(apart, JobDraft::job, {}), both);
    const QJsonObject other = draft::withDetect(apart, JobDraft::job, {{u"by"_s, u"version"_s}, {u"column"_s, u"n"_s}});
    QCOMPARE(other.value("detect"_L1), QJsonValue(parse(R"({"source": {"by": "version", "column": "n"},
        "target": {"by": "version", "column": "v"}})")));
    QCOMPARE(draft::withDetect(apart, JobDraft::job, {{u"by"_s, u"hash"_s}}).value("detect"_L1),
             QJsonValue(parse(R"({"by": "hash"})"))); // one side is never read whole alone
    const QJsonObject table = draft::withTargetDetect(draft::withDetect(both, 0, {{u"by"_s, u"log"_s}}), 0,
                                                      {{u"by"_s, u"timestamp"_s}, {u"column"_s, u"m"_s}});
    QCOMPARE(table.value("tables"_L1).toArray().at(0), QJsonValue(parse(R"({"source": "t",
        "detect": {"source": {"by": "log"}, "target": {"by": "timestamp", "column": "m"}}})")));
}

void TestJobDraft::filters_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<bool>("target");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("one") << QByteArray(R"({})") << false << u"a"_s << QByteArray(R"({"where": "a"})");
    QTest::newRow("its end") << QByteArray(R"({"where": "a"})") << false << QString() << QByteArray(R"({})");
    QTest::newRow("a second") << QByteArray(R"({"where": "a"})") << true << u"b"_s
                              << QByteArray(R"({"where": {"source": "a", "target": "b"}})");
    QTest::newRow("the second alone") << QByteArray(R"({})") << true << u"b"_s
                                      << QByteArray(R"({"where": {"target": "b"}})");
    QTest::newRow("the form stays") << QByteArray(R"({"where": {"source": "a", "target": "b"}})") << true << QString()
                                    << QByteArray(R"({"where": {"source": "a"}})");
}

void TestJobDraft::filters()
{
    QFETCH(QByteArray, before);
    QFETCH(bool, target);
    QFETCH(QString, sql);
    QFETCH(QByteArray, after);
    const auto job = [](const QByteArray &table) {
        QJsonObject object = parse(table.constData());
        object["source"_L1] = u"t"_s;
        return QJsonObject{{u"tables"_s, QJsonArray{object.size() == 1 ? QJsonValue(u"t"_s) : QJsonValue(object)}}};
    };
    const QJsonObject result = draft::withWhere(job(before), 0, target, sql);
    QCOMPARE(result, job(after));
    QCOMPARE(draft::whereOf(result.value("tables"_L1).toArray().at(0).toObject().value("where"_L1), target), sql);
}

void TestJobDraft::columns()
{
    QJsonObject job = whole();
    const auto column = [&job](const QString &name) {
        return draft::columnOf(job.value("tables"_L1).toArray().at(0).toObject(), name);
    };
    QCOMPARE(column(u"Total"_s).value("target"_L1).toString(), u"total"_s);
    QCOMPARE(column(u"TOTAL_"_s), column(u"Total"_s)); // as a run finds it
    QVERIFY(column(u"qty"_s).isEmpty());
    job = draft::withColumn(job, 0, u"qty"_s, {{u"compare"_s, false}});
    QCOMPARE(column(u"qty"_s), parse(R"({"source": "qty", "compare": false})"));
    job = draft::withColumn(job, 0, u"total"_s, {{u"target"_s, u"sum"_s}});
    QCOMPARE(column(u"Total"_s), parse(R"({"source": "Total", "target": "sum"})"));
    job = draft::withColumn(job, 0, u"qty"_s, {});
    QVERIFY(column(u"qty"_s).isEmpty());
    QCOMPARE(job.value("tables"_L1).toArray().at(0).toObject().value("columns"_L1).toArray().size(), qsizetype(2));
}

void TestJobDraft::columnsOnlyIsALeavingOut()
{
    QJsonObject job = parse(R"({"tables": [{"source": "t", "columnsOnly": true, "columns": [{"source": "a"}]}]})");
    job = draft::withColumn(job, 0, u"b"_s, {});
    const auto list = [&job] {
        return job.value("tables"_L1).toArray().at(0).toObject().value("columns"_L1).toArray();
    };
    QCOMPARE(list().size(), qsizetype(2)); // named, though it says nothing else
    job = draft::withColumn(job, 0, u"b"_s, {{u"target"_s, QJsonValue::Null}});
    QCOMPARE(list().size(), qsizetype(1));
}

void TestJobDraft::scalars_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("number") << u"12"_s << QJsonValue(12);
    QTest::newRow("negative") << u"-1"_s << QJsonValue(-1);
    QTest::newRow("leading zero") << u"01"_s << QJsonValue(u"01"_s);
    QTest::newRow("true") << u"true"_s << QJsonValue(true);
    QTest::newRow("text") << u"new"_s << QJsonValue(u"new"_s);
}

void TestJobDraft::scalars()
{
    QFETCH(QString, text);
    QFETCH(QJsonValue, value);
    QCOMPARE(draft::scalarOf(text), value);
    QCOMPARE(draft::scalarText(value), text);
}

QTEST_APPLESS_MAIN(TestJobDraft)
#include "tst_jobdraft.moc"
