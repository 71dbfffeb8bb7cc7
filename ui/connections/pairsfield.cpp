// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/pairsfield.h"

#include <algorithm>

#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/connections/columntypedelegate.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int Name = 0, Value = 1, Count = 2;

PairsField::PairsField(const QString &objectName, const QString &accessibleName, const QString &addText,
                       QWidget *parent)
    : QWidget(parent), m_table(new QTableWidget(0, Count, this)), m_add(new QPushButton(addText, this)),
      m_remove(new QPushButton(tr("Remove"), this))
{
    m_table->setObjectName(objectName);
    m_add->setObjectName(objectName + u"Add"_s);
    m_remove->setObjectName(objectName + u"Remove"_s);
    m_table->setAccessibleName(accessibleName);
    m_remove->setAccessibleName(tr("Remove from %1").arg(accessibleName));
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    m_table->setItemDelegate(new ColumnTypeDelegate(-1, m_table)); // editors that say what they are
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme::rowHeight(font()));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto *buttons = new FlowLayout;
    for (QPushButton *button : {m_add, m_remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_table);
    layout->addLayout(buttons);
    connect(m_add, &QPushButton::clicked, this, &PairsField::add);
    connect(m_remove, &QPushButton::clicked, this, &PairsField::removeSelected);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &PairsField::followRows);
    connect(m_table, &QTableWidget::cellChanged, this, [this] {
        if (!m_filling)
            Q_EMIT edited();
    });
    followRows();
}

void PairsField::append(const QString &name, const QString &value)
{
    const int row = m_table->rowCount();
    m_filling = true;
    m_table->insertRow(row);
    m_table->setItem(row, Name, new QTableWidgetItem(name));
    m_table->setItem(row, Value, new QTableWidgetItem(value));
    m_filling = false;
}

void PairsField::show(const Pairs &pairs)
{
    if (pairs == this->pairs())
        return;
    m_table->setRowCount(0);
    for (const auto &[name, value] : pairs)
        append(name, value);
    followRows();
}

PairsField::Pairs PairsField::pairs() const
{
    Pairs all;
    for (int row = 0; row < m_table->rowCount(); ++row)
        all.append({m_table->item(row, Name)->text().trimmed(), m_table->item(row, Value)->text()});
    return all;
}

void PairsField::add()
{
    append({}, {});
    followRows();
    Q_EMIT edited();
    m_table->setCurrentCell(m_table->rowCount() - 1, Name);
    m_table->setFocus();
    m_table->editItem(m_table->currentItem());
}

void PairsField::removeSelected()
{
    QList<int> rows;
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows << index.row();
    std::sort(rows.begin(), rows.end(), std::greater<>());
    for (const int row : std::as_const(rows))
        m_table->removeRow(row);
    followRows();
    Q_EMIT edited();
}

// There is a table once there is something in it; a long one scrolls.
void PairsField::followRows()
{
    const int rows = m_table->rowCount();
    m_table->setVisible(rows > 0);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + std::clamp(rows, 1, 5) * m_table->verticalHeader()->defaultSectionSize()
                            + 2 * m_table->frameWidth());
    m_remove->setVisible(rows > 0);
    m_remove->setEnabled(!m_table->selectionModel()->selectedRows().isEmpty());
    const int buttons = m_add->sizeHint().height();
    setMinimumHeight(rows > 0 ? m_table->height() + 4 + buttons : buttons);
    updateGeometry();
}

} // namespace tidemark
