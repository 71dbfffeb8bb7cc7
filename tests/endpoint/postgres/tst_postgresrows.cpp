// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/postgres/postgresfixture.h"

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
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void insertsUpdatesAndRemoves()
    {
        m_fixture->run(u"CREATE TABLE plain (id int PRIMARY KEY, name varchar(20), total numeric(12,2), note text)"_s);
        MUST(session, m_fixture->open());
        MUST(described, session->describe({{}, u"plain"_s}));
        const WholeTable table(described);
        GOOD(session->beginWrite());
        {
            MUST(writer, session->writer(table.writeRequest()));
            const RowBatch rows = rowsOf(table, {u"1|one|1.50|NULL"_s, u"2|two|-3.25|"_s, u"-7|ünï|100|x"_s});
            GOOD(writer->insert({&rows, allRows(rows)}));
            const RowBatch changed = rowsOf(table, {u"2|zwei|0|NULL"_s, u"-7|minus|1.999|y"_s});
            GOOD(writer->update({&changed, allRows(changed)}));
            const RowBatch gone = rowsOf(table, {u"1|NULL|NULL|NULL"_s});
            GOOD(writer->remove({&gone, allRows(gone)}));
            GOOD(writer->finish());
        }
        GOOD(session->commit());
        GOOD(session->beginRead());
        ReadRequest request = table.readRequest();
        request.order = ReadRequest::Order::Key;
        MUST(rows, readAll(*session, table, request));
        QCOMPARE(rows, (QStringList{u"-7|minus|1.99|y"_s, u"2|zwei|0.00|NULL"_s}));
        GOOD(session->rollback());
    }

private:
    std::unique_ptr<PostgresFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestPostgresRows)
#include "tst_postgresrows.moc"
