// SPDX-License-Identifier: GPL-3.0-or-later
// Answers to many conflicts at once: shown first, then given in one step.
#include <QSet>

#include "app/wording/wording.h"
#include "ui/conflicts/answersdialog.h"
#include "ui/conflicts/conflictlistmodel.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"

namespace tidemark {

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
    QList<AnswersDialog::Policy> policies;
    if (m_job.mode == Mode::TwoWay)
        policies.append({ConflictPolicy::Merge, {}});
    const QStringList columns = newestColumns(m_job, m_cells->picture());
    for (const QString &column : columns)
        policies.append({ConflictPolicy::Newest, column});
    policies.append({ConflictPolicy::Source, {}});
    policies.append({ConflictPolicy::Target, {}});
    auto *dialog = new AnswersDialog(m_job.source.label(), m_job.target.label(), policies, this);
    connect(dialog, &AnswersDialog::ruleWished, this, &ConflictWindow::ruleRequested);
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

} // namespace tidemark
