// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/session.h"
#include "core/endpoint/sql/mysql/mysqlstatement.h"

namespace tidemark::mysql {

// One unbuffered result. While it is open its session says nothing else.
class MysqlReader final : public RowReader
{
public:
    MysqlReader(Link &link, const ReadRequest &request);
    Result<void> start(const ReadRequest &request);
    Result<bool> next(RowBatch &batch) override;

private:
    Statement m_statement;
    std::shared_ptr<const RowLayout> m_layout;
    std::vector<ColumnType> m_types;
    RowEncoder m_encoder;
    BatchLimits m_limits;
    bool m_ended = false;
};

} // namespace tidemark::mysql
