// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/postgres/postgresfixture.h"

using namespace tidemark;
using namespace tidemark::test;

// What is written comes back as it was, or is refused with its row named.
class TestPostgresWriter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!PostgresFixture::isThere())
            QSKIP("TIDEMARK_TEST_POSTGRES is not set: nothing of PostgreSQL is tested");
        m_fixture = std::make_unique<PostgresFixture>();
        m_fixture->run(u"CREATE TYPE mood AS ENUM ('sad', 'so \"so', 'happy')"_s);
        m_session = std::move(*m_fixture->open());
    }
    void cleanupTestCase()
    {
        m_session.reset();
        m_fixture.reset();
    }
    void cleanup()
    {
        if (m_session)
            (void)!m_session->rollback();
    }

    void insertsUpdatesAndRemoves()
    {
        const WholeTable table =
            create(u"plain"_s, u"id int PRIMARY KEY, name varchar(20), total numeric(12,2), note text"_s);
        GOOD(m_session->beginWrite());
        {
            MUST(writer, m_session->writer(table.writeRequest()));
            GOOD(insert(*writer, table, {u"1|one|1.50|NULL"_s, u"2|two|-3.25|"_s, u"-7|ünï|100|x"_s}));
            const RowBatch changed = rowsOf(table, {u"2|zwei|0|NULL"_s, u"-7|minus|-1.999|y"_s});
            GOOD(writer->update({&changed, allRows(changed)}));
            const RowBatch gone = rowsOf(table, {u"1|NULL|NULL|NULL"_s});
            GOOD(writer->remove({&gone, allRows(gone)}));
            GOOD(writer->remove({&gone, allRows(gone)})); // already gone is as good
            GOOD(writer->finish());
        }
        GOOD(m_session->commit());
        ReadRequest request = table.readRequest();
        request.order = ReadRequest::Order::Key;
        MUST(rows, readAll(*m_session, table, request));
        QCOMPARE(rows, (QStringList{u"-7|minus|-2.00|y"_s, u"2|zwei|0.00|NULL"_s})); // floored, not rounded
    }

    // What is written comes back as it was: by COPY, by an update, and where a type needs the server's own input.
    void keepsValues_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("values");
        QTest::newRow("bool") << u"bool"_s << QStringList{u"true"_s, u"false"_s};
        QTest::newRow("int2") << u"int2"_s << QStringList{u"-32768"_s, u"32767"_s, u"0"_s};
        QTest::newRow("int4") << u"int4"_s << QStringList{u"-2147483648"_s, u"2147483647"_s};
        QTest::newRow("int8") << u"int8"_s << QStringList{u"-9223372036854775808"_s, u"9223372036854775807"_s};
        QTest::newRow("numeric") << u"numeric"_s
                                 << QStringList{u"0"_s,
                                                u"0.00"_s,
                                                u"-0.0001"_s,
                                                u"123456789012345678901234567890.123456789"_s,
                                                u"10000"_s,
                                                u"99990000.00010000"_s,
                                                u"NaN"_s,
                                                u"1e"_s.chopped(1),
                                                u"0.000000000000000000001"_s,
                                                QString(500, u'9') + u'.' + QString(500, u'7')};
        QTest::newRow("numeric of 14") << u"numeric(14,4)"_s << QStringList{u"-9999999999.9999"_s, u"0.1000"_s};
        QTest::newRow("float4") << u"float4"_s
                                << QStringList{u"1.5"_s, u"-3.4028234663852886e+38"_s, u"NaN"_s, u"Infinity"_s};
        QTest::newRow("float8") << u"float8"_s
                                << QStringList{u"0.1"_s, u"1.7976931348623157e+308"_s, u"5e-324"_s, u"-Infinity"_s};
        QTest::newRow("text") << u"text"_s
                              << QStringList{QString(),
                                             u" blanks "_s,
                                             u"'; DROP TABLE x; --"_s,
                                             u"back\\slash\\N\\."_s,
                                             u"tab\tnew\nline\r"_s,
                                             u"日本語 😀 e\u0301"_s,
                                             u"\"{a,b}\""_s,
                                             QString(100'000, u'z')};
        QTest::newRow("varchar") << u"varchar(5)"_s << QStringList{u"12345"_s, u"üüüüü"_s, u"1   "_s};
        QTest::newRow("char") << u"char(5)"_s << QStringList{u"abc  "_s, u"     "_s};
        QTest::newRow("bytea") << u"bytea"_s << QStringList{u"any bytes"_s, QString()};
        QTest::newRow("date") << u"date"_s
                              << QStringList{u"2024-02-29"_s, u"0001-01-01"_s, u"4713-01-01 BC"_s, u"infinity"_s,
                                             u"-infinity"_s};
        QTest::newRow("time") << u"time"_s << QStringList{u"00:00:00"_s, u"23:59:59.999999"_s, u"24:00:00"_s};
        QTest::newRow("timestamp") << u"timestamp"_s
                                   << QStringList{u"2024-02-29 12:00:00.000001"_s, u"1969-12-31 23:59:59.999999"_s,
                                                  u"0044-03-15 00:00:00 BC"_s, u"infinity"_s, u"-infinity"_s};
        QTest::newRow("timestamptz") << u"timestamptz"_s
                                     << QStringList{u"2024-07-01 00:00:00.5+00:00"_s, u"infinity"_s};
        QTest::newRow("uuid") << u"uuid"_s << QStringList{u"6f1c0e0a-0000-4000-8000-00000000000f"_s};
        QTest::newRow("json") << u"json"_s << QStringList{u"{\"b\": 1,  \"a\": [1.0, null]}"_s, u"null"_s};
        QTest::newRow("jsonb") << u"jsonb"_s << QStringList{u"{\"a\": [1.0, null], \"b\": 1}"_s};
        QTest::newRow("enum") << u"mood"_s << QStringList{u"sad"_s, u"so \"so"_s};
        QTest::newRow("array") << u"text[]"_s << QStringList{u"{a,\"b c\",NULL,\"\\\\\"}"_s, u"{}"_s};
        QTest::newRow("interval") << u"interval"_s << QStringList{u"1 year 2 mons -3 days +04:05:06.789"_s};
        QTest::newRow("range") << u"int4range"_s << QStringList{u"[1,5)"_s, u"empty"_s};
        QTest::newRow("inet") << u"inet"_s << QStringList{u"192.168.0.1/24"_s, u"::1/128"_s};
        QTest::newRow("bit") << u"bit(3)"_s << QStringList{u"101"_s};
        QTest::newRow("timetz") << u"timetz"_s << QStringList{u"12:00:00+02"_s};
        QTest::newRow("money") << u"money"_s << QStringList{u"$1,234.50"_s};
        QTest::newRow("xml") << u"xml"_s << QStringList{u"<a b=\"c\"/>"_s};
    }
    void keepsValues()
    {
        QFETCH(QString, type);
        QFETCH(QStringList, values);
        const WholeTable table = create(u"kept"_s, u"id int PRIMARY KEY, v %1, w %1"_s.arg(type));
        const bool isArray = type.endsWith(u']');
        QStringList rows{u"0|NULL|NULL"_s};
        for (const QString &value : values)
            rows.append(QString::number(rows.size()) + u'|' + value + u"|NULL"_s);
        if (!isArray) // '|' apart, the separator of the test's own
            rows.append(u"%1|%2|%2"_s.arg(rows.size()).arg(values[0]));
        GOOD(m_session->beginWrite());
        MUST(writer, m_session->writer(table.writeRequest()));
        GOOD(insert(*writer, table, rows));
        ReadRequest request = table.readRequest();
        request.order = ReadRequest::Order::Key;
        MUST(inserted, readAll(*m_session, table, request));
        QCOMPARE(inserted.size(), rows.size());
        const RowBatch wanted = rowsOf(table, rows);
        for (int row = 0; row < wanted.rowCount(); ++row)
            QCOMPARE(inserted[row], table.rowText(wanted, row));
        for (QString &row : rows) { // the other way round: v into w
            const QStringList cells = row.split(u'|');
            row = cells[0] + u'|' + cells[2] + u'|' + cells[1];
        }
        const RowBatch turned = rowsOf(table, rows);
        GOOD(writer->update({&turned, allRows(turned)}));
        MUST(updated, readAll(*m_session, table, request));
        for (int row = 0; row < turned.rowCount(); ++row)
            QCOMPARE(updated[row], table.rowText(turned, row));
    }

    void refusesWhatDoesNotFit_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("code");
        QTest::newRow("int2") << u"int2"_s << int(CellKind::Integer) << u"32768"_s << u"value-out-of-range"_s;
        QTest::newRow("int4") << u"int4"_s << int(CellKind::Integer) << u"-2147483649"_s << u"value-out-of-range"_s;
        QTest::newRow("int8") << u"int8"_s << int(CellKind::Integer) << u"18446744073709551615"_s
                              << u"value-out-of-range"_s;
        QTest::newRow("fraction for int") << u"int4"_s << int(CellKind::Decimal) << u"1.5"_s << u"value-not-kept"_s;
        QTest::newRow("numeric") << u"numeric(4,2)"_s << int(CellKind::Decimal) << u"100"_s << u"value-out-of-range"_s;
        QTest::newRow("float4") << u"float4"_s << int(CellKind::Float) << u"1e39"_s << u"value-out-of-range"_s;
        QTest::newRow("varchar") << u"varchar(3)"_s << int(CellKind::Text) << u"abcd"_s << u"value-too-long"_s;
        QTest::newRow("blanks beyond") << u"varchar(3)"_s << int(CellKind::Text) << u"abc  "_s << u"value-too-long"_s;
        QTest::newRow("char") << u"char(3)"_s << int(CellKind::Text) << u"abcd"_s << u"value-too-long"_s;
        QTest::newRow("nul") << u"text"_s << int(CellKind::Text) << QString(u"a"_s + QChar(0)) << u"value-not-kept"_s;
        QTest::newRow("time") << u"time"_s << int(CellKind::Time) << u"25:00:00"_s << u"value-out-of-range"_s;
        QTest::newRow("enum") << u"mood"_s << int(CellKind::Exact) << u"angry"_s << u"value-not-kept"_s;
        QTest::newRow("bits") << u"bit(3)"_s << int(CellKind::Exact) << u"10101"_s << u"value-not-kept"_s;
        QTest::newRow("timestamp") << u"timestamp"_s << int(CellKind::Date) << u"infinity"_s << QString();
        QTest::newRow("text to int") << u"int4"_s << int(CellKind::Text) << u"12x"_s << u"value-not-kept"_s;
        QTest::newRow("text to int, good") << u"int4"_s << int(CellKind::Text) << u"12"_s << QString();
    }
    void refusesWhatDoesNotFit()
    {
        QFETCH(QString, type);
        QFETCH(int, kind);
        QFETCH(QString, value);
        QFETCH(QString, code);
        WholeTable table = create(u"tight"_s, u"id int PRIMARY KEY, v %1"_s.arg(type));
        auto layout = std::make_shared<RowLayout>(*table.layout);
        layout->cells[1].kind = static_cast<CellKind>(kind);
        table.layout = layout;
        GOOD(m_session->beginWrite());
        MUST(writer, m_session->writer(table.writeRequest()));
        RowBatch rows(table.layout);
        RowEncoder encoder(table.layout, table.sources);
        encoder.setBatch(&rows);
        for (const bool isNull : {true, false}) {
            encoder.beginRow();
            encoder.integer(isNull ? 1 : 2);
            if (isNull)
                encoder.null();
            else
                encoder.text(value.toStdString());
            encoder.endRow();
        }
        const auto written = writer->insert({&rows, allRows(rows)});
        QCOMPARE(written ? QString() : codeName(written.error().code), code);
        if (!written) {
            QVERIFY(written.error().isRowFault());
            QVERIFY(written.error().facts.contains(Fact::Table));
        }
    }

    void namesTheRowThatIsToBlame_data()
    {
        QTest::addColumn<QString>("row");
        QTest::addColumn<QString>("code");
        QTest::newRow("duplicate") << u"3|x|1"_s << u"unique-violated"_s;
        QTest::newRow("null") << u"3000|NULL|1"_s << u"not-null-violated"_s;
        QTest::newRow("check") << u"3000|x|-1"_s << u"check-violated"_s;
    }
    void namesTheRowThatIsToBlame()
    {
        QFETCH(QString, row);
        QFETCH(QString, code);
        const WholeTable table = create(u"strict"_s, u"id int PRIMARY KEY, name text NOT NULL, n int CHECK (n > 0)"_s);
        QStringList rows;
        for (int i = 1; i <= 2500; ++i)
            rows.append(i == 2000 ? row : u"%1|name|1"_s.arg(i));
        GOOD(m_session->beginWrite());
        MUST(writer, m_session->writer(table.writeRequest()));
        GOOD(m_session->savepoint());
        const auto inserted = insert(*writer, table, rows);
        QVERIFY(!inserted);
        QCOMPARE(codeName(inserted.error().code), code);
        QCOMPARE(inserted.error().facts.value(Fact::Line), u"2000"_s);
        QCOMPARE(inserted.error().facts.value(Fact::Key), row.section(u'|', 0, 0));
        QCOMPARE(inserted.error().facts.value(Fact::Table), u"strict"_s);
        GOOD(m_session->rollbackToSavepoint());
        GOOD(insert(*writer, table, {u"1|a|1"_s}));
        GOOD(m_session->commit());
    }

    void streamsAcrossCalls()
    {
        const WholeTable table = create(u"streamed"_s, u"id int PRIMARY KEY, name text"_s);
        GOOD(m_session->beginWrite());
        {
            MUST(writer, m_session->writer(table.writeRequest()));
            writer->setStreaming(true);
            for (int i = 0; i < 50; ++i)
                GOOD(insert(*writer, table, {u"%1|%2"_s.arg(i).arg(QString(20'000, u'x'))}));
            GOOD(writer->flush());
            GOOD(insert(*writer, table, {u"50|y"_s, u"49|again"_s}));
            const auto flushed = writer->flush();
            FAILS_WITH(flushed, ErrorCode::UniqueViolated);
        }
        GOOD(m_session->rollback());
    }

    void advancesSequences()
    {
        WholeTable table =
            create(u"numbered"_s, u"id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, s serial, name text"_s);
        GOOD(m_session->beginWrite());
        {
            MUST(writer, m_session->writer(table.writeRequest()));
            GOOD(insert(*writer, table, {u"17|5|a"_s, u"3|40|b"_s}));
            GOOD(writer->finish());
        }
        GOOD(m_session->commit());
        m_fixture->run(u"INSERT INTO numbered (name) VALUES ('next')"_s);
        QCOMPARE(m_fixture->value(u"SELECT id || ' ' || s FROM numbered WHERE name = 'next'"_s), u"18 41"_s);
        GOOD(m_session->beginWrite());
        {
            MUST(writer, m_session->writer(table.writeRequest()));
            GOOD(insert(*writer, table, {u"4|6|c"_s}));
            GOOD(writer->finish());
        }
        GOOD(m_session->commit());
        m_fixture->run(u"INSERT INTO numbered (name) VALUES ('after')"_s);
        QCOMPARE(m_fixture->value(u"SELECT id || ' ' || s FROM numbered WHERE name = 'after'"_s), u"19 42"_s);
        // The same where the rows go by arrays.
        table = create(u"numbered_moods"_s, u"id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m mood"_s);
        GOOD(m_session->beginWrite());
        MUST(writer, m_session->writer(table.writeRequest()));
        GOOD(insert(*writer, table, {u"9|sad"_s}));
        GOOD(writer->finish());
        GOOD(m_session->commit());
        QCOMPARE(m_fixture->value(u"SELECT nextval('numbered_moods_id_seq')"_s), u"10"_s);
    }

private:
    WholeTable create(const QString &name, const QString &columns)
    {
        return createdTable(*m_fixture, *m_session, name, columns);
    }

    std::unique_ptr<PostgresFixture> m_fixture;
    std::unique_ptr<SqlSession> m_session;
};

QTEST_GUILESS_MAIN(TestPostgresWriter)
#include "tst_postgreswriter.moc"
