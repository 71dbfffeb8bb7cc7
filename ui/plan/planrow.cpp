// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/planrow.h"

#include <cstring>

#include "core/data/comparison.h"
#include "ui/plan/celltext.h"

namespace tidemark {

static constexpr int shortLength = 300; // of a cell in the grid

bool readChain(const RowLayout &layout, std::string_view chain, std::vector<CellView> &cells)
{
    cells.clear();
    if (chain.empty())
        return false;
    for (const CellType &type : layout.cells) {
        quint32 length = 0;
        if (chain.size() < sizeof length)
            return false;
        std::memcpy(&length, chain.data(), sizeof length);
        chain.remove_prefix(sizeof length);
        if (length == RowBatch::nullLength) {
            cells.push_back({});
            continue;
        }
        if (chain.size() < length || !isSizeOf(type.kind, length))
            return false;
        cells.push_back({chain.substr(0, length), false});
        chain.remove_prefix(length);
    }
    return chain.empty();
}

static PlanCell cellOf(const CellType &type, const CellView *view)
{
    PlanCell result;
    result.isAbsent = !view;
    if (!view)
        return result;
    result.isNull = view->isNull;
    result.text = celltext::shortened(type, *view, shortLength);
    result.alignRight = celltext::isNumber(type.kind);
    return result;
}

CellView RowDecoder::compared(int cell, CellView value, std::string &scratch) const
{
    if (value.isNull)
        return value;
    switch (comparisonForm(m_layout->cells[static_cast<size_t>(cell)], value.bytes, scratch)) {
    case ComparisonForm::Own:
        return {scratch, false};
    case ComparisonForm::AsNull:
        return {};
    case ComparisonForm::Same:
    case ComparisonForm::Invalid:
        break;
    }
    return value;
}

bool RowDecoder::differ(int cell)
{
    const CellView source = m_source[static_cast<size_t>(cell)];
    const CellView target = m_target[static_cast<size_t>(cell)];
    // Comparison bytes only where the plain ones differ: most cells are equal.
    return cell < m_layout->comparedCount && !(source == target)
        && !(compared(cell, source, m_sourceScratch) == compared(cell, target, m_targetScratch));
}

PlanRowView RowDecoder::view(const PlanRowRef &row)
{
    PlanRowView view;
    view.number = row.number;
    view.place = row.place;
    view.decision = row.decision;
    view.reason = row.reason;
    view.included = row.included;
    const bool hasSource = readChain(*m_layout, row.source, m_source);
    const bool hasTarget = readChain(*m_layout, row.target, m_target);
    const int cells = m_layout->size();
    view.source.reserve(cells);
    view.target.reserve(cells);
    view.changed.reserve(cells);
    for (int cell = 0; cell < cells; ++cell) {
        const auto at = static_cast<size_t>(cell);
        const CellType &type = m_layout->cells[at];
        view.source << cellOf(type, hasSource ? &m_source[at] : nullptr);
        view.target << cellOf(type, hasTarget ? &m_target[at] : nullptr);
        view.changed << (hasSource && hasTarget && differ(cell));
    }
    view.flow = flow(row);
    return view;
}

// What a side becomes against what it is: a cell may keep its side's own value, take the other's, or be made of both.
QList<CellFlow> RowDecoder::flow(const PlanRowRef &row)
{
    if (row.decision != Decision::Merge || !readChain(*m_layout, row.mergedSource, m_mergedSource)
        || !readChain(*m_layout, row.mergedTarget, m_mergedTarget) || m_source.empty() || m_target.empty())
        return {};
    QList<CellFlow> flow;
    for (size_t cell = 0; cell < m_layout->cells.size(); ++cell) {
        const bool toSource = !(m_mergedSource[cell] == m_source[cell]);
        const bool toTarget = !(m_mergedTarget[cell] == m_target[cell]);
        flow << (toSource && toTarget ? CellFlow::Both
                     : toSource       ? CellFlow::ToSource
                     : toTarget       ? CellFlow::ToTarget
                                      : CellFlow::None);
    }
    return flow;
}

PlanRowDetail RowDecoder::detail(const PlanRowRef &row)
{
    PlanRowDetail detail;
    detail.number = row.number;
    detail.decision = row.decision;
    detail.reason = row.reason;
    detail.hasSource = readChain(*m_layout, row.source, m_source);
    detail.hasTarget = readChain(*m_layout, row.target, m_target);
    const QList<CellFlow> flows = flow(row);
    for (int cell = 0; cell < m_layout->size(); ++cell) {
        const auto at = static_cast<size_t>(cell);
        const CellType &type = m_layout->cells[at];
        PlanCellDetail one;
        one.kind = type.kind;
        CellView source, target, sourceCompared, targetCompared;
        if (detail.hasSource) {
            source = m_source[at];
            sourceCompared = compared(cell, source, m_sourceScratch);
            one.sourceNull = source.isNull;
            one.sourceText = celltext::shortened(type, source, shortLength);
            one.sourceCompared = celltext::shortened(type, sourceCompared, shortLength);
        }
        if (detail.hasTarget) {
            target = m_target[at];
            targetCompared = compared(cell, target, m_targetScratch);
            one.targetNull = target.isNull;
            one.targetText = celltext::shortened(type, target, shortLength);
            one.targetCompared = celltext::shortened(type, targetCompared, shortLength);
        }
        if (detail.hasSource && detail.hasTarget) {
            one.differs = cell < m_layout->comparedCount && !(sourceCompared == targetCompared);
            one.rule = cell >= m_layout->comparedCount ? WhyRule::NotCompared
                                                       : explain(type, source, sourceCompared, target, targetCompared);
        }
        one.flow = flows.value(cell);
        if (one.flow != CellFlow::None) {
            const CellView merged = (one.flow == CellFlow::ToSource ? m_mergedSource : m_mergedTarget)[at];
            one.mergedNull = merged.isNull;
            one.merged = celltext::shortened(type, merged, shortLength);
        }
        detail.cells << one;
    }
    return detail;
}

} // namespace tidemark
