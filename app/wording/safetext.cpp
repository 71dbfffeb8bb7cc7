// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/wording.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

// Characters that would change how the text around them is read.
bool isDisguise(char32_t c)
{
    return (c >= 0x80 && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b || c == 0x200e
        || c == 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff
        || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

void appendSafe(char32_t c, QString &out)
{
    if (c == U'\n')
        out += u'⏎';
    else if (c < 0x20)
        out += QChar(0x2400 + static_cast<char16_t>(c)); // ␀ … ␟
    else if (c == 0x7f)
        out += u'␡';
    else if (isDisguise(c))
        out += u"‹U+%1›"_s.arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
    else if (c >= 0xd800 && c < 0xe000) // half of a pair
        out += u'\ufffd';
    else
        out += QString::fromUcs4(&c, 1);
}

} // namespace

QString safeText(const QString &fromOutside, int maxLength)
{
    // Cut before escaping, by whole characters: a value of megabytes costs nothing, and no escape is torn.
    const QString near = fromOutside.size() > 8 * qsizetype(maxLength)
        ? QString(fromOutside.left(4 * maxLength) + u'\u2026' + fromOutside.right(4 * maxLength))
        : fromOutside;
    const QList<uint> characters = near.toUcs4();
    const qsizetype size = characters.size();
    const bool isLong = size > maxLength;
    const qsizetype head = isLong ? (maxLength - 1) * 2 / 3 : size;
    const qsizetype tail = isLong ? maxLength - 1 - head : 0;
    QString out;
    for (qsizetype i = 0; i < head; ++i)
        appendSafe(characters[i], out);
    if (isLong)
        out += u'…';
    for (qsizetype i = size - tail; i < size; ++i)
        appendSafe(characters[i], out);
    return out;
}

} // namespace tidemark::wording
