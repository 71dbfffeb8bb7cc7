// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QJsonObject>
#include <QList>
#include <QString>

#include "core/base/result.h"
#include "core/config/afterrunsettings.h"
#include "core/config/connectionsettings.h"
#include "core/config/schedulesettings.h"
#include "core/data/tablerules.h"
#include "core/data/tableschema.h"

namespace tidemark {

// A job file (interfaces.md) as plain values, defaults filled in. What this version does not do is refused by the
// reader (NotAvailable).

enum class Mode : quint8 { Update, Mirror, TwoWay };
enum class DetectBy : quint8 { Hash, Timestamp, Version, Flag, Log };
enum class VersionScope : quint8 { Table, Row };
enum class DeletePolicy : quint8 { Ignore, Propagate };
enum class TransactionScope : quint8 { Batch, Table, Run };
enum class OnBadRow : quint8 { Stop, Skip };
enum class CheckpointPlace : quint8 { Target, Journal };
enum class LeftFilter : quint8 { Delete, Keep };
enum class Kept : quint8 { Cells, Fingerprints }; // of rows, in base and undo files

struct DetectSettings
{
    DetectBy by = DetectBy::Hash;
    QString column; // source's name
    std::optional<qint64> lagMs; // timestamp; not set: as semantics.md
    VersionScope scope = VersionScope::Table;
    qint64 overlap = 10'000; // version, scope table
    QString pending, done; // flag: values as text ("1", "new"); a JSON number, boolean or string in the file
    bool operator==(const DetectSettings &) const = default;
};

struct KeyCompare
{
    enum class When : quint8 { Always, Every, Never };
    When when = When::Always;
    qint64 everyMs = 0;
    bool operator==(const KeyCompare &) const = default;
};

struct GuardSettings
{
    qint64 rows = 1000;
    double percent = 10;
    bool operator==(const GuardSettings &) const = default;
};

struct BatchSettings
{
    qint64 rows = 5000;
    qint64 bytes = 8 << 20;
    bool operator==(const BatchSettings &) const = default;
};

struct RetrySettings
{
    int attempts = 5;
    qint64 delayMs = 1000;
    double factor = 2;
    qint64 maxDelayMs = 60'000;
    bool operator==(const RetrySettings &) const = default;
};

// How long what a run overwrote is kept, and how much of it; days 0: not at all.
struct UndoSettings
{
    int days = 30;
    qint64 bytes = qint64{1} << 30;
    bool operator==(const UndoSettings &) const = default;
};

// A column of one side that says "deleted" (interfaces.md, `deletes`). A row whose column equals `deleted` counts as
// absent there: it is neither read, compared nor counted. Where rows are written to that side, a delete sets the column
// instead, and a row that comes back under a marked row's key takes that row over: all of its cells are written, and
// the column becomes `present`. In one-way jobs only the target is written, in two-way jobs the named side is read and
// written so. The column of a side that is written is the job's own mark: no part of the compared row.
// Mode update brings no deletes: it leaves marked source rows out, and knows no mark at the target.
struct SoftDelete
{
    enum class Side : quint8 { Source, Target };
    Side side = Side::Source;
    QString column; // that side's name
    QString deleted; // as text, like DetectSettings::pending
    QString present; // likewise; empty where that side is never written
    bool operator==(const SoftDelete &) const = default;
};

// What decides where source and target differ; in two-way jobs: where both sides changed.
struct ConflictSettings
{
    ConflictPolicy policy = ConflictPolicy::Source; // Ask in two-way jobs, where nothing is said
    std::optional<ConflictPolicy> first; // two-way, rows without a base; not set: the policy
    QString newestSource, newestTarget; // policy newest: the column of each side
    qint64 marginMs = 0; // closer than that is nobody's to decide
    bool operator==(const ConflictSettings &) const = default;
};

struct JobTable
{
    TableName source; // schema empty: the connection's
    std::optional<TableName> target; // not set: matched by name
    TableRules rules;
    QString whereSource, whereTarget;
    DetectSettings detect; // the job's where the table says nothing: every field below likewise
    std::optional<DetectSettings> targetDetect; // two-way: the target's, where it is not as the source's
    DeletePolicy deletes = DeletePolicy::Ignore;
    std::optional<SoftDelete> soft; // deletes: Propagate, in mode update Ignore
    KeyCompare keyCompare;
    GuardSettings guard;
    ConflictSettings conflicts;
    LeftFilter leftFilter = LeftFilter::Keep;
    OnBadRow onBadRow = OnBadRow::Skip;
    bool create = false;
    bool allowNonTransactional = false;
    Kept kept = Kept::Cells;
    bool operator==(const JobTable &) const = default;
};

struct JobSettings
{
    QString file; // where it was read from; empty: made in memory
    QString id; // UUID without braces; empty: not yet written
    QString name;
    QString description;
    bool enabled = true;
    ConnectionSettings source, target; // names already looked up
    Mode mode = Mode::Update;
    CheckpointPlace checkpoint = CheckpointPlace::Target;
    bool allTables = false; // "tables": "*"
    QList<JobTable> tables; // where allTables: empty
    JobTable defaults; // what the job says for every table (used for "*")
    BatchSettings batch;
    TransactionScope transaction = TransactionScope::Batch;
    int parallel = 2;
    RetrySettings retry;
    UndoSettings undo;
    ThrottleSettings throttle;
    std::optional<ScheduleSettings> schedule;
    AfterRunSettings afterRun;
    bool operator==(const JobSettings &) const = default;
};

// The connections that a job may name.
class ConnectionLookup
{
public:
    virtual ~ConnectionLookup() = default;
    virtual Result<ConnectionSettings> connection(const QString &name) const = 0; // NoSuchConnection
};

// Every problem is an error with file, JSON path, what was expected and what was found; the first one is returned.
Result<JobSettings> jobFromJson(const QJsonObject &object, const QString &file, const ConnectionLookup &lookup);
Result<JobSettings> readJobFile(const QString &file, const ConnectionLookup &lookup);

} // namespace tidemark
