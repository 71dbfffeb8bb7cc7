// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgarrays.h"

#include <QRegularExpression>
#include <QtEndian>

#include "core/data/celldecoder.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

constexpr std::size_t arrayHeader = 20; // dimensions, whether NULLs, element type, length, first index

void appendWord(qint32 value, std::string &out)
{
    char bytes[4];
    qToBigEndian(value, bytes);
    out.append(bytes, sizeof bytes);
}

QString valueName(std::size_t index) { return "tidemark_k.tidemark_"_L1 + QString::number(index + 1); }

} // namespace

QString withoutModifier(const QString &native)
{
    if (native.contains(u'"'))
        return native;
    static const QRegularExpression modifier(u"\\([0-9, -]*\\)"_s);
    QString name = native;
    name.remove(modifier);
    if (name == "character"_L1 || name == "char"_L1)
        return u"pg_catalog.bpchar"_s;
    return name == "bit"_L1 ? u"pg_catalog.\"bit\""_s : name; // bare, the one would mean a length of 1
}

QString keyText(RowSelection rows, qsizetype index)
{
    if (index < 0 || index >= static_cast<qsizetype>(rows.rows.size()))
        return {};
    const int row = rows.rows[static_cast<std::size_t>(index)];
    const RowLayout &layout = rows.batch->layout();
    QStringList values;
    for (int cell = 0; cell < layout.keyCount; ++cell) {
        const CellView view = rows.batch->value(row, cell);
        values.append(view.isNull ? u"NULL"_s
                                  : cell::text(layout.cells[static_cast<std::size_t>(cell)], view).left(200));
    }
    return values.join(", "_L1);
}

ArrayParameters::ArrayParameters(const TableSchema &table, const RowLayout &layout,
                                 const std::vector<CellSource> &cells, const std::vector<Source> &columns)
{
    for (const Source &column : columns) {
        const auto cell = static_cast<std::size_t>(column.cell);
        CellSource target = cells[cell];
        if (const int index = table.columnIndex(column.name); index >= 0)
            target.type = table.columns[index].type;
        m_cells.push_back(column.cell);
        m_columns.emplace_back(layout.cells[cell], target, column.name);
    }
    m_arrays.resize(m_columns.size());
}

QString ArrayParameters::from() const
{
    QStringList arrays;
    QStringList names;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        arrays.append(u"pg_catalog.unnest($%1::%2[])"_s.arg(i + 1).arg(QLatin1StringView(nameOf(m_columns[i].wire()))));
        names.append("tidemark_"_L1 + QString::number(i + 1));
    }
    return "ROWS FROM ("_L1 + arrays.join(", "_L1) + ") AS tidemark_k ("_L1 + names.join(", "_L1) + u')';
}

QString ArrayParameters::value(std::size_t index) const
{
    const Wire wire = m_columns[index].wire();
    if (wire != Wire::Text && wire != Wire::AsText)
        return valueName(index);
    return valueName(index) + "::"_L1 + withoutModifier(m_columns[index].target().native);
}

QString ArrayParameters::keyMatch(const PgDialect &dialect, const TableName &table, std::size_t keyCount) const
{
    QStringList terms;
    for (std::size_t i = 0; i < keyCount; ++i) {
        const QString column = dialect.column(table, m_columns[i].name());
        terms.append(column + " = "_L1 + value(i));
        // An equality that equates more than bytes finds the row by its index, and must not take another for it.
        if (m_columns[i].target().caseInsensitive)
            terms.append(column + "::pg_catalog.text COLLATE \"C\" = "_L1 + valueName(i)
                         + "::pg_catalog.text COLLATE \"C\""_L1);
    }
    return terms.join(" AND "_L1);
}

Result<int> ArrayParameters::fill(RowSelection rows, Unfit unfit)
{
    for (std::string &array : m_arrays)
        array.assign(arrayHeader, '\0');
    m_rows = 0;
    std::vector<std::size_t> sizes(m_arrays.size());
    for (std::size_t index = 0; index < rows.rows.size(); ++index) {
        const int row = rows.rows[index];
        std::optional<Error> error;
        for (std::size_t i = 0; i < m_columns.size() && !error; ++i) {
            sizes[i] = m_arrays[i].size();
            error = m_columns[i].appendField(rows.batch->value(row, m_cells[i]), m_arrays[i]);
            if (error && unfit == Unfit::LeaveOut)
                for (std::size_t done = 0; done < i; ++done)
                    m_arrays[done].resize(sizes[done]);
        }
        if (error && unfit == Unfit::Fault)
            return fail(std::move(*error)
                            .with(Fact::Key, keyText(rows, static_cast<qsizetype>(index)))
                            .with(Fact::Line, QString::number(index + 1)));
        m_rows += error ? 0 : 1;
    }
    for (std::size_t i = 0; i < m_arrays.size(); ++i) {
        std::string header;
        const int dimensions = m_rows > 0 ? 1 : 0;
        for (const qint32 word : {dimensions, 1, static_cast<qint32>(oidOf(m_columns[i].wire())), m_rows, 1})
            appendWord(word, header);
        m_arrays[i].replace(0, arrayHeader, header);
        if (m_rows == 0)
            m_arrays[i].resize(12);
    }
    return m_rows;
}

std::vector<PgParameter> ArrayParameters::parameters() const
{
    std::vector<PgParameter> parameters;
    for (std::size_t i = 0; i < m_arrays.size(); ++i)
        parameters.push_back({arrayOidOf(m_columns[i].wire()), m_arrays[i], true});
    return parameters;
}

} // namespace tidemark::postgres
