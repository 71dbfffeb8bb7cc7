// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <memory>

#include <sys/stat.h>

#include <QDBusConnection>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

// A desktop's notification service, as far as a program sees it.
class FakeNotifications : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown
    {
        uint id = 0;
        QString title, text;
        QStringList actions;
    };
    QList<Shown> shown;
    const Shown *find(const QString &title) const
    {
        for (const Shown &one : shown) {
            if (one.title.contains(title))
                return &one;
        }
        return nullptr;
    }

public Q_SLOTS:
    QStringList GetCapabilities() const { return {u"body"_s, u"actions"_s, u"body-markup"_s}; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &text,
                const QStringList &actions, const QVariantMap &, int)
    {
        const uint id = replaces != 0 ? replaces : ++m_last;
        shown += {id, title, text, actions};
        return id;
    }
    void CloseNotification(uint id) { Q_EMIT NotificationClosed(id, 3); }
    QString GetServerInformation(QString &vendor, QString &version, QString &specification)
    {
        vendor = version = u"test"_s;
        specification = u"1.2"_s;
        return u"fake"_s;
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    uint m_last = 0;
};

// The program itself in a session as people have one: an X server, a window manager, a tray, a session bus.
class TestSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void theSignIsClicked();
    void theMenuIsWalked();
    void closingHidesAndSaysSoOnce();
    void aSecondStartComesForward();
    void aSecondStartHandsOverAJobFile();
    void theEntryOfTheLoginStartsIt();
    void aNotificationLeadsToItsPlace();
    void whatWaitsForAReviewIsSaid();
    void aConflictIsSaidAndShown();
    void aKilledRunIsTakenUpAgain();
    void whatFollowsIsAwaited();
    void theWindowAndWatchShareTheSlots();

private:
    std::unique_ptr<QProcess> begin(const QString &program, const QStringList &arguments);
    std::unique_ptr<QProcess> tidemark(const QStringList &arguments);
    int cli(const QStringList &arguments);
    QStringList xdotool(const QStringList &arguments);
    QString sign(const QProcess &of); // the window in the tray; empty: none
    bool click(const QString &window, int button);
    bool isShown(const QString &title) { return !window(title).isEmpty(); }
    QString window(const QString &title);
    QByteArray sql(const QString &database, const QByteArray &statements);
    void saveJob(const QString &name, const QJsonObject &more);
    void end(QProcess &process);
    bool isEnded(QProcess &process); // by itself, and well
    void twoTables(); // of one row, in a.db and empty in b.db
    QString workspace() const { return m_folder->filePath(u"workspace"_s); }

    QTemporaryDir m_home;
    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;
    std::unique_ptr<QProcess> m_bus, m_server, m_manager, m_tray;
    FakeNotifications m_notifications;
};

#define WAIT_SIGN(variable, process)                                                                                   \
    QTRY_VERIFY_WITH_TIMEOUT(!sign(*(process)).isEmpty(), 30'000);                                                     \
    const QString variable = sign(*(process))

std::unique_ptr<QProcess> TestSession::begin(const QString &program, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->setProcessChannelMode(QProcess::SeparateChannels);
    process->start(program, arguments);
    return process;
}

void TestSession::initTestCase()
{
    for (const QString &program :
         {u"Xvfb"_s, u"openbox"_s, u"trayer"_s, u"xdotool"_s, u"dbus-daemon"_s, u"sqlite3"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP(qPrintable(program + u" is not installed"_s));
    }
    const QString runtime = m_home.filePath(u"runtime"_s);
    QVERIFY(QDir().mkpath(runtime));
    QCOMPARE(::chmod(qPrintable(runtime), 0700), 0);
    m_environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"WAYLAND_DISPLAY"_s, u"XDG_CURRENT_DESKTOP"_s, u"SESSION_MANAGER"_s})
        m_environment.remove(name);
    m_environment.insert(u"HOME"_s, m_home.path());
    m_environment.insert(u"XDG_CONFIG_HOME"_s, m_home.filePath(u"config"_s));
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, runtime);
    m_environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);

    m_bus = begin(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
    QVERIFY(m_bus->waitForReadyRead(20'000));
    const QString address = QString::fromUtf8(m_bus->readLine()).trimmed();
    m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, address);
    QDBusConnection bus = QDBusConnection::connectToBus(address, u"session"_s);
    QVERIFY(bus.registerService(u"org.freedesktop.Notifications"_s));
    QVERIFY(bus.registerObject(u"/org/freedesktop/Notifications"_s, &m_notifications,
                               QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));

    m_server = begin(
        u"Xvfb"_s,
        {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1400x1000x24"_s, u"-nolisten"_s, u"tcp"_s, u"-noreset"_s});
    QVERIFY(m_server->waitForReadyRead(30'000));
    m_environment.insert(u"DISPLAY"_s, u':' + QString::fromUtf8(m_server->readLine()).trimmed());
    m_manager = begin(u"openbox"_s, {});
    m_tray = begin(
        u"trayer"_s,
        {u"--edge"_s, u"bottom"_s, u"--align"_s, u"right"_s, u"--widthtype"_s, u"request"_s, u"--height"_s, u"24"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!xdotool({u"search"_s, u"--class"_s, u"trayer"_s}).isEmpty(), 30'000);
}

void TestSession::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(workspace()));
    m_notifications.shown.clear();
}

void TestSession::cleanup() { m_folder.reset(); }

void TestSession::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(u"session"_s);
    for (QProcess *process : {m_tray.get(), m_manager.get(), m_server.get(), m_bus.get()}) {
        if (process)
            end(*process);
    }
}

void TestSession::end(QProcess &process)
{
    process.kill();
    process.waitForFinished();
}

std::unique_ptr<QProcess> TestSession::tidemark(const QStringList &arguments)
{
    return begin(qEnvironmentVariable("TIDEMARK_BINARY_DIR") + u"/app/tidemark"_s,
                 QStringList{u"--workspace"_s, workspace(), u"--lang"_s, u"en"_s} + arguments);
}

int TestSession::cli(const QStringList &arguments)
{
    const auto process = begin(qEnvironmentVariable("TIDEMARK_BINARY_DIR") + u"/app/tidemark-cli"_s,
                               QStringList{u"--workspace"_s, workspace()} + arguments);
    return process->waitForFinished(60'000) ? process->exitCode() : -1;
}

QStringList TestSession::xdotool(const QStringList &arguments)
{
    const auto process = begin(u"xdotool"_s, arguments);
    process->waitForFinished(20'000);
    return QString::fromUtf8(process->readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

QString TestSession::window(const QString &title)
{
    return xdotool({u"search"_s, u"--onlyvisible"_s, u"--name"_s, title}).value(0);
}

// Of all visible windows of the program the one that is as small as a sign.
QString TestSession::sign(const QProcess &of)
{
    const QStringList windows = xdotool({u"search"_s, u"--onlyvisible"_s, u"--pid"_s, QString::number(of.processId())});
    for (const QString &window : windows) {
        const QStringList geometry = xdotool({u"getwindowgeometry"_s, u"--shell"_s, window});
        for (const QString &line : geometry) {
            if (line.startsWith(u"WIDTH="_s) && line.mid(6).toInt() <= 48)
                return window;
        }
    }
    return {};
}

bool TestSession::click(const QString &window, int button)
{
    xdotool({u"mousemove"_s, u"--sync"_s, u"--window"_s, window, u"10"_s, u"10"_s});
    xdotool({u"click"_s, QString::number(button)});
    return true;
}

QByteArray TestSession::sql(const QString &database, const QByteArray &statements)
{
    QProcess process;
    process.start(u"sqlite3"_s, {u"-cmd"_s, u".timeout 5000"_s, m_folder->filePath(database)});
    process.write(statements);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return process.readAllStandardOutput().trimmed();
}

void TestSession::saveJob(const QString &name, const QJsonObject &more)
{
    QJsonObject job{
        {u"tidemark"_s, 1},
        {u"id"_s, u"11111111-2222-4333-8444-555555555555"_s},
        {u"name"_s, name},
        {u"source"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, m_folder->filePath(u"a.db"_s)}}},
        {u"target"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, m_folder->filePath(u"b.db"_s)}}},
        {u"mode"_s, u"mirror"_s},
        {u"tables"_s, QJsonArray{u"t"_s}}};
    for (auto it = more.begin(); it != more.end(); ++it)
        job[it.key()] = it.value();
    const QString path = m_folder->filePath(name + u".json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write(QJsonDocument(job).toJson()) > 0);
    file.close();
    QCOMPARE(cli({u"job"_s, u"import"_s, path, u"--trust"_s}), 0);
}

bool TestSession::isEnded(QProcess &process)
{
    return process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

void TestSession::twoTables()
{
    sql(u"a.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 'x')");
    sql(u"b.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
}

void TestSession::theSignIsClicked()
{
    QElapsedTimer elapsed;
    elapsed.start();
    const auto program = tidemark({u"--hidden"_s});
    WAIT_SIGN(icon, program);
    qInfo("from the start to the sign: at most %lld ms", elapsed.elapsed());
    QVERIFY(!isShown(u"^Tidemark$"_s));
    QVERIFY(click(icon, 1));
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 10'000);
    end(*program);
}

// By keys, as far as its end.
void TestSession::theMenuIsWalked()
{
    const auto program = tidemark({u"--hidden"_s});
    WAIT_SIGN(icon, program);
    const auto menuIsUp = [&] {
        return xdotool({u"search"_s, u"--onlyvisible"_s, u"--pid"_s, QString::number(program->processId())}).size() > 1;
    };
    QVERIFY(click(icon, 3));
    QTRY_VERIFY_WITH_TIMEOUT(menuIsUp(), 10'000);
    xdotool({u"key"_s, u"Down"_s, u"Return"_s}); // Open Tidemark
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 10'000);
    QVERIFY(click(icon, 3));
    QTest::qWait(500);
    xdotool({u"key"_s, u"Up"_s, u"Return"_s}); // Quit
    QTRY_COMPARE_WITH_TIMEOUT(program->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(program->exitCode(), 0);
}

void TestSession::closingHidesAndSaysSoOnce()
{
    const auto program = tidemark({});
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 30'000);
    WAIT_SIGN(icon, program);
    for (int time = 0; time < 2; ++time) {
        xdotool({u"windowactivate"_s, u"--sync"_s, window(u"Tidemark$"_s)});
        xdotool({u"key"_s, u"alt+F4"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!isShown(u"Tidemark$"_s), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_notifications.find(u"stays open in the tray"_s), 10'000);
        QCOMPARE(program->state(), QProcess::Running);
        QVERIFY(click(icon, 1));
        QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 10'000);
    }
    QCOMPARE(m_notifications.shown.size(), 1);
    end(*program);
}

void TestSession::aSecondStartComesForward()
{
    const auto first = tidemark({u"--hidden"_s});
    WAIT_SIGN(icon, first);
    const auto again = tidemark({u"--hidden"_s}); // a login: nothing to show
    QTRY_COMPARE_WITH_TIMEOUT(again->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(again->exitCode(), 0);
    QVERIFY(!isShown(u"Tidemark$"_s));
    const auto second = tidemark({});
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(second->exitCode(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 10'000);
    // A job that nobody has seen yet is shown, not run.
    sql(u"a.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 'x')");
    sql(u"b.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
    saveJob(u"till"_s, {});
    const auto run = tidemark({u"--run"_s, u"nobody"_s});
    QTRY_COMPARE_WITH_TIMEOUT(run->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(run->exitCode(), 0);
    QCOMPARE(first->state(), QProcess::Running);
    QCOMPARE(sql(u"b.db"_s, "SELECT count(*) FROM t"), QByteArray("0"));
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0); // seen on the command line
    sql(u"a.db"_s, "INSERT INTO t VALUES (2, 'y')");
    const auto now = tidemark({u"--run"_s, u"till"_s});
    QTRY_COMPARE_WITH_TIMEOUT(now->state(), QProcess::NotRunning, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(sql(u"b.db"_s, "SELECT count(*) FROM t"), QByteArray("2"), 20'000);
    end(*first);
}

// From elsewhere: who would open it is asked for trust first.
void TestSession::aSecondStartHandsOverAJobFile()
{
    twoTables();
    saveJob(u"till"_s, {});
    const QString file = m_folder->filePath(u"other.json"_s);
    QVERIFY(QFile::copy(m_folder->filePath(u"till.json"_s), file));
    QCOMPARE(cli({u"job"_s, u"remove"_s, u"till"_s}), 0);
    const auto first = tidemark({u"--hidden"_s});
    WAIT_SIGN(icon, first);
    const auto second = tidemark({file});
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(second->exitCode(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Trust this job"_s), 20'000);
    end(*first);
}

// Switched on in the settings; the entry's own line starts it.
void TestSession::theEntryOfTheLoginStartsIt()
{
    const auto program = tidemark({});
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Tidemark$"_s), 30'000);
    WAIT_SIGN(icon, program);
    xdotool({u"windowactivate"_s, u"--sync"_s, window(u"Tidemark$"_s)});
    xdotool({u"key"_s, u"ctrl+comma"_s});
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Settings"_s), 10'000);
    const QDir folder(m_home.filePath(u"config/autostart"_s));
    xdotool({u"key"_s, u"alt+g"_s});
    QTRY_COMPARE_WITH_TIMEOUT(folder.entryList(QDir::Files).size(), 1, 10'000);
    end(*program);
    QFile entry(folder.filePath(folder.entryList(QDir::Files).constFirst()));
    QVERIFY(entry.open(QIODevice::ReadOnly));
    QString line;
    for (const QByteArray &said : entry.readAll().split('\n')) {
        if (said.startsWith("Exec="))
            line = QString::fromUtf8(said.mid(5));
    }
    QVERIFY(line.contains(u"--hidden"_s));
    entry.remove();
    const auto started = begin(u"/bin/sh"_s, {u"-c"_s, u"exec "_s + line});
    WAIT_SIGN(again, started);
    QVERIFY(!isShown(u"Tidemark$"_s));
    end(*started);
}

// A scheduled run that fails is told of, and a click on that shows its report.
void TestSession::aNotificationLeadsToItsPlace()
{
    sql(u"a.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 'x')");
    sql(u"b.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
    saveJob(u"till"_s,
            {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}, {u"retry"_s, QJsonObject{{u"attempts"_s, 1}}}});
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    QCOMPARE(sql(u"b.db"_s, "SELECT v FROM t"), QByteArray("x"));
    sql(u"b.db"_s, "DROP TABLE t");
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_notifications.find(u"till"_s), 60'000);
    const FakeNotifications::Shown told = *m_notifications.find(u"till"_s);
    QVERIFY(told.actions.contains(u"default"_s));
    QTest::qWait(4000); // it goes on failing, once a second
    QCOMPARE(m_notifications.shown.size(), 1);
    QVERIFY(!isShown(u"Tidemark$"_s)); // nothing came up by itself
    Q_EMIT m_notifications.ActionInvoked(told.id, u"default"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"till"_s), 10'000);
    end(*program);
}

// By the schedule, once; by "Run all jobs", which a person asked for, again. A click shows the rows.
void TestSession::whatWaitsForAReviewIsSaid()
{
    twoTables();
    saveJob(u"till"_s, {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}});
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_notifications.find(u"till"_s), 30'000);
    QVERIFY(m_notifications.find(u"till"_s)->text.contains(u"until somebody has seen"_s));
    WAIT_SIGN(icon, program);
    QVERIFY(click(icon, 3));
    QTest::qWait(500);
    xdotool({u"key"_s, u"a"_s}); // Run all jobs
    QTRY_VERIFY_WITH_TIMEOUT(m_notifications.find(u"1 job waits for a review"_s), 10'000);
    QCOMPARE(sql(u"b.db"_s, "SELECT count(*) FROM t"), QByteArray("0"));
    Q_EMIT m_notifications.ActionInvoked(m_notifications.shown.last().id, u"default"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Preview: till"_s), 20'000);
    end(*program);
}

void TestSession::aConflictIsSaidAndShown()
{
    twoTables();
    saveJob(u"till"_s, {{u"mode"_s, u"two-way"_s}, {u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}});
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    QCOMPARE(sql(u"b.db"_s, "SELECT v FROM t"), QByteArray("x"));
    sql(u"a.db"_s, "UPDATE t SET v = 'here'");
    sql(u"b.db"_s, "UPDATE t SET v = 'there'");
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_notifications.find(u"till"_s), 60'000);
    const FakeNotifications::Shown told = *m_notifications.find(u"till"_s);
    QTest::qWait(3000); // it meets the same conflict once a second
    QCOMPARE(m_notifications.shown.size(), 1);
    Q_EMIT m_notifications.ActionInvoked(told.id, u"default"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"onflict"_s), 20'000);
    QCOMPARE(sql(u"b.db"_s, "SELECT v FROM t"), QByteArray("there"));
    end(*program);
}

// The session ends while a command follows a run: the program waits for it.
void TestSession::whatFollowsIsAwaited()
{
    twoTables();
    const QString script = u"echo began >>'%1'; sleep 2; echo ended >>'%1'"_s.arg(m_folder->filePath(u"told"_s));
    const QJsonObject command{{u"command"_s, QJsonArray{u"/bin/sh"_s, u"-c"_s, script}}};
    saveJob(u"till"_s,
            {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}},
             {u"afterRun"_s, QJsonObject{{u"success"_s, QJsonArray{command}}}}});
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    QFile told(m_folder->filePath(u"told"_s));
    QVERIFY(told.remove());
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(told.exists(), 30'000);
    ::kill(static_cast<pid_t>(program->processId()), SIGTERM);
    QVERIFY(isEnded(*program));
    QVERIFY(told.open(QIODevice::ReadOnly));
    const QByteArray text = told.readAll();
    QCOMPARE(text.count("ended"), text.count("began"));
}

// One workspace, two programs that run by themselves: each time is one's or the other's.
void TestSession::theWindowAndWatchShareTheSlots()
{
    twoTables();
    saveJob(u"till"_s, {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}});
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    const auto number = [this](const QByteArray &query) { return sql(u"workspace/journal.db"_s, query).toInt(); };
    const int before = number("SELECT count(*) FROM runs");
    const auto program = tidemark({u"--hidden"_s});
    const auto watch = begin(qEnvironmentVariable("TIDEMARK_BINARY_DIR") + u"/app/tidemark-cli"_s,
                             {u"--workspace"_s, workspace(), u"watch"_s});
    QTRY_VERIFY_WITH_TIMEOUT(number("SELECT count(*) FROM runs") >= before + 8, 60'000);
    for (const auto *process : {program.get(), watch.get()})
        ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
    QVERIFY(isEnded(*program));
    QVERIFY(isEnded(*watch));
    const QByteArray said = watch->readAllStandardError();
    QVERIFY2(said.contains("is run by another program") || said.contains("is under way elsewhere"), said.constData());
    const int claimed = number("SELECT sum((last_us - first_us) / 1000000 + 1) FROM schedule_slots");
    const int runs = number("SELECT count(*) FROM runs") - before;
    QVERIFY2(runs <= claimed, qPrintable(u"%1 runs in %2 slots"_s.arg(runs).arg(claimed)));
}

void TestSession::aKilledRunIsTakenUpAgain()
{
    sql(u"a.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (0, 'x')");
    sql(u"b.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
    saveJob(u"till"_s,
            {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}, {u"batch"_s, QJsonObject{{u"rows"_s, 50}}}});
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    sql(u"a.db"_s,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
        "INSERT INTO t SELECT i, 'row ' || i FROM n");
    const auto rows = [this] { return sql(u"b.db"_s, "SELECT count(*) FROM t").toInt(); };
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 1, 60'000);
    end(*program); // kill -9
    const int before = rows();
    QVERIFY2(before < 60'001, "it was over before it was killed");
    const auto again = tidemark({u"--hidden"_s});
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 60'001, 120'000);
    sql(u"a.db"_s, "INSERT INTO t VALUES (70000, 'later')");
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 60'002, 60'000);
    QCOMPARE(sql(u"b.db"_s, "SELECT count(*), sum(id), count(DISTINCT v) FROM t"),
             sql(u"a.db"_s, "SELECT count(*), sum(id), count(DISTINCT v) FROM t"));
    end(*again);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
