// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QList>
#include <QString>
#include <QStringList>

#include "core/config/jobsettings.h"
#include "core/endpoint/session.h"

namespace tidemark {

// Says of a table how its changes can be found, and what each way would miss. Every finding rests on one query, which
// it names together with its figure. Bounded: a query looks at an index or at a sample, never at the whole of a big
// table, and ends after its time; what could not be read is Unknown, which is no grade.

enum class Grade : quint8 { Good, Unknown, Warning, Problem }; // the greater of two is the worse

enum class FindingCode : quint8 {
    IndexMissing, // count: indexes that begin with the column
    Nulls, // count of `of`: rows that a cursor or a flag never finds
    PrecisionCoarse, // count of `of`: values with a fraction of a second; text: "day", "s", "us"
    ZonelessLocalTime, // text: the zone that writers get, "UTC", "localtime" …; empty: the application decides
    DefaultWithoutTrigger, // who sets it on UPDATE. text: the trigger's name, "ON UPDATE", or the default
    Ties, // count: rows that share the commonest value, of `of`
    FutureStamps, // count of `of`: stamps beyond the server's clock
    NotMonotonic, // count of `of`: neighbours in the database's order that are no times (numbers) or step back
    NoKey, // count: usable keys
    VersionScope, // count: rows that share the commonest version, of `of`; text: "table" or "row", what they look like
    LateCommits, // whether open transactions can be seen; text: the lag that rules, "2s"
    SequenceOrder, // numbers may come out of order: text: "cache 50", "cycle", "descending"
    FlagValues, // text: "0: 9988, 1: 12"; count of `of`: rows whose value is neither pending nor done
    FlagFiresTrigger, // setting the flag would change more; text: triggers and ON UPDATE columns
    ReadsEverything, // hash: count: rows that every run reads (an estimate)
};

// What one question told.
struct Finding
{
    FindingCode code = FindingCode::IndexMissing;
    Grade grade = Grade::Unknown;
    QString column; // empty: of the table
    QString query; // as it was run; empty: the schema alone told
    qint64 count = -1; // the figure; −1: none
    qint64 of = -1; // what it is out of; −1: nothing, or not known
    bool sampled = false; // `of` is a sample, not the table
    bool atLeast = false; // counting ended at a limit
    QString text; // a figure that is no number, see the codes
    QStringList mend; // SQL that mends it, one statement an entry; empty: nothing to mend, or nobody can tell
    std::optional<Error> error; // why it is Unknown
    bool operator==(const Finding &) const = default;
};

// One way to find this table's changes.
struct CandidateAdvice
{
    DetectSettings detect; // as a job would say it; flag: pending and done are guesses, empty where none can be made
    Grade grade = Grade::Unknown; // the worst of its findings; Unknown only where nothing is worse
    QList<Finding> findings;
    bool operator==(const CandidateAdvice &) const = default;
};

enum class AdviceReason : quint8 {
    NoKey, // nothing can be synchronised
    StampedByDatabase, // the database itself stamps every change
    NumberedByDatabase, // likewise, by version
    Indexed,
    SmallTable, // reading all of it costs little
    NothingReliable, // no column would show every change
    SeesEverything, // whoever writes, hash finds it
    LargeTable, // reading all of it costs; a mended column would save that
};

struct TableAdvice
{
    TableName table;
    qint64 rows = -1; // estimate; −1 unknown
    QList<Finding> findings; // of the table: NoKey
    QList<CandidateAdvice> candidates; // best first; hash is always among them
    int recommended = -1; // index of candidates; −1: none (no key)
    QList<AdviceReason> reasons; // for the recommendation
    bool operator==(const TableAdvice &) const = default;
};

struct AdviceLimits
{
    qint64 sampleRows = 10'000;
    qint64 queryMs = 2'000; // each query
    qint64 totalMs = 20'000; // all queries of a table; what comes later is Unknown
    int candidates = 8; // columns looked at, the likeliest first
    qint64 smallTable = 100'000; // rows
};

// Asks one session, outside any transaction. Errors of a Result: what ends the session (lost, cancelled), a column that
// is not there, and WhereInvalid. where: the job's filter at this side; figures count the rows that pass it.
class Adviser
{
public:
    explicit Adviser(Session &source, const AdviceLimits &limits = {}) : m_source(source), m_limits(limits) { }

    Result<TableAdvice> advise(const TableSchema &table, const QString &where = {}); // every candidate
    // The chosen one alone; key: the job's own, else empty.
    Result<CandidateAdvice> advise(const TableSchema &table, const DetectSettings &chosen, const QStringList &key = {},
                                   const QString &where = {});

private:
    Session &m_source;
    AdviceLimits m_limits;
};

// How many rows pass a filter, or honestly "at least so many" where the limit or the time was reached.
struct RowCount
{
    qint64 rows = 0;
    bool exact = false; // false: at least `rows`
    bool operator==(const RowCount &) const = default;
};
struct CountLimits
{
    qint64 rows = 1'000'000;
    qint64 milliseconds = 2'000;
};
// where: SQL of the session's dialect, checked first (WhereInvalid); empty: all rows. Outside any transaction.
Result<RowCount> countRows(Session &session, const TableName &table, const QString &where,
                           const CountLimits &limits = {});

// Estimates of several tables, −1 where unknown; cheap.
struct TableEstimate
{
    TableName table;
    qint64 rows = -1;
    bool operator==(const TableEstimate &) const = default;
};
Result<QList<TableEstimate>> estimateTables(Session &session, const QList<TableName> &tables);

// Pure parts.
QString findingName(FindingCode code); // "no-index", "nulls" …: the contract of --json
QString gradeName(Grade grade); // "good", "unknown", "warning", "problem"
QString reasonName(AdviceReason reason); // "small-table"
QList<DetectSettings> detectionCandidates(const TableSchema &table, int most); // by type and name, the likeliest first
void recommend(TableAdvice &advice, const AdviceLimits &limits); // sorts the candidates, sets recommended and reasons

} // namespace tidemark
