// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/data/rowencoder.h"
#include "core/endpoint/sql/sqlsession.h"
#include "core/run/grants.h"
#include "core/run/valueloss.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::GrantRequest)
Q_DECLARE_METATYPE(tidemark::ColumnType)

namespace {

class TestDialect final : public Dialect
{
public:
    explicit TestDialect(QChar mark) : m_mark(mark) { }
    QString quote(const QString &identifier) const override
    {
        return m_mark + QString(identifier).replace(m_mark, QString(2, m_mark)) + m_mark;
    }
    QString table(const TableName &name) const override
    {
        return name.schema.isEmpty() ? quote(name.name) : QString(quote(name.schema) + u'.' + quote(name.name));
    }
    QString literal(const QString &text) const override { return u'\'' + text + u'\''; }
    QString parameter(int) const override { return u"?"_s; }

private:
    QChar m_mark;
};

GrantRequest request(Driver driver, bool isTarget)
{
    GrantRequest made;
    made.connection.driver = driver;
    made.connection.database = u"my_db"_s;
    made.connection.schema = driver == Driver::Postgres ? u"shop"_s : QString();
    made.connection.user = u"ann"_s;
    made.isTarget = isTarget;
    GrantedTable table;
    table.name.name = u"t"_s;
    made.tables = {table};
    return made;
}

} // namespace

// The pure parts of grants and rehearsal.
class TestGrantList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statements_data()
    {
        QTest::addColumn<GrantRequest>("request");
        QTest::addColumn<bool>("withOptional");
        QTest::addColumn<QStringList>("expected");
        const QString reach1 = u"GRANT CONNECT ON DATABASE \"my_db\" TO \"ann\";"_s;
        const QString reach2 = u"GRANT USAGE ON SCHEMA \"shop\" TO \"ann\";"_s;
        const auto pg = Driver::Postgres;
        const auto my = Driver::Mysql;
        GrantRequest made = request(pg, false);
        QTest::newRow("postgres, source")
            << made << true << QStringList{reach1, reach2, u"GRANT SELECT ON \"shop\".\"t\" TO \"ann\";"_s};
        made.tables[0].flagColumn = u"f"_s;
        made.seesTransactions = true;
        QTest::newRow("postgres, source by flag")
            << made << true
            << QStringList{reach1, reach2, u"GRANT SELECT ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT UPDATE (\"f\") ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT pg_read_all_stats TO \"ann\";"_s};
        QTest::newRow("postgres, source by flag, what must be")
            << made << false
            << QStringList{reach1, reach2, u"GRANT SELECT ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT UPDATE (\"f\") ON \"shop\".\"t\" TO \"ann\";"_s};
        made = request(pg, false);
        made.tables[0].logged = true;
        QTest::newRow("postgres, source by log")
            << made << true
            << QStringList{reach1, reach2, u"GRANT SELECT ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT TRIGGER ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT CREATE ON SCHEMA \"shop\" TO \"ann\";"_s};
        QTest::newRow("postgres, source by log, what must be")
            << made << false << QStringList{reach1, reach2, u"GRANT SELECT ON \"shop\".\"t\" TO \"ann\";"_s};
        made = request(my, false);
        made.tables[0].logged = true;
        QTest::newRow("mysql, source by log")
            << made << true
            << QStringList{u"GRANT SELECT ON `my_db`.`t` TO 'ann'@'%';"_s,
                           u"GRANT TRIGGER ON `my_db`.`t` TO 'ann'@'%';"_s,
                           u"GRANT CREATE, DROP, SELECT, INSERT, UPDATE, DELETE ON `my\\_db`.* TO 'ann'@'%';"_s};
        made.tables[0].log = u"tidemark_log_1"_s;
        QTest::newRow("mysql, source by a log that has a name")
            << made << true
            << QStringList{
                   u"GRANT SELECT ON `my_db`.`t` TO 'ann'@'%';"_s, u"GRANT TRIGGER ON `my_db`.`t` TO 'ann'@'%';"_s,
                   u"GRANT CREATE, DROP, SELECT, INSERT, UPDATE, DELETE ON `my_db`.`tidemark_log_1` TO 'ann'@'%';"_s};
        made = request(pg, true);
        made.tables[0].sequences = {u"shop.t_id_seq"_s};
        made.tables[0].deletes = true;
        QTest::newRow("postgres, target")
            << made << false
            << QStringList{reach1, reach2, u"GRANT SELECT, INSERT, UPDATE, DELETE ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT SELECT, USAGE, UPDATE ON SEQUENCE shop.t_id_seq TO \"ann\";"_s,
                           u"GRANT CREATE ON SCHEMA \"shop\" TO \"ann\";"_s};
        made.checkpointExists = true;
        made.tables[0].sequences.clear();
        QTest::newRow("postgres, target with a checkpoint")
            << made << true
            << QStringList{reach1, reach2, u"GRANT SELECT, INSERT, UPDATE, DELETE ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT SELECT, INSERT, UPDATE, DELETE ON \"shop\".\"tidemark_checkpoint\" TO \"ann\";"_s,
                           u"GRANT TEMPORARY ON DATABASE \"my_db\" TO \"ann\";"_s};
        made.keepsCheckpoint = false;
        made.tables[0].creates = true;
        made.tables[0].name.schema = u"other"_s;
        QTest::newRow("postgres, a table created elsewhere")
            << made << false
            << QStringList{reach1, reach2, u"GRANT USAGE ON SCHEMA \"other\" TO \"ann\";"_s,
                           u"GRANT CREATE ON SCHEMA \"other\" TO \"ann\";"_s};
        made = request(pg, false);
        made.isTwoWay = true;
        made.tables[0].deletes = true;
        made.tables[0].sequences = {u"shop.t_id_seq"_s};
        QTest::newRow("postgres, two-way source")
            << made << true
            << QStringList{reach1, reach2, u"GRANT SELECT, INSERT, UPDATE, DELETE ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT SELECT, USAGE, UPDATE ON SEQUENCE shop.t_id_seq TO \"ann\";"_s,
                           u"GRANT CREATE ON SCHEMA \"shop\" TO \"ann\";"_s};
        made = request(pg, true);
        made.isTwoWay = true;
        made.checkpointExists = true;
        made.tables[0].logged = true;
        QTest::newRow("postgres, two-way target by log")
            << made << true
            << QStringList{reach1,
                           reach2,
                           u"GRANT SELECT, INSERT, UPDATE ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT TRIGGER ON \"shop\".\"t\" TO \"ann\";"_s,
                           u"GRANT CREATE ON SCHEMA \"shop\" TO \"ann\";"_s,
                           u"GRANT SELECT, INSERT, UPDATE, DELETE ON \"shop\".\"tidemark_checkpoint\" TO \"ann\";"_s,
                           u"GRANT TEMPORARY ON DATABASE \"my_db\" TO \"ann\";"_s};
        made = request(my, false);
        made.isTwoWay = true;
        made.checkpointExists = true;
        QTest::newRow("mysql, two-way source that keeps deletes")
            << made << false
            << QStringList{u"GRANT SELECT, INSERT, UPDATE ON `my_db`.`t` TO 'ann'@'%';"_s,
                           u"GRANT SELECT, INSERT, UPDATE, DELETE ON `my_db`.`tidemark_checkpoint` TO 'ann'@'%';"_s};
        made = request(my, false);
        made.seesTransactions = true;
        QTest::newRow("mysql, source") << made << true
                                       << QStringList{u"GRANT SELECT ON `my_db`.`t` TO 'ann'@'%';"_s,
                                                      u"GRANT TRIGGER ON `my_db`.`t` TO 'ann'@'%';"_s,
                                                      u"GRANT PROCESS ON *.* TO 'ann'@'%';"_s};
        made = request(my, true);
        QTest::newRow("mysql, target")
            << made << false
            << QStringList{u"GRANT SELECT, INSERT, UPDATE ON `my_db`.`t` TO 'ann'@'%';"_s,
                           u"GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON `my_db`.`tidemark_checkpoint` TO "
                           "'ann'@'%';"_s};
        made.keepsCheckpoint = false;
        made.tables[0].creates = made.tables[0].deletes = true;
        made.userHost = u"10.0.0.1"_s;
        QTest::newRow("mysql, created, with a pattern's characters in the name")
            << made << true
            << QStringList{u"GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON `my_db`.`t` TO 'ann'@'10.0.0.1';"_s,
                           u"GRANT CREATE TEMPORARY TABLES ON `my\\_db`.* TO 'ann'@'10.0.0.1';"_s};
        QTest::newRow("sqlite") << request(Driver::Sqlite, true) << true << QStringList();
    }
    void statements()
    {
        QFETCH(GrantRequest, request);
        QFETCH(bool, withOptional);
        QFETCH(QStringList, expected);
        const TestDialect dialect(request.connection.driver == Driver::Postgres ? u'"' : u'`');
        QCOMPARE(grantStatements(grantsFor(request, dialect), withOptional), expected);
    }

    void fromAJob()
    {
        JobSettings job;
        JobTable table;
        table.source.name = u"a"_s;
        table.target = TableName{{}, u"b"_s};
        table.detect.by = DetectBy::Flag;
        table.detect.column = u"f"_s;
        table.deletes = DeletePolicy::Propagate;
        table.create = true;
        job.tables = {table};
        const GrantRequest source = grantRequest(job, false);
        QCOMPARE(source.tables.first().name.name, u"a"_s);
        QCOMPARE(source.tables.first().flagColumn, u"f"_s);
        QVERIFY(!source.tables.first().creates && !source.tables.first().deletes);
        TableSchema schema;
        schema.name.name = u"b"_s;
        schema.columns.append(Column());
        schema.columns.last().sequence = u"q"_s;
        const GrantRequest target = grantRequest(job, true, {schema});
        QCOMPARE(target.tables.first().name.name, u"b"_s);
        QCOMPARE(target.tables.first().sequences, QStringList{u"q"_s});
        QVERIFY(!target.tables.first().creates && target.tables.first().deletes);
        QVERIFY(grantRequest(job, true).tables.first().creates);
    }

    // What a declared type does to a value, where nothing can be measured.
    void lossByDeclaredType_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<ColumnType>("target");
        QTest::addColumn<QString>("expected"); // empty: none
        const auto row = [](const char *name, CellKind kind, const char *value, const ColumnType &target,
                            const char *expected) {
            QTest::newRow(name) << int(kind) << QString::fromUtf8(value) << target << QString::fromUtf8(expected);
        };
        const auto type = [](CellKind kind, int bytes = 8, bool isUnsigned = false) {
            ColumnType made;
            made.kind = kind;
            made.bytes = bytes;
            made.isUnsigned = isUnsigned;
            return made;
        };
        const ColumnType small = type(CellKind::Integer, 2);
        row("32767 in 2 bytes", CellKind::Integer, "32767", small, "");
        row("32768 in 2 bytes", CellKind::Integer, "32768", small, "refused");
        row("-32768 in 2 bytes", CellKind::Integer, "-32768", small, "");
        row("-32769 in 2 bytes", CellKind::Integer, "-32769", small, "refused");
        row("-1 unsigned", CellKind::Integer, "-1", type(CellKind::Integer, 8, true), "refused");
        row("2^64-1 unsigned", CellKind::Integer, "18446744073709551615", type(CellKind::Integer, 8, true), "");
        row("2^64-1 signed", CellKind::Integer, "18446744073709551615", type(CellKind::Integer), "refused");
        ColumnType money = type(CellKind::Decimal);
        money.precision = 5;
        money.scale = 2;
        row("999.99", CellKind::Decimal, "999.99", money, "");
        row("1000", CellKind::Decimal, "1000", money, "refused");
        row("0.001", CellKind::Decimal, "0.001", money, "rounded");
        row("1.500", CellKind::Decimal, "1.500", money, "");
        ColumnType fraction = money;
        fraction.scale = 5;
        row("0.12345 without digits before the point", CellKind::Decimal, "0.12345", fraction, "");
        ColumnType three = type(CellKind::Text);
        three.length = 3;
        row("three characters of nine bytes", CellKind::Text, "日本語", three, "");
        row("four characters", CellKind::Text, "abcd", three, "refused");
        ColumnType seconds = type(CellKind::Timestamp);
        seconds.fraction = 0;
        row("half a second", CellKind::Timestamp, "2024-01-01 00:00:00.5", seconds, "rounded");
        row("a whole second", CellKind::Timestamp, "2024-01-01 00:00:01", seconds, "");
        ColumnType stamp = type(CellKind::Instant);
        stamp.native = u"timestamp(6)"_s;
        row("2038 in TIMESTAMP", CellKind::Instant, "2038-01-20T00:00:00Z", stamp, "refused");
        stamp.native = u"timestamp(6) with time zone"_s;
        row("2038 with a zone", CellKind::Instant, "2038-01-20T00:00:00Z", stamp, "");
        row("0.1 in 4 bytes", CellKind::Float, "0.1", type(CellKind::Float, 4), "rounded");
        row("0.5 in 4 bytes", CellKind::Float, "0.5", type(CellKind::Float, 4), "");
        row("1e300 in 4 bytes", CellKind::Float, "1e300", type(CellKind::Float, 4), "refused");
        ColumnType dynamic = small;
        dynamic.isDynamic = true;
        row("anything in a dynamic column", CellKind::Integer, "99999", dynamic, "");
    }
    void lossByDeclaredType()
    {
        QFETCH(int, kind);
        QFETCH(QString, value);
        QFETCH(ColumnType, target);
        QFETCH(QString, expected);
        CellType type;
        type.kind = CellKind(kind);
        const auto layout = std::make_shared<const RowLayout>(RowLayout{{type}, 0, 1});
        RowEncoder encoder(layout, {CellSource{}});
        RowBatch batch(layout);
        encoder.setBatch(&batch);
        encoder.beginRow();
        encoder.text(value.toStdString());
        encoder.endRow();
        QVERIFY(batch.fault(0) == nullptr);
        const auto loss = lossByType(type, batch.value(0, 0), target);
        QCOMPARE(loss ? lossName(loss->kind) : QString(), expected);
        QCOMPARE(loss && loss->error, expected == "refused"_L1);
    }

    void lossOfAPair_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("kept");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, CellKind kind, const char *given, const char *kept,
                            const char *expected) {
            QTest::newRow(name) << int(kind) << QString::fromUtf8(given) << QString::fromUtf8(kept)
                                << QString::fromUtf8(expected);
        };
        row("same text", CellKind::Text, "a", "a", "");
        row("cut", CellKind::Text, "abc", "ab", "cut");
        row("padded", CellKind::Text, "ab", "ab  ", "padded");
        row("changed", CellKind::Text, "ab", "AB", "changed");
        row("other digits", CellKind::Decimal, "1.50", "1.5", "");
        row("rounded", CellKind::Decimal, "1.55", "1.5", "rounded");
        row("json", CellKind::Json, "{\"a\": 1}", "{\"a\":1}", "");
        row("json changed", CellKind::Json, "{\"a\": 1}", "{\"a\":2}", "changed");
    }
    void lossOfAPair()
    {
        QFETCH(int, kind);
        QFETCH(QString, given);
        QFETCH(QString, kept);
        QFETCH(QString, expected);
        const QByteArray before = given.toUtf8();
        const QByteArray after = kept.toUtf8();
        const auto view = [](const QByteArray &bytes) {
            return CellView{{bytes.constData(), static_cast<size_t>(bytes.size())}, false};
        };
        const auto loss = lossOf(CellKind(kind), view(before), view(after));
        QCOMPARE(loss ? lossName(*loss) : QString(), expected);
        QCOMPARE(lossOf(CellKind(kind), CellView(), CellView()).has_value(), false);
        QCOMPARE(lossName(lossOf(CellKind(kind), view(before), CellView()).value()), u"changed"_s);
    }
};

QTEST_MAIN(TestGrantList)
#include "tst_grantlist.moc"
