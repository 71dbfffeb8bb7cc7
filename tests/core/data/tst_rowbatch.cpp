// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QTest>

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

// A key of two cells, a compared decimal, a compared text without case, a carried integer.
std::shared_ptr<const RowLayout> mixedLayout()
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells = {{.kind = CellKind::Integer},
                     {.kind = CellKind::Text},
                     {.kind = CellKind::Decimal},
                     {.kind = CellKind::Text, .ignoreCase = true, .emptyIsNull = true},
                     {.kind = CellKind::Integer}};
    layout->keyCount = 2;
    layout->comparedCount = 4;
    return layout;
}

struct Row
{
    qint64 id;
    std::string name;
    std::string amount;
    std::optional<std::string> note;
    qint64 carried = 0;
};

void append(RowBatch &batch, const Row &row)
{
    RowEncoder encoder(batch.layoutPointer(), std::vector<CellSource>(5));
    encoder.setBatch(&batch);
    encoder.beginRow();
    encoder.integer(row.id);
    encoder.text(row.name);
    encoder.decimal(row.amount);
    if (row.note)
        encoder.text(*row.note);
    else
        encoder.null();
    encoder.integer(row.carried);
    encoder.endRow();
}

RowBatch batchOf(const std::vector<Row> &rows)
{
    RowBatch batch(mixedLayout());
    for (const Row &row : rows)
        append(batch, row);
    return batch;
}

QStringList texts(const RowBatch &batch, int row)
{
    QStringList result;
    for (int cell = 0; cell < batch.layout().size(); ++cell) {
        const CellView view = batch.value(row, cell);
        result.append(view.isNull ? u"NULL"_s : cell::text(batch.layout().cells[static_cast<std::size_t>(cell)], view));
    }
    return result;
}

} // namespace

class TestRowBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsRows();
    void equalRowsHaveEqualFingerprints_data();
    void equalRowsHaveEqualFingerprints();
    void fingerprintIsOfTheChain();
    void largeCellsHashLikeTheirChain();
    void nullAndEmptyDifferInChains();
    void keysMatchByChain();
    void dropRowLeavesNoTrace();
    void truncateKeepsTheRowsBefore();
    void appendRowCopiesValuesAndComparison();
    void appendChainRestoresRows();
    void appendChainRefusesOtherChains_data();
    void appendChainRefusesOtherChains();
    void faultsStayWithTheirRows();
    void wrongCellCountIsAFault();
    void movingEmpties();
    void copyingIsDeep();
    void emptyKeyCellsAndLayouts();
};

void TestRowBatch::keepsRows()
{
    const RowBatch batch = batchOf({{1, "a", "1.50", "Note", 7}, {-2, "", "0", std::nullopt, 8}});
    QCOMPARE(batch.rowCount(), 2);
    QCOMPARE(texts(batch, 0), (QStringList{u"1"_s, u"a"_s, u"1.50"_s, u"Note"_s, u"7"_s}));
    QCOMPARE(texts(batch, 1), (QStringList{u"-2"_s, u""_s, u"0"_s, u"NULL"_s, u"8"_s}));
    QCOMPARE(batch.comparison(0, 2).bytes, std::string_view("1.5"));
    QCOMPARE(batch.comparison(0, 3).bytes, std::string_view("note"));
    QVERIFY(batch.hasOwnComparison(0));
    QVERIFY(!batch.hasOwnComparison(1));
}

void TestRowBatch::equalRowsHaveEqualFingerprints_data()
{
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("note");
    QTest::addColumn<bool>("equal");
    QTest::newRow("the same") << u"1.5"_s << u"note"_s << true;
    QTest::newRow("own comparison bytes") << u"1.50"_s << u"NOTE"_s << true;
    QTest::newRow("another amount") << u"1.51"_s << u"note"_s << false;
    QTest::newRow("another note") << u"1.5"_s << u"not"_s << false;
}

void TestRowBatch::equalRowsHaveEqualFingerprints()
{
    QFETCH(QString, amount);
    QFETCH(QString, note);
    QFETCH(bool, equal);
    const RowBatch plain = batchOf({{1, "k", "1.5", "note", 1}});
    const RowBatch other =
        batchOf({{9, "x", "9.90", "ELSE", 1}, {1, "k", amount.toStdString(), note.toStdString(), 2}});
    QVERIFY(!plain.hasOwnComparison(0));
    QCOMPARE(plain.equalRows(0, other, 1), equal);
    QCOMPARE(other.equalRows(1, plain, 0), equal);
    QCOMPARE(plain.fingerprint(0) == other.fingerprint(1), equal);
}

void TestRowBatch::fingerprintIsOfTheChain()
{
    // The same characters, cut elsewhere, are another row.
    const RowBatch batch = batchOf({{1, "ab", "1", "c"}, {1, "a", "1", "c"}, {1, "a", "1", "bc"}});
    QVERIFY(batch.fingerprint(0) != batch.fingerprint(1));
    QVERIFY(batch.fingerprint(0) != batch.fingerprint(2));
    // Carried cells do not count.
    const RowBatch carried = batchOf({{1, "ab", "1", "c", 99}});
    QCOMPARE(carried.fingerprint(0), batch.fingerprint(0));
}

void TestRowBatch::largeCellsHashLikeTheirChain()
{
    // Around the size of the buffer that short rows are hashed in, and far beyond.
    for (const std::size_t size : {0, 1, 1900, 2000, 2010, 2020, 2030, 2040, 2047, 2048, 2049, 5000, 100'000}) {
        const RowBatch plain = batchOf({{1, std::string(size, 'k'), "2.5", std::string(size + 1, 'n')}});
        const RowBatch own = batchOf({{1, std::string(size, 'k'), "2.500", std::string(size + 1, 'N')}});
        QVERIFY(own.hasOwnComparison(0) && !plain.hasOwnComparison(0));
        QCOMPARE(own.fingerprint(0), plain.fingerprint(0));
    }
}

void TestRowBatch::nullAndEmptyDifferInChains()
{
    const RowBatch batch = batchOf({{1, "", "1", std::nullopt}, {1, "", "1", ""}});
    QVERIFY(batch.chain(0) != batch.chain(1));
    QVERIFY(batch.equalRows(0, batch, 1)); // emptyIsNull
    QCOMPARE(batch.fingerprint(0), batch.fingerprint(1));
}

void TestRowBatch::keysMatchByChain()
{
    const RowBatch left = batchOf({{1, "a", "1", "x"}, {1, "b", "1", "x"}});
    const RowBatch right = batchOf({{1, "a", "2.0", "Y"}, {1, "ab", "1", "x"}, {-1, "z", "1", "x"}});
    std::string scratch;
    std::string otherScratch;
    QCOMPARE(left.key(0, scratch), right.key(0, otherScratch));
    QVERIFY(left.key(0, scratch) != right.key(1, otherScratch));
    QCOMPARE(left.compareKeys(0, right, 0), 0);
    QVERIFY(left.compareKeys(0, right, 1) < 0); // a prefix first
    QVERIFY(left.compareKeys(1, right, 1) > 0);
    QVERIFY(left.compareKeys(0, right, 2) > 0); // numbers as numbers
}

void TestRowBatch::dropRowLeavesNoTrace()
{
    RowBatch batch = batchOf({{1, "a", "1.0", "X"}});
    const std::string before(batch.chain(0));
    batch.beginRow();
    batch.appendCell("half");
    batch.appendCell("own", "other");
    batch.setFault(Error{ErrorCode::ValueNotKept, {}, {}});
    batch.dropRow();
    append(batch, {2, "b", "2.0", "Y"});
    QCOMPARE(batch.rowCount(), 2);
    QCOMPARE(std::string(batch.chain(0)), before);
    QCOMPARE(texts(batch, 1).mid(0, 4), (QStringList{u"2"_s, u"b"_s, u"2.0"_s, u"Y"_s}));
    QCOMPARE(batch.comparison(1, 3).bytes, std::string_view("y"));
    QVERIFY(batch.fault(1) == nullptr);
}

void TestRowBatch::truncateKeepsTheRowsBefore()
{
    RowBatch batch = batchOf({{1, "a", "1", "x"}, {2, "b", "2.0", "Y"}, {3, "c", "3.0", "Z"}});
    batch.truncate(2);
    append(batch, {4, "d", "4.0", "W"});
    QCOMPARE(batch.rowCount(), 3);
    QCOMPARE(batch.comparison(1, 3).bytes, std::string_view("y"));
    QCOMPARE(batch.comparison(2, 3).bytes, std::string_view("w"));
    QCOMPARE(batch.comparison(0, 3).bytes, std::string_view("x"));
    batch.truncate(0);
    QVERIFY(batch.isEmpty());
    QCOMPARE(batch.byteSize(), 0);
}

void TestRowBatch::appendRowCopiesValuesAndComparison()
{
    const RowBatch from = batchOf({{1, "a", "1.00", "Note", 5}, {2, "b", "2", ""}});
    RowBatch to(from.layoutPointer());
    to.appendRow(from, 1);
    to.appendRow(from, 0);
    QVERIFY(to.equalRows(0, from, 1));
    QVERIFY(to.equalRows(1, from, 0));
    QCOMPARE(std::string(to.chain(1)), std::string(from.chain(0)));
    QCOMPARE(to.fingerprint(0), from.fingerprint(1));
    QVERIFY(to.comparison(0, 3).isNull);

    auto keyOnly = std::make_shared<RowLayout>();
    keyOnly->cells = {from.layout().cells[0], from.layout().cells[1]};
    keyOnly->keyCount = keyOnly->comparedCount = 2;
    RowBatch keys(keyOnly);
    keys.appendRow(from, 0);
    std::string scratch;
    std::string otherScratch;
    QCOMPARE(keys.key(0, scratch), from.key(0, otherScratch));
}

void TestRowBatch::appendChainRestoresRows()
{
    const RowBatch from = batchOf({{1, "a", "1.00", "Note", 5},
                                   {-9, "\xF0\x9F\x8C\x8A", "-0.0", std::nullopt},
                                   {std::numeric_limits<qint64>::min(), "", "NaN", ""}});
    RowBatch to(from.layoutPointer());
    for (int row = 0; row < from.rowCount(); ++row) {
        const std::string kept(from.chain(row)); // a file knows nothing of the batch
        QVERIFY(to.appendChain(kept));
        QCOMPARE(std::string(to.chain(row)), kept);
        QVERIFY(to.equalRows(row, from, row));
        QCOMPARE(to.fingerprint(row), from.fingerprint(row));
        QCOMPARE(to.hasOwnComparison(row), from.hasOwnComparison(row));
    }
}

void TestRowBatch::appendChainRefusesOtherChains_data()
{
    QTest::addColumn<QByteArray>("chain");
    const RowBatch batch = batchOf({{1, "a", "1", "x", 5}});
    const QByteArray good(batch.chain(0).data(), qsizetype(batch.chain(0).size()));
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut in a word") << good.left(good.size() - 11);
    QTest::newRow("cut in a cell") << good.left(good.size() - 1);
    QTest::newRow("a cell too many") << good + QByteArray("\xff\xff\xff\xff", 4);
    QTest::newRow("trailing bytes") << good + 'x';
    QByteArray wrongSize = good;
    wrongSize[0] = 8; // an integer of eight bytes
    QTest::newRow("a size that the kind has not") << wrongSize.remove(4, 1);
    QByteArray wild = good;
    wild[16] = '\x7f'; // a length beyond the end
    QTest::newRow("a length beyond the end") << wild;
}

void TestRowBatch::appendChainRefusesOtherChains()
{
    QFETCH(QByteArray, chain);
    RowBatch batch = batchOf({{7, "kept", "1", "x"}});
    QVERIFY(!batch.appendChain({chain.constData(), std::size_t(chain.size())}));
    QCOMPARE(batch.rowCount(), 1);
    append(batch, {8, "next", "1", "x"});
    QCOMPARE(texts(batch, 1).at(1), u"next"_s);
}

void TestRowBatch::faultsStayWithTheirRows()
{
    RowBatch batch = batchOf({{1, "a", "1", "x"}, {2, "b", "one", "x"}, {3, "c", "1", "\xFF"}, {4, "d", "1", "x"}});
    QVERIFY(batch.fault(0) == nullptr);
    QCOMPARE(batch.fault(1)->facts.value(Fact::Value), u"one"_s);
    QCOMPARE(batch.fault(2)->facts.value(Fact::Type), u"text"_s);
    QVERIFY(batch.fault(3) == nullptr);
    QVERIFY(batch.value(1, 2).isNull);
    QCOMPARE(texts(batch, 1).at(1), u"b"_s); // its other cells are whole
    RowBatch copy(batch.layoutPointer());
    copy.appendRow(batch, 1);
    QVERIFY(copy.fault(0) != nullptr);
    batch.truncate(2);
    QVERIFY(batch.fault(1) != nullptr);
    batch.clear();
    append(batch, {5, "e", "1", "x"});
    QVERIFY(batch.fault(0) == nullptr);
}

void TestRowBatch::wrongCellCountIsAFault()
{
#ifdef QT_NO_DEBUG
    RowBatch batch(mixedLayout());
    batch.beginRow();
    batch.appendNull();
    batch.endRow();
    QCOMPARE(batch.fault(0)->code, ErrorCode::Internal);
    append(batch, {1, "a", "1", "x"});
    QCOMPARE(texts(batch, 1).at(1), u"a"_s);
#else
    QSKIP("asserted in this build");
#endif
}

void TestRowBatch::movingEmpties()
{
    RowBatch from = batchOf({{1, "a", "1.0", "X"}});
    RowBatch to = std::move(from);
    QCOMPARE(to.rowCount(), 1);
    QCOMPARE(to.comparison(0, 2).bytes, std::string_view("1"));
    // A batch that went to the next stage is filled again.
    from.reset(mixedLayout()); // NOLINT(bugprone-use-after-move)
    append(from, {2, "b", "2", "y"});
    QCOMPARE(texts(from, 0).at(0), u"2"_s);
    QCOMPARE(texts(to, 0).at(0), u"1"_s);
}

void TestRowBatch::copyingIsDeep()
{
    RowBatch from = batchOf({{1, "a", "1.0", "X"}});
    const RowBatch copy = from;
    from.clear();
    append(from, {2, "b", "2.0", "Y"});
    QCOMPARE(texts(copy, 0).at(1), u"a"_s);
    QCOMPARE(copy.comparison(0, 3).bytes, std::string_view("x"));
}

void TestRowBatch::emptyKeyCellsAndLayouts()
{
    const RowBatch batch = batchOf({{0, "", "0", ""}});
    std::string scratch;
    QVERIFY(batch.comparisonChain(0, 2, 2, scratch).empty());
    QCOMPARE(batch.comparisonChain(0, 0, 5, scratch).size(), 5 * sizeof(quint32) + 9 + 1 + 9);
    RowBatch none(std::make_shared<RowLayout>());
    none.beginRow();
    none.endRow();
    none.beginRow();
    none.endRow();
    QCOMPARE(none.rowCount(), 2);
    QVERIFY(none.equalRows(0, none, 1));
    QCOMPARE(none.fingerprint(0), none.fingerprint(1));
}

QTEST_APPLESS_MAIN(TestRowBatch)
#include "tst_rowbatch.moc"
