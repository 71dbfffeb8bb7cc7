// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QMap>
#include <QWidget>

#include "core/config/jobsettings.h"
#include "core/run/undohistory.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace tidemark {

class Desk;
class EmptyPlace;
class HistoryCellsModel;
class HistoryRowsModel;
class ReportTableModel;

// One run: its tables, the rows that it wrote, each cell before and after, what happened to one row in all runs, and
// the SQL equivalent.
class HistoryDetail final : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryDetail(std::shared_ptr<Desk> desk, QWidget *parent = nullptr);
    void showRun(const RunReport &run, const std::optional<JobSettings> &job);
    void clear();
    void setIdle(bool idle);
    void retranslate();
    void focusSearch();
    const std::optional<KeptRun> &kept() const { return m_kept; }
    bool isKnown() const { return m_known; } // what is kept of the run has been read
    QString whyNoUndo() const; // empty: the run can be undone

Q_SIGNALS:
    void keptRead();
    void restoreWished(const QString &run, const QString &table, const QMap<QString, QString> &key);

private:
    void build();
    QWidget *buildRows();
    QWidget *buildTools();
    void takeKept(const QString &run, const Result<KeptRun> &kept);
    void showTables();
    void showTable();
    void chooseTable(int row); // of the report
    void showCurrent();
    void showSql();
    void showNote();
    void showRestore();
    void restore();
    void search();
    void searchRow();
    void takeHistory(int number, const Result<RowHistory> &history);
    void backToRun();
    void showPlace(const QString &sentence);
    const KeptRun::Table *table() const;
    const RowChange *current() const;

    std::shared_ptr<Desk> m_desk;
    RunReport m_run;
    std::optional<JobSettings> m_job;
    std::optional<KeptRun> m_kept;
    QString m_keptFailure; // why nothing can be read of it
    bool m_known = false;
    bool m_idle = true;
    int m_search = 0;
    QString m_searched;

    QLabel *m_sign;
    QLabel *m_headline;
    QLabel *m_note;
    ReportTableModel *m_tables;
    QTableView *m_tableView;
    QTabBar *m_tabs; // rows, SQL
    QComboBox *m_tableBox; // of those of which rows are kept
    QLineEdit *m_key;
    QPushButton *m_find;
    QPushButton *m_back;
    QLabel *m_said;
    HistoryRowsModel *m_rows;
    QTableView *m_rowsView;
    HistoryCellsModel *m_cells;
    QTableView *m_cellsView;
    QPlainTextEdit *m_sql;
    EmptyPlace *m_place;
    QStackedWidget *m_stack; // rows, SQL, an empty place
    QPushButton *m_rowHistory;
    QPushButton *m_restore;
    QWidget *m_lower;
};

} // namespace tidemark
