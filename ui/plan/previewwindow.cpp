// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/previewwindow.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/plantablemodel.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/valueviewer.h"
#include "ui/plan/whypanel.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"
#include "ui/widgets/warningstrip.h"

using namespace Qt::StringLiterals;

namespace tidemark {

PreviewWindow::PreviewWindow(const JobSettings &job, const RunReport &planned, const QString &planFile, QWidget *parent)
    : QWidget(parent, Qt::Window), m_job(job), m_planned(planned), m_planFile(planFile), m_source(planFile),
      m_production(new WarningStrip(this)), m_headline(new QLabel(this)), m_note(new QLabel(this)),
      m_again(new QToolButton(this)), m_tables(new PlanTableModel(this)), m_tableView(new QTableView(this)),
      m_filters(new QButtonGroup(this)), m_equal(new QLabel(this)), m_find(new QLineEdit(this)),
      m_findNote(new QLabel(this)), m_previous(new QToolButton(this)), m_next(new QToolButton(this)),
      m_changedOnly(new QCheckBox(this)), m_spaces(new QCheckBox(this)), m_whyButton(new QToolButton(this)),
      m_rows(new PlanRowModel(m_source, this)), m_rowsView(new RowsView(*m_rows, this)),
      m_splitter(new QSplitter(Qt::Vertical, this)), m_viewer(new ValueViewer(this)), m_why(new WhyPanel(this)),
      m_cancel(new QPushButton(this)), m_write(new AccentButton({}, this))
{
    setObjectName(u"previewWindow"_s);
    setMinimumSize(960, 600);
    resize(1180, 760);
    build();
    addShortcuts();
    retranslate();
    connect(&m_source, &PlanSource::opened, this, &PreviewWindow::showContents);
    connect(&m_source, &PlanSource::failed, this, [this](const Error &error) {
        m_headline->setText(wording::message(error).what);
        m_note->setText(wording::message(error).next);
        m_write->setEnabled(false);
    });
    connect(&m_source, &PlanSource::detailRead, this, &PreviewWindow::showDetail);
    connect(&m_source, &PlanSource::foundRow, this, [this](qint64 row) {
        m_findNote->setText(row < 0 ? tr("Not found") : QString());
        if (row >= 0)
            m_rowsView->select(static_cast<int>(row), -1);
    });
    connect(&m_source, &PlanSource::changedColumnsRead, this, [this](int table, const QSet<int> &columns) {
        if (m_changedOnly->isChecked() && table == m_rows->query().table)
            m_rowsView->setColumns(&columns);
    });
    connect(m_rows, &PlanRowModel::pageArrived, this, &PreviewWindow::applyFocus);
    connect(m_rows, &PlanRowModel::inclusionChanged, this, &PreviewWindow::showTotals);
    connect(m_rowsView, &RowsView::currentChanged, this, &PreviewWindow::showCell);
    connect(m_tables, &PlanTableModel::inclusionChanged, this, [this](int table, bool included) {
        m_source.includeTable(table, included);
        showTotals();
    });
    connect(m_tableView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &index) { showTable(index.row()); });
    m_source.open();
}

PreviewWindow::~PreviewWindow() = default;

void PreviewWindow::build()
{
    m_headline->setFont(theme::title(font()));
    m_headline->setTextFormat(Qt::PlainText);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setTextFormat(Qt::PlainText);
    m_again->setIcon(signs::icon(u"refresh"_s));
    m_again->setAutoRaise(true);
    connect(m_again, &QToolButton::clicked, this, &PreviewWindow::compareRequested);
    m_production->setVisible(m_job.target.production);

    m_tableView->setObjectName(u"planTables"_s);
    m_tableView->setModel(m_tables);
    m_tableView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_tableView->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tableView->setShowGrid(false);
    m_tableView->setTabKeyNavigation(false);
    m_tableView->verticalHeader()->hide();
    m_tableView->verticalHeader()->setDefaultSectionSize(theme::row);
    m_tableView->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_tableView->horizontalHeader()->setSectionResizeMode(PlanTableModel::Name, QHeaderView::Stretch);
    m_tableView->horizontalHeader()->setHighlightSections(false);
    m_tableView->horizontalHeader()->setDefaultSectionSize(96);
    m_tableView->horizontalHeader()->setFixedHeight(theme::row);
    m_tableView->setItemDelegate(new FrameDelegate(m_tableView));
    m_tableView->setFrameShape(QFrame::NoFrame);

    auto *lower = new QWidget(this);
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, theme::gap, 0, 0);
    lowerLayout->setSpacing(4);
    lowerLayout->addWidget(buildFilters());
    lowerLayout->addWidget(m_rowsView, 1);
    m_splitter->addWidget(m_tableView);
    m_splitter->addWidget(lower);
    m_splitter->addWidget(buildBottom());
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setSizes({170, 330, 120});
    m_splitter->setChildrenCollapsible(true);

    auto *notes = new QHBoxLayout;
    notes->addWidget(m_note);
    notes->addWidget(m_again);
    notes->addStretch();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_write);
    connect(m_cancel, &QPushButton::clicked, this, &QWidget::close);
    connect(m_write, &QPushButton::clicked, this, &PreviewWindow::synchronise);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_production);
    layout->addWidget(m_headline);
    layout->addLayout(notes);
    layout->addWidget(m_splitter, 1);
    layout->addLayout(buttons);
    m_rowsView->setSides(m_job.source.label(), m_job.target.label());
    m_viewer->setSides(m_job.source.label(), m_job.target.label());
    m_why->setSides(m_job.source.label(), m_job.target.label());
    m_write->setEnabled(false);
}

QWidget *PreviewWindow::buildFilters()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const std::pair<QString, theme::Token> kinds[] = {{QString(), theme::Token::Text},
                                                      {u"insert"_s, theme::Token::Insert},
                                                      {u"update"_s, theme::Token::Update},
                                                      {u"delete"_s, theme::Token::Remove}};
    for (int i = 0; i < 4; ++i) {
        auto *button = new QToolButton(bar);
        button->setCheckable(true);
        button->setChecked(i == 0);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        if (i > 0)
            button->setIcon(signs::icon(kinds[i].first, kinds[i].second));
        m_filters->addButton(button, i);
        layout->addWidget(button);
    }
    connect(m_filters, &QButtonGroup::idClicked, this, &PreviewWindow::showRows);
    m_equal->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_equal);
    layout->addStretch();
    layout->addWidget(m_findNote);
    m_findNote->setForegroundRole(QPalette::PlaceholderText);
    m_find->setMaximumWidth(200);
    m_find->setClearButtonEnabled(true);
    m_find->addAction(signs::icon(u"search"_s, theme::Token::Muted), QLineEdit::LeadingPosition);
    layout->addWidget(m_find);
    m_previous->setIcon(signs::icon(u"up"_s));
    m_next->setIcon(signs::icon(u"down"_s));
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_changedOnly);
    layout->addWidget(m_spaces);
    m_whyButton->setIcon(signs::icon(u"question"_s));
    m_whyButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_whyButton->setCheckable(true);
    m_whyButton->setChecked(true);
    layout->addWidget(m_whyButton);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(true); });
    connect(m_find, &QLineEdit::textChanged, m_findNote, &QLabel::clear);
    connect(m_previous, &QToolButton::clicked, this, [this] { m_rowsView->nextDifference(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { m_rowsView->nextDifference(true); });
    connect(m_changedOnly, &QCheckBox::toggled, this, &PreviewWindow::toggleColumns);
    connect(m_spaces, &QCheckBox::toggled, m_rowsView, &RowsView::setSpacesShown);
    connect(m_whyButton, &QToolButton::toggled, m_why, &QWidget::setVisible);
    return bar;
}

QWidget *PreviewWindow::buildBottom()
{
    auto *bottom = new QWidget(this);
    auto *layout = new QHBoxLayout(bottom);
    layout->setContentsMargins(0, theme::gap, 0, 0);
    layout->addWidget(m_viewer, 2);
    layout->addWidget(m_why, 1);
    bottom->setMinimumHeight(96);
    return bottom;
}

void PreviewWindow::addShortcuts()
{
    const auto on = [this](const QKeySequence &keys, const std::function<void()> &action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    on(Qt::Key_F7, [this] { m_rowsView->nextDifference(false); });
    on(Qt::Key_F8, [this] { m_rowsView->nextDifference(true); });
    on(QKeySequence::Find, [this] {
        m_find->setFocus();
        m_find->selectAll();
    });
    on(Qt::Key_F3, [this] { find(true); });
    on(Qt::SHIFT | Qt::Key_F3, [this] { find(false); });
    on(Qt::Key_F5, [this] { Q_EMIT compareRequested(); });
    on(Qt::Key_F9, [this] { synchronise(); });
    on(Qt::Key_F1, [this] { m_whyButton->toggle(); });
    on(Qt::Key_Escape, [this] { close(); });
    const QList<QWidget *> order{m_again,       m_tableView, m_filters->button(0), m_find,     m_previous, m_next,
                                 m_changedOnly, m_spaces,    m_whyButton,          m_rowsView, m_viewer,   m_cancel,
                                 m_write};
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}

void PreviewWindow::retranslate()
{
    setWindowTitle(tr("Preview: %1").arg(m_job.name));
    m_production->setText(tr("PRODUCTION: %1").arg(m_job.target.label()));
    m_again->setToolTip(tr("Compare again (F5)"));
    m_again->setAccessibleName(tr("Compare again"));
    m_tableView->setAccessibleName(tr("Tables"));
    m_find->setPlaceholderText(tr("Find (Ctrl+F)"));
    m_find->setAccessibleName(tr("Find"));
    m_previous->setToolTip(tr("Previous difference (F7)"));
    m_previous->setAccessibleName(tr("Previous difference"));
    m_next->setToolTip(tr("Next difference (F8)"));
    m_next->setAccessibleName(tr("Next difference"));
    m_changedOnly->setText(tr("Changed columns only"));
    m_spaces->setText(tr("Spaces"));
    m_spaces->setToolTip(tr("Show every space as ·"));
    m_whyButton->setText(tr("Why?"));
    m_cancel->setText(tr("Close"));
    m_rowsView->setSides(m_job.source.label(), m_job.target.label());
    showTotals();
    showCell();
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
