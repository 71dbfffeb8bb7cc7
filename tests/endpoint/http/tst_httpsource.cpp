// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include "core/config/jobsettings.h"
#include "core/endpoint/http/httpsession.h"
#include "core/journal/journal.h"
#include "core/run/runner.h"
#include "tests/endpoint/http/shopservice.h"
#include "tests/endpoint/pairs/sqlside.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString all = u"SELECT id, name, total FROM orders ORDER BY id"_s;

QString shown(const RunReport &report)
{
    const WriteCounts counts = report.totals();
    QString text =
        runStateName(report.state) + u" +%1 ~%2 -%3"_s.arg(counts.inserts).arg(counts.updates).arg(counts.deletes);
    const auto add = [&text](const Error &error) {
        text += u" ["_s + codeName(error.code);
        for (auto it = error.facts.begin(); it != error.facts.end(); ++it)
            text += u' ' + factName(it.key()) + u'=' + it.value();
        text += u' ' + error.detail + u']';
    };
    if (report.error)
        add(*report.error);
    for (const TableReport &table : report.tables) {
        if (table.error)
            add(*table.error);
    }
    return text;
}

// A web service, a database, and a job between them.
class Rig
{
public:
    explicit Rig(Driver driver = Driver::Sqlite, int orders = 0)
        : shop(orders), target(driver, folder.path(), u"target"_s)
    {
        journal = std::move(*Journal::open(folder.filePath(u"journal.db"_s)));
        source = shop.settings(ShopService::paging(u"page"_s));
    }

    Result<JobSettings> tryJob(const QJsonObject &changes)
    {
        QJsonObject object{{u"tidemark"_s, 1},
                           {u"id"_s, m_id},
                           {u"name"_s, u"shop"_s},
                           {u"source"_s, u"source"_s},
                           {u"target"_s, u"target"_s},
                           {u"mode"_s, u"mirror"_s},
                           {u"create"_s, true},
                           {u"guard"_s, QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}}},
                           {u"tables"_s, QJsonArray{u"orders"_s}}};
        for (auto it = changes.begin(); it != changes.end(); ++it)
            object[it.key()] = it.value();
        struct Lookup final : ConnectionLookup
        {
            explicit Lookup(Rig &r) : rig(r) { }
            Result<ConnectionSettings> connection(const QString &name) const override
            {
                return name == u"source"_s ? rig.source : rig.target.settings;
            }
            Rig &rig;
        } lookup{*this};
        auto settings = jobFromJson(object, u"shop.json"_s, lookup);
        if (settings) {
            settings->retry.delayMs = 1;
            settings->retry.attempts = 2;
        }
        return settings;
    }
    RunReport run(const QJsonObject &changes = {})
    {
        Cancellation cancellation;
        ProgressBoard progress;
        shop.web.takeRequests();
        return Runner(connector, *journal, clock).run(tryJob(changes).value(), {}, cancellation, progress);
    }
    RunReport verify(const QJsonObject &changes = {})
    {
        Cancellation cancellation;
        ProgressBoard progress;
        return Runner(connector, *journal, clock).verify(tryJob(changes).value(), cancellation, progress);
    }

    QTemporaryDir folder;
    ShopService shop;
    Side target;
    ConnectionSettings source;
    SqlConnector connector;
    SystemClock clock;
    std::unique_ptr<Journal> journal;

private:
    QString m_id = QUuid::createUuid().toString(QUuid::WithoutBraces);
};

// Quotes as apostrophes.
QByteArray json(const char *text) { return QByteArray(text).replace('\'', '"'); }

QJsonObject byStamp() { return {{u"by"_s, u"timestamp"_s}, {u"column"_s, u"updated_at"_s}}; }

const QJsonObject since{{u"since"_s, QJsonObject{{u"param"_s, u"since"_s}, {u"field"_s, u"updated_at"_s}}}};

void targets()
{
    QTest::addColumn<Driver>("driver");
    QTest::newRow("SQLite") << Driver::Sqlite;
    QTest::newRow("PostgreSQL") << Driver::Postgres;
    QTest::newRow("MariaDB") << Driver::Mysql;
}

} // namespace

#define NEED(driver)                                                                                                   \
    if (!Side::isAvailable(driver))                                                                                    \
    QSKIP("the environment names no such server")

class TestHttpSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mirrors_data() { targets(); }

    void mirrors()
    {
        QFETCH(const Driver, driver);
        NEED(driver);
        Rig rig(driver, 45);
        QCOMPARE(shown(rig.run()), u"completed +45 ~0 -0"_s);
        QVERIFY(rig.target.rows(all).value(44).startsWith("45|order 45|45.50"_L1)); // MariaDB shows more digits
        QCOMPARE(shown(rig.run()), u"completed +0 ~0 -0"_s);
        rig.shop.put(7, u"sieben"_s, u"7.25"_s);
        rig.shop.put(46, u"neu"_s, u"46"_s);
        rig.shop.remove(3);
        QCOMPARE(shown(rig.run()), u"completed +1 ~1 -1"_s);
        const QStringList rows = rig.target.rows(all);
        QCOMPARE(rows.size(), 45);
        QVERIFY(rows[5].startsWith("7|sieben|7.25"_L1));
        QVERIFY(rows[2].startsWith("4|"_L1));
        QCOMPARE(shown(rig.verify()), u"completed +0 ~0 -0"_s);
    }

    // What is new is asked for by the service's own parameter, and nothing else.
    void readsWhatIsNew_data() { targets(); }

    void readsWhatIsNew()
    {
        QFETCH(const Driver, driver);
        NEED(driver);
        Rig rig(driver, 45);
        rig.source = rig.shop.settings(ShopService::paging(u"page"_s), {}, since);
        const QJsonObject job{{u"mode"_s, u"update"_s}, {u"detect"_s, byStamp()}};
        QCOMPARE(shown(rig.run(job)), u"completed +45 ~0 -0"_s);
        rig.shop.put(7, u"sieben"_s, u"7.25"_s, u"2024-06-01T00:00:00Z"_s);
        rig.shop.put(50, u"neu"_s, u"50"_s, u"2024-06-02T00:00:00Z"_s);
        QCOMPARE(shown(rig.run(job)), u"completed +1 ~1 -0"_s);
        QCOMPARE(rig.target.rows(all).size(), 46);
        rig.shop.put(8, u"acht"_s, u"8"_s, u"2024-06-03T00:00:00Z"_s);
        QCOMPARE(shown(rig.run(job)), u"completed +0 ~1 -0"_s);
        const QList<WebRequest> asked = rig.shop.web.takeRequests();
        QStringList stamps;
        for (const WebRequest &request : asked) {
            if (!request.value(u"since"_s).isEmpty())
                stamps << request.value(u"since"_s);
        }
        stamps.removeDuplicates();
        QCOMPARE(stamps, QStringList{u"2024-06-02T00:00:00Z"_s});
        QCOMPARE(shown(rig.run(job)), u"completed +0 ~0 -0"_s);
    }

    // Records that are asked for otherwise than before are others: the position among the old ones says nothing of
    // them.
    void readsAnotherPlaceWhole()
    {
        Rig rig(Driver::Sqlite, 5);
        rig.source = rig.shop.settings(ShopService::paging(u"page"_s), {}, since);
        const QJsonObject job{{u"mode"_s, u"update"_s}, {u"detect"_s, byStamp()}};
        QCOMPARE(shown(rig.run(job)), u"completed +5 ~0 -0"_s);
        rig.shop.put(6, u"of another region"_s, u"6"_s, u"2023-01-01T00:00:00Z"_s);
        QCOMPARE(shown(rig.run(job)), u"completed +0 ~0 -0"_s);
        QJsonObject elsewhere = since;
        elsewhere[u"query"_s] = QJsonObject{{u"region"_s, u"all"_s}};
        rig.source = rig.shop.settings(ShopService::paging(u"page"_s), {}, elsewhere);
        QCOMPARE(shown(rig.run(job)), u"completed +1 ~0 -0"_s);
    }

    // A column that the service cannot be asked by makes every run read all there is, which the check says.
    void tellsWhatIsReadWhole_data()
    {
        QTest::addColumn<bool>("canAsk");
        QTest::newRow("asked by the column") << true;
        QTest::newRow("not asked") << false;
    }

    void tellsWhatIsReadWhole()
    {
        QFETCH(const bool, canAsk);
        Rig rig(Driver::Sqlite, 5);
        rig.source = rig.shop.settings(ShopService::paging(u"page"_s), {}, canAsk ? since : QJsonObject());
        Cancellation cancellation;
        const auto job = rig.tryJob({{u"mode"_s, u"update"_s}, {u"detect"_s, byStamp()}});
        for (const bool advice : {true, false}) {
            CheckOptions options;
            options.advice = advice;
            const auto items = Runner(rig.connector, *rig.journal, rig.clock).check(job.value(), cancellation, options);
            QVERIFY(items);
            const bool isWhole = std::any_of(items->begin(), items->end(), [](const CheckItem &item) {
                return item.code == "no-index"_L1 && item.level == CheckItem::Level::Warning;
            });
            QCOMPARE(isWhole, !canAsk);
        }
    }

    // A stamp that is younger than the service's own clock, less the lag, is applied and never passed.
    void keepsBehindTheClock()
    {
        Rig rig(Driver::Sqlite, 5);
        rig.source = rig.shop.settings(ShopService::paging(u"page"_s), {}, since);
        const QJsonObject job{{u"mode"_s, u"update"_s}, {u"detect"_s, byStamp()}};
        rig.shop.put(6, u"late"_s, u"6"_s,
                     u"2024-12-31T23:58:00Z"_s); // the clock says 2025-01-01, the lag five minutes
        QCOMPARE(shown(rig.run(job)), u"completed +6 ~0 -0"_s);
        rig.shop.put(7, u"later, with an earlier stamp"_s, u"7"_s, u"2024-12-31T23:57:00Z"_s);
        QCOMPARE(shown(rig.run(job)), u"completed +1 ~0 -0"_s);
        for (const WebRequest &request : rig.shop.web.takeRequests()) {
            const QString stamp = request.value(u"since"_s);
            QVERIFY2(stamp.isEmpty() || stamp == u"2024-01-01T00:00:00Z"_s, qPrintable(stamp));
        }
    }

    // Deletes where the job finds changes by stamps: by all keys, and only by all of them.
    void comparesKeys()
    {
        Rig rig(Driver::Sqlite, 45);
        rig.source = rig.shop.settings(ShopService::paging(u"page"_s), {}, since);
        const QJsonObject job{{u"detect"_s, byStamp()}};
        QCOMPARE(shown(rig.run(job)), u"completed +45 ~0 -0"_s);
        rig.shop.remove(10);
        rig.shop.put(11, u"elf"_s, u"11"_s, u"2024-02-01T00:00:00Z"_s);
        QCOMPARE(shown(rig.run(job)), u"completed +0 ~1 -1"_s);
        QCOMPARE(rig.target.rows(all).size(), 44);
    }

    void deletesNothingInDoubt_data()
    {
        QTest::addColumn<QString>("paging");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("code");
        for (const char *paging : {"page", "offset", "cursor", "next-link"}) {
            const auto row = [&](const char *what, const char *code) {
                QTest::addRow("%s, %s", paging, what)
                    << QString::fromLatin1(paging) << QString::fromLatin1(what) << QString::fromLatin1(code);
            };
            row("truncated", "broken-stream");
            row("malformed", "page-unusable");
            row("no array", "page-unusable");
            row("another record with a key", "page-unusable");
            row("a record without a key", "key-unusable");
            row("failing", "service-failed");
            if (QByteArrayView(paging) == "page" || QByteArrayView(paging) == "offset") {
                row("empty", "page-unusable");
                row("repeated", "page-unusable");
            }
        }
    }

    // Nothing is deleted and the table fails by itself; the next run, of a service that is well, does it all.
    void deletesNothingInDoubt()
    {
        QFETCH(const QString, paging);
        QFETCH(const QString, what);
        QFETCH(const QString, code);
        Rig rig(Driver::Sqlite, 45);
        rig.source = rig.shop.settings(ShopService::paging(paging));
        QCOMPARE(shown(rig.run()), u"completed +45 ~0 -0"_s);
        for (int id = 21; id <= 30; ++id)
            rig.shop.remove(id);
        QByteArray first;
        rig.shop.bend([&, what](WebReply &reply, const WebRequest &, int page) {
            if (page == 0)
                first = reply.body;
            if (page != 1)
                return;
            if (what == "truncated"_L1)
                reply.claimed = reply.body.size() + 10;
            else if (what == "malformed"_L1)
                reply.body.chop(20);
            else if (what == "no array"_L1)
                reply.body = "{}";
            else if (what == "empty"_L1)
                reply.body = "{\"data\":[]}";
            else if (what == "repeated"_L1)
                reply.body = first;
            else if (what == "failing"_L1)
                reply.status = 500;
            else if (what == "a record without a key"_L1)
                reply.body.replace("\"id\":11,", "\"id\":null,");
            else
                reply.body.replace("\"id\":11,", "\"id\":12,");
        });
        const RunReport report = rig.run();
        QCOMPARE(report.state, RunState::Failed);
        QVERIFY2(shown(report).contains(u'[' + code + u' '), qPrintable(shown(report)));
        QCOMPARE(rig.target.rows(all).size(), 45);
        rig.shop.bend({});
        QCOMPARE(shown(rig.run()), u"completed +0 ~0 -10"_s);
    }

    // The same record on two pages, as when records before it went: once.
    void meetsRecordsTwice()
    {
        Rig rig(Driver::Sqlite, 25);
        rig.source = rig.shop.settings(ShopService::paging(u"cursor"_s));
        rig.shop.bend([](WebReply &reply, const WebRequest &, int page) {
            if (page == 1)
                reply.body.replace("[",
                                   "[{\"id\":10, \"total\":10.5,\"name\":\"order 10\","
                                   "\"updated_at\":\"2024-01-01T00:00:00Z\"},");
        });
        QCOMPARE(shown(rig.run()), u"completed +25 ~0 -0"_s);
    }

    void keepsValues_data() { targets(); }

    void keepsValues()
    {
        QFETCH(const Driver, driver);
        NEED(driver);
        Rig rig(driver);
        rig.shop.bend([](WebReply &reply, const WebRequest &, int) {
            reply.body = json(
                "{'data':["
                "{'id':9223372036854775807,'big':12345678901234567890.123456789012345678,'word':'\\u00e9 "
                "\\ud83d\\ude00 \\'x\\' \\n',"
                "'yes':true,'at':'2024-02-29T12:34:56.123456+02:00','day':'2024-02-29','tag':{'b':[1,2.50],'a':null},"
                "'ratio':0.1,'nested':{'city':'Bonn'}},"
                "{'id':-9223372036854775808,'big':-0.000000000000000001,'word':'','yes':false,"
                "'at':'1970-01-02T23:59:59.999999Z','day':'0001-01-01','tag':[],'ratio':-1e300,'nested':{}},"
                "{'id':0,'big':1e3,'word':null,'yes':null,'at':null,'day':null,'tag':null,'ratio':null,'other':'"
                "unknown'}]}");
        });
        const QJsonObject resource{
            {u"columns"_s,
             QJsonObject{{u"id"_s, u"integer"_s},
                         {u"big"_s, u"decimal(40,18)"_s},
                         {u"word"_s, u"text"_s},
                         {u"yes"_s, u"boolean"_s},
                         {u"at"_s, u"timestamp"_s},
                         {u"day"_s, u"date"_s},
                         {u"tag"_s, u"json"_s},
                         {u"ratio"_s, u"float"_s},
                         {u"city"_s, QJsonObject{{u"type"_s, u"text"_s}, {u"from"_s, u"/nested/city"_s}}}}}};
        rig.source = rig.shop.settings({{u"by"_s, u"none"_s}}, {}, resource);
        QCOMPARE(shown(rig.run()), u"completed +3 ~0 -0"_s);
        QCOMPARE(shown(rig.run()), u"completed +0 ~0 -0"_s);
        const QStringList rows = rig.target.rows(u"SELECT id, big, word, city FROM orders ORDER BY id"_s);
        QCOMPARE(rows.size(), 3);
        QVERIFY2(rows[0].startsWith(u"-9223372036854775808|-0.000000000000000001|"_s), qPrintable(rows[0]));
        QVERIFY2(rows[2].startsWith(u"9223372036854775807|12345678901234567890.123456789012345678|é 😀 \"x\" \n|Bonn"_s),
                 qPrintable(rows[2]));
    }

    // Columns that nobody named: from the records.
    void infers()
    {
        Rig rig(Driver::Sqlite, 25);
        Cancellation cancellation;
        const auto session = *rig.connector.open(rig.source, OpenOptions{false, &cancellation});
        const auto schema = session->describe({{}, u"orders"_s});
        QVERIFY(schema);
        QStringList columns;
        for (const Column &column : schema->columns)
            columns << column.name + u' ' + column.type.native + (column.nullable ? u""_s : u" not null"_s);
        QCOMPARE(
            columns,
            (QStringList{u"id integer not null"_s, u"name text"_s, u"total decimal"_s, u"updated_at timestamp"_s}));
        QCOMPARE(schema->primaryKey, QStringList{u"id"_s});
    }

    void refusesInference_data()
    {
        QTest::addColumn<QByteArray>("records");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a number and a text") << json("{'id':1,'a':1},{'id':2,'a':'x'}") << u"types-incompatible a 2"_s;
        QTest::newRow("an object and a number")
            << json("{'id':1,'a':{}},{'id':2},{'id':3,'a':1}") << u"types-incompatible a 3"_s;
        QTest::newRow("no record") << QByteArray() << u"no-such-column  "_s;
        QTest::newRow("no key") << json("{'a':1}") << u"no-such-column id "_s;
    }

    void refusesInference()
    {
        QFETCH(const QByteArray, records);
        QFETCH(const QString, expected);
        Rig rig;
        rig.shop.bend(
            [records](WebReply &reply, const WebRequest &, int) { reply.body = "{\"data\":[" + records + "]}"; });
        rig.source = rig.shop.settings({{u"by"_s, u"none"_s}});
        Cancellation cancellation;
        const auto session = *rig.connector.open(rig.source, OpenOptions{false, &cancellation});
        const auto schema = session->describe({{}, u"orders"_s});
        QVERIFY(!schema);
        const Error &error = schema.error();
        QCOMPARE(codeName(error.code) + u' ' + error.facts.value(Fact::Column) + u' ' + error.facts.value(Fact::Record),
                 expected);
    }

    // A member that appears behind what was inferred from: told, not dropped.
    void tellsOfNewMembers()
    {
        Rig rig(Driver::Sqlite, 1050);
        rig.source = rig.shop.settings(
            {{u"by"_s, u"page"_s}, {u"param"_s, u"page"_s}, {u"size"_s, 100}, {u"sizeParam"_s, u"n"_s}});
        rig.shop.bend([](WebReply &reply, const WebRequest &, int page) {
            if (page == 10)
                reply.body.replace("\"id\":1050,", "\"id\":1050,\"gift\":true,");
        });
        const RunReport report = rig.run();
        QVERIFY2(shown(report).contains("schema-changed column=gift"_L1)
                     || (shown(report).contains("schema-changed"_L1) && shown(report).contains("column=gift"_L1)),
                 qPrintable(shown(report)));
    }

    // Several resources of one service at the same time, each with its own error.
    void readsSideBySide()
    {
        Rig rig(Driver::Sqlite, 45);
        QJsonObject resources;
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
            resources[name] = QJsonObject{{u"path"_s, QString(u'/' + name)},
                                          {u"records"_s, u"/data"_s},
                                          {u"key"_s, QJsonArray{u"id"_s}},
                                          {u"paging"_s, ShopService::paging(u"page"_s)}};
        rig.source = rig.shop.settings({}, {{u"resources"_s, resources}});
        rig.shop.bend([](WebReply &reply, const WebRequest &request, int page) {
            reply.delayMs = 5;
            if (request.path == u"/b"_s && page == 3)
                reply.body = "[]";
        });
        const RunReport report = rig.run({{u"tables"_s, u"*"_s}, {u"parallel"_s, 3}});
        QCOMPARE(report.tables.size(), 3);
        QStringList states;
        for (const TableReport &table : report.tables)
            states << table.source + u' '
                    + (table.error ? codeName(table.error->code) : QString::number(table.toTarget.inserts));
        QCOMPARE(states, (QStringList{u"a 45"_s, u"b page-unusable"_s, u"c 45"_s}));
    }

    void refusesWhatItCannot_data()
    {
        QTest::addColumn<QJsonObject>("job");
        QTest::addColumn<QString>("expected"); // of reading the job, or of the run
        const QJsonObject flag{{u"by"_s, u"flag"_s}, {u"column"_s, u"total"_s}, {u"pending"_s, 1}, {u"done"_s, 0}};
        QTest::newRow("two-way, and it names no way to insert")
            << QJsonObject{{u"mode"_s, u"two-way"_s}} << u"failed +0 ~0 -0 [not-available"_s;
        QTest::newRow("a filter") << QJsonObject{
            {u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"orders"_s}, {u"where"_s, u"id > 3"_s}}}},
            {u"mode"_s,
             u"update"_s}} << u"failed +0 ~0 -0 [not-available"_s;
        QTest::newRow("a flag") << QJsonObject{{u"detect"_s, flag}, {u"mode"_s, u"update"_s}}
                                << u"failed +0 ~0 -0 [not-available"_s;
        QTest::newRow("a log") << QJsonObject{{u"detect"_s, QJsonObject{{u"by"_s, u"log"_s}}}}
                               << u"failed +0 ~0 -0 [not-available"_s;
        QTest::newRow("no such resource")
            << QJsonObject{{u"tables"_s, QJsonArray{u"customers"_s}}} << u"failed +0 ~0 -0 [no-such-table"_s;
    }

    void refusesWhatItCannot()
    {
        QFETCH(const QJsonObject, job);
        QFETCH(const QString, expected);
        Rig rig(Driver::Sqlite, 5);
        const auto settings = rig.tryJob(job);
        if (!settings) {
            QCOMPARE(codeName(settings.error().code) + u' ' + settings.error().facts.value(Fact::JsonPath), expected);
            return;
        }
        const QString report = shown(rig.run(job));
        QVERIFY2(report.startsWith(expected), qPrintable(report));
    }
};

QTEST_GUILESS_MAIN(TestHttpSource)
#include "tst_httpsource.moc"
