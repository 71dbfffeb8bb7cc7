// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>
#include <QList>
#include <QString>

#include "core/base/error.h"
#include "core/reconcile/twoway.h"

namespace tidemark {

// A row key that only a policy or a person can decide, as the journal keeps it (semantics.md).

enum class ConflictState : quint8 {
    Open,
    Answered, // a durable intention: written by the next run, or opened again where a side has moved
    Skipped, // left as it is until a side moves
    Closed,
};

enum class ConflictAnswer : quint8 { None, Source, Target, Row, Skip };

// Why one is closed.
enum class ConflictEnd : quint8 {
    None,
    Answered, // what a person answered is written
    Settled, // no conflict any more: the sides became equal, or a policy decides it
};

struct Conflict
{
    qint64 id = 0; // drawn by the journal; names it for people
    QString table; // CheckpointKey::table
    QByteArray key; // appendOrderedKey()
    QString keyText; // for people: "3, abc"
    ConflictKind kind = ConflictKind::BothUpdated;
    QByteArray source; // row chains of the table's layout; empty: absent
    QByteArray target;
    QByteArray base; // decodePicture(); empty: unknown
    QByteArray mappingDigest; // pictures and answers are void under another one
    std::optional<Error> refusal; // kind Constraint: what the database said
    QString run; // that met it last
    qint64 sinceUs = 0; // open since
    ConflictState state = ConflictState::Open;
    ConflictAnswer answer = ConflictAnswer::None;
    QByteArray rowForSource; // answer Row: the chains that each side is to hold
    QByteArray rowForTarget;
    QString answeredBy; // the user's name at the system
    qint64 answeredUs = 0;
    ConflictEnd end = ConflictEnd::None;
    qint64 closedUs = 0;
    bool operator==(const Conflict &) const = default;
};

// What a person says of one conflict. It holds for the pictures that were shown: those of the record. None takes back
// what was said.
struct ConflictReply
{
    qint64 id = 0;
    ConflictAnswer answer = ConflictAnswer::None;
    QByteArray rowForSource; // answer Row
    QByteArray rowForTarget;
    // picturesPrint() of what the person saw: the record is left alone where it shows another row by now. Empty: as the
    // record is, and an answer that stands there already stays.
    QByteArray shown = {};
    bool operator==(const ConflictReply &) const = default;
};

QByteArray picturesPrint(const Conflict &conflict);

// How many there are of a table and kind in a state.
struct ConflictCount
{
    QString table;
    ConflictKind kind = ConflictKind::BothUpdated;
    ConflictState state = ConflictState::Open;
    qint64 count = 0;
    bool operator==(const ConflictCount &) const = default;
};

// Which ones are listed.
struct ConflictFilter
{
    QString table; // empty: all
    QList<ConflictState> states; // empty: all
    qint64 afterId = 0; // paging: those with greater ids, in the order of their ids
    qint64 limit = 1000;
};

} // namespace tidemark
