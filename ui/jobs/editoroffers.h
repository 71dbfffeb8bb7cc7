// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QStringList>

#include "core/config/connectionsettings.h"

namespace tidemark {

class JobDraft;

// What a job between these two sides can do at all: what it cannot is not offered. The rules themselves are core's.
struct EditorOffers
{
    Q_DECLARE_TR_FUNCTIONS(EditorOffers)
public:
    explicit EditorOffers(const JobDraft &draft);

    QString whyNotTwoWay() const; // empty: it can be
    QStringList detections() const; // "hash" …, for the mode that it has
    bool detects() const { return !isQueue(m_source); } // messages are changes already
    bool creates() const { return detects() && isSql(m_target); } // tables that the target lacks
    bool hasTransactions() const { return m_target != Driver::Http && !isQueue(m_target); }
    bool hasFilter() const { return isSql(m_source); } // at the source
    // Why a job between the two cannot have the first as its source, or the second as its target; empty: it can.
    static QString whyNoSource(const ConnectionSettings &source, const ConnectionSettings &target);
    static QString whyNoTarget(const ConnectionSettings &source, const ConnectionSettings &target);

private:
    Driver m_source, m_target;
    bool m_twoWay;
};

} // namespace tidemark
