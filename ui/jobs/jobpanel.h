// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QElapsedTimer>
#include <QWidget>

#include "ui/jobs/jobentry.h"

class QLabel;
class QListView;
class QPushButton;

namespace tidemark {

class AccentButton;
class EmptyPlace;
class RunProgress;
class TableProgressModel;

// The selected job: how it stands, its tables with live progress, and the next step as a button.
class JobPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit JobPanel(QWidget *parent = nullptr);
    void showJob(const JobEntry *job); // null: none selected
    void setStartsAtLogin(bool starts);
    void retranslate();

Q_SIGNALS:
    void compareRequested();
    void reviewRequested();
    void reportRequested();
    void conflictsRequested();
    void asideRequested(); // messages of its queue
    void saveRequested(); // of a comparison without a job
    void enableRequested();
    void pauseRequested(bool pause);
    void stopRequested();
    void cancelRequested();
    void hideRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showState(const JobEntry &job);
    void showButtons(const JobEntry &job);
    void showTiming(const JobEntry &job);
    void showTables(const JobEntry &job);

    std::optional<JobEntry> m_job;
    bool m_startsAtLogin = false;
    QElapsedTimer m_lastText;
    EmptyPlace *m_empty;
    QWidget *m_body;
    QLabel *m_name;
    QLabel *m_sides;
    QLabel *m_mode;
    QLabel *m_production;
    QLabel *m_state;
    QLabel *m_next;
    QLabel *m_detail;
    QLabel *m_timing;
    QLabel *m_tablesTitle;
    AccentButton *m_step;
    QPushButton *m_answer;
    QPushButton *m_report;
    QPushButton *m_aside;
    QPushButton *m_keep;
    RunProgress *m_progress;
    TableProgressModel *m_tables;
    QListView *m_list;
};

} // namespace tidemark
