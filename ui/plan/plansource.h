// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include <QObject>
#include <QTimer>

#include "ui/plan/rowarrangement.h"
#include "ui/plan/rowexport.h"
#include "ui/plan/valueview.h"

namespace tidemark {

// Rows as the view counts them, [first, past).
struct RowSpan
{
    qint64 first = 0;
    qint64 past = 0;
    bool operator==(const RowSpan &) const = default;
};

// What a table has left after a decision.
struct PlanTableState
{
    int table = -1;
    bool included = true;
    PlanCounts taken;
    bool operator==(const PlanTableState &) const = default;
};

// A plan file, read on threads of its own: pages and decisions on one, single values on a second, what reads through
// whole tables on a third. The UI thread asks and is answered by signals. The destructor stops what is being read and
// waits for it; retire() does not wait.
class PlanSource final : public QObject
{
    Q_OBJECT
public:
    // Rows of a page: fewer where a table is wide.
    static int rowsPerPage(qsizetype columns)
    {
        return static_cast<int>(std::clamp<qsizetype>(20'000 / std::max<qsizetype>(1, columns), 20, 200));
    }

    explicit PlanSource(QString file, QObject *parent = nullptr);
    ~PlanSource() override;
    // Tells nobody anything any more, ends on its own threads what is being read, then deletes itself.
    void retire();

    void open();
    void requestCount(const PlanQuery &query);
    // The newest wishes are read first; what has scrolled away is dropped.
    void requestPage(const PlanQuery &query, qint64 page);
    void requestDetail(const PlanQuery &query, qint64 index);
    void requestValue(const PlanQuery &query, qint64 index, int cell, const ValueWish &wish);
    // The whole value of one side: into a file, or answered by wholeRead (binary as hex).
    void requestWhole(const PlanQuery &query, qint64 index, int cell, bool target, const QString &file);

    // The next row after `from` (or before it) with this text in a cell; searches to the end and stops there. A newer
    // search ends an older one; likewise below.
    void find(const PlanQuery &query, const QString &text, qint64 from, bool forward);
    void stopFinding() { ++m_find; }
    // Reads a table (or one category of it) through; answered by arranged. Neither filter nor order: at once.
    void arrange(int table, std::optional<Decision> only, const RowFilter &filter, const RowOrder &order);
    void stopArranging() { ++m_arrange; }
    void setSortLimit(size_t bytes) { m_sortLimit = bytes; } // of memory; tests lower it
    // Writes rows in a format, into a file or (bounded) into memory; then `text` is what a clipboard takes.
    void exportRows(const PlanQuery &query, const QList<RowSpan> &rows, const RowExport &format, const QString &file);
    void stopExporting() { ++m_export; }

    // Decisions of a person; each is answered by decided.
    void decide(const PlanQuery &query, const QList<RowSpan> &rows, bool take);
    void decideOnly(const PlanQuery &query, const QList<RowSpan> &rows); // everything else is skipped
    void decideTable(int table, bool included, bool takeAll); // takeAll: its skipped rows, too
    void resetAll();
    void apply(const PlanChange &change); // undo and redo
    void requestPlaces(const PlanQuery &query, const QList<RowSpan> &rows); // answered by placesRead

Q_SIGNALS:
    void opened(const tidemark::PlanContents &contents);
    void failed(const tidemark::Error &error);
    void counted(const tidemark::PlanQuery &query, qint64 rows);
    // Rows of a page, from the first-th on; a page of large values comes in pieces.
    void pageRead(const tidemark::PlanQuery &query, qint64 page, int first, const QList<tidemark::PlanRowView> &rows);
    void pageDropped(const tidemark::PlanQuery &query, qint64 page);
    void detailRead(const tidemark::PlanQuery &query, qint64 index, const tidemark::PlanRowDetail &detail);
    void valueRead(const tidemark::PlanQuery &query, qint64 index, int cell, const tidemark::ValueView &view);
    void wholeRead(const QString &text, qint64 bytes);
    void wholeSaved(const QString &file, const std::optional<tidemark::Error> &error);
    void foundRow(qint64 index); // −1: none
    void finding(qint64 done, qint64 total);
    void arranging(qint64 done, qint64 total); // done == total: being sorted
    void arranged(const tidemark::PlanQuery &query, qint64 rows);
    void arrangeTooLarge(qint64 rows); // so many could be sorted
    void exporting(qint64 done, qint64 total);
    void exported(const QByteArray &bytes, qint64 rows, const std::optional<tidemark::Error> &error,
                  const QString &text);
    void exportTooLarge();
    void decided(const tidemark::PlanChange &done, const QList<tidemark::PlanTableState> &tables);
    void placesRead(const QList<tidemark::PlanRange> &ranges);

private:
    struct Lane; // one thread, one reader
    struct PageWish
    {
        PlanQuery query;
        qint64 page = 0;
        int first = 0;
    };
    using Visit = PlanReader::Visit;

    void post(Lane &lane, const std::function<void(Lane &)> &work);
    template <typename Signal, typename... Arguments> void answer(Signal signal, Arguments... arguments);
    void servePage(Lane &lane);
    void readPage(Lane &lane, const PageWish &wish, const PlanTable &table);
    Result<void> readRows(Lane &lane, const PlanQuery &query, qint64 offset, qint64 limit, const Visit &visit);
    Result<QList<PlanRange>> placesOf(Lane &lane, const PlanQuery &query, const QList<RowSpan> &rows);
    void change(Lane &lane, const PlanChange &change);
    void search(Lane &lane, const PlanQuery &query, const RowFilter &filter, qint64 from, bool forward, int request);
    Result<bool> collect(Lane &lane, const PlanTable &table, const PlanQuery &base, const RowFilter &filter,
                         const RowOrder &order, int request, PlanView &view);
    Result<bool> write(Lane &lane, const PlanTable &table, const PlanQuery &query, const QList<RowSpan> &rows,
                       const RowExport &format, QIODevice &device, qint64 limit, qint64 &written, int request);
    void stop();
    void checkFile();

    QString m_file;
    std::unique_ptr<Lane> m_pages, m_values, m_scans;
    QTimer m_watch;
    int m_lanesEnded = 0; // of a retired one
    std::atomic<size_t> m_sortLimit = RowSort::maxBytes;
    std::mutex m_mutex;
    std::deque<PageWish> m_wishes; // the newest last
    std::atomic_bool m_stop = false;
    std::atomic_bool m_gone = false;
    std::atomic_int m_find = 0, m_arrange = 0, m_export = 0, m_value = 0;
};

} // namespace tidemark
