// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakecell.h"

#include "core/data/cellbytes.h"
#include "core/data/celldecoder.h"
#include "core/data/decimaltext.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

QByteArray bytesOf(std::string_view view) { return QByteArray(view.data(), static_cast<qsizetype>(view.size())); }

// One cell through the program's own encoder.
class OneCell
{
public:
    OneCell(CellKind kind, const CellSource &source) : m_batch(layoutOf(kind)), m_encoder(layoutOf(kind), {source})
    {
        m_encoder.setBatch(&m_batch);
        m_encoder.beginRow();
    }
    RowEncoder &encoder() { return m_encoder; }
    Result<FakeCell> take()
    {
        m_encoder.endRow();
        if (const Error *const fault = m_batch.fault(0))
            return fail(*fault);
        const CellView cell = m_batch.value(0, 0);
        return cell.isNull ? FakeCell() : FakeCell(bytesOf(cell.bytes));
    }

private:
    static std::shared_ptr<const RowLayout> layoutOf(CellKind kind)
    {
        auto layout = std::make_shared<RowLayout>();
        layout->cells.resize(1);
        layout->cells[0].kind = kind;
        layout->comparedCount = 1;
        return layout;
    }
    RowBatch m_batch;
    RowEncoder m_encoder;
};

Error columnError(ErrorCode code, const CellSource &column)
{
    return Error{code, {}, {}}.with(Fact::Column, column.column).with(Fact::Type, column.type.native);
}

Result<void> checkInteger(const CellSource &column, CellView cell)
{
    const cell::Integer value = cell::integer(cell);
    const int bits = column.type.bytes * 8;
    bool fits = true;
    if (column.type.isUnsigned)
        fits = !value.isNegative && (bits == 64 || value.value >> bits == 0);
    else if (value.isNegative)
        fits = value.toSigned() >= (bits == 64 ? std::numeric_limits<qint64>::min() : -(qint64{1} << (bits - 1)));
    else
        fits = value.value < quint64{1} << (bits - 1);
    if (!fits)
        return fail(columnError(ErrorCode::ValueOutOfRange, column));
    return {};
}

Result<void> checkSize(const CellSource &column, const QByteArray &bytes)
{
    const bool isText = column.type.kind == CellKind::Text;
    if (column.type.length < 0 || (!isText && column.type.kind != CellKind::Blob))
        return {};
    if ((isText ? QString::fromUtf8(bytes).toUcs4().size() : bytes.size()) > column.type.length)
        return fail(columnError(ErrorCode::ValueTooLong, column));
    return {};
}

QByteArray narrowed(const ColumnType &type, const QByteArray &bytes)
{
    const CellView cell{std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())), false};
    if (type.kind == CellKind::Time || type.kind == CellKind::Timestamp || type.kind == CellKind::Instant) {
        QByteArray result(8, '\0');
        cellbytes::putTime(cell::floorMicroseconds(cell::microseconds(cell), type.fraction), result.data());
        return result;
    }
    if (type.kind == CellKind::Decimal && type.scale >= 0) {
        std::string scratch;
        return bytesOf(flooredDecimal(cell.bytes, type.scale, scratch));
    }
    return bytes;
}

} // namespace

CellView viewOf(const FakeCell &cell)
{
    if (!cell)
        return {};
    return {std::string_view(cell->constData(), static_cast<size_t>(cell->size())), false};
}

Result<FakeCell> parsedCell(const ColumnType &type, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    OneCell one(type.kind, CellSource{type, {}, {}});
    one.encoder().text(std::string_view(utf8.constData(), static_cast<size_t>(utf8.size())));
    return one.take();
}

FakeCell cellFromText(const ColumnType &type, const FakeValue &value)
{
    if (!value.text)
        return {};
    const auto cell = parsedCell(type, *value.text);
    if (!cell)
        qFatal("\"%s\" is no %s", qPrintable(*value.text), qPrintable(cellKindName(type.kind)));
    return *cell;
}

QString textOf(const ColumnType &type, const FakeCell &cell)
{
    if (!cell)
        return u"NULL"_s;
    CellType plain;
    plain.kind = type.kind;
    return cell::text(plain, viewOf(cell));
}

QStringList textsOf(const TableSchema &schema, const FakeRow &row)
{
    QStringList texts;
    for (qsizetype i = 0; i < row.size(); ++i)
        texts.append(textOf(schema.columns[i].type, row[i]));
    return texts;
}

std::optional<FakeKey> equalityForm(const TableSchema &schema, const FakeRow &row, const QList<int> &columns)
{
    FakeKey form;
    for (const int index : columns) {
        const ColumnType &type = schema.columns[index].type;
        const FakeCell &cell = row[index];
        if (!cell)
            return {};
        QByteArray bytes = *cell;
        if (type.kind == CellKind::Decimal)
            bytes = bytesOf(trimmedDecimal(viewOf(cell).bytes));
        if (type.kind == CellKind::Text && type.caseInsensitive)
            bytes = QString::fromUtf8(bytes).toCaseFolded().toUtf8();
        while (type.kind == CellKind::Text && type.padSpace && bytes.endsWith(' '))
            bytes.chop(1);
        form.append(bytes);
    }
    return form;
}

Result<FakeCell> storedCell(const CellType &from, CellView cell, const CellSource &column)
{
    if (cell.isNull)
        return FakeCell();
    OneCell one(column.type.kind, column);
    deliverCell(one.encoder(), from.kind, cell);
    TRY_ASSIGN(const FakeCell converted, one.take());
    if (!converted)
        return FakeCell();
    const QByteArray bytes = narrowed(column.type, *converted);
    if (column.type.kind == CellKind::Integer)
        TRY(checkInteger(column, viewOf(bytes)));
    TRY(checkSize(column, bytes));
    return FakeCell(bytes);
}

} // namespace tidemark
