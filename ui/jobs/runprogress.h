// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QWidget>

#include "ui/jobs/jobentry.h"
#include "ui/jobs/progressmeter.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace tidemark {

// A task while it runs: one bar over all tables, what it does and how fast, and what can be done about it. It takes no
// focus by itself.
class RunProgress final : public QWidget
{
    Q_OBJECT
public:
    explicit RunProgress(QWidget *parent = nullptr);
    void showJob(const JobEntry &job); // of a running one; figures change at most four times a second
    void retranslate();
    static QString timeLeft(qint64 seconds);

Q_SIGNALS:
    void pauseRequested(bool pause);
    void stopRequested(); // after the batch in hand
    void cancelRequested();
    void hideRequested();

private:
    void showButtons(const JobEntry &job);
    QString figures(const OverallProgress &progress) const;

    QString m_key;
    std::optional<Task> m_task;
    bool m_paused = false;
    bool m_stopping = false;
    bool m_waiting = false;
    ProgressMeter m_meter;
    QElapsedTimer m_clock; // of this task
    qint64 m_textMs = -1; // when the words changed last
    QLabel *m_counts;
    QProgressBar *m_bar;
    QLabel *m_figures;
    QLabel *m_retry;
    QPushButton *m_pause;
    QPushButton *m_stop;
    QPushButton *m_cancel;
    QPushButton *m_hide;
};

} // namespace tidemark
