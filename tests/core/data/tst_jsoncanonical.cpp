// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/data/jsoncanonical.h"

using namespace tidemark;

class TestJsonCanonical : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canonical_data();
    void canonical();
    void refuses_data();
    void refuses();
    void depthIsBounded();
    void canonicalIsAFixedPoint();
};

void TestJsonCanonical::canonical_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("blanks", " { \"a\" :\t[ 1 ,\r\n2 ] } ", R"({"a":[1,2]})");
    row("sorted keys", R"({"b":1,"a":2,"":3})", R"({"":3,"a":2,"b":1})");
    row("sorted by bytes", R"({"é":1,"z":2,"Z":3})", R"({"Z":3,"z":2,"é":1})");
    row("the last of doubled keys", R"({"a":1,"b":2,"a":3})", R"({"a":3,"b":2})");
    row("doubled, thrice", R"({"a":1,"a":2,"a":3})", R"({"a":3})");
    row("doubled by another spelling", R"({"a":1,"\u0061":2})", R"({"a":2})");
    row("sorted within", R"([{"b":{"d":1,"c":2},"a":[]}])", R"([{"a":[],"b":{"c":2,"d":1}}])");
    row("empty", "{}", "{}");
    row("literals", "[true,false,null]", "[true,false,null]");
    row("a scalar", "\"x\"", "\"x\"");
    row("integers", "[0,-0,12,-12]", "[0,0,12,-12]");
    row("trailing zeros", "[1.0,1.50,0.00,-0.0,100]", "[1,1.5,0,0,100]");
    row("exponents", "[1e2,1.5E+3,25e-1,1E-3,0e5,120e-1,1.20e1]", "[100,1500,2.5,0.001,0,12,12]");
    row("more digits than a double", "[12345678901234567890.12345678901234567890]",
        "[12345678901234567890.1234567890123456789]");
    row("2⁵³+1", "9007199254740993", "9007199254740993");
    row("an exponent too large to write out", "[1e99999,-1.50e-99999]", "[1e99999,-15e-100000]");
    row("the same, spelt otherwise", "10e99998", "1e99999");
    row("escapes", R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u001F")", "\"\\\"\\\\/\\b\\f\\n\\r\\tA\xC3\xA9\\u001f\"");
    row("a pair of surrogates", R"("\ud83c\udf0a")", "\"\xF0\x9F\x8C\x8A\"");
    row("a lone surrogate", R"(["\uD83C","\udf0a\u0041","\ud83cx"])", R"(["\ud83c","\udf0aA","\ud83cx"])");
    row("U+0000", R"("\u0000")", R"("\u0000")");
}

void TestJsonCanonical::canonical()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    std::string out;
    QVERIFY(canonicalJson({text.constData(), std::size_t(text.size())}, out));
    QCOMPARE(QByteArray::fromStdString(out), expected);
}

void TestJsonCanonical::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"",          " ",           "{",      "}",     "[",   "[1",    "[1,]",     "[,1]",   "[1 2]", "{\"a\"}",
          "{\"a\":}",  "{\"a\":1,}",  "{a:1}",  "{1:1}", "nul", "True",  "+1",       "01",     "-",     "1.",
          ".5",        "1e",          "1e+",    "--1",   "0x1", "NaN",   "Infinity", "\"",     "\"a",   "\"\\x\"",
          "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "'a'",   "1 2", "[] []", "\"\xFF\"", "// c\n1"})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("a NUL") << QByteArray("1\0", 2);
    QTest::newRow("a NUL alone") << QByteArray("\0", 1);
}

void TestJsonCanonical::refuses()
{
    QFETCH(QByteArray, text);
    std::string out;
    QVERIFY(!canonicalJson({text.constData(), std::size_t(text.size())}, out));
}

void TestJsonCanonical::depthIsBounded()
{
    std::string out;
    QVERIFY(canonicalJson(std::string(1000, '[') + std::string(1000, ']'), out));
    QVERIFY(!canonicalJson(std::string(1001, '[') + std::string(1001, ']'), out));
    QVERIFY(!canonicalJson(std::string(1'000'000, '['), out)); // no stack is deep enough for whatever comes
}

void TestJsonCanonical::canonicalIsAFixedPoint()
{
    const std::string text = R"({"z":[1.50,{"b":"\u00e9","a":-0}],"é":"\ud800","a":1e-7,"z2":null})";
    std::string once;
    std::string twice;
    QVERIFY(canonicalJson(text, once));
    QVERIFY(canonicalJson(once, twice));
    QCOMPARE(twice, once);
}

QTEST_APPLESS_MAIN(TestJsonCanonical)
#include "tst_jsoncanonical.moc"
