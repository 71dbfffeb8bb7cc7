// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/planrow.h"

#include "core/data/celldecoder.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int shortLength = 300; // of a cell in the grid
static constexpr int wholeLength = 256 * 1024; // of a value in the viewer

static bool isNumber(CellKind kind)
{
    return kind == CellKind::Integer || kind == CellKind::Decimal || kind == CellKind::Float;
}

static QString blobText(std::string_view bytes, int limit)
{
    const auto shown = std::min<qsizetype>(limit / 3, static_cast<qsizetype>(bytes.size()));
    const QByteArray hex = QByteArray(bytes.data(), shown).toHex(' ');
    const bool cut = shown < static_cast<qsizetype>(bytes.size());
    return format::bytes(static_cast<qint64>(bytes.size())) + u" · "_s + QString::fromLatin1(hex)
        + (cut ? u" …"_s : QString());
}

static QString cellText(const CellType &type, CellView cell, int limit)
{
    if (cell.isNull)
        return u"NULL"_s;
    if (type.kind == CellKind::Blob)
        return blobText(cell.bytes, limit);
    // A huge text is cut before it is decoded; one character has at most four bytes.
    CellView view = cell;
    const bool isText = type.kind == CellKind::Text || type.kind == CellKind::Json || type.kind == CellKind::Exact;
    const bool cut = isText && view.bytes.size() > static_cast<size_t>(limit) * 4;
    if (cut)
        view.bytes = view.bytes.substr(0, static_cast<size_t>(limit) * 4);
    QString text = cell::text(type, view);
    if (text.size() > limit || cut)
        text = text.left(limit) + u'…';
    return text;
}

static PlanCell cellOf(const RowBatch &batch, bool present, int cell)
{
    PlanCell result;
    if (!present) {
        result.isAbsent = true;
        return result;
    }
    const CellType &type = batch.layout().cells[static_cast<size_t>(cell)];
    const CellView view = batch.value(0, cell);
    result.isNull = view.isNull;
    result.text = cellText(type, view, shortLength);
    result.alignRight = isNumber(type.kind);
    return result;
}

static bool fill(RowBatch &batch, const QByteArray &chain)
{
    batch.clear();
    return !chain.isEmpty() && batch.appendChain({chain.constData(), static_cast<size_t>(chain.size())});
}

QList<PlanRowView> decodeRows(const PlanTable &table, const QList<PlanRow> &rows)
{
    const auto layout = table.layout();
    RowBatch source(layout);
    RowBatch target(layout);
    QList<PlanRowView> views;
    views.reserve(rows.size());
    for (const PlanRow &row : rows) {
        PlanRowView view;
        view.number = row.number;
        view.decision = row.decision;
        view.reason = row.reason;
        view.included = row.included;
        const bool hasSource = fill(source, row.source);
        const bool hasTarget = fill(target, row.target);
        for (int cell = 0; cell < layout->size(); ++cell) {
            view.source << cellOf(source, hasSource, cell);
            view.target << cellOf(target, hasTarget, cell);
            view.changed << (hasSource && hasTarget && cell < layout->comparedCount
                             && !(source.comparison(0, cell) == target.comparison(0, cell)));
        }
        views << view;
    }
    return views;
}

PlanRowDetail decodeDetail(const PlanTable &table, const PlanRow &row)
{
    const auto layout = table.layout();
    RowBatch source(layout);
    RowBatch target(layout);
    PlanRowDetail detail;
    detail.number = row.number;
    detail.decision = row.decision;
    detail.reason = row.reason;
    detail.hasSource = fill(source, row.source);
    detail.hasTarget = fill(target, row.target);
    for (int cell = 0; cell < layout->size(); ++cell) {
        const CellType &type = layout->cells[static_cast<size_t>(cell)];
        PlanCellDetail one;
        one.kind = type.kind;
        if (detail.hasSource) {
            one.sourceText = cellText(type, source.value(0, cell), wholeLength);
            one.sourceNull = source.value(0, cell).isNull;
            one.sourceCompared = cellText(type, source.comparison(0, cell), shortLength);
        }
        if (detail.hasTarget) {
            one.targetText = cellText(type, target.value(0, cell), wholeLength);
            one.targetNull = target.value(0, cell).isNull;
            one.targetCompared = cellText(type, target.comparison(0, cell), shortLength);
        }
        if (detail.hasSource && detail.hasTarget) {
            one.differs = cell < layout->comparedCount && !(source.comparison(0, cell) == target.comparison(0, cell));
            one.rule = cell >= layout->comparedCount ? WhyRule::NotCompared
                                                     : explain(type, source.value(0, cell), source.comparison(0, cell),
                                                               target.value(0, cell), target.comparison(0, cell));
        }
        detail.cells << one;
    }
    return detail;
}

} // namespace tidemark
