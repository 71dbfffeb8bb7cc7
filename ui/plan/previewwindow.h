// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/run/runner.h"
#include "ui/plan/plansource.h"

class QButtonGroup;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSplitter;
class QTableView;
class QToolButton;

namespace tidemark {

class AccentButton;
class PlanRowModel;
class PlanTableModel;
class RowsView;
class ValueViewer;
class WarningStrip;
class WhyPanel;

// The preview of a job: what a run would change, row by row, before anything is written. A window of its own, not
// modal. The caller keeps the plan file until the window is gone.
class PreviewWindow final : public QWidget
{
    Q_OBJECT
public:
    PreviewWindow(const JobSettings &job, const RunReport &planned, const QString &planFile, QWidget *parent = nullptr);
    ~PreviewWindow() override;

    // Once the plan is read: opens this table and selects the first row in which this column differs.
    void focusOn(const QString &table, const QString &column);
    bool isReady() const { return m_ready; }
    const QString &planFile() const { return m_planFile; }

Q_SIGNALS:
    void ready(); // tables and the first page of rows stand
    void synchroniseRequested(const tidemark::RunOptions &options, bool verify);
    void compareRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *buildFilters();
    QWidget *buildBottom();
    void addShortcuts();
    void retranslate();
    void showContents(const PlanContents &contents);
    void showTable(int table);
    void showRows();
    void showTotals();
    void showCell();
    void showDetail(const PlanQuery &query, qint64 index, const PlanRowDetail &detail);
    void applyFocus(int first, int last);
    void find(bool forward);
    void toggleColumns();
    void synchronise();
    WriteCounts chosen() const;
    std::optional<Decision> filter() const;

    JobSettings m_job;
    RunReport m_planned;
    QString m_planFile;
    PlanSource m_source;
    PlanContents m_contents;
    PlanRowDetail m_detail;
    PlanQuery m_detailQuery;
    qint64 m_detailIndex = -1;
    QString m_focusTable, m_focusColumn;
    bool m_ready = false;

    WarningStrip *m_production;
    QLabel *m_headline;
    QLabel *m_note;
    QToolButton *m_again;
    PlanTableModel *m_tables;
    QTableView *m_tableView;
    QButtonGroup *m_filters;
    QLabel *m_equal;
    QLineEdit *m_find;
    QLabel *m_findNote;
    QToolButton *m_previous;
    QToolButton *m_next;
    QCheckBox *m_changedOnly;
    QCheckBox *m_spaces;
    QToolButton *m_whyButton;
    PlanRowModel *m_rows;
    RowsView *m_rowsView;
    QSplitter *m_splitter;
    ValueViewer *m_viewer;
    WhyPanel *m_why;
    QPushButton *m_cancel;
    AccentButton *m_write;
};

} // namespace tidemark
