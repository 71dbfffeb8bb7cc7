// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editortargetdetection.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include "ui/jobs/editordetection.h"
#include "ui/jobs/editorfields.h"
#include "ui/jobs/editorpage.h"
#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

EditorTargetDetection::EditorTargetDetection(JobDraft &draft, QFormLayout &form, QWidget *parent)
    : QObject(parent), m_draft(draft), m_form(form), m_place(JobDraft::job), m_by(new QComboBox(parent)),
      m_column(new QComboBox(parent)), m_lag(line(u"lag"_s, parent)), m_overlap(line(u"overlap"_s, parent))
{
    m_column->setEditable(true);
    m_column->setInsertPolicy(QComboBox::NoInsert);
    m_column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_lag->setPlaceholderText(EditorDetection::automaticLag());
    m_overlap->setPlaceholderText(u"10000"_s);
    addField(u"by"_s, m_by);
    addField(u"column"_s, m_column);
    addField(u"lag"_s, m_lag);
    addField(u"overlap"_s, m_overlap);
    connect(m_by, &QComboBox::activated, this, [this] { setBy(m_by->currentData().toString()); });
    connect(m_column, &QComboBox::editTextChanged, this, [this](const QString &text) {
        if (!m_showing)
            setKey(u"column"_s, text.trimmed());
    });
}

QLineEdit *EditorTargetDetection::line(const QString &key, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    connect(edit, &QLineEdit::textEdited, this, [this, key](const QString &text) {
        bool whole = false;
        const qint64 number = text.trimmed().toLongLong(&whole);
        setKey(key,
               text.isEmpty()                     ? QJsonValue(QJsonValue::Undefined)
                   : key == "overlap"_L1 && whole ? QJsonValue(number)
                                                  : QJsonValue(text.trimmed()));
    });
    connect(edit, &QLineEdit::editingFinished, this, [this] { m_draft.seal(); });
    return edit;
}

void EditorTargetDetection::addField(const QString &key, QWidget *widget)
{
    const QString field = u"detect.target."_s + key;
    widget->setObjectName(field);
    widget->setAccessibleName(problems::fieldLabel(field));
    widget->setMaximumWidth(sheet::widestField);
    m_form.addRow(sheet::label(field, widget, widget->parentWidget()), widget);
}

void EditorTargetDetection::setColumns(const QStringList &columns)
{
    m_showing = true;
    const QString text = m_column->currentText();
    m_column->clear();
    m_column->addItems(columns);
    m_column->setEditText(text);
    m_showing = false;
}

QJsonObject EditorTargetDetection::said() const { return draft::targetDetectOf(m_draft.value(m_place, {u"detect"_s})); }

void EditorTargetDetection::setBy(const QString &by)
{
    const QJsonObject before = said();
    if (before.value("by"_L1).toString() == by)
        return;
    QJsonObject detect;
    if (!by.isEmpty())
        detect["by"_L1] = by;
    if (by == "timestamp"_L1 || by == "version"_L1)
        detect["column"_L1] = before.value("column"_L1).toString();
    m_draft.apply(draft::withTargetDetect(m_draft.json(), m_place, detect));
}

void EditorTargetDetection::setKey(const QString &key, const QJsonValue &value)
{
    QJsonObject detect = said();
    if (m_showing || detect.isEmpty())
        return;
    if (value.isUndefined())
        detect.remove(key);
    else
        detect[key] = value;
    m_draft.apply(draft::withTargetDetect(m_draft.json(), m_place, detect),
                  u"%1:detect.target.%2"_s.arg(m_place).arg(key));
}

void EditorTargetDetection::showDraft(int place, bool offered)
{
    m_showing = true;
    m_place = place;
    const QJsonObject detect = offered ? said() : QJsonObject();
    const QString by = detect.value("by"_L1).toString();
    m_by->clear();
    m_by->addItem(tr("As the source"), QString());
    for (const QString &way : {u"timestamp"_s, u"version"_s})
        m_by->addItem(EditorDetection::nameOf(way), way);
    if (m_by->findData(by) < 0)
        m_by->addItem(EditorDetection::nameOf(by), by);
    m_by->setCurrentIndex(m_by->findData(by));
    const auto put = [](QLineEdit *edit, const QString &text) {
        if (edit->text().trimmed() != text)
            edit->setText(text);
    };
    if (const QString column = detect.value("column"_L1).toString(); m_column->currentText().trimmed() != column)
        m_column->setEditText(column);
    put(m_lag, fieldText(detect.value("lag"_L1)));
    put(m_overlap, fieldText(detect.value("overlap"_L1)));
    m_form.setRowVisible(m_by, offered);
    m_form.setRowVisible(m_column, by == "timestamp"_L1 || by == "version"_L1);
    m_form.setRowVisible(m_lag, by == "timestamp"_L1);
    m_form.setRowVisible(m_overlap, by == "version"_L1);
    m_showing = false;
}

} // namespace tidemark
