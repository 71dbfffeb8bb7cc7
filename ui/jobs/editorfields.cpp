// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorfields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>

#include "app/wording/wording.h"
#include "ui/jobs/editorproblems.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString fieldText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isUndefined() || value.isNull())
        return {};
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

EditorFields::EditorFields(JobDraft &draft, bool ofTable, QObject *parent)
    : QObject(parent), m_draft(draft), m_ofTable(ofTable)
{ }

void EditorFields::setTable(int table)
{
    m_table = table;
    show();
}

void EditorFields::add(const QString &field, const Bound &bound)
{
    bound.widget->setObjectName(field);
    if (bound.widget->accessibleName().isEmpty())
        bound.widget->setAccessibleName(problems::fieldLabel(field));
    m_fields.insert(field, bound);
}

QJsonValue EditorFields::own(const QString &field) const
{
    if (m_ofTable && m_table == JobDraft::job)
        return QJsonValue::Undefined;
    return m_draft.value(m_table, field.split(u'.'));
}

QJsonValue EditorFields::ofJob(const QString &field) const
{
    const Bound &bound = *m_fields.constFind(field);
    const bool asks = !m_ofTable || inherits(bound);
    const QJsonValue said = asks ? m_draft.value(JobDraft::job, field.split(u'.')) : QJsonValue(QJsonValue::Undefined);
    return said.isUndefined() && bound.byDefault ? bound.byDefault(m_draft.json()) : said;
}

void EditorFields::put(const QString &field, const QJsonValue &value, bool merges)
{
    if (m_showing || (m_ofTable && m_table == JobDraft::job))
        return;
    m_draft.set(m_table, field.split(u'.'), value, merges ? u"%1:%2"_s.arg(m_table).arg(field) : QString());
}

QComboBox *EditorFields::choice(const QString &field, const QList<Choice> &choices, const Default &byDefault,
                                QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(m_ofTable ? 25 : 12);
    add(field, {box, choices, Kind::Text, byDefault});
    connect(box, &QComboBox::activated, this, [this, box, field] {
        const int at = box->currentData().toInt();
        const QList<Choice> &all = m_fields.constFind(field)->choices;
        const bool stays = at >= 0 && at < all.size() && all.at(at).value.isObject() && own(field).isObject();
        if (at < all.size() && !stays) // else: what the file says and this version does not know
            put(field, at < 0 ? QJsonValue(QJsonValue::Undefined) : all.at(at).value, false);
    });
    return box;
}

QWidget *EditorFields::yesNo(const QString &field, const QString &text, bool byDefault, QWidget *parent)
{
    const Default always = [byDefault](const QJsonObject &) { return QJsonValue(byDefault); };
    if (m_ofTable)
        return choice(field, {{tr("Yes"), true}, {tr("No"), false}}, always, parent);
    auto *tick = new QCheckBox(text, parent);
    tick->setAccessibleName(text);
    add(field, {tick, {}, Kind::Text, always});
    connect(tick, &QCheckBox::clicked, this, [this, field](bool on) { put(field, on, false); });
    return tick;
}

QLineEdit *EditorFields::line(const QString &field, Kind kind, const QString &byDefault, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    add(field, {edit, {}, kind, [byDefault](const QJsonObject &) { return QJsonValue(byDefault); }});
    connect(edit, &QLineEdit::textEdited, this, [this, field, kind](const QString &text) {
        const QString typed = kind == Kind::Text ? text : text.trimmed();
        bool isNumber = false;
        QJsonValue value = typed;
        if (typed.isEmpty())
            value = QJsonValue(QJsonValue::Undefined);
        else if (kind == Kind::Scalar)
            value = draft::scalarOf(typed.trimmed());
        else if (const qint64 whole = typed.toLongLong(&isNumber); kind != Kind::Text && isNumber)
            value = whole;
        else if (const double number = typed.toDouble(&isNumber); kind == Kind::Number && isNumber)
            value = number;
        put(field, value, true);
    });
    connect(edit, &QLineEdit::editingFinished, this, [this] { m_draft.seal(); });
    return edit;
}

void EditorFields::show()
{
    m_showing = true;
    for (auto field = m_fields.cbegin(); field != m_fields.cend(); ++field) {
        if (qobject_cast<QComboBox *>(field->widget))
            showChoice(field.key(), *field);
        else if (qobject_cast<QCheckBox *>(field->widget))
            showTick(field.key(), *field);
        else
            showLine(field.key(), *field);
    }
    m_showing = false;
}

void EditorFields::showChoice(const QString &field, const Bound &bound)
{
    auto *box = qobject_cast<QComboBox *>(bound.widget);
    const auto indexOf = [&](const QJsonValue &value) {
        for (int i = 0; i < bound.choices.size(); ++i) {
            const QJsonValue &choice = bound.choices.at(i).value;
            if (choice == value || (choice.isObject() && value.isObject()))
                return i;
        }
        return -1;
    };
    const auto textOf = [&](const QJsonValue &value) {
        const int at = indexOf(value);
        return at >= 0 ? bound.choices.at(at).text : wording::safeText(fieldText(value), 40);
    };
    box->clear();
    if (inherits(bound))
        box->addItem(tr("As the job: %1").arg(textOf(ofJob(field))), -1);
    for (int i = 0; i < bound.choices.size(); ++i)
        box->addItem(bound.choices.at(i).text, i);
    const QJsonValue said = own(field);
    const bool known = said.isUndefined() || indexOf(said) >= 0;
    if (!known)
        box->addItem(textOf(said), static_cast<int>(bound.choices.size()));
    const int wanted = said.isUndefined() ? (inherits(bound) ? -1 : indexOf(ofJob(field)))
        : known                           ? indexOf(said)
                                          : static_cast<int>(bound.choices.size());
    box->setCurrentIndex(box->findData(wanted));
    box->setToolTip(box->currentText());
}

void EditorFields::showTick(const QString &field, const Bound &bound)
{
    const QJsonValue said = own(field);
    qobject_cast<QCheckBox *>(bound.widget)->setChecked((said.isBool() ? said : ofJob(field)).toBool());
}

void EditorFields::showLine(const QString &field, const Bound &bound)
{
    auto *edit = qobject_cast<QLineEdit *>(bound.widget);
    const QString text = fieldText(own(field));
    // What is being typed is not put back under the cursor.
    const bool same = bound.kind == Kind::Text ? edit->text() == text : edit->text().trimmed() == text;
    const bool sameNumber = edit->hasFocus() && bound.kind == Kind::Number && !text.isEmpty()
        && edit->text().trimmed().toDouble() == text.toDouble();
    if (!same && !sameNumber)
        edit->setText(text);
    const QString otherwise = fieldText(inherits(bound) ? ofJob(field) : bound.byDefault(m_draft.json()));
    if (!otherwise.isEmpty())
        edit->setPlaceholderText(inherits(bound) ? tr("as the job: %1").arg(wording::safeText(otherwise, 40))
                                                 : otherwise);
}

void EditorFields::setChoices(const QString &field, const QList<Choice> &choices)
{
    if (const auto found = m_fields.find(field); found != m_fields.end())
        found->choices = choices;
}

void EditorFields::setSuggestions(const QString &field, const QStringList &words)
{
    auto *edit = qobject_cast<QLineEdit *>(widget(field));
    if (edit == nullptr || (edit->completer() && edit->property("words").toStringList() == words))
        return;
    auto *completer = new QCompleter(words, edit);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), edit, &QLineEdit::textEdited);
    delete edit->completer();
    edit->setCompleter(completer);
    edit->setProperty("words", words);
}

void EditorFields::setOwnAlone(const QString &field)
{
    if (const auto found = m_fields.find(field); found != m_fields.end())
        found->ownAlone = true;
}

QWidget *EditorFields::widget(const QString &field) const
{
    const auto found = m_fields.constFind(field);
    return found == m_fields.constEnd() ? nullptr : found->widget;
}

} // namespace tidemark
