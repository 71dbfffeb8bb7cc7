// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/rehearsal.h"

#include "core/data/celldecoder.h"
#include "core/mapping/edgevalues.h"
#include "core/run/rehearsaltable.h"
#include "core/run/rowsample.h"
#include "core/run/valueloss.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int mostEdges = 2'000; // of a table with a thousand columns

EdgeTraits traitsOf(const QString &product)
{
    EdgeTraits traits;
    if (product == "PostgreSQL"_L1) {
        traits.notANumber = traits.infinity = traits.infiniteTimes = true;
    } else if (product == "SQLite"_L1) {
        traits.infinity = true;
    } else {
        traits.firstYear = 1000;
        traits.firstInstantUs = 1'000'000;
        traits.lastInstantUs = 2'147'483'647'999'999;
        traits.greatestTimeUs = 3'020'399'000'000; // 838:59:59
    }
    return traits;
}

class Rehearser
{
public:
    Rehearser(const TableMapping &mapping, Session &source, Session &target, const QString &where,
              const RehearsalLimits &limits)
        : m_mapping(mapping), m_source(source), m_target(target), m_where(where), m_limits(limits),
          m_cells(mapping.sourceCells())
    {
        m_result.sourceTable = mapping.source.name.display();
        m_result.targetTable = mapping.target.name.display();
        for (qsizetype i = 0; i < mapping.columns.size(); ++i)
            if (mapping.columns[i].write && !mapping.target.columns[mapping.columns[i].target].generated)
                m_columns.push_back(static_cast<int>(i));
    }

    Result<Rehearsal> run()
    {
        TRY_ASSIGN(m_sample, sampleRows(m_mapping, m_source, m_where, m_limits.sampleRows));
        m_result.sampleRows = m_sample.rowCount();
        RehearsalTable table(m_target.asSql(), m_mapping, m_columns);
        fill(table);
        if (auto opened = table.open(); !opened) {
            if (opened.error().endsSession())
                return fail(std::move(opened).error());
            m_result.method = Rehearsal::Method::FromTypes;
            m_result.hindrance = std::move(opened).error();
            compute(table);
        } else {
            TRY(measure(table));
        }
        std::stable_sort(m_result.losses.begin(), m_result.losses.end(),
                         [](const ValueLoss &a, const ValueLoss &b) { return a.fromData && !b.fromData; });
        return m_result;
    }

private:
    struct Origin // of a row of the temporary table
    {
        int sampleRow = -1; // −1: an edge value
        int column = -1; // of an edge value: index into m_columns
        QString given;
    };

    void fill(RehearsalTable &table);
    void fillEdges(RehearsalTable &table);
    Result<void> measure(RehearsalTable &table);
    void compute(RehearsalTable &table);
    void compare(const RowBatch &given, int row, const RowBatch &kept, int keptRow);
    void compute(const RowBatch &given, int row, size_t column);
    bool isMeant(const Origin &origin, size_t column) const
    {
        return origin.sampleRow >= 0 || static_cast<size_t>(origin.column) == column;
    }
    void refuse(const RowBatch &given, int row, const Error &error);
    void add(ValueLoss loss);
    ValueLoss lossAt(size_t column, const Origin &origin, CellView given) const;
    bool refuseNull(size_t column, const Origin &origin, CellView value);
    bool refusesNull(size_t column) const
    {
        const Column &target = m_mapping.target.columns[m_mapping.columns[m_columns[column]].target];
        return !target.nullable && target.identity == Identity::None;
    }
    const CellType &type(size_t column) const { return m_mapping.columns[m_columns[column]].type; }

    const TableMapping &m_mapping;
    Session &m_source;
    Session &m_target;
    QString m_where;
    RehearsalLimits m_limits;
    std::vector<CellSource> m_cells; // of the source, one a column of the mapping
    std::vector<int> m_columns; // of the mapping, those that are written
    RowBatch m_sample;
    std::vector<Origin> m_origins;
    Rehearsal m_result;
};

void Rehearser::fill(RehearsalTable &table)
{
    for (int row = 0; row < m_sample.rowCount(); ++row) {
        table.beginRow();
        for (const int column : m_columns) {
            const CellView cell = m_sample.value(row, column);
            cell.isNull ? table.rows().appendNull() : table.rows().appendCell(cell.bytes);
        }
        if (const Error *fault = m_sample.fault(row))
            table.rows().setFault(*fault);
        table.endRow();
        m_origins.push_back({row, -1, {}});
    }
    fillEdges(table);
}

// Each in a row of its own, so that one refusal speaks of one value.
void Rehearser::fillEdges(RehearsalTable &table)
{
    const EdgeTraits traits = traitsOf(m_source.facts().product);
    for (size_t column = 0; column < m_columns.size() && m_result.edgeValues < mostEdges; ++column) {
        const EdgeValues edges = edgeValues(m_cells[static_cast<size_t>(m_columns[column])], type(column), traits);
        const bool triesNull =
            m_mapping.source.columns[m_mapping.columns[m_columns[column]].source].nullable && refusesNull(column);
        for (int edge = 0; edge < edges.rows.rowCount() + (triesNull ? 1 : 0); ++edge) {
            const bool isNull = edge == edges.rows.rowCount();
            table.beginRow();
            for (size_t other = 0; other < m_columns.size(); ++other) {
                const CellView cell = other == column && !isNull ? edges.rows.value(edge, 0) : CellView();
                cell.isNull ? table.rows().appendNull() : table.rows().appendCell(cell.bytes);
            }
            if (const Error *fault = isNull ? nullptr : edges.rows.fault(edge))
                table.rows().setFault(*fault);
            table.endRow();
            m_origins.push_back({-1, static_cast<int>(column), isNull ? u"NULL"_s : QString(edges.given.value(edge))});
            ++m_result.edgeValues;
        }
    }
}

Result<void> Rehearser::measure(RehearsalTable &table)
{
    auto measured = [&]() -> Result<void> {
        TRY(table.write());
        return table.readBack([&](int row, const RowBatch &kept, int keptRow) {
            if (row >= 0 && row < table.rows().rowCount())
                compare(table.rows(), row, kept, keptRow);
        });
    }();
    if (!measured && measured.error().endsSession()) // which takes the table with it
        return measured;
    TRY(table.close());
    TRY(measured);
    for (const auto &[row, error] : table.refused())
        refuse(table.rows(), row, error);
    return {};
}

ValueLoss Rehearser::lossAt(size_t column, const Origin &origin, CellView given) const
{
    const ColumnPair &pair = m_mapping.columns[m_columns[column]];
    ValueLoss loss;
    loss.sourceColumn = m_mapping.source.columns[pair.source].name;
    loss.targetColumn = m_mapping.target.columns[pair.target].name;
    loss.targetType = m_mapping.target.columns[pair.target].type.native;
    loss.given = given.isNull && !origin.given.isEmpty() ? origin.given : shownValue(pair.type, given);
    loss.fromData = origin.sampleRow >= 0;
    if (!loss.fromData)
        return loss;
    QStringList key;
    for (int cell = 0; cell < m_mapping.keyCount; ++cell)
        key += m_mapping.sourceColumns()[cell] + u" = "_s
            + shownValue(m_mapping.columns[cell].type, m_sample.value(origin.sampleRow, cell));
    loss.key = key.join(u", "_s);
    return loss;
}

void Rehearser::compare(const RowBatch &given, int row, const RowBatch &kept, int keptRow)
{
    const Origin &origin = m_origins[static_cast<size_t>(row)];
    for (size_t column = 0; column < m_columns.size(); ++column) {
        const int cell = static_cast<int>(column) + 1;
        const CellView value = given.value(row, cell);
        if (!isMeant(origin, column) || refuseNull(column, origin, value))
            continue;
        const auto kind = lossOf(type(column).kind, value, kept.value(keptRow, cell));
        if (!kind)
            continue;
        ValueLoss loss = lossAt(column, origin, value);
        loss.kind = *kind;
        loss.kept = shownValue(type(column), kept.value(keptRow, cell));
        add(std::move(loss));
    }
}

// The temporary table takes NULL everywhere, so that an edge value can stand alone.
bool Rehearser::refuseNull(size_t column, const Origin &origin, CellView value)
{
    if (!value.isNull || !refusesNull(column))
        return false;
    ValueLoss loss = lossAt(column, origin, value);
    loss.kind = ValueLoss::Kind::Refused;
    loss.error = Error{ErrorCode::NotNullViolated, {{Fact::Column, loss.targetColumn}}, {}};
    add(std::move(loss));
    return true;
}

// A row of the source names the column that was to blame, where the server does.
void Rehearser::refuse(const RowBatch &given, int row, const Error &error)
{
    const Origin &origin = m_origins[static_cast<size_t>(row)];
    size_t column = origin.column < 0 ? m_columns.size() : static_cast<size_t>(origin.column);
    const QString named = error.facts.value(Fact::Column);
    for (size_t i = 0; i < m_columns.size() && column == m_columns.size(); ++i) {
        const ColumnPair &pair = m_mapping.columns[m_columns[i]];
        if (named == m_mapping.target.columns[pair.target].name || named == m_mapping.source.columns[pair.source].name)
            column = i;
    }
    ValueLoss loss;
    if (column < m_columns.size()) {
        const CellView cell = given.value(row, static_cast<int>(column) + 1);
        loss = lossAt(column, origin, cell);
        if (cell.isNull && origin.given.isEmpty() && error.facts.contains(Fact::Value))
            loss.given = error.facts.value(Fact::Value);
    } else {
        loss = lossAt(0, origin, CellView());
        loss.sourceColumn.clear();
        loss.targetColumn.clear();
        loss.targetType.clear();
        loss.given.clear();
    }
    loss.kind = ValueLoss::Kind::Refused;
    loss.error = error;
    loss.error->facts.remove(Fact::Key); // the number within the temporary table
    loss.error->facts.remove(Fact::Table);
    loss.error->facts.remove(Fact::Line);
    add(std::move(loss));
}

void Rehearser::add(ValueLoss loss)
{
    int alike = 0;
    ValueLoss *first = nullptr;
    for (ValueLoss &known : m_result.losses)
        if (known.kind == loss.kind && known.sourceColumn == loss.sourceColumn && known.fromData == loss.fromData) {
            first = first == nullptr ? &known : first;
            ++alike;
        }
    if (first != nullptr && (loss.fromData || alike >= m_limits.examples))
        ++first->count;
    else
        m_result.losses += std::move(loss);
}

// Nothing could be written: what the declared types tell.
void Rehearser::compute(RehearsalTable &table)
{
    for (int row = 0; row < table.rows().rowCount(); ++row) {
        if (const Error *fault = table.rows().fault(row)) {
            refuse(table.rows(), row, *fault);
            continue;
        }
        for (size_t column = 0; column < m_columns.size(); ++column)
            compute(table.rows(), row, column);
    }
}

void Rehearser::compute(const RowBatch &given, int row, size_t column)
{
    const Origin &origin = m_origins[static_cast<size_t>(row)];
    const CellView value = given.value(row, static_cast<int>(column) + 1);
    if (!isMeant(origin, column) || refuseNull(column, origin, value))
        return;
    const ColumnPair &pair = m_mapping.columns[m_columns[column]];
    const auto found = lossByType(pair.type, value, m_mapping.target.columns[pair.target].type);
    if (!found)
        return;
    ValueLoss loss = lossAt(column, origin, value);
    loss.kind = found->kind;
    loss.error = found->error;
    add(std::move(loss));
}

} // namespace

Result<Rehearsal> rehearse(const TableMapping &mapping, Session &source, Session &target, const QString &where,
                           const RehearsalLimits &limits)
{
    return Rehearser(mapping, source, target, where, limits).run();
}

QString lossName(ValueLoss::Kind kind)
{
    switch (kind) {
    case ValueLoss::Kind::Rounded:
        return u"rounded"_s;
    case ValueLoss::Kind::Cut:
        return u"cut"_s;
    case ValueLoss::Kind::Padded:
        return u"padded"_s;
    case ValueLoss::Kind::Changed:
        return u"changed"_s;
    case ValueLoss::Kind::Refused:
        break;
    }
    return u"refused"_s;
}

} // namespace tidemark
