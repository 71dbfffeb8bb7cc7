// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"
#include "tests/endpoint/pairs/cutconnector.h"
#include "tests/endpoint/pairs/modelsides.h"

namespace tidemark {

// Two real databases that many histories are played in, one after the other: each is a job of its own, on empty tables.
class ModelPair final : public ModelSides
{
public:
    ModelPair(Driver from, Driver to) : ModelSides(from, to), m_connector(m_pair.source.settings) { }

    void begin(const ModelHistory &history)
    {
        for (Side *side : {&m_pair.source, &m_pair.target})
            side->exec(QStringLiteral("DELETE FROM items")); // marks of earlier histories are another workspace's
        m_rules.rules = {history.policy, history.first, history.deletes};
        m_rules.newestSource = m_rules.newestTarget = 4;
        m_rules.cellRules = {CellRule::None, CellRule::None, CellRule::None,
                             history.summed ? CellRule::Sum : CellRule::None, CellRule::Greatest};
        m_folder = QStringLiteral("history%1").arg(++m_histories);
        QDir(m_pair.path({})).mkpath(m_folder);
        m_backups = {};
        openJournal();
    }
    void end()
    {
        m_pair.journal.reset();
        QDir(file({})).removeRecursively();
    }

    void cutAt(JobSide side, int operation) override { m_connector.of(side).cutAt = operation; }
    void loseAnswer(JobSide side, bool applied, int nth) override
    {
        m_connector.of(side).applied = applied;
        m_connector.of(side).loseCommit = nth;
    }

    void killAtCommit(JobSide side, bool applied, int nth) override
    {
        loseAnswer(side, applied, nth);
        m_connector.of(side).dies = true;
    }

    ModelOutcome sync(const std::function<void(const std::function<bool(JobSide)> &)> &meanwhile) override
    {
        const auto isLocked = [this](JobSide side) { return m_connector.of(side).writing > 0; };
        for (const JobSide side : {JobSide::Source, JobSide::Target})
            m_connector.of(side).beforeCall = [&] { meanwhile(isLocked); };
        ModelOutcome outcome = run();
        for (const JobSide side : {JobSide::Source, JobSide::Target})
            m_connector.of(side).clear();
        return outcome;
    }

    QList<ModelConflict> conflicts() override
    {
        QList<ModelConflict> found;
        ConflictFilter filter;
        filter.states = {ConflictState::Open, ConflictState::Answered, ConflictState::Skipped};
        const auto known = m_pair.journal->conflicts(job().id, filter);
        for (const Conflict &conflict : known.value_or(QList<Conflict>()))
            found += ModelConflict{conflict.id, conflict.keyText.toInt(), rowOf(conflict.source),
                                   rowOf(conflict.target), m_layout && conflict.state != ConflictState::Answered};
        return found;
    }
    void answer(const ModelConflict &conflict, ConflictAnswer answer, const ModelRow &row) override
    {
        ConflictReply reply{conflict.id, answer, {}, {}};
        if (answer == ConflictAnswer::Row)
            reply.rowForSource = reply.rowForTarget = chainOf(conflict.key, row);
        (void)m_pair.journal->answerConflicts(job().id, {reply}, QStringLiteral("somebody"), m_pair.clock.nowUs());
    }

    void loseFiles(int which) override { exchangeFiles(which, {}); }
    void keepFiles() override
    {
        m_pair.journal.reset();
        const QString kept = file(QStringLiteral("kept"));
        QDir(kept).removeRecursively();
        QDir().mkpath(kept);
        copyFiles(JournalFile | BaseStateFile, file({}), kept);
        openJournal();
    }
    void bringBackFiles(int which) override { exchangeFiles(which, file(QStringLiteral("kept"))); }

private:
    QString file(const QString &name) const { return m_pair.path(m_folder + u'/' + name); }
    void openJournal() { m_pair.journal = std::move(*Journal::open(file(QStringLiteral("journal.db")))); }

    const JobSettings &job()
    {
        if (!m_job)
            m_job = m_pair.job({{QStringLiteral("parallel"), 1},
                                {QStringLiteral("deletes"), QStringLiteral("propagate")},
                                {QStringLiteral("guard"),
                                 QJsonObject{{QStringLiteral("rows"), 1000000}, {QStringLiteral("percent"), 100}}}});
        return *m_job;
    }

    ModelOutcome run()
    {
        RunOptions options;
        options.yes = true;
        Cancellation cancellation;
        ProgressBoard progress;
        RunContext context(job(), options, m_connector, *m_pair.journal, m_pair.clock, cancellation, progress);
        context.run = QStringLiteral("run%1").arg(++m_runs);
        context.generation = QUuid::createUuid().toRfc4122();
        TwoWayRun run({context, file(QStringLiteral("base.db")), file(QStringLiteral("spool.db")),
                       [this](const TablePair &pair) -> Result<TwoWaySettings> {
                           m_layout = pair.layout;
                           return m_rules;
                       }});
        const auto tables = run.run();
        ModelOutcome outcome;
        if (!tables || tables->first().error) {
            const Error &error = tables ? *tables->first().error : tables.error();
            outcome.error = codeName(error.code) + u' ' + error.detail;
        }
        outcome.whole = outcome.known = outcome.error.isEmpty();
        if (!outcome.whole)
            return outcome;
        outcome.trust = tables->first().trust;
        outcome.written = tables->first().toTarget.written.total() + tables->first().toSource.written.total();
        outcome.cases = tables->first().counts.cases;
        return outcome;
    }

    void exchangeFiles(int which, const QString &from)
    {
        m_pair.journal.reset();
        const auto names = filesOf(which);
        for (const QString &name : names) {
            for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
                QFile::remove(file(name + suffix));
            if (!from.isEmpty())
                QFile::copy(from + u'/' + name, file(name));
        }
        openJournal();
    }
    static QStringList filesOf(int which)
    {
        QStringList names;
        if ((which & JournalFile) != 0)
            names += QStringLiteral("journal.db");
        if ((which & BaseStateFile) != 0)
            names += QStringLiteral("base.db");
        return names;
    }
    static void copyFiles(int which, const QString &from, const QString &to) // nobody has them open
    {
        for (const QString &name : filesOf(which))
            QFile::copy(from + u'/' + name, to + u'/' + name);
    }

    std::optional<ModelRow> rowOf(const QByteArray &chain) const
    {
        RowBatch rows(m_layout);
        if (!m_layout || chain.isEmpty() || !rows.appendChain({chain.constData(), std::size_t(chain.size())}))
            return {};
        QStringList cells;
        for (int cell = 0; cell < m_layout->size(); ++cell)
            cells += cell::text(m_layout->cells[std::size_t(cell)], rows.value(0, cell));
        return rowFrom(cells);
    }
    QByteArray chainOf(int key, const ModelRow &row) const
    {
        std::vector<CellSource> sources(m_layout->cells.size());
        for (std::size_t cell = 0; cell < sources.size(); ++cell)
            sources[cell].type.kind = m_layout->cells[cell].kind;
        RowBatch rows(m_layout);
        RowEncoder encoder(m_layout, sources);
        encoder.setBatch(&rows);
        encoder.beginRow();
        for (const qint64 value : {qint64(key), qint64(row.cells[0]), qint64(row.cells[1]), row.sum, qint64(row.stamp)})
            encoder.text(QByteArray::number(value).toStdString());
        encoder.endRow();
        const std::string_view chain = rows.chain(0);
        return {chain.data(), qsizetype(chain.size())};
    }

    CutConnector m_connector;
    TwoWaySettings m_rules;
    std::shared_ptr<const RowLayout> m_layout; // of the last sync
    QString m_folder;
    std::optional<JobSettings> m_job;
    int m_histories = 0;
    int m_runs = 0;
};

} // namespace tidemark
