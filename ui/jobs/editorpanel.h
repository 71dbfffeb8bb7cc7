// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/editoradvice.h"
#include "ui/jobs/editorfilter.h"
#include "ui/jobs/editorpage.h"
#include "ui/jobs/editortables.h"

class QStackedWidget;
class QTabWidget;

namespace tidemark {

class EditorColumnsTab;
class EditorDetection;
class EditorKept;
class EditorRules;
class EmptyPlace;
class JobDraft;

// What a job says of one table: columns, filter, detection, rules.
class EditorPanel final : public EditorSheet
{
    Q_OBJECT
public:
    EditorPanel(std::shared_ptr<Desk> desk, JobDraft &draft, EditorTableModel &tables, QWidget *parent = nullptr);
    void setConnections(const std::optional<ConnectionSettings> &source,
                        const std::optional<ConnectionSettings> &target);
    void setRow(int row); // of the tables; −1: none
    void setProblems(const QList<EditorProblem> &problems, const QList<EditorProblem> &remarks);
    void showDraft() override;
    void lead(const EditorProblem &problem) override;

private:
    void showEmpty(const EditorTable *table);
    void showFilter(const EditorTable &table);
    void showAdvice(const EditorTable &table);
    void showKept(const EditorTable &table);
    void takeIn();

    JobDraft &m_draft;
    EditorTableModel &m_tables;
    std::optional<ConnectionSettings> m_source;
    std::optional<ConnectionSettings> m_target;
    int m_row = -1;
    std::shared_ptr<const TableSchema> m_schema, m_targetSchema; // whose columns detection offers
    QList<EditorProblem> m_problems;
    QList<EditorProblem> m_remarks;
    QStackedWidget *m_stack;
    EmptyPlace *m_empty;
    QLabel *m_title;
    QTabWidget *m_tabs;
    EditorColumnsTab *m_columns;
    EditorFilter *m_filter;
    EditorDetection *m_detection;
    EditorAdvice *m_advice;
    EditorRules *m_rules;
    EditorKept *m_kept;
    QWidget *m_changes;
};

} // namespace tidemark
