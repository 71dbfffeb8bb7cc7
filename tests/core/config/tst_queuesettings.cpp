// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "core/config/connectionsettings.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QJsonObject parsed(const char *text)
{
    QByteArray json(text);
    json.replace('\'', '"');
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        qFatal("%s", text);
    return document.object();
}

QJsonObject redis()
{
    return parsed(R"({'name':'events','driver':'redis','host':'r.example','port':6380,'database':'3','user':'sync',
        'password':{'env':'REDIS'},'tls':'require','timeout':'5s','ssh':{'host':'bastion'},'stream':'orders',
        'group':'copies','consumer':'north','idle':'30s','deliveryLimit':3,'envelope':true})");
}

QJsonObject amqp()
{
    return parsed(R"({'name':'events','driver':'amqp','host':'q.example','database':'shop','user':'sync',
        'password':{'keychain':'q'},'tls':{'mode':'verify-ca','ca':'/folder/ca.pem'},'exchange':'changes',
        'queue':'copies','prefetch':50,'oneConsumer':false,'deliveryLimit':30})");
}

QString outcome(const Result<ConnectionSettings> &settings)
{
    if (settings)
        return u"ok"_s;
    const Error &error = settings.error();
    return codeName(error.code) + u' ' + error.facts.value(Fact::JsonPath);
}

} // namespace

class TestQueueSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesWriting_data()
    {
        QTest::addColumn<QJsonObject>("object");
        QTest::newRow("redis") << redis();
        QTest::newRow("amqp") << amqp();
        QTest::newRow("redis, the usual") << parsed("{'driver':'redis','host':'h','stream':'s'}");
        QTest::newRow("amqp, queue alone") << parsed("{'driver':'amqp','host':'h','queue':'q'}");
        QTest::newRow("amqp, exchange alone") << parsed("{'driver':'amqp','host':'h','exchange':'x'}");
    }

    void survivesWriting()
    {
        QFETCH(const QJsonObject, object);
        const auto settings = connectionFromJson(object, {}, {}, u"/folder"_s);
        QCOMPARE(outcome(settings), u"ok"_s);
        QVERIFY(settings->queue);
        QCOMPARE(connectionToJson(*settings), object);
        const auto again = connectionFromJson(connectionToJson(*settings), {}, {}, u"/folder"_s);
        QVERIFY(*again == *settings);
    }

    void readsEachKey()
    {
        const auto one = connectionFromJson(redis(), {}, {}, u"/folder"_s);
        QVERIFY(one);
        const QueueSettings &stream = *one->queue;
        QCOMPARE((QStringList{stream.stream, stream.group, stream.consumer, one->database}),
                 (QStringList{u"orders"_s, u"copies"_s, u"north"_s, u"3"_s}));
        QCOMPARE(stream.idleMs, 30'000);
        QCOMPARE(stream.deliveryLimit, 3);
        QVERIFY(stream.envelope);
        QCOMPARE(one->port, 6380);
        QVERIFY(one->ssh);

        const auto two = connectionFromJson(amqp(), {}, {}, u"/folder"_s);
        QVERIFY(two);
        const QueueSettings &queue = *two->queue;
        QCOMPARE((QStringList{queue.exchange, queue.queue, two->database}),
                 (QStringList{u"changes"_s, u"copies"_s, u"shop"_s}));
        QCOMPARE(queue.prefetch, 50);
        QVERIFY(!queue.oneConsumer);
        QCOMPARE(queue.deliveryLimit, 30);
        QVERIFY(*one != *two);
    }

    void readsStrictly_data()
    {
        QTest::addColumn<QJsonObject>("object");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("expected");
        const auto row = [](const QJsonObject &object, const char *key, const QJsonValue &value, const char *expected) {
            const QByteArray shown = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
            QTest::addRow("%s: %s = %s", qPrintable(object.value(u"driver").toString()), key, shown.constData())
                << object << QString::fromLatin1(key) << value << QString::fromLatin1(expected);
        };
        const QJsonValue none(QJsonValue::Undefined);
        row(redis(), "host", none, "missing-key host");
        row(redis(), "stream", none, "missing-key stream");
        row(redis(), "password", u"secret"_s, "password-in-clear password");
        row(redis(), "schema", u"public"_s, "unknown-key schema");
        for (const char *ofOther : {"exchange", "queue", "prefetch", "oneConsumer"})
            row(redis(), ofOther, u"x"_s, qPrintable("unknown-key "_L1 + QLatin1StringView(ofOther)));
        for (const char *ofOther : {"stream", "group", "consumer", "idle"})
            row(amqp(), ofOther, u"x"_s, qPrintable("unknown-key "_L1 + QLatin1StringView(ofOther)));
        for (const char *text : {"stream", "group", "consumer", "database", "idle"})
            row(redis(), text, 3, qPrintable("wrong-type "_L1 + QLatin1StringView(text)));
        for (const char *text : {"exchange", "queue", "database"})
            row(amqp(), text, true, qPrintable("wrong-type "_L1 + QLatin1StringView(text)));
        row(amqp(), "prefetch", u"50"_s, "wrong-type prefetch");
        row(amqp(), "prefetch", 0, "wrong-value prefetch");
        row(amqp(), "prefetch", 65'536, "wrong-value prefetch");
        row(amqp(), "oneConsumer", 1, "wrong-type oneConsumer");
        row(amqp(), "queue", u"amq.mine"_s, "wrong-value queue");
        row(amqp(), "queue", QString(245, u'q'), "wrong-value queue");
        row(amqp(), "queue", QString(244, u'q'), "ok");
        row(amqp(), "exchange", u""_s, "wrong-value exchange");
        for (const QJsonObject &object : {redis(), amqp()}) {
            row(object, "deliveryLimit", 0, "wrong-value deliveryLimit");
            row(object, "deliveryLimit", u"3"_s, "wrong-type deliveryLimit");
            row(object, "envelope", u"yes"_s, "wrong-type envelope");
        }
        row(redis(), "idle", u"10ms"_s, "wrong-value idle");
        row(redis(), "idle", u"soon"_s, "wrong-value idle");
        row(redis(), "database", u"shop"_s, "wrong-value database");
        row(redis(), "database", u"-1"_s, "wrong-value database");
        row(redis(), "stream", u"a\nb"_s, "wrong-value stream");
        row(redis(), "host", u"/run/redis.sock"_s, "wrong-value host"); // through SSH
    }

    void readsStrictly()
    {
        QFETCH(QJsonObject, object);
        QFETCH(const QString, key);
        QFETCH(const QJsonValue, value);
        QFETCH(const QString, expected);
        if (value.isUndefined())
            object.remove(key);
        else
            object.insert(key, value);
        const auto settings = connectionFromJson(object, {}, {}, u"/folder"_s);
        const QString found = outcome(settings);
        QCOMPARE(expected == u"ok"_s ? found : found.trimmed(), expected);
    }

    void wantsAQueueOrAnExchange()
    {
        QCOMPARE(outcome(connectionFromJson(parsed("{'driver':'amqp','host':'h'}"), {}, {}, {})),
                 u"missing-key queue"_s);
    }

    void readsUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QJsonObject>("expected");
        const auto row = [](const char *url, const char *expected) {
            QTest::newRow(url) << QString::fromLatin1(url) << parsed(expected);
        };
        row("redis://me@h:7000/2?stream=s&group=g&idle=5s&deliveryLimit=3&envelope=true",
            "{'driver':'redis','host':'h','port':7000,'database':'2','user':'me','stream':'s','group':'g','idle':'5s',"
            "'deliveryLimit':3,'envelope':true}");
        row("redis://h?stream=s", "{'driver':'redis','host':'h','stream':'s'}");
        row("rediss://localhost?stream=s", "{'driver':'redis','host':'localhost','stream':'s','tls':'verify-full'}");
        row("rediss://h?stream=s&tls=require", "{'driver':'redis','host':'h','stream':'s','tls':'require'}");
        row("amqp://me@h/shop?queue=q&exchange=x&prefetch=10&oneConsumer=false&timeout=3s",
            "{'driver':'amqp','host':'h','database':'shop','user':'me','queue':'q','exchange':'x','prefetch':10,"
            "'oneConsumer':false,'timeout':'3s'}");
        row("amqps://me@h:5671/%2F?queue=q",
            "{'driver':'amqp','host':'h','port':5671,'database':'/','user':'me','queue':'q','tls':'verify-full'}");
    }

    void readsUrls()
    {
        QFETCH(const QString, url);
        QFETCH(const QJsonObject, expected);
        const auto settings = connectionFromUrl(url);
        QCOMPARE(outcome(settings), u"ok"_s);
        QCOMPARE(connectionToJson(*settings), expected);
    }

    void refusesUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *url, const char *expected) {
            QTest::newRow(url) << QString::fromLatin1(url) << QString::fromLatin1(expected);
        };
        row("redis://h", "missing-key stream");
        row("redis:///0?stream=s", "missing-key host");
        row("redis://me:secret@h?stream=s", "password-in-clear password");
        row("redis://h?stream=s&queue=q", "unknown-key queue");
        row("redis://h?stream=s&sream=t", "unknown-key sream");
        row("redis://h?stream=s&deliveryLimit=many", "wrong-type deliveryLimit");
        row("amqp://h?queue=q&oneConsumer=1", "wrong-type oneConsumer");
        row("amqp://h?stream=s", "unknown-key stream");
        row("amqp://h", "missing-key queue");
    }

    void refusesUrls()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, expected);
        QCOMPARE(outcome(connectionFromUrl(url)), expected);
    }
};

QTEST_GUILESS_MAIN(TestQueueSettings)
#include "tst_queuesettings.moc"
