// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"
#include "core/journal/basefile.h"
#include "core/journal/conflictrows.h"
#include "tests/core/journal/someconflict.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::CellKind)

namespace {

QList<CellEdit> editsOf(const QString &text) // "note=x;qty="; "=" alone after the name: NULL
{
    QList<CellEdit> edits;
    const QStringList parts = text.split(u';', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (part.contains(u'='))
            edits.append({part.section(u'=', 0, 0), part.section(u'=', 1)});
        else
            edits.append({part, {}});
    }
    return edits;
}

} // namespace

class TestConflictsMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void merges_data();
    void merges();
    void refuses_data();
    void refuses();
    void refusesWhatAColumnDoesNotTake_data();
    void refusesWhatAColumnDoesNotTake();
    void readsValues_data();
    void readsValues();
    void pictures();
    void picturesOfAnotherLayout();
    void basesOfPrints();
    void asJson();
};

void TestConflictsMerge::merges_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("edits");
    QTest::addColumn<int>("rest"); // −1: nobody
    QTest::addColumn<QString>("forSource");
    QTest::addColumn<QString>("forTarget");
    const auto add = [](const char *name, const char *source, const char *target, const char *edits, int rest,
                        const char *forSource, const char *forTarget) {
        QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(target) << QString::fromUtf8(edits)
                            << rest << QString::fromUtf8(forSource) << QString::fromUtf8(forTarget);
    };
    add("each that differs is set", "1|a|2|x", "1|b|3|y", "note=c;qty=9", -1, "1|c|9|x", "1|c|9|y");
    add("by the target's names", "1|a|2|x", "1|b|3|y", "Note=c;Quantity=9", -1, "1|c|9|x", "1|c|9|y");
    add("what agrees stays", "1|a|2|x", "1|b|2|y", "note=c", -1, "1|c|2|x", "1|c|2|y");
    add("what agrees may be set", "1|a|2|x", "1|b|2|y", "note=c;qty=5", -1, "1|c|5|x", "1|c|5|y");
    add("NULL", "1|a|2|x", "1|b|2|y", "note", -1, "1|NULL|2|x", "1|NULL|2|y");
    add("an empty text is one", "1|a|2|x", "1|b|2|y", "note=", -1, "1||2|x", "1||2|y");
    add("the source but for", "1|a|2|x", "1|b|3|y", "qty=9", 0, "1|a|9|x", "1|a|9|y");
    add("the target but for", "1|a|2|x", "1|b|3|y", "qty=9", 1, "1|b|9|x", "1|b|9|y");
    add("a value with '='", "1|a|2|x", "1|b|2|y", "note=a=b", -1, "1|a=b|2|x", "1|a=b|2|y");
    add("deleted at the target", "1|a|2|x", "", "note=c", -1, "1|c|2|x", "1|c|2|x");
    add("deleted at the source", "", "1|b|3|y", "note=c", 1, "1|c|3|y", "1|c|3|y");
}

void TestConflictsMerge::merges()
{
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(QString, edits);
    QFETCH(int, rest);
    const PlanTable table = someTable();
    const auto side = rest < 0 ? std::nullopt : std::optional(rest == 0 ? JobSide::Source : JobSide::Target);
    const auto reply = mergedAnswer(table, conflictOf(table, source, target), editsOf(edits), side);
    QVERIFY(reply);
    QCOMPARE(reply->id, 7);
    QVERIFY(reply->answer == ConflictAnswer::Row);
    QTEST(textOf(table, reply->rowForSource), "forSource");
    QTEST(textOf(table, reply->rowForTarget), "forTarget");
}

void TestConflictsMerge::refuses_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("edits");
    QTest::addColumn<int>("rest");
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("told"); // Value or Found
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *name, const char *source, const char *target, const char *edits, int rest,
                        const char *option, const char *told, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(target) << QString::fromUtf8(edits)
                            << rest << QString::fromUtf8(option) << QString::fromUtf8(told)
                            << QString::fromUtf8(expected);
    };
    add("a cell is left", "1|a|2|x", "1|b|3|y", "note=c", -1, "", "", "--set qty=VALUE | --take source|target");
    add("two cells are left", "1|a|2|x", "1|b|3|y", "", -1, "", "",
        "--set note=VALUE --set qty=VALUE | --take source|target");
    add("no such column", "1|a|2|x", "1|b|2|y", "nope=c", -1, "--set", "nope=c", "note | qty");
    add("a key column", "1|a|2|x", "1|b|2|y", "id=2", -1, "--set", "id=2", "note | qty");
    add("a carried column", "1|a|2|x", "1|b|2|y", "seen=2", -1, "--set", "seen=2", "note | qty");
    add("no such column for NULL", "1|a|2|x", "1|b|2|y", "nope", -1, "--set-null", "nope", "note | qty");
    add("no such value", "1|a|2|x", "1|b|2|y", "note=c;qty=12x", -1, "--set", "qty=12x", "integer");
    add("twice", "1|a|2|x", "1|b|2|y", "note=c;Note", -1, "--set note=c", "--set-null Note", "");
    add("the side without the row", "1|a|2|x", "", "note=c", 1, "--take target", "--set", "");
    add("the other side without the row", "", "1|a|2|x", "note=c", 0, "--take source", "--set", "");
}

void TestConflictsMerge::refuses()
{
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(QString, edits);
    QFETCH(int, rest);
    QFETCH(QString, option);
    QFETCH(QString, told);
    const PlanTable table = someTable();
    const auto side = rest < 0 ? std::nullopt : std::optional(rest == 0 ? JobSide::Source : JobSide::Target);
    const auto reply = mergedAnswer(table, conflictOf(table, source, target), editsOf(edits), side);
    QVERIFY(!reply);
    const Error &error = reply.error();
    QCOMPARE(error.code, ErrorCode::Usage);
    QCOMPARE(error.facts.value(Fact::Option), option);
    QCOMPARE(error.facts.value(Fact::Value) + error.facts.value(Fact::Found), told);
    QTEST(error.facts.value(Fact::Expected), "expected");
    if (option.isEmpty())
        QCOMPARE(error.facts.value(Fact::Command), u"resolve --id 7"_s);
}

void TestConflictsMerge::refusesWhatAColumnDoesNotTake_data()
{
    QTest::addColumn<bool>("atSource"); // is what limits it
    QTest::addColumn<bool>("isOneWay");
    QTest::addColumn<QString>("edits");
    QTest::addColumn<QString>("expected"); // empty: taken
    for (const bool atSource : {false, true}) {
        const QByteArray side = atSource ? "source, " : "target, ";
        const auto row = [&](const char *name, bool isOneWay, const QString &edits, const QString &expected) {
            QTest::newRow(QByteArray(side + name).constData()) << atSource << isOneWay << edits << expected;
        };
        row("fits", false, u"note=abc;qty=127"_s, {});
        row("too long", false, u"note=abcd;qty=1"_s, u"string(3)"_s);
        row("out of range", false, u"note=a;qty=128"_s, u"-128 … 127"_s);
        row("NULL", false, u"note;qty=1"_s, u"NOT NULL"_s);
        row("one way", true, u"note=abcd;qty=1"_s, atSource ? QString() : u"string(3)"_s);
    }
}

void TestConflictsMerge::refusesWhatAColumnDoesNotTake()
{
    QFETCH(bool, atSource);
    QFETCH(bool, isOneWay);
    QFETCH(QString, edits);
    QFETCH(QString, expected);
    PlanTable table = someTable();
    CellLimits text;
    text.length = 3;
    text.nullable = false;
    CellLimits number;
    number.bytes = 1;
    (atSource ? table.sourceLimits : table.targetLimits) = {{}, text, number};
    Conflict conflict = conflictOf(table, u"1|a|1|x"_s, u"1|b|2|y"_s);
    conflict.kind = isOneWay ? ConflictKind::Differs : ConflictKind::BothUpdated;
    const auto reply = mergedAnswer(table, conflict, editsOf(edits), {});
    QCOMPARE(reply.has_value(), expected.isEmpty());
    if (!reply) {
        QCOMPARE(reply.error().code, ErrorCode::Usage);
        QCOMPARE(reply.error().facts.value(Fact::Expected), expected);
        QVERIFY(!reply.error().facts.value(Fact::Value).isEmpty());
    }
}

void TestConflictsMerge::readsValues_data()
{
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("stored"); // as text; nothing: refused
    QTest::addColumn<QString>("expected");
    const auto good = [](CellKind kind, const char *text, const char *stored) {
        QTest::addRow("%s: %s", qPrintable(cellKindName(kind)), text)
            << kind << QString::fromUtf8(text) << QString::fromUtf8(stored) << QString();
    };
    const auto bad = [](CellKind kind, const char *text, const char *expected) {
        QTest::addRow("%s: not %s", qPrintable(cellKindName(kind)), text)
            << kind << QString::fromUtf8(text) << QString() << QString::fromUtf8(expected);
    };
    good(CellKind::Boolean, "true", "true");
    good(CellKind::Boolean, "0", "false");
    bad(CellKind::Boolean, "maybe", "boolean");
    good(CellKind::Integer, "18446744073709551615", "18446744073709551615");
    good(CellKind::Integer, "-9223372036854775808", "-9223372036854775808");
    bad(CellKind::Integer, "18446744073709551616", "integer");
    bad(CellKind::Integer, "1.5", "integer");
    bad(CellKind::Integer, "", "integer");
    good(CellKind::Decimal, "12345678901234567890.10", "12345678901234567890.10");
    bad(CellKind::Decimal, "1,5", "number");
    good(CellKind::Float, "1.5e3", "1500");
    bad(CellKind::Float, "x", "number");
    good(CellKind::Text, "NULL or not", "NULL or not");
    good(CellKind::Text, "Grüße 你好", "Grüße 你好");
    good(CellKind::Date, "2024-02-29", "2024-02-29");
    bad(CellKind::Date, "2023-02-29", "YYYY-MM-DD");
    good(CellKind::Time, "12:00:00", "12:00:00");
    bad(CellKind::Time, "noon", "HH:MM:SS");
    good(CellKind::Timestamp, "2024-02-29 13:00:00.25", "2024-02-29 13:00:00.25");
    bad(CellKind::Timestamp, "yesterday", "YYYY-MM-DD HH:MM:SS");
    good(CellKind::Instant, "2024-02-29T13:00:00+02:00", "2024-02-29 11:00:00+00:00");
    bad(CellKind::Instant, "13:00", "YYYY-MM-DD HH:MM:SS+00:00");
    good(CellKind::Uuid, "6F1C0E0A-0000-4000-8000-000000000001", "6f1c0e0a-0000-4000-8000-000000000001");
    bad(CellKind::Uuid, "6f1c", "uuid");
    good(CellKind::Json, R"({"a": [1, 2]})", R"({"a": [1, 2]})");
    bad(CellKind::Json, "{a}", "JSON");
    good(CellKind::Exact, "anything", "anything");
    good(CellKind::Blob, "0x6162", "ab");
    good(CellKind::Blob, "0x", "");
    bad(CellKind::Blob, "ab", "0x00ff");
    bad(CellKind::Blob, "0x6", "0x00ff");
    bad(CellKind::Blob, "0xgg", "0x00ff");
}

void TestConflictsMerge::readsValues()
{
    QFETCH(CellKind, kind);
    QFETCH(QString, text);
    QFETCH(QString, stored);
    QFETCH(QString, expected);
    const PlanTable table = someTable({kind});
    const Conflict conflict = conflictOf(table, u"1|NULL|2|x"_s, u"1|NULL|3|y"_s);
    const auto reply = mergedAnswer(table, conflict, {{u"note"_s, text}}, JobSide::Source);
    QCOMPARE(reply.has_value(), expected.isEmpty());
    if (!reply) {
        QCOMPARE(reply.error().facts.value(Fact::Expected), expected);
        QCOMPARE(reply.error().facts.value(Fact::Value), QString(u"note="_s + text));
        return;
    }
    QCOMPARE(textOf(table, reply->rowForSource), QString(u"1|"_s + stored + u"|2|x"_s));
}

void TestConflictsMerge::pictures()
{
    const PlanTable table = someTable();
    Conflict conflict = conflictOf(table, u"1|a|2|x"_s, u"1|b|2|y"_s);
    auto rows = conflictRows(table, conflict);
    QVERIFY(rows);
    QVERIFY(rows->differs(1));
    QVERIFY(!rows->differs(2));
    QVERIFY(!rows->differs(3)); // it is not compared
    QVERIFY(rows->base.isEmpty());
    rows = conflictRows(table, conflictOf(table, {}, u"1|b|2|y"_s));
    QVERIFY(rows->source.isEmpty() && !rows->differs(1));
    RowBatch base(table.layout());
    append(base, table, {u"1"_s, u"o"_s, u"2"_s, u"x"_s});
    append(base, table, {u"1"_s, u"O"_s, u"2"_s, u"y"_s});
    conflict.base = encodePicture(base, 0, base, 1);
    rows = conflictRows(table, conflict);
    QCOMPARE(rows->base.rowCount(), 1);
    QVERIFY(rows->base.value(0, 1).bytes == "o"); // the source's
    QVERIFY(rows->baseKnown == std::vector<bool>(4, true));
    conflict.base = "not a picture";
    QVERIFY(conflictRows(table, conflict)->base.isEmpty());
}

void TestConflictsMerge::picturesOfAnotherLayout()
{
    const PlanTable table = someTable();
    Conflict conflict = conflictOf(table, u"1|a|2|x"_s, u"1|b|2|y"_s);
    conflict.mappingDigest = "another";
    QVERIFY(!conflictRows(table, conflict));
    QVERIFY(!mergedAnswer(table, conflict, {{u"note"_s, u"c"_s}}, {}));
    conflict.mappingDigest = table.mappingDigest;
    conflict.target.chop(1);
    QVERIFY(!conflictRows(table, conflict));
    conflict.source.clear();
    conflict.target.clear();
    QVERIFY(!conflictRows(table, conflict));
}

// Large cells are kept as prints: those that a side still has are known by them.
void TestConflictsMerge::basesOfPrints()
{
    const PlanTable table = someTable();
    const QString large(5000, u'o');
    RowBatch base(table.layout());
    append(base, table, {u"1"_s, large, u"2"_s, u"x"_s});
    Conflict conflict = conflictOf(table, u"1|a|2|x"_s, u"1|"_s + large + u"|3|y"_s);
    conflict.base = encodePicture(base, 0, base, 0);
    const auto rows = conflictRows(table, conflict);
    QVERIFY(rows);
    QVERIFY(rows->baseKnown == (std::vector<bool>{true, true, true, false}));
    QVERIFY(rows->base.value(0, 1).bytes == large.toUtf8().toStdString());
    QVERIFY(rows->base.value(0, 2).bytes == rows->source.value(0, 2).bytes);
    conflict.target = chainOf(table, u"1|b|3|y"_s);
    QVERIFY(conflictRows(table, conflict)->baseKnown == (std::vector<bool>{true, false, true, false}));
    const QJsonObject json = conflictToJson(conflict, &table);
    QCOMPARE(json["base"_L1].toObject(), (QJsonObject{{u"id"_s, 1}, {u"qty"_s, 2}}));
}

void TestConflictsMerge::asJson()
{
    const PlanTable table = someTable();
    Conflict conflict = conflictOf(table, u"1|a|9007199254740993|x"_s, {});
    conflict.kind = ConflictKind::UpdatedAndDeleted;
    conflict.run = u"r1"_s;
    conflict.sinceUs = 1'500'000;
    const auto expected = QJsonDocument::fromJson(R"({
        "id": 7, "table": "orders", "key": {"id": 1}, "keyText": "1", "kind": "updated-and-deleted", "run": "r1",
        "since": "1970-01-01T00:00:01.500Z", "state": "open", "answer": null, "answeredBy": null, "answered": null,
        "source": {"id": 1, "note": "a", "qty": "9007199254740993", "seen": "x"}, "target": null})");
    QVERIFY(expected.isObject());
    QCOMPARE(QJsonDocument(conflictToJson(conflict, &table)).toJson(), expected.toJson());
    conflict.state = ConflictState::Answered;
    conflict.answer = ConflictAnswer::Row;
    conflict.answeredBy = u"ann"_s;
    conflict.answeredUs = 2'000'000;
    conflict.rowForSource = conflict.rowForTarget = conflict.source;
    QJsonObject json = conflictToJson(conflict, &table);
    QCOMPARE(json["answer"_L1].toString(), u"row"_s);
    QCOMPARE(json["answeredBy"_L1].toString(), u"ann"_s);
    QCOMPARE(json["row"_L1]["target"_L1], json["source"_L1]);
    json = conflictToJson(conflict, nullptr); // its layout is gone
    QCOMPARE(json["table"_L1].toString(), conflict.table);
    for (const char *const field : {"key", "source", "target", "base"})
        QVERIFY2(!json.contains(QLatin1StringView(field)), field);
}

QTEST_APPLESS_MAIN(TestConflictsMerge)
#include "tst_conflictsmerge.moc"
