// SPDX-License-Identifier: GPL-3.0-or-later
// What a person answers, and takes back.
#include "ui/conflicts/conflictwindow.h"

#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QListView>

#include "app/wording/systemuser.h"
#include "app/wording/wording.h"
#include "ui/conflicts/conflictcellview.h"
#include "ui/conflicts/conflictlistmodel.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype stepsKept = 100;
static constexpr qint64 mostBytes = 16 << 20; // of a value from a file

void ConflictWindow::takeRow(ConflictAnswer answer)
{
    if (m_cells->picture() && m_shown != 0)
        m_cells->takeAll(answer);
    m_cellView->setFocus();
}

void ConflictWindow::save()
{
    m_cellView->endEditing();
    const ConflictReply reply = m_cells->reply();
    if (!m_isIdle || m_isSaving || m_moved || m_isGone)
        return;
    if (reply.answer == ConflictAnswer::None) {
        if (m_cells->picture())
            say(tr("Not every cell is answered yet."));
        return;
    }
    if (!m_cells->isTouched()) // it is saved
        step(true);
    else
        answer({{currentReply(m_cells->picture()->conflict)}, {reply}}, Origin::Person);
}

void ConflictWindow::leaveBoth()
{
    if (!m_cells->picture() || m_shown == 0)
        return;
    m_cells->takeAll(ConflictAnswer::Skip);
    save();
}

void ConflictWindow::answer(const Step &step, Origin origin)
{
    m_isSaving = true;
    showButtons();
    const QList<ConflictReply> replies = origin == Origin::Undo ? step.before : step.after;
    inBackground(
        this,
        [desk = m_desk, job = m_job.id, replies] {
            return desk->journal().answerConflicts(job, replies, wording::systemUser(), desk->clock().nowUs());
        },
        [this, step, origin](const Result<qint64> &taken) { answered(step, origin, taken); });
}

void ConflictWindow::answered(const Step &step, Origin origin, const Result<qint64> &taken)
{
    m_isSaving = false;
    if (!taken) {
        if (origin != Origin::Person) // still to be undone, or done again
            (origin == Origin::Undo ? m_undo : m_redo).append(step);
        say(tr("Nothing was saved: %1").arg(wording::oneLine(taken.error())));
        return;
    }
    const QList<ConflictReply> &replies = origin == Origin::Undo ? step.before : step.after;
    const qint64 missed = replies.size() - *taken;
    if (*taken > 0) {
        (origin == Origin::Undo ? m_redo : m_undo).append(step);
        if (origin == Origin::Person)
            m_redo.clear();
        if (m_undo.size() > stepsKept)
            m_undo.removeFirst();
    }
    for (const ConflictReply &reply : replies) {
        m_drafts.remove(reply.id);
        if (reply.id == m_shown && missed == 0)
            m_cells->setPicture(m_cells->picture()); // what was begun is said
    }
    if (missed > 0) {
        const bool isOne = origin == Origin::Person && replies.size() == 1;
        say(isOne                        ? tr("Not saved: the row moved since it was shown, or was answered elsewhere.")
                : origin == Origin::Undo ? tr("%1 of %2 are written already, or moved since; those stay as they are.")
                                               .arg(format::count(missed), format::count(replies.size()))
                                         : tr("%1 of %2 moved since they were shown; those are still open.")
                                               .arg(format::count(missed), format::count(replies.size())));
        reload();
        return;
    }
    m_list->setState(replies);
    Q_EMIT countChanged(m_list->listing().open);
    const int there = m_list->rowOf(replies.first().id);
    const int next = origin == Origin::Person ? m_list->nextOpen(m_listView->currentIndex().row(), true) : there;
    const qint64 before = m_shown;
    if (next >= 0)
        select(next);
    if (m_shown == before)
        askForPicture(true);
    if (origin == Origin::Person)
        say(next < 0 ? tr("Every conflict in the list is answered.") : tr("Saved. Ctrl+Z takes it back."));
    else
        say(origin == Origin::Undo ? tr("%n answer(s) taken back.", nullptr, static_cast<int>(replies.size()))
                                   : tr("%n answer(s) given again.", nullptr, static_cast<int>(replies.size())));
}

void ConflictWindow::undo()
{
    if (m_undo.isEmpty() || m_isSaving || !m_isIdle)
        return;
    answer(m_undo.takeLast(), Origin::Undo);
}

void ConflictWindow::redo()
{
    if (m_redo.isEmpty() || m_isSaving || !m_isIdle)
        return;
    answer(m_redo.takeLast(), Origin::Redo);
}

void ConflictWindow::openFile(int row)
{
    const qint64 id = m_shown;
    const int cell = m_cells->cellOf(row);
    auto *dialog = new QFileDialog(this, tr("Value from a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, id, row, cell](const QString &path) {
        inBackground(
            this,
            [path]() -> std::optional<QByteArray> {
                QFile file(path);
                if (!file.open(QIODevice::ReadOnly) || file.size() > mostBytes)
                    return std::nullopt;
                return file.readAll();
            },
            [this, id, row, cell](const std::optional<QByteArray> &bytes) {
                if (id != m_shown || cell != m_cells->cellOf(row) || !m_cells->canEdit(row))
                    return;
                if (!bytes)
                    say(tr("The file cannot be read, or is larger than 16 MiB."));
                else if (m_cells->look(m_cells->index(row, ConflictCellModel::Outcome)).type.kind == CellKind::Blob)
                    say(m_cells->giveBytes(row, *bytes));
                else if (const QString text = QString::fromUtf8(*bytes); text.toUtf8() == *bytes)
                    m_cells->give(row, text);
                else
                    say(tr("The file is no UTF-8 text."));
            });
    });
    dialog->open();
}

} // namespace tidemark
