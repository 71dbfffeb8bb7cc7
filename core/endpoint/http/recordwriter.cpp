// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/recordwriter.h"

#include <algorithm>
#include <map>

#include "core/data/celldecoder.h"
#include "core/endpoint/http/pagewalker.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 recordsToLearnFrom = 20;

QStringList keyColumns(const WriteRequest &request)
{
    QStringList names;
    for (const WriteColumn &column : request.columns) {
        if (column.isKey)
            names += column.name;
    }
    return names;
}

std::optional<RecordPath> pathOf(const HttpSettings &service, const std::optional<HttpVerb> &verb,
                                 const QStringList &keys)
{
    return verb ? std::optional<RecordPath>(std::in_place, service, verb->path, keys) : std::nullopt;
}

} // namespace

RecordWriter::RecordWriter(Settings settings)
    : m_s(std::move(settings)), m_lookup(m_s.service, m_s.resource, keyColumns(m_s.request), m_s.cancellation),
      m_insertPath(pathOf(m_s.service.http(), m_s.resource.write->insert, keyColumns(m_s.request))),
      m_updatePath(m_s.service.http(), m_s.resource.write->update->path, keyColumns(m_s.request)),
      m_removePath(pathOf(m_s.service.http(), m_s.resource.write->remove, keyColumns(m_s.request)))
{ }

Result<std::unique_ptr<RecordWriter>> RecordWriter::open(Settings settings)
{
    std::unique_ptr<RecordWriter> writer(new RecordWriter(std::move(settings)));
    const WriteRequest &request = writer->m_s.request;
    for (const WriteColumn &column : request.columns) {
        for (const RecordColumn &known : writer->m_s.columns->columns) {
            const auto cell = std::size_t(column.cell);
            if (known.name == column.name)
                writer->m_fields.push_back(
                    {column, known.from, JsonBinder(request.layout->cells[cell], request.cells[cell])});
        }
    }
    if (writer->m_fields.size() != request.columns.size())
        return fail(Error{ErrorCode::SchemaChanged, {{Fact::Table, writer->m_s.resource.name}}, {}});
    TRY(writer->learnSpelling());
    return writer;
}

// Some services write numbers as strings, so that no digit is lost: they are sent likewise.
Result<void> RecordWriter::learnSpelling()
{
    std::vector<bool> isKnown(m_fields.size(), false);
    PageWalker walker(
        {m_s.service.client(), m_s.service.cache(), m_s.service.http(), m_s.resource, {}, m_s.cancellation});
    return walker.sample(recordsToLearnFrom, [&](std::string_view record) {
        for (std::size_t i = 0; i < m_fields.size(); ++i) {
            const auto value = valueAt(record, m_fields[i].from);
            if (isKnown[i] || !value || kindOf(*value) == JsonKind::Null)
                continue;
            m_fields[i].binder.setAsText(kindOf(*value) == JsonKind::String);
            isKnown[i] = true;
        }
        return Result<void>();
    });
}

Error RecordWriter::fault(const QString &option) const
{
    return Error{ErrorCode::RequestRefused, {{Fact::Table, m_s.resource.name}}, {}}
        .with(Fact::Connection, m_s.service.settings().label())
        .with(Fact::Option, option);
}

Error RecordWriter::located(Error error, const RowBatch &batch, int row) const
{
    error.with(Fact::Table, m_s.resource.name);
    QStringList key;
    for (int cell = 0; cell < batch.layout().keyCount; ++cell) {
        const CellView value = batch.value(row, cell);
        key += value.isNull ? u"NULL"_s : cell::text(batch.layout().cells[std::size_t(cell)], value);
    }
    return error.with(Fact::Key, key.join(", "_L1));
}

RecordWriter::Id RecordWriter::id(Verb verb, const RowBatch &batch, int row) const
{
    std::string text(1, char('0' + int(verb)));
    text += batch.chain(row);
    return {m_s.resource.name, std::move(text)};
}

const RecordPicture *RecordWriter::pictureOf(const RowBatch &batch, int row) const
{
    std::string scratch;
    const auto found = m_s.ledger.pictures.find({m_s.resource.name, std::string(batch.key(row, scratch))});
    return found == m_s.ledger.pictures.end() ? nullptr : &found->second;
}

void RecordWriter::launch(Job &job) { job.answer = m_s.service.client().send(job.request); }

Result<void> RecordWriter::update(RowSelection rows)
{
    const bool someWritten =
        std::any_of(m_fields.begin(), m_fields.end(), [](const Field &field) { return !field.column.isKey; });
    return someWritten ? write(Verb::Update, rows) : Result<void>();
}

Result<void> RecordWriter::write(Verb verb, RowSelection rows)
{
    m_lastVerb = verb;
    m_stopping = false;
    m_s.ledger.stored.clear(); // nobody asked
    const RowBatch &batch = *rows.batch;
    std::deque<Job> jobs;
    std::optional<Error> stop;
    std::map<std::size_t, Error> refused;
    // Where records go is seen by the first.
    const auto window = [&] {
        return verb == Verb::Insert && !m_provenInsert ? 1 : 2 * std::size_t(m_s.service.http().inFlight);
    };
    for (std::size_t next = 0; next < rows.rows.size() || !jobs.empty();) {
        while (!stop && next < rows.rows.size() && jobs.size() < window()) {
            const std::size_t index = next++;
            const int row = rows.rows[index];
            const Id known = id(verb, batch, row);
            if (m_s.ledger.done.contains(known))
                continue;
            if (const auto before = m_s.ledger.refused.find(known); before != m_s.ledger.refused.end()) {
                refused.emplace(index, before->second);
                if (rows.rows.size() == 1) // told; whoever comes again has a reason
                    m_s.ledger.refused.erase(before);
                continue;
            }
            auto job = prepare(verb, batch, row);
            if (!job) {
                Error error = located(std::move(job).error(), batch, row);
                if (error.isRowFault())
                    refused.emplace(index, std::move(error));
                else
                    stop = std::move(error);
                continue;
            }
            job->index = index;
            launch(*job);
            jobs.push_back(std::move(*job));
        }
        if (jobs.empty() && stop)
            break;
        if (jobs.empty())
            continue;
        m_stopping = stop.has_value();
        Job job = std::move(jobs.front());
        jobs.pop_front();
        auto judged = judge(job, batch);
        if (judged && *judged == Next::Done) {
            m_s.ledger.done.insert(id(verb, batch, job.row));
        } else if (judged) {
            jobs.push_front(std::move(job));
        } else if (!judged && judged.error().isRowFault()) {
            Error error = located(std::move(judged).error(), batch, job.row);
            if (rows.rows.size() > 1)
                m_s.ledger.refused.insert_or_assign(id(verb, batch, job.row), error);
            refused.emplace(job.index, std::move(error));
        } else if (!judged && !stop) {
            stop = located(std::move(judged).error(), batch, job.row);
            if (stop->code == ErrorCode::Cancelled)
                return fail(*stop); // the others are broken off, and looked at by the next run
        }
    }
    m_s.service.cache().clear();
    if (stop)
        return fail(*stop);
    if (refused.empty())
        return {};
    auto [index, error] = *refused.begin();
    if (rows.rows.size() > 1)
        error.with(Fact::Line, QString::number(index));
    return fail(std::move(error));
}

std::vector<int> RecordWriter::standing(RowSelection rows) const
{
    std::vector<int> those;
    for (const int row : rows.rows) {
        if (m_s.ledger.done.contains(id(m_lastVerb, *rows.batch, row)))
            those.push_back(row);
    }
    return those;
}

std::vector<int> RecordWriter::takeAltered(RowSelection rows)
{
    std::vector<int> those;
    for (const int row : rows.rows) {
        if (m_s.ledger.altered.erase(id(m_lastVerb, *rows.batch, row)) > 0)
            those.push_back(row);
    }
    return those;
}

} // namespace tidemark::http
