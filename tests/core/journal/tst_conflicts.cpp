// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/conflictsrig.h"

using namespace tidemark;

// Conflicts as they are met, answered and closed.
class TestConflicts : public QObject, private ConflictsRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
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
};

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

QTEST_APPLESS_MAIN(TestConflicts)
#include "tst_conflicts.moc"
