// SPDX-License-Identifier: GPL-3.0-or-later
// queuebench redis|amqp HOST PORT USER EVENTS [FILE]: publishes so many small change events and consumes them; the
// password is in TIDEMARK_TEST_PASSWORD. Of the consuming: receive, parse, into cells, acknowledge; with FILE also into
// an SQLite table there, how far each key is kept in the same transaction. One line, in events a second, of the wall's
// time and of the processor's.

#include <chrono>
#include <cstdio>

#include <sqlite3.h>
#include <sys/resource.h>

#include <QUuid>

#include "core/change/changeeventreader.h"
#include "core/change/changeeventrow.h"
#include "core/change/changeeventwriter.h"
#include "core/data/celldecoder.h"
#include "core/endpoint/queue/amqp/amqpqueue.h"
#include "core/endpoint/queue/redis/redisqueue.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

double wallSeconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double ownSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

struct Table
{
    std::shared_ptr<RowLayout> layout = std::make_shared<RowLayout>();
    std::vector<CellSource> sources;
    std::vector<ColumnType> types;
    QStringList columns{u"id"_s, u"qty"_s, u"note"_s};

    Table()
    {
        for (const CellKind kind : {CellKind::Integer, CellKind::Integer, CellKind::Text}) {
            CellType type;
            type.kind = kind;
            layout->cells.push_back(type);
            CellSource source;
            source.type.kind = kind;
            source.column = columns[static_cast<qsizetype>(sources.size())];
            types.push_back(source.type);
            sources.push_back(source);
        }
        layout->keyCount = 1;
        layout->comparedCount = 3;
    }
};

int report(const Error &error)
{
    std::fprintf(stderr, "%s %s\n", qPrintable(codeName(error.code)), qPrintable(error.detail));
    return 1;
}

Result<void> publishAll(Queue &queue, const Table &table, int events)
{
    const ChangeEventWriter writer(*table.layout, table.columns, table.types, {u"bench"_s, u"db"_s, {u"s"_s, u"t"_s}},
                                   false);
    RowBatch rows(table.layout);
    RowEncoder encoder(table.layout, table.sources);
    encoder.setBatch(&rows);
    constexpr int batch = 1000;
    std::vector<std::string> values(batch), keys(batch), ids(batch);
    for (int first = 0; first < events; first += batch) {
        std::vector<OutgoingMessage> messages;
        rows.clear();
        for (int i = 0; i < batch; ++i) {
            encoder.beginRow();
            encoder.integer(first + i);
            encoder.integer((first + i) % 1000);
            encoder.text("a short note");
            encoder.endRow();
            const auto at = static_cast<std::size_t>(i);
            ids[at] = "bench/1/" + std::to_string(first + i);
            writer.write(EventOperation::Create, {}, {&rows, i},
                         {QByteArray::fromStdString(ids[at]), static_cast<quint64>(first + i + 1), 0},
                         1'700'000'000'000, values[at], keys[at]);
            messages.push_back({keys[at], values[at], ids[at], "s.t"});
        }
        qsizetype confirmed = 0;
        TRY(queue.publish(messages, confirmed));
    }
    return {};
}

class Target
{
public:
    explicit Target(const char *file)
    {
        sqlite3_open(file, &m_db);
        sqlite3_exec(m_db,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                     "CREATE TABLE t (id INTEGER PRIMARY KEY, qty INTEGER, note TEXT);"
                     "CREATE TABLE version (id INTEGER PRIMARY KEY, version INTEGER)",
                     nullptr, nullptr, nullptr);
        sqlite3_prepare_v2(m_db, "INSERT OR REPLACE INTO t VALUES (?, ?, ?)", -1, &m_row, nullptr);
        sqlite3_prepare_v2(m_db,
                           "INSERT INTO version VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET version = ?2 "
                           "WHERE version < ?2",
                           -1, &m_version, nullptr);
    }
    ~Target()
    {
        sqlite3_finalize(m_row);
        sqlite3_finalize(m_version);
        sqlite3_close(m_db);
    }
    Target(const Target &) = delete;
    Target &operator=(const Target &) = delete;

    void apply(const RowBatch &rows, const std::vector<qint64> &versions)
    {
        sqlite3_exec(m_db, "BEGIN", nullptr, nullptr, nullptr);
        for (int row = 0; row < rows.rowCount(); ++row) {
            const qint64 id = cell::integer(rows.value(row, 0)).toSigned();
            sqlite3_bind_int64(m_version, 1, id);
            sqlite3_bind_int64(m_version, 2, versions[static_cast<std::size_t>(row)]);
            sqlite3_step(m_version);
            sqlite3_reset(m_version);
            if (sqlite3_changes(m_db) == 0)
                continue;
            sqlite3_bind_int64(m_row, 1, id);
            sqlite3_bind_int64(m_row, 2, cell::integer(rows.value(row, 1)).toSigned());
            const std::string_view note = rows.value(row, 2).bytes;
            sqlite3_bind_text(m_row, 3, note.data(), static_cast<int>(note.size()), SQLITE_STATIC);
            sqlite3_step(m_row);
            sqlite3_reset(m_row);
        }
        sqlite3_exec(m_db, "COMMIT", nullptr, nullptr, nullptr);
    }

private:
    sqlite3 *m_db = nullptr;
    sqlite3_stmt *m_row = nullptr;
    sqlite3_stmt *m_version = nullptr;
};

Result<void> consumeAll(Queue &queue, const Table &table, int events, Target *target)
{
    EventRowDecoder decoder(table.layout, table.sources, table.columns);
    ChangeEventReader reader;
    ChangeEvent event;
    RowBatch rows(table.layout);
    QueueBatch batch;
    std::vector<std::string_view> ids;
    std::vector<qint64> versions;
    for (int done = 0; done < events;) {
        TRY(queue.receive(2000, 10'000, batch));
        if (batch.isEmpty())
            return fail(ErrorCode::Timeout, u"%1 of %2 came"_s.arg(done).arg(events));
        rows.clear();
        ids.clear();
        versions.clear();
        for (const QueueMessage &message : batch.messages) {
            TRY(reader.parse(message.key, message.value, event));
            TRY(decoder.decodeRow(event, rows));
            ids.push_back(message.id);
            versions.push_back(std::atoll(event.source.order.c_str()));
        }
        if (target != nullptr)
            target->apply(rows, versions);
        TRY(queue.acknowledge(ids));
        done += static_cast<int>(batch.size());
    }
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 6) {
        std::fputs("usage: queuebench redis|amqp HOST PORT USER EVENTS [FILE]\n", stderr);
        return 64;
    }
    const bool isRedis = std::string_view(argv[1]) == "redis";
    const int events = std::atoi(argv[5]);
    BrokerSettings redis;
    BrokerSettings amqp;
    ConnectionSettings connection;
    connection.host = QString::fromLatin1(argv[2]);
    connection.port = std::atoi(argv[3]);
    connection.user = QString::fromLatin1(argv[4]);
    connection.tls.mode = TlsMode::Disable;
    redis.connection = amqp.connection = connection;
    redis.stream = amqp.queue = u"bench-"_s + QUuid::createUuid().toString(QUuid::Id128);
    redis.consumer = u"bench"_s;
    const Secret secret(qgetenv("TIDEMARK_TEST_PASSWORD"));
    const auto open = [&](bool consumes) {
        QueueOptions options;
        options.consumes = consumes;
        return isRedis ? redis::RedisQueue::open(redis, secret, options) : amqp::AmqpQueue::open(amqp, secret, options);
    };
    const Table table;
    double wall = wallSeconds(), own = ownSeconds();
    const auto rate = [&](const char *what) {
        std::printf("%s %.0f (own work %.0f)  ", what, events / (wallSeconds() - wall), events / (ownSeconds() - own));
        std::fflush(stdout);
        wall = wallSeconds();
        own = ownSeconds();
    };
    auto publisher = open(false);
    if (!publisher)
        return report(publisher.error());
    if (const auto published = publishAll(**publisher, table, events); !published)
        return report(published.error());
    rate("published");
    auto consumer = open(true);
    if (!consumer)
        return report(consumer.error());
    std::unique_ptr<Target> target = argc > 6 ? std::make_unique<Target>(argv[6]) : nullptr;
    if (const auto consumed = consumeAll(**consumer, table, events, target.get()); !consumed)
        return report(consumed.error());
    rate(target ? "applied" : "consumed");
    std::printf("events a second\n");
    (void)(*consumer)->trim();
    return 0;
}
