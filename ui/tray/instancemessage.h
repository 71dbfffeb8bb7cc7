// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

namespace tidemark {

// What a second start tells the first. Nothing else is understood, whoever sends it.
struct InstanceMessage
{
    enum class Wish : quint8 {
        None, // only asks whether somebody is there: a hidden start
        Show, // comes forward
        Sample, // opens the sample
        Open, // text: the absolute path of a job file
        Run, // text: a job's name, or the absolute path of its file
    };
    Wish wish = Wish::Show;
    QString text;
    bool operator==(const InstanceMessage &) const = default;
};

namespace instancewire {

inline constexpr qsizetype longestText = 4096; // characters
inline constexpr qsizetype longestFrame = 4 * longestText + 64; // bytes, its length included

QByteArray encode(const InstanceMessage &message); // empty: a text that cannot be sent

// The frame that the bytes begin with; incomplete: more has to come; neither: not of ours.
struct Decoded
{
    std::optional<InstanceMessage> message;
    bool isIncomplete = false;
};
Decoded decode(const QByteArray &bytes);

} // namespace instancewire

} // namespace tidemark
