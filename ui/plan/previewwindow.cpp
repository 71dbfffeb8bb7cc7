// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of the preview; previewbuild.cpp builds its parts, previewactions.cpp shows the plan, previewrows.cpp does
// what a person asks of its rows, previewdecisions.cpp keeps what is decided.
#include "ui/plan/previewwindow.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/plan/celltext.h"
#include "ui/plan/columnspopup.h"
#include "ui/plan/filterbar.h"
#include "ui/plan/firststrip.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/plantablemodel.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/valueviewer.h"
#include "ui/plan/whypanel.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/format.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/signs.h"
#include "ui/widgets/warningstrip.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;

namespace tidemark {

PreviewWindow::PreviewWindow(const JobSettings &job, const RunReport &planned, const QString &planFile, QWidget *parent)
    : QWidget(parent, Qt::Window), m_job(job), m_planned(planned), m_planFile(planFile),
      m_source(*new PlanSource(planFile, this)), m_production(new WarningStrip(this)), m_headline(new QLabel(this)),
      m_note(new QLabel(this)), m_again(new QToolButton(this)), m_tables(new PlanTableModel(this)),
      m_tableView(new QTableView(this)), m_categories(new QButtonGroup(this)), m_equal(new QLabel(this)),
      m_find(new QLineEdit(this)), m_findNote(new QLabel(this)), m_previous(new QToolButton(this)),
      m_next(new QToolButton(this)), m_filter(new FilterBar(this)), m_columnsButton(new QToolButton(this)),
      m_columnsPopup(new ColumnsPopup(this)), m_changedOnly(new QCheckBox(this)), m_spaces(new QCheckBox(this)),
      m_whyButton(new QToolButton(this)), m_rows(new PlanRowModel(m_source, this)),
      m_rowsView(new RowsView(*m_rows, this)), m_noRows(new EmptyPlace(u"equal"_s, this)),
      m_rowsStack(new QStackedWidget(this)), m_splitter(new QSplitter(Qt::Vertical, this)),
      m_place(new EmptyPlace(u"compare"_s, this)), m_stack(new QStackedWidget(this)), m_viewer(new ValueViewer(this)),
      m_why(new WhyPanel(this)), m_script(new QToolButton(this)), m_undoButton(new QToolButton(this)),
      m_skipped(new QLabel(this)), m_reset(new QPushButton(this)), m_said(new QLabel(this)),
      m_stopExport(new QToolButton(this)), m_close(new QPushButton(this)), m_answer(new QPushButton(this)),
      m_write(new AccentButton({}, this))
{
    setObjectName(u"previewWindow"_s);
    setMinimumSize(960, 600);
    resize(1180, 800);
    build();
    addShortcuts();
    retranslate();
    connectSource();
    m_source.open();
}

PreviewWindow::~PreviewWindow() { m_source.retire(); }

void PreviewWindow::offerFirstRules() { m_first->offerRules(true); }

void PreviewWindow::connectSource()
{
    connect(&m_source, &PlanSource::opened, this, &PreviewWindow::showContents);
    connect(&m_source, &PlanSource::failed, this, &PreviewWindow::fail);
    connect(&m_source, &PlanSource::arranged, this, &PreviewWindow::showArranged);
    connect(&m_source, &PlanSource::arranging, m_filter, &FilterBar::setProgress);
    connect(&m_source, &PlanSource::arrangeTooLarge, this, &PreviewWindow::sortTooLarge);
    connect(&m_source, &PlanSource::detailRead, this,
            [this](const PlanQuery &query, qint64 index, const PlanRowDetail &detail) {
                if (!(query == m_rows->query()) || m_rowsView->current().row() != index)
                    return;
                m_detail = detail;
                m_detailQuery = query;
                m_detailIndex = index;
                showCell();
            });
    connect(&m_source, &PlanSource::valueRead, this,
            [this](const PlanQuery &query, qint64 index, int cell, const ValueView &view) {
                const QModelIndex now = m_rowsView->current();
                if (query == m_rows->query() && now.row() == index && std::max(0, m_rows->cellOf(now.column())) == cell)
                    m_viewer->showValue(m_rows->columns().value(cell).source, view);
            });
    connect(&m_source, &PlanSource::finding, this, [this](qint64 done, qint64 total) {
        m_findNote->setText(tr("%1 %").arg(total > 0 ? done * 100 / total : 0));
    });
    connect(&m_source, &PlanSource::foundRow, this, &PreviewWindow::found);
    connect(&m_source, &PlanSource::decided, this, &PreviewWindow::decided);
    connect(&m_source, &PlanSource::exported, this, &PreviewWindow::exported);
    connect(&m_source, &PlanSource::wholeRead, this, [this](const QString &text, qint64 bytes) {
        QGuiApplication::clipboard()->setText(text);
        say(tr("Copied: %1").arg(format::bytes(bytes)));
    });
    connect(&m_source, &PlanSource::wholeSaved, this, [this](const QString &file, const std::optional<Error> &error) {
        say(error ? wording::oneLine(*error) : tr("Saved: %1").arg(wording::safeText(file)));
    });
    connect(m_rows, &PlanRowModel::pageArrived, this, &PreviewWindow::applyFocus);
}

void PreviewWindow::build()
{
    m_headline->setFont(theme::title(font()));
    for (QLabel *label : {m_headline, m_note, m_said, m_skipped})
        label->setTextFormat(Qt::PlainText);
    m_headline->setObjectName(u"previewHeadline"_s);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setObjectName(u"previewNote"_s);
    m_again->setIcon(signs::icon(u"refresh"_s));
    m_again->setAutoRaise(true);
    connect(m_again, &QToolButton::clicked, this, &PreviewWindow::compareRequested);
    m_production->setVisible(!productionNames().isEmpty());
    if (isTwoWay()) {
        const QString source = celltext::name(m_job.source.label());
        const QString target = celltext::name(m_job.target.label());
        m_tables->setTwoWay(source, target);
        m_rows->setTwoWay(source, target);
        m_why->setTwoWay(m_job.name);
    }
    buildTables();
    m_splitter->addWidget(m_tableView);
    m_splitter->addWidget(buildLower());
    m_splitter->addWidget(buildBottom());
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setStretchFactor(2, 2);
    m_splitter->setSizes({150, 380, 130});
    m_splitter->setChildrenCollapsible(true);
    windowstate::keep(*m_splitter, u"parts"_s);
    for (EmptyPlace *place : {m_place, m_noRows}) {
        const QList<QLabel *> labels = place->findChildren<QLabel *>();
        for (QLabel *label : labels)
            label->setTextFormat(Qt::PlainText);
    }
    m_stack->addWidget(m_place);
    m_stack->addWidget(m_splitter);
    connect(m_place, &EmptyPlace::clicked, this, &PreviewWindow::compareRequested);

    auto *notes = new QHBoxLayout;
    notes->addWidget(m_note);
    notes->addWidget(m_again);
    notes->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_production);
    layout->addWidget(m_headline);
    layout->addLayout(notes);
    m_first = new FirstStrip(this);
    connect(m_first, &FirstStrip::ruleChosen, this, &PreviewWindow::firstRuleChosen);
    if (isTwoWay() && m_planned.undoes.isEmpty())
        m_first->setMeeting(firstMeeting(m_planned.tables), m_job.defaults.conflicts);
    layout->addWidget(m_first);
    layout->addWidget(m_stack, 1);
    layout->addWidget(buildButtons());
    m_ageTimer.setInterval(20'000);
    connect(&m_ageTimer, &QTimer::timeout, this, &PreviewWindow::showAge);
    m_ageTimer.start();
    m_noteTimer.setSingleShot(true);
    m_noteTimer.setInterval(8000);
    connect(&m_noteTimer, &QTimer::timeout, m_said, &QLabel::clear);
}

void PreviewWindow::buildTables()
{
    m_tableView->setObjectName(u"planTables"_s);
    m_tableView->setMinimumHeight(2 * theme::row + 2);
    m_tableView->setModel(m_tables);
    m_tableView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_tableView->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tableView->setShowGrid(false);
    m_tableView->setTabKeyNavigation(false);
    m_tableView->verticalHeader()->hide();
    m_tableView->verticalHeader()->setMinimumSectionSize(0);
    m_tableView->verticalHeader()->setDefaultSectionSize(theme::rowHeight(m_tableView->font()));
    m_tableView->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_tableView->horizontalHeader()->setSectionResizeMode(PlanTableModel::Name, QHeaderView::Stretch);
    m_tableView->horizontalHeader()->setHighlightSections(false);
    m_tableView->horizontalHeader()->setDefaultSectionSize(isTwoWay() ? 68 : 96);
    m_tableView->horizontalHeader()->setFixedHeight(theme::rowHeight(m_tableView->font()));
    m_tableView->setItemDelegate(new FrameDelegate(m_tableView));
    m_tableView->setFrameShape(QFrame::NoFrame);
    connect(m_tables, &PlanTableModel::tickWished, this, [this](int table, bool included) {
        if (takesAll())
            return;
        m_origins << Origin::Person;
        m_source.decideTable(table, included, included);
    });
    connect(m_tableView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &index) { showTable(index.row()); });
}

void PreviewWindow::addShortcuts()
{
    const auto on = [this](const QKeySequence &keys, const std::function<void()> &action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    on(Qt::Key_F7, [this] { nextDifference(false); });
    on(Qt::Key_F8, [this] { nextDifference(true); });
    on(QKeySequence::Find, [this] {
        m_find->setFocus();
        m_find->selectAll();
    });
    on(Qt::CTRL | Qt::SHIFT | Qt::Key_F, [this] { m_filter->focusText(); });
    on(Qt::Key_F3, [this] { find(true); });
    on(Qt::SHIFT | Qt::Key_F3, [this] { find(false); });
    on(QKeySequence::Undo, [this] { undo(); });
    on(QKeySequence::Redo, [this] { redo(); });
    on(Qt::Key_F4, [this] { answer(); });
    on(Qt::Key_F5, [this] {
        if (!isUndo())
            Q_EMIT compareRequested();
    });
    on(Qt::Key_F9, [this] { synchronise(); });
    on(Qt::Key_F1, [this] { m_whyButton->toggle(); });
    // Out of a field first, then out of the window.
    on(Qt::Key_Escape, [this] {
        auto *field = qobject_cast<QLineEdit *>(focusWidget());
        if (!field)
            return void(close());
        field->clear();
        m_rowsView->focusRows();
    });
    QList<QWidget *> order{m_again, m_tableView};
    for (QAbstractButton *button : m_categories->buttons())
        order << button;
    order << m_find << m_previous << m_next << m_filter << m_columnsButton << m_changedOnly << m_spaces << m_whyButton
          << m_rowsView << m_viewer << m_why << m_script << m_undoButton << m_reset << m_stopExport << m_close
          << m_answer << m_write;
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}

// Of the sides that are written.
QStringList PreviewWindow::productionNames() const
{
    QStringList names;
    if (isTwoWay() && m_job.source.production)
        names << celltext::name(m_job.source.label());
    if (m_job.target.production)
        names << celltext::name(m_job.target.label());
    return names;
}

void PreviewWindow::retranslate()
{
    const auto name = [](QWidget *widget, const QString &tip) {
        widget->setToolTip(tip);
        widget->setAccessibleName(tip);
    };
    const QString source = celltext::name(m_job.source.label());
    const QString target = celltext::name(m_job.target.label());
    setWindowTitle((isUndo() ? tr("Undo: %1") : tr("Preview: %1")).arg(celltext::name(m_job.name)));
    m_production->setText(tr("PRODUCTION: %1").arg(productionNames().join(u", "_s)));
    name(m_again, tr("Compare again (F5)"));
    m_tableView->setAccessibleName(tr("Tables"));
    m_find->setPlaceholderText(tr("Find (Ctrl+F)"));
    m_find->setAccessibleName(tr("Find"));
    name(m_previous, tr("Previous difference (F7)"));
    name(m_next, tr("Next difference (F8)"));
    m_filter->retranslate();
    m_changedOnly->setText(tr("Changed columns only"));
    m_spaces->setText(tr("Spaces"));
    m_spaces->setToolTip(tr("Show every space as ·"));
    m_whyButton->setText(tr("Why?"));
    m_whyButton->setToolTip(tr("Why is this row to be written? (F1)"));
    m_script->setText(tr("SQL…"));
    m_script->setToolTip(tr("What is ticked, as a script for the target"));
    m_undoButton->setText(tr("Undo"));
    m_undoButton->setToolTip(tr("Takes back the last decision about rows (Ctrl+Z)"));
    m_reset->setText(tr("Include all"));
    m_stopExport->setToolTip(tr("Stop"));
    m_stopExport->setAccessibleName(tr("Stop"));
    m_close->setText(tr("Close"));
    const QString there = isUndo() ? tr("Now") : target; // what is taken back is at either side
    if (isUndo())
        m_rowsView->setTitles(source, there);
    else
        m_rowsView->setSides(source, target);
    m_first->setSides(source, target);
    m_viewer->setSides(source, there);
    m_viewer->retranslate();
    m_why->setSides(source, there);
    m_place->setSentence(tr("Reading the plan…"));
    m_columnsPopup->retranslate();
    showTotals();
    showColumns();
    showNoRows();
    showFilterNote();
    showCell();
    showFailure();
}

void PreviewWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_tables->retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace tidemark
