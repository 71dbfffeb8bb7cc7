// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>
#include <QTest>

#include "app/wording/wording.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr int codeCount = static_cast<int>(ErrorCode::Internal) + 1;
constexpr int factCount = static_cast<int>(Fact::Sql) + 1;

QString all(const wording::Message &message) { return QString(message.what + u'\n' + message.next); }

Error bare(int code) { return Error{static_cast<ErrorCode>(code), {}, {}}; }

// Facts that could be mistaken for placeholders.
Error full(int code)
{
    Error error = bare(code);
    for (int fact = 0; fact < factCount; ++fact)
        error.with(static_cast<Fact>(fact), u"%1 F%2"_s.arg(QString()).arg(fact) + u'x');
    return error;
}

bool hasHan(const QString &text)
{
    static const QRegularExpression han(u"\\p{Han}"_s);
    return text.contains(han);
}

RunReport report(RunState state, qint64 inserts, bool proven)
{
    RunReport report;
    report.state = state;
    for (int i = 0; i < 4; ++i) {
        TableReport table;
        if (proven)
            table.identical = 7;
        table.deletesChecked = proven;
        report.tables.append(table);
    }
    report.tables[1].toTarget.inserts = inserts;
    return report;
}

} // namespace

class TestWording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { wording::useLanguage(u"en"_s); }
    void everyCodeHasASentence_data();
    void everyCodeHasASentence();
    void everyFactAloneIsSafe();
    void voice();
    void safeText_data();
    void safeText();
    void longTextsAreCutInTheMiddle();
    void unknownKeySuggests();
    void wrongValueNamesWhatIsExpected();
    void passwordInClearNamesTheForms();
    void notAvailableNamesThePlace();
    void aDamagedJournal();
    void outcomes_data();
    void outcomes();
    void everyNoteAndRemarkHasASentence();
    void everyStateHasAWord();
    void agoInBothLanguages();
    void languageCanBeSwitched();
};

void TestWording::everyCodeHasASentence_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << u"en"_s;
    QTest::newRow("简体中文") << u"zh_CN"_s;
}

void TestWording::everyCodeHasASentence()
{
    QFETCH(QString, language);
    const bool isChinese = language == "zh_CN"_L1;
    static const QRegularExpression placeholder(u"%[0-9nL]"_s);
    for (int code = 0; code < codeCount; ++code) {
        for (const Error &error : {bare(code), full(code)}) {
            wording::useLanguage(u"en"_s);
            const wording::Message english = wording::message(error);
            wording::useLanguage(language);
            const wording::Message message = wording::message(error);
            const QByteArray name = codeName(error.code).toUtf8() + ": " + all(message).toUtf8();
            QVERIFY2(!message.what.isEmpty(), name.constData());
            QVERIFY2(!all(message).contains(placeholder), name.constData());
            QVERIFY2(hasHan(message.what) == isChinese, name.constData());
            QVERIFY2(message.next.isEmpty() || hasHan(message.next) == isChinese, name.constData());
            QCOMPARE(message.next.isEmpty(), english.next.isEmpty());
        }
    }
}

// No combination of facts leaves a hole such as "there is no file ." in a sentence that core can cause.
void TestWording::everyFactAloneIsSafe()
{
    static const QRegularExpression placeholder(u"%[0-9nL]"_s);
    for (int code = 0; code < codeCount; ++code) {
        for (int fact = 0; fact < factCount; ++fact) {
            const Error error = bare(code).with(static_cast<Fact>(fact), u"‹%1%n›"_s);
            const QString text = all(wording::message(error)).remove(u"%1%n"_s);
            QVERIFY2(!text.contains(placeholder), qPrintable(text));
        }
    }
}

void TestWording::voice()
{
    static const QRegularExpression forbidden(u"(?i)\\bplease\\b|\\boops\\b|successful|!|您|请|成功|！"_s);
    for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
        wording::useLanguage(language);
        for (int code = 0; code < codeCount; ++code) {
            for (const Error &error : {bare(code), full(code)})
                QVERIFY2(!all(wording::message(error)).contains(forbidden), qPrintable(all(wording::message(error))));
        }
    }
}

void TestWording::safeText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("safe");
    QTest::newRow("plain") << u"orders"_s << u"orders"_s;
    QTest::newRow("script") << u"订单 Zoë 🌊 العربية"_s << u"订单 Zoë 🌊 العربية"_s;
    QTest::newRow("joined emoji") << u"👩\u200d🚀"_s << u"👩\u200d🚀"_s;
    QTest::newRow("lines") << u"a\nb\r\n\tc"_s << u"a⏎b␍⏎␉c"_s;
    QTest::newRow("escape") << u"\x1b[31mred"_s << u"␛[31mred"_s;
    QTest::newRow("NUL") << QStringView(u"a\0b", 3).toString() << u"a␀b"_s;
    QTest::newRow("delete") << u"\x7f"_s << u"␡"_s;
    QTest::newRow("C1") << u"\u009b1m"_s << u"‹U+009B›1m"_s;
    QTest::newRow("override") << u"a\u202eb\u202c"_s << u"a‹U+202E›b‹U+202C›"_s;
    QTest::newRow("isolate") << u"\u2066x\u2069"_s << u"‹U+2066›x‹U+2069›"_s;
    QTest::newRow("line separator") << u"a\u2028b"_s << u"a‹U+2028›b"_s;
    QTest::newRow("invisible") << u"a\u200bb\ufeff"_s << u"a‹U+200B›b‹U+FEFF›"_s;
    QTest::newRow("tags") << u"\U000e0041"_s << u"‹U+E0041›"_s;
    QTest::newRow("half a pair") << QString(QChar(0xd83c)) + u'x' << u"\ufffdx"_s;
}

void TestWording::safeText()
{
    QFETCH(QString, text);
    QFETCH(QString, safe);
    QCOMPARE(wording::safeText(text), safe);
}

void TestWording::longTextsAreCutInTheMiddle()
{
    const QString text = u"begin"_s + QString(10'000'000, u'x') + u"end"_s;
    const QString safe = wording::safeText(text);
    QCOMPARE(safe.size(), 200);
    QVERIFY(safe.startsWith("begin"_L1));
    QVERIFY(safe.endsWith("end"_L1));
    QCOMPARE(safe.count(u'…'), 1);
    QCOMPARE(wording::safeText(QString(200, u'x')), QString(200, u'x'));
    QCOMPARE(wording::safeText(u"🌊🌊🌊🌊🌊"_s, 4), u"🌊🌊…🌊"_s);
}

void TestWording::unknownKeySuggests()
{
    Error error = bare(static_cast<int>(ErrorCode::UnknownKey));
    error.with(Fact::File, u"/j.json"_s).with(Fact::JsonPath, u"tables[0].colums"_s);
    QCOMPARE(wording::message(error).what, u"/j.json, tables[0].colums is not a known key."_s);
    QCOMPARE(wording::message(Error(error).with(Fact::Expected, u"columns"_s)).next, u"Is columns meant?"_s);
    QCOMPARE(wording::message(Error(error).with(Fact::Expected, u"rows, percent"_s)).next,
             u"Known here: rows, percent."_s);
}

void TestWording::wrongValueNamesWhatIsExpected()
{
    Error error = bare(static_cast<int>(ErrorCode::WrongType));
    error.with(Fact::File, u"/j.json"_s).with(Fact::JsonPath, u"parallel"_s);
    error.with(Fact::Expected, u"integer"_s).with(Fact::Found, u"\"two\""_s);
    QCOMPARE(wording::oneLine(error),
             u"/j.json, parallel: \"two\" is not possible here. Expected here: a whole number."_s);
    error.with(Fact::Expected, u"\"always\" | duration | \"never\""_s);
    QCOMPARE(wording::message(error).next, u"Expected here: \"always\", a duration such as 30s or 15m or \"never\"."_s);
    wording::useLanguage(u"zh_CN"_s);
    QCOMPARE(wording::message(error).next, u"此处应为：\"always\"、时长，例如 30s 或 15m 或 \"never\"。"_s);
}

void TestWording::passwordInClearNamesTheForms()
{
    const Error error = bare(static_cast<int>(ErrorCode::PasswordInClear)).with(Fact::JsonPath, u"source.password"_s);
    const QString next = wording::message(error).next;
    for (const QLatin1StringView form : {"keychain"_L1, "env"_L1, "file"_L1, "ask"_L1})
        QVERIFY(next.contains(form));
}

void TestWording::notAvailableNamesThePlace()
{
    Error error = bare(static_cast<int>(ErrorCode::NotAvailable));
    error.with(Fact::File, u"j.json"_s).with(Fact::JsonPath, u"mode"_s).with(Fact::Found, u"\"two-way\""_s);
    QCOMPARE(wording::message(error).what, u"j.json, mode: \"two-way\" is not available in this version."_s);
    // What one-way jobs have.
    for (const auto &[path, found] : {std::pair{u"detect.by"_s, u"\"flag\""_s},
                                      {u"detect.target.scope"_s, u"\"row\""_s},
                                      {u"tables[0].leftFilter"_s, u"\"delete\""_s}}) {
        const auto message =
            wording::message(Error{ErrorCode::NotAvailable, {{Fact::JsonPath, path}, {Fact::Found, found}}, {}});
        QCOMPARE(message.what, u"%1: %2 is not available in two-way jobs."_s.arg(path, found));
        QVERIFY2(message.next.startsWith(u"Choose "_s) && message.next != u"Choose another value."_s,
                 qPrintable(message.next));
    }
}

void TestWording::aDamagedJournal()
{
    const auto next = [](const QString &file) {
        return wording::message(Error{ErrorCode::DatabaseDamaged, {{Fact::File, file}}, {}}).next;
    };
    QVERIFY(next(u"/w/journal.db"_s).contains(u"move it away"_s));
    QCOMPARE(next(u"/w/shop.db"_s), u"Restore it from a backup."_s);
}

void TestWording::outcomes_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("proven");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("chinese");
    const auto row = [](RunState state, int rows, bool proven, const char *english, const char *chinese) {
        QTest::addRow("%s %d %d", qPrintable(runStateName(state)), rows, proven ? 1 : 0)
            << static_cast<int>(state) << rows << proven << QString::fromUtf8(english) << QString::fromUtf8(chinese);
    };
    row(RunState::Completed, 17, true, "17 rows written. All 4 tables equal.", "已写入 17 行。全部 4 个表一致。");
    row(RunState::Completed, 1, false, "1 row written.", "已写入 1 行。");
    row(RunState::Completed, 0, true, "Nothing to do. Both sides are equal.", "无需同步，两端一致。");
    row(RunState::Completed, 0, false, "Nothing to do.", "无需同步。");
    row(RunState::Planned, 1234, true, "1,234 rows would change. Nothing has been written yet.",
        "将有 1,234 行发生变化。尚未写入任何数据。");
    row(RunState::Planned, 0, true, "Nothing to do. Both sides are equal.", "无需同步，两端一致。");
    row(RunState::NeedsAttention, 17, true, "Written: 17. Needs you: 3.", "已写入 17 行，3 行待处理。");
    row(RunState::Failed, 5, false, "Nothing answers at h:1. 5 rows written.", "h:1 没有应答。已写入 5 行。");
    row(RunState::Failed, 6, false, "Nothing answers at h:1. 6 rows would change. Nothing has been written yet.",
        "h:1 没有应答。将有 6 行发生变化。尚未写入任何数据。");
    row(RunState::Cancelled, 6, false, "Cancelled. 6 rows would change. Nothing has been written yet.",
        "已取消。将有 6 行发生变化。尚未写入任何数据。");
    row(RunState::Cancelled, 0, false, "Cancelled. Nothing written.", "已取消。未写入任何数据。");
    row(RunState::Busy, 0, false, "Another run of this job is under way. Nothing was done.",
        "该任务正在另一处运行，未执行任何操作。");
}

void TestWording::outcomes()
{
    QFETCH(int, state);
    QFETCH(int, rows);
    QFETCH(bool, proven);
    QFETCH(QString, english);
    QFETCH(QString, chinese);
    RunReport run = report(static_cast<RunState>(state), rows, proven);
    if (run.state != RunState::Planned && !english.contains(u"would change"_s)) // a plan is no run
        run.run = u"2026-11-22T120305.123Z-4f2a"_s;
    if (run.state == RunState::NeedsAttention)
        run.attention = {{Attention::Kind::Deletes, u"t"_s, 2}, {Attention::Kind::Quarantine, u"t"_s, 1}};
    if (run.state == RunState::Failed)
        run.tables[2].error = Error{ErrorCode::Unreachable, {{Fact::Host, u"h"_s}, {Fact::Port, u"1"_s}}, {}};
    QCOMPARE(wording::outcome(run), english);
    wording::useLanguage(u"zh_CN"_s);
    QCOMPARE(wording::outcome(run), chinese);
}

void TestWording::everyNoteAndRemarkHasASentence()
{
    for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
        wording::useLanguage(language);
        for (int kind = 0; kind <= static_cast<int>(MappingNote::Kind::KeyNotIndexedInOrder); ++kind) {
            CheckItem item;
            item.table = u"orders"_s;
            item.note = MappingNote{static_cast<MappingNote::Kind>(kind), u"c"_s, u"d"_s};
            QVERIFY(wording::checkItem(item).startsWith("orders"_L1));
            QCOMPARE(hasHan(wording::checkItem(item)), language == "zh_CN"_L1);
        }
        for (const char *code :
             {"creates-table", "creates-checkpoint", "has-triggers", "cascades", "not-transactional", "lag", "no-lock",
              "lock-not-held", "no-index", "checkpoint-token", "flag-fires-trigger", "tls-not-verified", "standby"}) {
            CheckItem item;
            item.code = QString::fromLatin1(code);
            item.detail = u"CREATE TABLE x"_s;
            QVERIFY2(!wording::checkItem(item).startsWith(item.code), code); // the code itself: no sentence for it
            QCOMPARE(hasHan(wording::checkItem(item)), language == "zh_CN"_L1);
        }
    }
}

void TestWording::everyStateHasAWord()
{
    for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
        wording::useLanguage(language);
        QSet<QString> words;
        for (int phase = 0; phase <= static_cast<int>(Phase::Failed); ++phase)
            words.insert(wording::phase(static_cast<Phase>(phase)));
        QCOMPARE(words.size(), static_cast<int>(Phase::Failed) + 1);
        for (int decision = 0; decision <= static_cast<int>(Decision::DeleteTarget); ++decision)
            QVERIFY(!wording::decision(static_cast<Decision>(decision)).isEmpty());
        for (int reason = 0; reason <= static_cast<int>(Reason::LeftFilter); ++reason)
            QVERIFY(!wording::why(static_cast<Reason>(reason)).isEmpty());
    }
}

void TestWording::agoInBothLanguages()
{
    constexpr qint64 now = 1'800'000'000'000'000;
    constexpr qint64 minute = 60'000'000;
    QCOMPARE(wording::ago(now - minute + 1, now), u"just now"_s);
    QCOMPARE(wording::ago(now - 3 * minute, now), u"3 min ago"_s);
    QCOMPARE(wording::ago(now - 119 * minute, now), u"1 h ago"_s);
    QCOMPARE(wording::ago(now - 24 * 60 * minute, now), u"1 day ago"_s);
    QCOMPARE(wording::ago(now - 48 * 60 * minute, now), u"2 days ago"_s);
    static const QRegularExpression date(u"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$"_s);
    QVERIFY(wording::ago(now - 400 * 24 * 60 * minute, now).contains(date));
    QVERIFY(!wording::ago(now + minute, now).contains("ago"_L1));
    wording::useLanguage(u"zh_CN"_s);
    QCOMPARE(wording::ago(now - 3 * minute, now), u"3 分钟前"_s);
}

void TestWording::languageCanBeSwitched()
{
    const Error error = bare(static_cast<int>(ErrorCode::Busy));
    const QString english = wording::message(error).what;
    wording::useLanguage(u"zh_CN"_s);
    QVERIFY(wording::message(error).what != english);
    wording::useLanguage(u"en"_s);
    QCOMPARE(wording::message(error).what, english);
    wording::useLanguage(u"fr_FR"_s); // not there: English
    QCOMPARE(wording::message(error).what, english);
}

QTEST_GUILESS_MAIN(TestWording)
#include "tst_wording.moc"
