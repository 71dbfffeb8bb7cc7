// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QList>
#include <QString>

#include "core/endpoint/session.h"
#include "core/mapping/tablemapping.h"

namespace tidemark {

// What becomes of values on their way into the target: edge values of the source's types and a sample of its rows are
// written into a temporary table with the target's column types (no trigger, no foreign key, no sequence of the user's
// is touched) and read back. Nothing is left behind. Without the right to make such a table, the losses are computed
// from the types, and the report says so.

struct ValueLoss
{
    enum class Kind : quint8 {
        Rounded, // a number or a time with fewer digits
        Cut, // a text or blob that lost its end
        Padded, // a text that came back longer
        Changed, // anything else that came back different
        Refused, // not taken: such a row is set aside
    };
    Kind kind = Kind::Changed;
    QString sourceColumn, targetColumn;
    QString targetType;
    QString given; // as text; long ones are cut in the middle
    QString kept; // Refused: empty
    bool fromData = false; // of a row of the source; false: an edge value that its type allows
    QString key; // of that row, "id = 3"
    qint64 count = 1; // values that fared likewise; the one shown is the first
    std::optional<Error> error; // Refused: why
    bool operator==(const ValueLoss &) const = default;
};

struct Rehearsal
{
    enum class Method : quint8 { Measured, FromTypes };
    Method method = Method::Measured;
    std::optional<Error> hindrance; // FromTypes: why nothing could be measured
    QString sourceTable, targetTable;
    qint64 sampleRows = 0; // rows of the source that were tried
    qint64 edgeValues = 0;
    QList<ValueLoss> losses; // from real rows first
    bool operator==(const Rehearsal &) const = default;
};

struct RehearsalLimits
{
    qint64 sampleRows = 1'000; // half from either end of the key, where the key has an order
    int examples = 5; // losses of one column and kind that are listed apart
};

// Source: a session outside any transaction. Target: one that was opened writable, likewise; mapping.target may be a
// table that does not exist yet. where: the job's filter at the source. Only what ends a session is an error.
Result<Rehearsal> rehearse(const TableMapping &mapping, Session &source, Session &target, const QString &where = {},
                           const RehearsalLimits &limits = {});

QString lossName(ValueLoss::Kind kind); // "rounded", "cut", "padded", "changed", "refused"

} // namespace tidemark
