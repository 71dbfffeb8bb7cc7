// SPDX-License-Identifier: GPL-3.0-or-later
// A database and a web service that both change.
#include "tests/endpoint/http/twowayservicerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr auto nothing = "completed, service +0 ~0 -0, database +0 ~0 -0"_L1;

} // namespace

class TestHttpTwoWay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesBothWays_data()
    {
        QTest::addColumn<bool>("serviceIsSource");
        QTest::addColumn<QString>("update");
        QTest::newRow("the service is the target") << false << u"PUT /orders/{id}"_s;
        QTest::newRow("the service is the source") << true << u"PUT /orders/{id}"_s;
        QTest::newRow("what differs alone is sent") << false << u"PATCH /orders/{id}"_s;
    }

    void goesBothWays()
    {
        QFETCH(const bool, serviceIsSource);
        QFETCH(const QString, update);
        TwoWayServiceRig rig(serviceIsSource, 3);
        rig.service = rig.store.connection(
            {{u"write"_s,
              QJsonObject{
                  {u"insert"_s, u"POST /orders"_s}, {u"update"_s, update}, {u"delete"_s, u"DELETE /orders/{id}"_s}}}});
        for (const int id : {3, 4, 5})
            rig.putThere(id, u"order %1"_s.arg(id));
        QCOMPARE(rig.sync(), u"completed, service +2 ~0 -0, database +2 ~0 -0"_s);
        QCOMPARE(rig.sync(), nothing);
        QCOMPARE(rig.store.takeWrites().size(), 0);
        rig.put(1, u"ours"_s, u"7"_s);
        rig.put(6, u"new here"_s, u"6"_s);
        rig.remove(2);
        rig.putThere(4, u"theirs"_s);
        rig.putThere(7, u"new there"_s);
        rig.store.remove(u"5"_s);
        QCOMPARE(rig.sync(), u"completed, service +1 ~1 -1, database +1 ~1 -1"_s);
        QCOMPARE(rig.there(1), u"ours|7"_s);
        QCOMPARE(rig.there(6), u"new here|6"_s);
        QCOMPARE(rig.there(2), QString());
        QVERIFY(rig.here(4).startsWith("theirs"_L1));
        QVERIFY(rig.here(7).startsWith("new there"_L1));
        QCOMPARE(rig.rowsHere(), 5);
        QCOMPARE(rig.sync(), nothing);
        QCOMPARE(rig.store.takeWrites().size(), 0);
    }

    void mergesCells()
    {
        TwoWayServiceRig rig(false, 2);
        QCOMPARE(rig.sync(), u"completed, service +2 ~0 -0, database +0 ~0 -0"_s);
        rig.put(1, u"ours"_s, u"1.50"_s);
        rig.putThere(1, u"order 1"_s, u"99"_s);
        QCOMPARE(rig.sync(rig.policy(u"merge"_s)), u"completed, service +0 ~1 -0, database +0 ~1 -0"_s);
        QCOMPARE(rig.there(1), u"ours|99"_s);
        QVERIFY(rig.here(1).startsWith("ours|99"_L1));
        QCOMPARE(rig.sync(rig.policy(u"merge"_s)), nothing);
    }

    void asksAPerson_data()
    {
        QTest::addColumn<bool>("serviceIsSource");
        QTest::addColumn<bool>("takesOurs");
        for (const bool source : {false, true}) {
            for (const bool ours : {false, true})
                QTest::addRow("the service is the %s, %s", source ? "source" : "target", ours ? "ours" : "theirs")
                    << source << ours;
        }
    }

    void asksAPerson()
    {
        QFETCH(const bool, serviceIsSource);
        QFETCH(const bool, takesOurs);
        TwoWayServiceRig rig(serviceIsSource, 3);
        rig.sync();
        rig.put(1, u"ours"_s, u"7"_s);
        rig.putThere(1, u"theirs"_s, u"8"_s);
        rig.remove(2);
        rig.putThere(2, u"changed there"_s);
        QCOMPARE(rig.sync(), u"needs-attention, service +0 ~0 -0, database +0 ~0 -0, 2 open"_s);
        QCOMPARE(rig.store.takeWrites().size(), 0);
        QCOMPARE(rig.open().size(), 2);
        const bool takesSource = takesOurs != serviceIsSource;
        QCOMPARE(rig.answer(takesSource ? ConflictAnswer::Source : ConflictAnswer::Target),
                 takesOurs ? u"completed, service +0 ~1 -1, database +0 ~0 -0"_s
                           : u"completed, service +0 ~0 -0, database +1 ~1 -0"_s);
        QCOMPARE(rig.there(1), takesOurs ? u"ours|7"_s : u"theirs|8"_s);
        QCOMPARE(rig.there(2), takesOurs ? QString() : u"changed there|2.5"_s);
        QVERIFY(rig.here(1).startsWith(takesOurs ? "ours|7"_L1 : "theirs|8"_L1));
        QCOMPARE(rig.sync(), nothing);
    }

    // Rows that both sides have, and that differ, when they meet first.
    void overwritesNothingAtFirst()
    {
        TwoWayServiceRig rig(false, 1);
        rig.putThere(1, u"theirs"_s);
        QCOMPARE(rig.sync(), u"needs-attention, service +0 ~0 -0, database +0 ~0 -0, 1 open"_s);
        QCOMPARE(rig.store.takeWrites().size(), 0);
        QVERIFY(rig.here(1).startsWith("order 1"_L1));
    }

    // What the service makes of a row is no edit of its own, whether its answer says so or has to be asked for.
    void takesNoEchoForAnEdit_data()
    {
        QTest::addColumn<bool>("serviceIsSource");
        QTest::addColumn<bool>("saysIt");
        QTest::addColumn<bool>("givesTags");
        for (const bool source : {false, true}) {
            for (const bool says : {false, true}) {
                for (const bool tags : {false, true})
                    QTest::addRow("%s, %s, %s", source ? "source" : "target", says ? "answers with it" : "says nothing",
                                  tags ? "tags" : "no tags")
                        << source << says << tags;
            }
        }
    }

    void takesNoEchoForAnEdit()
    {
        QFETCH(const bool, serviceIsSource);
        QFETCH(const bool, saysIt);
        QFETCH(const bool, givesTags);
        TwoWayServiceRig rig(serviceIsSource, 2);
        rig.store.givesTags = givesTags;
        rig.store.alter([](const QByteArray &body) {
            QJsonObject record = QJsonDocument::fromJson(body).object();
            record[u"total"_s] = qRound(record[u"total"_s].toDouble() + 100); // far from what it was sent
            record[u"updated_at"_s] = u"2025-05-05T05:05:05Z"_s;
            return QJsonDocument(record).toJson(QJsonDocument::Compact);
        });
        rig.store.after([&](const WebRequest &request, WebReply &reply) {
            if (request.method != "GET" && !saysIt)
                reply.body.clear();
        });
        QCOMPARE(rig.sync(), u"completed, service +2 ~0 -0, database +0 ~0 -0"_s);
        QCOMPARE(rig.sync(), nothing);
        rig.put(1, u"ours"_s, u"7.25"_s);
        QCOMPARE(rig.sync(), u"completed, service +0 ~1 -0, database +0 ~0 -0"_s);
        QCOMPARE(rig.there(1), u"ours|107"_s);
        QVERIFY(rig.here(1).startsWith("ours|7.25"_L1));
        QCOMPARE(rig.sync(), nothing);
        QCOMPARE(rig.store.takeWrites().size(), 0);
        // And an edit is one.
        rig.putThere(1, u"theirs"_s, u"55"_s);
        QCOMPARE(rig.sync(), u"completed, service +0 ~0 -0, database +0 ~1 -0"_s);
        QVERIFY(rig.here(1).startsWith("theirs|55"_L1));
        QCOMPARE(rig.sync(), nothing);
    }

    // Right after the write, before anything is read back: it is an edit, and comes.
    void losesNoEditAfterAWrite_data()
    {
        QTest::addColumn<bool>("saysIt");
        QTest::addColumn<bool>("deletes");
        for (const bool says : {false, true}) {
            for (const bool deletes : {false, true})
                QTest::addRow("%s, %s", says ? "answers with it" : "a tag alone", deletes ? "deleted" : "edited")
                    << says << deletes;
        }
    }

    void losesNoEditAfterAWrite()
    {
        QFETCH(const bool, saysIt);
        QFETCH(const bool, deletes);
        TwoWayServiceRig rig(false, 2);
        rig.sync();
        rig.put(1, u"ours"_s, u"7"_s);
        rig.store.after([&, once = false](const WebRequest &request, WebReply &reply) mutable {
            if (request.method != "PUT" || std::exchange(once, true))
                return;
            if (!saysIt)
                reply.body.clear();
            if (deletes)
                rig.store.erase(u"1"_s);
            else
                rig.store.store(u"1"_s, rig.recordOf(1, u"theirs at once"_s, u"8"_s));
        });
        QCOMPARE(rig.sync(), u"completed, service +0 ~1 -0, database +0 ~0 -0"_s);
        QCOMPARE(rig.sync(),
                 deletes ? u"completed, service +0 ~0 -0, database +0 ~0 -1"_s
                         : u"completed, service +0 ~0 -0, database +0 ~1 -0"_s);
        QCOMPARE(rig.here(1).section(u'|', 0, 0), deletes ? QString() : u"theirs at once"_s);
        QCOMPARE(rig.sync(), nothing);
    }

    // By the service's own way of asking for what is new.
    void asksForWhatIsNew_data()
    {
        QTest::addColumn<bool>("serviceIsSource");
        QTest::newRow("target") << false;
        QTest::newRow("source") << true;
    }

    void asksForWhatIsNew()
    {
        QFETCH(const bool, serviceIsSource);
        TwoWayServiceRig rig(serviceIsSource);
        rig.source.exec(u"DROP TABLE orders"_s);
        rig.source.exec(u"CREATE TABLE orders (id BIGINT PRIMARY KEY, name TEXT, total DECIMAL(12,2), "
                        "updated_at TIMESTAMP)"_s);
        for (int id = 1; id <= 5; ++id)
            rig.put(id, u"order %1"_s.arg(id), u"%1.5"_s.arg(id));
        rig.service =
            rig.store.connection({{u"since"_s, QJsonObject{{u"param"_s, u"since"_s}, {u"field"_s, u"updated_at"_s}}},
                                  {u"columns"_s,
                                   QJsonObject{{u"id"_s, u"integer"_s},
                                               {u"name"_s, u"text"_s},
                                               {u"total"_s, u"decimal(12,2)"_s},
                                               {u"updated_at"_s, u"timestamp"_s}}}});
        int asked = 0;
        rig.store.after([&](const WebRequest &request, WebReply &reply) {
            reply.headers["Date"] = "Wed, 01 Jan 2025 00:00:00 GMT";
            const QString since = request.value(u"since"_s);
            if (since.isEmpty() || request.path != "/orders"_L1)
                return;
            ++asked;
            QJsonArray found;
            const QJsonArray all = QJsonDocument::fromJson(reply.body).object().value(u"data"_s).toArray();
            for (const auto &record : all) {
                if (record.toObject().value(u"updated_at"_s).toString() >= since)
                    found << record;
            }
            reply.body = QJsonDocument(QJsonObject{{u"data"_s, found}}).toJson();
        });
        const QJsonObject by{
            {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"updated_at"_s}, {u"lag"_s, u"0s"_s}}}};
        QCOMPARE(rig.sync(by), u"completed, service +5 ~0 -0, database +0 ~0 -0"_s);
        rig.store.put(u"2"_s, R"({"id":2,"name":"theirs","total":2.50,"updated_at":"2024-06-01T00:00:00Z"})");
        rig.store.remove(u"3"_s);
        rig.source.exec(u"UPDATE orders SET name = 'ours', updated_at = '2024-06-02T00:00:00Z' WHERE id = 4"_s);
        QCOMPARE(rig.sync(by), u"completed, service +0 ~1 -0, database +0 ~1 -1"_s);
        QCOMPARE(rig.there(4), u"ours|4.5"_s);
        QVERIFY(rig.here(2).startsWith("theirs"_L1));
        asked = 0; // it was empty when it was read first
        QCOMPARE(rig.sync(by), nothing);
        QVERIFY(asked > 0);
        rig.store.put(u"1"_s, R"({"id":1,"name":"later","total":1.50,"updated_at":"2024-06-03T00:00:00Z"})");
        QCOMPARE(rig.sync(by), u"completed, service +0 ~0 -0, database +0 ~1 -0"_s);
    }
};

QTEST_GUILESS_MAIN(TestHttpTwoWay)
#include "tst_httptwoway.moc"
