// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QMap>

#include "core/base/error.h"
#include "core/config/connectionsettings.h"

namespace tidemark {

// How the last test of a connection went.
struct TestResult
{
    qint64 atUs = 0;
    QByteArray of; // digest of the settings that were tested: another one says nothing any more
    QString server; // "PostgreSQL 15.6"
    std::optional<ErrorCode> error;
    bool operator==(const TestResult &) const = default;
};

// A file beside the workspace's own that remembers them by name. It is a memory, nothing more: what cannot be read or
// written is as if it had never been. Every call blocks.
class TestMemory
{
public:
    explicit TestMemory(const QString &folder);
    QMap<QString, TestResult> load() const;
    void remember(const ConnectionSettings &settings, const TestResult &result) const;
    static QByteArray digest(const ConnectionSettings &settings);

private:
    QString m_file;
};

} // namespace tidemark
