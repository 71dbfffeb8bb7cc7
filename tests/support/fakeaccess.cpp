// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeaccess.h"

namespace tidemark {

using namespace Qt::StringLiterals;

FakeAccess::FakeAccess(const FakeDatabase &database, const QString &table) : schema(database.schema(table))
{
    for (const Column &column : schema.columns) {
        CellType type;
        type.kind = column.type.kind;
        layout->cells.push_back(type);
        names.append(column.name);
        sources.push_back({column.type, {}, column.name});
    }
    layout->keyCount = static_cast<int>(qMax(qsizetype{1}, schema.primaryKey.size()));
    layout->comparedCount = layout->size();
}

ReadRequest FakeAccess::read(ReadRequest::Order order) const
{
    ReadRequest request;
    request.table = &schema;
    request.layout = layout;
    request.columns = names;
    request.sources = sources;
    request.order = order;
    return request;
}

WriteRequest FakeAccess::write() const
{
    WriteRequest request;
    request.table = &schema;
    request.layout = layout;
    request.cells = sources;
    for (int cell = 0; cell < layout->size(); ++cell)
        request.columns.push_back({cell, names.at(cell), cell < layout->keyCount});
    return request;
}

RowBatch FakeAccess::rows(const QList<FakeValues> &values) const
{
    RowBatch batch(layout);
    RowEncoder encoder(layout, sources);
    encoder.setBatch(&batch);
    for (const FakeValues &row : values) {
        encoder.beginRow();
        for (qsizetype i = 0; i < row.size(); ++i)
            deliverCell(encoder, schema.columns[i].type.kind, viewOf(cellFromText(schema.columns[i].type, row[i])));
        encoder.endRow();
    }
    return batch;
}

QStringList FakeAccess::texts(const RowBatch &batch) const
{
    QStringList list;
    for (int row = 0; row < batch.rowCount(); ++row) {
        QStringList cells;
        for (int cell = 0; cell < layout->size(); ++cell) {
            const CellView view = batch.value(row, cell);
            FakeCell bytes;
            if (!view.isNull)
                bytes = QByteArray(view.bytes.data(), static_cast<qsizetype>(view.bytes.size()));
            ColumnType type;
            type.kind = layout->cells[static_cast<size_t>(cell)].kind;
            cells.append(textOf(type, bytes));
        }
        list.append(cells.join(u'|'));
    }
    return list;
}

QStringList FakeAccess::readAll(Session &session, const ReadRequest &request, Error *error) const
{
    QStringList list;
    const auto broken = [&](const Error &reason, const QString &word) {
        if (error)
            *error = reason;
        return list << word;
    };
    const auto reader = session.read(request);
    if (!reader)
        return broken(reader.error(), u"(refused)"_s);
    RowBatch batch;
    for (;;) {
        const auto more = (*reader)->next(batch);
        if (!more)
            return broken(more.error(), u"(broken)"_s);
        if (!*more)
            return list;
        list += texts(batch);
    }
}

} // namespace tidemark
