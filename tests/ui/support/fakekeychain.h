// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>

#include "core/config/keychain.h"

namespace tidemark {

// A keychain in memory that can be locked or missing.
class FakeKeychain final : public Keychain
{
public:
    bool isAvailable() override
    {
        const std::scoped_lock lock(m_mutex);
        return m_available;
    }
    Result<Secret> read(const QString &key, Cancellation *) override
    {
        const std::scoped_lock lock(m_mutex);
        TRY(usable());
        const auto found = m_entries.find(key);
        if (found == m_entries.end())
            return fail(Error{ErrorCode::PasswordMissing, {}, {}}.with(Fact::Keychain, key));
        return Secret(found->second);
    }
    Result<void> write(const QString &key, const Secret &secret, Cancellation *) override
    {
        const std::scoped_lock lock(m_mutex);
        TRY(usable());
        m_entries[key] = secret.bytes();
        return {};
    }
    Result<void> remove(const QString &key, Cancellation *) override
    {
        const std::scoped_lock lock(m_mutex);
        TRY(usable());
        m_entries.erase(key);
        return {};
    }

    void setLocked(bool locked)
    {
        const std::scoped_lock lock(m_mutex);
        m_locked = locked;
    }
    void setAvailable(bool available)
    {
        const std::scoped_lock lock(m_mutex);
        m_available = available;
    }
    QByteArray entry(const QString &key) // empty: none
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_entries.find(key);
        return found == m_entries.end() ? QByteArray() : found->second;
    }

private:
    Result<void> usable() const
    {
        if (!m_available)
            return fail(ErrorCode::KeychainUnavailable);
        if (m_locked)
            return fail(ErrorCode::KeychainLocked);
        return {};
    }
    std::mutex m_mutex;
    std::map<QString, QByteArray> m_entries;
    bool m_available = true;
    bool m_locked = false;
};

} // namespace tidemark
