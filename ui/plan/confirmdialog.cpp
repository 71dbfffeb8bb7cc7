// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/confirmdialog.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "core/apply/guard.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/format.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/warningstrip.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype mostWarnings = 6; // beyond, the buttons would leave the screen

GuardedDeletes guardedDeletes(const QList<TableReport> &tables, const JobSettings &job)
{
    GuardedDeletes sum;
    for (const TableReport &table : tables) {
        GuardSettings guard = job.defaults.guard;
        for (const JobTable &rules : job.tables) {
            if (rules.source.display() == table.source || rules.source.name == table.source)
                guard = rules.guard;
        }
        // Two-way: all rows of both sides were read.
        const bool bothRead = job.mode == Mode::TwoWay && table.targetRows >= 0;
        const std::pair<qint64, qint64> sides[] = {
            {table.toTarget.deletes, table.targetRows},
            {table.toSource.deletes, bothRead ? table.rowsRead - table.targetRows : -1}};
        for (const auto &[deletes, rows] : sides) {
            if (deletes == 0
                || !(table.withheldDeletes > 0 || table.sidesChanged
                     || (rows >= 0 && needsApproval(deletes, rows, guard))))
                continue;
            sum.deletes += deletes;
            sum.rows += std::max<qint64>(rows, 0);
        }
    }
    return sum;
}

static QString countsText(const WriteCounts &counts)
{
    return ConfirmDialog::tr("Insert %1 · update %2 · delete %3")
        .arg(format::count(counts.inserts), format::count(counts.updates), format::count(counts.deletes));
}

void ConfirmDialog::addTotals(QVBoxLayout &layout)
{
    if (m_facts.source) {
        const std::pair<QString, WriteCounts> sides[] = {{m_facts.source->name, m_facts.source->counts},
                                                         {m_facts.target, m_facts.counts}};
        for (const auto &[name, counts] : sides) {
            auto *line =
                new QLabel(tr("%1: %2", "a side and what is written there").arg(name, countsText(counts)), this);
            line->setTextFormat(Qt::PlainText);
            layout.addWidget(line);
        }
    } else {
        layout.addWidget(new QLabel(countsText(m_facts.counts), this));
    }
    if (m_facts.skipped > 0) {
        auto *skipped = new QLabel(tr("%1 skipped.").arg(celltext::rows(m_facts.skipped)), this);
        skipped->setForegroundRole(QPalette::PlaceholderText);
        layout.addWidget(skipped);
    }
    if (m_facts.tables.size() > 1)
        addTableList(layout);
}

void ConfirmDialog::addTableList(QVBoxLayout &layout)
{
    QStringList heads{tr("Table"), u"+"_s, u"~"_s, u"−"_s};
    if (m_facts.source)
        heads = {tr("Table"), u"→ +"_s, u"→ ~"_s, u"→ −"_s, u"← +"_s, u"← ~"_s, u"← −"_s};
    const int columns = static_cast<int>(heads.size());
    auto *list = new QTableWidget(static_cast<int>(m_facts.tables.size()), columns, this);
    list->setObjectName(u"confirmTables"_s);
    list->setAccessibleName(tr("Rows of each table"));
    list->setHorizontalHeaderLabels(heads);
    for (int row = 0; row < list->rowCount(); ++row) {
        const auto &[name, counts] = m_facts.tables.at(row);
        list->setItem(row, 0, new QTableWidgetItem(celltext::name(name)));
        list->item(row, 0)->setToolTip(celltext::name(name));
        const WriteCounts back = m_facts.sourceTables.value(row);
        const qint64 numbers[] = {counts.inserts, counts.updates, counts.deletes,
                                  back.inserts,   back.updates,   back.deletes};
        for (int column = 1; column < columns; ++column) {
            auto *item = new QTableWidgetItem(format::count(numbers[column - 1]));
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            list->setItem(row, column, item);
        }
    }
    list->setShowGrid(false);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setFocusPolicy(Qt::TabFocus);
    list->setTabKeyNavigation(false);
    list->verticalHeader()->hide();
    list->verticalHeader()->setDefaultSectionSize(theme::row);
    list->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    list->horizontalHeader()->setDefaultSectionSize(m_facts.source ? 60 : 72);
    list->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = 1; column < columns; ++column)
        list->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    list->setFrameShape(QFrame::NoFrame);
    list->setItemDelegate(new FrameDelegate(list));
    list->setFixedHeight(theme::row * (std::min(list->rowCount(), 8) + 1) + 4);
    layout.addWidget(list);
}

QString ConfirmDialog::titleText() const
{
    const qint64 rows = m_facts.counts.total();
    if (m_facts.source)
        return tr("To be written: %1 to %2, %3 to %4.")
            .arg(format::count(m_facts.source->counts.total()), m_facts.source->name, format::count(rows),
                 m_facts.target);
    return rows == 1 ? tr("1 row will be written to %1.").arg(m_facts.target)
                     : tr("%1 rows will be written to %2.").arg(format::count(rows), m_facts.target);
}

QStringList ConfirmDialog::productionHosts() const
{
    QStringList hosts;
    if (m_facts.source && m_facts.source->production)
        hosts << (m_facts.source->host.isEmpty() ? m_facts.source->name : m_facts.source->host);
    if (m_facts.production)
        hosts << (m_facts.host.isEmpty() ? m_facts.target : m_facts.host);
    hosts.removeDuplicates();
    return hosts;
}

ConfirmDialog::ConfirmDialog(const Facts &facts, QWidget *parent)
    : QDialog(parent), m_facts(facts), m_effects(new QVBoxLayout), m_looking(new QLabel(this)),
      m_verify(new QCheckBox(tr("Compare again afterwards, to verify"), this)), m_write(new AccentButton({}, this))
{
    setObjectName(u"confirmDialog"_s);
    setWindowTitle(facts.isUndo ? tr("Put back") : tr("Synchronise"));
    setMinimumWidth(facts.source ? 600 : 440); // both directions side by side
    auto *layout = new QVBoxLayout(this);
    if (!productionHosts().isEmpty()) {
        auto *strip = new WarningStrip(this);
        strip->setText(tr("PRODUCTION"));
        layout->addWidget(strip);
    }
    auto *title = new QLabel(titleText(), this);
    title->setFont(theme::title(font()));
    title->setWordWrap(true);
    title->setTextFormat(Qt::PlainText);
    layout->addWidget(title);
    addTotals(*layout);
    layout->addLayout(m_effects);
    m_looking->setForegroundRole(QPalette::PlaceholderText);
    m_looking->setTextFormat(Qt::PlainText);
    m_looking->setWordWrap(true);
    m_looking->hide();
    m_effects->addWidget(m_looking);
    for (const QString &note : facts.notes)
        addNote(note);
    auto *undo = new QLabel(facts.undoDays > 0
                                ? tr("What this overwrites is kept for %Ln day(s); the history (Ctrl+H) takes it back. "
                                     "Rows that changed since the preview are not written.",
                                     nullptr, facts.undoDays)
                                : tr("The job keeps nothing that this could be undone from. Rows that changed since "
                                     "the preview are not written."),
                            this);
    undo->setWordWrap(true);
    undo->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(undo);
    addGuard(*layout);
    m_verify->setChecked(facts.verify);
    layout->addWidget(m_verify);
    layout->addStretch();
    addButtons(*layout);
    showUsable();
}

void ConfirmDialog::addGuard(QVBoxLayout &layout)
{
    if (m_facts.guardedDeletes == 0)
        return;
    const QString number = QString::number(m_facts.guardedDeletes);
    auto *strip = new WarningStrip(this);
    strip->setText(m_facts.guardedRows >= 0
                       ? tr("This deletes %1 of %2 rows. Type %1 to continue.").arg(number).arg(m_facts.guardedRows)
                       : tr("This deletes %1 rows. Type %1 to continue.").arg(number));
    layout.addWidget(strip);
    m_number = new QLineEdit(this);
    m_number->setAccessibleName(strip->text());
    m_number->setMaximumWidth(160);
    layout.addWidget(m_number);
    connect(m_number, &QLineEdit::textChanged, this, &ConfirmDialog::showUsable);
}

void ConfirmDialog::addButtons(QVBoxLayout &layout)
{
    auto *cancel = new QPushButton(tr("Cancel"), this);
    const QStringList production = productionHosts();
    m_write->setText(production.isEmpty() ? m_facts.isUndo ? tr("Put back") : tr("Synchronise")
                                          : tr("Write to %1").arg(production.join(u", "_s)));
    m_write->setDangerous(!production.isEmpty());
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_write);
    layout.addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_write, &QPushButton::clicked, this, &QDialog::accept);
    m_write->setDefault(true);
    // Production is never confirmed by a stray Enter.
    if (!production.isEmpty()) {
        m_write->setDefault(false);
        m_write->setAutoDefault(false);
        cancel->setAutoDefault(false);
        cancel->setFocus();
    }
    if (m_number)
        m_number->setFocus(); // to be typed first
}

void ConfirmDialog::addStrip(const QString &text)
{
    auto *strip = new WarningStrip(this);
    strip->setText(text);
    m_effects->addWidget(strip);
    strip->show(); // at once: the dialog takes its size by it
}

void ConfirmDialog::addNote(const QString &text)
{
    auto *note = new QLabel(text, this);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    m_effects->addWidget(note);
    note->show();
}

void ConfirmDialog::showUsable()
{
    const bool approved = !m_number || m_number->text().trimmed() == QString::number(m_facts.guardedDeletes);
    m_write->setEnabled(approved && !m_awaits);
}

void ConfirmDialog::awaitEffects()
{
    m_awaits = true;
    m_looking->setText(
        m_facts.source ? tr("Looking for triggers and cascades in %1 and %2…").arg(m_facts.source->name, m_facts.target)
                       : tr("Looking for triggers and cascades in %1…").arg(m_facts.target));
    m_looking->show();
    showUsable();
}

void ConfirmDialog::showEffects(const Result<SideEffects> &effects)
{
    m_awaits = false;
    m_looking->hide();
    if (effects) {
        for (const QString &warning : effects->warnings.mid(0, mostWarnings))
            addStrip(warning);
        if (effects->warnings.size() > mostWarnings)
            addNote(tr("… and %1 more. Check (F7) in the main window lists all.")
                        .arg(effects->warnings.size() - mostWarnings));
        for (const QString &note : effects->notes)
            addNote(note);
    } else {
        addStrip(tr("Triggers and cascades are not known: %1").arg(wording::oneLine(effects.error())));
    }
    showUsable();
    adjustSize();
}

std::optional<qint64> ConfirmDialog::allowDeletes() const
{
    return m_number ? std::optional(m_facts.guardedDeletes) : std::nullopt;
}

bool ConfirmDialog::verifies() const { return m_verify->isChecked(); }

} // namespace tidemark
