// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemView>

#include "app/wording/wording.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twosides.h"
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
    TwoSides sides(Driver::Sqlite, driver);
    Side &from = sides.from();
    Side &to = sides.to();
    for (Side *side : {&from, &to}) {
        side->exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, price VARCHAR(20))"_s);
        side->exec(u"INSERT INTO items VALUES (1, 'one'), (2, 'two'), (3, 'three')"_s);
    }
    from.exec(u"UPDATE items SET price = 'new ' || price"_s);
    from.exec(u"DELETE FROM items WHERE id = 3"_s);
    from.exec(u"INSERT INTO items VALUES (4, 'four')"_s);
    QVERIFY(sides.open() && sides.addJob(u"prices"_s));
    PreviewWindow *preview = sides.compared();
    QVERIFY(preview);
    QVERIFY(person::shows(*preview, u"4 rows would change in Copy."_s));
    person::elsewhere([&] {
        to.exec(u"UPDATE items SET price = 'theirs' WHERE id IN (2, 3)"_s); // one to update, one to delete
        to.exec(u"INSERT INTO items VALUES (4, 'theirs')"_s); // one to insert
        to.reconnect();
    });
    QVERIFY(pages::synchronise(sides.window(), *preview));
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
    QCOMPARE(sides.targetRows(u"SELECT id, price FROM items ORDER BY id"_s),
             (QStringList{u"1|new one"_s, u"2|theirs"_s, u"3|theirs"_s, u"4|theirs"_s}));
}

QTEST_MAIN(TestPreviewApply)
#include "tst_previewapply.moc"
