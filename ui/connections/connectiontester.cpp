// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiontester.h"

#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"

namespace tidemark {

QString serverName(const ServerFacts &facts)
{
    return QString(facts.product + u' ' + facts.version.section(u'-', 0, 0)).trimmed();
}

ConnectionTester::ConnectionTester(std::shared_ptr<Desk> desk, std::shared_ptr<Keychain> keychain, QObject *parent)
    : QObject(parent), m_desk(std::move(desk)), m_keychain(std::move(keychain))
{ }

ConnectionTester::~ConnectionTester() { stop(); }

void ConnectionTester::stop()
{
    if (m_cancellation)
        m_cancellation->cancel();
    m_cancellation.reset();
}

// A question that was stopped may still be on its way: only the current one's answer counts.
template <typename Work, typename Done> void ConnectionTester::run(Work work, Done done)
{
    stop();
    m_cancellation = std::make_shared<Cancellation>();
    inBackground(
        this, [work = std::move(work), current = m_cancellation]() mutable { return work(current); },
        [this, current = m_cancellation, done = std::move(done)](auto result) {
            if (m_cancellation != current)
                return;
            m_cancellation.reset();
            if (result)
                done(*result);
            else
                Q_EMIT failed(result.error());
        });
}

void ConnectionTester::test(ConnectionSettings settings, const QString &secret)
{
    if (!secret.isEmpty())
        settings.password = {PasswordSource::Kind::Ask, {}};
    const QPointer<ConnectionTester> self(this);
    const auto ask = [typed = Secret(secret.toUtf8())](const ConnectionSettings &) { return Result<Secret>(typed); };
    const auto work = [desk = m_desk, keychain = m_keychain, settings, ask, isTyped = !secret.isEmpty(),
                       self](const std::shared_ptr<Cancellation> &current) -> Result<ConnectionTest> {
        Cancellation &cancellation = *current;
        const auto progress = [self, current](TestStep step) {
            if (current->isCancelled())
                return;
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [self, current, step] {
                    if (self && self->m_cancellation == current) // else a step of a test that was stopped
                        Q_EMIT self->reached(step);
                },
                Qt::QueuedConnection);
        };
        if (!isTyped && !keychain)
            return testConnection(desk->connector(), settings, cancellation, progress);
        SqlConnector own(isTyped ? AskPassword(ask) : AskPassword(), keychain);
        return testConnection(own, settings, cancellation, progress);
    };
    run(work, [this](const ConnectionTest &test) { Q_EMIT passed(test); });
}

static Result<QList<HttpColumn>> inferredColumns(SqlConnector &connector, const ConnectionSettings &settings,
                                                 Cancellation &cancellation)
{
    OpenOptions options;
    options.cancellation = &cancellation;
    TRY_ASSIGN(const auto session, connector.open(settings, options));
    TRY_ASSIGN(const TableSchema schema, session->describe({{}, settings.http->resources.first().name}));
    QList<HttpColumn> columns;
    for (const Column &column : schema.columns)
        columns += HttpColumn{column.name, httpTypeName(column.type), {}};
    return columns;
}

void ConnectionTester::infer(ConnectionSettings settings, const QString &secret)
{
    if (!secret.isEmpty())
        settings.password = {PasswordSource::Kind::Ask, {}};
    const auto ask = [typed = Secret(secret.toUtf8())](const ConnectionSettings &) { return Result<Secret>(typed); };
    run(
        [desk = m_desk, keychain = m_keychain, settings, ask,
         isTyped = !secret.isEmpty()](const std::shared_ptr<Cancellation> &current) -> Result<QList<HttpColumn>> {
            if (!isTyped && !keychain)
                return inferredColumns(desk->connector(), settings, *current);
            SqlConnector own(isTyped ? AskPassword(ask) : AskPassword(), keychain);
            return inferredColumns(own, settings, *current);
        },
        [this](const QList<HttpColumn> &columns) { Q_EMIT inferred(columns); });
}

void ConnectionTester::fetch(const ConnectionSettings &settings)
{
    run([settings](const std::shared_ptr<Cancellation> &current) { return fetchCertificate(settings, *current); },
        [this](const ServerCertificate &certificate) { Q_EMIT fetched(certificate); });
}

} // namespace tidemark
