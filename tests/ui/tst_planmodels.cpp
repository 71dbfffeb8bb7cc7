// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QFile>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "tests/ui/support/planfiles.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/plansource.h"
#include "ui/plan/plantablemodel.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The preview's models over a real plan file: paged, filtered, decided.
class TestPlanModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void rowsArePaged();
    void largeRowsComeInPieces();
    void whatScrolledAwayIsDropped();
    void columnsMapBothWays();
    void headersTellDifferences();
    void filtersByDecision();
    void decisionsReachTheRowsOfAView();
    void decisionsAreKeptAndTakenBack();
    void onlySomeAreLeft();
    void tablesAreTicked();
    void aMissingFileIsAnError();
    void aRemovedFileIsNoticed();
    void closingDoesNotWait();

private:
    static constexpr int rowCount = 1000; // 5 pages
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    PlanTable m_table;
};

void TestPlanModels::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"plan.db"_s);
    m_table = plans::writeNumbered(m_file, rowCount, "new");
}

void TestPlanModels::rowsArePaged()
{
    PlanSource source(m_file);
    PlanRowModel model(source);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    source.open();
    model.setTable({0, {}, {}}, m_table);
    QTRY_COMPARE(model.rowCount(), rowCount);
    QVERIFY(!model.row(700));
    QCOMPARE(model.index(700, 1).data().toString(), u"…"_s);
    QTRY_VERIFY(model.row(700));
    QCOMPARE(model.index(702, 1).data().toString(), u"702"_s);
    QCOMPARE(model.index(702, 2).data().toString(), u"name 914"_s);
    const QModelIndex note = model.index(702, model.columnOf(PlanRowModel::Part::Source, 2));
    QVERIFY(model.isChanged(note));
    QVERIFY(!model.isChanged(model.index(702, 2)));
    const PlanCell *target = model.cell(model.index(702, model.columnOf(PlanRowModel::Part::Target, 2)));
    QVERIFY(target->isNull);
    QVERIFY(model.row(700)->target.first().isAbsent);
    QVERIFY(model.row(701)->source.first().isAbsent);
}

// A page of 16 MiB values is not read in one go, and what is shown of it arrives first.
void TestPlanModels::largeRowsComeInPieces()
{
    m_table = plans::writeNumbered(m_file = m_folder->filePath(u"large.db"_s), 20, QByteArray(3 << 20, 'x'));
    PlanSource source(m_file);
    PlanRowModel model(source);
    QSignalSpy arrived(&model, &PlanRowModel::pageArrived);
    source.open();
    model.setTable({0, {}, {}}, m_table, 20);
    QVERIFY(!model.row(0));
    QTRY_VERIFY(model.row(19));
    QVERIFY2(arrived.count() >= 4, qPrintable(QString::number(arrived.count())));
    QCOMPARE(arrived.first().first().toInt(), 0);
    QVERIFY(arrived.first().at(1).toInt() < 10);
    QCOMPARE(model.index(19, 1).data().toString(), u"19"_s);
    QVERIFY(model.index(19, 3).data().toString().size() < 400);
}

// Twenty pages asked for at once. How many of them are read before the rest is asked for is the machine's affair: it is
// asked until some had to wait too long.
void TestPlanModels::whatScrolledAwayIsDropped()
{
    m_table = plans::writeNumbered(m_file = m_folder->filePath(u"long.db"_s), 4000, "new");
    PlanSource source(m_file);
    PlanRowModel model(source);
    QSignalSpy dropped(&source, &PlanSource::pageDropped);
    QSignalSpy read(&source, &PlanSource::pageRead);
    source.open();
    for (qsizetype asked = 20; dropped.isEmpty() && asked <= 2000; asked += 20) {
        model.setTable({0, {}, {}}, m_table, 4000);
        for (int row = 0; row < 4000; row += 200)
            QVERIFY(!model.row(row));
        QTRY_COMPARE_WITH_TIMEOUT(read.count() + dropped.count(), asked, 60'000); // each is either read or dropped
    }
    QVERIFY(!dropped.isEmpty());
    QVERIFY(model.row(3999)); // what was asked for last comes for certain
    qint64 before = -1; // the eldest go first
    for (const QVariantList &drop : std::as_const(dropped)) {
        QVERIFY(drop.at(1).toLongLong() > before);
        before = drop.at(1).toLongLong();
    }
    const int gone = dropped.first().at(1).toInt() * 200;
    QVERIFY(!model.row(gone)); // asked for again
    QTRY_VERIFY(model.row(gone));
}

void TestPlanModels::columnsMapBothWays()
{
    PlanSource source(m_file);
    PlanRowModel model(source);
    model.setTable({0, {}, {}}, m_table);
    QCOMPARE(model.columnCount(), 6); // sign, id, name and note twice
    QCOMPARE(model.cellOf(0), -1);
    for (int column = 1; column < model.columnCount(); ++column)
        QCOMPARE(model.columnOf(model.partOf(column), model.cellOf(column)), column);
    QCOMPARE(model.partOf(1), PlanRowModel::Part::Key);
    QCOMPARE(model.partOf(3), PlanRowModel::Part::Source);
    QCOMPARE(model.partOf(4), PlanRowModel::Part::Target);
}

void TestPlanModels::headersTellDifferences()
{
    QCOMPARE(m_table.differences, (QList<qint64>{0, 0, 800}));
    PlanSource source(m_file);
    PlanRowModel model(source);
    PlanTable hostile = m_table;
    hostile.columns[2].target = u"a\"b\n\u202e<b>"_s;
    model.setTable({0, {}, {}}, hostile);
    const auto header = [&](PlanRowModel::Part part, int cell, int role) {
        return model.headerData(model.columnOf(part, cell), Qt::Horizontal, role).toString();
    };
    QCOMPARE(header(PlanRowModel::Part::Source, 1, Qt::DisplayRole), u"name"_s);
    QCOMPARE(header(PlanRowModel::Part::Target, 2, Qt::DisplayRole), u"a\"b⏎‹U+202E›<b>  ~800"_s);
    QVERIFY(header(PlanRowModel::Part::Target, 2, Qt::ToolTipRole).contains(u"800"_s));
}

void TestPlanModels::filtersByDecision()
{
    PlanSource source(m_file);
    PlanRowModel model(source);
    source.open();
    model.setTable({0, Decision::DeleteTarget, {}}, m_table);
    QTRY_COMPARE(model.rowCount(), 100);
    QTRY_VERIFY(model.row(99));
    QCOMPARE(model.row(99)->decision, Decision::DeleteTarget);
    QCOMPARE(model.index(99, 1).data().toString(), u"991"_s);
}

void TestPlanModels::decisionsReachTheRowsOfAView()
{
    PlanSource source(m_file);
    source.open();
    QSignalSpy arranged(&source, &PlanSource::arranged);
    source.arrange(0, {}, {}, {0, false, true}); // backwards by key
    QVERIFY(arranged.wait(30'000));
    const auto query = arranged.first().first().value<PlanQuery>();
    QSignalSpy decided(&source, &PlanSource::decided);
    source.decide(query, {{0, 2}, {998, 999}}, false); // keys 999, 998 and 1
    QVERIFY(decided.wait(30'000));
    QStringList skipped;
    const auto reader = PlanReader::open(m_file);
    QVERIFY((*reader)->scan(0, {}, 0, 2000, [&](const PlanRowRef &row) {
        if (!row.included)
            skipped << QString::number(row.number);
        return true;
    }));
    QCOMPARE(skipped, (QStringList{u"1"_s, u"998"_s, u"999"_s}));
    RowFilter only;
    only.skippedOnly = true;
    arranged.clear();
    source.arrange(0, {}, only, {});
    QVERIFY(arranged.wait(30'000));
    QCOMPARE(arranged.first().at(1).toLongLong(), 3);
}

void TestPlanModels::decisionsAreKeptAndTakenBack()
{
    PlanSource source(m_file);
    PlanRowModel model(source);
    source.open();
    model.setTable({0, {}, {}}, m_table);
    QTRY_VERIFY(model.rowCount() > 0 && model.row(5));
    QSignalSpy decided(&source, &PlanSource::decided);
    source.decide({0, {}, {}}, {{5, 8}}, false);
    QVERIFY(decided.wait(30'000));
    const auto done = decided.first().first().value<PlanChange>();
    const auto states = decided.first().at(1).value<QList<PlanTableState>>();
    QCOMPARE(states.first().taken.total(), rowCount - 3);
    model.show(done);
    QVERIFY(!model.row(5)->included && !model.row(7)->included && model.row(8)->included);
    QCOMPARE(model.index(5, 0).data(Qt::ToolTipRole).toString(), u"Skipped"_s);
    QVERIFY(!PlanReader::open(m_file).value()->rows(0, {}, 5, 1).value().first().included);
    source.apply(done.reversed());
    QVERIFY(decided.wait(30'000));
    model.show(decided.at(1).first().value<PlanChange>());
    QVERIFY(model.row(5)->included);
    QCOMPARE(PlanReader::open(m_file).value()->takenCounts(0).value().total(), rowCount);
}

void TestPlanModels::onlySomeAreLeft()
{
    PlanSource source(m_file);
    source.open();
    QSignalSpy decided(&source, &PlanSource::decided);
    source.decideTable(0, false, false);
    source.decideOnly({0, Decision::UpdateTarget, {}}, {{0, 3}});
    QTRY_COMPARE(decided.count(), 2);
    const auto states = decided.at(1).at(1).value<QList<PlanTableState>>();
    QCOMPARE(states.first().taken.toTarget, (WriteCounts{0, 3, 0}));
    QVERIFY(states.first().included);
    source.resetAll();
    QTRY_COMPARE(decided.count(), 3);
    QCOMPARE(decided.at(2).at(1).value<QList<PlanTableState>>().first().taken.total(), rowCount);
}

void TestPlanModels::tablesAreTicked()
{
    PlanTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    PlanTable empty = m_table;
    empty.report.toTarget = {};
    model.setTables({m_table, empty}, {});
    QSignalSpy wished(&model, &PlanTableModel::tickWished);
    QVERIFY(model.flags(model.index(0, 0)) & Qt::ItemIsUserCheckable);
    QVERIFY(!(model.flags(model.index(1, 0)) & Qt::ItemIsUserCheckable));
    QCOMPARE(model.state(0), Qt::Checked);
    QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(wished.takeFirst(), (QVariantList{0, false}));
    model.setStates({{0, false, PlanCounts::planned(m_table.report)}});
    QCOMPARE(model.state(0), Qt::Unchecked);
    QCOMPARE(model.chosen().total(), 0);
    QCOMPARE(model.skipped(), rowCount);
    // In part: the next click takes all of it.
    model.setStates({{0, true, {{100, 700, 100}, {}, 0}}});
    QCOMPARE(model.state(0), Qt::PartiallyChecked);
    QCOMPARE(model.index(0, PlanTableModel::Skipped).data().toString(), u"100"_s);
    QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(wished.takeFirst(), (QVariantList{0, true}));
    QCOMPARE(model.index(0, PlanTableModel::Equal).data().toString(), u"not read"_s);
}

void TestPlanModels::aMissingFileIsAnError()
{
    PlanSource source(m_folder->filePath(u"absent.db"_s));
    QSignalSpy failed(&source, &PlanSource::failed);
    source.open();
    QVERIFY(failed.wait(30'000));
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::FileNotFound);
}

void TestPlanModels::aRemovedFileIsNoticed()
{
    PlanSource source(m_file);
    QSignalSpy opened(&source, &PlanSource::opened);
    QSignalSpy failed(&source, &PlanSource::failed);
    source.open();
    QVERIFY(opened.wait(30'000));
    QVERIFY(QFile::remove(m_file));
    QVERIFY(failed.wait(10'000));
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::FileNotFound);
}

// Retired while it sorts: nothing is told any more, and it deletes itself.
void TestPlanModels::closingDoesNotWait()
{
    auto *source = new PlanSource(m_file);
    const QPointer<PlanSource> guard = source;
    QSignalSpy arranged(source, &PlanSource::arranged);
    QSignalSpy decided(source, &PlanSource::decided);
    source->open();
    source->arrange(0, {}, {}, {0, false, true});
    source->decide({0, {}, {}}, {{0, 1}}, false);
    source->retire();
    QTRY_VERIFY(!guard);
    QCOMPARE(arranged.count() + decided.count(), 0);
}

QTEST_MAIN(TestPlanModels)
#include "tst_planmodels.moc"
