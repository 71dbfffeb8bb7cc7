// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/rowexport.h"

#include <QJsonDocument>

#include "core/data/celldecoder.h"
#include "core/endpoint/connector.h"
#include "core/journal/planrowjson.h"
#include "ui/plan/celltext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

RowText::RowText(const PlanTable &table, const RowExport &format)
    : m_format(format), m_layout(table.layout()), m_separator(format.format == RowFormat::Csv ? u',' : u'\t')
{
    m_table.plan = table;
    m_table.name = format.table;
    m_table.written = QList<bool>(table.columns.size(), true);
    if (m_format.cells.isEmpty()) {
        for (int cell = 0; cell < table.columns.size(); ++cell)
            m_format.cells << cell;
    }
}

QString RowText::field(const QString &text, bool isNumber, QChar separator)
{
    QString shown = text;
    static const QString starts = u"=+-@\t\r\n＝＋－＠"_s;
    if (!isNumber && !shown.isEmpty() && starts.contains(shown.at(0)))
        shown.prepend(u'\'');
    const bool quoted = shown.isEmpty() || shown.contains(separator) || shown.contains(u'"') || shown.contains(u'\n')
        || shown.contains(u'\r') || shown.contains(u'\t');
    if (!quoted)
        return shown;
    return u'"' + shown.replace(u'"', u"\"\""_s) + u'"';
}

QString RowText::field(const CellType &type, const CellView *cell) const
{
    if (!cell || cell->isNull)
        return {};
    if (type.kind == CellKind::Blob)
        return u"0x"_s + QString::fromLatin1(QByteArray(cell->bytes.data(), qsizetype(cell->bytes.size())).toHex());
    return field(cell::text(type, *cell), celltext::isNumber(type.kind), m_separator);
}

QByteArray RowText::head() const
{
    if (m_format.format == RowFormat::Json)
        return "[";
    if (m_format.format == RowFormat::Insert)
        return {};
    QStringList names{u"change"_s};
    const int keys = m_table.plan.keyCount;
    for (int cell = 0; cell < keys; ++cell)
        names << m_table.plan.columns.at(cell).source;
    for (const int cell : m_format.cells) {
        if (cell < keys)
            continue;
        names << QString(m_table.plan.columns.at(cell).source + u" ("_s + m_format.source + u')');
        names << QString(m_table.plan.columns.at(cell).target + u" ("_s + m_format.target + u')');
    }
    QStringList fields;
    for (const QString &name : names)
        fields << field(name, false, m_separator);
    const QByteArray line = fields.join(m_separator).toUtf8();
    if (m_format.format != RowFormat::Csv)
        return line + '\n';
    return (m_format.toFile ? QByteArray("\xef\xbb\xbf") : QByteArray()) + line + "\r\n";
}

QByteArray RowText::tail() const
{
    if (m_format.format != RowFormat::Json)
        return {};
    return m_first ? "]\n" : "\n]\n";
}

QByteArray RowText::line(const PlanRowRef &row)
{
    const bool hasSource = readChain(*m_layout, row.source, m_source);
    const bool hasTarget = readChain(*m_layout, row.target, m_target);
    const auto of = [&](bool there, const std::vector<CellView> &cells, int cell) {
        const auto at = static_cast<size_t>(cell);
        return field(m_layout->cells[at], there ? &cells[at] : nullptr);
    };
    QStringList fields{decisionName(row.decision).section(u'-', 0, 0)};
    for (int cell = 0; cell < m_layout->keyCount; ++cell)
        fields << (hasSource ? of(true, m_source, cell) : of(hasTarget, m_target, cell));
    for (const int cell : m_format.cells) {
        if (cell >= m_layout->keyCount)
            fields << of(hasSource, m_source, cell) << of(hasTarget, m_target, cell);
    }
    return fields.join(m_separator).toUtf8() + (m_format.format == RowFormat::Csv ? "\r\n" : "\n");
}

Result<QByteArray> RowText::insertion(const PlanRowRef &row)
{
    RowBatch batch(m_layout);
    const std::string_view chain = row.source.empty() ? row.target : row.source;
    if (!batch.appendChain(chain))
        return fail(ErrorCode::DatabaseDamaged);
    const SqlRows rows(m_format.driver, dialectOf(m_format.driver));
    TRY_ASSIGN(const QString sql, rows.insertion(m_table, batch));
    return sql.toUtf8();
}

Result<QByteArray> RowText::row(const PlanRowRef &row)
{
    switch (m_format.format) {
    case RowFormat::Tsv:
    case RowFormat::Csv:
        break;
    case RowFormat::Insert:
        return insertion(row);
    case RowFormat::Json: {
        const QByteArray object =
            QJsonDocument(planRowToJson(m_table.plan, m_layout, row)).toJson(QJsonDocument::Compact);
        const QByteArray before = std::exchange(m_first, false) ? "\n" : ",\n";
        return before + object;
    }
    }
    return line(row);
}

} // namespace tidemark
