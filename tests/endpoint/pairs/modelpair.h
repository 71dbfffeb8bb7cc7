// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

#include <QDir>

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"
#include "tests/core/run/modelworld.h"
#include "tests/endpoint/pairs/cutsession.h"
#include "tests/endpoint/pairs/sqlpair.h"

namespace tidemark {

// Two real databases that many histories are played in, one after the other: each is a job of its own, on empty tables.
// No user's transaction stays open: a database with one writer would keep the sync waiting until it gives up.
class ModelPair final : public ModelWorld
{
public:
    ModelPair(Driver from, Driver to) : m_pair(from, to), m_connector(m_pair.source.settings)
    {
        for (Side *side : {&m_pair.source, &m_pair.target}) {
            if (side->driver() == Driver::Sqlite)
                side->exec(QStringLiteral("PRAGMA journal_mode = WAL")); // users write while a sync reads
            side->exec(
                QStringLiteral("CREATE TABLE items (id bigint PRIMARY KEY, a varchar(40), b varchar(40), n bigint,"
                               " stamp bigint)"));
            side->exec(
                QStringLiteral("CREATE TABLE kept (id bigint PRIMARY KEY, a varchar(40), b varchar(40), n bigint,"
                               " stamp bigint)"));
        }
    }

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

    ModelRows rows(JobSide side) override
    {
        ModelRows rows;
        const QString sql = QStringLiteral("SELECT id, a, b, n, stamp FROM items");
        const QStringList found = std::this_thread::get_id() == m_thread ? of(side).rows(sql) : elsewhere(side, sql);
        for (const QString &text : found) {
            const QStringList cells = text.split(u'|');
            rows[std::size_t(cells.at(0).toInt())] = rowFrom(cells);
        }
        return rows;
    }
    void put(JobSide side, int key, const ModelRow &row) override
    {
        // One statement, so that nobody comes between.
        const QString set = of(side).driver() == Driver::Mysql
            ? QStringLiteral(
                "ON DUPLICATE KEY UPDATE a = values(a), b = values(b), n = values(n), stamp = values(stamp)")
            : QStringLiteral("ON CONFLICT (id) DO UPDATE SET a = excluded.a, b = excluded.b, n = excluded.n, stamp = "
                             "excluded.stamp");
        change(side,
               QStringLiteral("INSERT INTO items VALUES (%1, '%2', '%3', %4, %5) %6")
                   .arg(key)
                   .arg(row.cells[0])
                   .arg(row.cells[1])
                   .arg(row.sum)
                   .arg(row.stamp)
                   .arg(set));
    }
    void remove(JobSide side, int key) override
    {
        change(side, QStringLiteral("DELETE FROM items WHERE id = %1").arg(key));
    }
    bool holds() const override { return false; }
    void hold(JobSide, int, const std::optional<ModelRow> &, const std::optional<ModelRow> &) override { }
    void endHeld(JobSide, bool) override { }

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
    void backUp(JobSide which) override
    {
        Side &side = of(which);
        side.exec(QStringLiteral("DELETE FROM kept"));
        side.exec(QStringLiteral("INSERT INTO kept SELECT * FROM items"));
        side.exec(QStringLiteral("DROP TABLE IF EXISTS kept_marks"));
        if (hasMarks(side))
            side.exec(QStringLiteral("CREATE TABLE kept_marks AS SELECT * FROM tidemark_checkpoint"));
        m_backups[std::size_t(which)] = hasMarks(side) ? Backup::Whole : Backup::WithoutMarks;
    }
    bool restore(JobSide which) override
    {
        const Backup backup = m_backups[std::size_t(which)];
        if (backup == Backup::None)
            return false;
        Side &side = of(which);
        side.exec(QStringLiteral("DELETE FROM items"));
        side.exec(QStringLiteral("INSERT INTO items SELECT * FROM kept"));
        if (!hasMarks(side))
            return true;
        side.exec(QStringLiteral("DELETE FROM tidemark_checkpoint"));
        if (backup == Backup::Whole)
            side.exec(QStringLiteral("INSERT INTO tidemark_checkpoint SELECT * FROM kept_marks"));
        return true;
    }

private:
    Side &of(JobSide side) { return side == JobSide::Source ? m_pair.source : m_pair.target; }
    QString file(const QString &name) const { return m_pair.path(m_folder + u'/' + name); }
    void openJournal() { m_pair.journal = std::move(*Journal::open(file(QStringLiteral("journal.db")))); }
    static ModelRow rowFrom(const QStringList &cells)
    {
        return {{cells.at(1).toInt(), cells.at(2).toInt()}, cells.at(3).toLongLong(), cells.at(4).toInt()};
    }
    void change(JobSide side, const QString &sql)
    {
        if (std::this_thread::get_id() == m_thread)
            of(side).exec(sql);
        else
            of(side).execElsewhere(sql);
    }
    QStringList elsewhere(JobSide side, const QString &sql) // on a thread of the sync
    {
        Cancellation cancellation;
        const auto session = SqlConnector().openSql(of(side).settings, OpenOptions{false, &cancellation});
        const auto result = session ? (*session)->query(sql) : fail(session.error());
        if (!result)
            qFatal("%s: %s", qPrintable(codeName(result.error().code)), qPrintable(result.error().detail));
        QStringList lines;
        for (const SqlRow &row : *result) {
            QStringList cells;
            for (const auto &cell : row)
                cells += QString::fromUtf8(cell.value_or(QByteArray()));
            lines += cells.join(u'|');
        }
        return lines;
    }
    static bool hasMarks(Side &side) { return *side.session().hasCheckpointTable(); }
    enum class Backup : quint8 { None, WithoutMarks, Whole };

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

    const std::thread::id m_thread = std::this_thread::get_id();
    SqlPair m_pair;
    CutConnector m_connector;
    TwoWaySettings m_rules;
    std::shared_ptr<const RowLayout> m_layout; // of the last sync
    QString m_folder;
    std::array<Backup, 2> m_backups{};
    std::optional<JobSettings> m_job;
    int m_histories = 0;
    int m_runs = 0;
};

} // namespace tidemark
