// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QObject>

#include "core/endpoint/certificate.h"
#include "core/endpoint/connectiontest.h"

namespace tidemark {

class Desk;

// "MariaDB 10.11.6": without what the distribution adds.
QString serverName(const ServerFacts &facts);

// What a connection's dialog asks of the network, off the UI thread: one question at a time. Its answer comes by
// signal, unless it was stopped.
class ConnectionTester final : public QObject
{
    Q_OBJECT
public:
    ConnectionTester(std::shared_ptr<Desk> desk, std::shared_ptr<Keychain> keychain, QObject *parent);
    ~ConnectionTester() override;

    // secret: typed and not stored anywhere yet; empty: from where the settings say
    void test(ConnectionSettings settings, const QString &secret);
    void fetch(const ConnectionSettings &settings); // its certificate
    // What the first records of the service's one resource hold.
    void infer(ConnectionSettings settings, const QString &secret);
    void stop();
    bool isRunning() const { return m_cancellation != nullptr; }

Q_SIGNALS:
    void reached(tidemark::TestStep step);
    void passed(const tidemark::ConnectionTest &test);
    void fetched(const tidemark::ServerCertificate &certificate);
    void inferred(const QList<tidemark::HttpColumn> &columns);
    void failed(const tidemark::Error &error);

private:
    template <typename Work, typename Done> void run(Work work, Done done);
    std::shared_ptr<Desk> m_desk;
    std::shared_ptr<Keychain> m_keychain; // null: the desk's
    std::shared_ptr<Cancellation> m_cancellation;
};

} // namespace tidemark
