// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/undopreview.h"

#include "ui/widgets/format.h"

namespace tidemark {

bool UndoPreview::writesBothSides(const JobSettings &real) { return real.mode == Mode::TwoWay; }

JobSettings UndoPreview::job(const JobSettings &real)
{
    JobSettings job = real;
    if (writesBothSides(real)) {
        // Each side is a table of its own in the plan, which names it.
        job.mode = Mode::Mirror;
        job.target.name = format::sides(real.source.label(), real.target.label(), true);
        job.target.production = real.source.production || real.target.production;
        // A host that is to be typed is that of the side in production.
        if (real.source.production && !real.target.production)
            job.target.host = real.source.host;
        // What a table says of its guard goes by the names of the plan.
        for (const JobTable &table : real.tables) {
            for (const ConnectionSettings &side : {real.source, real.target}) {
                JobTable named = table;
                const bool atTarget = side == real.target && table.target;
                const QString name = atTarget ? table.target->display() : table.source.display();
                named.source = TableName{{}, side.label() + QStringLiteral(": ") + name};
                job.tables += named;
            }
        }
    }
    job.source.name = tr("Before the run");
    return job;
}

} // namespace tidemark
