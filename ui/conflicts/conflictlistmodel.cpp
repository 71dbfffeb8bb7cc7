// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/conflictlistmodel.h"

#include <algorithm>

#include "app/wording/leftrows.h"
#include "app/wording/wording.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void ConflictListModel::setSides(const QString &source, const QString &target)
{
    m_source = source;
    m_target = target;
}

void ConflictListModel::setListing(const ConflictListing &listing)
{
    beginResetModel();
    m_listing = listing;
    m_byId.clear();
    for (int i = 0; i < m_listing.entries.size(); ++i)
        m_byId.insert(m_listing.entries.at(i).id, i);
    refill();
    endResetModel();
}

ConflictListing ConflictListModel::release()
{
    beginResetModel();
    m_shown.clear();
    m_byId.clear();
    ConflictListing listing = std::exchange(m_listing, {});
    endResetModel();
    return listing;
}

void ConflictListModel::setFilter(const Filter &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    m_folded = filter.text.trimmed().toCaseFolded();
    refill();
    endResetModel();
}

// One that is answered stays where it is until the list is read anew: lines do not jump away under the hand.
void ConflictListModel::setState(const QList<ConflictReply> &said)
{
    for (const ConflictReply &reply : said) {
        const auto found = m_byId.constFind(reply.id);
        if (found == m_byId.constEnd())
            continue;
        ConflictEntry &entry = m_listing.entries[*found];
        const auto counter = [this](ConflictState state) -> qint64 & {
            return state == ConflictState::Open    ? m_listing.open
                : state == ConflictState::Answered ? m_listing.answered
                                                   : m_listing.skipped;
        };
        --counter(entry.state);
        entry.state = reply.answer == ConflictAnswer::None ? ConflictState::Open
            : reply.answer == ConflictAnswer::Skip         ? ConflictState::Skipped
                                                           : ConflictState::Answered;
        ++counter(entry.state);
    }
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_shown.size()) - 1));
}

bool ConflictListModel::passes(const ConflictEntry &entry) const
{
    return (m_filter.table.isEmpty() || entry.table == m_filter.table)
        && (!m_filter.kind || entry.kind == *m_filter.kind)
        && (m_filter.states.isEmpty() || m_filter.states.contains(entry.state))
        && (m_folded.isEmpty() || entry.search.contains(m_folded));
}

void ConflictListModel::refill()
{
    m_shown.clear();
    for (int i = 0; i < m_listing.entries.size(); ++i) {
        if (passes(m_listing.entries.at(i)))
            m_shown.append(i);
    }
}

int ConflictListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

const ConflictEntry *ConflictListModel::entry(int row) const
{
    return row >= 0 && row < m_shown.size() ? &m_listing.entries.at(m_shown.at(row)) : nullptr;
}

const ConflictEntry *ConflictListModel::find(qint64 id) const
{
    const auto found = m_byId.constFind(id);
    return found == m_byId.constEnd() ? nullptr : &m_listing.entries.at(*found);
}

int ConflictListModel::rowOf(qint64 id) const
{
    const auto found = m_byId.constFind(id);
    return found == m_byId.constEnd() ? -1 : static_cast<int>(m_shown.indexOf(*found));
}

int ConflictListModel::rowOf(const QString &table, const QByteArray &key) const
{
    for (int row = 0; row < m_shown.size(); ++row) {
        if (entry(row)->key == key && entry(row)->table == table)
            return row;
    }
    return -1;
}

int ConflictListModel::nextOpen(int row, bool forward) const
{
    const int count = static_cast<int>(m_shown.size());
    for (int step = 1; step <= count; ++step) {
        const int at = ((forward ? row + step : row - step) % count + count) % count;
        if (entry(at)->state == ConflictState::Open)
            return at;
    }
    return -1;
}

QList<qint64> ConflictListModel::openIds() const
{
    QList<qint64> ids;
    for (const int at : m_shown) {
        if (m_listing.entries.at(at).state == ConflictState::Open)
            ids.append(m_listing.entries.at(at).id);
    }
    return ids;
}

QList<qint64> ConflictListModel::openLike(const ConflictEntry &entry) const
{
    QList<qint64> ids;
    for (const ConflictEntry &other : m_listing.entries) {
        if (other.state == ConflictState::Open && other.id != entry.id && other.isLike(entry))
            ids.append(other.id);
    }
    return ids;
}

QStringList ConflictListModel::tables() const
{
    QStringList names;
    for (const ConflictEntry &entry : m_listing.entries) {
        if (!names.contains(entry.table))
            names.append(entry.table);
    }
    return names;
}

QString ConflictListModel::words(const ConflictEntry &entry) const
{
    const QString columns = wording::safeText(entry.columns, 80);
    switch (entry.kind) {
    case ConflictKind::UpdatedAndDeleted:
        return entry.sourceLacks ? tr("%1 deleted it, %2 changed it").arg(m_source, m_target)
                                 : tr("%1 deleted it, %2 changed it").arg(m_target, m_source);
    case ConflictKind::BothInserted:
        return columns.isEmpty() ? tr("on both sides, never in step") : tr("both have their own %1").arg(columns);
    case ConflictKind::InDoubt:
        return tr("a run was cut off while it wrote the row");
    case ConflictKind::Constraint:
        return tr("a database refuses the row");
    case ConflictKind::Differs:
        return columns.isEmpty() ? tr("the sides differ") : tr("the sides differ in %1").arg(columns);
    case ConflictKind::GuardFailed:
        return tr("changed while its answer was written");
    case ConflictKind::BothUpdated:
        break;
    }
    return columns.isEmpty() ? tr("both changed it") : tr("both changed %1").arg(columns);
}

QString ConflictListModel::tableName(const QString &table) { return wording::safeText(wording::tablePair(table)); }

QString ConflictListModel::stateName(ConflictState state)
{
    switch (state) {
    case ConflictState::Answered:
        return tr("answered");
    case ConflictState::Skipped:
        return tr("left as it is");
    case ConflictState::Open:
    case ConflictState::Closed:
        break;
    }
    return tr("open");
}

QVariant ConflictListModel::data(const QModelIndex &index, int role) const
{
    const ConflictEntry *const entry = index.isValid() ? this->entry(index.row()) : nullptr;
    if (entry == nullptr)
        return {};
    const QString title = tableName(entry->table) + u" · "_s + wording::safeText(entry->keyText);
    if (role == Qt::DisplayRole)
        return title;
    if (role == Qt::UserRole)
        return words(*entry);
    if (role == Qt::UserRole + 1)
        return static_cast<int>(entry->state);
    if (role == Qt::ToolTipRole)
        return format::toolTip(title + u'\n' + words(*entry));
    if (role == Qt::AccessibleTextRole)
        return QStringList{title, words(*entry), stateName(entry->state)}.join(u", "_s);
    return {};
}

} // namespace tidemark
