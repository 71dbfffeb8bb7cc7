// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/data/celllimits.h"
#include "core/data/rowencoder.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

Q_DECLARE_METATYPE(tidemark::CellLimits)

namespace {

// One cell of the kind, from text; not set: NULL.
RowBatch cellOf(CellKind kind, const std::optional<QString> &text)
{
    const auto layout = std::make_shared<const RowLayout>(RowLayout{{{kind}}, 0, 1});
    CellSource source;
    source.type.kind = kind;
    RowEncoder encoder(layout, {source});
    RowBatch batch(layout);
    encoder.setBatch(&batch);
    encoder.beginRow();
    const QByteArray bytes = text.value_or(QString()).toUtf8();
    const std::string_view view(bytes.constData(), std::size_t(bytes.size()));
    if (!text)
        encoder.null();
    else if (kind == CellKind::Blob)
        encoder.blob(view);
    else
        encoder.text(view);
    encoder.endRow();
    return batch;
}

Column column(CellKind kind, const QString &native = {})
{
    Column made;
    made.type.kind = kind;
    made.type.native = native;
    return made;
}

CellLimits length(qint64 limit)
{
    CellLimits limits;
    limits.length = limit;
    return limits;
}

CellLimits integer(int bytes, bool isUnsigned)
{
    CellLimits limits;
    limits.bytes = bytes;
    limits.isUnsigned = isUnsigned;
    return limits;
}

CellLimits digits(int limit)
{
    CellLimits limits;
    limits.digits = limit;
    return limits;
}

CellLimits words(const QStringList &all)
{
    CellLimits limits;
    limits.words = all;
    return limits;
}

} // namespace

class TestCellLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fits_data();
    void fits();
    void nulls();
    void ofColumns();
    void enumsAsTheyAreDeclared_data();
    void enumsAsTheyAreDeclared();
};

void TestCellLimits::fits_data()
{
    QTest::addColumn<CellLimits>("limits");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("misfit"); // −1: it fits
    const auto row = [](const char *name, const CellLimits &limits, CellKind kind, const QString &text, int misfit) {
        QTest::newRow(name) << limits << static_cast<int>(kind) << text << misfit;
    };
    const int tooLong = static_cast<int>(Misfit::Kind::TooLong);
    const int range = static_cast<int>(Misfit::Kind::OutOfRange);
    const int many = static_cast<int>(Misfit::Kind::TooManyDigits);
    const int word = static_cast<int>(Misfit::Kind::OtherWord);
    row("nothing known", {}, CellKind::Text, QString(10'000, u'x'), -1);
    row("as long as it may be", length(3), CellKind::Text, u"abc"_s, -1);
    row("a character more", length(3), CellKind::Text, u"abcd"_s, tooLong);
    row("characters, not bytes", length(3), CellKind::Text, u"乌龙茶"_s, -1);
    row("outside the basic plane", length(2), CellKind::Text, u"😀😀"_s, -1);
    row("one of those too many", length(1), CellKind::Text, u"😀😀"_s, tooLong);
    row("nothing fits", length(0), CellKind::Text, u""_s, -1);
    row("bytes", length(3), CellKind::Blob, u"abc"_s, -1);
    row("a byte more", length(3), CellKind::Blob, u"茶x"_s, tooLong);
    row("-128", integer(1, false), CellKind::Integer, u"-128"_s, -1);
    row("-129", integer(1, false), CellKind::Integer, u"-129"_s, range);
    row("127", integer(1, false), CellKind::Integer, u"127"_s, -1);
    row("128", integer(1, false), CellKind::Integer, u"128"_s, range);
    row("255 unsigned", integer(1, true), CellKind::Integer, u"255"_s, -1);
    row("256 unsigned", integer(1, true), CellKind::Integer, u"256"_s, range);
    row("-1 unsigned", integer(1, true), CellKind::Integer, u"-1"_s, range);
    row("24 bits", integer(3, false), CellKind::Integer, u"8388607"_s, -1);
    row("beyond 24 bits", integer(3, false), CellKind::Integer, u"8388608"_s, range);
    row("64 bits", integer(8, false), CellKind::Integer, u"9223372036854775807"_s, -1);
    row("least of 64 bits", integer(8, false), CellKind::Integer, u"-9223372036854775808"_s, -1);
    row("beyond 64 bits", integer(8, false), CellKind::Integer, u"9223372036854775808"_s, range);
    row("64 bits unsigned", integer(8, true), CellKind::Integer, u"18446744073709551615"_s, -1);
    row("any width", integer(0, false), CellKind::Integer, u"18446744073709551615"_s, -1);
    row("digits", digits(3), CellKind::Decimal, u"-999.99"_s, -1);
    row("a digit more", digits(3), CellKind::Decimal, u"1000.0"_s, many);
    row("none before the point", digits(0), CellKind::Decimal, u"-0.5"_s, -1);
    row("one before the point", digits(0), CellKind::Decimal, u"1.5"_s, many);
    row("no number has no digits", digits(1), CellKind::Decimal, u"NaN"_s, -1);
    row("a word of the list", words({u"a"_s, u"b"_s}), CellKind::Exact, u"b"_s, -1);
    row("another word", words({u"a"_s, u"b"_s}), CellKind::Exact, u"c"_s, word);
    row("no word", words({u"a"_s, u"b"_s}), CellKind::Text, u""_s, word);
}

void TestCellLimits::fits()
{
    QFETCH(CellLimits, limits);
    QFETCH(int, kind);
    QFETCH(QString, text);
    QFETCH(int, misfit);
    const RowBatch batch = cellOf(static_cast<CellKind>(kind), text);
    QVERIFY(batch.fault(0) == nullptr);
    const auto found = misfitOf(limits, {static_cast<CellKind>(kind)}, batch.value(0, 0));
    QCOMPARE(found ? static_cast<int>(found->kind) : -1, misfit);
    if (found && found->kind == Misfit::Kind::OutOfRange && limits == integer(1, true)) {
        QCOMPARE(found->least, u"0"_s);
        QCOMPARE(found->greatest, u"255"_s);
    }
    if (found && limits == integer(8, false)) {
        QCOMPARE(found->least, u"-9223372036854775808"_s);
        QCOMPARE(found->greatest, u"9223372036854775807"_s);
    }
}

void TestCellLimits::nulls()
{
    const RowBatch null = cellOf(CellKind::Text, std::nullopt);
    CellLimits limits = length(0);
    QVERIFY(!misfitOf(limits, {CellKind::Text}, null.value(0, 0)));
    limits.nullable = false;
    QCOMPARE(misfitOf(limits, {CellKind::Text}, null.value(0, 0))->kind, Misfit::Kind::IsNull);
    QVERIFY(!misfitOf(limits, {CellKind::Text}, cellOf(CellKind::Text, u""_s).value(0, 0)));
}

void TestCellLimits::ofColumns()
{
    Column text = column(CellKind::Text, u"varchar(40)"_s);
    text.type.length = 40;
    text.nullable = false;
    QCOMPARE(limitsOf(text).length, 40);
    QVERIFY(!limitsOf(text).nullable);
    text.type.isDynamic = true; // SQLite keeps longer ones
    QCOMPARE(limitsOf(text).length, -1);
    QVERIFY(!limitsOf(text).nullable);
    text.generated = true;
    QVERIFY(limitsOf(text).nullable);
    Column number = column(CellKind::Decimal, u"numeric(8,2)"_s);
    number.type.precision = 8;
    number.type.scale = 2;
    QCOMPARE(limitsOf(number).digits, 6);
    QVERIFY(limitsOf(number) != CellLimits());
    QCOMPARE(limitsOf(column(CellKind::Decimal)).digits, -1);
    Column whole = column(CellKind::Integer, u"tinyint unsigned"_s);
    whole.type.bytes = 1;
    whole.type.isUnsigned = true;
    QVERIFY(limitsOf(whole) == integer(1, true));
    QVERIFY(limitsOf(column(CellKind::Json)) == CellLimits());
}

void TestCellLimits::enumsAsTheyAreDeclared_data()
{
    QTest::addColumn<QString>("native");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("two") << u"enum('new','sent')"_s << QStringList{u"new"_s, u"sent"_s};
    QTest::newRow("a quote and a comma") << u"ENUM('it''s','a,b')"_s << QStringList{u"it's"_s, u"a,b"_s};
    QTest::newRow("the empty one") << u"enum('','x')"_s << QStringList{QString(), u"x"_s};
    QTest::newRow("a bracket") << u"enum('a)','b')"_s << QStringList{u"a)"_s, u"b"_s};
    QTest::newRow("a set takes any of them") << u"set('a','b')"_s << QStringList{QString(), u"a"_s, u"b"_s, u"a,b"_s};
    QTest::newRow("a set of one") << u"SET('it''s')"_s << QStringList{QString(), u"it's"_s};
    QTest::newRow("a set has too many") << u"set('a','b','c','d','e','f')"_s << QStringList();
    QTest::newRow("none") << u"mood"_s << QStringList();
    QTest::newRow("cut off") << u"enum('a','b)"_s << QStringList();
}

void TestCellLimits::enumsAsTheyAreDeclared()
{
    QFETCH(QString, native);
    QFETCH(QStringList, words);
    QCOMPARE(limitsOf(column(CellKind::Exact, native)).words, words);
}

QTEST_APPLESS_MAIN(TestCellLimits)
#include "tst_celllimits.moc"
