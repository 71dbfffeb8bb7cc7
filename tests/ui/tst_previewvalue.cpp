// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QBuffer>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QToolButton>

#include "app/wording/wording.h"
#include "tests/ui/support/cells.h"
#include "ui/plan/celltext.h"
#include "ui/plan/prettyjson.h"
#include "ui/plan/textdiff.h"
#include "ui/plan/valueview.h"
#include "ui/plan/valueviewer.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using cells::kind;
using cells::view;

// How values are told apart: by character, line, byte and picture; what is made harmless.
class TestPreviewValue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void differences_data();
    void differences();
    void anyTwoTextsGoIntoEachOther();
    void linesLieSideBySide();
    void characters();
    void json();
    void prettyJsonKeepsEveryToken();
    void bytes();
    void hugeTextsComeInParts();
    void manyLinesComeInParts();
    void aLongLineComesInParts();
    void hugeBytesComeInParts();
    void pictures();
    void aPictureThatIsNone();
    void viewerTellsStates_data();
    void viewerTellsStates();
    void viewerAsksForPartsAndForms();
    void viewerSpeaksTheLanguageOfTheMoment();
    void harmless_data();
    void harmless();
};

static ValueView values(CellKind of, const QByteArray &source, const QByteArray &target, const ValueWish &wish = {})
{
    const CellView a = view(source);
    const CellView b = view(target);
    return viewOfValue(kind(of), &a, &b, wish);
}

// What is marked, in brackets.
static QString marked(const ValueLine &line)
{
    QString text = line.isGap ? u"/"_s : line.text;
    for (qsizetype i = line.marks.size() - 1; i >= 0; --i) {
        text.insert(line.marks.at(i).start + line.marks.at(i).length, u']');
        text.insert(line.marks.at(i).start, u'[');
    }
    return text;
}

static QStringList marked(const ValueSide &side)
{
    QStringList lines;
    for (const ValueLine &line : side.lines)
        lines << marked(line);
    return lines;
}

void TestPreviewValue::differences_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::newRow("a digit") << u"6.90"_s << u"6.50"_s << u"6.[9]0"_s << u"6.[5]0"_s;
    QTest::newRow("a space at the end") << u"ab "_s << u"ab"_s << u"ab[ ]"_s << u"ab"_s;
    QTest::newRow("two places") << u"the quick brown fox"_s << u"the quiet brown fax"_s << u"the qui[ck] brown f[o]x"_s
                                << u"the qui[et] brown f[a]x"_s;
    QTest::newRow("a pair is whole") << u"a\U0001F600b"_s << u"a\U0001F601b"_s << u"a[\U0001F600]b"_s
                                     << u"a[\U0001F601]b"_s;
    QTest::newRow("nothing alike") << u"abc"_s << u"xyz"_s << u"[abc]"_s << u"[xyz]"_s;
}

void TestPreviewValue::differences()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    const ValueView view = values(CellKind::Text, a.toUtf8(), b.toUtf8());
    QTEST(marked(view.source).join(u'|'), "left");
    QTEST(marked(view.target).join(u'|'), "right");
    QVERIFY(!view.equal);
}

// Whatever the texts: the runs cover both, in order, and equal runs are equal.
void TestPreviewValue::anyTwoTextsGoIntoEachOther()
{
    quint32 seed = 1;
    const auto random = [&](int below) {
        seed = seed * 1664525 + 1013904223;
        return static_cast<int>((seed >> 8) % static_cast<quint32>(below));
    };
    for (int round = 0; round < 500; ++round) {
        std::vector<int> a, b;
        for (int i = random(30); i > 0; --i)
            a.push_back(random(4));
        for (int i = random(30); i > 0; --i)
            b.push_back(random(4));
        for (const int edits : {0, 3, 100}) {
            qsizetype atA = 0;
            qsizetype atB = 0;
            for (const textdiff::Run &run : textdiff::compare(a, b, edits)) {
                QCOMPARE(run.a, atA);
                QCOMPARE(run.b, atB);
                QVERIFY(run.aLength + run.bLength > 0);
                if (run.equal) {
                    QCOMPARE(run.aLength, run.bLength);
                    QVERIFY(std::equal(a.begin() + run.a, a.begin() + run.a + run.aLength, b.begin() + run.b));
                }
                atA += run.aLength;
                atB += run.bLength;
            }
            QCOMPARE(atA, qsizetype(a.size()));
            QCOMPARE(atB, qsizetype(b.size()));
        }
    }
}

void TestPreviewValue::linesLieSideBySide()
{
    const ValueView view = values(CellKind::Text, "one\ntwo\nthree\nfour", "one\nthree\nfoul\nfive");
    QCOMPARE(marked(view.source), (QStringList{u"one"_s, u"two"_s, u"three"_s, u"fou[r]"_s, u"/"_s}));
    QCOMPARE(marked(view.target), (QStringList{u"one"_s, u"/"_s, u"three"_s, u"fou[l]"_s, u"five"_s}));
}

void TestPreviewValue::characters()
{
    // Islands of a letter or two between long differences are no common ground.
    const auto runs = textdiff::characters(u"aaaaaXbbbbb", u"cccccXddddd");
    QCOMPARE(runs.size(), 1);
    QVERIFY(!runs.first().equal);
}

void TestPreviewValue::json()
{
    const ValueView view = values(CellKind::Json, R"({"b": 1.0, "a": [1, 2]})", R"({"a":[1,3],"b":1})");
    QCOMPARE(view.form, ValueForm::Json);
    QCOMPARE(marked(view.source),
             (QStringList{u"{"_s, u"  \"a\": ["_s, u"    1,"_s, u"    [2]"_s, u"  ],"_s, u"  \"b\": 1"_s, u"}"_s}));
    QCOMPARE(marked(view.target).at(3), u"    [3]"_s);
    QCOMPARE(values(CellKind::Json, "{}", "{}", {ValueForm::Text, -1}).form, ValueForm::Text);
    // JSON in a text column is recognised, a text that merely begins like it is not.
    QVERIFY(values(CellKind::Text, "[1]", "[2]").forms.contains(ValueForm::Json));
    QVERIFY(!values(CellKind::Text, "[1]", "[draft] note").forms.contains(ValueForm::Json));
}

void TestPreviewValue::prettyJsonKeepsEveryToken()
{
    const QString canonical = u"{\"a\\\"{\":[],\"n\":123456789012345678901234567890.5,\"o\":{\"x\":\",:\"}}"_s;
    QString packed = prettyJson(canonical);
    QCOMPARE(packed.count(u'\n'), 6);
    packed.remove(u'\n').remove(u"  "_s).replace(u": "_s, u":"_s);
    QCOMPARE(packed, canonical);
}

void TestPreviewValue::bytes()
{
    const ValueView view = values(CellKind::Blob, QByteArray("AB\x00\xff", 4), QByteArray("AC\x00", 3));
    QCOMPARE(view.form, ValueForm::Hex);
    QCOMPARE(view.source.lines.size(), 1);
    QVERIFY(view.source.lines.first().text.startsWith(u"00000000  41 42 00 ff "_s));
    QVERIFY(view.source.lines.first().text.endsWith(u" AB··"_s));
    QCOMPARE(view.source.lines.first().marks.size(), 4); // two bytes, each in both columns
    QCOMPARE(view.target.lines.first().marks.size(), 2);
    const ValueMark first = view.source.lines.first().marks.first();
    QCOMPARE(view.source.lines.first().text.mid(first.start, first.length), u"42"_s);
    const ValueMark second = view.source.lines.first().marks.at(1);
    QCOMPARE(view.source.lines.first().text.mid(second.start, second.length), u"B"_s);
}

void TestPreviewValue::hugeTextsComeInParts()
{
    QByteArray a(16 << 20, 'a');
    QByteArray b = a;
    b[10'000'000] = 'b';
    const ValueView view = values(CellKind::Text, a, b);
    QVERIFY(view.parts > 1000);
    QCOMPARE(view.part, 1250); // 10,000,000 / 8,000
    QCOMPARE(view.firstDifference, 1250);
    QCOMPARE(view.target.lines.first().marks, (QList<ValueMark>{{0, 1}}));
    QVERIFY(view.source.lines.first().text.size() <= 8'000);
    const ValueView start = values(CellKind::Text, a, b, {ValueForm::Text, 0});
    QCOMPARE(start.part, 0);
    QVERIFY(start.source.lines.first().marks.isEmpty());
    QCOMPARE(values(CellKind::Text, a, b, {ValueForm::Text, 1 << 30}).part, view.parts - 1);
}

// Lines are aligned as a whole; a window lays out only those of one part.
void TestPreviewValue::manyLinesComeInParts()
{
    QByteArray a, b;
    for (int line = 0; line < 20'000; ++line) {
        a += "line " + QByteArray::number(line) + '\n';
        if (line != 7) // a line less: those below are the same all the same
            b += (line == 15'000 ? QByteArray("another") : "line " + QByteArray::number(line)) + '\n';
    }
    const ValueView view = values(CellKind::Text, a, b);
    QVERIFY(view.parts > 20 && view.parts < 60);
    QCOMPARE(view.firstDifference, 0);
    QCOMPARE(view.part, 0);
    QVERIFY(view.source.lines.size() <= 500);
    QCOMPARE(view.source.lines.size(), view.target.lines.size());
    QVERIFY(view.target.lines.at(7).isGap);
    QVERIFY(!view.source.lines.at(8).differs);
    int differing = 0;
    qint64 lines = 0;
    for (qint64 part = 0; part < view.parts; ++part) {
        const ValueView one = values(CellKind::Text, a, b, {ValueForm::Text, part});
        QCOMPARE(one.part, part);
        lines += one.source.lines.size();
        for (const ValueLine &line : one.source.lines)
            differing += line.differs ? 1 : 0;
    }
    QCOMPARE(lines, 20'001);
    QCOMPARE(differing, 2);
}

void TestPreviewValue::aLongLineComesInParts()
{
    const QByteArray a(40'000, 'a');
    const ValueView view = values(CellKind::Text, a, a + "b");
    QCOMPARE(view.parts, 6);
    QCOMPARE(view.part, 5);
    QVERIFY(view.source.lines.first().text.size() <= 8'000);
}

void TestPreviewValue::hugeBytesComeInParts()
{
    QByteArray a(1 << 20, 'a');
    QByteArray b = a;
    b[500'000] = 'b';
    const ValueView view = values(CellKind::Blob, a, b);
    QCOMPARE(view.parts, 256);
    QCOMPARE(view.part, 500'000 / 4096);
    QCOMPARE(view.source.lines.size(), 512);
    QVERIFY(
        view.source.lines.first().text.startsWith(QString::number(500'000 / 4096 * 4096, 16).rightJustified(8, u'0')));
}

static QByteArray png(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

void TestPreviewValue::pictures()
{
    const ValueView view = values(CellKind::Blob, png(2000, 20), "no picture");
    QCOMPARE(view.form, ValueForm::Image);
    QCOMPARE(view.forms, (QList<ValueForm>{ValueForm::Image, ValueForm::Hex}));
    QCOMPARE(view.source.imageSize, QSize(2000, 20));
    QCOMPARE(view.source.image.width(), 1024);
    QVERIFY(view.target.image.isNull());
}

void TestPreviewValue::aPictureThatIsNone()
{
    QByteArray torn = png(64, 64);
    torn.truncate(40);
    QByteArray vast = png(64, 64); // claims to be 65,535 × 65,535
    vast.replace(16, 8, QByteArray("\x00\x00\xff\xff\x00\x00\xff\xff", 8));
    for (const QByteArray &bytes : {torn, vast, QByteArray("\xff\xd8\xff"), QByteArray("\x89PNG\r\n\x1a\n")}) {
        const ValueView view = values(CellKind::Blob, bytes, bytes);
        QCOMPARE(view.form, ValueForm::Image);
        QVERIFY(view.source.image.isNull());
    }
}

void TestPreviewValue::viewerTellsStates_data()
{
    QTest::addColumn<bool>("present");
    QTest::addColumn<bool>("isNull");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    QTest::newRow("absent") << false << false << QByteArray() << u"no row"_s;
    QTest::newRow("NULL") << true << true << QByteArray() << u"NULL"_s;
    QTest::newRow("empty") << true << false << QByteArray("") << u"'' (empty text)"_s;
    QTest::newRow("the word NULL") << true << false << QByteArray("NULL") << u"NULL"_s;
    QTest::newRow("spaces") << true << false << QByteArray("  ") << u"  "_s;
}

void TestPreviewValue::viewerTellsStates()
{
    QFETCH(bool, present);
    QFETCH(bool, isNull);
    QFETCH(QByteArray, bytes);
    CellView source = isNull ? CellView() : view(bytes);
    const QByteArray other = "other";
    const CellView target = view(other);
    ValueViewer viewer;
    viewer.setSides(u"A"_s, u"B"_s);
    viewer.showValue(u"note"_s, viewOfValue(kind(CellKind::Text), present ? &source : nullptr, &target, {}));
    viewer.show();
    const auto *edit = viewer.findChild<QPlainTextEdit *>(u"sourceValueText"_s);
    const QString text = edit->toPlainText().isEmpty() ? edit->placeholderText() : edit->toPlainText();
    QTEST(text.section(u'\n', 0, 0), "shown");
    // NULL and the word differ by their font.
    QCOMPARE(edit->font().italic(), isNull);
}

void TestPreviewValue::viewerAsksForPartsAndForms()
{
    ValueViewer viewer;
    viewer.setSides(u"A"_s, u"B"_s);
    QSignalSpy wished(&viewer, &ValueViewer::wished);
    viewer.showValue(u"blob"_s, values(CellKind::Blob, QByteArray(10'000, 'a'), QByteArray(10'000, 'b')));
    viewer.show();
    const auto press = [&](const QString &name) {
        for (auto *button : viewer.findChildren<QToolButton *>()) {
            if ((button->text() == name || button->accessibleName() == name) && button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        }
    };
    press(u"Later part of the value"_s);
    QCOMPARE(wished.count(), 1);
    QCOMPARE(wished.takeFirst().first().value<ValueWish>(), (ValueWish{ValueForm::Hex, 1}));
    viewer.showValue(u"json"_s, values(CellKind::Json, "[1]", "[2]"));
    press(u"Text"_s);
    QCOMPARE(wished.takeFirst().first().value<ValueWish>(), (ValueWish{ValueForm::Text, -1}));
    QSignalSpy copied(&viewer, &ValueViewer::copyWished);
    press(u"Copy"_s);
    QCOMPARE(copied.count(), 2); // one a side
}

void TestPreviewValue::viewerSpeaksTheLanguageOfTheMoment()
{
    const QByteArray other = "other";
    const CellView target = view(other);
    ValueViewer viewer;
    viewer.setSides(u"A"_s, u"B"_s);
    viewer.showValue(u"note"_s, viewOfValue(kind(CellKind::Text), nullptr, &target, {}));
    viewer.show();
    const auto *edit = viewer.findChild<QPlainTextEdit *>(u"sourceValueText"_s);
    QCOMPARE(edit->placeholderText(), u"no row"_s);
    wording::useLanguage(u"zh_CN"_s);
    viewer.retranslate();
    QVERIFY(!edit->placeholderText().isEmpty());
    QVERIFY(edit->placeholderText() != u"no row"_s);
    QCOMPARE(viewer.findChild<QPlainTextEdit *>(u"targetValueText"_s)->toPlainText(), u"other"_s);
    wording::useLanguage(u"en"_s);
}

void TestPreviewValue::harmless_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"abc 乌龙茶 ❤\U0001F600"_s << u"abc 乌龙茶 ❤\U0001F600"_s;
    QTest::newRow("right to left") << u"a\u202eb"_s << u"a‹U+202E›b"_s;
    QTest::newRow("zero width") << u"a\u200bb"_s << u"a‹U+200B›b"_s;
    QTest::newRow("lines stay") << u"a\r\n\tb\u0000c"_s << u"a\r\n\tb"_s; // ends at U+0000 in a literal
    QTest::newRow("bell") << u"a\u0007b"_s << u"a␇b"_s;
    QTest::newRow("Arabic") << u"مرحبا"_s << u"مرحبا"_s;
}

void TestPreviewValue::harmless()
{
    QFETCH(QString, text);
    QTEST(celltext::harmless(text.section(QChar(u'\0'), 0, 0)), "shown");
}

QTEST_MAIN(TestPreviewValue)
#include "tst_previewvalue.moc"
