// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/basereset.h"

#include <QFile>

#include "core/journal/basefile.h"
#include "core/run/execution.h"
#include "core/run/matching.h"
#include "core/run/twowayexecution.h"

namespace tidemark {

Result<int> resetBase(const JobSettings &job, const QStringList &tables, Connector &connector, Journal &journal,
                      const Clock &clock, Cancellation &cancellation)
{
    const QString path = baseFileOf(journal, job.id);
    if (job.id.isEmpty() || !QFile::exists(path))
        return 0;
    RunOptions options;
    options.onlyTables = tables;
    ProgressBoard progress;
    RunContext context(job, options, connector, journal, clock, cancellation, progress);
    Sides sides(context, true);
    TRY(sides.open());
    TRY(sides.lock());
    TRY_ASSIGN(QList<MatchedTable> matched, matchTables(job, sides.source(), sides.target()));
    TRY(keepOnly(options.onlyTables, matched));
    TRY_ASSIGN(const auto base, BaseFile::open(path));
    int forgotten = 0;
    for (const MatchedTable &table : std::as_const(matched)) {
        if (!table.pair)
            continue;
        const QString &name = table.pair->checkpointKey.table;
        TRY_ASSIGN(const auto head, base->head(name));
        TRY_ASSIGN(const qint64 rows, base->rowCount(name));
        if (!head && rows == 0)
            continue;
        TRY(base->forget(name));
        ++forgotten;
    }
    return forgotten;
}

} // namespace tidemark
