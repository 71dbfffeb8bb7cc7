// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBrush>
#include <QFont>
#include <QGuiApplication>
#include <QJsonArray>

#include "app/wording/wording.h"
#include "ui/jobs/editorcolumns.h"
#include "ui/jobs/editorstamps.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

const QString EditorColumnModel::leaveOut = u"\u0001"_s;

EditorColumnModel::EditorColumnModel(JobDraft &draft, QObject *parent) : QAbstractTableModel(parent), m_draft(draft) { }

void EditorColumnModel::setTable(int table, std::shared_ptr<const TableSchema> source,
                                 std::shared_ptr<const TableSchema> target)
{
    if (table == m_table && source == m_source && target == m_target)
        return showDraft();
    beginResetModel();
    m_table = table;
    m_source = std::move(source);
    m_target = std::move(target);
    m_columns = m_source ? editorColumns(*m_source, m_target.get(), this->table()) : QList<EditorColumn>();
    endResetModel();
}

void EditorColumnModel::setRemarks(const QMap<QString, QString> &byColumn)
{
    if (byColumn == m_remarks)
        return;
    m_remarks = byColumn;
    if (!m_columns.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QJsonObject EditorColumnModel::table() const { return m_draft.value(m_table, {}).toObject(); }

void EditorColumnModel::showDraft()
{
    if (!m_source)
        return;
    const QList<EditorColumn> now = editorColumns(*m_source, m_target.get(), table());
    if (now == m_columns)
        return;
    if (now.size() != m_columns.size()) { // a column of the target went into a pair or out of it
        beginResetModel();
        m_columns = now;
        endResetModel();
        return;
    }
    m_columns = now;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const EditorColumn *EditorColumnModel::at(int row) const
{
    return row >= 0 && row < m_columns.size() ? &m_columns.at(row) : nullptr;
}

int EditorColumnModel::rowOf(const QString &source) const
{
    for (int row = 0; row < m_columns.size(); ++row) {
        if (m_columns.at(row).source == source && !source.isEmpty())
            return row;
    }
    return -1;
}

bool EditorColumnModel::ownKey() const { return table().contains("key"_L1); }

void EditorColumnModel::clearKey() { m_draft.set(m_table, {u"key"_s}, QJsonValue(QJsonValue::Undefined)); }

void EditorColumnModel::setKey(const EditorColumn &column, bool in)
{
    QStringList names;
    for (const EditorColumn &other : std::as_const(m_columns)) {
        if (other.key)
            names << other.source;
    }
    // In the order in which they were named, which is the key's own where nobody has.
    const QJsonArray own = table().value("key"_L1).toArray();
    QStringList order;
    for (const auto name : own)
        order << name.toString();
    if (order.isEmpty() && m_source)
        order = keyByItself(*m_source);
    for (const QString &name : std::as_const(names)) {
        if (!order.contains(name))
            order << name;
    }
    order.removeAll(column.source);
    if (in)
        order << column.source;
    const bool asByItself = m_source && order == keyByItself(*m_source);
    m_draft.set(m_table, {u"key"_s},
                order.isEmpty() || asByItself ? QJsonValue(QJsonValue::Undefined)
                                              : QJsonValue(QJsonArray::fromStringList(order)));
}

// The exception of this column, under the name that the file uses for it.
static QJsonObject exceptionOf(const QJsonObject &table, const QString &source)
{
    return draft::columnOf(table, source);
}

void EditorColumnModel::setTick(const EditorColumn &column, const QString &key, bool on)
{
    QJsonObject exception = exceptionOf(table(), column.source);
    if (on)
        exception.remove(key);
    else
        exception[key] = false;
    m_draft.apply(draft::withColumn(m_draft.json(), m_table, column.source, exception));
}

void EditorColumnModel::setTarget(const EditorColumn &column, const QString &target)
{
    QJsonObject exception = exceptionOf(table(), column.source);
    if (target == leaveOut)
        exception["target"_L1] = QJsonValue::Null;
    else if (target.isEmpty())
        exception.remove("target"_L1);
    else
        exception["target"_L1] = target;
    m_draft.apply(draft::withColumn(m_draft.json(), m_table, column.source, exception));
}

void EditorColumnModel::setColumnsOnly(bool only)
{
    QJsonObject job = m_draft.json();
    QJsonArray tables = job.value("tables"_L1).toArray();
    if (m_table < 0 || m_table >= tables.size())
        return;
    QJsonObject table = this->table();
    const QJsonArray before = table.value("columns"_L1).toArray();
    QJsonArray list;
    if (only) {
        table["columnsOnly"_L1] = true;
        for (const EditorColumn &column : std::as_const(m_columns)) {
            const bool paired =
                column.state == EditorColumn::State::ByName || column.state == EditorColumn::State::ByHand;
            if (!paired)
                continue;
            QJsonObject exception = exceptionOf(table, column.source);
            exception["source"_L1] = column.source;
            list.append(exception);
        }
    } else {
        table.remove("columnsOnly"_L1);
        for (const auto column : before) {
            if (column.toObject().size() > 1)
                list.append(column);
        }
    }
    if (list.isEmpty())
        table.remove("columns"_L1);
    else
        table["columns"_L1] = list;
    if (!table.contains("source"_L1))
        table["source"_L1] = tables.at(m_table);
    tables[m_table] = table.size() == 1 ? table.value("source"_L1) : QJsonValue(table);
    job["tables"_L1] = tables;
    m_draft.apply(job);
}

QJsonValue EditorColumnModel::special(int row, const QString &key) const
{
    const EditorColumn *column = at(row);
    return column == nullptr ? QJsonValue(QJsonValue::Undefined) : exceptionOf(table(), column->source).value(key);
}

void EditorColumnModel::setSpecial(int row, const QString &key, const QJsonValue &value)
{
    const EditorColumn *column = at(row);
    if (column == nullptr || column->source.isEmpty())
        return;
    QJsonObject exception = exceptionOf(table(), column->source);
    if (value.isUndefined())
        exception.remove(key);
    else
        exception[key] = value;
    m_draft.apply(draft::withColumn(m_draft.json(), m_table, column->source, exception),
                  u"%1:%2.%3"_s.arg(m_table).arg(column->source, key)); // a name that is typed is one step
}

bool EditorColumnModel::mergesCells() const { return draft::mergesCells(m_draft.json(), m_table); }

bool EditorColumnModel::isChangeTime(int row) const
{
    const EditorColumn *column = at(row);
    const int place = column != nullptr && m_source ? m_source->columnIndex(column->source) : -1;
    return place >= 0 && stamps::isChangeTime(m_source->columns.at(place));
}

int EditorColumnModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

int EditorColumnModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EditorColumnModel::text(const EditorColumn &column, int section) const
{
    const auto named = [](const QString &name, const ColumnType &type) {
        const QString shown = wording::safeText(name, 100);
        return type.native.isEmpty() ? shown : QString(shown + u"  "_s + wording::safeText(type.native, 40));
    };
    using State = EditorColumn::State;
    if (section == Source)
        return column.state == State::TargetOnly ? tr("not at the source") : named(column.source, column.sourceType);
    if (section != Target)
        return {};
    if (column.state == State::LeftOut)
        return tr("left out");
    if (column.state == State::Unmatched)
        return tr("no counterpart");
    // What a table that is created will have is another database's: the checks show its SQL.
    return named(column.target, m_target ? column.targetType : ColumnType());
}

QVariant EditorColumnModel::data(const QModelIndex &index, int role) const
{
    const EditorColumn *column = index.isValid() ? at(index.row()) : nullptr;
    if (column == nullptr)
        return {};
    using State = EditorColumn::State;
    const bool paired = column->state == State::ByName || column->state == State::ByHand;
    const QString remark = m_remarks.value(column->source.isEmpty() ? column->target : column->source);
    switch (role) {
    case Qt::DisplayRole:
        return text(*column, index.column());
    case Qt::EditRole:
        if (index.column() == Target)
            return column->state == State::LeftOut ? leaveOut : column->target;
        return text(*column, index.column());
    case Qt::CheckStateRole:
        if (column->state == State::TargetOnly)
            return {};
        if (index.column() == Key)
            return column->key ? Qt::Checked : Qt::Unchecked;
        if (paired && index.column() == Compare)
            return column->compare ? Qt::Checked : Qt::Unchecked;
        if (paired && index.column() == Write)
            return column->write && !column->computed ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::ToolTipRole:
        return remark.isEmpty() ? text(*column, index.column()) : QVariant(remark);
    case Qt::DecorationRole:
        if (index.column() == Source && !remark.isEmpty())
            return signs::icon(u"warning"_s, theme::Token::Warning);
        return {};
    case Qt::ForegroundRole:
        if (!paired)
            return QBrush(theme::color(theme::Token::Muted, QGuiApplication::palette()));
        return {};
    case Qt::FontRole: {
        QFont font;
        font.setItalic(!paired && index.column() == (column->state == State::TargetOnly ? Source : Target));
        font.setWeight(column->state == State::ByHand && index.column() == Target ? QFont::DemiBold : QFont::Normal);
        return font;
    }
    case Qt::AccessibleTextRole:
        return QString(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString() + u", "_s
                       + wording::safeText(column->source.isEmpty() ? column->target : column->source, 100));
    case RemarkRole:
        return remark;
    case StateRole:
        return static_cast<int>(column->state);
    case SourceNameRole:
        return column->source;
    case TargetsRole: {
        QStringList names;
        const TableSchema *schema = m_target ? m_target.get() : m_source.get();
        for (const tidemark::Column &target : schema->columns)
            names << target.name;
        return names;
    }
    default:
        return {};
    }
}

bool EditorColumnModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const EditorColumn *found = index.isValid() ? at(index.row()) : nullptr;
    if (found == nullptr)
        return false;
    const EditorColumn column = *found;
    const bool on = value.toInt() == Qt::Checked;
    if (role == Qt::CheckStateRole && index.column() == Key)
        setKey(column, on);
    else if (role == Qt::CheckStateRole && index.column() == Compare)
        setTick(column, u"compare"_s, on);
    else if (role == Qt::CheckStateRole && index.column() == Write)
        setTick(column, u"write"_s, on);
    else if (role == Qt::EditRole && index.column() == Target)
        setTarget(column, value.toString());
    else
        return false;
    return true;
}

Qt::ItemFlags EditorColumnModel::flags(const QModelIndex &index) const
{
    const EditorColumn *column = index.isValid() ? at(index.row()) : nullptr;
    if (column == nullptr)
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    using State = EditorColumn::State;
    if (column->state == State::TargetOnly)
        return flags;
    const bool paired = column->state == State::ByName || column->state == State::ByHand;
    if (index.column() == Target)
        flags |= Qt::ItemIsEditable;
    if (index.column() == Key)
        flags |= Qt::ItemIsUserCheckable;
    const bool ticks = paired && !column->key;
    if (ticks && (index.column() == Compare || (index.column() == Write && !column->computed)))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant EditorColumnModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Key:
        return tr("Key");
    case Source:
        return tr("Source");
    case Target:
        return tr("Target");
    case Compare:
        return tr("Compare");
    case Write:
        return tr("Write");
    default:
        return {};
    }
}

} // namespace tidemark
