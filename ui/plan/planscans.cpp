// SPDX-License-Identifier: GPL-3.0-or-later
// What reads through whole tables: find, filter, sort, export. In pieces, so that a decision can be written between
// two of them, and so that it ends soon after it is no longer wanted.
#include <limits>

#include <QBuffer>
#include <QElapsedTimer>
#include <QSaveFile>

#include "ui/plan/planlane.h"

namespace tidemark {

static constexpr qint64 pieceRows = 4000;
static constexpr int signMs = 100; // between two signs of progress
static constexpr qint64 maxClipboard = 32 << 20;

void PlanSource::find(const PlanQuery &query, const QString &text, qint64 from, bool forward)
{
    const int request = ++m_find;
    RowFilter filter;
    filter.text = text;
    post(*m_scans, [this, query, filter, from, forward, request](Lane &lane) {
        search(lane, query, filter, from, forward, request);
    });
}

void PlanSource::search(Lane &lane, const PlanQuery &query, const RowFilter &filter, qint64 from, bool forward,
                        int request)
{
    const PlanTable *table = lane.table(query.table);
    if (!table)
        return;
    const auto total = query.view ? Result<qint64>(static_cast<qint64>(query.view->places.size()))
                                  : lane.reader->rowCount(query.table, query.only);
    if (!total)
        return answer(&PlanSource::failed, total.error());
    RowMatch match(*table, filter);
    QElapsedTimer sign;
    sign.start();
    qint64 at = forward ? from + 1 : from; // forward: the first to look at; else past the last
    while (m_find == request && (forward ? at < *total : at > 0)) {
        const qint64 start = forward ? at : std::max<qint64>(0, at - pieceRows);
        const qint64 limit = forward ? pieceRows : at - start;
        qint64 index = start;
        qint64 hit = -1;
        const auto read = readRows(lane, query, start, limit, [&](const PlanRowRef &row) {
            if (match.matches(row))
                hit = index;
            ++index;
            return m_find == request && !(forward && hit >= 0);
        });
        if (!read)
            return answer(&PlanSource::failed, read.error());
        if (m_find != request)
            return;
        if (hit >= 0)
            return answer(&PlanSource::foundRow, hit);
        at = forward ? start + pieceRows : start;
        if (sign.elapsed() >= signMs) {
            sign.restart();
            answer(&PlanSource::finding, forward ? at - from : from - at, forward ? *total - from : from);
        }
    }
    if (m_find == request)
        answer(&PlanSource::foundRow, qint64(-1));
}

void PlanSource::arrange(int tableNumber, std::optional<Decision> only, const RowFilter &filter, const RowOrder &order)
{
    const int request = ++m_arrange;
    const PlanQuery base{tableNumber, only, {}};
    if (filter.isEmpty() && order.cell < 0) {
        post(*m_pages, [this, base, request](Lane &lane) {
            const auto rows = lane.reader->rowCount(base.table, base.only);
            if (!rows)
                return answer(&PlanSource::failed, rows.error());
            if (m_arrange == request)
                answer(&PlanSource::arranged, base, *rows);
        });
        return;
    }
    post(*m_scans, [this, base, filter, order, request](Lane &lane) {
        const PlanTable *table = lane.table(base.table);
        if (!table || m_arrange != request)
            return;
        auto view = std::make_shared<PlanView>();
        const auto done = collect(lane, *table, base, filter, order, request, *view);
        if (!done)
            return answer(&PlanSource::failed, done.error());
        if (*done && m_arrange == request) {
            const auto rows = static_cast<qint64>(view->places.size());
            answer(&PlanSource::arranged, PlanQuery{base.table, base.only, std::move(view)}, rows);
        }
    });
}

// false: not wanted any more, or too much.
Result<bool> PlanSource::collect(Lane &lane, const PlanTable &table, const PlanQuery &base, const RowFilter &filter,
                                 const RowOrder &order, int request, PlanView &view)
{
    TRY_ASSIGN(const qint64 total, lane.reader->rowCount(base.table, base.only));
    RowMatch match(table, filter);
    const bool sorts = order.cell >= 0 && order.cell < table.columns.size();
    RowSort sort(table, order, m_sortLimit);
    qint64 kept = 0;
    bool full = false;
    QElapsedTimer sign;
    sign.start();
    const auto visit = [&](const PlanRowRef &row) {
        if (!filter.isEmpty() && !match.matches(row))
            return m_arrange == request;
        if (sorts)
            full = !sort.add(row);
        else
            view.places.push_back(row.place);
        kept += full ? 0 : 1;
        return !full && m_arrange == request;
    };
    for (qint64 offset = 0; offset < total && !full && m_arrange == request; offset += pieceRows) {
        TRY(lane.reader->scan(base.table, base.only, offset, pieceRows, visit));
        if (sign.elapsed() < signMs)
            continue;
        sign.restart();
        answer(&PlanSource::arranging, std::min(offset + pieceRows, total - 1), total);
    }
    if (m_arrange != request)
        return false;
    if (full) {
        answer(&PlanSource::arrangeTooLarge, kept);
        return false;
    }
    if (sorts) {
        answer(&PlanSource::arranging, total, total);
        view.places = sort.places([&] { return m_arrange == request; });
    }
    return m_arrange == request;
}

void PlanSource::exportRows(const PlanQuery &query, const QList<RowSpan> &rows, const RowExport &format,
                            const QString &file)
{
    const int request = ++m_export;
    RowExport wanted = format;
    wanted.toFile = !file.isEmpty();
    post(*m_scans, [this, query, rows, wanted, file, request](Lane &lane) {
        const PlanTable *table = lane.table(query.table);
        if (!table || m_export != request)
            return;
        const auto end = [this](const QByteArray &bytes, qint64 count, const std::optional<Error> &error) {
            answer(&PlanSource::exported, bytes, count, error, QString::fromUtf8(bytes));
        };
        qint64 written = 0;
        if (file.isEmpty()) {
            QBuffer buffer;
            buffer.open(QIODevice::WriteOnly);
            const auto done = write(lane, *table, query, rows, wanted, buffer, maxClipboard, written, request);
            if (!done)
                return end({}, 0, done.error());
            return *done ? end(buffer.data(), written, {}) : void();
        }
        QSaveFile device(file);
        if (!device.open(QIODevice::WriteOnly))
            return end({}, 0, Error{ErrorCode::FileUnwritable, {}, device.errorString()}.with(Fact::File, file));
        device.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        const auto done =
            write(lane, *table, query, rows, wanted, device, std::numeric_limits<qint64>::max(), written, request);
        if (!done)
            return end({}, 0, done.error());
        if (!*done)
            return;
        if (!device.commit())
            return end({}, 0, Error{ErrorCode::FileUnwritable, {}, device.errorString()}.with(Fact::File, file));
        end({}, written, {});
    });
}

// false: not wanted any more, or too much for the clipboard.
Result<bool> PlanSource::write(Lane &lane, const PlanTable &table, const PlanQuery &query, const QList<RowSpan> &rows,
                               const RowExport &format, QIODevice &device, qint64 limit, qint64 &written, int request)
{
    RowText text(table, format);
    qint64 total = 0;
    for (const RowSpan &span : rows)
        total += span.past - span.first;
    device.write(text.head());
    Result<void> failure;
    bool tooLarge = false;
    QElapsedTimer sign;
    sign.start();
    const auto visit = [&](const PlanRowRef &row) {
        const auto line = text.row(row);
        if (!line) {
            failure = fail(line.error());
            return false;
        }
        tooLarge = device.pos() + line->size() > limit;
        if (tooLarge)
            return false;
        device.write(*line);
        ++written;
        return m_export == request;
    };
    for (const RowSpan &span : rows) {
        for (qint64 at = span.first; at < span.past && m_export == request && !tooLarge; at += pieceRows) {
            TRY(readRows(lane, query, at, std::min(pieceRows, span.past - at), visit));
            TRY(failure);
            if (sign.elapsed() < signMs)
                continue;
            sign.restart();
            answer(&PlanSource::exporting, written, total);
        }
    }
    device.write(text.tail());
    if (tooLarge)
        answer(&PlanSource::exportTooLarge);
    return !tooLarge && m_export == request;
}

} // namespace tidemark
