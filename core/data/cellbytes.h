// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include <QtEndian>

namespace tidemark {

// The fixed-size encodings of celltype.h; the only place that knows them.
namespace cellbytes {

constexpr quint64 signBit = quint64(1) << 63;
constexpr quint32 signBit32 = quint32(1) << 31;

inline void putInteger(qint64 value, char *place)
{
    place[0] = value < 0 ? '\0' : '\1';
    qToBigEndian(value, place + 1);
}

inline void putUnsigned(quint64 value, char *place)
{
    place[0] = '\1';
    qToBigEndian(value, place + 1);
}

inline void putTime(qint64 value, char *place) { qToBigEndian(static_cast<quint64>(value) ^ signBit, place); }
inline qint64 time(const char *place) { return static_cast<qint64>(qFromBigEndian<quint64>(place) ^ signBit); }
inline void putDate(qint32 value, char *place) { qToBigEndian(static_cast<quint32>(value) ^ signBit32, place); }
inline qint32 date(const char *place) { return static_cast<qint32>(qFromBigEndian<quint32>(place) ^ signBit32); }

inline void putReal(double value, char *place)
{
    const auto bits = std::bit_cast<quint64>(std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value);
    qToBigEndian((bits & signBit) != 0 ? ~bits : bits | signBit, place);
}

inline double real(const char *place)
{
    const auto bits = qFromBigEndian<quint64>(place);
    return std::bit_cast<double>((bits & signBit) != 0 ? bits & ~signBit : ~bits);
}

} // namespace cellbytes

} // namespace tidemark
