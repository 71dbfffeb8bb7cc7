// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

namespace tidemark::http {

// An answer that a service may call unchanged (304).
struct KeptPage
{
    QByteArray body;
    QByteArray etag;
    QByteArray lastModified;
    QByteArray total; // the header that counts the records
    bool operator==(const KeptPage &) const = default;
};

// Answers that outlive the process: a file each, 0600, in one folder for all services, the oldest dropped beyond a
// bound of bytes. What cannot be read or written, or is not what was written, is as good as absent: it is asked for
// again. Several processes may share the folder.
class PageFolder
{
public:
    // identity: of the service and all that its answers depend on.
    PageFolder(QString folder, const QByteArray &identity, qint64 maxBytes);
    std::optional<KeptPage> find(const QByteArray &url) const;
    void keep(const QByteArray &url, const KeptPage &page);
    void clear(); // of this identity

private:
    QString fileOf(const QByteArray &url) const;
    void prune();

    QString m_folder;
    QString m_prefix;
    qint64 m_maxBytes;
    qint64 m_bytes = -1; // of all files, as far as this process knows; −1: not looked yet
};

} // namespace tidemark::http
