// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include <QList>
#include <QString>

namespace tidemark::textdiff {

// A stretch of both sides: equal, or different (then either may be empty).
struct Run
{
    bool equal = true;
    qsizetype a = 0, aLength = 0;
    qsizetype b = 0, bLength = 0;
    bool operator==(const Run &) const = default;
};

// The shortest way from a to b (Myers), after the common ends. Beyond maxEdits the middle is one run that differs.
QList<Run> compare(std::span<const int> a, std::span<const int> b, int maxEdits);

// Of characters, in UTF-16 units; never inside a surrogate pair, and without islands of a character or two.
QList<Run> characters(QStringView a, QStringView b, int maxEdits = 400);

// A line of the one beside a line of the other; −1: a gap.
struct LinePair
{
    qsizetype a = -1;
    qsizetype b = -1;
    bool equal = false;
    bool operator==(const LinePair &) const = default;
};
QList<LinePair> lines(const QList<QStringView> &a, const QList<QStringView> &b, int maxEdits = 2000);

} // namespace tidemark::textdiff
