// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/rowencoder.h"

#include "core/data/cellbytes.h"
#include "core/data/cellconversion.h"
#include "core/data/utf8text.h"

namespace tidemark {

namespace {

constexpr quint32 integerSize = 9;

bool comparesAsDelivered(const CellType &type)
{
    return !type.ignoreCase && !type.ignoreTrailingSpaces && !type.emptyIsNull && !type.refuseNul;
}

} // namespace

RowEncoder::RowEncoder(std::shared_ptr<const RowLayout> layout, std::vector<CellSource> sources)
    : m_layout(std::move(layout)), m_types(m_layout->cells.data()), m_sources(std::move(sources))
{
    Q_ASSERT(m_sources.size() == m_layout->cells.size());
    m_sources.resize(m_layout->cells.size());
    m_zones.reserve(m_sources.size());
    for (const CellSource &source : m_sources)
        m_zones.emplace_back(source.zone);
}

void RowEncoder::beginRow()
{
    m_cell = 0;
    m_batch->beginRow();
}

void RowEncoder::endRow() { m_batch->endRow(); }

void RowEncoder::null()
{
    ++m_cell;
    m_batch->appendNull();
}

void RowEncoder::boolean(bool value)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Boolean)
        *m_batch->appendRaw(1) = value ? '\1' : '\0';
    else
        CellConversion(*this, type).boolean(value);
}

void RowEncoder::integer(qint64 value)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Integer)
        cellbytes::putInteger(value, m_batch->appendRaw(integerSize));
    else
        CellConversion(*this, type).integer(value < 0, static_cast<quint64>(value));
}

void RowEncoder::unsignedInteger(quint64 value)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Integer)
        cellbytes::putUnsigned(value, m_batch->appendRaw(integerSize));
    else
        CellConversion(*this, type).integer(false, value);
}

void RowEncoder::decimal(std::string_view digits) { CellConversion(*this, nextType()).decimal(digits); }

void RowEncoder::real(double value)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Float)
        CellConversion(*this, type).putReal(value);
    else
        CellConversion(*this, type).real(value);
}

void RowEncoder::real32(float value)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Float)
        CellConversion(*this, type).putReal(static_cast<double>(value));
    else
        CellConversion(*this, type).real32(value);
}

void RowEncoder::text(std::string_view utf8)
{
    const CellType &type = nextType();
    if ((type.kind == CellKind::Text || type.kind == CellKind::Exact) && comparesAsDelivered(type) && isValidUtf8(utf8))
        m_batch->appendCell(utf8);
    else
        CellConversion(*this, type).text(utf8);
}

void RowEncoder::blob(std::string_view bytes)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Blob)
        m_batch->appendCell(bytes);
    else
        CellConversion(*this, type).blob(bytes);
}

void RowEncoder::date(qint32 days)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Date)
        cellbytes::putDate(days, m_batch->appendRaw(sizeof days));
    else
        CellConversion(*this, type).date(days);
}

void RowEncoder::time(qint64 microseconds)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Time)
        CellConversion(*this, type).putTime(microseconds);
    else
        CellConversion(*this, type).time(microseconds);
}

void RowEncoder::timestamp(qint64 microseconds)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Timestamp)
        CellConversion(*this, type).putTime(microseconds);
    else
        CellConversion(*this, type).timestamp(microseconds);
}

void RowEncoder::instant(qint64 microseconds)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Instant)
        CellConversion(*this, type).putTime(microseconds);
    else
        CellConversion(*this, type).instant(microseconds);
}

void RowEncoder::zeroDate(std::string_view text) { CellConversion(*this, nextType()).zeroDate(text); }

void RowEncoder::uuid(std::string_view bytes16)
{
    const CellType &type = nextType();
    if (type.kind == CellKind::Uuid && bytes16.size() == 16)
        m_batch->appendCell(bytes16);
    else
        CellConversion(*this, type).uuid(bytes16);
}

void RowEncoder::json(std::string_view utf8) { CellConversion(*this, nextType()).json(utf8); }

} // namespace tidemark
