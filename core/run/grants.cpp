// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/grants.h"

#include "core/endpoint/sql/sqlsession.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr QLatin1StringView checkpointTable{"tidemark_checkpoint"};

class GrantList
{
public:
    GrantList(const GrantRequest &request, const Dialect &dialect)
        : m_request(request), m_dialect(dialect), m_postgres(request.connection.driver == Driver::Postgres),
          m_schema(m_postgres ? request.connection.schema : request.connection.database)
    {
        if (m_postgres && m_schema.isEmpty())
            m_schema = u"public"_s;
    }

    QList<Grant> make()
    {
        if (m_request.connection.driver == Driver::Sqlite || !isSql(m_request.connection.driver))
            return {};
        if (m_postgres)
            reach();
        for (const GrantedTable &table : m_request.tables)
            m_request.isWritten() ? target(table) : source(table);
        if (m_request.isWritten() && m_request.keepsCheckpoint)
            checkpoint();
        if (m_request.isTarget)
            rehearse();
        else if (m_request.seesTransactions)
            seeTransactions();
        return m_grants;
    }

private:
    QString user() const
    {
        const QString &name = m_request.connection.user;
        return m_postgres ? m_dialect.quote(name)
                          : QString(m_dialect.literal(name) + u'@' + m_dialect.literal(m_request.userHost));
    }
    TableName qualified(const TableName &table) const
    {
        return {table.schema.isEmpty() ? m_schema : table.schema, table.name};
    }
    void add(GrantReason reason, Rights rights, const QString &what, bool isOptional = false)
    {
        m_grants += {reason, isOptional, std::move(rights), "GRANT "_L1 + what + " TO "_L1 + user()};
    }
    void onTable(GrantReason reason, const QStringList &privileges, const TableName &table, bool isOptional = false)
    {
        add(reason, {Rights::On::Table, privileges, table, {}, {}},
            privileges.join(", "_L1) + " ON "_L1 + m_dialect.table(qualified(table)), isOptional);
    }

    void reach() // PostgreSQL: a database and its schemas are doors of their own
    {
        const QString &database = m_request.connection.database;
        add(GrantReason::Connect, {Rights::On::Database, {u"CONNECT"_s}, {}, database, {}},
            "CONNECT ON DATABASE "_L1 + m_dialect.quote(database));
        QStringList schemas{m_schema};
        for (const GrantedTable &table : m_request.tables)
            if (!schemas.contains(qualified(table.name).schema))
                schemas += qualified(table.name).schema;
        for (const QString &schema : schemas)
            onSchema(GrantReason::Connect, u"USAGE"_s, schema);
    }
    void onSchema(GrantReason reason, const QString &privilege, const QString &schema, bool isOptional = false)
    {
        const Rights rights{Rights::On::Schema, {privilege}, {}, schema, {}};
        for (const Grant &known : m_grants)
            if (known.rights == rights)
                return;
        add(reason, rights, privilege + " ON SCHEMA "_L1 + m_dialect.quote(schema), isOptional);
    }

    void source(const GrantedTable &table)
    {
        onTable(GrantReason::ReadRows, {u"SELECT"_s}, table.name);
        if (!table.flagColumn.isEmpty())
            add(GrantReason::SetFlag, {Rights::On::Columns, {u"UPDATE"_s}, table.name, {}, {table.flagColumn}},
                "UPDATE ("_L1 + m_dialect.quote(table.flagColumn) + ") ON "_L1
                    + m_dialect.table(qualified(table.name)));
        if (table.logged)
            log(table);
        else if (!m_postgres)
            onTable(GrantReason::SeeTriggers, {u"TRIGGER"_s}, table.name, true);
    }

    void log(const GrantedTable &table) // optional: without one, every run compares everything
    {
        onTable(GrantReason::LogChanges, {u"TRIGGER"_s}, table.name, true);
        const QString schema = qualified(table.name).schema;
        if (m_postgres) // whoever makes it may do anything with it
            return onSchema(GrantReason::LogChanges, u"CREATE"_s, schema, true);
        const QStringList privileges{u"CREATE"_s, u"DROP"_s, u"SELECT"_s, u"INSERT"_s, u"UPDATE"_s, u"DELETE"_s};
        if (!table.log.isEmpty())
            return onTable(GrantReason::LogChanges, privileges, {table.name.schema, table.log}, true);
        add(GrantReason::LogChanges, {Rights::On::Database, privileges, {}, schema, {}},
            privileges.join(", "_L1) + " ON "_L1 + m_dialect.quote(asPattern(schema)) + ".*"_L1, true);
    }
    static QString asPattern(QString database) // a grant upon a whole database takes one
    {
        return database.replace(u'\\', "\\\\"_L1).replace(u'_', "\\_"_L1).replace(u'%', "\\%"_L1);
    }

    void target(const GrantedTable &table) // or a two-way job's source
    {
        QStringList privileges{u"SELECT"_s, u"INSERT"_s, u"UPDATE"_s};
        if (table.deletes)
            privileges += u"DELETE"_s;
        if (table.creates && m_postgres) // whoever makes it may do anything with it
            return onSchema(GrantReason::CreateTables, u"CREATE"_s, qualified(table.name).schema);
        if (table.creates)
            return onTable(GrantReason::CreateTables, QStringList{u"CREATE"_s} + privileges, table.name);
        onTable(table.deletes ? GrantReason::DeleteRows : GrantReason::WriteRows, privileges, table.name);
        for (const QString &sequence : table.sequences)
            add(GrantReason::AdvanceSequence,
                {Rights::On::Sequence, {u"SELECT"_s, u"USAGE"_s, u"UPDATE"_s}, {}, sequence, {}},
                "SELECT, USAGE, UPDATE ON SEQUENCE "_L1 + sequence);
        if (table.logged) // two-way: at both sides
            log(table);
        else if (!m_postgres)
            onTable(GrantReason::SeeTriggers, {u"TRIGGER"_s}, table.name, true);
    }

    void checkpoint()
    {
        const TableName table{{}, checkpointTable};
        QStringList privileges{u"SELECT"_s, u"INSERT"_s, u"UPDATE"_s, u"DELETE"_s};
        if (m_request.checkpointExists)
            return onTable(GrantReason::Checkpoint, privileges, table);
        if (m_postgres)
            return onSchema(GrantReason::Checkpoint, u"CREATE"_s, m_schema);
        onTable(GrantReason::Checkpoint, QStringList{u"CREATE"_s} + privileges, table);
    }

    void rehearse()
    {
        const QString &database = m_request.connection.database;
        if (m_postgres)
            return add(GrantReason::Rehearse, {Rights::On::Database, {u"TEMPORARY"_s}, {}, database, {}},
                       "TEMPORARY ON DATABASE "_L1 + m_dialect.quote(database), true);
        add(GrantReason::Rehearse, {Rights::On::Database, {u"CREATE TEMPORARY TABLES"_s}, {}, database, {}},
            "CREATE TEMPORARY TABLES ON "_L1 + m_dialect.quote(asPattern(database)) + ".*"_L1, true);
    }

    void seeTransactions()
    {
        if (m_postgres)
            return add(GrantReason::SeeTransactions, {Rights::On::Role, {}, {}, u"pg_read_all_stats"_s, {}},
                       u"pg_read_all_stats"_s, true);
        add(GrantReason::SeeTransactions, {Rights::On::Server, {u"PROCESS"_s}, {}, {}, {}}, u"PROCESS ON *.*"_s, true);
    }

    const GrantRequest &m_request;
    const Dialect &m_dialect;
    bool m_postgres;
    QString m_schema;
    QList<Grant> m_grants;
};

// The schema that describes this table, or null.
const TableSchema *schemaOf(const TableName &table, const QList<TableSchema> &schemas)
{
    for (const TableSchema &schema : schemas)
        if (schema.name.name == table.name
            && (table.schema.isEmpty() || schema.name.schema.isEmpty() || schema.name.schema == table.schema))
            return &schema;
    return nullptr;
}

} // namespace

QList<Grant> grantsFor(const GrantRequest &request, const Dialect &dialect)
{
    return GrantList(request, dialect).make();
}

QStringList grantStatements(const QList<Grant> &grants, bool withOptional)
{
    QStringList statements;
    for (const Grant &grant : grants)
        if (const QString sql = grant.sql + u';'; (withOptional || !grant.optional) && !statements.contains(sql))
            statements += sql;
    return statements;
}

GrantRequest grantRequest(const JobSettings &job, bool isTarget, const QList<TableSchema> &schemas)
{
    GrantRequest request;
    request.connection = isTarget ? job.target : job.source;
    request.isTarget = isTarget;
    request.isTwoWay = job.mode == Mode::TwoWay;
    request.keepsCheckpoint = job.checkpoint == CheckpointPlace::Target;
    for (const JobTable &table : job.tables) {
        GrantedTable granted;
        granted.name = isTarget ? table.target.value_or(TableName{{}, table.source.name}) : table.source;
        if (!isTarget && table.detect.by == DetectBy::Flag)
            granted.flagColumn = table.detect.column;
        const DetectSettings &detect = isTarget && table.targetDetect ? *table.targetDetect : table.detect;
        const bool isRead = !isTarget || request.isTwoWay;
        granted.logged = isRead && detect.by == DetectBy::Log;
        request.seesTransactions = request.seesTransactions || (isRead && detect.by == DetectBy::Timestamp);
        const auto side = isTarget ? SoftDelete::Side::Target : SoftDelete::Side::Source;
        const bool isMarked = table.soft && table.soft->side == side;
        granted.deletes = request.isWritten() && table.deletes == DeletePolicy::Propagate && !isMarked;
        const TableSchema *schema = schemaOf(granted.name, schemas);
        granted.creates = isTarget && table.create && schema == nullptr;
        for (const Column &column : request.isWritten() && schema != nullptr ? schema->columns : QList<Column>())
            if (!column.sequence.isEmpty())
                granted.sequences += column.sequence;
        request.tables += granted;
    }
    return request;
}

Result<QList<Grant>> missingGrants(const QList<Grant> &grants, Session &session)
{
    QList<Grant> missing;
    SqlSession *sql = session.asSql();
    if (sql == nullptr)
        return missing;
    for (const Grant &grant : grants) {
        TRY_ASSIGN(const std::optional<bool> holds, sql->hasRights(grant.rights));
        if (holds && !*holds)
            missing += grant;
    }
    return missing;
}

QString grantReasonName(GrantReason reason)
{
    switch (reason) {
    case GrantReason::Connect:
        return u"connect"_s;
    case GrantReason::ReadRows:
        return u"read-rows"_s;
    case GrantReason::WriteRows:
        return u"write-rows"_s;
    case GrantReason::DeleteRows:
        return u"delete-rows"_s;
    case GrantReason::SetFlag:
        return u"set-flag"_s;
    case GrantReason::AdvanceSequence:
        return u"advance-sequence"_s;
    case GrantReason::Checkpoint:
        return u"checkpoint"_s;
    case GrantReason::CreateTables:
        return u"create-tables"_s;
    case GrantReason::SeeTransactions:
        return u"see-transactions"_s;
    case GrantReason::Rehearse:
        return u"rehearse"_s;
    case GrantReason::SeeTriggers:
        return u"see-triggers"_s;
    case GrantReason::LogChanges:
        return u"log-changes"_s;
    }
    return {};
}

} // namespace tidemark
