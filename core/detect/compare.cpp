// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detect/compare.h"

#include "core/data/celldecoder.h"

namespace tidemark {

namespace {

constexpr int decisionsPerHandover = 4096;

// One side of the merge: its current batch and position, and proof that keys increase.
class MergeSide
{
public:
    MergeSide(RowSource &rows, const std::shared_ptr<const RowLayout> &layout) : m_rows(rows), m_batch(layout) { }

    const RowBatch &batch() const { return m_batch; }
    int row() const { return m_row; }
    bool needsBatch() const { return !m_ended && m_row >= m_batch.rowCount(); }
    bool ended() const { return m_ended; }

    Result<void> fetch()
    {
        if (!needsBatch())
            return {};
        rememberLast();
        while (needsBatch()) {
            TRY_ASSIGN(const bool more, m_rows.next(m_batch));
            m_row = 0;
            m_ended = !more;
        }
        if (m_ended)
            return {};
        if (const auto fault = keyFault(m_batch, 0))
            return fail(*fault);
        if (!m_last.isEmpty())
            TRY(increasing(m_last, 0));
        return {};
    }

    Result<void> advance() // past the current row; the next one, if it is in this batch, is checked
    {
        const int previous = m_row++;
        if (m_row >= m_batch.rowCount())
            return {};
        if (const auto fault = keyFault(m_batch, m_row))
            return fail(*fault);
        return increasing(m_batch, previous);
    }

private:
    Result<void> increasing(const RowBatch &before, int row) const
    {
        const int order = before.compareKeys(row, m_batch, m_row);
        if (order < 0)
            return {};
        Error error{order == 0 ? ErrorCode::KeyNotUnique : ErrorCode::KeyUnusable, {}, {}};
        error.with(Fact::Key, keyText(m_batch, m_row));
        if (order > 0)
            error.with(Fact::Expected, QStringLiteral("order"));
        return fail(std::move(error));
    }

    void rememberLast()
    {
        if (m_batch.isEmpty())
            return;
        m_last.reset(m_batch.layoutPointer());
        m_last.appendRow(m_batch, m_batch.rowCount() - 1);
    }

    RowSource &m_rows;
    RowBatch m_batch;
    RowBatch m_last;
    int m_row = 0;
    bool m_ended = false;
};

class Merge
{
public:
    Merge(RowSource &source, RowSource &target, const std::shared_ptr<const RowLayout> &layout,
          const OneWayRules &rules, DecisionSink &sink, const CompareProgress &progress)
        : m_source(source, layout), m_target(target, layout), m_rules(rules), m_sink(sink), m_progress(progress)
    { }

    Result<CompareCounts> run()
    {
        for (;;) {
            if (m_source.needsBatch() || m_target.needsBatch()) {
                TRY(handOver());
                TRY(m_source.fetch());
                TRY(m_target.fetch());
                m_progress(m_counts);
            }
            if (m_source.ended() && m_target.ended())
                return m_counts;
            TRY(step());
            if (m_decisions.size() >= decisionsPerHandover)
                TRY(handOver());
        }
    }

private:
    Result<void> step()
    {
        const int order = m_source.ended() ? 1
            : m_target.ended()             ? -1
                               : m_source.batch().compareKeys(m_source.row(), m_target.batch(), m_target.row());
        const int sourceRow = order <= 0 ? m_source.row() : -1;
        const int targetRow = order >= 0 ? m_target.row() : -1;
        if (sourceRow >= 0 && m_source.batch().fault(sourceRow) != nullptr) {
            ++m_counts.sourceRows;
            m_counts.targetRows += targetRow >= 0 ? 1 : 0;
            TRY(m_sink.setAside(m_source.batch(), sourceRow));
        } else {
            RowDecision decision;
            if (decideRow(m_source.batch(), sourceRow, m_target.batch(), targetRow, m_rules, m_counts, decision)
                || m_tellsAll)
                m_decisions.push_back(decision);
        }
        if (order <= 0)
            TRY(m_source.advance());
        if (order >= 0)
            TRY(m_target.advance());
        return {};
    }

    Result<void> handOver()
    {
        if (m_decisions.empty())
            return {};
        TRY(m_sink.take(m_source.batch(), m_target.batch(), m_decisions));
        m_decisions.clear();
        return {};
    }

    MergeSide m_source;
    MergeSide m_target;
    const OneWayRules &m_rules;
    DecisionSink &m_sink;
    const CompareProgress &m_progress;
    const bool m_tellsAll = m_sink.wantsEveryPair();
    std::vector<RowDecision> m_decisions;
    CompareCounts m_counts;
};

} // namespace

std::optional<Error> keyFault(const RowBatch &batch, int row)
{
    const int keys = batch.layout().keyCount;
    for (int cell = 0; cell < keys; ++cell) {
        if (batch.value(row, cell).isNull) {
            const Error *fault = batch.fault(row);
            Error error{ErrorCode::KeyUnusable, {}, fault != nullptr ? fault->detail : QString()};
            if (fault != nullptr)
                error.facts = fault->facts;
            error.with(Fact::Key, keyText(batch, row));
            return error;
        }
    }
    return std::nullopt;
}

QString keyText(const RowBatch &batch, int row)
{
    QStringList parts;
    for (int cell = 0; cell < batch.layout().keyCount; ++cell) {
        const CellView view = batch.value(row, cell);
        parts += view.isNull ? QStringLiteral("NULL") : cell::text(batch.layout().cells[std::size_t(cell)], view);
    }
    return parts.join(QStringLiteral(", "));
}

bool isBrokenOrder(const Error &error)
{
    return error.code == ErrorCode::KeyUnusable && error.facts.value(Fact::Expected) == QStringLiteral("order");
}

bool decideRow(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow, const OneWayRules &rules,
               CompareCounts &counts, RowDecision &decision)
{
    counts.sourceRows += sourceRow >= 0 ? 1 : 0;
    counts.targetRows += targetRow >= 0 ? 1 : 0;
    // A target cell that cannot be read counts as different: it is overwritten, never taken for NULL.
    const bool equal = sourceRow >= 0 && targetRow >= 0 && target.fault(targetRow) == nullptr
        && source.equalRows(sourceRow, target, targetRow);
    const Verdict verdict = decideOneWay(sourceRow >= 0, targetRow >= 0, equal, rules);
    counts.identical += verdict.decision == Decision::Equal ? 1 : 0;
    counts.kept += verdict.decision == Decision::Keep ? 1 : 0;
    decision = {verdict.decision, verdict.reason, sourceRow, targetRow};
    return isWrite(verdict.decision);
}

Result<CompareCounts> orderedMerge(RowSource &source, RowSource &target, const std::shared_ptr<const RowLayout> &layout,
                                   const OneWayRules &rules, DecisionSink &sink, const CompareProgress &progress)
{
    return Merge(source, target, layout, rules, sink, progress).run();
}

} // namespace tidemark
