// SPDX-License-Identifier: GPL-3.0-or-later
// How a connector comes to the password of a connection whose password lies in a keychain.
#include <memory>

#include <QTest>
#include <QUrl>

#include "core/endpoint/connector.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

class FakeKeychain final : public Keychain
{
public:
    bool isAvailable() override { return true; }
    Result<Secret> read(const QString &key, Cancellation *) override
    {
        ++asked;
        lastKey = key;
        return answer;
    }
    Result<void> write(const QString &, const Secret &, Cancellation *) override { return {}; }
    Result<void> remove(const QString &, Cancellation *) override { return {}; }

    Result<Secret> answer = Secret();
    int asked = 0;
    QString lastKey;
};

} // namespace

class TestConnectorPassword : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_MYSQL"))
            QSKIP("TIDEMARK_TEST_MYSQL is not set");
        m_keychain = std::make_shared<FakeKeychain>();
        m_people = 0;
    }
    void kept();
    void lockedIsAskedOnce();
    void lockedAndNobodyThere();
    void otherSourcesLeaveItAlone();

private:
    static ConnectionSettings settings()
    {
        const QUrl url(qEnvironmentVariable("TIDEMARK_TEST_MYSQL"));
        ConnectionSettings settings;
        settings.driver = Driver::Mysql;
        settings.host = url.host();
        settings.port = url.port();
        settings.user = url.userName();
        settings.database = url.path().mid(1);
        settings.password = {PasswordSource::Kind::Keychain, u"shop"_s};
        return settings;
    }
    AskPassword person()
    {
        return [this](const ConnectionSettings &) {
            ++m_people;
            return Result<Secret>(Secret(qgetenv("TIDEMARK_TEST_PASSWORD")));
        };
    }

    std::shared_ptr<FakeKeychain> m_keychain;
    int m_people = 0;
};

void TestConnectorPassword::kept()
{
    m_keychain->answer = Secret(qgetenv("TIDEMARK_TEST_PASSWORD"));
    SqlConnector connector(person(), m_keychain);
    QVERIFY(connector.openSql(settings(), {}));
    QCOMPARE(m_keychain->lastKey, u"shop"_s);
    QCOMPARE(m_people, 0);
    m_keychain->answer = Secret("not the password");
    const auto refused = connector.openSql(settings(), {});
    QVERIFY(!refused);
    QCOMPARE(codeName(refused.error().code), codeName(ErrorCode::WrongPassword));
    QCOMPARE(m_keychain->asked, 2); // what it keeps may have been changed meanwhile
}

void TestConnectorPassword::lockedIsAskedOnce()
{
    m_keychain->answer = fail(ErrorCode::KeychainLocked);
    SqlConnector connector(person(), m_keychain);
    for (int i = 0; i < 3; ++i)
        QVERIFY(connector.openSql(settings(), {}));
    QCOMPARE(m_keychain->asked, 1);
    QCOMPARE(m_people, 3); // who types remembers by itself
}

void TestConnectorPassword::lockedAndNobodyThere()
{
    m_keychain->answer = fail(ErrorCode::KeychainLocked);
    SqlConnector connector({}, m_keychain);
    for (int i = 0; i < 2; ++i) {
        const auto refused = connector.openSql(settings(), {});
        QVERIFY(!refused);
        QCOMPARE(codeName(refused.error().code), codeName(ErrorCode::KeychainLocked));
        QCOMPARE(exitCode(refused.error().code), 2);
        QVERIFY(!refused.error().isTransient()); // no retry by itself: a person is needed
        QCOMPARE(refused.error().facts.value(Fact::Connection), settings().label());
    }
}

void TestConnectorPassword::otherSourcesLeaveItAlone()
{
    SqlConnector connector({}, m_keychain);
    ConnectionSettings other = settings();
    other.password = {PasswordSource::Kind::Env, u"TIDEMARK_TEST_PASSWORD"_s};
    QVERIFY(connector.openSql(other, {}));
    QCOMPARE(m_keychain->asked, 0);
}

QTEST_GUILESS_MAIN(TestConnectorPassword)
#include "tst_connectorpassword.moc"
