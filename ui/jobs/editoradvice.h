// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QHash>
#include <QJsonObject>
#include <QStandardItemModel>
#include <QTimer>
#include <QWidget>

#include "core/detect/adviser.h"
#include "ui/jobs/editorsessions.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeView;

namespace tidemark {

class Desk;

// What the adviser says of one table: every way to find its changes, graded, with the query and figure that each
// finding rests on and the SQL that mends it. Asked once a table, off the UI thread, as soon as somebody looks.
class EditorAdvice final : public QWidget
{
    Q_OBJECT
public:
    explicit EditorAdvice(const std::shared_ptr<Desk> &desk, QWidget *parent = nullptr);

    struct Question
    {
        std::optional<ConnectionSettings> connection; // not set: nothing can be asked
        std::shared_ptr<const TableSchema> schema;
        DetectSettings chosen; // as the job has it now
        QStringList key;
        QString where; // the job's filter of the source
    };
    void setQuestion(const Question &question);
    void askAgain();

Q_SIGNALS:
    void chosen(const DetectSettings &detect);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void ask();
    void show(const Result<TableAdvice> &advice);
    void fill(const TableAdvice &advice);
    void addCandidate(const CandidateAdvice &candidate, bool recommended);
    void addFinding(QStandardItem *parent, const Finding &finding);
    void showCurrent();
    QString questionKey() const;

    EditorSessions m_sessions;
    Question m_question;
    QString m_asked; // which question the answer on show belongs to
    QHash<QString, TableAdvice> m_answers;
    QTimer m_later;
    TableAdvice m_shown;
    QStandardItemModel m_model;
    QLabel *m_sentence;
    QTreeView *m_view;
    QPlainTextEdit *m_sql;
    QPushButton *m_use;
    QPushButton *m_copy;
    QPushButton *m_again;
};

QJsonObject detectJson(const DetectSettings &detect); // as a job file says it
DetectSettings detectSettings(const QJsonObject &detect); // what can be read of it

} // namespace tidemark
