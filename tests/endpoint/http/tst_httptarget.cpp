// SPDX-License-Identifier: GPL-3.0-or-later
// A web service as the target of a one-way job: what is written, on what it rests, and what is left alone.
#include "tests/endpoint/http/targetrig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QStringList shown(const QList<StoreService::Write> &writes)
{
    QStringList list;
    for (const auto &write : writes)
        list << QString::fromLatin1(write.method) + u' ' + write.path + u' ' + QString::number(write.status);
    list.sort();
    return list;
}

QJsonObject write(const QJsonObject &changes = {})
{
    QJsonObject verbs{{u"insert"_s, u"POST /orders"_s},
                      {u"update"_s, u"PUT /orders/{id}"_s},
                      {u"delete"_s, u"DELETE /orders/{id}"_s}};
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        if (it.value().isNull())
            verbs.remove(it.key());
        else
            verbs[it.key()] = it.value();
    }
    return {{u"write"_s, verbs}};
}

} // namespace

class TestHttpTarget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mirrors_data()
    {
        QTest::addColumn<Driver>("driver");
        QTest::addColumn<QJsonObject>("verbs");
        QTest::newRow("SQLite") << Driver::Sqlite << write();
        QTest::newRow("PostgreSQL") << Driver::Postgres << write();
        QTest::newRow("MariaDB") << Driver::Mysql << write();
        QTest::newRow("SQLite, patched") << Driver::Sqlite << write({{u"update"_s, u"PATCH /orders/{id}"_s}});
        QTest::newRow("SQLite, put") << Driver::Sqlite << write({{u"insert"_s, u"PUT /orders/{id}"_s}});
    }

    void mirrors()
    {
        QFETCH(const Driver, driver);
        QFETCH(const QJsonObject, verbs);
        if (!Side::isAvailable(driver))
            QSKIP("the environment names no such server");
        TargetRig rig(45, driver);
        rig.service = rig.store.connection(verbs);
        rig.store.after([](const WebRequest &, WebReply &reply) { reply.delayMs = 2; });
        QCOMPARE(rig.run(), u"completed +45 ~0 -0"_s);
        QVERIFY(rig.store.web.mostAtOnce() > 1);
        QVERIFY(rig.store.web.mostAtOnce() <= 8);
        QCOMPARE(rig.run(), u"completed +0 ~0 -0"_s);
        QCOMPARE(shown(rig.store.takeWrites()), QStringList());
        rig.put(7, u"sieben"_s, u"7.25"_s);
        rig.put(46, u"neu"_s, u"46"_s);
        rig.remove(3);
        QCOMPARE(rig.run(), u"completed +1 ~1 -1"_s);
        QCOMPARE(rig.store.records().size(), 45);
        QVERIFY(rig.store.record(u"7"_s).contains(u"\"sieben\""_s));
        QVERIFY(rig.store.record(u"3"_s).isEmpty());
        QCOMPARE(rig.run(), u"completed +0 ~0 -0"_s);
        QCOMPARE(shown(rig.store.takeWrites()), QStringList());
    }

    // What the job does not know of a record stays, also what lies beside a nested column.
    void keepsTheRest_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::newRow("PUT") << u"PUT /orders/{id}"_s;
        QTest::newRow("PATCH") << u"PATCH /orders/{id}"_s;
    }

    void keepsTheRest()
    {
        QFETCH(const QString, verb);
        TargetRig rig(1);
        QJsonObject resource = write({{u"update"_s, verb}});
        resource[u"columns"_s] =
            QJsonObject{{u"id"_s, u"integer"_s},
                        {u"name"_s, QJsonObject{{u"type"_s, u"text"_s}, {u"from"_s, u"/who/name"_s}}},
                        {u"total"_s, u"decimal(12,2)"_s}};
        rig.service = rig.store.connection(resource);
        rig.store.put(u"1"_s, R"({"id":1,"big":12345678901234567890,"who":{"name":"x","age":7},"total":"1.50"})");
        QCOMPARE(rig.run({{u"mode"_s, u"update"_s}}), u"completed +0 ~1 -0"_s);
        const QJsonObject record = QJsonDocument::fromJson(rig.store.record(u"1"_s).toUtf8()).object();
        QCOMPARE(record[u"who"_s].toObject(), (QJsonObject{{u"name"_s, u"order 1"_s}, {u"age"_s, 7}}));
        QCOMPARE(record[u"total"_s], QJsonValue(u"1.50"_s));
        const QByteArray sent = rig.store.takeWrites().value(0).body;
        QCOMPARE(sent.contains("12345678901234567890"), verb.startsWith("PUT"_L1)); // each digit of it
        QVERIFY(!sent.contains("\"total\"") == verb.startsWith("PATCH"_L1));
        rig.put(2, u"zwei"_s, u"2.75"_s);
        QCOMPARE(rig.run(), u"completed +1 ~0 -0"_s);
        QCOMPARE(rig.store.record(u"2"_s), uR"({"id":2,"who":{"name":"zwei"},"total":"2.75"})"_s); // as it spells them
    }

    // Somebody writes between our look and our write: that is seen, and decided again.
    void guards_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("tags");
        for (const char *what : {"update", "delete", "gone before its update", "insert"}) {
            QTest::addRow("%s, by its tag", what) << QString::fromLatin1(what) << true;
            if (QByteArrayView(what).startsWith("gone") || QByteArrayView(what) == "insert")
                QTest::addRow("%s, without tags", what) << QString::fromLatin1(what) << false;
        }
    }

    void guards()
    {
        QFETCH(const QString, what);
        QFETCH(const bool, tags);
        TargetRig rig(3);
        rig.store.givesTags = tags;
        QCOMPARE(rig.run(), u"completed +3 ~0 -0"_s);
        const QByteArray theirs = R"({"id":2,"name":"theirs","total":1,"updated_at":null,"note":"kept"})";
        const bool inserts = what == "insert"_L1;
        if (what == "delete"_L1)
            rig.remove(2);
        else
            rig.put(inserts ? 4 : 2, u"ours"_s, u"9"_s);
        int left = 1;
        rig.store.before([&](const WebRequest &request) -> std::optional<WebReply> {
            if (request.method == "GET" || left-- <= 0)
                return std::nullopt;
            if (what.startsWith("gone"_L1))
                rig.store.erase(u"2"_s);
            else if (inserts)
                rig.store.store(u"4"_s, R"({"id":4,"name":"theirs","total":1,"updated_at":null})");
            else
                rig.store.store(u"2"_s, theirs);
            return std::nullopt;
        });
        const QString report = rig.run();
        const QStringList writes = shown(rig.store.takeWrites());
        if (what == "delete"_L1) {
            QCOMPARE(report, u"completed +0 ~0 -1"_s);
            QCOMPARE(writes, (QStringList{u"DELETE /orders/2 204"_s, u"DELETE /orders/2 412"_s}));
            QVERIFY(rig.store.record(u"2"_s).isEmpty());
        } else if (what == "update"_L1) {
            QCOMPARE(report, u"completed +0 ~1 -0"_s);
            QCOMPARE(writes, (QStringList{u"PUT /orders/2 200"_s, u"PUT /orders/2 412"_s}));
            QVERIFY(rig.store.record(u"2"_s).contains("\"ours\""_L1));
            QVERIFY(rig.store.record(u"2"_s).contains("\"kept\""_L1)); // what they added is not undone
        } else if (inserts) {
            QCOMPARE(report, u"completed +0 ~1 -0"_s);
            QCOMPARE(writes, (QStringList{u"POST /orders 409"_s, u"PUT /orders/4 200"_s}));
            QVERIFY(rig.store.record(u"4"_s).contains("\"ours\""_L1));
        } else {
            QCOMPARE(report, u"completed +1 ~0 -0"_s);
            QCOMPARE(writes, (QStringList{u"POST /orders 201"_s, u"PUT /orders/2 404"_s}));
        }
        rig.store.before({});
        QCOMPARE(rig.run(), u"completed +0 ~0 -0"_s);
    }

    // A row that moves each time is left as it is, and looked at by the next run.
    void leavesWhatKeepsMoving_data()
    {
        QTest::addColumn<bool>("deletes");
        QTest::newRow("update") << false;
        QTest::newRow("delete") << true;
    }

    void leavesWhatKeepsMoving()
    {
        QFETCH(const bool, deletes);
        TargetRig rig(3);
        QCOMPARE(rig.run(), u"completed +3 ~0 -0"_s);
        if (deletes)
            rig.remove(2);
        else
            rig.put(2, u"ours"_s, u"9"_s);
        int moves = 0;
        rig.store.before([&](const WebRequest &request) -> std::optional<WebReply> {
            if (request.method != "GET")
                rig.store.store(u"2"_s, "{\"id\":2,\"name\":\"theirs " + QByteArray::number(++moves) + "\"}");
            return std::nullopt;
        });
        QCOMPARE(rig.run(), u"completed +0 ~0 -0"_s);
        QVERIFY(moves >= 3 && moves <= 6);
        const auto job = rig.tryJob();
        QCOMPARE(rig.journal->retries(job->id, u"orders → orders"_s).value().size(), 1);
        rig.store.before({});
        QCOMPARE(rig.run(), deletes ? u"completed +0 ~0 -1"_s : u"completed +0 ~1 -0"_s);
        QCOMPARE(rig.journal->retries(job->id, u"orders → orders"_s).value().size(), 0);
    }

    // An approved plan writes only over what it showed.
    void keepsToThePlan()
    {
        TargetRig rig(4);
        QCOMPARE(rig.run(), u"completed +4 ~0 -0"_s);
        for (const int id : {1, 2})
            rig.put(id, u"ours"_s, u"9"_s);
        rig.remove(3);
        rig.remove(4);
        rig.put(5, u"five"_s, u"5"_s);
        rig.put(6, u"six"_s, u"6"_s);
        const QString plan = rig.folder.filePath(u"plan.db"_s);
        Cancellation cancellation;
        ProgressBoard progress;
        const RunReport planned =
            Runner(rig.connector, *rig.journal, rig.clock).plan(*rig.tryJob(), {}, plan, cancellation, progress);
        QCOMPARE(TargetRig::shown(planned), u"planned +2 ~2 -2"_s);
        for (const char *id : {"2", "4", "6"})
            rig.store.put(QString::fromLatin1(id), "{\"id\":" + QByteArray(id) + ",\"name\":\"theirs\"}");
        RunOptions options;
        options.planFile = plan;
        QCOMPARE(TargetRig::shown(rig.runReport({}, options)), u"needs-attention +1 ~1 -1 changed 3"_s);
        for (const char *id : {"2", "4", "6"})
            QVERIFY(rig.store.record(QString::fromLatin1(id)).contains("theirs"_L1));
    }

    // One refused row is set aside with the service's words; the others are written, and counted.
    void setsAside()
    {
        TargetRig rig(40);
        rig.store.before([](const WebRequest &request) -> std::optional<WebReply> {
            if (request.method == "POST" && request.body.contains("order 7\""))
                return WebReply{422, R"({"error":"no sevens"})"};
            return std::nullopt;
        });
        QCOMPARE(rig.run(), u"needs-attention +39 ~0 -0 aside 1"_s);
        const auto job = rig.tryJob();
        const auto aside = rig.journal->asideRows(job->id, {}, 0, 10).value();
        QCOMPARE(aside.value(0).error.code, ErrorCode::CheckViolated);
        QVERIFY(aside.value(0).error.detail.contains("no sevens"_L1));
        QCOMPARE(rig.store.takeWrites().size(), 40); // each once
        rig.store.before({});
        QCOMPARE(rig.run(), u"completed +1 ~0 -0"_s);
    }

    // A key is a step of the path, whatever it holds.
    void namesRecords()
    {
        TargetRig rig;
        rig.source.exec(u"CREATE TABLE things (code VARCHAR(40) PRIMARY KEY, name VARCHAR(40))"_s);
        for (const QString &code : {u"a/b"_s, u"50%"_s, u"x?y#z"_s, u"ü ü"_s, u"..."_s, u"{code}"_s, u"."_s})
            rig.source.exec(u"INSERT INTO things VALUES ('%1', 'n')"_s.arg(code));
        rig.store.member = u"code"_s;
        const QJsonObject things{{u"path"_s, u"/things"_s},
                                 {u"records"_s, u"/data"_s},
                                 {u"key"_s, QJsonArray{u"code"_s}},
                                 {u"columns"_s, QJsonObject{{u"code"_s, u"text"_s}, {u"name"_s, u"text"_s}}},
                                 {u"write"_s,
                                  QJsonObject{{u"insert"_s, u"POST /things"_s},
                                              {u"update"_s, u"PUT /things/{code}"_s},
                                              {u"delete"_s, u"DELETE /things/{code}"_s}}}};
        rig.service = rig.store.connection({}, {{u"resources"_s, QJsonObject{{u"things"_s, things}}}});
        const QJsonObject job{{u"tables"_s, QJsonArray{u"things"_s}}};
        QCOMPARE(rig.run(job), u"needs-attention +6 ~0 -0 aside 1"_s); // "." names no record
        rig.source.exec(u"UPDATE things SET name = 'm'"_s);
        QCOMPARE(rig.run(job), u"needs-attention +0 ~6 -0 aside 1"_s);
        QList<QByteArray> targets;
        for (const WebRequest &request : rig.store.web.takeRequests())
            targets << request.target;
        for (const char *target : {"a%2Fb", "50%25", "x%3Fy%23z", "%C3%BC%20%C3%BC", "...", "%7Bcode%7D"})
            QVERIFY2(targets.contains("/things/" + QByteArray(target)), target);
        rig.source.exec(u"DELETE FROM things"_s);
        RunOptions options;
        options.allowDeletes = 6;
        QCOMPARE(TargetRig::shown(rig.runReport(job, options)), u"completed +0 ~0 -6"_s);
    }

    // Each value as the service is said to have it, digit by digit; what it cannot hold is set aside.
    void keepsValues()
    {
        if (!Side::isAvailable(Driver::Postgres))
            QSKIP("the environment names no such server");
        TargetRig rig(0, Driver::Postgres);
        rig.source.exec(u"CREATE TABLE things (id bigint PRIMARY KEY, big numeric(40,18), word text, yes boolean, "
                        "at timestamptz, day date, clock time, local timestamp, tag jsonb, ratio float8, code uuid)"_s);
        rig.source.exec(
            u"INSERT INTO things VALUES (9223372036854775807, 12345678901234567890.123456789012345678, "
            "E'é 😀 \"x\" \\n \\t \\\\', true, '2024-02-29 12:34:56.123456+02', '2024-02-29', '23:59:59.5', "
            "'2024-02-29 12:34:56', '{\"b\": [1, 2.50], \"a\": null}', 0.1, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), "
            "(-9223372036854775808, -0.000000000000000001, '', false, '1970-01-01 00:00+00', '0001-01-01', '00:00', "
            "'1999-12-31 23:59:59.999999', '[]', -1e300, NULL), (0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
            "NULL, "
            "NULL), (1, 1, 'x', true, 'infinity', NULL, NULL, NULL, NULL, NULL, NULL), (2, 1, 'x', true, NULL, NULL, "
            "NULL, "
            "NULL, NULL, 'NaN', NULL)"_s);
        const QJsonObject columns{{u"id"_s, u"integer"_s},  {u"big"_s, u"decimal(40,18)"_s}, {u"word"_s, u"text"_s},
                                  {u"yes"_s, u"boolean"_s}, {u"at"_s, u"timestamp"_s},       {u"day"_s, u"date"_s},
                                  {u"clock"_s, u"time"_s},  {u"local"_s, u"datetime"_s},     {u"tag"_s, u"json"_s},
                                  {u"ratio"_s, u"float"_s}, {u"code"_s, u"uuid"_s}};
        rig.service = rig.store.connection({{u"columns"_s, columns}});
        const QJsonObject job{
            {u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"things"_s}, {u"target"_s, u"orders"_s}}}}};
        QCOMPARE(rig.run(job), u"needs-attention +3 ~0 -0 aside 2"_s);
        const QString record = rig.store.record(u"9223372036854775807"_s);
        for (const char *part :
             {"\"id\":9223372036854775807,", "\"big\":12345678901234567890.123456789012345678", "é 😀 \\\"x\\\" \\u000a",
              "\"yes\":true", "\"at\":\"2024-02-29T10:34:56.123456Z\"", "\"day\":\"2024-02-29\"",
              "\"clock\":\"23:59:59.5\"", "\"local\":\"2024-02-29T12:34:56\"", "\"ratio\":0.1",
              "\"code\":\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\""})
            QVERIFY2(record.contains(QString::fromUtf8(part)), qPrintable(record));
        QCOMPARE(rig.run(job), u"needs-attention +0 ~0 -0 aside 2"_s);
        QCOMPARE(shown(rig.store.takeWrites()), QStringList());
    }

    // The service makes something else of what it is sent: it rests until a side moves.
    void restsWhereStoredOtherwise()
    {
        TargetRig rig(5);
        rig.store.alter([](QByteArray record) { return record.replace("order 3", "ORDER 3"); });
        QCOMPARE(rig.run(), u"completed +5 ~0 -0"_s);
        QVERIFY(rig.store.record(u"3"_s).contains("ORDER 3"_L1));
        QCOMPARE(rig.run(), u"completed +0 ~0 -0 skipped 1"_s);
        QCOMPARE(shown(rig.store.takeWrites()), QStringList());
        rig.store.put(u"3"_s, R"({"id":3,"name":"theirs","total":3.5,"updated_at":"2024-01-01T00:00:00Z"})");
        QCOMPARE(rig.run(), u"completed +0 ~1 -0"_s);
        QCOMPARE(rig.run(), u"completed +0 ~0 -0 skipped 1"_s);
        rig.put(3, u"drei"_s, u"3"_s);
        QCOMPARE(rig.run(), u"completed +0 ~1 -0"_s);
        QCOMPARE(rig.run(), u"completed +0 ~0 -0"_s);
    }

    // By stamps at the source; what has been applied is known by the journal alone.
    void writesWhatIsNew()
    {
        TargetRig rig(20);
        const QJsonObject job{
            {u"mode"_s, u"update"_s},
            {u"detect"_s, QJsonObject{{u"by"_s, u"version"_s}, {u"column"_s, u"id"_s}, {u"overlap"_s, 0}}}};
        QCOMPARE(rig.run(job), u"completed +20 ~0 -0"_s);
        rig.put(21, u"new"_s, u"1"_s);
        const RunReport report = rig.runReport(job);
        QCOMPARE(TargetRig::shown(report), u"completed +1 ~0 -0"_s);
        QCOMPARE(report.tables.first().rowsRead < 20, true);
        QCOMPARE(rig.run(job), u"completed +0 ~0 -0"_s);
    }

    // Deletes are guarded as anywhere.
    void withholdsDeletes()
    {
        TargetRig rig(40);
        QCOMPARE(rig.run(), u"completed +40 ~0 -0"_s);
        rig.source.exec(u"DELETE FROM orders WHERE id > 5"_s);
        const QJsonObject guard{{u"guard"_s, QJsonObject{{u"rows"_s, 10}, {u"percent"_s, 10}}}};
        QCOMPARE(rig.run(guard), u"needs-attention +0 ~0 -0"_s);
        QCOMPARE(rig.store.records().size(), 40);
        RunOptions options;
        options.allowDeletes = 35;
        QCOMPARE(TargetRig::shown(rig.runReport(guard, options)), u"completed +0 ~0 -35"_s);
    }
};

QTEST_GUILESS_MAIN(TestHttpTarget)
#include "tst_httptarget.moc"
