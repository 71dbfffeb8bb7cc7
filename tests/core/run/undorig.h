// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileInfo>

#include "core/journal/undofile.h"
#include "core/run/undohistory.h"
#include "core/run/undorun.h"
#include "tests/core/run/enginerig.h"

namespace tidemark {

using namespace Qt::StringLiterals;

// A fake pair whose runs are taken back.
class UndoRig
{
protected:
    UndoOutcome undo(const JobSettings &job, const QString &run, const std::function<void(UndoRequest &)> &more = {})
    {
        UndoRequest request;
        request.run = run;
        request.yes = true;
        if (more)
            more(request);
        m_rig->pair.clock.advanceMs(1000);
        Cancellation cancellation;
        ProgressBoard progress;
        return undoRun(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock, job, request, cancellation, progress);
    }
    QString undoPath(const QString &run) const { return undoFile(m_rig->journal->undoFolder(), run); }
    QStringList items() const { return m_rig->pair.targetRows(u"items"_s); }

    // Two equal rows at both sides, one to be updated, one to be inserted, one to be deleted.
    void fill()
    {
        m_rig->pair.makeTable(u"items"_s, QString::fromUtf16(columns));
        for (int id = 1; id <= 30; ++id) {
            m_rig->pair.putSource(u"items"_s, {id, u"same"_s, id});
            m_rig->pair.putTarget(u"items"_s, {id, u"same"_s, id});
        }
        m_rig->pair.putSource(u"items"_s, {2, u"new"_s, 22});
        m_rig->pair.putSource(u"items"_s, {40, u"fresh"_s, 40});
        m_rig->pair.removeSource(u"items"_s, {7});
    }

    static constexpr auto columns = u"id integer key, name text(20), amount integer";
    std::unique_ptr<EngineRig> m_rig;

    void begin() { m_rig = std::make_unique<EngineRig>(); }
    void end()
    {
        QCOMPARE(m_rig->pair.violations().join(u'\n'), QString());
        m_rig.reset();
    }
};

} // namespace tidemark
