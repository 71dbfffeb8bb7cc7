// SPDX-License-Identifier: GPL-3.0-or-later
// How long the event loop of the window is ever blocked while a job of 1,000,000 rows is compared and then written in
// the same process: bench_latency [ROWS]. Prints, asserts nothing. Wall time counts what the machine gave to others;
// the thread's own time is what the window did itself.
#include <cstdio>

#include <QApplication>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include "app/wording/wording.h"
#include "tests/bench/heartbeat.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

void execute(Desk &desk, const ConnectionSettings &side, const QString &sql)
{
    Cancellation cancellation;
    OpenOptions options;
    options.writable = true;
    options.cancellation = &cancellation;
    auto session = desk.connector().openSql(side, options);
    if (!session || !(*session)->execute(sql))
        qFatal("cannot build the database");
}

const char *const table = "CREATE TABLE t (id INTEGER PRIMARY KEY, qty INT NOT NULL, code TEXT NOT NULL, note TEXT NOT "
                          "NULL, amount BIGINT NOT NULL)";

// Two files of so many rows; every tenth is to be inserted, every other tenth updated.
QString build(const QString &folder, qint64 rows)
{
    auto desk = Desk::open(folder + u"/workspace"_s, {});
    if (!desk)
        qFatal("no workspace");
    for (const QString &name : {u"from"_s, u"to"_s}) {
        ConnectionSettings side;
        side.name = name;
        side.database = folder + u'/' + name + u".db"_s;
        QFile file(side.database);
        if (!file.open(QIODevice::WriteOnly) || !(*desk)->workspace().saveConnection(side))
            qFatal("no connection");
        execute(**desk, side, QString::fromLatin1(table));
        execute(
            **desk, side,
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) INSERT INTO t SELECT i, "
            "i * 7919 %% 100000, printf('C%%06d', i), '%2' || i, i * 922337203685 FROM n WHERE %3"_s.arg(rows)
                .replace(u"%%"_s, u"%"_s)
                .replace(u"%2"_s, u"eighty bytes of text that say nothing, for the sake of being read and written "_s)
                .replace(u"%3"_s, name == u"to" ? u"i % 10 <> 0"_s : u"true"_s));
        if (name == u"to")
            execute(**desk, side, u"UPDATE t SET qty = qty + 1 WHERE id % 10 = 5"_s);
    }
    const QJsonObject job{{u"tidemark"_s, 1},     {u"name"_s, u"bench"_s},  {u"source"_s, u"from"_s},
                          {u"target"_s, u"to"_s}, {u"mode"_s, u"mirror"_s}, {u"tables"_s, u"*"_s}};
    if (!(*desk)->workspace().saveJob(job))
        qFatal("no job");
    return folder + u"/workspace"_s;
}

void wait(MainWindow &window, void (*signal)(MainWindow &, const std::function<void()> &))
{
    QEventLoop loop;
    signal(window, [&] { loop.quit(); });
    loop.exec();
}

void press(MainWindow &window, const QKeySequence &keys)
{
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->shortcut() == keys)
            QTimer::singleShot(0, action, &QAction::trigger); // within a turn, as a key would
    }
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
    const qint64 rows = argc > 1 ? QByteArray(argv[1]).toLongLong() : 1'000'000;
    const QTemporaryDir folder;
    MainWindow::Options options;
    options.folder = build(folder.path(), rows);
    options.preferences.language = u"en"_s;
    std::printf("%lld rows, %d cores\n", static_cast<long long>(rows), QThread::idealThreadCount());

    Heartbeat heart;
    MainWindow window(options);
    const auto loaded = [](MainWindow &one, const std::function<void()> &then) {
        QObject::connect(&one, &MainWindow::loaded, &one, then, Qt::SingleShotConnection);
    };
    const auto settled = [](MainWindow &one, const std::function<void()> &then) {
        QObject::connect(&one, &MainWindow::settled, &one, then, Qt::SingleShotConnection);
    };
    const auto ready = [](MainWindow &one, const std::function<void()> &then) {
        QObject::connect(&one, &MainWindow::previewReady, &one, then, Qt::SingleShotConnection);
    };
    QTimer::singleShot(0, &window, &QWidget::show);
    wait(window, loaded);
    heart.print("opening the window");
    heart.reset();
    press(window, Qt::Key_F5);
    wait(window, settled);
    heart.print("comparing");
    heart.reset();
    press(window, Qt::Key_F6);
    wait(window, ready);
    heart.print("opening the preview");
    heart.reset();
    const JobEntry job = window.jobs().jobs().first();
    RunOptions run;
    run.planFile = job.planFile;
    run.yes = true;
    QTimer::singleShot(0, &window, [&] { window.startRun(job.key, run, false); });
    wait(window, settled);
    heart.print("writing");
    heart.reset();
    press(window, QKeySequence(Qt::CTRL | Qt::Key_F5));
    wait(window, settled);
    heart.print("verifying");
    const RunReport last = window.jobs().jobs().first().last.value_or(RunReport());
    std::printf("written: %lld rows in %.1f s\n", static_cast<long long>(last.totals().total()),
                static_cast<double>(last.finishedUs - last.startedUs) / 1e6);
    return last.state == RunState::Completed ? 0 : 1;
}
