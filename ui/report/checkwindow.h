// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QWidget>

#include "core/run/runner.h"

class QLabel;
class QListView;
class QPlainTextEdit;
class QPushButton;
class QStandardItemModel;

namespace tidemark {

class Engine;

// Everything that a run of the job would meet, without running it: problems first, then warnings and notes, each with
// the SQL that mends it where there is any. Reads both databases on a worker; closing it ends the reading.
class CheckWindow final : public QWidget
{
    Q_OBJECT
public:
    CheckWindow(std::shared_ptr<Engine> engine, const JobSettings &job, QWidget *parent = nullptr);
    ~CheckWindow() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void retranslate();
    void start();
    void stop();
    void showItems(const Result<QList<CheckItem>> &items);
    void showItem();
    QString text() const; // all of it
    static QString sqlOf(const CheckItem &item);

    std::shared_ptr<Engine> m_engine;
    JobSettings m_job;
    std::shared_ptr<Cancellation> m_cancellation;
    Result<QList<CheckItem>> m_items;
    bool m_done = false;

    QLabel *m_headline;
    QStandardItemModel *m_model;
    QListView *m_list;
    QPlainTextEdit *m_sql;
    QPushButton *m_copySql;
    QPushButton *m_copyAll;
    QPushButton *m_again;
    QPushButton *m_close;
};

} // namespace tidemark
