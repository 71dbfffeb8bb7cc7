// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/resolverequest.h"

#include "app/cli/keyoption.h"
#include "core/data/orderedkey.h"
#include "core/run/undoplanner.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

Error wrongValue(const Arguments &arguments, const QString &option, const QString &value, const QString &expected)
{
    return arguments.usage().with(Fact::Option, option).with(Fact::Value, value).with(Fact::Expected, expected);
}

Error excluding(const Arguments &arguments, const QString &option, const QString &other)
{
    return arguments.usage().with(Fact::Option, option).with(Fact::Found, other);
}

} // namespace

Result<ResolveRequest> ResolveRequest::read(const Arguments &arguments)
{
    ResolveRequest request;
    TRY(request.readAnswer(arguments));
    TRY(request.readSelection(arguments));
    return request;
}

Result<void> ResolveRequest::readAnswer(const Arguments &arguments)
{
    if (arguments.has(u"--take"_s)) {
        m_take = arguments.value(u"--take"_s);
        if (m_take != "source"_L1 && m_take != "target"_L1 && m_take != "skip"_L1)
            return fail(wrongValue(arguments, u"--take"_s, m_take, u"source | target | skip"_s));
    }
    const QStringList set = arguments.values(u"--set"_s);
    for (const QString &one : set) {
        const qsizetype split = one.indexOf(u'=');
        if (split <= 0)
            return fail(wrongValue(arguments, u"--set"_s, one, u"COL=VALUE"_s));
        m_edits.append({one.left(split), one.mid(split + 1)});
    }
    const QStringList nulls = arguments.values(u"--set-null"_s);
    for (const QString &column : nulls)
        m_edits.append({column, {}});
    if (m_take.isEmpty() && m_edits.isEmpty())
        return fail(arguments.usage().with(Fact::Expected, u"--take source|target|skip | --set COL=VALUE"_s));
    if (m_take == "skip"_L1 && !m_edits.isEmpty())
        return fail(excluding(arguments, u"--take skip"_s, m_edits.first().text ? u"--set"_s : u"--set-null"_s));
    return {};
}

Result<void> ResolveRequest::readSelection(const Arguments &arguments)
{
    const QStringList ids = arguments.values(u"--id"_s);
    for (const QString &text : ids) {
        bool isNumber = false;
        const qint64 id = text.toLongLong(&isNumber);
        if (!isNumber || id <= 0 || text.startsWith(u'+'))
            return fail(wrongValue(arguments, u"--id"_s, text, u"integer"_s));
        m_ids.insert(id);
    }
    TRY_ASSIGN(m_key, readKey(arguments));
    m_table = arguments.value(u"--table"_s);
    m_all = arguments.has(u"--all"_s);
    const auto both = [&](const QString &one, const QString &other) {
        return arguments.has(one) && arguments.has(other);
    };
    for (const QString &other : {u"--table"_s, u"--key"_s, u"--all"_s}) {
        if (both(u"--id"_s, other))
            return fail(excluding(arguments, u"--id"_s, other));
    }
    if (both(u"--key"_s, u"--all"_s))
        return fail(excluding(arguments, u"--key"_s, u"--all"_s));
    if (!m_key.isEmpty() && m_table.isEmpty())
        return fail(arguments.usage().with(Fact::Option, u"--key"_s).with(Fact::Expected, u"--table T"_s));
    if (!m_table.isEmpty() && m_key.isEmpty() && !m_all)
        return fail(
            arguments.usage().with(Fact::Option, u"--table"_s).with(Fact::Expected, u"--key COL=VALUE | --all"_s));
    if (m_ids.isEmpty() && m_key.isEmpty() && !m_all)
        return fail(arguments.usage().with(Fact::Expected, u"--id N | --table T --key COL=VALUE | --all"_s));
    return {};
}

Result<bool> ResolveRequest::isChosen(const Conflict &conflict, const PlanTable *table) const
{
    if (!m_ids.isEmpty())
        return m_ids.contains(conflict.id);
    if (!isOfTable(conflict, m_table))
        return false;
    if (m_all)
        return conflict.state == ConflictState::Open; // whoever skipped one has decided
    if (table == nullptr)
        return false;
    TRY_ASSIGN(const RowBatch key, keyFromText(table->columns, table->keyCount, m_key));
    std::string bytes;
    appendOrderedKey(key, 0, bytes);
    return conflict.key == QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

Result<ConflictReply> ResolveRequest::reply(const Conflict &conflict, const PlanTable *table) const
{
    if (m_edits.isEmpty()) {
        const ConflictAnswer answer = m_take == "source"_L1 ? ConflictAnswer::Source
            : m_take == "target"_L1                         ? ConflictAnswer::Target
                                                            : ConflictAnswer::Skip;
        return ConflictReply{conflict.id, answer, {}, {}};
    }
    std::optional<JobSide> rest;
    if (!m_take.isEmpty())
        rest = m_take == "source"_L1 ? JobSide::Source : JobSide::Target;
    return mergedAnswer(table == nullptr ? PlanTable() : *table, conflict, m_edits, rest);
}

Result<QList<ConflictReply>> ResolveRequest::replies(Journal &journal, const QString &jobId,
                                                     const Arguments &arguments) const
{
    QList<ConflictReply> replies;
    QSet<qint64> missing = m_ids;
    ConflictTables tables(journal, jobId);
    const QList<ConflictState> states{ConflictState::Open, ConflictState::Skipped};
    TRY(eachConflict(journal, jobId, states, [&](const Conflict &conflict) -> Result<void> {
        TRY_ASSIGN(const PlanTable *const table, tables.of(conflict.table));
        TRY_ASSIGN(const bool chosen, isChosen(conflict, table));
        if (!chosen)
            return {};
        TRY_ASSIGN(ConflictReply one, reply(conflict, table));
        missing.remove(conflict.id);
        replies.append(std::move(one));
        return {};
    }));
    if (!missing.isEmpty()) {
        QList<qint64> ids = missing.values();
        std::sort(ids.begin(), ids.end());
        return fail(wrongValue(arguments, u"--id"_s, QString::number(ids.first()), u"conflict-id"_s));
    }
    if (!m_key.isEmpty() && replies.isEmpty()) {
        QStringList key;
        for (auto part = m_key.cbegin(); part != m_key.cend(); ++part)
            key.append(part.key() + u'=' + part.value());
        return fail(wrongValue(arguments, u"--key"_s, key.join(u", "_s), u"conflict-key"_s));
    }
    return replies;
}

} // namespace tidemark::cli
