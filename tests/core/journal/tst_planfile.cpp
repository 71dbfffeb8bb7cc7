// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>
#include <thread>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include "core/journal/planfile.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

PlanHead someHead()
{
    PlanHead head;
    head.id = u"p1"_s;
    head.jobId = u"6f1c"_s;
    head.job = u"orders to warehouse"_s;
    head.source = u"shop"_s;
    head.target = u"warehouse – 仓库"_s;
    head.mirror = true;
    head.targetIsProduction = true;
    head.createdUs = 1'795'000'000'123'456;
    return head;
}

PlanTable someTable(const QString &name = u"orders"_s)
{
    PlanTable table;
    table.report.source = name;
    table.report.target = name + u"_copy";
    CellType number;
    number.kind = CellKind::Integer;
    CellType hostile;
    hostile.kind = CellKind::Json;
    hostile.scale = 3;
    hostile.fraction = 2;
    hostile.floatBits = 32;
    hostile.ignoreCase = hostile.ignoreTrailingSpaces = hostile.emptyIsNull = hostile.jsonAsText = true;
    hostile.floatTolerance = 0.1;
    hostile.zeroDate = ZeroDate::Null;
    hostile.nulByte = NulByte::Strip;
    hostile.refuseNul = true;
    table.columns = {{u"id"_s, u"ID"_s, number, true}, {u"bo\"dy"_s, u"body"_s, hostile, false}};
    table.keyCount = 1;
    table.comparedCount = 1;
    table.mappingDigest = QByteArray("\x00\xff\x10", 3);
    table.readDigest = "r";
    table.position = QByteArray("\x00p", 2);
    return table;
}

std::shared_ptr<const RowLayout> textLayout()
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells.resize(2);
    layout->keyCount = 1;
    layout->comparedCount = 2;
    return layout;
}

void appendRow(RowBatch &batch, const QByteArray &key, const QByteArray &text)
{
    batch.beginRow();
    batch.appendCell(std::string_view(key.constData(), static_cast<size_t>(key.size())));
    batch.appendCell(std::string_view(text.constData(), static_cast<size_t>(text.size())));
    batch.endRow();
}

QByteArray chainOf(const QByteArray &key, const QByteArray &text)
{
    RowBatch batch(textLayout());
    appendRow(batch, key, text);
    const std::string_view chain = batch.chain(0);
    return QByteArray(chain.data(), static_cast<qsizetype>(chain.size()));
}

Decision decisionAt(qint64 number) // a pattern in which the three take turns unevenly
{
    if (number % 7 == 3)
        return Decision::DeleteTarget;
    return number % 3 == 0 ? Decision::UpdateTarget : Decision::InsertTarget;
}

Reason reasonAt(qint64 number)
{
    switch (decisionAt(number)) {
    case Decision::DeleteTarget:
        return number % 2 ? Reason::LeftFilter : Reason::MissingAtSource;
    case Decision::UpdateTarget:
        return Reason::CellsDiffer;
    default:
        return Reason::MissingAtTarget;
    }
}

PlanRow rowAt(qint64 number)
{
    const Decision decision = decisionAt(number);
    const QByteArray key = QByteArray::number(number);
    PlanRow row;
    row.number = number;
    row.decision = decision;
    row.reason = reasonAt(number);
    if (decision != Decision::DeleteTarget)
        row.source = chainOf(key, "source of " + key);
    if (decision != Decision::InsertTarget)
        row.target = chainOf(key, "target of " + key);
    return row;
}

Result<void> addRows(PlanWriter &writer, int table, qint64 first, qint64 count)
{
    RowBatch source(textLayout());
    RowBatch target(textLayout());
    std::vector<PlanWriter::Item> items;
    for (qint64 number = first; number < first + count; ++number) {
        const QByteArray key = QByteArray::number(number);
        PlanWriter::Item item{decisionAt(number), reasonAt(number), -1, -1};
        if (item.decision != Decision::DeleteTarget) {
            item.sourceRow = source.rowCount();
            appendRow(source, key, "source of " + key);
        }
        if (item.decision != Decision::InsertTarget) {
            item.targetRow = target.rowCount();
            appendRow(target, key, "target of " + key);
        }
        items.push_back(item);
        if (number % 5 == 0)
            items.push_back({number % 2 ? Decision::Equal : Decision::Keep, Reason::None, -1, 0});
    }
    return writer.addRows(table, source, target, items);
}

bool same(const PlanRow &a, const PlanRow &b)
{
    return a.number == b.number && a.decision == b.decision && a.reason == b.reason && a.source == b.source
        && a.target == b.target && a.included == b.included;
}

void sql(const QString &file, const char *text)
{
    sqlite3 *handle = nullptr;
    QCOMPARE(sqlite3_open(file.toUtf8().constData(), &handle), SQLITE_OK);
    char *words = nullptr;
    const int code = sqlite3_exec(handle, text, nullptr, nullptr, &words);
    QVERIFY2(code == SQLITE_OK, words);
    sqlite3_close(handle);
}

} // namespace

class TestPlanFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comesBackAsItWas();
    void hasNoRows();
    void pages_data();
    void pages();
    void onlyWritesAreKept();
    void ticksStay();
    void placesLeadBack();
    void rangesAreJoined();
    void decisionsAreRanges();
    void decisionsAreTakenBack();
    void aChangeIsAllOrNothing();
    void columnsAreCounted();
    void tablesAreFilledAtOnce();
    void isPrivate();
    void refusesToReplace();
    void unfinishedIsNoPlan();
    void abandonedLeavesNothing();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void damageIsFound_data();
    void damageIsFound();
    void cutIsFound();
    void otherFormatIsOutdated();
    void writeProtectedCanBeRead();
    void timing();

private:
    void writePlan(qint64 rows);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestPlanFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"p1.db"_s);
}

void TestPlanFile::writePlan(qint64 rows)
{
    auto writer = PlanWriter::create(m_file, someHead());
    QVERIFY(writer.has_value());
    const auto first = (*writer)->addTable(someTable());
    const auto second = (*writer)->addTable(someTable(u"lines"_s));
    QCOMPARE(first.value(), 0);
    QCOMPARE(second.value(), 1);
    constexpr qint64 batch = 100;
    for (qint64 number = 0; number < rows; number += batch) {
        QVERIFY(addRows(**writer, 0, number, std::min(batch, rows - number)));
        QVERIFY(addRows(**writer, 1, number, std::min<qint64>(1, rows - number)));
    }
    PlanTable result = someTable();
    result.report.toTarget.inserts = rows;
    result.report.identical = 12;
    result.position = "later";
    QVERIFY((*writer)->finishTable(0, result));
    QVERIFY((*writer)->finish());
}

void TestPlanFile::comesBackAsItWas()
{
    writePlan(3);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    QVERIFY((*reader)->head() == someHead());
    const auto tables = (*reader)->tables();
    QVERIFY(tables.has_value());
    QCOMPARE(tables->size(), 2);
    PlanTable expected = someTable();
    expected.report.toTarget.inserts = 3;
    expected.report.identical = 12;
    QVERIFY(tables->at(0).report == expected.report);
    QVERIFY(tables->at(0).columns == expected.columns);
    QCOMPARE(tables->at(0).position, QByteArray("later"));
    QCOMPARE(tables->at(1).keyCount, 1);
    QCOMPARE(tables->at(1).comparedCount, 1);
    QCOMPARE(tables->at(1).mappingDigest, expected.mappingDigest);
    QCOMPARE(tables->at(1).readDigest, expected.readDigest);
    QCOMPARE(tables->at(1).position, expected.position);
    QVERIFY(tables->at(1).included);
    const auto layout = tables->at(0).layout();
    QCOMPARE(layout->size(), 2);
    QVERIFY(layout->cells[1] == expected.columns[1].type);
    QCOMPARE(layout->keyCount, 1);
}

void TestPlanFile::hasNoRows()
{
    writePlan(0);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->rowCount(0, std::nullopt).value(), 0);
    QVERIFY((*reader)->rows(0, std::nullopt, 0, 100).value().isEmpty());
    QVERIFY((*reader)->rows(0, Decision::InsertTarget, 0, 100).value().isEmpty());
}

void TestPlanFile::pages_data()
{
    QTest::addColumn<int>("only"); // −1: all
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("limit");
    for (const int only : {-1, 2, 3, 4}) {
        for (const qint64 offset : {0, 1, 99, 100, 455, 777, 999, 1000, 5000}) {
            for (const qint64 limit : {0, 1, 7, 100, 100'000})
                QTest::addRow("%d from %lld, %lld", only, offset, limit) << only << offset << limit;
        }
    }
}

void TestPlanFile::pages()
{
    QFETCH(int, only);
    QFETCH(qint64, offset);
    QFETCH(qint64, limit);
    constexpr qint64 rows = 1000;
    writePlan(rows);
    const auto decision = only < 0 ? std::nullopt : std::optional(static_cast<Decision>(only));
    QList<PlanRow> all;
    for (qint64 number = 0; number < rows; ++number) {
        if (!decision || decisionAt(number) == *decision)
            all.append(rowAt(number));
    }
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->rowCount(0, decision).value(), all.size());
    const auto page = (*reader)->rows(0, decision, offset, limit);
    QVERIFY(page.has_value());
    const QList<PlanRow> expected = all.mid(offset, limit);
    QCOMPARE(page->size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i)
        QVERIFY2(same(page->at(i), expected.at(i)), qPrintable(QString::number(i)));
}

void TestPlanFile::onlyWritesAreKept()
{
    writePlan(100);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->rowCount(0, std::nullopt).value(), 100);
    QCOMPARE((*reader)->rowCount(0, Decision::Equal).value(), 0);
    QVERIFY((*reader)->rows(0, Decision::Keep, 0, 10).value().isEmpty());
}

void TestPlanFile::ticksStay()
{
    writePlan(1000);
    auto reader = PlanReader::open(m_file);
    auto other = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    QVERIFY(other.has_value());
    const WriteCounts all = (*reader)->includedCounts(0).value();
    QCOMPARE(all.total(), 1000);
    QCOMPARE(all.deletes, (*reader)->rowCount(0, Decision::DeleteTarget).value());
    for (const qint64 row : {3, 456, 999}) // a delete, an update, an update
        QVERIFY((*reader)->setRowIncluded(0, row, false));
    QVERIFY((*reader)->setRowIncluded(0, 3, false)); // again
    QVERIFY((*reader)->setTableIncluded(1, false));
    reader->reset();

    const WriteCounts left = (*other)->includedCounts(0).value();
    QCOMPARE(left.deletes, all.deletes - 1);
    QCOMPARE(left.updates, all.updates - 2);
    QCOMPARE(left.inserts, all.inserts);
    QCOMPARE((*other)->includedCounts(1).value().total(), 0);
    const auto tables = (*other)->tables();
    QVERIFY(tables->at(0).included);
    QVERIFY(!tables->at(1).included);
    QList<qint64> excluded;
    const auto rows = (*other)->rows(0, std::nullopt, 0, 1000);
    for (const PlanRow &row : *rows) {
        if (!row.included)
            excluded.append(row.number);
    }
    QCOMPARE(excluded, (QList<qint64>{3, 456, 999}));
    QVERIFY(!(*other)->rows(0, Decision::DeleteTarget, 0, 1).value().first().included);
    QVERIFY((*other)->rows(1, std::nullopt, 3, 1).value().first().included); // the other table's row 3
    QVERIFY((*other)->setRowIncluded(0, 456, true));
    QCOMPARE((*other)->includedCounts(0).value().updates, all.updates - 1);
    QCOMPARE((*other)->setRowIncluded(0, 1000, false).error().code, ErrorCode::Internal);
}

void TestPlanFile::placesLeadBack()
{
    writePlan(1000);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    std::vector<qint64> places;
    QList<qint64> numbers;
    QVERIFY((*reader)->scan(0, std::nullopt, 10, 500, [&](const PlanRowRef &row) {
        if (row.number % 50 == 0) {
            places.insert(places.begin(), row.place); // backwards
            numbers.prepend(row.number);
        }
        return row.number < 400;
    }));
    QCOMPARE(numbers.first(), 400); // the visitor ended it
    QVERIFY((*reader)->setRowIncluded(0, 200, false));
    QList<qint64> found;
    QVERIFY((*reader)->rowsAt(places, [&](const PlanRowRef &row) {
        found.append(row.number);
        return row.included == (row.number != 200) && row.decision == decisionAt(row.number);
    }));
    QCOMPARE(found, numbers);
    const qint64 nowhere[] = {places.front() + (qint64{1} << 39)};
    QVERIFY(!(*reader)->rowsAt(nowhere, [](const PlanRowRef &) { return true; }));
    // The places of a page are those of its rows.
    for (const auto only : {std::optional<Decision>(), std::optional(Decision::UpdateTarget)}) {
        const auto page = (*reader)->rows(0, only, 100, 37);
        std::vector<qint64> rows;
        for (const PlanRow &row : *page)
            rows.push_back(row.place);
        QList<PlanRange> ranges = (*reader)->places(0, only, 100, 37).value();
        QCOMPARE(rangesOf(rows), ranges);
    }
}

void TestPlanFile::rangesAreJoined()
{
    const std::vector<qint64> places{9, 3, 4, 1, 5, 10, 4};
    QCOMPARE(rangesOf(places), (QList<PlanRange>{{1, 2}, {3, 6}, {9, 11}}));
    QVERIFY(rangesOf({}).isEmpty());
}

// Against a plain set of places, through many random changes.
void TestPlanFile::decisionsAreRanges()
{
    writePlan(300);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    const qint64 all = (*reader)->rowCount(0, Decision::InsertTarget).value();
    const qint64 start = (*reader)->places(0, Decision::InsertTarget, 0, 1).value().first().first;
    std::set<qint64> skipped;
    quint32 seed = 7;
    const auto random = [&](qint64 below) {
        seed = seed * 1664525 + 1013904223;
        return static_cast<qint64>(seed >> 8) % below;
    };
    for (int step = 0; step < 120; ++step) {
        const qint64 first = start + random(all);
        const PlanRange range{first, std::min(start + all, first + 1 + random(12))};
        PlanChange change;
        const bool skips = random(2) == 0;
        (skips ? change.skip : change.take).append(range);
        const auto done = (*reader)->apply(change);
        QVERIFY(done.has_value());
        qint64 moved = 0;
        for (qint64 place = range.first; place < range.past; ++place)
            moved += skips ? (skipped.insert(place).second ? 1 : 0) : static_cast<qint64>(skipped.erase(place));
        qint64 told = 0;
        for (const PlanRange &one : skips ? done->skip : done->take)
            told += one.past - one.first;
        QCOMPARE(told, moved);
        const std::vector<qint64> expected(skipped.begin(), skipped.end());
        QCOMPARE((*reader)->skippedRows(0).value(), rangesOf(expected));
        QCOMPARE((*reader)->takenCounts(0).value().inserts, all - static_cast<qint64>(skipped.size()));
    }
    QVERIFY((*reader)->scan(0, Decision::InsertTarget, 0, all,
                            [&](const PlanRowRef &row) { return row.included == !skipped.contains(row.place); }));
    QCOMPARE((*reader)->skippedRows(1).value().size(), 0); // of another table
}

void TestPlanFile::decisionsAreTakenBack()
{
    writePlan(1000);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    for (const qint64 row : {3, 4, 700})
        QVERIFY((*reader)->setRowIncluded(0, row, false));
    const auto before = (*reader)->skippedRows(0).value();
    PlanChange only; // everything but a few rows
    only.skip = (*reader)->places(0, std::nullopt, 0, 1000).value();
    only.take = (*reader)->places(0, std::nullopt, 2, 3).value();
    only.untick = {1};
    const auto done = (*reader)->apply(only);
    QVERIFY(done.has_value());
    QCOMPARE((*reader)->takenCounts(0).value().total(), 3);
    QCOMPARE((*reader)->includedCounts(1).value().total(), 0);
    const auto after = (*reader)->skippedRows(0).value();
    QVERIFY((*reader)->apply(done->reversed()));
    QCOMPARE((*reader)->skippedRows(0).value(), before);
    QVERIFY((*reader)->includedCounts(1).value().total() > 0);
    QVERIFY((*reader)->apply(only));
    QCOMPARE((*reader)->skippedRows(0).value(), after);
    QVERIFY((*reader)->apply(only));
    QCOMPARE((*reader)->skippedRows(0).value(), after); // again
}

void TestPlanFile::aChangeIsAllOrNothing()
{
    writePlan(100);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    PlanChange change;
    change.skip = (*reader)->places(0, std::nullopt, 0, 50).value();
    change.untick = {17}; // there is none
    QVERIFY(!(*reader)->apply(change).has_value());
    QVERIFY((*reader)->skippedRows(0).value().isEmpty());
}

void TestPlanFile::columnsAreCounted()
{
    writePlan(1000);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    const auto tables = (*reader)->tables();
    QVERIFY(tables.has_value());
    const qint64 updates = (*reader)->rowCount(0, Decision::UpdateTarget).value();
    QCOMPARE(tables->at(0).differences, (QList<qint64>{0, updates}));
}

void TestPlanFile::tablesAreFilledAtOnce()
{
    auto created = PlanWriter::create(m_file, someHead());
    QVERIFY(created.has_value());
    PlanWriter &writer = **created;
    constexpr int tables = 4;
    std::atomic<int> failures = 0;
    {
        std::vector<std::jthread> threads;
        threads.reserve(tables);
        for (int table = 0; table < tables; ++table)
            QCOMPARE(writer.addTable(someTable(QString::number(table))).value(), table);
        for (int table = 0; table < tables; ++table) {
            threads.emplace_back([&, table] {
                for (qint64 number = 0; number < 500; number += 10)
                    failures += addRows(writer, table, number, 10) ? 0 : 1;
                failures += writer.finishTable(table, someTable(QString::number(table))) ? 0 : 1;
            });
        }
    }
    QCOMPARE(failures.load(), 0);
    QVERIFY(writer.finish());
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    for (int table = 0; table < tables; ++table) {
        const auto rows = (*reader)->rows(table, std::nullopt, 0, 1000);
        QCOMPARE(rows.value().size(), 500);
        for (qint64 number = 0; number < 500; ++number)
            QVERIFY(same(rows->at(number), rowAt(number)));
    }
}

void TestPlanFile::isPrivate()
{
    writePlan(1);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFile::permissions(m_file) & others, QFile::Permissions());
}

void TestPlanFile::refusesToReplace()
{
    writePlan(1);
    const auto again = PlanWriter::create(m_file, someHead());
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().code, ErrorCode::FileUnwritable);
    QCOMPARE(again.error().facts.value(Fact::File), m_file);
    QVERIFY(PlanReader::open(m_file).has_value());
}

void TestPlanFile::unfinishedIsNoPlan()
{
    auto writer = PlanWriter::create(m_file, someHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->addTable(someTable()));
    // A crash: what the file is at this moment, elsewhere.
    const QString left = m_folder->filePath(u"left.db"_s);
    QVERIFY(QFile::copy(m_file, left));
    const auto reader = PlanReader::open(left);
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().code, ErrorCode::DatabaseDamaged);
    QCOMPARE(reader.error().facts.value(Fact::File), left);
}

void TestPlanFile::abandonedLeavesNothing()
{
    {
        auto writer = PlanWriter::create(m_file, someHead());
        QVERIFY(writer.has_value());
        QVERIFY((*writer)->addTable(someTable()));
        QVERIFY(addRows(**writer, 0, 0, 100));
    }
    QVERIFY(!QFile::exists(m_file));
}

void TestPlanFile::otherFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("This is not a database. ").repeated(100);
    QTest::newRow("short") << QByteArray("SQLite format 3\0", 16);
}

void TestPlanFile::otherFilesAreRefused()
{
    QFETCH(QByteArray, content);
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const auto reader = PlanReader::open(m_file);
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().code, ErrorCode::DatabaseDamaged);
    QCOMPARE(PlanReader::open(m_folder->filePath(u"none.db"_s)).error().code, ErrorCode::FileNotFound);
    QCOMPARE(PlanReader::open(m_folder->path()).error().code, ErrorCode::IsADirectory);
}

void TestPlanFile::damageIsFound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a row's cell") << QByteArray("source of 450");
    QTest::newRow("a target's cell") << QByteArray("target of 450");
    QTest::newRow("a table's column") << QByteArray("orders_copy");
    QTest::newRow("the head") << QByteArray("orders to warehouse");
}

// SQLite has no checksums of its own: a byte that the disk changed would be written into the target.
void TestPlanFile::damageIsFound()
{
    QFETCH(QByteArray, text);
    writePlan(1000);
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray bytes = file.readAll();
    const qsizetype at = bytes.lastIndexOf(text);
    QVERIFY(at > 0);
    file.seek(at + text.size() - 1);
    file.write("X", 1);
    file.close();
    const auto read = [&]() -> Result<void> {
        TRY_ASSIGN(const auto reader, PlanReader::open(m_file));
        TRY(reader->tables());
        TRY(reader->rows(0, std::nullopt, 0, 1000));
        TRY(reader->rows(1, std::nullopt, 0, 1000));
        return {};
    };
    const auto result = read();
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().code, ErrorCode::DatabaseDamaged);
    QCOMPARE(result.error().facts.value(Fact::File), m_file);
}

void TestPlanFile::cutIsFound()
{
    writePlan(1000);
    const qint64 size = QFile(m_file).size();
    for (const qint64 left : {size - 1, size - 8192, size / 2, qint64{8192}, qint64{100}}) {
        const QString copy = m_folder->filePath(u"cut.db"_s);
        QFile::remove(copy);
        QVERIFY(QFile::copy(m_file, copy));
        QVERIFY(QFile::resize(copy, left));
        const auto reader = PlanReader::open(copy);
        QVERIFY2(!reader.has_value(), qPrintable(QString::number(left)));
        QCOMPARE(reader.error().code, ErrorCode::DatabaseDamaged);
    }
}

void TestPlanFile::otherFormatIsOutdated()
{
    writePlan(1);
    sql(m_file, "PRAGMA user_version = 3");
    const auto reader = PlanReader::open(m_file);
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().code, ErrorCode::PlanOutdated);
    QCOMPARE(reader.error().facts.value(Fact::Found), u"3"_s);
    QCOMPARE(reader.error().facts.value(Fact::Expected), u"2"_s);
}

void TestPlanFile::writeProtectedCanBeRead()
{
    writePlan(10);
    QVERIFY(QFile::setPermissions(m_file, QFile::ReadOwner));
    if (QFile(m_file).open(QIODevice::ReadWrite))
        QSKIP("this user may write everything");
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->rows(0, std::nullopt, 0, 100).value().size(), 10);
    QCOMPARE((*reader)->setTableIncluded(0, false).error().code, ErrorCode::FileUnwritable);
}

void TestPlanFile::timing()
{
    const qint64 rows = qMax(100'000, qEnvironmentVariableIntValue("TIDEMARK_PLAN_ROWS"));
    RowBatch source(textLayout());
    for (int row = 0; row < 5000; ++row)
        appendRow(source, QByteArray::number(row), QByteArray(150, 'x'));
    std::vector<PlanWriter::Item> items;
    items.reserve(5000);
    for (int row = 0; row < 5000; ++row)
        items.push_back({Decision::InsertTarget, Reason::MissingAtTarget, row, -1});
    QElapsedTimer timer;
    timer.start();
    auto writer = PlanWriter::create(m_file, someHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->addTable(someTable()));
    for (qint64 row = 0; row < rows; row += 5000)
        QVERIFY((*writer)->addRows(0, source, source, items));
    QVERIFY((*writer)->finish());
    const qint64 written = timer.restart();
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->rows(0, std::nullopt, 0, 100).value().size(), 100);
    const qint64 opened = timer.restart();
    QCOMPARE((*reader)->rows(0, Decision::InsertTarget, rows - 100, 100).value().size(), 100);
    qInfo("%lld rows written in %lld ms, first page after %lld ms, last page in %lld ms, %lld MiB", rows, written,
          opened, timer.elapsed(), QFile(m_file).size() >> 20);
}

QTEST_APPLESS_MAIN(TestPlanFile)
#include "tst_planfile.moc"
