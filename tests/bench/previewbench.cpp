// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the preview of a plan with many rows and scrolls through it: how long until its rows stand, and the longest
// time in which the window did not answer. previewbench [ROWS [COLUMNS]]
#include <cstdio>

#include <QApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

std::shared_ptr<const RowLayout> layoutOf(int cells)
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells.resize(static_cast<size_t>(cells));
    layout->keyCount = 1;
    layout->comparedCount = cells;
    return layout;
}

void append(RowBatch &batch, const QByteArray &key, int cells, const QByteArray &last)
{
    batch.beginRow();
    batch.appendCell({key.constData(), static_cast<size_t>(key.size())});
    for (int cell = 1; cell < cells; ++cell) {
        const QByteArray value = cell + 1 == cells ? last : "a value of cell " + QByteArray::number(cell);
        batch.appendCell({value.constData(), static_cast<size_t>(value.size())});
    }
    batch.endRow();
}

void writePlan(const QString &file, qint64 rows, int cells)
{
    auto writer = PlanWriter::create(file, {});
    PlanTable table;
    table.report.source = table.report.target = u"orders"_s;
    for (int cell = 0; cell < cells; ++cell)
        table.columns.append({u"column %1"_s.arg(cell), u"column %1"_s.arg(cell), {}, true});
    table.keyCount = 1;
    table.comparedCount = cells;
    const int number = (*writer)->addTable(table).value();
    RowBatch source(layoutOf(cells)), target(layoutOf(cells));
    for (qint64 first = 0; first < rows; first += 1000) {
        source.clear();
        target.clear();
        std::vector<PlanWriter::Item> items;
        for (int row = 0; row < 1000 && first + row < rows; ++row) {
            const QByteArray key = QByteArray::number(first + row).rightJustified(9, '0');
            append(source, key, cells, "new " + key);
            append(target, key, cells, "old " + key);
            items.push_back({row % 5 == 0 ? Decision::InsertTarget : Decision::UpdateTarget, Reason::CellsDiffer, row,
                             row % 5 == 0 ? -1 : row});
        }
        (void)(*writer)->addRows(number, source, target, items);
    }
    table.report.toTarget = {rows / 5, rows - rows / 5, 0};
    (void)(*writer)->finishTable(number, table);
    (void)(*writer)->finish();
}

// The longest turn of the event loop since the last look.
class Pulse final : public QObject
{
public:
    Pulse()
    {
        m_clock.start();
        m_timer.setInterval(0);
        connect(&m_timer, &QTimer::timeout, this, [this] { m_longest = std::max(m_longest, m_clock.restart()); });
        m_timer.start();
    }
    qint64 take()
    {
        m_clock.restart();
        return std::exchange(m_longest, 0);
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
};

template <typename Wait> void tell(const char *what, Pulse &pulse, QElapsedTimer &timer, const Wait &done)
{
    const bool in = QTest::qWaitFor(done, 120'000);
    std::printf("%-34s %6lld ms%s, window busy at most %lld ms\n", what, timer.elapsed(), in ? "" : " (gave up)",
                pulse.take());
    timer.restart();
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    const qint64 rows = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const int cells = argc > 2 ? std::atoi(argv[2]) : 8;
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"plan.db"_s);
    QElapsedTimer timer;
    timer.start();
    writePlan(file, rows, cells);
    std::printf("%lld rows of %d columns written in %lld ms, %lld MiB\n", rows, cells, timer.elapsed(),
                QFileInfo(file).size() >> 20);
    Pulse pulse;
    JobSettings job;
    job.source.name = u"source"_s;
    job.target.name = u"target"_s;
    timer.restart();
    PreviewWindow window(job, {}, file);
    window.show();
    tell("open, rows on screen", pulse, timer, [&] { return window.isReady(); });
    auto *model = window.findChild<PlanRowModel *>();
    auto *view = window.findChild<QTableView *>(u"sourceRows"_s);
    auto *rowsView = window.findChild<RowsView *>();
    tell("first cell's value", pulse, timer, [&] { return rowsView->current().isValid(); });
    for (int step = 0; step <= 300; ++step) {
        view->verticalScrollBar()->setValue(
            static_cast<int>(qint64{view->verticalScrollBar()->maximum()} * step / 300));
        QCoreApplication::processEvents();
    }
    tell("scroll to the end in 300 steps", pulse, timer, [&] { return model->row(model->rowCount() - 1); });
    rowsView->select(model->rowCount() / 2, -1);
    tell("to the middle", pulse, timer, [&] { return model->row(model->rowCount() / 2); });
    QTest::keyClick(view, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(view, Qt::Key_Space);
    tell("skip all of them", pulse, timer, [&] {
        const PlanRowView *row = model->row(model->rowCount() / 2);
        return row && !row->included;
    });
    const PlanQuery before = model->query();
    Q_EMIT rowsView->orderWished({cells - 1, false, true});
    tell("sort by a column", pulse, timer, [&] { return !(model->query() == before) && model->row(0); });
    const PlanQuery sorted = model->query();
    auto *filter = window.findChild<QLineEdit *>(u"filterText"_s);
    QTest::keyClicks(filter, u"new 00000099"_s);
    tell("filter by a text", pulse, timer, [&] { return !(model->query() == sorted) && model->row(0); });
    return 0;
}
