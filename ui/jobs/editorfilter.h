// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QTimer>
#include <QWidget>

#include "core/base/result.h"
#include "core/config/connectionsettings.h"
#include "core/data/tableschema.h"
#include "ui/jobs/editorsessions.h"

class QFormLayout;
class QLabel;
class QPlainTextEdit;

namespace tidemark {

class Desk;
class JobDraft;
struct RowCount;

// Which rows of a table belong to the job: an SQL expression a side, with the rows that pass it counted while it is
// written.
class EditorFilter final : public QWidget
{
    Q_OBJECT
public:
    EditorFilter(const std::shared_ptr<Desk> &desk, JobDraft &draft, QWidget *parent = nullptr);

    struct Side
    {
        std::optional<ConnectionSettings> connection; // not set: nothing is counted
        TableName table;
        qint64 rows = -1; // estimated, all of them
    };
    void setTable(int table, const Side &source, const Side &target);
    void showDraft();
    QWidget *field(const QString &name) const; // "where.target"

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Half
    {
        explicit Half(const std::shared_ptr<Desk> &desk);
        EditorSessions sessions;
        QPlainTextEdit *text = nullptr;
        QLabel *count = nullptr;
        Side side;
        QString shown; // as the draft has it
        QString counted; // the filter that was asked about
        QTimer later;
        bool isTarget = false;
    };
    void build(Half &half, const QString &field);
    void edited(Half &half);
    void put(Half &half, const QString &sql);
    void count(Half &half);
    void show(Half &half, const Result<RowCount> &rows);

    JobDraft &m_draft;
    int m_table = -1;
    bool m_showing = false;
    QFormLayout *m_form;
    Half m_source;
    Half m_target;
};

} // namespace tidemark
