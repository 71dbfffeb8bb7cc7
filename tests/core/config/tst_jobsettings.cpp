// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QTest>

#include "core/config/jobsettings.h"
#include "core/config/jsontext.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

class Connections final : public ConnectionLookup
{
public:
    Result<ConnectionSettings> connection(const QString &name) const override
    {
        if (name != "shop"_L1 && name != "copy"_L1)
            return fail(Error{ErrorCode::NoSuchConnection, {}, {}}.with(Fact::Connection, name));
        ConnectionSettings settings;
        settings.name = name;
        settings.database = u"/data/"_s + name + u".db"_s;
        return settings;
    }
};

// The smallest job, with `more` in it; what `more` states replaces the rest.
QByteArray job(const QByteArray &more, const char *mode = "mirror")
{
    QJsonObject json = QJsonDocument::fromJson('{' + more + '}').object();
    const QJsonObject least{{u"tidemark"_s, 1},
                            {u"name"_s, u"j"_s},
                            {u"source"_s, u"shop"_s},
                            {u"target"_s, u"copy"_s},
                            {u"mode"_s, QString::fromLatin1(mode)},
                            {u"tables"_s, u"*"_s}};
    for (auto it = least.begin(); it != least.end(); ++it) {
        if (!json.contains(it.key()))
            json.insert(it.key(), it.value());
    }
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Result<JobSettings> parse(const QByteArray &text)
{
    const auto json = parseJson(text, u"/jobs/j.json"_s);
    if (!json)
        return fail(json.error());
    return jobFromJson(*json, u"/jobs/j.json"_s, Connections());
}

} // namespace

class TestJobSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void accepts_data();
    void accepts();
    void everyRequiredKeyIsRequired();
    void defaults();
    void defaultsDependOnModeAndTransaction();
    void tablesInheritFromTheJob();
    void whereBelongsToSides();
    void columns();
    void flagValuesAreText();
    void inlineConnectionsAreRelativeToTheFile();
};

void TestJobSettings::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected"); // "*": anything
    const auto row = [](const char *name, const QByteArray &text, ErrorCode code, const char *path,
                        const char *expected = "*") {
        QTest::newRow(name) << text << static_cast<int>(code) << QString::fromUtf8(path) << QString::fromUtf8(expected);
    };
    const auto wrongType = ErrorCode::WrongType;
    const auto wrongValue = ErrorCode::WrongValue;
    const auto unknown = ErrorCode::UnknownKey;
    const auto later = ErrorCode::NotAvailable;

    row("not json", "{", ErrorCode::NotJson, "");
    row("empty", "", ErrorCode::NotJson, "");
    row("a list", "[]", wrongType, "", "object");
    row("trailing comma", R"({"tidemark": 1,})", ErrorCode::NotJson, "");
    row("doubled key", R"({"tidemark": 1, "tidemark": 1})", ErrorCode::DuplicateName, "tidemark");
    row("doubled key within", R"({"tables": [{}, {"key": ["a"], "k\u0065y": []}]})", ErrorCode::DuplicateName,
        "tables[1].key");
    row("newer", R"({"tidemark": 2, "brandNew": {}})", ErrorCode::WorkspaceNewer, "tidemark", "1");
    row("version is text", job(R"("tidemark": "1")"), wrongType, "tidemark", "integer");
    row("version zero", job(R"("tidemark": 0)"), wrongValue, "tidemark");

    row("unknown key, near", job(R"("detekt": {})"), unknown, "detekt", "detect");
    row("unknown key, case", job(R"("Tables": [])"), unknown, "Tables", "tables");
    row("unknown key, odd", job(R"("a b": 1)"), unknown, R"(["a b"])");
    row("unknown in table", job(R"("tables": [{"source": "t", "colums": []}])"), unknown, "tables[0].colums",
        "columns");
    row("unknown in column", job(R"("tables": ["a", {"source": "t", "columns": [{"source": "x", "zones": null}]}])"),
        unknown, "tables[1].columns[0].zones", "zone");
    row("unknown in guard", job(R"("guard": {"row": 1})"), unknown, "guard.row", "rows");
    row("unknown in compare", job(R"("compare": {"spaces": true})"), unknown, "compare.spaces");
    row("unknown in batch", job(R"("batch": {"size": 1})"), unknown, "batch.size");
    row("unknown in retry", job(R"("retry": {"tries": 1})"), unknown, "retry.tries");

    row("empty name", job(R"("name": "")"), wrongValue, "name");
    row("name is a number", job(R"("name": 5)"), wrongType, "name", "string");
    row("line end in name", job(R"("name": "a\nb")"), wrongValue, "name");
    row("id", job(R"("id": "42")"), wrongValue, "id", "uuid");
    row("id null", job(R"("id": null)"), wrongType, "id", "string");
    row("enabled", job(R"("enabled": "yes")"), wrongType, "enabled", "boolean");
    row("mode", job(R"("mode": "merge")"), wrongValue, "mode", R"("update" | "mirror" | "two-way")");
    row("mode is a number", job(R"("mode": 1)"), wrongType, "mode", R"("update" | "mirror" | "two-way")");
    row("source is a number", job(R"("source": 1)"), wrongType, "source", "connection");
    row("no such connection", job(R"("source": "shp")"), ErrorCode::NoSuchConnection, "source", "");
    row("inline connection", job(R"("target": {"driver": "postgres", "database": "d"})"), ErrorCode::MissingKey,
        "target.host", "string");
    row("inline URL", job(R"("target": "postgres://u:p@h/d")"), ErrorCode::PasswordInClear, "target.password");
    row("inline clear password",
        job(R"("target": {"driver": "mysql", "host": "h", "database": "d", "password": "geheim"})"),
        ErrorCode::PasswordInClear, "target.password");
    row("checkpoint", job(R"("checkpoint": "source")"), wrongValue, "checkpoint", R"("target" | "journal")");
    row("transaction", job(R"("transaction": "row")"), wrongValue, "transaction", R"("batch" | "table" | "run")");
    row("parallel zero", job(R"("parallel": 0)"), wrongValue, "parallel", "1 … 64");
    row("parallel half", job(R"("parallel": 1.5)"), wrongType, "parallel", "integer");
    row("batch rows", job(R"("batch": {"rows": "many"})"), wrongType, "batch.rows", "integer");
    row("batch bytes number", job(R"("batch": {"bytes": 8388608})"), wrongType, "batch.bytes", "size");
    row("batch bytes unit", job(R"("batch": {"bytes": "8MB"})"), wrongValue, "batch.bytes", "size");
    row("retry delay", job(R"("retry": {"delay": "1 s"})"), wrongValue, "retry.delay", "duration");
    row("retry factor", job(R"("retry": {"factor": 0.5})"), wrongValue, "retry.factor");

    row("tables missing all", job(R"("tables": [])"), wrongValue, "tables", "non-empty");
    row("tables word", job(R"("tables": "all")"), wrongValue, "tables", R"(array | "*")");
    row("tables object", job(R"("tables": {})"), wrongType, "tables", R"(array | "*")");
    row("table number", job(R"("tables": [3])"), wrongType, "tables[0]", "string | [schema, table]");
    row("table parts", job(R"("tables": [["a", "b", "c"]])"), wrongValue, "tables[0]", "string | [schema, table]");
    row("table part type", job(R"("tables": [["a", 1]])"), wrongType, "tables[0][1]", "string");
    row("table without source", job(R"("tables": [{"target": "t"}])"), ErrorCode::MissingKey, "tables[0].source");
    row("table twice", job(R"("tables": ["t", {"source": "t"}])"), ErrorCode::DuplicateName, "tables[1]");
    row("target twice", job(R"("tables": [{"source": "a", "target": "t"}, {"source": "b", "target": "t"}])"),
        ErrorCode::DuplicateName, "tables[1]");
    row("key text", job(R"("tables": [{"source": "t", "key": "id"}])"), wrongType, "tables[0].key", "array");
    row("key empty", job(R"("tables": [{"source": "t", "key": []}])"), wrongValue, "tables[0].key", "non-empty");
    row("key twice", job(R"("tables": [{"source": "t", "key": ["a", "a"]}])"), ErrorCode::DuplicateName,
        "tables[0].key[1]");
    row("column without source", job(R"("tables": [{"source": "t", "columns": [{"target": "x"}]}])"),
        ErrorCode::MissingKey, "tables[0].columns[0].source");
    row("column twice", job(R"("tables": [{"source": "t", "columns": [{"source": "x"}, {"source": "x"}]}])"),
        ErrorCode::DuplicateName, "tables[0].columns[1]");
    row("column zone", job(R"("tables": [{"source": "t", "columns": [{"source": "x", "zone": "Mars/Base"}]}])"),
        wrongValue, "tables[0].columns[0].zone", "zone");
    row("column zero date", job(R"("tables": [{"source": "t", "columns": [{"source": "x", "zeroDate": null}]}])"),
        wrongType, "tables[0].columns[0].zeroDate", R"("refuse" | "null")");
    row("column nul", job(R"("tables": [{"source": "t", "columns": [{"source": "x", "nulByte": "keep"}]}])"),
        wrongValue, "tables[0].columns[0].nulByte");
    row("only without columns", job(R"("tables": [{"source": "t", "columnsOnly": true}])"), ErrorCode::MissingKey,
        "tables[0].columns");
    row("where empty", job(R"("tables": [{"source": "t", "where": " "}])"), wrongValue, "tables[0].where");
    row("where of the target", job(R"("tables": [{"source": "t", "where": "a = 1"}])"), ErrorCode::MissingKey,
        "tables[0].where.target", "target-filter");

    row("detect text", job(R"("detect": "hash")"), wrongType, "detect", "object");
    row("detect without by", job(R"("detect": {})"), ErrorCode::MissingKey, "detect.by");
    row("detect unknown", job(R"("detect": {"by": "magic"})"), wrongValue, "detect.by");
    row("detect hash column", job(R"("detect": {"by": "hash", "column": "c"})"), unknown, "detect.column");
    row("detect no column", job(R"("detect": {"by": "timestamp"})"), ErrorCode::MissingKey, "detect.column", "string");
    row("detect lag", job(R"("detect": {"by": "timestamp", "column": "c", "lag": 30})"), wrongType, "detect.lag",
        "duration");
    row("detect overlap", job(R"("detect": {"by": "version", "column": "c", "scope": "row", "overlap": 5})"),
        wrongValue, "detect.overlap");
    row("detect flag", job(R"("detect": {"by": "flag", "column": "c", "pending": 1})"), ErrorCode::MissingKey,
        "detect.done");
    row("detect flag same", job(R"("detect": {"by": "flag", "column": "c", "pending": 1, "done": "1"})"), wrongValue,
        "detect.done");
    row("detect flag null", job(R"("detect": {"by": "flag", "column": "c", "pending": null, "done": 1})"), wrongType,
        "detect.pending");

    row("mirror ignores", job(R"("deletes": "ignore")"), wrongValue, "deletes", R"("propagate")");
    row("update propagates", job(R"("deletes": "propagate")", "update"), wrongValue, "deletes", R"("ignore")");
    row("deletes", job(R"("deletes": true)"), wrongType, "deletes");
    row("keyCompare word", job(R"("keyCompare": "often", "detect": {"by": "timestamp", "column": "c"})"), wrongValue,
        "keyCompare", R"("always" | duration | "never")");
    row("keyCompare by hash", job(R"("keyCompare": "never")"), wrongValue, "keyCompare", R"("always")");
    row("keyCompare without deletes",
        job(R"("keyCompare": "1d", "detect": {"by": "timestamp", "column": "c"})", "update"), wrongValue, "keyCompare");
    row("keyCompare of a table", job(R"("tables": [{"source": "t", "keyCompare": "1d"}])"), wrongValue,
        "tables[0].keyCompare");
    row("guard percent", job(R"("guard": {"percent": 101})"), wrongValue, "guard.percent", "0 … 100");
    row("tolerance", job(R"("compare": {"floatTolerance": -1})"), wrongValue, "compare.floatTolerance");
    row("precision", job(R"("compare": {"timePrecision": "ns"})"), wrongValue, "compare.timePrecision");

    row("log has no column", job(R"("detect": {"by": "log", "column": "c"})"), unknown, "detect.column");
    row("log sees deletes", job(R"("keyCompare": "1d", "detect": {"by": "log"})", "mirror"), wrongValue, "keyCompare");
    row("later: target's log", job(R"("detect": {"source": {"by": "log"}, "target": {"by": "log"}})"), later,
        "detect.target", "");
    row("later: target's detection", job(R"("detect": {"source": {"by": "hash"}, "target": {"by": "hash"}})"), later,
        "detect.target", "");
    row("newest of what", job(R"("conflicts": {"policy": "newest"})"), ErrorCode::MissingKey, "conflicts.column",
        "string | object");
    row("margin for nothing", job(R"("conflicts": {"policy": "source", "margin": "5s"})"), wrongValue,
        "conflicts.margin", "newest-only");
    row("no policy", job(R"("conflicts": {"policy": "random"})"), wrongValue, "conflicts.policy");
    const auto soft = [](const char *text) -> QByteArray {
        return QByteArray("\"deletes\": {\"soft\": ") + text + '}';
    };
    row("soft without a column", job(soft(R"({"deleted": 1, "side": "source"})")), ErrorCode::MissingKey,
        "deletes.soft.column", "string");
    row("soft without a value", job(soft(R"({"column": "c", "side": "source"})")), ErrorCode::MissingKey,
        "deletes.soft.deleted", "string | number | boolean");
    row("soft by NULL", job(soft(R"({"column": "c", "deleted": null, "side": "source"})")), wrongType,
        "deletes.soft.deleted", "string | number | boolean");
    row("soft without a side", job(soft(R"({"column": "c", "deleted": 1})")), ErrorCode::MissingKey,
        "deletes.soft.side", R"("source" | "target")");
    row("soft at neither side", job(soft(R"({"column": "c", "deleted": 1, "side": "both"})")), wrongValue,
        "deletes.soft.side", R"("source" | "target")");
    row("an update marks nothing", job(soft(R"({"column": "c", "deleted": 1, "side": "target"})"), "update"),
        wrongValue, "deletes.soft.side", R"("source")");
    row("a mark without its opposite", job(soft(R"({"column": "c", "deleted": 2, "side": "target"})"), "mirror"),
        ErrorCode::MissingKey, "deletes.soft.present", "string | number | boolean");
    row("a mark like its opposite",
        job(soft(R"({"column": "c", "deleted": "x", "present": "x", "side": "target"})"), "mirror"), wrongValue,
        "deletes.soft.present", "other-than-deleted");
    row("a source is not unmarked",
        job(soft(R"({"column": "c", "deleted": 1, "present": 0, "side": "source"})"), "mirror"), wrongValue,
        "deletes.soft.present", "written-only");
    row("the mark is no column",
        job(soft(R"({"column": "c", "deleted": 1, "side": "target"})")
                + R"(, "tables": [{"source": "t", "columns": [{"source": "a", "target": "c"}]}])",
            "mirror"),
        wrongValue, "tables[0].columns[0].target", "other-than-mark");
    row("a schedule is read", job(R"("schedule": {"every": "soon"})"), wrongValue, "schedule.every", "duration");
    row("what follows a run is read", job(R"("afterRun": {"failure": 1})"), wrongType, "afterRun.failure", "array");
    row("a throttle is read", job(R"("throttle": {"rows": 0})"), wrongValue, "throttle.rows");
    row("undo days", job(R"("undo": {"days": -1})"), wrongValue, "undo.days");
    row("undo bytes", job(R"("undo": {"bytes": "much"})"), wrongValue, "undo.bytes");
    row("keep", job(R"("keep": "rows")"), wrongValue, "keep");
    row("rule of two-way jobs", job(R"("tables": [{"source": "t", "columns": [{"source": "x", "rule": "sum"}]}])"),
        wrongValue, "tables[0].columns[0].rule", "two-way-only");
    row("merge of two-way jobs", job(R"("conflicts": {"policy": "merge"})"), wrongValue, "conflicts.policy",
        R"("source" | "target" | "newest" | "ask")");
    row("first of two-way jobs", job(R"("conflicts": {"first": "source"})"), wrongValue, "conflicts.first",
        "two-way-only");
    row("column for nothing", job(R"("conflicts": {"column": "c"})"), wrongValue, "conflicts.column", "newest-only");
    row("later: mask", job(R"("tables": [{"source": "t", "columns": [{"source": "x", "mask": "hash"}]}])"), later,
        "tables[0].columns[0].mask", "");
    row("later: driver", job(R"("source": {"driver": "odbc", "database": "s"})"), later, "source.driver", "");
}

void TestJobSettings::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    QFETCH(QString, path);
    QFETCH(QString, expected);
    const auto result = parse(text);
    QVERIFY(!result);
    const Error &error = result.error();
    QCOMPARE(codeName(error.code), codeName(static_cast<ErrorCode>(code)));
    QCOMPARE(error.facts.value(Fact::JsonPath), path);
    QCOMPARE(error.facts.value(Fact::File), u"/jobs/j.json"_s);
    if (expected != "*"_L1)
        QCOMPARE(error.facts.value(Fact::Expected), expected);
    for (const QString &fact : error.facts)
        QVERIFY2(!fact.contains("geheim"_L1), "a password in a message");
    QCOMPARE(exitCode(error.code), 4);
}

void TestJobSettings::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("least") << job("");
    QTest::newRow("byte order mark") << "\xef\xbb\xbf" + job("");
    QTest::newRow("features off") << job(
        R"("schedule": null, "afterRun": null, "throttle": {"rows": null, "bytes": null},
        "undo": {"days": 30, "bytes": "1GiB"}, "conflicts": {"policy": "source", "margin": "0s"}, "keep": "cells")");
    QTest::newRow("the target's rows stay") << job(R"("conflicts": {"policy": "target"})");
    QTest::newRow("the newest stays") << job(R"("conflicts": {"policy": "newest", "column": "at", "margin": "2s"})");
    QTest::newRow("a table asks") << job(R"("tables": [{"source": "t", "conflicts": {"policy": "ask"}}])", "update");
    QTest::newRow("short tables") << job(R"("tables": ["orders", ["public", "a.b"]])");
    QTest::newRow("one side's detection") << job(R"("detect": {"source": {"by": "timestamp", "column": "c"}})");
    QTest::newRow("where for both") << job(R"("tables": [{"source": "t", "where": {"source": "a", "target": "b"}}])");
    QTest::newRow("update needs one where") << job(R"("tables": [{"source": "t", "where": "a"}])", "update");
    QTest::newRow("one source, two targets")
        << job(R"("tables": [{"source": "t", "target": "a"}, {"source": "t", "target": "b"}])");
    QTest::newRow("script") << job(R"("name": "订单 → 仓库 🌊", "tables": ["订单"])");
    QTest::newRow("keyCompare for one table")
        << job(R"("keyCompare": "1d", "tables": ["a", {"source": "b", "detect": {"by": "timestamp", "column": "c"}}])");
    QTest::newRow("keyCompare default anywhere") << job(R"("keyCompare": "always")", "update");
}

void TestJobSettings::accepts()
{
    QFETCH(QByteArray, text);
    const auto result = parse(text);
    if (!result)
        qWarning() << codeName(result.error().code) << result.error().facts.values();
    QVERIFY(result);
}

void TestJobSettings::everyRequiredKeyIsRequired()
{
    const auto whole = parseJson(job(""), {});
    for (const QString &key : whole->keys()) {
        QJsonObject json = *whole;
        json.remove(key);
        const auto result = jobFromJson(json, u"/jobs/j.json"_s, Connections());
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::MissingKey);
        QCOMPARE(result.error().facts.value(Fact::JsonPath), key);
    }
}

void TestJobSettings::defaults()
{
    const auto result = parse(job(""));
    QVERIFY(result);
    QVERIFY(result->enabled);
    QVERIFY(result->id.isEmpty());
    QVERIFY(result->allTables);
    QVERIFY(result->tables.isEmpty());
    QCOMPARE(result->file, u"/jobs/j.json"_s);
    QCOMPARE(result->source.name, u"shop"_s);
    QCOMPARE(result->checkpoint, CheckpointPlace::Target);
    QCOMPARE(result->transaction, TransactionScope::Batch);
    QCOMPARE(result->parallel, 2);
    QCOMPARE(result->batch, BatchSettings());
    QCOMPARE(result->retry, RetrySettings());
    QCOMPARE(result->undo, UndoSettings());
    QCOMPARE(result->undo.days, 30);
    QCOMPARE(result->undo.bytes, qint64{1} << 30);
    QCOMPARE(result->defaults.kept, Kept::Cells);
    const auto kept = parse(job(R"("undo": {"days": 0, "bytes": "2MiB"}, "keep": "fingerprints")"));
    QVERIFY(kept);
    QCOMPARE(kept->undo, (UndoSettings{0, 2 << 20}));
    QCOMPARE(kept->defaults.kept, Kept::Fingerprints);
    QCOMPARE(result->defaults.detect, DetectSettings());
    QCOMPARE(result->defaults.guard, GuardSettings());
    QCOMPARE(result->defaults.rules, TableRules());
    QVERIFY(!result->defaults.create);
    QVERIFY(!result->defaults.allowNonTransactional);
}

void TestJobSettings::defaultsDependOnModeAndTransaction()
{
    const auto mirror = parse(job(""));
    QCOMPARE(mirror->defaults.deletes, DeletePolicy::Propagate);
    QCOMPARE(mirror->defaults.leftFilter, LeftFilter::Delete);
    QCOMPARE(mirror->defaults.onBadRow, OnBadRow::Skip);
    const auto update = parse(job(R"("transaction": "table")", "update"));
    QCOMPARE(update->defaults.deletes, DeletePolicy::Ignore);
    QCOMPARE(update->defaults.leftFilter, LeftFilter::Keep);
    QCOMPARE(update->defaults.onBadRow, OnBadRow::Stop);
    QCOMPARE(parse(job(R"("transaction": "run")"))->defaults.onBadRow, OnBadRow::Stop);
    QCOMPARE(parse(job(R"("transaction": "run", "onBadRow": "skip")"))->defaults.onBadRow, OnBadRow::Skip);
}

void TestJobSettings::tablesInheritFromTheJob()
{
    const auto result = parse(job(R"("detect": {"by": "timestamp", "column": "at", "lag": "5m"}, "keyCompare": "2h",
        "guard": {"rows": 5}, "compare": {"case": false}, "create": true, "tables": ["a",
        {"source": ["s", "b"], "detect": {"by": "hash"}, "guard": {"percent": 50},
         "compare": {"json": "text"}, "create": false, "leftFilter": "keep", "key": ["x", "y"]}])"));
    QVERIFY(result);
    const JobTable &a = result->tables.at(0);
    QCOMPARE(a.detect.by, DetectBy::Timestamp);
    QCOMPARE(a.detect.column, u"at"_s);
    QCOMPARE(a.detect.lagMs, std::optional<qint64>(300'000));
    QCOMPARE(a.keyCompare.when, KeyCompare::When::Every);
    QCOMPARE(a.keyCompare.everyMs, 7'200'000);
    QCOMPARE(a.guard.rows, 5);
    QCOMPARE(a.guard.percent, 10.0);
    QVERIFY(!a.rules.compare.caseCounts);
    QVERIFY(a.create);
    QCOMPARE(a.leftFilter, LeftFilter::Delete);
    const JobTable &b = result->tables.at(1);
    QCOMPARE(b.source, (TableName{u"s"_s, u"b"_s}));
    QVERIFY(!b.target);
    QCOMPARE(b.detect.by, DetectBy::Hash);
    QCOMPARE(b.keyCompare, KeyCompare()); // hash sees deletes by itself
    QCOMPARE(b.guard.rows, 5);
    QCOMPARE(b.guard.percent, 50.0);
    QVERIFY(!b.rules.compare.caseCounts);
    QVERIFY(b.rules.compare.jsonAsText);
    QVERIFY(!b.create);
    QCOMPARE(b.leftFilter, LeftFilter::Keep);
    QCOMPARE(b.rules.key, (QStringList{u"x"_s, u"y"_s}));
    const auto logged = parse(job(R"("detect": {"source": {"by": "log"}})"));
    QVERIFY(logged);
    QCOMPARE(logged->defaults.detect.by, DetectBy::Log);
}

void TestJobSettings::whereBelongsToSides()
{
    const auto result = parse(job(
        R"("tables": [{"source": "t", "where": "a = 1"}, {"source": "u", "where": {"source": "b", "target": "c"}}])",
        "update"));
    QVERIFY(result);
    QCOMPARE(result->tables.at(0).whereSource, u"a = 1"_s);
    QVERIFY(result->tables.at(0).whereTarget.isEmpty());
    QCOMPARE(result->tables.at(1).whereSource, u"b"_s);
    QCOMPARE(result->tables.at(1).whereTarget, u"c"_s);
}

void TestJobSettings::columns()
{
    const auto result = parse(job(R"("tables": [{"source": "t", "columnsOnly": true, "columns": [
        {"source": "Total", "target": "total"}, {"source": "note", "target": null},
        {"source": "at", "compare": false, "write": true, "zone": "Europe/Berlin", "zeroDate": "null", "nulByte": "strip",
         "rule": null, "mask": null}]}])"));
    QVERIFY(result);
    const TableRules &rules = result->tables.at(0).rules;
    QVERIFY(rules.columnsOnly);
    QCOMPARE(rules.columns.at(0).target, std::optional(u"total"_s));
    QVERIFY(!rules.columns.at(0).leftOut);
    QVERIFY(rules.columns.at(1).leftOut);
    QVERIFY(!rules.columns.at(2).target);
    QVERIFY(!rules.columns.at(2).compare);
    QVERIFY(rules.columns.at(2).write);
    QCOMPARE(rules.columns.at(2).zone, u"Europe/Berlin"_s);
    QCOMPARE(rules.columns.at(2).zeroDate, ZeroDate::Null);
    QCOMPARE(rules.columns.at(2).nulByte, NulByte::Strip);
}

void TestJobSettings::flagValuesAreText()
{
    const auto flag = [](const char *pending, const char *done) {
        const auto result = parse(job(R"("detect": {"by": "flag", "column": "f", "pending": )" + QByteArray(pending)
                                      + R"(, "done": )" + done + '}'));
        return result ? QStringList{result->defaults.detect.pending, result->defaults.detect.done} : QStringList();
    };
    QCOMPARE(flag("true", "false"), (QStringList{u"1"_s, u"0"_s}));
    QCOMPARE(flag("0", "9007199254740991"), (QStringList{u"0"_s, u"9007199254740991"_s}));
    QCOMPARE(flag("\"new\"", "\"\""), (QStringList{u"new"_s, u""_s}));
    QCOMPARE(flag("0.5", "-1"), (QStringList{u"0.5"_s, u"-1"_s}));
}

void TestJobSettings::inlineConnectionsAreRelativeToTheFile()
{
    const auto result = parse(job(R"("target": {"driver": "sqlite", "database": "../copy.db"})"));
    QVERIFY(result);
    QCOMPARE(result->target.database, u"/copy.db"_s);
    QVERIFY(result->target.name.isEmpty());
}

QTEST_APPLESS_MAIN(TestJobSettings)
#include "tst_jobsettings.moc"
