// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include "core/schedule/scheduler.h"
#include "ui/jobs/jobcontroller.h"
#include "ui/tray/instancemessage.h"
#include "ui/tray/noticebook.h"

namespace tidemark {

class MainWindow;
class Notifier;
class ScheduleDesk;
class TrayIcon;

// What the main window is while nobody looks at it: the sign in the tray, notifications, the schedule, and what becomes
// of it when it is closed. Of a window that does not stay (a test's, a picture's) it is nothing.
class MainPresence final : public QObject
{
    Q_OBJECT
public:
    MainPresence(MainWindow &window, bool stays);
    ~MainPresence() override;

    // mainpresence.cpp: there and away
    void startHidden(); // instead of show(): in the tray; minimised where no tray comes up
    void comeForward();
    void hideAway(); // as closing does
    bool hidesInstead(); // of being closed
    void quit(); // asks where something is running
    void askQuit();
    void endAfterBatch(); // without a question: the session ends
    bool endsLater(); // once what follows the last runs is done; a second time: at once
    void stayAfterAll() { m_quitting = false; }
    void obey(const InstanceMessage &message); // of a second start
    void retranslate();
    void refresh(); // the jobs or their schedules have changed
    TrayIcon *tray() const { return m_tray.get(); }
    Notifier *notifier() const { return m_notifier.get(); }

    // mainschedule.cpp, mainfollow.cpp: what runs by itself, and what follows
    void beginSchedule(); // the workspace is open
    void runJob(const QString &nameOrFile); // where it was reviewed; else what to do is shown
    void runAll();
    void pauseAll(bool pause);
    void pauseJob(const QString &key, bool pause);
    bool hasSchedule() const;
    bool hasSchedule(const JobEntry &job) const; // that is known to the scheduler
    bool isPaused() const; // all of it
    QString nextText() const; // for the status bar
    void jobsRead(); // the list stands anew
    void began(const QString &key, Task task);
    void ended(const QString &key, const TaskResult &result);
    bool mayPopUp(const QString &key) const; // the windows of a run that has ended
    void look(); // what changed elsewhere, now

private:
    void connectTray();
    void goTo(const NoticePlace &place);
    void end();
    QStringList runningKeys() const;
    void beginDays();
    void startRun(const QString &key, bool bySchedule);
    void runReviewed(const QString &key);
    void runWanted(const QString &nameOrFile);
    void startWanted(const JobSettings &job);
    void noticed(const ScheduleNotice &notice);
    void refuse(const QString &jobId); // a start that cannot be
    void takeEarly();
    void tellEnd(const QString &key, const TaskResult &result, bool wasAsked);
    void follow(const JobSettings &job, const RunReport &report);
    void showEnd(const RunReport &report);
    void keepReview(const JobSettings &job, const TaskResult &result);
    void showOutlooks();
    bool isLookedAt() const;

    MainWindow &m_window;
    bool m_stays;
    bool m_quitting = false; // a person has asked for it
    bool m_quitsWhenIdle = false;
    int m_followers = 0; // runs whose followers are at work
    bool m_waitsForFollowers = false; // although a person would quit
    std::unique_ptr<TrayIcon> m_tray;
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<ScheduleDesk> m_schedule;
    NoticeBook m_book;
    std::shared_ptr<Cancellation> m_following = std::make_shared<Cancellation>(); // of what follows runs
    QTimer m_later; // shows what has changed, a few times a second at most
    QTimer m_midnight; // "14:00" is another day's from then on
    struct Run
    {
        JobSettings job; // as it was when it began
        bool bySchedule = false;
        bool byTray = false;
    };
    QHash<QString, Run> m_runs; // under way, by job
    // Of jobs that the list does not know yet: the schedule's thread reads by itself.
    QHash<QString, JobSettings> m_earlyStarts; // by id
    QList<ScheduleNotice> m_earlyNotices;
    QHash<QString, QString> m_due; // jobs whose time has come while something else of them was running; their ids
};

} // namespace tidemark
