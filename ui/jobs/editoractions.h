// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include "ui/jobs/editorpage.h"

class QComboBox;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace tidemark {

class JobDraft;

// What follows the job's runs: notifications, commands and web hooks, each with when.
class EditorActions final : public EditorSheet
{
    Q_OBJECT
public:
    explicit EditorActions(JobDraft &draft, QWidget *parent = nullptr);
    void showDraft() override;
    void lead(const EditorProblem &problem) override;

private:
    struct Place // of an action in the file
    {
        QString when; // "success" …
        int index = 0;
        bool operator==(const Place &) const = default;
    };
    QWidget *buildList(QWidget *content);
    QWidget *buildDetail(QWidget *content);
    QWidget *buildCommand(QWidget *content);
    QWidget *buildHook(QWidget *content);
    QList<Place> places() const;
    std::optional<Place> current() const;
    QJsonObject at(const Place &place) const;
    static QString textOf(const QJsonObject &action);
    void add(const QJsonObject &action);
    void remove();
    void move(const QString &when);
    void change(const QString &field, const QString &key, const QJsonValue &value);
    void putCommand();
    void putSecret();
    void showDetail();
    void select(const Place &place);

    JobDraft &m_draft;
    bool m_showing = false;
    QListWidget *m_list;
    QPushButton *m_remove = nullptr;
    QWidget *m_detail = nullptr;
    QComboBox *m_when = nullptr;
    QWidget *m_commandBox = nullptr;
    QLineEdit *m_program = nullptr;
    QPlainTextEdit *m_arguments = nullptr;
    QWidget *m_hookBox = nullptr;
    QLineEdit *m_url = nullptr;
    QComboBox *m_secretKind = nullptr;
    QWidget *m_secretBox = nullptr;
    QLineEdit *m_secret = nullptr;
    QWidget *m_timeoutBox = nullptr;
    QLineEdit *m_timeout = nullptr;
};

} // namespace tidemark
