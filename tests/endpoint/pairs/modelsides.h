// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

#include "tests/core/run/modelworld.h"
#include "tests/endpoint/pairs/sqlpair.h"

namespace tidemark {

// Two real databases, and what users do at them, on the test's thread or on one of a sync. No user's transaction stays
// open: a database with one writer would keep the sync waiting until it gives up.
class ModelSides : public ModelWorld
{
public:
    ModelSides(Driver from, Driver to) : m_pair(from, to)
    {
        for (Side *side : {&m_pair.source, &m_pair.target}) {
            if (side->driver() == Driver::Sqlite)
                side->exec(QStringLiteral("PRAGMA journal_mode = WAL")); // users write while a sync reads
            side->exec(
                QStringLiteral("CREATE TABLE items (id bigint PRIMARY KEY, a varchar(40), b varchar(40), n bigint,"
                               " stamp bigint)"));
            side->exec(
                QStringLiteral("CREATE TABLE kept (id bigint PRIMARY KEY, a varchar(40), b varchar(40), n bigint,"
                               " stamp bigint)"));
        }
    }

    ModelRows rows(JobSide side) override
    {
        ModelRows rows;
        const QString sql = QStringLiteral("SELECT id, a, b, n, stamp FROM items");
        const QStringList found = std::this_thread::get_id() == m_thread ? of(side).rows(sql) : elsewhere(side, sql);
        for (const QString &text : found) {
            const QStringList cells = text.split(u'|');
            rows[std::size_t(cells.at(0).toInt())] = rowFrom(cells);
        }
        return rows;
    }
    void put(JobSide side, int key, const ModelRow &row) override
    {
        // One statement, so that nobody comes between.
        const QString set = of(side).driver() == Driver::Mysql
            ? QStringLiteral(
                "ON DUPLICATE KEY UPDATE a = values(a), b = values(b), n = values(n), stamp = values(stamp)")
            : QStringLiteral("ON CONFLICT (id) DO UPDATE SET a = excluded.a, b = excluded.b, n = excluded.n, stamp = "
                             "excluded.stamp");
        change(side,
               QStringLiteral("INSERT INTO items VALUES (%1, '%2', '%3', %4, %5) %6")
                   .arg(key)
                   .arg(row.cells[0])
                   .arg(row.cells[1])
                   .arg(row.sum)
                   .arg(row.stamp)
                   .arg(set));
    }
    void remove(JobSide side, int key) override
    {
        change(side, QStringLiteral("DELETE FROM items WHERE id = %1").arg(key));
    }
    bool holds() const override { return false; }
    void hold(JobSide, int, const std::optional<ModelRow> &, const std::optional<ModelRow> &) override { }
    void endHeld(JobSide, bool) override { }
    void backUp(JobSide which) override
    {
        Side &side = of(which);
        side.exec(QStringLiteral("DELETE FROM kept"));
        side.exec(QStringLiteral("INSERT INTO kept SELECT * FROM items"));
        side.exec(QStringLiteral("DROP TABLE IF EXISTS kept_marks"));
        if (hasMarks(side))
            side.exec(QStringLiteral("CREATE TABLE kept_marks AS SELECT * FROM tidemark_checkpoint"));
        m_backups[std::size_t(which)] = hasMarks(side) ? Backup::Whole : Backup::WithoutMarks;
    }
    bool restore(JobSide which) override
    {
        const Backup backup = m_backups[std::size_t(which)];
        if (backup == Backup::None)
            return false;
        Side &side = of(which);
        side.exec(QStringLiteral("DELETE FROM items"));
        side.exec(QStringLiteral("INSERT INTO items SELECT * FROM kept"));
        if (!hasMarks(side))
            return true;
        side.exec(QStringLiteral("DELETE FROM tidemark_checkpoint"));
        if (backup == Backup::Whole)
            side.exec(QStringLiteral("INSERT INTO tidemark_checkpoint SELECT * FROM kept_marks"));
        return true;
    }

protected:
    enum class Backup : quint8 { None, WithoutMarks, Whole };

    Side &of(JobSide side) { return side == JobSide::Source ? m_pair.source : m_pair.target; }
    static ModelRow rowFrom(const QStringList &cells)
    {
        return {{cells.at(1).toInt(), cells.at(2).toInt()}, cells.at(3).toLongLong(), cells.at(4).toInt()};
    }
    void change(JobSide side, const QString &sql)
    {
        if (std::this_thread::get_id() == m_thread)
            of(side).exec(sql);
        else
            of(side).execElsewhere(sql);
    }
    QStringList elsewhere(JobSide side, const QString &sql) // on a thread of the sync
    {
        Cancellation cancellation;
        const auto session = SqlConnector().openSql(of(side).settings, OpenOptions{false, &cancellation});
        const auto result = session ? (*session)->query(sql) : fail(session.error());
        if (!result)
            qFatal("%s: %s", qPrintable(codeName(result.error().code)), qPrintable(result.error().detail));
        QStringList lines;
        for (const SqlRow &row : *result) {
            QStringList cells;
            for (const auto &cell : row)
                cells += QString::fromUtf8(cell.value_or(QByteArray()));
            lines += cells.join(u'|');
        }
        return lines;
    }
    static bool hasMarks(Side &side) { return *side.session().hasCheckpointTable(); }

    const std::thread::id m_thread = std::this_thread::get_id();
    SqlPair m_pair;
    std::array<Backup, 2> m_backups{};
};

} // namespace tidemark
