// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editordelegate.h"

#include <QComboBox>
#include <QCompleter>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>

#include "app/wording/wording.h"
#include "ui/widgets/theme.h"

namespace tidemark {

EditorCellDelegate::EditorCellDelegate(int targetColumn, int targetsRole, QList<Special> specials, QObject *parent)
    : QStyledItemDelegate(parent), m_targetColumn(targetColumn), m_targetsRole(targetsRole),
      m_specials(std::move(specials))
{ }

void EditorCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    m_frame.paint(painter, option, index);
    const auto *view = qobject_cast<const QTableView *>(option.widget);
    const bool isLast = view != nullptr && view->horizontalHeader()->logicalIndexAt(option.rect.right() + 2) < 0;
    if (isLast && option.state & QStyle::State_Selected) // the columns behind it may be hidden
        painter->fillRect(QRect(option.rect.right() - 1, option.rect.top(), 2, option.rect.height()),
                          QColor(theme::of(option.palette).accent));
    if (!(option.state & QStyle::State_HasFocus))
        return;
    painter->setPen(QPen(QColor(theme::of(option.palette).accent), 1, Qt::DotLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(option.rect.adjusted(4, 4, -5, -5));
}

QSize EditorCellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return m_frame.sizeHint(option, index);
}

bool EditorCellDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                                     const QModelIndex &index)
{
    return m_frame.editorEvent(event, model, option, index);
}

QWidget *EditorCellDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    if (index.column() != m_targetColumn)
        return nullptr;
    auto *box = new QComboBox(parent);
    box->setObjectName(QStringLiteral("target"));
    box->setAccessibleName(index.model()->headerData(m_targetColumn, Qt::Horizontal).toString());
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    for (const Special &special : m_specials)
        box->addItem(special.text, special.value);
    const QStringList names = index.data(m_targetsRole).toStringList();
    for (const QString &name : names)
        box->addItem(wording::safeText(name, 120), name);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    return box;
}

void EditorCellDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *box = qobject_cast<QComboBox *>(editor);
    const QString name = index.data(Qt::EditRole).toString();
    const int at = box->findData(name);
    if (at >= 0)
        box->setCurrentIndex(at);
    else
        box->setEditText(name);
}

void EditorCellDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    const auto *box = qobject_cast<QComboBox *>(editor);
    const QString text = box->currentText();
    const int at = box->findText(text);
    const QVariant value = at >= 0 ? box->itemData(at) : QVariant(text);
    // Left as it was: what is matched by name is not written down.
    if (value == index.data(Qt::EditRole))
        return;
    // Once the view has closed the editor: what is set may list the rows anew.
    QMetaObject::invokeMethod(
        model,
        [model, place = QPersistentModelIndex(index), value] {
            if (place.isValid())
                model->setData(place, value, Qt::EditRole);
        },
        Qt::QueuedConnection);
}

} // namespace tidemark
