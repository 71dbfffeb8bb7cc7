// SPDX-License-Identifier: GPL-3.0-or-later
// The pure parts of the adviser: which columns to look at, and which of them to recommend.
#include <algorithm>
#include <array>

#include "core/detect/adviser.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool says(const QString &name, std::initializer_list<QLatin1StringView> words)
{
    return std::any_of(words.begin(), words.end(), [&name](QLatin1StringView word) { return name.contains(word); });
}

bool isTimeKind(CellKind kind) { return kind == CellKind::Timestamp || kind == CellKind::Instant; }

// How much a column looks like the time of the last change; 0: not at all.
int stampRank(const Column &column)
{
    const QString name = column.name.toLower();
    const CellKind kind = column.type.kind;
    const bool couldBe = isTimeKind(kind) || kind == CellKind::Date || kind == CellKind::Integer
        || ((kind == CellKind::Text || kind == CellKind::Exact) && column.type.isDynamic);
    if (!couldBe)
        return 0;
    if (says(name,
             {"updated"_L1, "modified"_L1, "changed"_L1, "mtime"_L1, "last_change"_L1, "last_update"_L1, "lastmod"_L1,
              "geaendert"_L1, "xgtime"_L1}))
        return 5;
    if (column.changesOnUpdate)
        return 5;
    if (kind == CellKind::Integer || kind == CellKind::Date || !isTimeKind(kind))
        return says(name, {"timestamp"_L1, "tstamp"_L1, "updated"_L1}) ? 3 : 0;
    if (says(name, {"created"_L1, "inserted"_L1, "birth"_L1, "expires"_L1, "due"_L1, "deleted"_L1}))
        return 1;
    return says(name, {"stamp"_L1, "_at"_L1, "time"_L1}) ? 3 : 2;
}

int versionRank(const Column &column)
{
    const QString name = column.name.toLower();
    const CellKind kind = column.type.kind;
    if ((kind != CellKind::Integer && !(kind == CellKind::Decimal && column.type.scale == 0)) || column.generated)
        return 0;
    if (says(name,
             {"version"_L1, "revision"_L1, "rowver"_L1, "change_no"_L1, "change_id"_L1, "changeno"_L1, "change_seq"_L1,
              "sequence_no"_L1}))
        return 4;
    if (name == "rev"_L1 || name == "ver"_L1 || name.endsWith("_rev"_L1) || name.endsWith("_seq"_L1))
        return 3;
    return column.sequence.isEmpty() || column.identity != Identity::None ? 0 : 2;
}

int flagRank(const Column &column)
{
    const QString name = column.name.toLower();
    const CellKind kind = column.type.kind;
    const bool couldBe =
        kind == CellKind::Boolean || kind == CellKind::Integer || kind == CellKind::Text || kind == CellKind::Exact;
    if (!couldBe || isTimeKind(kind) || name.endsWith("_at"_L1) || name.endsWith("_id"_L1))
        return 0;
    if (says(name, {"pending"_L1, "dirty"_L1, "synced"_L1, "needs_sync"_L1, "exported"_L1, "transferred"_L1}))
        return 3;
    const bool isSmall = kind == CellKind::Boolean || column.type.isBoolean01 || column.type.bytes == 1;
    return isSmall && says(name, {"sync"_L1, "export"_L1, "processed"_L1, "sent"_L1, "changed"_L1, "is_new"_L1}) ? 2
                                                                                                                 : 0;
}

struct Ranked
{
    int rank;
    DetectSettings detect;
};

const Finding *find(const CandidateAdvice &candidate, FindingCode code)
{
    for (const Finding &finding : candidate.findings)
        if (finding.code == code)
            return &finding;
    return nullptr;
}

bool isGood(const CandidateAdvice &candidate, FindingCode code)
{
    const Finding *finding = find(candidate, code);
    return finding != nullptr && finding->grade == Grade::Good;
}

// Good enough to be relied on: the database itself sets it at every change, and no finding is a problem.
bool isReliable(const CandidateAdvice &candidate)
{
    return candidate.detect.by != DetectBy::Hash && candidate.grade != Grade::Problem
        && isGood(candidate, FindingCode::DefaultWithoutTrigger) && isGood(candidate, FindingCode::Nulls)
        && (candidate.detect.by == DetectBy::Timestamp || isGood(candidate, FindingCode::VersionScope));
}

// Less is better: what may be relied on, then what is indexed, then by grade and kind.
std::array<int, 4> orderOf(const CandidateAdvice &candidate)
{
    const bool isHash = candidate.detect.by == DetectBy::Hash;
    const int kind = static_cast<int>(candidate.detect.by) - (candidate.detect.by == DetectBy::Flag ? 0 : 1);
    return {isReliable(candidate) ? 0 : (isHash ? 1 : 2), isGood(candidate, FindingCode::IndexMissing) ? 0 : 1,
            static_cast<int>(candidate.grade), kind};
}

} // namespace

QList<DetectSettings> detectionCandidates(const TableSchema &table, int most)
{
    std::vector<Ranked> ranked;
    const auto take = [&ranked](int rank, DetectBy by, const QString &column) {
        if (rank <= 0)
            return;
        DetectSettings detect;
        detect.by = by;
        detect.column = column;
        ranked.push_back({rank, detect});
    };
    for (const Column &column : table.columns) {
        if (table.primaryKey.contains(column.name))
            continue;
        const int stamp = stampRank(column);
        take(stamp, DetectBy::Timestamp, column.name);
        const int version = stamp > 0 ? 0 : versionRank(column);
        take(version, DetectBy::Version, column.name);
        if (stamp == 0 && version == 0)
            take(flagRank(column), DetectBy::Flag, column.name);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked &a, const Ranked &b) { return a.rank > b.rank; });
    QList<DetectSettings> candidates;
    for (const Ranked &candidate : ranked)
        if (candidates.size() < most)
            candidates += candidate.detect;
    return candidates;
}

void recommend(TableAdvice &advice, const AdviceLimits &limits)
{
    std::stable_sort(advice.candidates.begin(), advice.candidates.end(),
                     [](const CandidateAdvice &a, const CandidateAdvice &b) { return orderOf(a) < orderOf(b); });
    advice.recommended = -1;
    advice.reasons.clear();
    const bool hasKey = std::none_of(advice.findings.begin(), advice.findings.end(), [](const Finding &finding) {
        return finding.code == FindingCode::NoKey && finding.grade == Grade::Problem;
    });
    if (!hasKey) {
        advice.reasons = {AdviceReason::NoKey};
        return;
    }
    const auto indexOf = [&advice](auto which) {
        for (qsizetype i = 0; i < advice.candidates.size(); ++i)
            if (which(advice.candidates[i]))
                return static_cast<int>(i);
        return -1;
    };
    const int hash = indexOf([](const CandidateAdvice &c) { return c.detect.by == DetectBy::Hash; });
    const int reliable = indexOf([](const CandidateAdvice &c) {
        return isReliable(c) && c.detect.by != DetectBy::Flag; // a flag writes to the source: a person's choice
    });
    const bool isSmall = advice.rows >= 0 && advice.rows <= limits.smallTable;
    const bool isIndexed = reliable >= 0 && isGood(advice.candidates[reliable], FindingCode::IndexMissing);
    if (reliable >= 0 && (isIndexed || !isSmall)) {
        advice.recommended = reliable;
        const bool isStamp = advice.candidates[reliable].detect.by == DetectBy::Timestamp;
        advice.reasons = {isStamp ? AdviceReason::StampedByDatabase : AdviceReason::NumberedByDatabase};
        if (isIndexed)
            advice.reasons += AdviceReason::Indexed;
        return;
    }
    advice.recommended = hash;
    if (reliable < 0 && advice.candidates.size() > 1)
        advice.reasons += AdviceReason::NothingReliable;
    advice.reasons += AdviceReason::SeesEverything;
    if (isSmall)
        advice.reasons += AdviceReason::SmallTable;
    else if (advice.rows > limits.smallTable)
        advice.reasons += AdviceReason::LargeTable;
}

QString findingName(FindingCode code)
{
    switch (code) {
    case FindingCode::IndexMissing:
        return u"no-index"_s;
    case FindingCode::Nulls:
        return u"nulls"_s;
    case FindingCode::PrecisionCoarse:
        return u"precision-coarse"_s;
    case FindingCode::ZonelessLocalTime:
        return u"zone-less-local-time"_s;
    case FindingCode::DefaultWithoutTrigger:
        return u"default-without-update-trigger"_s;
    case FindingCode::Ties:
        return u"ties"_s;
    case FindingCode::FutureStamps:
        return u"future-stamps"_s;
    case FindingCode::NotMonotonic:
        return u"not-monotonic"_s;
    case FindingCode::NoKey:
        return u"no-key"_s;
    case FindingCode::VersionScope:
        return u"version-scope"_s;
    case FindingCode::LateCommits:
        return u"late-commits"_s;
    case FindingCode::SequenceOrder:
        return u"sequence-order"_s;
    case FindingCode::FlagValues:
        return u"flag-values"_s;
    case FindingCode::FlagFiresTrigger:
        return u"flag-fires-trigger"_s;
    case FindingCode::ReadsEverything:
        return u"reads-everything"_s;
    }
    return {};
}

QString gradeName(Grade grade)
{
    switch (grade) {
    case Grade::Good:
        return u"good"_s;
    case Grade::Unknown:
        return u"unknown"_s;
    case Grade::Warning:
        return u"warning"_s;
    case Grade::Problem:
        break;
    }
    return u"problem"_s;
}

QString reasonName(AdviceReason reason)
{
    switch (reason) {
    case AdviceReason::NoKey:
        return u"no-key"_s;
    case AdviceReason::StampedByDatabase:
        return u"stamped-by-database"_s;
    case AdviceReason::NumberedByDatabase:
        return u"numbered-by-database"_s;
    case AdviceReason::Indexed:
        return u"indexed"_s;
    case AdviceReason::SmallTable:
        return u"small-table"_s;
    case AdviceReason::NothingReliable:
        return u"nothing-reliable"_s;
    case AdviceReason::SeesEverything:
        return u"sees-everything"_s;
    case AdviceReason::LargeTable:
        return u"large-table"_s;
    }
    return {};
}

} // namespace tidemark
