// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <QMainWindow>
#include <QThreadPool>

#include "ui/connections/passwordasker.h"
#include "ui/jobs/jobcontroller.h"
#include "ui/main/mainparts.h"
#include "ui/main/preferences.h"
#include "ui/main/workspacewatch.h"

namespace tidemark {

// The jobs of a workspace and the work on them: compare, review, synchronise. Everything that reads a disk or a
// database happens on workers; the window shows what they tell.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    struct Options
    {
        QString folder; // of the workspace
        Preferences preferences;
        bool systemIsDark = false;
        bool stays = false; // in the tray once it is closed, and runs what is scheduled
    };
    explicit MainWindow(const Options &options, QWidget *parent = nullptr);
    ~MainWindow() override;

    void trySample(SampleKind which = SampleKind::ReportCopy); // as soon as the workspace is open
    void openJobFile(const QString &file); // after asking for trust
    // Writes what was approved; what the preview's button and a report's "Retry" come to.
    void startRun(const QString &key, const RunOptions &options, bool verify);
    PreviewWindow *preview() const; // the newest that stands; null: none
    JobListModel &jobs() { return *m_jobs; }
    void setSystemDark(bool dark);
    MainPresence &presence() { return *m_presence; }

Q_SIGNALS:
    void loaded(); // the job list stands
    void previewReady(); // tables and rows of a preview stand
    void settled(const QString &key); // a task has ended, and nothing follows it

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    friend class MainPresence; // what it does while nobody looks at it

    // mainactions.cpp: what can be done
    void buildActions();
    void buildMenus();
    void buildToolBar();
    void fillRecent();
    void nameActions();
    void retranslate();

    // mainwindow.cpp: what is there
    void buildPages();
    void connectPages();
    void showPage();
    void showActions();
    void showStatus();
    void about();

    // mainsettings.cpp: what it remembers
    void savePreferences();
    void remember(QWidget &window);
    void usePreferences(const Preferences &now);
    void showSettings();

    // mainworkspace.cpp: what it stands on
    void openDesk();
    void showOpening();
    void tryAgain();
    void connectController();
    void reload(const QString &select = {});
    void showJobs(QList<JobEntry> jobs, const QString &select);
    void dropWhatIsGone(const JobEntry &before);
    void showConnections();
    void showError(const Error &error);

    // mainjobs.cpp, mainfiles.cpp: jobs and files
    void newJob();
    void editJob();
    void openEditor(const QString &key, int page = 0); // of a job, at an EditorPage; empty: a new one
    QStringList takenNames(const QString &key) const; // of the other jobs
    bool closeEditors(); // false: one has to ask first; where all are answered, the window closes
    void rewriteJob(const QString &file, const QString &nameNow, const std::function<void(QJsonObject &)> &change,
                    const std::function<void()> &then = {});
    void duplicateJob();
    void enableJob();
    void saveVisitor();
    void removeJob();
    void chooseJobFile();
    void compareTwo(const QStringList &files = {});

    // mainsamples.cpp
    void runSample(SampleKind which);
    void resetSamples();
    void removeSamples();
    bool samplesAreIdle() const; // nothing reads or writes their files
    QList<SampleKind> samplesThere() const;
    void whileBuilding(const std::function<Result<void>(Desk &)> &work); // on a worker; then the jobs are read again

    // mainconflicts.cpp: what a person answers
    void showConflicts(const QString &key, qint64 place = -1); // place: of a row of the plan that stands
    void openConflictWindow(const QString &key, const std::optional<struct ConflictPlace> &focus);
    void writeAnswers(const QString &key);
    void showAside(const ConnectionSettings &queue); // its messages that could not be applied
    void countConflicts(const QString &key);
    void chooseFirst(const QString &key, const QString &policy); // of rows that were never in step; compares again

    // mainhistory.cpp: what was done, and the ways back
    void showHistory(const QString &jobId);
    const JobEntry *jobOf(const QString &jobId) const;
    void planUndo(const QString &jobId, const UndoRequest &request);
    void undoPlanned(const QString &key, const TaskResult &result);
    void showFollowers(); // the windows that list what runs leave behind
    void addVisitor(const JobSettings &job);

    // maintrust.cpp: job files that this workspace did not write
    bool isForeign(const QString &hash) const;
    void trustOwn(const QString &hash); // what this window has written, or a person has said yes to
    void whenTrusted(const QString &key, const std::function<void()> &then); // asks first where it must
    void visit(const JobSettings &job, const QString &hash);
    void askTrust(const QString &name, const QStringList &facts, const QString &hash,
                  const std::function<void()> &then);

    // maintasks.cpp: the work
    QString selectedKey() const;
    const JobEntry *selected() const;
    void select(const QString &key);
    void compare(const QString &key, const AfterCompare &follow = {});
    void review(const QString &key, bool byItself = false);
    void synchronise();
    void verify();
    void check();
    void report(const QString &key, bool byItself = false);
    void retry(const QString &key, const QStringList &tables);
    void pause(const QString &key, bool pause);
    void stop(const QString &key);
    bool mayTakeFocus() const;
    void present(QWidget &window, bool byItself);
    void taskStarted(const QString &key, Task task);
    void taskFinished(const QString &key, const TaskResult &result);
    void runFinished(const QString &key, const TaskResult &result);
    void compareFinished(const QString &key, const TaskResult &result);
    void dropPlan(JobEntry &job);

    QString m_folder;
    Preferences m_preferences;
    QThreadPool m_saving; // of the preferences
    bool m_systemIsDark = false;
    MainWishes m_wants; // as soon as the jobs are there
    PasswordAsker m_asker;
    std::shared_ptr<class Desk> m_desk;
    std::unique_ptr<JobController> m_controller;
    WorkspaceWatch m_watch;
    std::unique_ptr<MainPresence> m_presence;
    JobListModel *m_jobs;
    QSortFilterProxyModel *m_found;
    QHash<QString, AfterCompare> m_follow;
    QSet<QString> m_verifyAfter;
    OpenWindows m_windows;
    QString m_samples; // their folder; set once the workspace is open
    std::optional<Error> m_unreadable; // the workspace, the last time that it was read
    qint64 m_journalBytes = 0;
    int m_load = 0; // the newest reading of the workspace
    std::function<void()> m_afterReload; // once what was written has been read
    QString m_selectNext; // the job by its name, once it has been read
    bool m_loaded = false;
    bool m_building = false; // the sample
    bool m_closesAfterEditors = false;

    MainActions m_actions{};
    MainMenus m_menus{};
    QToolBar *m_bar = nullptr;
    QLineEdit *m_search = nullptr;
    QStackedWidget *m_pages = nullptr;
    EmptyPlace *m_opening = nullptr, *m_nothingFound = nullptr;
    StartPage *m_start = nullptr;
    QSplitter *m_splitter = nullptr;
    QListView *m_list = nullptr;
    QStackedWidget *m_listPages = nullptr;
    JobPanel *m_panel = nullptr;
    QLabel *m_status = nullptr, *m_place = nullptr;
};

} // namespace tidemark
