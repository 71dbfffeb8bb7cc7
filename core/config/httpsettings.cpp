// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/httpsettings.h"

#include <QRegularExpression>
#include <QUrl>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostDecimalDigits = 1000;

struct PlainType
{
    QLatin1StringView name;
    CellKind kind;
};
constexpr PlainType plainTypes[]{
    {"integer"_L1, CellKind::Integer}, {"decimal"_L1, CellKind::Decimal},   {"float"_L1, CellKind::Float},
    {"boolean"_L1, CellKind::Boolean}, {"text"_L1, CellKind::Text},         {"date"_L1, CellKind::Date},
    {"time"_L1, CellKind::Time},       {"timestamp"_L1, CellKind::Instant}, {"datetime"_L1, CellKind::Timestamp},
    {"uuid"_L1, CellKind::Uuid},       {"json"_L1, CellKind::Json}};

ColumnType typeOf(CellKind kind)
{
    ColumnType type;
    type.kind = kind;
    type.byteOrder = true; // records are delivered in the canonical order of their keys
    return type;
}

} // namespace

std::optional<ColumnType> httpColumnType(const QString &text)
{
    for (const PlainType &plain : plainTypes) {
        if (text == plain.name) {
            ColumnType type = typeOf(plain.kind);
            type.native = text;
            return type;
        }
    }
    static const QRegularExpression sized(u"^(?:decimal\\((\\d{1,4})(?:,(\\d{1,4}))?\\)|text\\((\\d{1,9})\\))$"_s);
    const auto match = sized.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    ColumnType type = typeOf(match.hasCaptured(3) ? CellKind::Text : CellKind::Decimal);
    type.native = text;
    if (match.hasCaptured(3)) {
        type.length = match.captured(3).toLongLong();
        return type.length > 0 ? std::optional(type) : std::nullopt;
    }
    type.precision = match.captured(1).toInt();
    type.scale = match.hasCaptured(2) ? match.captured(2).toInt() : 0;
    const bool isSound = type.precision >= 1 && type.precision <= mostDecimalDigits && type.scale <= type.precision;
    return isSound ? std::optional(type) : std::nullopt;
}

QString httpTypeName(const ColumnType &type)
{
    if (type.kind == CellKind::Decimal && type.precision >= 0)
        return u"decimal(%1,%2)"_s.arg(type.precision).arg(type.scale);
    if (type.kind == CellKind::Text && type.length >= 0)
        return u"text(%1)"_s.arg(type.length);
    for (const PlainType &plain : plainTypes) {
        if (plain.kind == type.kind)
            return plain.name;
    }
    return u"text"_s;
}

const HttpResource *HttpSettings::resource(QStringView name) const
{
    for (const HttpResource &resource : resources) {
        if (resource.name == name)
            return &resource;
    }
    return nullptr;
}

QString HttpSettings::origin() const
{
    const QUrl whole(url);
    QUrl origin;
    origin.setScheme(whole.scheme());
    origin.setHost(whole.host());
    const int own = whole.scheme() == "https"_L1 ? 443 : 80;
    if (whole.port(own) != own)
        origin.setPort(whole.port());
    return origin.toString(QUrl::FullyEncoded);
}

} // namespace tidemark
