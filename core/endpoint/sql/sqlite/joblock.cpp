// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/joblock.h"

#include <cerrno>

#include <QCryptographicHash>
#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// The holder before us may have removed the file between our opening and locking it: then it locks nobody out.
bool isStillThere(int descriptor, const QByteArray &file)
{
    struct stat opened
    {
    };
    struct stat named
    {
    };
    return ::fstat(descriptor, &opened) == 0 && ::stat(file.constData(), &named) == 0 && opened.st_ino == named.st_ino
        && opened.st_dev == named.st_dev;
}

} // namespace

JobLock::~JobLock()
{
    if (m_descriptor < 0)
        return;
    if (stands())
        ::unlink(m_file.constData()); // while locked, so that nobody's new file is hit
    ::close(m_descriptor);
}

QString JobLock::fileName(const QString &database, const QString &jobId)
{
    const QByteArray id = QCryptographicHash::hash(jobId.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
    return u"%1.tidemark-%2.lock"_s.arg(database, QString::fromLatin1(id));
}

JobLock::State JobLock::tryLock(const QString &database, const QString &jobId)
{
    if (m_descriptor >= 0)
        return State::Held;
    const QByteArray file = QFile::encodeName(fileName(database, jobId));
    for (;;) {
        const int descriptor = ::open(file.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor < 0)
            return State::Impossible;
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const bool taken = errno == EWOULDBLOCK;
            ::close(descriptor);
            return taken ? State::Taken : State::Impossible;
        }
        if (isStillThere(descriptor, file)) {
            m_file = file;
            m_descriptor = descriptor;
            return State::Held;
        }
        ::close(descriptor);
    }
}

bool JobLock::stands() const
{
    return m_descriptor < 0 || (isStillThere(m_descriptor, m_file) && ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0);
}

} // namespace tidemark
