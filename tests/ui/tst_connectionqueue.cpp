// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QTabWidget>
#include <QTest>
#include <QUrl>

#include "tests/ui/support/connecting.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/textfield.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::connecting;

// Message queues in the connection dialog, by key and mouse alone, and tested against real brokers.
class TestConnectionQueue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void everythingComesBack_data();
    void everythingComesBack();
    void fieldsFollowTheBroker();
    void whatIsUsualGoesIntoNoFile();
    void wrongInputIsNamed_data();
    void wrongInputIsNamed();
    void addressesArePasted_data();
    void addressesArePasted();
    void theTestSaysWhatWaits_data();
    void theTestSaysWhatWaits();
    void aWrongPasswordLeadsToItsField();
    void certificateIsPinned_data();
    void certificateIsPinned();

private:
    static ConnectionSettings read(const QByteArray &json);
    std::unique_ptr<Place> m_place;
};

static const QByteArray redis = R"j({"name": "feed", "driver": "redis", "host": "mq.example", "port": 6380,
 "database": "2", "user": "app", "password": {"env": "MQ"}, "tls": {"mode": "require"}, "timeout": "5s",
 "ssh": {"host": "bastion"}, "stream": "orders", "group": "others", "consumer": "me", "idle": "5m",
 "deliveryLimit": 3, "envelope": true, "production": true})j";
static const QByteArray amqp = R"j({"name": "feed", "driver": "amqp", "host": "mq.example", "database": "shop",
 "user": "app", "password": "ask", "exchange": "orders", "queue": "tidemark.orders", "prefetch": 50,
 "oneConsumer": false, "deliveryLimit": 3})j";

ConnectionSettings TestConnectionQueue::read(const QByteArray &json)
{
    const auto settings = connectionFromJson(QJsonDocument::fromJson(json).object(), u"mq.json"_s, {}, u"/"_s);
    if (!settings)
        qFatal("%s", qPrintable(settings.error().facts.value(Fact::JsonPath)));
    return *settings;
}

void TestConnectionQueue::everythingComesBack_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("Redis") << redis;
    QTest::newRow("RabbitMQ") << amqp;
}

void TestConnectionQueue::everythingComesBack()
{
    QFETCH(QByteArray, json);
    const ConnectionSettings settings = read(json);
    const auto dialog = m_place->open(settings);
    QCOMPARE(connectionToJson(dialog->settings()), connectionToJson(settings));
    QVERIFY(dialog->settings() == settings);
    QVERIFY2(problems(*dialog).isEmpty(), qPrintable(problems(*dialog).join(u' ')));
    // What the other broker has no field for is not kept behind its back.
    const bool isRedis = settings.driver == Driver::Redis;
    QVERIFY(person::choose(*dialog, u"driver"_s, isRedis ? u"RabbitMQ"_s : u"Redis"_s));
    const QJsonObject other = connectionToJson(dialog->settings());
    for (const QString &key : isRedis ? QStringList{u"stream"_s, u"group"_s, u"consumer"_s, u"idle"_s}
                                      : QStringList{u"exchange"_s, u"queue"_s, u"prefetch"_s, u"oneConsumer"_s})
        QVERIFY2(!other.contains(key), qPrintable(key));
    QVERIFY(person::choose(*dialog, u"driver"_s, isRedis ? u"Redis"_s : u"RabbitMQ"_s));
    QVERIFY(dialog->settings() == settings);
}

void TestConnectionQueue::fieldsFollowTheBroker()
{
    const auto dialog = m_place->open(read(redis));
    QVERIFY(person::field(*dialog, u"Database number"_s) && person::field(*dialog, u"host"_s));
    QVERIFY(!person::field(*dialog, u"schema"_s) && !person::button(*dialog, u"Grants…"_s));
    QVERIFY(connecting::openTab(*dialog, static_cast<int>(ConnectionTab::Queue)));
    QVERIFY(person::field(*dialog, u"stream"_s) && person::field(*dialog, u"group"_s));
    QVERIFY(!person::field(*dialog, u"exchange"_s) && !person::field(*dialog, u"prefetch"_s));
    QVERIFY(connecting::openTab(*dialog, 0));
    QVERIFY(person::choose(*dialog, u"driver"_s, u"RabbitMQ"_s));
    QVERIFY(person::field(*dialog, u"Virtual host"_s));
    QCOMPARE(problems(*dialog), (QStringList{u"Queue"_s})); // what was typed of the other is none of it
    dialog->activateWindow(); // a list that came down was the active window
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    QVERIFY(person::click(*dialog, u"Queue"_s));
    QTRY_VERIFY(edit(*dialog, u"queue"_s)->hasFocus());
    QTest::keyClicks(edit(*dialog, u"queue"_s), u"orders"_s);
    QCOMPARE(dialog->settings().queue->deliveryLimit, 3); // as it was said
    QVERIFY(dialog->findChild<AccentButton *>(u"save"_s)->isEnabled());
}

void TestConnectionQueue::whatIsUsualGoesIntoNoFile()
{
    const auto dialog = m_place->open();
    for (const auto &[title, field] : {std::pair(u"Redis"_s, u"stream"_s), std::pair(u"RabbitMQ"_s, u"queue"_s)}) {
        QVERIFY(person::choose(*dialog, u"driver"_s, title));
        edit(*dialog, u"host"_s)->setText(u"mq.example"_s);
        edit(*dialog, field)->setText(u"orders"_s);
        const QJsonObject said = connectionToJson(dialog->settings());
        for (const QString &key : {u"deliveryLimit"_s, u"idle"_s, u"group"_s, u"prefetch"_s, u"oneConsumer"_s})
            QVERIFY2(!said.contains(key), qPrintable(title + u' ' + key));
    }
}

void TestConnectionQueue::wrongInputIsNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no number") << redis << u"database"_s << u"shop"_s << u"Database"_s;
    QTest::newRow("no stream") << redis << u"stream"_s << u" "_s << u"Stream"_s;
    QTest::newRow("no group") << redis << u"group"_s << u" "_s << u"Group"_s;
    QTest::newRow("no duration") << redis << u"idle"_s << u"soon"_s << u"Take-over"_s;
    QTest::newRow("the broker's") << amqp << u"exchange"_s << u"amq.topic"_s << u"Exchange"_s;
}

void TestConnectionQueue::wrongInputIsNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    QFETCH(QString, text);
    const auto dialog = m_place->open(read(json));
    const bool isGeneral = field == u"database"_s;
    QVERIFY(connecting::openTab(*dialog, isGeneral ? 0 : static_cast<int>(ConnectionTab::Queue)));
    edit(*dialog, field)->clear();
    QTest::keyClicks(edit(*dialog, field), text);
    QTEST(problems(*dialog).join(u' '), "problem");
    QVERIFY(!dialog->findChild<AccentButton *>(u"save"_s)->isEnabled());
}

void TestConnectionQueue::addressesArePasted_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("queue"); // or stream
    QTest::newRow("Redis") << u"rediss://app@mq.example:6380/2?stream=orders&group=others"_s << u"orders"_s;
    QTest::newRow("Redis without a stream") << u"redis://app@mq.example/2"_s << QString();
    QTest::newRow("RabbitMQ") << u"amqps://app@mq.example/shop?queue=orders"_s << u"orders"_s;
    QTest::newRow("RabbitMQ without a queue") << u"amqp://app@mq.example/shop"_s << QString();
}

void TestConnectionQueue::addressesArePasted()
{
    QFETCH(QString, url);
    QFETCH(QString, queue);
    const auto dialog = m_place->open();
    paste(edit(*dialog, u"url"_s), url);
    QTest::keyClick(edit(*dialog, u"url"_s), Qt::Key_Return);
    const bool isRedis = url.startsWith(u"redis"_s);
    const ConnectionSettings now = dialog->settings();
    QCOMPARE(now.driver, isRedis ? Driver::Redis : Driver::Amqp);
    QCOMPARE(edit(*dialog, u"host"_s)->text(), u"mq.example"_s);
    QCOMPARE(edit(*dialog, u"database"_s)->text(), isRedis ? u"2"_s : u"shop"_s);
    QCOMPARE(edit(*dialog, isRedis ? u"stream"_s : u"queue"_s)->text(), queue);
    QCOMPARE(now.tls.mode.has_value(), !queue.isEmpty()); // those rows have TLS
}

void TestConnectionQueue::theTestSaysWhatWaits_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::newRow("Redis") << QByteArray("TIDEMARK_TEST_REDIS");
    QTest::newRow("RabbitMQ") << QByteArray("TIDEMARK_TEST_AMQP");
}

void TestConnectionQueue::theTestSaysWhatWaits()
{
    QFETCH(QByteArray, variable);
    if (!qEnvironmentVariableIsSet(variable.constData()))
        QSKIP("no broker");
    const bool isRedis = variable.endsWith("REDIS");
    const auto dialog = m_place->open();
    QString url = qEnvironmentVariable(variable.constData());
    url += isRedis ? u"?stream=tidemark-ui-none"_s : u"?queue=tidemark-ui-none"_s;
    paste(edit(*dialog, u"url"_s), url);
    QTest::keyClick(edit(*dialog, u"url"_s), Qt::Key_Return);
    QVERIFY(person::choose(*dialog, u"passwordKind"_s, u"Asked each time"_s)); // whether or not there is a keychain
    QVERIFY(person::type(*dialog, u"secret"_s, qEnvironmentVariable("TIDEMARK_TEST_PASSWORD")));
    const person::Watch watch;
    const QString headline = test(*dialog);
    QVERIFY2(headline.startsWith(isRedis ? u"Connected to Redis "_s : u"Connected to RabbitMQ "_s),
             qPrintable(headline + dialog->findChild<QLabel *>(u"testText"_s)->text()
                        + dialog->findChild<QLabel *>(u"testDetail"_s)->text()));
    const QString found = dialog->findChild<QLabel *>(u"testText"_s)->text();
    QVERIFY2(!found.contains(u"Tables"_s), qPrintable(found));
    QVERIFY2(found.contains(u"Not encrypted."_s) || found.contains(u"Encrypted by"_s), qPrintable(found));
}

void TestConnectionQueue::aWrongPasswordLeadsToItsField()
{
    if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_REDIS"))
        QSKIP("no broker");
    const auto dialog = m_place->open();
    paste(edit(*dialog, u"url"_s), qEnvironmentVariable("TIDEMARK_TEST_REDIS") + u"?stream=x"_s);
    QTest::keyClick(edit(*dialog, u"url"_s), Qt::Key_Return);
    QVERIFY(person::choose(*dialog, u"passwordKind"_s, u"Asked each time"_s)); // whether or not there is a keychain
    QVERIFY(person::type(*dialog, u"secret"_s, u"wrong"_s));
    QVERIFY(!test(*dialog).startsWith(u"Connected"_s));
    dialog->activateWindow(); // a list that came down was the active window
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    QVERIFY(person::click(*dialog, u"Go to: Password"_s));
    QTRY_VERIFY(edit(*dialog, u"secret"_s)->hasFocus());
}

void TestConnectionQueue::certificateIsPinned_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::newRow("Redis") << QByteArray("TIDEMARK_TEST_REDIS_TLS");
    QTest::newRow("RabbitMQ") << QByteArray("TIDEMARK_TEST_AMQP_TLS");
}

void TestConnectionQueue::certificateIsPinned()
{
    QFETCH(QByteArray, variable);
    if (!qEnvironmentVariableIsSet(variable.constData()))
        QSKIP("no broker with TLS");
    const person::Watch watch;
    const auto dialog = m_place->open();
    const QString url = qEnvironmentVariable(variable.constData());
    paste(edit(*dialog, u"url"_s), url + (url.startsWith(u"redis"_s) ? u"?stream=x"_s : u"?queue=x"_s));
    QTest::keyClick(edit(*dialog, u"url"_s), Qt::Key_Return);
    QVERIFY(person::choose(*dialog, u"passwordKind"_s, u"Asked each time"_s));
    QVERIFY(person::type(*dialog, u"secret"_s, qEnvironmentVariable("TIDEMARK_TEST_PASSWORD")));
    QVERIFY(connecting::openTab(*dialog, static_cast<int>(ConnectionTab::Tls)));
    QVERIFY(person::choose(*dialog, u"tlsMode"_s, u"Verify authority and host name"_s));
    QVERIFY(!test(*dialog).startsWith(u"Connected"_s));
    QVERIFY(person::button(*dialog, u"testCertificate"_s)); // what mends it stands beside the fault
    QVERIFY(person::choose(*dialog, u"tlsMode"_s, u"Automatic"_s));
    dialog->activateWindow(); // a list that came down was the active window
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    QVERIFY(person::click(*dialog, u"viewCertificate"_s));
    WAIT_WINDOW(certificate, u"certificateDialog"_s);
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*certificate, u"CN=localhost"_s), 20'000);
    QVERIFY(person::click(*certificate, u"pinCertificate"_s));
    QTRY_COMPARE(edit(*dialog, u"pin"_s)->text().size(), 64);
    const QString headline = test(*dialog);
    QVERIFY2(headline.startsWith(u"Connected to"_s), qPrintable(headline));
    QVERIFY(person::type(*dialog, u"pin"_s, QString(64, u'0')));
    QVERIFY(!test(*dialog).startsWith(u"Connected"_s));
}

QTEST_MAIN(TestConnectionQueue)
#include "tst_connectionqueue.moc"
