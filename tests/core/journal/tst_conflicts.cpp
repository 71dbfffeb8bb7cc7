// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/journal/planfile.h"
#include "tests/core/journal/somejournal.h"

using namespace tidemark;

Q_DECLARE_METATYPE(tidemark::ConflictState)
Q_DECLARE_METATYPE(tidemark::ConflictAnswer)
Q_DECLARE_METATYPE(tidemark::ConflictEnd)

namespace {

constexpr qint64 day = 86'400'000'000;

Conflict someConflict(int number, const QString &of = table)
{
    Conflict conflict;
    conflict.table = of;
    conflict.key = keyBytes(number);
    conflict.keyText = QString::number(number) + u", ä"_s;
    conflict.kind = ConflictKind::BothUpdated;
    conflict.source = QByteArray("\0source", 7);
    conflict.target = "target";
    conflict.base = QByteArray("base\0", 5);
    conflict.mappingDigest = "m";
    conflict.run = u"r1"_s;
    conflict.sinceUs = 100 + number;
    return conflict;
}

// Met by a later run, which saw something else.
Conflict metAgain(int number, ConflictState state)
{
    Conflict conflict = someConflict(number);
    conflict.kind = ConflictKind::UpdatedAndDeleted;
    conflict.keyText = u"another"_s;
    conflict.source = {};
    conflict.target = "moved";
    conflict.base = {};
    conflict.mappingDigest = "n";
    conflict.run = u"r2"_s;
    conflict.sinceUs = 999;
    conflict.state = state;
    return conflict;
}

ConflictReply reply(qint64 id, ConflictAnswer answer)
{
    ConflictReply reply{id, answer, {}, {}};
    if (answer == ConflictAnswer::Row) {
        reply.rowForSource = "for source";
        reply.rowForTarget = QByteArray("\0for target", 11);
    }
    return reply;
}

PlanTable someLayout()
{
    PlanTable layout;
    layout.report.source = u"orders"_s;
    layout.report.target = u"订单"_s;
    layout.columns = {{u"id"_s, u"ID"_s, {CellKind::Integer}, true}, {u"note"_s, u"Note"_s, {CellKind::Text}, false}};
    layout.keyCount = 1;
    layout.comparedCount = 1;
    layout.mappingDigest = QByteArray("\0digest", 7);
    CellLimits narrow; // of a small integer that is never NULL
    narrow.nullable = false;
    narrow.bytes = 2;
    CellLimits list;
    list.words = {u"a"_s, u"乌"_s};
    list.length = 3;
    list.digits = 4;
    list.isUnsigned = true;
    layout.sourceLimits = {narrow, {}};
    layout.targetLimits = {{}, list};
    return layout;
}

} // namespace

class TestConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opens();
    void meetsAgain_data();
    void meetsAgain();
    void keepsWhatWasAnsweredMeanwhile_data();
    void keepsWhatWasAnsweredMeanwhile();
    void meetsAfterItWasClosed();
    void meetsAsAnsweredWhatIsNoMore();
    void answers_data();
    void answers();
    void answersWhatWasShown();
    void replacesAnAnswer();
    void withdraws();
    void closes_data();
    void closes();
    void closesManyUnmet();
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

private:
    // Conflict 1, brought into this state, as it is stored.
    Conflict inState(ConflictState state);
    QList<Conflict> all(const QString &id = job) { return m_journal->conflicts(id, {}).value(); }
    Conflict only()
    {
        const QList<Conflict> found = all();
        return found.size() == 1 ? found.first() : Conflict();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::unique_ptr<Journal> m_journal;
};

void TestConflicts::init()
{
    m_journal.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"journal.db"_s);
    m_journal = opened(m_file);
    QVERIFY(m_journal);
}

Conflict TestConflicts::inState(ConflictState state)
{
    if (!m_journal->meetConflicts(job, {someConflict(1)}))
        return {};
    const qint64 id = only().id;
    if (state == ConflictState::Answered)
        (void)m_journal->answerConflicts(job, {reply(id, ConflictAnswer::Row)}, u"ann"_s, 500);
    if (state == ConflictState::Skipped)
        (void)m_journal->answerConflicts(job, {reply(id, ConflictAnswer::Skip)}, u"ann"_s, 500);
    if (state == ConflictState::Closed)
        (void)m_journal->closeConflicts(job, table, {keyBytes(1)}, ConflictEnd::Settled, 600);
    return only();
}

void TestConflicts::opens()
{
    QVERIFY(m_journal->meetConflicts(job, {}));
    Conflict bare; // nothing is known but one side
    bare.table = table;
    bare.target = "t";
    bare.kind = ConflictKind::InDoubt;
    QVERIFY(m_journal->meetConflicts(job, {someConflict(2), someConflict(1), someConflict(1, u"lines"_s), bare}));
    QVERIFY(m_journal->meetConflicts(u"another"_s, {someConflict(1)}));
    const QList<Conflict> found = opened(m_file)->conflicts(job, {}).value();
    QCOMPARE(found.size(), 4);
    QList<Conflict> expected = {someConflict(2), someConflict(1), someConflict(1, u"lines"_s), bare};
    for (qsizetype i = 0; i < found.size(); ++i) {
        QVERIFY(found.at(i).id > (i == 0 ? 0 : found.at(i - 1).id));
        expected[i].id = found.at(i).id;
        QVERIFY(found.at(i) == expected.at(i));
    }
    QCOMPARE(all(u"another"_s).size(), 1);
}

void TestConflicts::meetsAgain_data()
{
    QTest::addColumn<ConflictState>("was");
    QTest::addColumn<ConflictState>("met");
    QTest::addColumn<bool>("opens"); // with fresh pictures, and no answer
    const auto add = [](const char *name, ConflictState was, ConflictState met, bool opens) {
        QTest::newRow(name) << was << met << opens;
    };
    add("open, open", ConflictState::Open, ConflictState::Open, true);
    add("open, answered", ConflictState::Open, ConflictState::Answered, false);
    add("open, skipped", ConflictState::Open, ConflictState::Skipped, false);
    add("answered, open", ConflictState::Answered, ConflictState::Open, true);
    add("answered, answered", ConflictState::Answered, ConflictState::Answered, false);
    add("answered, skipped", ConflictState::Answered, ConflictState::Skipped, false);
    add("skipped, open", ConflictState::Skipped, ConflictState::Open, true);
    add("skipped, answered", ConflictState::Skipped, ConflictState::Answered, false);
    add("skipped, skipped", ConflictState::Skipped, ConflictState::Skipped, false);
}

void TestConflicts::meetsAgain()
{
    QFETCH(ConflictState, was);
    QFETCH(ConflictState, met);
    QFETCH(bool, opens);
    const Conflict before = inState(was);
    QVERIFY(before.state == was);
    const Conflict again = metAgain(1, met);
    QVERIFY(m_journal->meetConflicts(job, {again}));
    Conflict expected = before;
    if (opens) {
        expected = again;
        expected.id = before.id;
        expected.sinceUs = before.sinceUs;
    }
    expected.run = again.run;
    m_journal = opened(m_file);
    QVERIFY(only() == expected);
    QVERIFY(m_journal->meetConflicts(job, {again})); // once more in the same run
    QVERIFY(only() == expected);
}

// A run has read the conflict as open; until it says so, a person answers.
void TestConflicts::keepsWhatWasAnsweredMeanwhile_data()
{
    QTest::addColumn<ConflictState>("was");
    QTest::addColumn<QString>("moved"); // of the pictures
    QTest::addColumn<bool>("stays");
    for (const ConflictState was : {ConflictState::Answered, ConflictState::Skipped}) {
        const QByteArray name = was == ConflictState::Answered ? "answered" : "skipped";
        QTest::newRow(QByteArray(name + ", nothing moved").constData()) << was << QString() << true;
        for (const char *moved : {"source", "target", "base", "kind", "mapping", "carried out"})
            QTest::newRow(QByteArray(name + ", " + moved).constData()) << was << QString::fromLatin1(moved) << false;
    }
}

void TestConflicts::keepsWhatWasAnsweredMeanwhile()
{
    QFETCH(ConflictState, was);
    QFETCH(QString, moved);
    QFETCH(bool, stays);
    const Conflict before = inState(was);
    Conflict found = someConflict(1);
    found.run = u"later"_s;
    if (moved == "source"_L1)
        found.source += 'x';
    else if (moved == "target"_L1)
        found.target += 'x';
    else if (moved == "base"_L1)
        found.base += 'x';
    else if (moved == "kind"_L1)
        found.kind = ConflictKind::InDoubt;
    else if (moved == "mapping"_L1)
        found.mappingDigest += 'x';
    else if (moved == "carried out"_L1)
        found.answer = before.answer;
    QVERIFY(m_journal->meetConflicts(job, {found}));
    m_journal = opened(m_file);
    const Conflict now = only();
    QCOMPARE(now.id, before.id);
    QCOMPARE(now.run, u"later"_s); // met: it is not closed as gone
    QVERIFY(now.state == (stays ? was : ConflictState::Open));
    QVERIFY(now.answer == (stays ? before.answer : ConflictAnswer::None));
    QCOMPARE(now.answeredBy, stays ? u"ann"_s : QString());
    QCOMPARE(now.rowForSource, stays ? before.rowForSource : QByteArray());
}

void TestConflicts::meetsAfterItWasClosed()
{
    for (const ConflictState met : {ConflictState::Open, ConflictState::Answered, ConflictState::Skipped}) {
        init();
        const Conflict closed = inState(ConflictState::Closed);
        QVERIFY(m_journal->meetConflicts(job, {metAgain(1, met)}));
        const QList<Conflict> found = all();
        QCOMPARE(found.size(), 2);
        QVERIFY(found.first() == closed);
        Conflict fresh = metAgain(1, ConflictState::Open); // its record is no more: asked again
        fresh.id = found.last().id;
        QVERIFY(found.last() == fresh);
    }
}

void TestConflicts::meetsAsAnsweredWhatIsNoMore()
{
    Conflict nothing = someConflict(1);
    nothing.state = ConflictState::Answered;
    nothing.source = {};
    nothing.target = {};
    QVERIFY(m_journal->meetConflicts(job, {nothing}));
    QCOMPARE(all().size(), 0);
}

void TestConflicts::answers_data()
{
    QTest::addColumn<ConflictState>("was");
    QTest::addColumn<ConflictAnswer>("answer");
    QTest::addColumn<bool>("taken");
    const auto add = [](const char *name, ConflictState was, ConflictAnswer answer, bool taken) {
        QTest::newRow(name) << was << answer << taken;
    };
    add("open, source", ConflictState::Open, ConflictAnswer::Source, true);
    add("open, target", ConflictState::Open, ConflictAnswer::Target, true);
    add("open, row", ConflictState::Open, ConflictAnswer::Row, true);
    add("open, skip", ConflictState::Open, ConflictAnswer::Skip, true);
    add("open, nothing", ConflictState::Open, ConflictAnswer::None, false);
    add("skipped, source", ConflictState::Skipped, ConflictAnswer::Source, true);
    add("skipped, skip", ConflictState::Skipped, ConflictAnswer::Skip, true);
    add("skipped, taken back", ConflictState::Skipped, ConflictAnswer::None, true);
    add("answered, source", ConflictState::Answered, ConflictAnswer::Source, false);
    add("answered, skip", ConflictState::Answered, ConflictAnswer::Skip, false);
    add("answered, taken back", ConflictState::Answered, ConflictAnswer::None, true);
    add("closed, taken back", ConflictState::Closed, ConflictAnswer::None, false);
    add("closed, source", ConflictState::Closed, ConflictAnswer::Source, false);
}

void TestConflicts::answers()
{
    QFETCH(ConflictState, was);
    QFETCH(ConflictAnswer, answer);
    QFETCH(bool, taken);
    const Conflict before = inState(was);
    const ConflictReply given = reply(before.id, answer);
    QCOMPARE(m_journal->answerConflicts(job, {given, reply(before.id + 7, answer)}, u"bob"_s, 700).value(),
             taken ? 1 : 0);
    QCOMPARE(m_journal->answerConflicts(u"another"_s, {given}, u"eve"_s, 800).value(), 0);
    Conflict expected = before;
    if (taken) {
        expected.state = answer == ConflictAnswer::Skip ? ConflictState::Skipped
            : answer == ConflictAnswer::None            ? ConflictState::Open
                                                        : ConflictState::Answered;
        expected.answer = answer;
        expected.rowForSource = given.rowForSource;
        expected.rowForTarget = given.rowForTarget;
        expected.answeredBy = answer == ConflictAnswer::None ? QString() : u"bob"_s;
        expected.answeredUs = answer == ConflictAnswer::None ? 0 : 700;
    }
    m_journal = opened(m_file);
    QVERIFY(only() == expected);
}

void TestConflicts::answersWhatWasShown()
{
    const Conflict shown = inState(ConflictState::Open);
    ConflictReply given = reply(shown.id, ConflictAnswer::Source);
    given.shown = picturesPrint(shown);
    QVERIFY(m_journal->meetConflicts(job, {metAgain(1, ConflictState::Open)})); // a run was faster
    QVERIFY(picturesPrint(only()) != given.shown);
    QCOMPARE(m_journal->answerConflicts(job, {given}, u"ann"_s, 700).value(), 0);
    QCOMPARE(only().state, ConflictState::Open);
    given.shown = picturesPrint(only());
    QCOMPARE(m_journal->answerConflicts(job, {given}, u"ann"_s, 700).value(), 1);
    QCOMPARE(picturesPrint(only()), given.shown); // an answer is no picture
}

void TestConflicts::replacesAnAnswer()
{
    const Conflict before = inState(ConflictState::Answered);
    for (const ConflictAnswer answer : {ConflictAnswer::Source, ConflictAnswer::Row, ConflictAnswer::Skip}) {
        ConflictReply given = reply(before.id, answer);
        given.shown = picturesPrint(before);
        QCOMPARE(m_journal->answerConflicts(job, {given}, u"bob"_s, 700).value(), 1);
        m_journal = opened(m_file);
        QCOMPARE(only().answer, answer);
        QCOMPARE(only().rowForTarget, given.rowForTarget);
        QCOMPARE(only().answeredBy, u"bob"_s);
    }
}

void TestConflicts::withdraws()
{
    QVERIFY(m_journal->meetConflicts(job, {someConflict(1), someConflict(2), someConflict(3), someConflict(4)}));
    const QList<Conflict> before = all();
    QList<qint64> ids;
    for (const Conflict &conflict : before)
        ids << conflict.id;
    QVERIFY(m_journal->answerConflicts(job, {reply(ids[0], ConflictAnswer::Row), reply(ids[1], ConflictAnswer::Skip)},
                                       u"ann"_s, 1));
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(3)}, ConflictEnd::Settled, 1));
    const Conflict closed = all().at(2);
    QCOMPARE(m_journal->withdrawAnswers(u"another"_s, ids).value(), 0);
    QCOMPARE(m_journal->withdrawAnswers(job, ids).value(), 2);
    m_journal = opened(m_file);
    QVERIFY(all() == (QList<Conflict>{before[0], before[1], closed, before[3]}));
}

void TestConflicts::closes_data()
{
    QTest::addColumn<ConflictState>("was");
    QTest::addColumn<ConflictEnd>("unmet");
    QTest::newRow("open") << ConflictState::Open << ConflictEnd::Settled;
    QTest::newRow("answered") << ConflictState::Answered << ConflictEnd::Answered;
    QTest::newRow("skipped") << ConflictState::Skipped << ConflictEnd::Settled;
}

void TestConflicts::closes()
{
    QFETCH(ConflictState, was);
    QFETCH(ConflictEnd, unmet);
    Conflict before = inState(was);
    QVERIFY(m_journal->closeUnmet(job, table, u"r1"_s, 900)); // it was met
    QVERIFY(m_journal->closeUnmet(job, u"lines"_s, u"r2"_s, 900));
    QVERIFY(m_journal->closeUnmet(u"another"_s, table, u"r2"_s, 900));
    QVERIFY(m_journal->closeConflicts(job, u"lines"_s, {keyBytes(1)}, ConflictEnd::Answered, 900));
    QVERIFY(m_journal->closeConflicts(u"another"_s, table, {keyBytes(1)}, ConflictEnd::Answered, 900));
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(2)}, ConflictEnd::Answered, 900));
    QVERIFY(only() == before);
    QVERIFY(m_journal->closeUnmet(job, table, u"r2"_s, 900));
    before.state = ConflictState::Closed;
    before.end = unmet;
    before.closedUs = 900;
    QVERIFY(only() == before);
    QVERIFY(m_journal->closeUnmet(job, table, u"r3"_s, 950)); // is closed once
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(1)}, ConflictEnd::Answered, 950));
    QVERIFY(only() == before);
    init();
    before = inState(was);
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(1), keyBytes(2)}, ConflictEnd::Answered, 901));
    before.state = ConflictState::Closed;
    before.end = ConflictEnd::Answered;
    before.closedUs = 901;
    QVERIFY(only() == before);
}

void TestConflicts::closesManyUnmet()
{
    QList<Conflict> many;
    for (int number = 0; number < 2500; ++number)
        many.append(someConflict(number));
    QVERIFY(m_journal->meetConflicts(job, many));
    QList<Conflict> met = {many.at(1000), many.at(2499)};
    met[0].run = met[1].run = u"r2"_s;
    QVERIFY(m_journal->meetConflicts(job, met));
    QVERIFY(m_journal->closeUnmet(job, table, u"r2"_s, 900));
    const auto open = m_journal->conflicts(job, ConflictFilter{{}, {ConflictState::Open}, 0, 1000}).value();
    QCOMPARE(open.size(), 2);
    QCOMPARE(open.first().key, keyBytes(1000));
    QCOMPARE(open.last().key, keyBytes(2499));
    QCOMPARE(m_journal->conflicts(job, ConflictFilter{{}, {ConflictState::Closed}, 0, 5000}).value().size(), 2498);
}

void TestConflicts::pages()
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

void TestConflicts::counts()
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

void TestConflicts::damagedOnesAreAbsent_data()
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

void TestConflicts::damagedOnesAreAbsent()
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

void TestConflicts::damagedOnesDoNotStay()
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

void TestConflicts::keepsTables()
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

void TestConflicts::twoPrograms()
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

void TestConflicts::upgradesAnOldJournal()
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

void TestConflicts::removesAJob()
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

void TestConflicts::purges()
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

QTEST_APPLESS_MAIN(TestConflicts)
#include "tst_conflicts.moc"
