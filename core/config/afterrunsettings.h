// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QList>
#include <QString>
#include <QStringList>

#include "core/config/connectionsettings.h"

namespace tidemark {

// What follows a run (interfaces.md, `afterRun`), as plain values. core/after carries it out.
struct AfterRunAction
{
    enum class Kind : quint8 { Notify, Command, WebHook };
    Kind kind = Kind::Notify;
    QStringList command; // program and arguments, no shell; "{report}" stands for the report's file
    QString url; // https, or http to this machine
    PasswordSource secret; // signs the body of a web hook; none: unsigned
    qint64 timeoutMs = 0; // of a command, or of one attempt at a web hook; 0: afterRunTimeoutMs()
    bool operator==(const AfterRunAction &) const = default;
};

qint64 afterRunTimeoutMs(const AfterRunAction &action);

struct AfterRunSettings
{
    QList<AfterRunAction> success; // state completed
    QList<AfterRunAction> attention; // a person is needed
    QList<AfterRunAction> failure;
    QList<AfterRunAction> always;
    bool isEmpty() const { return success.isEmpty() && attention.isEmpty() && failure.isEmpty() && always.isEmpty(); }
    bool operator==(const AfterRunSettings &) const = default;
};

// Rows and bytes a second that a run may read or write at one side; not set: no limit.
struct ThrottleSettings
{
    std::optional<qint64> rows;
    std::optional<qint64> bytes;
    bool operator==(const ThrottleSettings &) const = default;
};

} // namespace tidemark
