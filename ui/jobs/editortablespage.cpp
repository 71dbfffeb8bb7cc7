// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editortablespage.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QSplitter>
#include <QTableView>

#include "ui/jobs/editordelegate.h"
#include "ui/jobs/editoroffers.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

EditorTablesPage::EditorTablesPage(std::shared_ptr<Desk> desk, JobDraft &draft, QWidget *parent)
    : EditorSheet(parent), m_draft(draft), m_model(draft), m_all(new QRadioButton(this)),
      m_some(new QRadioButton(tr("&Only those ticked"), this)),
      m_create(new QCheckBox(tr("&Create tables missing at the target"), this)), m_search(new QLineEdit(this)),
      m_view(new QTableView(this)), m_counts(sheet::note({}, this)),
      m_panel(new EditorPanel(std::move(desk), draft, m_model, this))
{
    build();
    buildView();
    connect(m_all, &QRadioButton::clicked, &m_model, &EditorTableModel::takeAll);
    connect(m_some, &QRadioButton::clicked, &m_model, &EditorTableModel::takeListed);
    connect(m_create, &QCheckBox::clicked, this, [this](bool on) { m_draft.set(JobDraft::job, {u"create"_s}, on); });
    connect(m_search, &QLineEdit::textChanged, &m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &EditorTablesPage::selected);
    connect(&m_draft, &JobDraft::changed, this, [this] { m_stamps.look(m_draft, m_model); });
}

void EditorTablesPage::build()
{
    m_all->setObjectName(u"allTables"_s);
    m_some->setObjectName(u"someTables"_s);
    m_create->setObjectName(u"createTables"_s);
    m_search->setObjectName(u"tableSearch"_s);
    m_search->setPlaceholderText(tr("Find a table"));
    m_search->setAccessibleName(tr("Find a table"));
    m_search->setClearButtonEnabled(true);
    m_counts->setObjectName(u"tableCounts"_s);
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(theme::group, theme::gap, theme::gap, theme::gap);
    column->setSpacing(4);
    column->addWidget(m_all);
    column->addWidget(m_some);
    column->addWidget(m_create);
    column->addSpacing(4);
    column->addWidget(m_search);
    column->addWidget(m_view, 1);
    column->addWidget(m_counts);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(left);
    splitter->addWidget(m_panel);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({410, 520});
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
}

void EditorTablesPage::buildView()
{
    m_filtered.setSourceModel(&m_model);
    m_filtered.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered.setSortCaseSensitivity(Qt::CaseInsensitive);
    m_filtered.setFilterKeyColumn(-1);
    m_filtered.setSortRole(EditorTableModel::SortRole);
    m_view->setObjectName(u"tables"_s);
    m_view->setAccessibleName(tr("Tables"));
    m_view->setModel(&m_filtered);
    m_view->setItemDelegate(new EditorCellDelegate(EditorTableModel::Target, EditorTableModel::TargetsRole,
                                                   {{tr("By name"), QString()}}, m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_view->setTabKeyNavigation(false);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(theme::rowHeight(font()));
    QHeaderView *header = m_view->horizontalHeader();
    // Some tables are seen at once in large fonts, too.
    m_view->setMinimumHeight(header->sizeHint().height() + 5 * theme::rowHeight(font()));
    header->setHighlightSections(false);
    header->setSectionResizeMode(EditorTableModel::Source, QHeaderView::Stretch);
    header->setSectionResizeMode(EditorTableModel::Target, QHeaderView::Stretch);
    header->setMinimumSectionSize(std::max(56, fontMetrics().averageCharWidth() * 9));
    // Names may be cut, figures may not.
    for (const int column : {EditorTableModel::Rows, EditorTableModel::Remark})
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->installEventFilter(this);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EditorTablesPage::selected);
}

bool EditorTablesPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space) {
            toggleSelected();
            return true;
        }
    }
    return EditorSheet::eventFilter(watched, event);
}

// All of the selection becomes what its current row is not.
void EditorTablesPage::toggleSelected()
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows(EditorTableModel::Source);
    if (rows.isEmpty())
        return;
    const bool on = m_view->currentIndex().siblingAtColumn(0).data(Qt::CheckStateRole).toInt() != Qt::Checked;
    QList<int> taken;
    for (const QModelIndex &row : rows)
        taken << m_filtered.mapToSource(row).row();
    m_model.setTaken(taken, on);
}

void EditorTablesPage::setCatalog(const TableCatalog &catalog)
{
    const EditorTable *before = m_model.at(m_filtered.mapToSource(m_view->currentIndex()).row());
    const QString name = before != nullptr ? before->source.display() : QString();
    m_model.setCatalog(catalog);
    if (!m_view->currentIndex().isValid() && m_model.rowCount() > 0)
        select(std::max(0, m_model.rowOf(name)));
    m_stamps.look(m_draft, m_model);
    showDraft();
}

void EditorTablesPage::setReading(bool reading)
{
    m_reading = reading;
    showCounts();
}

void EditorTablesPage::setProblems(const QList<EditorProblem> &problems, const QList<EditorProblem> &remarks)
{
    m_problems = problems;
    m_remarks = remarks;
    QMap<QString, int> counts;
    for (const EditorProblem &problem : problems) {
        const EditorTable *table = problem.table.isEmpty() ? nullptr : m_model.at(m_model.rowOf(problem.table));
        if (table != nullptr)
            ++counts[table->source.display()];
    }
    m_model.setProblems(counts);
    showCounts();
    m_panel->setProblems(problems, remarks);
}

KeptSize EditorTablesPage::keptSize() const
{
    const bool all = draft::allTables(m_draft.json());
    const auto keeps = [this](int table) { return m_draft.value(table, {u"keep"_s}); };
    KeptSize size;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const EditorTable &table = *m_model.at(row);
        if (!table.atSource || (all ? !table.usable() : table.index < 0))
            continue;
        const QJsonValue own = table.index >= 0 ? keeps(table.index) : QJsonValue(QJsonValue::Undefined);
        const QString kept = (own.isString() ? own : keeps(JobDraft::job)).toString();
        size = size + tidemark::keptSize(m_model.sourceSchema(row).get(), table.rows, kept != "fingerprints"_L1);
    }
    return size;
}

QStringList EditorTablesPage::allColumns() const
{
    QStringList columns;
    QSet<QString> seen;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const auto schema = m_model.sourceSchema(row);
        const bool taken = m_model.index(row, 0).data(Qt::CheckStateRole).toInt() == Qt::Checked;
        if (!schema || !taken)
            continue;
        for (const Column &column : schema->columns) {
            if (!seen.contains(column.name))
                columns << column.name;
            seen.insert(column.name);
        }
    }
    return columns;
}

void EditorTablesPage::selected()
{
    const int row = m_filtered.mapToSource(m_view->currentIndex()).row();
    const EditorTable *table = m_model.at(row);
    if (table != nullptr && !m_model.sourceSchema(row))
        Q_EMIT tableWanted(table->source);
    m_panel->setRow(table != nullptr ? row : -1);
}

void EditorTablesPage::select(int row)
{
    const QModelIndex index = m_filtered.mapFromSource(m_model.index(row, EditorTableModel::Source));
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void EditorTablesPage::showCounts()
{
    bool anyRemark = false;
    for (int row = 0; row < m_model.rowCount() && !anyRemark; ++row)
        anyRemark = !m_model.index(row, EditorTableModel::Remark).data().toString().isEmpty();
    m_view->setColumnHidden(EditorTableModel::Remark, !anyRemark);
    if (m_model.rowCount() == 0) {
        m_counts->setText(m_reading ? tr("Reading the tables…") : QString());
        return;
    }
    QStringList parts{tr("%n table(s)", nullptr, m_model.rowCount()), tr("%1 in the job").arg(m_model.listed())};
    if (const int unmapped = m_model.unmapped(); unmapped > 0)
        parts << tr("%1 not at the target").arg(unmapped);
    if (m_reading)
        parts << tr("reading their columns…");
    m_counts->setText(parts.join(u" · "_s));
}

void EditorTablesPage::showDraft()
{
    const QJsonObject &job = m_draft.json();
    const bool all = draft::allTables(job);
    const bool create = job.value("create"_L1).toBool();
    m_all->setText(create ? tr("&All tables of the source") : tr("&All tables that both sides have"));
    m_all->setChecked(all);
    m_some->setChecked(!all);
    // Tab leads to the chosen one of them, also where it has never had the focus.
    m_all->setFocusPolicy(all ? Qt::StrongFocus : Qt::ClickFocus);
    m_some->setFocusPolicy(all ? Qt::ClickFocus : Qt::StrongFocus);
    m_create->setChecked(create);
    m_create->setVisible(create || EditorOffers(m_draft).creates());
    m_model.showDraft();
    if (!m_view->currentIndex().isValid() && m_model.rowCount() > 0)
        select(0);
    m_panel->setRow(m_filtered.mapToSource(m_view->currentIndex()).row());
    showCounts();
}

void EditorTablesPage::lead(const EditorProblem &problem)
{
    if (problem.table.isEmpty()) {
        sheet::focus(problem.field == "create"_L1 ? static_cast<QWidget *>(m_create) : m_view);
        return;
    }
    m_search->clear();
    const int row = m_model.rowOf(problem.table);
    if (row >= 0)
        select(row);
    if (problem.field == "target"_L1 || problem.field.isEmpty()) {
        const QModelIndex index = m_filtered.mapFromSource(m_model.index(row, EditorTableModel::Target));
        m_view->setCurrentIndex(index);
        sheet::focus(m_view);
        return;
    }
    m_panel->lead(problem);
}

} // namespace tidemark
