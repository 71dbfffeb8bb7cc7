// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/diagnosticreport.h"

#include <QDateTime>
#include <QLocale>
#include <QSysInfo>

#include "core/base/error.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString hostKind(const ConnectionSettings &side)
{
    return side.driver == Driver::Sqlite ? u"a file"_s
        : side.host.startsWith(u'/')     ? u"a socket"_s
        : side.isNear()                  ? u"this computer"_s
                                         : u"another computer"_s;
}

QString tlsText(TlsMode mode)
{
    switch (mode) {
    case TlsMode::Disable:
        return u"disable"_s;
    case TlsMode::Prefer:
        return u"prefer"_s;
    case TlsMode::Require:
        return u"require"_s;
    case TlsMode::VerifyCa:
        return u"verify-ca"_s;
    case TlsMode::VerifyFull:
        return u"verify-full"_s;
    }
    return {};
}

QString passwordText(PasswordSource::Kind kind)
{
    const QStringList names{u"none"_s, u"env"_s, u"file"_s, u"ask"_s, u"keychain"_s};
    return names.value(static_cast<int>(kind));
}

QString sideLine(const ConnectionSettings &side)
{
    QStringList parts{driverName(side.driver), hostKind(side)};
    if (side.driver != Driver::Sqlite) {
        parts << u"password: "_s + passwordText(side.password.kind);
        parts << u"tls: "_s + tlsText(side.effectiveTlsMode());
    }
    if (side.ssh)
        parts << u"through ssh"_s;
    if (side.readOnly)
        parts << u"read only"_s;
    if (side.production)
        parts << u"production"_s;
    return parts.join(u", "_s);
}

QString modeText(Mode mode)
{
    return mode == Mode::Update ? u"update"_s : mode == Mode::Mirror ? u"mirror"_s : u"two-way"_s;
}

QString detectText(DetectBy by)
{
    switch (by) {
    case DetectBy::Timestamp:
        return u"timestamp"_s;
    case DetectBy::Version:
        return u"version"_s;
    case DetectBy::Hash:
        return u"hash"_s;
    case DetectBy::Flag:
        return u"flag"_s;
    case DetectBy::Log:
        return u"log"_s;
    }
    return {};
}

QString scopeText(TransactionScope scope)
{
    return scope == TransactionScope::Batch ? u"batch"_s : scope == TransactionScope::Table ? u"table"_s : u"run"_s;
}

QString time(qint64 us)
{
    return us > 0 ? QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(Qt::ISODate) : u"unknown"_s;
}

// The code and what kinds of facts there are; the facts and the server's own words may hold anything.
QString errorLine(const Error &error)
{
    return codeName(error.code) + (error.isTransient() ? u" (may pass)"_s : QString())
        + (error.detail.isEmpty() ? QString() : u", with a message of %1 characters"_s.arg(error.detail.size()));
}

QString countsLine(const TableReport &table)
{
    const auto text = [](const WriteCounts &counts) {
        return u"+%1 ~%2 -%3"_s.arg(counts.inserts).arg(counts.updates).arg(counts.deletes);
    };
    return u"to target %1, to source %2, merged %3, conflicts %4, set aside %5, changed since plan %6, "
           "deletes withheld %7, rows read %8, %9 s"_s.arg(text(table.toTarget), text(table.toSource))
               .arg(table.merged)
               .arg(table.conflicts)
               .arg(table.quarantined)
               .arg(table.changedSincePlan)
               .arg(table.withheldDeletes)
               .arg(table.rowsRead)
               .arg(table.seconds, 0, 'f', 2);
}

void addJob(QStringList &lines, const JobSettings &job)
{
    lines << u"source: "_s + sideLine(job.source) << u"target: "_s + sideLine(job.target);
    lines << u"mode %1, detect %2, transaction %3, parallel %4, batch %5 rows / %6 bytes"_s
                 .arg(modeText(job.mode), detectText(job.defaults.detect.by), scopeText(job.transaction))
                 .arg(job.parallel)
                 .arg(job.batch.rows)
                 .arg(job.batch.bytes);
    lines << u"checkpoint %1, retry %2 attempts, undo %3 days / %4 bytes"_s
                 .arg(job.checkpoint == CheckpointPlace::Target ? u"target"_s : u"journal"_s)
                 .arg(job.retry.attempts)
                 .arg(job.undo.days)
                 .arg(job.undo.bytes);
    lines << (job.allTables ? u"tables: all"_s : u"tables: %1 named"_s.arg(job.tables.size()));
}

} // namespace

QString diagnosticReport(const RunReport &run, const std::optional<JobSettings> &job, const QString &version)
{
    QStringList lines;
    lines << u"Tidemark %1, Qt %2, %3, kernel %4, %5, %6"_s.arg(
        version, QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(), QSysInfo::kernelVersion(),
        QSysInfo::currentCpuArchitecture(), QLocale().name());
    lines << u"run: %1, %2, started %3, ended %4%5"_s.arg(
        run.run, runStateName(run.state), time(run.startedUs), time(run.finishedUs),
        run.undoes.isEmpty() ? QString() : QString(u", undoes "_s + run.undoes));
    if (job)
        addJob(lines, *job);
    else
        lines << u"job: not in the workspace"_s;
    if (run.error)
        lines << u"error: "_s + errorLine(*run.error);
    int number = 0;
    for (const TableReport &table : run.tables) {
        lines << u"table %1: %2%3"_s.arg(QString::number(++number), countsLine(table),
                                         table.error ? QString(u", error: "_s + errorLine(*table.error)) : QString());
    }
    lines << u"Left out: hosts, users, databases, files, names of tables and columns, filters, values, passwords, "
             "and the servers' own words."_s;
    return lines.join(u'\n') + u'\n';
}

} // namespace tidemark
