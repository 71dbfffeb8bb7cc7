// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <memory>

#include <QDeadlineTimer>
#include <QTcpServer>
#include <unistd.h>

#include "tests/app/queuecli.h"

namespace tidemark::test {

inline constexpr int patienceMs = 60'000;

// By the clock: what is looked at may cost more than the pause between two looks.
template <typename Fact> bool comes(const Fact &fact)
{
    for (const QDeadlineTimer deadline(patienceMs); !deadline.hasExpired(); QTest::qWait(50)) {
        if (fact())
            return true;
    }
    return fact();
}

// What cannot be tested here without a broker of one's own; empty: nothing.
inline QByteArray missingBroker()
{
    for (const char *program : {"/usr/bin/redis-server", "/usr/lib/rabbitmq/bin/rabbitmq-server", "/usr/bin/epmd"}) {
        if (::access(program, X_OK) != 0)
            return QByteArray(program) + " is missing";
    }
    return {};
}

// A broker of the test's own, to be killed and started again, with all that it confirmed on disk. Nothing of it is left
// when it goes.
class OwnBroker
{
public:
    struct Place
    {
        QStringList within; // the command that brings it there
        QString address = u"127.0.0.1"_s; // at which it listens, and is reached
        int port = 0; // 0: a free one
    };

    OwnBroker(bool isRedis, const QString &folder, const Place &place)
        : m_isRedis(isRedis), m_folder(folder), m_place(place)
    {
        QDir().mkpath(folder);
        QTcpServer probe[3];
        for (QTcpServer &one : probe)
            one.listen(QHostAddress::LocalHost);
        if (m_place.port == 0)
            m_place.port = probe[0].serverPort();
        m_epmdPort = probe[1].serverPort();
        m_nodePort = probe[2].serverPort();
    }
    ~OwnBroker() { kill(); }
    OwnBroker(const OwnBroker &) = delete;
    OwnBroker &operator=(const OwnBroker &) = delete;

    void start()
    {
        if (!m_isRedis) { // it finds its nodes through this one
            m_epmd = begin({u"epmd"_s, u"-port"_s, QString::number(m_epmdPort), u"-address"_s, u"127.0.0.1"_s});
            comes([this] { return m_epmd->state() == QProcess::NotRunning || answersAt(u"127.0.0.1"_s, m_epmdPort); });
        }
        m_broker = begin(m_isRedis ? redis() : rabbitmq());
    }
    bool answers() const { return answersAt(m_place.address, m_place.port); }
    void kill()
    {
        end(m_broker);
        end(m_epmd);
    }
    QByteArray log() const
    {
        QFile file(m_folder + u"/log"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll().right(2000) : QByteArray();
    }
    // As a connection of consumers that share the work.
    QByteArray json() const
    {
        const QByteArray common = R"("host": ")" + m_place.address.toUtf8() + R"(", "port": )"
            + QByteArray::number(m_place.port) + R"(, "tls": "disable", "timeout": "2s", "deliveryLimit": 1000)";
        if (m_isRedis)
            return R"({"driver": "redis", "stream": "s", "idle": "1s", )" + common + '}';
        return R"({"driver": "amqp", "user": "tidemark", "password": {"env": "TIDEMARK_TEST_PASSWORD"}, "exchange": "x",
                   "queue": "q", "oneConsumer": false, "prefetch": 500, )"
            + common + '}';
    }

private:
    using Process = std::unique_ptr<QProcess>;
    // A session of its own, so that its children end with it.
    Process begin(const QStringList &command) const
    {
        const QStringList all = m_place.within + command;
        auto process = std::make_unique<QProcess>();
        process->setStandardInputFile(QProcess::nullDevice());
        process->setStandardOutputFile(m_folder + u"/log"_s, QIODevice::Append);
        process->setStandardErrorFile(m_folder + u"/log"_s, QIODevice::Append);
        process->setChildProcessModifier([] { ::setsid(); });
        process->start(all.first(), all.mid(1));
        process->waitForStarted();
        return process;
    }
    static void end(Process &process)
    {
        if (!process)
            return;
        if (const auto id = static_cast<pid_t>(process->processId()); id > 1)
            ::kill(-id, SIGKILL);
        process->waitForFinished();
        process.reset();
    }
    bool answersAt(const QString &address, int port) const
    {
        const QStringList all = m_place.within
            + QStringList{u"bash"_s, u"-c"_s, u"exec 3<>/dev/tcp/%1/%2"_s.arg(address, QString::number(port))};
        QProcess process;
        process.start(all.first(), all.mid(1));
        return process.waitForFinished(patienceMs) && process.exitCode() == 0;
    }
    QStringList redis() const
    {
        return {u"redis-server"_s, u"--port"_s,        QString::number(m_place.port),
                u"--bind"_s,       m_place.address,    u"--protected-mode"_s,
                u"no"_s,           u"--dir"_s,         m_folder,
                u"--save"_s,       QString(),          u"--appendonly"_s,
                u"yes"_s,          u"--appendfsync"_s, u"always"_s};
    }
    QStringList rabbitmq() const
    {
        QFile file(m_folder + u"/rabbitmq.conf"_s);
        if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            file.write("listeners.tcp.1 = " + m_place.address.toUtf8() + ':' + QByteArray::number(m_place.port)
                       + "\nloopback_users = none\ndefault_user = tidemark\ndefault_pass = "
                       + qgetenv("TIDEMARK_TEST_PASSWORD")
                       + "\nlog.file = false\nlog.console = true\nlog.console.level = warning\n"
                         "disk_free_limit.absolute = 50MB\n");
        QFile plugins(m_folder + u"/plugins"_s);
        if (plugins.open(QIODevice::WriteOnly))
            plugins.write("[].");
        return {u"env"_s,
                u"HOME="_s + m_folder,
                u"RABBITMQ_MNESIA_BASE="_s + m_folder + u"/mnesia"_s,
                u"RABBITMQ_LOG_BASE="_s + m_folder + u"/logs"_s,
                u"RABBITMQ_CONFIG_FILE="_s + file.fileName(),
                u"RABBITMQ_ENABLED_PLUGINS_FILE="_s + plugins.fileName(),
                u"RABBITMQ_CONF_ENV_FILE=/dev/null"_s,
                u"RABBITMQ_NODENAME=tidemark%1@localhost"_s.arg(m_place.port),
                u"RABBITMQ_PID_FILE="_s + m_folder + u"/pid"_s,
                u"RABBITMQ_DIST_PORT=%1"_s.arg(m_nodePort),
                u"ERL_EPMD_PORT=%1"_s.arg(m_epmdPort),
                u"ERL_EPMD_ADDRESS=127.0.0.1"_s,
                u"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none"_s,
                u"/usr/lib/rabbitmq/bin/rabbitmq-server"_s};
    }

    bool m_isRedis;
    QString m_folder;
    Place m_place;
    int m_epmdPort = 0;
    int m_nodePort = 0;
    Process m_epmd;
    Process m_broker;
};

} // namespace tidemark::test
