// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include "core/config/jobsettings.h"
#include "core/run/undohistory.h"

namespace tidemark {

// The SQL equivalent of rows that a run wrote: statements that would do the same, not those that were sent, which
// nobody keeps.
class HistorySql
{
    Q_DECLARE_TR_FUNCTIONS(HistorySql)
public:
    HistorySql(const JobSettings &job, const KeptRun::Table &table);
    QString text(const QList<RowChange> &changes) const;

private:
    QString statement(const RowChange &change) const;
    QString lookAt(const RowChange &change) const;
    Driver m_driver;
    TableName m_name;
};

} // namespace tidemark
