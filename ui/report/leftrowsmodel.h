// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

#include "core/journal/journal.h"

namespace tidemark {

class Desk;

// The rows that a job's runs have left unwritten, paged from the journal: so many as there are, read as they are
// looked at.
class LeftRowsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum class Kind : quint8 { Aside, Changed, Withheld };
    enum Column { Table, Key, Reason, Since, ColumnCount };

    explicit LeftRowsModel(std::shared_ptr<Desk> desk, QObject *parent = nullptr);
    void show(const QString &jobId, Kind kind, qint64 count);

    struct Counts
    {
        qint64 aside = 0, changed = 0, withheld = 0;
        bool operator==(const Counts &) const = default;
    };
    static Result<Counts> count(Journal &journal, const QString &jobId); // blocks

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString table, key, reason, detail;
        qint64 sinceUs = 0;
    };
    using Page = QList<Row>;
    static Result<Page> read(Journal &journal, const QString &jobId, Kind kind, qint64 offset);
    void request(int page) const;
    void arrive(int number, int page, const Result<Page> &rows);

    std::shared_ptr<Desk> m_desk;
    QString m_job;
    Kind m_kind = Kind::Aside;
    int m_count = 0;
    int m_number = 0; // of this list: what an earlier one asked for comes too late
    QHash<int, Page> m_pages;
    mutable QSet<int> m_asked;
};

} // namespace tidemark
