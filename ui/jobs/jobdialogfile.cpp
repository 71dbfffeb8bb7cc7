// SPDX-License-Identifier: GPL-3.0-or-later
// The job editor's file: read once, written whole, and never over what another program wrote meanwhile unasked.
#include <algorithm>

#include <QDesktopServices>
#include <QFileInfo>
#include <QPointer>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "ui/jobs/editornotice.h"
#include "ui/jobs/editorsides.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdialog.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static QJsonObject newJob()
{
    return {{u"tidemark"_s, 1}, {u"name"_s, QString()}, {u"mode"_s, u"update"_s}, {u"tables"_s, u"*"_s}};
}

void JobDialog::load()
{
    struct Loaded
    {
        Result<QList<ConnectionSettings>> connections;
        Result<QJsonObject> json;
    };
    setEnabled(false);
    inBackground(
        this,
        [desk = m_desk, file = m_file]() -> Loaded {
            return {desk->workspace().connections(),
                    file.isEmpty() ? Result<QJsonObject>(newJob()) : readJsonFile(file)};
        },
        [this](const Loaded &loaded) {
            setEnabled(true);
            if (loaded.connections && loaded.json) {
                m_connections = *loaded.connections;
                opened(*loaded.json);
                return;
            }
            const Error &error = !loaded.connections ? loaded.connections.error() : loaded.json.error();
            if (m_loaded) { // theirs cannot be read: what is edited here stays
                m_saveError = error;
                showState();
            } else {
                m_notice->setText(wording::oneLine(error), tr("Try again"));
            }
        });
}

void JobDialog::opened(const QJsonObject &job)
{
    m_opened = job;
    m_loaded = true;
    m_stack->setEnabled(true);
    m_notice->setText({}, {});
    if (!m_file.isEmpty())
        m_nameBefore = QUrl::fromPercentEncoding(QFileInfo(m_file).completeBaseName().toUtf8());
    m_checks.setFile(m_file.isEmpty() ? m_desk->workspace().jobFile(u"new"_s) : m_file, m_takenNames);
    m_checks.setConnections(m_connections);
    m_sides->setConnections(m_connections);
    m_draft.load(job);
    if (auto *first = m_sides->findChild<QWidget *>(u"source"_s))
        first->setFocus();
}

bool JobDialog::hasFileOnly() const
{
    const QList<EditorProblem> &all = m_checks.problems();
    return !m_file.isEmpty()
        && std::any_of(all.begin(), all.end(), [](const EditorProblem &problem) { return problem.onlyInFile; });
}

// Where no program opens such files, its folder.
void JobDialog::openFile()
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(m_file)))
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_file).absolutePath()));
}

void JobDialog::save()
{
    if (!m_save->isEnabled())
        return;
    write(m_nameBefore, false);
}

// A run writes an id into a file that has none: that is nobody's change, and the id names the job's history.
static bool isSame(QJsonObject now, const QJsonObject &before)
{
    if (!before.contains("id"_L1))
        now.remove("id"_L1);
    return now == before;
}

void JobDialog::write(const QString &replacedName, bool overwrite)
{
    m_saving = true;
    const QPointer<QWidget> focus = focusWidget();
    m_body->setEnabled(false); // what were typed now would not be in the file
    struct Outcome
    {
        bool changed = false;
        Result<void> saved;
    };
    inBackground(
        this,
        [desk = m_desk, job = m_draft.json(), replacedName, overwrite, before = m_opened]() mutable -> Outcome {
            if (!replacedName.isEmpty()) {
                const auto now = readJsonFile(desk->workspace().jobFile(replacedName)); // gone or broken: changed
                if (!overwrite && (!now || !isSame(*now, before)))
                    return {true, {}};
                if (now && !job.contains("id"_L1) && now->contains("id"_L1))
                    job["id"_L1] = now->value("id"_L1);
            }
            return {false, desk->workspace().saveJob(job, replacedName)};
        },
        [this, focus](const Outcome &outcome) {
            m_saving = false;
            m_body->setEnabled(true);
            if (focus)
                focus->setFocus();
            if (outcome.changed)
                askChanged();
            else
                written(outcome.saved);
        });
}

void JobDialog::written(const Result<void> &result)
{
    if (!result) {
        m_saveError = result.error();
        showState();
        Q_EMIT kept();
        return;
    }
    m_draft.markSaved();
    Q_EMIT saved(m_draft.json().value("name"_L1).toString(), m_draft.json());
    accept();
}

void JobDialog::askChanged()
{
    showState();
    auto *box = new AskBox(u"warning"_s, tr("Job changed"),
                           tr("The file of this job was changed or removed since it was opened here."), this);
    box->setObjectName(u"changedBox"_s);
    QPushButton *copy = box->addButton(tr("Save as a copy"), QMessageBox::ActionRole);
    QPushButton *reload = box->addButton(tr("Load theirs"), QMessageBox::ActionRole);
    QPushButton *overwrite = box->addButton(tr("Overwrite theirs"), QMessageBox::DestructiveRole);
    connect(box->addKeepButton(tr("Cancel")), &QPushButton::clicked, this, &JobDialog::kept);
    connect(copy, &QPushButton::clicked, this, &JobDialog::saveCopy);
    connect(reload, &QPushButton::clicked, this, &JobDialog::load);
    connect(overwrite, &QPushButton::clicked, this, [this] { write(m_nameBefore, true); });
    box->open();
}

void JobDialog::saveCopy()
{
    QJsonObject copy = m_draft.json();
    const QString name = copy.value("name"_L1).toString();
    QString free = tr("%1 (copy)").arg(name);
    for (int n = 2; m_takenNames.contains(free) || free == m_nameBefore; ++n)
        free = tr("%1 (copy %2)").arg(name).arg(n);
    copy["name"_L1] = free;
    copy.remove("id"_L1); // of the job whose state it is
    m_draft.apply(copy);
    write({}, true);
}

void JobDialog::reject()
{
    if (!m_draft.isChanged()) {
        QDialog::reject();
        return;
    }
    if (findChild<QMessageBox *>(u"unsavedBox"_s) != nullptr)
        return;
    auto *box = new AskBox(u"edit"_s, tr("Not saved"), tr("The changes to this job are not saved."), this);
    box->setObjectName(u"unsavedBox"_s);
    QPushButton *saves = m_checks.canSave() ? box->addButton(tr("Save"), QMessageBox::AcceptRole) : nullptr;
    QPushButton *discard = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    QPushButton *stay = box->addKeepButton(tr("Keep editing"));
    if (saves != nullptr)
        box->setDefaultButton(saves);
    if (saves != nullptr)
        connect(saves, &QPushButton::clicked, this, &JobDialog::save);
    connect(discard, &QPushButton::clicked, this, [this] { QDialog::reject(); });
    connect(stay, &QPushButton::clicked, this, &JobDialog::kept);
    box->open();
}

} // namespace tidemark
