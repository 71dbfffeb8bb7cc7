// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/conflictwindow.h"

namespace tidemark {

ConflictWindow::ConflictWindow(std::shared_ptr<Desk> desk, const JobSettings &job, QWidget *parent)
    : QWidget(parent, Qt::Window), m_desk(std::move(desk)), m_job(job)
{ }

void ConflictWindow::focusOn(const QString &, const QByteArray &) { }

void ConflictWindow::reload() { }

void ConflictWindow::setIdle(bool) { }

} // namespace tidemark
