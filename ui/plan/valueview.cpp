// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/valueview.h"

#include <algorithm>

#include <QBuffer>
#include <QImageReader>
#include <QSaveFile>

#include "core/data/celldecoder.h"
#include "core/data/jsoncanonical.h"
#include "ui/plan/celltext.h"
#include "ui/plan/prettyjson.h"
#include "ui/plan/textdiff.h"

using namespace Qt::StringLiterals;

namespace tidemark {

// Beyond this a text is compared place by place, not line by line.
static constexpr qsizetype wholeCharacters = 1'000'000;
// Beyond these a value is shown in parts.
static constexpr qsizetype partCharacters = 8'000; // of a single line the layout takes 20 ms
static constexpr qsizetype partLines = 500;
static constexpr qsizetype lineCharacters = 2000; // of a line that is compared by characters
static constexpr size_t hexLine = 8; // both sides fit beside each other
static constexpr size_t hexPart = 4096;
static constexpr size_t jsonBytes = 1 << 20;
static constexpr qint64 imagePixels = 40'000'000;
static constexpr int imageSide = 1024;

QByteArray wholeValue(const CellType &type, CellView cell)
{
    if (cell.isNull)
        return {};
    if (type.kind == CellKind::Blob || celltext::isTextual(type.kind))
        return QByteArray(cell.bytes.data(), static_cast<qsizetype>(cell.bytes.size()));
    return cell::text(type, cell).toUtf8();
}

Result<void> saveBytes(const QByteArray &bytes, const QString &file)
{
    QSaveFile device(file);
    const bool saved = device.open(QIODevice::WriteOnly) && device.write(bytes) == bytes.size() && device.commit();
    return saved ? Result<void>()
                 : fail(Error{ErrorCode::FileUnwritable, {}, device.errorString()}.with(Fact::File, file));
}

static QByteArray imageFormat(std::string_view bytes)
{
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"))
        return "png";
    return bytes.starts_with("\xff\xd8\xff") ? QByteArray("jpeg") : QByteArray();
}

static bool looksLikeJson(std::string_view bytes)
{
    const size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (bytes[first] != '{' && bytes[first] != '[') || bytes.size() > jsonBytes)
        return false;
    std::string canonical;
    return canonicalJson(bytes, canonical);
}

static QList<ValueForm> formsOf(const CellType &type, const CellView *source, const CellView *target)
{
    const auto any = [&](auto test) {
        return (source && !source->isNull && test(source->bytes)) || (target && !target->isNull && test(target->bytes));
    };
    const auto all = [&](auto test) { return any(test) && !any([&](std::string_view bytes) { return !test(bytes); }); };
    QList<ValueForm> forms;
    if (type.kind == CellKind::Blob) {
        if (any([](std::string_view bytes) { return !imageFormat(bytes).isEmpty(); }))
            forms << ValueForm::Image;
        return forms << ValueForm::Hex;
    }
    if (celltext::isTextual(type.kind) && all(looksLikeJson))
        forms << ValueForm::Json;
    forms << ValueForm::Text;
    if (celltext::isTextual(type.kind))
        forms << ValueForm::Hex;
    return forms;
}

// Which part is shown: the wished one, else the one with the first difference.
static void choosePart(ValueView &view, qint64 parts, qint64 firstDifference, const ValueWish &wish)
{
    view.parts = std::max<qint64>(1, parts);
    view.firstDifference = std::min(firstDifference, view.parts - 1);
    view.part =
        std::clamp<qint64>(wish.part < 0 ? std::max<qint64>(view.firstDifference, 0) : wish.part, 0, view.parts - 1);
}

static QList<ValueMark> marksOf(const QList<textdiff::Run> &runs, bool target)
{
    QList<ValueMark> marks;
    for (const textdiff::Run &run : runs) {
        const qsizetype length = target ? run.bLength : run.aLength;
        if (!run.equal && length > 0)
            marks.append({static_cast<int>(target ? run.b : run.a), static_cast<int>(length)});
    }
    return marks;
}

// Lines with what differs in them, side by side; many of them in parts, that a window need not lay out all.
static void alignLines(const QString &a, const QString &b, ValueView &view, const ValueWish &wish)
{
    const QList<QStringView> aLines = a.isNull() ? QList<QStringView>() : QStringView(a).split(u'\n');
    const QList<QStringView> bLines = b.isNull() ? QList<QStringView>() : QStringView(b).split(u'\n');
    const bool both = !a.isNull() && !b.isNull();
    const QList<textdiff::LinePair> pairs = textdiff::lines(aLines, bLines);
    const auto lineOf = [](const QList<QStringView> &lines, qsizetype at) {
        return at < 0 ? QStringView() : lines.at(at);
    };
    QList<qsizetype> starts{0};
    qsizetype characters = 0;
    qint64 firstDifference = -1;
    for (qsizetype i = 0; i < pairs.size(); ++i) {
        const qsizetype longer = std::max(lineOf(aLines, pairs.at(i).a).size(), lineOf(bLines, pairs.at(i).b).size());
        if (i > starts.constLast() && (characters + longer > partCharacters || i - starts.constLast() >= partLines)) {
            starts << i;
            characters = 0;
        }
        characters += longer;
        if (firstDifference < 0 && both && !pairs.at(i).equal)
            firstDifference = starts.size() - 1;
    }
    choosePart(view, starts.size(), firstDifference, wish);
    const qsizetype past = view.part + 1 < starts.size() ? starts.at(view.part + 1) : pairs.size();
    for (qsizetype i = starts.at(view.part); i < past; ++i) {
        const textdiff::LinePair &pair = pairs.at(i);
        ValueLine l, r;
        l.text = lineOf(aLines, pair.a).toString();
        r.text = lineOf(bLines, pair.b).toString();
        l.isGap = pair.a < 0;
        r.isGap = pair.b < 0;
        l.differs = r.differs = !pair.equal && both;
        if (l.differs && !l.isGap && !r.isGap) {
            const bool huge = l.text.size() > lineCharacters || r.text.size() > lineCharacters;
            const QList<textdiff::Run> runs = textdiff::characters(l.text, r.text, huge ? 50 : 400);
            l.marks = marksOf(runs, false);
            r.marks = marksOf(runs, true);
        }
        view.source.lines << l;
        view.target.lines << r;
    }
}

// Too many lines to be aligned, or one that is too long to be laid out at once.
static bool hasLongLines(const QString &text)
{
    if (text.size() > wholeCharacters)
        return true;
    qsizetype start = 0;
    for (qsizetype end = 0; end >= 0; start = end + 1) {
        end = text.indexOf(u'\n', start);
        if ((end < 0 ? text.size() : end) - start > partCharacters)
            return true;
    }
    return false;
}

static QString textOf(const CellType &type, const CellView *cell)
{
    return cell && !cell->isNull ? celltext::harmless(cell::text(type, *cell)) : QString();
}

// What differs between the common ends, cut to a part.
static ValueLine partOf(const QString &text, qsizetype from, qsizetype first, qsizetype past)
{
    ValueLine line;
    line.text = text.mid(from, partCharacters);
    const qsizetype start = std::clamp<qsizetype>(first - from, 0, line.text.size());
    const qsizetype end = std::clamp<qsizetype>(past - from, start, line.text.size());
    if (end > start)
        line.marks.append({int(start), int(end - start)});
    line.differs = end > start;
    return line;
}

static void showParts(ValueView &view, const QString &a, const QString &b, const ValueWish &wish)
{
    const qsizetype common = std::min(a.size(), b.size());
    qsizetype first = std::mismatch(a.cbegin(), a.cbegin() + common, b.cbegin()).first - a.cbegin();
    if (first > 0 && first < a.size() && a.at(first).isLowSurrogate())
        --first;
    qsizetype end = 0;
    while (end < common - first && a.at(a.size() - 1 - end) == b.at(b.size() - 1 - end))
        ++end;
    const bool both = !a.isNull() && !b.isNull();
    choosePart(view, (std::max(a.size(), b.size()) + partCharacters - 1) / partCharacters,
               both && a != b ? first / partCharacters : -1, wish);
    const qsizetype from = view.part * partCharacters;
    ValueLine left = partOf(a, from, first, both ? a.size() - end : first);
    ValueLine right = partOf(b, from, first, both ? b.size() - end : first);
    // Lines of a part lie side by side by their number: nothing is moved.
    const auto split = [](const ValueLine &part, ValueSide &side) {
        qsizetype at = 0;
        const QStringList lines = part.text.split(u'\n');
        for (const QString &text : lines) {
            ValueLine line;
            line.text = text;
            for (const ValueMark &mark : part.marks) {
                const qsizetype start = std::max<qsizetype>(mark.start, at);
                const qsizetype past = std::min<qsizetype>(mark.start + mark.length, at + text.size());
                if (past > start)
                    line.marks.append({int(start - at), int(past - start)});
            }
            line.differs = !line.marks.isEmpty();
            side.lines << line;
            at += text.size() + 1;
        }
    };
    split(left, view.source);
    split(right, view.target);
    ValueLine gap;
    gap.isGap = true;
    while (view.source.lines.size() < view.target.lines.size())
        view.source.lines << gap;
    while (view.target.lines.size() < view.source.lines.size())
        view.target.lines << gap;
}

static ValueLine hexOf(std::string_view bytes, std::string_view other, bool hasOther, size_t from)
{
    ValueLine line;
    if (from >= bytes.size() && !(from == 0 && bytes.empty())) {
        line.isGap = true;
        return line;
    }
    line.text = QString::number(from, 16).rightJustified(8, u'0') + u"  "_s;
    QString ascii;
    for (size_t i = from; i < from + hexLine; ++i) {
        if (i >= bytes.size()) {
            line.text += u"   "_s;
            continue;
        }
        const auto byte = static_cast<uchar>(bytes[i]);
        const bool differs = hasOther && (i >= other.size() || other[i] != bytes[i]);
        const auto column = static_cast<int>(i - from);
        if (differs) {
            line.marks.append({10 + column * 3, 2});
            line.marks.append({10 + int(hexLine) * 3 + 1 + column, 1});
            line.differs = true;
        }
        line.text += QString::number(byte, 16).rightJustified(2, u'0') + u' ';
        ascii += byte >= 0x20 && byte < 0x7f ? QChar(ushort{byte}) : QChar(u'·');
    }
    line.text += u' ' + ascii;
    return line;
}

static void showHex(ValueView &view, const CellView *source, const CellView *target, const ValueWish &wish)
{
    const auto bytesOf = [](const CellView *cell) { return cell && !cell->isNull ? cell->bytes : std::string_view(); };
    const std::string_view a = bytesOf(source);
    const std::string_view b = bytesOf(target);
    const bool both = source && target && !source->isNull && !target->isNull;
    const size_t common = std::min(a.size(), b.size());
    const size_t first = static_cast<size_t>(std::mismatch(a.begin(), a.begin() + common, b.begin()).first - a.begin());
    const size_t longest = std::max(a.size(), b.size());
    choosePart(view, static_cast<qint64>((longest + hexPart - 1) / hexPart),
               both && a != b ? static_cast<qint64>(first / hexPart) : -1, wish);
    const size_t from = static_cast<size_t>(view.part) * hexPart;
    for (size_t at = from; at < std::min(longest, from + hexPart); at += hexLine) {
        view.source.lines << hexOf(a, b, both, at);
        view.target.lines << hexOf(b, a, both, at);
    }
}

static void readImage(const CellView *cell, ValueSide &side)
{
    if (!cell || cell->isNull)
        return;
    const QByteArray format = imageFormat(cell->bytes);
    if (format.isEmpty())
        return;
    QByteArray bytes = QByteArray::fromRawData(cell->bytes.data(), static_cast<qsizetype>(cell->bytes.size()));
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format); // nothing but these two decoders sees the bytes
    reader.setAutoTransform(true);
    side.imageSize = reader.size();
    if (!side.imageSize.isValid() || qint64(side.imageSize.width()) * side.imageSize.height() > imagePixels)
        return;
    if (side.imageSize.width() > imageSide || side.imageSize.height() > imageSide)
        reader.setScaledSize(side.imageSize.scaled(imageSide, imageSide, Qt::KeepAspectRatio));
    side.image = reader.read();
}

ValueView viewOfValue(const CellType &type, const CellView *source, const CellView *target, const ValueWish &wish)
{
    ValueView view;
    view.kind = type.kind;
    view.forms = formsOf(type, source, target);
    view.form = wish.form && view.forms.contains(*wish.form) ? *wish.form : view.forms.constFirst();
    for (auto [side, cell] : {std::pair(&view.source, source), std::pair(&view.target, target)}) {
        side->present = cell != nullptr;
        side->isNull = cell && cell->isNull;
        side->bytes = cell ? static_cast<qint64>(cell->bytes.size()) : 0;
    }
    view.equal = source && target && *source == *target;
    switch (view.form) {
    case ValueForm::Hex:
        showHex(view, source, target, wish);
        break;
    case ValueForm::Image:
        readImage(source, view.source);
        readImage(target, view.target);
        break;
    case ValueForm::Json: {
        const auto pretty = [&](const CellView *cell) {
            std::string canonical;
            if (!cell || cell->isNull || !canonicalJson(cell->bytes, canonical))
                return QString();
            return celltext::harmless(prettyJson(QString::fromStdString(canonical)));
        };
        alignLines(pretty(source), pretty(target), view, wish);
        break;
    }
    case ValueForm::Text: {
        const QString a = textOf(type, source);
        const QString b = textOf(type, target);
        if (hasLongLines(a) || hasLongLines(b))
            showParts(view, a, b, wish);
        else
            alignLines(a, b, view, wish);
        break;
    }
    }
    return view;
}

} // namespace tidemark
