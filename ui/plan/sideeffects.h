// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include "core/run/runner.h"

namespace tidemark {

// What a person should know before rows are written, beyond their number: triggers and cascades of the target, tables
// that cannot be rolled back, values that will not fit. Pure but for the language.
class SideEffects
{
    Q_DECLARE_TR_FUNCTIONS(SideEffects)
public:
    QStringList warnings; // sentences, the worst first
    QStringList notes;
    bool operator==(const SideEffects &) const = default;

    // Only of what is to be written: a cascade does nothing where nothing is deleted.
    static SideEffects of(const QList<CheckItem> &items, const QList<TableReport> &written);
    static QStringList filters(const JobSettings &job, const QList<TableReport> &written);
};

} // namespace tidemark
