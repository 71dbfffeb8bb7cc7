// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QThreadPool>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "tests/endpoint/pairs/sqlside.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/editorchecks.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdialog.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

Q_DECLARE_METATYPE(tidemark::Driver)

// The job editor on databases of all kinds: real servers, hostile names, many tables, many columns.
class TestJobEditorSides : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void servers_data();
    void servers();
    void hostileNames();
    void manyColumns();
    void manyTables();
    void oddFilters_data();
    void oddFilters();
    void aFilterTooLongIsLeftAsItIs();
    void aFilterTooLongIsNotPasted();

private:
    struct Stage
    {
        explicit Stage(const QString &folder) : desk(*Desk::open(folder + u"/workspace"_s, {})) { }
        ~Stage()
        {
            dialog.reset();
            QThreadPool::globalInstance()->waitForDone();
        }
        Stage(const Stage &) = delete;
        Stage &operator=(const Stage &) = delete;
        void open(Side &from, Side &to, const QJsonValue &tables);
        QTableView *view(const QString &name) const { return dialog->findChild<QTableView *>(name); }
        QJsonObject table(int at) const
        {
            return dialog->draft().json().value("tables"_L1).toArray().at(at).toObject();
        }
        std::shared_ptr<Desk> desk;
        std::unique_ptr<JobDialog> dialog;
    };
};

void TestJobEditorSides::Stage::open(Side &from, Side &to, const QJsonValue &tables)
{
    from.settings.name = u"From"_s;
    to.settings.name = u"To"_s;
    QVERIFY(desk->workspace().saveConnection(from.settings));
    QVERIFY(desk->workspace().saveConnection(to.settings));
    const QJsonObject job{{u"tidemark"_s, 1},     {u"name"_s, u"j"_s},      {u"source"_s, u"From"_s},
                          {u"target"_s, u"To"_s}, {u"mode"_s, u"update"_s}, {u"tables"_s, tables}};
    QVERIFY(replaceFile(desk->workspace().jobFile(u"j"_s), jsonText(job), true));
    dialog = std::make_unique<JobDialog>(desk, desk->workspace().jobFile(u"j"_s), QStringList());
    dialog->show();
    QTRY_VERIFY(dialog->isEnabled());
    QTest::keyClick(dialog.get(), Qt::Key_2, Qt::ControlModifier);
}

void TestJobEditorSides::servers_data()
{
    QTest::addColumn<Driver>("source");
    QTest::addColumn<Driver>("target");
    QTest::newRow("PostgreSQL to MariaDB") << Driver::Postgres << Driver::Mysql;
    QTest::newRow("MariaDB to PostgreSQL") << Driver::Mysql << Driver::Postgres;
    QTest::newRow("SQLite to PostgreSQL") << Driver::Sqlite << Driver::Postgres;
}

void TestJobEditorSides::servers()
{
    QFETCH(Driver, source);
    QFETCH(Driver, target);
    if (!Side::isAvailable(source) || !Side::isAvailable(target))
        QSKIP("no servers: TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
    QTemporaryDir folder;
    Side from(source, folder.path(), u"editfrom"_s);
    Side to(target, folder.path(), u"editto"_s);
    from.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(200), changed_at TIMESTAMP NULL)"_s);
    from.exec(u"INSERT INTO items (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c')"_s);
    from.exec(u"CREATE TABLE onlyhere (id INTEGER PRIMARY KEY)"_s);
    to.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(5), extra INTEGER)"_s);
    from.reconnect();
    to.reconnect();
    Stage stage(folder.path());
    stage.open(from, to, QJsonArray{u"items"_s});
    QTableView *tables = stage.view(u"tables"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tables->model()->rowCount(), 2, 15'000);
    QTRY_VERIFY_WITH_TIMEOUT(stage.dialog->checks().state() == EditorChecks::State::Checked, 20'000);
    QVERIFY2(stage.dialog->checks().problems().isEmpty(), qPrintable(stage.dialog->checks().problems().value(0).text));
    QVERIFY(!stage.dialog->checks().remarks().isEmpty()); // the narrower name, at least
    QTableView *columns = stage.view(u"columns"_s);
    QTRY_COMPARE(columns->model()->rowCount(), 4); // three of the source, one of the target alone
    QVERIFY(person::shows(*stage.dialog, u"Rows are matched by id"_s));
    auto *tabs = stage.dialog->findChild<QTabWidget *>(u"tableTabs"_s);
    tabs->setCurrentIndex(1);
    auto *where = stage.dialog->findChild<QPlainTextEdit *>(u"where.source"_s);
    where->setFocus();
    QTest::keyClicks(where, u"id < 3"_s);
    auto *count = stage.dialog->findChild<QLabel *>(u"where.source.count"_s);
    QTRY_VERIFY_WITH_TIMEOUT(count->text().startsWith(u"2 rows pass"_s), 15'000);
    tabs->setCurrentIndex(2);
    auto *advice = stage.dialog->findChild<QAbstractItemView *>(u"advice"_s);
    QTRY_VERIFY_WITH_TIMEOUT(advice->model()->rowCount() > 1, 30'000);
    // What the target's types do to values is listed, and leads to the column.
    QTest::keyClick(stage.dialog.get(), Qt::Key_6, Qt::ControlModifier);
    QVERIFY(person::click(*stage.dialog, u"Try the values"_s));
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*stage.dialog, u"would be changed or refused"_s), 60'000);
    QTableView *remarks = stage.view(u"remarks"_s);
    QVERIFY(remarks->model()->rowCount() > 0);
    int row = 0;
    while (row < remarks->model()->rowCount() && !remarks->model()->index(row, 1).data().toString().contains(u"name"_s))
        ++row;
    QVERIFY(row < remarks->model()->rowCount());
    remarks->setFocus();
    remarks->setCurrentIndex(remarks->model()->index(row, 1));
    QTest::keyClick(remarks, Qt::Key_Return);
    QVERIFY(columns->isVisible());
    QCOMPARE(columns->currentIndex().siblingAtColumn(1).data().toString().section(u' ', 0, 0), u"name"_s);
}

void TestJobEditorSides::hostileNames()
{
    QTemporaryDir folder;
    Side from(Driver::Sqlite, folder.path(), u"from"_s);
    Side to(Driver::Sqlite, folder.path(), u"to"_s);
    // A name with a control character cannot be written into a job file: only "all tables" takes such a table.
    const QString broken = u"a\nb"_s;
    const QString name = u"b\"c'd \u202eevil\u202c <b>x</b> 订单 עברית"_s;
    for (Side *side : {&from, &to}) {
        for (const QString &table : {broken, name}) {
            const QString quoted = u'"' + QString(table).replace(u'"', u"\"\""_s) + u'"';
            side->exec(u"CREATE TABLE %1 (id INTEGER PRIMARY KEY, %1 TEXT)"_s.arg(quoted));
        }
    }
    from.reconnect();
    to.reconnect();
    Stage stage(folder.path());
    stage.open(from, to, u"*"_s);
    QTableView *tables = stage.view(u"tables"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tables->model()->rowCount(), 2, 10'000);
    QCOMPARE(tables->model()->index(0, 0).data().toString(), u"a⏎b"_s);
    const QString shown = tables->model()->index(1, 0).data().toString();
    QVERIFY(shown.contains(u"订单"_s) && shown.contains(u"<b>x</b>"_s) && !shown.contains(u'\u202e'));
    QTRY_VERIFY_WITH_TIMEOUT(stage.dialog->checks().state() == EditorChecks::State::Checked, 10'000);
    QVERIFY(stage.dialog->checks().problems().isEmpty());
    QVERIFY(person::click(*stage.dialog, u"List the tables"_s));
    QCOMPARE(draft::tables(stage.dialog->draft().json()), (QList<TableName>{{{}, broken}, {{}, name}})); // exactly
    QTRY_VERIFY(!stage.dialog->checks().canSave());
    QVERIFY(stage.dialog->checks().problems().first().text.startsWith(u"a⏎b: "_s));
    tables->setFocus();
    tables->setCurrentIndex(tables->model()->index(0, 0));
    QTest::keyClick(tables, Qt::Key_Space);
    QTRY_VERIFY(stage.dialog->checks().canSave());
    tables->setCurrentIndex(tables->model()->index(1, 0));
    QTableView *columns = stage.view(u"columns"_s);
    QTRY_COMPARE(columns->model()->rowCount(), 2);
    const QRect cell = columns->visualRect(columns->model()->index(1, 3));
    QTest::mouseClick(columns->viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 14, cell.center().y()));
    QCOMPARE(stage.table(0).value("columns"_L1).toArray().at(0).toObject().value("source"_L1).toString(), name);
    QTRY_VERIFY_WITH_TIMEOUT(stage.dialog->checks().state() == EditorChecks::State::Checked, 10'000);
    QVERIFY(stage.dialog->checks().problems().isEmpty());
}

void TestJobEditorSides::manyColumns()
{
    QTemporaryDir folder;
    Side from(Driver::Sqlite, folder.path(), u"from"_s);
    Side to(Driver::Sqlite, folder.path(), u"to"_s);
    QStringList columns{u"id INTEGER PRIMARY KEY"_s};
    for (int i = 1; i < 1000; ++i)
        columns << u"column_%1 TEXT"_s.arg(i);
    for (Side *side : {&from, &to})
        side->exec(u"CREATE TABLE wide (%1)"_s.arg(columns.join(u", "_s)));
    from.reconnect();
    to.reconnect();
    Stage stage(folder.path());
    stage.open(from, to, QJsonArray{u"wide"_s});
    QTableView *view = stage.view(u"columns"_s);
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 1000, 10'000);
    const QAbstractItemModelTester tester(view->model());
    QVERIFY(view->findChildren<QWidget *>().size() < 20); // no widget a row
    QVERIFY(person::type(*stage.dialog, u"columnSearch"_s, u"column_777"_s));
    QTRY_COMPARE(view->model()->rowCount(), 1);
    const QRect cell = view->visualRect(view->model()->index(0, 4));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 14, cell.center().y()));
    QCOMPARE(stage.table(0).value("columns"_L1).toArray().size(), qsizetype(1));
    QVERIFY(person::tick(*stage.dialog, u"Only these columns"_s, true));
    QCOMPARE(stage.table(0).value("columns"_L1).toArray().size(), qsizetype(1000));
    QTRY_VERIFY_WITH_TIMEOUT(stage.dialog->checks().state() == EditorChecks::State::Checked, 20'000);
    QVERIFY(stage.dialog->checks().problems().isEmpty());
}

void TestJobEditorSides::manyTables()
{
    QTemporaryDir folder;
    Side from(Driver::Sqlite, folder.path(), u"from"_s);
    Side to(Driver::Sqlite, folder.path(), u"to"_s);
    for (Side *side : {&from, &to}) {
        QVERIFY(side->session().beginWrite());
        for (int i = 0; i < 400; ++i)
            QVERIFY(side->session().execute(
                u"CREATE TABLE t%1 (id INTEGER PRIMARY KEY, v TEXT)"_s.arg(i, 3, 10, QLatin1Char('0'))));
        QVERIFY(side->session().commit());
    }
    from.reconnect();
    to.reconnect();
    Stage stage(folder.path());
    stage.open(from, to, u"*"_s);
    QTableView *tables = stage.view(u"tables"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tables->model()->rowCount(), 400, 15'000);
    QVERIFY(person::click(*stage.dialog, u"Only those ticked"_s));
    QCOMPARE(draft::tables(stage.dialog->draft().json()).size(), qsizetype(400));
    tables->setFocus();
    QTest::keySequence(tables, QKeySequence::SelectAll);
    QTest::keyClick(tables, Qt::Key_Space);
    QVERIFY(draft::tables(stage.dialog->draft().json()).isEmpty());
    QTRY_VERIFY(!stage.dialog->checks().problems().isEmpty());
    QCOMPARE(stage.dialog->checks().problems().first().text, u"Tick at least one table."_s);
    QTest::keyClick(stage.dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(stage.dialog->checks().state() == EditorChecks::State::Checked
                                 && stage.dialog->checks().problems().isEmpty(),
                             30'000);
}

static QPlainTextEdit *openFilter(JobDialog &dialog, const QString &table)
{
    auto *tables = dialog.findChild<QTableView *>(u"tables"_s);
    if (!QTest::qWaitFor([&] { return tables->model()->rowCount() == 1; }, 10'000))
        qWarning("no table %s", qPrintable(table));
    tables->setCurrentIndex(tables->model()->index(0, 0));
    dialog.findChild<QTabWidget *>(u"tableTabs"_s)->setCurrentIndex(1);
    return dialog.findChild<QPlainTextEdit *>(u"where.source"_s);
}

void TestJobEditorSides::oddFilters_data()
{
    QTest::addColumn<QString>("where");
    QTest::newRow("no-break space") << u"v <> 'a\u00a0b'"_s;
    QTest::newRow("line end") << u"v <> 'a'\n  AND id > 0 -- done"_s;
    QTest::newRow("right to left") << u"v <> '\u202eעברית'"_s;
    QTest::newRow("quotes") << u"v <> '\"''<b>x</b>%1'"_s;
    QTest::newRow("beyond the first plane") << u"v <> '😀'"_s;
}

// Shown, edited at its end and counted, a filter keeps every character.
void TestJobEditorSides::oddFilters()
{
    QFETCH(QString, where);
    QTemporaryDir folder;
    Side from(Driver::Sqlite, folder.path(), u"from"_s);
    Side to(Driver::Sqlite, folder.path(), u"to"_s);
    for (Side *side : {&from, &to})
        side->exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"_s);
    from.exec(u"INSERT INTO t VALUES (1, 'a b'), (2, 'c')"_s);
    Stage stage(folder.path());
    stage.open(from, to, QJsonArray{QJsonObject{{u"source"_s, u"t"_s}, {u"where"_s, where}}});
    QPlainTextEdit *text = openFilter(*stage.dialog, u"t"_s);
    auto *count = stage.dialog->findChild<QLabel *>(u"where.source.count"_s);
    QTRY_COMPARE_WITH_TIMEOUT(count->text(), u"2 rows pass, of about 2."_s, 10'000);
    QCOMPARE(stage.table(0).value("where"_L1).toString(), where);
    text->setFocus();
    QTest::keyClick(text, Qt::Key_Home, Qt::ControlModifier);
    for (const QChar letter : u"1=1 and "_s) // the place of the cursor stays
        QTest::keyClick(text, letter.toLatin1());
    QCOMPARE(stage.table(0).value("where"_L1).toString(), u"1=1 and "_s + where);
    QTRY_VERIFY_WITH_TIMEOUT(stage.dialog->checks().state() == EditorChecks::State::Checked, 10'000);
    QVERIFY(stage.dialog->checks().problems().isEmpty());
}

void TestJobEditorSides::aFilterTooLongIsLeftAsItIs()
{
    QTemporaryDir folder;
    Side from(Driver::Sqlite, folder.path(), u"from"_s);
    Side to(Driver::Sqlite, folder.path(), u"to"_s);
    for (Side *side : {&from, &to})
        side->exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"_s);
    const QString where = u"v <> '%1'"_s.arg(QString(15 << 20, u'x')); // a job file is at most 16 MiB
    Stage stage(folder.path());
    stage.open(from, to, QJsonArray{QJsonObject{{u"source"_s, u"t"_s}, {u"where"_s, where}}});
    QPlainTextEdit *text = openFilter(*stage.dialog, u"t"_s);
    auto *count = stage.dialog->findChild<QLabel *>(u"where.source.count"_s);
    QTRY_VERIFY_WITH_TIMEOUT(count->text().contains(u"too long to be edited here"_s), 10'000);
    QVERIFY(text->isReadOnly() && text->toPlainText().size() < 2000);
    QTest::keyClick(text, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(text, u" or 1"_s);
    QVERIFY(person::type(*stage.dialog, u"tableSearch"_s, QString(u"t"_s)));
    QCOMPARE(stage.table(0).value("where"_L1).toString(), where);
    QVERIFY(!stage.dialog->isWindowModified());
    QTRY_VERIFY_WITH_TIMEOUT(stage.dialog->checks().state() == EditorChecks::State::Checked, 20'000);
    for (const EditorProblem &problem : stage.dialog->checks().problems())
        QVERIFY(problem.text.size() < 2000);
}

void TestJobEditorSides::aFilterTooLongIsNotPasted()
{
    QTemporaryDir folder;
    Side from(Driver::Sqlite, folder.path(), u"from"_s);
    Side to(Driver::Sqlite, folder.path(), u"to"_s);
    for (Side *side : {&from, &to})
        side->exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"_s);
    Stage stage(folder.path());
    stage.open(from, to, QJsonArray{u"t"_s});
    QPlainTextEdit *text = openFilter(*stage.dialog, u"t"_s);
    text->setFocus();
    QApplication::clipboard()->setText(QString(16 << 20, u'x'));
    QTest::keyClick(text, Qt::Key_V, Qt::ControlModifier);
    QVERIFY(text->toPlainText().isEmpty());
    auto *count = stage.dialog->findChild<QLabel *>(u"where.source.count"_s);
    QVERIFY(count->text().startsWith(u"Too long for this field"_s));
    QApplication::clipboard()->setText(u"id > 0"_s);
    QTest::keyClick(text, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(stage.table(0).value("where"_L1).toString(), u"id > 0"_s);
}

QTEST_MAIN(TestJobEditorSides)
#include "tst_jobeditorsides.moc"
