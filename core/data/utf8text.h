// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tidemark {

bool isAscii(std::string_view bytes);
bool isValidUtf8(std::string_view bytes); // no overlong forms, no surrogates, nothing beyond U+10FFFF

// Appends a code point; `codePoint` is no surrogate.
void appendUtf8(char32_t codePoint, std::string &out);

// The text folded for comparing without case (QString::toCaseFolded), in out.
void foldCase(std::string_view utf8, std::string &out);

} // namespace tidemark
