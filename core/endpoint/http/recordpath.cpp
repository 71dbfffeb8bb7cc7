// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/recordpath.h"

#include "core/data/celldecoder.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

bool fitsPath(CellKind kind)
{
    switch (kind) {
    case CellKind::Boolean:
    case CellKind::Integer:
    case CellKind::Decimal:
    case CellKind::Text:
    case CellKind::Uuid:
    case CellKind::Date:
    case CellKind::Exact:
        return true;
    case CellKind::Float: // which services write in ways of their own
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
    case CellKind::Blob:
    case CellKind::Json:
        break;
    }
    return false;
}

RecordPath::RecordPath(const HttpSettings &service, const QString &path, QStringList keyColumns)
    : m_text(service.url + path), m_keyColumns(std::move(keyColumns))
{ }

Result<QUrl> RecordPath::of(const RowBatch &rows, int row) const
{
    QString text = m_text;
    for (qsizetype i = 0; i < m_keyColumns.size(); ++i) {
        const QString braces = u'{' + m_keyColumns[i] + u'}';
        if (!m_text.contains(braces))
            continue;
        const CellType &type = rows.layout().cells[std::size_t(i)];
        const CellView cell = type.kind == CellKind::Decimal ? rows.comparison(row, int(i)) : rows.value(row, int(i));
        const QString key = cell.isNull ? QString() : cell::text(type, cell);
        // An empty step is another path, and dots lead out of it however they are written.
        if (key.isEmpty() || key == "."_L1 || key == ".."_L1 || !fitsPath(type.kind))
            return fail(Error{ErrorCode::ValueNotKept, {{Fact::Column, m_keyColumns[i]}}, {}}
                            .with(Fact::Value, key)
                            .with(Fact::Type, u"URL"_s));
        text.replace(braces, QString::fromLatin1(QUrl::toPercentEncoding(key)));
    }
    if (text.contains(u'{')) // the job's key is not the resource's
        return fail(Error{ErrorCode::NotAvailable, {{Fact::Column, m_keyColumns.join(", "_L1)}}, {}}.with(
            Fact::Option, u"http-key"_s));
    return QUrl(text, QUrl::StrictMode);
}

} // namespace tidemark::http
