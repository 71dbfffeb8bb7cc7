// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QSet>
#include <QString>

#include "core/base/result.h"
#include "core/journal/planfile.h"
#include "ui/plan/whyrule.h"

namespace tidemark {

// A cell as the preview shows it: decoded, cut to what fits on a screen.
struct PlanCell
{
    QString text;
    bool isNull = false;
    bool isAbsent = false; // the row is not there on this side
    bool alignRight = false;
    bool operator==(const PlanCell &) const = default;
};

struct PlanRowView
{
    qint64 number = 0;
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    bool included = true;
    QList<PlanCell> source; // layout order
    QList<PlanCell> target;
    QList<bool> changed;
    bool operator==(const PlanRowView &) const = default;
};

// Everything about one row: full values, and why each cell differs or does not.
struct PlanCellDetail
{
    QString sourceText, targetText; // whole, up to a limit
    bool sourceNull = false, targetNull = false;
    QString sourceCompared, targetCompared; // comparison values as text
    bool differs = false;
    WhyRule rule = WhyRule::Same;
    CellKind kind = CellKind::Text;
};

struct PlanRowDetail
{
    qint64 number = -1;
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    QList<PlanCellDetail> cells; // empty on both sides where the row is on one side only
    bool hasSource = false, hasTarget = false;
};

// Which rows of which table, in which order: what an index of the view refers to.
struct PlanQuery
{
    int table = -1;
    std::optional<Decision> only;
    bool operator==(const PlanQuery &) const = default;
};

struct PlanContents
{
    PlanHead head;
    QList<PlanTable> tables;
};

// Pure; called on the worker. Rows whose chain does not fit the layout come back without cells.
QList<PlanRowView> decodeRows(const PlanTable &table, const QList<PlanRow> &rows);
PlanRowDetail decodeDetail(const PlanTable &table, const PlanRow &row);

} // namespace tidemark
