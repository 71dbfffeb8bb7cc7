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
    void clear();
    QString text() const; // for tests and the clipboard

private:
    QString m_source, m_target;
    QLabel *m_rule;
    QLabel *m_body;
};

} // namespace tidemark
