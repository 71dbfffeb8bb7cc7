// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QTest>
#include <QUrl>

#include "tests/ui/support/connecting.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::connecting;

// The grants that a job needs, as the connection dialog offers them: per engine, mode and detection, to be copied.
class TestConnectionGrants : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void followsWhatTheJobDoes_data();
    void followsWhatTheJobDoes();
    void readOnlyIsNoTarget();
    void oddTablesAreListed_data();
    void oddTablesAreListed();

private:
    QWidget *openGrants(const ConnectionDialog &dialog);
    std::unique_ptr<Place> m_place;
};

QWidget *TestConnectionGrants::openGrants(const ConnectionDialog &dialog)
{
    if (!person::click(dialog, u"grants"_s))
        return nullptr;
    (void)QTest::qWaitFor([] { return person::window(u"grantsDialog"_s) != nullptr; }, 30'000);
    return person::window(u"grantsDialog"_s);
}

void TestConnectionGrants::followsWhatTheJobDoes_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::addColumn<QString>("side");
    QTest::addColumn<QString>("how");
    QTest::addColumn<QStringList>("there");
    QTest::addColumn<QStringList>("absent");
    const QString source = u"Source: rows are read"_s;
    const QString target = u"Target: rows are written"_s;
    const auto pg = Driver::Postgres;
    const auto my = Driver::Mysql;
    const QString at = u"ON \"sales\".\"orders\" TO \"app\""_s;
    const QString myAt = u"ON `shop`.`orders` TO "_s;
    QTest::newRow("PostgreSQL, all rows")
        << pg << source << u"By comparing all rows"_s
        << QStringList{u"CONNECT ON DATABASE \"shop\""_s, u"USAGE ON SCHEMA \"sales\""_s, u"GRANT SELECT "_s + at}
        << QStringList{u"INSERT"_s, u"UPDATE"_s, u"DELETE"_s, u"pg_read_all_stats"_s};
    QTest::newRow("PostgreSQL, timestamp")
        << pg << source << u"By a timestamp"_s << QStringList{u"GRANT SELECT "_s + at, u"pg_read_all_stats"_s}
        << QStringList{u"UPDATE"_s, u"DELETE"_s};
    QTest::newRow("PostgreSQL, version") << pg << source << u"By a version number"_s
                                         << QStringList{u"GRANT SELECT "_s + at} << QStringList{u"UPDATE"_s};
    QTest::newRow("PostgreSQL, flag") << pg << source << u"By a flag"_s
                                      << QStringList{u"GRANT SELECT "_s + at, u"UPDATE (\"sent \"\"x\"\"\") "_s + at}
                                      << QStringList{u"DELETE"_s, u"INSERT"_s};
    QTest::newRow("PostgreSQL, update") << pg << target << u"Add and update"_s
                                        << QStringList{u"GRANT SELECT, INSERT, UPDATE "_s + at, u"TEMPORARY"_s}
                                        << QStringList{u"DELETE "_s + at};
    QTest::newRow("PostgreSQL, mirror") << pg << target << u"Make identical"_s
                                        << QStringList{u"GRANT SELECT, INSERT, UPDATE, DELETE "_s + at}
                                        << QStringList{};
    QTest::newRow("MariaDB, all rows") << my << source << u"By comparing all rows"_s
                                       << QStringList{u"GRANT SELECT "_s + myAt, u"'app'@'10.%'"_s}
                                       << QStringList{u"INSERT"_s, u"UPDATE"_s, u"DELETE"_s, u"PROCESS"_s};
    QTest::newRow("MariaDB, timestamp") << my << source << u"By a timestamp"_s
                                        << QStringList{u"GRANT SELECT "_s + myAt, u"PROCESS ON *.*"_s}
                                        << QStringList{u"UPDATE"_s};
    QTest::newRow("MariaDB, flag") << my << source << u"By a flag"_s << QStringList{u"UPDATE (`sent \"x\"`) "_s + myAt}
                                   << QStringList{u"DELETE"_s};
    QTest::newRow("MariaDB, update") << my << target << u"Add and update"_s
                                     << QStringList{u"GRANT SELECT, INSERT, UPDATE "_s + myAt,
                                                    u"CREATE TEMPORARY TABLES"_s}
                                     << QStringList{u"DELETE "_s + myAt};
    const QString both = u"Two-way: rows are read and written"_s;
    QTest::newRow("PostgreSQL, two-way") << pg << both << QString()
                                         << QStringList{u"GRANT SELECT, INSERT, UPDATE, DELETE "_s + at,
                                                        u"CREATE ON SCHEMA \"sales\""_s}
                                         << QStringList{u"pg_read_all_stats"_s};
    QTest::newRow("MariaDB, two-way") << my << both << QString()
                                      << QStringList{u"GRANT SELECT, INSERT, UPDATE, DELETE "_s + myAt,
                                                     u"`shop`.`tidemark_checkpoint`"_s}
                                      << QStringList{u"PROCESS"_s};
    QTest::newRow("MariaDB, mirror") << my << target << u"Make identical"_s
                                     << QStringList{u"GRANT SELECT, INSERT, UPDATE, DELETE "_s + myAt} << QStringList{};
}

void TestConnectionGrants::followsWhatTheJobDoes()
{
    QFETCH(Driver, driver);
    QFETCH(QString, side);
    QFETCH(QString, how);
    ConnectionSettings settings = full();
    settings.driver = driver;
    settings.readOnly = false;
    settings.password = {PasswordSource::Kind::Ask, {}}; // nobody is asked, nothing is listed
    if (driver == Driver::Mysql)
        settings.schema.clear();
    const auto dialog = m_place->open(settings);
    QPointer<QWidget> grants = openGrants(*dialog);
    QVERIFY(grants);
    QVERIFY(person::type(*grants, u"grantTables"_s, u"orders"_s));
    QVERIFY(person::choose(*grants, u"grantSide"_s, side));
    const bool isTarget = side.startsWith(u"Target"_s);
    QCOMPARE(person::field(*grants, u"grantMode"_s) != nullptr, isTarget);
    QCOMPARE(person::field(*grants, u"grantDetect"_s) != nullptr, side.startsWith(u"Source"_s));
    if (!how.isEmpty())
        QVERIFY(person::choose(*grants, isTarget ? u"grantMode"_s : u"grantDetect"_s, how));
    QCOMPARE(person::field(*grants, u"grantFlag"_s) != nullptr, how == u"By a flag");
    if (how == u"By a flag")
        QVERIFY(person::type(*grants, u"grantFlag"_s, u"sent \"x\""_s));
    if (driver == Driver::Mysql)
        QVERIFY(person::type(*grants, u"grantFrom"_s, u"10.%"_s));
    // Copied by keyboard.
    QGuiApplication::clipboard()->clear();
    QWidget *copy = person::button(*grants, u"copyGrants"_s);
    copy->setFocus(Qt::TabFocusReason);
    QTest::keyClick(copy, Qt::Key_Space);
    const QString sql = QGuiApplication::clipboard()->text();
    QCOMPARE(sql, grants->findChild<QPlainTextEdit *>()->toPlainText());
    QFETCH(QStringList, there);
    for (const QString &text : there)
        QVERIFY2(sql.contains(text), qPrintable(text + u"\n\n"_s + sql));
    QFETCH(QStringList, absent);
    for (const QString &text : absent)
        QVERIFY2(!sql.contains(text), qPrintable(text + u"\n\n"_s + sql));
    for (const QString &line : sql.split(u'\n', Qt::SkipEmptyParts))
        QVERIFY2(line.startsWith(u"-- "_s) || line.endsWith(u';'), qPrintable(line));
    QTest::keyClick(grants, Qt::Key_Escape);
}

void TestConnectionGrants::readOnlyIsNoTarget()
{
    const auto dialog = m_place->open(full()); // marked read-only
    QPointer<QWidget> grants = openGrants(*dialog);
    QVERIFY(grants);
    QCOMPARE(qobject_cast<QComboBox *>(person::field(*grants, u"grantSide"_s))->count(), 1);
    QTest::keyClick(grants, Qt::Key_Escape);
}

void TestConnectionGrants::oddTablesAreListed_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<Driver>("driver");
    QTest::newRow("PostgreSQL") << QByteArray("TIDEMARK_TEST_POSTGRES") << Driver::Postgres;
    QTest::newRow("MariaDB") << QByteArray("TIDEMARK_TEST_MYSQL") << Driver::Mysql;
}

// A name with a comma and quotes comes from the server, and reaches the SQL as the one name that it is.
void TestConnectionGrants::oddTablesAreListed()
{
    QFETCH(QByteArray, variable);
    QFETCH(Driver, driver);
    const QUrl url(qEnvironmentVariable(variable.constData()));
    if (url.isEmpty())
        QSKIP("no server to list tables of");
    person::Watch watch;
    ConnectionSettings settings;
    settings.name = u"real"_s;
    settings.driver = driver;
    settings.host = url.host();
    settings.port = url.port();
    settings.user = url.userName();
    settings.database = url.path().mid(1);
    settings.password = {PasswordSource::Kind::Env, u"TIDEMARK_TEST_PASSWORD"_s};
    const QString name = u"\"ui_grants, %1\" of `x`"_s.arg(QCoreApplication::applicationPid());
    const QString quoted = dialectOf(driver).quote(name);
    const auto sql = [&](const QString &statement) {
        person::elsewhere([&] {
            SqlConnector connector;
            const auto session = connector.openSql(settings, OpenOptions{true, nullptr});
            QVERIFY(session);
            QVERIFY((*session)->execute(statement));
        });
    };
    sql(u"CREATE TABLE %1 (id INT PRIMARY KEY)"_s.arg(quoted));
    const auto drop = qScopeGuard([&] { sql(u"DROP TABLE "_s + quoted); });
    const auto dialog = m_place->open(settings);
    QPointer<QWidget> grants = openGrants(*dialog);
    QVERIFY(grants);
    const auto text = [&] { return grants->findChild<QPlainTextEdit *>()->toPlainText(); };
    QTRY_VERIFY2_WITH_TIMEOUT(text().contains(u"."_s + quoted + u" TO "_s), qPrintable(text()), 30'000);
    QTest::keyClick(grants, Qt::Key_Escape);
}

QTEST_MAIN(TestConnectionGrants)
#include "tst_connectiongrants.moc"
