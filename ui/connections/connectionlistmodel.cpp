// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionlistmodel.h"

#include <algorithm>

#include "app/wording/wording.h"
#include "ui/connections/connectiondraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void ConnectionListModel::setEntries(QList<Entry> entries)
{
    const auto before = [](const Entry &a, const Entry &b) {
        const int order = a.settings.name.localeAwareCompare(b.settings.name);
        return order != 0 ? order < 0 : a.settings.name < b.settings.name;
    };
    std::sort(entries.begin(), entries.end(), before);
    int row = 0;
    for (const Entry &entry : std::as_const(entries)) {
        // Those that sort before it are gone.
        while (row < m_entries.size() && m_entries.at(row).settings.name != entry.settings.name
               && before(m_entries.at(row), entry)) {
            beginRemoveRows({}, row, row);
            m_entries.removeAt(row);
            endRemoveRows();
        }
        if (row < m_entries.size() && m_entries.at(row).settings.name == entry.settings.name) {
            if (m_entries.at(row) != entry) {
                m_entries[row] = entry;
                Q_EMIT dataChanged(index(row), index(row));
            }
        } else {
            beginInsertRows({}, row, row);
            m_entries.insert(row, entry);
            endInsertRows();
        }
        ++row;
    }
    if (row < m_entries.size()) {
        beginRemoveRows({}, row, static_cast<int>(m_entries.size()) - 1);
        m_entries.resize(row);
        endRemoveRows();
    }
}

const ConnectionListModel::Entry *ConnectionListModel::at(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_entries.size() ? &m_entries.at(index.row()) : nullptr;
}

void ConnectionListModel::setTesting(const QString &name, bool testing)
{
    if (testing)
        m_testing.insert(name);
    else
        m_testing.remove(name);
    for (int row = 0; row < m_entries.size(); ++row) {
        if (m_entries.at(row).settings.name == name)
            Q_EMIT dataChanged(index(row), index(row));
    }
}

void ConnectionListModel::setNow(qint64 nowUs)
{
    m_nowUs = nowUs;
    if (!m_entries.isEmpty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_entries.size()) - 1), {StateRole});
}

int ConnectionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

static QString failure(const ConnectionSettings &settings, ErrorCode code)
{
    Error error{code, {}, {}};
    error.with(Fact::Connection, settings.name).with(Fact::Database, settings.database);
    if (settings.driver == Driver::Sqlite)
        error.with(Fact::File, settings.database);
    if (!settings.host.isEmpty())
        error.with(Fact::Host, settings.host);
    if (settings.port > 0)
        error.with(Fact::Port, QString::number(settings.port));
    if (!settings.user.isEmpty())
        error.with(Fact::User, settings.user);
    return wording::message(error).what;
}

QString ConnectionListModel::state(const Entry &entry) const
{
    if (m_testing.contains(entry.settings.name))
        return tr("Testing…");
    if (!entry.test)
        return tr("Not tested yet");
    const QString age = wording::ago(entry.test->atUs, m_nowUs);
    const QString found =
        entry.test->error ? failure(entry.settings, *entry.test->error) : wording::safeText(entry.test->server, 60);
    return tr("%1 · %2", "result of a test · its age").arg(found, age);
}

QVariant ConnectionListModel::data(const QModelIndex &index, int role) const
{
    const Entry *entry = at(index);
    if (!entry)
        return {};
    const ConnectionSettings &settings = entry->settings;
    const auto place = [&] {
        const QString where = wording::safeText(placeOf(settings), 400);
        return entry->users.isEmpty()
            ? where
            : tr("%1 · used by %n job(s)", nullptr, static_cast<int>(entry->users.size())).arg(where);
    };
    switch (role) {
    case Qt::DisplayRole:
        return wording::safeText(settings.name, 400);
    case PlaceRole:
        return place();
    case StateRole:
        return state(*entry);
    case ToneRole:
        return static_cast<int>(m_testing.contains(settings.name) ? Tone::Busy
                                    : !entry->test                ? Tone::Muted
                                    : entry->test->error          ? Tone::Bad
                                                                  : Tone::Good);
    case IconRole:
        return QString(u"driver-"_s + driverName(settings.driver));
    case ProductionRole:
        return settings.production;
    case ReadOnlyRole:
        return settings.readOnly;
    case SearchRole:
        return QString(settings.name + u'\n' + placeOf(settings) + u'\n' + driverTitle(settings.driver));
    case Qt::ToolTipRole: {
        QString text = wording::safeText(settings.name, 1000) + u'\n' + driverTitle(settings.driver) + u'\n'
            + wording::safeText(placeOf(settings), 1000) + u'\n' + state(*entry);
        for (qsizetype i = 0; i < std::min<qsizetype>(entry->users.size(), 20); ++i)
            text += u'\n' + tr("Used by %1").arg(wording::safeText(entry->users.at(i)));
        return text.toHtmlEscaped().replace(u'\n', "<br>"_L1);
    }
    case Qt::AccessibleTextRole: {
        QStringList parts{wording::safeText(settings.name, 400), driverTitle(settings.driver), place()};
        if (settings.production)
            parts << tr("PRODUCTION");
        if (settings.readOnly)
            parts << tr("read-only");
        parts << state(*entry);
        return parts.join(u", "_s);
    }
    default:
        return {};
    }
}

} // namespace tidemark
