// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QMap>

#include "core/config/keychain.h"
#include "core/config/workspace.h"
#include "ui/connections/connectiondraft.h"

namespace tidemark {

// What Save does, in the order in which nothing is lost when a step fails: look whether another program was quicker,
// make the file, store the password, write the workspace.
struct SaveOrder
{
    ConnectionSettings settings;
    std::optional<Workspace> workspace; // not set: the caller writes it
    std::optional<ConnectionSettings> replaced; // as the dialog knows it; not set: a new connection
    bool regardless = false; // another program's change has been seen: replace it
    QString secret; // for the keychain; empty: what is there stays
    bool ownKey = false; // the entry is this connection's already
    QString copyOf; // key of the entry that a duplicate takes its password from
    std::shared_ptr<Keychain> keychain;
    bool createFile = false;
    std::shared_ptr<Cancellation> cancellation; // null: never; until the workspace is written
};

struct SaveOutcome
{
    ConnectionSettings settings; // as saved: the keychain's key may be another
    std::optional<Error> error;
    ConnectionField field = ConnectionField::None; // to blame
    bool otherwise = false; // another program changed or removed it meanwhile; nothing was done
    std::optional<ConnectionSettings> theirs; // not set: removed
};

// Blocks.
SaveOutcome save(const SaveOrder &order);

// The jobs of the workspace by the connections that they name. Blocks.
QMap<QString, QStringList> usersOfConnections(const Workspace &workspace);

} // namespace tidemark
