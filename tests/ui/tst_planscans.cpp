// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "tests/ui/support/planfiles.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/plansource.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What reads through whole tables of a plan: find, filter, sort, export.
class TestPlanScans : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsInBothDirections();
    void findsFarAway();
    void arranges_data();
    void arranges();
    void exports_data();
    void exports();
    void exportIsBounded();
    void aSortThatIsStoppedTellsNothing();
    void sortsWithinItsMemory();

private:
    QStringList arrange(PlanSource &source, const RowFilter &filter, const RowOrder &order,
                        std::optional<Decision> only = {});
    static constexpr int rowCount = 1000; // 5 pages
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    PlanTable m_table;
};

void TestPlanScans::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"plan.db"_s);
    m_table = plans::writeNumbered(m_file, rowCount, "new");
}

// More rows than are read in one go, with one that is meant.
void TestPlanScans::findsFarAway()
{
    constexpr int many = 12'000;
    m_file = m_folder->filePath(u"far.db"_s);
    m_table = plans::writeNumbered(m_file, many, "new");
    int wanted = 0;
    while (wanted * 7 % many != 11'999)
        ++wanted;
    QVERIFY(wanted > 4000 && wanted < 8000);
    PlanSource source(m_file);
    QSignalSpy found(&source, &PlanSource::foundRow);
    source.open();
    source.find({0, {}, {}}, u"NAME 11999"_s, -1, true);
    QVERIFY(found.wait(30'000));
    QCOMPARE(found.takeFirst().first().toInt(), wanted);
    source.find({0, {}, {}}, u"NAME 11999"_s, many, false);
    QVERIFY(found.wait(30'000));
    QCOMPARE(found.takeFirst().first().toInt(), wanted);
}

QStringList TestPlanScans::arrange(PlanSource &source, const RowFilter &filter, const RowOrder &order,
                                   std::optional<Decision> only)
{
    QSignalSpy arranged(&source, &PlanSource::arranged);
    source.arrange(0, only, filter, order);
    if (!arranged.wait(30'000))
        return {u"nothing"_s};
    PlanRowModel model(source);
    model.setTable(arranged.first().first().value<PlanQuery>(), m_table, arranged.first().at(1).toLongLong());
    QStringList names;
    for (int row = 0; row < std::min(model.rowCount(), 4); ++row) {
        if (!QTest::qWaitFor([&] { return model.row(row) != nullptr; }, 30'000))
            return {u"not read"_s};
        names << model.index(row, 1).data().toString();
    }
    return names << u"of %1"_s.arg(model.rowCount());
}

void TestPlanScans::findsInBothDirections()
{
    PlanSource source(m_file);
    QSignalSpy found(&source, &PlanSource::foundRow);
    source.open();
    const auto find = [&](const PlanQuery &query, const QString &text, qint64 from, bool forward) {
        found.clear();
        source.find(query, text, from, forward);
        return found.wait(30'000) ? found.first().first().toLongLong() : -2;
    };
    const PlanQuery all{0, {}, {}};
    QCOMPARE(find(all, u"NAME 14"_s, -1, true), 2);
    QCOMPARE(find(all, u"name 14"_s, 2, true), 20); // 140
    QCOMPARE(find(all, u"name 14"_s, 20, false), 2);
    QCOMPARE(find(all, u"name 14"_s, 900, false), 878); // 146: the last of ten before it
    QCOMPARE(find(all, u"name 0"_s, 900, false), 0);
    QCOMPARE(find(all, u"nowhere"_s, -1, true), -1);
    QCOMPARE(find(all, u"nowhere"_s, 10, false), -1);
    QCOMPARE(find({0, Decision::UpdateTarget, {}}, u"name 14"_s, -1, true), 0);
}

void TestPlanScans::arranges_data()
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

void TestPlanScans::arranges()
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

void TestPlanScans::exports_data()
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

void TestPlanScans::exports()
{
    QFETCH(RowFormat, format);
    QFETCH(QByteArray, expected);
    m_table = plans::writeNumbered(m_file = m_folder->filePath(u"formulas.db"_s), rowCount, "=1+1");
    PlanSource source(m_file);
    source.open();
    RowExport wanted;
    wanted.format = format;
    wanted.source = u"A"_s;
    wanted.target = u"B"_s;
    wanted.table = {{}, u"t"_s};
    QSignalSpy exported(&source, &PlanSource::exported);
    source.exportRows({0, {}, {}}, {{0, 3}}, wanted, {});
    QVERIFY(exported.wait(30'000));
    QByteArray bytes = exported.first().first().toByteArray();
    QCOMPARE(exported.first().at(3).toString(), QString::fromUtf8(bytes));
    bytes.replace("main.", "");
    QCOMPARE(bytes, QByteArray(expected).replace("\xef\xbb\xbf", "")); // the mark is for files alone
    QCOMPARE(exported.first().at(1).toLongLong(), 3);
    // The same into a file.
    const QString file = m_folder->filePath(u"rows"_s);
    source.exportRows({0, {}, {}}, {{0, 3}}, wanted, file);
    QVERIFY(exported.wait(30'000));
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll().replace("main.", ""), expected);
}

void TestPlanScans::exportIsBounded()
{
    m_table = plans::writeNumbered(m_file = m_folder->filePath(u"large.db"_s), 20, QByteArray(3 << 20, 'x'));
    PlanSource source(m_file);
    source.open();
    RowExport wanted;
    wanted.format = RowFormat::Csv;
    QSignalSpy tooLarge(&source, &PlanSource::exportTooLarge);
    QSignalSpy exported(&source, &PlanSource::exported);
    source.exportRows({0, {}, {}}, {{0, 20}}, wanted, {});
    QVERIFY(tooLarge.wait(30'000));
    source.exportRows({0, {}, {}}, {{0, 20}}, wanted, m_folder->filePath(u"rows.csv"_s));
    QVERIFY(exported.wait(30'000));
    QCOMPARE(exported.count(), 1);
    QVERIFY(!exported.first().at(2).value<std::optional<Error>>());
    QVERIFY(QFile(m_folder->filePath(u"rows.csv"_s)).size() > (50 << 20));
}

void TestPlanScans::aSortThatIsStoppedTellsNothing()
{
    PlanSource source(m_file);
    source.open();
    QSignalSpy arranged(&source, &PlanSource::arranged);
    source.arrange(0, {}, {}, {0, false, true});
    source.stopArranging();
    source.arrange(0, Decision::DeleteTarget, {}, {0, false, true});
    QVERIFY(arranged.wait(30'000));
    QCOMPARE(arranged.count(), 1);
    QCOMPARE(arranged.first().at(1).toLongLong(), 100);
}

void TestPlanScans::sortsWithinItsMemory()
{
    PlanSource source(m_file);
    source.open();
    source.setSortLimit(10'000);
    QSignalSpy arranged(&source, &PlanSource::arranged);
    QSignalSpy tooLarge(&source, &PlanSource::arrangeTooLarge);
    source.arrange(0, {}, {}, {1, false, false});
    QVERIFY(tooLarge.wait(30'000));
    const qint64 most = tooLarge.first().first().toLongLong();
    QVERIFY(most > 100 && most < rowCount);
    RowFilter fewer;
    fewer.text = u"name 99"_s;
    QCOMPARE(arrange(source, fewer, {1, false, false}).last(), u"of 11"_s);
    QCOMPARE(arranged.count(), 1);
}

QTEST_MAIN(TestPlanScans)
#include "tst_planscans.moc"
