// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobdialog.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/jobs/editorcheckpage.h"
#include "ui/jobs/editornav.h"
#include "ui/jobs/editornotice.h"
#include "ui/jobs/editorrules.h"
#include "ui/jobs/editorschedule.h"
#include "ui/jobs/editorsides.h"
#include "ui/jobs/editortablespage.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/background.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int lookEveryMs = 150;

JobDialog::JobDialog(std::shared_ptr<Desk> desk, const QString &file, QStringList takenNames, QWidget *parent)
    : QDialog(parent, Qt::Window), m_desk(std::move(desk)), m_file(file), m_takenNames(std::move(takenNames)),
      m_checks(m_desk), m_undo(new QAction(this)), m_redo(new QAction(this))
{
    setObjectName(u"jobDialog"_s);
    resize(1120, 720);
    setMinimumSize(960, 600);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    build();
    m_look.setInterval(lookEveryMs);
    connect(&m_look, &QTimer::timeout, this, &JobDialog::showTables);
    connect(&m_draft, &JobDraft::changed, this, &JobDialog::draftChanged);
    connect(&m_checks, &EditorChecks::changed, this, &JobDialog::checksChanged);
    load();
}

JobDialog::~JobDialog()
{
    if (m_reading)
        m_reading->cancel();
    // What the pages edit must outlive them: a field that loses the focus still speaks to the draft.
    hide();
    delete m_body;
}

void JobDialog::setTakenNames(const QStringList &names)
{
    if (names == m_takenNames)
        return;
    m_takenNames = names;
    m_checks.setTakenNames(names);
    m_schedule->setOtherJobs(names);
}

// Everything is made anew in the other language; the draft and what was read stay.
void JobDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    const int page = m_pages->currentRow();
    build();
    if (!m_loaded)
        return;
    m_stack->setEnabled(true);
    m_sides->setConnections(m_connections);
    m_tables->setReading(m_reading != nullptr);
    if (m_box)
        m_tables->setCatalog(m_box->catalog());
    m_pages->setCurrentRow(page);
    draftChanged();
    checksChanged();
    m_checks.checkAgain(); // its sentences too
}

void JobDialog::draftChanged()
{
    m_saveError.reset();
    m_checks.check(m_draft.json());
    m_sides->setKeptSize(m_tables->keptSize());
    static_cast<EditorSheet *>(m_stack->currentWidget())->showDraft();
    m_check->showDraft();
    showState();
}

void JobDialog::checksChanged()
{
    m_problems.setRemarks(m_checks.problems());
    m_tables->setProblems(m_checks.problems(), m_checks.remarks());
    m_tables->panel().setConnections(m_checks.source(), m_checks.target());
    readTables();
    showState();
}

void JobDialog::showState()
{
    QList<int> counts(m_pages->count(), 0);
    for (const EditorProblem &problem : m_checks.problems())
        ++counts[static_cast<int>(problem.page)];
    for (int page = 0; page < m_pages->count(); ++page) {
        QListWidgetItem *item = m_pages->item(page);
        item->setData(EditorNavDelegate::countRole, counts.at(page));
        item->setData(Qt::AccessibleTextRole,
                      counts.at(page) > 0 ? tr("%1, %n problem(s)", nullptr, counts.at(page)).arg(item->text())
                                          : item->text());
    }
    const auto found = static_cast<int>(m_checks.problems().size());
    const int shownRows = std::min(found, 3);
    m_strip->setVisible(found > 0);
    m_strip->setFixedHeight(shownRows * theme::row + 2);
    const bool checking = m_checks.state() == EditorChecks::State::Checking;
    QString state = checking ? tr("Checking both databases…") : QString();
    if (found > 0)
        state = m_checks.canSave() ? tr("%n problem(s) that a run would meet.", nullptr, found)
                                   : tr("Cannot be saved yet: %n problem(s).", nullptr, found);
    else if (m_checks.state() == EditorChecks::State::Checked)
        state = tr("Checked, no problem found.");
    m_state->setText(state);
    m_save->setEnabled(m_loaded && !m_saving && m_checks.canSave());
    m_undo->setEnabled(m_draft.canUndo());
    m_redo->setEnabled(m_draft.canRedo());
    const QString name = m_draft.json().value("name"_L1).toString();
    const QString title = m_file.isEmpty() ? tr("New job") : tr("Job %1").arg(wording::safeText(name, 80));
    setWindowTitle(title + u"[*]"_s);
    setWindowModified(m_draft.isChanged());
    // One notice: what could not be read, else what could not be checked.
    if (m_saveError)
        m_notice->setText(wording::oneLine(*m_saveError), {});
    else if (hasFileOnly())
        m_notice->setText(tr("What has no field here is mended in the file %1. Open the job anew afterwards.")
                              .arg(wording::safeText(m_file)),
                          tr("Open the file"));
    else if (m_readError)
        m_notice->setText(wording::oneLine(*m_readError), tr("Try again"));
    else if (m_checks.sideError())
        m_notice->setText(wording::oneLine(*m_checks.sideError()), tr("Try again"));
    else if (m_loaded)
        m_notice->setText({}, {});
}

void JobDialog::tryAgain()
{
    if (!m_loaded) {
        load();
        return;
    }
    if (!m_saveError && hasFileOnly()) {
        openFile();
        return;
    }
    m_readError.reset();
    m_readSource.reset();
    m_checks.checkAgain();
    readTables();
}

void JobDialog::openAt(int page)
{
    if (page > 0)
        m_pages->setCurrentRow(page);
}

void JobDialog::showPage(int page)
{
    if (page < 0)
        return;
    m_stack->setCurrentIndex(page);
    if (page == static_cast<int>(EditorPage::Rules))
        m_rules->setColumns(m_tables->allColumns());
    static_cast<EditorSheet *>(m_stack->currentWidget())->showDraft();
}

void JobDialog::leadTo(const EditorProblem &problem)
{
    if (problem.onlyInFile && !m_file.isEmpty()) {
        m_notice->findChild<QWidget *>(u"noticeButton"_s)->setFocus();
        return;
    }
    m_pages->setCurrentRow(static_cast<int>(problem.page));
    static_cast<EditorSheet *>(m_stack->currentWidget())->lead(problem);
}

// Anew where a side is another one; what was read stays on show until then.
void JobDialog::readTables()
{
    const auto &source = m_checks.source();
    const auto &target = m_checks.target();
    if (!source || !target || (source == m_readSource && target == m_readTarget))
        return;
    m_readSource = source;
    m_readTarget = target;
    m_readError.reset();
    if (m_reading)
        m_reading->cancel();
    m_reading = std::make_shared<Cancellation>();
    m_box = std::make_shared<CatalogBox>();
    m_seen = 0;
    m_tables->setReading(true);
    m_look.start();
    JobSettings job = m_checks.job().value_or(JobSettings());
    job.source = *source;
    job.target = *target;
    inBackground(
        this,
        [desk = m_desk, job, box = m_box, cancellation = m_reading] {
            return readCatalog(*desk, job, *box, *cancellation);
        },
        [this, reading = m_reading](const Result<void> &read) {
            if (reading != m_reading)
                return;
            m_reading.reset();
            m_look.stop();
            if (!read)
                m_readError = read.error();
            m_tables->setReading(false);
            showTables();
            showState();
        });
}

void JobDialog::showTables()
{
    if (!m_box || m_box->version() == m_seen)
        return;
    m_seen = m_box->version();
    m_tables->setCatalog(m_box->catalog());
    m_tables->setProblems(m_checks.problems(), m_checks.remarks());
    m_sides->setKeptSize(m_tables->keptSize());
    if (m_stack->currentWidget() == m_rules)
        m_rules->setColumns(m_tables->allColumns());
}

// The editor undoes edits over all of its fields; a field's own history would only get in its way.
bool JobDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isOurs = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)
            || key->keyCombination() == QKeyCombination(Qt::ControlModifier, Qt::Key_Y);
        if (isOurs) {
            event->ignore();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace tidemark
