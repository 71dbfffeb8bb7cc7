// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detect/columnadvice.h"

#include <QRegularExpression>

#include "core/change/cursor.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 manyTies = 1'000; // rows of one value are read again by every run while it is the newest
constexpr qint64 orderedValues = 2'000;
constexpr qint64 enoughRows = 50; // to say anything of how rows were inserted

QString cellText(const SqlRow &row, int column)
{
    return row.size() > column ? QString::fromUtf8(row[column].value_or(QByteArray())) : QString();
}

// Whether a trigger's text gives the column a value: an assignment, or its name as the trigger's argument.
bool assigns(const QString &text, const QString &column)
{
    const QString name = QRegularExpression::escape(column);
    const QRegularExpression assignment(
        u"(?:^|[^\\w\"`\\]])[\"`\\[]?%1[\"`\\]]?\\s*:?=|EXECUTE\\s+(?:FUNCTION|PROCEDURE)[^\\n]*\\([^)]*'%1'"_s.arg(
            name),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return assignment.match(text).hasMatch();
}

// Moving such a column at every update would take its meaning away.
bool tellsOfCreation(const QString &column)
{
    return column.contains("creat"_L1, Qt::CaseInsensitive) || column.contains("insert"_L1, Qt::CaseInsensitive);
}

bool firesOnUpdate(const TableSchema &table, const QString &trigger)
{
    return std::any_of(table.triggers.begin(), table.triggers.end(), [&trigger](const Trigger &known) {
        return known.name == trigger && known.timing.contains("UPDATE"_L1, Qt::CaseInsensitive);
    });
}

} // namespace

Grade worst(const QList<Finding> &findings)
{
    Grade grade = Grade::Good;
    for (const Finding &finding : findings)
        grade = std::max(grade, finding.grade);
    return grade;
}

ColumnAdvice::ColumnAdvice(Questions &questions, const Column &column, const DetectSettings &detect, bool isChosen)
    : m_questions(questions), m_column(column), m_chosen(isChosen)
{
    m_advice.detect = detect;
}

Result<CandidateAdvice> ColumnAdvice::run()
{
    if (m_advice.detect.by == DetectBy::Version)
        TRY(scope()); // first: counters of rows are read whole, and need no index
    TRY(index());
    if (m_advice.detect.by == DetectBy::Timestamp)
        TRY(stamp());
    else if (m_advice.detect.by == DetectBy::Version)
        TRY(version());
    else
        TRY(flag());
    m_advice.grade = worst(m_advice.findings);
    return m_advice;
}

Result<void> ColumnAdvice::stamp()
{
    TRY(setter());
    TRY(nulls());
    TRY(zone());
    TRY(precision());
    TRY(future());
    TRY(ties());
    TRY(order());
    return lateCommits();
}

Result<void> ColumnAdvice::version()
{
    TRY(setter());
    TRY(nulls());
    TRY(sequence());
    return order();
}

Result<void> ColumnAdvice::flag()
{
    TRY(flagValues());
    TRY(setter());
    return flagTriggers();
}

Finding ColumnAdvice::make(FindingCode code, Grade grade) const
{
    Finding finding;
    finding.code = code;
    finding.grade = grade;
    finding.column = m_column.name;
    return finding;
}

QString ColumnAdvice::from() const
{
    return m_indexed ? m_questions.newest(m_column.name) : m_questions.sample(m_column.name);
}

bool ColumnAdvice::isTyped() const
{
    const CellKind kind = m_column.type.kind;
    const bool isTime = kind == CellKind::Timestamp || kind == CellKind::Instant || kind == CellKind::Date;
    return !m_column.type.isDynamic && (isTime || kind == CellKind::Integer || kind == CellKind::Decimal);
}

Result<void> ColumnAdvice::index()
{
    const TableSchema &table = m_questions.table();
    // SQLite's own row number needs no index, and has none.
    if (table.primaryKey == QStringList{m_column.name}) {
        Finding finding = make(FindingCode::IndexMissing, Grade::Good);
        finding.count = 1;
        add(finding);
        m_indexed = true;
        return {};
    }
    TRY_ASSIGN(const Answer answer, m_questions.ask(m_questions.sql().indexesOf(table.name, m_column.name)));
    Finding finding = answer.finding(FindingCode::IndexMissing, m_column.name);
    if (answer.isKnown()) {
        finding.count = answer.rows.size();
        m_indexed = finding.count > 0;
        finding.text = answer.text();
        const bool readsAll = m_advice.detect.by == DetectBy::Version && m_advice.detect.scope == VersionScope::Row;
        finding.grade = m_indexed || readsAll ? Grade::Good : Grade::Warning;
        if (finding.grade == Grade::Warning) {
            TRY_ASSIGN(const bool isPartitioned, m_questions.isPartitioned());
            finding.mend = m_questions.sql().createIndex(table, m_column, isPartitioned);
        }
    }
    add(finding);
    return {};
}

Result<void> ColumnAdvice::nulls()
{
    if (!m_column.nullable) {
        Finding finding = make(FindingCode::Nulls, Grade::Good);
        finding.count = 0;
        finding.text = u"NOT NULL"_s;
        add(finding);
        return {};
    }
    const bool counts = m_indexed || m_questions.isSmall();
    const QString limit = QString::number(m_questions.sampleRows() + 1);
    QString sql = "SELECT count(*) - count("_L1 + name() + "), count(*) FROM "_L1 + m_questions.sample(m_column.name);
    if (counts)
        sql = "SELECT count(*) FROM (SELECT 1 AS one FROM "_L1 + m_questions.tableName()
            + m_questions.where(name() + " IS NULL"_L1) + " LIMIT "_L1 + limit + ") AS s"_L1;
    TRY_ASSIGN(const Answer answer, m_questions.ask(sql));
    Finding finding = answer.finding(FindingCode::Nulls, m_column.name);
    if (answer.isKnown()) {
        finding.count = answer.number();
        finding.of = counts ? (m_questions.hasMore() ? -1 : m_questions.rows()) : answer.number(1);
        finding.sampled = !counts;
        finding.atLeast = counts && finding.count > m_questions.sampleRows();
        finding.grade = finding.count > 0 ? Grade::Problem : Grade::Good;
        const QString value = m_advice.detect.by == DetectBy::Timestamp
            ? m_questions.sql().clockFor(m_column.type)
            : (m_advice.detect.by == DetectBy::Version ? u"0"_s : QString());
        if (finding.count > 0 && !value.isEmpty())
            finding.mend = {"UPDATE "_L1 + m_questions.tableName() + " SET "_L1 + name() + " = "_L1 + value
                            + m_questions.where(name() + " IS NULL"_L1)};
    }
    add(finding);
    return {};
}

// Who gives the column its value when a row is changed: the server, a trigger, or only the default of an INSERT?
Result<void> ColumnAdvice::setter()
{
    const AdviceSql &sql = m_questions.sql();
    if (m_column.changesOnUpdate) {
        Finding finding = make(FindingCode::DefaultWithoutTrigger, Grade::Good);
        finding.text = u"ON UPDATE"_s;
        add(finding);
        return {};
    }
    TRY_ASSIGN(const Answer answer, m_questions.ask(sql.triggersOf(m_questions.table().name)));
    Finding finding = answer.finding(FindingCode::DefaultWithoutTrigger, m_column.name);
    if (answer.isKnown()) {
        for (const SqlRow &row : answer.rows)
            if (firesOnUpdate(m_questions.table(), cellText(row, 0)) && assigns(cellText(row, 1), m_column.name)) {
                finding.grade = Grade::Good;
                finding.text = cellText(row, 0);
                add(finding);
                return {};
            }
        TRY_ASSIGN(const bool isMade, triggered(finding));
        if (!isMade)
            TRY(insertedOnly(finding));
    }
    add(finding);
    return {};
}

// No trigger is to be seen: because there is none?
Result<bool> ColumnAdvice::triggered(Finding &finding)
{
    const QString privilege = m_questions.sql().triggerPrivilege();
    if (privilege.isEmpty())
        return false;
    TRY_ASSIGN(
        const std::optional<bool> sees,
        m_questions.session().hasRights({Rights::On::Table, {privilege}, m_questions.table().name, QString(), {}}));
    if (sees.value_or(true))
        return false;
    finding.grade = Grade::Unknown;
    finding.error = Error{ErrorCode::NoRights, {{Fact::Expected, privilege}}, {}};
    return true;
}

// A default that only an INSERT uses, where values never step back as rows were added, is one that no UPDATE moves.
Result<void> ColumnAdvice::insertedOnly(Finding &finding)
{
    const AdviceSql &sql = m_questions.sql();
    const bool isStamp = m_advice.detect.by == DetectBy::Timestamp;
    const bool isVersion = m_advice.detect.by == DetectBy::Version;
    const bool hasDefault = (isStamp && sql.defaultClock(m_column) != AdviceSql::DefaultClock::None)
        || (isVersion && (!m_column.sequence.isEmpty() || m_column.identity != Identity::None));
    if (isStamp && !tellsOfCreation(m_column.name))
        finding.mend = sql.stampOnUpdate(m_questions.table(), m_column);
    else if (isVersion)
        finding.mend = sql.numberOnUpdate(m_questions.table(), m_column, m_advice.detect.scope == VersionScope::Row);
    else if (!m_advice.detect.pending.isEmpty())
        finding.mend = sql.flagOnUpdate(m_questions.table(), m_column, m_advice.detect.pending);
    if (!hasDefault) // the application does it, or nobody: the database cannot tell
        return {};
    finding.grade = Grade::Warning;
    finding.text = m_column.defaultSql;
    const QStringList &key = m_questions.table().primaryKey;
    const int index = key.size() == 1 ? m_questions.table().columnIndex(key.first()) : -1;
    if (index < 0 || m_questions.table().columns[index].identity == Identity::None || !isTyped())
        return {};
    const QString number = m_questions.quote(key.first());
    const QString rows = "SELECT "_L1 + number + ", "_L1 + name() + " FROM "_L1 + m_questions.tableName()
        + m_questions.where() + " ORDER BY "_L1 + number + " DESC LIMIT "_L1
        + QString::number(m_questions.sampleRows());
    TRY_ASSIGN(const Answer answer,
               m_questions.ask("SELECT count(*), sum(CASE WHEN v < w THEN 1 ELSE 0 END) FROM (SELECT "_L1 + name()
                               + " AS v, lag("_L1 + name() + ") OVER (ORDER BY "_L1 + number + ") AS w FROM ("_L1 + rows
                               + ") AS r) AS s"_L1));
    if (!answer.isKnown() || answer.number() < enoughRows)
        return {};
    finding.query = answer.sql;
    finding.count = answer.number(1);
    finding.of = answer.number();
    finding.sampled = !m_questions.isSmall();
    finding.grade = finding.count == 0 ? Grade::Problem : Grade::Warning;
    return {};
}

Result<void> ColumnAdvice::ties()
{
    TRY_ASSIGN(const Answer answer,
               m_questions.ask("SELECT coalesce(max(n), 0), coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM "_L1
                               + from() + " WHERE "_L1 + name() + " IS NOT NULL GROUP BY "_L1 + name() + ") AS g"_L1));
    Finding finding = answer.finding(FindingCode::Ties, m_column.name);
    if (answer.isKnown()) {
        finding.count = answer.number();
        finding.of = answer.number(1);
        finding.sampled = !m_questions.isSmall();
        finding.atLeast = finding.sampled && finding.count == finding.of;
        finding.grade = finding.count > manyTies ? Grade::Warning : Grade::Good;
    }
    add(finding);
    return {};
}

// Where the database sorts texts, or several storage classes, its order need not be that of time or number.
Result<void> ColumnAdvice::order()
{
    if (isTyped())
        return {};
    const QString storage = m_questions.sql().storageClass(name());
    TRY_ASSIGN(const Answer answer,
               m_questions.ask("SELECT "_L1 + name() + (storage.isEmpty() ? QString() : ", "_L1 + storage) + " FROM "_L1
                               + m_questions.sampleOf(m_column.name, orderedValues) + " WHERE "_L1 + name()
                               + " IS NOT NULL ORDER BY "_L1 + name()));
    Finding finding = answer.finding(FindingCode::NotMonotonic, m_column.name);
    if (answer.isKnown()) {
        finding.count = 0;
        finding.of = answer.rows.size();
        finding.sampled = finding.of >= orderedValues;
        std::optional<qint64> before;
        for (const SqlRow &row : answer.rows) {
            const QByteArray value = row[0].value_or(QByteArray());
            bool isNumber = false;
            const qint64 number = value.toLongLong(&isNumber);
            const std::optional<qint64> now = m_advice.detect.by == DetectBy::Timestamp
                ? cursorMicroseconds(value)
                : (isNumber ? std::optional(number) : std::nullopt);
            if (!now || (before && *now < *before))
                ++finding.count;
            before = now ? now : before;
        }
        finding.grade = finding.of == 0 ? Grade::Unknown : (finding.count > 0 ? Grade::Problem : Grade::Good);
    }
    add(finding);
    return {};
}

} // namespace tidemark
