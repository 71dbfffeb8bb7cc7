// SPDX-License-Identifier: GPL-3.0-or-later
// A two-way run writes both sides: a row that one of them refuses is told of that side, in the real command line.

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

class TestCliRefusedSide : public QObject
{
    Q_OBJECT

private:
    // The strict side refuses what the other one was given.
    static void prepare(const CliFolder &folder, const QByteArray &column, const QByteArray &value, bool strictSource)
    {
        const QByteArray plain = "CREATE TABLE parent (k TEXT PRIMARY KEY);"
                                 "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);";
        const QByteArray strict =
            "CREATE TABLE parent (k TEXT PRIMARY KEY); CREATE TABLE orders (id INTEGER PRIMARY KEY, " + column + ");";
        QCOMPARE(folder.sql(u"a.db"_s, strictSource ? strict : plain), QStringList());
        QCOMPARE(folder.sql(u"b.db"_s, strictSource ? plain : strict), QStringList());
        QCOMPARE(folder.sql(strictSource ? u"b.db"_s : u"a.db"_s,
                            "INSERT INTO orders VALUES (1, " + value + "), (2, " + value + ")"),
                 QStringList());
    }

private Q_SLOTS:
    void namesTheSide_data()
    {
        QTest::addColumn<QByteArray>("column");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("what"); // %1: the side that refuses, %2: the other
        QTest::addColumn<QString>("next");
        QTest::newRow("not null") << QByteArray("note TEXT NOT NULL") << QByteArray("NULL")
                                  << u"orders.note (1) must not be NULL at the %1."_s
                                  << u"Give it a value at the %2, or allow NULL at the %1."_s;
        QTest::newRow("check") << QByteArray("note TEXT CHECK (note <> 'bad')") << QByteArray("'bad'")
                               << u"orders (1): the %1's check note <> 'bad' refuses the row."_s << QString();
        QTest::newRow("unique") << QByteArray("note TEXT UNIQUE") << QByteArray("'same'")
                                << u"(2): another row of the %1 has this value already"_s
                                << u"Make the value unique at the %2, or change the index at the %1."_s;
        QTest::newRow("foreign key") << QByteArray("note TEXT REFERENCES parent (k)") << QByteArray("'none'")
                                     << u"orders (1): the row that it refers to is not at the %1."_s << QString();
    }
    void namesTheSide()
    {
        QFETCH(QByteArray, column);
        QFETCH(QByteArray, value);
        QFETCH(QString, what);
        QFETCH(QString, next);
        for (const bool atSource : {true, false}) {
            const CliFolder folder;
            prepare(folder, column, value, atSource);
            const QString side = atSource ? u"source"_s : u"target"_s;
            const QString other = atSource ? u"target"_s : u"source"_s;
            folder.job(u"j"_s, R"("tables": ["orders"])", "two-way");
            const auto done = folder.json({u"run"_s, u"j.json"_s});
            QVERIFY2(done.exitCode == 1, done.said().constData());
            const QJsonObject left = done.json().value("leftRows"_L1).toArray().at(0).toObject();
            QCOMPARE(left.value("table"_L1).toString(), u"orders"_s);
            const QString message = left.value("error"_L1)["message"_L1].toString();
            QVERIFY2(message.contains(what.arg(side)), done.said().constData());
            // As a whole it is refused with the same words.
            folder.job(u"j"_s, R"("tables": ["orders"], "transaction": "table")", "two-way");
            const auto whole = folder.run({u"run"_s, u"j.json"_s});
            const QString said = QString::fromUtf8(whole.out) + QString::fromUtf8(whole.err);
            QVERIFY2(whole.exitCode == 4 && said.contains(what.arg(side)), whole.said().constData());
            QVERIFY2(next.isEmpty() || said.contains(next.arg(side, other)), whole.said().constData());
        }
    }

    // What a person answered, and the source does not take.
    void namesTheSideOfAnAnswer()
    {
        const CliFolder folder;
        const QByteArray rows = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT";
        folder.sql(u"a.db"_s, rows + " CHECK (note <> 'bad')); INSERT INTO orders VALUES (1, 'one')");
        folder.sql(u"b.db"_s, rows + "); INSERT INTO orders VALUES (1, 'one')");
        folder.job(u"j"_s, R"("tables": ["orders"])", "two-way");
        QCOMPARE(folder.json({u"run"_s, u"j.json"_s}).exitCode, 0);
        folder.sql(u"a.db"_s, "UPDATE orders SET note = 'good'");
        folder.sql(u"b.db"_s, "UPDATE orders SET note = 'bad'");
        QCOMPARE(folder.json({u"run"_s, u"j.json"_s}).exitCode, 1);
        const auto resolved = folder.json({u"resolve"_s, u"j.json"_s, u"--all"_s, u"--take"_s, u"target"_s});
        QVERIFY2(resolved.exitCode == 1, resolved.said().constData());
        const QJsonObject conflict =
            folder.json({u"conflicts"_s, u"j.json"_s}).json().value("conflicts"_L1).toArray().at(0).toObject();
        QCOMPARE(conflict.value("kind"_L1).toString(), u"constraint"_s);
        QVERIFY2(conflict.value("error"_L1)["message"_L1].toString().contains(u"the source's check note <> 'bad'"_s),
                 QJsonDocument(conflict).toJson().constData());
    }
};

QTEST_GUILESS_MAIN(TestCliRefusedSide)
#include "tst_clirefusedside.moc"
