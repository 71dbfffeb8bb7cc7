// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/plan/planrow.h"

class QLabel;
class QVBoxLayout;

namespace tidemark {

// Why a row is to be written: its changed cells, each with the rule, the values and by what they were compared.
class WhyPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit WhyPanel(QWidget *parent = nullptr);
    void setSides(const QString &source, const QString &target);
    void showCell(const QList<PlanColumn> &columns, const PlanRowDetail &detail, int cell);
    void setTwoWay(const QString &job) { m_job = job; } // its conflicts are answered by the command line
    void clear();
    QString text() const; // for tests and the clipboard

private:
    QString conflictText() const;
    QString mergedText(const PlanCellDetail &cell) const;

    QString m_source, m_target;
    QString m_job; // of a two-way plan
    QLabel *m_rule;
    QLabel *m_body;
};

} // namespace tidemark
