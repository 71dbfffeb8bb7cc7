// SPDX-License-Identifier: GPL-3.0-or-later
// The system's keychain over a Secret Service of the test's own: a bus, a keyring and a folder that nobody else uses.
#include <memory>
#include <thread>
#include <vector>

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "core/config/keychain.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 20'000;

QString words(const Error &error) { return QString(codeName(error.code) + u": "_s + error.detail); }

} // namespace

class TestSystemKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void withoutService();
    void keepsAndForgets();
    void fromManyThreads();
    void afterItsLastUser();
    void locked();
    void cancelled();
    void survivesTheBus();

private:
    bool startKeyring();
    static void end(QProcess &process);

    QTemporaryDir m_folder;
    QProcess m_bus;
    QProcess m_keyring;
    std::shared_ptr<Keychain> m_keychain;
};

void TestSystemKeychain::initTestCase()
{
    for (const QString &program : {u"dbus-daemon"_s, u"gnome-keyring-daemon"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP(qPrintable(program + " is not installed"_L1));
    }
    // No folder of services: nothing is started but what the test starts.
    QFile config(m_folder.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("<busconfig><type>session</type><listen>unix:dir=" + QFile::encodeName(m_folder.path())
                 + "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\"/>"
                   "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>");
    config.close();
    m_bus.start(u"dbus-daemon"_s, {u"--nofork"_s, u"--print-address=1"_s, u"--config-file="_s + config.fileName()});
    QVERIFY(
        QTest::qWaitFor([this] { return m_bus.canReadLine() || m_bus.state() == QProcess::NotRunning; }, patienceMs));
    const QByteArray address = m_bus.readLine().trimmed();
    QVERIFY2(!address.isEmpty(), m_bus.readAllStandardError().constData());
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    qputenv("XDG_CURRENT_DESKTOP", "GNOME");
    m_keychain = systemKeychain();
}

void TestSystemKeychain::end(QProcess &process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.terminate();
    if (!process.waitForFinished(patienceMs))
        process.kill();
    process.waitForFinished();
}

void TestSystemKeychain::cleanupTestCase()
{
    m_keychain.reset();
    end(m_keyring);
    end(m_bus);
}

bool TestSystemKeychain::startKeyring()
{
    if (m_keyring.state() != QProcess::NotRunning)
        return true;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_folder.path());
    environment.insert(u"XDG_DATA_HOME"_s, m_folder.path());
    environment.remove(u"DISPLAY"_s); // nothing that could ask a person
    m_keyring.setProcessEnvironment(environment);
    m_keyring.start(u"gnome-keyring-daemon"_s,
                    {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s,
                     u"--control-directory="_s + m_folder.filePath(u"control"_s)});
    if (!m_keyring.waitForStarted(patienceMs))
        return false;
    m_keyring.write("of the keyring");
    m_keyring.closeWriteChannel();
    return QTest::qWaitFor([this] { return m_keychain->isAvailable() || m_keyring.state() == QProcess::NotRunning; },
                           patienceMs)
        && m_keyring.state() == QProcess::Running;
}

void TestSystemKeychain::withoutService()
{
    QVERIFY(!m_keychain->isAvailable());
    const auto read = m_keychain->read(u"shop"_s);
    QVERIFY(!read);
    QVERIFY2(read.error().code == ErrorCode::KeychainUnavailable, qPrintable(words(read.error())));
    QCOMPARE(read.error().facts.value(Fact::Keychain), u"shop"_s);
    const auto written = m_keychain->write(u"shop"_s, Secret("geheim"));
    QVERIFY(!written); // and kept nowhere else
    QCOMPARE(codeName(written.error().code), codeName(ErrorCode::KeychainUnavailable));
    QVERIFY(!words(written.error()).contains("geheim"_L1));
}

void TestSystemKeychain::keepsAndForgets()
{
    QVERIFY2(startKeyring(), m_keyring.readAllStandardError().constData());
    const auto absent = m_keychain->read(u"店 – shop"_s);
    QVERIFY(!absent);
    QVERIFY2(absent.error().code == ErrorCode::PasswordMissing, qPrintable(words(absent.error())));
    for (const QByteArray &password : {QByteArray("p ä\n密"), QByteArray("second"), QByteArray(300, 'x')}) {
        const auto written = m_keychain->write(u"店 – shop"_s, Secret(password));
        QVERIFY2(written, written ? "" : qPrintable(words(written.error())));
        const auto read = m_keychain->read(u"店 – shop"_s);
        QVERIFY2(read, read ? "" : qPrintable(words(read.error())));
        QCOMPARE(read->bytes(), password);
    }
    QVERIFY(m_keychain->write(u"other"_s, Secret("of its own")));
    QVERIFY(m_keychain->remove(u"店 – shop"_s));
    QCOMPARE(codeName(m_keychain->read(u"店 – shop"_s).error().code), codeName(ErrorCode::PasswordMissing));
    QCOMPARE(m_keychain->read(u"other"_s)->bytes(), QByteArray("of its own"));
    QVERIFY(m_keychain->remove(u"店 – shop"_s)); // also where there is none
}

void TestSystemKeychain::fromManyThreads()
{
    QVERIFY(startKeyring());
    QVERIFY(m_keychain->write(u"shared"_s, Secret("one")));
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto read = systemKeychain()->read(u"shared"_s);
            right += read && read->bytes() == "one" ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(right.load(), 8);
}

// As a connector that asks for each session anew.
void TestSystemKeychain::afterItsLastUser()
{
    QVERIFY(startKeyring());
    QVERIFY(m_keychain->write(u"shared"_s, Secret("one")));
    m_keychain.reset();
    for (int i = 0; i < 3; ++i) {
        const auto read = systemKeychain()->read(u"shared"_s);
        QVERIFY2(read, read ? "" : qPrintable(words(read.error())));
    }
    m_keychain = systemKeychain();
}

void TestSystemKeychain::cancelled()
{
    Cancellation cancellation;
    cancellation.cancel();
    const auto read = m_keychain->read(u"shared"_s, &cancellation);
    QVERIFY(!read);
    QCOMPARE(codeName(read.error().code), codeName(ErrorCode::Cancelled));
}

void TestSystemKeychain::locked()
{
    QVERIFY(startKeyring());
    QVERIFY(m_keychain->write(u"shared"_s, Secret("one")));
    // As a person would lock it. Nobody is there to unlock it.
    QProcess lock;
    lock.start(u"dbus-send"_s,
               {u"--session"_s, u"--print-reply=literal"_s, u"--dest=org.freedesktop.secrets"_s,
                u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service.Lock"_s,
                u"array:objpath:/org/freedesktop/secrets/collection/login"_s});
    QVERIFY(lock.waitForFinished(patienceMs));
    QCOMPARE(lock.exitCode(), 0);
    const auto read = m_keychain->read(u"shared"_s);
    QVERIFY(!read);
    QVERIFY2(read.error().code == ErrorCode::KeychainLocked, qPrintable(words(read.error())));
    const auto written = m_keychain->write(u"shared"_s, Secret("two"));
    QVERIFY(!written);
    QVERIFY2(written.error().code == ErrorCode::KeychainLocked, qPrintable(words(written.error())));
    QCOMPARE(codeName(m_keychain->read(u"never kept"_s).error().code), codeName(ErrorCode::PasswordMissing));
    QVERIFY(m_keychain->isAvailable());
}

// Somebody logs out: what has its password goes on.
void TestSystemKeychain::survivesTheBus()
{
    QVERIFY(startKeyring());
    end(m_keyring);
    end(m_bus);
    const auto read = m_keychain->read(u"shared"_s);
    QVERIFY(!read);
    QVERIFY2(read.error().code == ErrorCode::KeychainUnavailable, qPrintable(words(read.error())));
}

QTEST_GUILESS_MAIN(TestSystemKeychain)
#include "tst_systemkeychain.moc"
