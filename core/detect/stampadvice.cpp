// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a column of times.
#include <QTimeZone>

#include "core/base/units.h"
#include "core/detect/columnadvice.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 secondMs = 1'000;
constexpr qint64 lagWhereKnownMs = 2'000; // as core/run/tabledetector.cpp has it
constexpr qint64 lagWhereUnknownMs = 5 * 60'000;

bool isUtc(const QString &zone)
{
    static const QStringList names{u"UTC"_s, u"GMT"_s, u"ETC/UTC"_s, u"ETC/GMT"_s, u"+00:00"_s, u"UCT"_s, u"ZULU"_s};
    return names.contains(zone.toUpper());
}

} // namespace

Result<void> ColumnAdvice::precision()
{
    const ColumnType &type = m_column.type;
    Finding finding = make(FindingCode::PrecisionCoarse, Grade::Unknown);
    const bool isTime = type.kind == CellKind::Timestamp || type.kind == CellKind::Instant;
    const bool cutsSeconds = m_advice.detect.lagMs && *m_advice.detect.lagMs < secondMs;
    if (type.kind == CellKind::Date && !type.isDynamic) {
        finding.grade = Grade::Warning; // every run reads the whole day's rows again
        finding.text = u"day"_s;
    } else if (isTime && !type.isDynamic && type.fraction == 0) {
        finding.text = u"s"_s;
        finding.grade = cutsSeconds ? Grade::Warning : Grade::Good;
    } else if (const QString condition = m_questions.sql().hasFraction(name(), type); !condition.isEmpty()) {
        TRY_ASSIGN(const Answer answer,
                   m_questions.ask("SELECT coalesce(sum(CASE WHEN "_L1 + condition + " THEN 1 ELSE 0 END), 0), "_L1
                                   + "count(*) FROM "_L1 + from() + " WHERE "_L1 + name() + " IS NOT NULL"_L1));
        finding = answer.finding(FindingCode::PrecisionCoarse, m_column.name);
        if (answer.isKnown() && answer.number(1) > 0) {
            finding.count = answer.number();
            finding.of = answer.number(1);
            finding.sampled = !m_questions.isSmall();
            finding.text = finding.count > 0 ? u"us"_s : u"s"_s;
            finding.grade = finding.count == 0 && cutsSeconds ? Grade::Warning : Grade::Good;
        }
    }
    if (finding.grade == Grade::Warning)
        finding.mend = m_questions.sql().storeFractions(m_questions.table(), m_column);
    add(finding);
    return {};
}

// A wall clock without its zone shows one hour twice each autumn, and is off by its offset all year round.
Result<void> ColumnAdvice::zone()
{
    const ColumnType &type = m_column.type;
    const AdviceSql &sql = m_questions.sql();
    Finding finding = make(FindingCode::ZonelessLocalTime, Grade::Good);
    const bool isUnix = type.kind == CellKind::Integer || type.kind == CellKind::Decimal;
    if (type.kind == CellKind::Instant || isUnix) {
        finding.text = u"UTC"_s;
        add(finding);
        return {};
    }
    const AdviceSql::DefaultClock clock = sql.defaultClock(m_column);
    const bool byServer = clock == AdviceSql::DefaultClock::WritersZone || m_column.changesOnUpdate;
    if (clock == AdviceSql::DefaultClock::Utc) {
        finding.text = u"UTC"_s;
    } else if (clock == AdviceSql::DefaultClock::Local) {
        finding.text = u"localtime"_s;
        finding.grade = Grade::Problem;
    } else if (!sql.writersZone().isEmpty()) {
        TRY_ASSIGN(const Answer answer, m_questions.ask(sql.writersZone()));
        finding = answer.finding(FindingCode::ZonelessLocalTime, m_column.name);
        finding.text = answer.text();
        if (answer.isKnown() && isUtc(finding.text))
            finding.grade = byServer ? Grade::Good : Grade::Unknown;
        else if (answer.isKnown())
            finding.grade = byServer ? Grade::Problem : Grade::Warning;
    } else {
        finding.grade = Grade::Unknown;
    }
    if (finding.grade > Grade::Unknown) {
        finding.mend = sql.storeInstants(m_questions.table(), m_column, finding.text);
        if (finding.mend.isEmpty())
            finding.mend = sql.stampOnUpdate(m_questions.table(), m_column);
    }
    add(finding);
    return {};
}

Result<void> ColumnAdvice::future()
{
    const AdviceSql &sql = m_questions.sql();
    const QString condition = sql.isFuture(name(), m_column.type);
    if (condition.isEmpty()) {
        add(make(FindingCode::FutureStamps, Grade::Unknown));
        return {};
    }
    TRY_ASSIGN(const Answer answer,
               m_questions.ask("SELECT coalesce(sum(CASE WHEN "_L1 + condition
                               + " THEN 1 ELSE 0 END), 0), count(*) FROM "_L1 + from()));
    Finding finding = answer.finding(FindingCode::FutureStamps, m_column.name);
    if (answer.isKnown()) {
        finding.count = answer.number();
        finding.of = answer.number(1);
        finding.sampled = !m_questions.isSmall();
        finding.atLeast = m_indexed && finding.sampled && finding.count == finding.of;
        finding.grade = finding.count > 0 ? Grade::Warning : Grade::Good;
        const QString clock = sql.clockFor(m_column.type);
        if (finding.count > 0 && !clock.isEmpty())
            finding.mend = {"UPDATE "_L1 + m_questions.tableName() + " SET "_L1 + name() + " = "_L1 + clock
                            + m_questions.where(condition)};
    }
    add(finding);
    return {};
}

// Whether transactions that are still open can be seen; else a lag has to cover them.
Result<void> ColumnAdvice::lateCommits()
{
    const AdviceSql &sql = m_questions.sql();
    TRY_ASSIGN(const Answer answer,
               sql.openTransactions().isEmpty() ? Result<Answer>() : m_questions.ask(sql.openTransactions()));
    auto bound = m_questions.session().commitBound();
    if (!bound && bound.error().endsSession())
        return fail(std::move(bound).error());
    Finding finding = answer.finding(FindingCode::LateCommits, m_column.name);
    if (!bound) {
        finding.error = bound.error();
        add(finding);
        return {};
    }
    const qint64 lagMs = m_advice.detect.lagMs.value_or(bound->known ? lagWhereKnownMs : lagWhereUnknownMs);
    finding.text = formatDuration(lagMs);
    // One writer at a time stamps and commits in one order.
    const bool isSafe = bound->known || m_questions.session().facts().oneWriter;
    finding.grade = isSafe ? Grade::Good : Grade::Warning;
    finding.error.reset();
    if (!isSafe && !sql.currentUser().isEmpty()) {
        TRY_ASSIGN(const Answer user, m_questions.ask(sql.currentUser()));
        if (user.isKnown())
            finding.mend = sql.seeTransactions(user.text());
    }
    add(finding);
    return {};
}

} // namespace tidemark
