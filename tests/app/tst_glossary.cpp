// SPDX-License-Identifier: GPL-3.0-or-later
// The Chinese texts keep to translations/glossary.md.

#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

QString read(const QString &name)
{
    QFile file(qEnvironmentVariable("TIDEMARK_SOURCE_DIR") + "/translations/"_L1 + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// The last column of the glossary's table.
QStringList refusedWords()
{
    QStringList words{u"您"_s, u"请"_s, u"成功"_s, u"！"_s, u"!"_s};
    const QStringList lines = read(u"glossary.md"_s).split(u'\n');
    for (const QString &line : lines) {
        const QStringList cells = line.split(u'|');
        if (cells.size() != 5 || cells[1].contains("---"_L1) || cells[3].trimmed() == "not"_L1)
            continue;
        words += cells[3].trimmed().split(u'、', Qt::SkipEmptyParts);
    }
    return words;
}

QString fault(const QString &text, const QStringList &refused)
{
    const QString rest = QString(text).remove(u"请求"_s); // what goes to a web service
    for (const QString &word : refused) {
        if (rest.contains(word))
            return u"the word %1 (see translations/glossary.md)"_s.arg(word);
    }
    static const QRegularExpression noSpace(
        u"[\\x{3400}-\\x{9fff}][A-Za-z0-9%]|[A-Za-z0-9][\\x{3400}-\\x{9fff}]|%L?[0-9n][\\x{3400}-\\x{9fff}]"_s);
    if (text.contains(noSpace))
        return u"no space between Han and Latin"_s;
    static const QRegularExpression halfWidth(
        u"[\\x{3400}-\\x{9fff}]\\s?[,;:?!]|[\\x{3400}-\\x{9fff}]\\.|[\\x{3400}-\\x{9fff}] ?[(][\\x{3400}-\\x{9fff}]|[,;:?!][\\x{3400}-\\x{9fff}]"_s);
    if (text.contains(halfWidth))
        return u"half-width punctuation beside Han"_s;
    static const QRegularExpression spaceBesideFull(
        u"[，。：；？（）、“”] [\\x{3400}-\\x{9fff}]|[\\x{3400}-\\x{9fff}] [，。：；？（）、“”]"_s);
    if (text.contains(spaceBesideFull))
        return u"a space beside full-width punctuation"_s;
    return {};
}

} // namespace

class TestGlossary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faults_data();
    void faults();
    void everyTranslation();
};

void TestGlossary::faults_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isFaulty");
    for (const char *good : {"表 %1 中有 17 行。", "无需同步，两端一致。", "已搁置：%1 拒绝了该值。", "写入 %Ln 行",
                             "可写作 {\"env\": NAME} 或 \"ask\"。", "列 %1（%2）按其原文传输。", "已发送 3 个请求。",
                             "比较 (F5)", "%1：%2", "URL"})
        QTest::newRow(good) << QString::fromUtf8(good) << false;
    for (const char *bad :
         {"请稍候", "请求已发送，请稍候", "您的表", "同步成功", "完成！", "共17行", "共 17行", "表%1", "%1中", "%L1行",
          "两端一致,无需同步", "已搁置:%1", "新建作业", "完成.", "一行 。", "真的? ", "好(的)", "已取消。 未写入"})
        QTest::newRow(bad) << QString::fromUtf8(bad) << true;
}

void TestGlossary::faults()
{
    QFETCH(QString, text);
    QFETCH(bool, isFaulty);
    QCOMPARE(!fault(text, refusedWords()).isEmpty(), isFaulty);
}

void TestGlossary::everyTranslation()
{
    const QStringList refused = refusedWords();
    QVERIFY(refused.size() > 20);
    const QString ts = read(u"tidemark_zh_CN.ts"_s);
    QVERIFY(!ts.isEmpty());
    QXmlStreamReader xml(ts);
    QStringList faults;
    int count = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != "translation"_L1)
            continue;
        const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        ++count;
        if (const QString why = fault(text, refused); !why.isEmpty())
            faults += text + u": "_s + why;
    }
    QVERIFY(count > 100);
    QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestGlossary)
#include "tst_glossary.moc"
