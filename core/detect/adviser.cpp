// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detect/adviser.h"

#include "core/detect/columnadvice.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QStringList keyOf(const TableSchema &table) // as mapTable() would choose
{
    if (!table.primaryKey.isEmpty())
        return table.primaryKey;
    QStringList best;
    for (const Index &index : table.indexes) {
        const bool isUsable = index.unique && !index.partial && !index.columns.isEmpty()
            && std::all_of(index.columns.begin(), index.columns.end(), [&table](const QString &name) {
                                  const int at = table.columnIndex(name);
                                  return at >= 0 && !table.columns[at].nullable;
                              });
        if (isUsable && (best.isEmpty() || index.columns.size() < best.size()))
            best = index.columns;
    }
    return best;
}

bool leadsAnIndex(const TableSchema &table, const QString &column)
{
    return table.primaryKey.value(0) == column
        || std::any_of(table.indexes.begin(), table.indexes.end(),
                       [&column](const Index &index) { return !index.partial && index.columns.value(0) == column; });
}

Finding keyFinding(const QStringList &key, const QStringList &mend = {})
{
    Finding finding;
    finding.code = FindingCode::NoKey;
    finding.count = key.isEmpty() ? 0 : 1;
    finding.text = key.join(", "_L1);
    finding.grade = key.isEmpty() ? Grade::Problem : Grade::Good;
    if (key.isEmpty())
        finding.mend = mend;
    return finding;
}

// A key of a partitioned table has to hold the columns that it is partitioned by: nothing simple to offer.
Result<Finding> keyFinding(Questions &questions, const QStringList &key)
{
    TRY_ASSIGN(const bool isPartitioned, key.isEmpty() ? questions.isPartitioned() : Result<bool>(false));
    return keyFinding(key, isPartitioned ? QStringList() : questions.sql().addKey(questions.table()));
}

Finding readsEverything(qint64 rows, bool atLeast = false)
{
    Finding finding;
    finding.code = FindingCode::ReadsEverything;
    finding.count = rows;
    finding.atLeast = atLeast;
    finding.grade = rows < 0 ? Grade::Unknown : (rows > muchToRead ? Grade::Warning : Grade::Good);
    return finding;
}

// What the schema alone tells, where no question can be asked.
CandidateAdvice fromSchema(const TableSchema &table, const DetectSettings &detect)
{
    CandidateAdvice advice;
    advice.detect = detect;
    const int column = table.columnIndex(detect.column);
    if (column < 0)
        return advice;
    Finding index;
    index.code = FindingCode::IndexMissing;
    index.column = detect.column;
    index.count = leadsAnIndex(table, detect.column) ? 1 : 0;
    index.grade = index.count > 0 ? Grade::Good : Grade::Warning;
    Finding nulls;
    nulls.code = FindingCode::Nulls;
    nulls.column = detect.column;
    nulls.grade = table.columns[column].nullable ? Grade::Unknown : Grade::Good;
    nulls.count = table.columns[column].nullable ? -1 : 0;
    advice.findings = {index, nulls};
    advice.grade = worst(advice.findings);
    return advice;
}

// Hash is judged by the size of the table; everything else by its column.
Result<CandidateAdvice> judge(Questions &questions, const DetectSettings &detect, bool isChosen)
{
    CandidateAdvice advice;
    advice.detect = detect;
    if (detect.by == DetectBy::Hash) {
        advice.findings = {readsEverything(questions.rows(), questions.hasMore())};
        advice.grade = worst(advice.findings);
        return advice;
    }
    const int column = questions.table().columnIndex(detect.column);
    if (column < 0)
        return fail(Error{ErrorCode::NoSuchColumn,
                          {{Fact::Table, questions.table().name.display()}, {Fact::Column, detect.column}},
                          {}});
    return ColumnAdvice(questions, questions.table().columns[column], detect, isChosen).run();
}

} // namespace

Result<TableAdvice> Adviser::advise(const TableSchema &table, const QString &where)
{
    TableAdvice advice;
    advice.table = table.name;
    const QStringList key = keyOf(table);
    SqlSession *sql = m_source.asSql();
    QList<DetectSettings> candidates = detectionCandidates(table, m_limits.candidates);
    candidates += DetectSettings();
    if (!where.isEmpty())
        TRY(m_source.validateWhere(table.name, where));
    if (sql == nullptr) {
        advice.findings = {keyFinding(key)};
        auto rows = m_source.estimateRows(table.name);
        if (!rows && rows.error().endsSession())
            return fail(std::move(rows).error());
        advice.rows = rows.value_or(-1);
        for (const DetectSettings &detect : candidates) {
            CandidateAdvice candidate = fromSchema(table, detect);
            if (detect.by == DetectBy::Hash) {
                candidate.findings = {readsEverything(advice.rows)};
                candidate.grade = worst(candidate.findings);
            }
            advice.candidates += candidate;
        }
        recommend(advice, m_limits);
        return advice;
    }
    Questions questions(*sql, table, key, where, m_limits);
    TRY(questions.size());
    TRY_ASSIGN(Finding usable, keyFinding(questions, key));
    advice.findings = {std::move(usable)};
    advice.rows = questions.rows();
    for (const DetectSettings &detect : candidates) {
        TRY_ASSIGN(CandidateAdvice candidate, judge(questions, detect, false));
        advice.candidates += std::move(candidate);
    }
    recommend(advice, m_limits);
    return advice;
}

Result<CandidateAdvice> Adviser::advise(const TableSchema &table, const DetectSettings &chosen, const QStringList &key,
                                        const QString &where)
{
    SqlSession *sql = m_source.asSql();
    const QStringList own = keyOf(table);
    const QStringList used = key.isEmpty() ? own : key;
    if (!where.isEmpty())
        TRY(m_source.validateWhere(table.name, where));
    if (sql == nullptr) {
        CandidateAdvice advice = fromSchema(table, chosen);
        advice.findings.prepend(keyFinding(used));
        advice.grade = worst(advice.findings);
        return advice;
    }
    Questions questions(*sql, table, own, where, m_limits);
    TRY(questions.size());
    TRY_ASSIGN(CandidateAdvice advice, judge(questions, chosen, true));
    TRY_ASSIGN(Finding usable, keyFinding(questions, used));
    advice.findings.prepend(std::move(usable));
    advice.grade = worst(advice.findings);
    return advice;
}

Result<QList<TableEstimate>> estimateTables(Session &session, const QList<TableName> &tables)
{
    QList<TableEstimate> estimates;
    for (const TableName &table : tables) {
        auto rows = session.estimateRows(table);
        if (!rows && rows.error().endsSession())
            return fail(std::move(rows).error());
        estimates += {table, rows.value_or(-1)};
    }
    return estimates;
}

} // namespace tidemark
