// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/pagefolder.h"

#include <cstdio>

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QTemporaryFile>

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 format = 0x54505001; // "TP", pages, 1
constexpr qsizetype nameDigits = 40;
constexpr qsizetype sealBytes = 32;
constexpr qint64 largestFile = 256 << 20;

QByteArray hash(const QByteArray &bytes) { return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256); }

} // namespace

PageFolder::PageFolder(QString folder, const QByteArray &identity, qint64 maxBytes)
    : m_folder(std::move(folder)), m_prefix(QString::fromLatin1(hash(identity).toHex().left(nameDigits)) + u'-'),
      m_maxBytes(maxBytes)
{ }

QString PageFolder::fileOf(const QByteArray &url) const
{
    return m_folder + u'/' + m_prefix + QString::fromLatin1(hash(url).toHex().left(nameDigits));
}

std::optional<KeptPage> PageFolder::find(const QByteArray &url) const
{
    QFile file(fileOf(url));
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile)
        return std::nullopt;
    const QByteArray all = file.readAll();
    const QByteArray content = all.mid(sealBytes);
    if (content.isEmpty() || hash(content) != all.left(sealBytes))
        return std::nullopt;
    QDataStream in(content);
    quint32 found = 0;
    QByteArray of;
    KeptPage page;
    in >> found >> of >> page.etag >> page.lastModified >> page.total >> page.body;
    const bool isIt = in.status() == QDataStream::Ok && found == format && of == url;
    return isIt ? std::optional(std::move(page)) : std::nullopt;
}

void PageFolder::keep(const QByteArray &url, const KeptPage &page)
{
    if (!QDir().exists(m_folder)) {
        const QFile::Permissions owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
        if (!QDir().mkpath(m_folder) || !QFile::setPermissions(m_folder, owner))
            return;
    }
    QByteArray content;
    QDataStream(&content, QIODevice::WriteOnly)
        << format << url << page.etag << page.lastModified << page.total << page.body;
    QTemporaryFile file(m_folder + "/XXXXXX.new"_L1); // 0600
    if (!file.open() || file.write(hash(content) + content) != sealBytes + content.size() || !file.flush())
        return;
    if (std::rename(QFile::encodeName(file.fileName()).constData(), QFile::encodeName(fileOf(url)).constData()) != 0)
        return;
    file.setAutoRemove(false);
    if (m_bytes >= 0)
        m_bytes += sealBytes + content.size();
    if (m_bytes < 0 || m_bytes > m_maxBytes)
        prune();
}

void PageFolder::prune()
{
    m_bytes = 0;
    const QFileInfoList files = QDir(m_folder).entryInfoList(QDir::Files, QDir::Time); // the newest first
    for (const QFileInfo &file : files) {
        if (m_bytes + file.size() > m_maxBytes)
            QFile::remove(file.filePath());
        else
            m_bytes += file.size();
    }
}

void PageFolder::clear()
{
    const QFileInfoList files = QDir(m_folder).entryInfoList({m_prefix + u'*'}, QDir::Files);
    for (const QFileInfo &file : files)
        QFile::remove(file.filePath());
    m_bytes = -1;
}

} // namespace tidemark::http
