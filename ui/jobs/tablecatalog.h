// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QList>
#include <QStringList>

#include "core/base/cancellation.h"
#include "core/endpoint/connector.h"

namespace tidemark {

// The tables of two sides, matched by name, for the job dialog.
struct CatalogTable
{
    QString name; // at the source
    std::optional<QString> target; // matched
    QStringList columns; // of the source
    bool hasKey = true;
    bool operator==(const CatalogTable &) const = default;
};

struct TableCatalog
{
    QList<CatalogTable> tables;
    QStringList targetOnly;
    bool operator==(const TableCatalog &) const = default;
};

// Opens both sides and closes them again; blocks.
Result<TableCatalog> readCatalog(Connector &connector, const ConnectionSettings &source,
                                 const ConnectionSettings &target, Cancellation &cancellation);

} // namespace tidemark
