// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/conflictrecord.h"

#include <QJsonDocument>

#include "core/journal/fileformat.h"
#include "core/journal/reportjson.h"

namespace tidemark {

namespace {

template <typename Value> struct Numbered
{
    Value value;
    qint64 number;
};

constexpr Numbered<ConflictState> states[] = {
    {ConflictState::Open, 1}, {ConflictState::Answered, 2}, {ConflictState::Skipped, 3}, {ConflictState::Closed, 4}};
constexpr Numbered<ConflictAnswer> answers[] = {{ConflictAnswer::None, 0},
                                                {ConflictAnswer::Source, 1},
                                                {ConflictAnswer::Target, 2},
                                                {ConflictAnswer::Row, 3},
                                                {ConflictAnswer::Skip, 4}};
constexpr Numbered<ConflictEnd> ends[] = {
    {ConflictEnd::None, 0}, {ConflictEnd::Answered, 1}, {ConflictEnd::Settled, 2}};

template <typename Value, std::size_t size> qint64 numberOf(const Numbered<Value> (&known)[size], Value value)
{
    for (const Numbered<Value> &entry : known) {
        if (entry.value == value)
            return entry.number;
    }
    return -1;
}

template <typename Value, std::size_t size>
std::optional<Value> valueOf(const Numbered<Value> (&known)[size], qint64 number)
{
    for (const Numbered<Value> &entry : known) {
        if (entry.number == number)
            return entry.value;
    }
    return {};
}

QString refusalText(const Conflict &conflict)
{
    return conflict.refusal
        ? QString::fromUtf8(QJsonDocument(errorToJson(*conflict.refusal)).toJson(QJsonDocument::Compact))
        : QString();
}

qint64 checksum(const QString &jobId, const Conflict &conflict)
{
    RecordChecksum sum;
    sum.add(jobId).add(conflict.table).add(numberOf(states, conflict.state)).add(conflict.run);
    sum.add(conflictKindName(conflict.kind)).add(conflict.sinceUs).add(numberOf(answers, conflict.answer));
    sum.add(conflict.answeredUs).add(conflict.answeredBy).add(numberOf(ends, conflict.end)).add(conflict.closedUs);
    sum.add(conflict.key).add(conflict.keyText).add(conflict.mappingDigest).add(conflict.source).add(conflict.target);
    sum.add(conflict.base).add(conflict.rowForSource).add(conflict.rowForTarget);
    if (conflict.refusal) // records of earlier versions have none
        sum.add(refusalText(conflict));
    return sum.value();
}

} // namespace

qint64 conflictStateNumber(ConflictState state) { return numberOf(states, state); }

std::optional<ConflictState> conflictStateOf(qint64 number) { return valueOf<ConflictState>(states, number); }

QByteArray picturesPrint(const Conflict &conflict)
{
    RecordChecksum sum;
    sum.add(conflictKindName(conflict.kind)).add(conflict.mappingDigest).add(conflict.source).add(conflict.target);
    return QByteArray::number(sum.add(conflict.base).value(), 16);
}

SqliteQuery &bindConflict(SqliteQuery &query, const QString &jobId, const Conflict &conflict)
{
    query.bind(jobId).bind(conflict.table).bind(numberOf(states, conflict.state)).bind(conflict.run);
    query.bind(conflictKindName(conflict.kind)).bind(conflict.sinceUs).bind(numberOf(answers, conflict.answer));
    query.bind(conflict.answeredUs).bind(conflict.answeredBy).bind(numberOf(ends, conflict.end));
    query.bind(conflict.closedUs).bind(conflict.key).bind(conflict.keyText).bind(conflict.mappingDigest);
    query.bind(conflict.source).bind(conflict.target).bind(conflict.base);
    query.bind(conflict.rowForSource).bind(conflict.rowForTarget).bind(refusalText(conflict));
    return query.bind(checksum(jobId, conflict));
}

std::optional<Conflict> readConflict(const SqliteQuery &query)
{
    const auto state = valueOf(states, query.integer(3));
    const auto kind = conflictKindFromName(query.text(5));
    const auto answer = valueOf(answers, query.integer(7));
    const auto end = valueOf(ends, query.integer(10));
    if (!state || !kind || !answer || !end)
        return {};
    Conflict found;
    found.id = query.integer(0);
    found.table = query.text(2);
    found.state = *state;
    found.run = query.text(4);
    found.kind = *kind;
    found.sinceUs = query.integer(6);
    found.answer = *answer;
    found.answeredUs = query.integer(8);
    found.answeredBy = query.text(9);
    found.end = *end;
    found.closedUs = query.integer(11);
    found.key = query.bytes(12);
    found.keyText = query.text(13);
    found.mappingDigest = query.bytes(14);
    found.source = query.bytes(15);
    found.target = query.bytes(16);
    found.base = query.bytes(17);
    found.rowForSource = query.bytes(18);
    found.rowForTarget = query.bytes(19);
    if (const QString refusal = query.text(20); !refusal.isEmpty())
        found.refusal = errorFromJson(QJsonDocument::fromJson(refusal.toUtf8()).object());
    if (query.integer(21) != checksum(query.text(1), found))
        return {};
    return found;
}

} // namespace tidemark
