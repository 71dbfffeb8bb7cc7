// SPDX-License-Identifier: GPL-3.0-or-later
// The command line with a web service: killed while it writes, and told plainly what it cannot do.
#include <csignal>

#include "tests/app/clirun.h"
#include "tests/endpoint/http/storeservice.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestHttpCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<CliFolder>();
        m_store = std::make_unique<StoreService>();
        m_folder->sql(u"a.db"_s,
                      "CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT, total DECIMAL(12,2), updated_at TEXT);"
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)"
                      "INSERT INTO orders SELECT i, 'order ' || i, i + 0.5, NULL FROM n");
        writeJob({});
    }
    void cleanup()
    {
        m_store.reset();
        m_folder.reset();
    }

    // Killed again and again: each record is written once, and whatever is sent a second time bears the same key.
    void survivesKills_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("inserts") << u"POST"_s;
        QTest::newRow("updates") << u"PUT"_s;
        QTest::newRow("deletes") << u"DELETE"_s;
    }

    void survivesKills()
    {
        QFETCH(const QString, what);
        if (what != "POST"_L1) {
            const auto first = m_folder->run({u"run"_s, u"crm.json"_s});
            QVERIFY2(first.exitCode == 0, first.said().constData());
            m_folder->sql(u"a.db"_s,
                          what == "PUT"_L1 ? "UPDATE orders SET name = name || '!'"
                                           : "DELETE FROM orders WHERE id > 1");
        }
        m_store->takeWrites();
        m_store->after(
            [](const WebRequest &request, WebReply &reply) { reply.delayMs = request.method == "GET" ? 0 : 3; });
        // Some never reach it: not done, and nobody hears of them.
        QSet<QString> met;
        m_store->before([&met](const WebRequest &request) -> std::optional<WebReply> {
            const QString change = request.path + QString::fromUtf8(request.body);
            if (request.method == "GET" || met.contains(change))
                return std::nullopt;
            met.insert(change);
            WebReply reply;
            reply.silent = true;
            return met.size() % 7 == 0 ? std::optional(reply) : std::nullopt;
        });
        QList<StoreService::Write> writes;
        for (int kill = 0; kill < 6; ++kill) {
            QProcess process;
            process.setProcessEnvironment(m_folder->environment());
            process.setWorkingDirectory(QFileInfo(m_folder->path(u"x"_s)).path());
            process.start(CliFolder::program(), {u"run"_s, u"crm.json"_s});
            QVERIFY(process.waitForStarted());
            QList<StoreService::Write> some;
            while (some.size() < 10 && !process.waitForFinished(1))
                some += m_store->takeWrites();
            if (process.state() != QProcess::NotRunning)
                ::kill(pid_t(process.processId()), SIGKILL);
            process.waitForFinished();
            writes += some + m_store->takeWrites();
        }
        m_store->after({});
        m_store->before({});
        const auto last = m_folder->json({u"run"_s, u"crm.json"_s, u"--yes"_s});
        QVERIFY2(last.exitCode == 0, last.said().constData());
        writes += m_store->takeWrites();
        QCOMPARE(m_store->records().size(), what == "DELETE"_L1 ? 1 : 120);
        QHash<QString, int> done;
        QHash<QString, QByteArray> keys;
        QSet<QString> sentTwice;
        for (const auto &write : std::as_const(writes)) {
            const QString change = write.path + QString::fromUtf8(write.body);
            done[change] += write.status >= 200 && write.status < 300 ? 1 : 0;
            if (keys.contains(change))
                sentTwice.insert(change);
            QCOMPARE(keys.value(change, write.idempotencyKey), write.idempotencyKey);
            keys.insert(change, write.idempotencyKey);
        }
        QCOMPARE(done.size(), what == "DELETE"_L1 ? 119 : 120);
        for (auto it = done.begin(); it != done.end(); ++it)
            QVERIFY2(it.value() == 1, qPrintable(it.key()));
        QVERIFY(!sentTwice.isEmpty());
        const auto again = m_folder->run({u"run"_s, u"crm.json"_s});
        QVERIFY2(again.exitCode == 0, again.said().constData());
        QCOMPARE(m_store->takeWrites().size(), 0);
    }

    // A two-way job, killed while it writes to a service that rounds: nothing is written twice, a row that may have
    // been written and is another now is asked about, and nowhere does the rounding come back as an edit, whoever wins.
    void survivesKillsBothWays_data()
    {
        QTest::addColumn<bool>("rounds");
        QTest::newRow("as it was sent") << false;
        QTest::newRow("rounded") << true;
    }

    void survivesKillsBothWays()
    {
        QFETCH(const bool, rounds);
        writeJob({}, {{u"mode"_s, u"two-way"_s}, {u"conflicts"_s, QJsonObject{{u"policy"_s, u"target"_s}}}});
        const auto first = m_folder->run({u"run"_s, u"crm.json"_s});
        QVERIFY2(first.exitCode == 0, first.said().constData());
        m_folder->sql(u"a.db"_s, "UPDATE orders SET total = id + 0.25");
        m_store->takeWrites();
        m_store->after(
            [](const WebRequest &request, WebReply &reply) { reply.delayMs = request.method == "GET" ? 0 : 3; });
        if (rounds)
            m_store->alter([](QByteArray body) { return body.replace(".25", ".75"); });
        QList<StoreService::Write> writes;
        for (int kill = 0; kill < 6; ++kill) {
            QProcess process;
            process.setProcessEnvironment(m_folder->environment());
            process.setWorkingDirectory(QFileInfo(m_folder->path(u"x"_s)).path());
            process.start(CliFolder::program(), {u"run"_s, u"crm.json"_s});
            QVERIFY(process.waitForStarted());
            QList<StoreService::Write> some;
            while (some.size() < 7 && !process.waitForFinished(1))
                some += m_store->takeWrites();
            if (process.state() != QProcess::NotRunning)
                ::kill(pid_t(process.processId()), SIGKILL);
            process.waitForFinished();
            writes += some + m_store->takeWrites();
        }
        m_store->after({});
        const auto last = m_folder->json({u"run"_s, u"crm.json"_s});
        QVERIFY2(last.exitCode == (rounds ? 1 : 0), last.said().constData());
        writes += m_store->takeWrites();
        QHash<QString, int> done;
        for (const auto &write : std::as_const(writes))
            done[write.path] += write.status >= 200 && write.status < 300 ? 1 : 0;
        QCOMPARE(done.size(), 120);
        for (auto it = done.begin(); it != done.end(); ++it)
            QVERIFY2(it.value() == 1, qPrintable(it.key()));
        QCOMPARE(m_folder->sql(u"a.db"_s, "SELECT count(*) FROM orders WHERE total = id + 0.25"),
                 QStringList{u"120"_s});
        const auto again = m_folder->json({u"run"_s, u"crm.json"_s});
        QVERIFY2(again.exitCode == (rounds ? 1 : 0), again.said().constData());
        QCOMPARE(m_store->takeWrites().size(), 0);
        const QJsonArray open = m_folder->json({u"conflicts"_s, u"crm.json"_s}).json().value(u"conflicts"_s).toArray();
        QCOMPARE(!open.isEmpty(), rounds);
        for (const auto &conflict : open)
            QCOMPARE(conflict.toObject().value(u"kind"_s).toString(), u"in-doubt"_s);
    }

    void refusesUndo()
    {
        const auto imported = m_folder->run({u"job"_s, u"import"_s, u"crm.json"_s});
        QVERIFY2(imported.exitCode == 0, imported.said().constData());
        const auto ran = m_folder->json({u"run"_s, u"crm"_s});
        QVERIFY2(ran.exitCode == 0, ran.said().constData());
        const QString run = ran.json().value(u"run"_s).toString();
        const auto undone = m_folder->json({u"undo"_s, run});
        QCOMPARE(undone.exitCode, 4);
        QCOMPARE(undone.code(), u"not-available"_s);
        QVERIFY(m_folder->run({u"undo"_s, run}).err.contains("web service cannot be undone"));
    }

    // What one run has read, the next is told to be unchanged.
    void remembersPages()
    {
        int sent = 0;
        m_store->after([&sent](const WebRequest &request, WebReply &reply) {
            if (request.path != "/orders"_L1)
                return;
            const QByteArray tag = '"' + QByteArray::number(qHash(reply.body)) + '"';
            reply.headers["ETag"] = tag;
            if (request.headers.value("if-none-match") == tag)
                reply = WebReply{304, {}};
            else
                ++sent;
        });
        m_store->put(u"1"_s, R"({"id":1,"name":"one","total":1,"updated_at":null})");
        const QJsonValue service = m_store->connection();
        writeJob({},
                 {{u"source"_s, service},
                  {u"create"_s, true},
                  {u"target"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"b.db"_s}}}});
        m_folder->sql(u"b.db"_s, "CREATE TABLE nothing (id INTEGER)");
        for (const int expected : {1, 0}) {
            sent = 0;
            const auto ran = m_folder->run({u"run"_s, u"crm.json"_s});
            QVERIFY2(ran.exitCode == 0, ran.said().constData());
            QCOMPARE(sent, expected);
        }
        m_store->put(u"2"_s, R"({"id":2,"name":"two","total":2,"updated_at":null})");
        const auto ran = m_folder->run({u"run"_s, u"crm.json"_s});
        QVERIFY2(ran.exitCode == 0, ran.said().constData());
        QCOMPARE(sent, 1);
        QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT count(*) FROM orders"), QStringList{u"2"_s});
    }

    void tellsWhatIsMissing()
    {
        writeJob({{u"write"_s, QJsonObject{{u"insert"_s, u"POST /orders"_s}}}});
        const auto checked = m_folder->run({u"job"_s, u"check"_s, u"crm.json"_s});
        QVERIFY2(checked.exitCode == 4, checked.said().constData());
        QVERIFY2(checked.said().contains("names no request that updates"), checked.said().constData());
        QCOMPARE(m_store->takeWrites().size(), 0);
    }

    void testsTheConnection()
    {
        m_folder->write(u"crm-connection.json"_s, QJsonDocument(m_store->connection()).toJson());
        const auto added = m_folder->run({u"connection"_s, u"add"_s, u"crm"_s, u"crm-connection.json"_s});
        QVERIFY2(added.exitCode == 0, added.said().constData());
        const auto tested = m_folder->run({u"connection"_s, u"test"_s, u"crm"_s});
        QVERIFY2(tested.exitCode == 0, tested.said().constData());
        QVERIFY2(tested.out.contains("crm answers: HTTP\n"), tested.said().constData());
        QVERIFY2(tested.out.contains("Tables: 1, readable: 1, writable: 1."), tested.said().constData());
    }

private:
    void writeJob(const QJsonObject &resource, const QJsonObject &more = {})
    {
        QJsonObject job{{u"tidemark"_s, 1},
                        {u"name"_s, u"crm"_s},
                        {u"mode"_s, u"mirror"_s},
                        {u"tables"_s, QJsonArray{u"orders"_s}},
                        {u"batch"_s, QJsonObject{{u"rows"_s, 25}}},
                        {u"guard"_s, QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}}},
                        {u"source"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"a.db"_s}}},
                        {u"target"_s, m_store->connection(resource, {{u"timeout"_s, u"1s"_s}})}};
        for (auto it = more.begin(); it != more.end(); ++it)
            job[it.key()] = it.value();
        m_folder->write(u"crm.json"_s, QJsonDocument(job).toJson());
    }

    std::unique_ptr<CliFolder> m_folder;
    std::unique_ptr<StoreService> m_store;
};

QTEST_GUILESS_MAIN(TestHttpCli)
#include "tst_httpcli.moc"
