// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/columnspopup.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include "ui/plan/celltext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int cellRole = Qt::UserRole;
static constexpr int nameRole = Qt::UserRole + 1;

ColumnsPopup::ColumnsPopup(QWidget *parent)
    : QFrame(parent, Qt::Popup), m_find(new QLineEdit(this)), m_list(new QListWidget(this)),
      m_all(new QPushButton(this)), m_none(new QPushButton(this))
{
    setObjectName(u"columnsPopup"_s);
    setFrameShape(QFrame::StyledPanel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::gap, theme::gap, theme::gap, theme::gap);
    layout->setSpacing(theme::gap);
    m_find->setClearButtonEnabled(true);
    m_list->setObjectName(u"columnsList"_s);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new FrameDelegate(m_list));
    m_list->setMinimumSize(280, 220);
    layout->addWidget(m_find);
    layout->addWidget(m_list, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_all);
    buttons->addWidget(m_none);
    buttons->addStretch();
    layout->addLayout(buttons);
    connect(m_find, &QLineEdit::textChanged, this, &ColumnsPopup::find);
    connect(m_all, &QPushButton::clicked, this, [this] { setAll(true); });
    connect(m_none, &QPushButton::clicked, this, [this] { setAll(false); });
    connect(m_list, &QListWidget::itemChanged, this, &ColumnsPopup::tell);
    retranslate();
}

void ColumnsPopup::retranslate()
{
    m_find->setPlaceholderText(tr("Find a column"));
    m_find->setAccessibleName(m_find->placeholderText());
    m_list->setAccessibleName(tr("Columns shown"));
    m_all->setText(tr("All"));
    m_none->setText(tr("None"));
}

void ColumnsPopup::setColumns(const PlanTable &table, const std::optional<QSet<int>> &shown)
{
    m_filling = true;
    m_list->clear();
    m_find->clear();
    for (int cell = table.keyCount; cell < table.columns.size(); ++cell) {
        const qint64 changed = table.differences.value(cell);
        QString text = celltext::name(table.columns.at(cell).source);
        if (changed > 0)
            text += u"  ~"_s + format::count(changed);
        auto *item = new QListWidgetItem(text, m_list);
        item->setData(cellRole, cell);
        item->setData(nameRole, table.columns.at(cell).source);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(!shown || shown->contains(cell) ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
}

void ColumnsPopup::openBelow(QWidget *button)
{
    adjustSize();
    const QPoint corner = button->mapToGlobal(QPoint(button->width() - width(), button->height() + 2));
    move(corner);
    show();
    m_find->setFocus();
}

void ColumnsPopup::find(const QString &text)
{
    for (int row = 0; row < m_list->count(); ++row)
        m_list->item(row)->setHidden(!m_list->item(row)->data(nameRole).toString().contains(text, Qt::CaseInsensitive));
}

void ColumnsPopup::setAll(bool shown)
{
    m_filling = true;
    for (int row = 0; row < m_list->count(); ++row) {
        if (!m_list->item(row)->isHidden())
            m_list->item(row)->setCheckState(shown ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
    tell();
}

void ColumnsPopup::tell()
{
    if (m_filling)
        return;
    QSet<int> shown;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            shown.insert(m_list->item(row)->data(cellRole).toInt());
    }
    Q_EMIT chosen(shown.size() == m_list->count() ? std::nullopt : std::optional(shown));
}

} // namespace tidemark
