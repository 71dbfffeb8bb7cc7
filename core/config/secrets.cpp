// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/secrets.h"

#include <cstring>

#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

#include "core/config/keychain.h"

namespace tidemark {

namespace {

constexpr qint64 longestPassword = 64 << 10;

bool isExposed(QFile &device)
{
#ifdef Q_OS_UNIX
    // Of the open file, not of its name: the two may part between two calls.
    struct stat status
    {
    };
    return fstat(device.handle(), &status) != 0 || (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
#else
    return (device.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)) != 0;
#endif
}

Result<Secret> fromFile(const ConnectionSettings &settings)
{
    const QString &path = settings.password.name;
    auto error = [&](ErrorCode code, const QString &detail = {}) {
        return tidemark::fail(Error{code, {}, detail}.with(Fact::File, path).with(Fact::Connection, settings.label()));
    };
    const QFileInfo info(path);
    if (!info.exists())
        return error(ErrorCode::FileNotFound);
    if (info.isDir())
        return error(ErrorCode::IsADirectory);
    QFile device(path);
    if (!device.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return error(ErrorCode::FileUnreadable, device.errorString());
    if (isExposed(device))
        return error(ErrorCode::PasswordExposed);
    QByteArray bytes = device.read(longestPassword + 1);
    if (device.error() != QFileDevice::NoError || bytes.size() > longestPassword)
        return error(ErrorCode::FileUnreadable, device.errorString());
    if (bytes.endsWith('\n'))
        bytes.chop(bytes.endsWith("\r\n") ? 2 : 1);
    return Secret(std::move(bytes));
}

Result<Secret> fromEnvironment(const ConnectionSettings &settings)
{
    const QByteArray name = settings.password.name.toLocal8Bit();
    if (!qEnvironmentVariableIsSet(name.constData())) {
        return fail(Error{ErrorCode::PasswordMissing, {}, {}}
                        .with(Fact::Connection, settings.label())
                        .with(Fact::Option, settings.password.name));
    }
    return Secret(qgetenv(name.constData()));
}

Result<Secret> fromKeychain(const ConnectionSettings &settings, Keychain *keychain, Cancellation *cancellation)
{
    auto kept = keychain != nullptr ? keychain->read(settings.password.name, cancellation)
                                    : Result<Secret>(fail(ErrorCode::KeychainUnavailable));
    if (!kept)
        kept.error().with(Fact::Connection, settings.label()).with(Fact::Keychain, settings.password.name);
    return kept;
}

} // namespace

Secret::~Secret()
{
    // Only the last holder wipes. Through a volatile pointer, so that the compiler keeps the writes.
    if (m_bytes.isEmpty() || !m_bytes.isDetached())
        return;
    volatile char *bytes = m_bytes.data();
    for (qsizetype i = 0; i < m_bytes.size(); ++i)
        bytes[i] = 0;
}

Result<Secret> resolvePassword(const ConnectionSettings &settings, const AskPassword &ask, Keychain *keychain,
                               Cancellation *cancellation)
{
    switch (settings.password.kind) {
    case PasswordSource::Kind::None:
        return Secret();
    case PasswordSource::Kind::Env:
        return fromEnvironment(settings);
    case PasswordSource::Kind::File:
        return fromFile(settings);
    case PasswordSource::Kind::Keychain: {
        auto kept = fromKeychain(settings, keychain, cancellation);
        if (kept || !ask || kept.error().code == ErrorCode::Cancelled)
            return kept;
        auto typed = ask(settings);
        // Where nobody can be asked, what the keychain said is the cause.
        return typed || typed.error().code != ErrorCode::PasswordMissing ? typed : kept;
    }
    case PasswordSource::Kind::Ask:
        break;
    }
    if (!ask)
        return fail(Error{ErrorCode::PasswordMissing, {}, {}}.with(Fact::Connection, settings.label()));
    return ask(settings);
}

} // namespace tidemark
