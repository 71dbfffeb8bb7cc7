// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/mapping/sometables.h"

using namespace tidemark;

// How the columns of two tables find each other.
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
    void generatedTargetsAreLeftOut();
    void unmatchedColumnsAreNoted();
    void narrowingIsNoted();
    void zonesGoToTheSideWithout();
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
