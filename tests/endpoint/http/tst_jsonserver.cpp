// SPDX-License-Identifier: GPL-3.0-or-later
// A web service that is not ours: json-server from the npm registry, in the version that is named here.
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include "core/config/jobsettings.h"
#include "core/journal/journal.h"
#include "core/run/runner.h"
#include "tests/endpoint/pairs/sqlside.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr auto package = "json-server@0.17.4";
constexpr int longestReachMs = 20'000;
constexpr int longestInstallMs = 60'000;
constexpr int longestStartMs = 30'000;

QString shown(const RunReport &report)
{
    const WriteCounts counts = report.totals();
    QString text =
        runStateName(report.state) + u" +%1 ~%2 -%3"_s.arg(counts.inserts).arg(counts.updates).arg(counts.deletes);
    for (const TableReport &table : report.tables) {
        if (table.error)
            text += u" ["_s + codeName(table.error->code) + u' ' + table.error->facts.value(Fact::Found) + u' '
                + table.error->detail + u']';
    }
    return text;
}

QJsonObject order(int id, const QString &name, const QString &stamp)
{
    return {{u"id"_s, id},
            {u"name"_s, name},
            {u"total"_s, id + 0.25},
            {u"paid"_s, id % 2 == 0},
            {u"updated_at"_s, stamp},
            {u"address"_s, QJsonObject{{u"city"_s, u"Köln"_s}}}};
}

} // namespace

class TestJsonServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString npm = QStandardPaths::findExecutable(u"npm"_s);
        if (npm.isEmpty())
            QSKIP("npm is missing: no web service but our own is asked");
        QProcess reach; // npm itself tries for minutes
        reach.start(npm,
                    {u"view"_s, u"--fetch-retries=0"_s, u"--fetch-timeout=10000"_s, QString::fromLatin1(package),
                     u"version"_s});
        if (!reach.waitForFinished(longestReachMs) || reach.exitCode() != 0)
            QSKIP("the npm registry does not answer: no web service but our own is asked");
        QProcess install;
        install.setWorkingDirectory(m_folder.path());
        install.start(npm,
                      {u"install"_s, u"--no-audit"_s, u"--no-fund"_s, u"--ignore-scripts"_s, u"--prefix"_s,
                       m_folder.path(), QString::fromLatin1(package)});
        if (!install.waitForFinished(longestInstallMs) || install.exitCode() != 0)
            QSKIP("json-server cannot be installed from the npm registry: no web service but our own is asked");
    }

    void init()
    {
        QJsonArray orders;
        for (int id = 1; id <= 57; ++id)
            orders << order(id, u"order %1"_s.arg(id), u"2024-01-01T00:00:00Z"_s);
        const QString data = m_folder.filePath(u"db.json"_s);
        QFile file(data);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QJsonDocument(QJsonObject{{u"orders"_s, orders}}).toJson());
        file.close();
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        m_url = u"http://127.0.0.1:%1"_s.arg(free.serverPort());
        free.close();
        m_server = std::make_unique<QProcess>();
        m_server->setStandardOutputFile(QProcess::nullDevice());
        m_server->setStandardErrorFile(QProcess::nullDevice());
        m_server->start(u"node"_s,
                        {m_folder.filePath(u"node_modules/json-server/lib/cli/bin.js"_s), u"--host"_s, u"127.0.0.1"_s,
                         u"--port"_s, m_url.section(u':', -1), data});
        QTRY_COMPARE_WITH_TIMEOUT(ask("GET", u"/orders/1"_s), 200, longestStartMs);
        m_target = std::make_unique<Side>(Driver::Sqlite, m_folder.path(), u"target"_s);
        m_journal = std::move(*Journal::open(m_folder.filePath(u"journal.db"_s)));
    }

    void cleanup()
    {
        m_journal.reset();
        m_target.reset();
        if (m_server) {
            m_server->kill();
            m_server->waitForFinished();
        }
        for (const char *name : {"journal.db", "target.db"})
            QFile::remove(m_folder.filePath(QString::fromLatin1(name)));
    }

    void mirrors_data()
    {
        QTest::addColumn<QJsonObject>("paging");
        const auto sized = [](QJsonObject paging) {
            paging[u"size"_s] = 10;
            paging[u"sizeParam"_s] = u"_limit"_s;
            return paging;
        };
        QTest::newRow("all at once") << QJsonObject{{u"by"_s, u"none"_s}};
        QTest::newRow("pages") << sized({{u"by"_s, u"page"_s}, {u"param"_s, u"_page"_s}});
        QTest::newRow("pages, counted") << sized(
            {{u"by"_s, u"page"_s}, {u"param"_s, u"_page"_s}, {u"total"_s, u"X-Total-Count"_s}});
        QTest::newRow("offsets") << sized({{u"by"_s, u"offset"_s}, {u"param"_s, u"_start"_s}});
        QTest::newRow("offsets, counted")
            << sized({{u"by"_s, u"offset"_s}, {u"param"_s, u"_start"_s}, {u"total"_s, u"X-Total-Count"_s}});
        QTest::newRow("links") << QJsonObject{{u"by"_s, u"next-link"_s}};
    }

    void mirrors()
    {
        QFETCH(const QJsonObject, paging);
        const QJsonObject query = paging.value(u"by"_s) == u"next-link"_s
            ? QJsonObject{{u"_page"_s, u"1"_s}, {u"_limit"_s, u"10"_s}}
            : QJsonObject();
        const QJsonObject resource{
            {u"path"_s, u"/orders"_s}, {u"key"_s, QJsonArray{u"id"_s}}, {u"paging"_s, paging}, {u"query"_s, query}};
        QCOMPARE(run(resource, u"mirror"_s, u"hash"_s), u"completed +57 ~0 -0"_s);
        QCOMPARE(run(resource, u"mirror"_s, u"hash"_s), u"completed +0 ~0 -0"_s);
        QCOMPARE(ask("PUT", u"/orders/5"_s, order(5, u"fünf"_s, u"2024-02-01T00:00:00Z"_s)), 200);
        QCOMPARE(ask("POST", u"/orders"_s, order(99, u"new"_s, u"2024-02-01T00:00:00Z"_s)), 201);
        QCOMPARE(ask("DELETE", u"/orders/7"_s), 200);
        QCOMPARE(run(resource, u"mirror"_s, u"hash"_s), u"completed +1 ~1 -1"_s);
        QCOMPARE(m_target->rows(u"SELECT name FROM orders WHERE id = 5"_s), QStringList{u"fünf"_s});
    }

    // Its own operator for what is new.
    void readsWhatIsNew()
    {
        const QJsonObject resource{
            {u"path"_s, u"/orders"_s},
            {u"key"_s, QJsonArray{u"id"_s}},
            {u"since"_s, QJsonObject{{u"param"_s, u"updated_at_gte"_s}, {u"field"_s, u"updated_at"_s}}},
            {u"paging"_s,
             QJsonObject{{u"by"_s, u"page"_s},
                         {u"param"_s, u"_page"_s},
                         {u"size"_s, 10},
                         {u"sizeParam"_s, u"_limit"_s},
                         {u"total"_s, u"X-Total-Count"_s}}}};
        QCOMPARE(run(resource, u"update"_s, u"timestamp"_s), u"completed +57 ~0 -0"_s);
        QCOMPARE(ask("PUT", u"/orders/5"_s, order(5, u"fünf"_s, u"2024-02-01T00:00:00Z"_s)), 200);
        QCOMPARE(run(resource, u"update"_s, u"timestamp"_s), u"completed +0 ~1 -0"_s);
        QCOMPARE(m_read, 57 + 0); // all bear the first stamp, which is read again, and one is new
        QCOMPARE(run(resource, u"update"_s, u"timestamp"_s), u"completed +0 ~0 -0"_s);
        QCOMPARE(m_read, 1);
    }

    // A database into it: what the job does not know of its records stays.
    void isWritten_data()
    {
        QTest::addColumn<QString>("update");
        QTest::newRow("put") << u"PUT /orders/{id}"_s;
        QTest::newRow("patched") << u"PATCH /orders/{id}"_s;
    }

    void isWritten()
    {
        QFETCH(const QString, update);
        m_target->exec(u"CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT, total DECIMAL(10,2))"_s);
        for (int id = 1; id <= 60; ++id) {
            if (id <= 50 || id > 57)
                m_target->exec(u"INSERT INTO orders VALUES (%1, '%2', %1.25)"_s.arg(
                    QString::number(id), id <= 10 ? u"neu 'n"_s.replace(u'\'', u"''"_s) : u"order %1"_s.arg(id)));
        }
        const QJsonObject resource{{u"path"_s, u"/orders"_s},
                                   {u"key"_s, QJsonArray{u"id"_s}},
                                   {u"write"_s,
                                    QJsonObject{{u"insert"_s, u"POST /orders"_s},
                                                {u"update"_s, update},
                                                {u"delete"_s, u"DELETE /orders/{id}"_s}}}};
        m_intoService = true;
        const auto back = qScopeGuard([this] { m_intoService = false; });
        QCOMPARE(run(resource, u"mirror"_s, u"hash"_s), u"completed +3 ~10 -7"_s);
        QCOMPARE(run(resource, u"mirror"_s, u"hash"_s), u"completed +0 ~0 -0"_s);
        QCOMPARE(ask("GET", u"/orders/55"_s), 404);
        QCOMPARE(ask("GET", u"/orders/60"_s), 200);
        QCOMPARE(ask("GET", u"/orders/3"_s), 200);
        QVERIFY(m_answer.contains("K\u00f6ln"_L1) || m_answer.contains(u"Köln"_s));
        QVERIFY(m_answer.contains(u"neu 'n"_s));
    }

    // Both change.
    void isSynced_data() { isWritten_data(); }

    void isSynced()
    {
        QFETCH(const QString, update);
        m_target->exec(u"CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT, total DECIMAL(10,2))"_s);
        for (int id = 56; id <= 60; ++id)
            m_target->exec(u"INSERT INTO orders VALUES (%1, 'order %1', %1.25)"_s.arg(id));
        const QJsonObject resource{{u"path"_s, u"/orders"_s},
                                   {u"key"_s, QJsonArray{u"id"_s}},
                                   {u"write"_s,
                                    QJsonObject{{u"insert"_s, u"POST /orders"_s},
                                                {u"update"_s, update},
                                                {u"delete"_s, u"DELETE /orders/{id}"_s}}}};
        m_intoService = true; // the database is the source
        const auto back = qScopeGuard([this] { m_intoService = false; });
        QCOMPARE(run(resource, u"two-way"_s, u"hash"_s), u"completed +58 ~0 -0"_s); // 55 here, 3 there
        QCOMPARE(run(resource, u"two-way"_s, u"hash"_s), u"completed +0 ~0 -0"_s);
        m_target->exec(u"UPDATE orders SET name = 'ours' WHERE id = 3"_s);
        m_target->exec(u"DELETE FROM orders WHERE id = 4"_s);
        QCOMPARE(ask("PUT", u"/orders/5"_s, order(5, u"fünf"_s, u"2024-02-01T00:00:00Z"_s)), 200);
        QCOMPARE(ask("DELETE", u"/orders/7"_s), 200);
        QCOMPARE(run(resource, u"two-way"_s, u"hash"_s), u"completed +0 ~2 -2"_s);
        QCOMPARE(m_target->rows(u"SELECT name FROM orders WHERE id IN (5, 7)"_s), QStringList{u"fünf"_s});
        QCOMPARE(ask("GET", u"/orders/4"_s), 404);
        QCOMPARE(ask("GET", u"/orders/3"_s), 200);
        QVERIFY(m_answer.contains(u"ours"_s) && m_answer.contains(u"Köln"_s));
        QCOMPARE(run(resource, u"two-way"_s, u"hash"_s), u"completed +0 ~0 -0"_s);
    }

private:
    int ask(const char *method, const QString &path, const QJsonObject &body = {})
    {
        QNetworkAccessManager manager;
        QNetworkRequest request(QUrl(m_url + path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const std::unique_ptr<QNetworkReply> reply(
            manager.sendCustomRequest(request, method, body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson()));
        QEventLoop loop;
        connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        m_answer = QString::fromUtf8(reply->readAll());
        return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }

    QString run(const QJsonObject &resource, const QString &mode, const QString &detect)
    {
        QJsonObject by{{u"by"_s, detect}};
        if (detect == u"timestamp"_s)
            by[u"column"_s] = u"updated_at"_s;
        QJsonObject job{{u"tidemark"_s, 1},
                        {u"id"_s, m_id},
                        {u"name"_s, u"orders"_s},
                        {u"mode"_s, mode},
                        {u"detect"_s, by},
                        {u"create"_s, true},
                        {u"tables"_s, QJsonArray{u"orders"_s}},
                        {u"source"_s,
                         QJsonObject{{u"driver"_s, u"http"_s},
                                     {u"url"_s, m_url},
                                     {u"resources"_s, QJsonObject{{u"orders"_s, resource}}}}},
                        {u"target"_s, connectionToJson(m_target->settings)}};
        if (m_intoService) {
            const QJsonValue service = job[u"source"_s];
            job[u"source"_s] = job[u"target"_s];
            job[u"target"_s] = service;
            job[u"create"_s] = false;
            job[u"guard"_s] = QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}};
        }
        struct Nobody final : ConnectionLookup
        {
            Result<ConnectionSettings> connection(const QString &) const override
            {
                return fail(ErrorCode::NoSuchConnection);
            }
        };
        const auto settings = jobFromJson(job, u"job.json"_s, Nobody());
        if (!settings)
            return codeName(settings.error().code) + u' ' + settings.error().facts.value(Fact::JsonPath);
        Cancellation cancellation;
        ProgressBoard progress;
        const RunReport report = Runner(m_connector, *m_journal, m_clock).run(*settings, {}, cancellation, progress);
        m_read = report.tables.isEmpty() ? -1 : report.tables.first().rowsRead;
        return ::shown(report);
    }

    QTemporaryDir m_folder;
    QString m_url;
    std::unique_ptr<QProcess> m_server;
    std::unique_ptr<Side> m_target;
    std::unique_ptr<Journal> m_journal;
    SqlConnector m_connector;
    SystemClock m_clock;
    QString m_id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    qint64 m_read = 0;
    bool m_intoService = false; // the job goes the other way
    QString m_answer;
};

QTEST_GUILESS_MAIN(TestJsonServer)
#include "tst_jsonserver.moc"
