// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonObject>
#include <QTest>

#include "app/wording/decidedby.h"
#include "app/wording/wording.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

// What is said of a written row's cause, and what is not known of it.
class TestWordingDecided : public QObject
{
    Q_OBJECT

private:
    static RowChange change(Cause cause, Reason reason = Reason::ChangedAtBoth)
    {
        RowChange change;
        change.reason = reason;
        change.entry.cause = cause;
        return change;
    }

private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }

    // Left out is not the same as nobody.
    void aRunOfAnEarlierVersionDidNotNote()
    {
        const RowChange contested = change({});
        QCOMPARE(wording::decidedBy(contested), QString());
        QVERIFY(wording::decidedByJson(contested).isUndefined());
        const RowChange edited = change({}, Reason::ChangedAtSource);
        QCOMPARE(wording::decidedBy(edited), QString());
        QVERIFY(wording::decidedByJson(edited).isNull());
    }

    // An undo puts back whatever was there: its own file's causes are nobody's.
    void anUndoDecidesNothing()
    {
        RowChange undone = change({DecidedBy::Source, 0});
        undone.undoes = u"a run"_s;
        QCOMPARE(wording::decidedBy(undone), QString());
        QVERIFY(wording::decidedByJson(undone).isNull());
    }

    void whoeverAnsweredMayBeUnknown()
    {
        const RowChange answered = change({DecidedBy::AnswerTarget, 0});
        QCOMPARE(wording::decidedBy(answered), u"a person answered: take the target"_s);
        QCOMPARE(wording::decidedByJson(answered).toObject(),
                 (QJsonObject{{u"by"_s, u"person"_s}, {u"person"_s, QJsonValue::Null}, {u"answer"_s, u"target"_s}}));
    }

    void aMergeMayBeOfAnEarlierRun()
    {
        const RowChange carried = change({DecidedBy::EarlierMerge, 0});
        QCOMPARE(wording::decidedBy(carried), u"an earlier run had begun this merge"_s);
        QCOMPARE(wording::decidedByJson(carried).toObject(), (QJsonObject{{u"by"_s, u"earlier-merge"_s}}));
    }

    // Eight bits: the last one stands for all rules from the eighth on.
    void namesTheRulesByTheirBits()
    {
        RowChange merged = change({DecidedBy::Merge, quint8(ruleBit(1) | ruleBit(9))});
        for (int rule = 0; rule < 10; ++rule)
            merged.deciders.rules.append({u"c%1"_s.arg(rule), rule == 1 ? CellRule::Sum : CellRule::Greatest});
        QCOMPARE(wording::decidedByJson(merged).toObject().value("rules"_L1).toObject().keys(),
                 (QStringList{u"c1"_s, u"c7"_s, u"c8"_s, u"c9"_s}));
        merged.entry.cause.detail = ruleBit(1);
        QCOMPARE(wording::decidedBy(merged), u"the policy “merge” decided, cell by cell, and c1 by “sum”"_s);
        merged.deciders.rules.clear(); // of a damaged file: nothing is made up
        QCOMPARE(wording::decidedBy(merged), u"the policy “merge” decided, cell by cell"_s);
    }

    void namesFromOutsideAreHarmless()
    {
        RowChange newest = change({DecidedBy::Newest, 0});
        newest.deciders.newest = u"at\n\u202e"_s;
        const QString said = wording::decidedBy(newest);
        QVERIFY2(!said.contains(u'\n') && !said.contains(QChar(0x202e)), qPrintable(said));
    }
};

QTEST_GUILESS_MAIN(TestWordingDecided)
#include "tst_wordingdecided.moc"
