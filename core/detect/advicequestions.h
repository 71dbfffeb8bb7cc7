// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>

#include "core/detect/adviser.h"
#include "core/endpoint/sql/sqlsession.h"

namespace tidemark {

constexpr qint64 muchToRead = 1'000'000; // rows, by every run

// Asks about the rows of one table that pass the job's filter, each question within its time and all of them within
// theirs.
class Questions
{
public:
    struct Answer
    {
        QString sql; // as it was run
        QList<SqlRow> rows;
        std::optional<Error> error; // no answer: refused, or not in time
        bool isKnown() const { return !error; }
        qint64 number(int column = 0) const; // of the first row; −1: none
        QString text(int column = 0) const;
        Finding finding(FindingCode code, const QString &column) const; // Unknown, with this question and its error
    };

    // key: by which both ends of the table can be reached by an index; empty: none.
    // where: a filter that was found valid, or empty.
    Questions(SqlSession &session, const TableSchema &table, QStringList key, const QString &where,
              const AdviceLimits &limits);

    // Only what ends the session is an error.
    Result<Answer> ask(const QString &sql);
    Result<void> size(); // first: whether the rows are fewer than a sample
    Result<bool> isPartitioned(); // where it cannot be asked: no

    const AdviceSql &sql() const { return m_session.adviceSql(); }
    const Dialect &dialect() const { return m_session.dialect(); }
    SqlSession &session() { return m_session; }
    const TableSchema &table() const { return m_table; }
    QString tableName() const { return m_session.dialect().table(m_table.name); }
    QString quote(const QString &column) const { return m_session.dialect().quote(column); }
    qint64 rows() const { return m_rows; } // −1: unknown
    bool hasMore() const { return m_hasMore; } // rows() is where counting ended
    bool isSmall() const { return m_small; } // a sample is the whole of it
    qint64 sampleRows() const { return m_limits.sampleRows; }

    // " WHERE …" of the rows that are meant and fulfil this too; empty where all are.
    QString where(const QString &condition = {}) const;
    // "(SELECT …) AS s" of one column: both ends of the table by its key, or its first rows.
    QString sample(const QString &column) const;
    QString sampleOf(const QString &column, qint64 rows) const;
    QString newest(const QString &column) const; // greatest values first; only where an index leads with the column

private:
    SqlSession &m_session;
    const TableSchema &m_table;
    Result<std::optional<qint64>> count(qint64 most); // nothing: refused, or not in time

    QStringList m_key;
    QString m_where; // in its parenthesis
    AdviceLimits m_limits;
    QDeadlineTimer m_deadline;
    qint64 m_rows = -1;
    bool m_small = false;
    bool m_hasMore = false;
    std::optional<bool> m_partitioned;
};

} // namespace tidemark
