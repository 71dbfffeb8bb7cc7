// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QTimer>
#include <QWidget>

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/config/connectionsettings.h"
#include "core/data/tableschema.h"

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
    EditorFilter(std::shared_ptr<Desk> desk, JobDraft &draft, QWidget *parent = nullptr);
    ~EditorFilter() override;

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
        QPlainTextEdit *text = nullptr;
        QLabel *count = nullptr;
        Side side;
        QString counted; // the filter that was asked about
        std::shared_ptr<Cancellation> counting;
        QTimer later;
        bool isTarget = false;
    };
    void build(Half &half, const QString &field);
    void edited(const Half &half);
    void count(Half &half);
    void show(Half &half, const Result<RowCount> &rows);

    std::shared_ptr<Desk> m_desk;
    JobDraft &m_draft;
    int m_table = -1;
    bool m_showing = false;
    QFormLayout *m_form;
    Half m_source;
    Half m_target;
};

} // namespace tidemark
