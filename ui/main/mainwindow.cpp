// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/mainwindow.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>

#include "app/wording/wording.h"
#include "ui/jobs/jobdelegate.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/startpage.h"
#include "ui/plan/previewwindow.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

MainWindow::MainWindow(const Options &options, QWidget *parent)
    : QMainWindow(parent), m_folder(options.folder), m_preferences(options.preferences),
      m_systemIsDark(options.systemIsDark), m_jobs(new JobListModel(this)), m_found(new QSortFilterProxyModel(this))
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(QIcon(u":/tidemark.svg"_s));
    setMinimumSize(960, 600);
    resize(1180, 720);
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    m_asker.setWindow(this);
    m_found->setSourceModel(m_jobs);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    buildActions();
    buildMenus();
    buildToolBar();
    buildPages();
    m_status = new QLabel(this);
    m_place = new QLabel(this);
    m_place->setForegroundRole(QPalette::PlaceholderText);
    statusBar()->addWidget(m_status, 1);
    statusBar()->addPermanentWidget(m_place);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(theme::group, 0, theme::group, 0);
    if (!m_preferences.geometry.isEmpty())
        restoreGeometry(m_preferences.geometry);
    if (!m_preferences.splitter.isEmpty())
        m_splitter->restoreState(m_preferences.splitter);
    retranslate();
    showPage();
    openDesk();
}

MainWindow::~MainWindow()
{
    for (const QPointer<PreviewWindow> &preview : std::as_const(m_previews))
        delete preview.data();
    // Those who wait for a password must not keep the tasks from ending.
    m_asker.close();
    if (m_controller) {
        m_controller->disconnect(this);
        for (const JobEntry &job : m_jobs->jobs())
            m_controller->dropPlan(job.planFile);
    }
    m_controller.reset();
}

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
    m_actions.verify = make(u"done"_s, QKeySequence(Qt::CTRL | Qt::Key_F5), [this] {
        if (const JobEntry *job = selected(); job && job->settings)
            m_controller->start(*job->settings, Task::Verify);
    });
    m_actions.cancel =
        make(u"cancel"_s, QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { m_controller->cancel(selectedKey()); });
    m_actions.newJob = make(u"new"_s, QKeySequence::New, [this] { newJob(); });
    m_actions.editJob = make(u"edit"_s, Qt::Key_F2, [this] { editJob(); });
    m_actions.removeJob = make({}, QKeySequence::Delete, [this] { removeJob(); });
    m_actions.connections = make(u"database"_s, QKeySequence(Qt::CTRL | Qt::Key_D), [this] { showConnections(); });
    m_actions.compareTwo = make(u"compare"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), [this] { compareTwo(); });
    m_actions.sample = make(u"sample"_s, {}, [this] { trySample(); });
    m_actions.search = make(u"search"_s, QKeySequence::Find, [this] {
        m_search->setFocus();
        m_search->selectAll();
    });
    m_actions.quit = make({}, QKeySequence::Quit, [this] { close(); });
    m_actions.english = make({}, {}, [this] { setLanguage(u"en"_s); });
    m_actions.chinese = make({}, {}, [this] { setLanguage(u"zh_CN"_s); });
    m_actions.themeSystem = make({}, {}, [this] { setTheme(theme::Choice::System); });
    m_actions.themeLight = make({}, {}, [this] { setTheme(theme::Choice::Light); });
    m_actions.themeDark = make({}, {}, [this] { setTheme(theme::Choice::Dark); });
    auto *languages = new QActionGroup(this);
    for (QAction *action : {m_actions.english, m_actions.chinese}) {
        action->setCheckable(true);
        languages->addAction(action);
    }
    auto *themes = new QActionGroup(this);
    for (QAction *action : {m_actions.themeSystem, m_actions.themeLight, m_actions.themeDark}) {
        action->setCheckable(true);
        themes->addAction(action);
    }
    const bool chinese = m_preferences.language.isEmpty() ? QLocale::system().language() == QLocale::Chinese
                                                          : m_preferences.language.startsWith(u"zh"_s);
    (chinese ? m_actions.chinese : m_actions.english)->setChecked(true);
    (m_preferences.theme == theme::Choice::Light      ? m_actions.themeLight
         : m_preferences.theme == theme::Choice::Dark ? m_actions.themeDark
                                                      : m_actions.themeSystem)
        ->setChecked(true);
}

void MainWindow::buildMenus()
{
    m_jobMenu = menuBar()->addMenu(QString());
    m_jobMenu->addActions({m_actions.newJob, m_actions.editJob, m_actions.removeJob});
    m_jobMenu->addSeparator();
    m_jobMenu->addAction(m_actions.quit);
    m_workMenu = menuBar()->addMenu(QString());
    m_workMenu->addActions({m_actions.compare, m_actions.review, m_actions.synchronise});
    m_workMenu->addSeparator();
    m_workMenu->addActions({m_actions.verify, m_actions.cancel});
    m_connectionMenu = menuBar()->addMenu(QString());
    m_connectionMenu->addActions({m_actions.connections, m_actions.compareTwo});
    m_viewMenu = menuBar()->addMenu(QString());
    m_viewMenu->addAction(m_actions.search);
    m_viewMenu->addSeparator();
    m_languageMenu = m_viewMenu->addMenu(QString());
    m_languageMenu->addActions({m_actions.english, m_actions.chinese});
    m_themeMenu = m_viewMenu->addMenu(QString());
    m_themeMenu->addActions({m_actions.themeSystem, m_actions.themeLight, m_actions.themeDark});
    m_helpMenu = menuBar()->addMenu(QString());
    m_helpMenu->addAction(m_actions.sample);
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
    m_search->setMaximumWidth(240);
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

void MainWindow::buildPages()
{
    m_pages = new QStackedWidget(this);
    m_opening = new EmptyPlace(u"folder"_s, this);
    m_start = new StartPage(this);
    m_list = new QListView(this);
    m_list->setObjectName(u"jobList"_s);
    m_list->setModel(m_found);
    m_list->setItemDelegate(new JobDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->addActions({m_actions.compare, m_actions.review, m_actions.synchronise, m_actions.verify, m_actions.cancel,
                        m_actions.editJob, m_actions.removeJob});
    m_nothingFound = new EmptyPlace(u"search"_s, this);
    connect(m_nothingFound, &EmptyPlace::clicked, m_search, &QLineEdit::clear);
    m_listPages = new QStackedWidget(this);
    m_listPages->addWidget(m_list);
    m_listPages->addWidget(m_nothingFound);
    m_panel = new JobPanel(this);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(m_listPages);
    m_splitter->addWidget(m_panel);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({620, 380});
    m_splitter->setStretchFactor(0, 62);
    m_splitter->setStretchFactor(1, 38);
    m_pages->addWidget(m_opening);
    m_pages->addWidget(m_start);
    m_pages->addWidget(m_splitter);
    setCentralWidget(m_pages);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &MainWindow::showActions);
    connect(m_list, &QListView::activated, this, [this] {
        if (m_actions.review->isEnabled())
            review(selectedKey());
        else if (m_actions.compare->isEnabled())
            compare(selectedKey());
    });
    connect(m_jobs, &QAbstractItemModel::dataChanged, this, &MainWindow::showActions);
    connect(m_jobs, &QAbstractItemModel::modelReset, this, &MainWindow::showPage);
    connect(m_jobs, &QAbstractItemModel::rowsInserted, this, &MainWindow::showPage);
    connect(m_jobs, &QAbstractItemModel::rowsRemoved, this, &MainWindow::showPage);
    connect(m_panel, &JobPanel::compareRequested, m_actions.compare, &QAction::trigger);
    connect(m_panel, &JobPanel::reviewRequested, m_actions.review, &QAction::trigger);
    connect(m_panel, &JobPanel::cancelRequested, m_actions.cancel, &QAction::trigger);
    connect(m_start, &StartPage::sampleRequested, this, &MainWindow::trySample);
    connect(m_start, &StartPage::compareRequested, this, [this] { compareTwo(); });
    connect(m_start, &StartPage::newJobRequested, this, &MainWindow::newJob);
}

void MainWindow::retranslate()
{
    setWindowTitle(tr("Tidemark"));
    m_jobMenu->setTitle(tr("&Job"));
    m_workMenu->setTitle(tr("&Work"));
    m_connectionMenu->setTitle(tr("&Connections"));
    m_viewMenu->setTitle(tr("&View"));
    m_languageMenu->setTitle(tr("&Language"));
    m_themeMenu->setTitle(tr("&Theme"));
    m_helpMenu->setTitle(tr("&Help"));
    m_bar->setWindowTitle(tr("Work"));
    const auto name = [](QAction *action, const QString &text, const QString &tip = {}) {
        // "比较(&C)" is 比较 on a button.
        static const QRegularExpression mnemonic(u"\\(&.\\)|&"_s);
        const QString plain = QString(text).remove(mnemonic);
        action->setText(text);
        action->setIconText(plain);
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip((tip.isEmpty() ? plain : tip) + (keys.isEmpty() ? QString() : u" ("_s + keys + u')'));
    };
    name(m_actions.compare, tr("&Compare"), tr("Shows what would change; writes nothing"));
    name(m_actions.review, tr("&Review"), tr("Opens the rows of the last comparison"));
    name(m_actions.synchronise, tr("&Synchronise"), tr("Writes the target, after a preview"));
    name(m_actions.verify, tr("&Verify"), tr("Compares everything again and reports differences"));
    name(m_actions.cancel, tr("C&ancel"), tr("Stops after the current batch"));
    name(m_actions.newJob, tr("&New"), tr("New job"));
    name(m_actions.editJob, tr("&Edit"), tr("Edit the selected job"));
    name(m_actions.removeJob, tr("&Remove…"));
    name(m_actions.connections, tr("&Connections…"));
    name(m_actions.compareTwo, tr("Compare &two databases…"));
    name(m_actions.sample, tr("Try the &sample"));
    name(m_actions.search, tr("&Search jobs"));
    name(m_actions.quit, tr("&Quit"));
    m_actions.english->setText(u"English"_s);
    m_actions.chinese->setText(u"简体中文"_s);
    m_actions.themeSystem->setText(tr("As the system"));
    m_actions.themeLight->setText(tr("Light"));
    m_actions.themeDark->setText(tr("Dark"));
    m_search->setPlaceholderText(tr("Search (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search jobs"));
    m_list->setAccessibleName(tr("Jobs"));
    m_nothingFound->setSentence(tr("No job has this name."));
    m_nothingFound->setButton(tr("Show all"));
    if (!m_loaded && !m_desk)
        m_opening->setSentence(tr("Opening the workspace…"));
    m_start->retranslate();
    m_panel->retranslate();
    m_jobs->retranslate();
    showStatus();
}

void MainWindow::showPage()
{
    m_pages->setCurrentIndex(!m_loaded ? 0 : m_jobs->rowCount() == 0 ? 1 : 2);
    m_listPages->setCurrentIndex(m_found->rowCount() == 0 ? 1 : 0);
    m_search->setEnabled(m_jobs->rowCount() > 0);
    if (m_found->rowCount() > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_found->index(0, 0));
    showActions();
}

void MainWindow::showActions()
{
    const JobEntry *job = m_loaded ? selected() : nullptr;
    const bool usable = job && job->settings && !job->running;
    m_actions.compare->setEnabled(usable);
    m_actions.review->setEnabled(usable && job->planned);
    m_actions.synchronise->setEnabled(usable && (!job->planned || job->planned->totals().total() > 0));
    m_actions.verify->setEnabled(usable);
    m_actions.cancel->setEnabled(job && job->running);
    m_actions.editJob->setEnabled(job && !job->visiting && !job->running);
    m_actions.removeJob->setEnabled(job && !job->running);
    for (QAction *action : {m_actions.newJob, m_actions.connections, m_actions.compareTwo})
        action->setEnabled(m_loaded);
    m_actions.sample->setEnabled(m_loaded && !m_building);
    m_panel->showJob(job);
    showStatus();
}

void MainWindow::showStatus()
{
    QStringList parts;
    const int running = m_controller ? m_controller->runningCount() : 0;
    if (m_building)
        parts << tr("Building the sample…");
    if (m_loaded)
        parts << (running > 0 ? tr("%1 running").arg(running) : tr("Nothing is running"));
    if (m_journalBytes > 0)
        parts << tr("journal %1").arg(format::bytes(m_journalBytes));
    m_status->setText(parts.join(u" · "_s));
    m_place->setText(m_folder);
}

void MainWindow::setLanguage(const QString &language)
{
    m_preferences.language = language;
    savePreferences();
    wording::useLanguage(language); // a LanguageChange reaches every window
}

void MainWindow::setTheme(theme::Choice choice)
{
    m_preferences.theme = choice;
    savePreferences();
    theme::apply(choice, m_systemIsDark);
}

void MainWindow::setSystemDark(bool dark)
{
    m_systemIsDark = dark;
    if (m_preferences.theme == theme::Choice::System)
        theme::apply(m_preferences.theme, dark);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange && m_panel)
        m_panel->retranslate();
    // The command line or another window may have changed the workspace meanwhile.
    else if (event->type() == QEvent::ActivationChange && isActiveWindow() && m_loaded)
        reload();
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_controller && m_controller->runningCount() > 0 && !m_closing) {
        event->ignore();
        auto *box = new QMessageBox(
            QMessageBox::NoIcon, tr("Close Tidemark"),
            tr("%1 tasks are running. Closing stops them after the current batch.").arg(m_controller->runningCount()),
            QMessageBox::NoButton, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        const QPushButton *yes = box->addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
        box->addButton(tr("Cancel"), QMessageBox::RejectRole);
        connect(yes, &QPushButton::clicked, this, [this] {
            m_closing = true;
            close();
        });
        box->open();
        return;
    }
    m_preferences.geometry = saveGeometry();
    m_preferences.splitter = m_splitter->saveState();
    savePreferences();
    for (const QPointer<PreviewWindow> &preview : std::as_const(m_previews)) {
        if (preview)
            preview->close();
    }
    event->accept();
    hide();
    QApplication::quit();
}

} // namespace tidemark
