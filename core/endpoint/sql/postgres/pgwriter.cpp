// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgwriter.h"

#include <algorithm>

#include <QtEndian>

#include "core/data/celldecoder.h"
#include "core/data/decimaltext.h"
#include "core/endpoint/sql/postgres/pgcopyformat.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

constexpr std::size_t pieceSize = 256 << 10;

qint64 affected(const PgResult &result) { return QByteArray(PQcmdTuples(result.get())).toLongLong(); }

} // namespace

Result<std::unique_ptr<RowWriter>> PgWriter::open(PgConnection &connection, const PgDialect &dialect,
                                                  const WriteRequest &request)
{
    for (const WriteColumn &column : request.columns)
        if (request.table->columnIndex(column.name) < 0)
            return fail(Error{ErrorCode::NoSuchColumn,
                              {{Fact::Table, request.table->name.display()}, {Fact::Column, column.name}},
                              {}});
    return std::unique_ptr<RowWriter>(new PgWriter(connection, dialect, request));
}

PgWriter::PgWriter(PgConnection &connection, const PgDialect &dialect, const WriteRequest &request)
    : m_connection(connection), m_dialect(dialect), m_table(*request.table), m_layout(request.layout),
      m_columns(request.columns), m_cells(request.cells)
{
    for (const WriteColumn &column : m_columns) {
        const auto cell = static_cast<std::size_t>(column.cell);
        const Column &described = m_table.columns[m_table.columnIndex(column.name)];
        CellSource target = m_cells[cell];
        target.type = described.type;
        m_encoders.emplace_back(m_layout->cells[cell], target, column.name);
        m_byCopy = m_byCopy && m_encoders.back().wire() != Wire::AsText;
        m_isOverriding = m_isOverriding || described.identity == Identity::Always;
        m_keyCount += column.isKey ? 1 : 0;
    }
}

PgWriter::~PgWriter()
{
    if (m_copying)
        m_connection.abandonCopyIn();
}

QString PgWriter::columnList() const
{
    QStringList names;
    for (const WriteColumn &column : m_columns)
        names.append(m_dialect.quote(column.name));
    return u'(' + names.join(", "_L1) + u')';
}

std::vector<ArrayParameters::Source> PgWriter::sources(bool keysOnly) const
{
    std::vector<ArrayParameters::Source> sources;
    for (const bool key : {true, false}) // the key's first
        for (const WriteColumn &column : m_columns)
            if (column.isKey == key && (key || !keysOnly))
                sources.push_back({column.cell, column.name});
    return sources;
}

ArrayParameters PgWriter::arrays(bool keysOnly) const
{
    return ArrayParameters(m_table, *m_layout, m_cells, sources(keysOnly));
}

Error PgWriter::blame(Error error, RowSelection rows) const
{
    error.with(Fact::Table, m_table.name.display());
    const QString line = error.facts.value(Fact::Line);
    if (!m_streaming && !line.isEmpty() && !error.facts.contains(Fact::Key))
        if (const QString key = keyText(rows, line.toLongLong() - 1); !key.isEmpty())
            error.with(Fact::Key, key);
    if (rows.rows.size() == 1 && error.isRowFault())
        error.with(Fact::Line, u"1"_s).with(Fact::Key, keyText(rows, 0));
    return error;
}

Error PgWriter::miscounted(ErrorCode code, qint64 expected, qint64 found) const
{
    Error error{code, {}, u"a trigger, a rule or another session kept rows from being written"_s};
    return std::move(error)
        .with(Fact::Table, m_table.name.display())
        .with(Fact::Expected, QString::number(expected))
        .with(Fact::Found, QString::number(found));
}

Result<void> PgWriter::encode(RowSelection rows)
{
    const std::size_t start = m_buffer.size();
    char fields[2];
    qToBigEndian(static_cast<qint16>(m_columns.size()), fields);
    for (std::size_t index = 0; index < rows.rows.size(); ++index) {
        m_buffer.append(fields, sizeof fields);
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            std::optional<Error> error =
                m_encoders[i].appendField(rows.batch->value(rows.rows[index], m_columns[i].cell), m_buffer);
            if (!error)
                continue;
            m_buffer.resize(start);
            return fail(std::move(*error)
                            .with(Fact::Table, m_table.name.display())
                            .with(Fact::Key, keyText(rows, static_cast<qsizetype>(index)))
                            .with(Fact::Line, QString::number(index + 1)));
        }
    }
    return {};
}

Result<void> PgWriter::insert(RowSelection rows)
{
    if (rows.rows.empty())
        return {};
    if (!m_byCopy)
        return insertByArrays(rows);
    // The whole of it is encoded before the server hears of it: a value that does not fit breaks no transaction.
    TRY(encode(rows));
    if (!m_copying) {
        const QString sql =
            "COPY "_L1 + m_dialect.table(m_table.name) + u' ' + columnList() + " FROM STDIN (FORMAT binary)"_L1;
        if (auto started = m_connection.startCopyIn(sql.toUtf8()); !started) {
            m_buffer.clear();
            return fail(blame(std::move(started).error(), rows));
        }
        m_buffer.insert(0, copyHeader);
        m_copying = true;
        m_expected = 0;
    }
    m_expected += static_cast<qint64>(rows.rows.size());
    noteSequences(rows);
    if (!m_streaming)
        return endCopy(rows);
    TRY(send(pieceSize));
    return m_connection.sawInput() ? endCopy({}) : Result<void>{}; // an error, most likely: no use in sending more
}

Result<void> PgWriter::send(std::size_t least)
{
    if (m_buffer.size() < least)
        return {};
    auto sent = m_connection.putCopy(m_buffer);
    m_buffer.clear();
    if (!sent)
        m_copying = false;
    return sent;
}

Result<void> PgWriter::endCopy(RowSelection rows)
{
    m_buffer.append(copyTrailer);
    TRY(send(0));
    m_copying = false;
    auto taken = m_connection.endCopyIn();
    if (!taken)
        return fail(blame(std::move(taken).error(), rows));
    if (*taken != m_expected)
        return fail(miscounted(ErrorCode::CheckViolated, m_expected, *taken));
    return {};
}

Result<void> PgWriter::flush() { return m_copying ? endCopy({}) : Result<void>{}; }

Result<void> PgWriter::insertByArrays(RowSelection rows)
{
    ArrayParameters parameters = arrays(false);
    auto filled = parameters.fill(rows, ArrayParameters::Unfit::Fault);
    if (!filled)
        return fail(blame(std::move(filled).error(), rows));
    QStringList names;
    QStringList values;
    for (const ArrayParameters::Source &source : sources(false)) {
        values.append(parameters.value(static_cast<std::size_t>(names.size())));
        names.append(m_dialect.quote(source.name));
    }
    const QString sql = "INSERT INTO "_L1 + m_dialect.table(m_table.name) + " ("_L1 + names.join(", "_L1) + u')'
        + (m_isOverriding ? " OVERRIDING SYSTEM VALUE"_L1 : QLatin1StringView()) + " SELECT "_L1 + values.join(", "_L1)
        + " FROM "_L1 + parameters.from();
    auto inserted = m_connection.exec(sql.toUtf8(), parameters.parameters());
    if (!inserted)
        return fail(blame(std::move(inserted).error(), rows));
    if (affected(*inserted) != *filled)
        return fail(miscounted(ErrorCode::CheckViolated, *filled, affected(*inserted)));
    noteSequences(rows);
    return {};
}

QString PgWriter::keyedUpdate(const ArrayParameters &parameters) const
{
    QStringList assignments;
    const std::vector<ArrayParameters::Source> columns = sources(false);
    for (std::size_t i = m_keyCount; i < columns.size(); ++i)
        assignments.append(m_dialect.quote(columns[i].name) + " = "_L1 + parameters.value(i));
    return "UPDATE "_L1 + m_dialect.table(m_table.name) + " SET "_L1 + assignments.join(", "_L1) + " FROM "_L1
        + parameters.from() + " WHERE "_L1 + parameters.keyMatch(m_dialect, m_table.name, m_keyCount);
}

Result<void> PgWriter::update(RowSelection rows)
{
    TRY(flush());
    if (rows.rows.empty() || m_columns.size() == m_keyCount)
        return {};
    ArrayParameters parameters = arrays(false);
    auto filled = parameters.fill(rows, ArrayParameters::Unfit::Fault);
    if (!filled)
        return fail(blame(std::move(filled).error(), rows));
    auto updated = m_connection.exec(keyedUpdate(parameters).toUtf8(), parameters.parameters());
    if (!updated)
        return fail(blame(std::move(updated).error(), rows));
    if (affected(*updated) != *filled)
        return fail(miscounted(ErrorCode::Internal, *filled, affected(*updated)));
    return {};
}

Result<void> PgWriter::remove(RowSelection keys)
{
    TRY(flush());
    if (keys.rows.empty())
        return {};
    ArrayParameters parameters = arrays(true);
    auto filled = parameters.fill(keys, ArrayParameters::Unfit::Fault);
    if (!filled)
        return fail(blame(std::move(filled).error(), keys));
    const QString table = m_dialect.table(m_table.name);
    const QString match = parameters.keyMatch(m_dialect, m_table.name, m_keyCount);
    const QString sql = "DELETE FROM "_L1 + table + " USING "_L1 + parameters.from() + " WHERE "_L1 + match;
    auto removed = m_connection.exec(sql.toUtf8(), parameters.parameters());
    if (!removed)
        return fail(blame(std::move(removed).error(), keys));
    if (affected(*removed) == *filled)
        return {};
    // A cascade may have been faster; but a row that is still there was kept back by somebody.
    const QString count =
        "SELECT pg_catalog.count(*) FROM "_L1 + table + ", "_L1 + parameters.from() + " WHERE "_L1 + match;
    TRY_ASSIGN(const PgResult left, m_connection.exec(count.toUtf8(), parameters.parameters()));
    const qint64 remaining = QByteArray(PQgetvalue(left.get(), 0, 0)).toLongLong();
    if (remaining > 0)
        return fail(miscounted(ErrorCode::CheckViolated, *filled, *filled - remaining));
    return {};
}

void PgWriter::noteSequences(RowSelection rows)
{
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const int cell = m_columns[i].cell;
        if (m_table.columns[m_table.columnIndex(m_columns[i].name)].sequence.isEmpty())
            continue;
        const CellKind kind = m_layout->cells[static_cast<std::size_t>(cell)].kind;
        for (const int row : rows.rows) {
            const CellView view = rows.batch->value(row, cell);
            qint64 value = 0;
            if (!view.isNull && kind == CellKind::Integer)
                value = cell::integer(view).toSigned();
            else if (const auto integral = !view.isNull && kind == CellKind::Decimal
                         ? integerOfDecimal(trimmedDecimal(view.bytes))
                         : std::nullopt;
                     integral && !integral->isNegative)
                value = static_cast<qint64>(integral->magnitude);
            if (value > 0)
                m_greatest[i] = std::max(m_greatest[i], value);
        }
    }
}

Result<void> PgWriter::finish()
{
    TRY(flush());
    for (const auto &[index, value] : m_greatest)
        TRY(advance(m_table.columns[m_table.columnIndex(m_columns[index].name)].sequence, value));
    m_greatest.clear();
    return {};
}

Result<void> PgWriter::advance(const QString &sequence, qint64 value)
{
    const QByteArray name = sequence.toUtf8();
    const QByteArray greatest = QByteArray::number(value);
    const QString sql =
        u"SELECT pg_catalog.setval(p.seqrelid::pg_catalog.regclass, LEAST($2::pg_catalog.int8, p.seqmax)) "
        "FROM %1 s, pg_catalog.pg_sequence p "
        "WHERE p.seqrelid = $1::pg_catalog.regclass AND p.seqincrement > 0 "
        "AND (s.last_value < LEAST($2::pg_catalog.int8, p.seqmax) "
        "OR (s.last_value = $2::pg_catalog.int8 AND NOT s.is_called))"_s.arg(sequence);
    const auto text = [](const QByteArray &bytes) {
        return PgParameter{0, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())), false};
    };
    auto advanced = m_connection.exec(sql.toUtf8(), {text(name), text(greatest)});
    if (!advanced)
        return fail(std::move(advanced).error().with(Fact::Table, m_table.name.display()));
    return {};
}

} // namespace tidemark::postgres
