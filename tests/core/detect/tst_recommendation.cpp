// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSet>
#include <QTest>

#include "core/detect/adviser.h"
#include "tests/support/fakedatabase.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::ColumnType)
Q_DECLARE_METATYPE(tidemark::TableAdvice)

namespace {

ColumnType typed(CellKind kind, int bytes = 8, bool isDynamic = false)
{
    ColumnType type;
    type.kind = kind;
    type.bytes = bytes;
    type.isDynamic = isDynamic;
    return type;
}

Column column(const QString &name, const ColumnType &type)
{
    Column made;
    made.name = name;
    made.type = type;
    return made;
}

Finding found(FindingCode code, Grade grade)
{
    Finding finding;
    finding.code = code;
    finding.grade = grade;
    return finding;
}

CandidateAdvice candidate(DetectBy by, Grade setter, Grade index, Grade nulls, Grade scope = Grade::Good)
{
    CandidateAdvice advice;
    advice.detect.by = by;
    advice.detect.column = u"c"_s;
    advice.findings = {found(FindingCode::DefaultWithoutTrigger, setter), found(FindingCode::IndexMissing, index),
                       found(FindingCode::Nulls, nulls)};
    if (by == DetectBy::Version)
        advice.findings += found(FindingCode::VersionScope, scope);
    for (const Finding &finding : advice.findings)
        advice.grade = std::max(advice.grade == Grade::Unknown ? Grade::Good : advice.grade, finding.grade);
    return advice;
}

TableAdvice table(qint64 rows, const QList<CandidateAdvice> &candidates, Grade key = Grade::Good)
{
    TableAdvice advice;
    advice.rows = rows;
    advice.findings = {found(FindingCode::NoKey, key)};
    advice.candidates = candidates;
    CandidateAdvice hash;
    hash.grade = Grade::Good;
    advice.candidates += hash;
    return advice;
}

} // namespace

class TestRecommendation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAColumnLooksLike_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ColumnType>("type");
        QTest::addColumn<int>("by"); // −1: nothing
        const auto row = [](const char *name, const ColumnType &type, int by) {
            QTest::addRow("%s %s", name, qPrintable(cellKindName(type.kind)))
                << QString::fromLatin1(name) << type << by;
        };
        constexpr int stamp = int(DetectBy::Timestamp);
        constexpr int version = int(DetectBy::Version);
        constexpr int flag = int(DetectBy::Flag);
        row("updated_at", typed(CellKind::Timestamp), stamp);
        row("updated_at", typed(CellKind::Instant), stamp);
        row("whatever", typed(CellKind::Instant), stamp);
        row("ModifiedOn", typed(CellKind::Date), stamp);
        row("birth_date", typed(CellKind::Date), -1);
        row("updated_at", typed(CellKind::Integer), stamp);
        row("updated_at", typed(CellKind::Text, 8, true), stamp);
        row("updated_at", typed(CellKind::Text), -1);
        row("amount", typed(CellKind::Integer), -1);
        row("row_version", typed(CellKind::Integer), version);
        row("lock_version", typed(CellKind::Integer, 4), version);
        row("version", typed(CellKind::Text), -1);
        row("rev", typed(CellKind::Integer), version);
        row("revenue", typed(CellKind::Integer), -1);
        row("pending", typed(CellKind::Boolean), flag);
        row("exported", typed(CellKind::Integer), flag);
        row("exported_at", typed(CellKind::Instant), stamp);
        row("sync_state", typed(CellKind::Integer, 1), flag);
        row("is_active", typed(CellKind::Boolean), -1);
        row("note", typed(CellKind::Text), -1);
    }
    void whatAColumnLooksLike()
    {
        QFETCH(QString, name);
        QFETCH(ColumnType, type);
        QFETCH(int, by);
        TableSchema schema;
        schema.columns = {column(u"id"_s, typed(CellKind::Integer)), column(name, type)};
        schema.primaryKey = {u"id"_s};
        const QList<DetectSettings> candidates = detectionCandidates(schema, 8);
        QCOMPARE(candidates.isEmpty() ? -1 : int(candidates.first().by), by);
        QVERIFY(detectionCandidates(schema, 0).isEmpty());
        schema.primaryKey = {name}; // a key is never a mark of change
        QVERIFY(detectionCandidates(schema, 8).isEmpty());
    }

    void theLikeliestFirst()
    {
        TableSchema schema;
        for (const char *name : {"created_at", "shipped_at", "updated_at"})
            schema.columns += column(QString::fromLatin1(name), typed(CellKind::Instant));
        const QList<DetectSettings> two = detectionCandidates(schema, 2);
        QCOMPARE(two.size(), 2);
        QCOMPARE(two[0].column, u"updated_at"_s);
        QCOMPARE(two[1].column, u"shipped_at"_s);
    }

    void recommendation_data()
    {
        QTest::addColumn<TableAdvice>("advice");
        QTest::addColumn<int>("by"); // −1: none
        QTest::addColumn<QString>("reasons");
        constexpr auto good = Grade::Good;
        constexpr auto warning = Grade::Warning;
        constexpr auto problem = Grade::Problem;
        constexpr auto unknown = Grade::Unknown;
        constexpr auto stamp = DetectBy::Timestamp;
        const auto row = [](const char *name, const TableAdvice &advice, int by, const char *reasons) {
            QTest::newRow(name) << advice << by << QString::fromLatin1(reasons);
        };
        row("nothing but hash, small", table(10, {}), int(DetectBy::Hash), "sees-everything small-table");
        row("nothing but hash, large", table(10'000'000, {}), int(DetectBy::Hash), "sees-everything large-table");
        row("nothing but hash, of unknown size", table(-1, {}), int(DetectBy::Hash), "sees-everything");
        row("no key", table(10, {candidate(stamp, good, good, good)}, problem), -1, "no-key");
        row("all good", table(10, {candidate(stamp, good, good, good)}), int(stamp), "stamped-by-database indexed");
        row("small, without an index", table(10, {candidate(stamp, good, warning, good)}), int(DetectBy::Hash),
            "sees-everything small-table");
        row("large, without an index", table(1'000'000, {candidate(stamp, good, warning, good)}), int(stamp),
            "stamped-by-database");
        row("nobody knows who stamps", table(1'000'000, {candidate(stamp, unknown, good, good)}), int(DetectBy::Hash),
            "nothing-reliable sees-everything large-table");
        row("empty stamps", table(1'000'000, {candidate(stamp, good, good, problem)}), int(DetectBy::Hash),
            "nothing-reliable sees-everything large-table");
        row("numbered", table(1'000'000, {candidate(DetectBy::Version, good, good, good)}), int(DetectBy::Version),
            "numbered-by-database indexed");
        row("numbered, by whom in doubt", table(1'000'000, {candidate(DetectBy::Version, good, good, good, unknown)}),
            int(DetectBy::Hash), "nothing-reliable sees-everything large-table");
        row("the better of two",
            table(1'000'000, {candidate(stamp, good, warning, good), candidate(DetectBy::Version, good, good, good)}),
            int(DetectBy::Version), "numbered-by-database indexed");
        row("a flag is a person's choice", table(1'000'000, {candidate(DetectBy::Flag, good, good, good)}),
            int(DetectBy::Hash), "nothing-reliable sees-everything large-table");
    }
    void recommendation()
    {
        QFETCH(TableAdvice, advice);
        QFETCH(int, by);
        QFETCH(QString, reasons);
        recommend(advice, {});
        QCOMPARE(advice.recommended < 0 ? -1 : int(advice.candidates[advice.recommended].detect.by), by);
        QStringList names;
        for (const AdviceReason reason : advice.reasons)
            names += reasonName(reason);
        QCOMPARE(names.join(u' '), reasons);
        if (advice.recommended > 0) // what is recommended leads, or stands behind what a person may choose
            QVERIFY(advice.candidates.first().detect.by == DetectBy::Flag
                    || advice.candidates[advice.recommended].detect.by == DetectBy::Hash);
    }

    // A side that speaks no SQL: the schema alone.
    void fromTheSchemaAlone()
    {
        FakeDatabase database(u"source"_s);
        TableSchema schema;
        schema.name.name = u"t"_s;
        schema.columns = {column(u"id"_s, typed(CellKind::Integer)), column(u"updated_at"_s, typed(CellKind::Instant))};
        schema.columns[0].nullable = false;
        schema.primaryKey = {u"id"_s};
        database.createTable(schema);
        for (int id = 1; id <= 7; ++id)
            database.put(u"t"_s, {id, nullptr});
        const auto session = database.open({}).value();
        const TableSchema described = session->describe({{}, u"t"_s}).value();
        const TableAdvice advice = Adviser(*session).advise(described).value();
        QCOMPARE(advice.candidates.size(), 2);
        for (const CandidateAdvice &each : advice.candidates)
            for (const Finding &finding : each.findings) {
                QVERIFY(finding.query.isEmpty());
                if (finding.code == FindingCode::IndexMissing)
                    QCOMPARE(finding.grade, Grade::Warning);
                if (finding.code == FindingCode::Nulls)
                    QCOMPARE(finding.grade, Grade::Unknown);
            }
        DetectSettings stamp;
        stamp.by = DetectBy::Timestamp;
        stamp.column = u"updated_at"_s;
        QCOMPARE(Adviser(*session).advise(described, stamp).value().findings.size(), 3);
        QCOMPARE(countRows(*session, {{}, u"t"_s}, {}).value(), (RowCount{7, true}));
        QCOMPARE(countRows(*session, {{}, u"t"_s}, {}, {3, 1'000}).value().exact, false);
        QCOMPARE(database.violations(), QStringList());
    }

    void everyCodeHasAName()
    {
        QSet<QString> names;
        for (int code = 0; code <= int(FindingCode::ReadsEverything); ++code)
            names += findingName(FindingCode(code));
        QCOMPARE(names.size(), int(FindingCode::ReadsEverything) + 1);
        names.clear();
        for (int reason = 0; reason <= int(AdviceReason::LargeTable); ++reason)
            names += reasonName(AdviceReason(reason));
        QCOMPARE(names.size(), int(AdviceReason::LargeTable) + 1);
        QVERIFY(!names.contains(QString()));
    }
};

QTEST_MAIN(TestRecommendation)
#include "tst_recommendation.moc"
