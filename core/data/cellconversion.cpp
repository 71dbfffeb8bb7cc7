// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cellconversion.h"

#include <algorithm>
#include <array>

#include "core/data/celldecoder.h"
#include "core/data/comparison.h"
#include "core/data/jsoncanonical.h"
#include "core/data/utf8text.h"

namespace tidemark {

namespace {

constexpr std::size_t shownBytes = 120;

std::string uuidText(std::string_view bytes)
{
    std::string text;
    cell::appendText(CellType{.kind = CellKind::Uuid}, {bytes, false}, text);
    return text;
}

} // namespace

void CellConversion::refuse(std::string_view shown, bool isBinary)
{
    RowBatch &batch = *m_encoder.m_batch;
    const std::string_view cut = shown.substr(0, shownBytes);
    const auto size = static_cast<qsizetype>(cut.size());
    QString value = isBinary ? QString::fromLatin1(QByteArray::fromRawData(cut.data(), size).toHex())
                             : QString::fromUtf8(cut.data(), size);
    if (cut.size() < shown.size())
        value += u'…';
    Error error{ErrorCode::ValueNotKept, {}, {}};
    error.with(Fact::Column, m_encoder.m_sources[m_encoder.m_cell - 1].column)
        .with(Fact::Value, value)
        .with(Fact::Type, cellKindName(m_type.kind));
    batch.setFault(std::move(error));
    batch.appendNull();
}

void CellConversion::put(std::string_view value)
{
    RowBatch &batch = *m_encoder.m_batch;
    std::string &own = m_encoder.m_comparisonScratch;
    switch (comparisonForm(m_type, value, own)) {
    case ComparisonForm::Same:
        batch.appendCell(value);
        return;
    case ComparisonForm::Own:
        batch.appendCell(value, own);
        return;
    case ComparisonForm::AsNull:
        batch.appendCellComparedAsNull(value);
        return;
    case ComparisonForm::Invalid:
        refuse(value);
        return;
    }
}

// Text whose bytes may be anything: the policy for U+0000, then UTF-8.
void CellConversion::putText(std::string_view utf8)
{
    if (m_type.refuseNul && utf8.find('\0') != std::string_view::npos) {
        if (m_type.nulByte == NulByte::Refuse) {
            refuse(utf8, true);
            return;
        }
        m_encoder.m_scratch.assign(utf8);
        std::erase(m_encoder.m_scratch, '\0');
        utf8 = m_encoder.m_scratch;
    }
    if (isValidUtf8(utf8))
        put(utf8);
    else
        refuse(utf8, true);
}

void CellConversion::text(std::string_view utf8)
{
    switch (m_type.kind) {
    case CellKind::Text:
    case CellKind::Exact:
        putText(utf8);
        return;
    case CellKind::Blob:
        m_encoder.m_batch->appendCell(utf8);
        return;
    case CellKind::Json:
        json(utf8);
        return;
    case CellKind::Integer: // digits alone: "1e3" and "1.0" are decimals
        if (utf8.find_first_not_of("+-0123456789") == std::string_view::npos)
            parseInteger(utf8);
        else
            refuse(utf8);
        return;
    case CellKind::Decimal:
        decimal(utf8);
        return;
    case CellKind::Float:
        parseReal(utf8);
        return;
    case CellKind::Boolean:
        parseBoolean(utf8);
        return;
    case CellKind::Uuid:
        parseUuid(utf8);
        return;
    case CellKind::Date:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        parseDateOrTime(utf8);
        return;
    }
}

void CellConversion::parseUuid(std::string_view text)
{
    std::array<char, 16> bytes{};
    std::size_t digits = 0;
    bool isUuid = text.size() == 36;
    for (std::size_t i = 0; i < text.size() && isUuid; ++i) {
        const bool wantsDash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const char lower = static_cast<char>(c | 0x20);
        const bool isHex = (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f');
        isUuid = wantsDash ? c == '-' : isHex;
        if (wantsDash || !isUuid)
            continue;
        const int nibble = c <= '9' ? c - '0' : lower - 'a' + 10;
        char &byte = bytes.at(digits / 2);
        byte = static_cast<char>(byte | (digits % 2 == 0 ? nibble << 4 : nibble));
        ++digits;
    }
    if (isUuid)
        m_encoder.m_batch->appendCell({bytes.data(), bytes.size()});
    else
        refuse(text);
}

void CellConversion::blob(std::string_view bytes)
{
    if (m_type.kind == CellKind::Uuid && bytes.size() == 16)
        m_encoder.m_batch->appendCell(bytes);
    else if (isTextual(m_type.kind))
        putText(bytes);
    else
        refuse(bytes, true);
}

void CellConversion::uuid(std::string_view bytes16)
{
    if (bytes16.size() != 16)
        refuse(bytes16, true);
    else if (isTextual(m_type.kind))
        put(uuidText(bytes16));
    else if (m_type.kind == CellKind::Blob)
        m_encoder.m_batch->appendCell(bytes16);
    else
        refuse(uuidText(bytes16));
}

void CellConversion::json(std::string_view utf8)
{
    if (isTextual(m_type.kind))
        putText(utf8);
    else if (m_type.kind == CellKind::Json
             && (!m_type.jsonAsText || canonicalJson(utf8, m_encoder.m_comparisonScratch)))
        put(utf8);
    else
        refuse(utf8);
}

} // namespace tidemark
