// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqlitetypes.h"

#include <algorithm>
#include <array>
#include <optional>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// SQLite keeps a number of a NUMERIC column in 64 bits of floating point: so many decimal digits survive.
constexpr int exactDigits = 15;

struct Declaration // "DECIMAL TEXT(20,4)": words and arguments
{
    QStringList words;
    std::optional<int> first;
    std::optional<int> second;

    bool has(QLatin1StringView word) const { return words.contains(word); }
};

Declaration parseDeclaration(const QString &declared)
{
    static const QRegularExpression pattern(u"^([^(]*)(?:\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)(.*))?"_s);
    Declaration result;
    const auto match = pattern.match(declared.toUpper());
    result.words = QString(match.captured(1) + u' ' + match.captured(4)).simplified().split(u' ', Qt::SkipEmptyParts);
    if (match.capturedLength(2) > 0)
        result.first = match.captured(2).toInt();
    if (match.capturedLength(3) > 0)
        result.second = match.captured(3).toInt();
    return result;
}

struct Name
{
    QLatin1StringView word;
    CellKind kind;
    int bytes = 8;
};

// Names whose affinity does not say what they mean.
constexpr std::array names{
    Name{"BOOL"_L1, CellKind::Boolean},
    Name{"BOOLEAN"_L1, CellKind::Boolean},
    Name{"DATE"_L1, CellKind::Date},
    Name{"TIME"_L1, CellKind::Time},
    Name{"DATETIME"_L1, CellKind::Timestamp},
    Name{"TIMESTAMP"_L1, CellKind::Timestamp},
    Name{"TIMESTAMPTZ"_L1, CellKind::Instant},
    Name{"DATETIMEOFFSET"_L1, CellKind::Instant},
    Name{"UUID"_L1, CellKind::Uuid},
    Name{"GUID"_L1, CellKind::Uuid},
    Name{"UNIQUEIDENTIFIER"_L1, CellKind::Uuid},
    Name{"JSON"_L1, CellKind::Json},
    Name{"JSONB"_L1, CellKind::Json},
    Name{"DECIMAL"_L1, CellKind::Decimal},
    Name{"DEC"_L1, CellKind::Decimal},
    Name{"NUMERIC"_L1, CellKind::Decimal},
    Name{"NUMBER"_L1, CellKind::Decimal},
    Name{"MONEY"_L1, CellKind::Decimal},
    Name{"FLOAT4"_L1, CellKind::Float, 4},
    Name{"BINARY"_L1, CellKind::Blob},
    Name{"VARBINARY"_L1, CellKind::Blob},
    Name{"BYTEA"_L1, CellKind::Blob},
    Name{"STRING"_L1, CellKind::Text},
    // A declared size is a promise nobody keeps in SQLite: only those that people choose on purpose count.
    Name{"SMALLINT"_L1, CellKind::Integer, 2},
    Name{"INT2"_L1, CellKind::Integer, 2},
    Name{"MEDIUMINT"_L1, CellKind::Integer, 4},
    Name{"INT4"_L1, CellKind::Integer, 4},
    Name{"TINYINT"_L1, CellKind::Integer, 2},
};

bool isIntegerWord(const QString &word)
{
    static const QRegularExpression pattern(u"^(BIG|LONG|HUGE)?INT(EGER)?\\d*$"_s);
    return pattern.match(word).hasMatch();
}

// By affinity, where no name is known.
void setByAffinity(ColumnType &type, const Declaration &declaration)
{
    switch (affinityOf(type.native)) {
    case Affinity::Integer: // also POINT and INTERVAL
        type.kind = std::any_of(declaration.words.begin(), declaration.words.end(), isIntegerWord) ? CellKind::Integer
                                                                                                   : CellKind::Exact;
        return;
    case Affinity::Text:
        type.kind = CellKind::Text;
        return;
    case Affinity::Real:
        type.kind = CellKind::Float;
        return;
    case Affinity::None:
        type.kind = type.native.isEmpty() ? CellKind::Exact : CellKind::Blob;
        return;
    case Affinity::Numeric:
        type.kind = CellKind::Exact;
        return;
    }
}

void setByName(ColumnType &type, const Declaration &declaration)
{
    if (declaration.has("UNSIGNED"_L1) && declaration.has("BLOB"_L1)) {
        type.kind = CellKind::Integer;
        type.isUnsigned = true;
        return;
    }
    for (const QString &word : declaration.words) {
        const auto name = std::find_if(names.begin(), names.end(), [&](const Name &n) { return word == n.word; });
        if (name == names.end())
            continue;
        type.kind = name->kind;
        type.bytes = name->bytes;
        if (type.kind == CellKind::Timestamp && declaration.has("ZONE"_L1) && !declaration.has("WITHOUT"_L1))
            type.kind = CellKind::Instant;
        if (type.kind == CellKind::Time && declaration.has("ZONE"_L1) && !declaration.has("WITHOUT"_L1))
            type.kind = CellKind::Exact;
        return;
    }
    setByAffinity(type, declaration);
}

void setArguments(ColumnType &type, const Declaration &declaration)
{
    switch (type.kind) {
    case CellKind::Decimal:
        type.precision = declaration.first.value_or(-1);
        type.scale = declaration.second.value_or(declaration.first ? 0 : -1);
        break;
    case CellKind::Text:
    case CellKind::Blob:
        type.length = declaration.first.value_or(-1);
        break;
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        type.fraction = std::clamp(declaration.first.value_or(6), 0, 6);
        break;
    case CellKind::Integer:
        if (declaration.has("TINYINT"_L1) && declaration.first == 1) {
            type.bytes = 1;
            type.isBoolean01 = true;
        }
        break;
    default:
        break;
    }
}

QString withFraction(QLatin1StringView name, int fraction)
{
    return fraction >= 0 && fraction < 6 ? u"%1(%2)"_s.arg(name).arg(fraction) : QString(name);
}

QString decimalDeclaration(const ColumnType &type)
{
    const bool bounded = type.precision > 0;
    const QString name = bounded && type.precision <= exactDigits ? u"DECIMAL"_s : u"DECIMAL TEXT"_s;
    return bounded ? u"%1(%2,%3)"_s.arg(name).arg(type.precision).arg(std::max(type.scale, 0)) : name;
}

QString integerDeclaration(const ColumnType &type, bool inKey)
{
    if (type.isUnsigned && type.bytes == 8 && !inKey)
        return u"UNSIGNED BLOB"_s; // no affinity: numbers stay numbers, and those beyond 63 bits stay whole, as text
    if (type.isBoolean01)
        return u"TINYINT(1)"_s;
    return type.bytes <= 2 && !type.isUnsigned && !inKey ? u"SMALLINT"_s : u"INTEGER"_s;
}

} // namespace

Affinity affinityOf(const QString &declared)
{
    const auto has = [&](QLatin1StringView part) { return declared.contains(part, Qt::CaseInsensitive); };
    if (has("INT"_L1))
        return Affinity::Integer;
    if (has("CHAR"_L1) || has("CLOB"_L1) || has("TEXT"_L1))
        return Affinity::Text;
    if (has("BLOB"_L1) || declared.isEmpty())
        return Affinity::None;
    if (has("REAL"_L1) || has("FLOA"_L1) || has("DOUB"_L1))
        return Affinity::Real;
    return Affinity::Numeric;
}

ColumnType typeFromDeclaration(const QString &declared, bool strict)
{
    ColumnType type;
    type.native = declared;
    const Declaration declaration = parseDeclaration(declared);
    setByName(type, declaration);
    setArguments(type, declaration);
    type.isDynamic = (!strict || declaration.has("ANY"_L1)) && !type.isUnsigned; // the unsigned one is a name of ours
    type.byteOrder = (type.kind == CellKind::Integer && !type.isUnsigned) || type.kind == CellKind::Boolean
        || type.kind == CellKind::Blob;
    return type;
}

QString declarationFor(const ColumnType &type, bool inKey)
{
    switch (type.kind) {
    case CellKind::Boolean:
        return u"BOOLEAN"_s;
    case CellKind::Integer:
        return integerDeclaration(type, inKey);
    case CellKind::Decimal:
        return decimalDeclaration(type);
    case CellKind::Float:
        return type.bytes == 4 ? u"FLOAT4"_s : u"REAL"_s;
    case CellKind::Text:
        return type.length > 0 && type.length < 65535 ? u"VARCHAR(%1)"_s.arg(type.length) : u"TEXT"_s;
    case CellKind::Blob:
        return u"BLOB"_s;
    case CellKind::Date:
        return u"DATE"_s;
    case CellKind::Time:
        return withFraction("TIME"_L1, type.fraction);
    case CellKind::Timestamp:
        return withFraction("TIMESTAMP"_L1, type.fraction);
    case CellKind::Instant:
        return withFraction("TIMESTAMPTZ"_L1, type.fraction);
    case CellKind::Uuid:
        return u"UUID"_s;
    case CellKind::Json:
        return u"JSON TEXT"_s; // JSON alone would turn the document 1.0 into the number 1
    case CellKind::Exact:
        return type.native.isEmpty() ? QString() : u"TEXT"_s;
    }
    return u"TEXT"_s;
}

} // namespace tidemark
