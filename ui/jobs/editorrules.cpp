// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorrules.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/jobs/editorconflicts.h"
#include "ui/jobs/editordeletes.h"
#include "ui/jobs/editordetection.h"
#include "ui/jobs/editorfields.h"
#include "ui/jobs/editoroffers.h"
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

EditorRules::EditorRules(JobDraft &draft, bool ofTable, QWidget *parent)
    : EditorSheet(parent), m_draft(draft), m_ofTable(ofTable), m_fields(new EditorFields(draft, ofTable, this))
{
    auto *content = new QWidget(this);
    m_form = sheet::form(content);
    if (!ofTable)
        buildDetection(content);
    m_conflicts = new EditorConflicts(draft, *m_fields, ofTable, *m_form, content);
    m_deletes = new EditorDeletes(draft, *m_fields, ofTable, *m_form, content);
    buildComparing(content);
    buildWriting(content);
    if (!ofTable) {
        buildKept(content);
        buildRetry(content);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sheet::scrolled(content, this, ofTable)); // little room beside the list of tables
}

void EditorRules::add(const QString &field, QWidget *widget)
{
    widget->setMaximumWidth(sheet::widestField);
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
    widget->setMaximumWidth(sheet::widestField);
    widget->setAccessibleName(label->text());
    m_form->addRow(label, widget);
}

void EditorRules::buildDetection(QWidget *content)
{
    m_detection = new EditorDetection(m_draft, false, content);
    auto *heading = sheet::heading(tr("Finding changes"), content);
    m_form->addRow(heading);
    m_form->addRow(m_detection);
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
    add(u"batch.rows"_s, m_fields->line(u"batch.rows"_s, Kind::Integer, u"5000"_s, content));
    add(u"batch.bytes"_s, m_fields->line(u"batch.bytes"_s, Kind::Text, u"8MiB"_s, content));
    add(u"parallel"_s, m_fields->line(u"parallel"_s, Kind::Integer, u"2"_s, content));
    auto *place = m_fields->choice(
        u"checkpoint"_s,
        {{tr("The target, in a table of Tidemark's own"), u"target"_s}, {tr("This workspace alone"), u"journal"_s}},
        always(u"target"_s), content);
    add(u"checkpoint"_s, place);
}

// A table may say otherwise, on its own tab.
void EditorRules::buildKept(QWidget *content)
{
    m_form->addRow(sheet::heading(tr("Kept on this machine"), content));
    add(u"keep"_s,
        m_fields->choice(u"keep"_s, {{tr("Its values"), u"cells"_s}, {tr("Its fingerprint alone"), u"fingerprints"_s}},
                         always(u"cells"_s), content));
    m_keptNote = sheet::note({}, content);
    m_form->addRow(m_keptNote);
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
        m_detection->setColumns(columns, columns);
    m_conflicts->setColumns(columns);
    m_deletes->setColumns(columns);
    showDraft();
}

void EditorRules::showDraft()
{
    const int table = m_ofTable ? m_table : JobDraft::job;
    m_conflicts->offer();
    m_deletes->offer();
    m_fields->show();
    if (m_detection != nullptr)
        m_detection->showDraft();
    const bool twoWay = isTwoWay(m_draft.json());
    const bool keeps = EditorOffers(m_draft).hasTransactions(); // the target: its rows, and where they got to
    m_deletes->showDraft(table, findsByCursor());
    m_conflicts->showDraft(table);
    // What a two-way job does not have is shown where its file says it all the same: there it is put right.
    if (QWidget *place = m_fields->widget(u"checkpoint"_s))
        m_form->setRowVisible(place,
                              (!twoWay && keeps) || m_draft.value(table, {u"checkpoint"_s}).toString() == "journal"_L1);
    if (QWidget *scope = m_fields->widget(u"transaction"_s))
        m_form->setRowVisible(scope, keeps || !m_draft.value(table, {u"transaction"_s}).isUndefined());
    if (m_keptNote != nullptr)
        m_keptNote->setText(twoWay
                                ? tr("By fingerprints alone changes are found all the same. But rows that both sides "
                                     "changed are not merged, conflicts show no last synced values, and undo puts no "
                                     "values back. Values of the last sync that are kept so far go with the next run; "
                                     "those of earlier runs in undo files stay until they are purged.")
                                : tr("By fingerprints alone undo puts no values back."));
}

// Reading all rows finds deleted ones by itself.
bool EditorRules::findsByCursor() const
{
    const auto isCursor = [](const QJsonValue &detect) {
        const QString by = draft::detectOf(detect).value("by"_L1).toString(u"hash"_s);
        return by != "hash"_L1 && by != "log"_L1;
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
    if (field == nullptr && problem.field.startsWith("deletes"_L1))
        field = m_fields->widget(u"deletes"_s);
    if (field == nullptr && problem.field == "guard"_L1)
        field = m_fields->widget(u"guard.rows"_s);
    sheet::focus(field);
}

} // namespace tidemark
