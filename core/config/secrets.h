// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/base/result.h"
#include "core/config/connectionsettings.h"

namespace tidemark {

// A password on its way to a client library. Not printable, wiped at the end.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray bytes) : m_bytes(std::move(bytes)) { }
    Secret(const Secret &) = default;
    Secret &operator=(const Secret &) = default;
    ~Secret();
    bool isEmpty() const { return m_bytes.isEmpty(); }
    const QByteArray &bytes() const { return m_bytes; } // for the client library alone

private:
    QByteArray m_bytes;
};

// Asks a person (a dialog, a terminal without echo). PasswordMissing where nobody can be asked. Called on a worker's
// thread.
using AskPassword = std::function<Result<Secret>(const ConnectionSettings &)>;

class Keychain;
class Cancellation;

// env: PasswordMissing where the variable is not set; file: one trailing line end cut, PasswordExposed where group or
// others may read it; keychain: where it has no such entry, is locked or does not exist, `ask` is asked.
Result<Secret> resolvePassword(const ConnectionSettings &settings, const AskPassword &ask, Keychain *keychain = nullptr,
                               Cancellation *cancellation = nullptr);

} // namespace tidemark
