// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobdraft.h"

#include <QJsonArray>

#include "core/base/units.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static QString tableNameOf(const QJsonValue &table)
{
    const QJsonValue source = table.isObject() ? table.toObject().value("source"_L1) : table;
    if (source.isArray()) {
        const QJsonArray parts = source.toArray();
        return parts.at(0).toString() + u'.' + parts.at(1).toString();
    }
    return source.toString();
}

static QString scalarText(const QJsonValue &value)
{
    return value.isBool() ? (value.toBool() ? u"true"_s : u"false"_s) : value.toVariant().toString();
}

JobDraft draftOf(const QJsonObject &job)
{
    JobDraft draft;
    draft.name = job.value("name"_L1).toString();
    // An inline connection shows as empty: the dialog asks for a saved one.
    draft.source = job.value("source"_L1).toString();
    draft.target = job.value("target"_L1).toString();
    draft.mirror = job.value("mode"_L1).toString() == "mirror"_L1;
    const QJsonValue tables = job.value("tables"_L1);
    draft.allTables = !tables.isArray();
    const QJsonArray list = tables.toArray();
    for (const auto table : list)
        draft.tables << tableNameOf(table);
    const QJsonObject detect = job.value("detect"_L1).toObject();
    draft.detectBy = detect.value("by"_L1).toString(u"hash"_s);
    draft.column = detect.value("column"_L1).toString();
    draft.lag = detect.value("lag"_L1).toString();
    draft.scope = detect.value("scope"_L1).toString(u"table"_s);
    draft.pending = scalarText(detect.value("pending"_L1));
    draft.done = scalarText(detect.value("done"_L1));
    draft.where = job.value("where"_L1).toString();
    draft.create = job.value("create"_L1).toBool();
    draft.transaction = job.value("transaction"_L1).toString(u"batch"_s);
    return draft;
}

static QJsonValue scalarOf(const QString &text)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (isNumber && QString::number(number) == text)
        return number;
    if (text == "true"_L1 || text == "false"_L1)
        return text == "true"_L1;
    return text;
}

static QJsonObject detectOf(const JobDraft &draft)
{
    QJsonObject detect{{u"by"_s, draft.detectBy}};
    if (draft.detectBy != "hash"_L1)
        detect["column"_L1] = draft.column;
    if (draft.detectBy == "timestamp"_L1 && !draft.lag.isEmpty())
        detect["lag"_L1] = draft.lag;
    if (draft.detectBy == "version"_L1)
        detect["scope"_L1] = draft.scope;
    if (draft.detectBy == "flag"_L1) {
        detect["pending"_L1] = scalarOf(draft.pending);
        detect["done"_L1] = scalarOf(draft.done);
    }
    return detect;
}

QJsonObject applied(const JobDraft &draft, QJsonObject base)
{
    base["tidemark"_L1] = 1;
    base["name"_L1] = draft.name;
    if (!draft.source.isEmpty())
        base["source"_L1] = draft.source;
    if (!draft.target.isEmpty())
        base["target"_L1] = draft.target;
    base["mode"_L1] = draft.mirror ? u"mirror"_s : u"update"_s;
    // The other mode's policy would be refused.
    if (base.value("deletes"_L1).toString() == (draft.mirror ? "ignore"_L1 : "propagate"_L1))
        base.remove("deletes"_L1);
    if (draft.allTables) {
        base["tables"_L1] = u"*"_s;
    } else {
        const QJsonArray before = base.value("tables"_L1).toArray();
        QJsonArray tables;
        for (const QString &name : draft.tables) {
            QJsonValue kept = name;
            for (const auto table : before) {
                if (tableNameOf(table) == name)
                    kept = table; // with all that the dialog does not show
            }
            tables.push_back(kept);
        }
        base["tables"_L1] = tables;
    }
    // What the dialog does not show of the detection (an overlap) stays as long as its kind does.
    QJsonObject detect = detectOf(draft);
    const QJsonObject old = base.value("detect"_L1).toObject();
    if (old.value("by"_L1).toString() == draft.detectBy && old.contains("overlap"_L1) && draft.scope == "table"_L1)
        detect["overlap"_L1] = old.value("overlap"_L1);
    base["detect"_L1] = detect;
    if (draft.where.trimmed().isEmpty() && base.value("where"_L1).isString())
        base.remove("where"_L1);
    else if (!draft.where.trimmed().isEmpty())
        base["where"_L1] = draft.where.trimmed();
    base["create"_L1] = draft.create;
    base["transaction"_L1] = draft.transaction;
    return base;
}

QList<DraftProblem> problems(const JobDraft &draft, const QStringList &takenNames)
{
    QList<DraftProblem> found;
    const QString name = draft.name.trimmed();
    if (name.isEmpty())
        found << DraftProblem::NameMissing;
    else if (takenNames.contains(name))
        found << DraftProblem::NameTaken;
    if (draft.source.isEmpty())
        found << DraftProblem::SourceMissing;
    if (draft.target.isEmpty())
        found << DraftProblem::TargetMissing;
    else if (draft.source == draft.target)
        found << DraftProblem::SameSides;
    if (!draft.allTables && draft.tables.isEmpty())
        found << DraftProblem::NoTables;
    if (draft.detectBy != "hash"_L1 && draft.column.isEmpty())
        found << DraftProblem::ColumnMissing;
    if (draft.detectBy == "timestamp"_L1 && !draft.lag.isEmpty() && !parseDurationMs(draft.lag))
        found << DraftProblem::LagInvalid;
    if (draft.detectBy == "flag"_L1 && (draft.pending.isEmpty() || draft.done.isEmpty() || draft.pending == draft.done))
        found << DraftProblem::FlagValuesMissing;
    return found;
}

} // namespace tidemark
