// SPDX-License-Identifier: GPL-3.0-or-later
// What the conflict window says of what it shows.
#include "ui/conflicts/conflictwindow.h"

#include <algorithm>

#include <QDateTime>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include "app/wording/wording.h"
#include "ui/conflicts/conflictcellview.h"
#include "ui/conflicts/conflictlistmodel.h"
#include "ui/jobs/engine.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static int amount(qint64 count) { return static_cast<int>(std::min<qint64>(count, 2'000'000'000)); }

// The columns that tell who changed a row, and when: the policy's, and those whose names say it.
QString ConflictWindow::whoChanged(const ConflictPicture &picture) const
{
    static const QStringList told{u"updatedat"_s,  u"updatedby"_s,    u"updatedon"_s,      u"updated"_s,
                                  u"modifiedat"_s, u"modifiedby"_s,   u"modifiedon"_s,     u"modified"_s,
                                  u"changedat"_s,  u"changedby"_s,    u"changedon"_s,      u"changed"_s,
                                  u"editedby"_s,   u"lastmodified"_s, u"lastmodifiedby"_s, u"lastchanged"_s,
                                  u"lastupdate"_s, u"lastupdated"_s,  u"mtime"_s};
    if (!picture.rows)
        return {};
    const ConflictSettings &rules = jobTableOf(m_job, *picture.table).conflicts;
    QStringList sides;
    for (const JobSide side : {JobSide::Source, JobSide::Target}) {
        const RowBatch &row = side == JobSide::Source ? picture.rows->source : picture.rows->target;
        QStringList cells;
        for (int cell = 0; cell < picture.table->columns.size() && !row.isEmpty(); ++cell) {
            const PlanColumn &column = picture.table->columns[cell];
            const QString &name = side == JobSide::Source ? column.source : column.target;
            const bool decides = name == (side == JobSide::Source ? rules.newestSource : rules.newestTarget);
            if ((decides || told.contains(QString(name).toLower().remove(u'_'))) && !row.value(0, cell).isNull)
                cells.append(celltext::name(name) + u' '
                             + celltext::visible(celltext::shortened(column.type, row.value(0, cell), 60), false));
        }
        if (!cells.isEmpty())
            sides.append(wording::safeText(side == JobSide::Source ? m_job.source.label() : m_job.target.label(), 40)
                         + u": "_s + cells.join(u", "_s));
    }
    return sides.join(u"  ·  "_s);
}

void ConflictWindow::describe()
{
    if (m_isGone)
        return; // what is under the hand stays
    const bool none = m_list->listing().entries.isEmpty();
    m_empty->setSentence(m_isListed ? tr("No conflict waits for an answer.") : tr("Reading the conflicts…"));
    m_stack->setCurrentIndex(none ? 0 : 1);
    const ConflictEntry *const entry = m_shown == 0 ? nullptr : m_list->find(m_shown);
    const SharedPicture &picture = m_cells->picture();
    const qsizetype listed = m_list->listing().entries.size();
    const qint64 open = m_list->listing().open;
    const QString left = open == listed ? QString() : u" · "_s + tr("%1 open").arg(format::count(open));
    m_total->setText(
        (listed < ConflictListing::most ? m_list->rowCount() < listed
                 ? tr("%1 of %n conflict(s) shown", nullptr, amount(listed)).arg(format::count(m_list->rowCount()))
                 : tr("%n conflict(s)", nullptr, amount(listed))
                                        : tr("The first %1 are listed; the others follow when these are answered.")
                                              .arg(format::count(ConflictListing::most)))
        + left);
    if (entry == nullptr) {
        m_headline->setText(none ? QString() : tr("Nothing passes the filter."));
        m_who->clear();
        m_noRows->setSentence(none ? QString() : tr("No conflict is selected."));
        m_cellStack->setCurrentWidget(m_noRows);
        return;
    }
    const int row = m_list->rowOf(m_shown);
    const QString place =
        row < 0 ? QString() : tr("%1 of %2").arg(format::count(row + 1), format::count(m_list->rowCount())) + u" · "_s;
    m_headline->setText(place + ConflictListModel::tableName(entry->table) + u' ' + wording::safeText(entry->keyText)
                        + u" · "_s + m_list->words(*entry));
    const bool isShown = picture && picture->conflict.id == m_shown;
    m_noRows->setSentence(tr("The job's columns have changed since. A side can be kept as a whole; the next run reads "
                             "the row anew."));
    m_cellStack->setCurrentWidget(isShown && !picture->rows ? static_cast<QWidget *>(m_noRows) : m_cellView);
    QStringList lines;
    if (isShown) {
        const Conflict &conflict = picture->conflict;
        if (const QString who = whoChanged(*picture); !who.isEmpty())
            lines << who;
        if (conflict.refusal) // what a database said of the row
            lines << wording::oneLine(*conflict.refusal);
        const QString since = QDateTime::fromMSecsSinceEpoch(conflict.sinceUs / 1000).toString(u"yyyy-MM-dd HH:mm"_s);
        lines << (conflict.run.isEmpty() ? tr("Open since %1, found by a comparison").arg(since)
                                         : tr("Open since %1, met last by run %2").arg(since, conflict.run));
        if (conflict.state == ConflictState::Answered || conflict.state == ConflictState::Skipped)
            lines << tr("Answered by %1 at %2, not written yet")
                         .arg(wording::safeText(conflict.answeredBy), format::clock(conflict.answeredUs));
    }
    m_who->setText(lines.join(u'\n'));
}

void ConflictWindow::showButtons()
{
    const bool isShown = m_cells->picture() && m_shown != 0;
    const bool canSave = isShown && m_isIdle && !m_isSaving && !m_moved && !m_isGone;
    const ConflictEntry *const entry = isShown ? m_list->find(m_shown) : nullptr;
    const bool complete = m_cells->isComplete();
    const bool given = std::any_of(m_cells->choices().begin(), m_cells->choices().end(), [](const CellChoice &choice) {
        return choice.from == CellChoice::From::Given && !choice.given.isNull;
    });
    const qint64 similar = entry && complete && !given ? m_list->openLike(*entry).size() : 0;
    m_similar->setText(similar > 0 ? tr("Same for %n similar…", nullptr, amount(similar)) : tr("Same for similar…"));
    m_similar->setEnabled(canSave && similar > 0);
    m_leave->setEnabled(canSave);
    m_policy->setEnabled(m_isIdle && !m_isSaving && !m_list->openIds().isEmpty());
    m_save->setEnabled(canSave && complete);
    const QString fault = m_cells->anyFault();
    const QString warning = fault.isEmpty() && m_cells->isTouched() ? m_cells->anyWarning() : QString();
    m_note->setText(!fault.isEmpty()         ? fault
                        : !warning.isEmpty() ? warning
                        : !m_isIdle          ? tr("The job is running. Answers can be saved when it has ended.")
                                             : m_said);
    QPalette colors = palette();
    if (!fault.isEmpty() || !warning.isEmpty())
        colors.setColor(QPalette::WindowText,
                        theme::color(fault.isEmpty() ? theme::Token::Warning : theme::Token::Remove, colors));
    m_note->setPalette(colors);
    showSides();
    showFold();
    showFooter();
}

void ConflictWindow::showSides()
{
    const SharedPicture &picture = m_cells->picture();
    const bool isShown = picture && m_shown != 0;
    const auto keep = [&](QPushButton &button, bool own, bool other, const QString &name) {
        const QString side = wording::safeText(name, 24).replace(u'&', u"&&"_s);
        button.setText(!own && other ? tr("Delete the row as %1 did").arg(side) : tr("Keep %1").arg(side));
        button.setEnabled(isShown);
    };
    const bool source = !isShown || !picture->conflict.source.isEmpty();
    const bool target = !isShown || !picture->conflict.target.isEmpty();
    keep(*m_keepSource, source, target, m_job.source.label());
    keep(*m_keepTarget, target, source, m_job.target.label());
    m_keepSource->setToolTip(tr("The whole row (Ctrl+<)"));
    m_keepTarget->setToolTip(tr("The whole row (Ctrl+>)"));
}

void ConflictWindow::showFold()
{
    const SharedPicture &picture = m_cells->picture();
    m_fold->setVisible(picture && m_shown != 0 && m_cells->agreeingCount() > 0);
    const int oneSided = m_cells->oneSidedCount();
    const int agreeing = m_cells->agreeingCount() - oneSided;
    QStringList folded;
    if (picture && picture->lacksSide())
        folded << tr("%n column(s) not changed", nullptr, agreeing);
    else if (agreeing > 0)
        folded << tr("%n column(s) agree", nullptr, agreeing);
    if (oneSided > 0)
        folded << tr("%n changed on one side alone, taken from there", nullptr, oneSided);
    const bool hasCells = m_cellStack->currentWidget() == m_cellView;
    m_cellStack->setMaximumHeight(hasCells ? m_cellView->wantedHeight() : QWIDGETSIZE_MAX);
    m_fold->setText((m_cells->isFolded() ? u"▸ "_s : u"▾ "_s) + folded.join(u" · "_s));
}

void ConflictWindow::showFooter()
{
    const ConflictListing &listing = m_list->listing();
    m_waiting->setText(listing.answered > 0
                           ? tr("%n answer(s) saved and not yet written.", nullptr, amount(listing.answered))
                           : tr("Nothing waits to be written."));
    m_write->setText(tr("Write %n answer(s)", nullptr, amount(listing.answered)));
    m_write->setVisible(listing.answered > 0);
    m_write->setEnabled(m_isIdle && !m_isSaving);
    const bool saves = listing.answered == 0 || (m_save->isEnabled() && m_cells->isTouched()); // one of them at a time
    m_write->setAccent(!saves);
    m_save->setAccent(saves);
}

void ConflictWindow::say(const QString &text)
{
    m_said = text;
    showButtons();
}

} // namespace tidemark
