// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a column of versions, and of a flag.
#include "core/detect/columnadvice.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 enoughVersions = 10;
constexpr int shownValues = 12;

// t, true and 1 are one value; so are f, false and 0.
QString flagForm(const QString &value)
{
    const QString text = value.toLower();
    if (text == "t"_L1 || text == "true"_L1)
        return u"1"_s;
    return text == "f"_L1 || text == "false"_L1 ? u"0"_s : value;
}

struct FlagGuess
{
    QLatin1StringView pending, done;
};

// What a name and its values mean to most people; empty where that is nothing.
FlagGuess guessOf(const QString &column, const QStringList &values)
{
    static const QStringList doneNames{u"sync"_s, u"export"_s, u"process"_s, u"sent"_s, u"transfer"_s, u"done"_s};
    const auto says = [&column](const QStringList &words) {
        return std::any_of(words.begin(), words.end(),
                           [&column](const QString &word) { return column.contains(word, Qt::CaseInsensitive); });
    };
    constexpr FlagGuess words[] = {{"pending"_L1, "done"_L1},
                                   {"new"_L1, "done"_L1},
                                   {"new"_L1, "sent"_L1},
                                   {"pending"_L1, "synced"_L1},
                                   {"dirty"_L1, "clean"_L1}};
    const bool isBinary = std::all_of(values.begin(), values.end(), [](const QString &value) {
        return flagForm(value) == "0"_L1 || flagForm(value) == "1"_L1;
    });
    if (isBinary && says(doneNames) && !says({u"pending"_s, u"needs"_s, u"unsent"_s}))
        return {"0"_L1, "1"_L1};
    if (isBinary)
        return {"1"_L1, "0"_L1};
    for (const FlagGuess &guess : words)
        if (values.contains(guess.pending) && values.contains(guess.done))
            return guess;
    return {};
}

} // namespace

// One growing number for the whole table is shared by no two rows; counters of rows are mostly small and alike.
Result<void> ColumnAdvice::scope()
{
    TRY_ASSIGN(const Answer answer,
               m_questions.ask("SELECT coalesce(max(n), 0), coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM "_L1
                               + m_questions.sample(m_column.name) + " WHERE "_L1 + name() + " IS NOT NULL GROUP BY "_L1
                               + name() + ") AS g"_L1));
    Finding finding = answer.finding(FindingCode::VersionScope, m_column.name);
    if (answer.isKnown()) {
        finding.count = answer.number();
        finding.of = answer.number(1);
        finding.sampled = !m_questions.isSmall();
    }
    DetectSettings &detect = m_advice.detect;
    if (finding.of >= enoughVersions && (finding.count == 1 || finding.count * 2 > finding.of)) {
        const VersionScope looks = finding.count == 1 ? VersionScope::Table : VersionScope::Row;
        finding.text = looks == VersionScope::Table ? u"table"_s : u"row"_s;
        if (!m_chosen)
            detect.scope = looks;
        if (detect.scope == looks)
            finding.grade = Grade::Good;
        else // a cursor over counters loses changes; counters instead of a cursor only cost a full read
            finding.grade = detect.scope == VersionScope::Table ? Grade::Problem : Grade::Warning;
    }
    add(finding);
    return {};
}

// Numbers that are handed out in blocks, or backwards, do not grow with time.
Result<void> ColumnAdvice::sequence()
{
    if (m_column.sequence.isEmpty() || m_advice.detect.scope == VersionScope::Row)
        return {};
    const QString sql = m_questions.sql().sequenceOf(m_column.sequence);
    if (sql.isEmpty())
        return {};
    TRY_ASSIGN(const Answer answer, m_questions.ask(sql));
    Finding finding = answer.finding(FindingCode::SequenceOrder, m_column.name);
    if (answer.isKnown() && !answer.rows.isEmpty()) {
        finding.count = answer.number(2);
        const QString quoted = m_column.sequence;
        if (answer.number(0) < 0) {
            finding.grade = Grade::Problem;
            finding.text = u"descending"_s;
        } else if (answer.text(1) == "t"_L1) {
            finding.grade = Grade::Problem;
            finding.text = u"cycle"_s;
            finding.mend = {"ALTER SEQUENCE "_L1 + quoted + " NO CYCLE"_L1};
        } else {
            finding.text = u"cache "_s + QString::number(finding.count);
            finding.grade = finding.count > 1 ? Grade::Warning : Grade::Good;
            if (finding.count > 1)
                finding.mend = {"ALTER SEQUENCE "_L1 + quoted + " CACHE 1"_L1};
        }
    }
    add(finding);
    return {};
}

Result<void> ColumnAdvice::flagValues()
{
    TRY_ASSIGN(const Answer answer,
               m_questions.ask("SELECT "_L1 + name() + ", count(*) FROM "_L1 + m_questions.sample(m_column.name)
                               + " GROUP BY "_L1 + name() + " ORDER BY 2 DESC LIMIT "_L1
                               + QString::number(shownValues)));
    Finding finding = answer.finding(FindingCode::FlagValues, m_column.name);
    DetectSettings &detect = m_advice.detect;
    if (answer.isKnown()) {
        QStringList values;
        QStringList shown;
        for (const SqlRow &row : answer.rows) {
            const QString value = row[0] ? QString::fromUtf8(*row[0]) : u"NULL"_s;
            shown.append(value + ": "_L1 + QString::fromUtf8(row[1].value_or("0")));
            if (row[0])
                values.append(value);
        }
        if (detect.pending.isEmpty() && detect.done.isEmpty() && !m_chosen) {
            const FlagGuess guess = guessOf(m_column.name, values);
            detect.pending = guess.pending;
            detect.done = guess.done;
        }
        finding.text = shown.join(", "_L1);
        finding.sampled = !m_questions.isSmall();
        finding.count = finding.of = 0;
        for (const SqlRow &row : answer.rows) {
            const QString value = flagForm(QString::fromUtf8(row[0].value_or(QByteArray())));
            const qint64 rows = row[1].value_or("0").toLongLong();
            finding.of += rows;
            if (!row[0] || (value != flagForm(detect.pending) && value != flagForm(detect.done)))
                finding.count += rows;
        }
        if (detect.pending.isEmpty())
            finding.count = -1;
        else
            finding.grade = finding.count > 0 ? Grade::Warning : Grade::Good;
    }
    add(finding);
    return {};
}

// Marking a row as done must not look like another change of it.
Result<void> ColumnAdvice::flagTriggers()
{
    QStringList fires;
    for (const Trigger &trigger : m_questions.table().triggers)
        if (trigger.timing.contains("UPDATE"_L1, Qt::CaseInsensitive))
            fires.append(trigger.name);
    for (const Column &column : m_questions.table().columns)
        if (column.changesOnUpdate)
            fires.append(column.name);
    Finding finding = make(FindingCode::FlagFiresTrigger, fires.isEmpty() ? Grade::Good : Grade::Warning);
    finding.count = fires.size();
    finding.text = fires.join(", "_L1);
    add(finding);
    return {};
}

} // namespace tidemark
