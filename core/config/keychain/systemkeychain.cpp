// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QLibrary>
#include <QThread>
#include <qt6keychain/keychain.h>

#include "core/base/blockingcall.h"
#include "core/config/keychain.h"

namespace tidemark {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto service = "Tidemark"_L1;
constexpr int serviceTimeoutMs = 3000;
constexpr auto probePatience = 3s;
constexpr auto patience = 120s; // a person may have to type the keychain's own password

struct Answer
{
    QKeychain::Error error = QKeychain::NoError;
    QString words;
    QByteArray secret;
};

// Where a keyring is locked and nobody unlocks it, the entry merely is not found; the service itself tells the two
// apart. The attributes are QtKeychain's.
bool isLockedAway(const QString &key)
{
    auto search = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                                 u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s);
    QDBusArgument attributes;
    attributes.beginMap(QMetaType::fromType<QString>(), QMetaType::fromType<QString>());
    const std::pair<QString, QString> wanted[]{{u"server"_s, service}, {u"user"_s, key}};
    for (const auto &[name, value] : wanted) {
        attributes.beginMapEntry();
        attributes << name << value;
        attributes.endMapEntry();
    }
    attributes.endMap();
    search.setArguments({QVariant::fromValue(attributes)});
    const QDBusMessage answer = QDBusConnection::sessionBus().call(search, QDBus::Block, serviceTimeoutMs);
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().size() < 2)
        return false;
    return !qdbus_cast<QList<QDBusObjectPath>>(answer.arguments().at(1)).isEmpty();
}

// GLib, on which QtKeychain's Secret Service rests, ends a program whose session bus goes away, as when somebody logs
// out. A run that has its password must not end with it.
void outliveTheBus()
{
    using Bus = void *(*)(int, void *, void *);
    using Release = void (*)(void *);
    using SetExit = void (*)(void *, int);
    QLibrary gio(u"gio-2.0"_s, 0);
    const auto bus = reinterpret_cast<Bus>(gio.resolve("g_bus_get_sync"));
    const auto release = reinterpret_cast<Release>(gio.resolve("g_object_unref"));
    const auto setExit = reinterpret_cast<SetExit>(gio.resolve("g_dbus_connection_set_exit_on_close"));
    constexpr int sessionBus = 2;
    if (bus == nullptr || release == nullptr || setExit == nullptr)
        return;
    if (void *connection = bus(sessionBus, nullptr, nullptr); connection != nullptr) {
        setExit(connection, 0);
        release(connection);
    }
}

// Between the caller, who may give up, and the keychain's thread, which cannot.
struct Question
{
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Answer> answer;
};

ErrorCode codeOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return ErrorCode::PasswordMissing;
    case QKeychain::AccessDenied: // also of a service that is locked and was not unlocked
    case QKeychain::AccessDeniedByUser:
        return ErrorCode::KeychainLocked;
    default:
        return ErrorCode::KeychainUnavailable;
    }
}

// QtKeychain wants an event loop and does one job after the other. Its queue belongs for ever to the thread that made
// the first job: so there is one thread, for all callers and for as long as the application lives.
class SystemKeychain final : public Keychain
{
public:
    SystemKeychain()
    {
        m_thread.setObjectName(u"keychain"_s);
        m_worker.moveToThread(&m_thread);
        m_thread.start();
    }
    ~SystemKeychain() override { end(); }
    void end()
    {
        m_thread.quit();
        m_thread.wait();
    }
    SystemKeychain(const SystemKeychain &) = delete;
    SystemKeychain &operator=(const SystemKeychain &) = delete;

    bool isAvailable() override // only trying tells; one that does not answer is there if it says that it is locked
    {
        const QString key = u"tidemark-is-there-a-keychain"_s;
        const auto tried = ask(key, nullptr, readJob, probePatience);
        return tried ? codeOf(tried->error) != ErrorCode::KeychainUnavailable : isLockedAway(key);
    }

    Result<Secret> read(const QString &key, Cancellation *cancellation) override
    {
        TRY_ASSIGN(Answer answer, ask(key, cancellation, readJob));
        if (answer.error != QKeychain::NoError)
            return refused(answer, key);
        return Secret(std::move(answer.secret));
    }

    Result<void> write(const QString &key, const Secret &secret, Cancellation *cancellation) override
    {
        TRY_ASSIGN(const Answer answer, ask(key, cancellation, [secret](const QString &name) -> QKeychain::Job * {
                       auto *job = new QKeychain::WritePasswordJob(service);
                       job->setKey(name);
                       job->setBinaryData(secret.bytes());
                       return job;
                   }));
        return answer.error == QKeychain::NoError ? Result<void>{} : refused(answer, key);
    }

    Result<void> remove(const QString &key, Cancellation *cancellation) override
    {
        TRY_ASSIGN(const Answer answer, ask(key, cancellation, [](const QString &name) -> QKeychain::Job * {
                       auto *job = new QKeychain::DeletePasswordJob(service);
                       job->setKey(name);
                       return job;
                   }));
        if (answer.error == QKeychain::NoError || answer.error == QKeychain::EntryNotFound)
            return {};
        return refused(answer, key);
    }

private:
    using MakeJob = std::function<QKeychain::Job *(const QString &)>;

    static QKeychain::Job *readJob(const QString &name)
    {
        auto *job = new QKeychain::ReadPasswordJob(service);
        job->setKey(name);
        return job;
    }

    static tl::unexpected<Error> refused(const Answer &answer, const QString &key)
    {
        ErrorCode code = codeOf(answer.error);
        if (code == ErrorCode::PasswordMissing && isLockedAway(key))
            code = ErrorCode::KeychainLocked;
        return fail(Error{code, {}, answer.words}.with(Fact::Keychain, key));
    }

    Result<Answer> ask(const QString &key, Cancellation *cancellation, const MakeJob &make,
                       std::chrono::seconds longest = patience)
    {
        const BlockingCall call("the keychain");
        if (QCoreApplication::instance() == nullptr || !m_thread.isRunning())
            return fail(Error{ErrorCode::KeychainUnavailable, {}, {}}.with(Fact::Keychain, key));
        const auto question = std::make_shared<Question>();
        Cancellation::Registration registration;
        if (cancellation != nullptr)
            registration = cancellation->onCancel([question] { question->changed.notify_all(); });
        QMetaObject::invokeMethod(&m_worker, [this, question, key, make] { start(question, make(key)); });
        const auto isOver = [&] {
            return question->answer || (cancellation != nullptr && cancellation->isCancelled());
        };
        std::unique_lock lock(question->mutex);
        const auto asked = std::chrono::steady_clock::now();
        const auto waited = [&] { return std::chrono::steady_clock::now() - asked; };
        // The wish to cancel may come between the look and the wait: look again now and then. A bus that ends with a
        // question on its way takes the answer along: GLib (2.74) does not always tell.
        bool hasBus = true;
        while (!isOver() && hasBus && waited() < longest) {
            question->changed.wait_for(lock, 100ms);
            hasBus = waited() < probePatience || QDBusConnection::sessionBus().isConnected();
        }
        if (question->answer)
            return std::move(*question->answer);
        if (cancellation != nullptr && cancellation->isCancelled())
            return fail(ErrorCode::Cancelled);
        if (!hasBus)
            return fail(
                Error{ErrorCode::KeychainUnavailable, {}, u"the session bus has ended"_s}.with(Fact::Keychain, key));
        return fail(Error{ErrorCode::KeychainLocked, {}, u"no answer"_s}.with(Fact::Keychain, key));
    }

    void start(const std::shared_ptr<Question> &question, QKeychain::Job *job)
    {
        outliveTheBus();
        job->setInsecureFallback(false);
        QObject::connect(job, &QKeychain::Job::finished, &m_worker, [question](QKeychain::Job *done) {
            const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(done);
            const std::scoped_lock lock(question->mutex);
            question->answer =
                Answer{done->error(), done->errorString(), reading != nullptr ? reading->binaryData() : QByteArray()};
            question->changed.notify_all();
        });
        job->start(); // and deletes itself
    }

    QThread m_thread;
    QObject m_worker;
};

} // namespace

std::shared_ptr<Keychain> systemKeychain()
{
    static const std::shared_ptr<SystemKeychain> shared = [] {
        auto made = std::make_shared<SystemKeychain>();
        static std::weak_ptr<SystemKeychain> ending = made;
        // Threads of Qt's must not outlive the application.
        qAddPostRoutine([] {
            if (const auto keychain = ending.lock())
                keychain->end();
        });
        return made;
    }();
    return shared;
}

} // namespace tidemark
