// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <QTest>

#include "core/endpoint/http/httpservice.h"
#include "core/endpoint/http/pagewalker.h"
#include "tests/endpoint/http/shopservice.h"

using namespace tidemark;
using namespace tidemark::http;
using namespace Qt::StringLiterals;

namespace {

struct Case
{
    QString paging;
    int orders = 25;
    QJsonObject more; // of the paging
    ShopService::Bend bend;
    QString expected; // "25", or the error
    QJsonObject connection = {};
    QJsonObject resource = {};
};

QByteArray gzip(const QByteArray &text)
{
    const QByteArray zlib = qCompress(text, 9);
    quint32 crc = 0xffffffff;
    for (const char c : text) {
        crc ^= quint8(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0);
    }
    crc = ~crc;
    const auto size = quint32(text.size());
    QByteArray out("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    out += zlib.mid(6, zlib.size() - 10);
    out.append(reinterpret_cast<const char *>(&crc), 4);
    out.append(reinterpret_cast<const char *>(&size), 4);
    return out;
}

ShopService::Bend onPage(int which, std::function<void(WebReply &)> change)
{
    return [which, change = std::move(change)](WebReply &reply, const WebRequest &, int page) {
        if (page == which)
            change(reply);
    };
}

QByteArray withRecords(const QByteArray &records) { return "{\"data\":[" + records + "],\"total\":25,\"next\":null}"; }

ShopService::Bend failing(int status, const QByteArray &retryAfter = {})
{
    auto left = std::make_shared<int>(2);
    return [=](WebReply &reply, const WebRequest &, int page) {
        if (page != 1 || (*left)-- <= 0)
            return;
        reply.status = status;
        reply.body = "{}";
        if (!retryAfter.isEmpty())
            reply.headers["Retry-After"] = retryAfter;
    };
}

ShopService::Bend always(int status, const QByteArray &retryAfter = {})
{
    return [=](WebReply &reply, const WebRequest &, int) {
        reply.status = status;
        reply.body = "told you: s3cret";
        if (!retryAfter.isEmpty())
            reply.headers["Retry-After"] = retryAfter;
    };
}

ShopService::Bend redirect(const QByteArray &where)
{
    return [=](WebReply &reply, const WebRequest &request, int) {
        if (request.path != u"/orders"_s)
            return;
        reply.status = 302;
        reply.headers["Location"] = where;
    };
}

const QJsonObject bearer{{u"auth"_s, QJsonObject{{u"bearer"_s, QJsonObject{{u"env"_s, u"TIDEMARK_TEST_TOKEN"_s}}}}}};

// What a service does right, in its own way.
void addGood(QMap<QString, Case> &cases)
{
    for (const QString &by : {u"page"_s, u"offset"_s, u"cursor"_s, u"next-link"_s}) {
        for (const int orders : {0, 1, 9, 10, 11, 25, 100})
            cases[u"%1 of %2"_s.arg(by).arg(orders)] = {by, orders, {}, {}, QString::number(orders)};
        cases[by + u" with a total"_s] = {by, 40, {{u"total"_s, u"/total"_s}}, {}, u"40"_s};
        cases[by + u" with a total in a header"_s] = {by, 40, {{u"total"_s, u"X-Total-Count"_s}}, {}, u"40"_s};
        cases[by + u" compressed"_s] = {by,
                                        25,
                                        {},
                                        [](WebReply &reply, const WebRequest &, int) {
                                            reply.body = gzip(reply.body);
                                            reply.headers["Content-Encoding"] = "gzip";
                                        },
                                        u"25"_s};
        cases[by + u" in chunks"_s] = {
            by, 25, {}, [](WebReply &reply, const WebRequest &, int) { reply.chunked = true; }, u"25"_s};
        for (const int status : {429, 500, 502, 503, 504})
            cases[u"%1, %2 twice"_s.arg(by).arg(status)] = {by, 25, {}, failing(status), u"25"_s};
        cases[by + u", 429 with a wait"_s] = {by, 25, {}, failing(429, "0"), u"25"_s};
        cases[by + u", 503 until a date that is past"_s] = {
            by, 25, {}, failing(503, "Sun, 06 Nov 1994 08:49:37 GMT"), u"25"_s};
        auto lost = std::make_shared<int>(1);
        cases[by + u", a connection lost once"_s] = {
            by, 25, {}, onPage(1, [lost](WebReply &reply) { reply.hangUp = (*lost)-- > 0; }), u"25"_s};
    }
    cases[u"offset, fewer a page than asked for"_s] = {
        u"offset"_s, 25, {{u"size"_s, 10}, {u"sizeParam"_s, QJsonValue::Null}}, {}, u"25"_s};
    cases[u"all at once"_s] = {u"none"_s, 300, {}, {}, u"300"_s, {}, {{u"path"_s, u"/all"_s}}};
    cases[u"redirect on the origin"_s] = {u"none"_s, 7, {}, redirect("/all"), u"7"_s};
    cases[u"a byte order mark"_s] = {
        u"none"_s, 7, {}, onPage(0, [](WebReply &r) { r.body.prepend("\xef\xbb\xbf"); }), u"7"_s};
    cases[u"bearer"_s] = {u"page"_s,
                          25,
                          {},
                          [](WebReply &reply, const WebRequest &request, int) {
                              if (request.headers.value("authorization") != "Bearer s3cret")
                                  reply.status = 401;
                          },
                          u"25"_s,
                          bearer};
    cases[u"records that shift onto the next page"_s] = {
        u"cursor"_s, 25, {}, onPage(1, [](WebReply &reply) { reply.body.replace("[", "[{\"id\":10},"); }), u"26"_s};
}

void addTruncated(QMap<QString, Case> &cases)
{
    for (const QString &by : {u"page"_s, u"offset"_s, u"cursor"_s, u"next-link"_s}) {
        const auto add = [&](const QString &name, std::function<void(WebReply &)> change, const QString &expected) {
            cases[by + u", "_s + name] = {by, 45, {}, onPage(1, std::move(change)), expected};
        };
        add(
            u"shorter than it says"_s, [](WebReply &r) { r.claimed = r.body.size() + 50; }, u"broken-stream"_s);
        add(
            u"a chunk cut short"_s, [](WebReply &r) { r.chunked = r.cut = true, r.body.chop(20); }, u"*"_s);
        add(
            u"half of its JSON"_s, [](WebReply &r) { r.body.chop(r.body.size() / 2); }, u"page-unusable not-json"_s);
        add(
            u"half of what is compressed"_s,
            [](WebReply &r) {
                r.body = gzip(r.body);
                r.body.chop(r.body.size() / 2);
                r.headers["Content-Encoding"] = "gzip";
            },
            u"*"_s);
        add(
            u"nothing at all"_s, [](WebReply &r) { r.body.clear(); }, u"page-unusable not-json"_s);
        add(
            u"no content"_s, [](WebReply &r) { r.body.clear(), r.status = 204; }, u"page-unusable not-json"_s);
        add(
            u"a page for people"_s, [](WebReply &r) { r.body = "<html>Log in</html>"; }, u"page-unusable not-json"_s);
        add(
            u"JSON and more"_s, [](WebReply &r) { r.body += "{}"; }, u"page-unusable not-json"_s);
        add(
            u"NaN"_s, [](WebReply &r) { r.body.replace(".50", ".NaN"); }, u"page-unusable not-json"_s);
        add(
            u"a byte that is no UTF-8"_s, [](WebReply &r) { r.body.replace("order", "\xff"); },
            u"page-unusable not-json"_s);
        add(
            u"without the array"_s, [](WebReply &r) { r.body = "{\"error\":\"busy\"}"; },
            u"page-unusable no-records"_s);
        add(
            u"an object for the array"_s, [](WebReply &r) { r.body = "{\"data\":{\"id\":1}}"; },
            u"page-unusable no-records"_s);
        add(
            u"records that are none"_s, [](WebReply &r) { r.body = withRecords("1,2,3"); },
            u"page-unusable no-record"_s);
        add(
            u"too deep"_s,
            [](WebReply &r) { r.body = withRecords("{\"a\":" + QByteArray(70, '[') + QByteArray(70, ']') + "}"); },
            u"page-unusable too-deep"_s);
        add(
            u"too large"_s, [](WebReply &r) { r.body.append(QByteArray(3 << 20, ' ')); }, u"answer-too-large"_s);
        add(
            u"a bomb"_s,
            [](WebReply &r) {
                r.body = gzip(QByteArray(6 << 20, ' '));
                r.headers["Content-Encoding"] = "gzip";
            },
            u"answer-too-large"_s);
        add(
            u"a connection lost each time"_s, [](WebReply &r) { r.hangUp = true; }, u"connection-lost"_s);
        add(
            u"503 for ever"_s, [](WebReply &r) { r.status = 503; }, u"service-failed 503"_s);
        add(
            u"gone"_s, [](WebReply &r) { r.status = 404; }, u"request-refused 404"_s);
        add(
            u"teapot"_s, [](WebReply &r) { r.status = 418; }, u"request-refused 418"_s);
        add(
            u"unchanged, and never asked"_s, [](WebReply &r) { r.status = 304, r.body.clear(); },
            u"page-unusable not-json"_s);
    }
    for (auto it = cases.begin(); it != cases.end(); ++it) {
        if (it->expected.startsWith("answer-too-large"_L1))
            it->connection = {{u"limits"_s, QJsonObject{{u"body"_s, u"2MiB"_s}, {u"retries"_s, 0}}}};
    }
}

void addDoubtful(QMap<QString, Case> &cases)
{
    for (const QString &by : {u"page"_s, u"offset"_s}) {
        const auto empty = onPage(2, [](WebReply &r) { r.body = withRecords(""); });
        cases[by + u", empty in the middle"_s] = {by, 45, {}, empty, u"page-unusable empty"_s};
        cases[by + u", empty in the middle, counted"_s] = {
            by, 45, {{u"total"_s, u"X-Total-Count"_s}}, empty, u"page-unusable empty"_s};
        cases[by + u", empty at once, counted"_s] = {by,
                                                     45,
                                                     {{u"total"_s, u"X-Total-Count"_s}},
                                                     onPage(0, [](WebReply &r) { r.body = withRecords(""); }),
                                                     u"page-unusable empty"_s};
        cases[by + u", ignored"_s] = {
            by,
            45,
            {},
            [](WebReply &r, const WebRequest &, int) { r.body = withRecords("{\"id\":1},{\"id\":2}"); },
            u"page-unusable repeated"_s};
        cases[by + u", fewer than counted"_s] = {
            by,
            45,
            {{u"total"_s, u"X-Total-Count"_s}},
            [](WebReply &r, const WebRequest &, int) { r.headers["X-Total-Count"] = "60"; },
            u"page-unusable empty"_s};
        cases[by + u", sinking"_s] = {by,
                                      45,
                                      {{u"total"_s, u"X-Total-Count"_s}},
                                      [](WebReply &r, const WebRequest &, int page) {
                                          r.headers["X-Total-Count"] = QByteArray::number(45 - page);
                                      },
                                      u"page-unusable count-sank"_s};
        cases[by + u", not counting"_s] = {by, 45, {{u"total"_s, u"X-Count"_s}}, {}, u"page-unusable no-count"_s};
    }
    cases[u"offset, short in the middle"_s] = {u"offset"_s,
                                               45,
                                               {},
                                               onPage(1, [](WebReply &r) { r.body = withRecords("{\"id\":11}"); }),
                                               u"page-unusable short"_s};
    cases[u"offset, too many"_s] = {u"offset"_s,
                                    45,
                                    {},
                                    onPage(1, [](WebReply &r) { r.body.replace("[", "[{\"id\":100},{\"id\":101},"); }),
                                    u"page-unusable too-many"_s};
    cases[u"cursor, the same again"_s] = {u"cursor"_s,
                                          45,
                                          {},
                                          onPage(2, [](WebReply &r) { r.body.replace("\"next\":30", "\"next\":10"); }),
                                          u"page-unusable repeated-cursor"_s};
    cases[u"cursor, the same page"_s] = {u"cursor"_s,
                                         45,
                                         {},
                                         [](WebReply &r, const WebRequest &, int page) {
                                             r.body = "{\"data\":[{\"id\":1}],\"next\":"
                                                 + QByteArray::number(page * 10 + 10) + "}";
                                         },
                                         u"page-unusable repeated"_s};
    cases[u"cursor, an object"_s] = {u"cursor"_s,
                                     45,
                                     {},
                                     onPage(1, [](WebReply &r) { r.body.replace("\"next\":20", "\"next\":{}"); }),
                                     u"page-unusable no-cursor"_s};
    cases[u"cursor, fewer than counted"_s] = {
        u"cursor"_s,
        45,
        {{u"total"_s, u"X-Total-Count"_s}},
        onPage(2, [](WebReply &r) { r.body.replace("\"next\":30", "\"next\":null"); }),
        u"page-unusable count"_s};
    for (const char *where : {"http://127.0.0.1:1/orders", "http://localhost/orders", "https://127.0.0.1/",
                              "ftp://127.0.0.1/", "file:///etc/passwd", "//evil.example/orders"}) {
        const QString name = QString::fromLatin1(where);
        cases[u"next link to "_s + name] = {
            u"next-link"_s,
            45,
            {},
            onPage(1, [where](WebReply &r) { r.headers["Link"] = "<" + QByteArray(where) + ">; rel=\"next\""; }),
            u"request-refused"_s,
            bearer};
        cases[u"redirect to "_s + name] = {u"none"_s, 7, {}, redirect(where), u"request-refused"_s, bearer};
    }
    cases[u"redirect without end"_s] = {u"none"_s, 7, {}, redirect("/orders"), u"request-refused"_s};
    cases[u"a wrong token"_s] = {u"page"_s, 7, {}, always(401), u"wrong-password 401"_s, bearer};
    cases[u"no right"_s] = {u"page"_s, 7, {}, always(403), u"no-rights 403"_s, bearer};
    cases[u"no such resource"_s] = {u"page"_s, 7, {}, always(404), u"no-such-table 404"_s, bearer};
    cases[u"limited for ever"_s] = {u"page"_s, 7, {}, always(429), u"rate-limited 429"_s, bearer};
    cases[u"limited for an hour"_s] = {u"page"_s, 7, {}, always(429, "3600"), u"rate-limited 429"_s, bearer};
    cases[u"silent"_s] = {u"page"_s,    7,
                          {},           onPage(0, [](WebReply &r) { r.silent = true; }),
                          u"timeout"_s, {{u"timeout"_s, u"200ms"_s}, {u"limits"_s, QJsonObject{{u"retries"_s, 0}}}}};
    cases[u"slower than a request may be"_s] = {
        u"page"_s,    7,
        {},           onPage(0, [](WebReply &r) { r.silent = true; }),
        u"timeout"_s, {{u"limits"_s, QJsonObject{{u"retries"_s, 0}, {u"request"_s, u"200ms"_s}}}}};
    cases[u"slower than all may be"_s] = {u"page"_s,    7,
                                          {},           onPage(0, [](WebReply &r) { r.silent = true; }),
                                          u"timeout"_s, {{u"limits"_s, QJsonObject{{u"read"_s, u"200ms"_s}}}}};
}

QMap<QString, Case> allCases()
{
    QMap<QString, Case> cases;
    addTruncated(cases);
    addGood(cases);
    addDoubtful(cases);
    return cases;
}

QString shown(const Error &error)
{
    const bool tells = error.code == ErrorCode::PageUnusable || error.facts.value(Fact::Found).toInt() > 0;
    return codeName(error.code) + (tells ? QString(u' ' + error.facts.value(Fact::Found)) : QString());
}

} // namespace

class TestHttpPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TIDEMARK_TEST_TOKEN", "s3cret"); }

    void walks_data()
    {
        QTest::addColumn<QString>("name");
        const auto cases = allCases();
        for (auto it = cases.begin(); it != cases.end(); ++it)
            QTest::newRow(qPrintable(it.key())) << it.key();
    }

    // The service's answer decides: its records, each once, or an error of its own; never part of them as the whole.
    void walks()
    {
        QFETCH(const QString, name);
        const Case test = allCases().value(name);
        ShopService shop(test.orders);
        shop.bend(test.bend);
        QJsonObject paging = ShopService::paging(test.paging);
        for (auto it = test.more.begin(); it != test.more.end(); ++it)
            paging[it.key()] = it.value();
        if (paging.value(u"sizeParam"_s).isNull())
            paging.remove(u"sizeParam"_s);
        const ConnectionSettings settings = shop.settings(paging, test.connection, test.resource);
        const auto service = *HttpService::create(settings);
        service->client().setSecret(Secret("s3cret"));
        Cancellation cancellation;
        const auto read = service->readAll(settings.http->resources.first(), {}, &cancellation);
        if (test.expected == "*"_L1) {
            QVERIFY(!read);
        } else if (!read) {
            QCOMPARE(::shown(read.error()), test.expected);
            QCOMPARE(read.error().facts.value(Fact::Table), u"orders"_s);
        } else {
            QCOMPARE(QString::number((*read)->count()), test.expected);
        }
        if (!read) {
            QString said = read.error().detail;
            for (const QString &fact : read.error().facts)
                said += fact;
            QVERIFY2(!said.contains("s3cret"_L1), qPrintable(said));
        }
    }

    // Eight at a time where pages can be named, and no more.
    void flights()
    {
        ShopService shop(1000);
        shop.bend([](WebReply &reply, const WebRequest &, int) { reply.delayMs = 20; });
        const ConnectionSettings settings = shop.settings(ShopService::paging(u"page"_s));
        const auto service = *HttpService::create(settings);
        Cancellation cancellation;
        const auto read = service->readAll(settings.http->resources.first(), {}, &cancellation);
        QVERIFY(read);
        QCOMPARE((*read)->count(), 1000);
        QCOMPARE(shop.web.mostAtOnce(), 8);
    }

    // What the service calls unchanged is not sent again.
    void unchangedPages()
    {
        ShopService shop(25);
        int sent = 0;
        shop.bend([&sent](WebReply &reply, const WebRequest &request, int) {
            const QByteArray tag = '"' + QByteArray::number(qHash(reply.body)) + '"';
            reply.headers["ETag"] = tag;
            if (request.headers.value("if-none-match") == tag) {
                reply.status = 304;
                reply.body.clear();
            } else {
                ++sent;
            }
        });
        const ConnectionSettings settings = shop.settings(ShopService::paging(u"cursor"_s));
        const auto service = *HttpService::create(settings);
        const auto count = [&] {
            sent = 0;
            Cancellation cancellation;
            const auto read = service->readAll(settings.http->resources.first(), {}, &cancellation);
            return read ? (*read)->count() : -1;
        };
        QCOMPARE(count(), 25);
        QCOMPARE(sent, 3);
        QCOMPARE(count(), 25);
        QCOMPARE(sent, 0);
        shop.put(12, u"another"_s, u"1"_s);
        QCOMPARE(count(), 25);
        QCOMPARE(sent, 1);
    }

    // A cancelled reading ends at once, whatever it waits for.
    void cancels_data()
    {
        QTest::addColumn<bool>("isSilent");
        QTest::newRow("an answer") << true;
        QTest::newRow("a time that the service named") << false;
    }

    void cancels()
    {
        QFETCH(const bool, isSilent);
        ShopService shop(25);
        Cancellation cancellation;
        shop.bend([&](WebReply &reply, const WebRequest &, int) {
            reply.silent = isSilent;
            reply.status = 429;
            reply.headers["Retry-After"] = "200";
            QTimer::singleShot(20, qApp, [&cancellation] { cancellation.cancel(); });
        });
        QJsonObject more{{u"timeout"_s, u"200s"_s}};
        const ConnectionSettings settings = shop.settings(ShopService::paging(u"page"_s), more);
        const auto service = *HttpService::create(settings);
        std::optional<Result<std::shared_ptr<const RecordSpool>>> read;
        std::jthread reader([&] {
            read = service->readAll(settings.http->resources.first(), {}, &cancellation);
            QMetaObject::invokeMethod(
                qApp, [] { QCoreApplication::exit(); }, Qt::QueuedConnection);
        });
        QCoreApplication::exec();
        reader.join();
        QVERIFY(!*read);
        QCOMPARE(read->error().code, ErrorCode::Cancelled);
    }

    void dates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("seconds"); // −1: none
        QTest::newRow("a date") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << qint64(784111777);
        QTest::newRow("the beginning") << QByteArray("Thu, 01 Jan 1970 00:00:00 GMT") << qint64(0);
        QTest::newRow("another zone") << QByteArray("Sun, 06 Nov 1994 08:49:37 CET") << qint64(-1);
        QTest::newRow("no month") << QByteArray("Sun, 06 Nix 1994 08:49:37 GMT") << qint64(-1);
        QTest::newRow("no time") << QByteArray("Sun, 06 Nov 1994 88:49:37 GMT") << qint64(-1);
        QTest::newRow("nothing") << QByteArray() << qint64(-1);
    }

    void dates()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const qint64, seconds);
        const auto date = httpDateUs(text);
        QCOMPARE(date ? *date / 1'000'000 : -1, seconds);
    }
};

QTEST_GUILESS_MAIN(TestHttpPages)
#include "tst_httppages.moc"
