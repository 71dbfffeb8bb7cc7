// SPDX-License-Identifier: GPL-3.0-or-later
// A database and a web service that both change, and what goes wrong between them.
#include "tests/endpoint/http/twowayservicerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr auto nothing = "completed, service +0 ~0 -0, database +0 ~0 -0"_L1;

} // namespace

class TestHttpTwoWayDoubt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Somebody edits a record while it is about to be written: it is not written over, and a person is asked.
    void guardsWhatMoves_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<bool>("deletes");
        for (const bool deletes : {false, true}) {
            const char *const what = deletes ? "deleted" : "updated";
            QTest::addRow("%s, before it is looked at", what) << u"GET"_s << deletes;
            QTest::addRow("%s, after it was looked at", what) << (deletes ? u"DELETE"_s : u"PUT"_s) << deletes;
        }
    }

    void guardsWhatMoves()
    {
        QFETCH(const QString, when);
        QFETCH(const bool, deletes);
        TwoWayServiceRig rig(false, 3);
        QCOMPARE(rig.sync(), u"completed, service +3 ~0 -0, database +0 ~0 -0"_s);
        if (deletes)
            rig.remove(1);
        else
            rig.put(1, u"ours"_s, u"7"_s);
        rig.store.before([&, once = false](const WebRequest &request) mutable -> std::optional<WebReply> {
            if (request.method == when.toLatin1() && request.path == "/orders/1"_L1 && !std::exchange(once, true))
                rig.store.store(u"1"_s, rig.recordOf(1, u"theirs"_s, u"8"_s));
            return std::nullopt;
        });
        const QString first = rig.sync();
        QVERIFY2(first.endsWith("service +0 ~0 -0, database +0 ~0 -0, 1 open"_L1), qPrintable(first));
        QCOMPARE(rig.there(1), u"theirs|8"_s);
        QCOMPARE(rig.open().size(), 1);
        QCOMPARE(rig.open().first().kind, deletes ? ConflictKind::UpdatedAndDeleted : ConflictKind::BothUpdated);
        QCOMPARE(rig.answer(ConflictAnswer::Target),
                 deletes ? u"completed, service +0 ~0 -0, database +1 ~0 -0"_s
                         : u"completed, service +0 ~0 -0, database +0 ~1 -0"_s);
        QVERIFY(rig.here(1).startsWith("theirs|8"_L1));
        QCOMPARE(rig.sync(), nothing);
    }

    // The record is there already when it is to be made.
    void guardsInserts()
    {
        TwoWayServiceRig rig(false, 2);
        rig.sync();
        rig.put(9, u"ours"_s, u"9"_s);
        rig.store.before([&, once = false](const WebRequest &request) mutable -> std::optional<WebReply> {
            if (request.method == "POST" && !std::exchange(once, true))
                rig.store.store(u"9"_s, rig.recordOf(9, u"theirs"_s, u"8"_s));
            return std::nullopt;
        });
        const QString first = rig.sync();
        QVERIFY2(first.endsWith("service +0 ~0 -0, database +0 ~0 -0, 1 open"_L1), qPrintable(first));
        QCOMPARE(rig.there(9), u"theirs|8"_s);
        QCOMPARE(rig.open().first().kind, ConflictKind::BothInserted);
    }

    void findsOutWhatWasDone_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("how");
        for (const char *what : {"POST", "PUT", "DELETE"}) {
            for (const char *how : {"lost", "500"})
                QTest::addRow("%s, %s", what, how) << QString::fromLatin1(what) << QString::fromLatin1(how);
        }
    }

    void findsOutWhatWasDone()
    {
        QFETCH(const QString, what);
        QFETCH(const QString, how);
        TwoWayServiceRig rig(false, 4);
        if (what != "POST"_L1) {
            rig.sync();
            rig.source.exec(what == "PUT"_L1 ? u"UPDATE orders SET name = 'ours' WHERE id < 4"_s
                                             : u"DELETE FROM orders WHERE id < 4"_s);
        }
        QSet<QString> met;
        rig.store.after([&](const WebRequest &request, WebReply &reply) {
            const QString change = request.path + QString::fromUtf8(request.body);
            if (request.method != what.toLatin1() || met.contains(change))
                return;
            met.insert(change);
            reply = WebReply{500, "{}"};
            reply.hangUp = how == "lost"_L1;
        });
        QCOMPARE(rig.sync(),
                 what == "POST"_L1      ? u"completed, service +4 ~0 -0, database +0 ~0 -0"_s
                     : what == "PUT"_L1 ? u"completed, service +0 ~3 -0, database +0 ~0 -0"_s
                                        : u"completed, service +0 ~0 -3, database +0 ~0 -0"_s);
        QVERIFY(!met.isEmpty());
        const auto writes = rig.store.takeWrites();
        const auto wasDone = [](const StoreService::Write &write) { return write.status >= 200 && write.status < 300; };
        QCOMPARE(std::count_if(writes.begin(), writes.end(), wasDone), what == "POST"_L1 ? 4 : 3);
        QCOMPARE(rig.sync(), nothing);
    }

    // It was done, and nobody ever hears so: the next run asks the service. A record that is as it was to be is no edit
    // of the service's, which would go over what has changed here since.
    void rollsForward_data()
    {
        QTest::addColumn<bool>("serviceIsSource");
        QTest::newRow("target") << false;
        QTest::newRow("source") << true;
    }

    void rollsForward()
    {
        QFETCH(const bool, serviceIsSource);
        TwoWayServiceRig rig(serviceIsSource, 3);
        const QJsonObject theirsWin = rig.policy(serviceIsSource ? u"source"_s : u"target"_s);
        rig.sync(theirsWin);
        rig.put(1, u"ours"_s, u"7"_s);
        // Written, and from then on the service is away.
        bool isAway = false;
        rig.store.after([&](const WebRequest &request, WebReply &reply) {
            isAway = isAway || request.method == "PUT";
            reply.hangUp = isAway;
        });
        QVERIFY(rig.sync(theirsWin).startsWith("failed"_L1));
        QCOMPARE(rig.there(1), u"ours|7"_s);
        rig.store.after({});
        rig.put(1, u"ours again"_s, u"9"_s);
        QCOMPARE(rig.sync(theirsWin), u"completed, service +0 ~1 -0, database +0 ~0 -0"_s);
        QCOMPARE(rig.there(1), u"ours again|9"_s);
        QCOMPARE(rig.sync(theirsWin), nothing);
    }

    // The same, and the record is another than was sent: an edit, or what the service makes of it. Whatever the policy
    // says, a person decides.
    void asksWhatNobodyKnows()
    {
        TwoWayServiceRig rig(false, 3);
        const QJsonObject theirsWin = rig.policy(u"target"_s);
        rig.sync(theirsWin);
        rig.put(1, u"ours"_s, u"7.25"_s);
        rig.store.alter([](QByteArray body) { return body.replace("7.25", "7"); });
        bool isAway = false;
        rig.store.after([&](const WebRequest &request, WebReply &reply) {
            isAway = isAway || request.method == "PUT";
            reply.hangUp = isAway;
        });
        QVERIFY(rig.sync(theirsWin).startsWith("failed"_L1));
        QCOMPARE(rig.there(1), u"ours|7"_s);
        rig.store.after({});
        for (int again = 0; again < 2; ++again) {
            QCOMPARE(rig.sync(theirsWin), u"needs-attention, service +0 ~0 -0, database +0 ~0 -0, 1 open"_s);
            QCOMPARE(rig.open().size(), 1);
            QCOMPARE(rig.open().first().kind, ConflictKind::InDoubt);
            QVERIFY(rig.here(1).startsWith("ours|7.25"_L1));
        }
        QCOMPARE(rig.answer(ConflictAnswer::Target, theirsWin), u"completed, service +0 ~0 -0, database +0 ~1 -0"_s);
        QVERIFY(rig.here(1).startsWith("ours|7"_L1));
        QCOMPARE(rig.sync(theirsWin), nothing);
        rig.put(1, u"ours again"_s, u"9"_s);
        QCOMPARE(rig.sync(theirsWin), u"completed, service +0 ~1 -0, database +0 ~0 -0"_s);
        QCOMPARE(rig.sync(theirsWin), nothing);
    }

    // A reading that is not whole proves nothing.
    void deletesNothingByMistake_data()
    {
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<QString>("expected");
        QTest::newRow("cut off") << QByteArray("{\"data\":[{\"id\":1,\"na") << u"page-unusable"_s;
        QTest::newRow("something else") << QByteArray("<html>Sorry</html>") << u"page-unusable"_s;
        QTest::newRow("no records") << QByteArray("{\"message\":\"later\"}") << u"page-unusable"_s;
        QTest::newRow("empty, and it counts more") << QByteArray("{\"data\":[],\"total\":5}") << u"page-unusable"_s;
        QTest::newRow("empty, and nobody counts")
            << QByteArray("{\"data\":[]}") << u"needs-attention, service +0 ~0 -0, database +0 ~0 -0, 5 withheld"_s;
    }

    void deletesNothingByMistake()
    {
        QFETCH(const QByteArray, page);
        QFETCH(const QString, expected);
        TwoWayServiceRig rig(false, 5);
        rig.sync();
        if (page.contains("total"))
            rig.service = rig.store.connection(
                {{u"paging"_s, QJsonObject{{u"by"_s, u"page"_s}, {u"param"_s, u"page"_s}, {u"total"_s, u"/total"_s}}}});
        rig.store.before([&](const WebRequest &request) -> std::optional<WebReply> {
            return request.path == "/orders"_L1 && request.method == "GET" ? std::optional(WebReply{200, page})
                                                                           : std::nullopt;
        });
        const QString report = rig.sync();
        QVERIFY2(report.contains(expected), qPrintable(report));
        QCOMPARE(rig.rowsHere(), 5);
        QCOMPARE(rig.store.takeWrites().size(), 0);
        rig.store.before({});
        rig.service = rig.store.connection();
        QCOMPARE(rig.sync(), nothing);
    }

    void refusesWhatItCannot_data()
    {
        QTest::addColumn<bool>("serviceIsSource");
        QTest::addColumn<QString>("missing");
        QTest::addColumn<QJsonObject>("job");
        QTest::addColumn<QString>("expected");
        for (const bool source : {false, true}) {
            const char *const side = source ? "source" : "target";
            for (const char *verb : {"insert", "update", "delete"})
                QTest::addRow("%s, no %s", side, verb) << source << QString::fromLatin1(verb) << QJsonObject()
                                                       << u"not-available  http-"_s + QString::fromLatin1(verb);
            QTest::addRow("%s, no verb", side)
                << source << u"all"_s << QJsonObject() << u"not-available  http-insert"_s;
            QTest::addRow("%s, no delete, none passed on", side)
                << source << u"delete"_s << QJsonObject{{u"deletes"_s, u"ignore"_s}} << u"completed"_s;
            QTest::addRow("%s, in one transaction", side)
                << source << QString() << QJsonObject{{u"transaction"_s, u"run"_s}}
                << u"not-available transaction http-transaction"_s;
            const QJsonObject soft{
                {u"column"_s, u"name"_s}, {u"deleted"_s, u"x"_s}, {u"present"_s, u"y"_s}, {u"side"_s, u"source"_s}};
            QTest::addRow("%s, marks for deletes", side)
                << source << QString() << QJsonObject{{u"deletes"_s, QJsonObject{{u"soft"_s, soft}}}}
                << u"not-available tables http-soft"_s;
        }
    }

    // The check says the same as the run, and neither writes.
    void refusesWhatItCannot()
    {
        QFETCH(const bool, serviceIsSource);
        QFETCH(const QString, missing);
        QFETCH(const QJsonObject, job);
        QFETCH(const QString, expected);
        TwoWayServiceRig rig(serviceIsSource, 3);
        QJsonObject verbs{{u"insert"_s, u"POST /orders"_s},
                          {u"update"_s, u"PUT /orders/{id}"_s},
                          {u"delete"_s, u"DELETE /orders/{id}"_s}};
        verbs.remove(missing);
        rig.service = rig.store.connection({{u"write"_s, missing == "all"_L1 ? QJsonValue(QJsonObject()) : verbs}});
        rig.putThere(8, u"theirs"_s);
        const QString report = rig.sync(job);
        QVERIFY2(report.contains(expected), qPrintable(report));
        if (report.startsWith("completed"_L1))
            return;
        QCOMPARE(rig.store.takeWrites().size(), 0);
        QCOMPARE(rig.rowsHere(), 3);
        const auto settings = rig.tryJob(rig.twoWay(job));
        if (!settings)
            return;
        Cancellation cancellation;
        const auto items = Runner(rig.connector, *rig.journal, rig.clock).check(*settings, cancellation, {});
        QVERIFY(items);
        QVERIFY(std::any_of(items->begin(), items->end(), [&](const CheckItem &item) {
            return item.level == CheckItem::Level::Problem && item.error
                && expected.endsWith(item.error->facts.value(Fact::Option));
        }));
    }

    void refusesTwoServices()
    {
        TwoWayServiceRig rig(true);
        const QString report = rig.sync({{u"target"_s, rig.service}});
        QVERIFY2(report.contains("not-available mode http-two-way"_L1), qPrintable(report));
    }

    void refusesReadOnly()
    {
        for (const bool serviceIsSource : {false, true}) {
            TwoWayServiceRig rig(serviceIsSource, 3);
            rig.service = rig.store.connection({}, {{u"readOnly"_s, true}});
            QVERIFY(rig.sync().contains("[read-only"_L1));
            QCOMPARE(rig.store.takeWrites().size(), 0);
        }
    }

    // What check says of a service: no table is made there, and how far the lock reaches.
    void isChecked()
    {
        TwoWayServiceRig rig(false, 3);
        Cancellation cancellation;
        const auto items =
            Runner(rig.connector, *rig.journal, rig.clock).check(*rig.tryJob(rig.twoWay()), cancellation, {});
        QVERIFY(items);
        QStringList codes;
        for (const CheckItem &item : *items)
            codes += item.level == CheckItem::Level::Problem ? u"problem"_s : item.code;
        QVERIFY2(!codes.contains("problem"_L1), qPrintable(codes.join(u' ')));
        QVERIFY(codes.contains("service-lock"_L1));
        QVERIFY(codes.contains("creates-checkpoint-at-source"_L1));
        QVERIFY(!codes.contains("creates-checkpoint"_L1));
        QCOMPARE(rig.store.takeWrites().size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestHttpTwoWayDoubt)
#include "tst_httptwowaydoubt.moc"
