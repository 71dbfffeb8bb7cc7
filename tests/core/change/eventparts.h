// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/changeeventreader.h"
#include "core/change/changeeventrow.h"
#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"

namespace tidemark {

using namespace Qt::StringLiterals;

// What tests of change events are made of.

inline std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

inline std::shared_ptr<const RowLayout> layoutOf(const std::vector<CellKind> &kinds, int keyCount = 1)
{
    auto layout = std::make_shared<RowLayout>();
    for (const CellKind kind : kinds) {
        CellType type;
        type.kind = kind;
        layout->cells.push_back(type);
    }
    layout->keyCount = keyCount;
    layout->comparedCount = static_cast<int>(kinds.size());
    return layout;
}

inline std::vector<CellSource> sourcesOf(const RowLayout &layout, const QStringList &columns, int fraction = 6,
                                         int scale = -1)
{
    std::vector<CellSource> sources;
    for (std::size_t i = 0; i < layout.cells.size(); ++i) {
        CellSource source;
        source.type.kind = layout.cells[i].kind;
        source.type.fraction = fraction;
        source.type.scale = scale;
        source.column = columns[static_cast<qsizetype>(i)];
        sources.push_back(source);
    }
    return sources;
}

inline QString shown(const RowBatch &batch, int row, int cell)
{
    if (const Error *fault = batch.fault(row))
        return u"fault "_s + fault->facts.value(Fact::Column);
    const CellView value = batch.value(row, cell);
    if (value.isNull)
        return u"NULL"_s;
    const CellType &type = batch.layout().cells[static_cast<std::size_t>(cell)];
    return type.kind == CellKind::Blob
        ? QString::fromLatin1(QByteArray(value.bytes.data(), static_cast<qsizetype>(value.bytes.size())).toHex())
        : cell::text(type, value);
}

inline QString told(const Error &error)
{
    QString text = codeName(error.code);
    for (const Fact fact : {Fact::JsonPath, Fact::Line, Fact::Limit}) {
        if (error.facts.contains(fact))
            text += u' ' + error.facts.value(fact);
    }
    return text;
}

inline QByteArray logical(const QByteArray &type, const QByteArray &name, const QByteArray &parameters = {})
{
    return R"({"type":")" + type + R"(","optional":true,"name":")" + name + R"(",)"
        + (parameters.isEmpty() ? QByteArray() : R"("parameters":)" + parameters + ",") + R"("version":1,"field":"v"})";
}

} // namespace tidemark
