// SPDX-License-Identifier: GPL-3.0-or-later
// How the detail of a run is put together.
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>

#include "ui/history/historycellsmodel.h"
#include "ui/history/historydetail.h"
#include "ui/history/historyrowsmodel.h"
#include "ui/jobs/engine.h"
#include "ui/report/reporttablemodel.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;

namespace tidemark {

HistoryDetail::HistoryDetail(std::shared_ptr<Desk> desk, QWidget *parent)
    : QWidget(parent), m_desk(std::move(desk)), m_sign(new QLabel(this)), m_headline(new QLabel(this)),
      m_note(new QLabel(this)), m_tables(new ReportTableModel(this)), m_tableView(new QTableView(this)),
      m_tabs(new QTabBar(this)), m_tableBox(new QComboBox(this)), m_key(new QLineEdit(this)),
      m_find(new QPushButton(this)), m_back(new QPushButton(this)), m_said(new QLabel(this)),
      m_rows(new HistoryRowsModel(m_desk, this)), m_rowsView(new QTableView(this)),
      m_cells(new HistoryCellsModel(this)), m_cellsView(new QTableView(this)), m_sql(new QPlainTextEdit(this)),
      m_place(new EmptyPlace(u"review"_s, this)), m_stack(new QStackedWidget(this)),
      m_rowHistory(new QPushButton(this)), m_restore(new QPushButton(this)), m_lower(new QWidget(this))
{
    build();
    retranslate();
}

void HistoryDetail::build()
{
    m_headline->setFont(theme::title(font()));
    for (QLabel *label : {m_headline, m_note, m_said}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setWordWrap(true);
    }
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_said->setForegroundRole(QPalette::PlaceholderText);
    auto *head = new QHBoxLayout;
    head->addWidget(m_sign, 0, Qt::AlignTop);
    head->addWidget(m_headline, 1);
    m_tableView->setObjectName(u"historyTables"_s);
    m_tables->setReport({}, true); // as many columns as it may have
    m_tableView->setModel(m_tables);
    tables::dress(*m_tableView, ReportTableModel::Name);
    QHeaderView &heads = *m_tableView->horizontalHeader();
    heads.setSectionResizeMode(ReportTableModel::Name, QHeaderView::Interactive); // there may be more than fit
    m_tableView->resizeColumnsToContents();
    heads.resizeSection(ReportTableModel::Name, fontMetrics().averageCharWidth() * 22);
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_tableView);
    parts->addWidget(buildRows());
    parts->setSizes({150, 400});
    windowstate::keep(*parts, u"historyDetail"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::gap, 0, 0, 0);
    layout->addLayout(head);
    layout->addWidget(m_note);
    layout->addWidget(parts, 1);
}

QWidget *HistoryDetail::buildTools()
{
    auto *tools = new QWidget(m_lower);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->addTab(QString());
    m_tabs->addTab(QString());
    m_tableBox->setObjectName(u"historyTable"_s);
    m_tableBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_tableBox->setMinimumContentsLength(12);
    m_key->setObjectName(u"historyKey"_s);
    m_key->setClearButtonEnabled(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_tabs);
    row->addStretch();
    row->addWidget(m_tableBox, 1);
    auto *search = new QHBoxLayout;
    search->addWidget(m_key, 1);
    search->addWidget(m_find);
    search->addWidget(m_back);
    auto *rows = new QVBoxLayout(tools);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(row);
    rows->addLayout(search);
    connect(m_tableBox, &QComboBox::currentIndexChanged, this, &HistoryDetail::showTable);
    connect(m_tableView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { chooseTable(current.row()); });
    connect(m_key, &QLineEdit::returnPressed, this, &HistoryDetail::search);
    connect(m_find, &QPushButton::clicked, this, &HistoryDetail::search);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        if (m_stack->currentWidget() == m_place)
            return;
        m_stack->setCurrentIndex(tab);
        showSql();
        showRestore();
    });
    return tools;
}

QWidget *HistoryDetail::buildRows()
{
    m_rowsView->setObjectName(u"historyRows"_s);
    m_rowsView->setModel(m_rows);
    tables::dress(*m_rowsView, HistoryRowsModel::Change);
    m_rowsView->setSelectionMode(QAbstractItemView::SingleSelection);
    const int letter = fontMetrics().averageCharWidth();
    const int widths[] = {17, 26, 14, 28};
    for (int column = 0; column < 4; ++column)
        m_rowsView->horizontalHeader()->resizeSection(column, letter * widths[column]);
    m_rowsView->horizontalHeader()->setMinimumSectionSize(letter * 13);
    m_cellsView->horizontalHeader()->setMinimumSectionSize(letter * 22);
    m_rowsView->setColumnHidden(HistoryRowsModel::Run, true);
    windowstate::keep(*m_rowsView->horizontalHeader(), u"historyRows"_s);
    m_cellsView->setObjectName(u"historyCells"_s);
    m_cellsView->setModel(m_cells);
    tables::dress(*m_cellsView, HistoryCellsModel::After);
    for (const int column : {HistoryCellsModel::Name, HistoryCellsModel::Before})
        m_cellsView->horizontalHeader()->resizeSection(column, letter * 26);
    auto *pictures = new QSplitter(Qt::Vertical, this);
    pictures->setChildrenCollapsible(false);
    pictures->addWidget(m_rowsView);
    pictures->addWidget(m_cellsView);
    pictures->setSizes({220, 160});
    windowstate::keep(*pictures, u"historyPictures"_s);
    m_sql->setObjectName(u"historySql"_s);
    m_sql->setReadOnly(true);
    m_sql->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_sql->setFont(theme::data(font()));
    m_stack->addWidget(pictures);
    m_stack->addWidget(m_sql);
    m_stack->addWidget(m_place);
    m_back->hide();
    auto *under = new QHBoxLayout;
    under->addWidget(m_said, 1);
    for (QPushButton *button : {m_rowHistory, m_restore})
        under->addWidget(button);
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, theme::gap, 0, 0);
    m_lower->setParent(part);
    auto *lower = new QVBoxLayout(m_lower);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->addWidget(buildTools());
    layout->addWidget(m_lower);
    layout->addWidget(m_stack, 1);
    layout->addLayout(under);
    connect(m_rowsView->selectionModel(), &QItemSelectionModel::currentChanged, this, &HistoryDetail::showCurrent);
    connect(m_rows, &HistoryRowsModel::pageArrived, this, [this] {
        if (m_cells->rowCount() == 0)
            showCurrent();
        showSql();
    });
    connect(m_restore, &QPushButton::clicked, this, &HistoryDetail::restore);
    connect(m_rowHistory, &QPushButton::clicked, this, &HistoryDetail::searchRow);
    connect(m_rowsView, &QTableView::activated, this, &HistoryDetail::searchRow);
    connect(m_back, &QPushButton::clicked, this, &HistoryDetail::backToRun);
    return part;
}

void HistoryDetail::retranslate()
{
    m_tableView->setAccessibleName(tr("Tables of the run"));
    m_rowsView->setAccessibleName(tr("Rows that the run wrote"));
    m_cellsView->setAccessibleName(tr("The row, before and after"));
    m_sql->setAccessibleName(tr("SQL equivalent"));
    m_tableBox->setAccessibleName(tr("Table"));
    m_key->setAccessibleName(tr("Key of a row"));
    m_tabs->setAccessibleName(tr("Rows or SQL"));
    m_tabs->setTabText(0, tr("Rows"));
    m_tabs->setTabText(1, tr("SQL equivalent"));
    m_tabs->setTabToolTip(1, tr("Statements that would do the same. Those that were sent are not kept."));
    m_find->setText(tr("Find in all runs"));
    m_back->setText(tr("Back to the run"));
    m_rowHistory->setText(tr("History of this row"));
    m_cells->retranslate();
    if (!m_run.run.isEmpty()) {
        showTables();
        showNote();
        showTable();
    }
    showRestore();
}

} // namespace tidemark
