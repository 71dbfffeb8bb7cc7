// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QTest>

#include "core/change/changeeventwriter.h"
#include "tests/core/change/eventparts.h"

using namespace tidemark;

namespace {

// The second column's value as read from that field, with that field schema (empty: none).
QString readValue(const QByteArray &json, const QByteArray &fieldSchema, CellKind kind, int fraction = 6,
                  const EventReading &reading = {}, int scale = 2)
{
    QByteArray message = R"({"before":null,"after":{"id":1,"v":)" + json
        + R"(},"source":{"connector":"mysql","table":"t"},"op":"c","ts_ms":1})";
    if (!fieldSchema.isEmpty())
        message = R"({"schema":{"type":"struct","fields":[{"type":"struct","fields":[{"type":"int64","field":"id"},)"
            + fieldSchema + R"(],"optional":true,"field":"after"}]},"payload":)" + message + "}";
    ChangeEventReader reader;
    ChangeEvent event;
    if (const auto parsed = reader.parse({}, view(message), event); !parsed)
        return told(parsed.error());
    const auto layout = layoutOf({CellKind::Integer, kind});
    EventRowDecoder decoder(layout, sourcesOf(*layout, {u"id"_s, u"v"_s}, fraction, scale), {u"id"_s, u"v"_s}, reading);
    RowBatch batch(layout);
    if (const auto decoded = decoder.decodeRow(event, batch); !decoded)
        return told(decoded.error());
    return shown(batch, 0, 1);
}

} // namespace

// The values of change events: what others write, and what the writer says of every kind.
class TestChangeEventValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &json, const QByteArray &schema, CellKind kind,
                            const QString &expected) {
            QTest::newRow(name) << json << schema << static_cast<int>(kind) << expected;
        };
        const QByteArray none;
        const QByteArray int64 = R"({"type":"int64","field":"v"})";
        const QByteArray bytes = R"({"type":"bytes","field":"v"})";
        const QByteArray decimal2 = logical("bytes", "org.apache.kafka.connect.data.Decimal", R"({"scale":"2"})");
        const QByteArray variable = logical("struct", "io.debezium.data.VariableScaleDecimal");

        row("beyond 2^53", "9007199254740993", int64, CellKind::Integer, u"9007199254740993"_s);
        row("least", "-9223372036854775808", none, CellKind::Integer, u"-9223372036854775808"_s);
        row("unsigned", "18446744073709551615", none, CellKind::Integer, u"18446744073709551615"_s);
        row("too large", "18446744073709551616", none, CellKind::Integer, u"fault v"_s);
        row("fraction", "1.5", none, CellKind::Integer, u"fault v"_s);
        row("integer as text", "\"42\"", none, CellKind::Integer, u"42"_s);
        row("true", "true", none, CellKind::Boolean, u"true"_s);
        row("tinyint", "1", R"({"type":"int16","field":"v"})", CellKind::Boolean, u"true"_s);
        row("null", "null", decimal2, CellKind::Decimal, u"NULL"_s);

        row("decimal string", "\"12.50\"", none, CellKind::Decimal, u"12.50"_s);
        row("decimal number", "12345678901234567890.123456789", none, CellKind::Decimal,
            u"12345678901234567890.123456789"_s);
        row("decimal base64", "\"BOI=\"", decimal2, CellKind::Decimal, u"12.50"_s);
        row("decimal negative", "\"+x4=\"", decimal2, CellKind::Decimal, u"-12.50"_s);
        row("decimal zero", "\"AA==\"", decimal2, CellKind::Decimal, u"0.00"_s);
        row("decimal −1 cent", "\"/w==\"", decimal2, CellKind::Decimal, u"-0.01"_s);
        row("decimal −256", "\"/wA=\"", decimal2, CellKind::Decimal, u"-2.56"_s);
        row("decimal 2^128", "\"AQAAAAAAAAAAAAAAAAAAAAA=\"", decimal2, CellKind::Decimal,
            u"3402823669209384634633746074317682114.56"_s);
        row("decimal, numeric format", "12.50", decimal2, CellKind::Decimal, u"12.50"_s);
        row("decimal, not base64", "\"12.50\"", decimal2, CellKind::Decimal, u"fault v"_s);
        row("decimal, no bytes", "\"\"", decimal2, CellKind::Decimal, u"fault v"_s);
        row("base64 without schema", "\"BOI=\"", none, CellKind::Decimal, u"fault v"_s);
        row("variable scale", R"({"scale":3,"value":"BOI="})", variable, CellKind::Decimal, u"1.250"_s);
        row("variable, no schema", R"({"scale":3,"value":"BOI="})", none, CellKind::Decimal, u"1.250"_s);
        row("negative scale", R"({"scale":-2,"value":"AQ=="})", variable, CellKind::Decimal, u"100"_s);
        row("absurd scale", R"({"scale":99999,"value":"AQ=="})", variable, CellKind::Decimal, u"fault v"_s);
        row("decimal into integer", "\"AMg=\"", decimal2, CellKind::Integer, u"2"_s);

        row("double", "0.1", R"({"type":"double","field":"v"})", CellKind::Float, u"0.1"_s);
        row("float", "0.1", R"({"type":"float","field":"v"})", CellKind::Float, u"0.10000000149011612"_s);
        row("NaN", "\"NaN\"", none, CellKind::Float, u"NaN"_s);

        row("date", "19782", logical("int32", "io.debezium.time.Date"), CellKind::Date, u"2024-02-29"_s);
        row("connect date", "-1", logical("int32", "org.apache.kafka.connect.data.Date"), CellKind::Date,
            u"1969-12-31"_s);
        row("date without schema", "19782", none, CellKind::Date, u"2024-02-29"_s);
        row("date as text", "\"2024-02-29Z\"", logical("string", "io.debezium.time.IsoDate"), CellKind::Date,
            u"2024-02-29"_s);
        row("date beyond", "99999999999", none, CellKind::Date, u"fault v"_s);
        row("time ms", "45296789", logical("int32", "io.debezium.time.Time"), CellKind::Time, u"12:34:56.789"_s);
        row("time us", "45296789012", logical("int64", "io.debezium.time.MicroTime"), CellKind::Time,
            u"12:34:56.789012"_s);
        row("time ns", "45296789012000", logical("int64", "io.debezium.time.NanoTime"), CellKind::Time,
            u"12:34:56.789012"_s);
        row("time ns, too fine", "45296789012001", logical("int64", "io.debezium.time.NanoTime"), CellKind::Time,
            u"fault v"_s);
        row("time text", "\"12:34:56Z\"", logical("string", "io.debezium.time.IsoTime"), CellKind::Time, u"12:34:56"_s);
        row("zoned time", "\"12:34:56+02:00\"", logical("string", "io.debezium.time.ZonedTime"), CellKind::Time,
            u"fault v"_s);
        row("timestamp ms", "1709211600250", logical("int64", "io.debezium.time.Timestamp"), CellKind::Timestamp,
            u"2024-02-29 13:00:00.25"_s);
        row("timestamp us", "1709211600250001", logical("int64", "io.debezium.time.MicroTimestamp"),
            CellKind::Timestamp, u"2024-02-29 13:00:00.250001"_s);
        row("timestamp ns", "1709211600250001000", logical("int64", "io.debezium.time.NanoTimestamp"),
            CellKind::Timestamp, u"2024-02-29 13:00:00.250001"_s);
        row("before 1970", "-1", logical("int64", "io.debezium.time.MicroTimestamp"), CellKind::Timestamp,
            u"1969-12-31 23:59:59.999999"_s);
        row("infinity", "9223372036825200000", logical("int64", "io.debezium.time.MicroTimestamp"), CellKind::Timestamp,
            u"infinity"_s);
        row("-infinity", "-9223372036832400000", logical("int64", "io.debezium.time.MicroTimestamp"),
            CellKind::Timestamp, u"-infinity"_s);
        row("timestamp overflow", "9223372036854775807", logical("int64", "io.debezium.time.Timestamp"),
            CellKind::Timestamp, u"fault v"_s);
        row("a plain number is no time", "1709211600250", int64, CellKind::Timestamp, u"fault v"_s);
        row("zoned", "\"2024-02-29T15:00:00.25+02:00\"", logical("string", "io.debezium.time.ZonedTimestamp"),
            CellKind::Instant, u"2024-02-29 13:00:00.25+00:00"_s);
        row("zoned into a wall clock", "\"2024-02-29T13:00:00Z\"", logical("string", "io.debezium.time.ZonedTimestamp"),
            CellKind::Timestamp, u"2024-02-29 13:00:00"_s);
        row("timestamp into an instant", "1709211600250", logical("int64", "io.debezium.time.Timestamp"),
            CellKind::Instant, u"2024-02-29 13:00:00.25+00:00"_s);

        row("binary", "\"AP8QgA==\"", bytes, CellKind::Blob, u"00ff1080"_s);
        row("binary, no schema", "\"AP8QgA==\"", none, CellKind::Blob, u"00ff1080"_s);
        row("binary, empty", "\"\"", bytes, CellKind::Blob, QString());
        row("no base64", "\"A===\"", bytes, CellKind::Blob, u"fault v"_s);
        row("bits of padding", "\"AB==\"", bytes, CellKind::Blob, u"fault v"_s);
        row("url-safe base64", "\"-_8=\"", bytes, CellKind::Blob, u"fault v"_s);
        row("bits", "\"BQE=\"", logical("bytes", "io.debezium.data.Bits", R"({"length":"10"})"), CellKind::Exact,
            u"0100000101"_s);
        row("bits as integer", "\"BQE=\"", logical("bytes", "io.debezium.data.Bits", R"({"length":"10"})"),
            CellKind::Integer, u"261"_s);

        row("text", "\"a\\\"\\\\\\/\\b\\f\\n\\r\\tä\\u00e4\\ud83d\\ude00\"", none, CellKind::Text,
            u"a\"\\/\b\f\n\r\tää😀"_s);
        row("lone surrogate", "\"\\ud83d\"", none, CellKind::Text, u"fault v"_s);
        row("number into text", "1.50", none, CellKind::Text, u"1.50"_s);
        row("uuid", "\"11111111-2222-3333-4444-555555555555\"", logical("string", "io.debezium.data.Uuid"),
            CellKind::Uuid, u"11111111-2222-3333-4444-555555555555"_s);
        row("json", "\"{\\\"a\\\": [1]}\"", logical("string", "io.debezium.data.Json"), CellKind::Json,
            u"{\"a\": [1]}"_s);
        row("json as it is", R"({"a":[1]})", none, CellKind::Json, u"{\"a\":[1]}"_s);
        row("no json", "\"{\"", none, CellKind::Json, u"fault v"_s);
        row("interval as number", "86400000000", logical("int64", "io.debezium.time.MicroDuration"), CellKind::Exact,
            u"fault v"_s);
        row("list", "[1,2]", none, CellKind::Exact, u"fault v"_s);
        row("left out", "\"__debezium_unavailable_value\"", none, CellKind::Text, u"fault v"_s);
        row("left out, binary", "\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"", bytes, CellKind::Blob, u"fault v"_s);
    }

    void values()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, schema);
        QFETCH(int, kind);
        QFETCH(QString, expected);
        QCOMPARE(readValue(json, schema, static_cast<CellKind>(kind)), expected);
    }

    // A number says nothing of its unit.
    void unitsWithoutSchema()
    {
        using Unit = EventReading::TimeUnit;
        const auto read = [](const QByteArray &json, CellKind kind, int fraction, Unit unit) {
            EventReading reading;
            reading.timeUnit = unit;
            return readValue(json, {}, kind, fraction, reading);
        };
        const QString moment = u"2024-02-29 13:00:00"_s;
        QCOMPARE(read("1709211600000", CellKind::Timestamp, 3, Unit::Auto), moment);
        QCOMPARE(read("1709211600000000", CellKind::Timestamp, 6, Unit::Auto), moment);
        QCOMPARE(read("1709211600000", CellKind::Timestamp, 6, Unit::Auto), u"fault v"_s);
        QCOMPARE(read("1709211600000000", CellKind::Timestamp, 3, Unit::Auto), u"fault v"_s);
        QCOMPARE(read("1709211600000000000", CellKind::Timestamp, 6, Unit::Auto), u"fault v"_s);
        QCOMPARE(read("1709211600000", CellKind::Timestamp, 6, Unit::Milliseconds), moment);
        QCOMPARE(read("1709211600000000", CellKind::Timestamp, 3, Unit::Microseconds), moment);
        QCOMPARE(read("1709211600000000000", CellKind::Timestamp, 6, Unit::Nanoseconds), moment);
        QCOMPARE(read("-62135596800000000", CellKind::Timestamp, 6, Unit::Auto), u"0001-01-01 00:00:00"_s);
        QCOMPARE(read("43200000", CellKind::Time, 6, Unit::Auto), u"fault v"_s);
        QCOMPARE(read("43200000000", CellKind::Time, 6, Unit::Auto), u"12:00:00"_s);
        QCOMPARE(read("43200000", CellKind::Time, 3, Unit::Auto), u"12:00:00"_s);
        QCOMPARE(read("43200000000", CellKind::Time, 3, Unit::Auto), u"fault v"_s);
        QCOMPARE(read("43200000", CellKind::Time, 6, Unit::Milliseconds), u"12:00:00"_s);
        EventReading base64;
        base64.decimals = EventReading::Decimals::Base64;
        QCOMPARE(readValue("\"BOI=\"", {}, CellKind::Decimal, 6, base64, 2), u"12.50"_s);
        QCOMPARE(readValue("\"BOI=\"", {}, CellKind::Decimal, 6, base64, -1), u"fault v"_s);
    }

    void ownEvents_data()
    {
        QTest::addColumn<bool>("withSchema");
        QTest::newRow("schema") << true;
        QTest::newRow("no schema") << false;
    }

    // What the writer says, the reader reads: every kind, at its edges.
    void ownEvents()
    {
        QFETCH(bool, withSchema);
        const auto layout =
            layoutOf({CellKind::Integer, CellKind::Integer, CellKind::Boolean, CellKind::Decimal, CellKind::Float,
                      CellKind::Text, CellKind::Blob, CellKind::Date, CellKind::Time, CellKind::Timestamp,
                      CellKind::Instant, CellKind::Uuid, CellKind::Json, CellKind::Exact});
        QStringList names;
        for (std::size_t i = 0; i < layout->cells.size(); ++i)
            names.append(u"c\""_s + QString::number(i));
        auto sources = sourcesOf(*layout, names, 3);
        sources[1].type.isUnsigned = true;
        std::vector<ColumnType> types;
        types.reserve(sources.size());
        for (const CellSource &source : sources)
            types.push_back(source.type);
        RowBatch rows(layout);
        RowEncoder encoder(layout, sources);
        encoder.setBatch(&rows);
        const auto add = [&](qint64 id, quint64 large, std::string_view digits, double real, std::string_view text,
                             qint32 days, qint64 time, qint64 moment) {
            encoder.beginRow();
            encoder.integer(id);
            encoder.unsignedInteger(large);
            encoder.boolean(id % 2 == 0);
            encoder.decimal(digits);
            encoder.real(real);
            encoder.text(text);
            encoder.blob(text);
            encoder.date(days);
            encoder.time(time);
            encoder.timestamp(moment);
            encoder.instant(moment);
            encoder.uuid("0123456789abcdef");
            encoder.json("{\"a\": \"\\\" 1\"}");
            encoder.text(text);
            encoder.endRow();
        };
        add(1, 1, "1.50", 0.1, "plain", 19782, 45'296'789'012, 1'709'211'600'250'001);
        add(std::numeric_limits<qint64>::min(), std::numeric_limits<quint64>::max(),
            "-12345678901234567890123456789.0010", -1e300, "\x01\x7f\"\\\n ä😀 \xe2\x80\xa8", -719162, -1,
            -62'135'596'800'000'000);
        add(std::numeric_limits<qint64>::max(), 0, "NaN", std::numeric_limits<double>::infinity(), "", 0,
            3'020'399'000'000, std::numeric_limits<qint64>::max());
        add(0, 0, "0", std::numeric_limits<double>::quiet_NaN(), "x", 1, 0, std::numeric_limits<qint64>::min());
        for (int row = 0; row < rows.rowCount(); ++row)
            QVERIFY(rows.fault(row) == nullptr);
        encoder.beginRow();
        encoder.integer(7);
        for (std::size_t i = 1; i < layout->cells.size(); ++i)
            encoder.null();
        encoder.endRow();

        const ChangeEventWriter writer(*layout, names, types, {u"job"_s, u"db"_s, {u"s"_s, u"t\"1"_s}}, withSchema);
        ChangeEventReader reader;
        EventRowDecoder decoder(layout, sources, names);
        RowBatch found(layout);
        for (int row = 0; row < rows.rowCount(); ++row) {
            std::string value, key;
            writer.write(EventOperation::Update, {}, {&rows, row}, {"job/1/" + QByteArray::number(row), 77, 0}, 123,
                         value, key);
            ChangeEvent event;
            const auto parsed = reader.parse(key, value, event);
            QVERIFY2(parsed, qPrintable(told(parsed ? Error() : parsed.error())));
            QCOMPARE(event.operation, EventOperation::Update);
            QCOMPARE(event.tsMs, 123);
            QCOMPARE(event.source.tsMs, 123);
            QCOMPARE(event.source.id, "job/1/" + std::to_string(row));
            QCOMPARE(event.source.order, std::string("00000000000000000077"));
            QCOMPARE(event.source.schema, std::string("s"));
            QCOMPARE(event.source.table, std::string("t\"1"));
            QVERIFY(decoder.decodeRow(event, found));
            const Error *fault = found.fault(row);
            QVERIFY2(fault == nullptr, qPrintable(fault == nullptr ? QString() : fault->facts.value(Fact::Column)));
            QVERIFY2(found.chain(row) == rows.chain(row), qPrintable(QString::fromStdString(value)));
            // The same as a delete, by the message's key alone.
            writer.write(EventOperation::Delete, {&rows, row}, {}, {"x", 78, 5}, 123, value, key);
            QVERIFY(reader.parse(key, value, event));
            QVERIFY(!event.after.isPresent);
            QCOMPARE(event.source.tsMs, 5);
            RowBatch keys(layout);
            QVERIFY(decoder.decodeKey(event, keys));
            QCOMPARE(keys.value(0, 0), rows.value(row, 0));
        }
    }
};

QTEST_GUILESS_MAIN(TestChangeEventValues)
#include "tst_changeeventvalues.moc"
