// SPDX-License-Identifier: GPL-3.0-or-later
#include <semaphore>
#include <thread>

#include <QFile>
#include <QJsonDocument>
#include <QListView>
#include <QProcess>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTimer>

#include "app/wording/reportjson.h"
#include "app/wording/wording.h"
#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/planfolder.h"
#include "ui/main/mainwindow.h"
#include "ui/main/startpage.h"
#include "ui/plan/previewwindow.h"
#include "ui/report/reportwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

// Somebody else who writes into a file: whoever wants to write there, too, waits while this lives.
class Holder
{
public:
    explicit Holder(const ConnectionSettings &settings)
        : m_thread([this, settings] {
              Cancellation cancellation;
              auto session = SqlConnector().openSql(settings, OpenOptions{true, &cancellation});
              if (!session || !(*session)->execute(u"BEGIN IMMEDIATE"_s))
                  qFatal("no lock");
              m_held.release();
              m_mayGo.acquire();
              (*session)->execute(u"ROLLBACK"_s);
          })
    {
        m_held.acquire();
    }
    ~Holder() { release(); }
    Holder(const Holder &) = delete;
    Holder &operator=(const Holder &) = delete;
    void release()
    {
        if (!m_thread.joinable())
            return;
        m_mayGo.release();
        m_thread.join();
    }

private:
    std::binary_semaphore m_held{0}, m_mayGo{0};
    std::thread m_thread; // the last: it uses the others
};

} // namespace

// Runs that do not go well, runs that are hidden, and runs of somebody else in the same workspace, by key and mouse on
// real files.
class TestMainRuns : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theFirstJobIsSelected();
    void aNewJobIsSelected();
    void whatFailedIsRetried();
    void whatWasSetAsideIsListed();
    void aRunIsHidden();
    void aRunIsPausedAndCancelled();
    void closingAsksWhileARunIsOn();
    void aRemovedJobTakesItsWindowsAlong();
    void theCommandLineRunsTheSameWorkspace();
    void aBrokenJobFileIsNotLost();
    void plansOfAProgramThatDiedAreRemoved();

private:
    void saveJob(const QJsonObject &changes = {});
    void open();
    std::unique_ptr<Holder> startHeldRun(); // it waits for the target; null: it does not run
    QByteArray cli(const QStringList &arguments);
    QString folder() const { return m_folder->filePath(u"workspace"_s); }
    QStringList targetRows(const QString &sql);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Side> m_from, m_to;
    QStringList m_trusted; // as if the window had written them
    std::unique_ptr<MainWindow> m_window;
};

void TestMainRuns::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

void TestMainRuns::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_from = std::make_unique<Side>(Driver::Sqlite, m_folder->path(), u"shop"_s);
    m_to = std::make_unique<Side>(Driver::Sqlite, m_folder->path(), u"copy"_s);
    for (Side *side : {m_from.get(), m_to.get()}) {
        side->exec(u"CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT)"_s);
        side->exec(u"CREATE TABLE b (id INTEGER PRIMARY KEY, name TEXT)"_s);
    }
    m_from->exec(u"INSERT INTO a VALUES (1, 'one'), (2, 'two')"_s);
    m_from->exec(u"INSERT INTO b VALUES (1, 'one'), (2, 'two'), (3, 'three')"_s);
}

void TestMainRuns::cleanup() { m_window.reset(); }

void TestMainRuns::saveJob(const QJsonObject &changes)
{
    const auto side = [](const Side &side) {
        return QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, side.settings.database}};
    };
    QJsonObject job{{u"tidemark"_s, 1},         {u"name"_s, u"shop"_s},   {u"source"_s, side(*m_from)},
                    {u"target"_s, side(*m_to)}, {u"mode"_s, u"mirror"_s}, {u"tables"_s, u"*"_s}};
    for (auto it = changes.begin(); it != changes.end(); ++it)
        job[it.key()] = it.value();
    person::elsewhere([&] {
        m_trusted << jobHash(job);
        const auto saved = Workspace::open(folder()).value().saveJob(job);
        if (!saved)
            qFatal("%s", qPrintable(codeName(saved.error().code)));
    });
}

void TestMainRuns::open()
{
    MainWindow::Options options;
    options.folder = folder();
    options.preferences.language = u"en"_s;
    options.preferences.trusted = m_trusted;
    m_window = std::make_unique<MainWindow>(options);
    QVERIFY(pages::openWorkspace(*m_window));
}

QStringList TestMainRuns::targetRows(const QString &sql)
{
    QStringList rows;
    person::elsewhere([&] {
        rows = m_to->rows(sql);
        m_to->reconnect();
    });
    return rows;
}

// One table of two is refused; once its reason is gone, "Retry" writes what was approved, and nothing that came since.
// With the keys already in the window when the workspace has been read, as it is on a desktop.
void TestMainRuns::theFirstJobIsSelected()
{
    saveJob();
    open();
    const auto *list = m_window->findChild<QListView *>(u"jobList"_s);
    QVERIFY(list->currentIndex().isValid());
    QVERIFY(list->selectionModel()->isSelected(list->currentIndex()));
    m_window->activateWindow();
    QTRY_VERIFY(list->hasFocus());
    QVERIFY(list->selectionModel()->isSelected(list->currentIndex()));
}

// Also while the workspace is read for other reasons, as it is when the window is active again.
void TestMainRuns::aNewJobIsSelected()
{
    saveJob();
    open();
    QVERIFY(pages::press(*m_window, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier));
    QTimer others;
    int after = 0;
    connect(&others, &QTimer::timeout, this, [&] {
        QEvent event(QEvent::ActivationChange);
        QCoreApplication::sendEvent(m_window.get(), &event);
        if (QFile::exists(folder() + u"/jobs/shop%2C%20copy.json"_s) && ++after == 20)
            others.stop();
    });
    others.start(0);
    QTRY_VERIFY_WITH_TIMEOUT(!others.isActive(), 10'000);
    QTRY_COMPARE(m_window->jobs().rowCount(), 2);
    const auto *list = m_window->findChild<QListView *>(u"jobList"_s);
    QTRY_COMPARE(list->currentIndex().data().toString(), u"shop, copy"_s);
}

void TestMainRuns::whatFailedIsRetried()
{
    m_to->exec(u"CREATE TRIGGER closed BEFORE INSERT ON b BEGIN SELECT RAISE(ABORT, 'closed for today'); END"_s);
    saveJob({{u"transaction"_s, u"table"_s}});
    const person::Watch watch;
    open();
    QVERIFY(pages::compare(*m_window));
    PreviewWindow *preview = pages::review(*m_window);
    QVERIFY(preview);
    QVERIFY(pages::synchronise(*m_window, *preview));
    WAIT_WINDOW(report, u"reportWindow"_s); // it comes by itself
    QVERIFY(person::shows(*report, u"1 of 2 tables failed. Written in the others: 2 rows."_s));
    QVERIFY(person::shows(*report, u"closed for today"_s));
    QCOMPARE(targetRows(u"SELECT count(*) FROM b"_s), QStringList(u"0"_s));

    person::elsewhere([&] {
        m_to->exec(u"DROP TRIGGER closed"_s);
        m_from->exec(u"INSERT INTO a VALUES (9, 'later')"_s);
        m_to->reconnect();
        m_from->reconnect();
    });
    QSignalSpy settled(m_window.get(), &MainWindow::settled);
    QVERIFY(person::click(*report, u"Retry what failed"_s));
    QVERIFY(!person::button(*report, u"Retry what failed"_s)->isEnabled()); // while it runs
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty(), 15'000);
    QCOMPARE(targetRows(u"SELECT id FROM b ORDER BY id"_s), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(targetRows(u"SELECT count(*) FROM a"_s), QStringList(u"2"_s));
    QVERIFY(person::shows(*report, u"3 rows written."_s));
    QVERIFY(!person::button(*report, u"Retry what failed"_s)); // nothing is left of it
}

void TestMainRuns::whatWasSetAsideIsListed()
{
    m_to->exec(u"DROP TABLE b"_s);
    m_to->exec(u"CREATE TABLE b (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> 'two'))"_s);
    saveJob();
    const person::Watch watch;
    open();
    QVERIFY(pages::compare(*m_window));
    PreviewWindow *preview = pages::review(*m_window);
    QVERIFY(preview);
    QVERIFY(pages::synchronise(*m_window, *preview));
    WAIT_WINDOW(report, u"reportWindow"_s);
    QVERIFY(person::shows(*report, u"b: 1 row set aside: the target refused it."_s)
            || person::shows(*report, u"b: 1 row set aside"_s));
    const auto *kinds = report->findChild<QTabBar *>();
    QTRY_COMPARE(kinds->tabText(0), u"Set aside 1"_s);
    const QAbstractItemModel *left = report->findChild<QTableView *>(u"leftRows"_s)->model();
    QTRY_VERIFY(left->index(0, LeftRowsModel::Key).data().toString().contains(u'2'));
    QCOMPARE(left->index(0, LeftRowsModel::Table).data().toString(), u"b"_s);
    QVERIFY(!left->index(0, LeftRowsModel::Reason).data().toString().isEmpty());
    // The report leads to the row itself, both sides next to each other.
    QSignalSpy ready(m_window.get(), &MainWindow::previewReady);
    QTest::keyClick(report, Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 10'000);
    QVERIFY(person::shows(*m_window->preview(), u"1 row would change in "_s + m_to->settings.database));
}

std::unique_ptr<Holder> TestMainRuns::startHeldRun()
{
    saveJob();
    open();
    PreviewWindow *preview = pages::compare(*m_window) ? pages::review(*m_window) : nullptr;
    if (!preview || !pages::press(*preview, Qt::Key_F9)
        || !QTest::qWaitFor([] { return person::window(u"confirmDialog"_s) != nullptr; }, 30'000))
        return nullptr;
    QWidget *confirm = person::window(u"confirmDialog"_s);
    if (!QTest::qWaitFor([&] { return person::button(*confirm, u"Synchronise"_s)->isEnabled(); }, 30'000))
        return nullptr;
    auto holder = std::make_unique<Holder>(m_to->settings);
    QTest::keyClick(confirm, Qt::Key_Return);
    const bool runs = QTest::qWaitFor([&] { return person::button(*m_window, u"Hide"_s) != nullptr; }, 30'000);
    return runs ? std::move(holder) : nullptr;
}

void TestMainRuns::aRunIsHidden()
{
    auto holder = startHeldRun();
    QVERIFY(holder);
    QSignalSpy settled(m_window.get(), &MainWindow::settled);
    QVERIFY(person::click(*m_window, u"Hide"_s));
    QTRY_VERIFY(m_window->isMinimized());
    QVERIFY2(m_window->windowTitle().contains(u"shop"_s),
             qPrintable(m_window->windowTitle())); // a task bar tells of it
    holder->release();
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty(), 20'000);
    QVERIFY(m_window->isMinimized()); // and it does not come up by itself
    QCOMPARE(targetRows(u"SELECT count(*) FROM b"_s), QStringList(u"3"_s));
}

// Paused, taken up again, cancelled: by button and by key. What was not written may be written later.
void TestMainRuns::aRunIsPausedAndCancelled()
{
    auto holder = startHeldRun();
    QVERIFY(holder);
    QSignalSpy settled(m_window.get(), &MainWindow::settled);
    QVERIFY(person::click(*m_window, u"Pause"_s));
    QTRY_VERIFY(person::shows(*m_window, u"paused"_s));
    QVERIFY(pages::press(*m_window, Qt::Key_P, Qt::ControlModifier));
    QTRY_VERIFY(person::button(*m_window, u"Pause"_s));
    QVERIFY(pages::press(*m_window, Qt::Key_Period, Qt::ControlModifier));
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty(), 20'000);
    holder->release();
    QCOMPARE(targetRows(u"SELECT count(*) FROM b"_s), QStringList(u"0"_s));
    WAIT_WINDOW(report, u"reportWindow"_s);
    settled.clear();
    QVERIFY(person::click(*report, u"Write the rest"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty(), 20'000);
    QCOMPARE(targetRows(u"SELECT count(*) FROM b"_s), QStringList(u"3"_s));
}

// Closing asks while something runs; staying goes on with it.
void TestMainRuns::closingAsksWhileARunIsOn()
{
    auto holder = startHeldRun();
    QVERIFY(holder);
    QSignalSpy settled(m_window.get(), &MainWindow::settled);
    m_window->close();
    WAIT_WINDOW(box, u"closeBox"_s);
    QVERIFY(person::shows(*box, u"1 task is running."_s));
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!box);
    QVERIFY(m_window->isVisible());
    holder->release();
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty(), 20'000);
    QCOMPARE(targetRows(u"SELECT count(*) FROM b"_s), QStringList(u"3"_s));
}

void TestMainRuns::aRemovedJobTakesItsWindowsAlong()
{
    saveJob();
    open();
    QVERIFY(pages::compare(*m_window));
    const QPointer<PreviewWindow> preview = pages::review(*m_window);
    QVERIFY(preview);
    const QString plan = preview->planFile();
    QVERIFY(pages::press(*m_window, Qt::Key_Delete));
    WAIT_WINDOW(box, u"removeBox"_s);
    QVERIFY(person::click(*box, u"Remove"_s));
    QTRY_VERIFY(m_window->findChild<StartPage *>()->isVisible());
    QTRY_VERIFY(!preview || !preview->isVisible());
    QTRY_VERIFY(!QFile::exists(plan));
}

QByteArray TestMainRuns::cli(const QStringList &arguments)
{
    QByteArray out;
    person::elsewhere([&] {
        QProcess process;
        process.start(qEnvironmentVariable("TIDEMARK_BINARY_DIR") + u"/app/tidemark-cli"_s,
                      arguments + QStringList{u"--workspace"_s, folder()});
        if (!process.waitForFinished(30'000) || process.exitCode() > 1)
            qWarning("%s", process.readAllStandardError().constData());
        out = process.readAllStandardOutput();
    });
    return out;
}

// What the command line did is shown without a key pressed, and the report's JSON is the command line's.
void TestMainRuns::theCommandLineRunsTheSameWorkspace()
{
    saveJob();
    const person::Watch watch;
    open();
    QVERIFY(pages::compare(*m_window));
    QVERIFY(pages::panelShows(*m_window, u"5 rows would change in "_s + m_to->settings.database));
    const QByteArray told = cli({u"run"_s, u"shop"_s, u"--json"_s});
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*m_window, u"5 rows written."_s), 15'000);
    QVERIFY(!m_window->jobs().jobs().first().planned); // nothing of it is left to be written
    const auto last = m_window->jobs().jobs().first().last;
    QVERIFY(last);
    QJsonObject document = QJsonDocument::fromJson(told).object();
    QVERIFY2(document.contains(u"tables"_s), told.constData());
    document.remove(u"leftRows"_s); // read from the journal
    QVERIFY2(wording::reportJson(*last) == document, told.constData());

    cli({u"job"_s, u"remove"_s, u"shop"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<StartPage *>()->isVisible(), 15'000);
}

void TestMainRuns::aBrokenJobFileIsNotLost()
{
    saveJob();
    const person::Watch watch;
    open();
    const QString file = m_window->jobs().jobs().first().key;
    QByteArray good;
    const auto write = [&](const QByteArray &text) {
        person::elsewhere([&] {
            QFile job(file);
            if (!job.open(QIODevice::ReadWrite))
                qFatal("not written");
            good = good.isEmpty() ? job.readAll() : good;
            job.resize(0);
            job.seek(0);
            job.write(text);
        });
    };
    write("{ \"tidemark\": 1, \"nonsense\"");
    const auto entry = [&] { return m_window->jobs().jobs().value(0); };
    QTRY_VERIFY_WITH_TIMEOUT(entry().error.has_value(), 15'000);
    QCOMPARE(m_window->jobs().rowCount(), 1);
    QVERIFY(pages::panelShows(*m_window, wording::message(*entry().error).what));
    QVERIFY(person::shows(*m_window, file)); // where it lies
    write(good);
    QTRY_VERIFY_WITH_TIMEOUT(!entry().error && entry().settings, 15'000);
    QVERIFY(pages::compare(*m_window));
    QVERIFY(pages::panelShows(*m_window, u"5 rows would change in "_s + m_to->settings.database));
}

void TestMainRuns::plansOfAProgramThatDiedAreRemoved()
{
    std::unique_ptr<PlanFolder> mine, other;
    QString abandoned;
    person::elsewhere([&] {
        const QString plans = Workspace::open(folder()).value().plansFolder();
        mine = PlanFolder::open(plans).value();
        abandoned = plans + u"/window-of-one-that-died"_s;
        QVERIFY(QDir().mkpath(abandoned));
        QFile left(abandoned + u"/plan.db"_s);
        QVERIFY(left.open(QIODevice::WriteOnly));
        other = PlanFolder::open(plans).value();
    });
    QVERIFY(!QFile::exists(abandoned));
    QVERIFY(QFile::exists(mine->path()) && QFile::exists(other->path()) && mine->path() != other->path());
    const QString path = mine->path();
    mine.reset();
    QVERIFY(!QFile::exists(path) && QFile::exists(other->path()));
}

QTEST_MAIN(TestMainRuns)
#include "tst_mainruns.moc"
