// SPDX-License-Identifier: GPL-3.0-or-later
// One SQLite file as both sides, by whatever names: refused before anything is written.

#include <unistd.h>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray rows = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO orders VALUES (1, 'one');"
                        "CREATE TABLE copies (id INTEGER PRIMARY KEY, note TEXT);";

// b.db, which every job of CliFolder has for its target, is a.db by another name.
void nameAgain(const CliFolder &folder, const QString &how)
{
    const QByteArray file = folder.path(u"a.db"_s).toUtf8();
    const QByteArray other = folder.path(u"b.db"_s).toUtf8();
    if (how == "hard link"_L1)
        QCOMPARE(::link(file.constData(), other.constData()), 0);
    else if (how == "symbolic link"_L1)
        QCOMPARE(::symlink("a.db", other.constData()), 0);
    else
        QVERIFY(QFile::copy(folder.path(u"a.db"_s), folder.path(u"b.db"_s)));
}

} // namespace

class TestCliSameFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothSides_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("isOne");
        for (const char *mode : {"update", "mirror", "two-way"}) {
            for (const char *how : {"hard link", "symbolic link", "copy"})
                QTest::addRow("%s, %s", how, mode)
                    << QString::fromLatin1(how) << QString::fromLatin1(mode) << (qstrcmp(how, "copy") != 0);
        }
    }
    void bothSides()
    {
        QFETCH(QString, how);
        QFETCH(QString, mode);
        QFETCH(bool, isOne);
        const CliFolder folder;
        folder.sql(u"a.db"_s, rows);
        nameAgain(folder, how);
        folder.job(u"j"_s, R"("tables": ["orders"])", mode.toLatin1().constData());
        for (const QString &command : {u"plan"_s, u"run"_s}) {
            const auto done = folder.json({command, u"j.json"_s});
            QVERIFY2(done.exitCode == (isOne ? 4 : 0), done.said().constData());
            QCOMPARE(done.out.contains("same-table"), isOne);
        }
        const auto check = folder.run({u"job"_s, u"check"_s, u"j.json"_s});
        QVERIFY2((check.exitCode == 4) == isOne, check.said().constData());
        QCOMPARE(check.out.contains("Source and target are the same table: orders"), isOne);
        QVERIFY2(check.out.contains("b.db is the source's file by another name") == (how == "hard link"_L1),
                 check.said().constData());
        const QStringList own = folder.sql(u"a.db"_s, "SELECT name FROM sqlite_master WHERE name LIKE 'tidemark%'");
        QVERIFY2(!isOne || own.isEmpty(), qPrintable(own.join(u' ')));
    }

    // Two tables of one file are two tables, whatever it is called.
    void twoTables_data()
    {
        QTest::addColumn<QString>("how");
        QTest::newRow("hard link") << u"hard link"_s;
        QTest::newRow("symbolic link") << u"symbolic link"_s;
    }
    void twoTables()
    {
        QFETCH(QString, how);
        const CliFolder folder;
        folder.sql(u"a.db"_s, rows);
        nameAgain(folder, how);
        folder.job(u"j"_s, R"("transaction": "run", "tables": [{"source": "orders", "target": "copies"}])", "two-way");
        const auto done = folder.json({u"run"_s, u"j.json"_s});
        QVERIFY2(done.exitCode == 0, done.said().constData());
        QCOMPARE(folder.sql(u"a.db"_s, "SELECT * FROM copies"), QStringList{u"1|one"_s});
        folder.sql(u"a.db"_s, "UPDATE copies SET note = 'two'; INSERT INTO orders VALUES (3, 'three')");
        QCOMPARE(folder.json({u"run"_s, u"j.json"_s}).exitCode, 0);
        QCOMPARE(folder.sql(u"a.db"_s, "SELECT * FROM orders"), (QStringList{u"1|two"_s, u"3|three"_s}));
        QCOMPARE(folder.sql(u"a.db"_s, "SELECT * FROM copies"), (QStringList{u"1|two"_s, u"3|three"_s}));
    }
};

QTEST_GUILESS_MAIN(TestCliSameFile)
#include "tst_clisamefile.moc"
