// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/fileformat.h"

#include <QFile>

#include <xxhash.h>

namespace tidemark {

namespace {

Error notOurs(const SqliteFile &file)
{
    return Error{ErrorCode::DatabaseDamaged, {}, QStringLiteral("unexpected application id")}.with(Fact::File,
                                                                                                   file.path());
}

Error newer(const SqliteFile &file, qint64 found, qint64 known)
{
    return Error{ErrorCode::WorkspaceNewer, {}, {}}
        .with(Fact::File, file.path())
        .with(Fact::Found, QString::number(found))
        .with(Fact::Expected, QString::number(known));
}

// Through a second connection, because this one is inside the transaction that keeps writers out.
Result<void> backUp(const SqliteFile &file, qint64 format)
{
    const QString copy = file.path() + QStringLiteral(".format-") + QString::number(format);
    QFile::remove(copy); // of an upgrade that did not end
    TRY(SqliteFile::open(copy, SqliteFile::Access::CreateNew));
    TRY_ASSIGN(const auto reader, SqliteFile::open(file.path(), SqliteFile::Access::Existing));
    TRY_ASSIGN(SqliteQuery statement, reader->query("VACUUM INTO ?1"));
    return statement.bind(copy).run();
}

QByteArray pragma(const char *name, qint64 value)
{
    return QByteArrayLiteral("PRAGMA ") + name + " = " + QByteArray::number(value);
}

} // namespace

Result<void> bringToFormat(SqliteFile &file, qint64 applicationId, std::span<const char *const> steps)
{
    const auto known = static_cast<qint64>(steps.size());
    const auto format = [&]() -> Result<qint64> {
        TRY_ASSIGN(const qint64 found, file.integer("PRAGMA user_version"));
        if (found > known)
            return fail(newer(file, found, known));
        TRY_ASSIGN(const qint64 id, file.integer("PRAGMA application_id"));
        TRY_ASSIGN(const qint64 objects, file.integer("SELECT count(*) FROM sqlite_schema"));
        if (id != applicationId && !(id == 0 && found == 0 && objects == 0))
            return fail(notOurs(file));
        return found;
    };
    TRY_ASSIGN(const qint64 before, format());
    if (before == known)
        return {};
    TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(file));
    TRY_ASSIGN(const qint64 locked, format()); // another program may have done it meanwhile
    if (locked > 0 && locked < known)
        TRY(backUp(file, locked));
    for (qint64 step = locked; step < known; ++step)
        TRY(file.execute(steps[static_cast<size_t>(step)]));
    TRY(file.execute(pragma("application_id", applicationId).constData()));
    TRY(file.execute(pragma("user_version", known).constData()));
    return transaction.commit();
}

namespace {

XXH3_state_t *stateOf(void *pointer) { return static_cast<XXH3_state_t *>(pointer); }

} // namespace

RecordChecksum::RecordChecksum() : m_state(XXH3_createState()) { restart(); }

RecordChecksum::~RecordChecksum() { XXH3_freeState(stateOf(m_state)); }

void RecordChecksum::restart() { XXH3_64bits_reset(stateOf(m_state)); }

RecordChecksum &RecordChecksum::add(std::string_view bytes)
{
    add(static_cast<qint64>(bytes.size()));
    XXH3_64bits_update(stateOf(m_state), bytes.data(), bytes.size());
    return *this;
}

RecordChecksum &RecordChecksum::add(qint64 number)
{
    const auto bits = static_cast<quint64>(number);
    unsigned char bytes[sizeof(bits)];
    for (size_t i = 0; i < sizeof(bits); ++i)
        bytes[i] = static_cast<unsigned char>(bits >> (8 * i));
    XXH3_64bits_update(stateOf(m_state), bytes, sizeof(bytes));
    return *this;
}

qint64 RecordChecksum::value() const { return static_cast<qint64>(XXH3_64bits_digest(stateOf(m_state))); }

} // namespace tidemark
