// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>

#include "app/wording/adviser.h"
#include "app/wording/wording.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Finding)

namespace {

bool hasHan(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

Finding found(FindingCode code, Grade grade, qint64 count, qint64 of, const QString &text)
{
    Finding finding;
    finding.code = code;
    finding.grade = grade;
    finding.column = u"changed"_s;
    finding.count = count;
    finding.of = of;
    finding.text = text;
    return finding;
}

} // namespace

class TestWordingAdvice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { wording::useLanguage(u"en"_s); }

    // Whatever a finding says, it has a sentence in both languages, and no placeholder is left open.
    void everyFindingHasASentence()
    {
        for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
            wording::useLanguage(language);
            QSet<QString> titles;
            for (int code = 0; code <= int(FindingCode::ReadsEverything); ++code) {
                titles += wording::findingTitle(FindingCode(code));
                for (const Grade grade : {Grade::Good, Grade::Unknown, Grade::Warning, Grade::Problem})
                    for (const qint64 count : {qint64(-1), qint64(0), qint64(5)})
                        for (const char *text : {"", "row", "table", "day", "s", "us", "UTC", "localtime", "cycle",
                                                 "descending", "ON UPDATE", "x"}) {
                            Finding finding = found(FindingCode(code), grade, count, 10, QString::fromLatin1(text));
                            const QString sentence = wording::finding(finding);
                            QVERIFY2(!sentence.isEmpty() && !sentence.contains(u"%1"_s) && !sentence.contains(u"%2"_s)
                                         && !sentence.contains(u"%3"_s),
                                     qPrintable(findingName(finding.code) + u' ' + sentence));
                            QCOMPARE(hasHan(sentence), language == "zh_CN"_L1);
                            finding.error = Error{ErrorCode::Timeout, {}, {}};
                            QVERIFY(!wording::finding(finding).isEmpty());
                        }
            }
            QCOMPARE(titles.size(), int(FindingCode::ReadsEverything) + 1);
            for (int reason = 0; reason <= int(AdviceReason::LargeTable); ++reason)
                QCOMPARE(hasHan(wording::adviceReason(AdviceReason(reason))), language == "zh_CN"_L1);
            for (int reason = 0; reason <= int(GrantReason::LogChanges); ++reason)
                QCOMPARE(hasHan(wording::grantReason(GrantReason(reason))), language == "zh_CN"_L1);
            for (int kind = 0; kind <= int(ValueLoss::Kind::Refused); ++kind)
                QCOMPARE(hasHan(wording::lossKind(ValueLoss::Kind(kind))), language == "zh_CN"_L1);
        }
    }

    void figures_data()
    {
        QTest::addColumn<Finding>("finding");
        QTest::addColumn<QString>("figure");
        Finding finding = found(FindingCode::Nulls, Grade::Problem, 12, 10'000, {});
        QTest::newRow("of the table") << finding << u"12 of 10,000 rows (0.12 %)"_s;
        finding.sampled = true;
        QTest::newRow("of a sample") << finding << u"12 of 10,000 sampled rows (0.12 %)"_s;
        finding.sampled = false;
        finding.atLeast = true;
        QTest::newRow("at least") << finding << u"at least 12 of 10,000 rows (0.12 %)"_s;
        finding.atLeast = false;
        finding.of = -1;
        QTest::newRow("of nobody knows how many") << finding << u"12 rows"_s;
        finding.of = 1'000'000'000;
        QTest::newRow("next to nothing") << finding << u"12 of 1,000,000,000 rows (< 0.01 %)"_s;
        finding.count = finding.of = 50;
        QTest::newRow("all") << finding << u"50 of 50 rows (100 %)"_s;
        finding.count = -1;
        QTest::newRow("none") << finding << QString();
        QTest::newRow("rows to read") << found(FindingCode::ReadsEverything, Grade::Good, 1'234'567, -1, {})
                                      << u"1,234,567"_s;
    }
    void figures()
    {
        QFETCH(Finding, finding);
        QFETCH(QString, figure);
        QCOMPARE(wording::figure(finding), figure);
    }

    void losses_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("fromData");
        QTest::addColumn<qint64>("count");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, ValueLoss::Kind kind, bool fromData, qint64 count, const char *text) {
            QTest::newRow(name) << int(kind) << fromData << count << QString::fromUtf8(text);
        };
        using Kind = ValueLoss::Kind;
        row("rounded", Kind::Rounded, true, 1, "Column t (int) rounds “1.5” to “1”. In row id = 3.");
        row("more", Kind::Rounded, true, 3,
            "Column t (int) rounds “1.5” to “1”. In row id = 3, and 2 more of the sample.");
        row("edge", Kind::Cut, false, 1, "Column t (int) cuts “1.5” to “1”. No row of the sample has such a value.");
        row("padded", Kind::Padded, true, 1, "Column t (int) pads “1.5” with blanks. In row id = 3.");
        row("changed", Kind::Changed, true, 1, "Column t (int) turns “1.5” into “1”. In row id = 3.");
        row("refused", Kind::Refused, true, 1, "Column t (int) refuses “1.5”: out of range. In row id = 3.");
    }
    void losses()
    {
        QFETCH(int, kind);
        QFETCH(bool, fromData);
        QFETCH(qint64, count);
        QFETCH(QString, sentence);
        ValueLoss loss;
        loss.kind = ValueLoss::Kind(kind);
        loss.sourceColumn = u"s"_s;
        loss.targetColumn = u"t"_s;
        loss.targetType = u"int"_s;
        loss.given = u"1.5"_s;
        loss.kept = u"1"_s;
        loss.fromData = fromData;
        loss.key = u"id = 3"_s;
        loss.count = count;
        if (loss.kind == ValueLoss::Kind::Refused)
            loss.error = Error{ErrorCode::ValueOutOfRange, {}, u"out of range"_s};
        QCOMPARE(wording::loss(loss), sentence);
    }

    void hostileTextIsHarmless()
    {
        Finding finding = found(FindingCode::FlagValues, Grade::Warning, 1, 2, u"a\nb\u202ec: 1"_s);
        finding.column = u"c\u202e\n%1%2"_s;
        const QString sentence = wording::finding(finding);
        QVERIFY(!sentence.contains(u'\n') && !sentence.contains(QChar(0x202e)));
    }

    void adviceInOneBreath()
    {
        TableAdvice advice;
        CandidateAdvice stamp;
        stamp.detect.by = DetectBy::Timestamp;
        stamp.detect.column = u"changed"_s;
        advice.candidates = {stamp};
        advice.recommended = 0;
        advice.reasons = {AdviceReason::StampedByDatabase, AdviceReason::Indexed};
        QCOMPARE(wording::advice(advice),
                 u"Recommended: Timestamp in changed. The database itself stamps every change. An index finds the "
                 "changes without reading the rest."_s);
        advice.recommended = -1;
        advice.reasons = {AdviceReason::NoKey};
        QCOMPARE(wording::advice(advice), u"Without a key this table cannot be synchronised."_s);
    }
};

QTEST_MAIN(TestWordingAdvice)
#include "tst_wordingadvice.moc"
