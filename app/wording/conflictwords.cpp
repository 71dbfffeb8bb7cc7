// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/conflictwords.h"

#include "app/wording/text.h"

namespace tidemark::wording {

QString conflictKind(const Conflict &conflict)
{
    switch (conflict.kind) {
    case ConflictKind::BothUpdated:
        return Wording::tr("Changed on both sides.");
    case ConflictKind::BothInserted:
        return Wording::tr("On both sides with different values, and no earlier sync tells which one is newer.");
    case ConflictKind::UpdatedAndDeleted:
        return conflict.source.isEmpty() ? Wording::tr("Deleted at the source, changed at the target.")
                                         : Wording::tr("Changed at the source, deleted at the target.");
    case ConflictKind::Differs:
        return Wording::tr("Different on both sides.");
    case ConflictKind::GuardFailed:
        return Wording::tr("Changed again while it was being written.");
    case ConflictKind::Constraint:
        return conflict.refusal ? oneLine(*conflict.refusal)
                                : Wording::tr("A constraint of the database refuses the row.");
    case ConflictKind::InDoubt:
        return Wording::tr("A run was cut off while it wrote the row; whether it arrived is not known.");
    }
    return {};
}

QString conflictAnswer(ConflictAnswer answer)
{
    switch (answer) {
    case ConflictAnswer::Source:
        return Wording::tr("take the source");
    case ConflictAnswer::Target:
        return Wording::tr("take the target");
    case ConflictAnswer::Row:
        return Wording::tr("a row made of both");
    case ConflictAnswer::Skip:
        return Wording::tr("leave both as they are");
    case ConflictAnswer::None:
        break;
    }
    return {};
}

} // namespace tidemark::wording
