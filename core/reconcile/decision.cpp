// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reconcile/decision.h"

namespace tidemark {

Verdict decideOneWay(bool atSource, bool atTarget, bool equal, const OneWayRules &rules)
{
    if (atSource && !atTarget)
        return {Decision::InsertTarget, Reason::MissingAtTarget};
    if (!atSource)
        return {rules.propagateDeletes ? Decision::DeleteTarget : Decision::Keep, Reason::MissingAtSource};
    if (equal)
        return {Decision::Equal, Reason::None};
    return {Decision::UpdateTarget, Reason::CellsDiffer};
}

bool isWrite(Decision decision)
{
    switch (decision) {
    case Decision::Equal:
    case Decision::Keep:
        return false;
    case Decision::InsertTarget:
    case Decision::UpdateTarget:
    case Decision::DeleteTarget:
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
    }
    return {};
}

} // namespace tidemark
