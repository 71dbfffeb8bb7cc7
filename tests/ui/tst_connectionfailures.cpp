// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "app/wording/wording.h"
#include "tests/ui/support/connecting.h"
#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectiontester.h"
#include "ui/connections/testpanel.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::connecting;

// Each failure that has a name, as the connection dialog shows it: its sentence, its remedy, and the way to where it is
// mended, in both languages and with nothing cut off. Leaves a picture of each in screenshots/.
class TestConnectionFailures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void cleanup() { looks::use({u"en"_s, false, 100}); }
    void saysWhatMendsIt_data();
    void saysWhatMendsIt();
    void longAnswersAreNotCutOff();

private:
    static ConnectionSettings shop();
    static void end(const ConnectionDialog &dialog, TestStep step, const Error &error);
    std::unique_ptr<Place> m_place;
};

namespace {

struct Failure
{
    const char *name;
    ErrorCode code;
    TestStep step;
    ConnectionField field;
    QList<Fact> facts;
    const char *detail;
};

const QMap<Fact, QString> &facts()
{
    static const QMap<Fact, QString> all{{Fact::Host, u"db.example"_s}, {Fact::Port, u"5432"_s},
                                         {Fact::User, u"app"_s},        {Fact::Database, u"shop"_s},
                                         {Fact::Limit, u"10s"_s},       {Fact::Found, u"9.6.24"_s},
                                         {Fact::Expected, u"12"_s},     {Fact::Ssh, u"me@bastion.example:2222"_s}};
    return all;
}

const QList<Failure> &failures()
{
    using F = Fact;
    using S = TestStep;
    using C = ConnectionField;
    static const QList<Failure> all{
        {"dns", ErrorCode::HostNotFound, S::Network, C::Host, {F::Host, F::Port}, "Name or service not known"},
        {"refused", ErrorCode::Unreachable, S::Network, C::Port, {F::Host, F::Port}, "Connection refused"},
        {"time-out", ErrorCode::Timeout, S::Network, C::Timeout, {F::Host, F::Port, F::Limit}, ""},
        {"tls-name", ErrorCode::TlsName, S::Tls, C::Host, {F::Host, F::Port}, "IP address mismatch"},
        {"tls-pin", ErrorCode::TlsUntrusted, S::Tls, C::Pin, {F::Host, F::Port, F::Expected, F::Found}, ""},
        {"tls-ca",
         ErrorCode::TlsUntrusted,
         S::Tls,
         C::Pin,
         {F::Host, F::Port},
         "SSL error: certificate verify failed: self-signed certificate in certificate chain"},
        {"password",
         ErrorCode::WrongPassword,
         S::Login,
         C::PasswordKind,
         {F::Host, F::Port, F::User},
         "FATAL: password authentication failed for user \"app\""},
        {"database",
         ErrorCode::NoSuchDatabase,
         S::Database,
         C::Database,
         {F::Host, F::Port, F::Database},
         "FATAL: database \"shop\" does not exist"},
        {"rights",
         ErrorCode::NoRights,
         S::Login,
         C::User,
         {F::Host, F::Port, F::User, F::Database},
         "FATAL: permission denied for database \"shop\""},
        {"version", ErrorCode::ServerTooOld, S::Login, C::None, {F::Host, F::Port, F::Found, F::Expected}, ""},
        {"ssh-host-key",
         ErrorCode::SshHostKey,
         S::Ssh,
         C::SshHost,
         {F::Ssh},
         "No ED25519 host key is known for [bastion.example]:2222 and you have requested strict checking."},
        {"ssh-auth",
         ErrorCode::SshAuth,
         S::Ssh,
         C::SshKey,
         {F::Ssh},
         "me@bastion.example: Permission denied (publickey)."},
        {"protocol", ErrorCode::ProtocolUnknown, S::Network, C::Port, {F::Host, F::Port}, "HTTP/1.1 400 Bad Request"},
    };
    return all;
}

Error errorOf(const Failure &failure)
{
    Error error{failure.code, {}, QString::fromLatin1(failure.detail)};
    for (const Fact fact : failure.facts)
        error.with(fact, facts().value(fact));
    const bool pinned = failure.code == ErrorCode::TlsUntrusted && failure.facts.contains(Fact::Found);
    if (pinned) // fingerprints, in one piece
        error.with(Fact::Found, u"0123456789abcdef"_s.repeated(4)).with(Fact::Expected, QString(64, u'f'));
    return error;
}

QString textOf(const QWidget &dialog, const QString &name)
{
    const auto *label = dialog.findChild<QLabel *>(name);
    return label->isVisibleTo(&dialog) ? label->text().remove(QChar(0x200b)) : QString(); // places to break at
}

} // namespace

ConnectionSettings TestConnectionFailures::shop()
{
    ConnectionSettings settings;
    settings.name = u"shop"_s;
    settings.driver = Driver::Postgres;
    settings.host = u"db.example"_s;
    settings.database = u"shop"_s;
    settings.user = u"app"_s;
    settings.password = {PasswordSource::Kind::Env, u"SHOP_PASSWORD"_s};
    settings.ssh = SshSettings{u"bastion.example"_s, 2222, u"me"_s, {}};
    return settings;
}

// A test that a person has begun, ended by this failure.
void TestConnectionFailures::end(const ConnectionDialog &dialog, TestStep step, const Error &error)
{
    QVERIFY(person::click(dialog, u"test"_s));
    auto *tester = dialog.findChild<ConnectionTester *>();
    tester->stop();
    Q_EMIT tester->reached(step);
    Q_EMIT tester->failed(error);
}

void TestConnectionFailures::saysWhatMendsIt_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("percent");
    QTest::addColumn<int>("number");
    for (int number = 0; number < failures().size(); ++number) {
        const char *name = failures().at(number).name;
        QTest::addRow("%s en light 100", name) << u"en"_s << false << 100 << number;
        QTest::addRow("%s en dark 150", name) << u"en"_s << true << 150 << number;
        QTest::addRow("%s zh light 150", name) << u"zh_CN"_s << false << 150 << number;
        QTest::addRow("%s zh dark 100", name) << u"zh_CN"_s << true << 100 << number;
    }
}

void TestConnectionFailures::saysWhatMendsIt()
{
    QFETCH(QString, language);
    QFETCH(bool, dark);
    QFETCH(int, percent);
    QFETCH(int, number);
    looks::use({language, dark, percent});
    const Failure &failure = failures().at(number);
    const Error error = errorOf(failure);
    const auto dialog = m_place->open(shop());
    end(*dialog, failure.step, error);

    const wording::Message message = wording::message(error);
    QCOMPARE(textOf(*dialog, u"testHeadline"_s), message.what);
    QVERIFY(!message.next.isEmpty());
    QCOMPARE(textOf(*dialog, u"testText"_s), message.next);
    QCOMPARE(textOf(*dialog, u"testDetail"_s), QString::fromLatin1(failure.detail));
    const QStringList faults = looks::shoot(*dialog, u"connection-failure"_s);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));

    const auto *go = dialog->findChild<QPushButton *>(u"goToField"_s);
    QCOMPARE(go->isVisibleTo(dialog.get()), failure.field != ConnectionField::None);
    const bool certificate = failure.step == TestStep::Tls;
    QCOMPARE(dialog->findChild<QPushButton *>(u"testCertificate"_s)->isVisibleTo(dialog.get()), certificate);
    const bool grants = failure.code == ErrorCode::NoRights;
    QCOMPARE(dialog->findChild<QPushButton *>(u"testGrants"_s)->isVisibleTo(dialog.get()), grants);
    if (failure.field == ConnectionField::None)
        return;
    QVERIFY(person::click(*dialog, u"goToField"_s));
    QVERIFY(dialog->focusWidget());
    static const QMap<ConnectionField, QString> names{{ConnectionField::Host, u"host"_s},
                                                      {ConnectionField::Port, u"port"_s},
                                                      {ConnectionField::Timeout, u"timeout"_s},
                                                      {ConnectionField::Pin, u"pin"_s},
                                                      {ConnectionField::PasswordKind, u"passwordKind"_s},
                                                      {ConnectionField::Database, u"database"_s},
                                                      {ConnectionField::User, u"user"_s},
                                                      {ConnectionField::SshHost, u"sshHost"_s},
                                                      {ConnectionField::SshKey, u"sshKey"_s}};
    QCOMPARE(dialog->focusWidget()->objectName(), names.value(failure.field));
}

// What a server says may be long, odd and in one piece: the panel scrolls, and nothing is pushed out of the window.
void TestConnectionFailures::longAnswersAreNotCutOff()
{
    const auto dialog = m_place->open(shop());
    const QSize before = dialog->size();
    auto *panel = dialog->findChild<TestPanel *>();
    Error error = errorOf(failures().at(6));
    error.with(Fact::User, u"<b>x</b>\u202e\n"_s + u"u"_s.repeated(300));
    error.detail = u"word "_s.repeated(100) + u"unbroken"_s.repeated(60) + u"<img src=x>\u202e\a"_s;
    end(*dialog, TestStep::Login, error);
    QCoreApplication::processEvents();
    QCOMPARE(dialog->size(), before);
    const QString shown = textOf(*dialog, u"testHeadline"_s) + textOf(*dialog, u"testDetail"_s);
    QVERIFY(shown.contains(u"<b>x</b>‹U+202E›"_s));
    QVERIFY(!shown.contains(QChar(0x202e)) && !shown.contains(u'\a'));
    for (const QString &name : {u"testHeadline"_s, u"testText"_s, u"testDetail"_s}) {
        auto *label = dialog->findChild<QLabel *>(name);
        QVERIFY2(label->width() <= panel->width(),
                 qPrintable(name + u": "_s + QString::number(label->width()) + u' ' + label->text()));
        QVERIFY2(label->sizeHint().width() <= panel->width() || label->wordWrap(), qPrintable(name));
    }
    auto *go = dialog->findChild<QPushButton *>(u"goToField"_s);
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    dialog->findChild<QPushButton *>(u"test"_s)->setFocus();
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
    QCOMPARE(dialog->focusWidget(), go); // and it comes into sight
    QTRY_VERIFY(!go->visibleRegion().isEmpty());
}

QTEST_MAIN(TestConnectionFailures)
#include "tst_connectionfailures.moc"
