// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlsession.h"

#include <array>

#include <QUuid>
#include <xxhash.h>

// tidemark_checkpoint, the same for every dialect. The primary key is of short ASCII columns, because MariaDB's indexes
// take no long text: the table pair enters it by its hash, and stands beside it in full. Bytes are kept as hexadecimal
// text, which every database and every dump keeps as it is. The row whose job_id is empty bears the identity token of
// this database in its column "generation".

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::array keyColumns{"job_id"_L1, "pair_key"_L1, "side"_L1};
constexpr std::array valueColumns{"format"_L1,         "table_pair"_L1,  "watermark"_L1,
                                  "mapping_digest"_L1, "read_digest"_L1, "generation"_L1,
                                  "epoch"_L1,          "journal_id"_L1,  "checksum"_L1};
enum ValueColumn : quint8 {
    Format,
    TablePair,
    Mark,
    MappingDigest,
    ReadDigest,
    Generation,
    Epoch,
    JournalId,
    Checksum
};

QString hex(const QByteArray &bytes) { return QString::fromLatin1(bytes.toHex()); }

QString pairKey(const QString &table)
{
    const QByteArray text = table.toUtf8();
    const XXH128_hash_t hash = XXH3_128bits(text.constData(), static_cast<size_t>(text.size()));
    return u"%1%2"_s.arg(hash.high64, 16, 16, QChar(u'0')).arg(hash.low64, 16, 16, QChar(u'0'));
}

QList<SqlValue> keyValues(const CheckpointKey &key) { return {key.jobId, pairKey(key.table), key.side}; }

QString checksumOf(const QStringList &fields)
{
    QByteArray bytes;
    for (const QString &field : fields) {
        const QByteArray text = field.toUtf8();
        bytes += QByteArray::number(text.size()) + ':' + text;
    }
    return u"%1"_s.arg(XXH3_64bits(bytes.constData(), static_cast<size_t>(bytes.size())), 16, 16, QChar(u'0'));
}

// Every column but the checksum, as it is stored; with the key's, so that a row that was copied to another key is bad.
QStringList storedFields(const Checkpoint &checkpoint)
{
    return {QString::number(checkpoint.format), checkpoint.key.table,       hex(checkpoint.watermark),
            hex(checkpoint.mappingDigest),      hex(checkpoint.readDigest), hex(checkpoint.generation),
            QString::number(checkpoint.epoch),  hex(checkpoint.journalId)};
}

QString checksumOf(const Checkpoint &checkpoint)
{
    return checksumOf(QStringList{checkpoint.key.jobId, checkpoint.key.side} + storedFields(checkpoint));
}

QList<SqlValue> valuesOf(const Checkpoint &checkpoint)
{
    QList<SqlValue> values;
    for (const QString &field : storedFields(checkpoint))
        values.append(field);
    values[Format] = qint64(checkpoint.format);
    values[Epoch] = checkpoint.epoch;
    values.append(checksumOf(checkpoint));
    return values;
}

// Nothing where a cell or the checksum is bad: such a record counts as absent.
std::optional<Checkpoint> checkpointOf(const CheckpointKey &key, const SqlRow &row)
{
    for (const auto &cell : row)
        if (!cell)
            return std::nullopt;
    bool formatGood = false;
    bool epochGood = false;
    Checkpoint checkpoint;
    checkpoint.key = key;
    checkpoint.format = row[Format]->toInt(&formatGood);
    checkpoint.watermark = QByteArray::fromHex(*row[Mark]);
    checkpoint.mappingDigest = QByteArray::fromHex(*row[MappingDigest]);
    checkpoint.readDigest = QByteArray::fromHex(*row[ReadDigest]);
    checkpoint.generation = QByteArray::fromHex(*row[Generation]);
    checkpoint.epoch = row[Epoch]->toLongLong(&epochGood);
    checkpoint.journalId = QByteArray::fromHex(*row[JournalId]);
    QStringList stored{key.jobId, key.side};
    for (qsizetype i = 0; i < Checksum; ++i)
        stored.append(QString::fromUtf8(*row[i]));
    if (!formatGood || !epochGood || stored[2 + TablePair] != key.table
        || checksumOf(stored) != QString::fromLatin1(*row[Checksum]))
        return std::nullopt;
    return checkpoint;
}

QString valueList()
{
    QStringList names;
    for (const auto name : valueColumns)
        names.append(name);
    return names.join(", "_L1);
}

} // namespace

QString SqlSession::checkpointWhere(int firstParameter) const
{
    QStringList terms;
    for (const auto name : keyColumns)
        terms.append(name + " = "_L1 + dialect().parameter(firstParameter++));
    return " WHERE "_L1 + terms.join(" AND "_L1);
}

QString SqlSession::checkpointTableSql()
{
    QStringList columns;
    for (const auto name : keyColumns)
        columns.append(name + u' ' + checkpointType(CheckpointType::Key) + " NOT NULL"_L1);
    for (size_t i = 0; i < valueColumns.size(); ++i) {
        const auto type = i == Format || i == Epoch ? CheckpointType::Integer : CheckpointType::Text;
        columns.append(valueColumns[i] + u' ' + checkpointType(type) + " NOT NULL"_L1);
    }
    columns.append(u"PRIMARY KEY (%1, %2, %3)"_s.arg(keyColumns[0], keyColumns[1], keyColumns[2]));
    return u"CREATE TABLE IF NOT EXISTS %1 (\n    %2\n)"_s.arg(dialect().table(checkpointTable()),
                                                               columns.join(",\n    "_L1));
}

Result<bool> SqlSession::hasCheckpointTable() { return tableExists(checkpointTable()); }

Result<void> SqlSession::createCheckpointTable()
{
    if (auto created = execute(checkpointTableSql()); !created) {
        // Two runs may create it at the same time, which IF NOT EXISTS does not settle on every server.
        const auto exists = hasCheckpointTable();
        if (!exists || !*exists)
            return fail(std::move(created).error());
    }
    TRY_ASSIGN(const QByteArray token, identityToken());
    return token.isEmpty() ? insertIdentity() : Result<void>{};
}

Result<void> SqlSession::insertIdentity()
{
    Checkpoint identity;
    identity.key.side.clear();
    identity.generation = QUuid::createUuid().toRfc4122();
    const auto inserted = saveCheckpoint(identity);
    if (!inserted && inserted.error().code != ErrorCode::UniqueViolated) // another run was faster
        return inserted;
    return {};
}

Result<QByteArray> SqlSession::identityToken()
{
    TRY_ASSIGN(const bool exists, hasCheckpointTable());
    if (!exists)
        return QByteArray();
    TRY_ASSIGN(const auto identity, loadCheckpoint({QString(), QString(), QString()}, false));
    return identity ? identity->generation : QByteArray();
}

Result<std::optional<Checkpoint>> SqlSession::loadCheckpoint(const CheckpointKey &key, bool lock)
{
    if (!lock) { // who locks it has created it
        TRY_ASSIGN(const bool exists, hasCheckpointTable());
        if (!exists)
            return std::optional<Checkpoint>();
    }
    const QString table = dialect().table(checkpointTable());
    TRY_ASSIGN(
        const auto rows,
        query("SELECT "_L1 + valueList() + " FROM "_L1 + table + checkpointWhere(1) + (lock ? lockClause() : QString()),
              keyValues(key)));
    if (rows.isEmpty())
        return std::optional<Checkpoint>();
    const auto &format = rows.first()[Format];
    if (format && format->toLongLong() > Checkpoint::currentFormat)
        return fail(Error{ErrorCode::WorkspaceNewer, {}, {}}
                        .with(Fact::Table, checkpointTable().display())
                        .with(Fact::Expected, QString::number(Checkpoint::currentFormat))
                        .with(Fact::Found, QString::fromLatin1(*format)));
    return checkpointOf(key, rows.first());
}

Result<void> SqlSession::saveCheckpoint(const Checkpoint &checkpoint)
{
    const QString table = dialect().table(checkpointTable());
    QStringList assignments;
    for (const auto name : valueColumns)
        assignments.append(name + " = "_L1 + dialect().parameter(static_cast<int>(assignments.size()) + 1));
    const QString where = checkpointWhere(static_cast<int>(valueColumns.size()) + 1);
    TRY_ASSIGN(const qint64 updated,
               execute("UPDATE "_L1 + table + " SET "_L1 + assignments.join(", "_L1) + where,
                       valuesOf(checkpoint) + keyValues(checkpoint.key)));
    if (updated > 0)
        return {};
    // A server may count changed rows instead of matched ones.
    TRY_ASSIGN(const auto present, query("SELECT 1 FROM "_L1 + table + checkpointWhere(1), keyValues(checkpoint.key)));
    if (!present.isEmpty())
        return {};
    QStringList names;
    QStringList parameters;
    for (const auto name : keyColumns)
        names.append(name);
    names.append(valueList());
    for (size_t i = 0; i < keyColumns.size() + valueColumns.size(); ++i)
        parameters.append(dialect().parameter(static_cast<int>(i) + 1));
    TRY(execute("INSERT INTO "_L1 + table + " ("_L1 + names.join(", "_L1) + ") VALUES ("_L1 + parameters.join(", "_L1)
                    + u')',
                keyValues(checkpoint.key) + valuesOf(checkpoint)));
    return {};
}

Result<void> SqlSession::removeCheckpoints(const QString &jobId)
{
    TRY_ASSIGN(const bool exists, hasCheckpointTable());
    if (!exists || jobId.isEmpty()) // the empty id is the identity's
        return {};
    const QString table = dialect().table(checkpointTable());
    const auto remove = [&]() -> Result<bool> {
        TRY(execute("DELETE FROM "_L1 + table + " WHERE job_id = "_L1 + dialect().parameter(1), {jobId}));
        TRY_ASSIGN(const auto others, query("SELECT 1 FROM "_L1 + table + " WHERE job_id <> '' LIMIT 1"_L1));
        if (others.isEmpty() && facts().transactionalDdl)
            TRY(execute("DROP TABLE "_L1 + table));
        return others.isEmpty();
    };
    TRY(beginWrite());
    const auto wasLast = remove();
    if (!wasLast) {
        rollback();
        return fail(wasLast.error());
    }
    TRY(commit());
    if (*wasLast && !facts().transactionalDdl)
        TRY(execute("DROP TABLE "_L1 + table));
    return {};
}

} // namespace tidemark
