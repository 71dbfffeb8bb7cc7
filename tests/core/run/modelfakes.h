// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include <QUuid>

#include "core/data/cellbytes.h"
#include "core/journal/memoryfiles.h"
#include "tests/core/run/modelworld.h"
#include "tests/support/fakeaccess.h"
#include "tests/support/fakepair.h"

namespace tidemark {

// Fake replicas, and a workspace that lies in memory. Many histories are played in it, one after the other: a workspace
// that is emptied costs less than a new one.
class ModelFakes final : public ModelWorld
{
public:
    ModelFakes() { openJournal(); }

    void begin(const ModelHistory &history)
    {
        m_held = {};
        m_backups = {};
        m_kept.clear();
        m_pair = std::make_unique<FakePair>();
        m_pair->connector.setReadsOnDemand(!history.ahead);
        const QString id =
            history.ordered ? QStringLiteral("id integer key") : QStringLiteral("id integer key unordered");
        m_pair->makeTable(m_table, id + QStringLiteral(", a text(40), b text(40), n integer, stamp integer"));
        m_access.emplace(m_pair->source, m_table);
        for (FakeDatabase *database : {&m_pair->source, &m_pair->target})
            database->lockTimeoutMs = 0; // a user's transaction ends when its step has come
        m_rules.rules = {history.policy, history.first, history.deletes};
        m_rules.newestSource = m_rules.newestTarget = 4;
        m_rules.cellRules = {CellRule::None, CellRule::None, CellRule::None,
                             history.summed ? CellRule::Sum : CellRule::None, CellRule::Greatest};
        must(m_journal->removeJob(job().id));
        must((*BaseFile::open(m_memory.path(names.at(1))))->forget(m_tableKey));
    }

    ModelRows rows(JobSide side) override
    {
        ModelRows rows;
        const QStringList found = of(side).rows(m_table);
        for (const QString &text : found) {
            const QStringList cells = text.split(u'|');
            rows[std::size_t(cells.at(0).toInt())] = rowFrom(cells.mid(1));
        }
        return rows;
    }

    void put(JobSide side, int key, const ModelRow &row) override { of(side).put(m_table, valuesOf(key, row)); }
    void remove(JobSide side, int key) override { of(side).remove(m_table, {key}); }

    void hold(JobSide side, int key, const std::optional<ModelRow> &before,
              const std::optional<ModelRow> &after) override
    {
        auto &session = m_held[std::size_t(side)];
        if (!session) {
            session = m_pair->open(nameOf(side));
            must(session->beginWrite());
        }
        const WriteRequest request = m_access->write();
        const auto writer = std::move(*session->writer(request));
        const SelectedRows rows(m_access->rows({valuesOf(key, after.value_or(before.value_or(ModelRow{})))}));
        if (!after)
            must(writer->remove(rows));
        else if (!before)
            must(writer->insert(rows));
        else {
            RowBatch locked;
            must(session->readKeys(m_access->read(), rows, true, locked));
            must(writer->update(rows));
        }
    }
    void endHeld(JobSide side, bool commit) override
    {
        auto &session = m_held[std::size_t(side)];
        must(commit ? session->commit() : session->rollback());
        session.reset();
    }

    void cutAt(JobSide side, int operation) override
    {
        of(side).failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, operation);
    }
    void loseAnswer(JobSide side, bool applied, int nth) override { of(side).failCommit(applied, nth); }

    void killAtCommit(JobSide side, bool applied, int nth) override
    {
        loseAnswer(side, applied, nth);
        m_lastCommit = std::pair(side, nth);
    }

    ModelOutcome sync(const std::function<void(const std::function<bool(JobSide)> &)> &meanwhile) override
    {
        const auto isLocked = [this](JobSide side) { return of(side).isLocked(m_table); };
        for (const JobSide side : {JobSide::Source, JobSide::Target})
            of(side).onOperation([&, side](const QString &operation) {
                dieIn(side, operation);
                meanwhile(isLocked);
            });
        ModelOutcome outcome = run();
        m_lastCommit.reset();
        m_dead = false;
        for (const JobSide side : {JobSide::Source, JobSide::Target}) {
            of(side).onOperation({});
            of(side).failNoMore();
            of(side).resetCounters();
        }
        return outcome;
    }

    QList<ModelConflict> conflicts() override
    {
        QList<ModelConflict> found;
        ConflictFilter filter;
        filter.states = {ConflictState::Open, ConflictState::Answered, ConflictState::Skipped};
        const auto known = m_journal->conflicts(job().id, filter);
        for (const Conflict &conflict : known.value_or(QList<Conflict>())) {
            ModelConflict shown;
            shown.id = conflict.id;
            shown.key = conflict.keyText.toInt();
            shown.source = rowOf(conflict.source);
            shown.target = rowOf(conflict.target);
            shown.answerable = conflict.state != ConflictState::Answered;
            found += shown;
        }
        return found;
    }
    void answer(const ModelConflict &conflict, ConflictAnswer answer, const ModelRow &row) override
    {
        ConflictReply reply{conflict.id, answer, {}, {}};
        if (answer == ConflictAnswer::Row) {
            const RowBatch rows = m_access->rows({valuesOf(conflict.key, row)});
            const std::string_view chain = rows.chain(0);
            reply.rowForSource = reply.rowForTarget = QByteArray(chain.data(), qsizetype(chain.size()));
        }
        (void)m_journal->answerConflicts(job().id, {reply}, QStringLiteral("somebody"), m_pair->clock.nowUs());
    }

    void loseFiles(int which) override { exchangeFiles(which, {}); }
    void keepFiles() override
    {
        m_journal.reset();
        for (const QString &name : names)
            m_kept[name] = m_memory.image(m_memory.path(name));
        openJournal();
    }
    void bringBackFiles(int which) override { exchangeFiles(which, m_kept); }
    void backUp(JobSide side) override { m_backups[std::size_t(side)] = of(side).backUp(); }
    bool restore(JobSide side) override
    {
        const auto &backup = m_backups[std::size_t(side)];
        if (backup)
            of(side).restore(backup);
        return backup != nullptr;
    }
    QStringList violations() override { return m_pair->violations(); }

private:
    inline static const QStringList names{QStringLiteral("journal.db"), QStringLiteral("base.db")};

    static QString nameOf(JobSide side)
    {
        return side == JobSide::Source ? QStringLiteral("source") : QStringLiteral("target");
    }
    FakeDatabase &of(JobSide side) { return side == JobSide::Source ? m_pair->source : m_pair->target; }
    static void must(const Result<void> &done)
    {
        if (!done)
            qFatal("%s", qPrintable(codeName(done.error().code) + u' ' + done.error().detail));
    }

    // After the last COMMIT nothing is answered.
    void dieIn(JobSide side, const QString &operation)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_dead) {
            for (const JobSide each : {JobSide::Source, JobSide::Target})
                of(each).failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, 0, -1);
            m_lastCommit.reset();
            m_dead = false;
        }
        if (m_lastCommit && m_lastCommit->first == side && operation == QStringLiteral("commit"))
            m_dead = m_lastCommit->second-- == 0;
    }

    static FakeValues valuesOf(int key, const ModelRow &row)
    {
        return {key, QString::number(row.cells[0]), QString::number(row.cells[1]), row.sum, row.stamp};
    }
    static ModelRow rowFrom(const QStringList &cells)
    {
        return {{cells.at(0).toInt(), cells.at(1).toInt()}, cells.at(2).toLongLong(), cells.at(3).toInt()};
    }
    std::optional<ModelRow> rowOf(const QByteArray &chain) const
    {
        RowBatch rows(m_access->layout);
        if (chain.isEmpty() || !rows.appendChain({chain.constData(), std::size_t(chain.size())}))
            return {};
        return rowFrom(m_access->texts(rows).first().split(u'|').mid(1));
    }

    static const JobSettings &job()
    {
        static const JobSettings settings = [] {
            JobSettings job;
            job.id = QStringLiteral("6f1c0e0a-0000-4000-8000-000000000001");
            job.name = QStringLiteral("model");
            job.source = FakePair::connection(QStringLiteral("source"));
            job.target = FakePair::connection(QStringLiteral("target"));
            job.mode = Mode::TwoWay;
            job.parallel = 1;
            job.allTables = true;
            job.retry.delayMs = 0;
            job.defaults.deletes = DeletePolicy::Propagate;
            job.defaults.guard = {1000000, 100};
            return job;
        }();
        return settings;
    }

    ModelOutcome run()
    {
        m_pair->clock.advanceMs(1000);
        RunOptions options;
        options.yes = true;
        Cancellation cancellation;
        ProgressBoard progress;
        RunContext context(job(), options, m_pair->connector, *m_journal, m_pair->clock, cancellation, progress);
        context.run = QStringLiteral("run%1").arg(++m_runs);
        context.generation = QUuid::createUuid().toRfc4122();
        const QString spool = m_memory.path(QStringLiteral("spool.db"));
        TwoWayRun run(
            {context, m_memory.path(names.at(1)), spool, [this](const TablePair &pair) -> Result<TwoWaySettings> {
                 m_tableKey = pair.checkpointKey.table;
                 return m_rules;
             }});
        const auto tables = run.run();
        m_memory.remove(spool);
        ModelOutcome outcome;
        if (!tables || tables->first().error) {
            const Error &error = tables ? *tables->first().error : tables.error();
            outcome.error = codeName(error.code) + u' ' + error.detail;
        }
        outcome.whole = outcome.error.isEmpty();
        if (!tables)
            return outcome;
        const TwoWayTable &table = tables->first();
        outcome.known = outcome.whole;
        outcome.trust = table.trust;
        outcome.written = table.toTarget.written.total() + table.toSource.written.total();
        outcome.cases = table.counts.cases;
        return outcome;
    }

    void openJournal() { m_journal = std::move(*Journal::open(m_memory.path(names.at(0)))); }
    void exchangeFiles(int which, const std::map<QString, QByteArray> &images)
    {
        m_journal.reset();
        for (const QString &name : names) {
            if (((name == names.at(0) ? JournalFile : BaseStateFile) & which) == 0)
                continue;
            m_memory.remove(m_memory.path(name));
            if (const auto kept = images.find(name); kept != images.end())
                m_memory.setImage(m_memory.path(name), kept->second);
        }
        openJournal();
    }

    static QString folder()
    {
        static std::atomic<int> number = 0;
        return QStringLiteral("/model%1").arg(++number);
    }

    const QString m_table = QStringLiteral("t");
    MemoryFiles m_memory{folder()};
    std::unique_ptr<FakePair> m_pair;
    QString m_tableKey; // CheckpointKey::table
    std::optional<FakeAccess> m_access;
    TwoWaySettings m_rules;
    std::unique_ptr<Journal> m_journal;
    std::array<std::unique_ptr<Session>, 2> m_held;
    std::array<std::shared_ptr<const FakeDatabase::Backup>, 2> m_backups;
    std::map<QString, QByteArray> m_kept;
    std::mutex m_mutex;
    std::optional<std::pair<JobSide, int>> m_lastCommit; // the how many-th that is still to come
    bool m_dead = false;
    int m_runs = 0;
};

} // namespace tidemark
