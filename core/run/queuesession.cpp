// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queuesession.h"

#include "core/change/changeeventreader.h"
#include "core/change/changeeventrow.h"
#include "core/detect/compare.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// The keys whose rows are to be looked at, each once.
class WinningKeys final : public RowReader
{
public:
    explicit WinningKeys(RowBatch keys) : m_keys(std::move(keys)) { }
    Result<bool> next(RowBatch &batch) override
    {
        batch.reset(m_keys.layoutPointer());
        for (int row = 0; row < m_keys.rowCount(); ++row)
            batch.appendRow(m_keys, row);
        m_keys.clear();
        return false;
    }

private:
    RowBatch m_keys;
};

// Its key, for people, and what is wrong with it.
void appendFaulty(const RowBatch &keys, int row, Error error, RowBatch &out)
{
    out.beginRow();
    for (int cell = 0; cell < out.layout().size(); ++cell) {
        if (cell < keys.layout().size() && !keys.value(row, cell).isNull)
            out.appendCell(keys.value(row, cell).bytes, keys.comparison(row, cell).bytes);
        else
            out.appendNull();
    }
    out.setFault(std::move(error));
    out.endRow();
}

} // namespace

QueueSession::QueueSession(QueueRound &round, Cancellation *cancellation) : m_round(round), m_cancellation(cancellation)
{
    m_facts.product = round.facts().product;
    m_facts.version = round.facts().version;
    m_facts.tls = round.facts().tls;
    m_facts.remarks = round.facts().remarks;
    m_facts.identity = round.identity();
    m_facts.readOnly = true;
}

Error QueueSession::refusal() const { return Error{ErrorCode::NotAvailable, {{Fact::Option, u"queue-write"_s}}, {}}; }

Result<StagedTable *> QueueSession::table(const TableName &name)
{
    StagedTable *const found = m_round.find(name);
    if (found == nullptr)
        return fail(Error{ErrorCode::NoSuchTable, {{Fact::Table, name.display()}}, {}});
    return found;
}

Result<TableSchema> QueueSession::describe(const TableName &name)
{
    TRY_ASSIGN(const StagedTable *const found, table(name));
    if (found->error)
        return fail(*found->error);
    return *found->schema;
}

Result<qint64> QueueSession::estimateRows(const TableName &name)
{
    TRY_ASSIGN(const StagedTable *const found, table(name));
    return static_cast<qint64>(found->changes.size());
}

Result<void> QueueSession::validateWhere(const TableName &table, const QString &)
{
    return fail(
        Error{ErrorCode::NotAvailable, {{Fact::Table, table.display()}}, {}}.with(Fact::Option, u"queue-where"_s));
}

Result<std::unique_ptr<RowReader>> QueueSession::read(const ReadRequest &)
{
    return fail(Error{ErrorCode::NotAvailable, {{Fact::Option, u"queue-verify"_s}}, {}});
}

Result<ChangeLogState> QueueSession::changeLogState(const ChangeLog &)
{
    ChangeLogState state;
    state.kind = ChangeLogState::Kind::Ready;
    return state;
}

// An order that is known already, at the target, says that its change and all before it have been applied.
Result<void> QueueSession::markStale(StagedTable &table)
{
    QueueVersions::Orders ids;
    const auto idOf = [&table](const StagedChange &change) {
        return QueueVersions::idOf(change.scope, table.name.display(), table.target, change.key);
    };
    for (const StagedChange &change : table.changes) {
        if (!change.fault && !change.scope.empty())
            ids.emplace(idOf(change), std::string());
    }
    TRY_ASSIGN(const QueueVersions::Orders known, m_round.known(ids, m_cancellation));
    for (StagedChange &change : table.changes) {
        change.isStale = table.ignoresDeletes && change.operation == EventOperation::Delete;
        if (change.fault || change.isStale || change.scope.empty())
            continue;
        const std::string id = idOf(change);
        const auto found = known.find(id);
        change.isStale = found != known.end() && found->second >= change.order;
        if (change.isStale)
            continue;
        std::string &order = table.orders[change.key][id];
        order = std::max(order, change.order);
    }
    return {};
}

void QueueSession::chooseWinners(StagedTable &table)
{
    for (int i = 0; i < static_cast<int>(table.changes.size()); ++i) {
        const StagedChange &change = table.changes[static_cast<std::size_t>(i)];
        if (change.fault || change.isStale)
            continue;
        const auto [place, isFirst] = table.winners.try_emplace(change.key, i);
        if (isFirst)
            continue;
        const StagedChange &before = table.changes[static_cast<std::size_t>(place->second)];
        const bool isOvertaken = !change.scope.empty() && change.scope == before.scope && change.order < before.order;
        if (!isOvertaken)
            place->second = i;
    }
}

// rows: of each key in the batch, the change that it is of.
Result<void> QueueSession::decodeKeys(StagedTable &table, const ReadRequest &request, RowBatch &keys,
                                      std::vector<int> &rows)
{
    ChangeEventReader reader;
    EventRowDecoder decoder(request.layout, request.sources, request.columns);
    std::string scratch;
    for (std::size_t i = 0; i < table.changes.size(); ++i) {
        if (m_cancellation != nullptr && m_cancellation->isCancelled())
            return fail(ErrorCode::Cancelled);
        StagedChange &change = table.changes[i];
        if (change.fault)
            continue;
        ChangeEvent event;
        auto decoded = reader.parse(change.message.key, change.message.value, event);
        if (decoded && event.operation != EventOperation::Delete)
            decoded = decoder.decodeRow(event, keys); // of its key alone: the layout has no more
        else if (decoded)
            decoded = decoder.decodeKey(event, keys);
        if (!decoded) {
            change.fault = std::move(decoded).error();
            continue;
        }
        const int row = keys.rowCount() - 1;
        if (const auto fault = keyFault(keys, row)) {
            change.fault = *fault;
            keys.truncate(row);
            continue;
        }
        change.key = keys.key(row, scratch);
        rows.push_back(static_cast<int>(i));
    }
    return {};
}

Result<std::unique_ptr<RowReader>> QueueSession::readChangeLog(const ChangeLog &log, const ReadRequest &request,
                                                               ChangeLogReading &reading)
{
    TRY_ASSIGN(StagedTable *const staged, table(log.table->name));
    staged->winners.clear();
    staged->orders.clear();
    staged->keyLayout = request.layout;
    RowBatch keys(request.layout);
    std::vector<int> rows;
    TRY(decodeKeys(*staged, request, keys, rows));
    TRY(markStale(*staged));
    chooseWinners(*staged);
    RowBatch winning(request.layout);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const StagedChange &change = staged->changes[static_cast<std::size_t>(rows[i])];
        const auto winner = staged->winners.find(change.key);
        if (winner != staged->winners.end() && winner->second == rows[i])
            winning.appendRow(keys, static_cast<int>(i));
    }
    reading.entries = winning.rowCount();
    return std::unique_ptr<RowReader>(std::make_unique<WinningKeys>(std::move(winning)));
}

Result<void> QueueSession::readKeys(const ReadRequest &request, RowSelection keys, bool, RowBatch &out)
{
    out.reset(request.layout);
    TRY_ASSIGN(const StagedTable *const staged, table(request.table->name));
    ChangeEventReader reader;
    EventRowDecoder decoder(request.layout, request.sources, request.columns);
    std::string scratch;
    for (const int row : keys.rows) {
        const auto winner = staged->winners.find(std::string(keys.batch->key(row, scratch)));
        if (winner == staged->winners.end())
            continue;
        const StagedChange &change = staged->changes[static_cast<std::size_t>(winner->second)];
        if (change.operation == EventOperation::Delete)
            continue;
        ChangeEvent event;
        TRY(reader.parse(change.message.key, change.message.value, event));
        if (auto decoded = decoder.decodeRow(event, out); !decoded) {
            appendFaulty(*keys.batch, row, std::move(decoded).error(), out);
        }
    }
    return {};
}

} // namespace tidemark
