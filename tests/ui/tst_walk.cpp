// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QSignalSpy>

#include "app/wording/wording.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twosides.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/previewwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The whole way of a person by key and mouse: an empty workspace, two connections, a job, its preview, synchronise, and
// nothing left to do; on files and on real servers. The UI thread is watched: it never waits.
class TestWalk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void fromEmptyToEqual_data();
    void fromEmptyToEqual();
    void whatWasSkippedIsFoundAgain();
    void twoFilesAreComparedWithoutAJob();
    void saysWhatElseWritingDoes_data();
    void saysWhatElseWritingDoes();
};

// Customers and orders, with values that tempt: quotes, line ends, other scripts, exact decimals, NULL and ''.
static void build(Side &side, bool isSource)
{
    const QString at = side.driver() == Driver::Mysql ? u"DATETIME(6)"_s : u"TIMESTAMP"_s;
    side.exec(u"CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, city VARCHAR(80))"_s);
    side.exec(u"CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), "
              "total DECIMAL(12,2) NOT NULL, placed %1, note VARCHAR(200))"_s.arg(at));
    side.exec(u"INSERT INTO customers VALUES (1, 'Ana Díaz', 'Sevilla'), (2, 'O''Hara', NULL), (3, '陈立', '')"_s);
    side.exec(u"INSERT INTO orders VALUES (1, 1, 12.50, '2026-03-01 10:00:00.123456', 'two\nlines')"_s);
    side.exec(u"INSERT INTO orders VALUES (2, 2, 99999999.99, NULL, NULL)"_s);
    if (isSource) {
        side.exec(u"INSERT INTO customers VALUES (4, '苏晓梅', '苏州')"_s);
        side.exec(u"INSERT INTO orders VALUES (3, 4, 7.00, '2026-03-02 00:00:00', 'new')"_s);
        side.exec(u"UPDATE customers SET city = 'Cork' WHERE id = 2"_s);
    } else {
        side.exec(u"INSERT INTO customers VALUES (9, 'gone', NULL)"_s);
    }
}

void TestWalk::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

void TestWalk::fromEmptyToEqual_data()
{
    QTest::addColumn<Driver>("source");
    QTest::addColumn<Driver>("target");
    QTest::newRow("SQLite to SQLite") << Driver::Sqlite << Driver::Sqlite;
    QTest::newRow("PostgreSQL to MariaDB") << Driver::Postgres << Driver::Mysql;
    QTest::newRow("MariaDB to PostgreSQL") << Driver::Mysql << Driver::Postgres;
}

void TestWalk::fromEmptyToEqual()
{
    QFETCH(Driver, source);
    QFETCH(Driver, target);
    if (!Side::isAvailable(source) || !Side::isAvailable(target))
        QSKIP("no servers: TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
    TwoSides sides(source, target);
    build(sides.from(), true);
    build(sides.to(), false);
    QVERIFY(sides.open());
    MainWindow &window = sides.window();
    QVERIFY(person::shows(window, u"Keep two databases in step"_s));
    QVERIFY(sides.addJob(u"shop to copy"_s));

    QVERIFY(pages::compare(window));
    QVERIFY(pages::panelShows(window, u"4 rows would change in Copy."_s));
    PreviewWindow *preview = pages::review(window);
    QVERIFY(preview);
    QVERIFY(pages::synchronise(window, *preview));
    QVERIFY(pages::panelShows(window, u"4 rows written."_s));
    QVERIFY(pages::panelShows(window, u"Verified: both sides are equal."_s));

    QVERIFY(pages::compare(window));
    QVERIFY(pages::panelShows(window, u"Nothing to do. Both sides are equal."_s));
    const QStringList customers = sides.targetRows(u"SELECT id, name, city FROM customers ORDER BY id"_s);
    const QStringList orders = sides.targetRows(u"SELECT id, customer_id, total, note FROM orders ORDER BY id"_s);
    QCOMPARE(customers, (QStringList{u"1|Ana Díaz|Sevilla"_s, u"2|O'Hara|Cork"_s, u"3|陈立|"_s, u"4|苏晓梅|苏州"_s}));
    QCOMPARE(orders.size(), qsizetype(3));
    QVERIFY(orders.first().endsWith(u"two\nlines"_s));
}

// One row is left out in the preview: the run writes the others, the report says how many, and the next comparison
// finds just that row. By keys alone where a person would use them.
void TestWalk::whatWasSkippedIsFoundAgain()
{
    TwoSides sides(Driver::Sqlite, Driver::Sqlite);
    build(sides.from(), true);
    build(sides.to(), false);
    QVERIFY(sides.open() && sides.addJob(u"shop to copy"_s));
    MainWindow &window = sides.window();
    PreviewWindow *preview = sides.compared();
    QVERIFY(preview);
    QVERIFY(pages::openTable(*preview, u"customers"_s));
    QVERIFY(pages::skipRow(*preview, 0));
    QTRY_VERIFY(person::shows(*preview, u"Synchronise 3 rows…"_s));
    QVERIFY(pages::synchronise(window, *preview));
    QVERIFY(pages::panelShows(window, u"3 rows written."_s));

    QVERIFY(pages::press(window, Qt::Key_F8));
    WAIT_WINDOW(report, u"reportWindow"_s);
    QVERIFY(person::shows(*report, u"3 rows written."_s));
    QVERIFY(!person::button(*report, u"Retry what failed"_s));
    // The report leads on.
    QSignalSpy ready(&window, &MainWindow::previewReady);
    QVERIFY(person::click(*report, u"Compare again"_s));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 10'000);
    QVERIFY(person::shows(*window.preview(), u"1 row would change in Copy."_s)
            || person::shows(*window.preview(), u"1 rows would change in Copy."_s));
}

void TestWalk::twoFilesAreComparedWithoutAJob()
{
    TwoSides sides(Driver::Sqlite, Driver::Sqlite);
    build(sides.from(), true);
    build(sides.to(), false);
    QVERIFY(sides.open());
    MainWindow &window = sides.window();
    QVERIFY(pages::press(window, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier));
    WAIT_WINDOW(dialog, u"compareDialog"_s);
    QVERIFY(!person::button(*dialog, u"Compare"_s)->isEnabled());
    QVERIFY(person::type(*dialog, u"source"_s, u"oracle://somewhere/x"_s));
    QVERIFY(person::type(*dialog, u"target"_s, sides.to().settings.database));
    QVERIFY(!person::button(*dialog, u"Compare"_s)->isEnabled()); // not a database of ours
    QVERIFY(person::type(*dialog, u"source"_s, sides.from().settings.database));
    QSignalSpy ready(&window, &MainWindow::previewReady);
    QVERIFY(person::click(*dialog, u"Compare"_s));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 10'000);
    QVERIFY(person::shows(*window.preview(), u"4 rows would change"_s));
    window.preview()->close();

    // What is worth keeping becomes a job.
    QVERIFY(pages::press(window, Qt::Key_S, Qt::ControlModifier));
    WAIT_WINDOW(name, u"saveJobDialog"_s);
    auto *edit = name->findChild<QLineEdit *>();
    QTest::keySequence(edit, QKeySequence::SelectAll);
    QTest::keyClicks(edit, u"kept"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(pages::selectJob(window, u"kept"_s));
    QCOMPARE(window.jobs().rowCount(), 1);
    QVERIFY(!window.jobs().jobs().first().visiting);
    // A second one like it, and that one switched off.
    QVERIFY(pages::press(window, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier));
    QVERIFY(pages::selectJob(window, u"kept, copy"_s));
    QVERIFY(pages::press(window, Qt::Key_E, Qt::ControlModifier));
    QTRY_VERIFY(pages::panelShows(window, u"Disabled. It is neither compared nor synchronised."_s));
    QVERIFY(window.jobs().jobs().first().settings->id != window.jobs().jobs().last().settings->id);
}

void TestWalk::saysWhatElseWritingDoes_data()
{
    QTest::addColumn<Driver>("target");
    QTest::newRow("SQLite") << Driver::Sqlite;
    QTest::newRow("PostgreSQL") << Driver::Postgres;
    QTest::newRow("MariaDB") << Driver::Mysql;
}

// A trigger and a cascade at the target are told before anything is written, then Enter writes.
void TestWalk::saysWhatElseWritingDoes()
{
    QFETCH(Driver, target);
    if (!Side::isAvailable(target))
        QSKIP("no servers: TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
    TwoSides sides(Driver::Sqlite, target);
    Side &from = sides.from();
    Side &to = sides.to();
    for (Side *side : {&from, &to})
        side->exec(u"CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(80))"_s);
    from.exec(u"INSERT INTO customers VALUES (1, 'Ana'), (2, 'Ben')"_s);
    to.exec(u"INSERT INTO customers VALUES (1, 'Ana'), (9, 'gone')"_s);
    to.exec(u"CREATE TABLE letters (id INTEGER PRIMARY KEY, customer INTEGER, "
            "FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE)"_s);
    to.exec(u"INSERT INTO letters VALUES (1, 9)"_s);
    if (target == Driver::Postgres)
        to.exec(u"CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"_s);
    to.exec(target == Driver::Postgres ? u"CREATE TRIGGER watch_names BEFORE UPDATE ON customers FOR EACH ROW "
                                         "EXECUTE FUNCTION nothing()"_s
                : target == Driver::Mysql
                ? u"CREATE TRIGGER watch_names BEFORE UPDATE ON customers FOR EACH ROW SET NEW.name = NEW.name"_s
                : u"CREATE TRIGGER watch_names BEFORE UPDATE ON customers BEGIN SELECT 1; END"_s);
    QVERIFY(sides.open() && sides.addJob(u"shop to copy"_s));
    MainWindow &window = sides.window();
    PreviewWindow *preview = sides.compared();
    QVERIFY(preview);
    QVERIFY(pages::press(*preview, Qt::Key_F9));
    WAIT_WINDOW(confirm, u"confirmDialog"_s);
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*confirm, u"customers: Deleting here also changes other tables: letters"_s),
                             10'000);
    QVERIFY(person::shows(*confirm, u"customers: The target's triggers fire on every write: watch_names"_s));
    QSignalSpy settled(&window, &MainWindow::settled);
    QTest::keyClick(confirm, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty(), 15'000);
    QVERIFY(pages::panelShows(window, u"2 rows written."_s));
    QCOMPARE(sides.targetRows(u"SELECT id FROM letters"_s), QStringList());
}

QTEST_MAIN(TestWalk)
#include "tst_walk.moc"
