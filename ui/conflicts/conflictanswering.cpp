// SPDX-License-Identifier: GPL-3.0-or-later
// What a person answers, and takes back.
#include "ui/conflicts/conflictwindow.h"

#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QListView>
#include <QSet>

#include "app/wording/systemuser.h"
#include "app/wording/wording.h"
#include "ui/conflicts/answersdialog.h"
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
        if (reply.id == m_shown)
            m_cells->setPicture(m_cells->picture()); // what was begun is said
    }
    if (missed > 0) {
        say(origin == Origin::Undo ? tr("%1 of %2 are written already, or moved since; those stay as they are.")
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
        say(next < 0 ? tr("Every conflict in the list is answered.") : QString());
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

static WishedIds among(const QList<qint64> &ids)
{
    return [wished = QSet<qint64>(ids.begin(), ids.end())](qint64 id) { return wished.contains(id); };
}

// The choices of one conflict, for another one that is asked about the same cells.
static ConflictReply likewise(const ConflictPicture &picture, ConflictAnswer whole,
                              const std::vector<CellChoice> &choices)
{
    ConflictReply reply{picture.conflict.id, whole, {}, {}, picturesPrint(picture.conflict)};
    if (whole != ConflictAnswer::None)
        return reply;
    std::vector<CellChoice> own = picture.startingChoices();
    if (!picture.rows || own.size() != choices.size())
        return reply;
    for (const int cell : picture.asked)
        own[static_cast<std::size_t>(cell)] = choices[static_cast<std::size_t>(cell)];
    return chosenAnswer(*picture.table, picture.conflict, own).value_or(reply);
}

void ConflictWindow::openSimilar()
{
    const ConflictEntry *const entry = m_list->find(m_shown);
    if (entry == nullptr || !m_cells->isComplete())
        return;
    QList<qint64> ids = m_list->openLike(*entry);
    if (entry->state == ConflictState::Open)
        ids.append(entry->id);
    auto *dialog = new AnswersDialog(m_job.source.label(), m_job.target.label(), {}, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { takeProposed(dialog); });
    inBackground(
        dialog,
        [desk = m_desk, job = m_job.id, ids, whole = m_cells->whole(), choices = m_cells->choices()] {
            return proposeAnswers(desk->journal(), job, among(ids),
                                  [&](const ConflictPicture &picture) { return likewise(picture, whole, choices); });
        },
        [dialog](const Result<QList<ProposedAnswer>> &proposed) {
            if (proposed)
                dialog->setProposed(*proposed);
            else
                dialog->setFailure(wording::oneLine(proposed.error()));
        });
    dialog->open();
}

// Columns that can tell the newer row: the job's own, and times of the table that is shown.
static QStringList newestColumns(const JobSettings &job, const SharedPicture &picture)
{
    QStringList names;
    if (!picture || !picture->table)
        return names;
    if (const QString own = jobTableOf(job, *picture->table).conflicts.newestSource; !own.isEmpty())
        names << own;
    for (const PlanColumn &column : picture->table->columns) {
        const CellKind kind = column.type.kind;
        if ((kind == CellKind::Date || kind == CellKind::Timestamp || kind == CellKind::Instant)
            && !names.contains(column.source))
            names << column.source;
    }
    return names;
}

void ConflictWindow::openPolicies()
{
    const QList<qint64> ids = m_list->openIds();
    if (ids.isEmpty())
        return;
    QList<AnswersDialog::Policy> policies{{ConflictPolicy::Merge, {}}};
    const QStringList columns = newestColumns(m_job, m_cells->picture());
    for (const QString &column : columns)
        policies.append({ConflictPolicy::Newest, column});
    policies.append({ConflictPolicy::Source, {}});
    policies.append({ConflictPolicy::Target, {}});
    auto *dialog = new AnswersDialog(m_job.source.label(), m_job.target.label(), policies, this);
    connect(dialog, &AnswersDialog::policyChosen, this, [this, dialog, ids] { askPolicy(dialog, ids); });
    connect(dialog, &QDialog::accepted, this, [this, dialog] { takeProposed(dialog); });
    askPolicy(dialog, ids);
    dialog->open();
}

static Result<QList<ProposedAnswer>> judged(Journal &journal, const JobSettings &job,
                                            const AnswersDialog::Policy &policy, const QList<qint64> &ids)
{
    std::map<QString, std::optional<ConflictJudge>> judges; // of a table that cannot be judged: none
    return proposeAnswers(journal, job.id, among(ids), [&](const ConflictPicture &picture) -> ConflictReply {
        if (!picture.table)
            return {picture.conflict.id, ConflictAnswer::None, {}, {}};
        auto known = judges.find(picture.conflict.table);
        if (known == judges.end()) {
            auto judge = ConflictJudge::open(job, *picture.table, policy.policy, policy.newest);
            known =
                judges.emplace(picture.conflict.table, judge ? std::optional(std::move(*judge)) : std::nullopt).first;
        }
        return known->second ? known->second->reply(picture.conflict)
                             : ConflictReply{picture.conflict.id, ConflictAnswer::None, {}, {}};
    });
}

void ConflictWindow::askPolicy(AnswersDialog *dialog, const QList<qint64> &ids)
{
    const AnswersDialog::Policy policy = dialog->policy();
    inBackground(
        dialog, [desk = m_desk, job = m_job, policy, ids] { return judged(desk->journal(), job, policy, ids); },
        [dialog, policy](const Result<QList<ProposedAnswer>> &proposed) {
            const AnswersDialog::Policy now = dialog->policy();
            if (now.policy != policy.policy || now.newest != policy.newest)
                return; // another one was chosen since
            if (proposed)
                dialog->setProposed(*proposed);
            else
                dialog->setFailure(wording::oneLine(proposed.error()));
        });
}

void ConflictWindow::takeProposed(AnswersDialog *dialog)
{
    Step step;
    step.after = dialog->replies();
    for (const ConflictReply &reply : std::as_const(step.after))
        step.before.append({reply.id, ConflictAnswer::None, {}, {}, reply.shown});
    if (step.after.isEmpty())
        return;
    if (m_isSaving || !m_isIdle) {
        say(tr("Nothing was saved: the job is running."));
        return;
    }
    answer(step, Origin::Person);
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
                    m_cells->giveBytes(row, *bytes);
                else if (const QString text = QString::fromUtf8(*bytes); text.toUtf8() == *bytes)
                    m_cells->give(row, text);
                else
                    say(tr("The file is no UTF-8 text."));
            });
    });
    dialog->open();
}

} // namespace tidemark
