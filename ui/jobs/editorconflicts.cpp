// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorconflicts.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include "app/wording/wording.h"
#include "ui/jobs/editorfields.h"
#include "ui/jobs/editorpage.h"
#include "ui/jobs/editorstamps.h"
#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Kind = EditorFields::Kind;
using Choices = QList<EditorFields::Choice>;

static bool isTwoWay(const QJsonObject &job) { return job.value("mode"_L1).toString() == "two-way"_L1; }

static QJsonValue policyByDefault(const QJsonObject &job) { return isTwoWay(job) ? u"ask"_s : u"source"_s; }

EditorConflicts::EditorConflicts(JobDraft &draft, EditorFields &fields, bool ofTable, QFormLayout &form,
                                 QWidget *content)
    : QObject(content), m_draft(draft), m_fields(fields), m_form(form), m_ofTable(ofTable),
      m_heading(sheet::heading({}, content)), m_note(sheet::note({}, content)), m_stamps(sheet::note({}, content))
{
    m_stamps->setObjectName(u"stampNote"_s);
    m_form.addRow(m_heading);
    m_form.addRow(m_note);
    addField(u"conflicts.policy"_s, m_fields.choice(u"conflicts.policy"_s, {}, policyByDefault, content));
    auto *first = m_fields.choice(
        u"conflicts.first"_s, {},
        [](const QJsonObject &job) {
            const QJsonValue said = job.value("conflicts"_L1).toObject().value("policy"_L1);
            return said.isString() ? said : policyByDefault(job);
        },
        content);
    first->setWhatsThis(
        tr("Rows that are there on both sides and differ when nothing tells which side changed them: at the "
           "first run, or where the record is lost."));
    addField(u"conflicts.first"_s, first);
    for (const QString &field :
         {u"conflicts.column"_s, u"conflicts.column.source"_s, u"conflicts.column.target"_s, u"conflicts.margin"_s})
        addField(field,
                 m_fields.line(field, Kind::Text, field == "conflicts.margin"_L1 ? u"0s"_s : QString(), content));
    m_form.addRow(m_stamps);
}

void EditorConflicts::addField(const QString &field, QWidget *widget)
{
    widget->setMaximumWidth(sheet::widestField);
    m_form.addRow(sheet::label(field, widget, widget->parentWidget()), widget);
}

void EditorConflicts::setColumns(const QStringList &columns)
{
    m_columns = columns;
    for (const QString &field : {u"conflicts.column"_s, u"conflicts.column.source"_s, u"conflicts.column.target"_s})
        m_fields.setSuggestions(field, columns);
}

void EditorConflicts::offer()
{
    const Choices twoWay{{tr("Ask"), u"ask"_s},
                         {tr("Merge, ask for the rest"), u"merge"_s},
                         {tr("The newest row wins"), u"newest"_s},
                         {tr("The source's row wins"), u"source"_s},
                         {tr("The target's row wins"), u"target"_s}};
    const Choices oneWay{{tr("The source's row wins"), u"source"_s},
                         {tr("The newest row wins"), u"newest"_s},
                         {tr("Ask"), u"ask"_s},
                         {tr("The target's row stays"), u"target"_s}};
    const bool both = isTwoWay(m_draft.json());
    m_fields.setChoices(u"conflicts.policy"_s, both ? twoWay : oneWay);
    m_fields.setChoices(u"conflicts.first"_s, twoWay);
    m_heading->setText(both ? tr("Conflicts") : tr("Rows that differ"));
    m_note->setText(
        both ? tr("Where both sides changed the same row since the last run. What nothing decides is left "
                  "as it is at both sides, and asked.")
             : tr("Where both sides have a row and it differs. The source is never written; what nothing decides "
                  "stays as it is at the target, and is asked."));
    QWidget *policy = m_fields.widget(u"conflicts.policy"_s);
    const QString label = both ? problems::fieldLabel(u"conflicts.policy"_s) : tr("Where a row differs");
    qobject_cast<QLabel *>(m_form.labelForField(policy))->setText(label);
    policy->setAccessibleName(label);
}

QString EditorConflicts::effective(int table, const QString &key) const
{
    const QJsonValue own = m_draft.value(table, {u"conflicts"_s, key});
    return (own.isString() ? own : m_draft.value(JobDraft::job, {u"conflicts"_s, key})).toString();
}

void EditorConflicts::showDraft(int table)
{
    // What a one-way job does not have is shown where its file says it all the same: there it is put right.
    m_form.setRowVisible(m_fields.widget(u"conflicts.first"_s),
                         isTwoWay(m_draft.json()) || m_draft.value(table, {u"conflicts"_s, u"first"_s}).isString());
    showNewest(table);
    showStamps(table);
}

// Column and margin belong to the newest; what stands there otherwise is shown, too, or nobody could take it away.
void EditorConflicts::showNewest(int table)
{
    const bool newest = effective(table, u"policy"_s) == "newest"_L1 || effective(table, u"first"_s) == "newest"_L1;
    const QJsonValue column = m_draft.value(table, {u"conflicts"_s, u"column"_s});
    const auto showRow = [this](const QString &field, bool shown) {
        m_form.setRowVisible(m_fields.widget(field), shown);
    };
    showRow(u"conflicts.column"_s, !column.isObject() && (newest || column.isString()));
    showRow(u"conflicts.column.source"_s, column.isObject());
    showRow(u"conflicts.column.target"_s, column.isObject());
    showRow(u"conflicts.margin"_s, newest || m_draft.value(table, {u"conflicts"_s, u"margin"_s}).isString());
}

// Columns that both sides change with every edit, and what becomes of them where cells are merged.
void EditorConflicts::showStamps(int table)
{
    QStringList names;
    for (const QString &column : std::as_const(m_columns)) {
        if (stamps::isChangeTimeName(column))
            names << wording::safeText(column, 60);
    }
    const bool shown = !m_ofTable && !names.isEmpty() && draft::mergesCells(m_draft.json(), table);
    m_form.setRowVisible(m_stamps, shown);
    if (!shown)
        return;
    m_stamps->setText(
        draft::allTables(m_draft.json())
            ? tr("Both sides change %1 with every edit, so that each row that both changed is asked about. "
                 "List the tables, and the later time is kept instead.")
                  .arg(names.join(u", "_s))
            : tr("Both sides change %1 with every edit. A column of each table says what becomes of it: "
                 "page Tables, tab Columns.")
                  .arg(names.join(u", "_s)));
}

} // namespace tidemark
