// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/plan/rowarrangement.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace tidemark {

// Which rows are shown beyond their category: a text in any column or in one. Tells how far the reading is, and stops
// it.
class FilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit FilterBar(QWidget *parent = nullptr);
    void setColumns(const QList<PlanColumn> &columns); // forgets the filter
    RowFilter filter() const;
    void setFilter(const RowFilter &filter); // and tells it
    void setProgress(qint64 done, qint64 total); // total 0: nothing is being read
    void setNote(const QString &note);
    void focusText();
    QWidget *noteLine() const { return m_line; } // for a line of its own; seen while it says something
    void retranslate();

Q_SIGNALS:
    void filterChanged();
    void stopWished();

private:
    void tell();
    void say(const QString &note);

    QComboBox *m_column;
    QLineEdit *m_text;
    QWidget *m_line;
    QLabel *m_note;
    QToolButton *m_stop;
    QTimer m_typing;
    std::optional<RowFilter> m_told = RowFilter();
};

} // namespace tidemark
