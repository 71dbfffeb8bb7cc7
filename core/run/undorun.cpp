// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/undorun.h"

#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QScopeGuard>
#include <QUuid>

#include "core/base/units.h"
#include "core/data/rowencoder.h"
#include "core/journal/cellnamed.h"
#include "core/run/retrying.h"
#include "core/run/twowayexecution.h"
#include "core/run/undoplanner.h"
#include "core/run/undotable.h"
#include "core/run/undotwoway.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// The whole's error, or some table's. A cut connection may still hold the lock for a while.
std::optional<Error> worthAnotherAttempt(const RunReport &report, int attempt)
{
    const auto passes = [attempt](const Error &error) {
        return error.isTransient() || error.code == ErrorCode::LockLost
            || (attempt > 1 && error.code == ErrorCode::Busy);
    };
    if (report.error)
        return passes(*report.error) ? report.error : std::nullopt;
    for (const TableReport &table : report.tables) {
        if (table.error && passes(*table.error))
            return table.error;
    }
    return std::nullopt;
}

void addEarlier(QList<TableReport> &tables, const QList<TableReport> &earlier)
{
    for (const TableReport &one : earlier) {
        const auto now = std::find_if(tables.begin(), tables.end(),
                                      [&](const TableReport &table) { return table.source == one.source; });
        if (now == tables.end()) {
            tables += one;
            continue;
        }
        now->toTarget = now->toTarget + one.toTarget;
        now->toSource = now->toSource + one.toSource;
    }
}

// What an earlier attempt put back is no news to the next one.
void addEarlier(QList<UndoPlanner::Table> &tables, const QList<UndoPlanner::Table> &earlier)
{
    for (qsizetype i = 0; i < tables.size() && i < earlier.size(); ++i) {
        UndoneTable &now = tables[i].outcome;
        const UndoneTable &then = earlier[i].outcome;
        now.asBefore = then.asBefore;
        now.contested += then.contested;
        now.asked = std::max(now.asked, then.asked);
        now.comesBack = now.comesBack || then.comesBack;
        now.isEdit = now.isEdit || then.isEdit;
        now.rowsThere = std::max(now.rowsThere, then.rowsThere);
    }
}

class UndoWork
{
public:
    UndoWork(Connector &connector, Journal &journal, const Clock &clock, const JobSettings &job,
             const UndoRequest &request, Cancellation &cancellation, ProgressBoard &progress)
        : m_connector(connector), m_journal(journal), m_clock(clock), m_job(job), m_request(request),
          m_cancellation(cancellation), m_progress(progress)
    { }

    // previewFile: a plan for a person is all that is made; empty: the run is undone.
    UndoOutcome run(const QString &previewFile)
    {
        RunReport &report = m_outcome.report;
        report.job = m_job.name;
        report.jobId = m_job.id;
        report.undoes = m_request.run;
        report.startedUs = m_clock.nowUs();
        if (auto done = previewFile.isEmpty() ? work() : preview(previewFile); !done) {
            report.error = done.error();
            report.state = done.error().code == ErrorCode::Cancelled ? RunState::Cancelled
                : done.error().code == ErrorCode::Busy               ? RunState::Busy
                                                                     : RunState::Failed;
        }
        report.finishedUs = m_clock.nowUs();
        return std::move(m_outcome);
    }

private:
    Result<void> work();
    Result<void> preview(const QString &planFile);
    Result<bool> open(); // false: the run wrote nothing
    Result<QList<UndoPlanner::Table>> plan(const QString &planFile, UndoPlanner::Purpose purpose);
    Result<QList<UndoPlanner::Table>> plan(RunContext &context, const QString &planFile, UndoPlanner::Purpose purpose);
    void apply(const QString &planFile, QList<UndoPlanner::Table> &tables);
    RunReport applyBothSides(RunContext &context, const QString &planFile, QList<UndoPlanner::Table> &tables);
    void addLeft(const QList<UndoPlanner::Table> &tables);
    Result<void> markUndone(const QList<UndoPlanner::Table> &tables);

    Connector &m_connector;
    Journal &m_journal;
    const Clock &m_clock;
    const JobSettings &m_job;
    const UndoRequest &m_request;
    Cancellation &m_cancellation;
    ProgressBoard &m_progress;
    std::unique_ptr<UndoReader> m_file;
    RunOptions m_options;
    QString m_run;
    UndoOutcome m_outcome;
};

Result<bool> UndoWork::open()
{
    const Error missing = Error{ErrorCode::UndoMissing, {{Fact::Run, m_request.run}}, {}};
    TRY_ASSIGN(const auto report, m_journal.findRun(m_request.run));
    const QString path = undoFile(m_journal.undoFolder(), m_request.run);
    const bool isName = !m_request.run.isEmpty() && !m_request.run.contains(u'/');
    if (!isName || !QFileInfo::exists(path)) {
        if (!report)
            return fail(Error{ErrorCode::NoSuchRun, {{Fact::Run, m_request.run}}, {}});
        if (report->totals().total() == 0)
            return false;
        const bool atSource = m_job.mode == Mode::TwoWay && m_job.source.driver == Driver::Http;
        if (atSource || m_job.target.driver == Driver::Http) // of which nothing is ever kept
            return fail(Error{ErrorCode::NotAvailable, {{Fact::Option, u"http-undo"_s}}, {}}.with(
                Fact::Connection, (atSource ? m_job.source : m_job.target).label()));
        if (isQueue(m_job.source.driver) || isQueue(m_job.target.driver)) // likewise
            return fail(Error{ErrorCode::NotAvailable, {{Fact::Option, u"queue-undo"_s}}, {}});
        Error error = missing;
        if (m_job.undo.days > 0)
            error.with(Fact::Limit, QString::number(m_job.undo.days));
        return fail(std::move(error));
    }
    TRY_ASSIGN(m_file, UndoReader::open(path));
    if (m_file->head().jobId != m_job.id)
        return fail(Error{ErrorCode::NoSuchRun, {{Fact::Run, m_request.run}, {Fact::Job, m_job.name}}, {}});
    if (m_file->overflowed())
        return fail(Error{missing}.with(Fact::Count, formatSize(m_job.undo.bytes)));
    TRY_ASSIGN(const QString by, m_file->undoneBy());
    if (!by.isEmpty())
        return fail(Error{ErrorCode::UndoneAlready, {{Fact::Run, by}}, {}});
    return true;
}

Result<QList<UndoPlanner::Table>> UndoWork::plan(const QString &planFile, UndoPlanner::Purpose purpose)
{
    RunContext context(m_job, m_options, m_connector, m_journal, m_clock, m_cancellation, m_progress);
    context.run = m_run;
    return plan(context, planFile, purpose);
}

Result<QList<UndoPlanner::Table>> UndoWork::plan(RunContext &context, const QString &planFile,
                                                 UndoPlanner::Purpose purpose)
{
    UndoPlanner planner(context, *m_file, m_request, planFile, purpose);
    TRY(planner.run());
    return planner.tables();
}

// A transient failure does not end it: what was put back by then is as it was before, and the rest is planned anew.
RunReport UndoWork::applyBothSides(RunContext &context, const QString &planFile, QList<UndoPlanner::Table> &tables)
{
    RunReport report = UndoTwoWay({context, baseFileOf(m_journal, m_job.id), planFile, tables}).run();
    for (int attempt = 1;; ++attempt) {
        const std::optional<Error> reason = worthAnotherAttempt(report, attempt);
        const auto again = reason ? waitToRetry(context, attempt, *reason) : Result<bool>(false);
        if (!again || !*again)
            return report;
        context.generation = QUuid::createUuid().toRfc4122();
        QFile::remove(planFile);
        const auto planned = plan(context, planFile, UndoPlanner::Purpose::Apply);
        if (!planned) {
            report.error = planned.error();
            continue;
        }
        const QList<UndoPlanner::Table> before = std::exchange(tables, *planned);
        RunReport next = UndoTwoWay({context, baseFileOf(m_journal, m_job.id), planFile, tables}).run();
        addEarlier(next.tables, report.tables);
        addEarlier(tables, before);
        report = std::move(next);
    }
}

void UndoWork::apply(const QString &planFile, QList<UndoPlanner::Table> &tables)
{
    m_options.planFile = planFile;
    m_options.allowDeletes = m_request.allowDeletes;
    m_options.yes = m_request.yes;
    for (const UndoPlanner::Table &table : std::as_const(tables)) {
        const bool asks = m_job.mode == Mode::TwoWay && table.changed > 0;
        if ((table.planned.total() > 0 || asks) && !m_options.onlyTables.contains(table.name))
            m_options.onlyTables += table.name;
    }
    if (m_options.onlyTables.isEmpty())
        return;
    RunContext context(m_job, m_options, m_connector, m_journal, m_clock, m_cancellation, m_progress);
    context.run = m_run;
    context.generation = QUuid::createUuid().toRfc4122();
    if (m_job.mode == Mode::TwoWay) {
        m_outcome.report =
            runKeeping(context, m_request.run, [&] { return applyBothSides(context, planFile, tables); });
    } else {
        m_outcome.report = executeKeeping(context, m_request.run);
    }
}

// Rows that the plan does not hold because they are not as the run left them.
void UndoWork::addLeft(const QList<UndoPlanner::Table> &tables)
{
    RunReport &report = m_outcome.report;
    for (const UndoPlanner::Table &table : tables) {
        m_outcome.tables += table.outcome;
        auto row = std::find_if(report.tables.begin(), report.tables.end(),
                                [&](const TableReport &one) { return one.source == table.name; });
        if (row == report.tables.end()) {
            TableReport added;
            added.source = table.outcome.source;
            added.target = table.outcome.target;
            report.tables += added;
            row = std::prev(report.tables.end());
        }
        row->changedSincePlan += table.changed;
        row->quarantined += table.setAside;
    }
    report.attention.removeIf([](const Attention &one) { return one.kind != Attention::Kind::Deletes; });
    for (const TableReport &table : std::as_const(report.tables)) {
        if (table.changedSincePlan > 0)
            report.attention += {Attention::Kind::Review, table.source, table.changedSincePlan};
        if (table.quarantined > 0)
            report.attention += {Attention::Kind::Quarantine, table.source, table.quarantined};
    }
    if (report.state == RunState::Completed && !report.attention.isEmpty())
        report.state = RunState::NeedsAttention;
}

// What was taken back whole cannot be taken back again; the run that this one took back is done once more.
Result<void> UndoWork::markUndone(const QList<UndoPlanner::Table> &tables)
{
    const bool whole = m_request.tables.isEmpty() && m_request.key.isEmpty()
        && std::all_of(tables.begin(), tables.end(), [](const auto &table) { return table.skipped == 0; });
    if (m_outcome.report.state != RunState::Completed || !whole)
        return {};
    TRY(m_file->setUndoneBy(m_run));
    const QString first = m_file->head().undoes;
    if (first.isEmpty() || !QFileInfo::exists(undoFile(m_journal.undoFolder(), first)))
        return {};
    TRY_ASSIGN(const auto reader, UndoReader::open(undoFile(m_journal.undoFolder(), first)));
    return reader->setUndoneBy({});
}

Result<void> UndoWork::work()
{
    TRY_ASSIGN(const bool wrote, open());
    if (!wrote)
        return {};
    RunReport &report = m_outcome.report;
    m_run = newRunId(m_clock);
    const QString planFile = m_journal.undoFolder() + u'/' + m_run + ".plan"_L1;
    const auto forget = qScopeGuard([&] { QFile::remove(planFile); });
    TRY_ASSIGN(QList<UndoPlanner::Table> tables, plan(planFile, UndoPlanner::Purpose::Apply));
    TRY(m_journal.startRun(m_job.id, m_job.name, m_run, report.startedUs));
    report.run = m_run;
    apply(planFile, tables);
    addLeft(tables);
    TRY(markUndone(tables));
    report.finishedUs = m_clock.nowUs();
    return m_journal.finishRun(report);
}

Result<void> UndoWork::preview(const QString &planFile)
{
    TRY_ASSIGN(const bool wrote, open());
    RunReport &report = m_outcome.report;
    report.state = RunState::Planned;
    if (!wrote)
        return {};
    auto forget = qScopeGuard([&] { QFile::remove(planFile); });
    TRY_ASSIGN(const QList<UndoPlanner::Table> tables, plan(planFile, UndoPlanner::Purpose::Preview));
    for (const UndoPlanner::Table &table : tables) {
        TableReport row;
        row.source = table.outcome.source;
        row.target = table.outcome.target;
        (table.outcome.written == JobSide::Target ? row.toTarget : row.toSource) = table.planned;
        const auto known = std::find_if(report.tables.begin(), report.tables.end(),
                                        [&](const TableReport &one) { return one.source == row.source; });
        if (known == report.tables.end()) {
            report.tables += row;
            continue;
        }
        known->toTarget = known->toTarget + row.toTarget;
        known->toSource = known->toSource + row.toSource;
    }
    addLeft(tables);
    forget.dismiss();
    return {};
}

} // namespace

Result<RowBatch> keyFromText(const QList<PlanColumn> &columns, int keyCount, const QMap<QString, QString> &values)
{
    auto layout = std::make_shared<RowLayout>();
    std::vector<CellSource> sources;
    QStringList names;
    for (int cell = 0; cell < keyCount; ++cell) {
        layout->cells.push_back(columns[cell].type);
        CellSource source;
        source.type.kind = columns[cell].type.kind;
        source.column = columns[cell].source;
        sources.push_back(source);
        names += columns[cell].source;
    }
    layout->keyCount = layout->comparedCount = keyCount;
    const std::shared_ptr<const RowLayout> shared = layout;
    const auto usage = [&](const QString &column) {
        return fail(Error{ErrorCode::Usage, {}, {}}
                        .with(Fact::Option, u"--key"_s)
                        .with(Fact::Value, column)
                        .with(Fact::Expected, names.join(u", "_s)));
    };
    QMap<int, QString> texts; // by cell
    for (auto value = values.cbegin(); value != values.cend(); ++value) {
        const auto cell = cellNamed(columns, 0, keyCount, value.key());
        if (!cell || texts.contains(*cell))
            return usage(value.key());
        texts.insert(*cell, value.value());
    }
    RowBatch key(shared);
    RowEncoder encoder(shared, sources);
    encoder.setBatch(&key);
    encoder.beginRow();
    for (int cell = 0; cell < keyCount; ++cell) {
        if (!texts.contains(cell))
            return usage(columns[cell].source);
        const QByteArray text = texts.value(cell).toUtf8();
        encoder.text({text.constData(), std::size_t(text.size())});
    }
    encoder.endRow();
    if (const Error *fault = key.fault(0))
        return fail(Error{ErrorCode::Usage, {}, {}}
                        .with(Fact::Option, u"--key"_s)
                        .with(Fact::Value, fault->facts.value(Fact::Value))
                        .with(Fact::Expected, fault->facts.value(Fact::Type)));
    return key;
}

UndoOutcome undoRun(Connector &connector, Journal &journal, const Clock &clock, const JobSettings &job,
                    const UndoRequest &request, Cancellation &cancellation, ProgressBoard &progress)
{
    return UndoWork(connector, journal, clock, job, request, cancellation, progress).run({});
}

UndoOutcome planUndo(Connector &connector, Journal &journal, const Clock &clock, const JobSettings &job,
                     const UndoRequest &request, const QString &planFile, Cancellation &cancellation,
                     ProgressBoard &progress)
{
    return UndoWork(connector, journal, clock, job, request, cancellation, progress).run(planFile);
}

} // namespace tidemark
