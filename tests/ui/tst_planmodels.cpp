// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "ui/plan/planrowmodel.h"
#include "ui/plan/plansource.h"
#include "ui/plan/plantablemodel.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The preview's models over a real plan file: paged, found, filtered, sorted, decided, exported.
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
    void findsInBothDirections();
    void arranges_data();
    void arranges();
    void decisionsReachTheRowsOfAView();
    void decisionsAreKeptAndTakenBack();
    void onlySomeAreLeft();
    void tablesAreTicked();
    void exports_data();
    void exports();
    void exportIsBounded();
    void aMissingFileIsAnError();
    void aRemovedFileIsNoticed();

private:
    void write(int rows, const QByteArray &note);
    QStringList arrange(PlanSource &source, const RowFilter &filter, const RowOrder &order,
                        std::optional<Decision> only = {});

    static constexpr int rowCount = 1000; // 5 pages
    std::unique_ptr<QTemporaryDir> m_folder;
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

void TestPlanModels::write(int rows, const QByteArray &note)
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"plan.db"_s);
    PlanHead head;
    head.id = u"p"_s;
    head.job = u"j"_s;
    auto writer = PlanWriter::create(m_file, head);
    QVERIFY(writer);
    m_table = {};
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
    for (int row = 0; row < rows; ++row) {
        // 7 and 1000 have no common divisor: names in another order than keys.
        const QByteArray name = "name " + QByteArray::number(row * 7 % rows);
        append(source, row, name, note);
        append(target, row, name, QByteArray());
        const Decision decision = row % 10 == 0 ? Decision::InsertTarget
            : row % 10 == 1                     ? Decision::DeleteTarget
                                                : Decision::UpdateTarget;
        items.push_back({decision, Reason::CellsDiffer, decision == Decision::DeleteTarget ? -1 : row,
                         decision == Decision::InsertTarget ? -1 : row});
    }
    QVERIFY((*writer)->addRows(*number, source, target, items));
    m_table.report.toTarget = {rows / 10, rows * 8 / 10, rows / 10};
    QVERIFY((*writer)->finishTable(*number, m_table));
    QVERIFY((*writer)->finish());
    m_table = PlanReader::open(m_file).value()->tables().value().first();
}

void TestPlanModels::init() { write(rowCount, "new"); }

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
    write(20, QByteArray(3 << 20, 'x'));
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

void TestPlanModels::whatScrolledAwayIsDropped()
{
    write(4000, "new");
    PlanSource source(m_file);
    PlanRowModel model(source);
    QSignalSpy dropped(&source, &PlanSource::pageDropped);
    model.setTable({0, {}, {}}, m_table, 4000);
    for (int row = 0; row < 4000; row += 200)
        QVERIFY(!model.row(row));
    source.open();
    QTRY_VERIFY(model.row(3999));
    QTRY_COMPARE(dropped.count(), 14);
    QVERIFY(!model.row(0)); // asked for again
    QTRY_VERIFY(model.row(0));
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

void TestPlanModels::findsInBothDirections()
{
    PlanSource source(m_file);
    QSignalSpy found(&source, &PlanSource::foundRow);
    source.open();
    const auto find = [&](const PlanQuery &query, const QString &text, qint64 from, bool forward) {
        found.clear();
        source.find(query, text, from, forward);
        return found.wait() ? found.first().first().toLongLong() : -2;
    };
    const PlanQuery all{0, {}, {}};
    QCOMPARE(find(all, u"NAME 14"_s, -1, true), 2);
    QCOMPARE(find(all, u"name 14"_s, 2, true), 20); // 140
    QCOMPARE(find(all, u"name 14"_s, 20, false), 2);
    QCOMPARE(find(all, u"name 0"_s, 900, false), 0);
    QCOMPARE(find(all, u"nowhere"_s, -1, true), -1);
    QCOMPARE(find(all, u"nowhere"_s, 10, false), -1);
    QCOMPARE(find({0, Decision::UpdateTarget, {}}, u"name 14"_s, -1, true), 0);
}

QStringList TestPlanModels::arrange(PlanSource &source, const RowFilter &filter, const RowOrder &order,
                                    std::optional<Decision> only)
{
    QSignalSpy arranged(&source, &PlanSource::arranged);
    source.arrange(0, only, filter, order);
    if (!arranged.wait())
        return {u"nothing"_s};
    PlanRowModel model(source);
    model.setTable(arranged.first().first().value<PlanQuery>(), m_table, arranged.first().at(1).toLongLong());
    QStringList names;
    for (int row = 0; row < std::min(model.rowCount(), 4); ++row) {
        if (!QTest::qWaitFor([&] { return model.row(row) != nullptr; }))
            return {u"not read"_s};
        names << model.index(row, 1).data().toString();
    }
    return names << u"of %1"_s.arg(model.rowCount());
}

void TestPlanModels::arranges_data()
{
    QTest::addColumn<RowFilter>("filter");
    QTest::addColumn<RowOrder>("order");
    QTest::addColumn<int>("only");
    QTest::addColumn<QStringList>("rows");
    const auto text = [](const QString &text, int cell = -1, bool exact = false) {
        RowFilter filter;
        filter.text = text;
        filter.cell = cell;
        filter.exact = exact;
        return filter;
    };
    RowFilter null;
    null.isNull = true;
    null.cell = 2;
    QTest::newRow("as found") << RowFilter() << RowOrder() << -1
                              << QStringList{u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"of 1000"_s};
    QTest::newRow("a text in any cell") << text(u"NAME 99"_s) << RowOrder() << -1
                                        << QStringList{u"142"_s, u"157"_s, u"285"_s, u"428"_s, u"of 11"_s};
    QTest::newRow("in a column") << text(u"99"_s, 0) << RowOrder() << -1
                                 << QStringList{u"99"_s, u"199"_s, u"299"_s, u"399"_s, u"of 19"_s};
    QTest::newRow("exactly") << text(u"99"_s, 0, true) << RowOrder() << -1 << QStringList{u"99"_s, u"of 1"_s};
    QTest::newRow("exactly, case counts") << text(u"NAME 99"_s, 1, true) << RowOrder() << -1 << QStringList{u"of 0"_s};
    QTest::newRow("NULL") << null << RowOrder() << int(Decision::InsertTarget) << QStringList{u"of 0"_s};
    QTest::newRow("of a category") << text(u"name 10"_s) << RowOrder() << int(Decision::DeleteTarget)
                                   << QStringList{u"301"_s, u"of 1"_s};
    QTest::newRow("by key, downwards") << RowFilter() << RowOrder{0, false, true} << -1
                                       << QStringList{u"999"_s, u"998"_s, u"997"_s, u"996"_s, u"of 1000"_s};
    QTest::newRow("by a column") << text(u"name 9"_s) << RowOrder{1, false, false} << int(Decision::UpdateTarget)
                                 << QStringList{u"287"_s, u"843"_s, u"986"_s, u"129"_s, u"of 89"_s};
    QTest::newRow("absent last") << text(u"name 99"_s) << RowOrder{1, true, false} << -1
                                 << QStringList{u"157"_s, u"713"_s, u"856"_s, u"999"_s, u"of 11"_s};
}

void TestPlanModels::arranges()
{
    QFETCH(RowFilter, filter);
    QFETCH(RowOrder, order);
    QFETCH(int, only);
    QFETCH(QStringList, rows);
    PlanSource source(m_file);
    source.open();
    const QStringList found = arrange(source, filter, order, only < 0 ? std::nullopt : std::optional(Decision(only)));
    QCOMPARE(found, rows);
}

void TestPlanModels::decisionsReachTheRowsOfAView()
{
    PlanSource source(m_file);
    source.open();
    QSignalSpy arranged(&source, &PlanSource::arranged);
    source.arrange(0, {}, {}, {0, false, true}); // backwards by key
    QVERIFY(arranged.wait());
    const auto query = arranged.first().first().value<PlanQuery>();
    QSignalSpy decided(&source, &PlanSource::decided);
    source.decide(query, {{0, 2}, {998, 999}}, false); // keys 999, 998 and 1
    QVERIFY(decided.wait());
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
    QCOMPARE(arrange(source, only, {}), (QStringList{u"1"_s, u"998"_s, u"999"_s, u"of 3"_s}));
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
    QVERIFY(decided.wait());
    const auto done = decided.first().first().value<PlanChange>();
    const auto states = decided.first().at(1).value<QList<PlanTableState>>();
    QCOMPARE(states.first().taken.total(), rowCount - 3);
    model.show(done);
    QVERIFY(!model.row(5)->included && !model.row(7)->included && model.row(8)->included);
    QCOMPARE(model.index(5, 0).data(Qt::ToolTipRole).toString(), u"Skipped"_s);
    QVERIFY(!PlanReader::open(m_file).value()->rows(0, {}, 5, 1).value().first().included);
    source.apply(done.reversed());
    QVERIFY(decided.wait());
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
    QCOMPARE(states.first().taken, (WriteCounts{0, 3, 0}));
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
    model.setStates({{0, false, m_table.report.toTarget}});
    QCOMPARE(model.state(0), Qt::Unchecked);
    QCOMPARE(model.chosen().total(), 0);
    QCOMPARE(model.skipped(), rowCount);
    // In part: the next click takes all of it.
    model.setStates({{0, true, {100, 700, 100}}});
    QCOMPARE(model.state(0), Qt::PartiallyChecked);
    QCOMPARE(model.index(0, PlanTableModel::Skipped).data().toString(), u"100"_s);
    QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(wished.takeFirst(), (QVariantList{0, true}));
    QCOMPARE(model.index(0, PlanTableModel::Equal).data().toString(), u"not read"_s);
}

void TestPlanModels::exports_data()
{
    QTest::addColumn<RowFormat>("format");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("TSV") << RowFormat::Tsv
                         << QByteArray("change\tid\tname (A)\tname (B)\tnote (A)\tremark (B)\n"
                                       "insert\t0\tname 0\t\t'=1+1\t\n"
                                       "delete\t1\t\tname 7\t\t\n"
                                       "update\t2\tname 14\tname 14\t'=1+1\t\n");
    QTest::newRow("CSV") << RowFormat::Csv
                         << QByteArray("\xef\xbb\xbf"
                                       "change,id,name (A),name (B),note (A),remark (B)\r\n"
                                       "insert,0,name 0,,'=1+1,\r\n"
                                       "delete,1,,name 7,,\r\n"
                                       "update,2,name 14,name 14,'=1+1,\r\n");
    QTest::newRow("INSERT") << RowFormat::Insert
                            << QByteArray(
                                   "INSERT INTO \"t\" (\"id\", \"name\", \"remark\") VALUES (0, 'name 0', '=1+1');\n"
                                   "INSERT INTO \"t\" (\"id\", \"name\", \"remark\") VALUES (1, 'name 7', NULL);\n"
                                   "INSERT INTO \"t\" (\"id\", \"name\", \"remark\") VALUES (2, 'name 14', '=1+1');\n");
    QTest::newRow("JSON")
        << RowFormat::Json
        << QByteArray(
               "[\n"
               "{\"decision\":\"insert-target\",\"key\":{\"id\":0},\"reason\":\"cells-differ\",\"source\":{\"id\":0,"
               "\"name\":\"name 0\",\"note\":\"=1+1\"},\"target\":null},\n"
               "{\"decision\":\"delete-target\",\"key\":{\"id\":1},\"reason\":\"cells-differ\",\"source\":null,"
               "\"target\":{\"id\":1,\"name\":\"name 7\",\"note\":null}},\n"
               "{\"decision\":\"update-target\",\"key\":{\"id\":2},\"reason\":\"cells-differ\",\"source\":{\"id\":2,"
               "\"name\":\"name 14\",\"note\":\"=1+1\"},\"target\":{\"id\":2,\"name\":\"name 14\",\"note\":null}}\n"
               "]\n");
}

void TestPlanModels::exports()
{
    QFETCH(RowFormat, format);
    QFETCH(QByteArray, expected);
    write(rowCount, "=1+1");
    PlanSource source(m_file);
    source.open();
    RowExport wanted;
    wanted.format = format;
    wanted.source = u"A"_s;
    wanted.target = u"B"_s;
    wanted.table = {{}, u"t"_s};
    QSignalSpy exported(&source, &PlanSource::exported);
    source.exportRows({0, {}, {}}, {{0, 3}}, wanted, {});
    QVERIFY(exported.wait());
    QByteArray bytes = exported.first().first().toByteArray();
    bytes.replace("main.", "");
    QCOMPARE(bytes, expected);
    QCOMPARE(exported.first().at(1).toLongLong(), 3);
    // The same into a file.
    const QString file = m_folder->filePath(u"rows"_s);
    source.exportRows({0, {}, {}}, {{0, 3}}, wanted, file);
    QVERIFY(exported.wait());
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll().replace("main.", ""), expected);
}

void TestPlanModels::exportIsBounded()
{
    write(20, QByteArray(3 << 20, 'x'));
    PlanSource source(m_file);
    source.open();
    RowExport wanted;
    wanted.format = RowFormat::Csv;
    QSignalSpy tooLarge(&source, &PlanSource::exportTooLarge);
    QSignalSpy exported(&source, &PlanSource::exported);
    source.exportRows({0, {}, {}}, {{0, 20}}, wanted, {});
    QVERIFY(tooLarge.wait());
    source.exportRows({0, {}, {}}, {{0, 20}}, wanted, m_folder->filePath(u"rows.csv"_s));
    QVERIFY(exported.wait());
    QCOMPARE(exported.count(), 1);
    QVERIFY(!exported.first().at(2).value<std::optional<Error>>());
    QVERIFY(QFile(m_folder->filePath(u"rows.csv"_s)).size() > (50 << 20));
}

void TestPlanModels::aMissingFileIsAnError()
{
    PlanSource source(m_folder->filePath(u"absent.db"_s));
    QSignalSpy failed(&source, &PlanSource::failed);
    source.open();
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::FileNotFound);
}

void TestPlanModels::aRemovedFileIsNoticed()
{
    PlanSource source(m_file);
    QSignalSpy opened(&source, &PlanSource::opened);
    QSignalSpy failed(&source, &PlanSource::failed);
    source.open();
    QVERIFY(opened.wait());
    QVERIFY(QFile::remove(m_file));
    QVERIFY(failed.wait(10'000));
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::FileNotFound);
}

QTEST_MAIN(TestPlanModels)
#include "tst_planmodels.moc"
