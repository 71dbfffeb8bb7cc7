// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/cellbinder.h"

#include <cmath>
#include <limits>

#include <QDateTime>
#include <QTimeZone>

#include "core/data/celldecoder.h"
#include "core/data/decimaltext.h"
#include "core/data/timetext.h"

namespace tidemark {

namespace {

constexpr int shownCharacters = 100;
// Between the years 1 and 9999 a time has one spelling that every reader understands.
constexpr qint64 firstOrdinaryDay = -719'162;
constexpr qint64 lastOrdinaryDay = 2'932'896;

bool isInfinite(qint64 microseconds)
{
    return microseconds == std::numeric_limits<qint64>::min() || microseconds == std::numeric_limits<qint64>::max();
}

bool isOrdinary(CellKind kind, CellView cell)
{
    if (kind == CellKind::Date)
        return cell::date(cell) >= firstOrdinaryDay && cell::date(cell) <= lastOrdinaryDay;
    const qint64 value = cell::microseconds(cell);
    return kind == CellKind::Time
        ? value >= 0 && value < microsecondsPerDay
        : value >= firstOrdinaryDay * microsecondsPerDay && value < (lastOrdinaryDay + 1) * microsecondsPerDay;
}

QTimeZone zoneOf(const QByteArray &name) { return name.isEmpty() ? QTimeZone::utc() : QTimeZone(name); }

qint64 floorToSeconds(qint64 microseconds) { return cell::floorMicroseconds(microseconds, 0) / microsecondsPerSecond; }

qint64 wallClock(qint64 instant, const QByteArray &zone)
{
    if (zone.isEmpty() || isInfinite(instant))
        return instant;
    const QDateTime time = QDateTime::fromSecsSinceEpoch(floorToSeconds(instant), Qt::UTC);
    return instant + zoneOf(zone).offsetFromUtc(time) * microsecondsPerSecond;
}

} // namespace

CellBinder::CellBinder(CellType type, CellSource target)
    : m_type(type), m_target(std::move(target)), m_affinity(affinityOf(m_target.type.native))
{ }

Result<StoredValue> CellBinder::value(CellView cell)
{
    if (cell.isNull)
        return StoredValue();
    const auto chosen = choose(cell);
    if (!chosen || (!chosen->isCertain && !readsBack(cell, chosen->value)))
        return fail(notKept(cell));
    return chosen->value;
}

std::optional<CellBinder::Chosen> CellBinder::choose(CellView cell)
{
    switch (m_type.kind) {
    case CellKind::Boolean:
        return Chosen{StoredValue::ofInteger(cell::boolean(cell) ? 1 : 0), m_affinity != Affinity::Real};
    case CellKind::Integer:
        return chooseInteger(cell);
    case CellKind::Decimal:
        return chooseDecimal(cell);
    case CellKind::Float:
        return chooseReal(cell);
    case CellKind::Text:
    case CellKind::Json:
    case CellKind::Exact:
        return chooseText(cell.bytes);
    case CellKind::Blob:
        return Chosen{StoredValue::ofBlob(cell.bytes)};
    case CellKind::Date:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return chooseTime(cell);
    case CellKind::Uuid:
        break;
    }
    if (m_affinity == Affinity::None && !m_target.type.native.isEmpty())
        return Chosen{StoredValue::ofBlob(cell.bytes)};
    m_text.clear();
    cell::appendText(m_type, cell, m_text);
    return Chosen{StoredValue::ofText(m_text)};
}

std::optional<CellBinder::Chosen> CellBinder::chooseInteger(CellView cell)
{
    const cell::Integer value = cell::integer(cell);
    if (value.isNegative || value.value <= quint64(std::numeric_limits<qint64>::max()))
        return Chosen{StoredValue::ofInteger(value.toSigned()), m_affinity != Affinity::Real};
    if (m_affinity != Affinity::Text && m_affinity != Affinity::None)
        return std::nullopt;
    m_text = std::to_string(value.value);
    return Chosen{StoredValue::ofText(m_text), false};
}

std::optional<CellBinder::Chosen> CellBinder::chooseDecimal(CellView cell)
{
    constexpr size_t certainSize = 16; // 15 digits and the point survive a double
    const bool isText = m_affinity == Affinity::Text || m_affinity == Affinity::None;
    if (isText)
        return Chosen{StoredValue::ofText(cell.bytes)};
    constexpr auto limit = quint64(std::numeric_limits<qint64>::max());
    if (const auto whole = integerOfDecimal(cell.bytes); whole && whole->magnitude <= limit) {
        const auto magnitude = static_cast<qint64>(whole->magnitude);
        return Chosen{StoredValue::ofInteger(whole->isNegative ? -magnitude : magnitude), m_affinity != Affinity::Real};
    }
    const auto real = realOfDecimal(cell.bytes);
    if (!real || std::isnan(*real)) // SQLite makes NULL of it
        return std::nullopt;
    return Chosen{StoredValue::ofReal(*real), cell.bytes.size() <= certainSize && std::isfinite(*real)};
}

std::optional<CellBinder::Chosen> CellBinder::chooseReal(CellView cell)
{
    const double value = cell::real(cell);
    if (m_affinity != Affinity::Text)
        return std::isnan(value) ? std::nullopt : std::optional(Chosen{StoredValue::ofReal(value)});
    m_text.clear(); // SQLite itself would write 15 digits
    appendShortest(value, m_text);
    return Chosen{StoredValue::ofText(m_text), false};
}

CellBinder::Chosen CellBinder::chooseTime(CellView cell)
{
    const CellKind column = m_target.type.kind;
    m_text.clear();
    if (m_type.kind == CellKind::Date) {
        appendDate(cell::date(cell), m_text);
        return {StoredValue::ofText(m_text), isOrdinary(m_type.kind, cell)};
    }
    const bool hasFraction = column == CellKind::Time || column == CellKind::Timestamp || column == CellKind::Instant;
    const qint64 value = cell::floorMicroseconds(cell::microseconds(cell), hasFraction ? m_target.type.fraction : 6);
    if (m_type.kind == CellKind::Time)
        appendTime(value, 0, m_text);
    else if (m_type.kind == CellKind::Timestamp)
        appendTimestamp(value, 0, "", m_text);
    else if (column == CellKind::Timestamp) // without zone: what the clocks of its zone showed
        appendTimestamp(wallClock(value, m_target.zone), 0, "", m_text);
    else
        appendTimestamp(value, 0, "+00:00", m_text);
    return {StoredValue::ofText(m_text), isOrdinary(m_type.kind, cell) && m_target.zone.isEmpty()};
}

CellBinder::Chosen CellBinder::chooseText(std::string_view text) const
{
    const bool isKept = m_affinity == Affinity::Text || m_affinity == Affinity::None;
    // The first character tells most texts from numbers.
    const bool maybeNumber = !text.empty() && (text.front() <= '9' || text.front() == '\t');
    return {StoredValue::ofText(text), isKept || !maybeNumber};
}

// What SQLite would make of the value, read as the reader reads it, compared as cells are compared.
bool CellBinder::readsBack(CellView cell, const StoredValue &value)
{
    if (!m_encoder) {
        m_layout = std::make_shared<RowLayout>(RowLayout{{m_type}, 1, 1});
        m_encoder = std::make_unique<RowEncoder>(m_layout, std::vector{m_target});
        m_probe.reset(m_layout);
    }
    m_encoder->setBatch(&m_probe); // this may have been moved since
    m_probe.clear();
    std::string number;
    const StoredValue stored = underAffinity(m_affinity, value, number);
    m_encoder->beginRow();
    encodeStored(*m_encoder, m_type.kind, stored, m_scratch);
    m_encoder->endRow();
    std::string chain;
    const auto length = static_cast<quint32>(cell.bytes.size());
    chain.append(reinterpret_cast<const char *>(&length), sizeof length).append(cell.bytes);
    return m_probe.fault(0) == nullptr && m_probe.appendChain(chain) && m_probe.equalRows(0, m_probe, 1);
}

Error CellBinder::notKept(CellView cell) const
{
    QString shown = cell::text(m_type, cell);
    if (shown.size() > shownCharacters)
        shown = shown.left(shownCharacters) + QChar(0x2026);
    return Error{ErrorCode::ValueNotKept, {}, {}}
        .with(Fact::Column, m_target.column)
        .with(Fact::Value, shown)
        .with(Fact::Type, m_target.type.native);
}

} // namespace tidemark
