// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include "ui/conflicts/conflictpicture.h"

namespace tidemark {

// The conflicts of a job, filtered; in the order in which they were met.
class ConflictListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    struct Filter
    {
        QString text;
        QString table; // empty: all
        std::optional<ConflictKind> kind;
        QList<ConflictState> states; // empty: all
        bool operator==(const Filter &) const = default;
    };

    using QAbstractListModel::QAbstractListModel;
    void setSides(const QString &source, const QString &target);
    void setListing(const ConflictListing &listing);
    ConflictListing release(); // nothing is listed any more; many take a while to be forgotten
    void setFilter(const Filter &filter);
    void setState(const QList<ConflictReply> &said); // what was taken; the list keeps its order, and whoever is shown
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    const ConflictEntry *entry(int row) const; // null: none
    const ConflictEntry *find(qint64 id) const;
    int rowOf(qint64 id) const; // −1: not shown
    int rowOf(const QString &table, const QByteArray &key) const;
    int nextOpen(int row, bool forward) const; // after this one, and on from the other end; −1: none is open
    QList<qint64> openIds() const; // that are shown
    QList<qint64> openLike(const ConflictEntry &entry) const; // of all, itself left out
    QStringList tables() const;
    const ConflictListing &listing() const { return m_listing; }
    QString words(const ConflictEntry &entry) const; // "both changed price"
    static QString stateName(ConflictState state);
    static QString tableName(const QString &table); // as people know it

private:
    bool passes(const ConflictEntry &entry) const;
    void refill();
    QString m_source, m_target;
    ConflictListing m_listing;
    Filter m_filter;
    QString m_folded; // of the text
    QList<int> m_shown; // indexes of entries
    QHash<qint64, int> m_byId;
};

// Two lines: the row and what is wrong with it; before them the sign of its state.
class ConflictDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace tidemark
