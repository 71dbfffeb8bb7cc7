// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detect/advicequestions.h"

#include "core/endpoint/sql/condition.h"

using namespace Qt::StringLiterals;

namespace tidemark {

qint64 Questions::Answer::number(int column) const
{
    bool isNumber = false;
    const qint64 value = rows.isEmpty() || rows.first().size() <= column || !rows.first()[column]
        ? -1
        : rows.first()[column]->toLongLong(&isNumber);
    return isNumber ? value : -1;
}

QString Questions::Answer::text(int column) const
{
    return rows.isEmpty() || rows.first().size() <= column
        ? QString()
        : QString::fromUtf8(rows.first()[column].value_or(QByteArray()));
}

Finding Questions::Answer::finding(FindingCode code, const QString &column) const
{
    Finding finding;
    finding.code = code;
    finding.column = column;
    finding.query = sql;
    finding.error = error;
    return finding;
}

Questions::Questions(SqlSession &session, const TableSchema &table, QStringList key, const QString &where,
                     const AdviceLimits &limits)
    : m_session(session), m_table(table), m_key(std::move(key)), m_where(where.isEmpty() ? where : enclosed(where)),
      m_limits(limits), m_deadline(limits.totalMs)
{ }

Result<Questions::Answer> Questions::ask(const QString &sql)
{
    Answer answer;
    answer.sql = sql;
    const qint64 left = std::min(m_limits.queryMs, m_deadline.remainingTime());
    const Error overdue{ErrorCode::Timeout, {{Fact::Limit, QString::number(m_limits.queryMs)}}, {}};
    if (left <= 0) {
        answer.error = overdue;
        return answer;
    }
    auto rows = m_session.queryWithin(sql, left);
    if (!rows && (rows.error().endsSession() || rows.error().code == ErrorCode::Internal))
        return fail(std::move(rows).error());
    if (!rows)
        answer.error = std::move(rows).error();
    else if (!*rows)
        answer.error = overdue;
    else
        answer.rows = std::move(**rows);
    return answer;
}

Result<void> Questions::size()
{
    auto estimate = m_session.estimateRows(m_table.name);
    if (!estimate && estimate.error().endsSession())
        return fail(std::move(estimate).error());
    m_rows = estimate.value_or(-1);
    if (!m_where.isEmpty()) // how many of them pass is nobody's estimate
        m_rows = -1;
    TRY_ASSIGN(const auto counted, count(m_limits.sampleRows));
    if (!counted)
        return {};
    m_small = *counted <= m_limits.sampleRows;
    if (m_small) {
        m_rows = *counted;
    } else if (m_where.isEmpty()) {
        m_rows = m_rows < 0 ? m_rows : std::max(m_rows, *counted);
    } else {
        TRY_ASSIGN(const auto many, count(muchToRead));
        m_rows = many.value_or(-1);
        m_hasMore = m_rows > muchToRead;
    }
    return {};
}

// Up to one more than `most`.
Result<std::optional<qint64>> Questions::count(qint64 most)
{
    TRY_ASSIGN(const Answer counted,
               ask("SELECT count(*) FROM (SELECT 1 AS one FROM "_L1 + tableName() + where() + " LIMIT "_L1
                   + QString::number(most + 1) + ") AS s"_L1));
    return counted.isKnown() ? std::optional(counted.number()) : std::nullopt;
}

Result<bool> Questions::isPartitioned()
{
    if (const QString question = sql().isPartitioned(m_table.name); !m_partitioned && !question.isEmpty()) {
        TRY_ASSIGN(const Answer answer, ask(question));
        m_partitioned = answer.text() == "t"_L1;
    }
    return m_partitioned.value_or(false);
}

QString Questions::where(const QString &condition) const
{
    if (m_where.isEmpty() && condition.isEmpty())
        return {};
    return " WHERE "_L1 + condition + (condition.isEmpty() || m_where.isEmpty() ? ""_L1 : " AND "_L1) + m_where;
}

QString Questions::sample(const QString &column) const { return sampleOf(column, m_limits.sampleRows); }

QString Questions::sampleOf(const QString &column, qint64 rows) const
{
    const QString from = "SELECT "_L1 + quote(column) + " FROM "_L1 + tableName() + where();
    if (m_small || m_key.isEmpty())
        return u'(' + from + " LIMIT "_L1 + QString::number(rows) + ") AS s"_L1;
    QStringList ends;
    for (const QLatin1StringView direction : {QLatin1StringView(), " DESC"_L1}) {
        QStringList terms;
        for (const QString &name : m_key)
            terms.append(quote(name) + direction);
        ends.append("SELECT "_L1 + quote(column) + " FROM ("_L1 + from + " ORDER BY "_L1 + terms.join(", "_L1)
                    + " LIMIT "_L1 + QString::number(rows / 2) + ") AS "_L1 + (direction.isEmpty() ? u"a"_s : u"b"_s));
    }
    return u'(' + ends.join(" UNION ALL "_L1) + ") AS s"_L1;
}

QString Questions::newest(const QString &column) const
{
    const QString name = quote(column);
    return "(SELECT "_L1 + name + " FROM "_L1 + tableName() + where(name + " IS NOT NULL"_L1) + " ORDER BY "_L1 + name
        + " DESC LIMIT "_L1 + QString::number(m_limits.sampleRows) + ") AS s"_L1;
}

} // namespace tidemark
