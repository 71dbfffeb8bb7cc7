// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/config/connectionsettings.h"
#include "core/run/sqlrows.h"
#include "ui/plan/planrow.h"

namespace tidemark {

enum class RowFormat : quint8 { Tsv, Csv, Json, Insert };

struct RowExport
{
    RowFormat format = RowFormat::Tsv;
    QString source, target; // names of the sides, for the head
    QList<int> cells; // shown, for Tsv and Csv; empty: all
    Driver driver = Driver::Sqlite; // of the target, for Insert
    TableName table; // likewise
    bool toFile = false; // Csv begins with a byte order mark there: spreadsheets take it for another encoding else
};

// Rows as text for the clipboard or a file. In a table a text that a spreadsheet would run as a formula begins with an
// apostrophe; NULL is an empty field, an empty text is "". Insert writes the source's row, the target's where the
// source has none.
class RowText
{
public:
    RowText(const PlanTable &table, const RowExport &format);
    QByteArray head() const;
    Result<QByteArray> row(const PlanRowRef &row);
    QByteArray tail() const;

    static QString field(const QString &text, bool isNumber, QChar separator); // quoted where it must be

private:
    QString field(const CellType &type, const CellView *cell) const;
    QByteArray line(const PlanRowRef &row);
    Result<QByteArray> insertion(const PlanRowRef &row);

    RowExport m_format;
    std::shared_ptr<const RowLayout> m_layout;
    SqlTable m_table;
    QChar m_separator;
    bool m_first = true;
    std::vector<CellView> m_source, m_target;
};

} // namespace tidemark
