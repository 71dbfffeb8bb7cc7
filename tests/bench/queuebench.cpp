// SPDX-License-Identifier: GPL-3.0-or-later
// queuebench redis|amqp HOST PORT USER EVENTS [FILE]: publishes so many small change events and consumes them; the
// password is in TIDEMARK_TEST_PASSWORD. Of the consuming: receive, parse, into cells, acknowledge; with FILE also into
// an SQLite table there, how far each key is kept in the same transaction. One line, in events a second, of the wall's
// time and of the processor's.
//
// queuebench peer HOST PORT USER EVENTS: what RabbitMQ takes and gives at all, a bare loop over rabbitmq-c: messages of
// the size of such events, persistent, into a durable quorum queue, with confirms, at most so many of them outstanding;
// then taken from there and acknowledged many at once. Lines "published RATE" and "consumed RATE".

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>

#include <amqp.h>
#include <amqp_tcp_socket.h>
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

// ---- the bare loop
// ------------------------------------------------------------------------------------------------------

constexpr std::uint64_t outstanding = 10'000;
constexpr std::size_t peerBytes = 330;

bool isGood(const char *what, const amqp_rpc_reply_t &reply)
{
    if (reply.reply_type == AMQP_RESPONSE_NORMAL)
        return true;
    std::fprintf(stderr, "%s failed\n", what);
    return false;
}

class Confirms
{
public:
    Confirms(amqp_connection_state_t link, std::uint64_t events) : m_link(link), m_done(events + 1) { }

    // Waits until no more than `allowed` of those that were sent lack one.
    bool read(std::uint64_t sent, std::uint64_t allowed)
    {
        while (sent - m_count > allowed) {
            amqp_frame_t frame;
            if (amqp_simple_wait_frame(m_link, &frame) != AMQP_STATUS_OK || frame.frame_type != AMQP_FRAME_METHOD
                || frame.payload.method.id != AMQP_BASIC_ACK_METHOD)
                return false;
            const auto *ack = static_cast<const amqp_basic_ack_t *>(frame.payload.method.decoded);
            for (std::uint64_t tag = ack->multiple != 0 ? m_first : ack->delivery_tag; tag <= ack->delivery_tag; ++tag)
                settle(tag);
            while (m_first < m_done.size() && m_done[m_first])
                ++m_first;
            amqp_maybe_release_buffers(m_link);
        }
        return true;
    }

private:
    void settle(std::uint64_t tag)
    {
        if (tag < m_done.size() && !m_done[tag]) {
            m_done[tag] = true;
            ++m_count;
        }
    }

    amqp_connection_state_t m_link;
    std::vector<bool> m_done; // by delivery tag
    std::uint64_t m_first = 1; // without one
    std::uint64_t m_count = 0;
};

bool publishBare(amqp_connection_state_t link, amqp_bytes_t queue, std::uint64_t events)
{
    const std::string body(peerBytes, 'x');
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG;
    properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
    Confirms confirms(link, events);
    for (std::uint64_t sent = 1; sent <= events; ++sent) {
        if (amqp_basic_publish(link, 1, amqp_empty_bytes, queue, 1, 0, &properties, amqp_cstring_bytes(body.c_str()))
                != AMQP_STATUS_OK
            || !confirms.read(sent, outstanding))
            return false;
    }
    return confirms.read(events, 0);
}

bool consumeBare(amqp_connection_state_t link, amqp_bytes_t queue, std::uint64_t events)
{
    amqp_basic_qos(link, 1, 0, 20'000, 0);
    amqp_basic_consume(link, 1, queue, amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
    if (!isGood("consuming", amqp_get_rpc_reply(link)))
        return false;
    for (std::uint64_t got = 1; got <= events; ++got) {
        amqp_envelope_t envelope;
        amqp_maybe_release_buffers(link);
        if (!isGood("a delivery", amqp_consume_message(link, &envelope, nullptr, 0)))
            return false;
        const std::uint64_t tag = envelope.delivery_tag;
        amqp_destroy_envelope(&envelope);
        if ((got % 5000 == 0 || got == events) && amqp_basic_ack(link, 1, tag, 1) != AMQP_STATUS_OK)
            return false;
    }
    return true;
}

int measurePeer(const char *host, int port, const char *user, std::uint64_t events)
{
    amqp_connection_state_t link = amqp_new_connection();
    amqp_socket_t *const socket = amqp_tcp_socket_new(link);
    if (amqp_socket_open(socket, host, port) != AMQP_STATUS_OK)
        return 1;
    const QByteArray password = qgetenv("TIDEMARK_TEST_PASSWORD");
    const std::string name = "peer-" + QUuid::createUuid().toString(QUuid::Id128).toStdString();
    const amqp_bytes_t queue = amqp_cstring_bytes(name.c_str());
    amqp_table_entry_t type{amqp_cstring_bytes("x-queue-type"), {}};
    type.value.kind = AMQP_FIELD_KIND_UTF8;
    type.value.value.bytes = amqp_cstring_bytes("quorum");
    if (!isGood("login", amqp_login(link, "/", 0, 131'072, 0, AMQP_SASL_METHOD_PLAIN, user, password.constData())))
        return 1;
    amqp_channel_open(link, 1);
    amqp_queue_declare(link, 1, queue, 0, 1, 0, 0, {1, &type});
    amqp_confirm_select(link, 1);
    if (!isGood("opening", amqp_get_rpc_reply(link)))
        return 1;
    const auto rate = [events](const char *what, double since) {
        std::printf("%s %.0f\n", what, static_cast<double>(events) / (wallSeconds() - since));
        std::fflush(stdout);
    };
    double since = wallSeconds();
    bool isDone = publishBare(link, queue, events);
    if (isDone)
        rate("published", since);
    since = wallSeconds();
    isDone = isDone && consumeBare(link, queue, events);
    if (isDone)
        rate("consumed", since);
    amqp_queue_delete(link, 1, queue, 0, 0);
    amqp_connection_close(link, AMQP_REPLY_SUCCESS);
    amqp_destroy_connection(link);
    return isDone ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 6) {
        std::fputs("usage: queuebench redis|amqp|peer HOST PORT USER EVENTS [FILE]\n", stderr);
        return 64;
    }
    if (std::string_view(argv[1]) == "peer")
        return measurePeer(argv[2], std::atoi(argv[3]), argv[4], static_cast<std::uint64_t>(std::atoll(argv[5])));
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
