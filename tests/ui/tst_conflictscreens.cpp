// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QThreadPool>

#include "tests/ui/support/conflictstage.h"
#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "ui/conflicts/answersdialog.h"
#include "ui/conflicts/conflictcellview.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What the conflict window looks like, in every language, theme and size of fonts.
class TestConflictScreens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void window_data() { looks::settings_data(); }
    void window();
    void oneWay_data() { looks::settings_data(); }
    void oneWay();

private:
    void shoot(QWidget &window, const QString &name)
    {
        QCoreApplication::processEvents();
        for (const QString &fault : looks::shoot(window, u"conflicts-"_s + name))
            m_faults << name + u": "_s + fault;
    }
    static void fill(ConflictStage &stage);
    QStringList m_faults;
};

void TestConflictScreens::fill(ConflictStage &stage)
{
    stage.addTable(u"products"_s,
                   {u"id integer"_s, u"name"_s, u"price decimal 2"_s, u"stock integer"_s, u"note"_s,
                    u"active boolean"_s, u"unit"_s, u"updated_at timestamp"_s, u"updated_by"_s});
    stage.addTable(u"customers"_s, {u"id integer"_s, u"name"_s, u"phone"_s, u"city"_s});
    const QString base = u"17|Notebook|3.20|40|Two hundred leaves|true|pcs|2024-02-20 09:00:00|ann"_s;
    stage.meet(u"products"_s, base, u"17|Notebook|3.50|40|Two hundred leaves|true|pcs|2024-02-29 13:02:00|ann"_s,
               u"17|Notebook|3.40|38|Two hundred leaves, lined|true|pcs|2024-02-29 13:04:30|陈立"_s);
    stage.meet(u"customers"_s, u"3|Ana Díaz|555-0102|Lisbon"_s, {}, u"3|Ana Díaz|555-0199|Porto"_s);
    stage.meet(u"customers"_s, {}, u"12|Ana Díaz|NULL|Lisbon"_s, u"12|陈立|555-0104|"_s);
    for (int i = 20; i < 24; ++i)
        stage.meet(u"products"_s, QString(base).replace(0, 2, QString::number(i)),
                   QString(base).replace(0, 2, QString::number(i)).replace(u"3.20"_s, u"3.6%1"_s.arg(i % 10)),
                   QString(base).replace(0, 2, QString::number(i)).replace(u"3.20"_s, u"3.7%1"_s.arg(i % 10)));
    stage.flush();
}

void TestConflictScreens::window()
{
    looks::use(looks::fetch());
    ConflictStage stage;
    QVERIFY(stage.isReady());
    {
        ConflictWindow none(stage.desk(), stage.job());
        none.show();
        QThreadPool::globalInstance()->waitForDone();
        shoot(none, u"1-none"_s);
    }
    fill(stage);
    {
        ConflictWindow window(stage.desk(), stage.job());
        window.show();
        auto *cells = window.findChild<ConflictCellView *>();
        auto *save = window.findChild<QPushButton *>(u"saveAndNext"_s);
        QTRY_VERIFY(cells->model()->rowCount() > 0);
        shoot(window, u"2-first"_s);
        window.activateWindow();
        QTRY_VERIFY(window.isActiveWindow());
        QTest::keyClick(cells, Qt::Key_Less);
        QTest::keyClick(cells, Qt::Key_F2);
        QTest::keyClicks(QApplication::focusWidget(), u"3.456"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(!window.findChild<QLabel *>(u"conflictNote"_s)->text().isEmpty());
        QVERIFY(person::click(window.findChild<QWidget *>(u"agreeing"_s)));
        shoot(window, u"3-fault"_s);
        window.resize(window.minimumSize());
        QTest::keyClick(cells, Qt::Key_Less, Qt::ControlModifier);
        shoot(window, u"4-smallest"_s);
        QTRY_VERIFY(save->isEnabled());
        QTest::keyClick(cells, Qt::Key_Return);
        QTRY_VERIFY(window.findChild<QPushButton *>(u"writeAnswers"_s)->isVisible());
        QTRY_COMPARE(cells->model()->index(0, 2).data().toString().isEmpty(), false);
        window.resize(1120, 680);
        QTest::keyClick(cells, Qt::Key_Less);
        shoot(window, u"5-deleted"_s);
        QVERIFY(person::click(window.findChild<QPushButton *>(u"policies"_s)));
        auto *dialog = window.findChild<AnswersDialog *>();
        QTRY_VERIFY(dialog->findChild<QTableView *>(u"proposed"_s)->model()->rowCount() > 0);
        shoot(*dialog, u"6-policy"_s);
        dialog->reject();
    }
    QThreadPool::globalInstance()->waitForDone();
    const QStringList faults = std::exchange(m_faults, {});
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n    "_s + faults.join(u"\n    "_s)));
}

// A one-way job's conflicts, with what the target does not take.
void TestConflictScreens::oneWay()
{
    looks::use(looks::fetch());
    ConflictStage stage;
    QVERIFY(stage.isReady());
    stage.job().mode = Mode::Mirror;
    stage.job().target.name = u"Report copy"_s;
    stage.addTable(u"products"_s,
                   {u"id integer"_s, u"name text max=12 notnull"_s, u"price decimal 2 digits=3"_s,
                    u"state text words=new/sent/done"_s, u"updated_at timestamp"_s});
    stage.meet(u"products"_s, {}, u"17|Oolong tea 乌龙茶 of the first harvest|3.50|new|2024-02-29 13:02:00"_s,
               u"17|Oolong tea|3.40|sent|2024-02-29 13:04:30"_s);
    for (int i = 20; i < 24; ++i)
        stage.meet(u"products"_s, {}, u"%1|Ink|11.00|new|2024-02-29 13:02:00"_s.arg(i),
                   u"%1|Ink|11.50|new|2024-02-29 13:02:00"_s.arg(i));
    stage.flush();
    {
        ConflictWindow window(stage.desk(), stage.job());
        window.show();
        auto *cells = window.findChild<ConflictCellView *>();
        QTRY_VERIFY(cells->model()->rowCount() > 0);
        window.activateWindow();
        QTRY_VERIFY(window.isActiveWindow());
        QTest::keyClick(cells, Qt::Key_Less, Qt::ControlModifier);
        shoot(window, u"7-one-way"_s);
        QTest::keyClick(cells, Qt::Key_0, Qt::ControlModifier);
        shoot(window, u"8-refused"_s);
        QTest::keyClick(&window, Qt::Key_F8);
        QTRY_COMPARE(cells->model()->index(0, ConflictCellModel::Target).data().toString(), u"11.50"_s);
        QTest::keyClick(cells, Qt::Key_Greater);
        QVERIFY(person::click(window.findChild<QPushButton *>(u"similar"_s)));
        auto *dialog = window.findChild<AnswersDialog *>();
        QTRY_VERIFY(dialog->findChild<QTableView *>(u"proposed"_s)->model()->rowCount() > 0);
        shoot(*dialog, u"9-similar"_s);
        dialog->reject();
    }
    QThreadPool::globalInstance()->waitForDone();
    const QStringList faults = std::exchange(m_faults, {});
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n    "_s + faults.join(u"\n    "_s)));
}

QTEST_MAIN(TestConflictScreens)
#include "tst_conflictscreens.moc"
