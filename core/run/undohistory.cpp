// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/undohistory.h"

#include <algorithm>
#include <map>

#include <QSet>

#include "core/run/undoplanner.h"

namespace tidemark {

namespace {

// An undo file tells of the side that was written, and of the other one.
Decision decisionAt(JobSide written, Decision decision)
{
    if (written == JobSide::Target)
        return decision;
    return decision == Decision::InsertTarget ? Decision::InsertSource
        : decision == Decision::UpdateTarget  ? Decision::UpdateSource
                                              : Decision::DeleteSource;
}

// One way, the other side is what the row had to become; two ways, somebody has changed it there.
Reason reasonAt(JobSide written, Reason reason, bool twoWay)
{
    const bool atTarget = written == JobSide::Target;
    if (!twoWay)
        return reason;
    if (reason == Reason::MissingAtTarget)
        return atTarget ? Reason::MissingAtTarget : Reason::MissingAtSource;
    if (reason == Reason::CellsDiffer)
        return atTarget ? Reason::ChangedAtSource : Reason::ChangedAtTarget;
    if (reason == Reason::MissingAtSource)
        return atTarget ? Reason::DeletedAtSource : Reason::DeletedAtTarget;
    return reason;
}

void tellEntry(RowChange &change, const UndoEntry &entry, const UndoHead &head)
{
    const bool twoWay = head.twoWay;
    change.entry = entry;
    const int person = isAnswer(entry.cause.by) ? entry.cause.detail : 0;
    change.person = head.people.value(person - 1);
    change.decision = decisionAt(change.written, entry.decision);
    change.reason = reasonAt(change.written, entry.reason, twoWay);
    if (twoWay && !change.undoes.isEmpty())
        change.reason = Reason::None; // neither side's doing
}

class HistoryReader
{
public:
    HistoryReader(Journal &journal, const QString &table, const QMap<QString, QString> &key)
        : m_journal(journal), m_table(table), m_key(key)
    { }

    Result<RowHistory> read(const QString &jobId)
    {
        TRY_ASSIGN(const QList<Journal::UndoneRun> runs, m_journal.undoRuns(jobId));
        for (const Journal::UndoneRun &run : runs) {
            auto file = UndoReader::open(undoFile(m_journal.undoFolder(), run.run));
            if (!file && file.error().code == ErrorCode::FileNotFound)
                continue; // let go of meanwhile
            const auto read = file ? readRun(**file, run) : Result<void>(fail(file.error()));
            if (!read && read.error().code == ErrorCode::DatabaseDamaged) // one file is not all of the history
                m_history.damaged += undoFile(m_journal.undoFolder(), run.run);
            else if (!read)
                return fail(read.error());
        }
        if (!m_fits && m_fault)
            return fail(*m_fault);
        if (m_tables.size() > 1)
            return fail(Error{ErrorCode::Usage,
                              {{Fact::Command, QStringLiteral("history")},
                               {Fact::Option, QStringLiteral("--key")},
                               {Fact::Expected, QStringLiteral("--table")}},
                              {}});
        return std::move(m_history);
    }

private:
    Result<void> readRun(UndoReader &file, const Journal::UndoneRun &run)
    {
        ++m_history.runsRead;
        TRY_ASSIGN(const QString undoneBy, file.undoneBy());
        TRY_ASSIGN(const QList<UndoTable> tables, file.tables());
        for (int number = 0; number < tables.size(); ++number) {
            const UndoTable &table = tables[number];
            const bool named = m_table.isEmpty() || m_table == table.source || m_table == table.target;
            if (table.columns.isEmpty() || !named)
                continue;
            const auto key = keyFromText(table.columns, table.keyCount, m_key);
            if (!key) {
                m_fault = key.error();
                continue;
            }
            m_fits = true;
            RowChange change;
            change.run = run.run;
            change.undoes = file.head().undoes;
            change.undoneBy = undoneBy;
            change.startedUs = run.startedUs;
            change.table = table.source;
            change.written = table.written;
            change.deciders = table.deciders;
            change.columns = table.columns;
            change.layout = table.layout();
            TRY(table.filled ? addFill(file, number, change) : addEntries(file, number, *key, change));
        }
        return {};
    }

    Result<void> addFill(const UndoReader &file, int number, RowChange change)
    {
        if (file.filledWith(number, true).rows == 0)
            return {};
        change.filledTable = true;
        m_history.changes += change;
        return {};
    }

    Result<void> addEntries(UndoReader &file, int number, const RowBatch &key, RowChange change)
    {
        std::string scratch;
        const std::string_view bytes = key.key(0, scratch);
        TRY_ASSIGN(const QList<UndoEntry> entries,
                   file.entries(number, QByteArray(bytes.data(), qsizetype(bytes.size()))));
        if (!entries.isEmpty())
            m_tables.insert(change.table);
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
            tellEntry(change, *entry, file.head());
            m_history.changes += change;
        }
        return {};
    }

    Journal &m_journal;
    const QString &m_table;
    const QMap<QString, QString> &m_key;
    RowHistory m_history;
    QSet<QString> m_tables; // that have the row
    std::optional<Error> m_fault;
    bool m_fits = false;
};

// What was inserted is not kept: it stood where it was written. A later run that overwrote it there has kept it.
void fillInserted(QList<RowChange> &changes)
{
    std::map<JobSide, const RowChange *> later;
    for (RowChange &change : changes) {
        if (change.filledTable)
            continue;
        const RowChange *&next = later[change.written];
        if (change.entry.decision == Decision::InsertTarget && next != nullptr && change.columns == next->columns)
            change.entry.after = next->entry.before;
        next = &change;
    }
}

} // namespace

Result<KeptRun> keptRun(Journal &journal, const QString &run)
{
    TRY_ASSIGN(const auto file, UndoReader::open(undoFile(journal.undoFolder(), run)));
    KeptRun kept;
    kept.head = file->head();
    kept.overflowed = file->overflowed();
    TRY_ASSIGN(kept.undoneBy, file->undoneBy());
    if (kept.overflowed)
        return kept;
    TRY_ASSIGN(const QList<UndoTable> tables, file->tables());
    for (int number = 0; number < tables.size(); ++number) {
        if (tables[number].columns.isEmpty())
            continue;
        KeptRun::Table table{number, tables[number]};
        TRY_ASSIGN(table.rows, file->rowCount(number));
        table.filled = file->filledWith(number, true).rows;
        if (table.rows > 0 || table.filled > 0)
            kept.tables += table;
    }
    return kept;
}

Result<QList<RowChange>> keptRows(Journal &journal, const QString &run, int table, qint64 offset, qint64 limit)
{
    TRY_ASSIGN(const auto file, UndoReader::open(undoFile(journal.undoFolder(), run)));
    TRY_ASSIGN(const QList<UndoTable> tables, file->tables());
    if (table < 0 || table >= tables.size())
        return QList<RowChange>();
    RowChange change;
    change.run = run;
    change.undoes = file->head().undoes;
    TRY_ASSIGN(change.undoneBy, file->undoneBy());
    change.startedUs = file->head().createdUs;
    change.table = tables[table].source;
    change.written = tables[table].written;
    change.deciders = tables[table].deciders;
    change.columns = tables[table].columns;
    change.layout = tables[table].layout();
    TRY_ASSIGN(const QList<UndoEntry> entries, file->rows(table, offset, limit));
    QList<RowChange> changes;
    for (const UndoEntry &entry : entries) {
        tellEntry(change, entry, file->head());
        changes += change;
    }
    return changes;
}

Result<RowHistory> rowHistory(Journal &journal, const QString &jobId, const QString &table,
                              const QMap<QString, QString> &key)
{
    auto history = HistoryReader(journal, table, key).read(jobId);
    if (!history)
        return history;
    // That a table was filled tells of this row alone where nothing else could be meant.
    const auto row = std::find_if(history->changes.begin(), history->changes.end(),
                                  [](const RowChange &change) { return !change.filledTable; });
    const QString only = row != history->changes.end() ? row->table : table;
    if (!only.isEmpty()) {
        history->changes.removeIf(
            [&](const RowChange &change) { return change.filledTable && table.isEmpty() && change.table != only; });
    }
    fillInserted(history->changes);
    return history;
}

} // namespace tidemark
