// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

#include "ui/jobs/keptsize.h"
#include "ui/jobs/editorpanel.h"
#include "ui/jobs/editorstamps.h"

class QCheckBox;
class QLineEdit;
class QRadioButton;
class QTableView;

namespace tidemark {

// All tables of the source, and beside them what the job says of the selected one.
class EditorTablesPage final : public EditorSheet
{
    Q_OBJECT
public:
    EditorTablesPage(std::shared_ptr<Desk> desk, JobDraft &draft, QWidget *parent = nullptr);
    EditorPanel &panel() { return *m_panel; }
    void setCatalog(const TableCatalog &catalog);
    void setReading(bool reading);
    void setProblems(const QList<EditorProblem> &problems, const QList<EditorProblem> &remarks);
    KeptSize keptSize() const; // of the tables in the job, were it two-way
    QStringList allColumns() const; // of the source's tables in the job
    void showDraft() override;
    void lead(const EditorProblem &problem) override;

Q_SIGNALS:
    void tableWanted(const TableName &source); // its columns, before its turn

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void buildView();
    void toggleSelected();
    void selected();
    void showCounts();
    void select(int row);

    JobDraft &m_draft;
    EditorTableModel m_model;
    QSortFilterProxyModel m_filtered;
    QRadioButton *m_all;
    QRadioButton *m_some;
    QCheckBox *m_create;
    QLineEdit *m_search;
    QTableView *m_view;
    QLabel *m_counts;
    EditorPanel *m_panel;
    StampRules m_stamps;
    QList<EditorProblem> m_problems;
    QList<EditorProblem> m_remarks;
    bool m_reading = false;
};

} // namespace tidemark
