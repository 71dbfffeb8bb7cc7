// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QSignalSpy>
#include <QThreadPool>

#include "core/run/undorun.h"
#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/history/undopreview.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What an undo shows before it is applied, in every language, theme and size of fonts.
class TestUndoScreens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void preview_data() { looks::settings_data(); }
    void preview();

private:
    void shoot(QWidget &window, const QString &name)
    {
        QCoreApplication::processEvents();
        for (const QString &fault : looks::shoot(window, u"undo-"_s + name))
            m_faults << name + u": "_s + fault;
    }
    QStringList m_faults;
};

void TestUndoScreens::preview()
{
    looks::use(looks::fetch());
    TwoWayStage stage(QJsonObject{{u"conflicts"_s, QJsonObject{{u"policy"_s, u"source"_s}}}});
    QVERIFY(stage.isReady());
    stage.compare();
    const RunReport run = stage.apply();
    const QString file = stage.desk().plansFolder() + u"/undo.db"_s;
    UndoOutcome planned;
    person::elsewhere([&] {
        UndoRequest request;
        request.run = run.run;
        Cancellation cancellation;
        ProgressBoard board;
        planned = stage.desk().planUndo(stage.job(), request, file, cancellation, board);
    });
    QVERIFY(!planned.report.error);
    {
        PreviewWindow window(UndoPreview::job(stage.job()), planned.report, file);
        QSignalSpy ready(&window, &PreviewWindow::ready);
        window.show();
        QVERIFY(ready.wait(30'000));
        auto *rows = window.findChild<RowsView *>();
        QTRY_VERIFY(rows->current().isValid());
        QCoreApplication::processEvents();
        shoot(window, u"1-preview"_s);
        window.resize(window.minimumSize());
        shoot(window, u"2-smallest"_s);
        QTest::keyClick(&window, Qt::Key_F9);
        QTRY_VERIFY(window.findChild<ConfirmDialog *>());
        auto *confirm = window.findChild<ConfirmDialog *>();
        shoot(*confirm, u"3-confirm"_s);
        confirm->reject();
    }
    QThreadPool::globalInstance()->waitForDone();
    const QStringList faults = std::exchange(m_faults, {});
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n    "_s + faults.join(u"\n    "_s)));
}

QTEST_MAIN(TestUndoScreens)
#include "tst_undoscreens.moc"
