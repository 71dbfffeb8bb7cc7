// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editortables.h"

#include <QBrush>
#include <QFont>
#include <QGuiApplication>
#include <QJsonArray>

#include "app/wording/wording.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

EditorTableModel::EditorTableModel(JobDraft &draft, QObject *parent) : QAbstractTableModel(parent), m_draft(draft) { }

void EditorTableModel::setCatalog(const TableCatalog &catalog)
{
    m_catalog = catalog;
    showDraft();
}

void EditorTableModel::setProblems(const QMap<QString, int> &byTable)
{
    if (byTable == m_problems)
        return;
    m_problems = byTable;
    if (!m_tables.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void EditorTableModel::showDraft()
{
    const QList<EditorTable> now = rowsNow();
    if (now == m_tables)
        return indexRows(); // the draft may spell them otherwise
    bool sameNames = now.size() == m_tables.size();
    for (qsizetype i = 0; sameNames && i < now.size(); ++i)
        sameNames = now.at(i).source == m_tables.at(i).source;
    if (!sameNames) {
        beginResetModel();
        m_tables = now;
        indexRows();
        endResetModel();
        return;
    }
    m_tables = now;
    indexRows();
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QList<EditorTable> EditorTableModel::rowsNow() const
{
    const QJsonObject &job = m_draft.json();
    const QList<TableName> named = draft::tables(job);
    const QJsonArray entries = job.value("tables"_L1).toArray(); // of "*": empty
    const bool creates = job.value("create"_L1).toBool();
    QMultiHash<QString, int> indexes;
    for (int i = 0; i < named.size(); ++i)
        indexes.insert(named.at(i).name, i);
    QList<bool> found(named.size(), false);
    QList<EditorTable> rows;
    for (const CatalogTable &table : m_catalog.source.tables) {
        EditorTable row;
        row.source = table.name;
        row.rows = table.rows;
        for (const int at : indexes.values(table.name.name)) {
            const QString &schema = named.at(at).schema;
            if (found[at] || (!schema.isEmpty() && !table.name.schema.isEmpty() && schema != table.name.schema))
                continue;
            row.index = at;
            found[at] = true;
            break;
        }
        const QJsonObject entry = row.index < 0 ? QJsonObject() : entries.at(row.index).toObject();
        findTarget(row, entry, creates);
        row.keyless = table.schema && !hasKey(*table.schema) && !entry.value("key"_L1).isArray();
        rows << row;
    }
    for (int i = 0; i < named.size(); ++i) {
        if (found[i])
            continue;
        EditorTable row; // spelled otherwise, or not there
        row.source = named.at(i);
        row.index = i;
        const int at = m_catalog.source.find(named.at(i));
        row.atSource = at >= 0 || m_catalog.source.tables.isEmpty();
        row.rows = at >= 0 ? m_catalog.source.tables.at(at).rows : -1;
        findTarget(row, entries.at(i).toObject(), creates);
        rows << row;
    }
    return rows;
}

void EditorTableModel::findTarget(EditorTable &table, const QJsonObject &entry, bool jobCreates) const
{
    const std::optional<TableName> wanted = draft::targetOf(entry);
    table.byHand = wanted.has_value();
    const int at = m_catalog.target.find(wanted ? *wanted : TableName{{}, table.source.name});
    table.onTarget = at >= 0;
    table.creates = !table.onTarget && entry.value("create"_L1).toBool(jobCreates);
    table.target = at >= 0 ? std::optional(m_catalog.target.tables.at(at).name)
        : wanted           ? wanted
        : table.creates    ? std::optional(TableName{{}, table.source.name})
                           : std::nullopt;
    const qsizetype names = qsizetype(entry.contains("source"_L1)) + qsizetype(entry.contains("target"_L1));
    table.ownRules = entry.size() > names;
}

const EditorTable *EditorTableModel::at(int row) const
{
    return row >= 0 && row < m_tables.size() ? &m_tables.at(row) : nullptr;
}

void EditorTableModel::indexRows()
{
    m_rows.clear();
    const QJsonArray named = m_draft.json().value("tables"_L1).toArray();
    for (int row = static_cast<int>(m_tables.size()) - 1; row >= 0; --row) {
        const EditorTable &table = m_tables.at(row);
        m_rows.insert(table.source.display(), row);
        if (table.index >= 0)
            m_rows.insert(draft::sourceOf(named.at(table.index)).display(), row);
    }
}

int EditorTableModel::rowOf(const QString &display) const { return m_rows.value(display, -1); }

bool EditorTableModel::isTaken(const EditorTable &table) const
{
    return draft::allTables(m_draft.json()) ? table.usable() : table.index >= 0;
}

int EditorTableModel::listed() const
{
    return static_cast<int>(
        std::count_if(m_tables.begin(), m_tables.end(), [this](const EditorTable &table) { return isTaken(table); }));
}

int EditorTableModel::unmapped() const
{
    return static_cast<int>(std::count_if(m_tables.begin(), m_tables.end(), [](const EditorTable &table) {
        return table.atSource && !table.onTarget && !table.creates;
    }));
}

std::shared_ptr<const TableSchema> EditorTableModel::sourceSchema(int row) const
{
    const EditorTable *table = at(row);
    const int found = table == nullptr ? -1 : m_catalog.source.find(table->source);
    return found < 0 ? nullptr : m_catalog.source.tables.at(found).schema;
}

std::shared_ptr<const TableSchema> EditorTableModel::targetSchema(int row) const
{
    const EditorTable *table = at(row);
    const int found = table == nullptr || !table->target ? -1 : m_catalog.target.find(*table->target);
    return found < 0 ? nullptr : m_catalog.target.tables.at(found).schema;
}

QJsonObject EditorTableModel::withList() const
{
    QJsonObject job = m_draft.json();
    if (!draft::allTables(job))
        return job;
    job["tables"_L1] = m_listBefore;
    QList<TableName> names;
    for (const EditorTable &table : m_tables) {
        if (table.usable())
            names << TableName{{}, table.source.name};
    }
    return draft::withTables(std::move(job), names);
}

void EditorTableModel::takeAll()
{
    if (!draft::allTables(m_draft.json()))
        m_listBefore = m_draft.json().value("tables"_L1);
    m_draft.apply(draft::withAllTables(m_draft.json()));
}

void EditorTableModel::listAll() { m_draft.apply(withList()); }

void EditorTableModel::takeListed()
{
    if (draft::allTables(m_draft.json()) && m_listBefore.isArray())
        m_draft.set(JobDraft::job, {u"tables"_s}, m_listBefore);
    else
        listAll();
}

void EditorTableModel::setTaken(const QList<int> &rows, bool on)
{
    const QJsonArray listed = m_draft.json().value("tables"_L1).toArray();
    QList<TableName> tables; // as the list has them
    for (const int row : rows) {
        if (const EditorTable *table = at(row))
            tables << (table->index >= 0 ? draft::sourceOf(listed.at(table->index))
                                         : TableName{{}, table->source.name});
    }
    m_draft.apply(draft::withTaken(withList(), tables, on));
}

void EditorTableModel::setTarget(const EditorTable &table, const QString &name)
{
    if (table.index < 0)
        return;
    std::optional<TableName> target;
    if (!name.trimmed().isEmpty())
        target = TableName{{}, name.trimmed()};
    m_draft.apply(draft::withTarget(m_draft.json(), table.index, target));
}

int EditorTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tables.size());
}

int EditorTableModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString EditorTableModel::remark(const EditorTable &table) const
{
    const int count = m_problems.value(table.source.display(), 0);
    if (count > 0)
        return tr("%n problem(s)", nullptr, count);
    if (!table.atSource)
        return tr("not at the source");
    if (table.creates)
        return tr("will be created");
    if (!table.onTarget && !m_catalog.target.tables.isEmpty())
        return tr("not at the target");
    if (table.keyless)
        return tr("no key");
    return table.ownRules ? tr("own rules") : QString();
}

QVariant EditorTableModel::data(const QModelIndex &index, int role) const
{
    const EditorTable *table = index.isValid() ? at(index.row()) : nullptr;
    if (table == nullptr)
        return {};
    const bool hasProblem = m_problems.value(table->source.display(), 0) > 0;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (index.column() == Source)
            return wording::safeText(table->source.name, 120);
        if (index.column() == Target)
            return table->target ? wording::safeText(table->target->name, 120) : QString();
        if (index.column() == Rows)
            return table->rows < 0 ? QString() : QString(u"≈ "_s + format::count(table->rows));
        return remark(*table);
    case Qt::EditRole:
        return index.column() == Target && table->target ? table->target->name : QString();
    case Qt::CheckStateRole:
        if (index.column() == Source)
            return isTaken(*table) ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::TextAlignmentRole:
        return int((index.column() == Rows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (index.column() == Remark && hasProblem)
            return QBrush(theme::color(theme::Token::Remove, QGuiApplication::palette()));
        if (index.column() >= Rows || !isTaken(*table))
            return QBrush(theme::color(theme::Token::Muted, QGuiApplication::palette()));
        return {};
    case Qt::FontRole: {
        QFont font;
        if (table->byHand && index.column() == Target)
            font.setWeight(QFont::DemiBold);
        return font;
    }
    case Qt::AccessibleTextRole:
        return index.column() == Source ? QString(wording::safeText(table->source.name, 120) + u", "_s
                                                  + (isTaken(*table) ? tr("in the job") : tr("not in the job")))
                                        : QVariant();
    case ProblemsRole:
        return m_problems.value(table->source.display(), 0);
    case NameRole:
        return table->source.name;
    case SortRole:
        return index.column() == Rows ? QVariant(table->rows) : data(index, Qt::DisplayRole);
    case TargetsRole: {
        QStringList names;
        for (const CatalogTable &target : m_catalog.target.tables)
            names << target.name.name;
        return names;
    }
    default:
        return {};
    }
}

bool EditorTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const EditorTable *found = index.isValid() ? at(index.row()) : nullptr;
    if (found == nullptr)
        return false;
    const EditorTable table = *found;
    if (role == Qt::CheckStateRole && index.column() == Source) {
        setTaken({index.row()}, value.toInt() == Qt::Checked);
        return true;
    }
    if (role == Qt::EditRole && index.column() == Target) {
        setTarget(table, value.toString());
        return true;
    }
    return false;
}

Qt::ItemFlags EditorTableModel::flags(const QModelIndex &index) const
{
    const EditorTable *table = index.isValid() ? at(index.row()) : nullptr;
    if (table == nullptr)
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == Source)
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == Target && table->index >= 0)
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant EditorTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Rows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Source:
        return tr("Source");
    case Target:
        return tr("Target");
    case Rows:
        return tr("Rows");
    case Remark:
        return tr("State");
    default:
        return {};
    }
}

} // namespace tidemark
