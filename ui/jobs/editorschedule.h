// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QJsonObject>

#include "core/config/schedulesettings.h"
#include "ui/jobs/editorpage.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;

namespace tidemark {

class EditorFields;
class JobDraft;

// When the job runs by itself, with the next times while one types.
class EditorSchedule final : public EditorSheet
{
    Q_OBJECT
public:
    explicit EditorSchedule(JobDraft &draft, QWidget *parent = nullptr);
    void setOtherJobs(const QStringList &names); // that it may follow
    void showDraft() override;
    void lead(const EditorProblem &problem) override;

private:
    enum Kind : quint8 { None, Every, Daily, Cron, After };
    void buildTimes(QWidget *content);
    void buildRest(QWidget *content);
    QWidget *buildDays();
    QLineEdit *listLine(const QString &field, const QString &hint, QWidget *parent);
    void addRow(const QString &field, QWidget *widget, std::initializer_list<Kind> kinds);
    Kind kind() const;
    void choose(Kind kind);
    QJsonValue first(Kind kind) const; // what it says to begin with
    void putDays();
    void putList(const QString &field, const QString &text);
    void showLists();
    void showNext();

    JobDraft &m_draft;
    EditorFields *m_fields;
    QFormLayout *m_form = nullptr;
    QComboBox *m_kind;
    QLineEdit *m_times = nullptr;
    QLineEdit *m_windows = nullptr;
    std::array<QCheckBox *, 7> m_days{};
    QComboBox *m_after = nullptr;
    QComboBox *m_zone = nullptr;
    QLabel *m_next;
    QLabel *m_who;
    QStringList m_otherJobs;
    QJsonObject m_said; // by schedules that were chosen before
    struct Row
    {
        QWidget *label;
        QWidget *field;
        QList<Kind> kinds; // that it is shown for
        QString name;
    };
    QList<Row> m_rows;
};

// The schedule that a draft's object stands for; empty: it has faults, or says nothing.
std::optional<ScheduleSettings> scheduleOf(const QJsonObject &job);

} // namespace tidemark
