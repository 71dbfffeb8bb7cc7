// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with the rows of a preview: look at them, find, sort, copy.
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QToolButton>

#include "app/wording/wording.h"
#include "ui/plan/celltext.h"
#include "ui/plan/columnwidths.h"
#include "ui/plan/filterbar.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/valueviewer.h"
#include "ui/plan/whypanel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static qint64 rowsIn(const QList<RowSpan> &spans)
{
    qint64 rows = 0;
    for (const RowSpan &span : spans)
        rows += span.past - span.first;
    return rows;
}

void PreviewWindow::say(const QString &note)
{
    m_said->setText(note);
    m_noteTimer.start();
}

QString PreviewWindow::widthsName() const
{
    return m_job.id + u'/' + m_contents.tables.value(m_rows->query().table).report.source;
}

void PreviewWindow::useWidths()
{
    const ColumnWidths kept(property(windowstate::ownProperty).toByteArray());
    m_rowsView->setWidths(kept.of(widthsName(), m_rows->columns()));
}

void PreviewWindow::keepWidths()
{
    ColumnWidths kept(property(windowstate::ownProperty).toByteArray());
    kept.keep(widthsName(), m_rows->columns(), m_rowsView->widths());
    setProperty(windowstate::ownProperty, kept.toJson());
}

void PreviewWindow::cellChanged()
{
    if (m_detailIndex == m_rowsView->current().row())
        showCell();
    m_cellTimer.start();
}

void PreviewWindow::askForCell()
{
    const QModelIndex index = m_rowsView->current();
    if (!index.isValid())
        return;
    if (m_detailIndex != index.row() || !(m_detailQuery == m_rows->query()))
        m_source.requestDetail(m_rows->query(), index.row());
    m_source.requestValue(m_rows->query(), index.row(), std::max(0, m_rows->cellOf(index.column())), {});
}

void PreviewWindow::showCell()
{
    const QModelIndex index = m_rowsView->current();
    if (index.isValid() && m_detailIndex == index.row() && m_detailQuery == m_rows->query())
        m_why->showCell(m_rows->columns(), m_detail, std::max(0, m_rows->cellOf(index.column())));
}

void PreviewWindow::find(bool forward)
{
    if (m_find->text().isEmpty() || m_rows->rowCount() == 0)
        return;
    const QModelIndex index = m_rowsView->current();
    m_findForward = forward;
    m_findWrapped = !index.isValid();
    m_findQuery = m_rows->query();
    m_source.find(m_findQuery, m_find->text(), index.isValid() ? index.row() : -1, forward);
}

void PreviewWindow::found(qint64 row)
{
    if (!(m_findQuery == m_rows->query())) // of rows that are not shown any more
        return;
    if (row < 0 && !m_findWrapped) {
        m_findWrapped = true;
        m_source.find(m_findQuery, m_find->text(), m_findForward ? -1 : m_shownRows, m_findForward);
        return;
    }
    m_findNote->setText(row < 0              ? tr("Not found")
                            : !m_findWrapped ? QString()
                            : m_findForward  ? tr("On from the first row")
                                             : tr("On from the last row"));
    if (row >= 0)
        m_rowsView->select(static_cast<int>(row), -1);
}

void PreviewWindow::addSorting(QMenu &menu, const QModelIndex &index)
{
    const int cell = m_rows->cellOf(index.column());
    if (cell < 0)
        return;
    const bool target = m_rows->partOf(index.column()) == PlanRowModel::Part::Target;
    const PlanColumn &column = m_rows->columns().at(cell);
    const auto add = [this](QMenu *to, const QString &text, const RowOrder &order) {
        QAction *action = to->addAction(text, this, [this, order] { Q_EMIT m_rowsView->orderWished(order); });
        action->setCheckable(true);
        action->setChecked(order == m_shownOrder);
    };
    QString name = celltext::name(target ? column.target : column.source);
    QMenu *sort = menu.addMenu(tr("Sort by %1").arg(name.replace(u'&', u"&&"_s)));
    add(sort, tr("Ascending"), {cell, target, false});
    add(sort, tr("Descending"), {cell, target, true});
    add(sort, tr("As found"), {});
}

void PreviewWindow::addCopyMenu(QMenu &menu)
{
    QAction *plain = menu.addAction(tr("Copy"), this, [this] { copy(RowFormat::Tsv); });
    plain->setShortcut(QKeySequence::Copy);
    QMenu *as = menu.addMenu(tr("Copy as"));
    as->addAction(tr("CSV"), this, [this] { copy(RowFormat::Csv); });
    as->addAction(tr("JSON"), this, [this] { copy(RowFormat::Json); });
    if (!isTwoWay()) // they are for one side
        as->addAction(tr("INSERT statements"), this, [this] { copy(RowFormat::Insert); });
    menu.addAction(tr("Save rows…"), this, &PreviewWindow::saveRows);
}

void PreviewWindow::showMenu(const QPoint &position)
{
    const QModelIndex index = m_rowsView->current();
    const PlanCell *cell = m_rows->cell(index);
    const QList<RowSpan> spans = m_rowsView->selection();
    auto *menu = new QMenu(this);
    menu->setObjectName(u"rowMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addDecisions(*menu, rowsIn(spans));
    menu->addSeparator();
    addCopyMenu(*menu);
    if (m_desk && !isTwoWay()) {
        menu->addAction(tr("SQL of the selection…"), this, [this] {
            connect(
                &m_source, &PlanSource::placesRead, this,
                [this](const QList<PlanRange> &ranges) { openScript(ranges); }, Qt::SingleShotConnection);
            m_source.requestPlaces(m_rows->query(), m_rowsView->selection());
        });
    }
    menu->addSeparator();
    // Only where the whole value is at hand.
    if (cell && !cell->isAbsent && !cell->text.endsWith(u'…')) {
        RowFilter filter;
        filter.cell = m_rows->cellOf(index.column());
        filter.isNull = cell->isNull;
        filter.exact = !cell->isNull;
        filter.text = cell->isNull ? QString() : cell->text;
        menu->addAction(tr("Only rows with this value"), this, [this, filter] { m_filter->setFilter(filter); });
    }
    addSorting(*menu, index);
    menu->popup(position);
}

RowExport PreviewWindow::exportFormat(RowFormat format) const
{
    RowExport wanted;
    wanted.format = format;
    wanted.source = m_job.source.label();
    wanted.target = m_job.target.label();
    wanted.driver = m_job.target.driver;
    if (format == RowFormat::Tsv)
        wanted.cells = m_rowsView->shownCells();
    const TableReport report = m_contents.tables.value(m_rows->query().table).report;
    wanted.table = TableName{{}, report.target};
    for (const JobTable &table : m_job.tables) {
        if (table.source.display() == report.source && table.target)
            wanted.table = *table.target;
    }
    if (wanted.table.schema.isEmpty() && wanted.driver == Driver::Postgres)
        wanted.table.schema = m_job.target.schema;
    return wanted;
}

void PreviewWindow::copy(RowFormat format)
{
    m_exportFormat = format;
    m_source.exportRows(m_rows->query(), m_rowsView->selection(), exportFormat(format), {});
}

void PreviewWindow::saveRows()
{
    auto *dialog = new QFileDialog(this, tr("Save rows"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters{tr("CSV (*.csv)"), tr("JSON (*.json)")};
    if (!isTwoWay()) // they are for one side
        filters << tr("INSERT statements (*.sql)");
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString &filter) {
        const QString suffixes[] = {u"csv"_s, u"json"_s, u"sql"_s};
        dialog->setDefaultSuffix(suffixes[std::max<qsizetype>(0, filters.indexOf(filter))]);
    });
    const QList<RowSpan> rows = m_rowsView->selection();
    connect(dialog, &QFileDialog::fileSelected, this, [this, rows](const QString &file) {
        m_exportFormat = file.endsWith(u".json"_s)    ? RowFormat::Json
            : file.endsWith(u".sql"_s) && !isTwoWay() ? RowFormat::Insert
                                                      : RowFormat::Csv;
        m_source.exportRows(m_rows->query(), rows, exportFormat(m_exportFormat), file);
    });
    dialog->open();
}

void PreviewWindow::exported(const QByteArray &bytes, qint64 rows, const std::optional<Error> &error,
                             const QString &text)
{
    m_stopExport->hide();
    if (error)
        return say(wording::oneLine(*error));
    if (bytes.isEmpty())
        return say(tr("%1 saved.").arg(celltext::rows(rows)));
    auto *data = new QMimeData;
    data->setText(text);
    if (m_exportFormat == RowFormat::Csv)
        data->setData(u"text/csv"_s, bytes);
    QGuiApplication::clipboard()->setMimeData(data);
    say(tr("%1 copied.").arg(celltext::rows(rows)));
}

void PreviewWindow::saveValue(bool target)
{
    const QModelIndex index = m_rowsView->current();
    if (!index.isValid())
        return;
    const PlanQuery query = m_rows->query();
    const int cell = std::max(0, m_rows->cellOf(index.column()));
    auto *dialog = new QFileDialog(this, tr("Save the value"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, query, index = index.row(), cell, target](const QString &file) {
                m_source.requestWhole(query, index, cell, target, file);
            });
    dialog->open();
}

} // namespace tidemark
