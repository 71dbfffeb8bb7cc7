// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QTest>

#include "core/mapping/tablemapping.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

using Note = MappingNote::Kind;

Column column(const QString &name, CellKind kind = CellKind::Text, bool nullable = true)
{
    Column result;
    result.name = name;
    result.type.kind = kind;
    result.type.native = cellKindName(kind);
    result.nullable = nullable;
    return result;
}

Column keyColumn(const QString &name, CellKind kind = CellKind::Integer)
{
    Column result = column(name, kind, false);
    result.type.byteOrder = true;
    return result;
}

TableSchema table(const QString &name, const QList<Column> &columns, const QStringList &primaryKey = {u"id"_s})
{
    TableSchema schema;
    schema.name.name = name;
    schema.columns = columns;
    schema.primaryKey = primaryKey;
    return schema;
}

TableSchema orders(const QString &name = u"orders"_s)
{
    return table(name, {keyColumn(u"id"_s), column(u"total"_s, CellKind::Decimal), column(u"note"_s)});
}

ColumnRule rule(const QString &source)
{
    ColumnRule result;
    result.source = source;
    return result;
}

TableMapping mapped(const TableSchema &source, const TableSchema &target, const TableRules &rules = {})
{
    auto mapping = mapTable(source, target, rules);
    if (!mapping)
        qFatal("%s", qPrintable(codeName(mapping.error().code)));
    return *mapping;
}

ErrorCode errorOf(const TableSchema &source, const TableSchema &target, const TableRules &rules = {})
{
    const auto mapping = mapTable(source, target, rules);
    return mapping ? ErrorCode::Internal : mapping.error().code;
}

bool hasNote(const TableMapping &mapping, Note kind, const QString &name)
{
    return std::any_of(mapping.notes.begin(), mapping.notes.end(),
                       [&](const MappingNote &note) { return note.kind == kind && note.column == name; });
}

} // namespace

class TestMapTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesByName();
    void matchesWithoutCaseAndUnderscores();
    void exactNamesWin();
    void ambiguousNamesAreRefused();
    void rulesNameColumns();
    void wrongRulesAreRefused();
    void columnsOnlyIsExhaustive();
    void layoutIsKeyComparedCarried();
    void keyIsInferred();
    void keyIsRefused();
    void keyIgnoresLeniency();
    void generatedTargetsAreLeftOut();
    void unmatchedColumnsAreNoted();
    void narrowingIsNoted();
    void zonesGoToTheSideWithout();
    void orderNeedsBothSides_data();
    void orderNeedsBothSides();
    void digestFollowsTheMapping();
    void cellsBearTheirOwnTypes();
    void tablesMatch_data();
    void tablesMatch();
};

void TestMapTable::matchesByName()
{
    const TableMapping mapping = mapped(orders(), orders(u"copy"_s));
    QCOMPARE(mapping.sourceColumns(), (QStringList{u"id"_s, u"total"_s, u"note"_s}));
    QCOMPARE(mapping.targetColumns(), mapping.sourceColumns());
    QCOMPARE(mapping.keyCount, 1);
    QCOMPARE(mapping.comparedCount, 3);
    QVERIFY(mapping.notes.isEmpty() || mapping.notes.constFirst().kind == Note::KeyNotIndexedInOrder);
}

void TestMapTable::matchesWithoutCaseAndUnderscores()
{
    const TableSchema target =
        table(u"t"_s, {column(u"NOTE"_s), column(u"To_Tal"_s, CellKind::Decimal), keyColumn(u"ID"_s)}, {u"ID"_s});
    QCOMPARE(mapped(orders(), target).targetColumns(), (QStringList{u"ID"_s, u"To_Tal"_s, u"NOTE"_s}));
}

void TestMapTable::exactNamesWin()
{
    const TableSchema source = table(u"s"_s, {keyColumn(u"id"_s), column(u"userName"_s), column(u"user_name"_s)});
    const TableSchema target = table(u"t"_s, {keyColumn(u"id"_s), column(u"user_name"_s)});
    const TableMapping mapping = mapped(source, target);
    QCOMPARE(mapping.sourceColumns(), (QStringList{u"id"_s, u"user_name"_s}));
    QVERIFY(hasNote(mapping, Note::SourceColumnUnmatched, u"userName"_s));
}

void TestMapTable::ambiguousNamesAreRefused()
{
    const TableSchema one = table(u"t"_s, {keyColumn(u"id"_s), column(u"User_Name"_s)});
    const TableSchema two = table(u"s"_s, {keyColumn(u"id"_s), column(u"userName"_s), column(u"user_name"_s)});
    QCOMPARE(errorOf(one, two), ErrorCode::AmbiguousName);
    QCOMPARE(errorOf(two, one), ErrorCode::AmbiguousName);
    TableRules rules;
    rules.columns = {rule(u"userName"_s)};
    rules.columns[0].leftOut = true;
    QCOMPARE(mapped(two, one, rules).sourceColumns(), (QStringList{u"id"_s, u"user_name"_s}));
}

void TestMapTable::rulesNameColumns()
{
    TableRules rules;
    rules.columns = {rule(u"TOTAL"_s), rule(u"note"_s)};
    rules.columns[0].target = u"note"_s; // crossed over: the name does not count where a rule speaks
    rules.columns[1].leftOut = true;
    const TableMapping mapping = mapped(orders(), orders(), rules);
    QCOMPARE(mapping.sourceColumns(), (QStringList{u"id"_s, u"total"_s}));
    QCOMPARE(mapping.targetColumns(), (QStringList{u"id"_s, u"note"_s}));
    QVERIFY(!hasNote(mapping, Note::SourceColumnUnmatched, u"note"_s)); // on purpose
    QVERIFY(hasNote(mapping, Note::TargetColumnUnmatched, u"total"_s));
}

void TestMapTable::wrongRulesAreRefused()
{
    TableRules rules;
    rules.columns = {rule(u"absent"_s)};
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::NoSuchColumn);
    rules.columns = {rule(u"note"_s)};
    rules.columns[0].target = u"absent"_s;
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::NoSuchColumn);
    rules.columns = {rule(u"note"_s), rule(u"NOTE"_s)};
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::DuplicateName);
    rules.columns = {rule(u"note"_s), rule(u"total"_s)};
    rules.columns[0].target = rules.columns[1].target = u"note"_s;
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::DuplicateName);
    const TableSchema target = table(u"t"_s, {keyColumn(u"id"_s), column(u"total"_s, CellKind::Json)});
    const auto mapping = mapTable(orders(), target, {});
    QCOMPARE(mapping.error().code, ErrorCode::TypesIncompatible);
    QCOMPARE(mapping.error().facts.value(Fact::Table), u"orders"_s);
    QCOMPARE(mapping.error().facts.value(Fact::Column), u"total"_s);
}

void TestMapTable::columnsOnlyIsExhaustive()
{
    TableRules rules;
    rules.columnsOnly = true;
    rules.columns = {rule(u"id"_s), rule(u"note"_s)};
    const TableMapping mapping = mapped(orders(), orders(), rules);
    QCOMPARE(mapping.sourceColumns(), (QStringList{u"id"_s, u"note"_s}));
    QVERIFY(!hasNote(mapping, Note::SourceColumnUnmatched, u"total"_s));
    rules.columns = {rule(u"note"_s)};
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::NoKey);
    rules.columns = {rule(u"id"_s), rule(u"note"_s)};
    QCOMPARE(errorOf(orders(), table(u"t"_s, {keyColumn(u"id"_s)}), rules), ErrorCode::NoSuchColumn);
}

void TestMapTable::layoutIsKeyComparedCarried()
{
    TableRules rules;
    rules.key = {u"note"_s};
    rules.columns = {rule(u"id"_s), rule(u"total"_s)};
    rules.columns[0].compare = false;
    const TableMapping mapping = mapped(orders(), orders(), rules);
    QCOMPARE(mapping.sourceColumns(), (QStringList{u"note"_s, u"total"_s, u"id"_s}));
    QCOMPARE(mapping.keyCount, 1);
    QCOMPARE(mapping.comparedCount, 2);
    const auto layout = mapping.layout();
    QCOMPARE(layout->size(), 3);
    QCOMPARE(layout->keyCount, 1);
    QCOMPARE(layout->comparedCount, 2);
    QCOMPARE(layout->cells[1].kind, CellKind::Decimal);
    rules.columns[0].write = false; // neither compared nor written: not there at all
    QCOMPARE(mapped(orders(), orders(), rules).sourceColumns(), (QStringList{u"note"_s, u"total"_s}));
    rules.columns[1].write = false;
    QVERIFY(!mapped(orders(), orders(), rules).columns[1].write);
}

void TestMapTable::keyIsInferred()
{
    TableSchema source = table(
        u"s"_s, {column(u"a"_s, CellKind::Text, false), column(u"b"_s, CellKind::Text, false), column(u"c"_s)}, {});
    const auto keyOf = [&](const TableSchema &schema) {
        const TableMapping mapping = mapped(schema, source);
        return mapping.sourceColumns().mid(0, mapping.keyCount);
    };
    source.indexes = {{u"both"_s, {u"b"_s, u"a"_s}, true, false}, {u"one"_s, {u"b"_s}, true, false}};
    QCOMPARE(keyOf(source), QStringList{u"b"_s});
    source.indexes = {{u"both"_s, {u"b"_s, u"a"_s}, true, false}};
    QCOMPARE(keyOf(source), (QStringList{u"b"_s, u"a"_s}));
    source.primaryKey = {u"c"_s};
    QCOMPARE(keyOf(source), QStringList{u"c"_s});
    source.primaryKey.clear();
    for (const Index &unfit : {Index{u"partial"_s, {u"a"_s}, true, true}, Index{u"plain"_s, {u"a"_s}, false, false},
                               Index{u"nullable"_s, {u"c"_s}, true, false}, Index{u"expression"_s, {}, true, false}}) {
        source.indexes = {unfit};
        const auto mapping = mapTable(source, source, {});
        QVERIFY2(!mapping, qPrintable(unfit.name));
        QCOMPARE(mapping.error().code, ErrorCode::NoKey);
        QCOMPARE(mapping.error().facts.value(Fact::Table), u"s"_s);
    }
    source.columns[0].type.kind = CellKind::Float;
    source.indexes = {{u"float"_s, {u"a"_s}, true, false}};
    QCOMPARE(errorOf(source, source), ErrorCode::NoKey);
    TableRules rules;
    rules.key = {u"a"_s}; // who names it may have it
    QCOMPARE(mapped(source, source, rules).keyCount, 1);
}

void TestMapTable::keyIsRefused()
{
    TableRules rules;
    rules.key = {u"absent"_s};
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::NoSuchColumn);
    rules.key = {u"id"_s, u"ID"_s};
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::DuplicateName);
    rules.key = {u"id"_s};
    rules.columns = {rule(u"id"_s)};
    rules.columns[0].compare = false;
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::KeyUnusable);
    rules.columns[0] = rule(u"id"_s);
    rules.columns[0].write = false;
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::KeyUnusable);
    rules.columns[0] = rule(u"id"_s);
    rules.columns[0].leftOut = true;
    QCOMPARE(errorOf(orders(), orders(), rules), ErrorCode::KeyUnusable);
    TableSchema target = orders();
    target.columns[0].generated = true;
    rules.columns.clear();
    QCOMPARE(errorOf(orders(), target, rules), ErrorCode::KeyUnusable);
}

void TestMapTable::keyIgnoresLeniency()
{
    TableRules rules;
    rules.key = {u"note"_s};
    rules.compare.caseCounts = false;
    rules.compare.emptyIsNull = true;
    TableSchema source = orders();
    source.columns.append(column(u"remark"_s));
    const TableMapping mapping = mapped(source, source, rules);
    QVERIFY(!mapping.columns[0].type.ignoreCase && !mapping.columns[0].type.emptyIsNull);
    QVERIFY(mapping.columns[3].type.ignoreCase);
}

void TestMapTable::generatedTargetsAreLeftOut()
{
    TableSchema target = orders();
    target.columns[1].generated = true;
    const TableMapping mapping = mapped(orders(), target);
    QCOMPARE(mapping.sourceColumns(), (QStringList{u"id"_s, u"note"_s}));
    QVERIFY(hasNote(mapping, Note::TargetColumnGenerated, u"total"_s));
    QVERIFY(!hasNote(mapping, Note::SourceColumnUnmatched, u"total"_s));
    QCOMPARE(mapped(target, orders()).columns.size(), 3); // what the source computes is read like any other
}

void TestMapTable::unmatchedColumnsAreNoted()
{
    TableSchema source = orders();
    source.columns.append(column(u"only_here"_s));
    TableSchema target = orders();
    target.columns.append(column(u"optional"_s));
    target.columns.append(column(u"required"_s, CellKind::Text, false));
    target.columns.append(column(u"with_default"_s, CellKind::Text, false));
    target.columns.last().defaultSql = u"'x'"_s;
    target.columns.append(column(u"counted"_s, CellKind::Integer, false));
    target.columns.last().identity = Identity::Always;
    const TableMapping mapping = mapped(source, target);
    QVERIFY(hasNote(mapping, Note::SourceColumnUnmatched, u"only_here"_s));
    QVERIFY(hasNote(mapping, Note::TargetColumnUnmatched, u"optional"_s));
    QVERIFY(hasNote(mapping, Note::RequiredTargetColumnMissing, u"required"_s));
    QVERIFY(hasNote(mapping, Note::TargetColumnUnmatched, u"with_default"_s));
    QVERIFY(hasNote(mapping, Note::TargetColumnUnmatched, u"counted"_s));
}

void TestMapTable::narrowingIsNoted()
{
    const auto noteOf = [](const Column &from, const Column &to, Note kind) {
        const TableSchema source = table(u"s"_s, {keyColumn(u"id"_s), from});
        const TableSchema target = table(u"t"_s, {keyColumn(u"id"_s), to});
        return hasNote(mapped(source, target), kind, u"x"_s);
    };
    Column big = column(u"x"_s, CellKind::Integer);
    Column small = big;
    small.type.bytes = 4;
    QVERIFY(noteOf(big, small, Note::ValuesMayNotFit));
    QVERIFY(!noteOf(small, big, Note::ValuesMayNotFit));
    Column positive = big;
    positive.type.isUnsigned = true;
    QVERIFY(noteOf(positive, big, Note::ValuesMayNotFit));
    QVERIFY(noteOf(big, positive, Note::ValuesMayNotFit));
    small.type.isUnsigned = true;
    QVERIFY(!noteOf(small, big, Note::ValuesMayNotFit));

    Column wide = column(u"x"_s);
    Column narrow = wide;
    narrow.type.length = 10;
    QVERIFY(noteOf(wide, narrow, Note::ValuesMayNotFit));
    QVERIFY(!noteOf(narrow, wide, Note::ValuesMayNotFit));
    QVERIFY(!noteOf(narrow, narrow, Note::ValuesMayNotFit));
    Column longText = wide;
    longText.type.length = 4'294'967'295; // MariaDB's longtext: longer than any value
    QVERIFY(!noteOf(wide, longText, Note::ValuesMayNotFit));

    Column exact = column(u"x"_s, CellKind::Decimal);
    exact.type.precision = 12;
    exact.type.scale = 4;
    Column money = exact;
    money.type.precision = 10;
    money.type.scale = 2;
    QVERIFY(noteOf(exact, money, Note::FractionFloored));
    QVERIFY(!noteOf(exact, money, Note::ValuesMayNotFit)); // eight digits before the point, both
    QVERIFY(!noteOf(money, exact, Note::FractionFloored));
    Column sqlite = column(u"x"_s, CellKind::Decimal);
    sqlite.type.isDynamic = true;
    QVERIFY(noteOf(column(u"x"_s, CellKind::Decimal), sqlite, Note::ValuesMayNotFit)); // beyond 15 digits
    QVERIFY(!noteOf(money, sqlite, Note::ValuesMayNotFit));

    Column fine = column(u"x"_s, CellKind::Timestamp);
    Column coarse = fine;
    coarse.type.fraction = 0;
    QVERIFY(noteOf(fine, coarse, Note::FractionFloored));
    QVERIFY(!noteOf(coarse, fine, Note::FractionFloored));
    QVERIFY(noteOf(fine, column(u"x"_s), Note::TravelsAsText));
    QVERIFY(noteOf(fine, column(u"x"_s, CellKind::Instant), Note::ZonelessComparedAsWritten));

    Column wideFloat = column(u"x"_s, CellKind::Float);
    Column narrowFloat = wideFloat;
    narrowFloat.type.bytes = 4;
    QVERIFY(noteOf(wideFloat, narrowFloat, Note::FloatNarrowed));
    QVERIFY(!noteOf(narrowFloat, wideFloat, Note::FloatNarrowed));

    Column untyped = column(u"x"_s, CellKind::Exact);
    QVERIFY(!noteOf(untyped, untyped, Note::TravelsAsText));
    untyped.type.isDynamic = true;
    QVERIFY(noteOf(untyped, untyped, Note::TravelsAsText));
    Column declared = small; // SQLite: the declared size binds nobody
    declared.type.isDynamic = true;
    QVERIFY(!noteOf(big, declared, Note::ValuesMayNotFit));
    QVERIFY(noteOf(positive, declared, Note::ValuesMayNotFit));

    TableSchema keyed = table(u"s"_s, {keyColumn(u"id"_s, CellKind::Text)});
    keyed.columns[0].type.caseInsensitive = true;
    QVERIFY(hasNote(mapped(keyed, keyed), Note::CollationEquates, u"id"_s));
}

void TestMapTable::zonesGoToTheSideWithout()
{
    const TableSchema zoneless = table(u"s"_s, {keyColumn(u"id"_s), column(u"at"_s, CellKind::Timestamp)});
    const TableSchema zoned = table(u"t"_s, {keyColumn(u"id"_s), column(u"at"_s, CellKind::Instant)});
    TableRules rules;
    rules.columns = {rule(u"at"_s)};
    rules.columns[0].zone = u"Europe/Berlin"_s;
    const TableMapping there = mapped(zoneless, zoned, rules);
    QCOMPARE(there.columns[1].type.kind, CellKind::Instant);
    QCOMPARE(there.sourceCells()[1].zone, QByteArray("Europe/Berlin"));
    QVERIFY(there.targetCells()[1].zone.isEmpty());
    QVERIFY(!hasNote(there, Note::ZonelessComparedAsWritten, u"at"_s));
    const TableMapping back = mapped(zoned, zoneless, rules);
    QVERIFY(back.sourceCells()[1].zone.isEmpty());
    QCOMPARE(back.targetCells()[1].zone, QByteArray("Europe/Berlin"));
}

void TestMapTable::orderNeedsBothSides_data()
{
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("ordered");
    QTest::newRow("integers") << CellKind::Integer << u""_s << true;
    QTest::newRow("C text") << CellKind::Text << u""_s << true;
    QTest::newRow("uuid") << CellKind::Uuid << u""_s << true;
    QTest::newRow("timestamp") << CellKind::Timestamp << u""_s << true;
    QTest::newRow("decimals") << CellKind::Decimal << u""_s << false;
    QTest::newRow("enums") << CellKind::Exact << u""_s << false;
    QTest::newRow("a collation") << CellKind::Text << u"byteOrder"_s << false;
    QTest::newRow("NULLs") << CellKind::Integer << u"nullable"_s << false;
    QTest::newRow("no index") << CellKind::Integer << u"index"_s << false;
    QTest::newRow("numbers as text") << CellKind::Integer << u"text"_s << false;
    QTest::newRow("floored times") << CellKind::Timestamp << u"fraction"_s << false;
}

void TestMapTable::orderNeedsBothSides()
{
    QFETCH(CellKind, kind);
    QFETCH(QString, change);
    const TableSchema whole = table(u"s"_s, {keyColumn(u"id"_s, kind)});
    TableSchema other = whole;
    if (change == "byteOrder"_L1)
        other.columns[0].type.byteOrder = false;
    else if (change == "nullable"_L1)
        other.columns[0].nullable = true;
    else if (change == "index"_L1)
        other.primaryKey.clear();
    else if (change == "text"_L1)
        other.columns[0].type.kind = CellKind::Text;
    else if (change == "fraction"_L1)
        other.columns[0].type.fraction = 0;
    TableRules rules;
    rules.key = {u"id"_s};
    QTEST(mapped(whole, other, rules).ordered(), "ordered");
    QTEST(mapped(other, whole, rules).ordered(), "ordered");
    QCOMPARE(hasNote(mapped(whole, other, rules), Note::KeyNotIndexedInOrder, u"id"_s),
             !mapped(whole, other, rules).ordered());
}

void TestMapTable::digestFollowsTheMapping()
{
    const TableMapping mapping = mapped(orders(), orders());
    const QByteArray digest = mapping.digest();
    QCOMPARE(digest.size(), 16);
    QCOMPARE(mapped(orders(), orders()).digest(), digest);
    // A job's base and watermark outlive the program: these bytes may change only together with encodingVersion.
    QCOMPARE(digest.toHex(), QByteArray("dd46d37e6675672e30def7915f09e787"));
    const auto differs = [&](auto change) {
        TableMapping other = mapping;
        change(other);
        return other.digest() != digest;
    };
    QVERIFY(differs([](TableMapping &m) { m.source.name.name = u"x"_s; }));
    QVERIFY(differs([](TableMapping &m) { m.target.name.schema = u"x"_s; }));
    QVERIFY(differs([](TableMapping &m) { m.keyCount = 2; }));
    QVERIFY(differs([](TableMapping &m) { m.comparedCount = 2; }));
    QVERIFY(differs([](TableMapping &m) { m.columns.removeLast(); }));
    QVERIFY(differs([](TableMapping &m) { m.source.columns[2].name = u"x"_s; }));
    QVERIFY(differs([](TableMapping &m) { m.columns[1].type.scale = 2; }));
    QVERIFY(differs([](TableMapping &m) { m.columns[2].type.ignoreCase = true; }));
    QVERIFY(differs([](TableMapping &m) { m.columns[2].zoneTarget = u"Europe/Berlin"_s; }));
    QVERIFY(!differs([](TableMapping &m) { m.notes.clear(); }));
}

void TestMapTable::cellsBearTheirOwnTypes()
{
    TableSchema target = orders();
    target.columns[1].type.native = u"numeric(12,2)"_s;
    target.columns[1].name = u"TOTAL"_s;
    const TableMapping mapping = mapped(orders(), target);
    QCOMPARE(mapping.sourceCells()[1].column, u"total"_s);
    QCOMPARE(mapping.targetCells()[1].column, u"TOTAL"_s);
    QCOMPARE(mapping.targetCells()[1].type.native, u"numeric(12,2)"_s);
}

void TestMapTable::tablesMatch_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("exact") << u""_s << u"orders"_s << u"orders"_s;
    QTest::newRow("exact before loose") << u""_s << u"Orders"_s << u"Orders"_s;
    QTest::newRow("loose") << u""_s << u"ORDER_LINES"_s << u"orderLines"_s;
    QTest::newRow("loose, twice") << u""_s << u"ORDERS"_s << u"ambiguous-name"_s;
    QTest::newRow("absent") << u""_s << u"customers"_s << u"no-such-table"_s;
    QTest::newRow("a dot is part of a name") << u""_s << u"a.b"_s << u"a.b"_s;
    QTest::newRow("schema") << u"sales"_s << u"invoices"_s << u"sales.invoices"_s;
    QTest::newRow("another schema") << u"archive"_s << u"invoices"_s << u"archive.invoices"_s;
    QTest::newRow("in two schemas") << u""_s << u"invoices"_s << u"ambiguous-name"_s;
    QTest::newRow("no such schema") << u"stock"_s << u"invoices"_s << u"no-such-table"_s;
    QTest::newRow("loose schema") << u"SALES"_s << u"Invoices"_s << u"sales.invoices"_s;
}

void TestMapTable::tablesMatch()
{
    QFETCH(QString, schema);
    QFETCH(QString, name);
    const QList<TableName> names{{{}, u"orders"_s}, {{}, u"Orders"_s},           {{}, u"orderLines"_s},
                                 {{}, u"a.b"_s},    {u"sales"_s, u"invoices"_s}, {u"archive"_s, u"invoices"_s}};
    const auto found = matchTable({schema, name}, names);
    QTEST(found ? found->display() : codeName(found.error().code), "expected");
}

QTEST_APPLESS_MAIN(TestMapTable)
#include "tst_maptable.moc"
