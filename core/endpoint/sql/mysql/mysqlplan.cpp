// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that a job creates here.
#include <algorithm>

#include "core/endpoint/sql/mysql/mysqlsession.h"
#include "core/endpoint/sql/mysql/mysqltypes.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr int indexBytes = 3072; // of an InnoDB index with ROW_FORMAT=DYNAMIC
constexpr qint64 rowBytes = 60'000; // of 65,535 that all columns but long ones may declare together
constexpr int longestInline = 1000; // characters: beyond, a text is a LONGTEXT
constexpr int maxPrecision = 65;
constexpr int maxScale = 30;

// Types of a source of another engine, in this dialect. Texts compare byte by byte, spaces at the end included, so that
// what is unequal there does not collide here. An Instant becomes TIMESTAMP, not DATETIME: it stays an instant for
// whoever reads it later; what lies beyond TIMESTAMP's range (1970 to 2038, to 2106 from MariaDB 11.5) is refused row
// by row, never shifted.
class TypePlanner
{
public:
    TypePlanner(const TableSchema &source, QStringList key, bool isMariaDb, bool hasUuid);

    Result<QString> typeOf(const Column &column);

private:
    QString textType(const ColumnType &type, bool isKey);
    QString blobType(const ColumnType &type, bool isKey);
    bool takeInline(qint64 bytes);
    static int keyBytes(const ColumnType &type);

    QStringList m_key;
    bool m_mariaDb;
    bool m_hasUuid;
    bool m_keepNative;
    qint64 m_inlineLeft = rowBytes;
    int m_keyTextBytes = 0; // what each text or binary of the key may take of the index
};

TypePlanner::TypePlanner(const TableSchema &source, QStringList key, bool isMariaDb, bool hasUuid)
    : m_key(std::move(key)), m_mariaDb(isMariaDb), m_hasUuid(hasUuid),
      m_keepNative(!source.engine.isEmpty()) // only MySQL and MariaDB name one
{
    int left = indexBytes;
    int texts = 0;
    for (const Column &column : source.columns) {
        if (!m_key.contains(column.name))
            continue;
        const int bytes = keyBytes(column.type);
        bytes == 0 ? ++texts : left -= bytes;
    }
    m_keyTextBytes = texts > 0 ? std::max(left, 0) / texts : 0;
}

int TypePlanner::keyBytes(const ColumnType &type) // 0: as many as there are
{
    switch (type.kind) {
    case CellKind::Text:
    case CellKind::Blob:
    case CellKind::Json:
    case CellKind::Exact:
        return 0;
    case CellKind::Decimal:
        return 32;
    case CellKind::Uuid:
        return 144; // CHAR(36) at most
    default:
        return 8;
    }
}

bool TypePlanner::takeInline(qint64 bytes)
{
    if (bytes > m_inlineLeft)
        return false;
    m_inlineLeft -= bytes;
    return true;
}

QString TypePlanner::textType(const ColumnType &type, bool isKey)
{
    const QString collation = m_mariaDb ? u" CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"_s
                                        : u" CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin"_s;
    const int longestKey = std::min(m_keyTextBytes / 4, 700);
    if (isKey) {
        const qint64 length = type.length > 0 ? std::min<qint64>(type.length, longestKey) : longestKey;
        takeInline(length * 4);
        return u"VARCHAR(%1)"_s.arg(length) + collation;
    }
    if (type.length > 0 && type.length <= longestInline && takeInline(type.length * 4))
        return u"VARCHAR(%1)"_s.arg(type.length) + collation;
    return u"LONGTEXT"_s + collation;
}

QString TypePlanner::blobType(const ColumnType &type, bool isKey)
{
    if (isKey) {
        const qint64 length = type.length > 0 ? std::min<qint64>(type.length, m_keyTextBytes) : m_keyTextBytes;
        takeInline(length);
        return u"VARBINARY(%1)"_s.arg(length);
    }
    if (type.length > 0 && type.length <= longestInline && takeInline(type.length))
        return u"VARBINARY(%1)"_s.arg(type.length);
    return u"LONGBLOB"_s;
}

QString integerType(const ColumnType &type)
{
    static const QHash<int, QString> names{
        {1, u"TINYINT"_s}, {2, u"SMALLINT"_s}, {3, u"MEDIUMINT"_s}, {4, u"INT"_s}, {8, u"BIGINT"_s}};
    QString name = names.value(type.bytes, u"BIGINT"_s);
    if (type.isBoolean01)
        name += "(1)"_L1;
    return type.isUnsigned ? name + " UNSIGNED"_L1 : name;
}

// A number without limits gets all the digits there are; values with more are refused row by row.
QString decimalType(const ColumnType &type)
{
    if (type.precision < 0)
        return u"DECIMAL(65,30)"_s;
    const int scale = std::clamp(type.scale, 0, maxScale);
    const int whole =
        type.precision - std::min(type.scale, type.precision); // a negative scale adds digits before the point
    return u"DECIMAL(%1,%2)"_s.arg(std::clamp(whole + scale, 1, maxPrecision)).arg(scale);
}

QString withFraction(const QString &name, const ColumnType &type)
{
    const int fraction = std::clamp(type.fraction, 0, 6);
    return fraction > 0 ? name + u"(%1)"_s.arg(fraction) : name;
}

Result<QString> TypePlanner::typeOf(const Column &column)
{
    const ColumnType &type = column.type;
    const bool isKey = m_key.contains(column.name);
    if (m_keepNative) {
        if (type.native == "uuid"_L1 && !m_hasUuid)
            return u"CHAR(36)"_s;
        const QString collation =
            type.collation.isEmpty() || type.kind == CellKind::Json ? QString() : " COLLATE "_L1 + type.collation;
        return (type.kind == CellKind::Json ? u"JSON"_s : type.native) + collation;
    }
    switch (type.kind) {
    case CellKind::Boolean:
        return u"TINYINT(1)"_s;
    case CellKind::Integer:
        return integerType(type);
    case CellKind::Decimal:
        return decimalType(type);
    case CellKind::Float:
        return type.bytes == 4 ? u"FLOAT"_s : u"DOUBLE"_s;
    case CellKind::Text:
    case CellKind::Exact:
        return textType(type, isKey);
    case CellKind::Blob:
        return blobType(type, isKey);
    case CellKind::Date:
        return u"DATE"_s;
    case CellKind::Time:
        return withFraction(u"TIME"_s, type);
    case CellKind::Timestamp:
        return withFraction(u"DATETIME"_s, type);
    case CellKind::Instant:
        return withFraction(u"TIMESTAMP"_s, type);
    case CellKind::Uuid:
        return m_hasUuid ? u"UUID"_s : u"CHAR(36) CHARACTER SET ascii COLLATE ascii_bin"_s;
    case CellKind::Json:
        if (isKey)
            break;
        return u"JSON"_s;
    }
    return fail(
        Error{ErrorCode::TypesIncompatible, {}, {}}.with(Fact::Column, column.name).with(Fact::Type, type.native));
}

QStringList keyOf(const TableSchema &source)
{
    if (!source.primaryKey.isEmpty())
        return source.primaryKey;
    for (const Index &index : source.indexes) {
        const bool usable = index.unique && !index.partial && !index.columns.isEmpty()
            && std::all_of(index.columns.begin(), index.columns.end(), [&](const QString &name) {
                                const int at = source.columnIndex(name);
                                return at >= 0 && !source.columns[at].nullable;
                            });
        if (usable)
            return index.columns;
    }
    return {};
}

// What describe() will say of a type that was written here.
ColumnType plannedType(const QString &native, const ColumnType &source)
{
    NativeColumn column;
    const qsizetype charset = native.indexOf(" CHARACTER SET "_L1);
    const qsizetype collate = native.indexOf(" COLLATE "_L1);
    const qsizetype end = std::min(charset < 0 ? native.size() : charset, collate < 0 ? native.size() : collate);
    const QString bare = native.left(end);
    column.columnType = membersOf(bare).isEmpty() ? bare.toLower() : bare;
    column.dataType = column.columnType.section(u'(', 0, 0).section(u' ', 0, 0);
    column.collation = collate < 0 ? QString() : native.mid(collate + 9);
    column.charset = column.collation.section(u'_', 0, 0);
    const QStringList numbers = bare.section(u'(', 1).section(u')', 0, 0).split(u',');
    const int first = numbers.first().toInt();
    if (column.dataType == "decimal"_L1) {
        column.precision = first;
        column.scale = numbers.value(1).toInt();
    } else if (column.dataType.endsWith("char"_L1) || column.dataType.endsWith("binary"_L1)) {
        column.length = first;
    } else {
        column.fraction = first;
    }
    if (column.dataType == "double"_L1 || column.dataType == "float"_L1)
        column.scale = source.scale;
    ColumnType type = columnType(column);
    type.native = native; // with its collation: createTableSql writes it
    return type;
}

} // namespace

Result<TableSchema> MysqlSession::planTable(const TableSchema &source, const TableName &name)
{
    TableSchema planned;
    planned.name = name;
    planned.engine = u"InnoDB"_s;
    planned.primaryKey = keyOf(source);
    TypePlanner planner(source, planned.primaryKey, m_link->isMariaDb(), m_hasUuid);
    for (const Column &column : source.columns) {
        TRY_ASSIGN(const QString native, planner.typeOf(column));
        Column made;
        made.name = column.name;
        made.nullable = column.nullable && !planned.primaryKey.contains(column.name);
        made.type = plannedType(native, column.type);
        // Only the first column of an index may count up, and only a number.
        if (column.identity != Identity::None && made.type.kind == CellKind::Integer && !planned.primaryKey.isEmpty()
            && planned.primaryKey.first() == column.name)
            made.identity = Identity::ByDefault;
        planned.columns.append(made);
    }
    return planned;
}

QStringList MysqlSession::createTableSql(const TableSchema &planned)
{
    QStringList lines;
    for (const Column &column : planned.columns) {
        QString line =
            m_dialect.quote(column.name) + u' ' + column.type.native + (column.nullable ? " NULL"_L1 : " NOT NULL"_L1);
        if (column.identity != Identity::None)
            line += " AUTO_INCREMENT"_L1;
        // Said aloud: the first TIMESTAMP of a table would get DEFAULT and ON UPDATE of its own on some servers.
        if (column.type.kind == CellKind::Instant)
            line += column.nullable ? u" DEFAULT NULL"_s
                                    : u" DEFAULT CURRENT_TIMESTAMP"_s
                    + (column.type.fraction > 0 ? u"(%1)"_s.arg(column.type.fraction) : QString());
        lines.append(line);
    }
    QStringList key;
    for (const QString &name : planned.primaryKey)
        key.append(m_dialect.quote(name));
    if (!key.isEmpty())
        lines.append(u"PRIMARY KEY ("_s + key.join(", "_L1) + u')');
    return {u"CREATE TABLE "_s + m_dialect.table(planned.name) + " (\n    "_L1 + lines.join(",\n    "_L1)
            + "\n) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE "_L1
            + (m_link->isMariaDb() ? "utf8mb4_nopad_bin"_L1 : "utf8mb4_0900_bin"_L1)};
}

Result<void> MysqlSession::createTable(const TableSchema &planned)
{
    if (!m_writable)
        return fail(Error{ErrorCode::ReadOnly, {}, {}}.with(Fact::Table, planned.name.display()));
    for (const QString &sql : createTableSql(planned))
        if (auto created = execute(sql); !created)
            return fail(std::move(created).error().with(Fact::Table, planned.name.display()).with(Fact::Sql, sql));
    return {};
}

} // namespace tidemark::mysql
