// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/serviceconnector.h"

namespace tidemark {

namespace {

CheckpointKey keyInJournal(CheckpointKey key)
{
    key.side = QStringLiteral("service");
    return key;
}

} // namespace

Result<std::unique_ptr<Session>> ServiceConnector::open(const ConnectionSettings &settings, const OpenOptions &options)
{
    TRY_ASSIGN(auto session, m_connector.open(settings, options));
    if (settings.driver == Driver::Http) {
        if (auto *const service = dynamic_cast<ForeignSession *>(session.get()))
            service->keepCheckpointsIn(this);
    }
    return session;
}

Result<std::optional<Checkpoint>> ServiceConnector::load(const CheckpointKey &key)
{
    TRY_ASSIGN(auto found, m_journal.checkpoint(keyInJournal(key)));
    if (found)
        found->key = key;
    return found;
}

Result<void> ServiceConnector::save(const Checkpoint &checkpoint)
{
    Checkpoint kept = checkpoint;
    kept.key = keyInJournal(checkpoint.key);
    return m_journal.saveCheckpoint(kept);
}

} // namespace tidemark
