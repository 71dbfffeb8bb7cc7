// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/trayicon.h"

#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

TrayIcon::TrayIcon(QObject *parent) : QObject(parent)
{
    m_menu.setObjectName(u"trayMenu"_s);
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            Q_EMIT openRequested();
    });
}

bool TrayIcon::isThere() const { return m_icon.isVisible() && QSystemTrayIcon::isSystemTrayAvailable(); }

void TrayIcon::show(const TrayView &view)
{
    if (m_view == view && m_icon.isVisible())
        return;
    const std::optional<TrayView> before = std::exchange(m_view, view);
    if (!before || before->state != view.state)
        m_icon.setIcon(trayIcon(view.state));
    m_icon.setToolTip(toolTip());
    // A menu that is open keeps its entries while the minutes of a line pass.
    const auto entries = [](TrayView of) {
        of.state = TrayState::Idle;
        of.lastLine.clear();
        return of;
    };
    if (!before || entries(*before) != entries(view))
        fillMenu();
    m_icon.show();
}

void TrayIcon::retranslate()
{
    if (!m_view)
        return;
    m_icon.setToolTip(toolTip());
    fillMenu();
}

QString TrayIcon::toolTip() const
{
    QStringList lines{tr("Tidemark")};
    if (m_view->running > 0)
        lines << tr("%n job(s) running", nullptr, m_view->running);
    if (m_view->conflicts > 0)
        lines << tr("%Ln conflict(s) to answer", nullptr, static_cast<int>(m_view->conflicts));
    if (!m_view->lastLine.isEmpty())
        lines << m_view->lastLine;
    if (!m_view->nextLine.isEmpty())
        lines << m_view->nextLine;
    return lines.join(u'\n');
}

// "R&D" is a name, no key.
static QString plain(QString name) { return name.replace(u'&', u"&&"_s); }

void TrayIcon::fillMenu()
{
    m_menu.clear();
    m_menu.setDefaultAction(m_menu.addAction(tr("&Open Tidemark"), this, &TrayIcon::openRequested));
    m_menu.addSeparator();
    fillJobs(*m_menu.addMenu(signs::icon(u"sync"_s), tr("&Run a job")));
    const bool any =
        std::any_of(m_view->jobs.cbegin(), m_view->jobs.cend(), [](const auto &job) { return job.canRun; });
    m_menu.addAction(tr("Run &all jobs"), this, &TrayIcon::runAllRequested)->setEnabled(any);
    QAction *pause =
        m_view->paused ? m_menu.addAction(tr("R&esume the schedule")) : m_menu.addAction(tr("&Pause the schedule"));
    pause->setEnabled(m_view->hasSchedule);
    connect(pause, &QAction::triggered, this, [this, on = !m_view->paused] { Q_EMIT pauseRequested(on); });
    if (!m_view->nextLine.isEmpty())
        m_menu.addAction(plain(m_view->nextLine))->setEnabled(false);
    m_menu.addSeparator();
    fillConflicts();
    m_menu.addAction(signs::icon(u"history"_s), tr("&History…"), this, &TrayIcon::historyRequested);
    m_menu.addSeparator();
    m_menu.addAction(tr("&Quit"), this, &TrayIcon::quitRequested);
}

void TrayIcon::fillJobs(QMenu &menu)
{
    for (const TrayView::Job &job : m_view->jobs) {
        const QString text = job.running ? tr("%1 (running)").arg(job.name) : job.name;
        QAction *action = menu.addAction(plain(text));
        action->setEnabled(job.canRun);
        connect(action, &QAction::triggered, this, [this, key = job.key] { Q_EMIT runRequested(key); });
    }
    menu.setEnabled(!m_view->jobs.isEmpty());
}

// One job's: straight there; of several: a list.
void TrayIcon::fillConflicts()
{
    QList<TrayView::Job> open;
    std::copy_if(m_view->jobs.cbegin(), m_view->jobs.cend(), std::back_inserter(open),
                 [](const TrayView::Job &job) { return job.conflicts > 0; });
    const QString text = m_view->conflicts == 0
        ? tr("No open &conflicts")
        : tr("Answer %Ln &conflict(s)…", nullptr, static_cast<int>(m_view->conflicts));
    if (open.size() < 2) {
        QAction *action = m_menu.addAction(signs::icon(u"conflict"_s, theme::Token::Conflict), text);
        action->setEnabled(!open.isEmpty());
        const QString key = open.isEmpty() ? QString() : open.first().key;
        connect(action, &QAction::triggered, this, [this, key] { Q_EMIT conflictsRequested(key); });
        return;
    }
    QMenu *menu = m_menu.addMenu(signs::icon(u"conflict"_s, theme::Token::Conflict), text);
    for (const TrayView::Job &job : std::as_const(open)) {
        QAction *action = menu->addAction(plain(u"%1: %2"_s.arg(job.name, format::count(job.conflicts))));
        connect(action, &QAction::triggered, this, [this, key = job.key] { Q_EMIT conflictsRequested(key); });
    }
}

} // namespace tidemark
