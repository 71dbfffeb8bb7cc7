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
        ConnectionSettings settings;
        settings.name = name;
        settings.database = u"/data/"_s + name + u".db"_s;
        return settings;
    }
};

// The smallest two-way job, with `more` in it.
Result<JobSettings> parse(const QByteArray &more)
{
    QJsonObject json = QJsonDocument::fromJson('{' + more + '}').object();
    const QJsonObject least{{u"tidemark"_s, 1},         {u"name"_s, u"j"_s},       {u"source"_s, u"till"_s},
                            {u"target"_s, u"tablet"_s}, {u"mode"_s, u"two-way"_s}, {u"tables"_s, u"*"_s}};
    for (auto it = least.begin(); it != least.end(); ++it)
        if (!json.contains(it.key()))
            json.insert(it.key(), it.value());
    return jobFromJson(json, u"/jobs/j.json"_s, Connections());
}

QByteArray table(const QByteArray &more) { return R"("tables": [{"source": "t", )" + more + "}]"; }

} // namespace

class TestTwoWayJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void accepts_data();
    void accepts();
    void detections();
    void transactions();
    void conflicts_data();
    void conflicts();
    void tablesTakeOver_data();
    void tablesTakeOver();
    void defaults();
    void rules();
};

void TestTwoWayJobs::refuses_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &more, ErrorCode code, const char *path,
                        const char *expected) {
        QTest::newRow(name) << more << static_cast<int>(code) << QString::fromUtf8(path) << QString::fromUtf8(expected);
    };
    const auto later = ErrorCode::NotAvailable;
    const auto wrong = ErrorCode::WrongValue;
    const auto missing = ErrorCode::MissingKey;
    row("versions of rows", R"("detect": {"by": "version", "column": "c", "scope": "row"})", later, "detect.scope", "");
    row("flag", R"("detect": {"by": "flag", "column": "c", "pending": 1, "done": 0})", later, "detect.by", "");
    row("source's log", R"("detect": {"source": {"by": "log"}})", later, "detect.source", "");
    row("target's log", R"("detect": {"source": {"by": "hash"}, "target": {"by": "log"}})", later, "detect.target", "");
    row("one side by cursor", R"("detect": {"source": {"by": "hash"}, "target": {"by": "version", "column": "c"}})",
        later, "detect.target", "");
    row("a side's flag",
        R"("detect": {"source": {"by": "log"}, "target": {"by": "flag", "column": "c", "pending": 1, "done": 0}})",
        later, "detect.target.by", "");
    row("no such detection", R"("detect": {"by": "luck"})", wrong, "detect.by",
        R"("hash" | "timestamp" | "version" | "flag" | "log")");
    row("filter", table(R"("where": "a = 1")"), missing, "tables[0].where.target", "both-filters");
    row("the source's filter", table(R"("where": {"source": "a"})"), missing, "tables[0].where.target", "both-filters");
    row("the target's filter", table(R"("where": {"target": "a", "source": null})"), missing, "tables[0].where.source",
        "both-filters");
    row("left filter", R"("leftFilter": "delete")", later, "leftFilter", "");
    row("a mark without its opposite", R"("deletes": {"soft": {"column": "c", "deleted": "x", "side": "source"}})",
        missing, "deletes.soft.present", "string | number | boolean");
    row("no such transaction", R"("transaction": "row")", wrong, "transaction", R"("batch" | "table" | "run")");
    row("journal", R"("checkpoint": "journal")", wrong, "checkpoint", R"("target")");
    row("keyCompare", R"("keyCompare": "never")", wrong, "keyCompare", R"("always")");
    row("no policy", R"("conflicts": {"policy": "random"})", wrong, "conflicts.policy",
        R"("source" | "target" | "newest" | "merge" | "ask")");
    row("no first", R"("conflicts": {"first": "oldest"})", wrong, "conflicts.first",
        R"("source" | "target" | "newest" | "merge" | "ask")");
    row("newest of what", R"("conflicts": {"policy": "newest"})", missing, "conflicts.column", "string | object");
    row("first newest of what", R"("conflicts": {"policy": "ask", "first": "newest"})", missing, "conflicts.column",
        "string | object");
    row("one side's newest", R"("conflicts": {"policy": "newest", "column": {"source": "a"}})", missing,
        "conflicts.column.target", "string");
    row("newest is a number", R"("conflicts": {"policy": "newest", "column": 3})", ErrorCode::WrongType,
        "conflicts.column", "string | object");
    row("column for nothing", R"("conflicts": {"policy": "merge", "column": "at"})", wrong, "conflicts.column",
        "newest-only");
    row("margin for nothing", R"("conflicts": {"policy": "ask", "margin": "5s"})", wrong, "conflicts.margin",
        "newest-only");
    row("a table's column for nothing",
        R"("conflicts": {"policy": "newest", "column": "at"}, "tables": [{"source": "t",
           "conflicts": {"policy": "ask", "column": "at"}}])",
        wrong, "tables[0].conflicts.column", "newest-only");
    row("margin", R"("conflicts": {"policy": "newest", "column": "at", "margin": 5})", ErrorCode::WrongType,
        "conflicts.margin", "duration");
    row("unknown", R"("conflicts": {"polcy": "ask"})", ErrorCode::UnknownKey, "conflicts.polcy", "policy");
    row("no rule", table(R"("columns": [{"source": "c", "rule": "largest"}])"), wrong, "tables[0].columns[0].rule",
        R"("source" | "target" | "greatest" | "least" | "non-null" | "concatenate" | "sum")");
    row("rule of a column left out", table(R"("columns": [{"source": "c", "target": null, "rule": "sum"}])"), wrong,
        "tables[0].columns[0].rule", "compared-only");
    row("rule of a column not compared", table(R"("columns": [{"source": "c", "rule": "sum", "compare": false}])"),
        wrong, "tables[0].columns[0].rule", "compared-only");
    row("mask", table(R"("columns": [{"source": "c", "mask": "hash"}])"), later, "tables[0].columns[0].mask", "");
}

void TestTwoWayJobs::refuses()
{
    QFETCH(QByteArray, more);
    QFETCH(int, code);
    const auto result = parse(more);
    QVERIFY(!result);
    const Error &error = result.error();
    QCOMPARE(codeName(error.code), codeName(static_cast<ErrorCode>(code)));
    QTEST(error.facts.value(Fact::JsonPath), "path");
    QTEST(error.facts.value(Fact::Expected), "expected");
    QCOMPARE(exitCode(error.code), 4);
}

void TestTwoWayJobs::accepts_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("least") << QByteArray();
    QTest::newRow("hash") << QByteArray(R"("detect": {"by": "hash"})");
    QTest::newRow("hash of each side") << QByteArray(
        R"("detect": {"source": {"by": "hash"}, "target": {"by": "hash"}})");
    QTest::newRow("defaults said") << QByteArray(
        R"("checkpoint": "target", "transaction": "batch", "leftFilter": "keep", "keyCompare": "always",
           "deletes": "propagate", "conflicts": {"policy": "ask", "margin": "0s", "column": null, "first": null})");
    QTest::newRow("create") << QByteArray(R"("create": true)");
    QTest::newRow("no filter") << table(R"("where": null, "columns": [{"source": "c", "rule": null}])");
    QTest::newRow("fingerprints") << QByteArray(R"("keep": "fingerprints", "onBadRow": "stop")");
}

void TestTwoWayJobs::accepts()
{
    QFETCH(QByteArray, more);
    const auto result = parse(more);
    QVERIFY2(result, result ? "" : qPrintable(result.error().facts.value(Fact::JsonPath)));
    QCOMPARE(result->mode, Mode::TwoWay);
}

void TestTwoWayJobs::detections()
{
    const auto shared = parse(R"("detect": {"by": "timestamp", "column": "c", "lag": "3s"}, "keyCompare": "1h")");
    QVERIFY(shared);
    QCOMPARE(shared->defaults.detect.column, u"c"_s);
    QCOMPARE(shared->defaults.detect.lagMs, 3000);
    QVERIFY(!shared->defaults.targetDetect);
    QCOMPARE(shared->defaults.keyCompare.everyMs, 3'600'000);
    const auto apart =
        parse(R"("detect": {"source": {"by": "log"}, "target": {"by": "version", "column": "v"}}, "keyCompare": "never",
                 "tables": ["a", {"source": "b", "detect": {"by": "hash"}}])");
    QVERIFY(apart);
    QCOMPARE(apart->defaults.detect.by, DetectBy::Log);
    QCOMPARE(apart->tables.at(0).targetDetect->column, u"v"_s);
    QCOMPARE(apart->tables.at(0).keyCompare.when, KeyCompare::When::Never);
    QVERIFY(!apart->tables.at(1).targetDetect); // nothing of the job's is left
    QCOMPARE(apart->tables.at(1).keyCompare, KeyCompare());
}

void TestTwoWayJobs::transactions()
{
    for (const auto &[word, scope] : {std::pair{"table", TransactionScope::Table}, {"run", TransactionScope::Run}}) {
        const auto job = parse(R"("transaction": ")" + QByteArray(word) + '"');
        QVERIFY(job);
        QCOMPARE(job->transaction, scope);
        QCOMPARE(job->defaults.onBadRow, OnBadRow::Stop);
    }
}

void TestTwoWayJobs::conflicts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ConflictSettings>("expected");
    using P = ConflictPolicy;
    QTest::newRow("nothing") << QByteArray("{}") << ConflictSettings{P::Ask, {}, {}, {}, 0};
    const std::pair<const char *, P> plain[]{
        {"source", P::Source}, {"target", P::Target}, {"merge", P::Merge}, {"ask", P::Ask}};
    for (const auto &[word, policy] : plain) {
        QTest::newRow(word) << R"({"policy": ")" + QByteArray(word) + R"("})"
                            << ConflictSettings{policy, {}, {}, {}, 0};
        QTest::addRow("first %s", word) << R"({"first": ")" + QByteArray(word) + R"("})"
                                        << ConflictSettings{P::Ask, policy, {}, {}, 0};
    }
    QTest::newRow("newest") << QByteArray(R"({"policy": "newest", "column": "at"})")
                            << ConflictSettings{P::Newest, {}, u"at"_s, u"at"_s, 0};
    QTest::newRow("newest of each side") << QByteArray(
        R"({"policy": "newest", "column": {"source": "a", "target": "b"}, "margin": "2s"})")
                                         << ConflictSettings{P::Newest, {}, u"a"_s, u"b"_s, 2000};
    QTest::newRow("newest at first") << QByteArray(
        R"({"policy": "merge", "first": "newest", "column": "at", "margin": "1m"})")
                                     << ConflictSettings{P::Merge, P::Newest, u"at"_s, u"at"_s, 60'000};
}

void TestTwoWayJobs::conflicts()
{
    QFETCH(QByteArray, text);
    QFETCH(ConflictSettings, expected);
    const auto ofJob = parse(R"("conflicts": )" + text);
    QVERIFY(ofJob);
    QCOMPARE(ofJob->defaults.conflicts, expected);
    const auto ofTable = parse(table(R"("conflicts": )" + text));
    QVERIFY(ofTable);
    QCOMPARE(ofTable->tables.at(0).conflicts, expected);
    QCOMPARE(ofTable->defaults.conflicts.policy, ConflictPolicy::Ask);
}

void TestTwoWayJobs::tablesTakeOver_data()
{
    QTest::addColumn<QByteArray>("text"); // of the table; the job has newest by "at", 5 s, first source
    QTest::addColumn<ConflictSettings>("expected");
    using P = ConflictPolicy;
    QTest::newRow("all") << QByteArray("{}") << ConflictSettings{P::Newest, P::Source, u"at"_s, u"at"_s, 5000};
    QTest::newRow("another column") << QByteArray(R"({"column": "changed"})")
                                    << ConflictSettings{P::Newest, P::Source, u"changed"_s, u"changed"_s, 5000};
    QTest::newRow("another margin") << QByteArray(R"({"margin": "0s"})")
                                    << ConflictSettings{P::Newest, P::Source, u"at"_s, u"at"_s, 0};
    QTest::newRow("another policy") << QByteArray(R"({"policy": "merge"})")
                                    << ConflictSettings{P::Merge, P::Source, {}, {}, 0};
    QTest::newRow("newest at first alone") << QByteArray(R"({"policy": "ask", "first": "newest"})")
                                           << ConflictSettings{P::Ask, P::Newest, u"at"_s, u"at"_s, 5000};
}

void TestTwoWayJobs::tablesTakeOver()
{
    QFETCH(QByteArray, text);
    const auto result =
        parse(R"("conflicts": {"policy": "newest", "column": "at", "margin": "5s", "first": "source"}, )"
              + table(R"("conflicts": )" + text));
    QVERIFY(result);
    QTEST(result->tables.at(0).conflicts, "expected");
}

void TestTwoWayJobs::defaults()
{
    const auto result = parse(R"("tables": ["t"])");
    QVERIFY(result);
    const JobTable &table = result->tables.at(0);
    QCOMPARE(table.deletes, DeletePolicy::Propagate);
    QCOMPARE(table.leftFilter, LeftFilter::Keep);
    QCOMPARE(table.onBadRow, OnBadRow::Skip);
    QCOMPARE(table.conflicts.policy, ConflictPolicy::Ask);
    QVERIFY(!table.conflicts.first);
    QCOMPARE(result->checkpoint, CheckpointPlace::Target);
    QCOMPARE(parse(R"("deletes": "ignore")")->defaults.deletes, DeletePolicy::Ignore);
}

void TestTwoWayJobs::rules()
{
    const auto result = parse(table(R"("columns": [{"source": "a", "rule": "source"}, {"source": "b", "rule": "target"},
        {"source": "c", "rule": "greatest"}, {"source": "d", "rule": "least"}, {"source": "e", "rule": "non-null"},
        {"source": "f", "rule": "concatenate"}, {"source": "g", "rule": "sum"}, {"source": "h", "rule": null}])"));
    QVERIFY(result);
    QList<CellRule> read;
    for (const ColumnRule &column : result->tables.at(0).rules.columns)
        read << column.rule;
    QCOMPARE(read,
             (QList<CellRule>{CellRule::Source, CellRule::Target, CellRule::Greatest, CellRule::Least,
                              CellRule::NonNull, CellRule::Concatenate, CellRule::Sum, CellRule::None}));
}

QTEST_APPLESS_MAIN(TestTwoWayJobs)
#include "tst_twowayjobs.moc"
