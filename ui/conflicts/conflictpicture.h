// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>

#include "core/config/jobsettings.h"
#include "core/journal/journal.h"
#include "core/run/conflictpolicy.h"

namespace tidemark {

// What the conflict window reads and makes; pure, or on worker threads.

// A conflict with the rows that it shows.
struct ConflictPicture
{
    Conflict conflict;
    std::shared_ptr<const PlanTable> table; // null: not known any more
    std::optional<ConflictRows> rows; // nothing: of another layout
    std::vector<CellMove> moves; // a cell each
    QList<int> asked; // cells that only a person decides; of a row that one side lacks: what tells it apart

    bool lacksSide() const { return rows && (rows->source.isEmpty() || rows->target.isEmpty()); }
    // What follows without an answer: cells that one side alone changed are that side's.
    std::vector<CellChoice> startingChoices() const;
    std::vector<CellChoice> choices() const; // likewise, with what is answered already
};
using SharedPicture = std::shared_ptr<const ConflictPicture>;
SharedPicture pictureOf(const Conflict &conflict, std::shared_ptr<const PlanTable> table);

// The layouts of one job's tables.
class PictureTables
{
public:
    PictureTables(Journal &journal, QString jobId) : m_journal(journal), m_jobId(std::move(jobId)) { }
    Result<std::shared_ptr<const PlanTable>> of(const QString &table); // null: not kept

private:
    Journal &m_journal;
    QString m_jobId;
    std::map<QString, std::shared_ptr<const PlanTable>> m_tables;
};

// One line of the list.
struct ConflictEntry
{
    qint64 id = 0;
    QString table;
    QByteArray key;
    QString keyText;
    ConflictKind kind = ConflictKind::BothUpdated;
    ConflictState state = ConflictState::Open;
    bool sourceLacks = false;
    bool targetLacks = false;
    QString columns; // that are asked for, by the source's names
    QString search; // what a filter looks into
    bool operator==(const ConflictEntry &) const = default;
    bool isLike(const ConflictEntry &other) const; // the same answer can be given to both
};
ConflictEntry entryOf(const ConflictPicture &picture);

struct ConflictListing
{
    QList<ConflictEntry> entries; // by their ids; the first of them
    qint64 open = 0; // of all
    qint64 answered = 0;
    qint64 skipped = 0;
    bool operator==(const ConflictListing &) const = default;
    static constexpr qint64 most = 100'000; // entries
};
Result<ConflictListing> readListing(Journal &journal, const QString &jobId);
Result<SharedPicture> readPicture(Journal &journal, const QString &jobId, qint64 id); // null: closed

// What one key shows in a list of answers that are not given yet.
struct ProposedAnswer
{
    ConflictReply reply;
    QString table;
    QString keyText;
    bool deletes = false; // the answer takes the row away
    QString values = {}; // that it takes for the cells that are asked about: "price: 3.50"; empty: none
};
using WishedIds = std::function<bool(qint64 id)>;
using AnswerPicture = std::function<ConflictReply(const ConflictPicture &picture)>;
// Of the open ones among those that are wished, in their order.
Result<QList<ProposedAnswer>> proposeAnswers(Journal &journal, const QString &jobId, const WishedIds &wished,
                                             const AnswerPicture &answer);

// What stands in the journal of it, as a reply that brings it back.
ConflictReply currentReply(const Conflict &conflict);

} // namespace tidemark
