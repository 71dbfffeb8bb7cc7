// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tables.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QShortcut>
#include <QTableView>

#include "ui/widgets/framedelegate.h"
#include "ui/widgets/theme.h"

namespace tidemark::tables {

static void copySelection(const QTableView &view)
{
    QStringList lines;
    const QModelIndexList rows = view.selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int column = 0; column < row.model()->columnCount(); ++column)
            cells << row.siblingAtColumn(column).data().toString();
        lines << cells.join(u'\t');
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void dress(QTableView &view, int stretchedColumn)
{
    const int row = theme::rowHeight(view.font());
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setShowGrid(false);
    view.setTabKeyNavigation(false);
    view.setWordWrap(false);
    view.setFrameShape(QFrame::NoFrame);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setItemDelegate(new FrameDelegate(&view));
    view.verticalHeader()->hide();
    view.verticalHeader()->setMinimumSectionSize(0);
    view.verticalHeader()->setDefaultSectionSize(row);
    view.horizontalHeader()->setSectionResizeMode(stretchedColumn, QHeaderView::Stretch);
    view.horizontalHeader()->setHighlightSections(false);
    view.horizontalHeader()->setMinimumHeight(row);
    auto *copy = new QShortcut(QKeySequence::Copy, &view);
    copy->setContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QShortcut::activated, &view, [&view] { copySelection(view); });
}

} // namespace tidemark::tables
