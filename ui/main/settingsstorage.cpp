// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/settingsstorage.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/background.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/format.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

enum StorageColumn { NameColumn, RunsColumn, UndoColumn, BaseColumn, StorageColumns };

SettingsStorage::SettingsStorage(std::shared_ptr<Desk> desk, QWidget *parent)
    : QWidget(parent), m_desk(std::move(desk)), m_heading(new QLabel(this)), m_totals(new QLabel(this)),
      m_jobs(new QTableWidget(0, StorageColumns, this)), m_ageLabel(new QLabel(this)), m_days(new QSpinBox(this)),
      m_older(new QPushButton(this)), m_ofJob(new QPushButton(this)), m_conflicts(new QPushButton(this)),
      m_compact(new QPushButton(this)), m_said(new QLabel(this))
{
    build();
    retranslate();
    connect(m_older, &QPushButton::clicked, this, [this] { askUndo({false, {}, m_days->value()}); });
    connect(m_ofJob, &QPushButton::clicked, this, [this] {
        if (const auto purge = ofSelected())
            askUndo(*purge);
    });
    connect(m_conflicts, &QPushButton::clicked, this, &SettingsStorage::askConflicts);
    connect(m_compact, &QPushButton::clicked, this, &SettingsStorage::compact);
    connect(m_jobs, &QTableWidget::itemSelectionChanged, this, &SettingsStorage::showUsable);
    connect(m_days, &QSpinBox::valueChanged, this, &SettingsStorage::retranslate);
    measure();
}

void SettingsStorage::build()
{
    m_jobs->setObjectName(u"storageJobs"_s);
    m_days->setObjectName(u"storageDays"_s);
    m_older->setObjectName(u"storageOlder"_s);
    m_ofJob->setObjectName(u"storageOfJob"_s);
    m_conflicts->setObjectName(u"storageConflicts"_s);
    m_compact->setObjectName(u"storageCompact"_s);
    m_totals->setObjectName(u"storageTotals"_s);
    m_said->setObjectName(u"storageSaid"_s);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_heading->setFont(bold);
    for (QLabel *label : {m_totals, m_said}) {
        label->setForegroundRole(QPalette::PlaceholderText);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    tables::dress(*m_jobs, NameColumn);
    m_jobs->setSelectionMode(QAbstractItemView::SingleSelection);
    m_jobs->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_jobs->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_jobs->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_jobs->horizontalHeader()->setMinimumSectionSize(88);
    m_jobs->setFixedHeight(theme::rowHeight(font()) * 5 + 4);
    m_days->setRange(1, 3650);
    m_days->setValue(30);
    m_ageLabel->setBuddy(m_days);
    m_said->setMinimumHeight(fontMetrics().height());
    auto *age = new QHBoxLayout;
    age->addWidget(m_ageLabel);
    age->addWidget(m_days);
    age->addWidget(m_older);
    age->addStretch();
    auto *buttons = new FlowLayout; // large fonts take two lines
    buttons->addWidget(m_ofJob);
    buttons->addWidget(m_conflicts);
    buttons->addWidget(m_compact);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::gap);
    layout->addWidget(m_heading);
    layout->addWidget(m_totals);
    layout->addWidget(m_jobs);
    layout->addLayout(age);
    layout->addLayout(buttons);
    layout->addWidget(m_said);
}

QString SettingsStorage::nameOf(const JournalSizes::Job &job) const
{
    if (job.id.isEmpty())
        return tr("Of runs that the journal does not know");
    return job.name.isEmpty() ? tr("A job that never ran") : wording::safeText(job.name, 80);
}

void SettingsStorage::retranslate()
{
    m_heading->setText(tr("Storage on this machine"));
    m_jobs->setAccessibleName(tr("Storage of each job"));
    m_jobs->setHorizontalHeaderLabels({tr("Job"), tr("Undo files"), tr("Their size"), tr("Last synced")});
    for (int column = 0; column < StorageColumns; ++column) {
        const auto side = column == NameColumn ? Qt::AlignLeft : Qt::AlignRight;
        m_jobs->horizontalHeaderItem(column)->setTextAlignment(side | Qt::AlignVCenter);
    }
    m_jobs->horizontalHeaderItem(BaseColumn)
        ->setToolTip(tr("What both sides of a two-way job were when they were last in step. It goes with the job."));
    m_ageLabel->setText(tr("&Undo files older than"));
    m_days->setSuffix(tr(" day(s)", nullptr, m_days->value()));
    m_days->setAccessibleName(tr("Undo files older than"));
    m_older->setText(tr("&Remove…"));
    m_older->setAccessibleName(tr("Remove undo files by their age"));
    m_ofJob->setText(tr("Remove undo files of t&his job…"));
    m_conflicts->setText(tr("Remove closed c&onflicts…"));
    m_compact->setText(tr("Co&mpact the journal"));
    if (m_sizes)
        showTable();
    else
        m_totals->setText(tr("Measuring…"));
    showUsable();
}

void SettingsStorage::measure()
{
    work(true);
    inBackground(
        this, [desk = m_desk] { return JournalStorage(desk->journal()).sizes(); },
        [this](const Result<JournalSizes> &sizes) { show(sizes); });
}

void SettingsStorage::show(const Result<JournalSizes> &sizes)
{
    work(false);
    if (!sizes)
        return fail(sizes.error());
    m_sizes = *sizes;
    showTable();
    showUsable();
}

void SettingsStorage::showTable()
{
    m_totals->setText(tr("Journal %1 · undo files %2 · last synced values %3 · plans %4")
                          .arg(format::bytes(m_sizes->journalBytes), format::bytes(m_sizes->undoBytes()),
                               format::bytes(m_sizes->baseBytes()), format::bytes(m_sizes->planBytes)));
    const int kept = m_jobs->currentRow();
    m_jobs->setRowCount(static_cast<int>(m_sizes->jobs.size()));
    for (int row = 0; row < m_jobs->rowCount(); ++row) {
        const JournalSizes::Job &job = m_sizes->jobs.at(row);
        const QString cells[] = {nameOf(job), format::count(job.undoRuns),
                                 job.undoRuns > 0 ? format::bytes(job.undoBytes) : QString(),
                                 job.baseBytes > 0 ? format::bytes(job.baseBytes) : QString()};
        for (int column = 0; column < StorageColumns; ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            const auto side = column == NameColumn ? Qt::AlignLeft : Qt::AlignRight;
            item->setTextAlignment(side | Qt::AlignVCenter);
            m_jobs->setItem(row, column, item);
        }
    }
    if (kept >= 0 && kept < m_jobs->rowCount())
        m_jobs->selectRow(kept);
}

std::optional<UndoPurge> SettingsStorage::ofSelected() const
{
    const QList<QTableWidgetItem *> items = m_jobs->selectedItems();
    if (!m_sizes || items.isEmpty() || items.first()->row() >= m_sizes->jobs.size())
        return std::nullopt;
    const JournalSizes::Job &job = m_sizes->jobs.at(items.first()->row());
    return job.undoRuns > 0 ? std::optional(UndoPurge{true, job.id, 0}) : std::nullopt;
}

void SettingsStorage::showUsable()
{
    const bool ready = m_sizes && !m_busy;
    m_older->setEnabled(ready && m_sizes->undoRuns() > 0);
    m_ofJob->setEnabled(ready && ofSelected());
    m_conflicts->setEnabled(ready);
    m_compact->setEnabled(ready && m_sizes->freeBytes > 0);
    m_compact->setToolTip(
        m_sizes ? tr("Gives back %1 that deleted records left in the journal.").arg(format::bytes(m_sizes->freeBytes))
                : QString());
}

void SettingsStorage::work(bool busy)
{
    m_busy = busy;
    showUsable();
}

void SettingsStorage::say(const QString &text) { m_said->setText(text); }

void SettingsStorage::fail(const Error &error)
{
    if (!m_sizes)
        m_totals->clear();
    say(wording::oneLine(error));
}

void SettingsStorage::askUndo(const UndoPurge &purge)
{
    work(true);
    inBackground(
        this, [desk = m_desk, purge] { return JournalStorage(desk->journal()).look(purge, desk->clock().nowUs()); },
        [this, purge](const Result<UndoLoss> &loss) {
            work(false);
            if (!loss)
                return fail(loss.error());
            if (loss->files == 0)
                return say(tr("No undo file is that old."));
            confirmUndo(purge, *loss);
        });
}

void SettingsStorage::confirmUndo(const UndoPurge &purge, const UndoLoss &loss)
{
    const QString files = tr("%Ln undo file(s)", nullptr, static_cast<int>(loss.files));
    const QString lost = loss.runs > 0
        ? tr("%Ln run(s) cannot be undone any more.", nullptr, static_cast<int>(loss.runs))
        : tr("None of their runs could be undone.");
    auto *box = new AskBox(u"warning"_s, tr("Remove undo files"),
                           tr("%1 with %2 will be removed. %3").arg(files, format::bytes(loss.bytes), lost), this);
    box->setObjectName(u"storageBox"_s);
    QPushButton *yes = box->addButton(tr("Remove %1").arg(files), QMessageBox::DestructiveRole);
    box->addKeepButton(tr("Keep"));
    connect(yes, &QPushButton::clicked, this, [this, purge] { purgeUndo(purge); });
    box->open();
}

void SettingsStorage::purgeUndo(const UndoPurge &purge)
{
    work(true);
    inBackground(
        this, [desk = m_desk, purge] { return JournalStorage(desk->journal()).purge(purge, desk->clock().nowUs()); },
        [this](const Result<UndoLoss> &loss) {
            work(false);
            if (!loss)
                return fail(loss.error());
            say(tr("Removed: %1 with %2.")
                    .arg(tr("%Ln undo file(s)", nullptr, static_cast<int>(loss->files)), format::bytes(loss->bytes)));
            measure();
        });
}

void SettingsStorage::askConflicts()
{
    work(true);
    inBackground(
        this, [desk = m_desk] { return JournalStorage(desk->journal()).closedConflicts(0, desk->clock().nowUs()); },
        [this](const Result<qint64> &count) {
            work(false);
            if (!count)
                return fail(count.error());
            if (*count == 0)
                return say(tr("There are no closed conflicts."));
            const QString conflicts = tr("%Ln closed conflict(s)", nullptr, static_cast<int>(*count));
            auto *box = new AskBox(
                u"warning"_s, tr("Remove closed conflicts"),
                tr("%1 will be removed. Who answered what is then known to nobody. Open ones stay.").arg(conflicts),
                this);
            box->setObjectName(u"storageBox"_s);
            QPushButton *yes = box->addButton(tr("Remove %1").arg(conflicts), QMessageBox::DestructiveRole);
            box->addKeepButton(tr("Keep"));
            connect(yes, &QPushButton::clicked, this, [this, conflicts] {
                work(true);
                inBackground(
                    this,
                    [desk = m_desk] {
                        return JournalStorage(desk->journal()).purgeClosedConflicts(0, desk->clock().nowUs());
                    },
                    [this, conflicts](const Result<void> &done) {
                        work(false);
                        if (!done)
                            return fail(done.error());
                        say(tr("Removed: %1.").arg(conflicts));
                        measure();
                    });
            });
            box->open();
        });
}

void SettingsStorage::compact()
{
    work(true);
    inBackground(
        this, [desk = m_desk] { return JournalStorage(desk->journal()).compact(); },
        [this](const Result<qint64> &given) {
            work(false);
            if (!given)
                return given.error().code == ErrorCode::Busy
                    ? say(tr("The journal can be compacted once no job is running."))
                    : fail(given.error());
            say(tr("The journal is smaller by %1.").arg(format::bytes(*given)));
            measure();
        });
}

} // namespace tidemark
