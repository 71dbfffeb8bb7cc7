// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "tests/core/journal/someplan.h"

using namespace tidemark;

// What a person decides about a plan.
class TestPlanTicks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void ticksStay();
    void placesLeadBack();
    void rangesAreJoined();
    void decisionsAreRanges();
    void decisionsAreTakenBack();
    void aChangeIsAllOrNothing();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestPlanTicks::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"p1.db"_s);
}

void TestPlanTicks::ticksStay()
{
    writePlan(m_file, 1000);
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

void TestPlanTicks::placesLeadBack()
{
    writePlan(m_file, 1000);
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

void TestPlanTicks::rangesAreJoined()
{
    const std::vector<qint64> places{9, 3, 4, 1, 5, 10, 4};
    QCOMPARE(rangesOf(places), (QList<PlanRange>{{1, 2}, {3, 6}, {9, 11}}));
    QVERIFY(rangesOf({}).isEmpty());
}

// Against a plain set of places, through many random changes.
void TestPlanTicks::decisionsAreRanges()
{
    writePlan(m_file, 300);
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

void TestPlanTicks::decisionsAreTakenBack()
{
    writePlan(m_file, 1000);
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

void TestPlanTicks::aChangeIsAllOrNothing()
{
    writePlan(m_file, 100);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    PlanChange change;
    change.skip = (*reader)->places(0, std::nullopt, 0, 50).value();
    change.untick = {17}; // there is none
    QVERIFY(!(*reader)->apply(change).has_value());
    QVERIFY((*reader)->skippedRows(0).value().isEmpty());
}

QTEST_APPLESS_MAIN(TestPlanTicks)
#include "tst_planticks.moc"
