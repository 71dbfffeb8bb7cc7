// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with the rows of a preview: look at them, decide, find, copy.
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
#include "ui/plan/filterbar.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/plantablemodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/scriptwindow.h"
#include "ui/plan/valueviewer.h"
#include "ui/plan/whypanel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

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
    m_source.find(m_rows->query(), m_find->text(), index.isValid() ? index.row() : -1, forward);
}

void PreviewWindow::found(qint64 row)
{
    if (row < 0 && !m_findWrapped) {
        m_findWrapped = true;
        m_source.find(m_rows->query(), m_find->text(), m_findForward ? -1 : m_shownRows, m_findForward);
        return;
    }
    m_findNote->setText(row < 0              ? tr("Not found")
                            : !m_findWrapped ? QString()
                            : m_findForward  ? tr("On from the first row")
                                             : tr("On from the last row"));
    if (row >= 0)
        m_rowsView->select(static_cast<int>(row), -1);
}

void PreviewWindow::toggle()
{
    const PlanRowView *row = m_rows->row(m_rowsView->current().row());
    if (row)
        decide(!row->included);
}

void PreviewWindow::decide(bool take)
{
    m_origins << Origin::Person;
    m_source.decide(m_rows->query(), m_rowsView->selection(), take);
}

void PreviewWindow::decideAllShown(bool take)
{
    m_origins << Origin::Person;
    m_source.decide(m_rows->query(), {{0, m_shownRows}}, take);
}

void PreviewWindow::undo()
{
    if (m_undo.isEmpty() || m_failed)
        return;
    m_origins << Origin::Undo;
    m_source.apply(m_undo.takeLast());
}

void PreviewWindow::redo()
{
    if (m_redo.isEmpty() || m_failed)
        return;
    m_origins << Origin::Redo;
    m_source.apply(m_redo.takeLast());
}

void PreviewWindow::decided(const PlanChange &done, const QList<PlanTableState> &tables)
{
    const Origin origin = m_origins.isEmpty() ? Origin::Person : m_origins.takeFirst();
    if (!done.isEmpty()) {
        (origin == Origin::Undo ? m_redo : m_undo).append(done.reversed());
        if (origin == Origin::Person || origin == Origin::OnlySelected)
            m_redo.clear();
    }
    m_tables->setStates(tables);
    m_rows->show(done);
    showTotals();
    if (origin == Origin::OnlySelected)
        synchronise();
}

void PreviewWindow::addDecisions(QMenu &menu, qint64 selected)
{
    const QString rows = celltext::rows(selected);
    const PlanRowView *row = m_rows->row(m_rowsView->current().row());
    const bool included = !row || row->included;
    QAction *skip =
        menu.addAction(signs::icon(u"skipped"_s), selected > 1 ? tr("Skip %1").arg(rows) : tr("Skip this row"), this,
                       [this] { decide(false); });
    QAction *take =
        menu.addAction(signs::icon(u"sync"_s), selected > 1 ? tr("Include %1").arg(rows) : tr("Include this row"), this,
                       [this] { decide(true); });
    (included ? skip : take)->setShortcut(Qt::Key_Space);
    if (selected == 1)
        (included ? take : skip)->setVisible(false);
    const QString shown = celltext::rows(m_shownRows);
    menu.addAction(tr("Skip all that is shown: %1").arg(shown), this, [this] { decideAllShown(false); });
    menu.addAction(tr("Include all that is shown: %1").arg(shown), this, [this] { decideAllShown(true); });
    menu.addSeparator();
    menu.addAction(selected > 1 ? tr("Synchronise only these: %1…").arg(rows) : tr("Synchronise only this row…"), this,
                   [this] {
                       m_origins << Origin::OnlySelected;
                       m_source.decideOnly(m_rows->query(), m_rowsView->selection());
                   });
}

void PreviewWindow::addCopyMenu(QMenu &menu)
{
    QAction *plain = menu.addAction(tr("Copy"), this, [this] { copy(RowFormat::Tsv); });
    plain->setShortcut(QKeySequence::Copy);
    QMenu *as = menu.addMenu(tr("Copy as"));
    as->addAction(tr("CSV"), this, [this] { copy(RowFormat::Csv); });
    as->addAction(tr("JSON"), this, [this] { copy(RowFormat::Json); });
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
    if (m_desk) {
        menu->addAction(tr("SQL of the selection…"), this, [this] {
            connect(
                &m_source, &PlanSource::placesRead, this,
                [this](const QList<PlanRange> &ranges) { openScript(ranges); }, Qt::SingleShotConnection);
            m_source.requestPlaces(m_rows->query(), m_rowsView->selection());
        });
    }
    // Only where the whole value is at hand.
    if (cell && !cell->isAbsent && !cell->text.endsWith(u'…')) {
        menu->addSeparator();
        RowFilter filter;
        filter.cell = m_rows->cellOf(index.column());
        filter.isNull = cell->isNull;
        filter.exact = !cell->isNull;
        filter.text = cell->isNull ? QString() : cell->text;
        menu->addAction(tr("Only rows with this value"), this, [this, filter] { m_filter->setFilter(filter); });
    }
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
    const QStringList filters{tr("CSV (*.csv)"), tr("JSON (*.json)"), tr("INSERT statements (*.sql)")};
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString &filter) {
        const QString suffixes[] = {u"csv"_s, u"json"_s, u"sql"_s};
        dialog->setDefaultSuffix(suffixes[std::max<qsizetype>(0, filters.indexOf(filter))]);
    });
    const QList<RowSpan> rows = m_rowsView->selection();
    connect(dialog, &QFileDialog::fileSelected, this, [this, rows](const QString &file) {
        m_exportFormat = file.endsWith(u".json"_s) ? RowFormat::Json
            : file.endsWith(u".sql"_s)             ? RowFormat::Insert
                                                   : RowFormat::Csv;
        m_source.exportRows(m_rows->query(), rows, exportFormat(m_exportFormat), file);
    });
    dialog->open();
}

void PreviewWindow::exported(const QByteArray &bytes, qint64 rows, const std::optional<Error> &error)
{
    m_stopExport->hide();
    if (error)
        return say(wording::oneLine(*error));
    if (bytes.isEmpty())
        return say(tr("%1 saved.").arg(celltext::rows(rows)));
    auto *data = new QMimeData;
    QByteArray plain = bytes;
    if (plain.startsWith("\xef\xbb\xbf")) // for files alone
        plain.remove(0, 3);
    data->setText(QString::fromUtf8(plain));
    if (m_exportFormat == RowFormat::Csv)
        data->setData(u"text/csv"_s, plain);
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

void PreviewWindow::openScript(const std::optional<QList<PlanRange>> &rows)
{
    if (!m_desk)
        return;
    auto *window = new ScriptWindow(m_desk, m_job, m_planFile, rows, this);
    window->show();
}

} // namespace tidemark
