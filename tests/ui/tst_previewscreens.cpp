// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/planfiles.h"
#include "ui/jobs/engine.h"
#include "ui/main/sample.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/scriptwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What a preview looks like when it is worked with, in every language, theme and size of fonts: fails on text that is
// cut or faint, and on controls without a name.
class TestPreviewScreens : public QObject, private PreviewFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void cleanup() { m_window.reset(); }
    void states_data() { looks::settings_data(); }
    void states();
    void values_data() { looks::settings_data(); }
    void values();
    void scripts_data() { looks::settings_data(); }
    void scripts();

private:
    void shoot(QWidget &window, const QString &name)
    {
        for (const QString &fault : looks::shoot(window, name))
            m_faults << name + u": "_s + fault;
    }
    QStringList m_faults;
};

#define NO_FAULTS()                                                                                                    \
    const QStringList faults = std::exchange(m_faults, {});                                                            \
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n    "_s + faults.join(u"\n    "_s)))

void TestPreviewScreens::states()
{
    looks::use(looks::fetch());
    QVERIFY(open([](PlanTable &table) { table.report.identical.reset(); }));
    QTRY_VERIFY(rows().current().isValid());
    Q_EMIT rows().orderWished({0, false, true});
    QTRY_VERIFY(model().row(0) && model().index(0, 1).data().toString() == u"k1029"_s);
    QTRY_VERIFY(rows().current().isValid());
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Space);
    QTRY_VERIFY(!model().row(0)->included);
    shoot(*m_window, u"preview-1-skipped"_s);
    QTest::mouseClick(find(u"columnsButton"_s), Qt::LeftButton);
    QWidget *popup = find(u"columnsPopup"_s);
    QTRY_VERIFY(popup->isVisible());
    shoot(*popup, u"preview-2-columns"_s);
    popup->hide();
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Menu);
    auto *menu = m_window->findChild<QMenu *>(u"rowMenu"_s);
    QVERIFY(menu);
    shoot(*menu, u"preview-3-menu"_s);
    menu->close();
    Q_EMIT m_window->findChild<PlanSource *>()->arranging(412'000, 1'000'000);
    m_window->resize(m_window->minimumSize());
    shoot(*m_window, u"preview-5-reading-smallest"_s);
    Q_EMIT m_window->findChild<PlanSource *>()->arrangeTooLarge(3'412'000);
    shoot(*m_window, u"preview-5-unsorted-smallest"_s);
    m_window->resize(1180, 800);
    auto *filter = m_window->findChild<QLineEdit *>(u"filterText"_s);
    QTest::keyClicks(filter, u"nowhere"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(model().rowCount(), 0);
    shoot(*m_window, u"preview-4-nothing"_s);
    Q_EMIT m_window->findChild<PlanSource *>()->failed(
        Error{ErrorCode::FileNotFound, {}, {}}.with(Fact::File, u"/home/ana/workspace/plans/9f.db"_s));
    shoot(*m_window, u"preview-6-failed"_s);
    NO_FAULTS();
}

void TestPreviewScreens::values()
{
    looks::use(looks::fetch());
    const QByteArray json = R"({"name": "Oolong tea 乌龙茶", "price": 6.90, "tags": ["tea", "Fujian"], "stock": null})";
    QVERIFY(open({}, 30, json + " "));
    QTRY_VERIFY(rows().current().isValid());
    rows().select(1, 3);
    QTRY_VERIFY(!m_window->findChild<QPlainTextEdit *>(u"sourceValueText"_s)->toPlainText().isEmpty());
    QTRY_VERIFY(person::shows(*m_window, u"c3\n"_s));
    shoot(*m_window, u"preview-7-text"_s);
    QVERIFY(open({}, 30, QByteArray(100'000, 'x')));
    QTRY_VERIFY(rows().current().isValid());
    rows().select(1, 3);
    QTRY_VERIFY(!m_window->findChild<QPlainTextEdit *>(u"sourceValueText"_s)->toPlainText().isEmpty());
    QTRY_VERIFY(person::shows(*m_window, u"c3\n"_s));
    shoot(*m_window, u"preview-8-parts"_s);
    NO_FAULTS();
}

void TestPreviewScreens::scripts()
{
    looks::use(looks::fetch());
    QTemporaryDir folder;
    auto desk = Desk::open(folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);
    Cancellation cancellation;
    const auto sample = buildSample(**desk, folder.filePath(u"samples"_s), cancellation);
    QVERIFY(sample);
    const JobSettings job = (*desk)->workspace().job(sample->job).value();
    ProgressBoard board;
    const QString plan = (*desk)->workspace().plansFolder() + u"/p.db"_s;
    QCOMPARE((*desk)->plan(job, {}, plan, cancellation, board).totals().total(), 17);
    ScriptWindow script(*desk, job, plan, std::nullopt);
    script.setAttribute(Qt::WA_DeleteOnClose, false);
    QSignalSpy ready(&script, &ScriptWindow::ready);
    script.show();
    QVERIFY(ready.wait(30'000));
    shoot(script, u"preview-9-script"_s);
    NO_FAULTS();
}

QTEST_MAIN(TestPreviewScreens)
#include "tst_previewscreens.moc"
