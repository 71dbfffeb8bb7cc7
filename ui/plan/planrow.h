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

// Where the value of a merged cell goes.
enum class CellFlow : quint8 { None, ToTarget, ToSource, Both };

struct PlanRowView
{
    qint64 number = 0;
    qint64 place = 0;
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    bool included = true;
    QList<PlanCell> source; // layout order
    QList<PlanCell> target;
    QList<bool> changed;
    QList<CellFlow> flow; // of a merge; else empty
    bool operator==(const PlanRowView &) const = default;
};

// Everything about one row: what each cell is and why it differs or does not; long values are cut.
struct PlanCellDetail
{
    QString sourceText, targetText;
    bool sourceNull = false, targetNull = false;
    QString sourceCompared, targetCompared; // comparison values as text
    bool differs = false;
    WhyRule rule = WhyRule::Same;
    CellKind kind = CellKind::Text;
    CellFlow flow = CellFlow::None; // of a merge
    QString merged; // what both sides become
    bool mergedNull = false;
};

struct PlanRowDetail
{
    qint64 number = -1;
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    QList<PlanCellDetail> cells; // empty on both sides where the row is on one side only
    bool hasSource = false, hasTarget = false;
};

// Rows that a person filtered or sorted, by their places.
struct PlanView
{
    std::vector<qint64> places;
};

// Which rows of which table, in which order: what an index of the view refers to.
struct PlanQuery
{
    int table = -1;
    std::optional<Decision> only;
    std::shared_ptr<const PlanView> view; // null: as they were found
    bool operator==(const PlanQuery &) const = default;
};

// What is written of a table. A merged row is written to both sides, and is one row.
struct PlanCounts
{
    WriteCounts toTarget, toSource;
    qint64 merged = 0;
    static PlanCounts planned(const TableReport &report) { return {report.toTarget, report.toSource, report.merged}; }
    qint64 total() const { return toTarget.total() + toSource.total() - merged; }
    PlanCounts operator+(const PlanCounts &other) const
    {
        return {toTarget + other.toTarget, toSource + other.toSource, merged + other.merged};
    }
    bool operator==(const PlanCounts &) const = default;
};

struct PlanContents
{
    PlanHead head;
    QList<PlanTable> tables;
    QList<PlanCounts> taken; // of each table, less the skipped rows
};

// The cells of a chain as they lie there; false: not a chain of this layout. Absent rows have none.
bool readChain(const RowLayout &layout, std::string_view chain, std::vector<CellView> &cells);

// Turns rows of one table into what is shown. Not thread-safe; one a worker.
class RowDecoder
{
public:
    explicit RowDecoder(const PlanTable &table) : m_layout(table.layout()) { }
    PlanRowView view(const PlanRowRef &row); // without cells where the chain does not fit the layout
    PlanRowDetail detail(const PlanRowRef &row);

private:
    bool differ(int cell);
    // Of a merge: empty where the chains are none of this layout.
    QList<CellFlow> flow(const PlanRowRef &row);
    CellView compared(int cell, CellView value, std::string &scratch) const;

    std::shared_ptr<const RowLayout> m_layout;
    std::vector<CellView> m_source, m_target, m_mergedSource, m_mergedTarget;
    std::string m_sourceScratch, m_targetScratch;
};

} // namespace tidemark
