// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorrules.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/jobs/editordetection.h"
#include "ui/jobs/editorfields.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Kind = EditorFields::Kind;

static EditorFields::Default always(const QJsonValue &value)
{
    return [value](const QJsonObject &) { return value; };
}

static bool isTwoWay(const QJsonObject &job) { return job.value("mode"_L1).toString() == "two-way"_L1; }

static bool isMirror(const QJsonObject &job) { return job.value("mode"_L1).toString() == "mirror"_L1; }

EditorRules::EditorRules(JobDraft &draft, bool ofTable, QWidget *parent)
    : EditorSheet(parent), m_draft(draft), m_ofTable(ofTable), m_fields(new EditorFields(draft, ofTable, this))
{
    auto *content = new QWidget(this);
    m_form = sheet::form(content);
    if (ofTable) // there is little room beside the list of tables
        m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    if (!ofTable)
        buildDetection(content);
    buildConflicts(content);
    buildDeletes(content);
    buildComparing(content);
    buildWriting(content);
    if (!ofTable)
        buildRetry(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sheet::scrolled(content, this));
}

static constexpr int widestField = 460;

void EditorRules::add(const QString &field, QWidget *widget)
{
    widget->setMaximumWidth(widestField);
    m_form->addRow(sheet::label(field, widget, widget->parentWidget()), widget);
}

// A tick says itself what it does; the choice of one table needs its words beside it.
void EditorRules::addTick(const QString &field, const QString &text, bool byDefault, QWidget *content)
{
    QWidget *widget = m_fields->yesNo(field, text, byDefault, content);
    if (!m_ofTable) {
        m_form->addRow(widget);
        return;
    }
    auto *label = new QLabel(text, content);
    label->setMinimumHeight(theme::control);
    label->setBuddy(widget);
    widget->setMaximumWidth(widestField);
    widget->setAccessibleName(label->text());
    m_form->addRow(label, widget);
}

void EditorRules::buildDetection(QWidget *content)
{
    m_detection = new EditorDetection(m_draft, false, content);
    auto *heading = sheet::heading(tr("Finding changes"), content);
    m_form->addRow(heading);
    m_form->addRow(m_detection);
    m_oneWayRows << heading << m_detection;
}

void EditorRules::buildDeletes(QWidget *content)
{
    auto *heading = sheet::heading(tr("Deletes"), content);
    m_form->addRow(heading);
    m_deletesHeading = heading;
    auto *passed =
        m_fields->choice(u"deletes"_s, {{tr("Pass them on"), u"propagate"_s}, {tr("Do not pass them on"), u"ignore"_s}},
                         always(u"propagate"_s), content);
    add(u"deletes"_s, passed);
    m_conflictRows << passed;
    auto *keys = m_fields->choice(u"keyCompare"_s,
                                  {{tr("At every run"), u"always"_s},
                                   {tr("At most once an hour"), u"1h"_s},
                                   {tr("At most once a day"), u"1d"_s},
                                   {tr("At most once a week"), u"7d"_s},
                                   {tr("Never"), u"never"_s}},
                                  always(u"always"_s), content);
    keys->setToolTip(tr("Deleted rows are found by comparing the keys of both sides."));
    add(u"keyCompare"_s, keys);
    m_keyRows << keys;
    auto *rows = m_fields->line(u"guard.rows"_s, Kind::Integer, u"1000"_s, content);
    auto *percent = m_fields->line(u"guard.percent"_s, Kind::Number, u"10"_s, content);
    add(u"guard.rows"_s, rows);
    add(u"guard.percent"_s, percent);
    auto *note = sheet::note(
        tr("A table that would lose more is left as it is until a person approves the number of deletes."), content);
    m_form->addRow(note);
    auto *left = m_fields->choice(
        u"leftFilter"_s, {{tr("Delete them"), u"delete"_s}, {tr("Keep them"), u"keep"_s}},
        [](const QJsonObject &job) { return QJsonValue(isMirror(job) ? u"delete"_s : u"keep"_s); }, content);
    add(u"leftFilter"_s, left);
    m_leftFilter = left;
    m_deleteRows << rows << percent << note;
}

void EditorRules::buildConflicts(QWidget *content)
{
    auto *heading = sheet::heading(tr("Conflicts"), content);
    auto *note =
        sheet::note(tr("Where both sides changed the same row since the last run. What nothing decides is left as "
                       "it is at both sides, and asked."),
                    content);
    m_form->addRow(heading);
    m_form->addRow(note);
    m_conflictRows << heading << note;
    const QList<EditorFields::Choice> policies{{tr("Ask; both sides stay as they are"), u"ask"_s},
                                               {tr("Merge cell by cell, ask for the rest"), u"merge"_s},
                                               {tr("The newest row wins"), u"newest"_s},
                                               {tr("The source's row wins"), u"source"_s},
                                               {tr("The target's row wins"), u"target"_s}};
    auto *policy = m_fields->choice(u"conflicts.policy"_s, policies, always(u"ask"_s), content);
    auto *first = m_fields->choice(
        u"conflicts.first"_s, policies,
        [](const QJsonObject &job) {
            const QJsonValue said = job.value("conflicts"_L1).toObject().value("policy"_L1);
            return said.isString() ? said : QJsonValue(u"ask"_s);
        },
        content);
    first->setWhatsThis(
        tr("Rows that are there on both sides and differ when nothing tells which side changed them: at the "
           "first run, or where the record is lost."));
    for (const auto &[field, box] : {std::pair(u"conflicts.policy"_s, policy), std::pair(u"conflicts.first"_s, first)})
        add(field, box);
    m_conflictRows << policy << first;
    for (const QString &field :
         {u"conflicts.column"_s, u"conflicts.column.source"_s, u"conflicts.column.target"_s, u"conflicts.margin"_s}) {
        const bool margin = field == "conflicts.margin"_L1;
        auto *line = m_fields->line(field, Kind::Text, margin ? u"0s"_s : QString(), content);
        add(field, line);
        m_conflictRows << line;
    }
}

void EditorRules::buildComparing(QWidget *content)
{
    m_form->addRow(sheet::heading(tr("Comparing"), content));
    addTick(u"compare.case"_s, tr("Upper and lower case differ"), true, content);
    addTick(u"compare.trailingSpaces"_s, tr("Trailing spaces count"), true, content);
    addTick(u"compare.emptyIsNull"_s, tr("An empty text equals NULL"), false, content);
    add(u"compare.floatTolerance"_s, m_fields->line(u"compare.floatTolerance"_s, Kind::Number, u"0"_s, content));
    add(u"compare.timePrecision"_s,
        m_fields->choice(u"compare.timePrecision"_s,
                         {{tr("The coarser side"), u"auto"_s},
                          {tr("Seconds"), u"s"_s},
                          {tr("Milliseconds"), u"ms"_s},
                          {tr("Microseconds"), u"us"_s}},
                         always(u"auto"_s), content));
    add(u"compare.json"_s,
        m_fields->choice(u"compare.json"_s, {{tr("By value"), u"canonical"_s}, {tr("As text"), u"text"_s}},
                         always(u"canonical"_s), content));
}

void EditorRules::buildWriting(QWidget *content)
{
    m_form->addRow(sheet::heading(tr("Writing"), content));
    auto *note = sheet::note(tr("Where a row differs, the source's values are written."), content);
    m_form->addRow(note);
    m_oneWayRows << note;
    if (m_ofTable) // the job's stands beside the list of tables
        addTick(u"create"_s, tr("Create the table if missing"), false, content);
    add(u"onBadRow"_s,
        m_fields->choice(
            u"onBadRow"_s, {{tr("Set it aside"), u"skip"_s}, {tr("Stop the table"), u"stop"_s}},
            [](const QJsonObject &job) {
                const bool byBatch = job.value("transaction"_L1).toString(u"batch"_s) == "batch"_L1;
                return QJsonValue(byBatch ? u"skip"_s : u"stop"_s);
            },
            content));
    addTick(u"allowNonTransactional"_s,
            m_ofTable ? tr("Write without transactions") : tr("Write tables without transactions (MyISAM) too"), false,
            content);
    if (m_ofTable)
        return;
    auto *transaction = m_fields->choice(u"transaction"_s,
                                         {{tr("A batch of rows"), u"batch"_s},
                                          {tr("A table, or tables joined by foreign keys"), u"table"_s},
                                          {tr("The whole run"), u"run"_s}},
                                         always(u"batch"_s), content);
    add(u"transaction"_s, transaction);
    m_oneWayRows << transaction;
    add(u"batch.rows"_s, m_fields->line(u"batch.rows"_s, Kind::Integer, u"5000"_s, content));
    add(u"batch.bytes"_s, m_fields->line(u"batch.bytes"_s, Kind::Text, u"8MiB"_s, content));
    add(u"parallel"_s, m_fields->line(u"parallel"_s, Kind::Integer, u"2"_s, content));
    auto *place = m_fields->choice(
        u"checkpoint"_s,
        {{tr("The target, in a table of Tidemark's own"), u"target"_s}, {tr("This workspace alone"), u"journal"_s}},
        always(u"target"_s), content);
    add(u"checkpoint"_s, place);
    m_oneWayRows << place;
}

void EditorRules::buildRetry(QWidget *content)
{
    m_form->addRow(sheet::heading(tr("When a server does not answer"), content));
    add(u"retry.attempts"_s, m_fields->line(u"retry.attempts"_s, Kind::Integer, u"5"_s, content));
    add(u"retry.delay"_s, m_fields->line(u"retry.delay"_s, Kind::Text, u"1s"_s, content));
    add(u"retry.factor"_s, m_fields->line(u"retry.factor"_s, Kind::Number, u"2"_s, content));
    add(u"retry.maxDelay"_s, m_fields->line(u"retry.maxDelay"_s, Kind::Text, u"60s"_s, content));
}

void EditorRules::setTable(int table)
{
    m_table = table;
    m_fields->setTable(table);
    showDraft();
}

void EditorRules::setColumns(const QStringList &columns)
{
    if (m_detection != nullptr)
        m_detection->setColumns(columns);
}

void EditorRules::showDraft()
{
    m_fields->show();
    if (m_detection != nullptr)
        m_detection->showDraft();
    const bool twoWay = isTwoWay(m_draft.json());
    const bool mirror = isMirror(m_draft.json());
    m_form->setRowVisible(m_deletesHeading, mirror || twoWay);
    for (QWidget *widget : std::as_const(m_deleteRows))
        m_form->setRowVisible(widget, mirror || twoWay);
    for (QWidget *widget : std::as_const(m_keyRows))
        m_form->setRowVisible(widget, mirror && findsByCursor());
    // What a two-way job does not have is shown where its file says it all the same: there it is put right.
    const auto saysOtherwise = [this](const QString &field, const QString &word) {
        const QJsonValue said = m_draft.value(m_ofTable ? m_table : JobDraft::job, field.split(u'.'));
        return !said.isUndefined() && !said.isNull() && said.toString() != word;
    };
    m_form->setRowVisible(m_leftFilter, mirror || (twoWay && saysOtherwise(u"leftFilter"_s, u"keep"_s)));
    for (QWidget *widget : std::as_const(m_oneWayRows)) {
        const bool kept = (widget == m_detection && findsByCursor())
            || (widget == m_fields->widget(u"transaction"_s) && saysOtherwise(u"transaction"_s, u"batch"_s))
            || (widget == m_fields->widget(u"checkpoint"_s) && saysOtherwise(u"checkpoint"_s, u"target"_s));
        m_form->setRowVisible(widget, !twoWay || kept);
    }
    for (QWidget *widget : std::as_const(m_conflictRows))
        m_form->setRowVisible(widget, twoWay);
    if (twoWay)
        showConflicts();
}

// Column and margin belong to the newest; what stands there otherwise is shown, too, or nobody could take it away.
void EditorRules::showConflicts()
{
    const int table = m_ofTable ? m_table : JobDraft::job;
    const auto said = [this](int place, const QString &key) { return m_draft.value(place, {u"conflicts"_s, key}); };
    const auto effective = [&](const QString &key) {
        const QJsonValue own = said(table, key);
        return (own.isString() ? own : said(JobDraft::job, key)).toString();
    };
    const bool newest = effective(u"policy"_s) == "newest"_L1 || effective(u"first"_s) == "newest"_L1;
    const QJsonValue column = said(table, u"column"_s);
    const auto showRow = [this](const QString &field, bool shown) {
        m_form->setRowVisible(m_fields->widget(field), shown);
    };
    showRow(u"conflicts.column"_s, !column.isObject() && (newest || column.isString()));
    showRow(u"conflicts.column.source"_s, column.isObject());
    showRow(u"conflicts.column.target"_s, column.isObject());
    showRow(u"conflicts.margin"_s, newest || said(table, u"margin"_s).isString());
}

// Reading all rows finds deleted ones by itself.
bool EditorRules::findsByCursor() const
{
    const auto isCursor = [](const QJsonValue &detect) {
        const QString by = draft::detectOf(detect).value("by"_L1).toString(u"hash"_s);
        return by != "hash"_L1;
    };
    const QJsonValue jobs = m_draft.value(JobDraft::job, {u"detect"_s});
    if (m_ofTable) {
        const QJsonValue own = m_draft.value(m_table, {u"detect"_s});
        return isCursor(own.isUndefined() ? jobs : own);
    }
    bool any = isCursor(jobs);
    const QJsonArray tables = m_draft.json().value("tables"_L1).toArray();
    for (const auto table : tables)
        any = any || isCursor(table.toObject().value("detect"_L1));
    return any;
}

void EditorRules::lead(const EditorProblem &problem)
{
    QWidget *field = m_fields->widget(problem.field);
    if (field == nullptr && m_detection != nullptr && problem.field.startsWith("detect"_L1))
        field = m_detection->field(problem.field);
    if (field == nullptr && problem.field == "guard"_L1)
        field = m_fields->widget(u"guard.rows"_s);
    sheet::focus(field);
}

} // namespace tidemark
