// SPDX-License-Identifier: GPL-3.0-or-later
// Hosts with several addresses, as a name with IPv6 and IPv4 has: those that are dead do not hide the one that lives.
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <QTest>

#include "core/endpoint/net/waiting.h"
#include "tests/support/fakeserver.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

sockaddr_in placeOf(const char *address, int port)
{
    sockaddr_in place = {};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<quint16>(port));
    inet_pton(AF_INET, address, &place.sin_addr);
    return place;
}

// An address that answers nothing at all: its listener's queue is full, so that the system drops what comes.
class BlackHole
{
public:
    BlackHole(const char *address, int port) : m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const sockaddr_in place = placeOf(address, port);
        const auto *generic = reinterpret_cast<const sockaddr *>(&place);
        if (bind(m_listener.get(), generic, sizeof place) != 0 || listen(m_listener.get(), 0) != 0)
            return;
        for (int i = 0; i < 8; ++i) {
            m_fill.emplace_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            (void)connect(m_fill.back().get(), generic, sizeof place);
        }
        isReady = true;
    }

    bool isReady = false;

private:
    net::Descriptor m_listener;
    std::vector<net::Descriptor> m_fill;
};

} // namespace

class TestAddresses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstThatAnswers_data();
    void theFirstThatAnswers();
};

void TestAddresses::theFirstThatAnswers_data()
{
    QTest::addColumn<QStringList>("addresses");
    QTest::addColumn<QString>("answering"); // empty: none, with this code
    QTest::addColumn<QString>("code");
    const QString alive = u"127.0.0.1"_s;
    const QString silent = u"127.0.0.2"_s;
    const QString refusing = u"127.0.0.3"_s;
    QTest::newRow("one") << QStringList{alive} << alive << QString();
    QTest::newRow("behind one that refuses") << QStringList{refusing, alive} << alive << QString();
    QTest::newRow("behind one that is silent") << QStringList{silent, alive} << alive << QString();
    QTest::newRow("behind both") << QStringList{silent, refusing, alive} << alive << QString();
    QTest::newRow("none answers") << QStringList{refusing, silent} << QString() << u"timeout"_s;
    QTest::newRow("all refuse") << QStringList{refusing} << QString() << u"unreachable"_s;
}

void TestAddresses::theFirstThatAnswers()
{
    QFETCH(QStringList, addresses);
    QFETCH(QString, answering);
    QFETCH(QString, code);
    const FakeServer server(silentServer());
    const BlackHole hole("127.0.0.2", server.port());
    if (!hole.isReady)
        QSKIP("127.0.0.2 cannot be listened on");
    const net::CancelSignal never(nullptr);
    const net::Deadline deadline(3'000);
    const auto found = net::answeringAddress(addresses, server.port(), deadline, never);
    QCOMPARE(deadline.leftMs() > 0, code != "timeout"_L1); // what is left is the next one's
    const auto connected = net::connectTcp(addresses, server.port(), net::Deadline(1'500), never);
    QCOMPARE(found ? *found : QString(), answering);
    QCOMPARE(found ? QString() : codeName(found.error().code), code);
    QCOMPARE(connected ? QString() : codeName(connected.error().code), code);
}

QTEST_GUILESS_MAIN(TestAddresses)
#include "tst_addresses.moc"
