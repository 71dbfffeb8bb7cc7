// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "core/base/cancellation.h"
#include "ui/jobs/editorpage.h"
#include "ui/jobs/editorremarks.h"

class QPlainTextEdit;
class QPushButton;
class QTabBar;
class QTableView;

namespace tidemark {

class Desk;
class EditorChecks;
class JobDraft;

// What a run would meet and what it would create, and a rehearsal of the types.
class EditorCheckPage final : public EditorSheet
{
    Q_OBJECT
public:
    EditorCheckPage(std::shared_ptr<Desk> desk, JobDraft &draft, EditorChecks &checks, QWidget *parent = nullptr);
    ~EditorCheckPage() override;
    void showDraft() override;
    void lead(const EditorProblem &problem) override;

Q_SIGNALS:
    void leadsTo(const EditorProblem &problem); // its field is wanted

private:
    void build();
    void showChecks();
    void showCurrent();
    void rehearse();
    void rehearsed(const Result<QList<EditorProblem>> &losses);

    std::shared_ptr<Desk> m_desk;
    JobDraft &m_draft;
    EditorChecks &m_checks;
    EditorRemarkModel m_model;
    QLabel *m_state;
    QTabBar *m_kinds;
    QTableView *m_view;
    QPlainTextEdit *m_detail;
    QPushButton *m_again;
    QPushButton *m_rehearse;
    QPushButton *m_copy;
    QPushButton *m_go;
    std::shared_ptr<Cancellation> m_rehearsing;
    QJsonObject m_rehearsedJson; // the draft that was tried
    QList<EditorProblem> m_losses;
    QString m_rehearsal; // how it went
};

} // namespace tidemark
