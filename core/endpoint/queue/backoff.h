// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include <QtGlobal>

namespace tidemark {

// How long to wait before each next attempt: doubling, bounded, and drawn from the upper half, so that consumers that
// lost their broker at once do not come back at once. Pure: the drawn number is passed in.
class Backoff
{
public:
    Backoff(qint64 firstMs, qint64 mostMs) : m_next(firstMs), m_first(firstMs), m_most(mostMs) { }

    qint64 nextMs(quint32 drawn)
    {
        const qint64 whole = m_next;
        m_next = std::min(m_most, m_next * 2);
        return whole - static_cast<qint64>(static_cast<quint64>(whole / 2) * drawn >> 32);
    }
    void reset() { m_next = m_first; }

private:
    qint64 m_next;
    qint64 m_first;
    qint64 m_most;
};

} // namespace tidemark
