// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/editorpage.h"

namespace tidemark {

class EditorConflicts;
class EditorDeletes;
class EditorDetection;
class EditorFields;
class JobDraft;

// What holds for the whole job, or what one table does otherwise: deletes, comparing, writing. The whole job's has
// detection too.
class EditorRules final : public EditorSheet
{
    Q_OBJECT
public:
    EditorRules(JobDraft &draft, bool ofTable, QWidget *parent = nullptr);
    void setTable(int table);
    void setColumns(const QStringList &columns); // to choose from
    void showDraft() override;
    void lead(const EditorProblem &problem) override;

private:
    void buildDetection(QWidget *content);
    void buildComparing(QWidget *content);
    void buildWriting(QWidget *content);
    void buildKept(QWidget *content);
    void buildRetry(QWidget *content);
    bool findsByCursor() const;
    void add(const QString &field, QWidget *widget);
    void addTick(const QString &field, const QString &text, bool byDefault, QWidget *content);

    JobDraft &m_draft;
    bool m_ofTable;
    int m_table = -1;
    EditorFields *m_fields;
    EditorDetection *m_detection = nullptr;
    QFormLayout *m_form = nullptr;
    EditorConflicts *m_conflicts = nullptr;
    EditorDeletes *m_deletes = nullptr;
    QLabel *m_keptNote = nullptr;
};

} // namespace tidemark
