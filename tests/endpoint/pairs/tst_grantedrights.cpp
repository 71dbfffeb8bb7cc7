// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/endpoint/sql/mysql/mysqlgrants.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Rights)

// What SHOW GRANTS says.
class TestGrantedRights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holds_data()
    {
        QTest::addColumn<QStringList>("lines");
        QTest::addColumn<Rights>("rights");
        QTest::addColumn<int>("expected"); // −1: not known
        using On = Rights::On;
        const auto table = [](const QStringList &privileges, const QString &name = u"t"_s, const QString &schema = {}) {
            return Rights{On::Table, privileges, {schema, name}, {}, {}};
        };
        const QString usage = u"GRANT USAGE ON *.* TO `ann`@`%` IDENTIFIED BY PASSWORD '*ABC'"_s;
        const QString select = u"GRANT SELECT, INSERT ON `db`.`t` TO `ann`@`%`"_s;
        const auto row = [](const char *name, const QStringList &lines, const Rights &rights, int expected) {
            QTest::newRow(name) << lines << rights << expected;
        };
        row("nothing", {usage}, table({u"SELECT"_s}), 0);
        row("on the table", {usage, select}, table({u"SELECT"_s}), 1);
        row("both", {usage, select}, table({u"SELECT"_s, u"INSERT"_s}), 1);
        row("one of two", {usage, select}, table({u"SELECT"_s, u"DELETE"_s}), 0);
        row("from two lines", {select, u"GRANT DELETE ON `db`.* TO `ann`@`%`"_s}, table({u"SELECT"_s, u"DELETE"_s}), 1);
        row("another table", {usage, select}, table({u"SELECT"_s}, u"u"_s), 0);
        row("another database", {usage, select}, table({u"SELECT"_s}, u"t"_s, u"other"_s), 0);
        row("on the database", {u"GRANT SELECT ON `db`.* TO `ann`@`%`"_s}, table({u"SELECT"_s}), 1);
        row("on a pattern", {u"GRANT SELECT ON `d_`.* TO `ann`@`%`"_s}, table({u"SELECT"_s}), 1);
        row("on another pattern", {u"GRANT SELECT ON `d\\_`.* TO `ann`@`%`"_s}, table({u"SELECT"_s}), 0);
        row("on the server", {u"GRANT SELECT ON *.* TO `ann`@`%`"_s}, table({u"SELECT"_s}), 1);
        row("all", {u"GRANT ALL PRIVILEGES ON `db`.* TO `ann`@`%` WITH GRANT OPTION"_s}, table({u"TRIGGER"_s}), 1);
        row("by a role", {usage, u"GRANT `reader` TO `ann`@`%`"_s}, table({u"SELECT"_s}), -1);
        row("by a role, but held", {select, u"GRANT `reader` TO `ann`@`%`"_s}, table({u"SELECT"_s}), 1);
        row("a table with marks", {u"GRANT SELECT ON `db`.`a``b.c` TO `ann`@`%`"_s}, table({u"SELECT"_s}, u"a`b.c"_s),
            1);
        const QString columns = u"GRANT SELECT (`a, b`, `c`), UPDATE (`f`) ON `db`.`t` TO `ann`@`%`"_s;
        const auto column = [](const QString &privilege, const QStringList &names) {
            return Rights{On::Columns, {privilege}, {{}, u"t"_s}, {}, names};
        };
        row("a column", {columns}, column(u"UPDATE"_s, {u"f"_s}), 1);
        row("another column", {columns}, column(u"UPDATE"_s, {u"c"_s}), 0);
        row("a column with a comma", {columns}, column(u"SELECT"_s, {u"a, b"_s, u"c"_s}), 1);
        row("the table by its columns", {columns}, table({u"UPDATE"_s}), 0);
        row("columns by the table", {u"GRANT UPDATE ON `db`.`t` TO `ann`@`%`"_s}, column(u"UPDATE"_s, {u"x"_s}), 1);
        const Rights process{On::Server, {u"PROCESS"_s}, {}, {}, {}};
        row("of the server", {u"GRANT PROCESS ON *.* TO `ann`@`%`"_s}, process, 1);
        row("not of the server", {u"GRANT ALL PRIVILEGES ON `db`.* TO `ann`@`%`"_s}, process, 0);
        const Rights temporary{On::Database, {u"CREATE TEMPORARY TABLES"_s}, {}, u"db"_s, {}};
        row("of the database", {u"GRANT CREATE TEMPORARY TABLES ON `db`.* TO `ann`@`%`"_s}, temporary, 1);
        row("not of the database", {u"GRANT SELECT ON `db`.* TO `ann`@`%`"_s}, temporary, 0);
        row("nothing read", {}, temporary, 0);
    }
    void holds()
    {
        QFETCH(QStringList, lines);
        QFETCH(Rights, rights);
        QFETCH(int, expected);
        const std::optional<bool> held = mysql::GrantedRights(lines, u"db"_s).holds(rights);
        QCOMPARE(held ? int(*held) : -1, expected);
    }
};

QTEST_MAIN(TestGrantedRights)
#include "tst_grantedrights.moc"
