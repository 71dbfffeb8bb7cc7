// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tidemark {

// How Kafka Connect puts bytes and exact numbers into JSON.

// Strict base64 (RFC 4648, with padding) appended to out; false: not base64.
bool appendFromBase64(std::string_view text, std::string &out);
void appendBase64(std::string_view bytes, std::string &out);

// A big endian two's complement with so many digits after the point, as digits. false: more than any database keeps.
bool appendUnscaledDecimal(std::string_view bytes, int scale, std::string &out);

// Bits of a little endian string of bytes, the highest first. false: `length` fits not what is there.
bool appendBits(std::string_view bytes, int length, std::string &out);

} // namespace tidemark
