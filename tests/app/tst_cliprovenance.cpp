// SPDX-License-Identifier: GPL-3.0-or-later
// What decided a row is recorded with the run that wrote it, and told by the real command line, on SQLite files.

#include <memory>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray rows = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, qty INTEGER, best INTEGER, at TEXT);"
                        "INSERT INTO orders VALUES (1, 'one', 1, 5, '2026-01-01T00:00:00');";

} // namespace

class TestCliProvenance : public QObject
{
    Q_OBJECT

private:
    void job(const QByteArray &more, const char *mode = "two-way") const
    {
        m_folder->job(u"j"_s, R"("id": "6f1c0e0a-0000-4000-8000-000000000001", )" + more, mode);
    }
    CliFolder::Outcome run() const { return m_folder->json({u"run"_s, u"j.json"_s}); }
    void change(const QString &file, const QByteArray &what) const
    {
        QCOMPARE(m_folder->sql(file, "UPDATE orders SET " + what + " WHERE id = 1"), QStringList());
    }
    QJsonObject newest() const
    {
        return m_folder->json({u"history"_s, u"j.json"_s, u"--key"_s, u"id=1"_s})
            .json()
            .value("changes"_L1)
            .toArray()
            .at(0)
            .toObject();
    }
    QJsonValue decidedBy() const { return newest().value("decidedBy"_L1); }
    QByteArray told() const { return m_folder->run({u"history"_s, u"j.json"_s, u"--key"_s, u"id=1"_s}).out; }
    static QJsonObject policy(const QString &name, QJsonObject more = {})
    {
        more.insert(u"by"_s, u"policy"_s);
        more.insert(u"policy"_s, name);
        return more;
    }

    std::unique_ptr<CliFolder> m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<CliFolder>();
        m_folder->sql(u"a.db"_s, rows);
        m_folder->sql(u"b.db"_s, rows);
    }

    void namesThePolicy_data()
    {
        QTest::addColumn<QByteArray>("conflicts");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QJsonObject>("decided");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("source") << QByteArray(R"({"policy": "source"})") << u"target"_s << policy(u"source"_s)
                                << QByteArray("both sides had changed it; the policy “source” decided");
        QTest::newRow("target") << QByteArray(R"({"policy": "target"})") << u"source"_s << policy(u"target"_s)
                                << QByteArray("the policy “target” decided");
        QTest::newRow("newest") << QByteArray(R"({"policy": "newest", "column": "at"})") << u"source"_s
                                << policy(u"newest"_s, {{u"column"_s, u"at"_s}})
                                << QByteArray("the policy “newest” decided, by the column at");
    }
    void namesThePolicy()
    {
        QFETCH(QByteArray, conflicts);
        QFETCH(QString, written);
        QFETCH(QJsonObject, decided);
        QFETCH(QByteArray, words);
        job(R"("tables": "*", "conflicts": )" + conflicts);
        QCOMPARE(run().exitCode, 0);
        change(u"a.db"_s, "note = 'of a', at = '2026-01-02T00:00:00'");
        change(u"b.db"_s, "note = 'of b', at = '2026-01-03T00:00:00'");
        QCOMPARE(run().exitCode, 0);
        QCOMPARE(newest().value("written"_L1).toString(), written);
        QCOMPARE(decidedBy().toObject(), decided);
        QVERIFY2(told().contains(words), told().constData());
    }

    // The rules that decided a cell of this row, and no others.
    void namesTheRulesOfAMerge()
    {
        job(R"("conflicts": {"policy": "merge"}, "tables": [{"source": "orders", "columns": [
            {"source": "note", "rule": "source"}, {"source": "qty", "rule": "sum"},
            {"source": "best", "rule": "greatest"}]}])");
        QCOMPARE(run().exitCode, 0);
        change(u"a.db"_s, "qty = 4, best = 9, at = '2026-01-02T00:00:00'");
        change(u"b.db"_s, "qty = 6, best = 7, note = 'of b'");
        QCOMPARE(run().exitCode, 0);
        QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT note, qty, best FROM orders"), QStringList{u"of b|9|9"_s});
        QCOMPARE(decidedBy().toObject(),
                 policy(u"merge"_s, {{u"rules"_s, QJsonObject{{u"qty"_s, u"sum"_s}, {u"best"_s, u"greatest"_s}}}}));
        const QByteArray said = told();
        QVERIFY2(said.contains("the policy “merge” decided, cell by cell, and qty by “sum”, best by “greatest”"),
                 said.constData());
        change(u"a.db"_s, "note = 'of a'");
        change(u"b.db"_s, "qty = 1");
        QCOMPARE(run().exitCode, 0);
        QCOMPARE(decidedBy().toObject(), policy(u"merge"_s, {{u"rules"_s, QJsonObject()}}));
    }

    void namesTheFirstSync()
    {
        change(u"b.db"_s, "note = 'of b'");
        job(R"("tables": "*", "conflicts": {"policy": "ask", "first": "source"})");
        QCOMPARE(run().exitCode, 0);
        QCOMPARE(decidedBy().toObject(), policy(u"source"_s, {{u"first"_s, true}}));
        QVERIFY2(told().contains("when they first met; the policy “source” decided, as for the first sync"),
                 told().constData());
    }

    void namesWhoAnswered_data()
    {
        QTest::addColumn<QStringList>("said");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("source") << QStringList{u"--take"_s, u"source"_s} << u"source"_s
                                << QByteArray("answered: take the source");
        QTest::newRow("target") << QStringList{u"--take"_s, u"target"_s} << u"target"_s
                                << QByteArray("answered: take the target");
        QTest::newRow("row") << QStringList{u"--set"_s, u"note=of both"_s} << u"row"_s
                             << QByteArray("answered with a merged row");
    }
    void namesWhoAnswered()
    {
        QFETCH(QStringList, said);
        QFETCH(QString, answer);
        QFETCH(QByteArray, words);
        QProcess id;
        id.start(u"id"_s, {u"-un"_s});
        QVERIFY(id.waitForFinished());
        const QByteArray person = id.readAllStandardOutput().trimmed();
        job(R"("tables": "*")");
        QCOMPARE(run().exitCode, 0);
        change(u"a.db"_s, "note = 'of a'");
        change(u"b.db"_s, "note = 'of b'");
        QCOMPARE(run().exitCode, 1);
        const auto resolved = m_folder->json(QStringList{u"resolve"_s, u"j.json"_s, u"--all"_s} + said);
        QVERIFY2(resolved.exitCode == 0, resolved.said().constData());
        QCOMPARE(
            decidedBy().toObject(),
            (QJsonObject{{u"by"_s, u"person"_s}, {u"person"_s, QString::fromUtf8(person)}, {u"answer"_s, answer}}));
        const QByteArray expected = person + ' ' + words;
        QVERIFY2(told().contains(expected), told().constData());
    }

    // One way nobody had to decide, but where the newer row wins or a person was asked.
    void tellsOfOneWay()
    {
        job(R"("tables": "*")", "update");
        change(u"a.db"_s, "note = 'of a'");
        QCOMPARE(run().exitCode, 0);
        QVERIFY(newest().contains("decidedBy"_L1) && decidedBy().isNull());
        job(R"("tables": "*", "conflicts": {"policy": "newest", "column": "at"})", "update");
        change(u"a.db"_s, "note = 'newer', at = '2026-01-02T00:00:00'");
        QCOMPARE(run().exitCode, 0);
        QCOMPARE(decidedBy().toObject(), policy(u"newest"_s, {{u"column"_s, u"at"_s}}));
        job(R"("tables": "*", "conflicts": {"policy": "ask"})", "update");
        change(u"a.db"_s, "note = 'asked'");
        QCOMPARE(run().exitCode, 1);
        const auto resolved = m_folder->json({u"resolve"_s, u"j.json"_s, u"--all"_s, u"--take"_s, u"source"_s});
        QVERIFY2(resolved.exitCode == 0, resolved.said().constData());
        QCOMPARE(decidedBy().toObject().value("answer"_L1).toString(), u"source"_s);
        QVERIFY2(told().contains("the source had other values; "), told().constData());
    }

    // Where one side alone had changed the row, nobody had to decide, whatever the policy.
    void tellsOfNoneWhereNoneDecided()
    {
        job(R"("tables": "*", "conflicts": {"policy": "source"})");
        QCOMPARE(run().exitCode, 0);
        change(u"b.db"_s, "note = 'of b'");
        QCOMPARE(run().exitCode, 0);
        QCOMPARE(newest().value("written"_L1).toString(), u"source"_s);
        QVERIFY(newest().contains("decidedBy"_L1) && decidedBy().isNull());
        const auto undo = m_folder->run({u"undo"_s, newest().value("run"_L1).toString()});
        QVERIFY2(undo.exitCode == 0, undo.said().constData());
        QVERIFY(newest().contains("decidedBy"_L1) && decidedBy().isNull());
    }
};

QTEST_GUILESS_MAIN(TestCliProvenance)
#include "tst_cliprovenance.moc"
