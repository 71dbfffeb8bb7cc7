// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QWidget>

#include "core/config/jobsettings.h"
#include "core/reconcile/report.h"
#include "ui/report/leftrowsmodel.h"

class QLabel;
class QPushButton;
class QScrollArea;
class QTabBar;
class QTableView;

namespace tidemark {

class AccentButton;
class Desk;
class ReportTableModel;

// What a run did, errors first: what went wrong and where, the counts of each table, and the rows that were left
// unwritten. A window of its own, not modal.
class ReportWindow final : public QWidget
{
    Q_OBJECT
public:
    // canRetry: the plan that was approved still stands, so that what failed can be tried again as it was shown.
    ReportWindow(std::shared_ptr<Desk> desk, const JobSettings &job, const RunReport &report, bool canRetry,
                 QWidget *parent = nullptr);
    void showReport(const RunReport &report, bool canRetry); // a newer one of the same job
    // What can be done now. openConflicts: of the job, that a person can answer from here.
    void setOffers(bool canRetry, bool isIdle, qint64 openConflicts = 0);

Q_SIGNALS:
    void compareRequested();
    void conflictsRequested();
    void asideRequested(const tidemark::ConnectionSettings &queue); // its messages that could not be applied
    void retryRequested(const QStringList &tables); // TableReport::source; empty: all

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *buildLeft();
    void retranslate();
    QString sides() const;
    void showProblems();
    void countLeft();
    void copyJson();
    void showLeft();

    std::shared_ptr<Desk> m_desk;
    JobSettings m_job;
    RunReport m_report;
    bool m_canRetry;
    bool m_isIdle = true;
    qint64 m_openConflicts = 0;
    LeftRowsModel::Counts m_counts;

    QLabel *m_sign;
    QLabel *m_headline;
    QLabel *m_note;
    QScrollArea *m_problems;
    ReportTableModel *m_tables;
    QTableView *m_tableView;
    QTabBar *m_kinds;
    LeftRowsModel *m_left;
    QTableView *m_leftView;
    QWidget *m_leftPart;
    QLabel *m_leftNote;
    QPushButton *m_copyText;
    QPushButton *m_copyJson;
    QPushButton *m_close;
    QPushButton *m_retry;
    AccentButton *m_answer;
    QPushButton *m_aside;
    AccentButton *m_compare;
};

} // namespace tidemark
