// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QTest>

#include "core/data/cellbytes.h"
#include "ui/plan/celldelegate.h"
#include "ui/plan/whypanel.h"
#include "ui/plan/whyrule.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

Q_DECLARE_METATYPE(tidemark::WhyRule)
Q_DECLARE_METATYPE(tidemark::CellType)
Q_DECLARE_METATYPE(std::optional<QByteArray>)

using Cell = std::optional<QByteArray>;

// What "Why?" answers, as a truth table, and how values are made visible.
class TestWhyRule : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rules_data();
    void rules();
    void everyRuleHasASentence();
    void visibleText_data();
    void visibleText();
};

static CellView view(const Cell &cell)
{
    if (!cell)
        return {};
    return {std::string_view(cell->constData(), static_cast<size_t>(cell->size())), false};
}

void TestWhyRule::rules_data()
{
    QTest::addColumn<CellType>("type");
    QTest::addColumn<Cell>("source");
    QTest::addColumn<Cell>("sourceCompared");
    QTest::addColumn<Cell>("target");
    QTest::addColumn<Cell>("targetCompared");
    QTest::addColumn<WhyRule>("rule");
    const auto row = [](const char *name, CellType type, const Cell &source, const Cell &target, WhyRule rule) {
        QTest::newRow(name) << type << source << source << target << target << rule;
    };
    const auto compared = [](const char *name, CellType type, const Cell &source, const Cell &sc, const Cell &target,
                             const Cell &tc,
                             WhyRule rule) { QTest::newRow(name) << type << source << sc << target << tc << rule; };
    CellType text;
    CellType decimal;
    decimal.kind = CellKind::Decimal;
    CellType stamp;
    stamp.kind = CellKind::Timestamp;
    CellType blob;
    blob.kind = CellKind::Blob;
    CellType json;
    json.kind = CellKind::Json;
    CellType folded = text;
    folded.ignoreCase = true;
    CellType trimmed = text;
    trimmed.ignoreTrailingSpaces = true;
    CellType emptyNull = text;
    emptyNull.emptyIsNull = true;
    row("same", text, "a", "a", WhyRule::Same);
    row("both NULL", text, {}, {}, WhyRule::Same);
    row("NULL and empty", text, "", {}, WhyRule::NullIsNotEmpty);
    row("empty and NULL", text, {}, "", WhyRule::NullIsNotEmpty);
    row("NULL and a value", text, {}, "a", WhyRule::NullIsNoValue);
    row("NULL and an empty blob", blob, {}, "", WhyRule::NullIsNoValue);
    row("space at the end", text, "takes 24/6 ", "takes 24/6", WhyRule::TrailingSpaceCounts);
    row("space at the start", text, " a", "a", WhyRule::LeadingSpaceCounts);
    row("line ends", text, "a\r\nb", "a\nb", WhyRule::LineEndCounts);
    row("case", text, "Abc", "abc", WhyRule::CaseCounts);
    row("Unicode form", text, "Zo\xc3\xab", "Zoe\xcc\x88", WhyRule::UnicodeForm);
    row("other text", text, "a", "b", WhyRule::ValuesDiffer);
    row("numbers", decimal, "6.90", "6.50", WhyRule::NumbersDiffer);
    compared("equal numbers", decimal, "1.0", "1", "1.00", "1", WhyRule::EqualNumbers);
    const auto time = [](qint64 microseconds) {
        QByteArray bytes(8, '\0');
        cellbytes::putTime(microseconds, bytes.data());
        return Cell(bytes);
    };
    constexpr qint64 hour = 3'600'000'000;
    row("times", stamp, time(0), time(90'000'000), WhyRule::TimesDiffer);
    row("a fraction", stamp, time(0), time(999'999), WhyRule::FractionCounts);
    row("hours", stamp, time(5 * hour), time(3 * hour), WhyRule::WholeHoursApart);
    row("days", stamp, time(48 * hour), time(0), WhyRule::TimesDiffer);
    row("infinities", stamp, time(std::numeric_limits<qint64>::min()), time(std::numeric_limits<qint64>::max()),
        WhyRule::TimesDiffer);
    const auto real = [](double value) {
        QByteArray bytes(8, '\0');
        cellbytes::putReal(value, bytes.data());
        return Cell(bytes);
    };
    CellType single;
    single.kind = CellKind::Float;
    single.floatBits = 32;
    CellType tolerant = single;
    tolerant.floatTolerance = 0.1;
    CellType boolean;
    boolean.kind = CellKind::Boolean;
    CellType uuid;
    uuid.kind = CellKind::Uuid;
    CellType date;
    date.kind = CellKind::Date;
    CellType integer;
    integer.kind = CellKind::Integer;
    CellType both = text;
    both.ignoreCase = both.ignoreTrailingSpaces = true;
    row("floats", single, real(1), real(2), WhyRule::NumbersDiffer);
    compared("zeros", single, real(0.0), "z", real(-0.0), "z", WhyRule::EqualNumbers);
    compared("of 32 bits", single, real(0.1), "f", real(double(0.1F)), "f", WhyRule::DigitsIgnored);
    compared("tolerance", tolerant, real(0.11), "t", real(0.12), "t", WhyRule::WithinTolerance);
    compared("digits of a decimal", decimal, "1.239", "1.23", "1.231", "1.23", WhyRule::DigitsIgnored);
    compared("case and spaces", both, "Abc ", "abc", "abc", "abc", WhyRule::CaseAndSpaceIgnored);
    compared("case alone", both, "Abc", "abc", "abc", "abc", WhyRule::CaseIgnored);
    compared("spaces alone", both, "abc ", "abc", "abc", "abc", WhyRule::TrailingSpaceIgnored);
    row("booleans", boolean, QByteArray(1, '\1'), QByteArray(1, '\0'), WhyRule::ValuesDiffer);
    row("integers", integer, "1", "2", WhyRule::NumbersDiffer);
    row("uuids", uuid, "0123456789abcdef", "0123456789abcdeg", WhyRule::ValuesDiffer);
    row("dates", date, "0123", "0124", WhyRule::TimesDiffer);
    row("JSON", json, "{\"a\":1}", "{\"a\":2}", WhyRule::JsonDiffers);
    row("JSON as text", json, "{ }", "{}", WhyRule::JsonTextCounts);
    compared("fraction ignored", stamp, "12345678", "x", "12345679", "x", WhyRule::FractionIgnored);
    compared("case ignored", folded, "Abc", "abc", "abc", "abc", WhyRule::CaseIgnored);
    compared("space ignored", trimmed, "a ", "a", "a", "a", WhyRule::TrailingSpaceIgnored);
    compared("empty is NULL", emptyNull, "", {}, {}, {}, WhyRule::EmptyIsNull);
    compared("same JSON", json, "{ }", "{}", "{}", "{}", WhyRule::SameJson);
    row("blobs", blob, "a", "b", WhyRule::BytesDiffer);
}

void TestWhyRule::rules()
{
    QFETCH(CellType, type);
    QFETCH(Cell, source);
    QFETCH(Cell, sourceCompared);
    QFETCH(Cell, target);
    QFETCH(Cell, targetCompared);
    QFETCH(WhyRule, rule);
    QCOMPARE(explain(type, view(source), view(sourceCompared), view(target), view(targetCompared)), rule);
}

void TestWhyRule::everyRuleHasASentence()
{
    QStringList seen;
    for (int rule = 0; rule <= static_cast<int>(WhyRule::ValuesDiffer); ++rule) {
        const QString sentence = whyText(static_cast<WhyRule>(rule), u"1.0"_s, u"1.00"_s);
        QVERIFY(!sentence.isEmpty());
        QVERIFY2(!seen.contains(sentence), qPrintable(sentence));
        seen << sentence;
    }
    QCOMPARE(whyText(WhyRule::EqualNumbers, u"1.0"_s, u"1.00"_s), u"1.0 and 1.00 are equal numbers."_s);
    QCOMPARE(whyText(WhyRule::NullIsNotEmpty, {}, {}), u"NULL is not an empty text."_s);
}

void TestWhyRule::visibleText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("allSpaces");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"a b"_s << false << u"a b"_s;
    QTest::newRow("all spaces") << u"a b"_s << true << u"a·b"_s;
    QTest::newRow("at the end") << u"a b "_s << false << u"a b·"_s;
    QTest::newRow("at the start") << u"  a"_s << false << u"··a"_s;
    QTest::newRow("a single space") << u" "_s << false << u"·"_s;
    QTest::newRow("empty") << QString() << false << u"''"_s;
    QTest::newRow("line ends") << u"a\nb\r\nc"_s << false << u"a⏎b␍⏎c"_s;
    QTest::newRow("tab") << u"a\tb"_s << false << u"a⇥b"_s;
}

void TestWhyRule::visibleText()
{
    QFETCH(QString, text);
    QFETCH(bool, allSpaces);
    QTEST(CellDelegate::visible(text, allSpaces), "shown");
}

QTEST_MAIN(TestWhyRule)
#include "tst_whyrule.moc"
