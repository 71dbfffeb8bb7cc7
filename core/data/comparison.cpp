// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/comparison.h"

#include <cmath>
#include <limits>

#include "core/data/celldecoder.h"
#include "core/data/cellbytes.h"
#include "core/data/decimaltext.h"
#include "core/data/jsoncanonical.h"
#include "core/data/utf8text.h"

namespace tidemark {

namespace {

ComparisonForm decimalForm(const CellType &type, std::string_view value, std::string &out)
{
    const std::string_view compared = type.scale < 0 ? trimmedDecimal(value) : flooredDecimal(value, type.scale, out);
    if (compared == value)
        return ComparisonForm::Same;
    if (compared.data() == out.data())
        out.resize(compared.size());
    else
        out.assign(compared);
    return ComparisonForm::Own;
}

ComparisonForm realForm(const CellType &type, std::string_view value, std::string &out)
{
    const double given = cellbytes::real(value.data());
    double compared = given;
    if (type.floatBits == 32 && std::abs(compared) <= static_cast<double>(std::numeric_limits<float>::max()))
        compared = static_cast<double>(static_cast<float>(compared));
    if (type.floatTolerance > 0 && std::isfinite(compared)) {
        const double rounded = std::nearbyint(compared / type.floatTolerance) * type.floatTolerance;
        compared = std::isfinite(rounded) ? rounded : compared;
    }
    compared += 0.0; // −0 becomes 0
    out.resize(sizeof compared);
    cellbytes::putReal(compared, out.data());
    return out == value ? ComparisonForm::Same : ComparisonForm::Own;
}

ComparisonForm textForm(const CellType &type, std::string_view value, std::string &out)
{
    std::string_view compared = value;
    if (type.ignoreTrailingSpaces)
        compared = compared.substr(0, compared.find_last_not_of(' ') + 1);
    if (type.emptyIsNull && compared.empty())
        return ComparisonForm::AsNull;
    if (type.ignoreCase)
        foldCase(compared, out);
    else if (compared.size() < value.size())
        out.assign(compared);
    else
        return ComparisonForm::Same;
    return out == value ? ComparisonForm::Same : ComparisonForm::Own;
}

ComparisonForm timeForm(const CellType &type, std::string_view value, std::string &out)
{
    if (type.fraction >= 6)
        return ComparisonForm::Same;
    const qint64 given = cellbytes::time(value.data());
    const qint64 floored = cell::floorMicroseconds(given, type.fraction);
    if (floored == given)
        return ComparisonForm::Same;
    out.resize(sizeof floored);
    cellbytes::putTime(floored, out.data());
    return ComparisonForm::Own;
}

ComparisonForm jsonForm(const CellType &type, std::string_view value, std::string &out)
{
    if (type.jsonAsText)
        return ComparisonForm::Same;
    if (!canonicalJson(value, out))
        return ComparisonForm::Invalid;
    return out == value ? ComparisonForm::Same : ComparisonForm::Own;
}

} // namespace

ComparisonForm comparisonForm(const CellType &type, std::string_view value, std::string &out)
{
    switch (type.kind) {
    case CellKind::Decimal:
        return decimalForm(type, value, out);
    case CellKind::Float:
        return realForm(type, value, out);
    case CellKind::Text:
    case CellKind::Exact:
        return textForm(type, value, out);
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return timeForm(type, value, out);
    case CellKind::Json:
        return jsonForm(type, value, out);
    case CellKind::Boolean:
    case CellKind::Integer:
    case CellKind::Blob:
    case CellKind::Date:
    case CellKind::Uuid:
        break;
    }
    return ComparisonForm::Same;
}

bool isSizeOf(CellKind kind, std::size_t size)
{
    switch (kind) {
    case CellKind::Boolean:
        return size == 1;
    case CellKind::Integer:
        return size == 9;
    case CellKind::Float:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return size == 8;
    case CellKind::Date:
        return size == 4;
    case CellKind::Uuid:
        return size == 16;
    case CellKind::Decimal:
        return size > 0;
    case CellKind::Text:
    case CellKind::Blob:
    case CellKind::Json:
    case CellKind::Exact:
        break;
    }
    return true;
}

} // namespace tidemark
