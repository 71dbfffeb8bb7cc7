// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "core/journal/planfile.h"
#include "tests/core/journal/somejournal.h"

Q_DECLARE_METATYPE(tidemark::ConflictState)
Q_DECLARE_METATYPE(tidemark::ConflictAnswer)
Q_DECLARE_METATYPE(tidemark::ConflictEnd)

namespace tidemark {

inline constexpr qint64 day = 86'400'000'000;

inline Conflict someConflict(int number, const QString &of = table)
{
    Conflict conflict;
    conflict.table = of;
    conflict.key = keyBytes(number);
    conflict.keyText = QString::number(number) + u", ä"_s;
    conflict.kind = ConflictKind::BothUpdated;
    conflict.source = QByteArray("\0source", 7);
    conflict.target = "target";
    conflict.base = QByteArray("base\0", 5);
    conflict.mappingDigest = "m";
    conflict.run = u"r1"_s;
    conflict.sinceUs = 100 + number;
    return conflict;
}

// Met by a later run, which saw something else.
inline Conflict metAgain(int number, ConflictState state)
{
    Conflict conflict = someConflict(number);
    conflict.kind = ConflictKind::UpdatedAndDeleted;
    conflict.keyText = u"another"_s;
    conflict.source = {};
    conflict.target = "moved";
    conflict.base = {};
    conflict.mappingDigest = "n";
    conflict.run = u"r2"_s;
    conflict.sinceUs = 999;
    conflict.state = state;
    return conflict;
}

inline ConflictReply reply(qint64 id, ConflictAnswer answer)
{
    ConflictReply reply{id, answer, {}, {}};
    if (answer == ConflictAnswer::Row) {
        reply.rowForSource = "for source";
        reply.rowForTarget = QByteArray("\0for target", 11);
    }
    return reply;
}

inline PlanTable someLayout()
{
    PlanTable layout;
    layout.report.source = u"orders"_s;
    layout.report.target = u"订单"_s;
    layout.columns = {{u"id"_s, u"ID"_s, {CellKind::Integer}, true}, {u"note"_s, u"Note"_s, {CellKind::Text}, false}};
    layout.keyCount = 1;
    layout.comparedCount = 1;
    layout.mappingDigest = QByteArray("\0digest", 7);
    CellLimits narrow; // of a small integer that is never NULL
    narrow.nullable = false;
    narrow.bytes = 2;
    CellLimits list;
    list.words = {u"a"_s, u"乌"_s};
    list.length = 3;
    list.digits = 4;
    list.isUnsigned = true;
    layout.sourceLimits = {narrow, {}};
    layout.targetLimits = {{}, list};
    return layout;
}

// A journal of conflicts.
class ConflictsRig
{
protected:
    void begin()
    {
        m_journal.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"journal.db"_s);
        m_journal = opened(m_file);
        QVERIFY(m_journal);
    }
    // Conflict 1, brought into this state, as it is stored.
    Conflict inState(ConflictState state)
    {
        if (!m_journal->meetConflicts(job, {someConflict(1)}))
            return {};
        const qint64 id = only().id;
        if (state == ConflictState::Answered)
            (void)m_journal->answerConflicts(job, {reply(id, ConflictAnswer::Row)}, u"ann"_s, 500);
        if (state == ConflictState::Skipped)
            (void)m_journal->answerConflicts(job, {reply(id, ConflictAnswer::Skip)}, u"ann"_s, 500);
        if (state == ConflictState::Closed)
            (void)m_journal->closeConflicts(job, table, {keyBytes(1)}, ConflictEnd::Settled, 600);
        return only();
    }
    QList<Conflict> all(const QString &id = job) { return m_journal->conflicts(id, {}).value(); }
    Conflict only()
    {
        const QList<Conflict> found = all();
        return found.size() == 1 ? found.first() : Conflict();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::unique_ptr<Journal> m_journal;
};

} // namespace tidemark
