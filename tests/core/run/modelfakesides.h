// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/run/modelworld.h"
#include "tests/support/fakeaccess.h"
#include "tests/support/fakepair.h"

namespace tidemark {

// Fake replicas, and what users do at them.
class ModelFakeSides : public ModelWorld
{
public:
    ModelRows rows(JobSide side) override
    {
        ModelRows rows;
        const QStringList found = of(side).rows(m_table);
        for (const QString &text : found) {
            const QStringList cells = text.split(u'|');
            rows[std::size_t(cells.at(0).toInt())] = rowFrom(cells.mid(1));
        }
        return rows;
    }
    void put(JobSide side, int key, const ModelRow &row) override { of(side).put(m_table, valuesOf(key, row)); }
    void remove(JobSide side, int key) override { of(side).remove(m_table, {key}); }
    void hold(JobSide side, int key, const std::optional<ModelRow> &before,
              const std::optional<ModelRow> &after) override
    {
        auto &session = m_held[std::size_t(side)];
        if (!session) {
            session = m_pair->open(nameOf(side));
            must(session->beginWrite());
        }
        const WriteRequest request = m_access->write();
        const auto writer = std::move(*session->writer(request));
        const SelectedRows rows(m_access->rows({valuesOf(key, after.value_or(before.value_or(ModelRow{})))}));
        if (!after)
            must(writer->remove(rows));
        else if (!before)
            must(writer->insert(rows));
        else {
            RowBatch locked;
            must(session->readKeys(m_access->read(), rows, true, locked));
            must(writer->update(rows));
        }
    }
    void endHeld(JobSide side, bool commit) override
    {
        auto &session = m_held[std::size_t(side)];
        must(commit ? session->commit() : session->rollback());
        session.reset();
    }
    void cutAt(JobSide side, int operation) override
    {
        of(side).failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, operation);
    }
    void loseAnswer(JobSide side, bool applied, int nth) override { of(side).failCommit(applied, nth); }
    void backUp(JobSide side) override { m_backups[std::size_t(side)] = of(side).backUp(); }
    bool restore(JobSide side) override
    {
        const auto &backup = m_backups[std::size_t(side)];
        if (backup)
            of(side).restore(backup);
        return backup != nullptr;
    }
    QStringList violations() override { return m_pair->violations(); }

protected:
    void beginSides(const ModelHistory &history)
    {
        m_held = {};
        m_backups = {};
        m_pair = std::make_unique<FakePair>();
        m_pair->connector.setReadsOnDemand(!history.ahead);
        const QString id =
            history.ordered ? QStringLiteral("id integer key") : QStringLiteral("id integer key unordered");
        m_pair->makeTable(m_table, id + QStringLiteral(", a text(40), b text(40), n integer, stamp integer"));
        m_access.emplace(m_pair->source, m_table);
        for (FakeDatabase *database : {&m_pair->source, &m_pair->target})
            database->lockTimeoutMs = 0; // a user's transaction ends when its step has come
    }
    static QString nameOf(JobSide side)
    {
        return side == JobSide::Source ? QStringLiteral("source") : QStringLiteral("target");
    }
    FakeDatabase &of(JobSide side) { return side == JobSide::Source ? m_pair->source : m_pair->target; }
    static void must(const Result<void> &done)
    {
        if (!done)
            qFatal("%s", qPrintable(codeName(done.error().code) + u' ' + done.error().detail));
    }
    static FakeValues valuesOf(int key, const ModelRow &row)
    {
        return {key, QString::number(row.cells[0]), QString::number(row.cells[1]), row.sum, row.stamp};
    }
    static ModelRow rowFrom(const QStringList &cells)
    {
        return {{cells.at(0).toInt(), cells.at(1).toInt()}, cells.at(2).toLongLong(), cells.at(3).toInt()};
    }
    std::optional<ModelRow> rowOf(const QByteArray &chain) const
    {
        RowBatch rows(m_access->layout);
        if (chain.isEmpty() || !rows.appendChain({chain.constData(), std::size_t(chain.size())}))
            return {};
        return rowFrom(m_access->texts(rows).first().split(u'|').mid(1));
    }

    const QString m_table = QStringLiteral("t");
    std::unique_ptr<FakePair> m_pair;
    std::optional<FakeAccess> m_access;
    std::array<std::unique_ptr<Session>, 2> m_held;
    std::array<std::shared_ptr<const FakeDatabase::Backup>, 2> m_backups;
};

} // namespace tidemark
