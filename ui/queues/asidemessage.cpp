// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queues/asidemessage.h"

#include <QJsonObject>

#include "app/wording/wording.h"
#include "core/change/changeeventreader.h"
#include "core/journal/reportjson.h"
#include "ui/jobs/engine.h"
#include "ui/plan/prettyjson.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype largestEdited = 256 << 10;
static constexpr qsizetype shownOfLarge = 4096;

static std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

static QString textOf(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

static QString tableOf(const EventSource &source)
{
    const QString table = QString::fromStdString(source.table);
    return source.schema.empty() || table.isEmpty() ? table : QString::fromStdString(source.schema) + u'.' + table;
}

static QString keyOf(const ChangeEvent &event)
{
    QStringList parts;
    for (const EventField &field : event.key.fields)
        parts << textOf(field.name.text) + " = "_L1 + textOf(field.value.text);
    return parts.join(u", "_s);
}

AsideMessage described(QuarantinedMessage message)
{
    AsideMessage shown;
    ChangeEventReader reader;
    ChangeEvent event;
    if (reader.parse(viewOf(message.key), message.value ? std::optional(viewOf(*message.value)) : std::nullopt, event))
        shown.table = tableOf(event.source);
    // The key may be sound where the rest is not.
    ChangeEvent keyOnly;
    if (reader.parse(viewOf(message.key), std::nullopt, keyOnly))
        shown.key = keyOf(keyOnly);
    if (shown.key.isEmpty())
        shown.key = QString::fromUtf8(message.key);
    shown.raw = std::move(message);
    return shown;
}

QString reasonOf(const QuarantinedMessage &message)
{
    if (message.reason == "delivery-limit"_L1) {
        bool isNumber = false;
        const int times = message.detail.toInt(&isNumber);
        return isNumber ? AsideMessage::tr("Delivered %n time(s), and each time its consumer ended.", nullptr, times)
                        : AsideMessage::tr("Delivered too often: each time its consumer ended.");
    }
    const Error error = errorFromJson(QJsonObject{{u"code"_s, message.reason}});
    const bool isKnown = codeName(error.code) == message.reason;
    const QString why = isKnown ? wording::message(error).what : wording::safeText(message.reason, 80);
    return message.detail.isEmpty() ? why : why + u' ' + wording::safeText(message.detail, 200);
}

AsideText textOf(const QuarantinedMessage &message)
{
    if (!message.value)
        return {AsideText::Kind::Tombstone, {}};
    const QString text = QString::fromUtf8(*message.value);
    if (text.contains(QChar::ReplacementCharacter) || text.contains(u'\0'))
        return {AsideText::Kind::Binary, {}};
    if (message.value->size() > largestEdited)
        return {AsideText::Kind::Large, text.left(shownOfLarge)};
    const AsideReading reading = readMessage(message.key, *message.value);
    const bool isJson = !reading.fault || reading.fault->code != ErrorCode::NotJson;
    const bool isOneLine = !text.contains(u'\n');
    return {AsideText::Kind::Editable, isJson && isOneLine ? prettyJson(text) : text};
}

AsideReading readMessage(const QByteArray &key, const QByteArray &value)
{
    AsideReading reading;
    ChangeEventReader reader;
    ChangeEvent event;
    if (auto read = reader.parse(viewOf(key), viewOf(value), event); !read) {
        reading.fault = read.error();
        return reading;
    }
    reading.operation = event.operation;
    reading.table = tableOf(event.source);
    return reading;
}

static Result<std::unique_ptr<Queue>> opened(Desk &desk, const ConnectionSettings &queue, Cancellation &cancellation)
{
    QueueOptions options;
    options.mayCreate = false;
    options.cancellation = &cancellation;
    return desk.connector().openQueue(queue, options);
}

Result<QList<AsideMessage>> readAside(Desk &desk, const ConnectionSettings &queue, Cancellation &cancellation)
{
    TRY_ASSIGN(const auto open, opened(desk, queue, cancellation));
    TRY_ASSIGN(std::vector<QuarantinedMessage> found, open->quarantined(mostAside));
    QList<AsideMessage> messages;
    messages.reserve(static_cast<qsizetype>(found.size()));
    for (QuarantinedMessage &message : found)
        messages.append(described(std::move(message)));
    return messages;
}

AsideOutcome settleAside(Desk &desk, const ConnectionSettings &queue, const AsideOrder &order,
                         Cancellation &cancellation)
{
    AsideOutcome outcome;
    auto open = opened(desk, queue, cancellation);
    if (!open) {
        outcome.error = open.error();
        return outcome;
    }
    for (const auto &[id, value] : order.messages) {
        const Result<bool> done = order.putsBack ? (*open)->replay(id, value) : (*open)->discard(id);
        if (!done) {
            outcome.error = done.error();
            return outcome;
        }
        ++(*done ? outcome.done : outcome.gone);
        outcome.settled.append(id);
    }
    return outcome;
}

} // namespace tidemark
