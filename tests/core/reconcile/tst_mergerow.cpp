// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"
#include "core/reconcile/cellarithmetic.h"
#include "core/reconcile/mergerow.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

// A key, four cells that are compared, one that is carried along.
std::shared_ptr<const RowLayout> layoutOf(CellKind kind)
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells = {{.kind = CellKind::Integer}, {.kind = kind}, {.kind = kind}, {.kind = kind}, {.kind = kind},
                     {.kind = CellKind::Text}};
    layout->keyCount = 1;
    layout->comparedCount = 5;
    return layout;
}

// "a b - d", a cell a word; "-" is NULL. The carried cell is `carried`.
void append(RowBatch &batch, const QString &words, const char *carried = "")
{
    RowEncoder encoder(batch.layoutPointer(), std::vector<CellSource>(6));
    encoder.setBatch(&batch);
    encoder.beginRow();
    encoder.integer(7);
    for (const QString &word : words.split(u' ')) {
        if (word == u"-"_s)
            encoder.null();
        else
            encoder.text(word.toStdString());
    }
    encoder.text(carried);
    encoder.endRow();
}

QString words(const RowBatch &batch, int row)
{
    QStringList result;
    for (int cell = 1; cell < batch.layout().comparedCount; ++cell) {
        const CellView view = batch.value(row, cell);
        result += view.isNull ? u"-"_s : cell::text(batch.layout().cells[std::size_t(cell)], view);
    }
    return result.join(u' ');
}

QString carried(const RowBatch &batch, int row)
{
    return cell::text(batch.layout().cells.back(), batch.value(row, batch.layout().size() - 1));
}

QString letters(const MergedRow &merged) // of the cells behind the key
{
    QString result;
    for (std::size_t cell = 1; cell < merged.origins.size(); ++cell)
        result += u"=stR!"_s.at(int(merged.origins[cell]));
    return result;
}

std::string bytesOf(CellKind kind, const QString &text)
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells = {{.kind = kind}};
    layout->keyCount = layout->comparedCount = 1;
    RowBatch batch(layout);
    RowEncoder encoder(layout, std::vector<CellSource>(1));
    encoder.setBatch(&batch);
    encoder.beginRow();
    encoder.text(text.toStdString());
    encoder.endRow();
    return std::string(batch.value(0, 0).bytes);
}

} // namespace

class TestMergeRow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_data();
    void cells();
    void withoutCellsThePrintsTell();
    void whatOneSideMadeOfAValueIsNoEdit();
    void carriedCellsStayWithTheirSide();
    void swappedSidesMergeAlike();
    void rules_data();
    void rules();
    void sums_data();
    void sums();
    void order_data();
    void order();
    void newer_data();
    void newer();
};

void TestMergeRow::cells_data()
{
    QTest::addColumn<QString>("base"); // empty: none
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("origins");
    QTest::addColumn<QString>("mergedRow"); // empty: clashes
    QTest::newRow("disjoint edits") << u"a b c d"_s << u"A b c d"_s << u"a b c D"_s << u"s==t"_s << u"A b c D"_s;
    QTest::newRow("the same edit twice") << u"a b c d"_s << u"X b c d"_s << u"X b c D"_s << u"===t"_s << u"X b c D"_s;
    QTest::newRow("the same cell") << u"a b c d"_s << u"X b c d"_s << u"Y b c d"_s << u"!==="_s << QString();
    QTest::newRow("a clash among merges") << u"a b c d"_s << u"X B c d"_s << u"Y b c D"_s << u"!s=t"_s << QString();
    QTest::newRow("to NULL and another") << u"a b c d"_s << u"- b c d"_s << u"a b C d"_s << u"s=t="_s << u"- b C d"_s;
    QTest::newRow("from NULL on both") << u"- b c d"_s << u"x b c d"_s << u"y b c d"_s << u"!==="_s << QString();
    QTest::newRow("back to the base") << u"a b c d"_s << u"a b c d"_s << u"a B c d"_s << u"=t=="_s << u"a B c d"_s;
    QTest::newRow("no base") << QString() << u"a b c d"_s << u"a b c D"_s << u"===!"_s << QString();
    QTest::newRow("no base, equal") << QString() << u"a b c d"_s << u"a b c d"_s << u"===="_s << u"a b c d"_s;
}

void TestMergeRow::cells()
{
    QFETCH(QString, base);
    QFETCH(QString, source);
    QFETCH(QString, target);
    RowBatch sources(layoutOf(CellKind::Text));
    RowBatch targets(layoutOf(CellKind::Text));
    append(sources, source);
    append(targets, target);
    BasePicture picture;
    picture.rows.reset(sources.layoutPointer());
    if (!base.isEmpty())
        append(picture.rows, base);
    const MergedRow merged = mergeRows(sources, 0, targets, 0, base.isEmpty() ? nullptr : &picture, {});
    QTEST(letters(merged), "origins");
    QFETCH(QString, mergedRow);
    QCOMPARE(merged.clashes(), mergedRow.isEmpty());
    if (mergedRow.isEmpty())
        return;
    for (const JobSide side : {JobSide::Source, JobSide::Target}) {
        RowBatch out(sources.layoutPointer());
        appendMerged(merged, side, sources, 0, targets, 0, out);
        QCOMPARE(words(out, 0), mergedRow);
    }
}

void TestMergeRow::withoutCellsThePrintsTell()
{
    RowBatch base(layoutOf(CellKind::Text));
    append(base, u"a - c d"_s);
    BasePicture picture;
    for (int cell = 0; cell < 5; ++cell)
        picture.sourcePrints.push_back(cellPrint(base.comparison(0, cell)));
    RowBatch source(base.layoutPointer());
    RowBatch target(base.layoutPointer());
    append(source, u"A - c d"_s);
    append(target, u"a - c -"_s);
    QCOMPARE(letters(mergeRows(source, 0, target, 0, &picture, {})), u"s==t"_s);
    QCOMPARE(letters(mergeRows(source, 0, target, 0, nullptr, {})), u"!==!"_s);
    QVERIFY(cellPrint({{}, false}) != cellPrint({{}, true})); // an empty text is not NULL
}

// The base has a picture a side: the target writes in upper case, and nobody edited that.
void TestMergeRow::whatOneSideMadeOfAValueIsNoEdit()
{
    RowBatch source(layoutOf(CellKind::Text));
    RowBatch target(layoutOf(CellKind::Text));
    BasePicture picture;
    picture.rows.reset(source.layoutPointer());
    append(picture.rows, u"a b c d"_s);
    append(picture.rows, u"A B C D"_s);
    append(source, u"new b c d"_s);
    append(target, u"A B C NEW"_s);
    const MergedRow merged = mergeRows(source, 0, target, 0, &picture, {});
    QCOMPARE(letters(merged), u"s==t"_s);
    RowBatch out(source.layoutPointer());
    appendMerged(merged, JobSide::Source, source, 0, target, 0, out);
    appendMerged(merged, JobSide::Target, source, 0, target, 0, out);
    QCOMPARE(words(out, 0), u"new b c NEW"_s);
    QCOMPARE(words(out, 1), u"new B C NEW"_s);
}

void TestMergeRow::carriedCellsStayWithTheirSide()
{
    RowBatch source(layoutOf(CellKind::Text));
    RowBatch target(layoutOf(CellKind::Text));
    BasePicture picture;
    picture.rows.reset(source.layoutPointer());
    append(picture.rows, u"a b c d"_s);
    append(source, u"A b c d"_s, "seen here");
    append(target, u"a b c D"_s, "seen there");
    const MergedRow merged = mergeRows(source, 0, target, 0, &picture, {});
    RowBatch out(source.layoutPointer());
    appendMerged(merged, JobSide::Source, source, 0, target, 0, out);
    appendMerged(merged, JobSide::Target, source, 0, target, 0, out);
    QCOMPARE(carried(out, 0), u"seen here"_s);
    QCOMPARE(carried(out, 1), u"seen there"_s);
}

void TestMergeRow::swappedSidesMergeAlike()
{
    RowBatch source(layoutOf(CellKind::Text));
    RowBatch target(layoutOf(CellKind::Text));
    BasePicture picture;
    picture.rows.reset(source.layoutPointer());
    append(picture.rows, u"a b - d"_s);
    append(source, u"A b x d"_s);
    append(target, u"a B y d"_s);
    QCOMPARE(letters(mergeRows(source, 0, target, 0, &picture, {})), u"st!="_s);
    QCOMPARE(letters(mergeRows(target, 0, source, 0, &picture, {})), u"ts!="_s);
}

void TestMergeRow::rules_data()
{
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("merged"); // empty: clashes
    const auto row = [](const char *name, CellKind kind, const char *rule, const char *base, const char *source,
                        const char *target, const char *merged) {
        QTest::newRow(name) << kind << QString::fromLatin1(rule) << QString::fromLatin1(base)
                            << QString::fromLatin1(source) << QString::fromLatin1(target)
                            << QString::fromLatin1(merged);
    };
    const auto text = CellKind::Text;
    const auto number = CellKind::Integer;
    row("source", text, "source", "a", "x", "y", "x");
    row("target", text, "target", "a", "x", "y", "y");
    row("target is NULL", text, "target", "a", "x", "-", "-");
    row("greatest", number, "greatest", "1", "9", "10", "10");
    row("greatest, negative", number, "greatest", "1", "-9", "-10", "-9");
    row("greatest of NULL and a value", number, "greatest", "1", "-", "-10", "-10");
    row("least", number, "least", "1", "9", "10", "9");
    row("least of NULL and a value", number, "least", "1", "5", "-", "5");
    row("greatest of decimals", CellKind::Decimal, "greatest", "1", "9.5", "10.25", "10.25");
    row("greatest of dates", CellKind::Date, "greatest", "2024-01-01", "2024-02-29", "2024-03-01", "2024-03-01");
    row("greatest of JSON", CellKind::Json, "greatest", "1", "2", "3", "");
    row("non-null", text, "non-null", "a", "-", "y", "y");
    row("non-null, both there", text, "non-null", "a", "x", "y", "");
    row("concatenate what was appended", text, "concatenate", "log", "log+s", "log+t", "log+s+t");
    row("concatenate other texts", text, "concatenate", "a", "x", "y", "x\ny");
    row("concatenate with NULL", text, "concatenate", "a", "-", "y", "y");
    row("sum", number, "sum", "100", "90", "105", "95");
    row("sum of decimals", CellKind::Decimal, "sum", "1.00", "1.50", "0.25", "0.75");
    row("sum without a number to start from", number, "sum", "-", "90", "105", "");
    row("sum with NULL", number, "sum", "5", "-", "105", "");
    row("sum of texts", text, "sum", "1", "2", "3", "");
    row("no rule", text, "", "a", "x", "y", "");
}

void TestMergeRow::rules()
{
    QFETCH(CellKind, kind);
    QFETCH(QString, rule);
    const auto filled = [&](const QString &word) {
        RowBatch batch(layoutOf(kind));
        append(batch, word + u" - - -"_s);
        return batch;
    };
    QFETCH(QString, base);
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(QString, merged);
    BasePicture picture;
    picture.rows = filled(base);
    const RowBatch sources = filled(source);
    const RowBatch targets = filled(target);
    const std::vector<CellRule> rules(5, cellRuleFromName(rule).value_or(CellRule::None));
    const MergedRow result = mergeRows(sources, 0, targets, 0, &picture, rules);
    QCOMPARE(result.clashes(), merged.isEmpty());
    if (merged.isEmpty())
        return;
    RowBatch out(sources.layoutPointer());
    appendMerged(result, JobSide::Target, sources, 0, targets, 0, out);
    QCOMPARE(words(out, 0), merged.replace(u"\\n"_s, u"\n"_s) + u" - - -"_s);
}

void TestMergeRow::sums_data()
{
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<QString>("sum"); // empty: none
    const auto row = [](CellKind kind, const char *base, const char *a, const char *b, const char *sum) {
        QTest::addRow("%s: %s %s", base, a, b) << kind << QString::fromLatin1(base) << QString::fromLatin1(a)
                                               << QString::fromLatin1(b) << QString::fromLatin1(sum);
    };
    row(CellKind::Integer, "0", "18446744073709551615", "0", "18446744073709551615");
    row(CellKind::Integer, "0", "18446744073709551615", "1", "");
    row(CellKind::Integer, "18446744073709551615", "18446744073709551614", "18446744073709551613",
        "18446744073709551612");
    row(CellKind::Integer, "5", "-9223372036854775803", "0", "-9223372036854775808");
    row(CellKind::Integer, "5", "-9223372036854775804", "0", "");
    row(CellKind::Decimal, "0.1", "0.2", "0.3", "0.4");
    row(CellKind::Decimal, "0", "0.05", "-0.10", "-0.05");
    row(CellKind::Decimal, "10", "5", "5.00", "0.00");
    row(CellKind::Decimal, "0", "999999999999999999.999999999999999999", "0.000000000000000001",
        "1000000000000000000.000000000000000000");
    row(CellKind::Decimal, "0", "1234567890123456789012345678901234567", "1", "");
    row(CellKind::Decimal, "0", "0.000000000000000000000000000000000001", "1000000000000", "");
    row(CellKind::Decimal, "NaN", "1", "2", "");
    row(CellKind::Float, "1.5", "2.5", "0.5", "1.5");
    row(CellKind::Float, "0", "1e308", "1e308", "");
    row(CellKind::Float, "0", "-1.25", "0.25", "-1");
}

void TestMergeRow::sums()
{
    QFETCH(CellKind, kind);
    QFETCH(QString, base);
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(QString, sum);
    const auto found = sumOfMoves(kind, bytesOf(kind, base), bytesOf(kind, a), bytesOf(kind, b));
    CellType type;
    type.kind = kind;
    QCOMPARE(found ? cell::text(type, {*found, false}) : QString(), sum);
    QCOMPARE(found, sumOfMoves(kind, bytesOf(kind, base), bytesOf(kind, b), bytesOf(kind, a)));
}

void TestMergeRow::order_data()
{
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("sign"); // 2: none
    const auto row = [](CellKind kind, const char *a, const char *b, int sign) {
        QTest::addRow("%s, %s", a, b) << kind << QString::fromLatin1(a) << QString::fromLatin1(b) << sign;
    };
    row(CellKind::Decimal, "9", "10", -1);
    row(CellKind::Decimal, "-9", "-10", 1);
    row(CellKind::Decimal, "1.0", "1.00", 0);
    row(CellKind::Decimal, "1.05", "1.5", -1);
    row(CellKind::Decimal, "1.5", "1.50000001", -1);
    row(CellKind::Decimal, "-0.0", "0", 0);
    row(CellKind::Decimal, "-0.5", "0.25", -1);
    row(CellKind::Decimal, "Infinity", "99999999999999999999999999999999999999999", 1);
    row(CellKind::Decimal, "-Infinity", "-99999999999999999999999999999999999999999", -1);
    row(CellKind::Decimal, "NaN", "1", 2);
    row(CellKind::Float, "-1.5", "1e-300", -1);
    row(CellKind::Float, "NaN", "1", 2);
    row(CellKind::Integer, "-1", "18446744073709551615", -1);
    row(CellKind::Json, "1", "2", 2);
    row(CellKind::Exact, "1", "2", 2);
}

void TestMergeRow::order()
{
    QFETCH(CellKind, kind);
    QFETCH(QString, a);
    QFETCH(QString, b);
    const auto signOf = [](std::optional<int> order) { return !order ? 2 : *order < 0 ? -1 : *order > 0 ? 1 : 0; };
    const int sign = signOf(compareCells(kind, bytesOf(kind, a), bytesOf(kind, b)));
    QTEST(sign, "sign");
    const int swapped = signOf(compareCells(kind, bytesOf(kind, b), bytesOf(kind, a)));
    QCOMPARE(swapped, sign == 2 ? 2 : -sign);
}

void TestMergeRow::newer_data()
{
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QString>("source"); // "-": NULL
    QTest::addColumn<QString>("target");
    QTest::addColumn<qint64>("marginUs");
    QTest::addColumn<QString>("newer");
    const auto row = [](const char *name, CellKind kind, const char *source, const char *target, qint64 marginUs,
                        const char *newer) {
        QTest::newRow(name) << kind << QString::fromLatin1(source) << QString::fromLatin1(target) << marginUs
                            << QString::fromLatin1(newer);
    };
    const auto time = CellKind::Timestamp;
    constexpr qint64 second = 1'000'000;
    row("source", time, "2024-01-01 10:00:01", "2024-01-01 10:00:00", 0, "source");
    row("target", time, "2024-01-01 10:00:00", "2024-01-01 10:00:01", 0, "target");
    row("a tie", time, "2024-01-01 10:00:00", "2024-01-01 10:00:00", 0, "");
    row("closer than the margin", time, "2024-01-01 10:00:01", "2024-01-01 10:00:00", 2 * second, "");
    row("just the margin", time, "2024-01-01 10:00:02", "2024-01-01 10:00:00", 2 * second, "source");
    row("NULL loses", time, "-", "2024-01-01 10:00:00", 0, "target");
    row("NULL loses whatever the margin", time, "2024-01-01 10:00:00", "-", 86'400 * second, "source");
    row("both NULL", time, "-", "-", 0, "");
    row("infinities", time, "infinity", "-infinity", 0, "source");
    row("dates", CellKind::Date, "2024-01-02", "2024-01-01", 3600 * second, "source");
    row("times kept as text", CellKind::Text, "2024-01-01 10:00:00", "2024-01-01T10:00:00.5", 0, "target");
    row("text with an offset", CellKind::Text, "2024-01-01 10:00:00+02:00", "2024-01-01 09:00:00Z", 0, "target");
    row("one text with its zone", CellKind::Text, "2024-01-01 10:00:00", "2024-01-01 09:00:00Z", 0, "");
    row("one text a day alone", CellKind::Text, "2024-01-01 10:00:00", "2024-01-01", 0, "");
    row("days as text", CellKind::Text, "2024-01-02", "2024-01-01", 0, "source");
    row("text that is no time", CellKind::Text, "tomorrow", "2024-01-01", 0, "");
    row("numbers", CellKind::Integer, "10", "9", 0, "source");
    row("other kinds", CellKind::Boolean, "true", "false", 0, "");
}

void TestMergeRow::newer()
{
    QFETCH(CellKind, kind);
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(qint64, marginUs);
    CellType type;
    type.kind = kind;
    const std::string sourceBytes = source == u"-"_s ? std::string() : bytesOf(kind, source);
    const std::string targetBytes = target == u"-"_s ? std::string() : bytesOf(kind, target);
    const CellView a{sourceBytes, source == u"-"_s};
    const CellView b{targetBytes, target == u"-"_s};
    const auto name = [](std::optional<JobSide> side) {
        return !side ? QString() : *side == JobSide::Source ? u"source"_s : u"target"_s;
    };
    QTEST(name(newerSide(type, a, type, b, marginUs)), "newer");
    const auto swapped = newerSide(type, b, type, a, marginUs);
    QTEST(name(swapped ? std::optional(mirrored(*swapped)) : std::nullopt), "newer");
}

QTEST_GUILESS_MAIN(TestMergeRow)
#include "tst_mergerow.moc"
