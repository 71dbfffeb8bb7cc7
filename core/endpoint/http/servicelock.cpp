// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/servicelock.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

// The file may have been removed, or another put in its place.
bool isStillThere(int descriptor, const QByteArray &file)
{
    struct stat opened = {};
    struct stat named = {};
    return ::fstat(descriptor, &opened) == 0 && ::lstat(file.constData(), &named) == 0 && opened.st_dev == named.st_dev
        && opened.st_ino == named.st_ino;
}

} // namespace

ServiceLock::~ServiceLock()
{
    if (m_descriptor < 0)
        return;
    if (stands())
        ::unlink(m_file.constData()); // while locked, so that nobody's new file is hit
    ::close(m_descriptor);
}

Result<bool> ServiceLock::tryLock(const QString &jobId)
{
    if (m_descriptor >= 0)
        return true;
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + "/tidemark"_L1;
    const QByteArray id = QCryptographicHash::hash(jobId.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
    const QString name = folder + u"/service-%1.lock"_s.arg(QString::fromLatin1(id));
    const auto impossible = [&name] {
        return fail(Error{ErrorCode::FileUnwritable, {{Fact::File, name}}, qt_error_string(errno)});
    };
    if (!QDir().mkpath(folder))
        return impossible();
    const QByteArray file = QFile::encodeName(name);
    for (;;) {
        const int descriptor = ::open(file.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor < 0)
            return impossible();
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const bool isTaken = errno == EWOULDBLOCK;
            ::close(descriptor);
            return isTaken ? Result<bool>(false) : impossible();
        }
        if (isStillThere(descriptor, file)) {
            m_file = file;
            m_descriptor = descriptor;
            return true;
        }
        ::close(descriptor);
    }
}

bool ServiceLock::stands() const { return m_descriptor < 0 || isStillThere(m_descriptor, m_file); }

} // namespace tidemark::http
