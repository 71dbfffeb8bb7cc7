// SPDX-License-Identifier: GPL-3.0-or-later
// A job may name a table of another schema than its connection's, which has a table of that name too.

#include "tests/app/clirun.h"
#include "tests/endpoint/pairs/sqlside.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString makeOrders = u"CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(20))"_s;

QString spaceOf(const Side &side)
{
    return side.settings.driver == Driver::Postgres ? side.settings.schema : side.settings.database;
}

const QString allRows = u"SELECT id, note FROM orders ORDER BY id"_s;

} // namespace

class TestCliSchemas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servers_data();
    void servers();
    void sqlite_data();
    void sqlite();

private:
    static void writeJob(const CliFolder &folder, const QJsonValue &source, const QJsonValue &target,
                         const QJsonValue &table)
    {
        const QJsonObject job{{u"tidemark"_s, 1},    {u"name"_s, u"j"_s},      {u"source"_s, source},
                              {u"target"_s, target}, {u"mode"_s, u"mirror"_s}, {u"tables"_s, QJsonArray{table}}};
        folder.write(u"j.json"_s, QJsonDocument(job).toJson());
    }
};

void TestCliSchemas::servers_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::newRow("PostgreSQL") << Driver::Postgres;
    QTest::newRow("MariaDB") << Driver::Mysql;
}

void TestCliSchemas::servers()
{
    QFETCH(Driver, driver);
    if (!Side::isAvailable(driver))
        QSKIP("no server");
    const CliFolder folder;
    QVERIFY(folder
                .sql(u"a.db"_s,
                     "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);"
                     "INSERT INTO orders VALUES (1, 'one'), (2, 'two');")
                .isEmpty());
    Side own(driver, {}, u"own"_s);
    Side other(driver, {}, u"other"_s);
    for (Side *side : {&own, &other})
        side->exec(makeOrders);
    own.exec(u"INSERT INTO orders VALUES (77, 'stays')"_s);
    const QJsonObject server = connectionToJson(own.settings);
    const QJsonObject file{{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"a.db"_s}};
    const auto into = [&](const QString &schema, const QString &name) {
        return QJsonObject{{u"source"_s, u"orders"_s}, {u"target"_s, QJsonArray{schema, name}}};
    };

    // Before anything is there: the script knows the table.
    writeJob(folder, file, server, into(spaceOf(other), u"orders"_s));
    const auto planned = folder.run({u"plan"_s, u"j.json"_s, u"--sql"_s, u"script.sql"_s});
    QVERIFY2(planned.exitCode == 0, planned.said().constData());
    const QByteArray script = folder.read(u"script.sql"_s);
    QVERIFY2(script.contains("INSERT") && script.contains(spaceOf(other).toUtf8()), script.constData());
    QVERIFY2(!script.contains("CREATE TABLE"), script.constData());

    const auto written = folder.json({u"run"_s, u"j.json"_s});
    QVERIFY2(written.exitCode == 0, written.said().constData());
    QCOMPARE(other.rows(allRows), (QStringList{u"1|one"_s, u"2|two"_s}));
    QCOMPARE(own.rows(allRows), QStringList{u"77|stays"_s});

    // Without case and underscores, as everywhere; the schema may be the connection's own.
    writeJob(folder, file, server, into(spaceOf(own), u"ORD_ERS"_s));
    const auto loose = folder.json({u"plan"_s, u"j.json"_s});
    QVERIFY2(loose.exitCode == 0, loose.said().constData());
    QCOMPARE(loose.json().value("tables"_L1)[0]["toTarget"_L1]["insert"_L1].toInt(), 2);

    // Read from there.
    writeJob(folder, server, file, QJsonObject{{u"source"_s, QJsonArray{spaceOf(other), u"orders"_s}}});
    const auto equal = folder.json({u"verify"_s, u"j.json"_s});
    QVERIFY2(equal.exitCode == 0, equal.said().constData());

    // One table by two names is still the same table.
    writeJob(folder, server, server, into(spaceOf(own), u"orders"_s));
    const auto same = folder.json({u"run"_s, u"j.json"_s});
    QVERIFY2(same.exitCode == 4 && same.out.contains("same-table"), same.said().constData());

    for (const QString &schema : {u"no_such_schema"_s, spaceOf(other).toUpper()}) {
        writeJob(folder, file, server, into(schema, u"orders"_s));
        const auto refused = folder.json({u"run"_s, u"j.json"_s});
        QVERIFY2(refused.exitCode == 4 && refused.out.contains("no-such-table"), refused.said().constData());
        QVERIFY2(refused.out.contains((schema + ".orders"_L1).toUtf8()), refused.said().constData());
    }
    QCOMPARE(own.rows(allRows), QStringList{u"77|stays"_s});
}

void TestCliSchemas::sqlite_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("its own") << u"main"_s << 0;
    QTest::newRow("another") << u"elsewhere"_s << 4;
}

void TestCliSchemas::sqlite()
{
    QFETCH(QString, schema);
    QFETCH(int, exitCode);
    const CliFolder folder;
    for (const QString &name : {u"a.db"_s, u"b.db"_s})
        QVERIFY(folder.sql(name, makeOrders.toUtf8()).isEmpty());
    QVERIFY(folder.sql(u"a.db"_s, "INSERT INTO orders VALUES (1, 'one')").isEmpty());
    for (const bool atSource : {true, false}) {
        const QJsonArray name{schema, u"orders"_s};
        folder.job(
            u"j"_s,
            "\"tables\": "
                + QJsonDocument(QJsonArray{atSource ? QJsonObject{{u"source"_s, name}}
                                                    : QJsonObject{{u"source"_s, u"orders"_s}, {u"target"_s, name}}})
                      .toJson());
        const auto result = folder.json({u"run"_s, u"j.json"_s});
        QVERIFY2(result.exitCode == exitCode, result.said().constData());
        QCOMPARE(result.out.contains("no-such-table"), exitCode != 0);
    }
    QCOMPARE(folder.sql(u"b.db"_s, "SELECT id FROM orders").size(), exitCode == 0 ? 1 : 0);
}

QTEST_GUILESS_MAIN(TestCliSchemas)
#include "tst_clischemas.moc"
