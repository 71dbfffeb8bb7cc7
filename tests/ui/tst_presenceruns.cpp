// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>

#include "core/schedule/review.h"
#include "core/schedule/scheduler.h"
#include "tests/ui/support/looks.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/presencerig.h"
#include "ui/main/mainpresence.h"
#include "ui/plan/previewwindow.h"
#include "ui/tray/trayview.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What follows the window's runs, the ways to quit in mid-run, and what people see of times that passed.
class TestPresenceRuns : public QObject, private PresenceRig
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { dress(); }
    void init() { begin(); }
    void cleanup() { end(); }
    void everyRunIsFollowedOnce();
    void commandsSeeNoOtherPasswords();
    void quittingStopsAfterTheBatch();
    void quittingCancels();
    void keepingItRunningKeepsIt();
    void missedTimesAreSeen_data();
    void missedTimesAreSeen();
    void anAlarmIsSeen();
    void whatNobodyTrustsClaimsNoSlot();

private:
    // After each run its state is written into the file `told`.
    QJsonObject tells(const QString &state = u"success"_s) const;
    void seen(qint64 sinceUs); // somebody has reviewed and trusted it, and its schedule is that old
    void startLongRun(const QString &ending);
    QByteArray told();
    static qint64 nowUs() { return QDateTime::currentMSecsSinceEpoch() * 1000; }
};

namespace {

constexpr qint64 hourUs = 3'600'000'000;

// So far from now that no time of it comes in a test.
QJsonObject farAway()
{
    return {{u"daily"_s, QJsonArray{QDateTime::currentDateTime().addSecs(12 * 3600).toString(u"HH:00"_s)}}};
}

} // namespace

QJsonObject TestPresenceRuns::tells(const QString &state) const
{
    const QString script = u"echo \"$TIDEMARK_STATE\" >>'%1'"_s.arg(path(u"told"_s));
    return {{state, QJsonArray{QJsonObject{{u"command"_s, QJsonArray{u"/bin/sh"_s, u"-c"_s, script}}}}}};
}

void TestPresenceRuns::seen(qint64 sinceUs)
{
    person::elsewhere([&] {
        const auto workspace = Workspace::open(path(u"workspace"_s));
        const auto journal = std::move(*Journal::open(workspace->journalFile()));
        const JobSettings job = workspace->job(u"shop"_s).value();
        if (!keepReview(*journal, job, ReviewedBy::Run, u"seen"_s, sinceUs)
            || (!m_trusted.isEmpty() && !keepTrust(*journal, job, sinceUs))
            || (job.schedule && !journal->followSchedule(job.id, Scheduler::digest(*job.schedule), sinceUs)))
            qFatal("The journal cannot be written");
    });
}

QByteArray TestPresenceRuns::told()
{
    QByteArray text;
    person::elsewhere([&] {
        QFile file(path(u"told"_s));
        if (file.open(QIODevice::ReadOnly))
            text = file.readAll();
    });
    return text;
}

void TestPresenceRuns::everyRunIsFollowedOnce()
{
    saveJob({{u"afterRun"_s, tells()}});
    open();
    QVERIFY(pages::compare(*m_window));
    QVERIFY(told().isEmpty()); // a comparison is no run
    QPointer<PreviewWindow> preview = pages::review(*m_window);
    QVERIFY(preview && pages::synchronise(*m_window, *preview));
    QByteArray expected;
    for (int run = 1; run <= 3; ++run) {
        expected += "completed\n";
        QTRY_COMPARE_WITH_TIMEOUT(told(), expected, 20'000);
        if (run == 3)
            break;
        person::elsewhere([&] { m_from->exec(u"INSERT INTO a VALUES (%1, 'more')"_s.arg(10 + run)); });
        m_window->startRun(job().key, {}, false);
        QTRY_VERIFY_WITH_TIMEOUT(!job().running, 20'000);
    }
    QCOMPARE(targetCount(), 4);
}

void TestPresenceRuns::commandsSeeNoOtherPasswords()
{
    const QString script = u"echo \"${SHOP_PASSWORD-none} ${OF_NOBODY-none}\" >>'%1'"_s.arg(path(u"told"_s));
    const QJsonObject command{{u"command"_s, QJsonArray{u"/bin/sh"_s, u"-c"_s, script}}};
    saveJob({{u"afterRun"_s, QJsonObject{{u"success"_s, QJsonArray{command}}}}});
    person::elsewhere([&] {
        ConnectionSettings other; // that this job does not use
        other.name = u"other"_s;
        other.driver = Driver::Postgres;
        other.host = u"127.0.0.1"_s;
        other.database = u"shop"_s;
        other.password = {PasswordSource::Kind::Env, u"SHOP_PASSWORD"_s};
        if (!Workspace::open(path(u"workspace"_s))->saveConnection(other))
            qFatal("The connection cannot be saved");
    });
    qputenv("SHOP_PASSWORD", "secret");
    qputenv("OF_NOBODY", "seen");
    open();
    m_window->startRun(job().key, {}, false);
    QTRY_COMPARE_WITH_TIMEOUT(told(), QByteArray("none seen\n"), 20'000);
    qunsetenv("SHOP_PASSWORD");
    qunsetenv("OF_NOBODY");
}

// Until the question of how to quit stands, with batches written and batches to come.
void TestPresenceRuns::startLongRun(const QString &ending)
{
    person::elsewhere([&] {
        m_from->exec(u"WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
                     "INSERT INTO a SELECT i, 'row ' || i FROM n"_s);
    });
    saveJob({{u"batch"_s, QJsonObject{{u"rows"_s, 50}}},
             {u"throttle"_s, QJsonObject{{u"rows"_s, 1000}}},
             {u"afterRun"_s, tells(u"always"_s)}});
    open();
    m_window->startRun(job().key, {}, false);
    QTRY_VERIFY_WITH_TIMEOUT(targetCount() > 0, 30'000);
    QVERIFY(pages::press(*m_window, Qt::Key_Q, Qt::ControlModifier));
    WAIT_WINDOW(box, u"closeBox"_s);
    const QStringList faults = looks::shoot(*box, u"quit"_s);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    QVERIFY(person::click(*box, ending));
}

void TestPresenceRuns::quittingStopsAfterTheBatch()
{
    startLongRun(u"Stop after this batch"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 30'000);
    const int written = targetCount();
    QVERIFY(written > 0 && written < 19'993);
    QCOMPARE(written % 50, 0);
    QCOMPARE(job().last->state, RunState::Cancelled);
    QCOMPARE(told(), QByteArray("cancelled\n")); // before the window went
}

void TestPresenceRuns::quittingCancels()
{
    startLongRun(u"Cancel and quit"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 30'000);
    const int written = targetCount();
    QVERIFY(written > 0 && written < 19'993);
    QCOMPARE(written % 50, 0); // the batch in hand was rolled back
    QCOMPARE(job().last->state, RunState::Cancelled);
    QCOMPARE(told(), QByteArray("cancelled\n"));
}

void TestPresenceRuns::keepingItRunningKeepsIt()
{
    startLongRun(u"Keep running"_s);
    const int before = targetCount();
    QTRY_VERIFY_WITH_TIMEOUT(targetCount() > before, 30'000);
    QVERIFY(m_window->isVisible() && job().running);
    m_window->presence().endAfterBatch(); // the session ends
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 30'000);
    QCOMPARE(told(), QByteArray("cancelled\n"));
}

void TestPresenceRuns::missedTimesAreSeen_data()
{
    QTest::addColumn<QString>("missed");
    QTest::addColumn<int>("rows");
    QTest::newRow("skipped, and said") << u"skip"_s << 0;
    QTest::newRow("made up for, once") << u"once"_s << 2;
}

void TestPresenceRuns::missedTimesAreSeen()
{
    QFETCH(const QString, missed);
    QFETCH(const int, rows);
    // Four times passed while nothing was open. The next one is not before the test is over.
    const QTime ago = QDateTime::currentDateTimeUtc().addSecs(-600).time();
    saveJob(
        {{u"schedule"_s,
          QJsonObject{{u"cron"_s, u"%1 * * * *"_s.arg(ago.minute())}, {u"zone"_s, u"UTC"_s}, {u"missed"_s, missed}}},
         {u"afterRun"_s, tells()}});
    seen(nowUs() - 4 * hourUs);
    open();
    if (rows == 0) {
        QTRY_VERIFY_WITH_TIMEOUT(pages::panelShows(*m_window, u"4 runs were missed and skipped"_s), 20'000);
        const QStringList faults = looks::shoot(*m_window, u"missed"_s);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QCOMPARE(trayViewOf(m_window->jobs().jobs(), false, 0).state, TrayState::Idle); // nobody is needed
        QVERIFY(told().isEmpty());
    } else {
        QTRY_COMPARE_WITH_TIMEOUT(told(), QByteArray("completed\n"), 20'000);
        QTRY_VERIFY(!job().running && job().outlook && job().outlook->state == JobOutlook::State::Planned);
    }
    QCOMPARE(targetCount(), rows);
    QVERIFY(pages::panelShows(*m_window, u"Next run "_s));
}

void TestPresenceRuns::anAlarmIsSeen()
{
    QJsonObject schedule = farAway();
    schedule[u"alarm"_s] = u"1h"_s;
    saveJob({{u"schedule"_s, schedule}});
    seen(nowUs() - 2 * hourUs);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(pages::panelShows(*m_window, u"No run went well yet."_s), 20'000);
    QCOMPARE(trayViewOf(m_window->jobs().jobs(), false, 0).state, TrayState::Error);
    const QStringList faults = looks::shoot(*m_window, u"alarm"_s);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    m_window->startRun(job().key, {}, false); // a good run by hand settles it
    QTRY_VERIFY_WITH_TIMEOUT(!pages::panelShows(*m_window, u"No run went well yet."_s), 20'000);
    QTRY_COMPARE(trayViewOf(m_window->jobs().jobs(), false, 0).state, TrayState::Idle);
}

// Another program of this workspace may be the one to run it.
void TestPresenceRuns::whatNobodyTrustsClaimsNoSlot()
{
    saveJob({{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}}, false);
    seen(nowUs());
    open();
    QTRY_VERIFY_WITH_TIMEOUT(pages::panelShows(*m_window, u"Waits until its file is trusted"_s), 20'000);
    const qint64 next = job().outlook->nextUs.value_or(0);
    QVERIFY(next > 0);
    QTRY_VERIFY_WITH_TIMEOUT(job().outlook->nextUs >= next + 2'000'000, 20'000); // times that passed
    qint64 claimed = -1;
    person::elsewhere([&] {
        const auto journal = std::move(*Journal::open(Workspace::open(path(u"workspace"_s)).value().journalFile()));
        const auto records = journal->scheduleRecords();
        for (const ScheduleRecord &record : *records)
            claimed = record.jobId.isEmpty() ? claimed : record.lastSlotUs;
    });
    QCOMPARE(claimed, 0);
    QCOMPARE(targetCount(), 0);
    QVERIFY(pages::press(*m_window, Qt::Key_F5));
    WAIT_WINDOW(box, u"trustBox"_s);
    QVERIFY(person::click(*box, u"Trust this job"_s));
    QTRY_COMPARE_WITH_TIMEOUT(targetCount(), 2, 30'000); // by itself
}

QTEST_MAIN(TestPresenceRuns)
#include "tst_presenceruns.moc"
