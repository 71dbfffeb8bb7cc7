// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editoroffers.h"

#include <algorithm>

#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

EditorOffers::EditorOffers(const JobDraft &draft)
    : m_source(draft.driver(u"source"_s).value_or(Driver::Sqlite)),
      m_target(draft.driver(u"target"_s).value_or(Driver::Sqlite)),
      m_twoWay(draft.json().value("mode"_L1).toString() == "two-way"_L1)
{ }

QString EditorOffers::whyNotTwoWay() const
{
    if (isQueue(m_source) || isQueue(m_target))
        return tr("Two-way is for two databases: a message queue carries changes one way.");
    if (m_source == Driver::Http && m_target == Driver::Http)
        return tr("Two-way needs a database on one side: between two web services it is one-way.");
    return {};
}

QStringList EditorOffers::detections() const
{
    QStringList ways{u"hash"_s, u"timestamp"_s, u"version"_s};
    if (isQueue(m_target))
        ways.removeFirst(); // nothing there can be compared
    if (!m_twoWay && isSql(m_source))
        ways << u"flag"_s;
    return ways;
}

QString EditorOffers::whyNoTarget(const ConnectionSettings &connection)
{
    if (!connection.http)
        return {};
    const QList<HttpResource> &all = connection.http->resources;
    const bool any =
        std::any_of(all.cbegin(), all.cend(), [](const HttpResource &each) { return each.write.has_value(); });
    return any ? QString() : tr("It is read alone: its file says of no resource how it is written.");
}

} // namespace tidemark
