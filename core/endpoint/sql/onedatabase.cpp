// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/onedatabase.h"

#include <sys/stat.h>

#include <QFile>

namespace tidemark {

namespace {

constexpr QLatin1StringView filePrefix("sqlite:");

bool readStatus(const QString &identity, struct stat &status)
{
    return identity.startsWith(filePrefix)
        && ::stat(QFile::encodeName(identity.mid(filePrefix.size())).constData(), &status) == 0;
}

} // namespace

bool areOneDatabase(const QString &identity, const QString &other)
{
    if (identity == other)
        return true;
    struct stat one
    {
    };
    struct stat two
    {
    };
    return readStatus(identity, one) && readStatus(other, two) && one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

} // namespace tidemark
