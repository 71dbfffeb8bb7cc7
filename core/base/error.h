// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

namespace tidemark {

// What went wrong. The name of a code (codeName) is part of the JSON contract: add, never rename.
enum class ErrorCode : quint8 {
    // Nothing changes until a person edits something (exit 4).
    Usage, // command line
    NotAvailable, // known, and not in this version
    FileNotFound,
    FileUnreadable,
    FileUnwritable,
    IsADirectory,
    NotJson,
    UnknownKey,
    MissingKey,
    WrongType,
    WrongValue,
    DuplicateName,
    NoSuchConnection,
    NoSuchJob,
    PasswordInClear,
    PasswordExposed, // a password file that others may read
    PasswordMissing,
    WrongPassword,
    NoSuchDatabase,
    NotADatabase, // a file that is not SQLite
    DatabaseDamaged,
    NoRights,
    ReadOnly,
    TlsName,
    TlsUntrusted,
    TlsUnavailable,
    KeychainUnavailable, // there is none
    SshHostKey, // unknown, or another one than before
    SshAuth,
    SshForwardRefused, // the SSH server does not let through to the database
    SshUnavailable, // no ssh program, or one that refuses its own configuration
    ServerTooOld,
    NoSuchTable,
    NoSuchColumn,
    AmbiguousName,
    NothingMatched,
    NoKey,
    KeyNotUnique,
    KeyUnusable, // NULL in a key, or a key cell that cannot be read
    TypesIncompatible,
    WhereInvalid,
    SameTable,
    NonTransactional,
    RowSecurity, // rows are hidden: a read proves nothing
    SchemaChanged, // under a run
    PlanOutdated, // plan of another mapping or schema
    WorkspaceNewer,
    Untrusted,
    NoSuchRun,
    UndoneAlready,
    UndoMissing, // of that run nothing was kept, or no longer
    UndoOutdated, // the job or a table's columns are others than when the run wrote
    UndoLoadChanged, // a table that the run filled holds something else by now
    ProtocolUnknown, // the server speaks something else
    SqlRefused, // the server refused a statement of ours
    RequestRefused, // by a web service, with an HTTP status that asking again does not change
    AnswerTooLarge, // of a web service: more than the connection allows
    // A row's own fault: it is set aside (exit 1), the rest goes on.
    ValueNotKept, // cannot be represented exactly
    ValueTooLong,
    ValueOutOfRange,
    NotNullViolated,
    CheckViolated,
    ForeignKeyViolated,
    UniqueViolated,
    KeyCollision,
    // Could succeed later (exit 2).
    HostNotFound,
    Unreachable,
    SshUnreachable,
    Timeout,
    ConnectionLost,
    ServerClosing,
    TooManyConnections,
    Deadlock,
    SerializationFailure,
    LockTimeout,
    DiskFull,
    InputOutput,
    LockLost, // of the job: another run may be under way
    BrokenStream, // a result that ended without the protocol saying so
    RateLimited, // by a web service, for longer than we wait
    ServiceFailed, // a web service says that it cannot answer just now
    PageUnusable, // an answer that nothing may be concluded from; Found: why
    Interrupted, // the program ended before its run did
    CommitInDoubt, // the answer to COMMIT was lost
    // Could succeed later, but not by trying again: a person has to do something first (exit 2).
    KeychainLocked,
    // What follows a run (afterRun) did not do its part; the run's own state stays as it is.
    CommandFailed,
    WebHookRefused, // an answer, but not that it was taken
    // The whole run.
    Busy, // exit 5
    Cancelled, // exit 3
    Internal, // a fault of ours (exit 2)
};

// Typed facts of an error; the wording room turns code and facts into a sentence.
enum class Fact : quint8 {
    Connection,
    Driver,
    Host,
    Port,
    User,
    Database,
    File,
    JsonPath,
    Line,
    Expected,
    Found,
    Table,
    Column,
    Key,
    Constraint,
    Value,
    Type,
    Limit,
    Count,
    Option,
    Command,
    Job,
    Keychain, // the key of an entry
    Ssh, // user@host:port of an SSH server
    Run,
    Sql,
    Url, // without its query
    Page, // of a resource, from 1
    Record, // of what was read, from 1
};

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QMap<Fact, QString> facts;
    QString detail; // the server's or system's own words, untranslated; never a secret

    Error &with(Fact fact, const QString &text) &
    {
        facts.insert(fact, text);
        return *this;
    }
    Error &&with(Fact fact, const QString &text) &&
    {
        facts.insert(fact, text);
        return std::move(*this);
    }
    bool isTransient() const; // worth retrying without an edit: exit class 2, but not Internal
    bool isRowFault() const; // ValueNotKept … KeyCollision
    bool endsSession() const; // the connection is gone with it: only a session's destructor may follow
    bool operator==(const Error &) const = default;
};

QString codeName(ErrorCode code); // "no-such-table"
int exitCode(ErrorCode code); // 1 … 5 as in the table of exit codes
QString factName(Fact fact); // "jsonPath"

} // namespace tidemark
