// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reconcile/decision.h"

namespace tidemark {

namespace {

Decision decideUnequal(ConflictPolicy policy, std::optional<JobSide> newer)
{
    switch (policy) {
    case ConflictPolicy::Source:
        return Decision::UpdateTarget;
    case ConflictPolicy::Target:
        return Decision::Keep;
    case ConflictPolicy::Newest:
        if (!newer)
            return Decision::Conflict;
        return *newer == JobSide::Source ? Decision::UpdateTarget : Decision::Keep;
    case ConflictPolicy::Merge:
    case ConflictPolicy::Ask:
        return Decision::Conflict;
    }
    return Decision::Conflict;
}

} // namespace

Verdict decideOneWay(bool atSource, bool atTarget, bool equal, const OneWayRules &rules, std::optional<JobSide> newer)
{
    if (atSource && !atTarget)
        return {Decision::InsertTarget, Reason::MissingAtTarget};
    if (!atSource)
        return {rules.propagateDeletes ? Decision::DeleteTarget : Decision::Keep, Reason::MissingAtSource};
    if (equal)
        return {Decision::Equal, Reason::None};
    return {decideUnequal(rules.unequal, newer), Reason::CellsDiffer};
}

bool isWrite(Decision decision)
{
    switch (decision) {
    case Decision::Equal:
    case Decision::Keep:
    case Decision::Conflict:
        return false;
    case Decision::InsertTarget:
    case Decision::UpdateTarget:
    case Decision::DeleteTarget:
    case Decision::InsertSource:
    case Decision::UpdateSource:
    case Decision::DeleteSource:
    case Decision::Merge:
        return true;
    }
    return false;
}

QString decisionName(Decision decision)
{
    switch (decision) {
    case Decision::Equal:
        return QStringLiteral("equal");
    case Decision::Keep:
        return QStringLiteral("keep");
    case Decision::InsertTarget:
        return QStringLiteral("insert-target");
    case Decision::UpdateTarget:
        return QStringLiteral("update-target");
    case Decision::DeleteTarget:
        return QStringLiteral("delete-target");
    case Decision::InsertSource:
        return QStringLiteral("insert-source");
    case Decision::UpdateSource:
        return QStringLiteral("update-source");
    case Decision::DeleteSource:
        return QStringLiteral("delete-source");
    case Decision::Merge:
        return QStringLiteral("merge");
    case Decision::Conflict:
        return QStringLiteral("conflict");
    }
    return {};
}

QString reasonName(Reason reason)
{
    switch (reason) {
    case Reason::None:
        return {};
    case Reason::MissingAtTarget:
        return QStringLiteral("missing-at-target");
    case Reason::CellsDiffer:
        return QStringLiteral("cells-differ");
    case Reason::MissingAtSource:
        return QStringLiteral("missing-at-source");
    case Reason::LeftFilter:
        return QStringLiteral("left-filter");
    case Reason::ChangedAtSource:
        return QStringLiteral("changed-at-source");
    case Reason::ChangedAtTarget:
        return QStringLiteral("changed-at-target");
    case Reason::DeletedAtSource:
        return QStringLiteral("deleted-at-source");
    case Reason::DeletedAtTarget:
        return QStringLiteral("deleted-at-target");
    case Reason::ChangedAtBoth:
        return QStringLiteral("changed-at-both");
    case Reason::InsertedAtBoth:
        return QStringLiteral("inserted-at-both");
    case Reason::DeletedAndChanged:
        return QStringLiteral("deleted-and-changed");
    case Reason::NoBase:
        return QStringLiteral("no-base");
    }
    return {};
}

} // namespace tidemark
