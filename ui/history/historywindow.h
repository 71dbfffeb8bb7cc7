// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

#include <QHash>
#include <QMap>
#include <QWidget>

#include "core/config/jobsettings.h"
#include "core/reconcile/report.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTimer;

namespace tidemark {

class Desk;
class EmptyPlace;
class HistoryChart;
class HistoryDetail;
class HistoryRunsFilter;
class HistoryRunsModel;

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

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Contents // of the journal and the workspace
    {
        QList<RunReport> runs;
        QHash<QString, JobSettings> jobs; // by id
        std::optional<Error> error;
        bool isWhole = false;
    };
    void build();
    QWidget *buildRuns();
    QWidget *buildButtons();
    void retranslate();
    void read(int most);
    static Contents contents(Desk &desk, int most);
    void take(int number, const Contents &contents);
    void showJobs();
    void filter();
    void showChart();
    void showRun();
    void showOffers();
    void choose(const QString &run);
    const RunReport *current() const;
    std::optional<JobSettings> jobOf(const RunReport &run) const;
    void exportRun();
    void copyDiagnostics();
    void say(const QString &text);

    std::shared_ptr<Desk> m_desk;
    QHash<QString, JobSettings> m_jobs;
    QString m_wantedJob; // to be shown once the jobs are known
    QString m_shown; // the run at the right
    int m_number = 0; // of the reading under way
    bool m_idle = true;
    std::shared_ptr<std::atomic_bool> m_stopExport;

    QComboBox *m_jobBox;
    QComboBox *m_stateBox;
    QLineEdit *m_text;
    HistoryRunsModel *m_runs;
    HistoryRunsFilter *m_filter;
    QTableView *m_runsView;
    HistoryChart *m_chart;
    EmptyPlace *m_noRuns;
    QStackedWidget *m_runsStack;
    HistoryDetail *m_detail;
    EmptyPlace *m_noRun;
    QStackedWidget *m_detailStack;
    QLabel *m_said;
    QTimer *m_saidTimer;
    QPushButton *m_diagnostics;
    QPushButton *m_export;
    QPushButton *m_report;
    QPushButton *m_close;
    QPushButton *m_undo;
};

} // namespace tidemark
