// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QFile>
#include <QJsonArray>

#include "app/cli/command.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace tidemark::cli {

namespace {

constexpr int mostShown = 1000;
constexpr qsizetype longestLine = 120;
constexpr qint64 largestValue = 16 << 20;

QByteArray bytesOf(std::string_view text) { return {text.data(), qsizetype(text.size())}; }

QJsonValue jsonText(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    return text.toUtf8() == bytes ? QJsonValue(text)
                                  : QJsonValue(QJsonObject{{u"base64"_s, QString::fromLatin1(bytes.toBase64())}});
}

QString shownText(const QByteArray &bytes)
{
    const QString text = wording::safeText(QString::fromUtf8(bytes));
    return text.size() > longestLine ? QString(text.left(longestLine) + u'…') : text;
}

// What waits in a message queue, and what lies in its quarantine, for somebody to look at, edit, send back or drop.
class QueueCommand final : public Command
{
public:
    CommandSpec spec() const override
    {
        return {u"queue"_s,
                {u"NAME"_s},
                1,
                {{u"--quarantine"_s, {}},
                 {u"--replay"_s, u"ID"_s},
                 {u"--set-value"_s, u"FILE"_s},
                 {u"--discard"_s, u"ID"_s}}};
    }
    QString summary() const override
    {
        return Cli::tr("shows what waits in a message queue or lies in its quarantine, sends it back or drops it");
    }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY(checkOptions(arguments));
        TRY_ASSIGN(const ConnectionSettings settings, context.connection(arguments.at(0)));
        if (!isQueue(settings.driver))
            return fail(arguments.usage().with(Fact::Value, driverName(settings.driver)).with(Fact::Option, u"NAME"_s));
        QueueOptions options;
        options.mayCreate = false;
        options.cancellation = &context.cancellation();
        TRY_ASSIGN(const auto queue, context.connector().openQueue(settings, options));
        if (arguments.has(u"--replay"_s))
            return replay(context, arguments, *queue);
        if (arguments.has(u"--discard"_s))
            return discard(context, arguments, *queue);
        return arguments.has(u"--quarantine"_s) ? quarantine(context, settings, *queue)
                                                : waiting(context, settings, *queue);
    }

private:
    static Result<void> checkOptions(const Arguments &arguments)
    {
        QStringList given;
        for (const QString &option : {u"--quarantine"_s, u"--replay"_s, u"--discard"_s}) {
            if (arguments.has(option))
                given.append(option);
        }
        if (given.size() > 1)
            return fail(arguments.usage().with(Fact::Option, given[0]).with(Fact::Found, given[1]));
        if (arguments.has(u"--set-value"_s) && !arguments.has(u"--replay"_s))
            return fail(arguments.usage().with(Fact::Option, u"--set-value"_s).with(Fact::Expected, u"--replay"_s));
        return {};
    }

    static Error unknown(const Arguments &arguments, const QString &option)
    {
        return arguments.usage().with(Fact::Option, option).with(Fact::Value, arguments.value(option));
    }

    static Result<int> replay(CommandContext &context, const Arguments &arguments, Queue &queue)
    {
        std::optional<QByteArray> edited;
        if (arguments.has(u"--set-value"_s)) {
            QFile file(arguments.value(u"--set-value"_s));
            if (!file.open(QIODevice::ReadOnly) || file.size() > largestValue)
                return fail(Error{ErrorCode::FileUnreadable, {{Fact::File, file.fileName()}}, file.errorString()});
            edited = file.readAll();
        }
        const QString id = arguments.value(u"--replay"_s);
        TRY_ASSIGN(const bool found, queue.replay(id.toUtf8(), edited));
        if (!found)
            return fail(unknown(arguments, u"--replay"_s));
        context.out().document({{u"replayed"_s, id}});
        context.out().line(Cli::tr("Message %1 is back in the queue.").arg(wording::safeText(id)));
        return 0;
    }

    static Result<int> discard(CommandContext &context, const Arguments &arguments, Queue &queue)
    {
        const QString id = arguments.value(u"--discard"_s);
        TRY_ASSIGN(const bool found, queue.discard(id.toUtf8()));
        if (!found)
            return fail(unknown(arguments, u"--discard"_s));
        context.out().document({{u"discarded"_s, id}});
        context.out().line(Cli::tr("Message %1 is dropped.").arg(wording::safeText(id)));
        return 0;
    }

    static Result<int> quarantine(CommandContext &context, const ConnectionSettings &settings, Queue &queue)
    {
        TRY_ASSIGN(const std::vector<QuarantinedMessage> messages, queue.quarantined(mostShown));
        QJsonArray list;
        for (const QuarantinedMessage &message : messages) {
            const QDateTime since = QDateTime::fromMSecsSinceEpoch(message.sinceMs, Qt::UTC);
            const QString when = message.sinceMs > 0 ? since.toString(Qt::ISODateWithMs) : QString();
            list.append(QJsonObject{{u"id"_s, QString::fromUtf8(message.id)},
                                    {u"key"_s, jsonText(message.key)},
                                    {u"value"_s, message.value ? jsonText(*message.value) : QJsonValue()},
                                    {u"reason"_s, message.reason},
                                    {u"detail"_s, message.detail},
                                    {u"since"_s, when.isEmpty() ? QJsonValue() : QJsonValue(when)}});
            context.out().line(Cli::tr("%1: %2 (%3) %4")
                                   .arg(wording::safeText(QString::fromUtf8(message.id)),
                                        wording::safeText(message.reason), wording::safeText(message.detail),
                                        shownText(message.value.value_or(message.key))));
        }
        context.out().document({{u"connection"_s, settings.label()}, {u"quarantine"_s, list}});
        if (list.isEmpty())
            context.out().line(Cli::tr("Nothing is in quarantine."));
        return 0;
    }

    static Result<int> waiting(CommandContext &context, const ConnectionSettings &settings, Queue &queue)
    {
        TRY_ASSIGN(const QueueCounts counts, queue.counts());
        QueueBatch batch;
        TRY(queue.peek(mostShown, batch));
        QJsonArray list;
        for (const QueueMessage &message : batch.messages) {
            list.append(QJsonObject{{u"key"_s, jsonText(bytesOf(message.key))},
                                    {u"value"_s, message.value ? jsonText(bytesOf(*message.value)) : QJsonValue()},
                                    {u"route"_s, jsonText(bytesOf(message.route))}});
            context.out().line(shownText(bytesOf(message.value.value_or(message.key))));
        }
        const auto known = [](qint64 count) { return count < 0 ? QJsonValue() : QJsonValue(count); };
        context.out().document({{u"connection"_s, settings.label()},
                                {u"waiting"_s, known(counts.waiting)},
                                {u"unacknowledged"_s, known(counts.unacknowledged)},
                                {u"quarantined"_s, known(counts.quarantined)},
                                {u"messages"_s, list}});
        if (list.isEmpty())
            context.out().line(Cli::tr("No message is waiting."));
        return 0;
    }
};

} // namespace

void addQueueCommand(Commands &commands) { commands.push_back(std::make_unique<QueueCommand>()); }

} // namespace tidemark::cli
