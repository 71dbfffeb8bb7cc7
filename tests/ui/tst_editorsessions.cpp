// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <atomic>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>

#include "tests/endpoint/pairs/sqlside.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/editorsessions.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

Q_DECLARE_METATYPE(tidemark::Driver)

// Sessions that stay open between the questions of an editor.
class TestEditorSessions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { m_connector = std::make_shared<Counting>(); }
    void cleanup() { QThreadPool::globalInstance()->waitForDone(); }
    void serversStayOpen_data() { servers(); }
    void serversStayOpen();
    void theLostAreOpenedAnew_data() { servers(); }
    void theLostAreOpenedAnew();
    void theIdleAreClosed();
    void aNewQuestionTakesThePlace_data() { servers(); }
    void aNewQuestionTakesThePlace();
    void filesAreOpenedEachTime();
    void oneConnectionTwiceIsTwoSessions();
    void afterAFailureTheyAreOpenedAnew();
    void theDroppedAreNotAnswered();
    void whoIsGoneIsNotAnswered();

private:
    struct Counting final : Connector
    {
        Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override
        {
            ++opened;
            return connector.open(settings, options);
        }
        SqlConnector connector;
        std::atomic<int> opened = 0;
    };
    struct Answer
    {
        bool given = false;
        Result<QString> value = QString();
    };
    static void servers();
    // The server's own number of the session that answers; then runs sql.
    static Result<QString> number(EditorSessions::Sides &sides, const ConnectionSettings &settings,
                                  const QString &sql = {});
    Answer &ask(EditorSessions &sessions, const ConnectionSettings &settings, const QString &sql = {});
    Side &side(Driver driver);

    std::shared_ptr<Counting> m_connector;
    QTemporaryDir m_folder;
    std::map<Driver, std::unique_ptr<Side>> m_sides;
    std::list<Answer> m_answers;
};

void TestEditorSessions::initTestCase()
{
    if (!Side::isAvailable(Driver::Postgres) || !Side::isAvailable(Driver::Mysql))
        QSKIP("no servers: TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
}

void TestEditorSessions::servers()
{
    QTest::addColumn<Driver>("driver");
    QTest::newRow("PostgreSQL") << Driver::Postgres;
    QTest::newRow("MariaDB") << Driver::Mysql;
}

Side &TestEditorSessions::side(Driver driver)
{
    auto &side = m_sides[driver];
    if (!side)
        side = std::make_unique<Side>(driver, m_folder.path(), u"kept"_s);
    return *side;
}

Result<QString> TestEditorSessions::number(EditorSessions::Sides &sides, const ConnectionSettings &settings,
                                           const QString &sql)
{
    TRY_ASSIGN(Session *const session, sides.open(settings));
    const QString asks = settings.driver == Driver::Postgres ? u"SELECT pg_backend_pid()"_s
        : settings.driver == Driver::Mysql                   ? u"SELECT CONNECTION_ID()"_s
                                                             : u"SELECT 1"_s;
    TRY_ASSIGN(const auto rows, session->asSql()->query(asks));
    if (!sql.isEmpty())
        TRY(session->asSql()->query(sql));
    return QString::fromUtf8(rows.first()[0].value());
}

TestEditorSessions::Answer &TestEditorSessions::ask(EditorSessions &sessions, const ConnectionSettings &settings,
                                                    const QString &sql)
{
    Answer &answer = m_answers.emplace_back();
    sessions.ask(
        this, [settings, sql](EditorSessions::Sides &sides) { return number(sides, settings, sql); },
        [&answer](const Result<QString> &value) {
            answer.given = true;
            answer.value = value;
        });
    return answer;
}

void TestEditorSessions::serversStayOpen()
{
    QFETCH(Driver, driver);
    EditorSessions sessions(m_connector);
    const Answer &first = ask(sessions, side(driver).settings);
    QTRY_VERIFY_WITH_TIMEOUT(first.given, 15'000);
    const Answer &second = ask(sessions, side(driver).settings);
    QTRY_VERIFY_WITH_TIMEOUT(second.given, 15'000);
    QVERIFY(first.value && second.value);
    QCOMPARE(*second.value, *first.value);
    QCOMPARE(m_connector->opened.load(), 1);
    sessions.reopen();
    const Answer &third = ask(sessions, side(driver).settings);
    QTRY_VERIFY_WITH_TIMEOUT(third.given, 15'000);
    QVERIFY(*third.value != *first.value);
}

void TestEditorSessions::theLostAreOpenedAnew()
{
    QFETCH(Driver, driver);
    EditorSessions sessions(m_connector);
    const Answer &first = ask(sessions, side(driver).settings);
    QTRY_VERIFY_WITH_TIMEOUT(first.given && first.value, 15'000);
    const bool postgres = driver == Driver::Postgres;
    QVERIFY(side(driver).session().query(
        (postgres ? u"SELECT pg_terminate_backend(%1)"_s : u"KILL %1"_s).arg(*first.value)));
    const Answer &second = ask(sessions, side(driver).settings);
    QTRY_VERIFY_WITH_TIMEOUT(second.given, 15'000);
    QVERIFY2(second.value, second.value ? "" : qPrintable(second.value.error().detail));
    QVERIFY(*second.value != *first.value);
    QCOMPARE(m_connector->opened.load(), 2);
}

void TestEditorSessions::theIdleAreClosed()
{
    EditorSessions sessions(m_connector, std::chrono::milliseconds(50));
    const Answer &first = ask(sessions, side(Driver::Postgres).settings);
    QTRY_VERIFY_WITH_TIMEOUT(first.given && first.value, 15'000);
    const QString asks = u"SELECT count(*) FROM pg_stat_activity WHERE pid = %1"_s.arg(*first.value);
    QTRY_COMPARE_WITH_TIMEOUT(side(Driver::Postgres).rows(asks), QStringList{u"0"_s}, 15'000);
    const Answer &second = ask(sessions, side(Driver::Postgres).settings);
    QTRY_VERIFY_WITH_TIMEOUT(second.given && second.value, 15'000);
    QVERIFY(*second.value != *first.value);
}

void TestEditorSessions::aNewQuestionTakesThePlace()
{
    QFETCH(Driver, driver);
    EditorSessions sessions(m_connector);
    const QString sleep = driver == Driver::Postgres ? u"SELECT pg_sleep(600)"_s : u"SELECT SLEEP(600)"_s;
    const Answer &slow = ask(sessions, side(driver).settings, sleep);
    QTRY_COMPARE_WITH_TIMEOUT(m_connector->opened.load(), 1, 15'000);
    const Answer &quick = ask(sessions, side(driver).settings);
    QTRY_VERIFY_WITH_TIMEOUT(quick.given, 15'000);
    QVERIFY2(quick.value, quick.value ? "" : qPrintable(codeName(quick.value.error().code)));
    QVERIFY(!slow.given);
}

void TestEditorSessions::filesAreOpenedEachTime()
{
    Side file(Driver::Sqlite, m_folder.path(), u"file"_s);
    EditorSessions sessions(m_connector);
    for (int turn = 1; turn <= 2; ++turn) {
        const Answer &answer = ask(sessions, file.settings);
        QTRY_VERIFY(answer.given && answer.value);
        QCOMPARE(m_connector->opened.load(), turn);
    }
}

void TestEditorSessions::oneConnectionTwiceIsTwoSessions()
{
    EditorSessions sessions(m_connector);
    Answer answer;
    for (int turn = 0; turn < 2; ++turn) {
        answer = {};
        sessions.ask(
            this,
            [settings = side(Driver::Postgres).settings](EditorSessions::Sides &sides) -> Result<QString> {
                TRY_ASSIGN(const QString one, number(sides, settings));
                TRY_ASSIGN(const QString other, number(sides, settings));
                return one == other ? u"the same"_s : u"two"_s;
            },
            [&answer](const Result<QString> &value) {
                answer = {true, value};
            });
        QTRY_VERIFY_WITH_TIMEOUT(answer.given && answer.value, 15'000);
        QCOMPARE(*answer.value, u"two"_s);
    }
    QCOMPARE(m_connector->opened.load(), 2);
}

// A failed statement may leave a transaction behind.
void TestEditorSessions::afterAFailureTheyAreOpenedAnew()
{
    EditorSessions sessions(m_connector);
    const Answer &first = ask(sessions, side(Driver::Postgres).settings, u"SELECT nothing"_s);
    QTRY_VERIFY_WITH_TIMEOUT(first.given, 15'000);
    QVERIFY(!first.value);
    const Answer &second = ask(sessions, side(Driver::Postgres).settings);
    QTRY_VERIFY_WITH_TIMEOUT(second.given && second.value, 15'000);
    QCOMPARE(m_connector->opened.load(), 2);
}

void TestEditorSessions::theDroppedAreNotAnswered()
{
    EditorSessions sessions(m_connector);
    const Answer &dropped = ask(sessions, side(Driver::Postgres).settings);
    sessions.drop();
    const Answer &answered = ask(sessions, side(Driver::Postgres).settings);
    QTRY_VERIFY_WITH_TIMEOUT(answered.given && answered.value, 15'000);
    QVERIFY(!dropped.given);
}

void TestEditorSessions::whoIsGoneIsNotAnswered()
{
    bool given = false;
    {
        QObject receiver;
        EditorSessions sessions(m_connector);
        sessions.ask(
            &receiver,
            [settings = side(Driver::Postgres).settings](EditorSessions::Sides &sides) {
                return number(sides, settings, u"SELECT pg_sleep(600)"_s);
            },
            [&given](const Result<QString> &) { given = true; });
        QTRY_COMPARE_WITH_TIMEOUT(m_connector->opened.load(), 1, 15'000);
    }
    QVERIFY(QThreadPool::globalInstance()->waitForDone(15'000)); // the sleep is ended
    QCoreApplication::processEvents();
    QVERIFY(!given);
}

QTEST_MAIN(TestEditorSessions)
#include "tst_editorsessions.moc"
