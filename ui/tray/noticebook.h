// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include "core/reconcile/report.h"

namespace tidemark {

// Where a click on a notification leads to.
struct NoticePlace
{
    enum class Kind : quint8 { Window, Conflicts, Report, Review, History };
    Kind kind = Kind::Window;
    QString key; // of the job
    bool operator==(const NoticePlace &) const = default;
};

struct Notice
{
    QString title;
    QString text;
    NoticePlace place;
    bool operator==(const Notice &) const = default;
};

// Who is told, and when: only where a person is needed, and once for what stays as it is. A job that fails every
// minute is told of once; so again only after it has done better, or when more of it waits for a person than before.
class NoticeBook
{
public:
    enum class Need : quint8 { None, Review, Alarm, SetAside, Deletes, Conflicts, Failure };

    // wasAsked: a person started this run and looks elsewhere now: its end is told in any case.
    bool isTold(const QString &key, Need need, qint64 count, bool wasAsked);
    void forget(const QString &key) { m_told.remove(key); }

    static Need needOf(const RunReport &report);
    static qint64 countOf(const RunReport &report, Need need);

private:
    struct Told
    {
        Need need = Need::None;
        qint64 count = 0;
    };
    QHash<QString, Told> m_told;
};

} // namespace tidemark
