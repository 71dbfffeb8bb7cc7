// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editordeletes.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include "ui/jobs/editorfields.h"
#include "ui/jobs/editorpage.h"
#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Kind = EditorFields::Kind;
using Choices = QList<EditorFields::Choice>;

static QString modeOf(const QJsonObject &job) { return job.value("mode"_L1).toString(); }

static EditorFields::Default always(const QJsonValue &value)
{
    return [value](const QJsonObject &) { return value; };
}

EditorDeletes::EditorDeletes(JobDraft &draft, EditorFields &fields, bool ofTable, QFormLayout &form, QWidget *content)
    : QObject(content), m_draft(draft), m_fields(fields), m_form(form), m_markNote(sheet::note({}, content))
{
    m_form.addRow(sheet::heading(tr("Deletes"), content));
    auto *passed = m_fields.choice(
        u"deletes"_s, {},
        [](const QJsonObject &job) { return QJsonValue(modeOf(job) == "update"_L1 ? u"ignore"_s : u"propagate"_s); },
        content);
    addField(u"deletes"_s, passed);
    addMark(content);
    auto *keys = m_fields.choice(u"keyCompare"_s,
                                 {{tr("At every run"), u"always"_s},
                                  {tr("At most once an hour"), u"1h"_s},
                                  {tr("At most once a day"), u"1d"_s},
                                  {tr("At most once a week"), u"7d"_s},
                                  {tr("Never"), u"never"_s}},
                                 always(u"always"_s), content);
    keys->setToolTip(tr("Deleted rows are found by comparing the keys of both sides."));
    addField(u"keyCompare"_s, keys);
    addGuard(content);
    auto *left = m_fields.choice(
        u"leftFilter"_s, {{tr("Delete them"), u"delete"_s}, {tr("Keep them"), u"keep"_s}},
        [](const QJsonObject &job) { return QJsonValue(modeOf(job) == "mirror"_L1 ? u"delete"_s : u"keep"_s); },
        content);
    addField(u"leftFilter"_s, left);
    if (ofTable) { // a table says all of its mark, or none
        for (const QString &field :
             {u"deletes.soft.side"_s, u"deletes.soft.column"_s, u"deletes.soft.deleted"_s, u"deletes.soft.present"_s})
            m_fields.setOwnAlone(field);
    }
}

void EditorDeletes::addField(const QString &field, QWidget *widget)
{
    widget->setMaximumWidth(sheet::widestField);
    m_form.addRow(sheet::label(field, widget, widget->parentWidget()), widget);
}

void EditorDeletes::addMark(QWidget *content)
{
    m_markNote->setObjectName(u"markNote"_s);
    addField(u"deletes.soft.side"_s,
             m_fields.choice(u"deletes.soft.side"_s, {{tr("The source"), u"source"_s}, {tr("The target"), u"target"_s}},
                             always(u"source"_s), content));
    addField(u"deletes.soft.column"_s, m_fields.line(u"deletes.soft.column"_s, Kind::Text, {}, content));
    addField(u"deletes.soft.deleted"_s, m_fields.line(u"deletes.soft.deleted"_s, Kind::Scalar, {}, content));
    addField(u"deletes.soft.present"_s, m_fields.line(u"deletes.soft.present"_s, Kind::Scalar, {}, content));
    m_form.addRow(m_markNote);
}

void EditorDeletes::addGuard(QWidget *content)
{
    auto *rows = m_fields.line(u"guard.rows"_s, Kind::Integer, u"1000"_s, content);
    auto *percent = m_fields.line(u"guard.percent"_s, Kind::Number, u"10"_s, content);
    addField(u"guard.rows"_s, rows);
    addField(u"guard.percent"_s, percent);
    auto *note = sheet::note(
        tr("A table that would lose more is left as it is until a person approves the number of deletes."), content);
    m_form.addRow(note);
    m_guardRows << rows << percent << note;
}

void EditorDeletes::setColumns(const QStringList &columns)
{
    m_fields.setSuggestions(u"deletes.soft.column"_s, columns);
}

void EditorDeletes::offer()
{
    const QString mode = modeOf(m_draft.json());
    const QString side = mode == "mirror"_L1 ? u"target"_s : u"source"_s;
    const QJsonObject mark{{u"soft"_s, QJsonObject{{u"side"_s, side}}}};
    Choices choices;
    if (mode != "update"_L1)
        choices += {tr("Pass them on"), u"propagate"_s};
    if (mode != "mirror"_L1)
        choices += {tr("Do not pass them on"), u"ignore"_s};
    choices += {tr("A column marks deleted rows"), mark};
    m_fields.setChoices(u"deletes"_s, choices);
}

void EditorDeletes::showDraft(int table, bool findsByCursor)
{
    const QString mode = modeOf(m_draft.json());
    const bool deletes = mode != "update"_L1;
    for (QWidget *widget : std::as_const(m_guardRows))
        m_form.setRowVisible(widget, deletes);
    m_form.setRowVisible(m_fields.widget(u"keyCompare"_s), mode != "update"_L1 && findsByCursor);
    // What a two-way job does not have is shown where its file says it all the same: there it is put right.
    const QJsonValue left = m_draft.value(table, {u"leftFilter"_s});
    m_form.setRowVisible(m_fields.widget(u"leftFilter"_s),
                         mode == "mirror"_L1 || (mode == "two-way"_L1 && left.toString(u"keep"_s) != "keep"_L1));
    showMark(table);
}

void EditorDeletes::showMark(int table)
{
    const QString mode = modeOf(m_draft.json());
    const QJsonValue deletes = m_draft.value(table, {u"deletes"_s});
    const QJsonObject soft = deletes.toObject().value("soft"_L1).toObject();
    const bool atTarget = soft.value("side"_L1).toString() == "target"_L1;
    const bool written = mode == "two-way"_L1 || atTarget;
    const auto showRow = [this](const QString &field, bool shown) {
        m_form.setRowVisible(m_fields.widget(field), shown);
    };
    const bool marks = deletes.isObject();
    showRow(u"deletes.soft.side"_s, marks && (mode != "update"_L1 || atTarget));
    showRow(u"deletes.soft.column"_s, marks);
    showRow(u"deletes.soft.deleted"_s, marks);
    showRow(u"deletes.soft.present"_s, marks && (written || soft.contains("present"_L1)));
    m_form.setRowVisible(m_markNote, marks);
    const QString counts = mode == "update"_L1 ? tr("Rows that the source has marked are left out.")
                                               : tr("Rows that the source has marked count as deleted.");
    const QString sets = tr("Instead of deleting a row there, a run sets this column; a row that comes back takes the "
                            "marked one over.");
    m_markNote->setText(mode == "two-way"_L1 ? tr("Rows so marked count as deleted.") + u' ' + sets
                            : written        ? sets
                                             : counts);
}

} // namespace tidemark
