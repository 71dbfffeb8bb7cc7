// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progressdisplay.h"

#include <algorithm>
#include <cstdio>

#include <QLocale>
#include <QStringList>

#ifdef Q_OS_UNIX
#include <sys/ioctl.h>
#include <unistd.h>
#endif

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "app/wording/wording.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int barWidth = 20;
constexpr int mostLines = 12;

int terminalWidth()
{
#ifdef Q_OS_UNIX
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
#endif
    return 80;
}

bool isOver(const TableProgress &table) { return table.phase == Phase::Done || table.phase == Phase::Failed; }

QString bar(const TableProgress &table)
{
    if (table.estimate <= 0)
        return QString(barWidth, u'·');
    // An estimate is no promise: a bar that is full before the end would be one.
    const double share = isOver(table) ? 1.0 : std::min(0.99, double(table.rowsRead) / double(table.estimate));
    const int full = static_cast<int>(share * barWidth);
    return QString(full, u'█') + QString(barWidth - full, u'░');
}

QString remaining(const TableProgress &table)
{
    if (isOver(table) || table.estimate <= table.rowsRead || table.rowsPerSecond < 1)
        return {};
    const auto seconds = static_cast<qint64>(double(table.estimate - table.rowsRead) / table.rowsPerSecond);
    return u"≈ %1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString cut(const QString &text, int width)
{
    QString shortened = text;
    while (displayWidth(shortened) > width)
        shortened.chop(1);
    return shortened;
}

QString tableLine(const TableProgress &table)
{
    const QLocale locale;
    QStringList parts{wording::safeText(table.source, 30), bar(table), wording::phase(table.phase)};
    parts.append(table.estimate > 0 && !isOver(table)
                     ? u"%1 / ≈ %2"_s.arg(locale.toString(table.rowsRead), locale.toString(table.estimate))
                     : locale.toString(table.rowsRead));
    if (table.rowsPerSecond >= 1 && !isOver(table))
        parts.append(Cli::tr("%1 rows/s").arg(locale.toString(static_cast<qint64>(table.rowsPerSecond))));
    parts.append(remaining(table));
    if (table.error)
        parts.append(wording::message(*table.error).what);
    parts.removeAll(QString());
    return parts.join(u"  "_s);
}

} // namespace

QStringList ProgressDisplay::lines(const ProgressSnapshot &snapshot, qint64, int width)
{
    QStringList result;
    int hidden = 0;
    // Those at work first; what is over or waits is counted where the screen would overflow.
    for (const bool working : {true, false}) {
        for (const TableProgress &table : snapshot.tables) {
            if (working == (isOver(table) || table.phase == Phase::Waiting))
                continue;
            if (result.size() < mostLines)
                result.append(cut(tableLine(table), width - 1));
            else
                ++hidden;
        }
    }
    if (hidden > 0)
        result.append(Cli::tr("… and %n more table(s)", nullptr, hidden));
    if (snapshot.retryAttempt > 0)
        result.append(cut(Cli::tr("Trying again (%1)").arg(snapshot.retryAttempt), width - 1));
    return result;
}

ProgressDisplay::ProgressDisplay(const ProgressBoard &board, const Clock &clock, bool visible)
    : m_board(board), m_clock(clock)
{
    if (visible)
        m_thread = std::thread([this] { loop(); });
}

ProgressDisplay::~ProgressDisplay()
{
    if (!m_thread.joinable())
        return;
    {
        const std::scoped_lock lock(m_mutex);
        m_ended = true;
    }
    m_wake.notify_all();
    m_thread.join();
    clear();
}

void ProgressDisplay::loop()
{
    std::unique_lock lock(m_mutex);
    // Not at once: what is over within half a second needs no bar.
    auto pause = std::chrono::milliseconds(500);
    while (!m_wake.wait_for(lock, pause, [this] { return m_ended; })) {
        draw();
        pause = std::chrono::milliseconds(100);
    }
}

void ProgressDisplay::clear()
{
    for (; m_drawn > 0; --m_drawn)
        std::fputs("\x1b[1A\x1b[2K", stderr);
    std::fflush(stderr);
}

void ProgressDisplay::draw()
{
    const QStringList now = lines(m_board.snapshot(), m_clock.steadyMs(), terminalWidth());
    QByteArray text;
    for (; m_drawn > 0; --m_drawn)
        text += "\x1b[1A\x1b[2K";
    for (const QString &line : now)
        text += line.toUtf8() + '\n';
    m_drawn = static_cast<int>(now.size());
    std::fputs(text.constData(), stderr);
    std::fflush(stderr);
}

} // namespace tidemark::cli
