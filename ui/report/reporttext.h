// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>

#include "core/reconcile/report.h"

namespace tidemark {

// What a report says to a person, without a window: pure but for the language.
class ReportText
{
    Q_DECLARE_TR_FUNCTIONS(ReportText)
public:
    enum class Tone : quint8 { Good, Attention, Problem };

    struct Problem
    {
        QString table; // empty: of the whole run
        QString what, next, detail;
        bool operator==(const Problem &) const = default;
    };

    static Tone toneOf(const RunReport &report); // what failed in part is never good
    static QString headline(const RunReport &report);
    static QList<Problem> problems(const RunReport &report,
                                   bool twoWay = false); // errors first, then what was left unwritten
    static QStringList failedTables(const RunReport &report); // TableReport::source, of those with an error
    static QString duration(qint64 us);
    static QString plainText(const RunReport &report, const QString &sides, bool twoWay = false);
};

} // namespace tidemark
