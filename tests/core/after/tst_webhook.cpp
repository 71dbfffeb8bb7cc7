// SPDX-License-Identifier: GPL-3.0-or-later
// Web hooks against a server on the loopback that is slow, endless or overloaded.
#include <QProcess>
#include <QTest>
#include <QTimer>

#include "core/after/afterrun.h"
#include "tests/core/after/poster.h"

using namespace tidemark;
using namespace tidemark::testing;
using namespace Qt::StringLiterals;

class TestWebHook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void posts();
    void signs();
    void signsAsOpenSsl();
    void statuses_data();
    void statuses();
    void retries();
    void retryAfter_data();
    void retryAfter();
    void dates_data();
    void dates();
    void silence();
    void hangsUp();
    void endlessAnswers();
    void nobodyListens();
    void cancels();
    void cancelsBetweenAttempts();
};

void TestWebHook::posts()
{
    HookServer server;
    server.answers = {HookServer::answer(204)};
    Poster poster;
    const HookEnd end = poster.post(server.url(u"/a b"_s));
    QCOMPARE(codeOf(end), u"done"_s);
    QCOMPARE(end.attempts, 1);
    QCOMPARE(server.requests.size(), 1);
    const auto &request = server.requests.first();
    QCOMPARE(request.line, "POST /a%20b HTTP/1.1");
    QCOMPARE(request.body, R"({"job":"j"})");
    QCOMPARE(request.headers.value("content-type"), "application/json");
    QCOMPARE(request.headers.value("x-tidemark-event"), "run");
    QCOMPARE(request.headers.value("x-tidemark-timestamp"), "1800000000");
    QVERIFY(!request.headers.value("x-tidemark-delivery").isEmpty());
    QVERIFY2(!request.headers.contains("x-tidemark-signature"), "signed without a secret");
    QVERIFY(!request.headers.contains("cookie"));
}

// The vector is what Python's hmac says of the same.
void TestWebHook::signs()
{
    QCOMPARE(hookSignature(Secret("It's a Secret to Everybody"), 1'800'000'000, R"({"job":"j"})"),
             "sha256=6a69ab2391c82a1291de2c2225f32d699710c212813f250c87592cc07012ab89");
    HookServer server;
    server.answers = {HookServer::answer(200)};
    Poster poster;
    QCOMPARE(codeOf(poster.post(server.url(), "It's a Secret to Everybody")), u"done"_s);
    QCOMPARE(server.requests.first().headers.value("x-tidemark-signature"),
             "sha256=6a69ab2391c82a1291de2c2225f32d699710c212813f250c87592cc07012ab89");
    QVERIFY2(hookSignature(Secret("k"), 1, "b") != hookSignature(Secret("k"), 2, "b"), "the time is not signed");
    QVERIFY2(hookSignature(Secret("k"), 1, "b") != hookSignature(Secret("k"), 1, "c"), "the body is not signed");
}

void TestWebHook::signsAsOpenSsl()
{
    QProcess openssl;
    openssl.start(u"openssl"_s, {u"dgst"_s, u"-sha256"_s, u"-hmac"_s, u"k"_s});
    if (!openssl.waitForStarted())
        QSKIP("no openssl program");
    openssl.write("7.body");
    openssl.closeWriteChannel();
    QVERIFY(openssl.waitForFinished());
    const QByteArray digest = openssl.readAllStandardOutput().trimmed().split(' ').last();
    QCOMPARE(hookSignature(Secret("k"), 7, "body"), "sha256=" + digest);
}

void TestWebHook::statuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("attempts");
    const auto row = [](int status, const QString &code, int attempts) {
        QTest::addRow("%d", status) << status << code << attempts;
    };
    row(200, u"done"_s, 1);
    row(202, u"done"_s, 1);
    row(299, u"done"_s, 1);
    const QString refused = u"web-hook-refused"_s;
    row(304, refused, 1);
    row(400, refused, 1);
    row(401, refused, 1);
    row(403, refused, 1);
    row(404, refused, 1);
    row(407, refused, 1);
    row(408, refused, 4);
    row(410, refused, 1);
    row(429, refused, 4);
    row(500, refused, 4);
    row(502, refused, 4);
    row(503, refused, 4);
    row(599, refused, 4);
}

void TestWebHook::statuses()
{
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(int, attempts);
    HookServer server;
    server.answers = {HookServer::answer(status, {}, "what \x1b[31mred\x1b[0m\r\nit says")};
    Poster poster;
    const HookEnd end = poster.post(server.url());
    QCOMPARE(codeOf(end), code);
    QCOMPARE(end.attempts, attempts);
    QCOMPARE(server.requests.size(), attempts);
    if (!end.error)
        return;
    QCOMPARE(end.error->facts.value(Fact::Found), QString::number(status));
    QCOMPARE(end.error->facts.value(Fact::Host), u"localhost"_s);
    QCOMPARE(end.error->facts.value(Fact::Port), QString::number(server.serverPort()));
    if (status != 304)
        QCOMPARE(end.error->detail, u"what red it says"_s);
}

void TestWebHook::retries()
{
    HookServer server;
    server.answers = {HookServer::answer(500), HookServer::answer(503), HookServer::answer(200)};
    Poster poster;
    const HookEnd end = poster.post(server.url(), "k");
    QCOMPARE(codeOf(end), u"done"_s);
    QCOMPARE(end.attempts, 3);
    QCOMPARE(poster.waits, (QList<qint64>{1000, 2000}));
    QCOMPARE(server.requests.size(), 3);
    const QByteArray delivery = server.requests.first().headers.value("x-tidemark-delivery");
    for (const auto &request : std::as_const(server.requests))
        QCOMPARE(request.headers.value("x-tidemark-delivery"), delivery);
}

void TestWebHook::retryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QList<qint64>>("waits");
    const auto row = [](const char *name, const QByteArray &header, const QList<qint64> &waits) {
        QTest::newRow(name) << header << waits;
    };
    row("none", "", {1000, 2000, 4000});
    row("seconds", "Retry-After: 30\r\n", {30'000, 30'000, 30'000});
    row("sooner than it would come", "Retry-After: 2\r\n", {2000, 2000, 4000});
    row("at most a minute", "Retry-After: 60\r\n", {60'000, 60'000, 60'000});
    row("longer than a minute", "Retry-After: 61\r\n", {});
    row("a year", "Retry-After: 31536000\r\n", {});
    row("more than a number", "Retry-After: 99999999999999999999\r\n", {1000, 2000, 4000});
    row("nonsense", "Retry-After: soon\r\n", {1000, 2000, 4000});
    row("below nothing", "Retry-After: -5\r\n", {1000, 2000, 4000});
}

void TestWebHook::retryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(QList<qint64>, waits);
    HookServer server;
    server.answers = {HookServer::answer(429, header)};
    Poster poster;
    const HookEnd end = poster.post(server.url());
    QCOMPARE(codeOf(end), u"web-hook-refused"_s);
    QCOMPARE(poster.waits, waits);
    QCOMPARE(end.attempts, int(waits.size()) + 1);
}

void TestWebHook::dates_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("ms");
    // The clock stands at 2027-01-15T08:00:00.250Z.
    QTest::newRow("in ten seconds") << QByteArray("Fri, 15 Jan 2027 08:00:10 GMT") << qint64(9750);
    QTest::newRow("gone by") << QByteArray("Fri, 15 Jan 2027 07:59:00 GMT") << qint64(0);
    QTest::newRow("of no zone") << QByteArray("Fri, 15 Jan 2027 08:00:10") << qint64(-1);
    QTest::newRow("empty") << QByteArray() << qint64(-1);
    QTest::newRow("signed") << QByteArray("+5") << qint64(-1);
    QTest::newRow("number") << QByteArray(" 5 ") << qint64(5000);
}

void TestWebHook::dates()
{
    QFETCH(QByteArray, header);
    QTEST(retryAfterMs(header, FixedClock().nowUs()), "ms");
}

void TestWebHook::silence()
{
    HookServer server; // takes the request and says nothing
    Poster poster;
    const HookEnd end = poster.post(server.url(), {}, 50);
    QCOMPARE(codeOf(end), u"timeout"_s);
    QCOMPARE(end.error->facts.value(Fact::Limit), u"50ms"_s);
    QCOMPARE(end.attempts, 4);
}

void TestWebHook::hangsUp()
{
    HookServer server;
    server.hangsUp = true;
    Poster poster;
    const HookEnd end = poster.post(server.url());
    QCOMPARE(codeOf(end), u"connection-lost"_s);
    QCOMPARE(end.attempts, 4);
}

void TestWebHook::endlessAnswers()
{
    HookServer server;
    server.endless = true;
    server.answers = {"HTTP/1.1 200 OK\r\n\r\n"};
    Poster poster;
    QCOMPARE(codeOf(poster.post(server.url())), u"done"_s);
    server.answers = {"HTTP/1.1 400 No\r\n\r\n"};
    const HookEnd end = poster.post(server.url());
    QCOMPARE(codeOf(end), u"web-hook-refused"_s);
    QVERIFY(end.error->detail.size() <= 400);
    QVERIFY2(server.sent < (8 << 20), "the whole flood was waited for");
    server.answers = {"HTTP/1.1 200 OK\r\nX: "}; // a header without an end
    QVERIFY(codeOf(poster.post(server.url(), {}, 500)) != u"done"_s);
}

void TestWebHook::nobodyListens()
{
    QUrl url;
    {
        const HookServer server;
        url = server.url();
    }
    Poster poster;
    const HookEnd end = poster.post(url);
    QCOMPARE(codeOf(end), u"unreachable"_s);
    QCOMPARE(poster.waits, (QList<qint64>{1000, 2000, 4000}));
}

void TestWebHook::cancels()
{
    HookServer server;
    Poster poster;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] { poster.cancellation.cancel(); });
    const HookEnd end = poster.post(server.url(), {}, 300'000);
    QCOMPARE(codeOf(end), u"cancelled"_s);
    QCOMPARE(end.attempts, 1);
    QCOMPARE(codeOf(poster.post(server.url())), u"cancelled"_s); // before the first
}

void TestWebHook::cancelsBetweenAttempts()
{
    HookServer server;
    server.answers = {HookServer::answer(503, "Retry-After: 60\r\n")};
    Cancellation cancellation;
    cancellation.stopAfterBatch(); // what follows still happens
    HookCall call;
    call.url = server.url();
    QTimer::singleShot(0, &server, [&] {
        QObject::connect(&server, &QTcpServer::newConnection, &server,
                         [&] { QTimer::singleShot(200, &server, [&] { cancellation.cancel(); }); });
    });
    const HookEnd end = postHook(call, FixedClock(), cancellation);
    QCOMPARE(codeOf(end), u"web-hook-refused"_s);
    QCOMPARE(end.attempts, 1);
}

QTEST_GUILESS_MAIN(TestWebHook)
#include "tst_webhook.moc"
