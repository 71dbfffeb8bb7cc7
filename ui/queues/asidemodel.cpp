// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queues/asidemodel.h"

#include <QDateTime>

#include "app/wording/wording.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void AsideModel::setMessages(QList<AsideMessage> messages)
{
    beginResetModel();
    m_messages = std::move(messages);
    endResetModel();
}

void AsideModel::remove(const QList<QByteArray> &ids)
{
    for (const QByteArray &id : ids) {
        const int row = rowOf(id);
        if (row < 0)
            continue;
        beginRemoveRows({}, row, row);
        m_messages.removeAt(row);
        endRemoveRows();
        m_edited.remove(id);
    }
}

const AsideMessage *AsideModel::at(int row) const
{
    return row >= 0 && row < m_messages.size() ? &m_messages.at(row) : nullptr;
}

int AsideModel::rowOf(const QByteArray &id) const
{
    for (int row = 0; row < m_messages.size(); ++row) {
        if (m_messages.at(row).raw.id == id)
            return row;
    }
    return -1;
}

void AsideModel::setEdited(const QByteArray &id, bool edited)
{
    if (edited == m_edited.contains(id))
        return;
    if (edited)
        m_edited.insert(id);
    else
        m_edited.remove(id);
    if (const int row = rowOf(id); row >= 0)
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

int AsideModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

int AsideModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString AsideModel::text(const AsideMessage &message, int column) const
{
    switch (column) {
    case Table:
        return message.table.isEmpty() ? u"—"_s : wording::safeText(message.table, 80);
    case Key:
        return wording::safeText(message.key, 120);
    case Reason:
        return reasonOf(message.raw);
    case Since:
        return message.raw.sinceMs > 0
            ? QDateTime::fromMSecsSinceEpoch(message.raw.sinceMs).toString(u"yyyy-MM-dd HH:mm:ss"_s)
            : u"—"_s;
    case Id:
        return wording::safeText(QString::fromUtf8(message.raw.id), 80);
    default:
        return {};
    }
}

QVariant AsideModel::data(const QModelIndex &index, int role) const
{
    const AsideMessage *message = at(index.row());
    if (message == nullptr)
        return {};
    const bool edited = m_edited.contains(message->raw.id);
    if (role == Qt::DisplayRole)
        return text(*message, index.column());
    if (role == Qt::ToolTipRole && index.column() == Reason)
        return format::toolTip(text(*message, Reason));
    if (role == Qt::DecorationRole && index.column() == Table && edited)
        return signs::icon(u"edit"_s);
    if (role == Qt::AccessibleTextRole) {
        const QString cell = text(*message, index.column());
        return edited && index.column() == Table ? tr("%1, edited").arg(cell) : cell;
    }
    return {};
}

QVariant AsideModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Table"), tr("Key"), tr("Reason"), tr("Since"), tr("Message")};
    return section >= 0 && section < ColumnCount ? titles[section] : QVariant();
}

} // namespace tidemark
