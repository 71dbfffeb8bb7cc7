// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace tidemark {

class EditorTargetDetection;
class JobDraft;

// How changes are found, at the source or in a two-way job at both sides: for the whole job, or for one table.
class EditorDetection final : public QWidget
{
    Q_OBJECT
public:
    EditorDetection(JobDraft &draft, bool ofTable, QWidget *parent = nullptr);
    void setTable(int table);
    void setColumns(const QStringList &columns, const QStringList &ofTarget); // to choose from
    void showDraft();
    QWidget *field(const QString &name) const; // "detect.column"; null: none
    static QString nameOf(const QString &way); // "timestamp"
    static QString automaticLag();

private:
    void build();
    QJsonObject own() const; // empty: as the job
    QJsonObject effective() const;
    QString ofJobAtTarget() const; // the way; empty: as the source
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
    EditorTargetDetection *m_atTarget;
    QLabel *m_note;
};

} // namespace tidemark
