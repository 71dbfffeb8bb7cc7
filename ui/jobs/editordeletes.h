// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QStringList>

class QFormLayout;
class QLabel;
class QWidget;

namespace tidemark {

class EditorFields;
class JobDraft;

// What becomes of deleted rows: passed on or not, told by a column, withheld where they are many.
class EditorDeletes final : public QObject
{
    Q_OBJECT
public:
    EditorDeletes(JobDraft &draft, EditorFields &fields, bool ofTable, QFormLayout &form, QWidget *content);
    void setColumns(const QStringList &columns); // to choose from
    void offer(); // what the mode has: before the fields show the draft
    void showDraft(int table, bool findsByCursor); // JobDraft::job, or the table

private:
    void addField(const QString &field, QWidget *widget);
    void addMark(QWidget *content);
    void addGuard(QWidget *content);
    void showMark(int table);

    JobDraft &m_draft;
    EditorFields &m_fields;
    QFormLayout &m_form;
    QLabel *m_markNote;
    QList<QWidget *> m_guardRows; // where rows are deleted
};

} // namespace tidemark
