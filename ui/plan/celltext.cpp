// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/celltext.h"

#include <QCoreApplication>

#include "app/wording/wording.h"
#include "core/data/celldecoder.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark::celltext {

static bool isPlain(QChar c)
{
    const char16_t u = c.unicode();
    if (u == u'\n' || u == u'\r' || u == u'\t')
        return true;
    if (u < 0x20 || (u >= 0x7f && u < 0xa0) || u == 0xad)
        return false;
    // The ranges of wording::safeText, as a quick first look.
    return u < 0x300 || (u > 0x61c && u < 0x180e) || (u > 0x180e && u < 0x200b) || (u > 0x206f && u < 0xd800)
        || (u >= 0xe000 && u < 0xfeff);
}

QString harmless(const QString &text)
{
    if (std::all_of(text.cbegin(), text.cend(), isPlain))
        return text;
    QString out;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool stays = i < text.size() && (text.at(i) == u'\n' || text.at(i) == u'\r' || text.at(i) == u'\t');
        if (i < text.size() && !stays)
            continue;
        const QString part = text.mid(start, i - start);
        out += wording::safeText(part, static_cast<int>(part.size()) + 2);
        if (stays)
            out += text.at(i);
        start = i + 1;
    }
    return out;
}

QString visible(const QString &text, bool allSpaces)
{
    if (text.isEmpty())
        return u"''"_s;
    const auto asItIs = [allSpaces](QChar c) { return c.unicode() > u' ' ? isPlain(c) : c == u' ' && !allSpaces; };
    if (text.front() != u' ' && text.back() != u' ' && std::all_of(text.cbegin(), text.cend(), asItIs))
        return text;
    QString shown = text;
    qsizetype first = 0;
    while (first < shown.size() && shown.at(first) == u' ')
        ++first;
    qsizetype last = shown.size() - 1;
    while (last > first && shown.at(last) == u' ')
        --last;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        if (shown.at(i) == u' ' && (allSpaces || i < first || i > last))
            shown[i] = u'·';
    }
    shown.replace(u"\r\n"_s, u"␍⏎"_s);
    shown.replace(u'\n', u'⏎');
    shown.replace(u'\r', u'␍');
    shown.replace(u'\t', u'⇥');
    return harmless(shown);
}

QString rows(qint64 count)
{
    return count == 1 ? QCoreApplication::translate("tidemark::celltext", "1 row")
                      : QCoreApplication::translate("tidemark::celltext", "%1 rows").arg(format::count(count));
}

QString name(const QString &name) { return wording::safeText(name); }

bool isTextual(CellKind kind) { return kind == CellKind::Text || kind == CellKind::Json || kind == CellKind::Exact; }

bool isNumber(CellKind kind)
{
    return kind == CellKind::Integer || kind == CellKind::Decimal || kind == CellKind::Float;
}

static QString blobText(std::string_view bytes, int limit)
{
    const auto shown = std::min<qsizetype>(limit / 3, static_cast<qsizetype>(bytes.size()));
    const QByteArray hex = QByteArray(bytes.data(), shown).toHex(' ');
    const bool cut = shown < static_cast<qsizetype>(bytes.size());
    return format::bytes(static_cast<qint64>(bytes.size())) + u" · "_s + QString::fromLatin1(hex)
        + (cut ? u" …"_s : QString());
}

QString shortened(const CellType &type, CellView cell, int limit)
{
    if (cell.isNull)
        return u"NULL"_s;
    if (type.kind == CellKind::Blob)
        return blobText(cell.bytes, limit);
    // A huge text is cut before it is decoded; one character has at most four bytes.
    CellView view = cell;
    const bool cut = isTextual(type.kind) && view.bytes.size() > static_cast<size_t>(limit) * 4;
    if (cut)
        view.bytes = view.bytes.substr(0, static_cast<size_t>(limit) * 4);
    QString text = cell::text(type, view);
    if (text.size() > limit || cut)
        text = text.left(limit) + u'…';
    return text;
}

} // namespace tidemark::celltext
