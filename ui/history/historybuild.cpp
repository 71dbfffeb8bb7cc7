// SPDX-License-Identifier: GPL-3.0-or-later
// How the history is put together.
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>

#include "ui/history/historychart.h"
#include "ui/history/historydetail.h"
#include "ui/history/historyruns.h"
#include "ui/history/historywindow.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;

namespace tidemark {

HistoryWindow::HistoryWindow(std::shared_ptr<Desk> desk, QWidget *parent)
    : QWidget(parent, Qt::Window), m_desk(std::move(desk)), m_jobBox(new QComboBox(this)),
      m_stateBox(new QComboBox(this)), m_text(new QLineEdit(this)), m_runs(new HistoryRunsModel(this)),
      m_filter(new HistoryRunsFilter(this)), m_runsView(new QTableView(this)), m_chart(new HistoryChart(this)),
      m_noRuns(new EmptyPlace(u"jobs"_s, this)), m_runsStack(new QStackedWidget(this)),
      m_detail(new HistoryDetail(m_desk, this)), m_noRun(new EmptyPlace(u"review"_s, this)),
      m_detailStack(new QStackedWidget(this)), m_said(new QLabel(this)), m_saidTimer(new QTimer(this)),
      m_diagnostics(new QPushButton(this)), m_export(new QPushButton(this)), m_report(new QPushButton(this)),
      m_close(new QPushButton(this)), m_undo(new QPushButton(this))
{
    setObjectName(u"historyWindow"_s);
    setMinimumSize(960, 600);
    resize(1280, 800);
    m_saidTimer->setSingleShot(true);
    m_saidTimer->setInterval(8000);
    build();
    retranslate();
    showOffers();
    m_runsView->setFocus();
    reload();
}

void HistoryWindow::build()
{
    auto *parts = new QSplitter(Qt::Horizontal, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(buildRuns());
    m_detailStack->addWidget(m_detail);
    m_detailStack->addWidget(m_noRun);
    m_detailStack->setCurrentIndex(1);
    parts->addWidget(m_detailStack);
    parts->setSizes({600, 680});
    windowstate::keep(*parts, u"history"_s);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(parts, 1);
    layout->addWidget(buildButtons());
    connect(m_detail, &HistoryDetail::keptRead, this, &HistoryWindow::showOffers);
    connect(m_detail, &HistoryDetail::restoreWished, this,
            [this](const QString &run, const QString &table, const QMap<QString, QString> &key) {
                if (const RunReport *shown = current())
                    Q_EMIT restoreRequested(shown->jobId, run, table, key);
            });
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
    connect(new QShortcut(Qt::Key_F5, this), &QShortcut::activated, this, &HistoryWindow::reload);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, this, [this] {
        m_text->setFocus(Qt::ShortcutFocusReason);
        m_text->selectAll();
    });
    connect(new QShortcut(Qt::CTRL | Qt::Key_K, this), &QShortcut::activated, m_detail, &HistoryDetail::focusSearch);
    connect(new QShortcut(Qt::CTRL | Qt::Key_Z, this), &QShortcut::activated, m_undo, &QAbstractButton::click);
}

QWidget *HistoryWindow::buildRuns()
{
    m_jobBox->setObjectName(u"historyJob"_s);
    m_stateBox->setObjectName(u"historyState"_s);
    m_text->setObjectName(u"historyText"_s);
    m_text->setClearButtonEnabled(true);
    m_jobBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_jobBox->setMinimumContentsLength(14);
    m_jobBox->addItem(QString(), QString());
    for (int state = 0; state < 5; ++state)
        m_stateBox->addItem(QString());
    m_stateBox->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *filters = new QHBoxLayout;
    filters->addWidget(m_jobBox, 1);
    filters->addWidget(m_stateBox);
    m_filter->setSourceModel(m_runs);
    m_runsView->setObjectName(u"historyRuns"_s);
    m_runsView->setModel(m_filter);
    tables::dress(*m_runsView, HistoryRunsModel::Result);
    m_runsView->setSelectionMode(QAbstractItemView::SingleSelection);
    const int letter = fontMetrics().averageCharWidth();
    const int widths[] = {28, 14, 11, 12, 12, 13}; // in either language
    for (int column = 0; column < HistoryRunsModel::Result; ++column)
        m_runsView->horizontalHeader()->resizeSection(column, letter * widths[column]);
    m_runsView->horizontalHeader()->setMinimumSectionSize(letter * 11);
    windowstate::keep(*m_runsView->horizontalHeader(), u"historyRuns3"_s);
    m_runsStack->addWidget(m_runsView);
    m_runsStack->addWidget(m_noRuns);
    m_runsStack->setCurrentIndex(1);
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, theme::gap, 0);
    layout->addLayout(filters);
    layout->addWidget(m_text);
    layout->addWidget(m_runsStack, 1);
    layout->addWidget(m_chart);
    connect(m_jobBox, &QComboBox::currentIndexChanged, this, [this] {
        m_wantedJob.clear();
        filter();
    });
    connect(m_stateBox, &QComboBox::currentIndexChanged, this, &HistoryWindow::filter);
    connect(m_text, &QLineEdit::textChanged, this, &HistoryWindow::filter);
    connect(m_runsView->selectionModel(), &QItemSelectionModel::currentChanged, this, &HistoryWindow::showRun);
    connect(m_chart, &HistoryChart::chosen, this, &HistoryWindow::choose);
    connect(m_runsView, &QTableView::activated, m_report, &QAbstractButton::click);
    return part;
}

QWidget *HistoryWindow::buildButtons()
{
    auto *part = new QWidget(this);
    auto *buttons = new QHBoxLayout(part);
    buttons->setContentsMargins(0, 0, 0, 0);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setForegroundRole(QPalette::PlaceholderText);
    m_undo->setObjectName(u"undoRun"_s);
    m_export->setObjectName(u"exportRun"_s);
    for (QPushButton *button : {m_diagnostics, m_export})
        buttons->addWidget(button);
    buttons->addWidget(m_said, 1);
    for (QPushButton *button : {m_close, m_report, m_undo})
        buttons->addWidget(button);
    connect(m_saidTimer, &QTimer::timeout, m_said, &QLabel::clear);
    connect(m_diagnostics, &QPushButton::clicked, this, &HistoryWindow::copyDiagnostics);
    connect(m_export, &QPushButton::clicked, this, &HistoryWindow::exportRun);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    connect(m_report, &QPushButton::clicked, this, [this] {
        if (const RunReport *run = current())
            Q_EMIT reportRequested(*run);
    });
    connect(m_undo, &QPushButton::clicked, this, [this] {
        if (const RunReport *run = current())
            Q_EMIT undoRequested(run->jobId, run->run);
    });
    return part;
}

void HistoryWindow::retranslate()
{
    setWindowTitle(tr("History"));
    m_jobBox->setAccessibleName(tr("Job"));
    m_jobBox->setItemText(0, tr("All jobs"));
    m_stateBox->setAccessibleName(tr("State"));
    const QStringList states{tr("All states"), tr("Done"), tr("Needs you"), tr("Failed"), tr("Undos")};
    for (int state = 0; state < states.size(); ++state)
        m_stateBox->setItemText(state, states.at(state));
    m_text->setAccessibleName(tr("Find in the runs"));
    m_text->setPlaceholderText(tr("Find (Ctrl+F)"));
    m_runsView->setAccessibleName(tr("Runs"));
    m_runs->retranslate();
    m_noRuns->setSentence(m_runs->rowCount() > 0 ? tr("No run fits these filters.")
                                                 : tr("No job has run yet. Every run will be listed here."));
    m_noRun->setSentence(tr("Choose a run to see what it wrote."));
    m_diagnostics->setText(tr("Copy diagnostic report"));
    m_export->setText(m_stopExport ? tr("Stop the export") : tr("Export…"));
    m_report->setText(tr("Report…"));
    m_close->setText(tr("Close"));
    m_undo->setText(tr("Undo this run…"));
    m_detail->retranslate();
    showOffers();
}

} // namespace tidemark
