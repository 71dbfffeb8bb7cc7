// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QThreadPool>

#include "app/wording/wording.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/main/sample.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Job editors as windows of their own: one a job, none in the way of another or of the main window.
class TestJobEditorWindows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init();
    void cleanup();
    void oneAJob();
    void neitherDisturbsTheOther();
    void closingAsksForWhatIsNotSaved();
    void stayingKeepsTheWindow();
    void theOtherLanguageKeepsTheDraft();

private:
    QPointer<JobDialog> edit(const QString &job);
    static QList<JobDialog *> editors();
    static QWidget *box(JobDialog &editor) { return editor.findChild<QMessageBox *>(u"unsavedBox"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<person::Watch> m_watch;
};

static const QString sampleJob = u"Till → Report copy"_s;

void TestJobEditorWindows::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    MainWindow::Options options;
    options.folder = m_folder->path();
    person::elsewhere([this, &options] {
        const auto desk = *Desk::open(m_folder->path(), {});
        Cancellation cancellation;
        QVERIFY(buildSample(*desk, m_folder->filePath(u"samples"_s), cancellation));
        const QJsonObject other{{u"tidemark"_s, 1},       {u"name"_s, u"other"_s},
                                {u"source"_s, u"Till"_s}, {u"target"_s, u"Report copy"_s},
                                {u"mode"_s, u"update"_s}, {u"tables"_s, u"*"_s}};
        QVERIFY(desk->workspace().saveJob(other));
        const auto jobs = loadJobs(desk->workspace(), desk->journal());
        QVERIFY(jobs);
        for (const JobEntry &job : *jobs)
            options.preferences.trusted << job.hash; // as if the window had written them
    });
    m_watch = std::make_unique<person::Watch>();
    m_window = std::make_unique<MainWindow>(options);
    QVERIFY(pages::openWorkspace(*m_window));
}

void TestJobEditorWindows::cleanup()
{
    m_window.reset();
    m_watch.reset();
    QThreadPool::globalInstance()->waitForDone();
}

QList<JobDialog *> TestJobEditorWindows::editors()
{
    QList<JobDialog *> found;
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (auto *editor = qobject_cast<JobDialog *>(window); editor != nullptr && editor->isVisible())
            found << editor;
    }
    return found;
}

QPointer<JobDialog> TestJobEditorWindows::edit(const QString &job)
{
    if (!pages::selectJob(*m_window, job) || !pages::press(*m_window, Qt::Key_F2))
        return nullptr;
    auto *active = qobject_cast<JobDialog *>(QApplication::activeWindow());
    for (JobDialog *editor : editors()) {
        if (QTest::qWaitFor([&] { return editor->isEnabled(); }, 10'000)
            && editor->draft().json().value("name"_L1).toString() == job)
            active = editor;
    }
    return active;
}

void TestJobEditorWindows::oneAJob()
{
    const QPointer<JobDialog> first = edit(sampleJob);
    QVERIFY(first && !first->isModal());
    QCOMPARE(edit(sampleJob), first);
    QCOMPARE(editors().size(), qsizetype(1));
    QTRY_VERIFY(first->isActiveWindow());
    const QPointer<JobDialog> second = edit(u"other"_s);
    QVERIFY(second && second != first);
    for (int turn = 0; turn < 2; ++turn) {
        QVERIFY(pages::press(*m_window, Qt::Key_N, Qt::ControlModifier));
        QCOMPARE(editors().size(), qsizetype(3)); // one for a new job
    }
}

void TestJobEditorWindows::neitherDisturbsTheOther()
{
    const QPointer<JobDialog> first = edit(sampleJob);
    const QPointer<JobDialog> second = edit(u"other"_s);
    QVERIFY(first && second);
    QVERIFY(person::type(*first, u"description"_s, u"one"_s));
    QVERIFY(person::type(*second, u"description"_s, u"two"_s));
    // What one asks keeps neither the other nor the main window waiting.
    QVERIFY(pages::press(*first, Qt::Key_Escape));
    QVERIFY(box(*first));
    QVERIFY(person::type(*second, u"name"_s, u"renamed"_s));
    QTRY_VERIFY(second->findChild<QWidget *>(u"save"_s)->isEnabled());
    QVERIFY(pages::press(*second, Qt::Key_S, Qt::ControlModifier));
    QTRY_VERIFY(!second);
    QTRY_VERIFY(pages::selectJob(*m_window, u"renamed"_s));
    QVERIFY(first->isVisible() && first->isWindowModified());
    // The name that the other took is taken.
    QVERIFY(person::click(*box(*first), u"Keep editing"_s));
    QVERIFY(person::type(*first, u"name"_s, u"renamed"_s));
    QTRY_VERIFY(!first->checks().problems().isEmpty());
    QCOMPARE(first->checks().problems().first().field, u"name"_s);
}

void TestJobEditorWindows::closingAsksForWhatIsNotSaved()
{
    const QPointer<JobDialog> first = edit(sampleJob);
    const QPointer<JobDialog> second = edit(u"other"_s);
    QVERIFY(person::type(*first, u"description"_s, u"one"_s));
    m_window->close();
    QVERIFY(m_window->isVisible() && first && first->isVisible());
    QTRY_VERIFY(!second); // nothing to ask
    QTRY_VERIFY(box(*first));
    QVERIFY(person::click(*box(*first), u"Discard"_s));
    QTRY_VERIFY(!first);
    QTRY_VERIFY(!m_window->isVisible());
}

void TestJobEditorWindows::stayingKeepsTheWindow()
{
    const QPointer<JobDialog> first = edit(sampleJob);
    QVERIFY(person::type(*first, u"description"_s, u"one"_s));
    m_window->close();
    QVERIFY(person::click(*box(*first), u"Keep editing"_s));
    QTRY_VERIFY(!box(*first));
    // Closed by itself later, it takes the main window with it no more.
    QVERIFY(pages::press(*first, Qt::Key_Escape));
    QVERIFY(person::click(*box(*first), u"Discard"_s));
    QTRY_VERIFY(!first);
    QVERIFY(m_window->isVisible());
}

void TestJobEditorWindows::theOtherLanguageKeepsTheDraft()
{
    const QPointer<JobDialog> first = edit(sampleJob);
    QTRY_VERIFY_WITH_TIMEOUT(first->checks().state() == EditorChecks::State::Checked, 10'000);
    QVERIFY(person::type(*first, u"name"_s, u"other"_s));
    QTRY_VERIFY(person::shows(*first, u"Cannot be saved yet"_s));
    QVERIFY(pages::press(*first, Qt::Key_2, Qt::ControlModifier));
    wording::useLanguage(u"zh_CN"_s);
    QTRY_VERIFY(person::shows(*first, u"所有表"_s) || person::button(*first, u"保存"_s));
    QCOMPARE(first->findChild<QAbstractItemView *>(u"pages"_s)->currentIndex().row(), 1);
    QTRY_COMPARE(first->findChild<QAbstractItemView *>(u"tables"_s)->model()->rowCount(), 4);
    QVERIFY(!person::button(*first, u"保存"_s)->isEnabled());
    QTRY_VERIFY(!first->checks().problems().isEmpty());
    QTRY_COMPARE(first->checks().problems().first().text, u"已有同名任务。"_s);
    wording::useLanguage(u"en"_s);
    QTRY_VERIFY(person::button(*first, u"Save"_s));
    QTest::keyClick(first, Qt::Key_Z, Qt::ControlModifier); // the history is there too
    QTRY_VERIFY(person::button(*first, u"Save"_s)->isEnabled());
    QVERIFY(!first->isWindowModified());
}

QTEST_MAIN(TestJobEditorWindows)
#include "tst_jobeditorwindows.moc"
