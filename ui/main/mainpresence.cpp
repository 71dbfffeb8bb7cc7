// SPDX-License-Identifier: GPL-3.0-or-later
// The main window in the tray, and what closing it means.
#include "ui/main/mainpresence.h"

#include <QApplication>
#include <QPushButton>

#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/main/scheduledesk.h"
#include "ui/tray/notifier.h"
#include "ui/tray/trayicon.h"
#include "ui/widgets/askbox.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int laterMs = 250;
static constexpr int trayComesMs = 5000; // after a login, while the desktop is still being built

MainPresence::MainPresence(MainWindow &window, bool stays) : m_window(window), m_stays(stays)
{
    m_later.setSingleShot(true);
    m_later.setInterval(laterMs);
    connect(&m_later, &QTimer::timeout, this, [this] {
        m_tray->show(trayViewOf(m_window.m_jobs->jobs(), isPaused(), QDateTime::currentMSecsSinceEpoch() * 1000));
    });
    if (!m_stays)
        return;
    QApplication::setQuitOnLastWindowClosed(false); // the window's end is the program's, not that of a report
    m_tray = std::make_unique<TrayIcon>();
    m_notifier = std::make_unique<Notifier>(&m_tray->icon());
    connectTray();
    const auto later = [this] { refresh(); };
    connect(m_window.m_jobs, &QAbstractItemModel::dataChanged, this, later);
    connect(m_window.m_jobs, &QAbstractItemModel::modelReset, this, later);
    connect(m_window.m_jobs, &QAbstractItemModel::rowsInserted, this, later);
    connect(m_window.m_jobs, &QAbstractItemModel::rowsRemoved, this, later);
    m_tray->show(TrayView());
    m_midnight.setSingleShot(true);
    m_midnight.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_midnight, &QTimer::timeout, this, [this] {
        refresh();
        m_window.showActions();
        beginDays();
    });
    beginDays();
}

void MainPresence::beginDays()
{
    const QDateTime now = QDateTime::currentDateTime();
    constexpr int coarseMs = 1000;
    m_midnight.start(static_cast<int>(now.msecsTo(now.date().addDays(1).startOfDay())) + coarseMs);
}

MainPresence::~MainPresence() { m_following->cancel(); }

void MainPresence::connectTray()
{
    connect(m_tray.get(), &TrayIcon::openRequested, this, &MainPresence::comeForward);
    connect(m_tray.get(), &TrayIcon::runRequested, this, &MainPresence::runReviewed);
    connect(m_tray.get(), &TrayIcon::runAllRequested, this, &MainPresence::runAll);
    connect(m_tray.get(), &TrayIcon::pauseRequested, this, &MainPresence::pauseAll);
    connect(m_tray.get(), &TrayIcon::conflictsRequested, this, [this](const QString &key) {
        goTo({NoticePlace::Kind::Conflicts, key});
    });
    connect(m_tray.get(), &TrayIcon::historyRequested, this, [this] { goTo({NoticePlace::Kind::History, {}}); });
    connect(m_tray.get(), &TrayIcon::quitRequested, this, &MainPresence::quit);
    connect(m_notifier.get(), &Notifier::clicked, this, &MainPresence::goTo);
}

void MainPresence::refresh()
{
    if (m_stays && !m_later.isActive())
        m_later.start();
}

void MainPresence::retranslate()
{
    if (!m_tray)
        return;
    m_tray->retranslate();
    refresh();
}

void MainPresence::goTo(const NoticePlace &place)
{
    if (!m_window.m_loaded)
        return comeForward();
    switch (place.kind) {
    case NoticePlace::Kind::Window:
        m_window.select(place.key);
        return comeForward();
    case NoticePlace::Kind::Conflicts:
        return m_window.showConflicts(place.key);
    case NoticePlace::Kind::Report:
        return m_window.report(place.key);
    case NoticePlace::Kind::Review:
        comeForward();
        m_window.select(place.key);
        return m_window.compare(place.key, {true, {}, {}});
    case NoticePlace::Kind::History:
        return m_window.showHistory({});
    }
}

void MainPresence::comeForward()
{
    m_window.setAttribute(Qt::WA_ShowWithoutActivating, false);
    if (m_window.isMinimized())
        m_window.showNormal();
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

void MainPresence::startHidden()
{
    if (m_tray->isThere())
        return;
    QTimer::singleShot(trayComesMs, this, [this] {
        if (!m_tray->isThere() && !m_window.isVisible())
            m_window.showMinimized();
    });
}

// Into the tray; where there is none, into the task bar. Each is said once.
void MainPresence::hideAway()
{
    if (!m_tray || !m_tray->isThere()) {
        if (!m_stays || std::exchange(m_window.m_preferences.toldOfNoTray, true))
            return m_window.showMinimized();
        m_window.savePreferences();
        auto *box = new AskBox(u"question"_s, tr("Tidemark stays open"),
                               tr("This desktop has no tray, so the window is minimised: jobs with a schedule go on "
                                  "running. Quit in the menu Job ends them."),
                               &m_window);
        box->setObjectName(u"noTrayBox"_s);
        box->addKeepButton(tr("Minimise"));
        connect(box, &QDialog::finished, &m_window, &QWidget::showMinimized);
        return box->open();
    }
    m_window.hide();
    if (std::exchange(m_window.m_preferences.toldOfTray, true))
        return;
    m_window.savePreferences();
    m_notifier->show({tr("Tidemark stays open in the tray"),
                      tr("Jobs with a schedule go on running. Quit in the menu of the sign ends them."),
                      {}});
}

bool MainPresence::hidesInstead()
{
    if (!m_stays || m_quitting || !m_window.m_preferences.staysOpen || qApp->isSavingSession())
        return false;
    m_window.m_preferences.geometry = m_window.saveGeometry();
    m_window.savePreferences();
    hideAway();
    return true;
}

void MainPresence::quit()
{
    m_quitting = true;
    const bool asks = m_window.m_controller && m_window.m_controller->runningCount() > 0;
    if (m_window.isVisible() || asks || !m_window.m_windows.editors.isEmpty())
        comeForward(); // what is asked is seen
    m_window.close();
}

// In mid-run.
void MainPresence::askQuit()
{
    m_quitting = false;
    const int running = m_window.m_controller->runningCount();
    const QString text = running == 1 ? tr("1 task is running.") : tr("%1 tasks are running.").arg(running);
    auto *box = new AskBox(u"warning"_s, tr("Quit Tidemark"), text, &m_window);
    box->setObjectName(u"closeBox"_s);
    box->setInformativeText(tr("Cancelled at once, the batch in hand is rolled back. Whatever is left is written by "
                               "the next run."));
    const QPushButton *finish = box->addButton(tr("&Finish, then quit"), QMessageBox::AcceptRole);
    const QPushButton *stop = box->addButton(tr("&Stop after this batch"), QMessageBox::AcceptRole);
    const QPushButton *cancel = box->addButton(tr("&Cancel and quit"), QMessageBox::DestructiveRole);
    box->addKeepButton(tr("&Keep running"));
    connect(finish, &QPushButton::clicked, this, &MainPresence::end);
    connect(stop, &QPushButton::clicked, this, &MainPresence::endAfterBatch);
    connect(cancel, &QPushButton::clicked, this, [this] {
        const QStringList keys = runningKeys();
        for (const QString &key : keys)
            m_window.m_controller->cancel(key);
        end(); // also a cancelled run is told of, and followed by what its job says
    });
    box->open();
}

QStringList MainPresence::runningKeys() const
{
    QStringList keys;
    for (const JobEntry &job : m_window.m_jobs->jobs()) {
        if (job.running)
            keys << job.key;
    }
    return keys;
}

void MainPresence::endAfterBatch()
{
    const QStringList keys = runningKeys();
    for (const QString &key : keys)
        m_window.stop(key);
    end();
}

bool MainPresence::endsLater()
{
    if (m_followers == 0 || std::exchange(m_waitsForFollowers, true))
        return false;
    m_quitsWhenIdle = true;
    m_window.showStatus();
    return true;
}

// Now, or once nothing runs any more; nothing begins until then.
void MainPresence::end()
{
    m_quitsWhenIdle = true;
    if (m_followers > 0 || (m_window.m_controller && m_window.m_controller->runningCount() > 0)) {
        m_window.showStatus();
        return;
    }
    m_quitting = true;
    m_window.close();
}

void MainPresence::obey(const InstanceMessage &message)
{
    switch (message.wish) {
    case InstanceMessage::Wish::None:
        return;
    case InstanceMessage::Wish::Show:
        return comeForward();
    case InstanceMessage::Wish::Sample:
        comeForward();
        return m_window.trySample();
    case InstanceMessage::Wish::Open:
        comeForward();
        return m_window.openJobFile(message.text);
    case InstanceMessage::Wish::Run:
        return runJob(message.text);
    }
}

} // namespace tidemark
