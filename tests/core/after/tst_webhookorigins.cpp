// SPDX-License-Identifier: GPL-3.0-or-later
// Where web hooks lead: elsewhere, to somebody else, and what is told of their addresses.
#include <QProcess>
#include <QTemporaryFile>
#include <QTest>

#include "core/after/afterrun.h"
#include "tests/core/after/poster.h"

using namespace tidemark;
using namespace tidemark::testing;
using namespace Qt::StringLiterals;

namespace {

void trust(const QSslCertificate &certificate)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates({certificate});
    QSslConfiguration::setDefaultConfiguration(configuration);
}

} // namespace

class TestWebHookOrigins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_tls = QSslConfiguration::defaultConfiguration(); }
    void cleanup() { QSslConfiguration::setDefaultConfiguration(m_tls); }
    void redirects_data();
    void redirects();
    void neverLeavesTheOrigin();
    void redirectsEnd();
    void tls();
    void tlsOfAStranger();
    void tlsOfAnotherHost();
    void addressesStaySecret();
    void secrets();
    void originTells_data();
    void originTells();

private:
    QSslConfiguration m_tls;
};

void TestWebHookOrigins::redirects_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<bool>("followed");
    QTest::newRow("307 to a path") << 307 << QByteArray("/other") << true;
    QTest::newRow("308 to a path") << 308 << QByteArray("/other") << true;
    QTest::newRow("a body gets lost: 301") << 301 << QByteArray("/other") << false;
    QTest::newRow("a body gets lost: 302") << 302 << QByteArray("/other") << false;
    QTest::newRow("a body gets lost: 303") << 303 << QByteArray("/other") << false;
    QTest::newRow("another scheme") << 307 << QByteArray("https://localhost/other") << false;
    QTest::newRow("a file") << 307 << QByteArray("file:///etc/passwd") << false;
    QTest::newRow("another name of this machine") << 307 << QByteArray("http://127.0.0.1:PORT/other") << false;
    QTest::newRow("another port") << 307 << QByteArray("http://localhost:1/other") << false;
    QTest::newRow("a user") << 307 << QByteArray("http://me:pw@localhost:PORT/other") << false;
    QTest::newRow("nowhere") << 307 << QByteArray("") << false;
}

void TestWebHookOrigins::redirects()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    QFETCH(bool, followed);
    HookServer server;
    location.replace("PORT", QByteArray::number(server.serverPort()));
    server.answers = {HookServer::answer(status, "Location: " + location + "\r\n"), HookServer::answer(200)};
    Poster poster;
    const HookEnd end = poster.post(server.url());
    QCOMPARE(codeOf(end), followed ? u"done"_s : u"web-hook-refused"_s);
    QCOMPARE(server.requests.size(), followed ? 2 : 1);
    QCOMPARE(end.attempts, 1);
    if (followed) {
        QCOMPARE(server.requests.last().line, "POST /other HTTP/1.1");
        QCOMPARE(server.requests.last().body, R"({"job":"j"})");
    }
}

void TestWebHookOrigins::neverLeavesTheOrigin()
{
    HookServer other;
    other.answers = {HookServer::answer(200)};
    HookServer server;
    server.answers = {HookServer::answer(308, "Location: " + other.url().toEncoded() + "\r\n")};
    Poster poster;
    QCOMPARE(codeOf(poster.post(server.url(), "k")), u"web-hook-refused"_s);
    QVERIFY2(other.requests.isEmpty(), "a signed report went elsewhere");
}

void TestWebHookOrigins::redirectsEnd()
{
    HookServer server;
    server.answers = {HookServer::answer(307, "Location: /again\r\n")};
    Poster poster;
    QCOMPARE(codeOf(poster.post(server.url())), u"web-hook-refused"_s);
    QCOMPARE(server.requests.size(), 4);
}

void TestWebHookOrigins::tls()
{
    HookServer server(HookServer::localhost());
    server.answers = {HookServer::answer(200)};
    trust(HookServer::localhost().certificate);
    Poster poster;
    const HookEnd end = poster.post(server.url());
    QVERIFY2(!end.error, qPrintable(end.error.value_or(Error()).detail));
    QCOMPARE(server.requests.size(), 1);
}

void TestWebHookOrigins::tlsOfAStranger()
{
    HookServer server(HookServer::localhost());
    server.answers = {HookServer::answer(200)};
    trust(HookServer::elsewhere().certificate);
    Poster poster;
    const HookEnd end = poster.post(server.url());
    QCOMPARE(codeOf(end), u"tls-untrusted"_s);
    QCOMPARE(end.attempts, 1);
    QVERIFY2(server.requests.isEmpty(), "a report went to a stranger");
}

void TestWebHookOrigins::tlsOfAnotherHost()
{
    HookServer server(HookServer::elsewhere());
    server.answers = {HookServer::answer(200)};
    trust(HookServer::elsewhere().certificate);
    Poster poster;
    const HookEnd end = poster.post(server.url());
    QCOMPARE(codeOf(end), u"tls-name"_s);
    QVERIFY2(server.requests.isEmpty(), "a report went to another host");
}

void TestWebHookOrigins::addressesStaySecret()
{
    HookServer server;
    server.answers = {HookServer::answer(404)};
    QUrl url = server.url(u"/geheim"_s);
    url.setQuery(u"token=geheim"_s);
    Poster poster;
    for (const bool silent : {false, true}) {
        if (silent)
            server.answers.clear();
        const HookEnd end = poster.post(url, "geheim", 50);
        QVERIFY(end.error.has_value());
        QVERIFY(!end.error->detail.contains("geheim"_L1));
        for (const QString &fact : end.error->facts)
            QVERIFY(!fact.contains("geheim"_L1));
    }
}

// From where the secret comes, and that nothing leaves unsigned where a signature is expected.
void TestWebHookOrigins::secrets()
{
    HookServer server;
    server.answers = {HookServer::answer(200)};
    AfterRunAction action;
    action.kind = AfterRunAction::Kind::WebHook;
    action.url = server.url().toString();
    JobSettings job;
    RunReport report;
    Cancellation cancellation;
    const FixedClock clock;
    const auto perform = [&](const PasswordSource &secret) {
        action.secret = secret;
        job.afterRun.always = {action};
        return AfterRun({clock}).perform(job, report, {{u"a"_s, 1}}, cancellation).value(0);
    };
    const PasswordSource variable{PasswordSource::Kind::Env, u"TST_WEBHOOK_SECRET"_s};
    qunsetenv("TST_WEBHOOK_SECRET");
    QCOMPARE(perform(variable).error.value_or(Error()).code, ErrorCode::PasswordMissing);
    qputenv("TST_WEBHOOK_SECRET", "");
    QCOMPARE(perform(variable).error.value_or(Error()).code, ErrorCode::PasswordMissing);
    QVERIFY(server.requests.isEmpty());
    qputenv("TST_WEBHOOK_SECRET", "k");
    const ActionOutcome done = perform(variable);
    QVERIFY(!done.error);
    QCOMPARE(done.name, originOf(server.url()));
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(server.requests[0].body, R"({"a":1})");
    const QByteArray signature = hookSignature(Secret("k"), 1'800'000'000, R"({"a":1})");
    QCOMPARE(server.requests[0].headers.value("x-tidemark-signature"), signature);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("k\n");
    file.close();
    const PasswordSource path{PasswordSource::Kind::File, file.fileName()};
    QVERIFY(!perform(path).error);
    QCOMPARE(server.requests[1].headers.value("x-tidemark-signature"), signature);
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ReadOther));
    QCOMPARE(perform(path).error.value_or(Error()).code, ErrorCode::PasswordExposed);
    QCOMPARE(perform({PasswordSource::Kind::Keychain, u"k"_s}).error.value_or(Error()).code,
             ErrorCode::KeychainUnavailable);
    QVERIFY(!perform({}).error);
    QVERIFY(!server.requests[2].headers.contains("x-tidemark-signature"));
    QCOMPARE(server.requests.size(), 3);
}

void TestWebHookOrigins::originTells_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("origin");
    QTest::newRow("a path and a query") << u"https://hooks.example/T0/B0/geheim?a=b"_s << u"https://hooks.example"_s;
    QTest::newRow("a port") << u"http://localhost:8080/x"_s << u"http://localhost:8080"_s;
    QTest::newRow("a user") << u"https://me:geheim@hooks.example/"_s << u"https://hooks.example"_s;
}

void TestWebHookOrigins::originTells()
{
    QFETCH(QString, url);
    QTEST(originOf(QUrl(url)), "origin");
}

QTEST_GUILESS_MAIN(TestWebHookOrigins)
#include "tst_webhookorigins.moc"
