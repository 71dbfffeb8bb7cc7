// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/jobsettings.h"

#include <QFileInfo>
#include <QUuid>

#include "core/config/connectionreader.h"
#include "core/config/jobreader.h"
#include "core/config/jobsides.h"
#include "core/config/jsontext.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr JsonChoice<Mode> modes[]{
    {"update"_L1, Mode::Update}, {"mirror"_L1, Mode::Mirror}, {"two-way"_L1, Mode::TwoWay}};
constexpr JsonChoice<CheckpointPlace> places[]{{"target"_L1, CheckpointPlace::Target},
                                               {"journal"_L1, CheckpointPlace::Journal}};
constexpr JsonChoice<TransactionScope> scopes[]{
    {"batch"_L1, TransactionScope::Batch}, {"table"_L1, TransactionScope::Table}, {"run"_L1, TransactionScope::Run}};
// Two-way: each side holds its own record, so that a copy of a database or of the workspace is found out.
constexpr JsonChoice<CheckpointPlace> twoWayPlaces[]{{"target"_L1, CheckpointPlace::Target}};

QString readId(const JsonNode &node)
{
    const QString text = node.string();
    const QUuid uuid = QUuid::fromString(text);
    if (node.isString() && (text.size() != 36 || uuid.isNull()))
        node.wrongValue(u"uuid"_s);
    return uuid.toString(QUuid::WithoutBraces);
}

void readVersion(const JsonObjectNode &object)
{
    const auto version = object.require("tidemark"_L1, u"1"_s);
    if (version && version->integer(1, 1 << 30) > 1)
        version->fault(ErrorCode::WorkspaceNewer, u"1"_s);
}

ConnectionSettings readSide(const JsonObjectNode &object, QLatin1StringView side, const QString &folder,
                            const ConnectionLookup &lookup)
{
    static const QString expected = u"connection"_s;
    const auto node = object.require(side, expected);
    if (!node)
        return {};
    if (node->isObject())
        return readConnection(*node, folder);
    if (!node->isString())
        node->wrongType(expected);
    const QString name = node->text();
    if (node->reader().failed())
        return {};
    const auto found = name.contains("://"_L1) ? connectionFromUrl(name) : lookup.connection(name);
    if (found)
        return *found;
    Error error = found.error();
    if (!error.facts.contains(Fact::File)) {
        const QString inner = error.facts.value(Fact::JsonPath);
        error.with(Fact::JsonPath, inner.isEmpty() ? node->path() : QString(node->path() + u'.' + inner));
        node->reader().report(std::move(error));
    } else {
        node->reader().reportElsewhere(std::move(error)); // of connections.json, say
    }
    return {};
}

BatchSettings readBatch(const JsonNode &node)
{
    BatchSettings batch;
    const JsonObjectNode object = node.object({"rows"_L1, "bytes"_L1});
    if (const auto rows = object.find("rows"_L1))
        batch.rows = rows->integer(1, 1'000'000);
    if (const auto bytes = object.find("bytes"_L1))
        batch.bytes = bytes->size(1 << 10, 1 << 30);
    return batch;
}

RetrySettings readRetry(const JsonNode &node)
{
    RetrySettings retry;
    const JsonObjectNode object = node.object({"attempts"_L1, "delay"_L1, "factor"_L1, "maxDelay"_L1});
    if (const auto attempts = object.find("attempts"_L1))
        retry.attempts = static_cast<int>(attempts->integer(1, 1000));
    if (const auto delay = object.find("delay"_L1))
        retry.delayMs = delay->durationMs(0, 86'400'000);
    if (const auto factor = object.find("factor"_L1))
        retry.factor = factor->number(1, 100);
    if (const auto longest = object.find("maxDelay"_L1))
        retry.maxDelayMs = longest->durationMs(0, 86'400'000);
    return retry;
}

UndoSettings readUndo(const JsonNode &node)
{
    UndoSettings undo;
    const JsonObjectNode object = node.object({"days"_L1, "bytes"_L1});
    if (const auto days = object.find("days"_L1))
        undo.days = static_cast<int>(days->integer(0, 36'500));
    if (const auto bytes = object.find("bytes"_L1))
        undo.bytes = bytes->size(1 << 10, qint64{1} << 50);
    return undo;
}

// A scheduled job runs when nobody is there to be asked.
void refuseAsking(const JsonObjectNode &object, const JobSettings &job)
{
    for (const auto &[key, side] : {std::pair("source"_L1, &job.source), std::pair("target"_L1, &job.target)}) {
        if (side->password.kind != PasswordSource::Kind::Ask)
            continue;
        const JsonNode node = object.at(key);
        Error error{ErrorCode::WrongValue, {}, {}};
        error.with(Fact::JsonPath, node.isObject() ? QString(node.path() + ".password"_L1) : node.path());
        error.with(Fact::Expected, u"unattended-password"_s).with(Fact::Found, quoted(u"ask"));
        if (!side->name.isEmpty())
            error.with(Fact::Connection, side->name);
        node.reader().report(std::move(error));
    }
}

// A web service is written row by row: it has no transactions, no table for a checkpoint and no columns of ours.
void checkService(const JsonObjectNode &object, JobSettings &job)
{
    const auto refuse = [&object](QLatin1StringView key, const QString &option) {
        Error error{ErrorCode::NotAvailable, {}, {}};
        error.with(Fact::JsonPath, object.at(key).path()).with(Fact::Option, option);
        object.at(key).reader().report(std::move(error));
    };
    const bool isTwoWay = job.mode == Mode::TwoWay;
    const bool readsService = job.source.driver == Driver::Http;
    const bool isWritten = job.target.driver == Driver::Http || (isTwoWay && readsService);
    if (!isWritten)
        return;
    if (isQueue(job.source.driver) || isQueue(job.target.driver))
        return; // checkQueues() says why
    if (const auto fault = sidesFault(job.source, job.target, job.mode))
        refuse(fault->key, fault->option);
    if (job.transaction != TransactionScope::Batch)
        refuse("transaction"_L1, u"http-transaction"_s);
    if (isTwoWay) { // each side keeps its own; the service's is in the journal
        bool marks = job.defaults.soft.has_value();
        for (const JobTable &table : job.tables)
            marks = marks || table.soft;
        if (marks)
            refuse("tables"_L1, u"http-soft"_s);
        return;
    }
    if (object.find("checkpoint"_L1) && job.checkpoint != CheckpointPlace::Journal)
        object.at("checkpoint"_L1).wrongValue(quoted(u"journal"));
    job.checkpoint = CheckpointPlace::Journal;
    bool marks = job.defaults.soft && job.defaults.soft->side == SoftDelete::Side::Target;
    for (const JobTable &table : job.tables)
        marks = marks || (table.soft && table.soft->side == SoftDelete::Side::Target);
    if (marks)
        refuse("tables"_L1, u"http-soft"_s);
}

// What the job does by itself: when, after a run, and how fast.
void readByItself(const JsonObjectNode &object, JobSettings &job, const QString &folder)
{
    if (const auto schedule = object.findSet("schedule"_L1)) {
        job.schedule = readSchedule(*schedule);
        refuseAsking(object, job);
    }
    if (const auto actions = object.findSet("afterRun"_L1))
        job.afterRun = readAfterRun(*actions, folder);
    if (const auto throttle = object.findSet("throttle"_L1))
        job.throttle = readThrottle(*throttle);
}

void readDefaults(const JsonObjectNode &object, JobSettings &job)
{
    const bool isMirror = job.mode == Mode::Mirror;
    const bool isTwoWay = job.mode == Mode::TwoWay;
    job.defaults.deletes = isMirror || isTwoWay ? DeletePolicy::Propagate : DeletePolicy::Ignore;
    job.defaults.conflicts.policy = isTwoWay ? ConflictPolicy::Ask : ConflictPolicy::Source;
    job.defaults.leftFilter = isMirror ? LeftFilter::Delete : LeftFilter::Keep;
    job.defaults.onBadRow = job.transaction == TransactionScope::Batch ? OnBadRow::Skip : OnBadRow::Stop;
    readRules(object, job.mode, job.defaults);
}

void readRest(const JsonObjectNode &object, JobSettings &job)
{
    const bool isTwoWay = job.mode == Mode::TwoWay;
    if (const auto node = object.find("id"_L1))
        job.id = readId(*node);
    if (const auto node = object.find("description"_L1))
        job.description = node->string();
    if (const auto node = object.find("enabled"_L1))
        job.enabled = node->boolean();
    if (const auto node = object.find("checkpoint"_L1))
        job.checkpoint = isTwoWay ? node->choice(twoWayPlaces) : node->choice(places);
    if (const auto node = object.find("batch"_L1))
        job.batch = readBatch(*node);
    if (const auto node = object.find("transaction"_L1))
        job.transaction = node->choice(scopes);
    if (const auto node = object.find("parallel"_L1))
        job.parallel = static_cast<int>(node->integer(1, 64));
    if (const auto node = object.find("retry"_L1))
        job.retry = readRetry(*node);
    if (const auto node = object.findSet("undo"_L1))
        job.undo = readUndo(*node);
}

void readJobTables(const JsonObjectNode &object, JobSettings &job)
{
    const auto node = object.require("tables"_L1, uR"(array | "*")"_s);
    if (!node)
        return;
    bool keysCompared = usesKeyCompare(job.defaults);
    if (node->isString() && node->value().toString() == "*"_L1) {
        job.allTables = true;
    } else {
        job.tables = readTables(*node, job.mode, job.defaults);
        for (const JobTable &table : job.tables)
            keysCompared = keysCompared || usesKeyCompare(table);
    }
    if (!keysCompared)
        requireKeyCompare(object, job.defaults);
    if (!usesKeyCompare(job.defaults))
        job.defaults.keyCompare = KeyCompare();
}

} // namespace

Result<JobSettings> jobFromJson(const QJsonObject &json, const QString &file, const ConnectionLookup &lookup)
{
    JsonReader reader(file);
    const JsonNode root(reader, json, {});
    const JsonObjectNode any(root);
    readVersion(any); // first: a newer file may have keys that only a newer version knows
    const JsonObjectNode object = root.object(
        {"tidemark"_L1,   "id"_L1,       "name"_L1,    "description"_L1, "enabled"_L1,     "source"_L1,
         "target"_L1,     "mode"_L1,     "create"_L1,  "checkpoint"_L1,  "detect"_L1,      "deletes"_L1,
         "keyCompare"_L1, "guard"_L1,    "compare"_L1, "conflicts"_L1,   "tables"_L1,      "batch"_L1,
         "leftFilter"_L1, "onBadRow"_L1, "keep"_L1,    "parallel"_L1,    "transaction"_L1, "allowNonTransactional"_L1,
         "retry"_L1,      "throttle"_L1, "undo"_L1,    "schedule"_L1,    "afterRun"_L1});
    JobSettings job;
    job.file = file;
    if (const auto name = object.require("name"_L1, u"string"_s))
        job.name = name->text();
    if (const auto mode = object.require("mode"_L1, alternatives({u"update"_s, u"mirror"_s, u"two-way"_s})))
        job.mode = mode->choice(modes);
    const QString folder = QFileInfo(file).absolutePath();
    if (!reader.failed())
        job.source = readSide(object, "source"_L1, folder, lookup);
    if (!reader.failed())
        job.target = readSide(object, "target"_L1, folder, lookup);
    readRest(object, job);
    readByItself(object, job, folder);
    readDefaults(object, job);
    readJobTables(object, job);
    checkService(object, job);
    checkQueues(object, job);
    if (reader.failed())
        return fail(*reader.error());
    return job;
}

Result<JobSettings> readJobFile(const QString &file, const ConnectionLookup &lookup)
{
    TRY_ASSIGN(const QJsonObject json, readJsonFile(file));
    return jobFromJson(json, file, lookup);
}

} // namespace tidemark
