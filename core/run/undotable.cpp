// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/undotable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// One that speaks no SQL is read.
Result<qint64> countUpTo(Session &target, const TablePair &pair, qint64 most)
{
    ReadRequest request = pair.keysOf(pair.readTarget(BatchSettings{}));
    request.where.clear();
    request.order = ReadRequest::Order::None;
    request.limits.rows = std::min(request.limits.rows, most);
    TRY(target.beginRead());
    auto counted = [&]() -> Result<qint64> {
        TRY_ASSIGN(const std::unique_ptr<RowReader> reader, target.read(request));
        RowBatch batch(pair.keyLayout);
        qint64 rows = 0;
        while (rows < most) {
            TRY_ASSIGN(const bool more, reader->next(batch));
            if (!more)
                break;
            rows += batch.rowCount();
        }
        return rows;
    }();
    if (counted || !counted.error().endsSession())
        TRY(target.rollback());
    return counted;
}

QString modeText(Mode mode)
{
    switch (mode) {
    case Mode::Update:
        return u"update"_s;
    case Mode::Mirror:
        return u"mirror"_s;
    case Mode::TwoWay:
        return u"two-way"_s;
    }
    return {};
}

// Of a run between two connections that no job file names.
QByteArray jobInMemory(const JobSettings &job)
{
    QJsonArray tables;
    for (const JobTable &table : job.tables) {
        tables.append(table.source.schema.isEmpty() ? QJsonValue(table.source.name)
                                                    : QJsonArray{table.source.schema, table.source.name});
    }
    const QJsonObject json{{u"tidemark"_s, 1},
                           {u"id"_s, job.id},
                           {u"name"_s, job.name},
                           {u"source"_s, connectionToJson(job.source)},
                           {u"target"_s, connectionToJson(job.target)},
                           {u"mode"_s, modeText(job.mode)},
                           {u"tables"_s, job.allTables ? QJsonValue(u"*"_s) : QJsonValue(tables)}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

Result<bool> holdsNothing(Session &target, const TablePair &pair)
{
    if (SqlSession *sql = target.asSql()) {
        TRY_ASSIGN(const auto rows,
                   sql->query(u"SELECT 1 FROM "_s + sql->dialect().table(pair.mapping.target.name) + u" LIMIT 1"_s));
        return rows.isEmpty();
    }
    TRY_ASSIGN(const qint64 rows, countUpTo(target, pair, 1));
    return rows == 0;
}

Result<qint64> rowsOf(Session &target, const TablePair &pair)
{
    SqlSession *sql = target.asSql();
    if (sql == nullptr)
        return countUpTo(target, pair, std::numeric_limits<qint64>::max());
    TRY_ASSIGN(const auto rows,
               sql->query(u"SELECT count(*) FROM "_s + sql->dialect().table(pair.mapping.target.name)));
    return rows.isEmpty() ? 0 : rows.first().value(0).value_or(QByteArray()).toLongLong();
}

// A service's row stands before anything of it could be kept.
static bool keepsUndo(const JobSettings &job)
{
    const bool writesService =
        job.target.driver == Driver::Http || (job.mode == Mode::TwoWay && job.source.driver == Driver::Http);
    return job.undo.days > 0 && !writesService;
}

RunReport runKeeping(RunContext &context, const QString &undoes, const std::function<RunReport()> &run)
{
    const JobSettings &job = context.job;
    std::optional<UndoRecorder> recorder;
    if (keepsUndo(job)) {
        UndoHead head;
        head.run = context.run;
        head.undoes = undoes;
        head.jobId = job.id;
        head.job = job.name;
        head.source = job.source.label();
        head.target = job.target.label();
        head.twoWay = job.mode == Mode::TwoWay;
        head.generation = context.generation;
        head.createdUs = context.clock.nowUs();
        head.jobFile = job.file;
        if (job.file.isEmpty())
            head.jobJson = jobInMemory(job);
        recorder.emplace(context.journal.undoFolder(), head, job.undo.bytes);
        context.undo = &*recorder;
    }
    RunReport report = run();
    report.undoes = undoes;
    context.undo = nullptr;
    // A mark that could not be made leaves its batch in doubt, which undoing decides; a file too many goes next time.
    if (recorder)
        (void)recorder->finish();
    (void)context.journal.purgeUndo(job.id, job.undo.days, job.undo.bytes, context.clock.nowUs());
    (void)context.journal.purgeConflicts(job.id, job.undo.days, context.clock.nowUs()); // closed ones: rows, too
    return report;
}

RunReport executeKeeping(RunContext &context, const QString &undoes)
{
    return runKeeping(context, undoes, [&context] { return Execution(context).run(); });
}

} // namespace tidemark
