// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editoractions.h"

#include <array>

#include <QComboBox>
#include <QFormLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/jobs/editorfields.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr std::array whenKeys{"success"_L1, "attention"_L1, "failure"_L1, "always"_L1};
static constexpr std::array secretKeys{""_L1, "keychain"_L1, "env"_L1, "file"_L1};

static QString whenText(const QString &when)
{
    return when == "success"_L1  ? EditorActions::tr("After a run that went well")
        : when == "attention"_L1 ? EditorActions::tr("When somebody is needed")
        : when == "failure"_L1   ? EditorActions::tr("When a run fails")
                                 : EditorActions::tr("After every run");
}

EditorActions::EditorActions(JobDraft &draft, QWidget *parent)
    : EditorSheet(parent), m_draft(draft), m_list(new QListWidget(this))
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(theme::group, theme::gap, theme::group, theme::group);
    column->setSpacing(theme::gap);
    column->addWidget(sheet::heading(tr("What follows a run"), content));
    column->addWidget(sheet::note(
        tr("Carried out by whoever runs the job, in this order. What fails is told, and changes nothing of the run. On "
           "the command line only with --trust."),
        content));
    column->addWidget(buildList(content));
    column->addWidget(buildDetail(content));
    column->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sheet::scrolled(content, this));
}

QWidget *EditorActions::buildList(QWidget *content)
{
    auto *box = new QWidget(content);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    m_list->setObjectName(u"actions"_s);
    m_list->setAccessibleName(tr("What follows a run"));
    m_list->setItemDelegate(new FrameDelegate(m_list));
    m_list->setMinimumHeight(5 * theme::row);
    m_list->setMaximumHeight(8 * theme::row);
    connect(m_list, &QListWidget::currentRowChanged, this, &EditorActions::showDetail);
    column->addWidget(m_list);
    auto *buttons = new FlowLayout;
    const auto button = [&](const QString &name, const QString &text, auto slot) {
        auto *made = new QPushButton(text, box);
        made->setObjectName(name);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, slot);
        buttons->addWidget(made);
        return made;
    };
    button(u"addNotification"_s, tr("Add a &notification"), [this] { add({{u"notify"_s, true}}); });
    button(u"addCommand"_s, tr("Add a c&ommand"), [this] { add({{u"command"_s, QJsonArray{QString()}}}); });
    button(u"addHook"_s, tr("Add a web &hook"), [this] { add({{u"webhook"_s, u"https://"_s}}); });
    m_remove = button(u"removeAction"_s, tr("Re&move"), [this] { remove(); });
    column->addLayout(buttons);
    return box;
}

static QFormLayout *plainForm(QWidget *box)
{
    QFormLayout *form = sheet::form(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    return form;
}

static void addRow(QFormLayout *form, const QString &text, QWidget *field, const QString &name)
{
    auto *label = new QLabel(text, form->parentWidget());
    label->setMinimumHeight(theme::control);
    label->setMinimumWidth(label->fontMetrics().horizontalAdvance(EditorActions::tr("Arguments, one a line")));
    label->setBuddy(field);
    field->setObjectName(name);
    field->setAccessibleName(text);
    field->setMaximumWidth(560);
    form->addRow(label, field);
}

QWidget *EditorActions::buildDetail(QWidget *content)
{
    m_detail = new QWidget(content);
    auto *column = new QVBoxLayout(m_detail);
    column->setContentsMargins(0, theme::gap, 0, 0);
    column->setSpacing(theme::gap);
    auto *top = new QWidget(m_detail);
    QFormLayout *form = plainForm(top);
    m_when = new QComboBox(top);
    for (const QLatin1StringView when : whenKeys)
        m_when->addItem(whenText(when), QString(when));
    addRow(form, tr("When"), m_when, u"actionWhen"_s);
    connect(m_when, &QComboBox::activated, this, [this] { move(m_when->currentData().toString()); });
    column->addWidget(top);
    column->addWidget(m_commandBox = buildCommand(m_detail));
    column->addWidget(m_hookBox = buildHook(m_detail));
    m_timeoutBox = new QWidget(m_detail);
    m_timeout = new QLineEdit(m_timeoutBox);
    addRow(plainForm(m_timeoutBox), tr("Ends after"), m_timeout, u"actionTimeout"_s);
    connect(m_timeout, &QLineEdit::textEdited, this, [this](const QString &text) {
        change(u"timeout"_s, u"timeout"_s, text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text));
    });
    column->addWidget(m_timeoutBox);
    return m_detail;
}

QWidget *EditorActions::buildCommand(QWidget *content)
{
    auto *box = new QWidget(content);
    QFormLayout *form = plainForm(box);
    m_program = new QLineEdit(box);
    m_program->setFont(theme::data(font()));
    m_program->setPlaceholderText(u"notify-send"_s);
    m_arguments = new QPlainTextEdit(box);
    m_arguments->setFont(theme::data(font()));
    m_arguments->setTabChangesFocus(true);
    m_arguments->setMaximumHeight(4 * theme::row);
    addRow(form, tr("Program"), m_program, u"actionProgram"_s);
    addRow(form, tr("Arguments, one a line"), m_arguments, u"actionArguments"_s);
    form->addRow(
        sheet::note(tr("No shell reads them. {report} stands for a file with the run's report as JSON."), box));
    connect(m_program, &QLineEdit::textEdited, this, &EditorActions::putCommand);
    connect(m_arguments, &QPlainTextEdit::textChanged, this, &EditorActions::putCommand);
    return box;
}

QWidget *EditorActions::buildHook(QWidget *content)
{
    auto *box = new QWidget(content);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::gap);
    auto *top = new QWidget(box);
    QFormLayout *form = plainForm(top);
    m_url = new QLineEdit(top);
    m_url->setPlaceholderText(u"https://hooks.example/tidemark"_s);
    m_secretKind = new QComboBox(top);
    m_secretKind->addItems(
        {tr("None: not signed"), tr("Of the keychain"), tr("Of an environment variable"), tr("Of a file")});
    addRow(form, tr("Address"), m_url, u"actionUrl"_s);
    addRow(form, tr("Secret that signs"), m_secretKind, u"actionSecretKind"_s);
    // A form of its own: one that hides and wraps rows writes beyond its data (Qt 6.4).
    m_secretBox = new QWidget(box);
    m_secret = new QLineEdit(m_secretBox);
    addRow(plainForm(m_secretBox), tr("Its name"), m_secret, u"actionSecret"_s);
    column->addWidget(top);
    column->addWidget(m_secretBox);
    column->addWidget(
        sheet::note(tr("The run's report is posted as JSON; with a secret, X-Tidemark-Signature proves where it "
                       "comes from."),
                    box));
    connect(m_url, &QLineEdit::textEdited, this, [this](const QString &text) { change(u"url"_s, u"webhook"_s, text); });
    connect(m_secretKind, &QComboBox::activated, this, &EditorActions::putSecret);
    connect(m_secret, &QLineEdit::textEdited, this, &EditorActions::putSecret);
    return box;
}

QList<EditorActions::Place> EditorActions::places() const
{
    QList<Place> all;
    const QJsonObject said = m_draft.json().value("afterRun"_L1).toObject();
    for (const QLatin1StringView when : whenKeys) {
        const auto count = static_cast<int>(said.value(when).toArray().size());
        for (int index = 0; index < count; ++index)
            all += Place{when, index};
    }
    return all;
}

std::optional<EditorActions::Place> EditorActions::current() const
{
    const QList<Place> all = places();
    const int row = m_list->currentRow();
    return row >= 0 && row < all.size() ? std::optional(all.at(row)) : std::nullopt;
}

QJsonObject EditorActions::at(const Place &place) const
{
    return m_draft.value(JobDraft::job, {u"afterRun"_s, place.when}).toArray().at(place.index).toObject();
}

QString EditorActions::textOf(const QJsonObject &action)
{
    if (action.contains("command"_L1)) {
        QStringList words;
        const QJsonArray command = action.value("command"_L1).toArray();
        for (const auto &word : command)
            words << fieldText(word);
        return tr("runs %1").arg(wording::safeText(words.join(u' '), 120));
    }
    if (action.contains("webhook"_L1))
        return tr("posts the report to %1").arg(wording::safeText(action.value("webhook"_L1).toString(), 120));
    return tr("shows a notification");
}

void EditorActions::add(const QJsonObject &action)
{
    const QString when = current() ? current()->when : u"failure"_s;
    QJsonArray list = m_draft.value(JobDraft::job, {u"afterRun"_s, when}).toArray();
    list += action;
    m_draft.set(JobDraft::job, {u"afterRun"_s, when}, list);
    select({when, static_cast<int>(list.size()) - 1});
    sheet::focus(action.contains("command"_L1)       ? static_cast<QWidget *>(m_program)
                     : action.contains("webhook"_L1) ? static_cast<QWidget *>(m_url)
                                                     : m_when);
}

static QJsonValue listOrNothing(const QJsonArray &list)
{
    return list.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(list);
}

void EditorActions::remove()
{
    const auto place = current();
    if (!place)
        return;
    QJsonArray list = m_draft.value(JobDraft::job, {u"afterRun"_s, place->when}).toArray();
    list.removeAt(place->index);
    m_draft.set(JobDraft::job, {u"afterRun"_s, place->when}, listOrNothing(list));
}

void EditorActions::move(const QString &when)
{
    const auto place = current();
    if (!place || place->when == when)
        return;
    QJsonObject job = m_draft.json();
    QJsonObject said = job.value("afterRun"_L1).toObject();
    QJsonArray from = said.value(place->when).toArray();
    QJsonArray to = said.value(when).toArray();
    to += from.takeAt(place->index);
    if (from.isEmpty())
        said.remove(place->when);
    else
        said[place->when] = from;
    said[when] = to;
    job["afterRun"_L1] = said;
    m_draft.apply(job);
    select({when, static_cast<int>(to.size()) - 1});
}

// field: edits of the same one are one step.
void EditorActions::change(const QString &field, const QString &key, const QJsonValue &value)
{
    const auto place = current();
    if (m_showing || !place)
        return;
    QJsonArray list = m_draft.value(JobDraft::job, {u"afterRun"_s, place->when}).toArray();
    QJsonObject action = list.at(place->index).toObject();
    if (value.isUndefined())
        action.remove(key);
    else
        action[key] = value;
    list[place->index] = action;
    m_draft.set(JobDraft::job, {u"afterRun"_s, place->when}, list,
                u"afterRun.%1.%2.%3"_s.arg(place->when).arg(place->index).arg(field));
}

void EditorActions::putCommand()
{
    QJsonArray words{m_program->text().trimmed()};
    QString text = m_arguments->toPlainText();
    while (text.endsWith(u'\n'))
        text.chop(1);
    if (!text.isEmpty()) {
        const QStringList lines = text.split(u'\n');
        for (const QString &line : lines)
            words += line;
    }
    change(u"command"_s, u"command"_s, words);
}

void EditorActions::putSecret()
{
    const QLatin1StringView kind = secretKeys.at(static_cast<std::size_t>(m_secretKind->currentIndex()));
    change(u"secret"_s, u"secret"_s,
           kind.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(QJsonObject{{kind, m_secret->text()}}));
}

void EditorActions::showDraft()
{
    const int before = m_list->currentRow();
    const QList<Place> all = places();
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (const Place &place : all)
            m_list->addItem(tr("%1: %2", "when: what").arg(whenText(place.when), textOf(at(place))));
        m_list->setCurrentRow(std::min(std::max(before, 0), m_list->count() - 1));
    }
    showDetail();
}

void EditorActions::showDetail()
{
    const auto place = current();
    m_detail->setVisible(place.has_value());
    m_remove->setEnabled(place.has_value());
    if (!place)
        return;
    m_showing = true;
    const QJsonObject action = at(*place);
    m_when->setCurrentIndex(m_when->findData(place->when));
    const QJsonArray command = action.value("command"_L1).toArray();
    const auto put = [](QLineEdit *edit, const QString &text) {
        if (edit->text().trimmed() != text.trimmed() || !edit->hasFocus())
            edit->setText(text);
    };
    put(m_program, fieldText(command.at(0)));
    QStringList arguments;
    for (qsizetype word = 1; word < command.size(); ++word)
        arguments << fieldText(command.at(word));
    if (!m_arguments->hasFocus() && m_arguments->toPlainText() != arguments.join(u'\n'))
        m_arguments->setPlainText(arguments.join(u'\n'));
    put(m_url, action.value("webhook"_L1).toString());
    const QJsonObject secret = action.value("secret"_L1).toObject();
    const QString kind = secret.isEmpty() ? QString() : secret.keys().first();
    const auto found = std::find(secretKeys.cbegin(), secretKeys.cend(), kind);
    m_secretKind->setCurrentIndex(found == secretKeys.cend() ? 0 : static_cast<int>(found - secretKeys.cbegin()));
    m_secretBox->setVisible(m_secretKind->currentIndex() > 0);
    put(m_secret, secret.value(kind).toString());
    put(m_timeout, fieldText(action.value("timeout"_L1)));
    const bool isCommand = action.contains("command"_L1);
    const bool isHook = action.contains("webhook"_L1);
    m_timeout->setPlaceholderText(isHook ? u"10s"_s : u"1m"_s);
    m_commandBox->setVisible(isCommand);
    m_hookBox->setVisible(isHook);
    m_timeoutBox->setVisible(isCommand || isHook);
    m_showing = false;
}

void EditorActions::select(const Place &place) { m_list->setCurrentRow(static_cast<int>(places().indexOf(place))); }

// problem.code: "failure.0", where the file says it.
void EditorActions::lead(const EditorProblem &problem)
{
    select({problem.code.section(u'.', 0, 0), problem.code.section(u'.', 1, 1).toInt()});
    QWidget *field = m_commandBox->isVisibleTo(this) ? static_cast<QWidget *>(m_program)
        : m_hookBox->isVisibleTo(this)               ? static_cast<QWidget *>(m_url)
                                                     : m_list;
    sheet::focus(field);
}

} // namespace tidemark
