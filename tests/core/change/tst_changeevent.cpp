// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "core/change/changeeventwriter.h"
#include "tests/core/change/eventparts.h"

using namespace tidemark;

// The envelopes of change events: what is an event of which table, and what is none.
class TestChangeEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void envelopes_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("expected"); // operation table order key-fields, or the error

        const QByteArray source = R"("source":{"connector":"postgresql","db":"d","schema":"s","table":"t","lsn":42})";
        const QString order = u"00000000000000000042"_s;
        const auto row = [](const char *name, const QByteArray &key, const QByteArray &value, const QString &expected) {
            QTest::newRow(name) << key << value << expected;
        };
        row("create", R"({"id":1})", R"({"op":"c","after":{"id":1},)" + source + "}", u"0 t "_s + order + u" 1"_s);
        row("read", {}, R"({"op":"r","after":{"id":1},)" + source + "}", u"1 t "_s + order + u" 0"_s);
        row("update", {}, R"({"op":"u","before":null,"after":{"id":1},)" + source + "}", u"2 t "_s + order + u" 0"_s);
        row("delete", {}, R"({"op":"d","before":{"id":1},"after":null,)" + source + "}", u"3 t "_s + order + u" 0"_s);
        row("delete by key", R"({"id":1})", R"({"op":"d","before":null,)" + source + "}", u"3 t "_s + order + u" 1"_s);
        row("members unknown", {},
            R"({"new":[1,{"a":[]}],"op":"c","transaction":null,"after":{"id":1},)" + source + "}",
            u"0 t "_s + order + u" 0"_s);
        row("blanks", {}, " {\n \"op\" : \"c\" , \"after\" : { \"id\" : 1 } ,\t" + source + " } \r\n",
            u"0 t "_s + order + u" 0"_s);
        row("enveloped", R"({"schema":{"type":"struct","fields":[{"type":"int32","field":"id"}]},"payload":{"id":1}})",
            R"({"schema":{"type":"struct","fields":[]},"payload":{"op":"c","after":{"id":1},)" + source + "}}",
            u"0 t "_s + order + u" 1"_s);
        row("payload before its schema", {},
            R"({"payload":{"op":"c","after":{"id":1},)" + source + R"(},"schema":{"type":"struct"}})",
            u"0 t "_s + order + u" 0"_s);
        row("schema null", {}, R"({"schema":null,"payload":{"op":"c","after":{"id":1},)" + source + "}}",
            u"0 t "_s + order + u" 0"_s);
        row("tombstone", R"({"id":1})", "null", u"4   1"_s);
        row("tombstone, nothing", R"({"id":1})", "", u"4   1"_s);
        row("tombstone, enveloped", R"({"id":1})", R"({"schema":null,"payload":null})", u"4   1"_s);
        row("key no object", "default", R"({"op":"c","after":{"id":1},)" + source + "}", u"0 t "_s + order + u" 0"_s);
        row("mysql's place", {},
            R"({"op":"c","after":{},"source":{"connector":"mysql","db":"d","table":"t","file":"b.000003","pos":154,"row":2}})",
            u"0 t b.000003/00000000000000000154/00000000000000000002 0"_s);
        row("escaped names", {}, "{\"op\":\"c\",\"after\":{},\"source\":{\"table\":\"a\\\"\\u00e4\\ud83d\\ude00\"}}",
            u"0 a\"ä😀  0"_s);

        row("truncate", {}, R"({"op":"t",)" + source + "}", u"not-available op"_s);
        row("message", {}, R"({"op":"m",)" + source + "}", u"not-available op"_s);
        row("other op", {}, R"({"op":"x",)" + source + "}", u"wrong-value op"_s);
        row("op a number", {}, R"({"op":1,)" + source + "}", u"wrong-type op"_s);
        row("no op", {}, R"({"id":1,"name":"a"})", u"missing-key op"_s);
        row("no op, enveloped", {}, R"({"schema":null,"payload":{"id":1}})", u"missing-key payload.op"_s);
        row("no after", {}, R"({"op":"c",)" + source + "}", u"missing-key after"_s);
        row("after null", {}, R"({"op":"u","after":null,)" + source + "}", u"missing-key after"_s);
        row("after a list", {}, R"({"op":"u","after":[],)" + source + "}", u"wrong-type after"_s);
        row("no before", {}, R"({"op":"d",)" + source + "}", u"missing-key before"_s);
        row("no source", {}, R"({"op":"c","after":{}})", u"missing-key source.table"_s);
        row("source a text", {}, R"({"op":"c","after":{},"source":"x"})", u"wrong-type source"_s);
        row("table a number", {}, R"({"op":"c","after":{},"source":{"table":1}})", u"wrong-type source.table"_s);
        row("twice", {}, R"({"op":"c","op":"d","after":{},)" + source + "}", u"duplicate-name op"_s);
        row("a list", {}, "[]", u"wrong-type"_s);
        row("cut off", {}, R"({"op":"c","after":{"id":)", u"not-json 1:25"_s);
        row("more behind", {}, R"({"op":"c","after":{},)" + source + "} x", u"not-json 1:102"_s);
        row("comma at the end", {}, R"({"op":"c",})", u"not-json 1:11"_s);
        row("number with a zero in front", {}, R"({"a":01})", u"not-json 1:8"_s);
        row("control character", {}, "{\"a\":\"\n\"}", u"not-json 1:7"_s);
        row("no such escape", {}, "{\"a\":\"\\x\"}", u"not-json 1:8"_s);
        row("key cut off", R"({"id":)", R"({"op":"c","after":{},)" + source + "}", u"not-json key 1:7"_s);
        row("too deep", {}, R"({"a":)" + QByteArray(100, '[') + QByteArray(100, ']') + "}", u"wrong-value 1:69 64"_s);
        row("schema no object's fields", {},
            R"({"schema":{"fields":[1]},"payload":{"op":"c","after":{},)" + source + "}}", u"wrong-type schema"_s);
    }

    void envelopes()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(QString, expected);
        ChangeEventReader reader;
        ChangeEvent event;
        const auto parsed = reader.parse(view(key), view(value), event);
        if (!parsed) {
            QCOMPARE(told(parsed.error()), expected);
            return;
        }
        const QString found = QString::number(static_cast<int>(event.operation)) + u' '
            + QString::fromStdString(event.source.table) + u' ' + QString::fromStdString(event.source.order) + u' '
            + QString::number(event.key.fields.size());
        QCOMPARE(found, expected);
    }

    void bounds()
    {
        ChangeEventReader reader(ChangeEventReader::Bounds{50, 8, 2});
        ChangeEvent event;
        const QByteArray large(51, '7');
        const auto byValue = reader.parse({}, view(large), event);
        QVERIFY(!byValue);
        QCOMPARE(told(byValue.error()), u"wrong-value  50"_s);
        const auto byKey = reader.parse(view(large), std::nullopt, event);
        QVERIFY(!byKey);
        QCOMPARE(told(byKey.error()), u"wrong-value key 50"_s);
        const QByteArray wide = R"({"after":{"a":1,"b":2,"c":3}})";
        const auto byFields = reader.parse({}, view(wide), event);
        QVERIFY(!byFields);
        QCOMPARE(told(byFields.error()), u"wrong-value after 2"_s);
    }

    void columns()
    {
        ChangeEventReader reader;
        ChangeEvent event;
        const auto layout = layoutOf({CellKind::Integer, CellKind::Text});
        const QStringList names{u"id"_s, u"näme"_s};
        EventRowDecoder decoder(layout, sourcesOf(*layout, names), names);
        RowBatch batch(layout);
        const auto after = [&](const QByteArray &row) -> QString {
            const QByteArray message = R"({"op":"c","source":{"table":"t"},"after":)" + row + "}";
            if (const auto parsed = reader.parse({}, view(message), event); !parsed)
                return told(parsed.error());
            batch.clear();
            if (const auto decoded = decoder.decodeRow(event, batch); !decoded)
                return told(decoded.error());
            return shown(batch, 0, 0) + u' ' + shown(batch, 0, 1);
        };
        QCOMPARE(after(R"({"id":1,"näme":"a"})"), u"1 a"_s);
        QCOMPARE(after("{\"more\":[],\"n\\u00e4me\":\"b\",\"id\":2}"), u"2 b"_s);
        QCOMPARE(after(R"({"id":1,"näme":"a"})"), u"1 a"_s);
        QCOMPARE(after(R"({"id":1})"), u"missing-key after.näme"_s);
        QCOMPARE(after(R"({"id":1,"id":2,"näme":"a"})"), u"duplicate-name after.id"_s);
        QCOMPARE(batch.rowCount(), 0);
    }

    void keysOfDeletes()
    {
        ChangeEventReader reader;
        ChangeEvent event;
        const auto layout = layoutOf({CellKind::Integer, CellKind::Text});
        const QStringList names{u"id"_s, u"name"_s};
        EventRowDecoder decoder(layout, sourcesOf(*layout, names), names);
        RowBatch batch(layout);
        const auto key = [&](const QByteArray &keyText, const QByteArray &before) -> QString {
            const QByteArray message = R"({"op":"d","source":{"table":"t"},"before":)" + before + "}";
            if (const auto parsed = reader.parse(view(keyText), view(message), event); !parsed)
                return told(parsed.error());
            batch.clear();
            if (const auto decoded = decoder.decodeKey(event, batch); !decoded)
                return told(decoded.error());
            return shown(batch, 0, 0) + u' ' + shown(batch, 0, 1);
        };
        QCOMPARE(key(R"({"id":1})", "null"), u"1 NULL"_s);
        QCOMPARE(key({}, R"({"id":2,"name":null})"), u"2 NULL"_s);
        QCOMPARE(key(R"({"other":9})", R"({"id":3,"name":"x"})"), u"3 NULL"_s);
        QCOMPARE(key({}, R"({"name":"x"})"), u"missing-key before.id"_s);
    }

    // Other programs parse it: valid to Qt's parser, and of the form that is documented.
    void ownEventsAreJson()
    {
        const auto layout = layoutOf({CellKind::Integer, CellKind::Timestamp});
        const QStringList names{u"id"_s, u"at"_s};
        const auto sources = sourcesOf(*layout, names);
        RowBatch rows(layout);
        RowEncoder encoder(layout, sources);
        encoder.setBatch(&rows);
        encoder.beginRow();
        encoder.integer(1);
        encoder.timestamp(5);
        encoder.endRow();
        const ChangeEventWriter writer(*layout, names, {sources[0].type, sources[1].type},
                                       {u"j"_s, u"d"_s, {{}, u"t"_s}}, true);
        std::string value, key;
        writer.write(EventOperation::Create, {}, {&rows, 0}, {"a/1/2", 3, 4}, 5, value, key);
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(value)).object();
        const QJsonObject payload = object[u"payload"_s].toObject();
        QCOMPARE(payload[u"op"_s].toString(), u"c"_s);
        QVERIFY(payload[u"before"_s].isNull());
        QCOMPARE(payload[u"after"_s].toObject()[u"at"_s].toInt(), 5);
        QCOMPARE(payload[u"source"_s].toObject()[u"connector"_s].toString(), u"tidemark"_s);
        QStringList fields;
        const QJsonArray described = object[u"schema"_s].toObject()[u"fields"_s].toArray();
        for (const QJsonValueConstRef field : described)
            fields += field.toObject()[u"field"_s].toString();
        QCOMPARE(fields, QStringList({u"before"_s, u"after"_s, u"source"_s, u"op"_s, u"ts_ms"_s}));
        QCOMPARE(described[1].toObject()[u"fields"_s].toArray()[1].toObject()[u"name"_s].toString(),
                 u"io.debezium.time.MicroTimestamp"_s);
        QStringList sourceFields;
        const QJsonArray ofSource = described[2].toObject()[u"fields"_s].toArray();
        for (const QJsonValueConstRef field : ofSource)
            sourceFields += field.toObject()[u"field"_s].toString();
        QStringList written = payload[u"source"_s].toObject().keys();
        sourceFields.sort();
        QCOMPARE(written, sourceFields);
        QCOMPARE(QJsonDocument::fromJson(QByteArray::fromStdString(key)).object()[u"payload"_s].toObject(),
                 QJsonObject({{u"id"_s, 1}}));
    }

    // A schema is recognised by its bytes: another one in between must not be taken for it.
    void schemasChange()
    {
        ChangeEventReader reader;
        const auto layout = layoutOf({CellKind::Timestamp});
        const QStringList names{u"v"_s};
        EventRowDecoder decoder(layout, sourcesOf(*layout, names), names);
        for (int i = 0; i < 1000; ++i) {
            const bool isMicro = i % 3 == 0;
            const QByteArray type = isMicro ? "MicroTimestamp" : "Timestamp";
            const QByteArray message = "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":["
                + logical("int64", "io.debezium.time." + type) + "],\"field\":\"after\"}],\"name\":\"s"
                + QByteArray::number(i % 2 == 0 ? 0 : i) + "\"},\"payload\":{\"op\":\"c\",\"after\":{\"v\":"
                + (isMicro ? "1709211600000000" : "1709211600000") + "},\"source\":{\"table\":\"t\"}}}";
            ChangeEvent event;
            QVERIFY(reader.parse({}, view(message), event));
            RowBatch batch(layout);
            QVERIFY(decoder.decodeRow(event, batch));
            QCOMPARE(shown(batch, 0, 0), u"2024-02-29 13:00:00"_s);
        }
    }

    // Whatever arrives: an answer, and no read beyond the message (the sanitizers look on).
    void hostile()
    {
        const QByteArray whole =
            "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":[{\"type\":\"bytes\","
            "\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"2\"},\"field\":\"id\"},{"
            "\"type\":\"string\",\"field\":\"v\"}],\"field\":\"after\"}]},\"payload\":{\"op\":\"u\",\"before\":null,"
            "\"after\":{\"id\":\"BOI=\",\"v\":\"a\\u00e4\\n\"},\"source\":{\"connector\":\"mysql\",\"table\":\"t\","
            "\"file\":\"b\",\"pos\":1},\"ts_ms\":5}}";
        const auto layout = layoutOf({CellKind::Decimal, CellKind::Text});
        const QStringList names{u"id"_s, u"v"_s};
        EventRowDecoder decoder(layout, sourcesOf(*layout, names), names);
        ChangeEventReader reader;
        ChangeEvent event;
        int accepted = 0;
        const auto read = [&](const QByteArray &message) {
            const std::vector<char> exact(message.begin(), message.end());
            const std::string_view text(exact.data(), exact.size());
            RowBatch batch(layout);
            const auto parsed = reader.parse(text, text, event);
            accepted += parsed && event.operation != EventOperation::Tombstone ? 1 : 0;
            if (parsed)
                decoder.decodeRow(event, batch);
            return parsed.has_value();
        };
        QVERIFY(read(whole));
        for (qsizetype size = 1; size < whole.size(); ++size)
            QVERIFY2(!read(whole.left(size)), qPrintable(QString::number(size)));
        std::mt19937 random(7);
        for (int i = 0; i < 20'000; ++i) {
            QByteArray changed = whole;
            for (unsigned n = 0; n <= random() % 3; ++n)
                changed[static_cast<qsizetype>(random() % static_cast<unsigned>(whole.size()))] =
                    random() % 2 == 0 ? static_cast<char>(random()) : "{}[]\",:\\0"[random() % 9];
            read(changed);
        }
        QVERIFY(accepted > 1);
    }
};

QTEST_GUILESS_MAIN(TestChangeEvent)
#include "tst_changeevent.moc"
