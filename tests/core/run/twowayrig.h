// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUuid>

#include "core/run/twowayrun.h"
#include "tests/core/run/enginerig.h"

namespace tidemark {

// A fake pair with a two-way run on top: change either side, sync, compare.
struct TwoWayRig : EngineRig
{
    TwoWaySettings rules;
    QString baseName = QStringLiteral("base.db");

    Result<QList<TwoWayTable>> sync()
    {
        pair.clock.advanceMs(1000);
        const JobSettings settings =
            job({{QStringLiteral("guard"),
                  QJsonObject{{QStringLiteral("rows"), 1000000}, {QStringLiteral("percent"), 100}}}});
        RunOptions options;
        options.yes = true;
        Cancellation cancellation;
        ProgressBoard progress;
        RunContext context(settings, options, pair.connector, *journal, pair.clock, cancellation, progress);
        context.run = QStringLiteral("run%1").arg(++m_runs);
        context.generation = QUuid::createUuid().toRfc4122();
        return TwoWayRun({context, path(baseName), path(QStringLiteral("plan%1.db").arg(m_runs)),
                          [this](const TablePair &) { return rules; }})
            .run();
    }

    // One table's report in words: "> +1 ~0 -0 < +0 ~1 -0, 2 open".
    QString synced()
    {
        const auto tables = sync();
        if (!tables)
            return codeName(tables.error().code) + u' ' + tables.error().detail;
        const TwoWayTable &table = tables->first();
        if (table.error)
            return codeName(table.error->code) + u' ' + table.error->detail;
        return QStringLiteral("> %1 < %2, %3 open")
            .arg(shown(table.toTarget.written), shown(table.toSource.written))
            .arg(table.counts.conflicts);
    }

private:
    int m_runs = 0;
};

} // namespace tidemark
