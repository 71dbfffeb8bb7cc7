// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checker.h"
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

// A two-way job writes to its source, too: what a run would meet there is told before.
class TestTwoWayCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSourceIsLookedAtAsATargetIs_data();
    void theSourceIsLookedAtAsATargetIs();
    void rulesHaveToFit_data();
    void rulesHaveToFit();
    void aReadOnlySideIsAProblem_data();
    void aReadOnlySideIsAProblem();
    void logsOfBothSidesAreToldOf();
    void oneTableIsNotTwo();
    void cleaningLeavesNothingAtEitherSide();
};

static QList<CheckItem> itemsOf(SqlPair &pair, const JobSettings &job, bool grants = false)
{
    Cancellation cancellation;
    const auto items = Runner(pair.connector, *pair.journal, pair.clock).check(job, cancellation, {false, grants});
    if (!items)
        qFatal("%s %s", qPrintable(codeName(items.error().code)), qPrintable(items.error().detail));
    return *items;
}

static QJsonObject twoWay(QJsonObject more = {})
{
    more[u"mode"_s] = u"two-way"_s;
    return more;
}

static QStringList remarksOf(const QList<CheckItem> &items)
{
    QStringList remarks;
    for (const CheckItem &item : items)
        if (item.code.startsWith("has-triggers"_L1) || item.code.startsWith("cascades"_L1))
            remarks << item.code + u' ' + item.detail;
    return remarks;
}

static QStringList problemsOf(const QList<CheckItem> &items)
{
    QStringList problems;
    for (const CheckItem &item : items)
        if (item.error)
            problems << codeName(item.error->code) + u' ' + item.error->facts.value(Fact::Column);
    return problems;
}

static bool says(const QList<CheckItem> &items, QLatin1StringView code)
{
    return std::any_of(items.begin(), items.end(), [code](const CheckItem &item) { return item.code == code; });
}

void TestTwoWayCheck::theSourceIsLookedAtAsATargetIs_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::newRow("SQLite") << Driver::Sqlite;
    QTest::newRow("PostgreSQL") << Driver::Postgres;
    QTest::newRow("MariaDB") << Driver::Mysql;
}

void TestTwoWayCheck::theSourceIsLookedAtAsATargetIs()
{
    QFETCH(Driver, driver);
    if (!Side::isAvailable(driver))
        QSKIP("no servers: TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
    SqlPair pair(driver, Driver::Sqlite);
    Side &source = pair.source;
    source.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(40))"_s);
    source.exec(u"CREATE TABLE notes (id INTEGER PRIMARY KEY, item INTEGER, "
                "FOREIGN KEY (item) REFERENCES items (id) ON DELETE CASCADE)"_s);
    source.exec(u"CREATE TABLE log (id INTEGER, text VARCHAR(40))"_s);
    if (driver == Driver::Postgres) {
        source.exec(u"CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN INSERT INTO log VALUES (NEW.id, NEW.name); RETURN NEW; END $$"_s);
        source.exec(u"CREATE TRIGGER keep_log AFTER INSERT ON items FOR EACH ROW EXECUTE FUNCTION remember()"_s);
    } else {
        const QString body = u"INSERT INTO log VALUES (NEW.id, NEW.name)"_s;
        source.exec(u"CREATE TRIGGER keep_log AFTER INSERT ON items FOR EACH ROW "_s
                    + (driver == Driver::Sqlite ? u"BEGIN "_s + body + u"; END"_s : body));
    }
    pair.target.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)"_s);
    source.reconnect();

    const QList<CheckItem> items = itemsOf(pair, pair.job(twoWay()), true);
    QCOMPARE(remarksOf(items), (QStringList{u"has-triggers-at-source keep_log"_s, u"cascades-at-source notes"_s}));
    QCOMPARE(problemsOf(items), QStringList());
    QVERIFY(says(items, "creates-checkpoint"_L1));
    QVERIFY(says(items, "creates-checkpoint-at-source"_L1));
    QVERIFY(!says(items, "missing-grant"_L1));
    // Where deletes are not passed on, nothing is deleted there.
    const QList<CheckItem> keeping = itemsOf(pair, pair.job(twoWay({{u"deletes"_s, u"ignore"_s}})));
    QCOMPARE(remarksOf(keeping), QStringList(u"has-triggers-at-source keep_log"_s));
    // A one-way job does nothing there.
    const QList<CheckItem> oneWay = itemsOf(pair, pair.job());
    QCOMPARE(remarksOf(oneWay), QStringList());
    QVERIFY(!says(oneWay, "creates-checkpoint-at-source"_L1));
}

void TestTwoWayCheck::rulesHaveToFit_data()
{
    QTest::addColumn<QString>("conflicts");
    QTest::addColumn<QString>("rule"); // of the column note
    QTest::addColumn<QStringList>("problems");
    QTest::addColumn<bool>("unused");
    const auto row = [](const char *name, const char *conflicts, const char *rule, const QStringList &problems,
                        bool unused = false) {
        QTest::newRow(name) << QString::fromLatin1(conflicts) << QString::fromLatin1(rule) << problems << unused;
    };
    row("nothing said", "{}", "", {});
    row("newest", R"({"policy": "newest", "column": "version"})", "", {});
    row("no such column", R"({"policy": "newest", "column": "changed"})", "", {u"no-such-column changed"_s});
    row("none at the target", R"({"policy": "newest", "column": {"source": "version", "target": "v"}})", "",
        {u"no-such-column v"_s});
    row("no time", R"({"policy": "newest", "column": "photo"})", "", {u"types-incompatible photo"_s});
    row("texts in a row", R"({"policy": "merge"})", "concatenate", {});
    row("sum of texts", R"({"policy": "merge"})", "sum", {u"types-incompatible note"_s});
    row("rule for the first time", R"({"first": "merge"})", "concatenate", {});
    row("rule without merging", R"({"policy": "source"})", "concatenate", {}, true);
}

void TestTwoWayCheck::rulesHaveToFit()
{
    QFETCH(QString, conflicts);
    QFETCH(QString, rule);
    QFETCH(bool, unused);
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    for (Side *side : {&pair.source, &pair.target})
        side->exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, note VARCHAR(40), version INTEGER, photo BLOB)"_s);
    QJsonObject column{{u"source"_s, u"note"_s}};
    if (!rule.isEmpty())
        column[u"rule"_s] = rule;
    const QJsonObject table{{u"source"_s, u"items"_s},
                            {u"columns"_s, QJsonArray{column}},
                            {u"conflicts"_s, QJsonDocument::fromJson(conflicts.toUtf8()).object()}};
    const QList<CheckItem> items = itemsOf(pair, pair.job(twoWay({{u"tables"_s, QJsonArray{table}}})));
    QTEST(problemsOf(items), "problems");
    QCOMPARE(says(items, "rules-without-merge"_L1), unused);
}

void TestTwoWayCheck::aReadOnlySideIsAProblem_data()
{
    QTest::addColumn<bool>("source");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<bool>("problem");
    QTest::newRow("two-way source") << true << u"two-way"_s << true;
    QTest::newRow("two-way target") << false << u"two-way"_s << true;
    QTest::newRow("one-way source") << true << u"mirror"_s << false;
    QTest::newRow("one-way target") << false << u"mirror"_s << true;
}

void TestTwoWayCheck::aReadOnlySideIsAProblem()
{
    QFETCH(bool, source);
    QFETCH(QString, mode);
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    for (Side *side : {&pair.source, &pair.target})
        side->exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY)"_s);
    JobSettings job = pair.job({{u"mode"_s, mode}});
    (source ? job.source : job.target).readOnly = true;
    QList<QString> named;
    for (const CheckItem &item : itemsOf(pair, job))
        if (item.error && item.error->code == ErrorCode::ReadOnly)
            named << item.error->facts.value(Fact::Connection);
    QFETCH(bool, problem);
    QCOMPARE(named, problem ? QList<QString>{(source ? job.source : job.target).label()} : QList<QString>());
}

void TestTwoWayCheck::logsOfBothSidesAreToldOf()
{
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    for (Side *side : {&pair.source, &pair.target})
        side->exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY)"_s);
    const QJsonObject byLog{{u"detect"_s, QJsonObject{{u"by"_s, u"log"_s}}}};
    const auto logs = [&](const JobSettings &job) {
        QStringList codes;
        for (const CheckItem &item : itemsOf(pair, job))
            if ((item.code.contains("log-"_L1) && !item.code.startsWith("log-cost"_L1))
                || item.code.startsWith("creates-log"_L1))
                codes << item.code;
        return codes;
    };
    QCOMPARE(logs(pair.job(twoWay(byLog))),
             (QStringList{u"log-absent"_s, u"creates-log"_s, u"log-absent-at-target"_s, u"creates-log-at-target"_s}));
    QCOMPARE(logs(pair.job(byLog)), (QStringList{u"log-absent"_s, u"creates-log"_s}));
}

void TestTwoWayCheck::oneTableIsNotTwo()
{
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    pair.source.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY)"_s);
    JobSettings job = pair.job(twoWay());
    job.target = job.source;
    QCOMPARE(problemsOf(itemsOf(pair, job)), QStringList(u"same-table "_s));
}

void TestTwoWayCheck::cleaningLeavesNothingAtEitherSide()
{
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    for (Side *side : {&pair.source, &pair.target}) {
        side->exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY)"_s);
        const auto session = pair.connector.open(side->settings, OpenOptions{true, nullptr});
        QVERIFY(session);
        QVERIFY((*session)->createCheckpointTable());
    }
    Cancellation cancellation;
    QVERIFY(Runner(pair.connector, *pair.journal, pair.clock).cleanJob(pair.job(twoWay()), cancellation));
    for (Side *side : {&pair.source, &pair.target})
        QCOMPARE(side->rows(u"SELECT name FROM sqlite_master WHERE name LIKE 'tidemark%'"_s), QStringList());
}

QTEST_GUILESS_MAIN(TestTwoWayCheck)
#include "tst_twowaycheck.moc"
