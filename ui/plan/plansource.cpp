// SPDX-License-Identifier: GPL-3.0-or-later
// Pages, values and decisions; planscans.cpp reads through whole tables.
#include "ui/plan/plansource.h"

#include <algorithm>

#include <QCoreApplication>
#include <QFileInfo>

#include "ui/plan/planlane.h"

namespace tidemark {

static constexpr size_t pageWishes = 6; // more than a screen and its neighbours need
static constexpr qint64 pieceBytes = 8 << 20; // of a page, before others have their turn
static constexpr qsizetype pieceCells = 40'000;
static constexpr int watchMs = 2000;

PlanSource::PlanSource(QString file, QObject *parent)
    : QObject(parent), m_file(std::move(file)), m_pages(std::make_unique<Lane>(this)),
      m_values(std::make_unique<Lane>(this)), m_scans(std::make_unique<Lane>(this))
{
    m_watch.setInterval(watchMs);
    connect(&m_watch, &QTimer::timeout, this, &PlanSource::checkFile);
}

void PlanSource::stop()
{
    m_stop = true;
    m_watch.stop();
    for (std::atomic_int *counter : {&m_find, &m_arrange, &m_export, &m_value})
        ++*counter;
}

void PlanSource::retire()
{
    disconnect();
    stop();
    setParent(QCoreApplication::instance()); // ends with it at the latest
    for (Lane *lane : {m_pages.get(), m_values.get(), m_scans.get()}) {
        connect(&lane->thread, &QThread::finished, this, [this] {
            if (++m_lanesEnded == 3)
                deleteLater();
        });
        lane->end();
    }
}

PlanSource::~PlanSource()
{
    stop();
    m_scans.reset();
    m_values.reset();
    m_pages.reset();
}

void PlanSource::post(Lane &lane, const std::function<void(Lane &)> &work)
{
    QMetaObject::invokeMethod(
        lane.context.get(),
        [this, &lane, work] {
            if (m_stop)
                return;
            if (const auto opened = lane.open(); !opened)
                return answer(&PlanSource::failed, opened.error());
            work(lane);
        },
        Qt::QueuedConnection);
}

// Of what a person skips, so much lies in these ranges.
static qint64 shared(const QList<PlanRange> &ranges, const QList<PlanRange> &skipped)
{
    qint64 rows = 0;
    for (const PlanRange &range : ranges)
        for (const PlanRange &other : skipped)
            rows += std::max<qint64>(0, std::min(range.past, other.past) - std::max(range.first, other.first));
    return rows;
}

static Result<PlanCounts> takenOf(PlanReader &reader, int table)
{
    PlanCounts counts;
    TRY_ASSIGN(counts.toTarget, reader.takenCounts(table));
    if (!reader.head().twoWay)
        return counts;
    TRY_ASSIGN(counts.toSource, reader.takenCounts(table, JobSide::Source));
    TRY_ASSIGN(counts.merged, reader.rowCount(table, Decision::Merge));
    TRY_ASSIGN(const QList<PlanRange> merges, reader.places(table, Decision::Merge, 0, counts.merged));
    TRY_ASSIGN(const QList<PlanRange> skipped, reader.skippedRows(table));
    counts.merged -= shared(merges, skipped);
    return counts;
}

// A conflict is answered, not ticked: its rows stay as they are.
static Result<QList<PlanRange>> withoutConflicts(PlanReader &reader, QList<PlanRange> ranges, qsizetype tables)
{
    if (!reader.head().twoWay || ranges.isEmpty())
        return ranges;
    for (int table = 0; table < tables; ++table) {
        TRY_ASSIGN(const QList<PlanRange> conflicts,
                   reader.places(table, Decision::Conflict, 0, std::numeric_limits<qint64>::max()));
        for (const PlanRange &conflict : conflicts) {
            QList<PlanRange> rest;
            for (const PlanRange &range : std::as_const(ranges)) {
                const PlanRange before{range.first, std::min(range.past, conflict.first)};
                const PlanRange after{std::max(range.first, conflict.past), range.past};
                for (const PlanRange &part : {before, after})
                    if (part.first < part.past)
                        rest << part;
            }
            ranges = rest;
        }
    }
    return ranges;
}

void PlanSource::open()
{
    post(*m_pages, [this](Lane &lane) {
        PlanContents contents{lane.reader->head(), lane.tables, {}};
        for (int table = 0; table < lane.tables.size(); ++table) {
            const auto taken = takenOf(*lane.reader, table);
            if (!taken)
                return answer(&PlanSource::failed, taken.error());
            contents.taken << *taken;
        }
        answer(&PlanSource::opened, contents);
    });
    m_watch.start();
}

// A plan that another program removes is still open here: without a look at the path it would be applied in vain.
void PlanSource::checkFile()
{
    post(*m_values, [this](Lane &) {
        if (QFileInfo::exists(m_file) || m_gone.exchange(true))
            return;
        answer(&PlanSource::failed, Error{ErrorCode::FileNotFound, {}, {}}.with(Fact::File, m_file));
    });
}

void PlanSource::requestCount(const PlanQuery &query)
{
    post(*m_pages, [this, query](Lane &lane) {
        if (!lane.table(query.table))
            return;
        const auto rows = query.view ? Result<qint64>(static_cast<qint64>(query.view->places.size()))
                                     : lane.reader->rowCount(query.table, query.only);
        if (!rows)
            return answer(&PlanSource::failed, rows.error());
        answer(&PlanSource::counted, query, *rows);
    });
}

void PlanSource::requestPage(const PlanQuery &query, qint64 page)
{
    std::optional<PageWish> dropped;
    {
        const std::scoped_lock lock(m_mutex);
        m_wishes.push_back({query, page, 0});
        if (m_wishes.size() > pageWishes) {
            dropped = m_wishes.front();
            m_wishes.pop_front();
        }
    }
    if (dropped)
        answer(&PlanSource::pageDropped, dropped->query, dropped->page);
    post(*m_pages, [this](Lane &lane) { servePage(lane); });
}

void PlanSource::servePage(Lane &lane)
{
    PageWish wish;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_wishes.empty())
            return;
        wish = m_wishes.back();
        m_wishes.pop_back();
    }
    if (const PlanTable *table = lane.table(wish.query.table))
        readPage(lane, wish, *table);
}

void PlanSource::readPage(Lane &lane, const PageWish &wish, const PlanTable &table)
{
    const int pageSize = rowsPerPage(table.columns.size());
    RowDecoder decoder(table);
    QList<PlanRowView> rows;
    qint64 bytes = 0;
    qsizetype cells = 0;
    const auto visit = [&](const PlanRowRef &row) {
        rows << decoder.view(row);
        bytes += static_cast<qint64>(row.source.size() + row.target.size());
        cells += 2 * table.columns.size();
        return bytes < pieceBytes && cells < pieceCells && !m_stop;
    };
    const auto read = readRows(lane, wish.query, wish.page * pageSize + wish.first, pageSize - wish.first, visit);
    if (!read)
        return answer(&PlanSource::failed, read.error());
    answer(&PlanSource::pageRead, wish.query, wish.page, wish.first, rows);
    const int next = wish.first + static_cast<int>(rows.size());
    if (rows.isEmpty() || next >= pageSize || (bytes < pieceBytes && cells < pieceCells))
        return;
    // The rest, after what has been asked for in the meantime.
    {
        const std::scoped_lock lock(m_mutex);
        m_wishes.push_front({wish.query, wish.page, next});
    }
    post(lane, [this](Lane &same) { servePage(same); });
}

Result<void> PlanSource::readRows(Lane &lane, const PlanQuery &query, qint64 offset, qint64 limit, const Visit &visit)
{
    if (!query.view)
        return lane.reader->scan(query.table, query.only, offset, limit, visit);
    const std::vector<qint64> &places = query.view->places;
    const auto size = static_cast<qint64>(places.size());
    const qint64 first = std::clamp<qint64>(offset, 0, size);
    const qint64 past = std::min(size, limit < size - first ? first + limit : size);
    return lane.reader->rowsAt({places.data() + first, static_cast<size_t>(past - first)}, visit);
}

void PlanSource::requestDetail(const PlanQuery &query, qint64 index)
{
    post(*m_values, [this, query, index](Lane &lane) {
        const PlanTable *table = lane.table(query.table);
        if (!table)
            return;
        RowDecoder decoder(*table);
        const auto read = readRows(lane, query, index, 1, [&](const PlanRowRef &row) {
            answer(&PlanSource::detailRead, query, index, decoder.detail(row));
            return true;
        });
        if (!read)
            answer(&PlanSource::failed, read.error());
    });
}

void PlanSource::requestValue(const PlanQuery &query, qint64 index, int cell, const ValueWish &wish)
{
    const int request = ++m_value;
    post(*m_values, [this, query, index, cell, wish, request](Lane &lane) {
        const PlanTable *table = lane.table(query.table);
        if (!table || m_value != request || cell < 0 || cell >= table->columns.size())
            return;
        const auto layout = table->layout();
        std::vector<CellView> source, target;
        const auto read = readRows(lane, query, index, 1, [&](const PlanRowRef &row) {
            const bool hasSource = readChain(*layout, row.source, source);
            const bool hasTarget = readChain(*layout, row.target, target);
            const auto at = static_cast<size_t>(cell);
            answer(&PlanSource::valueRead, query, index, cell,
                   viewOfValue(layout->cells[at], hasSource ? &source[at] : nullptr, hasTarget ? &target[at] : nullptr,
                               wish));
            return true;
        });
        if (!read)
            answer(&PlanSource::failed, read.error());
    });
}

void PlanSource::requestWhole(const PlanQuery &query, qint64 index, int cell, bool target, const QString &file)
{
    post(*m_values, [this, query, index, cell, target, file](Lane &lane) {
        const PlanTable *table = lane.table(query.table);
        if (!table || cell < 0 || cell >= table->columns.size())
            return;
        const auto layout = table->layout();
        std::vector<CellView> cells;
        QByteArray bytes;
        const CellType &type = layout->cells[static_cast<size_t>(cell)];
        const auto read = readRows(lane, query, index, 1, [&](const PlanRowRef &row) {
            if (readChain(*layout, target ? row.target : row.source, cells))
                bytes = wholeValue(type, cells[static_cast<size_t>(cell)]);
            return true;
        });
        if (!read)
            return answer(&PlanSource::failed, read.error());
        if (file.isEmpty()) {
            const QString text =
                type.kind == CellKind::Blob ? QString::fromLatin1(bytes.toHex()) : QString::fromUtf8(bytes);
            return answer(&PlanSource::wholeRead, text, static_cast<qint64>(bytes.size()));
        }
        const auto saved = saveBytes(bytes, file);
        answer(&PlanSource::wholeSaved, file, saved ? std::nullopt : std::optional(saved.error()));
    });
}

Result<QList<PlanRange>> PlanSource::placesOf(Lane &lane, const PlanQuery &query, const QList<RowSpan> &rows)
{
    QList<PlanRange> ranges;
    for (const RowSpan &span : rows) {
        if (!query.view) {
            TRY_ASSIGN(const QList<PlanRange> places,
                       lane.reader->places(query.table, query.only, span.first, span.past - span.first));
            ranges << places;
            continue;
        }
        const auto size = static_cast<qint64>(query.view->places.size());
        const qint64 first = std::clamp<qint64>(span.first, 0, size);
        const qint64 past = std::clamp<qint64>(span.past, first, size);
        ranges << rangesOf({query.view->places.data() + first, static_cast<size_t>(past - first)});
    }
    return ranges;
}

void PlanSource::change(Lane &lane, const PlanChange &wished)
{
    PlanChange change = wished;
    for (QList<PlanRange> *ranges : {&change.skip, &change.take}) {
        auto rest = withoutConflicts(*lane.reader, *ranges, lane.tables.size());
        if (!rest)
            return answer(&PlanSource::failed, rest.error());
        *ranges = std::move(*rest);
    }
    const auto done = lane.reader->apply(change);
    if (!done)
        return answer(&PlanSource::failed, done.error());
    QList<PlanTableState> states;
    const auto tables = lane.reader->tables();
    if (!tables)
        return answer(&PlanSource::failed, tables.error());
    for (int table = 0; table < tables->size(); ++table) {
        const auto taken = takenOf(*lane.reader, table);
        if (!taken)
            return answer(&PlanSource::failed, taken.error());
        states << PlanTableState{table, tables->at(table).included, *taken};
    }
    answer(&PlanSource::decided, *done, states);
}

void PlanSource::decide(const PlanQuery &query, const QList<RowSpan> &rows, bool take)
{
    post(*m_pages, [this, query, rows, take](Lane &lane) {
        const auto places = placesOf(lane, query, rows);
        if (!places)
            return answer(&PlanSource::failed, places.error());
        PlanChange wanted;
        (take ? wanted.take : wanted.skip) = *places;
        change(lane, wanted);
    });
}

void PlanSource::decideOnly(const PlanQuery &query, const QList<RowSpan> &rows)
{
    post(*m_pages, [this, query, rows](Lane &lane) {
        const auto places = placesOf(lane, query, rows);
        if (!places)
            return answer(&PlanSource::failed, places.error());
        PlanChange wanted;
        wanted.take = *places;
        wanted.tick = {query.table};
        for (int table = 0; table < lane.tables.size(); ++table) {
            const auto all = lane.reader->places(table, {}, 0, std::numeric_limits<qint64>::max());
            if (!all) // a table that is not skipped would be written, too
                return answer(&PlanSource::failed, all.error());
            wanted.skip << *all;
        }
        change(lane, wanted);
    });
}

void PlanSource::decideTable(int table, bool included, bool takeAll)
{
    post(*m_pages, [this, table, included, takeAll](Lane &lane) {
        PlanChange wanted;
        (included ? wanted.tick : wanted.untick).append(table);
        if (takeAll) {
            const auto skipped = lane.reader->skippedRows(table);
            if (!skipped)
                return answer(&PlanSource::failed, skipped.error());
            wanted.take = *skipped;
        }
        change(lane, wanted);
    });
}

void PlanSource::resetAll()
{
    post(*m_pages, [this](Lane &lane) {
        PlanChange wanted;
        for (int table = 0; table < lane.tables.size(); ++table) {
            wanted.tick << table;
            const auto skipped = lane.reader->skippedRows(table);
            if (!skipped)
                return answer(&PlanSource::failed, skipped.error());
            wanted.take << *skipped;
        }
        change(lane, wanted);
    });
}

void PlanSource::apply(const PlanChange &wanted)
{
    post(*m_pages, [this, wanted](Lane &lane) { change(lane, wanted); });
}

void PlanSource::requestPlaces(const PlanQuery &query, const QList<RowSpan> &rows)
{
    post(*m_pages, [this, query, rows](Lane &lane) {
        const auto places = placesOf(lane, query, rows);
        if (!places)
            return answer(&PlanSource::failed, places.error());
        answer(&PlanSource::placesRead, *places);
    });
}

} // namespace tidemark
