// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/wording.h"

#include <QDateTime>

#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

QString Facts::filePlace() const
{
    QStringList parts;
    if (has(Fact::File))
        parts.append((*this)[Fact::File]);
    if (has(Fact::Line))
        parts.append(Wording::tr("line %1").arg((*this)[Fact::Line]));
    if (has(Fact::JsonPath))
        parts.append((*this)[Fact::JsonPath]);
    return parts.join(u", "_s);
}

QString Facts::side() const
{
    if (has(Fact::Connection))
        return (*this)[Fact::Connection];
    if (has(Fact::File))
        return (*this)[Fact::File];
    const QString at = server();
    return has(Fact::Database)
        ? QString(has(Fact::Host) ? at + u'/' + (*this)[Fact::Database] : (*this)[Fact::Database])
        : at;
}

QString Facts::server() const
{
    if (has(Fact::Host, Fact::Port))
        return QString((*this)[Fact::Host] + u':' + (*this)[Fact::Port]);
    if (has(Fact::Host))
        return (*this)[Fact::Host];
    return has(Fact::Connection) ? (*this)[Fact::Connection] : Wording::tr("the database");
}

QString Facts::table() const
{
    const QString name = has(Fact::Table) ? (*this)[Fact::Table] : Wording::tr("the table");
    return has(Fact::Connection) ? QString((*this)[Fact::Connection] + u": "_s + name) : name;
}

QString Facts::cell() const
{
    QString place = has(Fact::Table) ? (*this)[Fact::Table] : QString();
    if (has(Fact::Column))
        place += (place.isEmpty() ? QString() : u"."_s) + (*this)[Fact::Column];
    if (place.isEmpty())
        place = Wording::tr("A row");
    return has(Fact::Key) ? QString(place + u" ("_s + (*this)[Fact::Key] + u')') : place;
}

QString sentences(const QString &first, const QString &second)
{
    return second.isEmpty() ? first : Wording::tr("%1 %2", "two sentences").arg(first, second);
}

Message message(const Error &error)
{
    Message message;
    if (wordFile(error, message) || wordJob(error, message) || wordConnection(error, message)
        || wordSchema(error, message) || wordRow(error, message) || wordUndo(error, message)
        || wordAfterRun(error, message) || wordHttp(error, message) || wordTransient(error, message))
        return message;
    return {Wording::tr("A fault in Tidemark itself stopped this."),
            Wording::tr("Run it again, and report it with the text below.")};
}

QString oneLine(const Error &error)
{
    const Message words = message(error);
    QString text = words.what;
    if (!error.detail.isEmpty())
        text = sentences(text, u'(' + safeText(error.detail.trimmed(), 400) + u')');
    return sentences(text, words.next);
}

QString phase(Phase phase)
{
    switch (phase) {
    case Phase::Waiting:
        return Wording::tr("Waiting");
    case Phase::Opening:
        return Wording::tr("Opening");
    case Phase::Comparing:
        return Wording::tr("Comparing");
    case Phase::Writing:
        return Wording::tr("Writing");
    case Phase::Deleting:
        return Wording::tr("Deleting");
    case Phase::Settling:
        return Wording::tr("Finishing");
    case Phase::Done:
        return Wording::tr("Done");
    case Phase::Failed:
        return Wording::tr("Failed");
    }
    return {};
}

QString decision(Decision decision)
{
    switch (decision) {
    case Decision::Equal:
        return Wording::tr("Equal");
    case Decision::Keep:
        return Wording::tr("Keep");
    case Decision::InsertTarget:
        return Wording::tr("Insert");
    case Decision::UpdateTarget:
        return Wording::tr("Update");
    case Decision::DeleteTarget:
        return Wording::tr("Delete");
    case Decision::InsertSource:
        return Wording::tr("Insert at the source");
    case Decision::UpdateSource:
        return Wording::tr("Update at the source");
    case Decision::DeleteSource:
        return Wording::tr("Delete at the source");
    case Decision::Merge:
        return Wording::tr("Merge");
    case Decision::Conflict:
        return Wording::tr("Conflict");
    }
    return {};
}

QString why(Reason reason)
{
    switch (reason) {
    case Reason::None:
        return Wording::tr("Both sides are equal.");
    case Reason::MissingAtTarget:
        return Wording::tr("The target does not have this row.");
    case Reason::CellsDiffer:
        return Wording::tr("The two sides have different values.");
    case Reason::MissingAtSource:
        return Wording::tr("The source does not have this row any more.");
    case Reason::LeftFilter:
        return Wording::tr("The row is still at the source, but no longer matches the filter.");
    case Reason::ChangedAtSource:
        return Wording::tr("Only the source has changed since the last sync.");
    case Reason::ChangedAtTarget:
        return Wording::tr("Only the target has changed since the last sync.");
    case Reason::DeletedAtSource:
        return Wording::tr("The source has deleted this row since the last sync.");
    case Reason::DeletedAtTarget:
        return Wording::tr("The target has deleted this row since the last sync.");
    case Reason::ChangedAtBoth:
        return Wording::tr("Both sides have changed since the last sync.");
    case Reason::InsertedAtBoth:
        return Wording::tr("Both sides have inserted this row since the last sync, with different values.");
    case Reason::DeletedAndChanged:
        return Wording::tr("One side has deleted this row, the other one has changed it.");
    case Reason::NoBase:
        return Wording::tr("The two sides have different values, and there is no record of what both were.");
    }
    return {};
}

QString ago(qint64 thenUs, qint64 nowUs)
{
    constexpr qint64 minute = 60'000'000;
    const qint64 passed = nowUs - thenUs;
    if (passed >= 0 && passed < minute)
        return Wording::tr("just now");
    if (passed >= 0 && passed < 60 * minute)
        return Wording::tr("%n min ago", nullptr, static_cast<int>(passed / minute));
    if (passed >= 0 && passed < 24 * 60 * minute)
        return Wording::tr("%n h ago", nullptr, static_cast<int>(passed / (60 * minute)));
    if (passed >= 0 && passed < 14 * 24 * 60 * minute)
        return Wording::tr("%n day(s) ago", nullptr, static_cast<int>(passed / (24 * 60 * minute)));
    // Also what lies ahead of this clock: a date says it without a riddle.
    return QDateTime::fromMSecsSinceEpoch(thenUs / 1000).toString(u"yyyy-MM-dd HH:mm"_s);
}

} // namespace tidemark::wording
