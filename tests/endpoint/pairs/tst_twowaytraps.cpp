// SPDX-License-Identifier: GPL-3.0-or-later
// What must never end in a silent overwrite, by each way to find changes: two-way jobs on tables, keys, journals and
// databases that are not what they were.
#include <QFile>

#include "tests/endpoint/pairs/logruns.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

// Five rows at both sides, in step.
struct TrapRig
{
    explicit TrapRig(const QString &by, const QString &key = u"INTEGER PRIMARY KEY"_s) : m_by(by)
    {
        for (Side *side : {&pair.source, &pair.target}) {
            side->exec(u"CREATE TABLE items (id %1, name TEXT, version BIGINT)"_s.arg(key));
            side->exec(u"INSERT INTO items VALUES (1, 'same', 1), (2, 'same', 2), (3, 'same', 3), (4, 'same', 4), "
                       "(5, 'same', 5)"_s);
        }
    }
    JobSettings job(const QJsonObject &more = {})
    {
        QJsonObject detect{{u"by"_s, m_by}};
        if (m_by == u"version"_s)
            detect = {{u"by"_s, m_by}, {u"column"_s, u"version"_s}, {u"overlap"_s, 0}};
        QJsonObject changes{{u"mode"_s, u"two-way"_s},
                            {u"detect"_s, detect},
                            {u"guard"_s, QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}}}};
        for (auto it = more.begin(); it != more.end(); ++it)
            changes[it.key()] = it.value();
        return pair.job(changes);
    }
    void settle(const JobSettings &job)
    {
        if (m_by == u"log"_s)
            installLogs(pair, job);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
        const RunReport quiet = pair.run(job);
        QCOMPARE(shown(quiet), u"completed +0 ~0 -0"_s);
        QCOMPARE(quiet.tables.first().identical.has_value(), m_by == u"hash"_s); // else it looks at few
    }
    void edit(Side &side, int id, const QString &name)
    {
        side.exec(u"UPDATE items SET name = '%1', version = %2 WHERE id = %3"_s.arg(name).arg(++m_version).arg(id));
    }
    static QString name(Side &side, int id)
    {
        return side.rows(u"SELECT name FROM items WHERE id = %1"_s.arg(id)).join(u'+');
    }
    QStringList both()
    {
        const QString all = u"SELECT * FROM items ORDER BY id, name"_s;
        return pair.source.rows(all) + pair.target.rows(all);
    }
    Side &side(bool atTarget) { return atTarget ? pair.target : pair.source; }
    void thisWeek(const JobSettings &job) // both agree on another row 1, and on the end of row 2
    {
        edit(pair.source, 1, u"this week"_s);
        pair.target.exec(u"DELETE FROM items WHERE id = 2"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~1 -1"_s);
    }

    SqlPair pair{Driver::Sqlite, Driver::Sqlite};

private:
    QString m_by;
    int m_version = 10;
};

void addWays()
{
    QTest::addColumn<QString>("by");
    for (const char *by : {"hash", "version", "log"})
        QTest::newRow(by) << QString::fromLatin1(by);
}

void addWaysAndSides()
{
    QTest::addColumn<QString>("by");
    QTest::addColumn<bool>("atTarget");
    for (const char *by : {"hash", "version", "log"}) {
        QTest::addRow("%s, source", by) << QString::fromLatin1(by) << false;
        QTest::addRow("%s, target", by) << QString::fromLatin1(by) << true;
    }
}

void changeByte(const QString &path, qint64 offset)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(offset));
    char byte = 0;
    QVERIFY(file.getChar(&byte) && file.seek(offset) && file.putChar(char(byte ^ 0x10)));
}

} // namespace

class TestTwoWayTraps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothSidesTheSameTable_data() { addWays(); }
    void bothSidesTheSameTable();
    void aKeyThatIsNotUnique_data() { addWaysAndSides(); }
    void aKeyThatIsNotUnique();
    void keysThatOneSideEquates_data() { addWaysAndSides(); }
    void keysThatOneSideEquates();
    void aBaseOfAnotherMapping_data() { addWays(); }
    void aBaseOfAnotherMapping();
    void aHarmedJournal_data();
    void aHarmedJournal();
    void aDatabaseOfLastWeek_data() { addWaysAndSides(); }
    void aDatabaseOfLastWeek();
    void anotherProcessRunsTheJob_data() { addWays(); }
    void anotherProcessRunsTheJob();
};

void TestTwoWayTraps::bothSidesTheSameTable()
{
    QFETCH(QString, by);
    TrapRig rig(by);
    JobSettings job = rig.job();
    job.target = job.source;
    const QStringList before = rig.both();
    const RunReport report = rig.pair.run(job);
    QCOMPARE(codeName(report.tables.first().error->code), codeName(ErrorCode::SameTable));
    QCOMPARE(report.exitCode(), 4);
    QCOMPARE(rig.both(), before);
}

// Which of the two rows is the key's? A write by it would be one to both.
void TestTwoWayTraps::aKeyThatIsNotUnique()
{
    QFETCH(QString, by);
    QFETCH(bool, atTarget);
    TrapRig rig(by, u"INTEGER NOT NULL"_s);
    const JobSettings job =
        rig.job({{u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"items"_s}, {u"key"_s, QJsonArray{u"id"_s}}}}}});
    rig.settle(job);
    if (QTest::currentTestFailed())
        return;
    rig.side(atTarget).exec(u"INSERT INTO items VALUES (3, 'second', 20)"_s);
    for (const bool edited : {false, true}) {
        if (edited)
            rig.edit(rig.side(!atTarget), 3, u"edited"_s);
        const QStringList before = rig.both();
        const RunReport report = rig.pair.run(job);
        QVERIFY2(report.tables.first().error, qPrintable(shown(report)));
        QCOMPARE(codeName(report.tables.first().error->code), codeName(ErrorCode::KeyNotUnique));
        QVERIFY(report.tables.first().error->facts.value(Fact::Key).contains(u'3'));
        QCOMPARE(report.exitCode(), 4);
        QCOMPARE(rig.both(), before);
    }
    rig.side(atTarget).exec(u"DELETE FROM items WHERE name = 'second'"_s);
    QCOMPARE(shown(rig.pair.run(job)), u"completed +0 ~1 -0"_s);
}

void TestTwoWayTraps::keysThatOneSideEquates()
{
    QFETCH(QString, by);
    QFETCH(bool, atTarget);
    TrapRig rig(by);
    for (const bool equates : {true, false}) {
        Side &side = rig.side(equates == atTarget);
        side.exec(u"CREATE TABLE words (word TEXT %1 PRIMARY KEY, n INTEGER, version BIGINT)"_s.arg(
            equates ? u"COLLATE NOCASE"_s : QString()));
        side.exec(u"INSERT INTO words VALUES ('abc', 1, 1), ('xyz', 2, 2)"_s);
    }
    const JobSettings job = rig.job({{u"tables"_s, QJsonArray{u"words"_s}}});
    rig.settle(job);
    if (QTest::currentTestFailed())
        return;
    const QString content = u"SELECT word, n FROM words ORDER BY n"_s;
    Side &exact = rig.side(!atTarget);
    Side &lax = rig.side(atTarget);
    exact.exec(u"INSERT INTO words VALUES ('ABC', 3, 3)"_s);
    exact.exec(u"UPDATE words SET n = 20, version = 4 WHERE word = 'xyz'"_s);
    RunReport report = rig.pair.run(job);
    QCOMPARE(shown(report), u"needs-attention +0 ~1 -0"_s);
    QCOMPARE(report.tables.first().quarantined, 1);
    QCOMPARE(codeName(rig.pair.journal->asideRows(job.id, {}, 0, 10).value().first().error.code),
             codeName(ErrorCode::KeyCollision));
    QCOMPARE(lax.rows(content), QStringList({u"abc|1"_s, u"xyz|20"_s}));
    report = rig.pair.run(job);
    QCOMPARE(shown(report), u"needs-attention +0 ~0 -0"_s);
    QCOMPARE(report.tables.first().quarantined, 1);
    // The other one goes: still neither written nor deleted where both are one, until somebody makes room.
    exact.exec(u"DELETE FROM words WHERE word = 'abc'"_s);
    QCOMPARE(rig.pair.run(job).state, RunState::NeedsAttention);
    QCOMPARE(lax.rows(content), QStringList({u"abc|1"_s, u"xyz|20"_s}));
    lax.exec(u"DELETE FROM words WHERE word = 'abc'"_s);
    QCOMPARE(shown(rig.pair.run(job)), u"completed +1 ~0 -0"_s);
    QCOMPARE(lax.rows(content), QStringList({u"ABC|3"_s, u"xyz|20"_s}));
    QCOMPARE(exact.rows(content), lax.rows(content));
    QCOMPARE(shown(rig.pair.run(job)), u"completed +0 ~0 -0"_s);
}

// What was no part of the job is not in the base: a difference there is nobody's edit.
void TestTwoWayTraps::aBaseOfAnotherMapping()
{
    QFETCH(QString, by);
    TrapRig rig(by);
    const QJsonObject without{{u"source"_s, u"name"_s}, {u"target"_s, QJsonValue()}};
    const JobSettings narrow = rig.job(
        {{u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"items"_s}, {u"columns"_s, QJsonArray{without}}}}}});
    rig.settle(narrow);
    if (QTest::currentTestFailed())
        return;
    rig.pair.source.exec(u"UPDATE items SET name = 'source' WHERE id = 1"_s);
    rig.pair.target.exec(u"UPDATE items SET name = 'target' WHERE id = 1"_s);
    (void)rig.pair.run(narrow); // a log names the row, and it is in step
    const QStringList before = rig.both();
    const RunReport report = rig.pair.run(rig.job());
    QCOMPARE(shown(report), u"needs-attention +0 ~0 -0"_s);
    QCOMPARE(report.tables.first().conflicts, 1);
    QVERIFY(report.tables.first().identical); // whole
    QCOMPARE(rig.both(), before);
}

void TestTwoWayTraps::aHarmedJournal_data()
{
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("harm");
    for (const char *by : {"hash", "version", "log"}) {
        for (const char *harm : {"deleted", "truncated", "of last week", "of last week with its base"})
            QTest::addRow("%s, %s", by, harm) << QString::fromLatin1(by) << QString::fromLatin1(harm);
        for (int part = 0; part < 8; ++part)
            QTest::addRow("%s, a bit in part %d", by, part) << QString::fromLatin1(by) << QString::number(part);
    }
}

void TestTwoWayTraps::aHarmedJournal()
{
    QFETCH(QString, by);
    QFETCH(QString, harm);
    TrapRig rig(by);
    const JobSettings job = rig.job();
    rig.settle(job);
    if (QTest::currentTestFailed())
        return;
    const QString path = rig.pair.path(u"journal.db"_s);
    const QString base = rig.pair.path(u"base/"_s + job.id + u".db"_s);
    rig.pair.journal.reset();
    QVERIFY(QFile::copy(path, path + u".old"_s) && QFile::copy(base, base + u".old"_s));
    rig.pair.journal = std::move(*Journal::open(path));
    rig.thisWeek(job);
    if (QTest::currentTestFailed())
        return;
    rig.pair.journal.reset();
    const qint64 size = QFile(path).size();
    if (harm == u"truncated"_s) {
        QVERIFY(QFile::resize(path, size / 2));
    } else if (bool isBit = false; harm.toInt(&isBit), isBit) {
        changeByte(path, size * (2 * harm.toInt() + 1) / 16);
    } else {
        QVERIFY(QFile::remove(path));
        QVERIFY(harm == u"deleted"_s || QFile::copy(path + u".old"_s, path));
    }
    if (harm.endsWith(u"base"_s))
        QVERIFY(QFile::remove(base) && QFile::copy(base + u".old"_s, base));
    rig.edit(rig.pair.source, 3, u"one"_s);
    rig.edit(rig.pair.target, 3, u"two"_s);
    rig.edit(rig.pair.source, 4, u"edited"_s);
    auto journal = Journal::open(path);
    if (!journal) { // and nothing runs
        QCOMPARE(codeName(journal.error().code), codeName(ErrorCode::DatabaseDamaged));
        QVERIFY(harm == u"truncated"_s || harm.size() == 1);
        return;
    }
    rig.pair.journal = std::move(*journal);
    const RunReport report = rig.pair.run(job);
    const std::string said = shown(report).toStdString();
    // Nobody's value is lost, and the row that both lost stays away.
    QVERIFY2(TrapRig::name(rig.pair.source, 3) == u"one"_s && TrapRig::name(rig.pair.target, 3) == u"two"_s,
             said.c_str());
    QVERIFY2(TrapRig::name(rig.pair.source, 4) == u"edited"_s, said.c_str());
    for (Side *side : {&rig.pair.source, &rig.pair.target}) {
        QVERIFY2(TrapRig::name(*side, 1) == u"this week"_s, said.c_str());
        QVERIFY2(TrapRig::name(*side, 2).isEmpty(), said.c_str());
    }
    // It either says what is wrong, or has found what there is to ask.
    QVERIFY2(report.state == RunState::NeedsAttention || report.state == RunState::Failed, said.c_str());
    if (report.state == RunState::Failed)
        QVERIFY2(report.error || report.tables.first().error, said.c_str());
    else
        QVERIFY2(report.tables.first().conflicts > 0, said.c_str());
}

void TestTwoWayTraps::aDatabaseOfLastWeek()
{
    QFETCH(QString, by);
    QFETCH(bool, atTarget);
    TrapRig rig(by);
    const JobSettings job = rig.job();
    rig.settle(job);
    if (QTest::currentTestFailed())
        return;
    Side &restored = rig.side(atTarget);
    Side &other = rig.side(!atTarget);
    const QString file = restored.settings.database;
    restored.reconnect();
    QVERIFY(QFile::copy(file, file + u".old"_s));
    rig.thisWeek(job);
    if (QTest::currentTestFailed())
        return;
    restored.reconnect();
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s})
        QFile::remove(file + suffix);
    QVERIFY(QFile::copy(file + u".old"_s, file));
    const RunReport report = rig.pair.run(job);
    QCOMPARE(report.state, RunState::NeedsAttention);
    QCOMPARE(report.tables.first().conflicts, 1);
    QVERIFY(report.tables.first().identical); // whole
    QCOMPARE(report.totals().updates + report.totals().deletes, 0);
    QCOMPARE(TrapRig::name(other, 1), u"this week"_s);
    QCOMPARE(TrapRig::name(restored, 1), u"same"_s);
}

void TestTwoWayTraps::anotherProcessRunsTheJob()
{
    QFETCH(QString, by);
    TrapRig rig(by);
    const JobSettings job = rig.job();
    rig.settle(job);
    if (QTest::currentTestFailed())
        return;
    rig.edit(rig.pair.source, 1, u"edited"_s);
    const QStringList before = rig.both();
    {
        Cancellation cancellation;
        const auto session = rig.pair.connector.open(job.target, OpenOptions{true, &cancellation});
        QVERIFY(session && (*session)->tryJobLock(job.id).value_or(false));
        const RunReport report = rig.pair.run(job);
        QCOMPARE(report.state, RunState::Busy);
        QCOMPARE(report.exitCode(), 5);
        QCOMPARE(rig.both(), before);
    }
    QCOMPARE(shown(rig.pair.run(job)), u"completed +0 ~1 -0"_s);
}

QTEST_GUILESS_MAIN(TestTwoWayTraps)
#include "tst_twowaytraps.moc"
