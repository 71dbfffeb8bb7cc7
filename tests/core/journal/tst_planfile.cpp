// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>
#include <thread>

#include <QElapsedTimer>
#include <QFile>

#include "tests/core/journal/someplan.h"

using namespace tidemark;

// A plan as it is written and read.
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
    void columnsAreCounted();
    void tablesAreFilledAtOnce();
    void timing();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestPlanFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"p1.db"_s);
}

void TestPlanFile::comesBackAsItWas()
{
    writePlan(m_file, 3);
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
    QCOMPARE(tables->at(1).planDigest, expected.planDigest);
    QCOMPARE(tables->at(1).position, expected.position);
    QVERIFY(tables->at(1).included);
    const auto layout = tables->at(0).layout();
    QCOMPARE(layout->size(), 2);
    QVERIFY(layout->cells[1] == expected.columns[1].type);
    QCOMPARE(layout->keyCount, 1);
}

void TestPlanFile::hasNoRows()
{
    writePlan(m_file, 0);
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
    writePlan(m_file, rows);
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
    writePlan(m_file, 100);
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->rowCount(0, std::nullopt).value(), 100);
    QCOMPARE((*reader)->rowCount(0, Decision::Equal).value(), 0);
    QVERIFY((*reader)->rows(0, Decision::Keep, 0, 10).value().isEmpty());
}

void TestPlanFile::columnsAreCounted()
{
    writePlan(m_file, 1000);
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
