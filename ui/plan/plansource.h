// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include <QObject>
#include <QThread>

#include "ui/plan/planrow.h"

namespace tidemark {

// A plan file, read on a thread of its own: the UI thread asks and is answered by signals, in the order of asking. Its
// destructor stops what is being read.
class PlanSource final : public QObject
{
    Q_OBJECT
public:
    static constexpr int pageSize = 200;

    explicit PlanSource(QString file, QObject *parent = nullptr);
    ~PlanSource() override;

    void open();
    void requestCount(const PlanQuery &query);
    void requestPage(const PlanQuery &query, qint64 page);
    void requestDetail(const PlanQuery &query, qint64 index);
    // The next row after `from` (or before it) with this text in a cell; searches to the end and stops there.
    void find(const PlanQuery &query, const QString &text, qint64 from, bool forward);
    // The columns in which any updated row differs.
    void requestChangedColumns(int table);
    void includeTable(int table, bool included);
    void includeRow(int table, qint64 number, bool included);

Q_SIGNALS:
    void opened(const tidemark::PlanContents &contents);
    void failed(const tidemark::Error &error);
    void counted(const tidemark::PlanQuery &query, qint64 rows);
    void pageRead(const tidemark::PlanQuery &query, qint64 page, const QList<tidemark::PlanRowView> &rows);
    void detailRead(const tidemark::PlanQuery &query, qint64 index, const tidemark::PlanRowDetail &detail);
    void foundRow(qint64 index); // −1: none
    void changedColumnsRead(int table, const QSet<int> &columns);

private:
    struct Work; // of the thread
    void post(const std::function<void(Work &)> &work);
    template <typename Signal, typename... Arguments>
    static void answer(Work &work, Signal signal, Arguments... arguments);

    QThread m_thread;
    std::unique_ptr<Work> m_work;
    std::unique_ptr<QObject> m_context; // lives on the thread
    std::atomic_bool m_stop = false;
    std::atomic_int m_search = 0; // a newer search ends an older one
};

} // namespace tidemark
