// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/mapping/sometables.h"

using namespace tidemark;

// The key of a matched table, its order, and what its digest covers.
class TestMapKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layoutIsKeyComparedCarried();
    void keyIsInferred();
    void keyIsRefused();
    void keyIgnoresLeniency();
    void orderNeedsBothSides_data();
    void orderNeedsBothSides();
    void digestFollowsTheMapping();
};

void TestMapKeys::layoutIsKeyComparedCarried()
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

void TestMapKeys::keyIsInferred()
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

void TestMapKeys::keyIsRefused()
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

void TestMapKeys::keyIgnoresLeniency()
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

void TestMapKeys::orderNeedsBothSides_data()
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

void TestMapKeys::orderNeedsBothSides()
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

void TestMapKeys::digestFollowsTheMapping()
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

QTEST_APPLESS_MAIN(TestMapKeys)
#include "tst_mapkeys.moc"
