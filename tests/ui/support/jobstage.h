// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/ui/support/person.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdialog.h"

class QTableView;

namespace tidemark {

// The sample's two databases in a workspace of their own, for job editors that are used by key and mouse. Fails the
// test on every blocking call of the UI thread. Editors end before the stage does.
class JobStage
{
public:
    JobStage();
    ~JobStage();
    JobStage(const JobStage &) = delete;
    JobStage &operator=(const JobStage &) = delete;

    const std::shared_ptr<Desk> &desk() const { return m_desk; }
    QString path(const QString &file) const { return m_folder.filePath(file); }
    // Of a job by its name; empty: of a new one. Waits until it has been read.
    std::unique_ptr<JobDialog> open(const QString &job) const;
    // Writes the job and opens it at a table of the sample, picked on the page of tables. Null: it does not come so
    // far.
    std::unique_ptr<JobDialog> openAt(const QJsonObject &job, const QString &table) const;
    void write(const QString &name, const QJsonObject &job) const; // as another program would
    static QJsonObject plainJob(const QString &name, const QJsonValue &tables); // make identical, of the sample's sides

private:
    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
    std::unique_ptr<person::Watch> m_watch;
};

namespace editor {

void page(JobDialog &dialog, int number); // from 1, by its key
void settle(const JobDialog &dialog); // until both sides have been checked once more
void clear(const JobDialog &dialog, const QString &field);
QTableView *tables(const JobDialog &dialog);
bool pickTable(const JobDialog &dialog, const QString &name);
QWidget *tab(const JobDialog &dialog, int at); // of the table that is picked; shows it
QJsonObject table(const JobDialog &dialog, const QString &name); // what the draft says of it

} // namespace editor

} // namespace tidemark
