// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/foreignsession.h"
#include "core/journal/journal.h"

namespace tidemark {

// In front of a run's connector where a side of its two-way job is a web service: what a database keeps in its
// checkpoint table, the journal keeps for the service. Databases are opened as they are.
//
// A checkpoint of a service says the same as one of a database, but not at the same time: rows stand as soon as they
// are written, and it follows them. What was being written when a run is cut off is noted before (BaseIntent).
class ServiceConnector final : public Connector, private CheckpointStore
{
public:
    ServiceConnector(Connector &connector, Journal &journal) : m_connector(connector), m_journal(journal) { }
    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override;

private:
    Result<std::optional<Checkpoint>> load(const CheckpointKey &key) override;
    Result<void> save(const Checkpoint &checkpoint) override;

    Connector &m_connector;
    Journal &m_journal;
};

} // namespace tidemark
