// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/instancemessage.h"

#include <algorithm>
#include <array>
#include <utility>

#include <QStringDecoder>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace tidemark::instancewire {

using Wish = InstanceMessage::Wish;

// A frame: the length of what follows in four bytes, "tidemark/1 ", a verb, a line end, the text in UTF-8.
static constexpr QByteArrayView magic = "tidemark/1 ";
static constexpr std::array<std::pair<Wish, QByteArrayView>, 5> verbs{
    {{Wish::None, "none"}, {Wish::Show, "show"}, {Wish::Sample, "sample"}, {Wish::Open, "open"}, {Wish::Run, "run"}}};

static bool isFit(const InstanceMessage &message)
{
    const QString &text = message.text;
    if (text.size() > longestText)
        return false;
    if (std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c < u' ' || c == u'\x7f'; }))
        return false;
    switch (message.wish) {
    case Wish::None:
    case Wish::Show:
    case Wish::Sample:
        return text.isEmpty();
    case Wish::Open:
        return text.startsWith(u'/');
    case Wish::Run:
        return !text.isEmpty();
    }
    return false;
}

QByteArray encode(const InstanceMessage &message)
{
    if (!isFit(message))
        return {};
    const auto verb =
        std::find_if(verbs.cbegin(), verbs.cend(), [&](const auto &one) { return one.first == message.wish; });
    QByteArray body = magic.toByteArray() + verb->second.toByteArray() + '\n' + message.text.toUtf8();
    std::array<char, 4> length{};
    qToBigEndian(static_cast<quint32>(body.size()), length.data());
    body.prepend(length.data(), length.size());
    return body;
}

Decoded decode(const QByteArray &bytes)
{
    constexpr qsizetype prefix = 4;
    if (bytes.size() < prefix)
        return {{}, true};
    const quint32 length = qFromBigEndian<quint32>(bytes.constData());
    if (length > longestFrame - prefix)
        return {};
    if (bytes.size() < prefix + length)
        return {{}, true};
    QByteArrayView body = QByteArrayView(bytes).sliced(prefix, length);
    if (!body.startsWith(magic))
        return {};
    body = body.sliced(magic.size());
    const qsizetype end = body.indexOf('\n');
    const auto verb = std::find_if(verbs.cbegin(), verbs.cend(), [&](const auto &one) {
        return one.second == body.first(std::max<qsizetype>(end, 0));
    });
    if (end < 0 || verb == verbs.cend())
        return {};
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(body.sliced(end + 1));
    const InstanceMessage message{verb->first, text};
    if (utf8.hasError() || !isFit(message))
        return {};
    return {message, false};
}

} // namespace tidemark::instancewire
