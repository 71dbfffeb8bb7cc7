// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "ui/plan/planrowmodel.h"
#include "ui/plan/plansource.h"
#include "ui/plan/plantablemodel.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The preview's models over a real plan file: paged, found, skipped, ticked.
class TestPlanModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void rowsArePaged();
    void columnsMapBothWays();
    void filtersByDecision();
    void findsInBothDirections();
    void changedColumns();
    void skippingIsKeptInTheFile();
    void tablesAreTicked();
    void aDamagedFileIsAnError();

private:
    static constexpr int rowCount = 1000; // 5 pages
    QTemporaryDir m_folder;
    QString m_file;
    PlanTable m_table;
};

static std::shared_ptr<const RowLayout> layout()
{
    auto layout = std::make_shared<RowLayout>();
    CellType integer;
    integer.kind = CellKind::Integer;
    layout->cells = {integer, CellType(), CellType()};
    layout->keyCount = 1;
    layout->comparedCount = 3;
    return layout;
}

static void append(RowBatch &batch, int key, const QByteArray &name, const QByteArray &note)
{
    char integer[9] = {1, 0, 0, 0, 0, 0, 0, char(key >> 8), char(key & 0xff)};
    batch.beginRow();
    batch.appendCell({integer, 9});
    batch.appendCell({name.constData(), static_cast<size_t>(name.size())});
    if (note.isNull())
        batch.appendNull();
    else
        batch.appendCell({note.constData(), static_cast<size_t>(note.size())});
    batch.endRow();
}

void TestPlanModels::initTestCase()
{
    m_file = m_folder.filePath(u"plan.db"_s);
    PlanHead head;
    head.id = u"p"_s;
    head.job = u"j"_s;
    auto writer = PlanWriter::create(m_file, head);
    QVERIFY(writer);
    m_table.report.source = m_table.report.target = u"t"_s;
    m_table.columns = {{u"id"_s, u"id"_s, layout()->cells[0], true},
                       {u"name"_s, u"name"_s, {}, true},
                       {u"note"_s, u"remark"_s, {}, true}};
    m_table.keyCount = 1;
    m_table.comparedCount = 3;
    const auto number = (*writer)->addTable(m_table);
    QVERIFY(number);
    RowBatch source(layout());
    RowBatch target(layout());
    std::vector<PlanWriter::Item> items;
    for (int row = 0; row < rowCount; ++row) {
        const QByteArray name = "name " + QByteArray::number(row);
        append(source, row, name, "new");
        append(target, row, name, QByteArray());
        const Decision decision = row % 10 == 0 ? Decision::InsertTarget
            : row % 10 == 1                     ? Decision::DeleteTarget
                                                : Decision::UpdateTarget;
        items.push_back({decision, Reason::CellsDiffer, decision == Decision::DeleteTarget ? -1 : row,
                         decision == Decision::InsertTarget ? -1 : row});
    }
    QVERIFY((*writer)->addRows(*number, source, target, items));
    m_table.report.toTarget = {100, 800, 100};
    QVERIFY((*writer)->finishTable(*number, m_table));
    QVERIFY((*writer)->finish());
}

void TestPlanModels::rowsArePaged()
{
    PlanSource source(m_file);
    PlanRowModel model(source);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    source.open();
    model.setTable({0, {}}, m_table);
    QTRY_COMPARE(model.rowCount(), rowCount);
    QSignalSpy arrived(&model, &PlanRowModel::pageArrived);
    QVERIFY(!model.row(700));
    QCOMPARE(model.index(700, 1).data().toString(), u"…"_s);
    QTRY_VERIFY(model.row(700));
    QCOMPARE(model.index(702, 1).data().toString(), u"702"_s);
    QCOMPARE(model.index(702, 2).data().toString(), u"name 702"_s);
    const QModelIndex note = model.index(702, model.columnOf(PlanRowModel::Part::Source, 2));
    QVERIFY(model.isChanged(note));
    QVERIFY(!model.isChanged(model.index(702, 2)));
    QCOMPARE(
        model.headerData(model.columnOf(PlanRowModel::Part::Target, 2), Qt::Horizontal, Qt::DisplayRole).toString(),
        u"remark"_s);
    const PlanCell *target = model.cell(model.index(702, model.columnOf(PlanRowModel::Part::Target, 2)));
    QVERIFY(target->isNull);
    QVERIFY(model.row(700)->target.first().isAbsent);
    QVERIFY(model.row(701)->source.first().isAbsent);
}

void TestPlanModels::columnsMapBothWays()
{
    PlanSource source(m_file);
    PlanRowModel model(source);
    model.setTable({0, {}}, m_table);
    QCOMPARE(model.columnCount(), 6); // sign, id, name and note twice
    QCOMPARE(model.cellOf(0), -1);
    for (int column = 1; column < model.columnCount(); ++column)
        QCOMPARE(model.columnOf(model.partOf(column), model.cellOf(column)), column);
    QCOMPARE(model.partOf(1), PlanRowModel::Part::Key);
    QCOMPARE(model.partOf(3), PlanRowModel::Part::Source);
    QCOMPARE(model.partOf(4), PlanRowModel::Part::Target);
}

void TestPlanModels::filtersByDecision()
{
    PlanSource source(m_file);
    PlanRowModel model(source);
    source.open();
    model.setTable({0, Decision::DeleteTarget}, m_table);
    QTRY_COMPARE(model.rowCount(), 100);
    QTRY_VERIFY(model.row(99));
    QCOMPARE(model.row(99)->decision, Decision::DeleteTarget);
    QCOMPARE(model.index(99, 1).data().toString(), u"991"_s);
}

void TestPlanModels::findsInBothDirections()
{
    PlanSource source(m_file);
    QSignalSpy found(&source, &PlanSource::foundRow);
    source.open();
    const auto find = [&](const QString &text, qint64 from, bool forward) {
        found.clear();
        source.find({0, {}}, text, from, forward);
        return found.wait() ? found.first().first().toLongLong() : -2;
    };
    QCOMPARE(find(u"NAME 950"_s, -1, true), 950);
    QCOMPARE(find(u"name 95"_s, 950, true), 951);
    QCOMPARE(find(u"name 3"_s, 900, false), 399);
    QCOMPARE(find(u"name 0"_s, 900, false), 0);
    QCOMPARE(find(u"nowhere"_s, -1, true), -1);
    QCOMPARE(find(u"nowhere"_s, 10, false), -1);
}

void TestPlanModels::changedColumns()
{
    PlanSource source(m_file);
    QSignalSpy read(&source, &PlanSource::changedColumnsRead);
    source.open();
    source.requestChangedColumns(0);
    QVERIFY(read.wait());
    QCOMPARE(read.first().at(1).value<QSet<int>>(), (QSet<int>{2}));
}

void TestPlanModels::skippingIsKeptInTheFile()
{
    {
        PlanSource source(m_file);
        PlanRowModel model(source);
        source.open();
        model.setTable({0, {}}, m_table);
        QTRY_VERIFY(model.rowCount() > 0 && model.row(5));
        model.toggle(5);
        QCOMPARE(model.skipped(0, Decision::UpdateTarget), 1);
        QVERIFY(!model.row(5)->included);
        QSignalSpy detail(&source, &PlanSource::detailRead);
        source.requestDetail({0, {}}, 5); // answered after the skip was written
        QVERIFY(detail.wait());
    }
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader);
    QVERIFY(!(*reader)->rows(0, {}, 5, 1).value().first().included);
    QVERIFY((*reader)->setRowIncluded(0, 5, true));
}

void TestPlanModels::tablesAreTicked()
{
    PlanTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    PlanTable empty = m_table;
    empty.report.toTarget = {};
    model.setTables({m_table, empty});
    QSignalSpy ticked(&model, &PlanTableModel::inclusionChanged);
    QVERIFY(model.flags(model.index(0, 0)) & Qt::ItemIsUserCheckable);
    QVERIFY(!(model.flags(model.index(1, 0)) & Qt::ItemIsUserCheckable));
    QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(ticked.count(), 1);
    QCOMPARE(model.included().total(), 0);
    QCOMPARE(model.index(0, PlanTableModel::Equal).data().toString(), u"not read"_s);
}

void TestPlanModels::aDamagedFileIsAnError()
{
    PlanSource source(m_folder.filePath(u"absent.db"_s));
    QSignalSpy failed(&source, &PlanSource::failed);
    source.open();
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::FileNotFound);
}

QTEST_MAIN(TestPlanModels)
#include "tst_planmodels.moc"
