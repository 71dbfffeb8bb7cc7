// SPDX-License-Identifier: GPL-3.0-or-later
// The real command line is killed in the middle of a run, and in the middle of its undo: what was committed is taken
// back whole, what was not is not touched.

#include <csignal>

#include "tests/app/clirun.h"
#include "tests/endpoint/pairs/sqlside.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

namespace {

constexpr int all = 12'000;
constexpr int batch = 50;

} // namespace

class TestKilledUndo : public QObject
{
    Q_OBJECT

private:
    static QJsonObject sideOf(const Side &target)
    {
        if (target.driver() == Driver::Sqlite)
            return {{u"driver"_s, u"sqlite"_s}, {u"database"_s, target.settings.database}};
        QJsonObject side{{u"driver"_s, target.driver() == Driver::Postgres ? u"postgres"_s : u"mysql"_s},
                         {u"host"_s, target.settings.host},
                         {u"port"_s, target.settings.port},
                         {u"database"_s, target.settings.database},
                         {u"user"_s, target.settings.user},
                         {u"password"_s, QJsonObject{{u"env"_s, u"TIDEMARK_TEST_PASSWORD"_s}}}};
        if (target.driver() == Driver::Postgres)
            side[u"schema"_s] = target.settings.schema;
        return side;
    }
    // Starts the program and kills it once `reached` says so; false: it ended before.
    static bool killWhen(const CliFolder &folder, const QStringList &arguments, const std::function<bool()> &reached)
    {
        QProcess process;
        process.setProcessEnvironment(folder.environment());
        process.setWorkingDirectory(folder.path({}));
        process.start(CliFolder::program(), arguments);
        if (!process.waitForStarted())
            return false;
        while (!reached()) {
            if (process.waitForFinished(1))
                return false;
        }
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        process.waitForFinished(30'000);
        return process.exitStatus() == QProcess::CrashExit;
    }
    // A server holds the locks of a program that is gone until it notices.
    static CliFolder::Outcome whenFree(const CliFolder &folder, const QStringList &arguments)
    {
        CliFolder::Outcome outcome;
        const auto isFree = [&] {
            outcome = folder.json(arguments);
            return outcome.exitCode != 5;
        };
        (void)QTest::qWaitFor(isFree, 30'000); // else the caller shows the last answer
        return outcome;
    }

private Q_SLOTS:
    void killedInMidRun_data()
    {
        QTest::addColumn<Driver>("driver");
        QTest::addColumn<QString>("scope");
        QTest::addColumn<bool>("undoIsKilled");
        const std::pair<const char *, Driver> drivers[]{
            {"SQLite", Driver::Sqlite}, {"PostgreSQL", Driver::Postgres}, {"MariaDB", Driver::Mysql}};
        for (const auto &[name, driver] : drivers) {
            QTest::addRow("%s, batch", name) << driver << u"batch"_s << false;
            QTest::addRow("%s, batch, and its undo", name) << driver << u"batch"_s << true;
            QTest::addRow("%s, run", name) << driver << u"run"_s << false;
        }
    }
    void killedInMidRun()
    {
        QFETCH(Driver, driver);
        QFETCH(QString, scope);
        QFETCH(bool, undoIsKilled);
        if (!Side::isAvailable(driver))
            QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        const CliFolder folder;
        Side target(driver, folder.path({}), u"target"_s);
        target.exec(u"CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(200))"_s);
        const QByteArray numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + QByteArray::number(all) + ") INSERT INTO orders SELECT i, ";
        folder.sql(u"a.db"_s,
                   "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);" + numbers + "'old' FROM n WHERE i <> 7;");
        const QJsonObject job{{u"tidemark"_s, 1},
                              {u"name"_s, u"killed"_s},
                              {u"source"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"a.db"_s}}},
                              {u"target"_s, sideOf(target)},
                              {u"mode"_s, u"update"_s},
                              {u"tables"_s, QJsonArray{u"orders"_s}},
                              {u"transaction"_s, scope},
                              {u"batch"_s, QJsonObject{{u"rows"_s, batch}}}};
        folder.write(u"j.json"_s, QJsonDocument(job).toJson());
        const auto first = folder.json({u"run"_s, u"j.json"_s});
        QVERIFY2(first.exitCode == 0, first.said().constData());
        target.exec(u"DELETE FROM orders WHERE id > %1"_s.arg(all - 500)); // some are to be inserted as well
        folder.sql(u"a.db"_s, "UPDATE orders SET note = printf('%0100d', id)");
        const auto rows = [&] { return target.rows(u"SELECT id, note FROM orders ORDER BY id"_s); };
        const auto countOf = [&](const QString &which) {
            return target.rows(u"SELECT count(*) FROM orders WHERE "_s + which).first().toInt();
        };
        const QStringList before = rows();

        const QString undone = folder.path(u"workspace/undo"_s);
        const QStringList runsBefore = QDir(undone).entryList({u"*.db"_s});
        const auto newRun = [&] {
            const QStringList runs = QDir(undone).entryList({u"*.db"_s}, QDir::Files, QDir::Name);
            return runs.size() > runsBefore.size() ? runs.last().chopped(3) : QString();
        };
        const bool killed = killWhen(folder, {u"--json"_s, u"run"_s, u"j.json"_s}, [&] {
            if (scope == u"batch"_s)
                return countOf(u"note <> 'old'"_s) >= (undoIsKilled ? all / 2 : 10 * batch);
            return !newRun().isEmpty() && QFileInfo(undone + u'/' + newRun() + u".db-wal"_s).size() > 500'000;
        });
        QVERIFY(killed);
        const int changed = countOf(u"note <> 'old'"_s);
        QVERIFY(scope == u"batch"_s ? changed > 0 && changed < all : changed == 0);
        const QString run = newRun();
        QVERIFY(!run.isEmpty());

        if (undoIsKilled) {
            QTRY_COMPARE(whenFree(folder, {u"plan"_s, u"j.json"_s}).exitCode, 0);
            QVERIFY(
                killWhen(folder, {u"undo"_s, run, u"--yes"_s}, [&] { return countOf(u"note <> 'old'"_s) < changed; }));
            const int left = countOf(u"note <> 'old'"_s);
            QVERIFY(left > 0 && left < changed);
        }
        const auto undo = whenFree(folder, {u"undo"_s, run, u"--yes"_s});
        QVERIFY2(undo.exitCode == 0, undo.said().constData());
        QCOMPARE(rows(), before);
        const auto again = folder.json({u"run"_s, u"j.json"_s});
        QVERIFY2(again.exitCode == 0, again.said().constData());
        QCOMPARE(countOf(u"note <> 'old'"_s), all - 1);
    }
};

QTEST_GUILESS_MAIN(TestKilledUndo)
#include "tst_killedundo.moc"
