// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sqlliteral.h"

#include <cmath>
#include <limits>

#include "core/data/celldecoder.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

QString hexOf(CellView cell)
{
    return QString::fromLatin1(QByteArray(cell.bytes.data(), static_cast<qsizetype>(cell.bytes.size())).toHex());
}

QString binary(Driver driver, CellView cell)
{
    return driver == Driver::Postgres ? QString(u"'\\x"_s + hexOf(cell) + u"'::bytea"_s)
                                      : QString(u"X'"_s + hexOf(cell) + u'\'');
}

Error notKept(const CellType &type, const QString &text)
{
    return Error{ErrorCode::ValueNotKept, {}, {}}.with(Fact::Value, text).with(Fact::Type, cellKindName(type.kind));
}

Result<QString> text(Driver driver, const Dialect &dialect, const CellType &type, CellView cell)
{
    const QString text = cell::text(type, cell);
    if (!text.contains(QChar(u'\0')))
        return dialect.literal(text);
    // A text with U+0000 in it ends early as a literal.
    if (driver == Driver::Postgres)
        return fail(notKept(type, text));
    return driver == Driver::Sqlite ? QString(u"CAST(X'"_s + hexOf(cell) + u"' AS TEXT)"_s) : dialect.literal(text);
}

Result<QString> real(Driver driver, const CellType &type, CellView cell)
{
    const double value = cell::real(cell);
    const QString text = cell::text(type, cell);
    if (std::isfinite(value))
        return driver == Driver::Postgres ? QString(u'\'' + text + u"'::float8"_s) : text;
    if (driver == Driver::Postgres)
        return QString(u'\'' + text + u"'::float8"_s);
    if (driver == Driver::Sqlite && std::isinf(value))
        return value > 0 ? u"9e999"_s : u"-9e999"_s;
    return fail(notKept(type, text));
}

Result<QString> decimal(Driver driver, const CellType &type, CellView cell)
{
    const QString text = cell::text(type, cell);
    const bool isNumber = text != "NaN"_L1 && !text.endsWith("Infinity"_L1);
    if (driver == Driver::Postgres)
        return isNumber ? text : QString(u'\'' + text + u"'::numeric"_s);
    if (!isNumber)
        return fail(notKept(type, text));
    // As text, SQLite converts to what the column keeps, and a TEXT column keeps every digit.
    return driver == Driver::Sqlite ? QString(u'\'' + text + u'\'') : text;
}

// Dates and times: ISO text, which every engine reads.
Result<QString> time(Driver driver, const CellType &type, CellView cell)
{
    QString text = cell::text(type, cell);
    const bool isEndless = type.kind == CellKind::Date
        ? std::abs(static_cast<double>(cell::date(cell))) > 2147483646.0
        : (type.kind != CellKind::Time
           && (cell::microseconds(cell) == std::numeric_limits<qint64>::max()
               || cell::microseconds(cell) == std::numeric_limits<qint64>::min()));
    if (isEndless && driver != Driver::Postgres)
        return fail(notKept(type, text));
    // The script's session is in UTC; these engines know no offset in a literal.
    if (driver == Driver::Mysql && type.kind == CellKind::Instant && text.endsWith("+00:00"_L1))
        text.chop(6);
    return QString(u'\'' + text + u'\'');
}

} // namespace

Result<QString> sqlLiteral(Driver driver, const Dialect &dialect, const CellType &type, CellView cell)
{
    if (cell.isNull)
        return u"NULL"_s;
    switch (type.kind) {
    case CellKind::Boolean:
        if (driver == Driver::Postgres)
            return cell::boolean(cell) ? u"TRUE"_s : u"FALSE"_s;
        return cell::boolean(cell) ? u"1"_s : u"0"_s;
    case CellKind::Integer:
        return cell::text(type, cell);
    case CellKind::Decimal:
        return decimal(driver, type, cell);
    case CellKind::Float:
        return real(driver, type, cell);
    case CellKind::Text:
    case CellKind::Json:
    case CellKind::Exact:
        return text(driver, dialect, type, cell);
    case CellKind::Blob:
        return binary(driver, cell);
    case CellKind::Date:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return time(driver, type, cell);
    case CellKind::Uuid:
        return QString(u'\'' + cell::text(type, cell) + u'\'');
    }
    return fail(ErrorCode::Internal);
}

} // namespace tidemark
