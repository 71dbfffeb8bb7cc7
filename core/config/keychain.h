// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/base/cancellation.h"
#include "core/config/secrets.h"

namespace tidemark {

// Where the desktop keeps passwords. Every call may block (a person may be asked to unlock it), ends with Cancelled
// when told so and with KeychainLocked after a time-out: never on the UI thread. Thread-safe. Nothing is ever kept in
// clear instead: where there is no keychain, that is an error (KeychainUnavailable).
class Keychain
{
public:
    virtual ~Keychain() = default;
    virtual bool isAvailable() = 0; // blocks, too
    virtual Result<Secret> read(const QString &key, Cancellation *cancellation = nullptr) = 0; // PasswordMissing
    virtual Result<void> write(const QString &key, const Secret &secret, Cancellation *cancellation = nullptr) = 0;
    virtual Result<void> remove(const QString &key, Cancellation *cancellation = nullptr) = 0; // also where it is not
};

// The system's own, by QtKeychain; all callers share one. Wants a QCoreApplication. Linked by core/config/keychain.
std::shared_ptr<Keychain> systemKeychain();

} // namespace tidemark
