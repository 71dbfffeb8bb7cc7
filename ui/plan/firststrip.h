// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "core/config/jobsettings.h"
#include "core/reconcile/report.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace tidemark {

// What a two-way job meets where nothing tells yet which side changed: rows of both sides, counted over all tables.
struct FirstMeeting
{
    qint64 tables = 0; // without last synced values; 0: there is nothing to say
    qint64 onlySource = 0;
    qint64 onlyTarget = 0;
    qint64 differ = 0; // there on both sides
    bool operator==(const FirstMeeting &) const = default;
};
FirstMeeting firstMeeting(const QList<TableReport> &planned);

// Says so above a preview, and asks once for the whole job by which rule rows that differ are to go.
class FirstStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit FirstStrip(QWidget *parent = nullptr);
    void setSides(const QString &source, const QString &target);
    void setMeeting(const FirstMeeting &meeting, const ConflictSettings &rules); // shows itself where there is one
    void offerRules(bool offered); // somebody is there to take the answer
    void retranslate();

Q_SIGNALS:
    void ruleChosen(const QString &policy); // a policy of a job file, for `conflicts.first`

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showChoices();

    QString m_source, m_target;
    FirstMeeting m_meeting;
    ConflictSettings m_rules;
    bool m_offered = false;
    QLabel *m_text;
    QLabel *m_question;
    QComboBox *m_choice;
    QPushButton *m_use;
};

} // namespace tidemark
