// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QMap>
#include <QWidget>

#include "core/reconcile/report.h"

namespace tidemark {

class Desk;

// What the jobs did: their runs, the tables and rows of each, what a row was before and became, and the ways back.
// A window of its own, not modal. Reads the journal and the undo files on workers; writes nothing itself.
class HistoryWindow final : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryWindow(std::shared_ptr<Desk> desk, QWidget *parent = nullptr);
    ~HistoryWindow() override;

    void showJob(const QString &jobId); // empty: all jobs
    void reload(); // a run has ended, or jobs have changed
    void setIdle(bool idle); // false: some job is running, and nothing can be undone until it ends

Q_SIGNALS:
    void undoRequested(const QString &jobId, const QString &run);
    void restoreRequested(const QString &jobId, const QString &run, const QString &table,
                          const QMap<QString, QString> &key);
    void reportRequested(const tidemark::RunReport &report);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tidemark
