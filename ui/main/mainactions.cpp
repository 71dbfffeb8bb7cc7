// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done in the main window: actions, menus, tool bar, and their words.
#include "ui/main/mainwindow.h"

#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QToolBar>
#include <QWhatsThis>

#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/mainpresence.h"
#include "ui/main/startpage.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void MainWindow::buildActions()
{
    const auto make = [this](const QString &icon, const QKeySequence &keys, auto slot) {
        auto *action = new QAction(this);
        if (!icon.isEmpty())
            action->setIcon(signs::icon(icon));
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_actions.compare = make(u"compare"_s, Qt::Key_F5, [this] { compare(selectedKey()); });
    m_actions.review = make(u"review"_s, Qt::Key_F6, [this] { review(selectedKey()); });
    m_actions.synchronise = make(u"sync"_s, Qt::Key_F9, [this] { synchronise(); });
    m_actions.verify = make(u"done"_s, QKeySequence(Qt::CTRL | Qt::Key_F5), [this] { verify(); });
    m_actions.check = make(u"shield"_s, Qt::Key_F7, [this] { check(); });
    m_actions.conflicts = make(u"conflict"_s, Qt::Key_F4, [this] { showConflicts(selectedKey()); });
    m_actions.history = make(u"history"_s, QKeySequence(Qt::CTRL | Qt::Key_H), [this] {
        const JobEntry *job = selected();
        showHistory(job && job->settings ? job->settings->id : QString());
    });
    m_actions.aside = make(u"skipped"_s, QKeySequence(Qt::SHIFT | Qt::Key_F4), [this] {
        if (const JobEntry *job = selected(); job && job->settings)
            showAside(job->settings->source);
    });
    m_actions.report = make(u"jobs"_s, Qt::Key_F8, [this] { report(selectedKey()); });
    m_actions.pause = make({}, QKeySequence(Qt::CTRL | Qt::Key_P), [this] {
        if (const JobEntry *job = selected())
            pause(job->key, !job->paused);
    });
    m_actions.stop = make({}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Period), [this] { stop(selectedKey()); });
    m_actions.cancel =
        make(u"cancel"_s, QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { m_controller->cancel(selectedKey()); });
    m_actions.newJob = make(u"new"_s, QKeySequence::New, [this] { newJob(); });
    m_actions.openJob = make(u"folder"_s, QKeySequence::Open, [this] { chooseJobFile(); });
    m_actions.editJob = make(u"edit"_s, Qt::Key_F2, [this] { editJob(); });
    m_actions.duplicateJob = make({}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), [this] { duplicateJob(); });
    m_actions.enableJob = make({}, QKeySequence(Qt::CTRL | Qt::Key_E), [this] { enableJob(); });
    m_actions.saveJob = make({}, QKeySequence::Save, [this] { saveVisitor(); });
    m_actions.removeJob = make({}, QKeySequence::Delete, [this] { removeJob(); });
    m_actions.pauseJob = make({}, {}, [this] { m_presence->pauseJob(selectedKey(), m_actions.pauseJob->isChecked()); });
    m_actions.pauseAll = make({}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
                              [this] { m_presence->pauseAll(m_actions.pauseAll->isChecked()); });
    m_actions.connections = make(u"database"_s, QKeySequence(Qt::CTRL | Qt::Key_D), [this] { showConnections(); });
    m_actions.compareTwo = make(u"compare"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), [this] { compareTwo(); });
    m_actions.sample = make(u"sample"_s, {}, [this] { trySample(); });
    m_actions.secondSample = make(u"sample"_s, {}, [this] { trySample(SampleKind::Tablet); });
    m_actions.resetSamples = make({}, {}, [this] { resetSamples(); });
    m_actions.removeSamples = make({}, {}, [this] { removeSamples(); });
    m_actions.search = make(u"search"_s, QKeySequence::Find, [this] {
        m_search->setFocus();
        m_search->selectAll();
    });
    m_actions.settings = make({}, QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { showSettings(); });
    m_actions.quit = make({}, QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { m_presence->quit(); });
    m_actions.about = make({}, {}, [this] { about(); });
    m_actions.whatsThis = QWhatsThis::createAction(this);
    m_actions.whatsThis->setIcon(signs::icon(u"question"_s));
    for (QAction *action : {m_actions.enableJob, m_actions.pauseJob, m_actions.pauseAll})
        action->setCheckable(true);
}

void MainWindow::buildMenus()
{
    m_menus.job = menuBar()->addMenu(QString());
    m_menus.job->addActions({m_actions.newJob, m_actions.openJob});
    m_menus.recent = m_menus.job->addMenu(QString());
    connect(m_menus.recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    m_menus.job->addSeparator();
    m_menus.job->addActions(
        {m_actions.editJob, m_actions.duplicateJob, m_actions.enableJob, m_actions.saveJob, m_actions.removeJob});
    m_menus.job->addSeparator();
    m_menus.job->addActions({m_actions.check, m_actions.report, m_actions.aside, m_actions.history});
    m_menus.job->addSeparator();
    m_menus.job->addAction(m_actions.quit);
    m_menus.work = menuBar()->addMenu(QString());
    m_menus.work->addActions(
        {m_actions.compare, m_actions.review, m_actions.synchronise, m_actions.conflicts, m_actions.verify});
    m_menus.work->addSeparator();
    m_menus.work->addActions({m_actions.pause, m_actions.stop, m_actions.cancel});
    m_menus.work->addSeparator();
    m_menus.work->addActions({m_actions.pauseJob, m_actions.pauseAll});
    m_menus.connection = menuBar()->addMenu(QString());
    m_menus.connection->addActions({m_actions.connections, m_actions.compareTwo});
    m_menus.view = menuBar()->addMenu(QString());
    m_menus.view->addActions({m_actions.search, m_actions.settings});
    m_menus.help = menuBar()->addMenu(QString());
    m_menus.sample = m_menus.help->addMenu(QString());
    m_menus.sample->addActions({m_actions.sample, m_actions.secondSample});
    m_menus.sample->addSeparator();
    m_menus.sample->addActions({m_actions.resetSamples, m_actions.removeSamples});
    m_menus.help->addAction(m_actions.whatsThis);
    m_menus.help->addSeparator();
    m_menus.help->addAction(m_actions.about);
}

void MainWindow::buildToolBar()
{
    m_bar = addToolBar(QString());
    m_bar->setObjectName(u"work"_s);
    m_bar->setMovable(false);
    m_bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_bar->setIconSize({20, 20});
    m_bar->addActions({m_actions.compare, m_actions.review, m_actions.synchronise});
    m_bar->addSeparator();
    m_bar->addActions({m_actions.newJob, m_actions.editJob});
    auto *space = new QWidget(m_bar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_bar->addWidget(space);
    m_search = new QLineEdit(m_bar);
    m_search->setObjectName(u"search"_s);
    m_search->setMinimumWidth(160);
    m_search->setMaximumWidth(280);
    m_search->setClearButtonEnabled(true);
    m_search->addAction(signs::icon(u"search"_s, theme::Token::Muted), QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_found->setFilterFixedString(text);
        showPage();
    });
    m_bar->addWidget(m_search);
    auto *margin = new QWidget(m_bar);
    margin->setFixedWidth(4);
    m_bar->addWidget(margin);
}

void MainWindow::fillRecent()
{
    m_menus.recent->clear();
    for (const QString &file : std::as_const(m_preferences.recentFiles))
        m_menus.recent->addAction(QDir::toNativeSeparators(file).replace(u'&', u"&&"_s), this,
                                  [this, file] { openJobFile(file); });
}

// What each action is called, says of itself, and explains under What's This.
void MainWindow::nameActions()
{
    const auto name = [](QAction *action, const QString &text, const QString &tip = {}, const QString &what = {}) {
        // "比较(&C)" is 比较 on a button.
        static const QRegularExpression mnemonic(u"\\(&.\\)|&"_s);
        const QString plain = QString(text).remove(mnemonic);
        action->setText(text);
        action->setIconText(plain);
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip((tip.isEmpty() ? plain : tip) + (keys.isEmpty() ? QString() : u" ("_s + keys + u')'));
        action->setWhatsThis(what.isEmpty() ? tip : what);
    };
    name(m_actions.compare, tr("&Compare"), tr("Shows what would change; writes nothing"),
         tr("Reads both sides and finds every row that differs. Nothing is written until the rows were on screen."));
    name(m_actions.review, tr("&Review"), tr("Opens the rows of the last comparison"),
         tr("The rows of the last comparison, both sides next to each other. Rows can be skipped there."));
    name(m_actions.synchronise, tr("&Synchronise"), tr("Writes the target, after a preview"),
         tr("Writes the rows of the preview into the target. A row that changed since the preview is not written; the "
            "report lists it."));
    name(m_actions.verify, tr("&Verify"), tr("Compares everything again and reports differences"));
    name(m_actions.check, tr("C&heck…"), tr("Says what a run would meet, without running"));
    name(m_actions.conflicts, tr("&Answer conflicts…"),
         tr("Rows that both sides changed, side by side, to be answered"),
         tr("Both sides changed these rows and no rule decides them. Nothing is written until each has an answer."));
    name(m_actions.history, tr("&History…"), tr("Past runs, what they wrote, and the ways back"),
         tr("Every run with its tables and rows. A run, or one row of it, can be put back as it was."));
    name(m_actions.report, tr("R&eport…"), tr("Errors, counts and rows left unwritten of the last run"));
    name(m_actions.aside, tr("&Messages set aside…"), tr("What of its queue could not be applied, and the way back"),
         tr("Messages that no run could apply, with the reason. They can be edited, put back into the queue or "
            "dropped."));
    name(m_actions.pause, tr("&Pause"), tr("Pauses between batches, and goes on"));
    name(m_actions.stop, tr("S&top after this batch"), tr("Writes the batch in hand, then ends"));
    name(m_actions.cancel, tr("C&ancel"), tr("Ends at once; the batch in hand is rolled back"));
    name(m_actions.newJob, tr("&New"), tr("New job"));
    name(m_actions.openJob, tr("&Open job file…"));
    name(m_actions.editJob, tr("&Edit"), tr("Edit the selected job"));
    name(m_actions.duplicateJob, tr("&Duplicate"), tr("A second job with the same settings and no history"));
    name(m_actions.enableJob, tr("Ena&bled"), tr("A disabled job is neither compared nor synchronised"));
    name(m_actions.saveJob, tr("&Save as job…"), tr("Keeps this comparison as a job"));
    name(m_actions.removeJob, tr("&Remove…"));
    name(m_actions.pauseJob, tr("Pause &its schedule"), tr("This job does not start by itself until it goes on"));
    name(m_actions.pauseAll, tr("Pause all sche&dules"), tr("No job starts by itself until they go on"));
    name(m_actions.connections, tr("&Connections…"));
    name(m_actions.compareTwo, tr("Compare &two databases…"));
    name(m_actions.sample, tr("&One way: Till → Report copy"), tr("Builds two small shop databases and compares them"));
    name(m_actions.secondSample, tr("&Two ways: Till ↔ Tablet"),
         tr("Builds two small shop databases that both changed, with three conflicts"));
    name(m_actions.resetSamples, tr("&Reset the samples"), tr("As on their first day, without history"));
    name(m_actions.removeSamples, tr("Re&move the samples…"));
    name(m_actions.search, tr("&Search jobs"));
    name(m_actions.settings, tr("Se&ttings…"));
    name(m_actions.quit, tr("&Quit"));
    name(m_actions.about, tr("&About Tidemark"));
    name(m_actions.whatsThis, tr("&What's this?"), tr("Explains what is clicked next"));
}

void MainWindow::retranslate()
{
    nameActions();
    m_menus.job->setTitle(tr("&Job"));
    m_menus.recent->setTitle(tr("Recent &files"));
    m_menus.work->setTitle(tr("&Work"));
    m_menus.connection->setTitle(tr("&Connections"));
    m_menus.view->setTitle(tr("&View"));
    m_menus.help->setTitle(tr("&Help"));
    m_menus.sample->setTitle(tr("&Samples"));
    m_bar->setWindowTitle(tr("Work"));
    m_search->setPlaceholderText(tr("Search (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search jobs"));
    m_search->setWhatsThis(tr("Finds jobs by their name or by one of their connections."));
    m_list->setAccessibleName(tr("Jobs"));
    m_list->setWhatsThis(tr("Every job of the workspace, those with problems first. Return opens the preview."));
    m_panel->setWhatsThis(tr("How the selected job stands, and the next step."));
    m_nothingFound->setSentence(tr("No job or connection has this name."));
    m_nothingFound->setButton(tr("Show all"));
    if (!m_loaded)
        showOpening();
    m_start->retranslate();
    m_panel->retranslate();
    m_jobs->retranslate();
    m_presence->retranslate();
    showStatus();
}

} // namespace tidemark
