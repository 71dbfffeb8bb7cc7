// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include "tests/endpoint/pairs/sqlside.h"

namespace tidemark {

// A PostgreSQL database of its own: who kills its sessions kills nobody else's.
class OwnDatabase
{
public:
    explicit OwnDatabase(const QString &prefix)
        : name(QStringLiteral("%1_%2").arg(prefix).arg(QCoreApplication::applicationPid()))
    {
        admin.exec(QStringLiteral("CREATE DATABASE %1").arg(name));
    }
    // Not by WITH (FORCE): that is refused while autovacuum looks in, which a plain DROP sends away and waits for.
    ~OwnDatabase()
    {
        admin.exec(QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                  "WHERE datname = '%1' AND usename = current_user")
                       .arg(name));
        admin.exec(QStringLiteral("DROP DATABASE %1").arg(name));
    }
    OwnDatabase(const OwnDatabase &) = delete;
    OwnDatabase &operator=(const OwnDatabase &) = delete;

    void use(Side &side, const QString &schema) const
    {
        side.settings.database = name;
        side.settings.schema = QStringLiteral("public");
        side.exec(QStringLiteral("CREATE SCHEMA ") + schema);
        side.settings.schema = schema;
        side.reconnect();
    }

    const QString name;
    Side admin{Driver::Postgres, {}, QStringLiteral("admin")};
};

} // namespace tidemark
