// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemView>
#include <QTemporaryDir>

#include "app/wording/wording.h"
#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/previewwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What is synchronised is the plan that was looked at: a row that moves at the target in between stays as it is there,
// and is listed.
class TestPreviewApply : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aRowThatMovedIsNotWritten_data();
    void aRowThatMovedIsNotWritten();
};

void TestPreviewApply::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
}

void TestPreviewApply::aRowThatMovedIsNotWritten_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::newRow("SQLite") << Driver::Sqlite;
    QTest::newRow("PostgreSQL") << Driver::Postgres;
    QTest::newRow("MariaDB") << Driver::Mysql;
}

void TestPreviewApply::aRowThatMovedIsNotWritten()
{
    QFETCH(Driver, driver);
    if (!Side::isAvailable(driver))
        QSKIP("no server of this kind");
    QTemporaryDir folder;
    Side from(Driver::Sqlite, folder.path(), u"shop"_s);
    Side to(driver, folder.path(), u"copy"_s);
    for (Side *side : {&from, &to}) {
        side->exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, price VARCHAR(20))"_s);
        side->exec(u"INSERT INTO items VALUES (1, 'one'), (2, 'two'), (3, 'three')"_s);
    }
    from.exec(u"UPDATE items SET price = 'new ' || price"_s);
    from.exec(u"DELETE FROM items WHERE id = 3"_s);
    from.exec(u"INSERT INTO items VALUES (4, 'four')"_s);
    from.reconnect();
    to.reconnect();
    from.settings.name = u"Shop"_s;
    to.settings.name = u"Copy"_s;

    MainWindow::Options options;
    options.folder = folder.filePath(u"workspace"_s);
    options.preferences.language = u"en"_s;
    const person::Watch watch;
    MainWindow window(options);
    QVERIFY(pages::openWorkspace(window));
    QVERIFY(pages::addConnection(window, from.settings));
    QVERIFY(pages::addConnection(window, to.settings));
    QVERIFY(pages::addJob(window, {u"prices"_s, u"Shop"_s, u"Copy"_s}));
    QVERIFY(pages::compare(window));
    PreviewWindow *preview = pages::review(window);
    QVERIFY(preview);
    QVERIFY(person::shows(*preview, u"4 rows would change in Copy."_s));
    person::elsewhere([&] {
        to.exec(u"UPDATE items SET price = 'theirs' WHERE id IN (2, 3)"_s); // one to update, one to delete
        to.exec(u"INSERT INTO items VALUES (4, 'theirs')"_s); // one to insert
        to.reconnect();
    });
    QVERIFY(pages::synchronise(window, *preview));
    WAIT_WINDOW(report, u"reportWindow"_s);
    auto *left = report->findChild<QAbstractItemView *>(u"leftRows"_s);
    QVERIFY(left);
    QTRY_COMPARE(left->model()->rowCount(), 3);
    QTRY_COMPARE(left->model()->index(0, 2).data().toString(), u"Changed since preview; not written."_s);
    QStringList keys;
    for (int row = 0; row < 3; ++row)
        keys << left->model()->index(row, 1).data().toString();
    keys.sort();
    QCOMPARE(keys, (QStringList{u"2"_s, u"3"_s, u"4"_s}));
    QStringList rows;
    person::elsewhere([&] {
        rows = to.rows(u"SELECT id, price FROM items ORDER BY id"_s);
        to.reconnect();
    });
    QCOMPARE(rows, (QStringList{u"1|new one"_s, u"2|theirs"_s, u"3|theirs"_s, u"4|theirs"_s}));
}

QTEST_MAIN(TestPreviewApply)
#include "tst_previewapply.moc"
