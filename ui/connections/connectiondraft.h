// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/error.h"
#include "core/config/connectionsettings.h"

namespace tidemark {

// Where something can be typed into the connection dialog.
enum class ConnectionField : quint8 {
    None,
    Name,
    Driver,
    File,
    Host,
    Port,
    Database,
    Schema,
    User,
    PasswordKind,
    Password,
    Variable,
    PasswordFile,
    Timeout,
    TlsMode,
    Ca,
    Certificate,
    CertificateKey,
    Pin,
    SshHost,
    SshPort,
    SshUser,
    SshKey,
    // a web service
    Url,
    Auth,
    AuthHeader,
    Resources,
    ResourceName,
    ResourcePath,
    Records,
    Columns,
    Key,
    PagingParam,
    PageSize,
    PagingNext,
    PagingTotal,
    Since,
    Query,
    WriteInsert,
    WriteUpdate,
    WriteDelete,
    WriteRecord,
    Headers,
    BodyLimit,
    RequestLimit,
    ReadLimit,
    RetryDelay,
    WaitLimit,
    // a message queue
    Stream,
    Group,
    Consumer,
    Idle,
    Exchange,
    Queue,
    Last = Queue,
};

enum class ConnectionTab : quint8 { General, Tls, Ssh, Resources, Queue, Requests, Last = Requests };

struct ConnectionProblem
{
    ConnectionField field = ConnectionField::None;
    QString text; // for people
    bool missing = false; // nothing was typed yet: said calmly until somebody has been there
    int item = -1; // the resource that it is about
    bool operator==(const ConnectionProblem &) const = default;
};

// The sizes and times of HttpLimits.
struct LimitTexts
{
    QString body, request, read, retryDelay, wait;
    bool operator==(const LimitTexts &) const = default;
};

// A connection as it is being typed: texts that may not make sense yet.
struct ConnectionDraft
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionDraft)
public:
    QString name;
    Driver driver = Driver::Sqlite;
    QString file;
    bool createFile = false; // an empty database, where there is no file yet
    QString host, port, database, schema, user;
    PasswordSource::Kind passwordKind = PasswordSource::Kind::None;
    QString secret; // typed: for the keychain, or for a test alone; never part of settings()
    QString keychainKey; // empty: the connection's name
    QString variable, passwordFile;
    bool secretStored = false; // an entry of the keychain is there already: nothing typed leaves it as it is
    QString timeout;
    int tlsMode = -1; // automatic
    QString ca, certificate, certificateKey, pin;
    bool ssh = false;
    QString sshHost, sshPort, sshUser, sshKey;
    HttpSettings service; // of a web service; what has no field here stays as it came
    LimitTexts limits; // of the same
    QueueSettings queue; // of a message queue; likewise
    QString idle; // QueueSettings::idleMs
    bool readOnly = false;
    bool production = false;

    static ConnectionDraft of(const ConnectionSettings &settings);
    ConnectionSettings settings() const; // whatever can be read from what was typed
    QList<ConnectionProblem> problems(const QStringList &takenNames) const; // in the order of the fields

    bool isServer() const { return driver != Driver::Sqlite; }
    bool isService() const { return driver == Driver::Http; }
    bool isBroker() const { return isQueue(driver); }
    bool takesUser() const; // somebody who comes by a name
    bool takesSecret() const;
    ConnectionField mendedAt(ConnectionField field) const; // where this driver has it
    bool hasPort() const { return !isSocket() || driver == Driver::Postgres; }
    bool isSocket() const { return host.startsWith(u'/') || host.startsWith(u'@'); }
    static QString title(ConnectionField field);
    bool operator==(const ConnectionDraft &) const = default;

private:
    void serverProblems(QList<ConnectionProblem> &problems) const;
    // connectionservice.cpp
    void serviceProblems(QList<ConnectionProblem> &problems) const;
    void requestProblems(QList<ConnectionProblem> &problems) const;
    void authProblems(QList<ConnectionProblem> &problems) const;
    void queueProblems(QList<ConnectionProblem> &problems) const;
    // connectionproblems.cpp
    void passwordProblems(QList<ConnectionProblem> &problems) const;
    void tlsProblems(QList<ConnectionProblem> &problems) const;
    void sshProblems(QList<ConnectionProblem> &problems) const;
};

ConnectionTab tabOf(ConnectionField field);
ConnectionField fieldOf(const Error &error); // where a failed test is mended; None: nowhere in the dialog
QString driverTitle(Driver driver); // "PostgreSQL"
QString suggestedName(const ConnectionSettings &settings); // for a connection that has none yet
QString freeName(const QString &wanted, const QStringList &taken); // "shop 2"
QString placeOf(const ConnectionSettings &settings); // "app@db.example:5432/shop", or the file

} // namespace tidemark
