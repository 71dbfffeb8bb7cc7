// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/review.h"

#include <algorithm>

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>
#include <QJsonDocument>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// Every struct is taken apart by name, so that a field that is added does not compile until somebody has decided
// whether a review depends on it.
class Digest
{
public:
    Digest() : m_stream(&m_bytes, QIODevice::WriteOnly) { m_stream.setVersion(QDataStream::Qt_6_4); }
    template <typename T> Digest &operator<<(const T &value)
    {
        if constexpr (std::is_enum_v<T>)
            m_stream << static_cast<quint8>(value);
        else
            m_stream << value;
        return *this;
    }
    template <typename T> Digest &operator<<(const std::optional<T> &value)
    {
        *this << value.has_value();
        return value ? *this << *value : *this;
    }
    Digest &operator<<(const TableName &name) { return *this << name.schema << name.name; }
    Digest &operator<<(const SoftDelete &soft)
    {
        const auto &[side, column, deleted, present] = soft;
        return *this << side << column << deleted << present;
    }
    Digest &operator<<(const DetectSettings &detect)
    {
        const auto &[by, column, lagMs, scope, overlap, pending, done] = detect;
        return *this << by << column << lagMs << scope << overlap << pending << done;
    }
    Digest &operator<<(const ConflictSettings &conflicts)
    {
        const auto &[policy, first, newestSource, newestTarget, marginMs] = conflicts;
        return *this << policy << first << newestSource << newestTarget << marginMs;
    }
    Digest &operator<<(const ColumnRule &column)
    {
        const auto &[source, target, leftOut, compare, write, zone, zeroDate, nulByte, rule] = column;
        return *this << source << target << leftOut << compare << write << zone << zeroDate << nulByte << rule;
    }
    Digest &operator<<(const TableRules &rules)
    {
        const auto &[key, columns, columnsOnly, compare] = rules;
        const auto &[caseCounts, spaces, tolerance, timePrecision, emptyIsNull, jsonAsText] = compare;
        *this << key << columns.size() << columnsOnly;
        for (const ColumnRule &column : columns)
            *this << column;
        return *this << caseCounts << spaces << tolerance << timePrecision << emptyIsNull << jsonAsText;
    }
    Digest &operator<<(const ConnectionSettings &side)
    {
        // What it points to. How it gets there is no matter of the rows that are written.
        *this << side.driver << side.host << side.port << side.database << side.schema << side.ssh.has_value();
        if (side.ssh)
            *this << side.ssh->host << side.ssh->port;
        if (side.queue)
            *this << side.queue->stream << side.queue->group << side.queue->exchange << side.queue->queue;
        return side.http ? *this << *side.http : *this;
    }
    Digest &operator<<(const HttpSettings &service)
    {
        QJsonObject what = httpToJson(service);
        for (const QLatin1StringView pace : {"inFlight"_L1, "limits"_L1})
            what.remove(pace);
        return *this << QJsonDocument(what).toJson(QJsonDocument::Compact);
    }
    QByteArray value() const { return QCryptographicHash::hash(m_bytes, QCryptographicHash::Sha256); }

private:
    QByteArray m_bytes;
    QDataStream m_stream;
};

ReviewSubject::Table subjectOf(const JobTable &table)
{
    const auto &[source, target, rules, whereSource, whereTarget, detect, targetDetect, deletes, soft, keyCompare,
                 guard, conflicts, leftFilter, onBadRow, create, allowNonTransactional, kept] = table;
    Digest digest;
    digest << source << target << rules << whereSource << whereTarget << detect << targetDetect << deletes << soft;
    digest << keyCompare.when << keyCompare.everyMs << conflicts << leftFilter << onBadRow << create;
    digest << allowNonTransactional << kept;
    return ReviewSubject::Table{digest.value(), guard};
}

QByteArray headOf(const JobSettings &job)
{
    const auto &[file, id, name, description, enabled, source, target, mode, checkpoint, allTables, tables, defaults,
                 batch, transaction, parallel, retry, undo, throttle, schedule, afterRun] = job;
    Digest digest;
    digest << quint8(1) << source << target << mode << checkpoint << allTables << transaction;
    return digest.value();
}

void addActions(Digest &digest, const QList<AfterRunAction> &actions)
{
    digest << actions.size();
    for (const AfterRunAction &action : actions)
        digest << action.kind << action.command << action.url << action.secret.kind << action.secret.name;
}

bool hasFilter(const JobTable &table) { return !table.whereSource.isEmpty() || !table.whereTarget.isEmpty(); }

} // namespace

QByteArray ReviewSubject::digest() const { return QCryptographicHash::hash(toBytes(), QCryptographicHash::Sha256); }

QByteArray ReviewSubject::toBytes() const
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << head << static_cast<qint32>(tables.size());
    for (const Table &table : tables)
        out << table.digest << table.guard.rows << table.guard.percent;
    return bytes;
}

std::optional<ReviewSubject> ReviewSubject::fromBytes(const QByteArray &bytes)
{
    ReviewSubject subject;
    QDataStream in(bytes);
    in.setVersion(QDataStream::Qt_6_4);
    qint32 count = 0;
    in >> subject.head >> count;
    for (qint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        Table table;
        in >> table.digest >> table.guard.rows >> table.guard.percent;
        subject.tables.append(table);
    }
    return in.status() == QDataStream::Ok && in.atEnd() ? std::optional(subject) : std::nullopt;
}

bool ReviewSubject::isCoveredBy(const ReviewSubject &reviewed) const
{
    const auto isCovered = [&](const Table &table) {
        return std::any_of(reviewed.tables.begin(), reviewed.tables.end(), [&](const Table &seen) {
            return seen.digest == table.digest && table.guard.rows <= seen.guard.rows
                && table.guard.percent <= seen.guard.percent;
        });
    };
    return head == reviewed.head && std::all_of(tables.begin(), tables.end(), isCovered);
}

ReviewSubject reviewSubject(const JobSettings &job)
{
    ReviewSubject subject{headOf(job), {}};
    for (const JobTable &table : job.tables)
        subject.tables.append(subjectOf(table));
    if (job.allTables)
        subject.tables.append(subjectOf(job.defaults));
    return subject;
}

Result<void> keepReview(Journal &journal, const JobSettings &job, ReviewedBy by, const QString &run, qint64 nowUs)
{
    const ReviewSubject subject = reviewSubject(job);
    const QString how = by == ReviewedBy::Preview ? u"preview"_s : u"run"_s;
    return journal.saveReview(job.id, {subject.digest(), subject.toBytes(), how, run, nowUs});
}

Result<bool> isReviewed(Journal &journal, const JobSettings &job)
{
    TRY_ASSIGN(const QList<ReviewRecord> reviews, journal.reviews(job.id));
    const ReviewSubject subject = reviewSubject(job);
    return std::any_of(reviews.begin(), reviews.end(), [&](const ReviewRecord &review) {
        const auto reviewed = ReviewSubject::fromBytes(review.subject);
        return reviewed && subject.isCoveredBy(*reviewed);
    });
}

bool countsAsReview(const RunReport &report)
{
    const bool ended = report.state == RunState::Completed || report.state == RunState::NeedsAttention;
    return ended && !report.error && report.undoes.isEmpty()
        && std::none_of(report.tables.begin(), report.tables.end(),
                        [](const TableReport &table) { return table.error.has_value(); });
}

QByteArray trustDigest(const JobSettings &job)
{
    bool anything = !job.afterRun.isEmpty() || hasFilter(job.defaults);
    Digest digest;
    digest << quint8(1);
    for (const QList<AfterRunAction> *actions :
         {&job.afterRun.success, &job.afterRun.attention, &job.afterRun.failure, &job.afterRun.always})
        addActions(digest, *actions);
    for (const ConnectionSettings *side : {&job.source, &job.target}) {
        const bool isInline = side->name.isEmpty();
        anything = anything || isInline;
        digest << isInline;
        if (isInline)
            digest << *side << side->user << side->password.kind << side->password.name << side->tls.ca
                   << side->tls.cert << side->tls.key << (side->ssh ? side->ssh->key : QString());
    }
    for (const JobTable &table : job.tables) {
        anything = anything || hasFilter(table);
        if (hasFilter(table))
            digest << table.source << table.whereSource << table.whereTarget;
    }
    return anything ? digest.value() : QByteArray();
}

Result<void> keepTrust(Journal &journal, const JobSettings &job, qint64 nowUs)
{
    const QByteArray digest = trustDigest(job);
    return digest.isEmpty() ? Result<void>() : journal.saveTrust(job.id, digest, nowUs);
}

Result<bool> isTrusted(Journal &journal, const JobSettings &job)
{
    const QByteArray digest = trustDigest(job);
    return digest.isEmpty() ? Result<bool>(true) : journal.hasTrust(job.id, digest);
}

} // namespace tidemark
