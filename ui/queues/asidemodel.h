// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSet>

#include "ui/queues/asidemessage.h"

namespace tidemark {

// The messages of a quarantine, the oldest first.
class AsideModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Table, Key, Reason, Since, Id, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setMessages(QList<AsideMessage> messages);
    void remove(const QList<QByteArray> &ids); // one row each
    const AsideMessage *at(int row) const; // null: none
    int rowOf(const QByteArray &id) const; // −1: none
    void setEdited(const QByteArray &id, bool edited);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const AsideMessage &message, int column) const;
    QList<AsideMessage> m_messages;
    QSet<QByteArray> m_edited;
};

} // namespace tidemark
