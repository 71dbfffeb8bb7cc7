// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editoroffers.h"

#include <algorithm>

#include "app/wording/wording.h"
#include "core/config/jobsides.h"
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
    ConnectionSettings source, target;
    source.driver = m_source;
    target.driver = m_target;
    const auto fault = sidesFault(source, target, Mode::TwoWay);
    if (!fault)
        return {};
    return fault->option == "queue-two-way"_L1
        ? tr("Two-way is for two databases: a message queue carries changes one way.")
        : tr("Two-way needs a database on one side: between two web services it is one-way.");
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

// By core's own rule, in its words.
static QString whyNot(const ConnectionSettings &source, const ConnectionSettings &target)
{
    const auto fault = sidesFault(source, target, Mode::Update); // the mode is chosen beside them
    return fault ? wording::message(Error{ErrorCode::NotAvailable, {{Fact::Option, fault->option}}, {}}).what
                 : QString();
}

QString EditorOffers::whyNoSource(const ConnectionSettings &source, const ConnectionSettings &target)
{
    return whyNot(source, target);
}

QString EditorOffers::whyNoTarget(const ConnectionSettings &source, const ConnectionSettings &target)
{
    const auto fault = sidesFault(source, target, Mode::Update);
    if (fault && fault->option != "queue-exchange"_L1) // which is the source's alone
        return whyNot(source, target);
    if (!target.http)
        return {};
    const QList<HttpResource> &all = target.http->resources;
    const bool any =
        std::any_of(all.cbegin(), all.cend(), [](const HttpResource &each) { return each.write.has_value(); });
    return any ? QString()
               : tr("It is read alone: none of its resources says how it is written (Connections, Resources).");
}

} // namespace tidemark
