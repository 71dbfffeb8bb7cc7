// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorproblems.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>

#include "app/wording/text.h"
#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct EditorWords
{
    Q_DECLARE_TR_FUNCTIONS(EditorWords)
};

EditorPage pageOf(const QString &field, bool ofTable)
{
    static const QStringList sides{u"name"_s, u"description"_s, u"enabled"_s, u"source"_s, u"target"_s, u"mode"_s};
    if (ofTable || field == "tables"_L1 || field == "create"_L1)
        return EditorPage::Tables;
    if (field.section(u'.', 0, 0) == "schedule"_L1)
        return EditorPage::Schedule;
    if (field.section(u'.', 0, 0) == "afterRun"_L1)
        return EditorPage::Actions;
    return sides.contains(field.section(u'.', 0, 0)) ? EditorPage::Sides : EditorPage::Rules;
}

QString tableAt(const QJsonObject &job, int index)
{
    return draft::sourceOf(job.value("tables"_L1).toArray().at(index)).display();
}

// What is missing or wrong, in words made for this field; empty: the general ones.
QString special(const QString &field, const Error &fault, bool ofTable)
{
    const bool missing = fault.code == ErrorCode::MissingKey;
    const bool empty = fault.code == ErrorCode::WrongValue && fault.facts.value(Fact::Expected) == "non-empty"_L1;
    if (field == "name"_L1 && (missing || empty))
        return EditorWords::tr("The job needs a name.");
    if (field == "source"_L1 && !ofTable && (missing || empty))
        return EditorWords::tr("Choose the source.");
    if (field == "target"_L1 && !ofTable && (missing || empty))
        return EditorWords::tr("Choose the target.");
    if (fault.code == ErrorCode::NoSuchConnection)
        return EditorWords::tr("There is no connection named %1.")
            .arg(wording::safeText(fault.facts.value(Fact::Connection)));
    if (field == "tables"_L1 && (missing || empty))
        return EditorWords::tr("Tick at least one table.");
    if ((field == "detect.column"_L1 || field == "detect.target.column"_L1) && (missing || empty))
        return EditorWords::tr("Choose the column that tells what changed.");
    if (field == "conflicts.column"_L1 && (missing || empty))
        return EditorWords::tr("Name the column that tells which row is newer.");
    if (field == "deletes.soft.column"_L1 && (missing || empty))
        return EditorWords::tr("Name the column that marks deleted rows.");
    if (field == "deletes.soft.deleted"_L1 && (missing || empty))
        return EditorWords::tr("Enter the value that a deleted row has in that column.");
    if (field == "deletes.soft.present"_L1 && (missing || fault.code == ErrorCode::WrongValue))
        return EditorWords::tr("Enter the value of a row that is there; another one than when deleted.");
    if ((field == "detect.pending"_L1 || field == "detect.done"_L1) && (missing || fault.code == ErrorCode::WrongValue))
        return EditorWords::tr("Enter two different values: when pending, and when done.");
    if (field == "where.target"_L1 && missing)
        return EditorWords::tr("Rows are also deleted here: say which rows of the target belong to the filter.");
    if (field == "where.source"_L1 && missing)
        return EditorWords::tr("Both sides are filtered: say which rows of the source belong to the filter.");
    if (field == "columns"_L1 && missing)
        return EditorWords::tr("“Only these columns” needs at least one column.");
    if (ofTable && field.isEmpty() && fault.code == ErrorCode::DuplicateName)
        return EditorWords::tr("Two tables of this job write into the same target.");
    return {};
}

QString general(const QString &field, const Error &fault)
{
    const QString label = problems::fieldLabel(field);
    const QString expected = fault.facts.value(Fact::Expected);
    const QString path = wording::safeText(fault.facts.value(Fact::JsonPath));
    const QString name = label.isEmpty() ? path : label;
    if (fault.code == ErrorCode::UnknownKey)
        return expected.isEmpty() || expected.contains(u", "_s)
            ? EditorWords::tr("%1 is not a known key of a job.").arg(path)
            : EditorWords::tr("%1 is not a known key of a job. Is %2 meant?").arg(path, wording::safeText(expected));
    if (fault.code == ErrorCode::NotAvailable)
        return EditorWords::tr("%1: what the file says is not available in this version.").arg(name);
    const bool isForm = fault.code == ErrorCode::WrongType || fault.code == ErrorCode::WrongValue
        || fault.code == ErrorCode::MissingKey;
    if (isForm && !expected.isEmpty())
        return EditorWords::tr("%1: expected here is %2.").arg(name, wording::expected(expected));
    Error here = fault;
    here.facts.remove(Fact::File);
    return wording::oneLine(here);
}

QString withTable(const QString &table, const QString &text)
{
    return table.isEmpty() ? text
                           : EditorWords::tr("%1: %2", "a table and its problem").arg(wording::safeText(table), text);
}

QString fieldOf(const CheckItem &item, const QJsonObject &detect)
{
    if (!item.error)
        return item.note || item.loss                    ? u"columns"_s
            : item.finding || item.code == "no-index"_L1 ? u"detect.column"_s
                                                         : QString();
    const QString column = item.error->facts.value(Fact::Column);
    switch (item.error->code) {
    case ErrorCode::NoKey:
    case ErrorCode::KeyUnusable:
    case ErrorCode::KeyNotUnique:
        return u"key"_s;
    case ErrorCode::NoSuchColumn:
        return column == detect.value("column"_L1).toString() ? u"detect.column"_s : u"columns"_s;
    case ErrorCode::AmbiguousName:
        return column.isEmpty() ? u"target"_s : u"columns"_s;
    case ErrorCode::TypesIncompatible:
    case ErrorCode::DuplicateName:
        return u"columns"_s;
    case ErrorCode::WhereInvalid:
        return u"where.source"_s;
    case ErrorCode::NonTransactional:
        return u"allowNonTransactional"_s;
    case ErrorCode::NoSuchTable:
    case ErrorCode::SameTable:
        return u"target"_s;
    default:
        return {};
    }
}

} // namespace

using Labels = QMap<QString, const char *>;

static const Labels &fieldLabels()
{
    static const Labels labels{
        {u"name"_s, QT_TRANSLATE_NOOP("EditorWords", "Name")},
        {u"description"_s, QT_TRANSLATE_NOOP("EditorWords", "Description")},
        {u"source"_s, QT_TRANSLATE_NOOP("EditorWords", "Source")},
        {u"target"_s, QT_TRANSLATE_NOOP("EditorWords", "Target")},
        {u"mode"_s, QT_TRANSLATE_NOOP("EditorWords", "Mode")},
        {u"tables"_s, QT_TRANSLATE_NOOP("EditorWords", "Tables")},
        {u"key"_s, QT_TRANSLATE_NOOP("EditorWords", "Key")},
        {u"columns"_s, QT_TRANSLATE_NOOP("EditorWords", "Columns")},
        {u"detect.by"_s, QT_TRANSLATE_NOOP("EditorWords", "Find changes")},
        {u"detect.column"_s, QT_TRANSLATE_NOOP("EditorWords", "Column")},
        {u"detect.lag"_s, QT_TRANSLATE_NOOP("EditorWords", "Re-read the last")},
        {u"detect.scope"_s, QT_TRANSLATE_NOOP("EditorWords", "Counts as")},
        {u"detect.overlap"_s, QT_TRANSLATE_NOOP("EditorWords", "Re-read the last versions")},
        {u"detect.pending"_s, QT_TRANSLATE_NOOP("EditorWords", "Value when pending")},
        {u"detect.done"_s, QT_TRANSLATE_NOOP("EditorWords", "Value when done")},
        {u"detect.target.by"_s, QT_TRANSLATE_NOOP("EditorWords", "Find changes at the target")},
        {u"detect.target.column"_s, QT_TRANSLATE_NOOP("EditorWords", "Column at the target")},
        {u"detect.target.lag"_s, QT_TRANSLATE_NOOP("EditorWords", "Re-read the last")},
        {u"detect.target.overlap"_s, QT_TRANSLATE_NOOP("EditorWords", "Re-read the last versions")},
        {u"conflicts.policy"_s, QT_TRANSLATE_NOOP("EditorWords", "Where both sides changed a row")},
        {u"conflicts.first"_s, QT_TRANSLATE_NOOP("EditorWords", "Where nothing tells who changed it")},
        {u"conflicts.column"_s, QT_TRANSLATE_NOOP("EditorWords", "Column that tells the newest")},
        {u"conflicts.column.source"_s, QT_TRANSLATE_NOOP("EditorWords", "That column of the source")},
        {u"conflicts.column.target"_s, QT_TRANSLATE_NOOP("EditorWords", "That column of the target")},
        {u"conflicts.margin"_s, QT_TRANSLATE_NOOP("EditorWords", "Ask if closer than")},
        {u"deletes"_s, QT_TRANSLATE_NOOP("EditorWords", "Deletes")},
        {u"deletes.soft.side"_s, QT_TRANSLATE_NOOP("EditorWords", "Marked at")},
        {u"deletes.soft.column"_s, QT_TRANSLATE_NOOP("EditorWords", "Column that marks them")},
        {u"deletes.soft.deleted"_s, QT_TRANSLATE_NOOP("EditorWords", "Value when deleted")},
        {u"deletes.soft.present"_s, QT_TRANSLATE_NOOP("EditorWords", "Value when there")},
        {u"keyCompare"_s, QT_TRANSLATE_NOOP("EditorWords", "Look for deleted rows")},
        {u"guard.rows"_s, QT_TRANSLATE_NOOP("EditorWords", "Withhold deletes beyond, rows")},
        {u"guard.percent"_s, QT_TRANSLATE_NOOP("EditorWords", "Withhold deletes beyond, percent")},
        {u"compare.case"_s, QT_TRANSLATE_NOOP("EditorWords", "Upper and lower case")},
        {u"compare.trailingSpaces"_s, QT_TRANSLATE_NOOP("EditorWords", "Trailing spaces")},
        {u"compare.floatTolerance"_s, QT_TRANSLATE_NOOP("EditorWords", "Tolerance of numbers")},
        {u"compare.timePrecision"_s, QT_TRANSLATE_NOOP("EditorWords", "Times compared to")},
        {u"compare.emptyIsNull"_s, QT_TRANSLATE_NOOP("EditorWords", "Empty text and NULL")},
        {u"compare.json"_s, QT_TRANSLATE_NOOP("EditorWords", "JSON")},
        {u"leftFilter"_s, QT_TRANSLATE_NOOP("EditorWords", "Rows that left the filter")},
        {u"where"_s, QT_TRANSLATE_NOOP("EditorWords", "Filter")},
        {u"where.source"_s, QT_TRANSLATE_NOOP("EditorWords", "Filter of the source")},
        {u"where.target"_s, QT_TRANSLATE_NOOP("EditorWords", "Filter of the target")},
        {u"keep"_s, QT_TRANSLATE_NOOP("EditorWords", "Keep of each row")},
        {u"onBadRow"_s, QT_TRANSLATE_NOOP("EditorWords", "A row that the target refuses")},
        {u"transaction"_s, QT_TRANSLATE_NOOP("EditorWords", "Commit after")},
        {u"batch.rows"_s, QT_TRANSLATE_NOOP("EditorWords", "Rows a batch")},
        {u"batch.bytes"_s, QT_TRANSLATE_NOOP("EditorWords", "Size of a batch")},
        {u"parallel"_s, QT_TRANSLATE_NOOP("EditorWords", "Tables at once")},
        {u"retry.attempts"_s, QT_TRANSLATE_NOOP("EditorWords", "Attempts")},
        {u"retry.delay"_s, QT_TRANSLATE_NOOP("EditorWords", "First wait")},
        {u"retry.factor"_s, QT_TRANSLATE_NOOP("EditorWords", "Each further wait times")},
        {u"retry.maxDelay"_s, QT_TRANSLATE_NOOP("EditorWords", "Longest wait")},
        {u"checkpoint"_s, QT_TRANSLATE_NOOP("EditorWords", "Position kept in")},
        {u"afterRun"_s, QT_TRANSLATE_NOOP("EditorWords", "What follows a run")},
        {u"schedule"_s, QT_TRANSLATE_NOOP("EditorWords", "Runs")},
        {u"schedule.after"_s, QT_TRANSLATE_NOOP("EditorWords", "After the job")},
        {u"schedule.alarm"_s, QT_TRANSLATE_NOOP("EditorWords", "Tell when no run went well for")},
        {u"schedule.cron"_s, QT_TRANSLATE_NOOP("EditorWords", "Cron expression")},
        {u"schedule.daily"_s, QT_TRANSLATE_NOOP("EditorWords", "At")},
        {u"schedule.days"_s, QT_TRANSLATE_NOOP("EditorWords", "On")},
        {u"schedule.every"_s, QT_TRANSLATE_NOOP("EditorWords", "Every")},
        {u"schedule.jitter"_s, QT_TRANSLATE_NOOP("EditorWords", "Put off at random by up to")},
        {u"schedule.missed"_s, QT_TRANSLATE_NOOP("EditorWords", "Runs that were missed")},
        {u"schedule.overlap"_s, QT_TRANSLATE_NOOP("EditorWords", "While the last run goes on")},
        {u"schedule.windows"_s, QT_TRANSLATE_NOOP("EditorWords", "Only between")},
        {u"schedule.zone"_s, QT_TRANSLATE_NOOP("EditorWords", "Time zone")},
        {u"columns.rule"_s, QT_TRANSLATE_NOOP("EditorWords", "Changed on both sides")},
        {u"columns.zone"_s, QT_TRANSLATE_NOOP("EditorWords", "Time zone")},
    };
    return labels;
}

QString problems::fieldLabel(const QString &field)
{
    const char *label = fieldLabels().value(field, nullptr);
    return label == nullptr ? QString() : QCoreApplication::translate("EditorWords", label);
}

// The editor has a field for it, or for a part of it.
static bool hasField(const QString &field)
{
    const Labels &labels = fieldLabels();
    const auto next = labels.lowerBound(field);
    return next != labels.cend() && (next.key() == field || next.key().startsWith(field + u'.'));
}

EditorProblem problems::ofFault(const Error &fault, const QJsonObject &job)
{
    EditorProblem problem;
    QStringList parts = pathParts(fault.facts.value(Fact::JsonPath));
    const bool ofTable = parts.size() > 1 && parts.first() == "tables"_L1;
    if (ofTable) {
        const int index = parts.at(1).toInt();
        problem.table = tableAt(job, index);
        parts = parts.sliced(2);
        if (parts.size() > 1 && parts.first() == "columns"_L1) {
            const QJsonObject table = job.value("tables"_L1).toArray().at(index).toObject();
            problem.column =
                table.value("columns"_L1).toArray().at(parts.at(1).toInt()).toObject().value("source"_L1).toString();
            parts.removeAt(1);
        }
    }
    if (parts.value(0) == "detect"_L1 && parts.value(1) == "source"_L1)
        parts.removeAt(1);
    if (parts.value(0) == "schedule"_L1)
        parts = parts.mid(0, 2); // an entry of a list is its field's
    if (parts.value(0) == "afterRun"_L1) {
        problem.code = parts.mid(1, 2).join(u'.');
        parts = parts.mid(0, 1);
    }
    problem.field = parts.join(u'.');
    problem.page = pageOf(problem.field, ofTable);
    const QString text = special(problem.field, fault, ofTable);
    problem.onlyInFile = fault.code == ErrorCode::UnknownKey || (text.isEmpty() && !hasField(problem.field));
    QString words = text.isEmpty() ? general(problem.field, fault) : text;
    if (!problem.column.isEmpty())
        words = withTable(problem.column, words);
    problem.text = withTable(problem.table, words);
    if (problem.field.startsWith("columns."_L1))
        problem.field = u"columns"_s;
    return problem;
}

static EditorProblem ofItem(const CheckItem &item, const QJsonObject &detect)
{
    EditorProblem problem;
    problem.level = item.level;
    problem.table = item.table;
    problem.text = wording::checkItem(item);
    problem.field = fieldOf(item, detect);
    if (item.note)
        problem.column = item.note->column;
    problem.code = item.code;
    if (item.code == "creates-table"_L1 || item.code.startsWith("creates-checkpoint"_L1)
        || item.code.startsWith("creates-log"_L1))
        problem.sql = item.detail;
    if (item.grant)
        problem.sql = item.grant->sql;
    if (item.finding)
        problem.sql = item.finding->mend.join(u";\n"_s);
    if (item.loss)
        problem.column = item.loss->sourceColumn;
    const bool leadsToTable = !item.table.isEmpty() && !problem.field.isEmpty();
    problem.page = leadsToTable || (item.error && !item.table.isEmpty()) ? EditorPage::Tables : EditorPage::Check;
    if (item.error && item.error->code == ErrorCode::ReadOnly) {
        problem.page = EditorPage::Sides;
        problem.field = u"target"_s;
    }
    if (item.error && item.error->code == ErrorCode::NothingMatched) {
        problem.page = EditorPage::Tables;
        problem.field = u"tables"_s;
    }
    return problem;
}

QList<EditorProblem> problems::ofItems(const QList<CheckItem> &items, const QJsonObject &job)
{
    QHash<QString, QJsonObject> detects; // of the tables that have their own
    const QJsonArray tables = job.value("tables"_L1).toArray();
    for (const auto table : tables) {
        const QJsonObject own = draft::detectOf(table.toObject().value("detect"_L1));
        if (!own.isEmpty())
            detects.insert(draft::sourceOf(table).display(), own);
    }
    const QJsonObject ofJob = draft::detectOf(job.value("detect"_L1));
    QList<EditorProblem> found;
    const QString source = job.value("source"_L1).toString();
    for (const CheckItem &item : items) {
        found << ofItem(item, detects.value(item.table, ofJob));
        // A two-way job writes to its source, too.
        if (item.error && item.error->code == ErrorCode::ReadOnly
            && item.error->facts.value(Fact::Connection) == source)
            found.last().field = u"source"_s;
    }
    return found;
}

EditorProblem problems::nameTaken()
{
    EditorProblem problem;
    problem.field = u"name"_s;
    problem.text = EditorWords::tr("There is a job with this name already.");
    return problem;
}

EditorProblem problems::sameSides()
{
    EditorProblem problem;
    problem.field = u"target"_s;
    problem.text = EditorWords::tr("Source and target are the same connection.");
    return problem;
}

} // namespace tidemark
