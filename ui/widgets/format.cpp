// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/format.h"

#include <cmath>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace tidemark::format {

namespace {

class Format
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

} // namespace

QString count(qint64 number)
{
    // One spelling in both languages: a comma every three digits.
    return QLocale(QLocale::English).toString(number);
}

QString bytes(qint64 size)
{
    if (size < 1024)
        return Format::tr("%n byte(s)", nullptr, static_cast<int>(size));
    return QLocale(QLocale::English)
        .formattedDataSize(size, size < 10 * 1024 * 1024 ? 1 : 0, QLocale::DataSizeTraditionalFormat);
}

QString rate(double perSecond)
{
    // Two digits: a rate that changes in its last digit all the time cannot be read.
    if (!(perSecond > 0))
        return {};
    const double unit = std::pow(10.0, std::max(0.0, std::floor(std::log10(perSecond)) - 1));
    const auto rounded = static_cast<qint64>(std::round(perSecond / unit) * unit);
    return Format::tr("%1 rows/s").arg(count(rounded));
}

QString signedCounts(qint64 inserts, qint64 updates, qint64 deletes)
{
    return u"+%1  ~%2  −%3"_s.arg(count(inserts), count(updates), count(deletes));
}

QString sides(const QString &source, const QString &target, bool twoWay)
{
    return source + (twoWay ? u" ↔ "_s : u" → "_s) + target;
}

QString clock(qint64 us) { return QDateTime::fromMSecsSinceEpoch(us / 1000).toString(u"HH:mm"_s); }

QString toolTip(const QString &text)
{
    if (!Qt::mightBeRichText(text))
        return text;
    return u"<qt>"_s + text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</qt>"_s;
}

} // namespace tidemark::format
