// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QSignalSpy>
#include <QStatusBar>

#include "tests/ui/support/looks.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/presencerig.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/mainpresence.h"
#include "ui/plan/previewwindow.h"
#include "ui/tray/trayicon.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The window while nobody looks at it: its schedule, reviews, what comes up and what does not, and how it ends.
class TestPresence : public QObject, private PresenceRig
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { dress(); }
    void init() { begin(); }
    void cleanup() { end(); }
    void theFirstRunWaitsForAReview();
    void anEditThatWritesMoreWaitsAgain();
    void pausingKeepsItFromRunning();
    void aFailureByScheduleComesUpNowhere();
    void aRunByNameIsReviewedFirst();
    void withoutATrayItMinimisesAndSaysSoOnce();
    void aWindowThatShallNotStayEnds();
    void quittingInMidRunFinishesFirst();
    void settingsOfTheWindowAreKept();

private:
    void saveJob(const QJsonObject &changes = {}); // every second, where nothing else is said
    void addRow(int id);
};

void TestPresence::saveJob(const QJsonObject &changes)
{
    QJsonObject all{{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}};
    for (auto it = changes.begin(); it != changes.end(); ++it)
        all[it.key()] = it.value();
    PresenceRig::saveJob(all);
}

void TestPresence::addRow(int id)
{
    person::elsewhere([&] { m_from->exec(u"INSERT INTO a VALUES (%1, 'more')"_s.arg(id)); });
}

void TestPresence::theFirstRunWaitsForAReview()
{
    saveJob();
    const person::Watch watch;
    open();
    QTRY_VERIFY_WITH_TIMEOUT(job().outlook && job().outlook->state == JobOutlook::State::WaitsReview, 20'000);
    QTRY_VERIFY(pages::panelShows(*m_window, u"Waits for a review"_s));
    QVERIFY(pages::panelShows(*m_window, u"compare, review and synchronise it once"_s));
    QCOMPARE(toneOf(job()), JobTone::Attention);
    const QStringList faults = looks::shoot(*m_window, u"waits-review"_s);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    QTRY_COMPARE(trayViewOf(m_window->jobs().jobs(), false, 0).state, TrayState::Conflict);
    QCOMPARE(targetCount(), 0);
    // A person looks at it, once.
    QVERIFY(pages::compare(*m_window));
    QPointer<PreviewWindow> preview = pages::review(*m_window);
    QVERIFY(preview && pages::synchronise(*m_window, *preview));
    QTRY_VERIFY_WITH_TIMEOUT(job().outlook && job().outlook->state != JobOutlook::State::WaitsReview, 20'000);
    addRow(3);
    QTRY_COMPARE_WITH_TIMEOUT(targetCount(), 3, 30'000); // by itself
    QTRY_VERIFY(pages::panelShows(*m_window, u"only while Tidemark is open"_s));
    QVERIFY(looks::shoot(*m_window, u"scheduled"_s).isEmpty());
    QTRY_VERIFY(m_window->statusBar()->findChild<QLabel *>()->text().contains(u"next "_s));
}

void TestPresence::anEditThatWritesMoreWaitsAgain()
{
    saveJob();
    open();
    QVERIFY(pages::compare(*m_window));
    QPointer<PreviewWindow> preview = pages::review(*m_window);
    QVERIFY(preview && pages::synchronise(*m_window, *preview));
    QTRY_VERIFY_WITH_TIMEOUT(job().outlook && job().outlook->state == JobOutlook::State::Planned, 20'000);
    saveJob({{u"guard"_s, QJsonObject{{u"rows"_s, 100000}, {u"percent"_s, 100}}}});
    QTRY_VERIFY_WITH_TIMEOUT(job().outlook && job().outlook->state == JobOutlook::State::WaitsReview, 20'000);
}

void TestPresence::pausingKeepsItFromRunning()
{
    saveJob();
    open();
    QVERIFY(pages::compare(*m_window));
    QPointer<PreviewWindow> preview = pages::review(*m_window);
    QVERIFY(preview && pages::synchronise(*m_window, *preview));
    QTRY_VERIFY_WITH_TIMEOUT(job().outlook && job().outlook->state == JobOutlook::State::Planned, 20'000);
    QVERIFY(pages::press(*m_window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->presence().isPaused(), 20'000);
    QTRY_COMPARE(job().outlook->state, JobOutlook::State::AllPaused);
    QTRY_VERIFY(m_window->statusBar()->findChild<QLabel *>()->text().contains(u"schedule paused"_s));
    QTRY_VERIFY(!m_window->jobs().jobs().first().running);
    const int before = targetCount();
    addRow(4);
    const qint64 next = job().outlook->nextUs.value_or(0);
    QVERIFY(next > 0);
    QTRY_VERIFY_WITH_TIMEOUT(job().outlook->nextUs >= next + 3'000'000, 20'000); // times that passed
    QCOMPARE(targetCount(), before);
    m_window->presence().pauseAll(false);
    QTRY_COMPARE_WITH_TIMEOUT(targetCount(), 3, 30'000);
    // One job alone.
    m_window->presence().pauseJob(job().key, true);
    QTRY_VERIFY_WITH_TIMEOUT(job().outlook->state == JobOutlook::State::Paused, 20'000);
    m_window->presence().pauseJob(job().key, false);
    QTRY_VERIFY_WITH_TIMEOUT(job().outlook->state == JobOutlook::State::Planned, 20'000);
}

void TestPresence::aFailureByScheduleComesUpNowhere()
{
    saveJob({{u"retry"_s, QJsonObject{{u"attempts"_s, 1}}}});
    open();
    QVERIFY(pages::compare(*m_window));
    QPointer<PreviewWindow> preview = pages::review(*m_window);
    QVERIFY(preview && pages::synchronise(*m_window, *preview));
    person::elsewhere([&] { m_to->exec(u"DROP TABLE a"_s); });
    QTRY_VERIFY_WITH_TIMEOUT(job().last && job().last->state == RunState::Failed, 30'000);
    QVERIFY(!person::window(u"reportWindow"_s));
    QTRY_COMPARE(trayViewOf(m_window->jobs().jobs(), false, 0).state, TrayState::Error);
}

void TestPresence::aRunByNameIsReviewedFirst()
{
    saveJob({{u"schedule"_s, QJsonValue::Null}});
    open();
    m_window->presence().runJob(u"shop"_s);
    WAIT_WINDOW(window, u"previewWindow"_s); // shown, not run
    QCOMPARE(targetCount(), 0);
    auto *preview = qobject_cast<PreviewWindow *>(window.data());
    QVERIFY(preview && pages::synchronise(*m_window, *preview));
    QCOMPARE(targetCount(), 2);
    addRow(3);
    const auto runAgain = [&] {
        m_window->presence().runJob(u"shop"_s);
        return QTest::qWaitFor([&] { return targetCount() == 3; }, 3000);
    };
    QTRY_VERIFY_WITH_TIMEOUT(runAgain(), 60'000);
    m_window->presence().runJob(u"nobody"_s);
    WAIT_WINDOW(box, u"errorBox"_s);
    QVERIFY(person::shows(*box, u"nobody"_s));
}

// Nobody can click on a sign that is not there.
void TestPresence::withoutATrayItMinimisesAndSaysSoOnce()
{
    saveJob();
    open();
    QVERIFY(!m_window->presence().tray()->isThere());
    m_window->close();
    WAIT_WINDOW(box, u"noTrayBox"_s);
    QVERIFY(person::shows(*box, u"has no tray"_s));
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_VERIFY(m_window->isMinimized());
    m_window->presence().comeForward();
    QTRY_VERIFY(!m_window->isMinimized());
    m_window->close();
    QTRY_VERIFY(m_window->isMinimized());
    QVERIFY(!person::window(u"noTrayBox"_s));
}

void TestPresence::aWindowThatShallNotStayEnds()
{
    saveJob();
    open(false);
    m_window->close();
    QTRY_VERIFY(!m_window->isVisible());
    QVERIFY(!m_window->isMinimized());
}

// Asked with what can be done about it; the run in hand is written whole before the window goes.
void TestPresence::quittingInMidRunFinishesFirst()
{
    person::elsewhere([&] {
        m_from->exec(u"WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) "
                     "INSERT INTO a SELECT i, 'row ' || i FROM n"_s);
    });
    saveJob({{u"schedule"_s, QJsonValue::Null}, {u"batch"_s, QJsonObject{{u"rows"_s, 50}}}});
    open();
    RunOptions options;
    m_window->startRun(job().key, options, false);
    QTRY_VERIFY(job().running);
    QVERIFY(pages::press(*m_window, Qt::Key_Q, Qt::ControlModifier));
    WAIT_WINDOW(box, u"closeBox"_s);
    QVERIFY(person::button(*box, u"Stop after this batch"_s));
    QVERIFY(person::button(*box, u"Cancel and quit"_s));
    QVERIFY(person::button(*box, u"Keep running"_s));
    QVERIFY(person::click(*box, u"Finish, then quit"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 60'000);
    QCOMPARE(targetCount(), 39'993);
}

void TestPresence::settingsOfTheWindowAreKept()
{
    const QString file = m_folder->filePath(u"workspace.ini"_s);
    Preferences said;
    said.staysOpen = false;
    said.toldOfTray = said.toldOfNoTray = true;
    Preferences read;
    person::elsewhere([&] {
        said.write(file);
        read = Preferences::read(file);
    });
    QCOMPARE(read.staysOpen, false);
    QVERIFY(read.toldOfTray && read.toldOfNoTray);
    QVERIFY(Preferences().staysOpen);
}

QTEST_MAIN(TestPresence)
#include "tst_presence.moc"
