// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of events that are kept until their columns are known: what comes back is what was parsed.
#include <QTest>

#include "core/change/changeeventreader.h"
#include "core/change/eventrows.h"

using namespace tidemark;

namespace {

std::string message(const std::string &after)
{
    return R"({"op": "c", "source": {"table": "t"}, "before": null, "after": )" + after + "}";
}

// The same fields with the same values.
bool isSame(const EventRow &left, const EventRow &right)
{
    return left.isPresent == right.isPresent
        && std::equal(left.fields.begin(), left.fields.end(), right.fields.begin(), right.fields.end(),
                      [](const EventField &one, const EventField &other) {
                          return one.name.text == other.name.text && one.name.hasEscapes == other.name.hasEscapes
                              && one.value.kind == other.value.kind && one.value.text == other.value.text
                              && one.value.hasEscapes == other.value.hasEscapes
                              && one.value.isWhole == other.value.isWhole && one.hasType == other.hasType
                              && (!one.hasType || one.type == other.type);
                      });
}

} // namespace

class TestEventRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasParsed()
    {
        const std::string texts[]{
            message(R"({"id": 1, "a\u0062": "x\ny", "n": null, "b": true})"),
            message(R"({"id": -18446744073709551616, "a\u0062": "", "n": 1.50, "b": {"c": [1]}})"),
            message(R"({"other": []})"),
            message("{}"),
            message(R"({"id": 2, "a\u0062": "z", "n": 1e3, "b": false})"),
        };
        ChangeEventReader reader;
        EventRows rows;
        std::vector<int> numbers;
        std::vector<EventRow> parsed;
        for (const std::string &text : texts) {
            ChangeEvent event;
            QVERIFY(reader.parse({}, text, event));
            numbers.push_back(rows.add(event.after, 0));
            parsed.push_back(event.after);
        }
        EventRow row;
        for (std::size_t i = 0; i < parsed.size(); ++i) {
            rows.restore(numbers[i], row);
            QVERIFY2(isSame(row, parsed[i]), texts[i].c_str());
        }
        QCOMPARE(rows.shapeOf(numbers[1]), rows.shapeOf(numbers[0]));
        QCOMPARE(rows.shapeOf(numbers[4]), rows.shapeOf(numbers[0]));
        QVERIFY(rows.shapeOf(numbers[2]) != rows.shapeOf(numbers[0]));
        const std::vector<std::string> names{"id", "ab", "n", "b"};
        QCOMPARE(columnNames(rows.shape(rows.shapeOf(numbers[0]))), names);
    }

    void knowsWhatIsNotThere()
    {
        EventRows rows;
        QCOMPARE(rows.add(EventRow(), 1), -1);
        EventRow row;
        row.isPresent = true;
        row.fields.resize(2);
        rows.restore(-1, row);
        QVERIFY(!row.isPresent);
        QVERIFY(row.fields.empty());
    }

    // Types that a schema gave are part of a shape: of two fields of one name and two types none is taken for the
    // other.
    void tellsTypesApart()
    {
        EventRow row;
        row.isPresent = true;
        EventField field;
        field.name.kind = field.value.kind = JsonToken::Kind::String;
        field.name.text = "at";
        field.value.text = "1";
        row.fields.push_back(field);
        EventRows rows;
        const int untyped = rows.add(row, 0);
        row.fields[0].hasType = true;
        row.fields[0].type.meaning = EventType::Meaning::Days;
        const int days = rows.add(row, 0);
        row.fields[0].type = {EventType::Meaning::Decimal, 2, 0};
        const int decimal = rows.add(row, 0);
        row.fields[0].type.scale = 3;
        const int finer = rows.add(row, 0);
        EventRow back;
        rows.restore(untyped, back);
        QVERIFY(!back.fields[0].hasType);
        rows.restore(days, back);
        QCOMPARE(back.fields[0].type.meaning, EventType::Meaning::Days);
        rows.restore(decimal, back);
        QCOMPARE(back.fields[0].type.scale, 2);
        rows.restore(finer, back);
        QCOMPARE(back.fields[0].type.scale, 3);
    }
};

QTEST_GUILESS_MAIN(TestEventRows)
#include "tst_eventrows.moc"
