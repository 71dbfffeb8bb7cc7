// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watchlog.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonDocument>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

#include "app/cli/command.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

QByteArray jsonLine(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n'; }

} // namespace

Result<void> RotatingFile::open()
{
    m_file.setFileName(m_path);
    const auto opened = m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered,
                                    QFile::ReadOwner | QFile::WriteOwner);
    if (opened)
        return {};
    return fail(Error{ErrorCode::FileUnwritable, {}, m_file.errorString()}.with(Fact::File, m_path));
}

bool RotatingFile::isMoved() const
{
#ifdef Q_OS_UNIX
    struct stat open
    {
    };
    struct stat named
    {
    };
    return fstat(m_file.handle(), &open) == 0
        && (stat(QFile::encodeName(m_path).constData(), &named) != 0 || named.st_ino != open.st_ino
            || named.st_dev != open.st_dev);
#else
    return !QFileInfo::exists(m_path);
#endif
}

void RotatingFile::rotate()
{
    m_file.close();
    const auto numbered = [this](int number) { return number == 0 ? m_path : u"%1.%2"_s.arg(m_path).arg(number); };
    QFile::remove(numbered(m_kept));
    for (int number = m_kept; number > 0; --number)
        QFile::rename(numbered(number - 1), numbered(number));
    if (m_kept == 0)
        QFile::remove(m_path);
}

Result<void> RotatingFile::append(const QByteArray &line)
{
    if (m_file.isOpen() && isMoved())
        m_file.close();
    if (m_file.isOpen() && m_file.size() > 0 && m_file.size() + line.size() > m_most)
        rotate();
    if (!m_file.isOpen())
        TRY(open());
    if (m_file.write(line) == line.size())
        return {};
    return fail(Error{ErrorCode::FileUnwritable, {}, m_file.errorString()}.with(Fact::File, m_path));
}

WatchLog::WatchLog(Output &output, const Clock &clock, const Settings &settings)
    : m_output(output), m_clock(clock), m_settings(settings), m_file(settings.file, settings.mostBytes, settings.kept)
{ }

Result<void> WatchLog::open() { return m_settings.file.isEmpty() ? Result<void>() : m_file.open(); }

void WatchLog::tell(const QString &event, const QJsonObject &object, const QString &text)
{
    const qint64 nowMs = m_clock.nowUs() / 1000;
    QJsonObject line = object;
    line.insert(u"time"_s, QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).toString(Qt::ISODateWithMs));
    line.insert(u"event"_s, event);
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(nowMs);
    const QString readable = local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate) + u' ' + text;

    const std::scoped_lock lock(m_mutex);
    if (m_output.isJson())
        m_output.raw(jsonLine(line));
    if (m_settings.file.isEmpty()) {
        if (!m_output.isJson() && !text.isEmpty())
            m_output.note(readable);
        return;
    }
    if (!m_settings.jsonFile && text.isEmpty())
        return;
    const auto written = m_file.append(m_settings.jsonFile ? jsonLine(line) : readable.toUtf8() + '\n');
    if (!written && !m_failed)
        m_output.error(written.error());
    m_failed = !written;
}

} // namespace tidemark::cli
