// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace tidemark {

namespace {

// "NoSuchTable" → "no-such-table": the enumerator is the single source of a name.
QString kebab(QLatin1StringView name)
{
    QString result;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z' && !result.isEmpty())
            result += u'-';
        result += QChar::fromLatin1(c).toLower();
    }
    return result;
}

#define CASE(name)                                                                                                     \
    case ErrorCode::name:                                                                                              \
        return QLatin1StringView(#name)

QLatin1StringView enumerator(ErrorCode code)
{
    switch (code) {
        CASE(Usage);
        CASE(NotAvailable);
        CASE(FileNotFound);
        CASE(FileUnreadable);
        CASE(FileUnwritable);
        CASE(IsADirectory);
        CASE(NotJson);
        CASE(UnknownKey);
        CASE(MissingKey);
        CASE(WrongType);
        CASE(WrongValue);
        CASE(DuplicateName);
        CASE(NoSuchConnection);
        CASE(NoSuchJob);
        CASE(PasswordInClear);
        CASE(PasswordExposed);
        CASE(PasswordMissing);
        CASE(WrongPassword);
        CASE(NoSuchDatabase);
        CASE(NotADatabase);
        CASE(DatabaseDamaged);
        CASE(NoRights);
        CASE(ReadOnly);
        CASE(TlsName);
        CASE(TlsUntrusted);
        CASE(TlsUnavailable);
        CASE(KeychainUnavailable);
        CASE(SshHostKey);
        CASE(SshAuth);
        CASE(SshForwardRefused);
        CASE(SshUnavailable);
        CASE(ServerTooOld);
        CASE(NoSuchTable);
        CASE(NoSuchColumn);
        CASE(AmbiguousName);
        CASE(NothingMatched);
        CASE(NoKey);
        CASE(KeyNotUnique);
        CASE(KeyUnusable);
        CASE(TypesIncompatible);
        CASE(WhereInvalid);
        CASE(SameTable);
        CASE(NonTransactional);
        CASE(RowSecurity);
        CASE(SchemaChanged);
        CASE(PlanOutdated);
        CASE(WorkspaceNewer);
        CASE(Untrusted);
        CASE(NoSuchRun);
        CASE(UndoneAlready);
        CASE(UndoMissing);
        CASE(UndoOutdated);
        CASE(UndoLoadChanged);
        CASE(ProtocolUnknown);
        CASE(SqlRefused);
        CASE(RequestRefused);
        CASE(AnswerTooLarge);
        CASE(ValueNotKept);
        CASE(ValueTooLong);
        CASE(ValueOutOfRange);
        CASE(NotNullViolated);
        CASE(CheckViolated);
        CASE(ForeignKeyViolated);
        CASE(UniqueViolated);
        CASE(KeyCollision);
        CASE(HostNotFound);
        CASE(Unreachable);
        CASE(SshUnreachable);
        CASE(Timeout);
        CASE(ConnectionLost);
        CASE(ServerClosing);
        CASE(TooManyConnections);
        CASE(Deadlock);
        CASE(SerializationFailure);
        CASE(LockTimeout);
        CASE(DiskFull);
        CASE(InputOutput);
        CASE(LockLost);
        CASE(BrokenStream);
        CASE(RateLimited);
        CASE(ServiceFailed);
        CASE(PageUnusable);
        CASE(Interrupted);
        CASE(CommitInDoubt);
        CASE(KeychainLocked);
        CASE(CommandFailed);
        CASE(WebHookRefused);
        CASE(Busy);
        CASE(Cancelled);
        CASE(Internal);
    }
    return {};
}
#undef CASE

#define CASE(name)                                                                                                     \
    case Fact::name:                                                                                                   \
        return QLatin1StringView(#name)

QLatin1StringView enumerator(Fact fact)
{
    switch (fact) {
        CASE(Connection);
        CASE(Driver);
        CASE(Host);
        CASE(Port);
        CASE(User);
        CASE(Database);
        CASE(File);
        CASE(JsonPath);
        CASE(Line);
        CASE(Expected);
        CASE(Found);
        CASE(Table);
        CASE(Column);
        CASE(Key);
        CASE(Constraint);
        CASE(Value);
        CASE(Type);
        CASE(Limit);
        CASE(Count);
        CASE(Option);
        CASE(Command);
        CASE(Job);
        CASE(Keychain);
        CASE(Ssh);
        CASE(Run);
        CASE(Sql);
        CASE(Url);
        CASE(Page);
        CASE(Record);
    }
    return {};
}
#undef CASE

} // namespace

bool Error::isTransient() const { return code >= ErrorCode::HostNotFound && code <= ErrorCode::CommitInDoubt; }

bool Error::isRowFault() const { return code >= ErrorCode::ValueNotKept && code <= ErrorCode::KeyCollision; }

bool Error::endsSession() const
{
    switch (code) {
    case ErrorCode::ConnectionLost:
    case ErrorCode::Timeout:
    case ErrorCode::Cancelled:
    case ErrorCode::CommitInDoubt:
    case ErrorCode::ServerClosing:
    case ErrorCode::BrokenStream:
        return true;
    default:
        return false;
    }
}

QString codeName(ErrorCode code) { return kebab(enumerator(code)); }

int exitCode(ErrorCode code)
{
    if (code == ErrorCode::Cancelled)
        return 3;
    if (code == ErrorCode::Busy)
        return 5;
    if (code >= ErrorCode::HostNotFound)
        return 2;
    return code >= ErrorCode::ValueNotKept ? 1 : 4;
}

QString factName(Fact fact)
{
    QString name = enumerator(fact);
    if (!name.isEmpty())
        name[0] = name[0].toLower();
    return name;
}

} // namespace tidemark
