// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QSet>

#include "core/config/connectionsettings.h"
#include "ui/connections/testmemory.h"

namespace tidemark {

// The connections of the workspace, by name, with how their last test went and which jobs use them.
class ConnectionListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { PlaceRole = Qt::UserRole, StateRole, ToneRole, IconRole, ProductionRole, ReadOnlyRole, SearchRole };
    enum class Tone : quint8 { Muted, Good, Bad, Busy };

    struct Entry
    {
        ConnectionSettings settings;
        QStringList users; // jobs
        std::optional<TestResult> test; // of these very settings
        bool operator==(const Entry &) const = default;
    };

    explicit ConnectionListModel(QObject *parent) : QAbstractListModel(parent) { }
    void setEntries(QList<Entry> entries); // rows that stay are kept, so that the selection is
    const Entry *at(const QModelIndex &index) const;
    const QList<Entry> &entries() const { return m_entries; }
    void setTesting(const QString &name, bool testing);
    void setNow(qint64 nowUs); // ages

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QString state(const Entry &entry) const;
    QList<Entry> m_entries;
    QSet<QString> m_testing;
    qint64 m_nowUs = 0;
};

} // namespace tidemark
