// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>
#include <QMap>

#include "core/run/undohistory.h"
#include "ui/report/reporttext.h"

namespace tidemark {

// A cell of a row that a run wrote: what stood there, and what the run made of it.
struct HistoryCell
{
    enum class Kind : quint8 { Value, Null, Absent, Unknown }; // Absent: the row was not there; Unknown: not kept
    QString column;
    QString before, after;
    Kind beforeKind = Kind::Value, afterKind = Kind::Value;
    bool isKey = false;
    bool changed = false;
    bool lost = false; // the other side's value won
    bool alignRight = false;
    bool operator==(const HistoryCell &) const = default;
};

// What the history says to a person, without a window: pure but for the language.
class HistoryText
{
    Q_DECLARE_TR_FUNCTIONS(HistoryText)
public:
    static QString sign(const RunReport &report); // the icon of a run
    static QString signWords(const RunReport &report);
    static QString result(const RunReport &report);
    static QString started(qint64 us);
    static QString rule(const RowChange &change); // why it was written, and what decided it
    static QString keyText(const RowChange &change);
    static QString summary(const RowChange &change, int limit); // "name: a → b · amount: 1 → 2"
    enum class Form : quint8 { Shown, Whole }; // for eyes, cut; or the value as it stands
    static QList<HistoryCell> cells(const RowChange &change, Form form, int limit = 0); // the key, then what changed
    static QString shown(HistoryCell::Kind kind, const QString &text);
    static QMap<QString, QString> keyOf(const RowChange &change); // as undoRun() takes it
    // "3", or "id=3, part=a b": the columns' values by the names of the key. Empty: not to be understood.
    static QMap<QString, QString> keyFrom(const QString &typed, const QStringList &keyColumns);
    static std::shared_ptr<const RowLayout> keyLayout(const RowChange &change);
    static PlanTable planTable(const RowChange &change);

private:
    static QString why(const RowChange &change);
};

} // namespace tidemark
