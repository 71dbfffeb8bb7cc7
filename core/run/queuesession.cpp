// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queuesession.h"

#include <algorithm>

#include "core/change/changeeventrow.h"
#include "core/detect/compare.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t betweenChecks = 64;

bool isPassedOver(const StagedTable &table, const StagedChange &change)
{
    return table.ignoresDeletes && change.operation == EventOperation::Delete;
}

// The keys whose rows are to be looked at, each once.
class WinningKeys final : public RowReader
{
public:
    explicit WinningKeys(RowBatch keys) : m_keys(std::move(keys)) { }
    Result<bool> next(RowBatch &batch) override
    {
        batch = std::move(m_keys);
        m_keys.reset(batch.layoutPointer());
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

// Of each key and scope the latest order, and what the target knows of it: an order that is known already says that its
// change and all before it have been applied.
Result<void> QueueSession::markStale(StagedTable &table)
{
    std::vector<std::pair<std::string_view, quint64>> scopes;
    const auto numberOf = [&](std::string_view scope) {
        for (const auto &[known, number] : scopes) {
            if (known == scope)
                return number;
        }
        return scopes.emplace_back(scope, QueueVersions::scopeOf(scope, table.name.display(), table.target)).second;
    };
    for (const StagedChange &change : table.changes) {
        if (change.keyNumber < 0 || change.scope.empty() || isPassedOver(table, change))
            continue;
        StagedVersion &version = table.versionOf(change);
        if (version.version.empty())
            version.id = QueueVersions::idOf(numberOf(change.scope), *table.keyLayout, change.key);
        version.version = std::max(version.version, change.order);
    }
    TRY(m_round.loadVersions(table, m_cancellation));
    for (StagedChange &change : table.changes) {
        change.isStale = isPassedOver(table, change);
        if (change.keyNumber >= 0 && !change.isStale && !change.scope.empty())
            change.isStale = table.versionOf(change).known >= change.order;
    }
    return {};
}

void QueueSession::chooseWinners(StagedTable &table)
{
    for (int i = 0; i < static_cast<int>(table.changes.size()); ++i) {
        const StagedChange &change = table.changes[static_cast<std::size_t>(i)];
        if (change.keyNumber < 0 || change.isStale)
            continue;
        int &winner = table.keys[static_cast<std::size_t>(change.keyNumber)].winner;
        const StagedChange *const before = winner < 0 ? nullptr : &table.changes[static_cast<std::size_t>(winner)];
        const bool isOvertaken =
            before != nullptr && !change.scope.empty() && change.scope == before->scope && change.order < before->order;
        if (!isOvertaken)
            winner = i;
    }
}

// rows: of each key in the batch, the change that it is of.
Result<void> QueueSession::decodeKeys(StagedTable &table, const ReadRequest &request, RowBatch &keys,
                                      std::vector<int> &rows)
{
    EventRowDecoder decoder(request.layout, request.sources, request.columns);
    ChangeEvent event;
    std::string scratch;
    for (std::size_t i = 0; i < table.changes.size(); ++i) {
        if (i % betweenChecks == 0 && m_cancellation != nullptr && m_cancellation->isCancelled())
            return fail(ErrorCode::Cancelled);
        StagedChange &change = table.changes[i];
        change.keyNumber = -1;
        if (change.fault)
            continue;
        m_round.messages().restore(change, event);
        // Of a row its key alone: the layout has no more.
        const auto decoded = change.operation == EventOperation::Delete ? decoder.decodeKey(event, keys)
                                                                        : decoder.decodeRow(event, keys);
        if (!decoded) {
            change.fault = std::make_unique<const Error>(decoded.error());
            continue;
        }
        const int row = keys.rowCount() - 1;
        if (const auto fault = keyFault(keys, row)) {
            change.fault = std::make_unique<const Error>(*fault);
            keys.truncate(row);
            continue;
        }
        table.setKey(change, keys.key(row, scratch));
        rows.push_back(static_cast<int>(i));
    }
    return {};
}

Result<std::unique_ptr<RowReader>> QueueSession::readChangeLog(const ChangeLog &log, const ReadRequest &request,
                                                               ChangeLogReading &reading)
{
    TRY_ASSIGN(StagedTable *const staged, table(log.table->name));
    staged->forgetKeys();
    staged->keyLayout = request.layout;
    RowBatch keys(request.layout);
    std::vector<int> changes;
    TRY(decodeKeys(*staged, request, keys, changes));
    TRY(markStale(*staged));
    chooseWinners(*staged);
    std::vector<int> rows; // of the winners, in the order of their keys: the target's neighbours are looked up together
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const StagedChange &change = staged->changes[static_cast<std::size_t>(changes[i])];
        if (staged->keys[static_cast<std::size_t>(change.keyNumber)].winner == changes[i])
            rows.push_back(static_cast<int>(i));
    }
    const auto isLess = [&keys](int left, int right) { return keys.compareKeys(left, keys, right) < 0; };
    if (!std::is_sorted(rows.begin(), rows.end(), isLess))
        std::sort(rows.begin(), rows.end(), isLess);
    RowBatch winning(request.layout);
    for (const int row : rows) {
        winning.appendRow(keys, row);
        const int change = changes[static_cast<std::size_t>(row)];
        staged->setOrder(staged->changes[static_cast<std::size_t>(change)]);
    }
    reading.entries = winning.rowCount();
    return std::unique_ptr<RowReader>(std::make_unique<WinningKeys>(std::move(winning)));
}

Result<void> QueueSession::readKeys(const ReadRequest &request, RowSelection keys, bool, RowBatch &out)
{
    out.reset(request.layout);
    TRY_ASSIGN(const StagedTable *const staged, table(request.table->name));
    EventRowDecoder decoder(request.layout, request.sources, request.columns);
    ChangeEvent event;
    std::string scratch;
    for (const int row : keys.rows) {
        const StagedKey *const key = staged->find(keys.batch->key(row, scratch), m_next);
        if (key == nullptr || key->winner < 0)
            continue;
        const StagedChange &change = staged->changes[static_cast<std::size_t>(key->winner)];
        if (change.operation == EventOperation::Delete)
            continue;
        m_round.messages().restore(change, event);
        if (auto decoded = decoder.decodeRow(event, out); !decoded) {
            appendFaulty(*keys.batch, row, std::move(decoded).error(), out);
        }
    }
    return {};
}

} // namespace tidemark
