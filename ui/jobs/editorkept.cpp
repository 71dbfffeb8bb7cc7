// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorkept.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "core/run/basereset.h"
#include "ui/jobs/editorfields.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/background.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static bool isTwoWay(const QJsonObject &job) { return job.value("mode"_L1).toString() == "two-way"_L1; }

EditorKept::EditorKept(std::shared_ptr<Desk> desk, JobDraft &draft, QWidget *parent)
    : EditorSheet(parent), m_desk(std::move(desk)), m_draft(draft), m_fields(new EditorFields(draft, true, this)),
      m_keep(nullptr), m_size(sheet::note({}, this)), m_cost(sheet::note({}, this)), m_past(new QWidget(this)),
      m_reset(new QPushButton(tr("For&get last synced values…"), this)), m_said(sheet::note({}, this))
{
    auto *content = new QWidget(this);
    QFormLayout *form = sheet::form(content);
    m_keep = m_fields->choice(
        u"keep"_s, {{tr("Its values"), u"cells"_s}, {tr("Its fingerprint alone"), u"fingerprints"_s}},
        [](const QJsonObject &) { return QJsonValue(u"cells"_s); }, content);
    m_keep->setMaximumWidth(sheet::widestField);
    form->addRow(sheet::heading(tr("Kept on this machine"), content));
    form->addRow(sheet::label(u"keep"_s, m_keep, content), m_keep);
    form->addRow(m_cost);
    form->addRow(m_size);
    m_size->setObjectName(u"keptSize"_s);
    m_cost->setObjectName(u"keptCost"_s);
    m_reset->setObjectName(u"resetBase"_s);
    m_said->setObjectName(u"keptSaid"_s);
    auto *past = new QVBoxLayout(m_past);
    past->setContentsMargins(0, 0, 0, 0);
    past->setSpacing(theme::gap);
    past->addWidget(sheet::heading(tr("Last synced"), m_past));
    past->addWidget(sheet::note(
        tr("What both sides were when they were last in step. Once it is forgotten, the next run meets every row as "
           "for "
           "the first time: what one side lacks is inserted there again, and rows that differ go by the rule for what "
           "nothing tells."),
        m_past));
    auto *button = new QHBoxLayout;
    button->addWidget(m_reset);
    button->addStretch();
    past->addLayout(button);
    past->addWidget(m_said);
    form->addRow(m_past);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sheet::scrolled(content, this, true));
    connect(m_reset, &QPushButton::clicked, this, &EditorKept::askReset);
}

void EditorKept::setTable(int table, const QString &name, const KeptSize &cells, const KeptSize &prints)
{
    if (name != m_name)
        m_said->clear();
    m_table = table;
    m_name = name;
    m_cells = cells;
    m_prints = prints;
    m_fields->setTable(table);
    showDraft();
}

void EditorKept::showDraft()
{
    m_fields->show();
    const bool twoWay = isTwoWay(m_draft.json());
    m_past->setVisible(twoWay);
    m_reset->setEnabled(!m_busy && m_draft.json().contains("id"_L1));
    m_cost->setText(twoWay ? tr("By fingerprints alone changes are found all the same. But rows that both sides "
                                "changed are not merged, conflicts show no last synced values, and undo puts no "
                                "values back. Values of the last sync that are kept so far go with the next run; "
                                "those of earlier runs in undo files stay until they are purged.")
                           : tr("By fingerprints alone undo puts no values back."));
    showSize();
}

void EditorKept::showSize()
{
    m_size->setVisible(isTwoWay(m_draft.json()));
    if (m_cells.unknown > 0)
        return m_size->setText(tr("How much this is, is not known: the rows of this table were not counted."));
    m_size->setText(tr("About %1 for %2 rows with their values, about %3 with their fingerprints alone.")
                        .arg(format::bytes(m_cells.bytes), format::count(m_cells.rows), format::bytes(m_prints.bytes)));
}

void EditorKept::askReset()
{
    auto *box =
        new AskBox(u"warning"_s, tr("Forget last synced values"),
                   tr("Forget what %1 was when both sides were last in step? Rows that were deleted on one side "
                      "since then come back from the other, and rows that differ are decided anew. Nothing is "
                      "written now.")
                       .arg(wording::safeText(m_name, 80)),
                   this);
    box->setObjectName(u"resetBox"_s);
    QPushButton *yes = box->addButton(tr("Forget"), QMessageBox::DestructiveRole);
    box->addKeepButton(tr("Keep"));
    connect(yes, &QPushButton::clicked, this, &EditorKept::reset);
    box->open();
}

// The job as it is saved: what is only typed has never run.
static Result<int> resetSaved(Desk &desk, const QString &id, const QString &table)
{
    TRY_ASSIGN(const QList<Workspace::JobEntry> jobs, desk.workspace().jobs());
    for (const Workspace::JobEntry &entry : jobs) {
        const auto job = desk.workspace().job(entry.name);
        if (!job || job->id != id)
            continue;
        Cancellation cancellation;
        return resetBase(*job, {table}, desk.connector(), desk.journal(), desk.clock(), cancellation);
    }
    return 0;
}

void EditorKept::reset()
{
    m_busy = true;
    showDraft();
    m_said->setText(tr("Forgetting…"));
    inBackground(
        this,
        [desk = m_desk, id = m_draft.json().value("id"_L1).toString(), table = m_name] {
            return resetSaved(*desk, id, table);
        },
        [this](const Result<int> &forgotten) {
            m_busy = false;
            showDraft();
            m_said->setText(!forgotten       ? wording::oneLine(forgotten.error())
                                : *forgotten ? tr("Forgotten. The next run meets the rows of this table anew.")
                                             : tr("There was nothing to forget."));
        });
}

void EditorKept::lead(const EditorProblem &) { sheet::focus(m_keep); }

} // namespace tidemark
