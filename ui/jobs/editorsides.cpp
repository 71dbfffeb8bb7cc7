// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorsides.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QToolButton>

#include "app/wording/wording.h"
#include "ui/connections/connectiondialog.h"
#include "ui/jobs/editorfields.h"
#include "ui/jobs/editormode.h"
#include "ui/jobs/editoroffers.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

// Data of the entries of a side that are no connection's name.
static const QString makeNew = u"\u0001new"_s;
static const QString inTheFile = u"\u0001file"_s;

EditorSides::EditorSides(std::shared_ptr<Desk> desk, JobDraft &draft, QWidget *parent)
    : EditorSheet(parent), m_desk(std::move(desk)), m_draft(draft), m_fields(new EditorFields(draft, false, this)),
      m_source(new QComboBox), m_target(new QComboBox), m_sourcePlace(sheet::note({}, this)),
      m_targetPlace(sheet::note({}, this)),
      m_update(new EditorMode(EditorMode::Picture::AddAndUpdate, tr("&Add and update"),
                              tr("Adds rows that the target lacks and updates those that differ. Never deletes."))),
      m_mirror(new EditorMode(EditorMode::Picture::MakeIdentical, tr("Make &identical"),
                              tr("Makes the target equal to the source: also deletes rows missing in the source."))),
      m_twoWay(new EditorMode(EditorMode::Picture::TwoWay, tr("T&wo-way"),
                              tr("Each side gets what changed at the other, deletes too. Where both changed a row, you "
                                 "say what decides."))),
      m_oneWay(sheet::note({}, this)), m_kept(sheet::note({}, this))
{
    auto *content = new QWidget(this);
    m_form = sheet::form(content);
    buildSides();
    buildModes();
    buildNames();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sheet::scrolled(content, this));
}

void EditorSides::buildSides()
{
    auto *sides = new QWidget(this);
    auto *grid = new QGridLayout(sides);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(2, 1);
    m_source->setObjectName(u"source"_s);
    m_target->setObjectName(u"target"_s);
    m_source->setAccessibleName(tr("Source"));
    m_target->setAccessibleName(tr("Target"));
    auto *swap = new QToolButton(sides);
    swap->setObjectName(u"swap"_s);
    swap->setIcon(signs::icon(u"swap"_s));
    swap->setToolTip(tr("Swap source and target"));
    swap->setAccessibleName(tr("Swap source and target"));
    swap->setMinimumSize(theme::control, theme::control);
    auto *from = new QLabel(tr("S&ource"), sides);
    auto *to = new QLabel(tr("&Target"), sides);
    from->setBuddy(m_source);
    to->setBuddy(m_target);
    grid->addWidget(from, 0, 0);
    grid->addWidget(to, 0, 2);
    grid->addWidget(m_source, 1, 0);
    grid->addWidget(swap, 1, 1);
    grid->addWidget(m_target, 1, 2);
    grid->addWidget(m_sourcePlace, 2, 0);
    grid->addWidget(m_targetPlace, 2, 2);
    m_form->addRow(sheet::heading(tr("Sides"), this));
    m_form->addRow(sides);
    connect(swap, &QToolButton::clicked, this, [this] { m_draft.apply(draft::swapped(m_draft.json())); });
    for (QComboBox *box : {m_source, m_target}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setPlaceholderText(tr("Choose a connection"));
        connect(box, &QComboBox::activated, this, [this, box] { chosen(box, box->objectName()); });
    }
}

void EditorSides::buildModes()
{
    m_update->setObjectName(u"modeUpdate"_s);
    m_mirror->setObjectName(u"modeMirror"_s);
    auto *modes = new QWidget(this);
    m_twoWay->setObjectName(u"modeTwoWay"_s);
    auto *grid = new QGridLayout(modes);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_update, 0, 0);
    grid->addWidget(m_mirror, 0, 1);
    grid->addWidget(m_twoWay, 1, 0);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    m_form->addRow(sheet::heading(tr("Mode"), this));
    m_form->addRow(modes);
    m_oneWay->setObjectName(u"modeNote"_s);
    m_form->addRow(m_oneWay);
    m_kept->setObjectName(u"modeSize"_s);
    m_form->addRow(m_kept);
    connect(m_update, &QAbstractButton::clicked, this,
            [this] { m_draft.apply(draft::withMode(m_draft.json(), u"update"_s)); });
    connect(m_mirror, &QAbstractButton::clicked, this,
            [this] { m_draft.apply(draft::withMode(m_draft.json(), u"mirror"_s)); });
    connect(m_twoWay, &QAbstractButton::clicked, this,
            [this] { m_draft.apply(draft::withMode(m_draft.json(), u"two-way"_s)); });
}

void EditorSides::buildNames()
{
    using Kind = EditorFields::Kind;
    m_form->addRow(sheet::heading(tr("Job"), this));
    m_name = m_fields->line(u"name"_s, Kind::Text, {}, this);
    auto *description = m_fields->line(u"description"_s, Kind::Text, {}, this);
    description->setPlaceholderText(tr("What it is for (optional)"));
    auto *enabled = m_fields->yesNo(u"enabled"_s, tr("&Enabled"), true, this);
    auto *name = new QLabel(tr("&Name"), this);
    name->setBuddy(m_name);
    auto *about = new QLabel(tr("&Description"), this);
    about->setBuddy(description);
    for (QLabel *label : {name, about})
        label->setMinimumHeight(theme::control); // in line with its field
    m_form->addRow(name, m_name);
    m_form->addRow(about, description);
    m_form->addRow({}, enabled);
}

void EditorSides::setConnections(const QList<ConnectionSettings> &connections)
{
    m_connections = connections;
    m_draft.setConnections(connections);
    showDraft();
}

void EditorSides::setKeptSize(const KeptSize &size)
{
    m_keptSize = size;
    showKeptSize();
}

// Said before the mode is chosen: it is the one that copies rows to this machine.
void EditorSides::showKeptSize()
{
    const bool twoWay = m_draft.value(JobDraft::job, {u"mode"_s}).toString() == "two-way"_L1;
    const QString size = format::bytes(m_keptSize.bytes);
    const QString rows = format::count(m_keptSize.rows);
    m_kept->setVisible(m_keptSize.rows > 0);
    m_kept->setText(twoWay ? tr("About %1 are kept on this machine: what the %2 rows were when both sides were last in "
                                "step. Under Tables, Kept, each table can keep fingerprints alone.")
                                 .arg(size, rows)
                           : tr("Two-way would keep about %1 on this machine: what the %2 rows were when both sides "
                                "were last in step.")
                                 .arg(size, rows));
}

// What cannot be chosen is there to be seen, with the reason.
static void disable(QComboBox &box, int entry, const QString &why)
{
    auto *model = qobject_cast<QStandardItemModel *>(box.model());
    QStandardItem *item = model != nullptr ? model->item(entry) : nullptr;
    if (item == nullptr)
        return;
    item->setEnabled(false);
    item->setToolTip(format::toolTip(why));
    item->setData(why, Qt::AccessibleDescriptionRole);
}

// As far as it is known; a database where nothing is.
ConnectionSettings EditorSides::sideOf(const QString &key) const
{
    const QJsonValue side = m_draft.value(JobDraft::job, {key});
    for (const ConnectionSettings &connection : std::as_const(m_connections)) {
        if (side.isString() && connection.name == side.toString())
            return connection;
    }
    ConnectionSettings known;
    known.driver = m_draft.driver(key).value_or(Driver::Sqlite);
    return connectionFromJson(side.toObject(), {}, {}, u"/"_s).value_or(known);
}

void EditorSides::showSide(QComboBox *box, const QString &key)
{
    const QJsonValue side = m_draft.value(JobDraft::job, {key});
    box->clear();
    for (const ConnectionSettings &connection : std::as_const(m_connections)) {
        const QString sign = isSql(connection.driver) ? u"database"_s : u"driver-"_s + driverName(connection.driver);
        box->addItem(signs::icon(sign), wording::safeText(connection.name, 80), connection.name);
        const QString why = box == m_source ? EditorOffers::whyNoSource(connection, sideOf(u"target"_s))
                                            : EditorOffers::whyNoTarget(sideOf(u"source"_s), connection);
        if (!why.isEmpty())
            disable(*box, box->count() - 1, why);
    }
    const QString name = side.toString();
    if (side.isObject())
        box->addItem(signs::icon(u"database"_s), tr("As written in the file"), inTheFile);
    else if (!name.isEmpty() && box->findData(name) < 0)
        box->addItem(signs::icon(u"warning"_s, theme::Token::Warning), wording::safeText(name, 80), name);
    box->addItem(signs::icon(u"insert"_s), tr("New connection…"), makeNew);
    box->setCurrentIndex(side.isObject() ? box->findData(inTheFile) : name.isEmpty() ? -1 : box->findData(name));
}

void EditorSides::chosen(QComboBox *box, const QString &key)
{
    const QString data = box->currentData().toString();
    if (data == makeNew)
        newConnection(key);
    else if (data != inTheFile)
        setSide(key, data);
    showDraft(); // also where nothing was chosen in the end
}

static QString suggestedName(const QJsonObject &job)
{
    const QString source = job.value("source"_L1).toString();
    const QString target = job.value("target"_L1).toString();
    return source.isEmpty() || target.isEmpty() ? QString() : QString(source + u" → "_s + target);
}

// A job that nobody has named yet is called after its sides.
void EditorSides::setSide(const QString &key, const QString &connection)
{
    QJsonObject job = m_draft.json();
    const QString name = job.value("name"_L1).toString();
    const bool isOurs = name.isEmpty() || (!job.contains("id"_L1) && name == suggestedName(job));
    job[key] = connection;
    if (isOurs && !suggestedName(job).isEmpty())
        job["name"_L1] = suggestedName(job);
    m_draft.apply(job);
}

void EditorSides::newConnection(const QString &key)
{
    QStringList taken;
    for (const ConnectionSettings &connection : std::as_const(m_connections))
        taken << connection.name;
    auto *dialog = new ConnectionDialog(m_desk, {}, taken, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->saveHere(true);
    connect(dialog, &QDialog::accepted, this, [this, dialog, key] {
        const ConnectionSettings made = dialog->settings();
        Q_EMIT connectionMade(made);
        setSide(key, made.name);
    });
    dialog->open();
}

void EditorSides::showPlaces()
{
    const auto place = [this](const QString &key) {
        const QString name = m_draft.value(JobDraft::job, {key}).toString();
        for (const ConnectionSettings &connection : std::as_const(m_connections)) {
            if (connection.name != name)
                continue;
            const QString where = isSql(connection.driver) && connection.driver != Driver::Sqlite
                ? QString(connection.host + u'/' + connection.database)
                : placeOf(connection);
            const QString shown = wording::safeText(where, 60);
            if (connection.production)
                return tr("%1 · PRODUCTION").arg(shown);
            return connection.readOnly ? tr("%1 · read-only").arg(shown) : shown;
        }
        return QString();
    };
    const ConnectionSettings source = sideOf(u"source"_s), target = sideOf(u"target"_s);
    const QString noTarget = EditorOffers::whyNoTarget(source, target);
    const QString noSource = noTarget.isEmpty() ? EditorOffers::whyNoSource(source, target) : QString();
    for (const auto &[label, box, why, key] : {std::tuple(m_sourcePlace, m_source, noSource, u"source"_s),
                                               std::tuple(m_targetPlace, m_target, noTarget, u"target"_s)}) {
        label->setText(why.isEmpty() ? place(key) : why);
        box->setAccessibleDescription(label->text());
    }
}

void EditorSides::showDraft()
{
    m_fields->show();
    showSide(m_source, u"source"_s);
    showSide(m_target, u"target"_s);
    showPlaces();
    showKeptSize();
    const QString mode = m_draft.value(JobDraft::job, {u"mode"_s}).toString();
    for (EditorMode *card : {m_update, m_mirror, m_twoWay})
        card->setAutoExclusive(false);
    m_update->setChecked(mode == "update"_L1);
    m_mirror->setChecked(mode == "mirror"_L1);
    m_twoWay->setChecked(mode == "two-way"_L1);
    const QString oneWay = EditorOffers(m_draft).whyNotTwoWay();
    m_twoWay->setEnabled(oneWay.isEmpty() || mode == "two-way"_L1); // a file may say so: that is a problem
    m_twoWay->setToolTip(format::toolTip(oneWay));
    m_oneWay->setText(oneWay);
    m_oneWay->setVisible(!oneWay.isEmpty());
    for (EditorMode *card : {m_update, m_mirror, m_twoWay})
        card->setAutoExclusive(true);
}

void EditorSides::lead(const EditorProblem &problem)
{
    const QString field = problem.field.section(u'.', 0, 0);
    if (field == "source"_L1)
        sheet::focus(m_source);
    else if (field == "target"_L1)
        sheet::focus(m_target);
    else if (field == "mode"_L1)
        sheet::focus(m_update);
    else
        sheet::focus(m_fields->widget(problem.field) != nullptr ? m_fields->widget(problem.field) : m_name);
}

} // namespace tidemark
