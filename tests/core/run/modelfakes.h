// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include <QUuid>

#include "core/data/cellbytes.h"
#include "core/journal/memoryfiles.h"
#include "tests/core/run/modelfakesides.h"

namespace tidemark {

// Fake replicas, and a workspace that lies in memory. Many histories are played in it, one after the other: a workspace
// that is emptied costs less than a new one.
class ModelFakes final : public ModelFakeSides
{
public:
    ModelFakes() { openJournal(); }

    void begin(const ModelHistory &history)
    {
        m_kept.clear();
        beginSides(history);
        m_rules.rules = {history.policy, history.first, history.deletes};
        m_rules.newestSource = m_rules.newestTarget = 4;
        m_rules.cellRules = {CellRule::None, CellRule::None, CellRule::None,
                             history.summed ? CellRule::Sum : CellRule::None, CellRule::Greatest};
        must(m_journal->removeJob(job().id));
        must((*BaseFile::open(m_memory.path(names.at(1))))->forget(m_tableKey));
    }

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

private:
    inline static const QStringList names{QStringLiteral("journal.db"), QStringLiteral("base.db")};

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

    MemoryFiles m_memory{folder()};
    QString m_tableKey; // CheckpointKey::table
    TwoWaySettings m_rules;
    std::unique_ptr<Journal> m_journal;
    std::map<QString, QByteArray> m_kept;
    std::mutex m_mutex;
    std::optional<std::pair<JobSide, int>> m_lastCommit; // the how many-th that is still to come
    bool m_dead = false;
    int m_runs = 0;
};

} // namespace tidemark
