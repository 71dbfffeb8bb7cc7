// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QWidget>

#include "core/config/jobsettings.h"

namespace tidemark {

class Desk;

// The conflicts of a two-way job, answered by hand. A window of its own, not modal.
class ConflictWindow final : public QWidget
{
    Q_OBJECT
public:
    ConflictWindow(std::shared_ptr<Desk> desk, const JobSettings &job, QWidget *parent = nullptr);
    void focusOn(const QString &table, const QByteArray &key); // Conflict::table and key
    void reload(); // after a run
    void setIdle(bool isIdle); // no task of the job runs

Q_SIGNALS:
    void writeRequested(); // what is answered is to be written: Runner::resolve with no replies
    void countChanged(qint64 open);

private:
    std::shared_ptr<Desk> m_desk;
    JobSettings m_job;
};

} // namespace tidemark
