// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>

#include "app/wording/wording.h"
#include "ui/connections/connectiondialog.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/background.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

JobDialog::JobDialog(std::shared_ptr<Desk> desk, const QString &file, QStringList takenNames, QWidget *parent)
    : QDialog(parent), m_desk(std::move(desk)), m_file(file), m_takenNames(std::move(takenNames)),
      m_form(new QFormLayout), m_name(new QLineEdit(this)), m_nameNote(new QLabel(this)), m_source(new QComboBox(this)),
      m_target(new QComboBox(this)), m_sidesNote(new QLabel(this)), m_update(new QRadioButton(this)),
      m_mirror(new QRadioButton(this)), m_all(new QRadioButton(this)), m_some(new QRadioButton(this)),
      m_tables(new QListWidget(this)), m_tablesNote(new QLabel(this)), m_detect(new QComboBox(this)),
      m_column(new QComboBox(this)), m_lag(new QLineEdit(this)), m_scope(new QComboBox(this)),
      m_pending(new QLineEdit(this)), m_done(new QLineEdit(this)), m_detectNote(new QLabel(this)),
      m_where(new QLineEdit(this)), m_create(new QCheckBox(this)), m_transaction(new QComboBox(this)),
      m_error(new QLabel(this)), m_save(new AccentButton(tr("Save"), this))
{
    setObjectName(u"jobDialog"_s);
    m_name->setObjectName(u"name"_s);
    m_source->setObjectName(u"source"_s);
    m_target->setObjectName(u"target"_s);
    setWindowTitle(file.isEmpty() ? tr("New job") : tr("Edit job"));
    resize(680, 700);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->addRow(tr("&Name:"), note(m_name, m_nameNote));
    buildSides();
    buildTables();
    buildDetection();
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->hide();
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &JobDialog::save);
    m_save->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(m_form, 1);
    layout->addWidget(m_error);
    layout->addLayout(buttons);
    load();
}

JobDialog::~JobDialog()
{
    if (m_reading)
        m_reading->cancel();
}

void JobDialog::load()
{
    struct Loaded
    {
        Result<QList<ConnectionSettings>> connections;
        Result<QJsonObject> job;
    };
    setEnabled(false);
    inBackground(
        this,
        [desk = m_desk, file = m_file]() -> Loaded {
            Loaded loaded{desk->workspace().connections(), QJsonObject()};
            if (!file.isEmpty()) {
                QFile json(file);
                if (json.open(QIODevice::ReadOnly))
                    loaded.job = QJsonDocument::fromJson(json.readAll()).object();
                else
                    loaded.job = fail(Error{ErrorCode::FileUnreadable, {}, json.errorString()}.with(Fact::File, file));
            }
            return loaded;
        },
        [this](const Loaded &loaded) {
            setEnabled(true);
            if (loaded.connections)
                showConnections(*loaded.connections);
            if (loaded.job)
                m_base = *loaded.job;
            const JobDraft draft = draftOf(m_base);
            m_nameBefore = draft.name;
            fill(m_base.isEmpty() ? JobDraft() : draft);
            if (!loaded.connections || !loaded.job) {
                m_error->setText(
                    wording::oneLine(!loaded.connections ? loaded.connections.error() : loaded.job.error()));
                m_error->show();
            }
            m_name->setFocus();
        });
}

void JobDialog::fill(const JobDraft &draft)
{
    m_loaded = draft;
    m_name->setText(draft.name);
    m_source->setCurrentIndex(m_source->findData(draft.source));
    m_target->setCurrentIndex(m_target->findData(draft.target));
    (draft.mirror ? m_mirror : m_update)->setChecked(true);
    (draft.allTables ? m_all : m_some)->setChecked(true);
    m_detect->setCurrentIndex(m_detect->findData(draft.detectBy));
    m_column->setEditText(draft.column);
    m_lag->setText(draft.lag);
    m_scope->setCurrentIndex(m_scope->findData(draft.scope));
    m_pending->setText(draft.pending);
    m_done->setText(draft.done);
    m_where->setText(draft.where);
    // A filter a side is kept as it is in the file; one line cannot show it.
    m_where->setEnabled(!m_base.value("where"_L1).isObject());
    m_create->setChecked(draft.create);
    m_transaction->setCurrentIndex(m_transaction->findData(draft.transaction));
    validate();
    readTables();
}

void JobDialog::showConnections(const QList<ConnectionSettings> &connections)
{
    m_connections = connections;
    for (QComboBox *side : {m_source, m_target}) {
        const QString before = side->currentData().toString();
        side->clear();
        for (const ConnectionSettings &connection : connections)
            side->addItem(signs::icon(u"database"_s), connection.name, connection.name);
        side->addItem(signs::icon(u"insert"_s), tr("New connection…"), u"+"_s);
        side->setPlaceholderText(tr("Choose a connection"));
        side->setCurrentIndex(before.isEmpty() ? -1 : side->findData(before));
    }
}

void JobDialog::newConnection(QComboBox *field)
{
    field->setCurrentIndex(-1);
    QStringList taken;
    for (const ConnectionSettings &connection : std::as_const(m_connections))
        taken << connection.name;
    auto *dialog = new ConnectionDialog(m_desk, {}, taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, field] {
        const ConnectionSettings made = dialog->settings();
        inBackground(
            this, [desk = m_desk, made] { return desk->workspace().saveConnection(made); },
            [this, field, made](const Result<void> &saved) {
                m_error->setVisible(!saved);
                if (!saved) {
                    m_error->setText(wording::oneLine(saved.error()));
                    return;
                }
                showConnections(m_connections << made);
                field->setCurrentIndex(field->findData(made.name));
                validate();
                readTables();
            });
    });
    dialog->open();
}

void JobDialog::swapSides()
{
    const int source = m_source->currentIndex();
    m_source->setCurrentIndex(m_target->currentIndex());
    m_target->setCurrentIndex(source);
    validate();
    readTables();
}

void JobDialog::readTables()
{
    const JobDraft now = draft();
    const QString sides = now.source + u'\n' + now.target;
    if (now.source.isEmpty() || now.target.isEmpty() || now.source == now.target || sides == m_catalogSides)
        return;
    m_catalogSides = sides;
    const auto settingsOf = [this](const QString &name) {
        for (const ConnectionSettings &connection : std::as_const(m_connections)) {
            if (connection.name == name)
                return connection;
        }
        return ConnectionSettings();
    };
    if (m_reading)
        m_reading->cancel();
    m_reading = std::make_shared<Cancellation>();
    m_tablesNote->setText(tr("Reading the tables…"));
    m_tablesNote->show();
    inBackground(
        this,
        [desk = m_desk, cancellation = m_reading, source = settingsOf(now.source), target = settingsOf(now.target)] {
            return readCatalog(desk->connector(), source, target, *cancellation);
        },
        [this, reading = m_reading](const Result<TableCatalog> &catalog) {
            if (reading != m_reading)
                return;
            m_reading.reset();
            if (catalog) {
                showCatalog(*catalog);
                return;
            }
            m_catalogSides.clear();
            m_tablesNote->setText(wording::oneLine(catalog.error()));
        });
}

void JobDialog::showCatalog(const TableCatalog &catalog)
{
    const JobDraft before = m_tables->count() > 0 ? draft() : m_loaded;
    m_catalog = catalog;
    m_tables->clear();
    int unmatched = 0;
    QStringList known;
    for (const CatalogTable &table : catalog.tables) {
        const bool usable = table.target || m_create->isChecked();
        unmatched += usable ? 0 : 1;
        known << table.name;
        QString text = table.name;
        if (table.target && *table.target != table.name)
            text += u" → "_s + *table.target;
        if (!table.target)
            text += u"  ·  "_s + (usable ? tr("will be created") : tr("not at the target"));
        if (!table.hasKey)
            text += u"  ·  "_s + tr("no key");
        auto *item = new QListWidgetItem(text, m_tables);
        item->setData(Qt::UserRole, table.name);
        if (!usable)
            item->setFlags(Qt::NoItemFlags);
        const bool wanted = before.tables.contains(table.name) || (before.tables.isEmpty() && usable && table.hasKey);
        item->setCheckState(usable && wanted ? Qt::Checked : Qt::Unchecked);
    }
    for (const QString &table : before.tables) {
        if (known.contains(table))
            continue;
        auto *item = new QListWidgetItem(table + u"  ·  "_s + tr("not at the source"), m_tables);
        item->setData(Qt::UserRole, table);
        item->setCheckState(Qt::Checked);
    }
    showColumns();
    validate();
    if (m_tablesNote->isHidden() && unmatched > 0) {
        m_tablesNote->setText(tr("%1 tables of the source are not at the target.").arg(unmatched));
        m_tablesNote->show();
    }
}

void JobDialog::showColumns()
{
    const JobDraft now = draft();
    const QString text = m_column->currentText();
    QStringList columns;
    for (const CatalogTable &table : std::as_const(m_catalog.tables)) {
        if (!now.allTables && !now.tables.contains(table.name))
            continue;
        for (const QString &column : table.columns) {
            if (!columns.contains(column))
                columns << column;
        }
    }
    const QSignalBlocker blocker(m_column);
    m_column->clear();
    m_column->addItems(columns);
    m_column->setEditText(text);
}

void JobDialog::showDetection()
{
    const QString by = m_detect->currentData().toString();
    m_form->setRowVisible(m_column, by != "hash"_L1);
    m_form->setRowVisible(m_lag, by == "timestamp"_L1);
    m_form->setRowVisible(m_scope, by == "version"_L1);
    m_form->setRowVisible(m_pending, by == "flag"_L1);
    m_form->setRowVisible(m_done, by == "flag"_L1);
    validate();
}

JobDraft JobDialog::draft() const
{
    JobDraft draft;
    const auto sideOf = [](const QComboBox *side) {
        const QString name = side->currentData().toString();
        return name == "+"_L1 ? QString() : name;
    };
    draft.name = m_name->text().trimmed();
    draft.source = sideOf(m_source);
    draft.target = sideOf(m_target);
    draft.mirror = m_mirror->isChecked();
    draft.allTables = m_all->isChecked();
    if (m_tables->count() == 0)
        draft.tables = m_loaded.tables;
    for (int row = 0; row < m_tables->count(); ++row) {
        if (m_tables->item(row)->checkState() == Qt::Checked)
            draft.tables << m_tables->item(row)->data(Qt::UserRole).toString();
    }
    draft.detectBy = m_detect->currentData().toString();
    draft.column = m_column->currentText().trimmed();
    draft.lag = m_lag->text().trimmed();
    draft.scope = m_scope->currentData().toString();
    draft.pending = m_pending->text();
    draft.done = m_done->text();
    draft.where = m_where->text();
    draft.create = m_create->isChecked();
    draft.transaction = m_transaction->currentData().toString();
    return draft;
}

void JobDialog::validate()
{
    JobDraft now = draft();
    // The sides of a file may be written out in it instead of named; they stay so unless others are chosen.
    if (now.source.isEmpty() && m_base.value("source"_L1).isObject())
        now.source = u"{source}"_s;
    if (now.target.isEmpty() && m_base.value("target"_L1).isObject())
        now.target = u"{target}"_s;
    const QList<DraftProblem> found = problems(now, m_takenNames);
    const auto show = [&](QLabel *label, const QList<std::pair<DraftProblem, QString>> &texts) {
        QString text;
        for (const auto &[problem, words] : texts) {
            if (found.contains(problem))
                text = words;
        }
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    QList<std::pair<DraftProblem, QString>> names{
        {DraftProblem::NameTaken, tr("There is a job with this name already.")}};
    if (m_touched)
        names << std::pair(DraftProblem::NameMissing, tr("The job needs a name."));
    show(m_nameNote, names);
    show(m_sidesNote, {{DraftProblem::SameSides, tr("Source and target are the same connection.")}});
    if (!m_reading)
        show(m_tablesNote, {{DraftProblem::NoTables, tr("Tick at least one table.")}});
    show(m_detectNote,
         {{DraftProblem::ColumnMissing, tr("Choose the column that tells what changed.")},
          {DraftProblem::LagInvalid, tr("“Re-read the last” is a duration such as 30s or 5m.")},
          {DraftProblem::FlagValuesMissing, tr("Enter two different values: when pending, and when done.")}});
    if (m_detectNote->isHidden() && now.detectBy == "timestamp"_L1) {
        m_detectNote->setText(tr("Timestamps alone cannot see deleted rows."));
        m_detectNote->show();
    }
    if (m_detectNote->isHidden() && now.detectBy == "flag"_L1) {
        m_detectNote->setText(tr("Sets the flag to done at the source: it writes there."));
        m_detectNote->show();
    }
    m_save->setEnabled(found.isEmpty());
}

void JobDialog::save()
{
    const JobDraft now = draft();
    m_save->setEnabled(false);
    inBackground(
        this,
        [desk = m_desk, job = applied(now, m_base), before = m_nameBefore] {
            return desk->workspace().saveJob(job, before);
        },
        [this, name = now.name](const Result<void> &result) {
            m_save->setEnabled(true);
            m_error->setVisible(!result);
            if (!result) {
                m_error->setText(wording::oneLine(result.error()));
                return;
            }
            Q_EMIT saved(name);
            accept();
        });
}

} // namespace tidemark
