// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QLineEdit>
#include <QListWidget>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QThreadPool>

#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdialog.h"
#include "ui/main/sample.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Every page of the job editor as people see it: nothing cut, faint or without a name.
class TestJobEditorLooks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void pages_data() { looks::settings_data(); }
    void pages();

private:
    static void look(JobDialog &dialog, const QString &name, QStringList &faults);
};

void TestJobEditorLooks::look(JobDialog &dialog, const QString &name, QStringList &faults)
{
    QCoreApplication::processEvents();
    const QStringList found = looks::shoot(dialog, u"job-editor-"_s + name);
    for (const QString &fault : found)
        faults << QString(name + u": "_s + fault);
}

void TestJobEditorLooks::pages()
{
    looks::use(looks::fetch());
    QTemporaryDir folder;
    std::shared_ptr<Desk> desk;
    QString file;
    person::elsewhere([&] {
        desk = *Desk::open(folder.filePath(u"workspace"_s), {});
        Cancellation cancellation;
        QVERIFY(buildSample(*desk, folder.filePath(u"samples"_s), cancellation));
        file = desk->workspace().jobs().value().first().file;
    });
    QStringList faults;
    {
        JobDialog dialog(desk, file, {});
        dialog.show();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.checks().state() == EditorChecks::State::Checked, 15'000);
        auto *pages = dialog.findChild<QListWidget *>(u"pages"_s);
        look(dialog, u"1-sides"_s, faults);
        pages->setCurrentRow(1);
        auto *tables = dialog.findChild<QTableView *>(u"tables"_s);
        QTRY_COMPARE(tables->model()->rowCount(), 4);
        QVERIFY(tables->visualRect(tables->model()->index(3, 0)).bottom() <= tables->viewport()->height());
        look(dialog, u"2-tables"_s, faults);
        QVERIFY(person::click(dialog.findChild<QWidget *>(u"someTables"_s)));
        auto *tabs = dialog.findChild<QTabWidget *>(u"tableTabs"_s);
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            if (tab == 2)
                QTRY_VERIFY(dialog.findChild<QAbstractItemView *>(u"advice"_s)->model()->rowCount() > 0);
            look(dialog, u"%1-table"_s.arg(3 + tab), faults);
        }
        pages->setCurrentRow(2);
        look(dialog, u"7-rules"_s, faults);
        pages->setCurrentRow(3);
        look(dialog, u"8-schedule"_s, faults);
        pages->setCurrentRow(4);
        look(dialog, u"9-actions"_s, faults);
        pages->setCurrentRow(5);
        look(dialog, u"10-check"_s, faults);
        pages->setCurrentRow(0);
        auto *name = dialog.findChild<QLineEdit *>(u"name"_s);
        name->setFocus();
        QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(name, Qt::Key_Delete);
        QTRY_VERIFY(!dialog.checks().problems().isEmpty());
        dialog.resize(dialog.minimumSize());
        pages->setCurrentRow(1);
        tabs->setCurrentIndex(0);
        look(dialog, u"9-smallest"_s, faults);
    }
    QThreadPool::globalInstance()->waitForDone();
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_MAIN(TestJobEditorLooks)
#include "tst_jobeditorlooks.moc"
