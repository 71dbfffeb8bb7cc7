// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QSet>

#include "ui/plan/planrow.h"

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace tidemark {

// Which columns are shown, each with the rows in which it differs.
class ColumnsPopup final : public QFrame
{
    Q_OBJECT
public:
    explicit ColumnsPopup(QWidget *parent = nullptr);
    void setColumns(const PlanTable &table, const std::optional<QSet<int>> &shown);
    void openBelow(QWidget *button);
    void retranslate();

Q_SIGNALS:
    void chosen(const std::optional<QSet<int>> &shown); // not set: all of them

private:
    void find(const QString &text);
    void setAll(bool shown);
    void tell();

    QLineEdit *m_find;
    QListWidget *m_list;
    QPushButton *m_all;
    QPushButton *m_none;
    bool m_filling = false;
};

} // namespace tidemark
