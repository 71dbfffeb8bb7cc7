// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QFormLayout;
class QLabel;
class QWidget;

namespace tidemark {

class EditorFields;
class JobDraft;

// What decides a row that both sides changed, or in a one-way job a row that differs: the fields of "conflicts" on a
// form.
class EditorConflicts final : public QObject
{
    Q_OBJECT
public:
    EditorConflicts(JobDraft &draft, EditorFields &fields, bool ofTable, QFormLayout &form, QWidget *content);
    void setColumns(const QStringList &columns); // to choose from
    void offer(); // what the mode has: before the fields show the draft
    void showDraft(int table); // JobDraft::job, or the table

private:
    void addField(const QString &field, QWidget *widget);
    void showNewest(int table);
    void showStamps(int table);
    QString effective(int table, const QString &key) const;

    JobDraft &m_draft;
    EditorFields &m_fields;
    QFormLayout &m_form;
    bool m_ofTable;
    QStringList m_columns;
    QLabel *m_heading;
    QLabel *m_note;
    QLabel *m_stamps;
};

} // namespace tidemark
