// SPDX-License-Identifier: GPL-3.0-or-later
// What the job editor is made of.
#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/jobs/editoractions.h"
#include "ui/jobs/editorcheckpage.h"
#include "ui/jobs/editornav.h"
#include "ui/jobs/editornotice.h"
#include "ui/jobs/editorrules.h"
#include "ui/jobs/editorschedule.h"
#include "ui/jobs/editorsides.h"
#include "ui/jobs/editortablespage.h"
#include "ui/jobs/jobdialog.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static QFrame *hairline(QWidget *parent, QFrame::Shape shape)
{
    auto *line = new QFrame(parent);
    line->setFrameShape(shape);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    return line;
}

void JobDialog::build()
{
    delete m_body;
    m_body = new QWidget(this);
    m_pages = new QListWidget(m_body);
    m_stack = new QStackedWidget(m_body);
    m_sides = new EditorSides(m_desk, m_draft, m_body);
    m_tables = new EditorTablesPage(m_desk, m_draft, m_body);
    m_rules = new EditorRules(m_draft, false, m_body);
    m_schedule = new EditorSchedule(m_draft, m_body);
    m_schedule->setOtherJobs(m_takenNames);
    m_afterRun = new EditorActions(m_draft, m_body);
    m_check = new EditorCheckPage(m_desk, m_draft, m_checks, m_body);
    m_notice = new EditorNotice(m_body);
    m_strip = new QListView(m_body);
    m_state = new QLabel(m_body);
    m_save = new AccentButton(tr("&Save"), m_body);
    m_undo->setText(tr("Undo"));
    m_redo->setText(tr("Redo"));
    setWindowTitle(m_file.isEmpty() ? tr("New job") : tr("Edit job"));
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(buildPages(), 1);
    column->addWidget(buildStrip());
    column->addWidget(buildButtons());
    layout()->addWidget(m_body);
    addShortcuts();
    connectPages();
    m_stack->setEnabled(false);
    m_save->setEnabled(false);
}

void JobDialog::connectPages()
{
    connect(m_notice, &EditorNotice::clicked, this, &JobDialog::tryAgain);
    connect(m_tables, &EditorTablesPage::tableWanted, this, [this](const TableName &source) {
        if (m_box)
            m_box->want(source);
    });
    connect(m_check, &EditorCheckPage::leadsTo, this, &JobDialog::leadTo);
    connect(m_sides, &EditorSides::connectionMade, this, [this](const ConnectionSettings &made) {
        m_connections << made;
        m_sides->setConnections(m_connections);
        m_checks.setConnections(m_connections);
    });
}

QWidget *JobDialog::buildPages()
{
    m_pages->setObjectName(u"pages"_s);
    m_pages->setAccessibleName(tr("Pages"));
    m_pages->setItemDelegate(new EditorNavDelegate(m_pages));
    m_pages->setFixedWidth(168);
    m_pages->setFrameShape(QFrame::NoFrame);
    m_pages->setMouseTracking(true);
    m_pages->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pages->setBackgroundRole(QPalette::AlternateBase);
    m_pages->viewport()->setBackgroundRole(QPalette::AlternateBase);
    for (const QString &page : {tr("Sides"), tr("Tables"), tr("Rules"), tr("Schedule"), tr("Actions"), tr("Check")})
        m_pages->addItem(page);
    for (QWidget *page :
         {static_cast<QWidget *>(m_sides), static_cast<QWidget *>(m_tables), static_cast<QWidget *>(m_rules),
          static_cast<QWidget *>(m_schedule), static_cast<QWidget *>(m_afterRun), static_cast<QWidget *>(m_check)})
        m_stack->addWidget(page);
    m_pages->setCurrentRow(0);
    connect(m_pages, &QListWidget::currentRowChanged, this, &JobDialog::showPage);
    auto *body = new QWidget(m_body);
    auto *row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_pages);
    row->addWidget(hairline(body, QFrame::VLine));
    row->addWidget(m_stack, 1);
    return body;
}

QWidget *JobDialog::buildStrip()
{
    m_problems.setSignColumn(EditorRemarkModel::Text);
    m_strip->setObjectName(u"problems"_s);
    m_strip->setAccessibleName(tr("Problems"));
    m_strip->setModel(&m_problems);
    m_strip->setModelColumn(EditorRemarkModel::Text);
    m_strip->setItemDelegate(new FrameDelegate(m_strip));
    m_strip->setUniformItemSizes(true);
    m_strip->setFrameShape(QFrame::NoFrame);
    m_strip->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_strip->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_strip->setTextElideMode(Qt::ElideMiddle);
    m_strip->setContentsMargins(theme::gap, 0, theme::gap, 0);
    m_strip->hide();
    const auto go = [this](const QModelIndex &index) {
        if (const EditorProblem *found = m_problems.at(index.row())) {
            const EditorProblem problem = *found; // leading somewhere may list them anew
            leadTo(problem);
        }
    };
    connect(m_strip, &QListView::clicked, this, go);
    connect(m_strip, &QListView::activated, this, go);
    auto *box = new QWidget(m_body);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(hairline(box, QFrame::HLine));
    column->addWidget(m_strip);
    return box;
}

QWidget *JobDialog::buildButtons()
{
    auto *box = new QWidget(m_body);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(theme::group, theme::gap, theme::group, theme::group);
    for (QAction *action : {m_undo, m_redo}) {
        auto *button = new QToolButton(box);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
    m_undo->setObjectName(u"undo"_s);
    m_redo->setObjectName(u"redo"_s);
    m_state->setObjectName(u"editorState"_s);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setWordWrap(true); // a long one must not press the buttons together
    row->addSpacing(theme::gap);
    row->addWidget(m_state, 1);
    auto *cancel = new QPushButton(tr("Cancel"), box);
    cancel->setAutoDefault(false);
    m_save->setAutoDefault(false);
    m_save->setObjectName(u"save"_s);
    row->addWidget(cancel);
    row->addWidget(m_save);
    connect(cancel, &QPushButton::clicked, this, &JobDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &JobDialog::save);
    return box;
}

void JobDialog::addShortcuts()
{
    m_undo->setShortcuts(QKeySequence::keyBindings(QKeySequence::Undo));
    QList<QKeySequence> redo = QKeySequence::keyBindings(QKeySequence::Redo);
    if (!redo.contains(QKeySequence(Qt::CTRL | Qt::Key_Y)))
        redo << QKeySequence(Qt::CTRL | Qt::Key_Y);
    m_redo->setShortcuts(redo);
    addActions({m_undo, m_redo});
    connect(m_undo, &QAction::triggered, &m_draft, &JobDraft::undo, Qt::UniqueConnection);
    connect(m_redo, &QAction::triggered, &m_draft, &JobDraft::redo, Qt::UniqueConnection);
    auto *saves = new QShortcut(QKeySequence::Save, m_body);
    connect(saves, &QShortcut::activated, m_save, &QPushButton::click);
    for (int page = 0; page < m_pages->count(); ++page) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)), m_body);
        connect(shortcut, &QShortcut::activated, this, [this, page] { m_pages->setCurrentRow(page); });
    }
    const QList<QLineEdit *> lines = findChildren<QLineEdit *>();
    for (QLineEdit *line : lines)
        line->installEventFilter(this);
    const QList<QPlainTextEdit *> texts = findChildren<QPlainTextEdit *>();
    for (QPlainTextEdit *text : texts)
        text->installEventFilter(this);
}

} // namespace tidemark
