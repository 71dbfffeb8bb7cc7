// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include "core/reconcile/report.h"
#include "core/run/progress.h"

namespace tidemark {

// The tables of the selected job: live while it runs, else as the last report tells them.
class TableProgressModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { CountsRole = Qt::UserRole, DetailRole, FractionRole, ErrorRole };

    explicit TableProgressModel(QObject *parent = nullptr) : QAbstractListModel(parent) { }
    void showProgress(const ProgressSnapshot &snapshot, bool withText); // withText: no more than four times a second
    void showReport(const RunReport &report);
    void clear();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    struct Line
    {
        QString name;
        QString counts;
        QString detail;
        double fraction = -1; // 0 … 1; −1: no bar; −2: running, length unknown
        bool isError = false;
        bool operator==(const Line &) const = default;
    };
    static Line lineOf(const TableProgress &table);
    static Line lineOf(const TableReport &table, bool bothWays);

private:
    void show(QList<Line> lines);
    QList<Line> m_lines;
};

class TableProgressDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace tidemark
