// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark {

// The real connector: resolves the password, then opens by driver.
class SqlConnector final : public Connector
{
public:
    explicit SqlConnector(AskPassword ask = {}) : m_ask(std::move(ask)) { }
    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override;
    Result<std::unique_ptr<SqlSession>> openSql(const ConnectionSettings &settings, const OpenOptions &options);

private:
    AskPassword m_ask;
};

const Dialect &dialectOf(Driver driver); // a name without a schema stays without one

} // namespace tidemark
