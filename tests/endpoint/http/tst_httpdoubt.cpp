// SPDX-License-Identifier: GPL-3.0-or-later
// A service that fails while it is written: what was done is known, nothing is done twice, and nothing is claimed.
#include "tests/endpoint/http/targetrig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QHash<QString, int> timesDone(const QList<StoreService::Write> &writes)
{
    QHash<QString, int> done;
    for (const auto &write : writes) {
        const QString id = QJsonDocument::fromJson(write.body).object().value(u"id"_s).toVariant().toString();
        if (write.status >= 200 && write.status < 300)
            ++done[QString::fromLatin1(write.method) + u' ' + (id.isEmpty() ? write.path : id)];
    }
    return done;
}

} // namespace

class TestHttpDoubt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Done, and the answer is another, or none; or not done, and the answer is a failure.
    void knowsWhatWasDone_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("how");
        for (const char *what : {"POST", "PUT", "DELETE"}) {
            for (const char *how : {"500 after", "503 after", "cut after", "silence after", "nonsense after",
                                    "500 before", "cut before", "429 before", "503 with a wait before"})
                QTest::addRow("%s, %s", what, how) << QString::fromLatin1(what) << QString::fromLatin1(how);
        }
    }

    void knowsWhatWasDone()
    {
        QFETCH(const QString, what);
        QFETCH(const QString, how);
        TargetRig rig(12);
        rig.service = rig.store.connection({}, {{u"timeout"_s, u"500ms"_s}});
        if (what != "POST"_L1) {
            QCOMPARE(rig.run(), u"completed +12 ~0 -0"_s);
            if (what == "PUT"_L1)
                rig.source.exec(u"UPDATE orders SET name = 'ours'"_s);
            else
                rig.source.exec(u"DELETE FROM orders WHERE id > 2"_s);
        }
        QHash<QString, int> met;
        const auto spoil = [&](const WebRequest &request, WebReply &reply) {
            // Each record's first time.
            if (request.method != what.toLatin1() || met[request.path + QString::fromUtf8(request.body)]++ > 0)
                return false;
            reply.body = "{}";
            reply.status = how.startsWith("503"_L1) ? 503 : how.startsWith("429"_L1) ? 429 : 500;
            if (how.startsWith("503 with"_L1))
                reply.headers["Retry-After"] = "0";
            reply.hangUp = how.startsWith("cut"_L1);
            reply.silent = how.startsWith("silence"_L1);
            if (how.startsWith("nonsense"_L1)) {
                reply.status = 200;
                reply.claimed = 1000;
            }
            return true;
        };
        if (how.endsWith("after"_L1))
            rig.store.after([&](const WebRequest &request, WebReply &reply) { spoil(request, reply); });
        else
            rig.store.before([&](const WebRequest &request) -> std::optional<WebReply> {
                WebReply reply;
                return spoil(request, reply) ? std::optional(reply) : std::nullopt;
            });
        const QString expected = what == "POST"_L1 ? u"completed +12 ~0 -0"_s
            : what == "PUT"_L1                     ? u"completed +0 ~12 -0"_s
                                                   : u"completed +0 ~0 -10"_s;
        QCOMPARE(rig.run(), expected);
        const auto writes = rig.store.takeWrites();
        const auto done = timesDone(writes);
        QCOMPARE(done.size(), what == "DELETE"_L1 ? 10 : 12);
        for (auto it = done.begin(); it != done.end(); ++it)
            QVERIFY2(it.value() == 1, qPrintable(it.key()));
        // The same change bears the same key, and no other does.
        QHash<QByteArray, QString> keys;
        for (const auto &write : writes) {
            const QString change = write.path + QString::fromUtf8(write.body);
            QVERIFY(!write.idempotencyKey.isEmpty());
            QCOMPARE(keys.value(write.idempotencyKey, change), change);
            keys.insert(write.idempotencyKey, change);
        }
        QCOMPARE(keys.size(), done.size());
        QCOMPARE(rig.run(), u"completed +0 ~0 -0"_s);
    }

    // It fails for good in the middle: the run tells what it has done, and the next does the rest with other words to
    // nobody: the same changes bear the same keys until they are settled.
    void tellsWhatStands_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::newRow("failing") << 500 << u"service-failed"_s;
        QTest::newRow("away for long") << 503 << u"rate-limited"_s;
        QTest::newRow("without the right") << 403 << u"no-rights"_s;
        QTest::newRow("not that way") << 405 << u"request-refused"_s;
        QTest::newRow("limited for long") << 429 << u"rate-limited"_s;
    }

    void tellsWhatStands()
    {
        QFETCH(const int, status);
        QFETCH(const QString, code);
        TargetRig rig(60);
        QAtomicInt done = 0;
        QHash<QByteArray, QByteArray> keys; // by body
        rig.store.before([&](const WebRequest &request) -> std::optional<WebReply> {
            if (request.method != "POST")
                return std::nullopt;
            keys.insert(request.body, request.headers.value("idempotency-key"));
            if (done.fetchAndAddRelaxed(1) < 20)
                return std::nullopt;
            WebReply reply{status, "{}"};
            if (status != 500)
                reply.headers["Retry-After"] = "3600";
            return reply;
        });
        const QString report = rig.run();
        const int stands = int(rig.store.records().size());
        QCOMPARE(stands, 20);
        QVERIFY2(report.startsWith(u"failed +20 ~0 -0 ["_s + code), qPrintable(report));
        const auto before = keys;
        QVERIFY(before.size() > 20);
        QVERIFY(before.size() <= 40); // nobody goes on asking
        done = -1000;
        QCOMPARE(rig.run(), u"completed +40 ~0 -0"_s);
        for (auto it = before.begin(); it != before.end(); ++it)
            QCOMPARE(keys.value(it.key()), it.value());
        QCOMPARE(rig.store.records().size(), 60);
    }

    // What was settled and then undone by somebody is another change: a service that remembers keys must not think that
    // it has done it.
    void drawsOtherKeysLater()
    {
        TargetRig rig(1);
        QCOMPARE(rig.run(), u"completed +1 ~0 -0"_s);
        const QByteArray first = rig.store.takeWrites().value(0).idempotencyKey;
        rig.store.remove(u"1"_s);
        QCOMPARE(rig.run(), u"completed +1 ~0 -0"_s);
        QVERIFY(rig.store.takeWrites().value(0).idempotencyKey != first);
    }

    // What must not go on is stopped at the first record.
    void stopsAtOnce_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("expected");
        QTest::newRow("keys of its own") << u"own"_s << u"http-own-key"_s;
        QTest::newRow("keys of its own, silently") << u"own-silent"_s << u"http-own-key"_s;
        QTest::newRow("later") << u"later"_s << u"http-later"_s;
        QTest::newRow("elsewhere") << u"elsewhere"_s << u"redirects"_s;
    }

    void stopsAtOnce()
    {
        QFETCH(const QString, what);
        QFETCH(const QString, expected);
        TargetRig rig(30);
        rig.store.after([&](const WebRequest &request, WebReply &reply) {
            if (request.method != "POST")
                return;
            if (what == "later"_L1)
                reply.status = 202;
            else if (what == "own-silent"_L1)
                reply = WebReply{201, {}};
        });
        if (what.startsWith("own"_L1))
            rig.store.alter([](QByteArray record) { return record.replace("{\"id\":", "{\"id\":1000"); });
        if (what == "elsewhere"_L1)
            rig.store.before([&](const WebRequest &request) -> std::optional<WebReply> {
                WebReply reply{307, {}};
                reply.headers["Location"] = "/elsewhere";
                return request.method == "POST" ? std::optional(reply) : std::nullopt;
            });
        const QString report = rig.run();
        QVERIFY2(report.startsWith("failed"_L1) && report.contains(expected), qPrintable(report));
        QCOMPARE(rig.store.takeWrites().size(), 1);
    }

    // Where single records are not where they are said to be, none is thought to be absent.
    void provesItsPaths()
    {
        TargetRig rig(3);
        QCOMPARE(rig.run(), u"completed +3 ~0 -0"_s);
        rig.service = rig.store.connection({{u"write"_s,
                                             QJsonObject{{u"insert"_s, u"POST /orders"_s},
                                                         {u"update"_s, u"PUT /nowhere/x{id}"_s},
                                                         {u"delete"_s, u"DELETE /nowhere/x{id}"_s}}}});
        rig.put(2, u"ours"_s, u"9"_s);
        rig.remove(3);
        const QString report = rig.run();
        QVERIFY2(report.contains("http-not-found-there"_L1), qPrintable(report));
        QCOMPARE(rig.store.takeWrites().size(), 0);
    }

    void refusesWhatItCannot_data()
    {
        QTest::addColumn<QJsonObject>("job");
        QTest::addColumn<QJsonObject>("verbs");
        QTest::addColumn<QString>("expected");
        const QJsonObject all{{u"insert"_s, u"POST /orders"_s},
                              {u"update"_s, u"PUT /orders/{id}"_s},
                              {u"delete"_s, u"DELETE /orders/{id}"_s}};
        const auto without = [&](const QString &verb) {
            QJsonObject some = all;
            some.remove(verb);
            return some;
        };
        QTest::newRow("no insert") << QJsonObject() << without(u"insert"_s) << u"not-available  http-insert"_s;
        QTest::newRow("no update") << QJsonObject() << without(u"update"_s) << u"not-available  http-update"_s;
        QTest::newRow("no delete") << QJsonObject() << without(u"delete"_s) << u"not-available  http-delete"_s;
        QTest::newRow("no delete, none needed")
            << QJsonObject{{u"mode"_s, u"update"_s}} << without(u"delete"_s) << u"completed +3 ~0 -0"_s;
        QTest::newRow("no verb") << QJsonObject() << QJsonObject() << u"not-available  http-insert"_s;
        QTest::newRow("in one transaction")
            << QJsonObject{{u"transaction"_s, u"run"_s}} << all << u"not-available transaction http-transaction"_s;
        QTest::newRow("a checkpoint there")
            << QJsonObject{{u"checkpoint"_s, u"target"_s}} << all << u"wrong-value checkpoint"_s;
        const QJsonObject soft{
            {u"column"_s, u"name"_s}, {u"deleted"_s, u"x"_s}, {u"present"_s, u"y"_s}, {u"side"_s, u"target"_s}};
        QTest::newRow("marks for deletes") << QJsonObject{{u"deletes"_s, QJsonObject{{u"soft"_s, soft}}}} << all
                                           << u"not-available tables http-soft"_s;
        QTest::newRow("a resource to be made")
            << QJsonObject{{u"create"_s, true},
                           {u"tables"_s,
                            QJsonArray{QJsonObject{{u"source"_s, u"orders"_s}, {u"target"_s, u"others"_s}}}}}
            << all << u"not-available  http-create"_s;
    }

    // The check says the same as the run, and neither writes.
    void refusesWhatItCannot()
    {
        QFETCH(const QJsonObject, job);
        QFETCH(const QJsonObject, verbs);
        QFETCH(const QString, expected);
        TargetRig rig(3);
        rig.service = rig.store.connection({{u"write"_s, verbs}});
        const QString report = rig.run(job);
        QVERIFY2(report.contains(expected), qPrintable(report));
        if (report.startsWith("completed"_L1))
            return;
        QCOMPARE(rig.store.takeWrites().size(), 0);
        const auto settings = rig.tryJob(job);
        if (!settings)
            return;
        Cancellation cancellation;
        const auto items = Runner(rig.connector, *rig.journal, rig.clock).check(*settings, cancellation, {});
        QVERIFY(items);
        QVERIFY(std::any_of(items->begin(), items->end(),
                            [](const CheckItem &item) { return item.level == CheckItem::Level::Problem; }));
    }

    void refusesReadOnly()
    {
        TargetRig rig(3);
        rig.service = rig.store.connection({}, {{u"readOnly"_s, true}});
        QVERIFY(rig.run().startsWith("failed +0 ~0 -0 [read-only"_L1));
        QCOMPARE(rig.store.takeWrites().size(), 0);
    }

    // One run of a job at a time.
    void takesTurns()
    {
        TargetRig rig(3);
        QString second;
        rig.store.before([&, asked = false](const WebRequest &request) mutable -> std::optional<WebReply> {
            if (request.method == "POST" && !std::exchange(asked, true)) {
                Cancellation cancellation;
                SqlConnector connector;
                const auto session = connector.open(rig.tryJob()->target, OpenOptions{true, &cancellation});
                const auto locked = (*session)->tryJobLock(rig.tryJob()->id);
                second = locked ? (*locked ? u"both"_s : u"busy"_s) : codeName(locked.error().code);
            }
            return std::nullopt;
        });
        QCOMPARE(rig.run(), u"completed +3 ~0 -0"_s);
        QCOMPARE(second, u"busy"_s);
    }
};

QTEST_GUILESS_MAIN(TestHttpDoubt)
#include "tst_httpdoubt.moc"
