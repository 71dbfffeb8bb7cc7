// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorschedule.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDateTime>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTimeZone>
#include <QVBoxLayout>

#include "core/config/jobreader.h"
#include "core/schedule/timetable.h"
#include "ui/jobs/editorfields.h"
#include "ui/jobs/jobdraft.h"
#include "ui/jobs/jobtiming.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int nextCount = 5;
static constexpr std::array dayKeys{"mon"_L1, "tue"_L1, "wed"_L1, "thu"_L1, "fri"_L1, "sat"_L1, "sun"_L1};
static constexpr std::array kindKeys{""_L1, "every"_L1, "daily"_L1, "cron"_L1, "after"_L1};

std::optional<ScheduleSettings> scheduleOf(const QJsonObject &job)
{
    const QJsonValue said = job.value("schedule"_L1);
    if (!said.isObject())
        return std::nullopt;
    JsonReader reader{QString()};
    ScheduleSettings schedule = readSchedule(JsonNode(reader, said, u"schedule"_s));
    if (reader.failed())
        return std::nullopt;
    return schedule;
}

EditorSchedule::EditorSchedule(JobDraft &draft, QWidget *parent)
    : EditorSheet(parent), m_draft(draft), m_fields(new EditorFields(draft, false, this)), m_kind(new QComboBox),
      m_next(sheet::note({}, this)), m_who(sheet::note({}, this))
{
    auto *content = new QWidget(this);
    m_form = sheet::form(content);
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_form->addRow(sheet::heading(tr("When it runs"), content));
    m_kind->setParent(content);
    m_kind->setObjectName(u"scheduleKind"_s);
    m_kind->addItems({tr("When somebody starts it"), tr("Again and again, every …"), tr("On days, at times"),
                      tr("As a cron expression says"), tr("After another job")});
    addRow(u"schedule"_s, m_kind, {});
    connect(m_kind, &QComboBox::activated, this, [this](int at) { choose(static_cast<Kind>(at)); });
    buildTimes(content);
    m_next->setObjectName(u"nextTimes"_s);
    m_next->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_form->addRow(m_next);
    buildRest(content);
    m_who->setObjectName(u"whoRuns"_s);
    m_form->addRow(m_who);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sheet::scrolled(content, this));
}

// kinds: those of the schedule that it belongs to; none: always.
void EditorSchedule::addRow(const QString &field, QWidget *widget, std::initializer_list<Kind> kinds)
{
    QWidget *label = sheet::label(field, widget, m_form->parentWidget());
    if (widget->accessibleName().isEmpty())
        widget->setAccessibleName(problems::fieldLabel(field));
    if (field != "schedule.days"_L1) // seven names in a row
        widget->setMaximumWidth(460);
    m_form->addRow(label, widget);
    m_rows += {label, widget, kinds, field};
}

void EditorSchedule::buildTimes(QWidget *content)
{
    const auto line = [&](const QString &field, const QString &hint) {
        QLineEdit *edit = m_fields->line(field, EditorFields::Kind::Text, {}, content);
        edit->setPlaceholderText(hint);
        return edit;
    };
    addRow(u"schedule.every"_s, line(u"schedule.every"_s, tr("15m, 2h, 1d")), {Every});
    m_times = listLine(u"schedule.daily"_s, tr("08:00, 12:30"), content);
    addRow(u"schedule.daily"_s, m_times, {Daily});
    addRow(u"schedule.days"_s, buildDays(), {Daily});
    QLineEdit *cron = line(u"schedule.cron"_s, u"*/15 8-18 * * mon-fri"_s);
    cron->setFont(theme::data(font()));
    cron->setToolTip(tr("Minute, hour, day of the month, month, weekday"));
    addRow(u"schedule.cron"_s, cron, {Cron});
    m_after = new QComboBox(content);
    m_after->setObjectName(u"schedule.after"_s);
    connect(m_after, &QComboBox::activated, this, [this] {
        m_draft.set(JobDraft::job, {u"schedule"_s, u"after"_s}, m_after->currentText());
    });
    addRow(u"schedule.after"_s, m_after, {After});
}

void EditorSchedule::buildRest(QWidget *content)
{
    m_form->addRow(sheet::heading(tr("Within what"), content));
    m_rows += {m_form->itemAt(m_form->count() - 1)->widget(), nullptr, {Every, Daily, Cron, After}, {}};
    m_windows = listLine(u"schedule.windows"_s, tr("22:00-06:00; nothing: at any time"), content);
    addRow(u"schedule.windows"_s, m_windows, {Every, Daily, Cron});
    m_zone = new QComboBox(content);
    m_zone->setObjectName(u"schedule.zone"_s);
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->addItem(tr("This computer's"), QString());
    const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &zone : zones)
        m_zone->addItem(QString::fromLatin1(zone), QString::fromLatin1(zone));
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    const auto putZone = [this] {
        const QString text = m_zone->currentText().trimmed();
        const bool local = text.isEmpty() || text == m_zone->itemText(0);
        m_draft.set(JobDraft::job, {u"schedule"_s, u"zone"_s}, local ? QJsonValue(QJsonValue::Undefined) : text,
                    u"schedule.zone"_s);
    };
    connect(m_zone, &QComboBox::activated, this, putZone);
    connect(m_zone->lineEdit(), &QLineEdit::textEdited, this, putZone);
    addRow(u"schedule.zone"_s, m_zone, {Every, Daily, Cron});
    const auto always = [](const QString &value) { return [value](const QJsonObject &) { return QJsonValue(value); }; };
    QComboBox *missed = m_fields->choice(u"schedule.missed"_s,
                                         {{tr("Run once, as soon as it can"), u"once"_s}, {tr("Skip them"), u"skip"_s}},
                                         always(u"once"_s), content);
    addRow(u"schedule.missed"_s, missed, {Every, Daily, Cron});
    QComboBox *overlap = m_fields->choice(
        u"schedule.overlap"_s, {{tr("Skip the new one"), u"skip"_s}, {tr("Run once more afterwards"), u"queue"_s}},
        always(u"skip"_s), content);
    addRow(u"schedule.overlap"_s, overlap, {Every, Daily, Cron, After});
    QLineEdit *jitter = m_fields->line(u"schedule.jitter"_s, EditorFields::Kind::Text, {}, content);
    jitter->setPlaceholderText(tr("30s; nothing: on time"));
    addRow(u"schedule.jitter"_s, jitter, {Every, Daily, Cron});
    QLineEdit *alarm = m_fields->line(u"schedule.alarm"_s, EditorFields::Kind::Text, {}, content);
    alarm->setPlaceholderText(tr("1d; nothing: never"));
    addRow(u"schedule.alarm"_s, alarm, {Every, Daily, Cron, After});
}

QWidget *EditorSchedule::buildDays()
{
    auto *days = new QWidget(m_form->parentWidget());
    days->setObjectName(u"schedule.days"_s);
    auto *row = new QHBoxLayout(days);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::gap);
    for (std::size_t day = 0; day < m_days.size(); ++day) {
        auto *box = new QCheckBox(locale().dayName(static_cast<int>(day) + 1, QLocale::ShortFormat), days);
        box->setAccessibleName(locale().dayName(static_cast<int>(day) + 1));
        connect(box, &QCheckBox::clicked, this, &EditorSchedule::putDays);
        row->addWidget(box);
        m_days.at(day) = box;
    }
    row->addStretch();
    days->setFocusProxy(m_days.front());
    return days;
}

// A list of texts in one line.
QLineEdit *EditorSchedule::listLine(const QString &field, const QString &hint, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(field);
    edit->setPlaceholderText(hint);
    connect(edit, &QLineEdit::textEdited, this, [this, field](const QString &text) { putList(field, text); });
    connect(edit, &QLineEdit::editingFinished, this, [this] { m_draft.seal(); });
    return edit;
}

static QJsonArray listOf(const QString &text)
{
    static const QRegularExpression between(u"[,;，；\\s]+"_s);
    QString plain = text;
    plain.replace(u'：', u':').replace(u'–', u'-').replace(QRegularExpression(u"\\s*-\\s*"_s), u"-"_s);
    return QJsonArray::fromStringList(plain.split(between, Qt::SkipEmptyParts));
}

void EditorSchedule::putList(const QString &field, const QString &text)
{
    const QJsonArray list = listOf(text);
    const bool stays = field == "schedule.daily"_L1; // it says what kind of schedule this is
    m_draft.set(JobDraft::job, field.split(u'.'),
                list.isEmpty() && !stays ? QJsonValue(QJsonValue::Undefined) : QJsonValue(list), field);
}

void EditorSchedule::putDays()
{
    QJsonArray days;
    for (std::size_t day = 0; day < m_days.size(); ++day) {
        if (m_days.at(day)->isChecked())
            days += dayKeys.at(day);
    }
    const bool all = days.size() == qsizetype(m_days.size());
    m_draft.set(JobDraft::job, {u"schedule"_s, u"days"_s}, all ? QJsonValue(QJsonValue::Undefined) : QJsonValue(days));
}

EditorSchedule::Kind EditorSchedule::kind() const
{
    const QJsonObject schedule = m_draft.json().value("schedule"_L1).toObject();
    for (const Kind kind : {Every, Daily, Cron, After}) {
        const QJsonValue said = schedule.value(kindKeys.at(kind));
        if (!said.isUndefined() && !said.isNull())
            return kind;
    }
    return schedule.isEmpty() ? None : Every;
}

// What the other kinds can say, too, stays; and what a kind said before comes back with it, so that nobody loses it on
// the way through the list.
void EditorSchedule::choose(Kind kind)
{
    if (kind == this->kind())
        return;
    QJsonObject job = m_draft.json();
    const QJsonObject before = job.value("schedule"_L1).toObject();
    for (auto it = before.begin(); it != before.end(); ++it)
        m_said[it.key()] = it.value();
    QJsonObject schedule = before.isEmpty() ? m_said : before;
    for (const QLatin1StringView key : {"every"_L1, "daily"_L1, "days"_L1, "cron"_L1, "after"_L1})
        schedule.remove(key);
    if (kind == After) {
        for (const QLatin1StringView key : {"windows"_L1, "zone"_L1, "jitter"_L1, "missed"_L1})
            schedule.remove(key);
    }
    if (kind == None) {
        job.remove("schedule"_L1);
    } else {
        schedule[kindKeys.at(kind)] =
            m_said.contains(kindKeys.at(kind)) ? m_said.value(kindKeys.at(kind)) : first(kind);
        if (kind == Daily && m_said.contains("days"_L1))
            schedule["days"_L1] = m_said.value("days"_L1);
        job["schedule"_L1] = schedule;
    }
    m_draft.apply(job);
}

QJsonValue EditorSchedule::first(Kind kind) const
{
    return kind == Every ? QJsonValue(u"1h"_s)
        : kind == Daily  ? QJsonValue(QJsonArray{u"08:00"_s})
        : kind == Cron   ? QJsonValue(u"0 * * * *"_s)
                         : QJsonValue(m_otherJobs.value(0));
}

void EditorSchedule::setOtherJobs(const QStringList &names)
{
    m_otherJobs = names;
    m_otherJobs.sort(Qt::CaseInsensitive);
    showDraft();
}

void EditorSchedule::showDraft()
{
    const Kind now = kind();
    m_kind->setCurrentIndex(now);
    for (const Row &row : std::as_const(m_rows)) {
        const bool shown = row.kinds.isEmpty() || row.kinds.contains(now);
        row.label->setVisible(shown);
        if (row.field)
            row.field->setVisible(shown);
    }
    m_fields->show();
    showLists();
    showNext();
    m_who->setText(now == None
                       ? QString()
                       : tr("Runs while Tidemark is open, also in the tray; the settings let it start at login. "
                            "Without a display tidemark-cli watch does the same. The first run waits until "
                            "somebody has seen what it would write."));
}

void EditorSchedule::showLists()
{
    const QJsonObject schedule = m_draft.json().value("schedule"_L1).toObject();
    const auto show = [](QLineEdit *edit, const QJsonValue &said) {
        QStringList texts;
        const QJsonArray list = said.toArray();
        for (const auto &text : list)
            texts << fieldText(text);
        // What is being typed is not put back under the cursor.
        if (listOf(edit->text()) != list)
            edit->setText(texts.join(u", "_s));
    };
    show(m_times, schedule.value("daily"_L1));
    show(m_windows, schedule.value("windows"_L1));
    const QJsonArray days = schedule.value("days"_L1).toArray();
    for (std::size_t day = 0; day < m_days.size(); ++day)
        m_days.at(day)->setChecked(schedule.value("days"_L1).isUndefined() || days.contains(dayKeys.at(day)));
    const QString zone = schedule.value("zone"_L1).toString();
    const QString zoneText = zone.isEmpty() || zone == "local"_L1 ? m_zone->itemText(0) : zone;
    if (m_zone->currentText() != zoneText && !m_zone->lineEdit()->hasFocus())
        m_zone->setCurrentText(zoneText);
    const QString after = schedule.value("after"_L1).toString();
    QStringList names = m_otherJobs;
    if (!after.isEmpty() && !names.contains(after))
        names << after;
    m_after->clear();
    m_after->addItems(names);
    m_after->setCurrentIndex(static_cast<int>(names.indexOf(after)));
}

void EditorSchedule::showNext()
{
    const std::optional<ScheduleSettings> schedule = scheduleOf(m_draft.json());
    m_next->setVisible(kind() != None);
    if (!schedule)
        return m_next->setText(tr("No next time: see the problem below."));
    if (schedule->by == ScheduleSettings::By::After)
        return m_next->setText(tr("Each time that the other job has completed."));
    const qint64 nowUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    const Timetable times(*schedule, m_draft.json().value("id"_L1).toString());
    QStringList lines;
    const QList<qint64> next = times.next(nowUs, nextCount);
    for (const qint64 us : next)
        lines << timing::dayAndTime(us);
    const QString said = lines.join(tr(", ", "between times"));
    m_next->setText(lines.isEmpty()                ? tr("This never comes within ten years.")
                        : schedule->zone.isEmpty() ? tr("Next: %1").arg(said)
                                                   : tr("Next, by this computer's clock: %1").arg(said));
}

void EditorSchedule::lead(const EditorProblem &problem)
{
    for (const Row &row : std::as_const(m_rows)) {
        if (row.field && row.name == problem.field && row.field->isVisibleTo(this))
            return sheet::focus(row.field);
    }
    sheet::focus(m_kind);
}

} // namespace tidemark
