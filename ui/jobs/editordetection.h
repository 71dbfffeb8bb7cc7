// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace tidemark {

class JobDraft;

// How changes of the source are found: for the whole job, or for one table.
class EditorDetection final : public QWidget
{
    Q_OBJECT
public:
    EditorDetection(JobDraft &draft, bool ofTable, QWidget *parent = nullptr);
    void setTable(int table);
    void setColumns(const QStringList &columns); // to choose from
    void showDraft();
    QWidget *field(const QString &name) const; // "detect.column"; null: none

private:
    void build();
    QJsonObject own() const; // empty: as the job
    QJsonObject effective() const;
    void setBy(const QString &by);
    void setKey(const QString &key, const QJsonValue &value);
    void showRows(const QJsonObject &detect, bool isOwn);
    QLineEdit *line(const QString &key, bool isFlag, bool isNumber);

    JobDraft &m_draft;
    bool m_ofTable;
    int m_table = -1;
    bool m_showing = false;
    QFormLayout *m_form;
    QComboBox *m_by;
    QComboBox *m_column;
    QComboBox *m_scope;
    QLineEdit *m_lag = nullptr;
    QLineEdit *m_overlap = nullptr;
    QLineEdit *m_pending = nullptr;
    QLineEdit *m_done = nullptr;
    QLabel *m_note;
};

} // namespace tidemark
