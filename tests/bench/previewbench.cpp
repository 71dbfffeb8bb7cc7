// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the preview of a plan with many rows and scrolls through it: how long until its rows stand, and the longest
// time in which the window did not answer. previewbench [ROWS [COLUMNS]]
#include <cstdio>
#include <ctime>

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
#include "ui/plan/valueviewer.h"

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

qint64 processorUs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000 + now.tv_nsec / 1000;
}

// The longest turns of the event loop since the last look: by the clock, and by what this thread computed in it (which
// does not depend on what else the machine does).
class Pulse final : public QObject
{
public:
    struct Longest
    {
        qint64 ms = 0;
        double processorMs = 0;
    };
    Pulse()
    {
        m_clock.start();
        m_processor = processorUs();
        m_timer.setInterval(0);
        connect(&m_timer, &QTimer::timeout, this, &Pulse::turn);
        m_timer.start();
    }
    Longest take()
    {
        turn();
        return std::exchange(m_longest, {});
    }

private:
    void turn()
    {
        m_longest.ms = std::max(m_longest.ms, m_clock.restart());
        const qint64 before = std::exchange(m_processor, processorUs());
        m_longest.processorMs = std::max(m_longest.processorMs, static_cast<double>(m_processor - before) / 1000);
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_processor = 0;
    Longest m_longest;
};

template <typename Wait> void tell(const char *what, Pulse &pulse, QElapsedTimer &timer, const Wait &done)
{
    const bool in = QTest::qWaitFor(done, 120'000);
    const qint64 ms = timer.elapsed();
    const Pulse::Longest longest = pulse.take();
    std::printf("%-34s %6lld ms%s, window busy at most %lld ms, %.1f of them computing\n", what, ms,
                in ? "" : " (gave up)", longest.ms, longest.processorMs);
    std::fflush(stdout);
    timer.restart();
}

void openAndWalk(const QString &file, int cells, Pulse &pulse)
{
    JobSettings job;
    job.source.name = u"source"_s;
    job.target.name = u"target"_s;
    QElapsedTimer timer;
    timer.start();
    pulse.take();
    auto window = std::make_unique<PreviewWindow>(job, RunReport(), file);
    window->show();
    tell("open, rows on screen", pulse, timer, [&] { return window->isReady(); });
    auto *model = window->findChild<PlanRowModel *>();
    auto *view = window->findChild<QTableView *>(u"sourceRows"_s);
    auto *rowsView = window->findChild<RowsView *>();
    tell("first cell's value", pulse, timer, [&] { return rowsView->current().isValid(); });
    for (int step = 0; step <= 300; ++step) {
        view->verticalScrollBar()->setValue(
            static_cast<int>(qint64{view->verticalScrollBar()->maximum()} * step / 300));
        QCoreApplication::processEvents();
    }
    tell("scroll to the end in 300 steps", pulse, timer, [&] { return model->row(model->rowCount() - 1); });
    for (int page = 0; page < 100; ++page) {
        QTest::keyClick(view, Qt::Key_PageUp);
        QCoreApplication::processEvents();
    }
    tell("100 pages up by key", pulse, timer, [&] { return model->row(rowsView->current().row()); });
    for (int step = 0; step < 100; ++step) {
        QTest::keyClick(view, Qt::Key_Right);
        QCoreApplication::processEvents();
    }
    tell("100 cells to the right by key", pulse, timer, [] { return true; });
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
    auto *filter = window->findChild<QLineEdit *>(u"filterText"_s);
    QTest::keyClicks(filter, u"new 00000099"_s);
    tell("filter by a text", pulse, timer, [&] { return !(model->query() == sorted) && model->row(0); });
    Q_EMIT rowsView->orderWished({cells - 1, false, false});
    QCoreApplication::processEvents();
    window.reset();
    tell("close while it sorts", pulse, timer, [] { return true; });
}

// What a worker has made ready, laid out and painted.
void showValues(Pulse &pulse)
{
    ValueViewer viewer;
    viewer.resize(1000, 300);
    viewer.show();
    QByteArray json = "[";
    for (int i = 0; json.size() < 1'000'000; ++i)
        json += QByteArray::number(i) + ',';
    json += "1]";
    const std::pair<const char *, QByteArray> values[] = {
        {"value: a line of 16,000", QByteArray(16'000, 'x')},
        {"value: 500,000 empty lines", QByteArray(500'000, '\n')},
        {"value: JSON of 1 MB", json},
        {"value: a text of 16 MiB", QByteArray("some words ").repeated((16 << 20) / 11)}};
    for (const auto &[name, value] : values) {
        QByteArray other = value;
        other[other.size() / 2] = '7';
        const auto cell = [](const QByteArray &bytes) {
            return CellView{{bytes.constData(), static_cast<size_t>(bytes.size())}, false};
        };
        const CellView source = cell(value), target = cell(other);
        QElapsedTimer timer;
        timer.start();
        const ValueView view = viewOfValue(CellType(), &source, &target, {});
        std::printf("%-34s %6lld ms on a worker; ", name, timer.elapsed());
        pulse.take();
        timer.restart();
        viewer.showValue(u"c"_s, view);
        bool shown = false;
        QTimer::singleShot(50, &viewer, [&] { shown = true; });
        tell("shown", pulse, timer, [&] { return shown; });
    }
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
    {
        // What is loaded once a process (fonts, icons) is not the preview's.
        const QString small = folder.filePath(u"small.db"_s);
        writePlan(small, 10, 3);
        timer.restart();
        PreviewWindow window({}, {}, small);
        window.show();
        tell("the first window of all", pulse, timer, [&] { return window.isReady(); });
    }
    openAndWalk(file, cells, pulse);
    showValues(pulse);
    return 0;
}
