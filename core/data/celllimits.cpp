// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/celllimits.h"

#include <algorithm>

#include "core/data/celldecoder.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView opensEnum("enum("), opensSet("set(");
constexpr qsizetype mostMembers = 5; // of a set whose combinations are listed

// "enum('a','it''s')" → a, it's.
QStringList quotedWords(const QString &native, QLatin1StringView opening)
{
    QStringList words;
    if (!native.startsWith(opening, Qt::CaseInsensitive) || !native.endsWith(u')'))
        return words;
    QString word;
    bool inside = false;
    for (qsizetype i = opening.size(); i < native.size() - 1; ++i) {
        const QChar character = native.at(i);
        if (character != u'\'') {
            if (inside)
                word += character;
        } else if (inside && native.at(i + 1) == u'\'') {
            word += character;
            ++i;
        } else {
            if (inside)
                words += std::exchange(word, {});
            inside = !inside;
        }
    }
    return inside ? QStringList() : words;
}

// "set('a','b')" → '', a, b, "a,b": every combination, as the database writes it. Of many members none: any is taken.
QStringList setWords(const QString &native)
{
    const QStringList members = quotedWords(native, opensSet);
    QStringList words;
    if (members.isEmpty() || members.size() > mostMembers)
        return words;
    for (unsigned bits = 0; bits < 1U << members.size(); ++bits) {
        QStringList chosen;
        for (qsizetype member = 0; member < members.size(); ++member) {
            if ((bits >> member & 1U) != 0)
                chosen += members.at(member);
        }
        words += chosen.join(u',');
    }
    return words;
}

qint64 characters(std::string_view utf8)
{
    return std::count_if(utf8.begin(), utf8.end(),
                         [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
}

// Of a canonical decimal: "-0.5" has none.
int digitsBeforePoint(std::string_view text)
{
    if (text.starts_with('-'))
        text.remove_prefix(1);
    if (text.empty() || text.front() < '0' || text.front() > '9') // NaN, Infinity
        return 0;
    const std::string_view whole = text.substr(0, text.find('.'));
    return whole == "0" ? 0 : static_cast<int>(whole.size());
}

std::optional<Misfit> outOfRange(const CellLimits &limits, CellView cell)
{
    const int bits = limits.bytes * 8;
    const cell::Integer value = cell::integer(cell);
    const quint64 greatest = limits.isUnsigned ? ~quint64{0} >> (64 - bits) : (quint64{1} << (bits - 1)) - 1;
    const qint64 least = limits.isUnsigned ? 0 : -static_cast<qint64>(greatest) - 1;
    if (value.isNegative ? value.toSigned() >= least : value.value <= greatest)
        return {};
    return Misfit{Misfit::Kind::OutOfRange, 0, QString::number(least), QString::number(greatest), {}};
}

} // namespace

CellLimits limitsOf(const Column &column)
{
    const ColumnType &type = column.type;
    CellLimits limits;
    limits.nullable = column.nullable || column.generated;
    if (type.isDynamic) // SQLite keeps what it is given
        return limits;
    limits.words = quotedWords(type.native, opensEnum) + setWords(type.native);
    if (type.kind == CellKind::Text || type.kind == CellKind::Blob)
        limits.length = type.length;
    else if (type.kind == CellKind::Decimal && type.precision > 0)
        limits.digits = std::max(0, type.precision - std::max(0, type.scale));
    else if (type.kind == CellKind::Integer) {
        limits.bytes = type.bytes;
        limits.isUnsigned = type.isUnsigned;
    }
    return limits;
}

std::optional<Misfit> misfitOf(const CellLimits &limits, const CellType &type, CellView cell)
{
    if (cell.isNull)
        return limits.nullable ? std::nullopt : std::optional(Misfit{Misfit::Kind::IsNull, 0, {}, {}, {}});
    const bool isText = type.kind == CellKind::Text || type.kind == CellKind::Exact;
    if (isText && !limits.words.isEmpty() && !limits.words.contains(cell::text(type, cell)))
        return Misfit{Misfit::Kind::OtherWord, 0, {}, {}, limits.words};
    const qint64 length = type.kind == CellKind::Text ? characters(cell.bytes)
        : type.kind == CellKind::Blob                 ? static_cast<qint64>(cell.bytes.size())
                                                      : 0;
    if (limits.length >= 0 && length > limits.length)
        return Misfit{Misfit::Kind::TooLong, limits.length, {}, {}, {}};
    if (type.kind == CellKind::Decimal && limits.digits >= 0 && digitsBeforePoint(cell.bytes) > limits.digits)
        return Misfit{Misfit::Kind::TooManyDigits, limits.digits, {}, {}, {}};
    if (type.kind == CellKind::Integer && limits.bytes > 0)
        return outOfRange(limits, cell);
    return {};
}

} // namespace tidemark
