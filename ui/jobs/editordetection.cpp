// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editordetection.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include "app/wording/wording.h"
#include "ui/jobs/editorfields.h"
#include "ui/jobs/editoroffers.h"
#include "ui/jobs/editorpage.h"
#include "ui/jobs/editortargetdetection.h"
#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static const QString asJob = u"job"_s;

EditorDetection::EditorDetection(JobDraft &draft, bool ofTable, QWidget *parent)
    : QWidget(parent), m_draft(draft), m_ofTable(ofTable), m_form(sheet::form(this)), m_by(new QComboBox(this)),
      m_column(new QComboBox(this)), m_scope(new QComboBox(this)), m_atTarget(nullptr), m_note(sheet::note({}, this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    build();
}

QLineEdit *EditorDetection::line(const QString &key, bool isFlag, bool isNumber)
{
    auto *edit = new QLineEdit(this);
    edit->setObjectName(u"detect."_s + key);
    edit->setAccessibleName(problems::fieldLabel(u"detect."_s + key));
    connect(edit, &QLineEdit::textEdited, this, [this, key, isFlag, isNumber](const QString &text) {
        bool whole = false;
        const qint64 number = text.trimmed().toLongLong(&whole);
        if (text.isEmpty())
            setKey(key, QJsonValue(QJsonValue::Undefined));
        else if (isFlag)
            setKey(key, draft::scalarOf(text));
        else
            setKey(key, isNumber && whole ? QJsonValue(number) : QJsonValue(text.trimmed()));
    });
    connect(edit, &QLineEdit::editingFinished, this, [this] { m_draft.seal(); });
    return edit;
}

void EditorDetection::build()
{
    m_by->setObjectName(u"detect.by"_s);
    m_by->setAccessibleName(problems::fieldLabel(u"detect.by"_s));
    m_column->setObjectName(u"detect.column"_s);
    m_column->setAccessibleName(problems::fieldLabel(u"detect.column"_s));
    m_column->setEditable(true);
    m_column->setInsertPolicy(QComboBox::NoInsert);
    m_column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_scope->setObjectName(u"detect.scope"_s);
    m_scope->setAccessibleName(problems::fieldLabel(u"detect.scope"_s));
    m_scope->addItem(tr("One growing sequence a table"), u"table"_s);
    m_scope->addItem(tr("A counter a row"), u"row"_s);
    m_lag = line(u"lag"_s, false, false);
    m_overlap = line(u"overlap"_s, false, true);
    m_pending = line(u"pending"_s, true, false);
    m_done = line(u"done"_s, true, false);
    m_lag->setPlaceholderText(automaticLag());
    m_overlap->setPlaceholderText(u"10000"_s);
    const auto add = [this](const QString &field, QWidget *widget) {
        widget->setMaximumWidth(sheet::widestField);
        m_form->addRow(sheet::label(u"detect."_s + field, widget, this), widget);
    };
    add(u"by"_s, m_by);
    add(u"column"_s, m_column);
    add(u"lag"_s, m_lag);
    add(u"scope"_s, m_scope);
    add(u"overlap"_s, m_overlap);
    add(u"pending"_s, m_pending);
    add(u"done"_s, m_done);
    m_atTarget = new EditorTargetDetection(m_draft, *m_form, this);
    m_form->addRow(m_note);
    connect(m_by, &QComboBox::activated, this, [this] { setBy(m_by->currentData().toString()); });
    connect(m_scope, &QComboBox::activated, this, [this] { setKey(u"scope"_s, m_scope->currentData().toString()); });
    connect(m_column, &QComboBox::editTextChanged, this, [this](const QString &text) {
        if (!m_showing)
            setKey(u"column"_s, text.trimmed());
    });
}

QJsonObject EditorDetection::own() const
{
    if (m_ofTable && m_table < 0)
        return {};
    return draft::detectOf(m_draft.value(m_table, {u"detect"_s}));
}

QJsonObject EditorDetection::effective() const
{
    const QJsonObject mine = own();
    const QJsonObject job = mine.isEmpty() ? draft::detectOf(m_draft.value(JobDraft::job, {u"detect"_s})) : mine;
    return job.isEmpty() ? QJsonObject{{u"by"_s, u"hash"_s}} : job;
}

void EditorDetection::setTable(int table)
{
    m_table = table;
    showDraft();
}

void EditorDetection::setColumns(const QStringList &columns, const QStringList &ofTarget)
{
    m_atTarget->setColumns(ofTarget);
    m_showing = true;
    const QString text = m_column->currentText();
    m_column->clear();
    m_column->addItems(columns);
    m_column->setEditText(text);
    m_showing = false;
}

void EditorDetection::setBy(const QString &by)
{
    if (by == asJob) {
        m_draft.apply(draft::withDetect(m_draft.json(), m_table, {}));
        return;
    }
    const QJsonObject before = effective();
    if (before.value("by"_L1).toString() == by && !own().isEmpty())
        return;
    QJsonObject detect{{u"by"_s, by}};
    if (by != "hash"_L1 && by != "log"_L1)
        detect["column"_L1] = before.value("column"_L1).toString();
    m_draft.apply(draft::withDetect(m_draft.json(), m_table, detect));
}

void EditorDetection::setKey(const QString &key, const QJsonValue &value)
{
    if (m_showing || (m_ofTable && m_table < 0))
        return;
    QJsonObject detect = own();
    if (detect.isEmpty())
        detect = effective();
    if (value.isUndefined())
        detect.remove(key);
    else
        detect[key] = value;
    if (key == "scope"_L1 && value.toString() == "row"_L1)
        detect.remove("overlap"_L1);
    m_draft.apply(draft::withDetect(m_draft.json(), m_table, detect), u"%1:detect.%2"_s.arg(m_table).arg(key));
}

QString EditorDetection::nameOf(const QString &way)
{
    const QMap<QString, QString> ways{{u"hash"_s, tr("Compare all rows")},
                                      {u"timestamp"_s, tr("By a time stamp")},
                                      {u"version"_s, tr("By a version number")},
                                      {u"flag"_s, tr("By a flag")},
                                      {u"log"_s, tr("By a change log")}};
    return ways.value(way, wording::safeText(way, 40));
}

QString EditorDetection::automaticLag() { return tr("automatic: 2s, or 5m where open transactions cannot be seen"); }

void EditorDetection::showDraft()
{
    m_showing = true;
    const QJsonObject mine = own();
    const QJsonObject detect = effective();
    const QString by = detect.value("by"_L1).toString();
    m_by->clear();
    if (m_ofTable) {
        const QJsonObject job = draft::detectOf(m_draft.value(JobDraft::job, {u"detect"_s}));
        m_by->addItem(tr("As the job: %1").arg(nameOf(job.value("by"_L1).toString(u"hash"_s))), asJob);
    }
    for (const QStringList ways = EditorOffers(m_draft).detections(); const QString &way : ways)
        m_by->addItem(nameOf(way), way);
    if (m_by->findData(by) < 0)
        m_by->addItem(nameOf(by), by);
    const bool isOwn = !m_ofTable || !mine.isEmpty();
    m_by->setCurrentIndex(m_by->findData(isOwn ? by : asJob));
    const auto put = [](QLineEdit *edit, const QString &text) {
        if (edit->text().trimmed() != text)
            edit->setText(text);
    };
    const QString column = detect.value("column"_L1).toString();
    if (m_column->currentText().trimmed() != column)
        m_column->setEditText(column);
    put(m_lag, fieldText(detect.value("lag"_L1)));
    put(m_overlap, fieldText(detect.value("overlap"_L1)));
    put(m_pending, draft::scalarText(detect.value("pending"_L1)));
    put(m_done, draft::scalarText(detect.value("done"_L1)));
    m_scope->setCurrentIndex(m_scope->findData(detect.value("scope"_L1).toString(u"table"_s)));
    showRows(detect, isOwn);
    m_showing = false;
}

QString EditorDetection::ofJobAtTarget() const
{
    return draft::targetDetectOf(m_draft.value(JobDraft::job, {u"detect"_s})).value("by"_L1).toString();
}

void EditorDetection::showRows(const QJsonObject &detect, bool isOwn)
{
    const QString by = isOwn ? detect.value("by"_L1).toString() : QString();
    const bool detects = EditorOffers(m_draft).detects();
    const QString said = detect.value("by"_L1).toString(); // what a file says all the same is put right here
    m_form->setRowVisible(m_by, detects || (said != "hash"_L1 && said != "log"_L1));
    m_form->setRowVisible(m_column, isOwn && by != "hash"_L1 && by != "log"_L1);
    m_form->setRowVisible(m_lag, by == "timestamp"_L1);
    const bool ofRows = detect.value("scope"_L1).toString() == "row"_L1;
    const bool twoWay = m_draft.json().value("mode"_L1).toString() == "two-way"_L1; // a counter a row is none of theirs
    m_form->setRowVisible(m_scope, by == "version"_L1 && (!twoWay || ofRows));
    m_form->setRowVisible(m_overlap, by == "version"_L1 && !ofRows);
    m_form->setRowVisible(m_pending, by == "flag"_L1);
    m_form->setRowVisible(m_done, by == "flag"_L1);
    m_atTarget->showDraft(m_ofTable ? m_table : JobDraft::job, twoWay && !by.isEmpty() && by != "hash"_L1);
    const QString way = detects ? said : QString();
    QString note = detects ? tr("Reads both sides whole; finds every difference, whoever made it.")
                           : tr("The messages are the changes: nothing has to be found.");
    if (way == "timestamp"_L1)
        note = tr("Timestamps alone cannot see deleted rows.");
    else if (way == "version"_L1)
        note = tr("Version numbers alone cannot see deleted rows.");
    else if (way == "flag"_L1)
        note = tr("Sets the flag to done at the source: it writes there.");
    else if (way == "log"_L1)
        note = tr("Reads what triggers have logged; tidemark-cli job log installs them.");
    const QString other = isOwn ? QString() : ofJobAtTarget(); // else a field says so
    if (twoWay && !other.isEmpty())
        note += u' ' + tr("At the target: %1.").arg(nameOf(other));
    m_note->setText(note);
}

QWidget *EditorDetection::field(const QString &name) const
{
    auto *found = findChild<QWidget *>(name);
    return found != nullptr && found->isVisibleTo(this) ? found : name.startsWith("detect"_L1) ? m_by : nullptr;
}

} // namespace tidemark
