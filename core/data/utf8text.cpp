// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/utf8text.h"

#include <cstring>

#include <QByteArray>
#include <QString>

namespace tidemark {

namespace {

constexpr quint64 highBits = 0x8080808080808080;

std::size_t asciiPrefix(const char *bytes, std::size_t size)
{
    std::size_t at = 0;
    for (; at + sizeof(quint64) <= size; at += sizeof(quint64)) {
        quint64 word = 0;
        std::memcpy(&word, bytes + at, sizeof word);
        if ((word & highBits) != 0)
            break;
    }
    while (at < size && (static_cast<unsigned char>(bytes[at]) & 0x80) == 0)
        ++at;
    return at;
}

// The length of the well-formed sequence at the start; 0 where there is none.
std::size_t sequenceLength(const unsigned char *bytes, std::size_t size)
{
    const unsigned char lead = bytes[0];
    std::size_t length = 0;
    unsigned char low =
        0x80; // bounds of the second byte: they rule out overlong forms, surrogates and what is too high
    unsigned char high = 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf) {
        length = 2;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        low = lead == 0xe0 ? 0xa0 : low;
        high = lead == 0xed ? 0x9f : high;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        low = lead == 0xf0 ? 0x90 : low;
        high = lead == 0xf4 ? 0x8f : high;
    }
    if (length == 0 || length > size || bytes[1] < low || bytes[1] > high)
        return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    }
    return length;
}

} // namespace

bool isAscii(std::string_view bytes) { return asciiPrefix(bytes.data(), bytes.size()) == bytes.size(); }

bool isValidUtf8(std::string_view bytes)
{
    std::size_t at = asciiPrefix(bytes.data(), bytes.size());
    while (at < bytes.size()) {
        if ((static_cast<unsigned char>(bytes[at]) & 0x80) == 0) {
            at += asciiPrefix(bytes.data() + at, bytes.size() - at);
            continue;
        }
        const std::size_t length =
            sequenceLength(reinterpret_cast<const unsigned char *>(bytes.data()) + at, bytes.size() - at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

void appendUtf8(char32_t codePoint, std::string &out)
{
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((codePoint >> shift) & 0x3f)); };
    if (codePoint < 0x80) {
        out += static_cast<char>(codePoint);
    } else if (codePoint < 0x800) {
        out += static_cast<char>(0xc0 | (codePoint >> 6));
        tail(0);
    } else if (codePoint < 0x10000) {
        out += static_cast<char>(0xe0 | (codePoint >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0 | (codePoint >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

void foldCase(std::string_view utf8, std::string &out)
{
    if (isAscii(utf8)) {
        out.assign(utf8);
        for (char &c : out) {
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c - 'A' + 'a');
        }
        return;
    }
    const QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    const QByteArray folded = text.toCaseFolded().toUtf8();
    out.assign(folded.constData(), static_cast<std::size_t>(folded.size()));
}

} // namespace tidemark
