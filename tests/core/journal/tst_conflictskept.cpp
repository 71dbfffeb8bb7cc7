// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>

#include "tests/core/journal/conflictsrig.h"

using namespace tidemark;

// How conflicts are listed and kept: pages, damage, other programs, older journals, and their end.
class TestConflictsKept : public QObject, private ConflictsRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void pages();
    void counts();
    void damagedOnesAreAbsent_data();
    void damagedOnesAreAbsent();
    void damagedOnesDoNotStay();
    void keepsTables();
    void twoPrograms();
    void upgradesAnOldJournal();
    void removesAJob();
    void purges();
};

void TestConflictsKept::pages()
{
    for (int number = 0; number < 12; ++number)
        QVERIFY(m_journal->meetConflicts(job, {someConflict(number, number % 3 == 0 ? u"lines"_s : table)}));
    const QList<Conflict> found = all();
    QCOMPARE(found.size(), 12);
    QVERIFY(m_journal->answerConflicts(job, {reply(found[1].id, ConflictAnswer::Skip)}, u"ann"_s, 1));
    QVERIFY(m_journal->answerConflicts(job, {reply(found[2].id, ConflictAnswer::Source)}, u"ann"_s, 1));
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(4)}, ConflictEnd::Settled, 1));
    const auto keys = [&](const ConflictFilter &filter) {
        QStringList numbers;
        const QList<Conflict> page = m_journal->conflicts(job, filter).value();
        for (const Conflict &conflict : page)
            numbers.append(conflict.keyText.section(u',', 0, 0));
        return numbers.join(u' ');
    };
    QCOMPARE(keys(ConflictFilter{{}, {}, 0, 5}), u"0 1 2 3 4"_s);
    QCOMPARE(keys(ConflictFilter{{}, {}, found[4].id, 5}), u"5 6 7 8 9"_s);
    QCOMPARE(keys(ConflictFilter{{}, {}, found[9].id, 5}), u"10 11"_s);
    QCOMPARE(keys(ConflictFilter{{}, {}, found[11].id, 1000}), QString());
    QCOMPARE(keys(ConflictFilter{{}, {}, 0, 0}), QString());
    QCOMPARE(keys(ConflictFilter{u"lines"_s, {}, 0, 1000}), u"0 3 6 9"_s);
    QCOMPARE(keys(ConflictFilter{table, {}, found[2].id, 3}), u"4 5 7"_s);
    QCOMPARE(keys(ConflictFilter{{}, {ConflictState::Open}, 0, 4}), u"0 3 5 6"_s);
    QCOMPARE(keys(ConflictFilter{table, {ConflictState::Skipped, ConflictState::Answered}, 0, 1000}), u"1 2"_s);
    QCOMPARE(keys(ConflictFilter{{}, {ConflictState::Closed}, 0, 1000}), u"4"_s);
    QCOMPARE(keys(ConflictFilter{u"none"_s, {}, 0, 1000}), QString());
}

void TestConflictsKept::counts()
{
    QVERIFY(m_journal->meetConflicts(
        job, {someConflict(1), someConflict(2), someConflict(3), someConflict(4), someConflict(1, u"lines"_s)}));
    const QList<Conflict> found = all();
    QCOMPARE(m_journal->conflictCount(job, {}).value(), 5);
    QVERIFY(m_journal->answerConflicts(job, {reply(found[0].id, ConflictAnswer::Skip)}, u"ann"_s, 1));
    QVERIFY(m_journal->answerConflicts(job, {reply(found[1].id, ConflictAnswer::Target)}, u"ann"_s, 1));
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(3)}, ConflictEnd::Settled, 1));
    QCOMPARE(m_journal->conflictCount(job, table).value(), 2); // one open, one answered
    QCOMPARE(m_journal->conflictCount(job, u"lines"_s).value(), 1);
    QCOMPARE(m_journal->conflictCount(job, {}).value(), 3);
    QCOMPARE(m_journal->conflictCount(u"another"_s, {}).value(), 0);
    const QList<ConflictCount> expected{{u"lines"_s, ConflictKind::BothUpdated, ConflictState::Open, 1},
                                        {table, ConflictKind::BothUpdated, ConflictState::Open, 1},
                                        {table, ConflictKind::BothUpdated, ConflictState::Answered, 1},
                                        {table, ConflictKind::BothUpdated, ConflictState::Skipped, 1}};
    QVERIFY(m_journal->conflictCounts(job).value() == expected);
    QVERIFY(m_journal->conflictCounts(u"another"_s).value().isEmpty());
}

void TestConflictsKept::damagedOnesAreAbsent_data()
{
    QTest::addColumn<QByteArray>("change");
    for (const char *const change : {"run = 'x'",
                                     "kind = 'differs'",
                                     "kind = 'unheard of'",
                                     "since_us = 7",
                                     "answer = 2",
                                     "answer = 77",
                                     "answered_us = 7",
                                     "answered_by = 'eve'",
                                     "ending = 1",
                                     "ending = 9",
                                     "closed_us = 7",
                                     "key_text = ''",
                                     "mapping_digest = x'00'",
                                     "source = x''",
                                     "target = x'01'",
                                     "base = x'01'",
                                     "row_for_source = x'01'",
                                     "row_for_target = x'01'",
                                     "checksum = checksum + 1",
                                     "state = 2",
                                     "state = 9"})
        QTest::newRow(change) << QByteArray(change);
}

void TestConflictsKept::damagedOnesAreAbsent()
{
    QFETCH(QByteArray, change);
    const Conflict before = inState(ConflictState::Open);
    QVERIFY(m_journal->meetConflicts(job, {someConflict(2)}));
    const QByteArray text = "UPDATE conflicts SET " + change + " WHERE id = " + QByteArray::number(before.id);
    sql(m_file, text.constData());
    QCOMPARE(only().keyText, u"2, ä"_s);
    QCOMPARE(m_journal->conflicts(job, ConflictFilter{table, {}, 0, 1}).value().size(), 1); // and does not end the page
    QCOMPARE(m_journal->answerConflicts(job, {reply(before.id, ConflictAnswer::Source)}, u"ann"_s, 1).value(), 0);
    // It stands in nobody's way.
    Conflict again = metAgain(1, ConflictState::Open);
    QVERIFY(m_journal->meetConflicts(job, {again}));
    const QList<Conflict> found = all();
    QCOMPARE(found.size(), 2);
    again.id = found.last().id;
    QVERIFY(again.id > before.id);
    QVERIFY(found.last() == again);
    QCOMPARE(m_journal->conflictCount(job, {}).value(), 2);
}

void TestConflictsKept::damagedOnesDoNotStay()
{
    const auto damage = [&] { sql(m_file, "UPDATE conflicts SET source = x'00'"); };
    QVERIFY(inState(ConflictState::Open).id > 0);
    damage();
    QVERIFY(m_journal->closeUnmet(job, table, u"r2"_s, 900));
    QCOMPARE(m_journal->conflictCount(job, {}).value(), 0);
    QVERIFY(inState(ConflictState::Open).id > 0);
    damage();
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(1)}, ConflictEnd::Settled, 900));
    QCOMPARE(m_journal->conflictCount(job, {}).value(), 0);
}

void TestConflictsKept::keepsTables()
{
    PlanTable layout = someLayout();
    QVERIFY(!m_journal->conflictTable(job, table).value());
    layout.report.conflicts = 7; // of one run, and not kept
    layout.planDigest = "p";
    layout.position = "w";
    QVERIFY(m_journal->saveConflictTable(job, table, layout));
    m_journal = opened(m_file);
    const auto kept = m_journal->conflictTable(job, table).value();
    QVERIFY(kept);
    QVERIFY(kept->columns == layout.columns);
    QVERIFY(kept->sourceLimits == layout.sourceLimits && kept->targetLimits == layout.targetLimits);
    QCOMPARE(kept->keyCount, 1);
    QCOMPARE(kept->comparedCount, 1);
    QCOMPARE(kept->mappingDigest, layout.mappingDigest);
    QCOMPARE(kept->report.source, u"orders"_s);
    QCOMPARE(kept->report.target, u"订单"_s);
    QCOMPARE(kept->report.conflicts, 0);
    QVERIFY(kept->planDigest.isEmpty() && kept->position.isEmpty());
    QVERIFY(!m_journal->conflictTable(u"another"_s, table).value());
    QVERIFY(!m_journal->conflictTable(job, u"lines"_s).value());
    layout.mappingDigest = "later";
    QVERIFY(m_journal->saveConflictTable(job, table, layout));
    QCOMPARE(m_journal->conflictTable(job, table).value()->mappingDigest, QByteArray("later"));
    sql(m_file, "UPDATE conflict_tables SET layout = replace(layout, 'note', 'nope')");
    QVERIFY(!m_journal->conflictTable(job, table).value());
    QVERIFY(m_journal->saveConflictTable(job, table, layout));
    QVERIFY(m_journal->conflictTable(job, table).value());
}

void TestConflictsKept::twoPrograms()
{
    const auto other = opened(m_file);
    QVERIFY(m_journal->meetConflicts(job, {someConflict(1)}));
    QVERIFY(other->meetConflicts(job, {metAgain(1, ConflictState::Open)}));
    const Conflict seen = only();
    QCOMPARE(seen.run, u"r2"_s);
    QCOMPARE(m_journal->answerConflicts(job, {reply(seen.id, ConflictAnswer::Source)}, u"ann"_s, 1).value(), 1);
    QCOMPARE(other->answerConflicts(job, {reply(seen.id, ConflictAnswer::Target)}, u"bob"_s, 2).value(), 0);
    QCOMPARE(other->conflicts(job, {}).value().first().answeredBy, u"ann"_s);
}

void TestConflictsKept::upgradesAnOldJournal()
{
    QVERIFY(m_journal->addRetries(job, table, {{keyBytes(1), RetryReason::Locked}}));
    m_journal.reset();
    sql(m_file,
        "DROP TABLE conflicts; DROP TABLE conflict_tables; DROP TABLE schedules; DROP TABLE schedule_slots;"
        "DROP TABLE reviews; DROP TABLE trust; PRAGMA user_version = 2");
    m_journal = opened(m_file);
    QVERIFY(m_journal);
    QVERIFY(QFile::exists(m_file + u".format-2"_s));
    QVERIFY(m_journal->retries(job, table).value() == (QList<RetryKey>{{keyBytes(1), RetryReason::Locked}}));
    QVERIFY(m_journal->meetConflicts(job, {someConflict(1)}));
    QVERIFY(m_journal->saveConflictTable(job, table, someLayout()));
    QCOMPARE(all().size(), 1);
}

void TestConflictsKept::removesAJob()
{
    for (const QString &id : {job, u"other"_s}) {
        QVERIFY(m_journal->meetConflicts(id, {someConflict(1), someConflict(2)}));
        QVERIFY(m_journal->closeConflicts(id, table, {keyBytes(2)}, ConflictEnd::Settled, 1));
        QVERIFY(m_journal->saveConflictTable(id, table, someLayout()));
    }
    const qint64 last = all(u"other"_s).last().id;
    QVERIFY(m_journal->removeJob(job));
    QCOMPARE(all().size(), 0);
    QVERIFY(!m_journal->conflictTable(job, table).value());
    QCOMPARE(all(u"other"_s).size(), 2);
    QVERIFY(m_journal->conflictTable(u"other"_s, table).value());
    // A name that people may have written down is never that of another conflict.
    QVERIFY(m_journal->removeJob(u"other"_s));
    QVERIFY(m_journal->meetConflicts(job, {someConflict(1)}));
    QVERIFY(only().id > last);
}

void TestConflictsKept::purges()
{
    QList<Conflict> many;
    for (int number = 0; number < 1500; ++number)
        many.append(someConflict(number));
    QVERIFY(m_journal->meetConflicts(job, many));
    QVERIFY(m_journal->meetConflicts(u"another"_s, {someConflict(1)}));
    QList<QByteArray> keys;
    for (int number = 0; number < 1498; ++number)
        keys.append(keyBytes(number));
    QVERIFY(m_journal->closeConflicts(job, table, keys, ConflictEnd::Settled, 10 * day));
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(1498)}, ConflictEnd::Settled, 11 * day));
    QVERIFY(m_journal->closeConflicts(u"another"_s, table, {keyBytes(1)}, ConflictEnd::Settled, day));
    QVERIFY(m_journal->purgeConflicts(job, 30, 40 * day));
    QCOMPARE(m_journal->conflicts(job, ConflictFilter{{}, {}, 0, 5000}).value().size(), 1500);
    QVERIFY(m_journal->purgeConflicts(job, 30, 40 * day + 1));
    const QList<Conflict> left = all();
    QCOMPARE(left.size(), 2);
    QCOMPARE(left.first().keyText, u"1498, ä"_s);
    QVERIFY(left.last().state == ConflictState::Open);
    QVERIFY(m_journal->purgeConflicts(job, 0, 100 * day));
    QVERIFY(only().state == ConflictState::Open); // however old it is
    QCOMPARE(all(u"another"_s).size(), 1);
}

QTEST_APPLESS_MAIN(TestConflictsKept)
#include "tst_conflictskept.moc"
