// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorpanel.h"

#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/jobs/editorcolumnstab.h"
#include "ui/jobs/editordetection.h"
#include "ui/jobs/editorkept.h"
#include "ui/jobs/editorrules.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int keptTab = 4;

namespace {

// All of them are seen also where letters are large and the window is small.
class NarrowTabs final : public QTabBar
{
public:
    using QTabBar::QTabBar;

protected:
    QSize tabSizeHint(int index) const override { return QTabBar::tabSizeHint(index) - QSize(theme::gap + 4, 0); }
};

class Tabs final : public QTabWidget
{
public:
    explicit Tabs(QWidget *parent) : QTabWidget(parent) { setTabBar(new NarrowTabs(this)); }
};

} // namespace

EditorPanel::EditorPanel(std::shared_ptr<Desk> desk, JobDraft &draft, EditorTableModel &tables, QWidget *parent)
    : EditorSheet(parent), m_draft(draft), m_tables(tables), m_stack(new QStackedWidget(this)),
      m_empty(new EmptyPlace(u"jobs"_s, this)), m_title(new QLabel(this)), m_tabs(new Tabs(this)),
      m_columns(new EditorColumnsTab(draft, this)), m_filter(new EditorFilter(desk, draft, this)),
      m_detection(new EditorDetection(draft, true, this)), m_advice(new EditorAdvice(desk, this)),
      m_rules(new EditorRules(draft, true, this)), m_kept(new EditorKept(desk, draft, this)),
      m_changes(new QWidget(this))
{
    auto *changes = new QVBoxLayout(m_changes);
    changes->addWidget(m_detection);
    changes->addWidget(m_advice, 1);
    m_tabs->setObjectName(u"tableTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->addTab(m_columns, tr("Columns"));
    m_tabs->addTab(sheet::scrolled(m_filter, this), tr("Filter"));
    m_tabs->addTab(m_changes, tr("Detection"));
    m_tabs->addTab(m_rules, tr("Rules"));
    m_tabs->addTab(m_kept, tr("Kept"));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMinimumHeight(theme::control);
    m_title->setContentsMargins(theme::gap, 0, theme::gap, 0);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_tabs, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_empty, &EmptyPlace::clicked, this, &EditorPanel::takeIn);
    connect(m_advice, &EditorAdvice::chosen, this, [this](const DetectSettings &detect) {
        const EditorTable *table = m_tables.at(m_row);
        if (table != nullptr && table->index >= 0)
            m_draft.apply(draft::withDetect(m_draft.json(), table->index, detectJson(detect)));
    });
}

void EditorPanel::setConnections(const std::optional<ConnectionSettings> &source,
                                 const std::optional<ConnectionSettings> &target)
{
    m_source = source;
    m_target = target;
    showDraft();
}

void EditorPanel::setRow(int row)
{
    m_row = row;
    showDraft();
}

void EditorPanel::setProblems(const QList<EditorProblem> &problems, const QList<EditorProblem> &remarks)
{
    m_problems = problems;
    m_remarks = remarks;
    const EditorTable *table = m_tables.at(m_row);
    QMap<QString, QString> byColumn;
    for (const QList<EditorProblem> &list : {m_problems, m_remarks}) {
        for (const EditorProblem &problem : list) {
            const bool here = table != nullptr && m_tables.rowOf(problem.table) == m_row;
            if (here && !problem.column.isEmpty() && !byColumn.contains(problem.column))
                byColumn.insert(problem.column, problem.text);
        }
    }
    m_columns->model().setRemarks(byColumn);
    m_columns->showDraft();
}

void EditorPanel::takeIn()
{
    if (draft::allTables(m_draft.json()))
        m_tables.listAll();
    else
        m_tables.setTaken({m_row}, true);
    sheet::focus(m_tabs->tabBar()); // the button is gone
}

void EditorPanel::showEmpty(const EditorTable *table)
{
    m_stack->setCurrentIndex(0);
    if (table == nullptr) {
        m_empty->setSentence(m_tables.rowCount() == 0
                                 ? tr("The tables appear here once both sides are chosen and read.")
                                 : tr("Select a table to see its columns and rules."));
        m_empty->setButton({});
        return;
    }
    const QString name = wording::safeText(table->source.name, 80);
    if (draft::allTables(m_draft.json())) {
        m_empty->setSentence(tr("The job takes every table alike, also those that are made later. Listed one by one, "
                                "each can have a key, columns, a filter and rules of its own; later ones are then to "
                                "be ticked."));
        m_empty->setButton(tr("List the tables"));
    } else {
        m_empty->setSentence(tr("%1 is not part of the job.").arg(name));
        m_empty->setButton(tr("Take it in"));
    }
}

void EditorPanel::showFilter(const EditorTable &table)
{
    EditorFilter::Side source{m_source, {{}, table.source.name}, table.rows};
    EditorFilter::Side target;
    if (const int at = m_tables.catalog().source.find(table.source); at >= 0)
        source.table = m_tables.catalog().source.tables.at(at).name;
    if (table.onTarget && table.target) {
        const int at = m_tables.catalog().target.find(*table.target);
        target = {m_target, *table.target, at >= 0 ? m_tables.catalog().target.tables.at(at).rows : -1};
    }
    m_filter->setTable(table.index, source, target);
}

void EditorPanel::showAdvice(const EditorTable &table)
{
    QJsonObject detect = draft::detectOf(m_draft.value(table.index, {u"detect"_s}));
    if (detect.isEmpty())
        detect = draft::detectOf(m_draft.value(JobDraft::job, {u"detect"_s}));
    QStringList key;
    const QJsonArray own = m_draft.value(table.index, {u"key"_s}).toArray();
    for (const auto name : own)
        key << name.toString();
    const QString where = draft::whereOf(m_draft.value(table.index, {u"where"_s}), false);
    m_advice->setQuestion({m_source, m_tables.sourceSchema(m_row), detectSettings(detect), key, where});
}

void EditorPanel::showKept(const EditorTable &table)
{
    const TableSchema *schema = m_tables.sourceSchema(m_row).get();
    m_kept->setTable(table.index, table.source.display(), keptSize(schema, table.rows, true),
                     keptSize(schema, table.rows, false));
}

static QStringList columnNames(const TableSchema *schema)
{
    QStringList names;
    for (const Column &column : schema ? schema->columns : QList<Column>())
        names << column.name;
    return names;
}

void EditorPanel::showDraft()
{
    const EditorTable *found = m_tables.at(m_row);
    if (found == nullptr || found->index < 0) {
        showEmpty(found);
        return;
    }
    const EditorTable table = *found;
    m_stack->setCurrentIndex(1);
    const QString target = table.target ? wording::safeText(table.target->name, 80) : tr("not at the target");
    const bool twoWay = m_draft.json().value("mode"_L1).toString() == "two-way"_L1;
    m_title->setText(format::sides(wording::safeText(table.source.name, 80), target, twoWay));
    const auto schema = m_tables.sourceSchema(m_row);
    const auto ofTarget = m_tables.targetSchema(m_row);
    m_columns->model().setTable(table.index, schema, ofTarget);
    m_columns->showDraft();
    if (schema != m_schema || ofTarget != m_targetSchema) {
        m_schema = schema;
        m_targetSchema = ofTarget;
        const QStringList columns = columnNames(schema.get());
        m_detection->setColumns(columns, columnNames(ofTarget.get()));
        m_rules->setColumns(columns);
    }
    m_detection->setTable(table.index);
    m_rules->setTable(table.index);
    showFilter(table);
    showAdvice(table);
    showKept(table);
    setProblems(m_problems, m_remarks);
}

void EditorPanel::lead(const EditorProblem &problem)
{
    if (m_stack->currentIndex() == 0) {
        sheet::focus(m_empty->findChild<QPushButton *>());
        return;
    }
    const QString field = problem.field;
    if (field == "columns"_L1 || field == "key"_L1) {
        m_tabs->setCurrentIndex(0);
        m_columns->lead(field, problem.column);
    } else if (field.startsWith("where"_L1)) {
        m_tabs->setCurrentIndex(1);
        sheet::focus(m_filter->field(field));
    } else if (field.startsWith("detect"_L1)) {
        m_tabs->setCurrentIndex(2);
        sheet::focus(m_detection->field(field));
    } else if (field == "keep"_L1) {
        m_tabs->setCurrentIndex(keptTab);
        m_kept->lead(problem);
    } else if (!field.isEmpty()) {
        m_tabs->setCurrentIndex(3);
        m_rules->lead(problem);
    }
}

} // namespace tidemark
