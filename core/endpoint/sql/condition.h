// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tidemark {

// How a server reads quotes and comments, as far as it decides where a parenthesis counts.
struct ConditionSyntax
{
    bool backslashInTexts = false; // '\'' is one quote (MySQL)
    bool escapeTexts = false; // E'\'' (PostgreSQL)
    bool dollarTexts = false; // $tag$…$tag$ (PostgreSQL)
    bool nestedComments = false; // PostgreSQL
    bool hashComments = false; // MySQL; there, too, "--" begins a comment only before a space, and /*! is code
};

// Whether a condition ends inside the parenthesis that it is put into. `a = 1) OR (b = 1` is sound SQL there, and would
// select other rows than were meant. A text that is left open, or a comment that may hold code, counts as outside.
bool staysInside(QStringView condition, const ConditionSyntax &syntax);

// A condition that stays inside, in its parenthesis; the line's end closes a comment at its own.
QString enclosed(const QString &condition);

} // namespace tidemark
