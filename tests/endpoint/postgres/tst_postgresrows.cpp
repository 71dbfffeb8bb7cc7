// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/postgres/postgresfixture.h"

#include <QElapsedTimer>

using namespace tidemark;
using namespace tidemark::test;

class TestPostgresRows final : public QObject
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

    void worksWithHostileNames()
    {
        const QString name = u"a\"b'; DROP TABLE x; -- \\ %s $1 ü"_s;
        const QString quoted = m_session->dialect().quote(name);
        m_fixture->run(u"CREATE TABLE %1 (%1 int PRIMARY KEY, \"select\" text, \"A.b\" numeric)"_s.arg(quoted));
        MUST(described, m_session->describe({{}, name}));
        const WholeTable table(described);
        GOOD(m_session->beginWrite());
        MUST(writer, m_session->writer(table.writeRequest()));
        GOOD(insert(*writer, table, {u"1|x|1.0"_s, u"2|y|2.0"_s}));
        const RowBatch rows = rowsOf(table, {u"1|z|3.0"_s});
        GOOD(writer->update({&rows, allRows(rows)}));
        RowBatch found(table.layout);
        GOOD(m_session->readKeys(table.readRequest(), {&rows, allRows(rows)}, true, found));
        QCOMPARE(table.rowText(found, 0), u"1|z|3.0"_s);
        GOOD(writer->remove({&rows, allRows(rows)}));
        ReadRequest request = table.readRequest();
        request.order = ReadRequest::Order::Key;
        MUST(left, readAll(*m_session, table, request));
        QCOMPARE(left, QStringList(u"2|y|2.0"_s));
    }

    void deliversKeysInByteOrder()
    {
        for (const auto *collation : {"C", "und-x-icu"}) {
            const WholeTable table = create(
                u"sorted"_s, u"k text COLLATE \"%1\" PRIMARY KEY, id bigint"_s.arg(QLatin1StringView(collation)));
            GOOD(m_session->beginWrite());
            {
                MUST(writer, m_session->writer(table.writeRequest()));
                GOOD(insert(*writer, table,
                            {u"b|1"_s, u"B|2"_s, u"ä|3"_s, u"a|4"_s, u"a b|5"_s, u"a-b|6"_s, u"|7"_s, u"😀|8"_s,
                             u"\uffee|9"_s}));
            }
            ReadRequest request = table.readRequest();
            request.order = ReadRequest::Order::Key;
            MUST(reader, m_session->read(request));
            RowBatch batch(table.layout);
            MUST(more, reader->next(batch));
            QVERIFY(more);
            QCOMPARE(batch.rowCount(), 9);
            for (int row = 1; row < batch.rowCount(); ++row)
                QVERIFY(batch.compareKeys(row - 1, batch, row) < 0);
            reader.reset();
            GOOD(m_session->rollback());
        }
    }

    void followsACursor()
    {
        const WholeTable table = create(u"cursored"_s, u"id int PRIMARY KEY, at timestamptz"_s);
        m_fixture->run(
            u"INSERT INTO cursored VALUES (1, NULL), (2, '2024-01-01 10:00+02'), (3, '2024-01-01 10:00:00.000001+02'), "
            "(5, '2024-03-01'), (4, '2024-03-01')"_s);
        ReadRequest request = table.readRequest();
        auto layout = std::make_shared<RowLayout>(*table.layout);
        layout->cells.push_back(CellType{CellKind::Exact});
        request.layout = layout;
        request.columns.append(u"at"_s);
        request.sources.push_back(request.sources[1]);
        request.cursorCell = 2;
        request.order = ReadRequest::Order::Cursor;
        WholeTable wide = table;
        wide.layout = layout;
        MUST(all, readAll(*m_session, wide, request));
        QCOMPARE(all.size(), 4);
        QCOMPARE(all[0].section(u'|', 2), u"2024-01-01 08:00:00+00"_s);
        QCOMPARE(all[2].section(u'|', 0, 0), u"4"_s); // ties by key
        request.cursorFrom = all[1].section(u'|', 2).toUtf8();
        MUST(later, readAll(*m_session, wide, request));
        QCOMPARE(later, all.mid(1));
        request.order = ReadRequest::Order::CursorDescending;
        MUST(newest, readAll(*m_session, wide, request));
        QCOMPARE(newest[0].section(u'|', 0, 0), u"5"_s);
        request.cursorFrom = "'; DROP TABLE cursored; --";
        QVERIFY(!readAll(*m_session, wide, request));
    }

    void filtersByWhereAndFlag()
    {
        const WholeTable table = create(u"flagged"_s, u"id int PRIMARY KEY, state mood, done bool"_s);
        m_fixture->run(u"INSERT INTO flagged VALUES (1, 'sad', false), (2, 'happy', false), (3, 'sad', true)"_s);
        ReadRequest request = table.readRequest();
        request.flagColumn = u"state"_s;
        request.flagValue = u"sad"_s;
        request.where = u"NOT done OR false -- a comment"_s;
        MUST(rows, readAll(*m_session, table, request));
        QCOMPARE(rows, QStringList(u"1|sad|false"_s));
        GOOD(m_session->beginWrite());
        const RowBatch keys = rowsOf(table, {u"1|NULL|NULL"_s, u"2|NULL|NULL"_s});
        GOOD(m_session->setFlag(table.writeRequest(), u"state"_s, u"happy"_s, {&keys, allRows(keys)}));
        GOOD(m_session->commit());
        QCOMPARE(m_fixture->value(u"SELECT string_agg(state::text, ' ' ORDER BY id) FROM flagged"_s),
                 u"happy happy sad"_s);
    }

    void findsKeysByTheirBytes()
    {
        m_fixture->run(
            u"CREATE COLLATION IF NOT EXISTS nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"_s);
        const WholeTable table =
            create(u"loose"_s, u"k text COLLATE nocase, c char(4), n numeric(6,2), v text, PRIMARY KEY (k, c, n)"_s);
        QVERIFY(table.schema.columns[0].type.caseInsensitive);
        m_fixture->run(u"INSERT INTO loose VALUES ('Abc', 'x', 1.5, 'first'), ('def', 'y', 2, 'second')"_s);
        const RowBatch keys =
            rowsOf(table, {u"abc|x   |1.50|NULL"_s, u"def|y   |2.00|NULL"_s, u"def|y   |99999999|NULL"_s});
        GOOD(m_session->beginWrite());
        RowBatch found(table.layout);
        GOOD(m_session->readKeys(table.readRequest(), {&keys, allRows(keys)}, true, found));
        QCOMPARE(found.rowCount(), 1);
        QCOMPARE(table.rowText(found, 0), u"def|y   |2.00|second"_s);
    }

    void locksWhatItReads()
    {
        const WholeTable table = create(u"locked"_s, u"id int PRIMARY KEY"_s);
        m_fixture->run(u"INSERT INTO locked VALUES (1), (2)"_s);
        const RowBatch keys = rowsOf(table, {u"1"_s});
        GOOD(m_session->beginWrite());
        RowBatch found(table.layout);
        GOOD(m_session->readKeys(table.readRequest(), {&keys, allRows(keys)}, true, found));
        QCOMPARE(found.rowCount(), 1);
        QCOMPARE(m_fixture->value(
                     u"SELECT string_agg(id::text, ',') FROM (SELECT id FROM locked FOR UPDATE SKIP LOCKED) f"_s),
                 u"2"_s);
    }

    void saysWhenAnUpdateMissed()
    {
        const WholeTable table = create(u"missed"_s, u"id int PRIMARY KEY, v text"_s);
        GOOD(m_session->beginWrite());
        MUST(writer, m_session->writer(table.writeRequest()));
        const RowBatch rows = rowsOf(table, {u"1|x"_s});
        FAILS_WITH(writer->update({&rows, allRows(rows)}), ErrorCode::Internal);
        GOOD(m_session->rollback());
        m_fixture->run(u"INSERT INTO missed VALUES (1, 'kept')"_s);
        m_fixture->run(u"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"_s);
        m_fixture->run(
            u"CREATE TRIGGER keep BEFORE INSERT OR DELETE ON missed FOR EACH ROW EXECUTE FUNCTION refuse()"_s);
        GOOD(m_session->beginWrite());
        FAILS_WITH(writer->remove({&rows, allRows(rows)}), ErrorCode::CheckViolated);
        FAILS_WITH(insert(*writer, table, {u"2|x"_s}), ErrorCode::CheckViolated);
    }

    void defersForeignKeys()
    {
        const WholeTable table = create(
            u"tree"_s, u"id int PRIMARY KEY, up int REFERENCES tree (id) DEFERRABLE, place int UNIQUE DEFERRABLE"_s);
        GOOD(m_session->beginWrite());
        GOOD(m_session->deferForeignKeys());
        {
            MUST(writer, m_session->writer(table.writeRequest()));
            GOOD(insert(*writer, table, {u"1|2|10"_s}));
            GOOD(insert(*writer, table, {u"2|1|20"_s}));
            const RowBatch swapped = rowsOf(table, {u"1|2|20"_s, u"2|1|10"_s});
            GOOD(writer->update({&swapped, allRows(swapped)}));
        }
        GOOD(m_session->commit());
        GOOD(m_session->beginWrite());
        MUST(writer, m_session->writer(table.writeRequest()));
        FAILS_WITH(insert(*writer, table, {u"3|99|30"_s}), ErrorCode::ForeignKeyViolated);
    }

    // 5,000 keys of a table that is much larger cost an index look-up each, not a scan.
    void usesTheIndexForKeys()
    {
        const int rows = qEnvironmentVariableIntValue("TIDEMARK_TEST_ROWS") > 0
            ? qEnvironmentVariableIntValue("TIDEMARK_TEST_ROWS")
            : 20'000;
        m_fixture->run(u"CREATE TABLE many (id bigint PRIMARY KEY, a int, b text, c numeric(12,2), d timestamptz)"_s);
        m_fixture->run(
            u"INSERT INTO many SELECT g * 7, g, 'row ' || g, g / 3.0, now() FROM generate_series(1, %1) g"_s.arg(rows));
        m_fixture->run(u"ANALYZE many"_s);
        MUST(described, m_session->describe({{}, u"many"_s}));
        const WholeTable table(described);
        RowBatch keys(table.layout);
        RowEncoder encoder(table.layout, table.sources);
        encoder.setBatch(&keys);
        for (int i = 0; i < 5000; ++i) {
            encoder.beginRow();
            encoder.integer(qint64(1 + (i * 7919LL) % rows) * 7);
            for (int cell = 1; cell < table.layout->size(); ++cell)
                encoder.null();
            encoder.endRow();
        }
        GOOD(m_session->beginWrite());
        QElapsedTimer clock;
        clock.start();
        RowBatch found(table.layout);
        GOOD(m_session->readKeys(table.readRequest(), {&keys, allRows(keys)}, true, found));
        qInfo("5,000 of %d keys locked and read in %lld ms", rows, clock.restart());
        QCOMPARE(found.rowCount(), 5000);
        MUST(writer, m_session->writer(table.writeRequest()));
        GOOD(writer->update({&found, allRows(found)}));
        qInfo("updated in %lld ms", clock.restart());
        GOOD(writer->remove({&found, allRows(found)}));
        qInfo("removed in %lld ms", clock.restart());
        GOOD(m_session->commit());
    }

    void readsAndCopiesFast()
    {
        ReadRequest request;
        MUST(described, m_session->describe({{}, u"many"_s}));
        const WholeTable table(described);
        m_fixture->run(u"CREATE TABLE many_copy (LIKE many INCLUDING ALL)"_s);
        MUST(target, m_session->describe({{}, u"many_copy"_s}));
        const WholeTable copy(target);
        MUST(source, m_fixture->open(false));
        GOOD(source->beginRead());
        request = table.readRequest();
        request.order = ReadRequest::Order::Key;
        QElapsedTimer clock;
        clock.start();
        qint64 rows = 0;
        RowBatch batch(table.layout);
        {
            MUST(reader, source->read(request));
            for (auto more = reader->next(batch); more && *more; more = reader->next(batch))
                rows += batch.rowCount();
        }
        qInfo("%lld rows read in key order in %lld ms", rows, clock.restart());
        MUST(reader, source->read(request));
        GOOD(m_session->beginWrite());
        MUST(writer, m_session->writer(copy.writeRequest()));
        writer->setStreaming(true);
        for (auto more = reader->next(batch); more && *more; more = reader->next(batch))
            GOOD(writer->insert({&batch, allRows(batch)}));
        GOOD(writer->finish());
        GOOD(m_session->commit());
        qInfo("%lld rows copied in %lld ms", rows, clock.restart());
        QCOMPARE(m_fixture->value(u"SELECT count(*) FROM (TABLE many EXCEPT ALL TABLE many_copy) d"_s), u"0"_s);
        QCOMPARE(m_fixture->value(u"SELECT count(*) FROM many_copy"_s).toLongLong(), rows);
    }

private:
    WholeTable create(const QString &name, const QString &columns)
    {
        return createdTable(*m_fixture, *m_session, name, columns);
    }

    std::unique_ptr<PostgresFixture> m_fixture;
    std::unique_ptr<SqlSession> m_session;
};

QTEST_GUILESS_MAIN(TestPostgresRows)
#include "tst_postgresrows.moc"
