// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqltypes.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

int widthOf(const QString &columnType) // the number in "bit(8)"; −1: none
{
    const auto open = columnType.indexOf(u'(');
    const auto close = columnType.indexOf(u')', open);
    bool isNumber = false;
    const int width = open < 0 ? -1 : QStringView(columnType).mid(open + 1, close - open - 1).toInt(&isNumber);
    return isNumber ? width : -1;
}

int integerBytes(const QString &dataType)
{
    static const QHash<QString, int> sizes{{u"tinyint"_s, 1}, {u"smallint"_s, 2}, {u"mediumint"_s, 3},
                                           {u"int"_s, 4},     {u"integer"_s, 4},  {u"bigint"_s, 8}};
    return sizes.value(dataType, 0);
}

// Only where trailing spaces count and code points rule does the server sort as bytes do. latin1_bin sorts as cp1252
// does.
bool sortsAsBytes(const NativeColumn &native)
{
    static const QStringList charsets{u"utf8mb4"_s, u"utf8mb3"_s, u"utf8"_s, u"ascii"_s};
    return charsets.contains(native.charset)
        && (native.collation.endsWith("_nopad_bin"_L1) || native.collation.endsWith("_0900_bin"_L1));
}

bool isNoPad(const QString &collation) { return collation.contains("nopad"_L1) || collation.contains("_0900_"_L1); }

void setText(ColumnType &type, const NativeColumn &native)
{
    type.kind = native.isJson || native.dataType == "json"_L1 ? CellKind::Json : CellKind::Text;
    type.length = native.length;
    if (type.kind == CellKind::Json)
        return;
    type.collation = native.collation;
    type.byteOrder = sortsAsBytes(native);
    type.caseInsensitive = !native.collation.endsWith("_bin"_L1) && !native.collation.endsWith("_cs"_L1);
    type.padSpace = !isNoPad(native.collation);
}

void setTemporal(ColumnType &type, CellKind kind, const NativeColumn &native)
{
    type.kind = kind;
    type.fraction = std::clamp(native.fraction, 0, 6);
    type.byteOrder = true;
}

void setBit(ColumnType &type, const NativeColumn &native)
{
    type.length = std::max(1, widthOf(native.columnType));
    type.kind = type.length == 1 ? CellKind::Boolean : CellKind::Exact;
    type.byteOrder = type.kind == CellKind::Boolean;
}

bool setNumber(ColumnType &type, const NativeColumn &native)
{
    if (const int bytes = integerBytes(native.dataType); bytes > 0) {
        type.kind = CellKind::Integer;
        type.bytes = bytes;
        type.isUnsigned = native.columnType.contains("unsigned"_L1);
        type.isBoolean01 = native.columnType.startsWith("tinyint(1)"_L1) && !type.isUnsigned;
        type.byteOrder = true;
        return true;
    }
    if (native.dataType == "decimal"_L1) {
        type.kind = CellKind::Decimal;
        type.precision = native.precision;
        type.scale = native.scale;
        type.isUnsigned = native.columnType.contains("unsigned"_L1);
        return true;
    }
    if (native.dataType == "float"_L1 || native.dataType == "double"_L1) {
        type.kind = CellKind::Float;
        type.bytes = native.dataType == "float"_L1 ? 4 : 8;
        type.scale = native.scale; // double(10,2): rounded by the server
        type.byteOrder = true;
        return true;
    }
    return false;
}

bool setBytes(ColumnType &type, const NativeColumn &native)
{
    static const QStringList geometries{
        u"geometry"_s,        u"point"_s,        u"linestring"_s,         u"polygon"_s,        u"multipoint"_s,
        u"multilinestring"_s, u"multipolygon"_s, u"geometrycollection"_s, u"geomcollection"_s, u"vector"_s};
    if (!native.dataType.endsWith("blob"_L1) && !native.dataType.endsWith("binary"_L1)
        && !geometries.contains(native.dataType))
        return false;
    type.kind = CellKind::Blob;
    type.length = native.length;
    type.byteOrder = native.dataType.endsWith("binary"_L1);
    return true;
}

} // namespace

ColumnType columnType(const NativeColumn &native)
{
    ColumnType type;
    type.native = native.columnType;
    type.byteOrder = false;
    const QString &name = native.dataType;
    if (setNumber(type, native) || setBytes(type, native))
        return type;
    if (name == "date"_L1)
        setTemporal(type, CellKind::Date, native);
    else if (name == "time"_L1)
        setTemporal(type, CellKind::Time, native);
    else if (name == "datetime"_L1)
        setTemporal(type, CellKind::Timestamp, native);
    else if (name == "timestamp"_L1)
        setTemporal(type, CellKind::Instant, native);
    else if (name == "bit"_L1)
        setBit(type, native);
    else if (name == "uuid"_L1)
        type.kind = CellKind::Uuid; // sorted by swapped groups
    else if (name.endsWith("char"_L1) || name.endsWith("text"_L1) || name == "json"_L1)
        setText(type, native);
    else
        type.kind = CellKind::Exact;
    return type;
}

QStringList membersOf(const QString &columnType)
{
    if (!columnType.startsWith("enum("_L1) && !columnType.startsWith("set("_L1))
        return {};
    QStringList members;
    QString member;
    bool inside = false;
    for (qsizetype i = columnType.indexOf(u'(') + 1; i < columnType.size(); ++i) {
        const QChar c = columnType[i];
        if (c != u'\'') {
            if (inside)
                member += c;
        } else if (inside && i + 1 < columnType.size() && columnType[i + 1] == u'\'') {
            member += c;
            ++i;
        } else {
            if (inside)
                members.append(member);
            member.clear();
            inside = !inside;
        }
    }
    return members;
}

} // namespace tidemark::mysql
