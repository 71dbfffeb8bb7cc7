// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/textdiff.h"

#include <algorithm>

#include <QHash>

namespace tidemark::textdiff {

static void append(QList<Run> &runs, const Run &run)
{
    if (run.aLength == 0 && run.bLength == 0)
        return;
    if (!runs.isEmpty() && runs.constLast().equal == run.equal) {
        runs.last().aLength += run.aLength;
        runs.last().bLength += run.bLength;
    } else {
        runs.append(run);
    }
}

namespace {

// Myers' greedy walk, keeping the furthest points of every step so that the way can be told afterwards.
class Walk
{
public:
    Walk(std::span<const int> a, std::span<const int> b, int maxEdits) : m_a(a), m_b(b), m_max(maxEdits) { }

    bool search()
    {
        const auto n = static_cast<int>(m_a.size());
        const auto m = static_cast<int>(m_b.size());
        std::vector<int> reach(2 * static_cast<size_t>(m_max) + 3, 0);
        const auto at = [&](int k) -> int & { return reach[static_cast<size_t>(k + m_max + 1)]; };
        for (int d = 0; d <= m_max; ++d) {
            m_steps.emplace_back();
            m_steps.back().reserve(static_cast<size_t>(d) + 1);
            for (int k = -d; k <= d; k += 2) {
                int x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
                while (x < n && x - k < m && m_a[static_cast<size_t>(x)] == m_b[static_cast<size_t>(x - k)])
                    ++x;
                at(k) = x;
                m_steps.back().push_back(x);
                if (x >= n && x - k >= m)
                    return true;
            }
        }
        return false;
    }

    QList<Run> runs() const
    {
        QList<Run> back;
        int x = static_cast<int>(m_a.size());
        int y = static_cast<int>(m_b.size());
        for (int d = static_cast<int>(m_steps.size()) - 1; d >= 0; --d) {
            int k = x - y;
            const bool down = d > 0 && (k == -d || (k != d && reached(d - 1, k - 1) < reached(d - 1, k + 1)));
            const int fromK = down ? k + 1 : k - 1;
            const int fromX = d == 0 ? 0 : reached(d - 1, fromK);
            const int fromY = d == 0 ? 0 : fromX - fromK;
            const int startX = d == 0 ? 0 : down ? fromX : fromX + 1;
            const int startY = d == 0 ? 0 : startX - k;
            if (x > startX)
                back.append({true, startX, x - startX, startY, y - startY});
            if (d > 0)
                back.append({false, fromX, startX - fromX, fromY, startY - fromY});
            x = fromX;
            y = fromY;
        }
        std::reverse(back.begin(), back.end());
        return back;
    }

private:
    // Step d holds k = −d, −d + 2 … d; what lies outside was never reached.
    int reached(int d, int k) const
    {
        if (k < -d || k > d)
            return -1;
        return m_steps[static_cast<size_t>(d)][static_cast<size_t>((k + d) / 2)];
    }

    std::span<const int> m_a, m_b;
    int m_max;
    std::vector<std::vector<int>> m_steps;
};

} // namespace

QList<Run> compare(std::span<const int> a, std::span<const int> b, int maxEdits)
{
    const auto common = std::min(a.size(), b.size());
    size_t start = 0;
    while (start < common && a[start] == b[start])
        ++start;
    size_t end = 0;
    while (end < common - start && a[a.size() - 1 - end] == b[b.size() - 1 - end])
        ++end;
    const auto from = static_cast<qsizetype>(start);
    const auto aMiddle = a.subspan(start, a.size() - start - end);
    const auto bMiddle = b.subspan(start, b.size() - start - end);
    QList<Run> runs;
    append(runs, {true, 0, from, 0, from});
    Walk walk(aMiddle, bMiddle, maxEdits);
    if (!aMiddle.empty() && !bMiddle.empty() && walk.search()) {
        const QList<Run> inner = walk.runs();
        for (Run run : inner) {
            run.a += from;
            run.b += from;
            append(runs, run);
        }
    } else {
        append(runs, {false, from, qsizetype(aMiddle.size()), from, qsizetype(bMiddle.size())});
    }
    append(runs, {true, qsizetype(a.size() - end), qsizetype(end), qsizetype(b.size() - end), qsizetype(end)});
    return runs;
}

// One number a character, so that no pair is torn; starts holds where each begins.
static std::vector<int> codePoints(QStringView text, std::vector<qsizetype> &starts)
{
    std::vector<int> points;
    points.reserve(static_cast<size_t>(text.size()));
    for (qsizetype i = 0; i < text.size(); ++i) {
        starts.push_back(i);
        if (text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            points.push_back(static_cast<int>(QChar::surrogateToUcs4(text.at(i), text.at(i + 1))));
            ++i;
        } else {
            points.push_back(text.at(i).unicode());
        }
    }
    starts.push_back(text.size());
    return points;
}

QList<Run> characters(QStringView a, QStringView b, int maxEdits)
{
    std::vector<qsizetype> aStarts, bStarts;
    const std::vector<int> aPoints = codePoints(a, aStarts);
    const std::vector<int> bPoints = codePoints(b, bStarts);
    const QList<Run> found = compare(aPoints, bPoints, maxEdits);
    QList<Run> runs;
    for (qsizetype i = 0; i < found.size(); ++i) {
        Run run = found.at(i);
        const bool inner = i > 0 && i + 1 < found.size();
        const bool island = run.equal && inner && run.aLength < 3
            && found.at(i - 1).aLength + found.at(i - 1).bLength + found.at(i + 1).aLength + found.at(i + 1).bLength
                > 8;
        const auto unit = [](const std::vector<qsizetype> &starts, qsizetype at) {
            return starts[static_cast<size_t>(at)];
        };
        const qsizetype aEnd = unit(aStarts, run.a + run.aLength);
        const qsizetype bEnd = unit(bStarts, run.b + run.bLength);
        run.a = unit(aStarts, run.a);
        run.b = unit(bStarts, run.b);
        run.aLength = aEnd - run.a;
        run.bLength = bEnd - run.b;
        run.equal = run.equal && !island;
        append(runs, run);
    }
    return runs;
}

QList<LinePair> lines(const QList<QStringView> &a, const QList<QStringView> &b, int maxEdits)
{
    QHash<QStringView, int> ids;
    const auto idOf = [&](QStringView line) {
        const auto known = ids.constFind(line);
        return known != ids.constEnd() ? *known : *ids.insert(line, static_cast<int>(ids.size()));
    };
    const auto number = [&](const QList<QStringView> &all) {
        std::vector<int> numbers;
        numbers.reserve(static_cast<size_t>(all.size()));
        for (const QStringView line : all)
            numbers.push_back(idOf(line));
        return numbers;
    };
    const std::vector<int> aIds = number(a);
    const std::vector<int> bIds = number(b);
    QList<LinePair> pairs;
    const QList<Run> runs = compare(aIds, bIds, maxEdits);
    for (const Run &run : runs) {
        for (qsizetype i = 0; i < std::max(run.aLength, run.bLength); ++i)
            pairs.append({i < run.aLength ? run.a + i : -1, i < run.bLength ? run.b + i : -1, run.equal});
    }
    return pairs;
}

} // namespace tidemark::textdiff
