// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/planfiles.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "tests/ui/support/person.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace plans {

void append(RowBatch &batch, const QList<Cell> &cells)
{
    batch.beginRow();
    for (const Cell &cell : cells) {
        if (cell)
            batch.appendCell({cell->constData(), static_cast<size_t>(cell->size())});
        else
            batch.appendNull();
    }
    batch.endRow();
}

PlanTable table(const QString &name, int cells)
{
    PlanTable table;
    table.report.source = table.report.target = name;
    table.report.identical = 5;
    for (int cell = 0; cell < cells; ++cell)
        table.columns.append({u"c%1"_s.arg(cell), u"c%1"_s.arg(cell), {}, true});
    table.columns[0].source = table.columns[0].target = u"id"_s;
    table.keyCount = 1;
    table.comparedCount = cells;
    return table;
}

bool fill(PlanWriter &writer, PlanTable table, int rows, const QByteArray &large)
{
    const auto number = writer.addTable(table);
    RowBatch source(table.layout()), target(table.layout());
    std::vector<PlanWriter::Item> items;
    for (int row = 0; row < rows; ++row) {
        const bool isLarge = row == 1 && !large.isEmpty();
        QList<Cell> values{"k" + QByteArray::number(1000 + row)};
        for (int cell = 1; cell < table.columns.size(); ++cell)
            values << "v" + QByteArray::number(row % 7);
        if (isLarge)
            values.last() = large;
        append(source, values);
        values.last() = isLarge ? large.left(large.size() - 1) + "!" : QByteArray("old");
        append(target, values);
        const Decision decisions[] = {Decision::InsertTarget, Decision::UpdateTarget, Decision::DeleteTarget};
        const Decision decision = decisions[row % 3];
        items.push_back({decision, Reason::CellsDiffer, decision == Decision::DeleteTarget ? -1 : row,
                         decision == Decision::InsertTarget ? -1 : row});
    }
    table.report.toTarget = {(rows + 2) / 3, (rows + 1) / 3, rows / 3};
    return number && writer.addRows(*number, source, target, items) && writer.finishTable(*number, table);
}

PlanTable writeNumbered(const QString &file, int rows, const QByteArray &note)
{
    PlanHead head;
    head.id = u"p"_s;
    head.job = u"j"_s;
    PlanTable table;
    table.report.source = table.report.target = u"t"_s;
    CellType integer;
    integer.kind = CellKind::Integer;
    table.columns = {
        {u"id"_s, u"id"_s, integer, true}, {u"name"_s, u"name"_s, {}, true}, {u"note"_s, u"remark"_s, {}, true}};
    table.keyCount = 1;
    table.comparedCount = 3;
    const auto writer = PlanWriter::create(file, head).value();
    const int number = writer->addTable(table).value();
    RowBatch source(table.layout());
    RowBatch target(table.layout());
    std::vector<PlanWriter::Item> items;
    for (int row = 0; row < rows; ++row) {
        // 7 and 1000 have no common divisor: names in another order than keys.
        const QByteArray name = "name " + QByteArray::number(row * 7 % rows);
        const char key[9] = {1, 0, 0, 0, 0, 0, 0, char(row >> 8), char(row & 0xff)};
        append(source, {QByteArray(key, 9), name, note});
        append(target, {QByteArray(key, 9), name, std::nullopt});
        const Decision decision = row % 10 == 0 ? Decision::InsertTarget
            : row % 10 == 1                     ? Decision::DeleteTarget
                                                : Decision::UpdateTarget;
        items.push_back({decision, Reason::CellsDiffer, decision == Decision::DeleteTarget ? -1 : row,
                         decision == Decision::InsertTarget ? -1 : row});
    }
    table.report.toTarget = {rows / 10, rows * 8 / 10, rows / 10};
    if (!writer->addRows(number, source, target, items) || !writer->finishTable(number, table) || !writer->finish())
        qWarning("no plan: %s", qPrintable(file));
    return PlanReader::open(file).value()->tables().value().constFirst();
}

} // namespace plans

bool PreviewFixture::open(const std::function<void(PlanTable &)> &change, int rows, const QByteArray &large)
{
    const QString file = m_folder.filePath(u"plan%1.db"_s.arg(++m_number));
    PlanHead head;
    head.id = u"p"_s;
    head.createdUs = m_createdUs;
    auto writer = PlanWriter::create(file, head);
    PlanTable first = plans::table(u"orders"_s, 4);
    if (change)
        change(first);
    if (!writer || !plans::fill(**writer, first, rows, large)
        || !plans::fill(**writer, plans::table(u"lines"_s, 3), rows > 0 ? 3 : 0) || !(*writer)->finish())
        return false;
    JobSettings job;
    job.name = u"j"_s;
    job.source.name = u"Till"_s;
    job.target.name = u"Report"_s;
    m_window = std::make_unique<PreviewWindow>(job, RunReport(), file);
    QSignalSpy ready(m_window.get(), &PreviewWindow::ready);
    m_window->show();
    return ready.wait(30'000) && QTest::qWaitForWindowExposed(m_window.get());
}

QWidget *PreviewFixture::find(const QString &name) const { return m_window->findChild<QWidget *>(name); }

QString PreviewFixture::write() const
{
    return m_window->findChild<QAbstractButton *>(u"writeButton"_s)->text().remove(u'&');
}

QString PreviewFixture::label(const QString &name) const { return m_window->findChild<QLabel *>(name)->text(); }

PlanRowModel &PreviewFixture::model() const { return *m_window->findChild<PlanRowModel *>(); }

RowsView &PreviewFixture::rows() const { return *m_window->findChild<RowsView *>(); }

QTableView &PreviewFixture::view(const QString &name) const { return *m_window->findChild<QTableView *>(name); }

QAction *PreviewFixture::action(const QString &text) const
{
    for (QAction *action : m_window->findChildren<QAction *>()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

bool PreviewFixture::choose(const QString &text)
{
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Menu);
    auto *menu = m_window->findChild<QMenu *>(u"rowMenu"_s);
    QAction *wanted = action(text);
    if (!menu || !wanted)
        return false;
    auto *within = qobject_cast<QMenu *>(wanted->parent());
    if (within && within != menu) {
        menu->setActiveAction(within->menuAction());
        QTest::keyClick(menu, Qt::Key_Right);
        within->setActiveAction(wanted);
        QTest::keyClick(within, Qt::Key_Return);
    } else {
        menu->setActiveAction(wanted);
        QTest::keyClick(menu, Qt::Key_Return);
    }
    menu->close();
    return true;
}

bool PreviewFixture::click(const QString &text) { return person::click(*m_window, text); }

} // namespace tidemark
