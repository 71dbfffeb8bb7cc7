// SPDX-License-Identifier: GPL-3.0-or-later
// A condition stays inside the parenthesis that it is put into, however its texts and comments are written.

#include <QTest>

#include "core/endpoint/sql/condition.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

constexpr ConditionSyntax postgres{.escapeTexts = true, .dollarTexts = true, .nestedComments = true};
constexpr ConditionSyntax mysql{.backslashInTexts = true, .hashComments = true};

} // namespace

class TestCondition : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void inside_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<bool>("inPostgres");
        QTest::addColumn<bool>("inMysql");
        QTest::newRow("plain") << u"a = 1 AND (b = 2 OR c IN (3, 4))"_s << true << true;
        QTest::newRow("closes") << u"a = 1) OR (1 = 1"_s << false << false;
        QTest::newRow("left open") << u"(a = 1"_s << false << false;
        QTest::newRow("parenthesis in a text") << u"a = ') OR (' AND b = \")\""_s << true << true;
        QTest::newRow("doubled quote") << u"a = 'it''s )'"_s << true << true;
        QTest::newRow("open text") << u"a = 'x"_s << false << false;
        QTest::newRow("line comment hides") << u"a = 1 -- )"_s << true << true;
        QTest::newRow("line comment ends") << u"a = 1 -- x\n) OR (1 = 1"_s << false << false;
        QTest::newRow("two minuses") << u"a = 1--(1) OR (2)"_s << true << true;
        QTest::newRow("minuses hide nothing in MySQL") << u"a = 1--1) OR (1=1"_s << true << false;
        QTest::newRow("hash") << u"a = 1 # )"_s << false << true;
        QTest::newRow("block comment") << u"a /* ) */ = 1"_s << true << true;
        QTest::newRow("open comment") << u"a = 1 /* )"_s << false << false;
        QTest::newRow("nested comment") << u"a = 1 /* /* */ ) */"_s << true << false;
        QTest::newRow("code in a comment") << u"a = 1 /*! ) OR (1=1 */"_s << true << false;
        QTest::newRow("code for MariaDB") << u"a = 1 /*M! ) OR (1=1 */"_s << true << false;
        QTest::newRow("backslash ends the text") << u"a = '\\' ) OR ('1'='1'"_s << false << false;
        QTest::newRow("backslash before a quote") << u"a = '\\') OR (1=1 OR a = '"_s << false << true;
        QTest::newRow("escape text") << u"a = E'\\') OR (1=1 OR a = '"_s << true << true;
        QTest::newRow("not an escape text") << u"cafe'\\') OR ('"_s << false << true;
        QTest::newRow("dollar text") << u"a = $$ ) $$ AND b = $x$ ) $$ $x$"_s << true << false;
        QTest::newRow("open dollar text") << u"a = $x$ ) $$"_s << false << false;
        QTest::newRow("dollar in a name") << u"a$x = b$x AND (c)"_s << true << true;
        QTest::newRow("backquotes") << u"`a)` = 1"_s << true << true;
        QTest::newRow("empty") << QString() << true << true;
    }
    void inside()
    {
        QFETCH(const QString, condition);
        QTEST(staysInside(condition, postgres), "inPostgres");
        QTEST(staysInside(condition, mysql), "inMysql");
    }
};

QTEST_APPLESS_MAIN(TestCondition)
#include "tst_condition.moc"
