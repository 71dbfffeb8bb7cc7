// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include "core/base/clock.h"
#include "core/endpoint/readsondemand.h"
#include "tests/support/fakesession.h"

namespace tidemark {

// A table in words, columns separated by commas: NAME KIND [key] [not null] [unique] [unsigned] [nocase] [padspace]
// [unordered] [identity] [generated] [default] [-> TABLE.COLUMN [cascade]]. KIND is that of celltype.h with a size:
// integer(4) bytes, text(40) characters, blob(9) bytes, decimal(12.2), timestamp(3), instant(0), time(6) digits. Keys
// are not null. unordered: its index does not deliver canonical order.
//     fakeTable(u"lines"_s, u"id integer key, order_id integer -> orders.id, note text(40) unique, price
//     decimal(12.2)"_s)
TableSchema fakeTable(const QString &name, const QString &columns);

class FakeClock final : public Clock
{
public:
    qint64 nowUs() const override { return m_nowUs; }
    qint64 steadyMs() const override { return m_steadyMs; }
    void advanceMs(qint64 ms)
    {
        m_nowUs += ms * 1000;
        m_steadyMs += ms;
    }

private:
    std::atomic<qint64> m_nowUs = 1'800'000'000'000'000;
    std::atomic<qint64> m_steadyMs = 1;
};

// Connections by name.
class FakeConnector final : public Connector, public ReadsOnDemand
{
public:
    void add(const QString &connection, FakeDatabase &database) { m_databases[connection] = &database; }
    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override;
    bool readsOnDemand() const override { return m_readsOnDemand; }
    void setReadsOnDemand(bool on) { m_readsOnDemand = on; } // one step after the other, on one thread

private:
    std::map<QString, FakeDatabase *> m_databases;
    bool m_readsOnDemand = false;
};

// The language of engine tests: change source, change target, sync once, compare, count writes.
struct FakePair
{
    FakePair();
    FakeDatabase source{QStringLiteral("source")};
    FakeDatabase target{QStringLiteral("target")};
    FakeConnector connector; // "source" and "target"
    FakeClock clock;

    static ConnectionSettings connection(const QString &name);
    std::unique_ptr<Session> open(const QString &side, Cancellation *cancellation = nullptr); // writable; null: refused
    void makeTable(const QString &name, const QString &columns); // on both sides
    void putSource(const QString &table, const FakeValues &row) { source.put(table, row); }
    void putTarget(const QString &table, const FakeValues &row) { target.put(table, row); }
    void removeSource(const QString &table, const FakeValues &key) { source.remove(table, key); }
    void removeTarget(const QString &table, const FakeValues &key) { target.remove(table, key); }
    QStringList sourceRows(const QString &table) const { return source.rows(table); }
    QStringList targetRows(const QString &table) const { return target.rows(table); }
    bool sidesAreEqual(const QString &table) const { return source.rows(table) == target.rows(table); }
    void resetCounters();
    QStringList violations() const { return source.violations() + target.violations(); }
};

} // namespace tidemark
