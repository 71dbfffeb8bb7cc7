// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QCoreApplication>
#include <QList>
#include <QString>

#include "core/base/cancellation.h"
#include "core/change/changeevent.h"
#include "core/endpoint/queue/queue.h"

namespace tidemark {

class Desk;

// A message in a queue's quarantine, as far as it can be read. Values of its event are as it spells them.
struct AsideMessage
{
    Q_DECLARE_TR_FUNCTIONS(AsideMessage)
public:
    QuarantinedMessage raw;
    QString table; // "public.items"; empty: it does not say
    QString key; // "id = 3"
};

AsideMessage described(QuarantinedMessage message);
QString reasonOf(const QuarantinedMessage &message); // why it is there, for people

// What of it can be edited as text, over several lines.
struct AsideText
{
    enum class Kind : quint8 { Editable, Tombstone, Binary, Large };
    Kind kind = Kind::Editable;
    QString text; // of Large the beginning
};
AsideText textOf(const QuarantinedMessage &message);

// What a consumer would make of it.
struct AsideReading
{
    std::optional<Error> fault;
    EventOperation operation = EventOperation::Tombstone;
    QString table;
};
AsideReading readMessage(const QByteArray &key, const QByteArray &value);

// Asking the broker; blocks.
constexpr int mostAside = 1000; // the oldest
Result<QList<AsideMessage>> readAside(Desk &desk, const ConnectionSettings &queue, Cancellation &cancellation);

struct AsideOrder
{
    bool putsBack = false; // else they are dropped
    QList<std::pair<QByteArray, std::optional<QByteArray>>> messages; // id, and the value where it was edited
};
struct AsideOutcome
{
    int done = 0;
    int gone = 0; // somebody else was faster
    QList<QByteArray> settled; // both
    std::optional<Error> error; // what ended it
};
AsideOutcome settleAside(Desk &desk, const ConnectionSettings &queue, const AsideOrder &order,
                         Cancellation &cancellation);

} // namespace tidemark
