// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/editorpage.h"

namespace tidemark {

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
    void setColumns(const QStringList &columns); // that detection chooses from
    void showDraft() override;
    void lead(const EditorProblem &problem) override;

private:
    void buildDetection(QWidget *content);
    void buildDeletes(QWidget *content);
    void buildConflicts(QWidget *content);
    void showConflicts();
    void buildComparing(QWidget *content);
    void buildWriting(QWidget *content);
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
    QList<QWidget *> m_deleteRows; // where deletes propagate
    QList<QWidget *> m_keyRows; // and a cursor finds changes
    QList<QWidget *> m_conflictRows; // two-way jobs alone
    QList<QWidget *> m_oneWayRows; // all others
    QWidget *m_deletesHeading = nullptr;
    QWidget *m_leftFilter = nullptr;
};

} // namespace tidemark
