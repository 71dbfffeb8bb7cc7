// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include "core/mapping/tablemapping.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::ColumnType)

namespace {

ColumnType of(CellKind kind)
{
    ColumnType type;
    type.kind = kind;
    type.native = cellKindName(kind);
    return type;
}

ColumnType dynamic(CellKind kind)
{
    ColumnType type = of(kind);
    type.isDynamic = true;
    return type;
}

QString kindOf(const ColumnType &source, const ColumnType &target, const CompareOptions &options = {})
{
    const auto type = comparisonType(source, target, options, {});
    return type ? cellKindName(type->kind) : u"–"_s;
}

CellType typeOf(const ColumnType &source, const ColumnType &target, const CompareOptions &options = {},
                const ColumnRule &rule = {})
{
    return comparisonType(source, target, options, rule).value();
}

// The cells of the first Markdown table, row by row, without its rule.
QList<QStringList> firstTable(const QString &text)
{
    QList<QStringList> rows;
    for (const QString &line : text.split(u'\n')) {
        if (!line.startsWith(u'|') && !rows.isEmpty())
            break;
        if (!line.startsWith(u'|') || line.startsWith("| ---"_L1))
            continue;
        QStringList cells = line.split(u'|').mid(1);
        cells.removeLast();
        for (QString &cell : cells)
            cell = cell.remove(u'¹').trimmed();
        rows.append(cells);
    }
    return rows;
}

} // namespace

class TestComparisonType : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tableIsAsDocumented();
    void dynamicColumns_data();
    void dynamicColumns();
    void incompatibleNamesBoth();
    void uuidWantsSixteenBytes();
    void scaleIsTheTargets();
    void fractionIsTheCoarser();
    void floatWidthAndTolerance();
    void textOptions();
    void nulOnlyWhereASideRefusesIt();
    void zonesAreChecked();
    void policiesAreCarried();
};

void TestComparisonType::tableIsAsDocumented()
{
    QFile file(qEnvironmentVariable("TIDEMARK_SOURCE_DIR") + u"/core/mapping/types.md"_s);
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    const QList<QStringList> rows = firstTable(QString::fromUtf8(file.readAll()));
    constexpr int kinds = static_cast<int>(CellKind::Exact) + 1;
    QCOMPARE(rows.size(), kinds + 1);
    const QStringList &header = rows.constFirst();
    for (int i = 1; i <= kinds; ++i) {
        QCOMPARE(rows[i].size(), kinds + 1);
        const auto source = cellKindFromName(rows[i][0]);
        QVERIFY(source);
        for (int j = 1; j <= kinds; ++j) {
            ColumnType left = of(*source);
            ColumnType right = of(cellKindFromName(header[j]).value());
            left.length = right.length = 16;
            QVERIFY2(kindOf(left, right) == rows[i][j],
                     qPrintable(rows[i][0] + u" → "_s + header[j] + u" is "_s + kindOf(left, right)));
        }
    }
}

void TestComparisonType::dynamicColumns_data()
{
    QTest::addColumn<ColumnType>("source");
    QTest::addColumn<ColumnType>("target");
    QTest::addColumn<QString>("expected");
    using K = CellKind;
    QTest::newRow("no type → integer") << dynamic(K::Blob) << of(K::Integer) << u"integer"_s;
    QTest::newRow("timestamp → no type") << of(K::Timestamp) << dynamic(K::Blob) << u"timestamp"_s;
    QTest::newRow("unknown type → uuid") << dynamic(K::Exact) << of(K::Uuid) << u"uuid"_s;
    QTest::newRow("no type → dynamic text") << dynamic(K::Blob) << dynamic(K::Text) << u"text"_s;
    QTest::newRow("blob → unknown, both dynamic") << dynamic(K::Blob) << dynamic(K::Exact) << u"blob"_s;
    QTest::newRow("blob → dynamic text") << of(K::Blob) << dynamic(K::Text) << u"blob"_s;
    QTest::newRow("dynamic text → blob") << dynamic(K::Text) << of(K::Blob) << u"blob"_s;
    QTest::newRow("dynamic blob → text") << dynamic(K::Blob) << of(K::Text) << u"text"_s;
    QTest::newRow("dynamic text → timestamp") << dynamic(K::Text) << of(K::Timestamp) << u"timestamp"_s;
    QTest::newRow("decimal → dynamic integer") << of(K::Decimal) << dynamic(K::Integer) << u"decimal"_s;
    QTest::newRow("dynamic integer → decimal") << dynamic(K::Integer) << of(K::Decimal) << u"decimal"_s;
    QTest::newRow("real → decimal") << dynamic(K::Float) << of(K::Decimal) << u"decimal"_s;
    QTest::newRow("decimal → real") << of(K::Decimal) << dynamic(K::Float) << u"float"_s;
    QTest::newRow("boolean → dynamic integer") << of(K::Boolean) << dynamic(K::Integer) << u"boolean"_s;
    QTest::newRow("boolean → dynamic decimal") << of(K::Boolean) << dynamic(K::Decimal) << u"boolean"_s;
    QTest::newRow("dynamic decimal → boolean") << dynamic(K::Decimal) << of(K::Boolean) << u"boolean"_s;
    QTest::newRow("dynamic boolean → decimal") << dynamic(K::Boolean) << of(K::Decimal) << u"–"_s;
    QTest::newRow("dynamic integer → timestamp") << dynamic(K::Integer) << of(K::Timestamp) << u"–"_s;
}

void TestComparisonType::dynamicColumns()
{
    QFETCH(ColumnType, source);
    QFETCH(ColumnType, target);
    QTEST(kindOf(source, target), "expected");
}

void TestComparisonType::incompatibleNamesBoth()
{
    ColumnRule rule;
    rule.source = u"place"_s;
    const auto type = comparisonType(of(CellKind::Json), of(CellKind::Date), {}, rule);
    QVERIFY(!type);
    QCOMPARE(type.error().code, ErrorCode::TypesIncompatible);
    QCOMPARE(type.error().facts.value(Fact::Column), u"place"_s);
    QCOMPARE(type.error().facts.value(Fact::Found), u"json"_s);
    QCOMPARE(type.error().facts.value(Fact::Expected), u"date"_s);
}

void TestComparisonType::uuidWantsSixteenBytes()
{
    ColumnType binary = of(CellKind::Blob);
    QCOMPARE(kindOf(binary, of(CellKind::Uuid)), u"–"_s); // no limit
    binary.length = 17;
    QCOMPARE(kindOf(of(CellKind::Uuid), binary), u"–"_s);
    binary.length = 16;
    QCOMPARE(kindOf(of(CellKind::Uuid), binary), u"uuid"_s);
}

void TestComparisonType::scaleIsTheTargets()
{
    const auto decimal = [](int scale) {
        ColumnType type = of(CellKind::Decimal);
        type.precision = 12;
        type.scale = scale;
        return type;
    };
    QCOMPARE(typeOf(decimal(4), decimal(2)).scale, 2);
    QCOMPARE(typeOf(decimal(2), decimal(4)).scale, -1);
    QCOMPARE(typeOf(decimal(2), decimal(2)).scale, -1);
    QCOMPARE(typeOf(of(CellKind::Decimal), decimal(2)).scale, 2);
    QCOMPARE(typeOf(decimal(2), of(CellKind::Decimal)).scale, -1);
    QCOMPARE(typeOf(of(CellKind::Float), decimal(2)).scale, 2);
    QCOMPARE(typeOf(of(CellKind::Text), decimal(2)).scale, 2);
    QCOMPARE(typeOf(of(CellKind::Integer), decimal(2)).scale, -1);
    ColumnType declared = decimal(2);
    declared.isDynamic = true; // a declared scale that nothing enforces
    QCOMPARE(typeOf(decimal(4), declared).scale, -1);
    QCOMPARE(typeOf(declared, decimal(2)).scale, 2);
}

void TestComparisonType::fractionIsTheCoarser()
{
    const auto timestamp = [](int fraction) {
        ColumnType type = of(CellKind::Timestamp);
        type.fraction = fraction;
        return type;
    };
    QCOMPARE(typeOf(timestamp(6), timestamp(0)).fraction, 0);
    QCOMPARE(typeOf(timestamp(3), timestamp(6)).fraction, 3);
    QCOMPARE(typeOf(timestamp(6), of(CellKind::Text)).fraction, 6);
    QCOMPARE(typeOf(of(CellKind::Date), timestamp(3)).fraction, 3);
    CompareOptions options;
    options.timePrecision = TimePrecision::Milliseconds;
    QCOMPARE(typeOf(timestamp(6), timestamp(6), options).fraction, 3);
    QCOMPARE(typeOf(timestamp(0), timestamp(6), options).fraction, 0);
    options.timePrecision = TimePrecision::Seconds;
    QCOMPARE(typeOf(of(CellKind::Time), of(CellKind::Time), options).fraction, 0);
}

void TestComparisonType::floatWidthAndTolerance()
{
    ColumnType single = of(CellKind::Float);
    single.bytes = 4;
    QCOMPARE(typeOf(single, of(CellKind::Float)).floatBits, 32);
    QCOMPARE(typeOf(of(CellKind::Decimal), single).floatBits, 32);
    QCOMPARE(typeOf(of(CellKind::Float), of(CellKind::Float)).floatBits, 64);
    single.isDynamic = true;
    QCOMPARE(typeOf(of(CellKind::Float), single).floatBits, 64);
    CompareOptions options;
    options.floatTolerance = 0.5;
    QCOMPARE(typeOf(of(CellKind::Float), of(CellKind::Float), options).floatTolerance, 0.5);
    QCOMPARE(kindOf(of(CellKind::Float), of(CellKind::Decimal), options), u"float"_s);
    QCOMPARE(kindOf(of(CellKind::Integer), of(CellKind::Decimal), options), u"decimal"_s);
}

void TestComparisonType::textOptions()
{
    CompareOptions options;
    options.caseCounts = false;
    options.trailingSpacesCount = false;
    options.emptyIsNull = true;
    options.jsonAsText = true;
    for (const CellKind kind : {CellKind::Text, CellKind::Exact}) {
        const CellType type = typeOf(of(kind), of(kind), options);
        QVERIFY(type.ignoreCase && type.ignoreTrailingSpaces && type.emptyIsNull && !type.jsonAsText);
    }
    const CellType json = typeOf(of(CellKind::Json), of(CellKind::Text), options);
    QVERIFY(json.jsonAsText && !json.ignoreCase);
    const CellType plain = typeOf(of(CellKind::Text), of(CellKind::Text));
    QVERIFY(!plain.ignoreCase && !plain.ignoreTrailingSpaces && !plain.emptyIsNull);
}

void TestComparisonType::nulOnlyWhereASideRefusesIt()
{
    ColumnType postgres = of(CellKind::Text);
    postgres.holdsNul = false;
    QVERIFY(typeOf(of(CellKind::Text), postgres).refuseNul);
    QVERIFY(!typeOf(of(CellKind::Text), of(CellKind::Text)).refuseNul);
}

void TestComparisonType::zonesAreChecked()
{
    ColumnRule rule;
    rule.source = u"at"_s;
    rule.zone = u"Europe/Berlin"_s;
    QCOMPARE(typeOf(of(CellKind::Timestamp), of(CellKind::Instant), {}, rule).kind, CellKind::Instant);
    const auto useless = comparisonType(of(CellKind::Timestamp), of(CellKind::Timestamp), {}, rule);
    QVERIFY(!useless);
    QCOMPARE(useless.error().code, ErrorCode::WrongValue);
    QVERIFY(!comparisonType(of(CellKind::Instant), of(CellKind::Instant), {}, rule));
    rule.zone = u"Europe/Atlantis"_s;
    const auto unknown = comparisonType(of(CellKind::Timestamp), of(CellKind::Instant), {}, rule);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().facts.value(Fact::Value), u"Europe/Atlantis"_s);
}

void TestComparisonType::policiesAreCarried()
{
    ColumnRule rule;
    rule.zeroDate = ZeroDate::Null;
    rule.nulByte = NulByte::Strip;
    QCOMPARE(typeOf(of(CellKind::Date), of(CellKind::Date), {}, rule).zeroDate, ZeroDate::Null);
    QCOMPARE(typeOf(of(CellKind::Text), of(CellKind::Text), {}, rule).nulByte, NulByte::Strip);
}

QTEST_APPLESS_MAIN(TestComparisonType)
#include "tst_comparisontype.moc"
