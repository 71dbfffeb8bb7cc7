// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QJsonValue>
#include <QList>
#include <QMap>
#include <QObject>
#include <QStringList>

#include "ui/jobs/jobdraft.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QWidget;

namespace tidemark {

// Widgets that stand for keys of a draft, kept alike in both directions. For one table every field may say "as the
// job", which is what it says until it is changed. What is typed goes into the draft as it is: what a job cannot hold
// is found by the checks, and nothing typed is lost.
class EditorFields final : public QObject
{
    Q_OBJECT
public:
    struct Choice
    {
        QString text;
        QJsonValue value; // an object stands for every object
    };
    enum class Kind : quint8 { Text, Integer, Number, Scalar };
    using Default = std::function<QJsonValue(const QJsonObject &job)>; // of a job that does not say

    EditorFields(JobDraft &draft, bool ofTable, QObject *parent);
    void setTable(int table); // an index of "tables"

    QComboBox *choice(const QString &field, const QList<Choice> &choices, const Default &byDefault, QWidget *parent);
    QWidget *yesNo(const QString &field, const QString &text, bool byDefault, QWidget *parent);
    QLineEdit *line(const QString &field, Kind kind, const QString &byDefault, QWidget *parent);

    void setChoices(const QString &field, const QList<Choice> &choices); // from the next show() on
    void setSuggestions(const QString &field, const QStringList &words); // of a line
    void setOwnAlone(const QString &field); // part of what a table says as a whole, or not at all

    void show(); // what the draft says
    QWidget *widget(const QString &field) const; // null: not of these

private:
    struct Bound
    {
        QWidget *widget = nullptr;
        QList<Choice> choices;
        Kind kind = Kind::Text;
        Default byDefault;
        bool ownAlone = false;
    };
    bool inherits(const Bound &bound) const { return m_ofTable && !bound.ownAlone; }
    QJsonValue own(const QString &field) const;
    QJsonValue ofJob(const QString &field) const; // or the default
    void showChoice(const QString &field, const Bound &bound);
    void showTick(const QString &field, const Bound &bound);
    void showLine(const QString &field, const Bound &bound);
    void put(const QString &field, const QJsonValue &value, bool merges);
    void add(const QString &field, const Bound &bound);

    JobDraft &m_draft;
    bool m_ofTable;
    int m_table = JobDraft::job;
    bool m_showing = false;
    QMap<QString, Bound> m_fields;
};

// A value of a draft as text in a field: numbers without an exponent, texts as they are.
QString fieldText(const QJsonValue &value);

} // namespace tidemark
