// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>

#include "core/run/runcontext.h"
#include "core/run/twowaysink.h"

namespace tidemark {

// The conflicts of one table during one run: what was said of earlier ones, and those that are met. Belongs to one
// thread at a time.
class TwoWayConflicts
{
public:
    TwoWayConflicts(RunContext &context, const TablePair &pair) : m_context(context), m_pair(pair) { }

    Result<void> open();
    const KnownAnswers &answers() const { return m_answers; }
    bool hasAnswered() const { return !m_answeredKeys.isEmpty(); } // some that are still to be written
    // Of every one that is not closed, page by page: rows of the pair's layout, likewise.
    Result<void> eachKey(const std::function<Result<void>(const RowBatch &)> &tell) const;
    Result<std::set<std::string>> openAmong(const std::map<std::string, BaseMerge> &merges) const;
    RowBatch answeredKeys() const; // rows of the pair's layout; their key cells alone count

    Result<void> meet(const OpenConflict &conflict);
    void forgetMet(); // the comparison begins anew
    Result<void> finish(bool complete); // what a complete comparison did not meet is a conflict no more
    Result<void> close(const QList<QByteArray> &keys);
    Result<qint64> openCount() const;

private:
    Result<void> openPeculiar();
    Result<void> flush();

    RunContext &m_context;
    const TablePair &m_pair;
    KnownAnswers m_answers;
    QList<Conflict> m_answeredKeys;
    QList<Conflict> m_met; // to be written
    // Open ones that are more than two edits: they stay what they are while they show the same rows.
    struct Peculiar
    {
        ConflictKind kind = ConflictKind::InDoubt;
        QByteArray print; // picturesPrint()
        std::optional<Error> refusal;
    };
    std::map<QByteArray, Peculiar> m_peculiar;
    QSet<QByteArray> m_written; // keys of open ones that were
    QSet<QByteArray> m_doubtful; // of those, the ones of a comparison that began anew
    bool m_layoutSaved = false;
};

} // namespace tidemark
