// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QList>
#include <QMap>

#include "core/base/error.h"
#include "core/config/connectionsettings.h"

namespace tidemark {

// How the last test of a connection went.
struct TestResult
{
    qint64 atUs = 0;
    QString server; // "PostgreSQL 15.6"
    std::optional<ErrorCode> error;
    bool operator==(const TestResult &) const = default;
};

// A file beside the workspace's own that remembers them, by a digest of the settings that were tested: of others it
// says nothing, whatever they are called. It is a memory, nothing more: what cannot be read or written is as if it had
// never been. Every call blocks.
class TestMemory
{
public:
    explicit TestMemory(const QString &folder);
    QMap<QByteArray, TestResult> load() const;
    // Forgets what is neither this one nor among `known`: the file grows no further than the workspace.
    void remember(const ConnectionSettings &tested, const TestResult &result,
                  const QList<ConnectionSettings> &known) const;
    static QByteArray digest(const ConnectionSettings &settings); // without what a test does not depend on

private:
    QString m_file;
};

} // namespace tidemark
