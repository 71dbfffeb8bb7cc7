// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/plansource.h"

#include <algorithm>

namespace tidemark {

struct PlanSource::Work
{
    PlanSource *owner = nullptr; // outlives the thread
    QString file;
    std::unique_ptr<PlanReader> reader;
    QList<PlanTable> tables;

    const PlanTable *table(int number) const
    {
        return reader && number >= 0 && number < tables.size() ? &tables.at(number) : nullptr;
    }
    Result<QList<PlanRow>> rows(const PlanQuery &query, qint64 offset, qint64 limit)
    {
        return reader->rows(query.table, query.only, offset, limit);
    }
};

PlanSource::PlanSource(QString file, QObject *parent)
    : QObject(parent), m_work(std::make_unique<Work>()), m_context(std::make_unique<QObject>())
{
    m_work->owner = this;
    m_work->file = std::move(file);
    m_context->moveToThread(&m_thread);
    m_thread.start();
}

PlanSource::~PlanSource()
{
    m_stop = true;
    ++m_search;
    m_thread.quit();
    m_thread.wait();
}

void PlanSource::post(const std::function<void(Work &)> &work)
{
    QMetaObject::invokeMethod(
        m_context.get(),
        [this, work] {
            if (!m_stop)
                work(*m_work);
        },
        Qt::QueuedConnection);
}

template <typename Signal, typename... Arguments>
void PlanSource::answer(Work &work, Signal signal, Arguments... arguments)
{
    PlanSource *owner = work.owner;
    QMetaObject::invokeMethod(
        owner,
        [owner, signal, arguments...] {
            Q_EMIT(owner->*signal)
            (arguments...);
        },
        Qt::QueuedConnection);
}

void PlanSource::open()
{
    post([](Work &work) {
        auto reader = PlanReader::open(work.file);
        if (!reader)
            return answer(work, &PlanSource::failed, reader.error());
        work.reader = std::move(*reader);
        auto tables = work.reader->tables();
        if (!tables)
            return answer(work, &PlanSource::failed, tables.error());
        work.tables = *tables;
        answer(work, &PlanSource::opened, PlanContents{work.reader->head(), *tables});
    });
}

void PlanSource::requestCount(const PlanQuery &query)
{
    post([query](Work &work) {
        if (!work.table(query.table))
            return;
        const auto rows = work.reader->rowCount(query.table, query.only);
        if (!rows)
            return answer(work, &PlanSource::failed, rows.error());
        answer(work, &PlanSource::counted, query, *rows);
    });
}

void PlanSource::requestPage(const PlanQuery &query, qint64 page)
{
    post([query, page](Work &work) {
        const PlanTable *table = work.table(query.table);
        if (!table)
            return;
        const auto rows = work.rows(query, page * pageSize, pageSize);
        if (!rows)
            return answer(work, &PlanSource::failed, rows.error());
        answer(work, &PlanSource::pageRead, query, page, decodeRows(*table, *rows));
    });
}

void PlanSource::requestDetail(const PlanQuery &query, qint64 index)
{
    post([query, index](Work &work) {
        const PlanTable *table = work.table(query.table);
        if (!table)
            return;
        const auto rows = work.rows(query, index, 1);
        if (!rows)
            return answer(work, &PlanSource::failed, rows.error());
        if (!rows->isEmpty())
            answer(work, &PlanSource::detailRead, query, index, decodeDetail(*table, rows->first()));
    });
}

static bool contains(const PlanRowView &row, const QString &text)
{
    const auto hit = [&](const PlanCell &cell) { return cell.text.contains(text, Qt::CaseInsensitive); };
    return std::any_of(row.source.cbegin(), row.source.cend(), hit)
        || std::any_of(row.target.cbegin(), row.target.cend(), hit);
}

void PlanSource::find(const PlanQuery &query, const QString &text, qint64 from, bool forward)
{
    const int search = ++m_search;
    post([this, query, text, from, forward, search](Work &work) {
        const PlanTable *table = work.table(query.table);
        if (!table)
            return;
        qint64 at = forward ? from + 1 : from - 1;
        while (at >= 0 && m_search == search) {
            const qint64 start = forward ? at : std::max<qint64>(0, at - pageSize + 1);
            const qint64 limit = forward ? pageSize : at - start + 1;
            const auto rows = work.rows(query, start, limit);
            if (!rows)
                return answer(work, &PlanSource::failed, rows.error());
            const QList<PlanRowView> views = decodeRows(*table, *rows);
            for (qsizetype i = 0; i < views.size(); ++i) {
                const qsizetype place = forward ? i : views.size() - 1 - i;
                if (contains(views.at(place), text))
                    return answer(work, &PlanSource::foundRow, start + place);
            }
            if (rows->size() < limit || (!forward && start == 0))
                break;
            at = forward ? start + pageSize : start - 1;
        }
        if (m_search == search)
            answer(work, &PlanSource::foundRow, qint64(-1));
    });
}

void PlanSource::requestChangedColumns(int tableNumber)
{
    post([this, tableNumber](Work &work) {
        const PlanTable *table = work.table(tableNumber);
        if (!table)
            return;
        const PlanQuery query{tableNumber, Decision::UpdateTarget};
        QSet<int> columns;
        const qsizetype all = table->comparedCount - table->keyCount;
        for (qint64 offset = 0; !m_stop && columns.size() < all; offset += pageSize) {
            const auto rows = work.rows(query, offset, pageSize);
            if (!rows)
                return answer(work, &PlanSource::failed, rows.error());
            const QList<PlanRowView> views = decodeRows(*table, *rows);
            for (const PlanRowView &row : views) {
                for (qsizetype cell = 0; cell < row.changed.size(); ++cell) {
                    if (row.changed.at(cell))
                        columns.insert(static_cast<int>(cell));
                }
            }
            if (rows->size() < pageSize)
                break;
        }
        answer(work, &PlanSource::changedColumnsRead, tableNumber, columns);
    });
}

void PlanSource::includeTable(int table, bool included)
{
    post([table, included](Work &work) {
        if (!work.table(table))
            return;
        if (const auto done = work.reader->setTableIncluded(table, included); !done)
            answer(work, &PlanSource::failed, done.error());
    });
}

void PlanSource::includeRow(int table, qint64 number, bool included)
{
    post([table, number, included](Work &work) {
        if (!work.table(table))
            return;
        if (const auto done = work.reader->setRowIncluded(table, number, included); !done)
            answer(work, &PlanSource::failed, done.error());
    });
}

} // namespace tidemark
