// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queueround.h"

#include <algorithm>
#include <unordered_map>

#include <QElapsedTimer>
#include <QSysInfo>

#include "core/run/queuewords.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr int messagesAtOnce = 5000;
// All of a round where some of them came before: no more are suspected with the one that is to blame.
constexpr int messagesAtFirst = 500;
constexpr qint64 mostMessages = 100'000; // of a round, and there may be two
constexpr qint64 mostBytes = 32 << 20;
constexpr qint64 worthGoingAhead = messagesAtFirst + 1; // of fewer, the next ones are not there yet
constexpr qint64 longestFillMs = 1000;
constexpr qint64 firstWaitMs = 2000; // until the broker has begun to deliver
constexpr qint64 nextWaitMs = 200;
constexpr int mostAtAGlance = 1000;

} // namespace

QString queueIdentity(const ConnectionSettings &settings)
{
    const QueueSettings &queue = *settings.queue;
    const QString place = settings.driver == Driver::Redis ? QString(queue.stream + u' ' + queue.group)
                                                           : QString(queue.exchange + u' ' + queue.queue);
    return u"%1 %2:%3/%4 %5"_s.arg(driverName(settings.driver), settings.host, QString::number(settings.port),
                                   settings.database, place);
}

QString QueueRound::identity() const { return queueIdentity(m_job.source); }

Result<void> QueueRound::open(QueueOpener &opener, bool consumes)
{
    ConnectionSettings source = m_job.source;
    if (source.queue->consumer.isEmpty()) {
        // The job's own, the same after a restart: jobs that share a group are consumers of their own.
        QueueSettings queue = *source.queue;
        queue.consumer = QSysInfo::machineHostName() + u':' + m_job.id;
        source.queue = std::make_shared<const QueueSettings>(std::move(queue));
    }
    QueueOptions options;
    options.consumes = consumes;
    options.mayCreate = consumes;
    options.cancellation = &m_cancellation;
    TRY_ASSIGN(m_queue, opener.openQueue(source, options));
    m_facts = m_queue->facts();
    if (!consumes || !keepsVersions())
        return {};
    TRY_ASSIGN(const auto target, m_connector.open(m_job.target, OpenOptions{true, &m_cancellation}));
    return m_versions.ensure(*target);
}

QueueRound::~QueueRound() { m_isWanted = true; }

Queue &QueueRound::queue()
{
    m_isWanted = true;
    if (m_ahead.valid())
        m_ahead.wait();
    return *m_queue;
}

// Until a round is full, nothing more comes, or it has taken a while: changes that trickle in are not kept waiting.
QueueRound::Staged QueueRound::receive(qint64 waitMs)
{
    const bool isAmqp = m_job.source.driver == Driver::Amqp;
    // RabbitMQ hands out no more than that ahead: half of it is on its way while the other half is applied.
    const qint64 most = isAmqp ? std::min<qint64>(mostMessages, (m_job.source.queue->prefetch + 1) / 2) : mostMessages;
    auto staged = std::make_unique<QueueStaging>(m_job);
    QElapsedTimer sinceFirst;
    while (staged->messages < most && staged->bytes < mostBytes) {
        QueueBatch batch;
        const qint64 atOnce = staged->messages == 0 ? messagesAtFirst : messagesAtOnce;
        const int limit = static_cast<int>(std::min(atOnce, most - staged->messages));
        TRY(m_queue->receive(limit, staged->messages == 0 ? waitMs : nextWaitMs, batch));
        if (batch.isEmpty())
            break;
        if (!sinceFirst.isValid())
            sinceFirst.start();
        TRY(staged->take(std::move(batch), m_cancellation));
        if (staged->isAgain || m_isWanted || sinceFirst.elapsed() > longestFillMs)
            break;
    }
    return staged;
}

void QueueRound::receiveAhead()
{
    m_isWanted = false;
    m_ahead = std::async(std::launch::async, [this] { return receive(nextWaitMs); });
}

Result<qint64> QueueRound::fill()
{
    m_now = std::make_unique<QueueStaging>(m_job);
    if (m_ahead.valid()) {
        TRY_ASSIGN(m_now, m_ahead.get());
    }
    // Beside a round that was in hand some messages are held back: only without one the queue is known to be empty.
    if (m_now->messages == 0) {
        m_isWanted = false;
        TRY_ASSIGN(m_now, receive(std::exchange(m_isFirst, false) ? firstWaitMs : nextWaitMs));
    }
    if (m_now->messages >= worthGoingAhead && !m_now->isAgain && !m_cancellation.isStopping())
        receiveAhead();
    TRY(describeTables());
    return m_now->messages;
}

void QueueRound::giveBack()
{
    if (!m_ahead.valid())
        return;
    m_isWanted = true;
    const Staged staged = m_ahead.get();
    if (staged && (*staged)->messages > 0)
        (void)m_queue->letGo((*staged)->fresh()); // else they count as delivered once more, no worse
}

Result<qint64> QueueRound::peek(int limit)
{
    m_now = std::make_unique<QueueStaging>(m_job);
    QueueBatch batch;
    auto peeked = m_queue->peek(limit, batch);
    if (!peeked && peeked.error().code != ErrorCode::NoSuchTable) // nobody has published or consumed yet
        return fail(std::move(peeked).error());
    TRY(m_now->take(std::move(batch), m_cancellation));
    TRY(describeTables());
    return m_now->messages;
}

Result<void> QueueRound::assume()
{
    m_now = std::make_unique<QueueStaging>(m_job);
    return describeTables();
}

Result<void> QueueRound::glance()
{
    if (m_job.source.driver == Driver::Amqp)
        return assume();
    TRY(peek(mostAtAGlance));
    return {};
}

QList<TableName> QueueRound::tables() const
{
    QList<TableName> result;
    for (const auto &[name, table] : m_now->tables)
        result += name;
    return result;
}

StagedTable *QueueRound::find(const TableName &name)
{
    const auto found = m_now->tables.find(name);
    return found == m_now->tables.end() ? nullptr : &found->second;
}

const JobTable &QueueRound::settingsOf(const StagedTable &table) const
{
    for (const JobTable &settings : m_job.tables) {
        if (settings.source == table.name)
            return settings;
    }
    return m_job.defaults;
}

Result<void> QueueRound::describeTables()
{
    if (m_now->tables.empty())
        return {};
    TRY_ASSIGN(const auto target, m_connector.open(m_job.target, OpenOptions{false, &m_cancellation}));
    if (keepsVersions())
        TRY(m_versions.learn(*target));
    TRY_ASSIGN(const QList<TableName> known, target->tables());
    for (auto &[name, table] : m_now->tables) {
        auto described = describeTable(table, *target, known);
        if (!described && described.error().isTransient())
            return described;
        if (!described)
            table.error = std::move(described).error().with(Fact::Connection, m_job.target.label());
    }
    return {};
}

// The source's table is the target's, with the columns that most of the rows bear: a row that lacks one of them is
// one of its own kind, and set aside; what a few rows bear beyond them is left out.
Result<void> QueueRound::describeTable(StagedTable &table, Session &target, const QList<TableName> &known)
{
    const JobTable &settings = settingsOf(table);
    const TableName wanted = settings.target.value_or(TableName{{}, table.name.name});
    TableName name = wanted;
    if (wanted.schema.isEmpty()) {
        TRY_ASSIGN(name, matchTable(wanted, known));
    }
    TRY_ASSIGN(const TableSchema there, target.describe(name));
    table.target = there.name.display();
    std::unordered_map<std::string, int> columns; // how many rows bear each
    std::vector<std::string> order; // as they first came
    int rows = 0;
    for (const auto &[shape, count] : table.shapes) {
        rows += count;
        for (const std::string &column : columnNames(m_now->shape(shape))) {
            int &seen = columns[column];
            if (seen == 0)
                order.push_back(column);
            seen += count;
        }
    }
    std::set<std::string> deletedKeys;
    for (const int shape : table.deletedShapes) {
        for (const std::string &column : columnNames(m_now->shape(shape)))
            deletedKeys.insert(column);
    }
    const auto isBorne = [&](const std::string &column) { return columns.at(column) * 2 > rows; };
    TableSchema schema =
        rows > 0 ? queueTable(there, settings.rules, order, isBorne) : deletedTable(there, settings.rules, deletedKeys);
    schema.name = table.name;
    table.schema = std::move(schema);
    return {};
}

Result<void> QueueRound::loadVersions(StagedTable &table, Cancellation *cancellation)
{
    if (table.versions.empty() || !keepsVersions())
        return {};
    TRY_ASSIGN(const auto target, m_connector.open(m_job.target, OpenOptions{false, cancellation}));
    std::vector<KeyVersion *> all;
    for (StagedVersion &version : table.versions)
        all.push_back(&version);
    return m_versions.load(*target, std::move(all));
}

} // namespace tidemark
