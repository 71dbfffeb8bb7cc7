// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QPushButton;
class QTableWidget;

namespace tidemark {

// Names with a value each, such as headers: a small table to type into.
class PairsField final : public QWidget
{
    Q_OBJECT
public:
    using Pairs = QList<std::pair<QString, QString>>;
    PairsField(const QString &objectName, const QString &accessibleName, const QString &addText, QWidget *parent);
    void show(const Pairs &pairs);
    Pairs pairs() const; // as they stand there, also without a name
    QTableWidget *table() const { return m_table; }

Q_SIGNALS:
    void edited();

private:
    void append(const QString &name, const QString &value);
    void add();
    void removeSelected();
    void followRows();

    QTableWidget *m_table;
    QPushButton *m_add, *m_remove;
    bool m_filling = false;
};

} // namespace tidemark
