// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/edgevalues.h"

#include <cfloat>
#include <cmath>
#include <limits>

#include "core/data/celldecoder.h"
#include "core/data/timetext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 longText = 70'000; // beyond the 65,535 bytes of a TEXT
constexpr qint64 longestTried = 100'000;
constexpr int unlimitedDigits = 40;

class EdgeMaker
{
public:
    EdgeMaker(const CellSource &cell, const CellType &pair, const EdgeTraits &traits)
        : m_type(cell.type), m_pair(pair), m_traits(traits),
          m_layout(std::make_shared<const RowLayout>(RowLayout{{pair}, 0, 1})), m_encoder(m_layout, {cell})
    {
        m_edges.rows.reset(m_layout);
        m_encoder.setBatch(&m_edges.rows);
    }

    EdgeValues make()
    {
        switch (m_type.kind) {
        case CellKind::Boolean:
            add(u"true"_s, [this] { m_encoder.boolean(true); });
            add(u"false"_s, [this] { m_encoder.boolean(false); });
            break;
        case CellKind::Integer:
            integers();
            break;
        case CellKind::Decimal:
            decimals();
            break;
        case CellKind::Float:
            floats();
            break;
        case CellKind::Text:
            texts();
            break;
        case CellKind::Blob:
            blobs();
            break;
        case CellKind::Date:
        case CellKind::Time:
        case CellKind::Timestamp:
        case CellKind::Instant:
            times();
            break;
        case CellKind::Json:
            json(R"({"b": 1, "a": [1.0, "é"], "a": null})");
            json("[12345678901234567890.5]");
            if (m_type.native != "jsonb"_L1)
                json(R"("\u0000")");
            break;
        case CellKind::Uuid: // holds nothing that a UUID could not
        case CellKind::Exact: // nobody but its database knows what it can hold
            break;
        }
        return std::move(m_edges);
    }

private:
    template <typename Encode> void add(const QString &given, Encode encode)
    {
        m_encoder.beginRow();
        encode();
        m_encoder.endRow();
        m_edges.given += given;
    }

    void integers()
    {
        const int bits = 8 * (m_type.isDynamic ? 8 : m_type.bytes);
        if (m_type.isUnsigned && !m_type.isDynamic) {
            const quint64 greatest = std::numeric_limits<quint64>::max() >> (64 - bits);
            add(QString::number(greatest), [=, this] { m_encoder.unsignedInteger(greatest); });
        } else {
            const qint64 greatest = std::numeric_limits<qint64>::max() >> (64 - bits);
            for (const qint64 value : {greatest, -greatest - 1, qint64(-1)})
                add(QString::number(value), [=, this] { m_encoder.integer(value); });
        }
        add(u"0"_s, [this] { m_encoder.integer(0); });
    }

    void decimal(const std::string &digits)
    {
        add(QString::fromStdString(digits), [&] { m_encoder.decimal(digits); });
    }

    void decimals()
    {
        const bool isLimited = m_type.precision > 0 && m_type.scale >= 0 && m_type.scale <= m_type.precision;
        const auto whole = static_cast<size_t>(isLimited ? m_type.precision - m_type.scale : unlimitedDigits);
        const auto fraction = static_cast<size_t>(isLimited ? m_type.scale : unlimitedDigits);
        const std::string point = fraction > 0 ? "." : "";
        std::string greatest = whole > 0 ? std::string(whole, '9') : "0";
        greatest += point + std::string(fraction, '9');
        decimal(greatest);
        if (!m_type.isUnsigned)
            decimal('-' + greatest);
        if (fraction > 0)
            decimal("0." + std::string(fraction - 1, '0') + '1');
        if (m_traits.notANumber && !isLimited)
            decimal("NaN");
    }

    void floats()
    {
        const bool isNarrow = m_type.bytes == 4 && !m_type.isDynamic;
        const double greatest = isNarrow ? double(FLT_MAX) : DBL_MAX;
        const double least = isNarrow ? double(FLT_TRUE_MIN) : DBL_TRUE_MIN;
        const double tenth = isNarrow ? double(0.1F) : 0.1;
        const auto real = [this](double value) {
            add(QString::number(value, 'g', 17), [=, this] { m_encoder.real(value); });
        };
        for (const double value : {greatest, -greatest, least, tenth})
            real(value);
        if (m_traits.infinity)
            real(HUGE_VAL);
        if (m_traits.notANumber)
            real(std::nan(""));
    }

    void text(const QString &value)
    {
        const std::string utf8 = value.toStdString();
        add(value, [&] { m_encoder.text(utf8); });
    }

    void texts()
    {
        if (m_pair.kind != CellKind::Text && m_pair.kind != CellKind::Exact)
            return; // what a text must look like to become that is the data's to show
        const bool isLimited = m_type.length > 0 && m_type.length <= longestTried && !m_type.isDynamic;
        text(QString());
        if (!isLimited || m_type.length >= 2) {
            text(u"a "_s);
            text(u"\U0001F642é"_s);
        }
        if (m_type.holdsNul && m_pair.nulByte == NulByte::Refuse && (!isLimited || m_type.length >= 3))
            text(u"a"_s + QChar(u'\0') + u'b');
        text(QString(isLimited ? m_type.length : longText, u'x'));
    }

    void blobs()
    {
        const bool isLimited = m_type.length > 0 && m_type.length <= longestTried && !m_type.isDynamic;
        const auto blob = [this](const QByteArray &bytes) {
            add(QString::fromLatin1(bytes.left(32).toHex()), [&] {
                m_encoder.blob({bytes.constData(), static_cast<size_t>(bytes.size())});
            });
        };
        blob({});
        blob(QByteArray("\0\xff", 2).left(isLimited ? m_type.length : 2));
        blob(QByteArray(isLimited ? m_type.length : longText, '\xff'));
    }

    void time(qint64 microseconds)
    {
        constexpr qint64 minimum = std::numeric_limits<qint64>::min();
        constexpr qint64 maximum = std::numeric_limits<qint64>::max();
        const bool isInfinite = microseconds == minimum || microseconds == maximum;
        const qint64 value =
            isInfinite ? microseconds : cell::floorMicroseconds(microseconds, std::clamp(m_type.fraction, 0, 6));
        std::string shown;
        if (isInfinite)
            shown = microseconds == minimum ? "-infinity" : "infinity";
        else if (m_type.kind == CellKind::Time)
            appendTime(value, 0, shown);
        else
            appendTimestamp(value, 0, m_type.kind == CellKind::Instant ? "+00:00" : "", shown);
        add(QString::fromStdString(shown), [&] {
            if (m_type.kind == CellKind::Time)
                m_encoder.time(value);
            else if (m_type.kind == CellKind::Timestamp)
                m_encoder.timestamp(value);
            else
                m_encoder.instant(value);
        });
    }

    void date(qint32 days)
    {
        std::string shown;
        appendDate(days, shown);
        add(QString::fromStdString(shown), [&] { m_encoder.date(days); });
    }

    void times()
    {
        if (m_type.kind == CellKind::Time) {
            time(0);
            time(m_traits.greatestTimeUs);
            if (m_traits.greatestTimeUs >= microsecondsPerDay)
                time(-m_traits.greatestTimeUs);
            return;
        }
        const qint32 first = daysFromCivil(m_traits.firstYear, 1, 1);
        const qint32 last = daysFromCivil(9999, 12, 31);
        if (m_type.kind == CellKind::Date) {
            date(first);
            date(last);
            if (m_traits.infiniteTimes)
                date(std::numeric_limits<qint32>::max());
            return;
        }
        const bool isInstant = m_type.kind == CellKind::Instant;
        const qint64 greatest = isInstant ? m_traits.lastInstantUs : (last + 1) * microsecondsPerDay - 1;
        const qint64 least = first * microsecondsPerDay;
        time(isInstant ? m_traits.firstInstantUs.value_or(least) : least);
        time(daysFromCivil(2024, 2, 29) * microsecondsPerDay + 43'200'123'456);
        time(greatest);
        if (m_traits.infiniteTimes)
            time(std::numeric_limits<qint64>::max());
    }

    void json(const char *text)
    {
        add(QString::fromUtf8(text), [&] { m_encoder.json(text); });
    }

    const ColumnType &m_type;
    const CellType &m_pair;
    const EdgeTraits &m_traits;
    std::shared_ptr<const RowLayout> m_layout;
    RowEncoder m_encoder;
    EdgeValues m_edges;
};

} // namespace

EdgeValues edgeValues(const CellSource &cell, const CellType &pair, const EdgeTraits &traits)
{
    return EdgeMaker(cell, pair, traits).make();
}

} // namespace tidemark
