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

QJsonObject whole()
{
    return parsed(R"({'name':'crm','driver':'http','url':'https://crm.example/api','timeout':'5s','inFlight':4,
        'auth':{'bearer':{'env':'CRM_TOKEN'}},'headers':{'X-Version':'3'},'tls':{'pin':
        '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'},
        'limits':{'body':'8MiB','depth':20,'redirects':1,'request':'30s','read':'1h','retries':2,'retryDelay':'1s',
                  'wait':'10s'},
        'resources':{
          'orders':{'path':'/orders','records':'/data','key':['id'],'query':{'state':'open'},
            'columns':{'id':'integer','total':'decimal(12,2)','updated_at':'timestamp',
                       'city':{'type':'text(40)','from':'/address/city'}},
            'since':{'param':'updated_since','field':'updated_at'},'paging':{'by':'next-link','next':'/links/next'},
            'write':{'insert':'POST /orders','update':'PUT /orders/{id}','delete':'DELETE /orders/{id}',
                     'record':'/data'}},
          'pages':{'path':'/p','paging':{'by':'page','param':'page','size':50,'sizeParam':'per_page','first':0,
                                         'total':'X-Total-Count'}},
          'rest':{'path':'/r','paging':{'by':'cursor','param':'after','next':'/next','total':'/count'}}}})");
}

// The value at a path of members, or none.
QJsonObject changed(QJsonObject object, const QStringList &path, const QJsonValue &value)
{
    if (path.size() == 1) {
        if (value.isUndefined())
            object.remove(path.first());
        else
            object[path.first()] = value;
        return object;
    }
    object[path.first()] = changed(object.value(path.first()).toObject(), path.mid(1), value);
    return object;
}

QString outcome(const QJsonObject &object)
{
    const auto settings = connectionFromJson(object, {}, {}, u"/folder"_s);
    if (settings)
        return u"ok"_s;
    const Error &error = settings.error();
    return codeName(error.code) + u' ' + error.facts.value(Fact::JsonPath);
}

} // namespace

class TestHttpSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesWriting()
    {
        const auto settings = connectionFromJson(whole(), {}, {}, u"/folder"_s);
        QVERIFY(settings);
        QCOMPARE(connectionToJson(*settings), whole());
        QCOMPARE(settings->http->resources.size(), 3);
        QCOMPARE(settings->password.kind, PasswordSource::Kind::Env);
        QCOMPARE(settings->host, u"crm.example"_s);
        const auto again = connectionFromJson(connectionToJson(*settings), {}, {}, u"/folder"_s);
        QVERIFY(*again == *settings);
    }

    void survivesWritingOfAuth_data()
    {
        QTest::addColumn<QJsonObject>("auth");
        QTest::newRow("basic") << parsed("{'basic':{'user':'me','password':{'keychain':'crm'}}}");
        QTest::newRow("header") << parsed("{'header':{'name':'X-Api-Key','value':{'file':'/folder/key'}}}");
        QTest::newRow("asked") << parsed("{'bearer':'ask'}");
    }

    void survivesWritingOfAuth()
    {
        QFETCH(const QJsonObject, auth);
        const QJsonObject object = changed(whole(), {u"auth"_s}, auth);
        const auto settings = connectionFromJson(object, {}, {}, u"/folder"_s);
        QVERIFY(settings);
        QCOMPARE(connectionToJson(*settings), object);
    }

    void reads_data()
    {
        QTest::addColumn<QString>("path"); // of members, by blanks
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *path, const QJsonValue &value, const char *expected) {
            const QByteArray shown = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
            QTest::addRow("%s = %s", path, shown.constData())
                << QString::fromLatin1(path) << value << QString::fromLatin1(expected);
        };
        const QJsonValue none(QJsonValue::Undefined);
        row("name", u"x"_s, "ok");
        row("url", none, "missing-key url");
        row("url", u"crm.example"_s, "wrong-value url");
        row("url", u"ftp://crm.example"_s, "wrong-value url");
        row("url", u"file:///etc"_s, "wrong-value url");
        row("url", u"https://crm.example/?key=1"_s, "wrong-value url");
        row("url", u"https://crm.example/#x"_s, "wrong-value url");
        row("url", u"https://me:secret@crm.example"_s, "password-in-clear url");
        row("url", u"https://me@crm.example"_s, "password-in-clear url");
        row("url", u"http://crm.example"_s, "wrong-value url"); // with credentials
        row("url", u"http://localhost:8080"_s, "ok");
        row("url", u"http://127.0.0.1"_s, "ok");
        row("url", u"http://[::1]:80/x"_s, "ok");
        row("host", u"crm.example"_s, "unknown-key host");
        row("password", u"x"_s, "unknown-key password");
        row("ssh", QJsonObject(), "unknown-key ssh");
        row("auth bearer", u"secret"_s, "password-in-clear auth.bearer");
        row("auth basic", QJsonObject(), "wrong-value auth"); // beside bearer
        row("auth token", u"x"_s, "unknown-key auth.token");
        row("headers Authorization", u"x"_s, "password-in-clear headers.Authorization");
        row("headers Cookie", u"x"_s, "password-in-clear headers.Cookie");
        row("headers Host", u"x"_s, "wrong-value headers.Host");
        row("headers X Y", u"x"_s, "wrong-type headers.X");
        row("headers X-Version", u"a\nb"_s, "wrong-value headers[\"X-Version\"]");
        row("tls", u"disable"_s, "wrong-value tls");
        row("tls", u"verify-full"_s, "ok");
        row("inFlight", 0, "wrong-value inFlight");
        row("inFlight", 65, "wrong-value inFlight");
        row("inFlight", u"8"_s, "wrong-type inFlight");
        row("limits body", 5, "wrong-type limits.body");
        row("limits depth", 0, "wrong-value limits.depth");
        row("limits wait", u"soon"_s, "wrong-value limits.wait");
        row("limits size", 5, "unknown-key limits.size");
        row("resources", none, "missing-key resources");
        row("resources", QJsonObject(), "wrong-value resources");
        row("resources tidemark_x", QJsonObject{{u"path"_s, u"/x"_s}}, "wrong-value resources.tidemark_x");
        row("resources orders path", none, "missing-key resources.orders.path");
        row("resources orders path", u"orders"_s, "wrong-value resources.orders.path");
        row("resources orders path", u"//evil.example/x"_s, "wrong-value resources.orders.path");
        row("resources orders path", u"/orders?x=1"_s, "wrong-value resources.orders.path");
        row("resources orders path", u"/../admin"_s, "wrong-value resources.orders.path");
        row("resources orders records", u"data"_s, "wrong-value resources.orders.records");
        row("resources orders records", u"/a~2"_s, "wrong-value resources.orders.records");
        row("resources orders records", u""_s, "ok");
        row("resources orders key", u"id"_s, "wrong-type resources.orders.key");
        row("resources orders key", QJsonArray{u"nr"_s}, "wrong-value resources.orders.key");
        row("resources orders columns", QJsonObject(), "wrong-value resources.orders.columns");
        row("resources orders columns total", u"money"_s, "wrong-value resources.orders.columns.total");
        row("resources orders columns total", u"decimal(2,12)"_s, "wrong-value resources.orders.columns.total");
        row("resources orders columns total", u"text(0)"_s, "wrong-value resources.orders.columns.total");
        row("resources orders columns total", 1, "wrong-type resources.orders.columns.total");
        row("resources orders columns city from", u"city"_s, "wrong-value resources.orders.columns.city.from");
        row("resources orders since field", u"other"_s, "wrong-value resources.orders.since");
        row("resources orders since field", none, "missing-key resources.orders.since.field");
        row("resources orders write", QJsonObject(), "ok");
        row("resources orders write", u"PUT /orders/{id}"_s, "wrong-type resources.orders.write");
        row("resources orders write replace", u"PUT /orders/{id}"_s, "unknown-key resources.orders.write.replace");
        row("resources orders write insert", u"PUT /orders/{id}"_s, "ok");
        row("resources orders write insert", u"PUT /orders"_s, "wrong-value resources.orders.write.insert");
        row("resources orders write insert", u"GET /orders"_s, "wrong-value resources.orders.write.insert");
        row("resources orders write insert", u"POST"_s, "wrong-value resources.orders.write.insert");
        row("resources orders write insert", u"POST https://evil.example/"_s,
            "wrong-value resources.orders.write.insert");
        row("resources orders write update", u"PATCH /orders/{id}"_s, "ok");
        row("resources orders write update", u"POST /orders/{id}"_s, "wrong-value resources.orders.write.update");
        row("resources orders write update", u"PUT /orders"_s, "wrong-value resources.orders.write.update");
        row("resources orders write update", u"PUT /orders/{total}"_s, "wrong-value resources.orders.write.update");
        row("resources orders write update", u"PUT /orders/{id}?x=1"_s, "wrong-value resources.orders.write.update");
        row("resources orders write update", u"PUT /../{id}"_s, "wrong-value resources.orders.write.update");
        row("resources orders write delete", u"DELETE /orders"_s, "wrong-value resources.orders.write.delete");
        row("resources orders write delete", u"POST /orders/{id}/delete"_s,
            "wrong-value resources.orders.write.delete");
        row("resources orders write record", u"data"_s, "wrong-value resources.orders.write.record");
        row("resources pages write", parsed("{'insert':'POST /p'}"), "wrong-value resources.pages.write");
        row("resources orders pages", 1, "unknown-key resources.orders.pages");
        row("resources pages paging by", u"random"_s, "wrong-value resources.pages.paging.by");
        row("resources pages paging by", none, "missing-key resources.pages.paging.by");
        row("resources pages paging param", none, "missing-key resources.pages.paging.param");
        row("resources pages paging size", none, "missing-key resources.pages.paging.size");
        row("resources pages paging size", 0, "wrong-value resources.pages.paging.size");
        row("resources pages paging first", 2, "wrong-value resources.pages.paging.first");
        row("resources pages paging next", u"/next"_s, "wrong-value resources.pages.paging.next");
        row("resources pages paging total", u"X Total"_s, "wrong-value resources.pages.paging.total");
        row("resources rest paging next", none, "missing-key resources.rest.paging.next");
        row("resources rest paging first", 1, "wrong-value resources.rest.paging.first");
    }

    void reads()
    {
        QFETCH(const QString, path);
        QFETCH(const QJsonValue, value);
        QFETCH(const QString, expected);
        QCOMPARE(outcome(changed(whole(), path.split(u' '), value)), expected);
    }

    // Without credentials clear text is a choice; with them it is none.
    void clearText()
    {
        QJsonObject object =
            changed(changed(whole(), {u"url"_s}, u"http://crm.example"_s), {u"auth"_s}, QJsonValue::Undefined);
        QCOMPARE(outcome(object), u"wrong-value url"_s);
        object[u"clearText"_s] = true;
        QCOMPARE(outcome(object), u"ok"_s);
        object[u"auth"_s] = parsed("{'bearer':{'env':'T'}}");
        QCOMPARE(outcome(object), u"wrong-value url"_s);
    }

    void types_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<bool>("isKnown");
        for (const char *type : {"integer", "decimal", "decimal(12,2)", "float", "boolean", "text", "text(40)", "date",
                                 "time", "timestamp", "datetime", "uuid", "json"})
            QTest::newRow(type) << QString::fromLatin1(type) << true;
        for (const char *type :
             {"", "Integer", "decimal(0)", "decimal(1,2)", "decimal(-1)", "text()", "text(0)", "varchar"})
            QTest::newRow(type) << QString::fromLatin1(type) << false;
    }

    void types()
    {
        QFETCH(const QString, type);
        QFETCH(const bool, isKnown);
        const auto known = httpColumnType(type);
        QCOMPARE(known.has_value(), isKnown);
        if (known)
            QCOMPARE(httpTypeName(*known), type);
    }
};

QTEST_GUILESS_MAIN(TestHttpSettings)
#include "tst_httpsettings.moc"
