// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/ui/support/cells.h"
#include "ui/plan/rowarrangement.h"
#include "ui/plan/rowexport.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using cells::kind;
using cells::view;

// How rows are ordered, and what becomes of a value in a field of CSV.
class TestPlanOrder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fields_data();
    void fields();
    void sortKeysSortAsValues();
    void sortsManyRuns();
};

void TestPlanOrder::fields_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("number");
    QTest::addColumn<QString>("field");
    QTest::newRow("plain") << u"a b"_s << false << u"a b"_s;
    QTest::newRow("empty text") << QString() << false << u"\"\""_s;
    QTest::newRow("separator") << u"a,b"_s << false << u"\"a,b\""_s;
    QTest::newRow("quote") << u"a\"b"_s << false << u"\"a\"\"b\""_s;
    QTest::newRow("line end") << u"a\nb"_s << false << u"\"a\nb\""_s;
    QTest::newRow("formula") << u"=HYPERLINK(\"x\")"_s << false << u"\"'=HYPERLINK(\"\"x\"\")\""_s;
    QTest::newRow("plus") << u"+1"_s << false << u"'+1"_s;
    QTest::newRow("minus in a text") << u"-1"_s << false << u"'-1"_s;
    QTest::newRow("minus in a number") << u"-1"_s << true << u"-1"_s;
    QTest::newRow("at") << u"@SUM(A1)"_s << false << u"'@SUM(A1)"_s;
    QTest::newRow("tab") << u"\t=1"_s << false << u"\"'\t=1\""_s;
    QTest::newRow("full width") << u"＝1"_s << false << u"'＝1"_s;
}

void TestPlanOrder::fields()
{
    QFETCH(QString, text);
    QFETCH(bool, number);
    QTEST(RowText::field(text, number, u','), "field");
}

void TestPlanOrder::sortKeysSortAsValues()
{
    const auto check = [](CellKind of, const QList<QByteArray> &sorted) {
        std::string before;
        for (const QByteArray &bytes : sorted) {
            const CellView cell = view(bytes);
            std::string key;
            appendSortKey(kind(of), &cell, key);
            QVERIFY2(before < key, bytes.constData());
            before = key;
        }
        std::string absent;
        appendSortKey(kind(of), nullptr, absent);
        QVERIFY(before < absent);
        const CellView null;
        std::string nothing;
        appendSortKey(kind(of), &null, nothing);
        QVERIFY(nothing < before);
    };
    check(CellKind::Decimal,
          {"-Infinity",
           "-1000.5",
           "-1000",
           "-20",
           "-3.01",
           "-3",
           "-0.5",
           "-0.05",
           "0",
           "0.0009",
           "0.01",
           "0.5",
           "1",
           "1.5",
           "9",
           "10",
           "99.99",
           "100",
           "12345678901234567890",
           "Infinity",
           "NaN"});
    check(CellKind::Text, {"", "Abc", "abd", "b", "Z\xc3\xbcrich"});
    std::string a, b;
    const QByteArray one = "1.0", other = "1.00";
    const CellView first = view(one), second = view(other);
    appendSortKey(kind(CellKind::Decimal), &first, a);
    appendSortKey(kind(CellKind::Decimal), &second, b);
    QCOMPARE(a, b);
}

void TestPlanOrder::sortsManyRuns()
{
    PlanTable table;
    table.columns = {{u"id"_s, u"id"_s, {}, true}};
    table.keyCount = table.comparedCount = 1;
    for (const bool descending : {false, true}) {
        RowSort sort(table, {0, false, descending});
        RowBatch batch(table.layout());
        constexpr int rows = 200'000;
        for (int row = 0; row < rows; ++row) {
            batch.clear();
            batch.beginRow();
            const QByteArray key = QByteArray::number(row * 7 % 1000).rightJustified(4, '0'); // each many times
            batch.appendCell({key.constData(), static_cast<size_t>(key.size())});
            batch.endRow();
            PlanRowRef ref;
            ref.place = row;
            ref.source = batch.chain(0);
            QVERIFY(sort.add(ref));
        }
        const std::vector<qint64> places = sort.places([] { return true; });
        QCOMPARE(qsizetype(places.size()), qsizetype(rows));
        for (size_t i = 1; i < places.size(); ++i) {
            const qint64 before = places[i - 1] * 7 % 1000;
            const qint64 now = places[i] * 7 % 1000;
            // As found where the values are the same.
            QVERIFY(before == now ? places[i - 1] < places[i] : descending ? before > now : before < now);
        }
    }
}

QTEST_MAIN(TestPlanOrder)
#include "tst_planorder.moc"
