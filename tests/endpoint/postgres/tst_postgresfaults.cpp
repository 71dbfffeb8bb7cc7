// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/postgres/postgresfixture.h"

#include "tests/support/tcpproxy.h"

using namespace tidemark;
using namespace tidemark::test;

// A read ends well only when the server says so, whatever happens to the line.
class TestPostgresFaults final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!PostgresFixture::isThere())
            QSKIP("TIDEMARK_TEST_POSTGRES is not set: nothing of PostgreSQL is tested");
        m_fixture = std::make_unique<PostgresFixture>();
        m_fixture->run(u"CREATE TABLE small (id int PRIMARY KEY, name text)"_s);
        m_fixture->run(u"INSERT INTO small SELECT g, 'row ' || g FROM generate_series(1, 500) g"_s);
        m_fixture->run(u"CREATE TABLE big (id int PRIMARY KEY, name text)"_s);
        m_fixture->run(u"INSERT INTO big SELECT g, repeat('x', 200) FROM generate_series(1, 100000) g"_s);
        m_fixture->run(u"CREATE TABLE written (id int PRIMARY KEY, name text)"_s);
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void neverTakesACutForTheEnd()
    {
        TcpProxy proxy(m_fixture->settings.host, m_fixture->settings.port);
        ConnectionSettings settings = m_fixture->settings;
        settings.port = proxy.port();
        settings.tls.mode = TlsMode::Disable;
        qint64 total = 0;
        for (qint64 offset = -1; offset < total; offset += 1 + total / 60) {
            proxy.cutAfter(-1);
            MUST(session, openPostgres(settings, m_fixture->secret, {}));
            MUST(described, session->describe({{}, u"small"_s}));
            const WholeTable table(described);
            GOOD(session->beginRead());
            const qint64 before = proxy.bytesFromServer();
            proxy.cutAfter(offset);
            const auto rows = readAll(*session, table, table.readRequest());
            if (offset < 0) {
                QVERIFY(rows);
                QCOMPARE(rows->size(), 500);
                total = proxy.bytesFromServer() - before;
                QVERIFY(total > 5000);
                continue;
            }
            QVERIFY2(!rows, qPrintable(QString::number(offset)));
            QVERIFY2(rows.error().code == ErrorCode::ConnectionLost, qPrintable(codeName(rows.error().code)));
        }
    }

    void endsWhenItsBackendIsKilledInMidRead()
    {
        MUST(session, m_fixture->open());
        MUST(described, session->describe({{}, u"big"_s}));
        const WholeTable table(described);
        GOOD(session->beginRead());
        MUST(reader, session->read(table.readRequest()));
        RowBatch batch(table.layout);
        MUST(more, reader->next(batch));
        QVERIFY(more);
        terminateOthers(u"COPY"_s);
        Result<bool> next = true;
        while (next && *next)
            next = reader->next(batch);
        QVERIFY(!next);
        QVERIFY2(next.error().code == ErrorCode::ServerClosing || next.error().code == ErrorCode::ConnectionLost,
                 qPrintable(codeName(next.error().code)));
        QVERIFY(!session->query(u"SELECT 1"_s));
    }

    void endsWhenItsBackendIsKilledInMidWrite()
    {
        MUST(session, m_fixture->open());
        MUST(described, session->describe({{}, u"written"_s}));
        const WholeTable table(described);
        GOOD(session->beginWrite());
        MUST(writer, session->writer(table.writeRequest()));
        writer->setStreaming(true);
        const QString filling(4096, u'y');
        Result<void> written;
        for (int i = 0; i < 4000 && written; ++i) {
            if (i == 500)
                terminateOthers(u"COPY"_s);
            const RowBatch rows = rowsOf(table, {u"%1|%2"_s.arg(i).arg(filling)});
            written = writer->insert({&rows, allRows(rows)});
        }
        if (written)
            written = writer->flush();
        QVERIFY(!written);
        QVERIFY2(written.error().isTransient(), qPrintable(codeName(written.error().code)));
        QCOMPARE(m_fixture->value(u"SELECT count(*) FROM written"_s), u"0"_s);
    }

    void isCancelledInMidRead()
    {
        Cancellation cancellation;
        MUST(session, m_fixture->open(false, &cancellation));
        MUST(described, session->describe({{}, u"big"_s}));
        const WholeTable table(described);
        GOOD(session->beginRead());
        {
            MUST(reader, session->read(table.readRequest()));
            RowBatch batch(table.layout);
            MUST(more, reader->next(batch));
            QVERIFY(more);
            cancellation.cancel();
            Result<bool> next = true;
            while (next && *next)
                next = reader->next(batch);
            QVERIFY(!next);
            QCOMPARE(next.error().code, ErrorCode::Cancelled);
        }
        FAILS_WITH(session->rollback(), ErrorCode::Cancelled);
    }

    void leavesTheTransactionWholeWhenAReaderIsGivenUp()
    {
        MUST(session, m_fixture->open(false));
        MUST(described, session->describe({{}, u"big"_s}));
        const WholeTable table(described);
        GOOD(session->beginRead());
        {
            ReadRequest request = table.readRequest();
            request.limits.rows = 10;
            MUST(reader, session->read(request));
            RowBatch batch(table.layout);
            MUST(more, reader->next(batch));
            QVERIFY(more);
            QCOMPARE(batch.rowCount(), 10);
        }
        ReadRequest failing = table.readRequest();
        failing.where = u"1 / (id - 70000) > 5"_s;
        FAILS_WITH(readAll(*session, table, failing), ErrorCode::ValueNotKept);
        MUST(rows, readAll(*session, table, table.readRequest()));
        QCOMPARE(rows.size(), 100'000);
        GOOD(session->commit());
    }

    void doubtsACommitWhoseAnswerWasLost()
    {
        TcpProxy proxy(m_fixture->settings.host, m_fixture->settings.port);
        ConnectionSettings settings = m_fixture->settings;
        settings.port = proxy.port();
        MUST(session, openPostgres(settings, m_fixture->secret, {true, nullptr}));
        GOOD(session->beginWrite());
        GOOD(session->execute(u"INSERT INTO written VALUES (-1, 'doubtful')"_s));
        proxy.cutAfter(0);
        FAILS_WITH(session->commit(), ErrorCode::CommitInDoubt);
    }

    void saysThatAFailedTransactionWasNotCommitted()
    {
        MUST(session, m_fixture->open());
        GOOD(session->beginWrite());
        QVERIFY(!session->execute(u"SELECT 1 / 0"_s));
        QVERIFY(!session->commit());
        GOOD(session->beginWrite());
        GOOD(session->rollback());
    }

private:
    void terminateOthers(const QString &command) const
    {
        m_fixture->value(
            u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = "
            "current_user AND query LIKE '%1%' AND query LIKE '%%2%'"_s.arg(command, m_fixture->schema));
    }

    std::unique_ptr<PostgresFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestPostgresFaults)
#include "tst_postgresfaults.moc"
