// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqliteerror.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

ErrorCode constraintCode(int extendedCode)
{
    switch (extendedCode) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return ErrorCode::UniqueViolated;
    case SQLITE_CONSTRAINT_NOTNULL:
        return ErrorCode::NotNullViolated;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return ErrorCode::ForeignKeyViolated;
    case SQLITE_CONSTRAINT_DATATYPE:
        return ErrorCode::ValueNotKept;
    default: // CHECK, and RAISE(…) in a trigger
        return ErrorCode::CheckViolated;
    }
}

ErrorCode readOnlyCode(int extendedCode)
{
    return extendedCode == SQLITE_READONLY_DBMOVED ? ErrorCode::InputOutput : ErrorCode::ReadOnly;
}

ErrorCode statementCode(const QString &message)
{
    if (message.startsWith("no such table"_L1))
        return ErrorCode::NoSuchTable;
    if (message.startsWith("no such column"_L1) || message.contains(" has no column named "_L1))
        return ErrorCode::NoSuchColumn;
    return ErrorCode::SqlRefused;
}

ErrorCode codeOf(sqlite3 *db, int extendedCode, const QString &message)
{
    switch (extendedCode & 0xff) {
    case SQLITE_ERROR:
        return statementCode(message);
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ErrorCode::NoRights;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return ErrorCode::LockTimeout;
    case SQLITE_READONLY:
        return readOnlyCode(extendedCode);
    case SQLITE_INTERRUPT:
        return ErrorCode::Cancelled;
    case SQLITE_IOERR:
        return ErrorCode::InputOutput;
    case SQLITE_CORRUPT:
        return ErrorCode::DatabaseDamaged;
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_CANTOPEN: // in a writable session it is the journal that could not be made
        return sqlite3_db_readonly(db, "main") == 0 ? ErrorCode::FileUnwritable : ErrorCode::FileUnreadable;
    case SQLITE_SCHEMA:
        return ErrorCode::SchemaChanged;
    case SQLITE_TOOBIG:
        return ErrorCode::ValueTooLong;
    case SQLITE_CONSTRAINT:
        return constraintCode(extendedCode);
    case SQLITE_MISMATCH:
        return ErrorCode::ValueNotKept;
    case SQLITE_NOTADB:
        return ErrorCode::NotADatabase;
    default:
        return ErrorCode::Internal;
    }
}

// "UNIQUE constraint failed: t.a, t.b", "NOT NULL constraint failed: t.a", "CHECK constraint failed: name"
void addNames(Error &error, const QString &message)
{
    constexpr auto marker = " constraint failed: "_L1;
    constexpr auto columnMarker = " column "_L1; // of a STRICT table: "cannot store TEXT value in INTEGER column t.a"
    const qsizetype at = message.indexOf(marker);
    if (const qsizetype column = message.indexOf(columnMarker);
        at < 0 && error.code == ErrorCode::ValueNotKept && column >= 0)
        error.with(Fact::Column, message.mid(message.indexOf(u'.', column) + 1));
    if (at < 0)
        return;
    const QString names = message.mid(at + marker.size());
    const qsizetype dot = names.lastIndexOf(u'.');
    if (error.code == ErrorCode::NotNullViolated && dot > 0)
        error.with(Fact::Table, names.left(dot)).with(Fact::Column, names.mid(dot + 1));
    else
        error.with(Fact::Constraint, names);
}

} // namespace

Error sqliteError(sqlite3 *db, int extendedCode)
{
    const bool isLast = db != nullptr && sqlite3_extended_errcode(db) == extendedCode;
    const QString message = QString::fromUtf8(isLast ? sqlite3_errmsg(db) : sqlite3_errstr(extendedCode));
    Error error{codeOf(db, extendedCode, message), {}, message};
    addNames(error, message);
    return error;
}

} // namespace tidemark
