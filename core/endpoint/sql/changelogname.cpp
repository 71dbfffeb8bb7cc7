// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/changelog.h"

#include <xxhash.h>

using namespace Qt::StringLiterals;

namespace tidemark {

QString ChangeLog::name() const
{
    QByteArray bytes;
    for (const QString &part : {jobId, pair, table->name.schema, table->name.name}) {
        const QByteArray text = part.toUtf8();
        bytes += QByteArray::number(text.size()) + ':' + text;
    }
    const XXH128_hash_t hash = XXH3_128bits(bytes.constData(), static_cast<size_t>(bytes.size()));
    return u"tidemark_log_%1%2"_s.arg(hash.high64, 16, 16, QChar(u'0')).arg(hash.low64, 16, 16, QChar(u'0'));
}

} // namespace tidemark
