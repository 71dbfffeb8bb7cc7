// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "core/journal/journal.h"
#include "tests/core/journal/sqlfile.h"

// Records that tests of the journal share.
namespace tidemark {

using namespace Qt::StringLiterals;

inline const QString job = u"6f1c0e0a"_s;
inline const QString table = u"orders → orders_copy"_s;

inline std::unique_ptr<Journal> opened(const QString &file)
{
    auto journal = Journal::open(file);
    if (!journal) {
        qWarning().noquote() << codeName(journal.error().code) << journal.error().detail;
        return nullptr;
    }
    return std::move(*journal);
}

inline Error openError(const QString &file)
{
    const auto journal = Journal::open(file);
    return journal ? Error{} : journal.error();
}

inline QByteArray keyBytes(int number) { return QByteArray("\0key", 4) + QByteArray::number(number); }

inline RunReport someReport(const QString &run, qint64 startedUs)
{
    RunReport report;
    report.job = u"orders to warehouse"_s;
    report.jobId = job;
    report.run = run;
    report.undoes = u"an earlier one"_s;
    report.state = RunState::NeedsAttention;
    report.startedUs = startedUs;
    report.finishedUs = startedUs + 5;
    report.attention = {{Attention::Kind::Deletes, u"orders"_s, 412}};
    TableReport first;
    first.source = u"orders"_s;
    first.target = u"订单"_s;
    first.toTarget = {9'007'199'254'740'993, 2, 3};
    first.toSource = {4, 5, 6};
    first.merged = 7;
    first.conflicts = 8;
    first.skipped = 9;
    first.whyWhole = u"log-new"_s;
    first.identical = 0;
    first.deletesChecked = true;
    first.quarantined = 4;
    first.changedSincePlan = 5;
    first.withheldDeletes = 6;
    first.sidesChanged = true;
    first.targetRows = 0;
    first.rowsRead = 8;
    first.seconds = 0.1 + 0.2;
    TableReport second;
    second.error = Error{ErrorCode::ValueTooLong, {}, u"value too long for \"note\""_s}.with(Fact::Column, u"note"_s);
    report.tables = {first, second};
    report.error = Error{ErrorCode::Timeout, {}, {}}.with(Fact::Host, u"db"_s).with(Fact::Sql, u"SELECT 'ä'"_s);
    return report;
}

inline Checkpoint someCheckpoint()
{
    Checkpoint checkpoint;
    checkpoint.key = {job, table};
    checkpoint.watermark = Watermark{QByteArray("17"), 4}.toBytes();
    checkpoint.mappingDigest = QByteArray("\0m", 2);
    checkpoint.readDigest = "r";
    checkpoint.generation = "g";
    checkpoint.epoch = 3;
    checkpoint.journalId = "j";
    return checkpoint;
}

inline SetAsideRow someAside(int number, const QString &of = table)
{
    SetAsideRow row;
    row.table = of;
    row.key = keyBytes(number);
    row.keyText = u"id = %1"_s.arg(number);
    row.source = QByteArray("\0row", 4);
    row.error = Error{ErrorCode::NotNullViolated, {}, u"null value"_s}.with(Fact::Column, u"qty"_s);
    row.run = u"r1"_s;
    row.sinceUs = 77;
    return row;
}

} // namespace tidemark
