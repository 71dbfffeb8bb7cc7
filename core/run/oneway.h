// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>

#include "core/apply/updatepolicy.h"
#include "core/detect/decisionsink.h"
#include "core/run/runcontext.h"
#include "core/run/twowaysink.h"

namespace tidemark {

// What one table of a one-way job does with rows that both sides have, unequal: its policy, what a person has said, and
// the conflicts (kind `differs`) that are left for one. Belongs to one thread at a time.
//
// A row that the policy prefers at the target stays: counted as skipped, needs nobody's attention, and is a difference
// to verify. Taking the target is skipping: only the target is written here, so both leave the row until a side moves.
// A merged row is written to the target alone, and what then differs is skipped likewise.
class OneWayPolicy final : public UpdatePolicy
{
public:
    OneWayPolicy(const RunContext &context, const TablePair &pair) : m_context(context), m_pair(pair)
    {
        m_rules.rules.conflicts = ConflictPolicy::Source;
    }

    Result<void> open(); // the job's rules, and what is known of earlier conflicts
    bool isActive() const; // else every unequal row is written, and nothing has to be asked
    void restart(); // the comparison begins anew
    // Keys of conflicts that are not closed are read again whatever their cursors: these, and what is to be retried.
    QList<RetryKey> withRetries(const QList<RetryKey> &retries) const;
    QList<RetryKey> answeredKeys() const; // still to be written

    struct Judged
    {
        Decision decision = Decision::UpdateTarget;
        QByteArray row; // a chain to be written instead of the source's row; empty: that one
    };
    Result<Judged> decide(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow, bool plans);
    Result<Decision> judge(const RowBatch &rows, int row, const RowBatch &now, int nowRow) override;
    Cause causeOf(const RowBatch &rows, int row) override;
    // An approved plan's rows: a conflict is left for a person, an answer is about to be written.
    Result<void> meetPlanned(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow);
    void notePlanned(const RowBatch &source, int sourceRow);

    // The target was handed this row and has made another of it: it rests like that until a side moves, as a row that
    // was skipped does. Remembered by flush().
    Result<void> storedOtherwise(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow);

    // Conflicts are in the journal: before a watermark passes them.
    Result<void> flush();
    enum class Read : quint8 {
        Everything, // or every change, and the keys above
        Answered, // the keys of answered conflicts alone
        Plan,
    };
    // After the last commit. isLeft: a key (of the pair's keyLayout) that was not written.
    Result<void> finish(Read read, const std::function<bool(const QByteArray &)> &isLeft);

    qint64 conflicts() const { return m_conflicts; } // met, and open
    qint64 skipped() const { return m_skipped; }
    Result<qint64> openCount() const; // in the journal

private:
    struct Known
    {
        Conflict conflict; // without its base; pictures of those that were answered or skipped alone
        QByteArray keyChain;
        std::optional<Fingerprint> source;
        std::optional<Fingerprint> target;
        bool met = false;
        bool writing = false; // handed on to be written
    };

    const Known *answerTo(const Known *known, const RowBatch &source, int sourceRow, const RowBatch &target,
                          int targetRow) const;
    Known *find(const RowBatch &rows, int row);
    RetryKey keyOf(const Known &known) const;
    Verdict verdict(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow) const;
    Result<void> meet(ConflictState state, const RowBatch &keys, int row, QByteArray source, QByteArray target);
    Result<void> rememberRow(const Known &known);
    Conflict found(ConflictState state, const RowBatch &keys, int row, QByteArray source, QByteArray target) const;
    Result<void> rememberStored();
    Result<void> saveLayout();

    const RunContext &m_context;
    const TablePair &m_pair;
    TwoWaySettings m_rules;
    std::map<std::string, Known> m_known; // by appendOrderedKey()
    QList<Conflict> m_met; // to be written
    QList<Conflict> m_stored; // rows that the target stores otherwise
    bool m_layoutSaved = false;
    qint64 m_conflicts = 0;
    qint64 m_skipped = 0;
};

// Lets rows through that are to be written by the policy.
class OneWaySink final : public DecisionSink
{
public:
    struct Settings
    {
        OneWayPolicy &policy;
        DecisionSink &next;
        bool plans = false; // conflicts go on as decisions, for the plan
        bool answersOnly = false; // everything else is left for the next run
        // Rows that are left for a person or the next run: as their side has them.
        std::function<Result<void>(const RowBatch &, int)> left = [](const RowBatch &, int) { return Result<void>(); };
    };
    explicit OneWaySink(Settings settings) : m_s(std::move(settings)) { }

    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override;
    Result<void> setAside(const RowBatch &source, int row) override;
    bool restart() override;

private:
    Settings m_s;
};

// A person's replies, as a one-way job carries them out. WrongValue: one is of a conflict that only a two-way job has.
Result<QList<ConflictReply>> oneWayReplies(Journal &journal, const JobSettings &job,
                                           const QList<ConflictReply> &replies);

} // namespace tidemark
