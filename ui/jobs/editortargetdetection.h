// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QStringList>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QWidget;

namespace tidemark {

class JobDraft;

// How a two-way job finds what changed at the target, where that is not as at the source: fields on a form.
class EditorTargetDetection final : public QObject
{
    Q_OBJECT
public:
    EditorTargetDetection(JobDraft &draft, QFormLayout &form, QWidget *parent);
    void setColumns(const QStringList &columns); // to choose from
    // place: JobDraft::job, or a table. offered: the source's is said there, and is one that the target may differ in.
    void showDraft(int place, bool offered);

private:
    QLineEdit *line(const QString &key, QWidget *parent);
    void addField(const QString &key, QWidget *widget);
    QJsonObject said() const; // empty: as the source
    void setBy(const QString &by);
    void setKey(const QString &key, const QJsonValue &value);

    JobDraft &m_draft;
    QFormLayout &m_form;
    int m_place;
    bool m_showing = false;
    QComboBox *m_by;
    QComboBox *m_column;
    QLineEdit *m_lag;
    QLineEdit *m_overlap;
};

} // namespace tidemark
