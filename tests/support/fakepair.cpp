// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakepair.h"

#include <QRegularExpression>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

void applySize(ColumnType &type, int size, int scale)
{
    switch (type.kind) {
    case CellKind::Integer:
    case CellKind::Float:
        type.bytes = size;
        break;
    case CellKind::Decimal:
        type.precision = size;
        type.scale = scale;
        break;
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        type.fraction = size;
        break;
    default:
        type.length = size;
    }
}

ColumnType typeFrom(const QString &word)
{
    static const QRegularExpression pattern(u"^([a-z]+)(?:\\((\\d+)(?:\\.(\\d+))?\\))?$"_s);
    const auto match = pattern.match(word);
    const auto kind = cellKindFromName(match.captured(1));
    if (!kind)
        qFatal("\"%s\" is no kind", qPrintable(word));
    ColumnType type;
    type.kind = *kind;
    type.native = word;
    type.byteOrder = *kind != CellKind::Decimal && *kind != CellKind::Json && *kind != CellKind::Exact;
    if (match.hasCaptured(2))
        applySize(type, match.captured(2).toInt(), match.hasCaptured(3) ? match.captured(3).toInt() : -1);
    return type;
}

void applyWord(TableSchema &schema, Column &column, const QString &word)
{
    if (word == "key"_L1) {
        schema.primaryKey.append(column.name);
        column.nullable = false;
    } else if (word == "not"_L1) {
        column.nullable = false; // "null" follows
    } else if (word == "unique"_L1) {
        schema.indexes.append({schema.name.name + u'_' + column.name, {column.name}, true, false});
    } else if (word == "unsigned"_L1) {
        column.type.isUnsigned = true;
    } else if (word == "nocase"_L1) {
        column.type.caseInsensitive = true;
        column.type.byteOrder = false;
    } else if (word == "padspace"_L1) {
        column.type.padSpace = true;
        column.type.byteOrder = false;
    } else if (word == "unordered"_L1) {
        column.type.byteOrder = false;
    } else if (word == "identity"_L1) {
        column.identity = Identity::ByDefault;
    } else if (word == "generated"_L1) {
        column.generated = true;
    } else if (word == "default"_L1) {
        column.defaultSql = u"NULL"_s;
    } else if (word == "cascade"_L1) {
        schema.foreignKeys.last().onDelete = u"CASCADE"_s;
    } else if (word.contains(u'.')) {
        schema.foreignKeys.append({schema.name.name + u'_' + column.name + u"_fkey"_s,
                                   {column.name},
                                   {{}, word.section(u'.', 0, 0)},
                                   {word.section(u'.', 1)},
                                   true,
                                   u"NO ACTION"_s,
                                   u"NO ACTION"_s});
    } else if (word != "null"_L1 && word != "->"_L1) {
        qFatal("\"%s\" is no word of a column", qPrintable(word));
    }
}

} // namespace

TableSchema fakeTable(const QString &name, const QString &columns)
{
    TableSchema schema;
    schema.name.name = name;
    for (const QString &text : columns.split(u',')) {
        const QStringList words = text.simplified().split(u' ');
        Column column;
        column.name = words.value(0);
        column.type = typeFrom(words.value(1));
        for (const QString &word : words.mid(2))
            applyWord(schema, column, word);
        schema.columns.append(column);
    }
    return schema;
}

Result<std::unique_ptr<Session>> FakeConnector::open(const ConnectionSettings &settings, const OpenOptions &options)
{
    const auto found = m_databases.find(settings.name);
    if (found == m_databases.end())
        return fail(Error{ErrorCode::Unreachable, {}, {}}.with(Fact::Connection, settings.name));
    OpenOptions effective = options;
    effective.writable = options.writable && !settings.readOnly;
    return found->second->open(effective);
}

FakePair::FakePair()
{
    connector.add(u"source"_s, source);
    connector.add(u"target"_s, target);
}

ConnectionSettings FakePair::connection(const QString &name)
{
    ConnectionSettings settings;
    settings.name = name;
    settings.database = name;
    return settings;
}

std::unique_ptr<Session> FakePair::open(const QString &side, Cancellation *cancellation)
{
    auto session = connector.open(connection(side), {true, cancellation});
    return session ? std::move(*session) : nullptr;
}

void FakePair::makeTable(const QString &name, const QString &columns)
{
    source.createTable(fakeTable(name, columns));
    target.createTable(fakeTable(name, columns));
}

void FakePair::resetCounters()
{
    source.resetCounters();
    target.resetCounters();
}

} // namespace tidemark
