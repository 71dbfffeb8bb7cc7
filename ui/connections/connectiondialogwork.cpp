// SPDX-License-Identifier: GPL-3.0-or-later
// What the connection dialog does beyond its fields: test, certificate, grants, saving.
#include <QPushButton>
#include <QTabWidget>

#include "app/wording/wording.h"
#include "ui/connections/certificatedialog.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectionsaving.h"
#include "ui/connections/connectiontester.h"
#include "ui/connections/fieldrow.h"
#include "ui/connections/generalpage.h"
#include "ui/connections/grantsdialog.h"
#include "ui/connections/noticestrip.h"
#include "ui/connections/resourcecolumns.h"
#include "ui/connections/resourcespage.h"
#include "ui/connections/testpanel.h"
#include "ui/connections/textfield.h"
#include "ui/connections/tlspage.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Kind = PasswordSource::Kind;

QString ConnectionDialog::typedSecret() const
{
    const ConnectionDraft now = draft();
    const bool takes = now.passwordKind == Kind::Keychain || now.passwordKind == Kind::Ask;
    return now.takesSecret() && takes ? now.secret : QString();
}

// A duplicate's password stands where its pattern's does until it is saved.
ConnectionSettings ConnectionDialog::reachable() const
{
    ConnectionSettings asked = settings();
    if (!m_copyOf.isEmpty() && draft().secret.isEmpty() && asked.password.kind == Kind::Keychain)
        asked.password.name = m_copyOf;
    return asked;
}

void ConnectionDialog::test()
{
    m_testedDraft = draft();
    m_testedSettings = settings();
    m_panel->clear(m_testedDraft);
    m_panel->begin();
    m_tester->test(reachable(), typedSecret());
}

void ConnectionDialog::showFailure(const Error &error)
{
    m_panel->fail(error, draft());
    Q_EMIT tested(m_testedSettings, {}, error);
}

// What the file would say of columns, key and since is not asked about: they are what is to be found.
void ConnectionDialog::infer()
{
    if (m_resources->current() == nullptr)
        return;
    HttpResource asked = *m_resources->current();
    asked.columns.reset();
    asked.key.clear();
    asked.since.reset();
    asked.write.reset();
    if (asked.name.isEmpty())
        asked.name = asked.path;
    QStringList missing;
    const QList<ConnectionProblem> problems = draft().problems(m_takenNames);
    for (const ConnectionProblem &problem : problems) {
        const bool isHere = problem.field == ConnectionField::ResourcePath || problem.field == ConnectionField::Records
            || problem.field == ConnectionField::PagingParam || problem.field == ConnectionField::PagingNext;
        if (problem.field == ConnectionField::Url || problem.field == ConnectionField::User
            || problem.field == ConnectionField::AuthHeader || (isHere && problem.item == m_resources->currentItem()))
            missing << problem.text;
    }
    if (!missing.isEmpty())
        return m_resources->columns().fail(missing.first());
    ConnectionSettings settings = reachable();
    if (!settings.http)
        return;
    auto http = std::make_shared<HttpSettings>(*settings.http);
    http->resources = {asked};
    settings.http = std::move(http);
    m_resources->columns().begin(asked.name);
    m_inferrer->infer(settings, typedSecret());
}

void ConnectionDialog::viewCertificate()
{
    auto *dialog = new CertificateDialog(m_desk, settings(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CertificateDialog::pinned, this, [this](const QString &sha256) {
        m_tls->setPin(sha256);
        goTo(ConnectionField::Pin);
    });
    dialog->open();
}

void ConnectionDialog::showGrants()
{
    auto *dialog = new GrantsDialog(m_desk, reachable(), typedSecret(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ConnectionDialog::saveHere(bool isNew)
{
    m_savesHere = true;
    m_isNew = isNew;
    if (isNew)
        setWindowTitle(tr("New connection"));
}

void ConnectionDialog::copyPasswordOf(const QString &keychainKey)
{
    m_copyOf = keychainKey;
    ConnectionDraft now = draft();
    now.keychainKey.clear();
    load(now);
    m_opened = draft();
}

void ConnectionDialog::setUsers(const QStringList &jobs)
{
    m_users.clear();
    for (const QString &job : jobs)
        m_users << wording::safeText(job, 60);
    follow();
}

void ConnectionDialog::workspaceChanged(const QList<ConnectionSettings> &all)
{
    m_takenNames.clear();
    std::optional<ConnectionSettings> theirs;
    for (const ConnectionSettings &settings : all) {
        if (!m_isNew && settings.name == m_before.name)
            theirs = settings;
        else
            m_takenNames << settings.name;
    }
    const bool otherwise = !m_isNew && !m_saving && (!theirs || *theirs != m_before);
    if (otherwise && !(m_othersChanged && theirs == m_theirs)) {
        showOthers(theirs);
    } else if (m_othersChanged && !m_saving && !otherwise) { // taken back
        m_othersChanged = false;
        m_theirs.reset();
        m_notice->dismiss();
    }
    follow();
}

void ConnectionDialog::showOthers(const std::optional<ConnectionSettings> &theirs)
{
    m_othersChanged = true;
    m_theirs = theirs;
    if (theirs)
        m_notice->say(
            tr("Another program has changed this connection since it was opened here. Saving replaces that by "
               "what stands here."),
            tr("Take over the change"));
    else
        m_notice->say(tr("Another program has removed this connection. Saving makes it again from what stands here."));
}

void ConnectionDialog::takeTheirs()
{
    if (!m_theirs)
        return;
    m_before = *m_theirs;
    m_theirs.reset();
    m_othersChanged = false;
    m_notice->dismiss();
    load(ConnectionDraft::of(m_before));
    m_opened = draft();
}

void ConnectionDialog::reject()
{
    if (m_saving)
        return m_saving->cancel(); // what comes of it is shown
    if (isEdited())
        return askToDiscard();
    m_tester->stop();
    QDialog::reject();
}

void ConnectionDialog::askToDiscard()
{
    if (const auto *asked = findChild<QMessageBox *>(u"unsavedBox"_s); asked && asked->isVisible())
        return;
    auto *box = new AskBox(u"edit"_s, tr("Not saved"), tr("What was typed here is not saved."), this);
    box->setObjectName(u"unsavedBox"_s);
    QPushButton *saves = m_save->isEnabled() ? box->addButton(tr("Save"), QMessageBox::AcceptRole) : nullptr;
    QPushButton *discard = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    box->addKeepButton(tr("Keep editing"));
    if (saves != nullptr)
        box->setDefaultButton(saves);
    if (saves != nullptr)
        connect(saves, &QPushButton::clicked, this, &ConnectionDialog::accept);
    connect(discard, &QPushButton::clicked, this, [this] {
        m_tester->stop();
        QDialog::reject();
        // Two windows go at once, and a window manager may then give the keys to neither of those that stay.
        if (QWidget *below = parentWidget())
            below->window()->activateWindow();
    });
    box->open();
}

void ConnectionDialog::accept()
{
    const ConnectionDraft now = draft();
    if (m_saving || !m_save->isEnabled())
        return;
    SaveOrder order;
    order.settings = settings();
    order.createFile = now.createFile && !now.isServer();
    if (now.takesSecret() && now.passwordKind == Kind::Keychain) {
        order.secret = now.secret;
        order.ownKey = !now.keychainKey.isEmpty();
        order.copyOf = m_copyOf;
        order.keychain = m_keychain;
    }
    if (m_savesHere) {
        order.workspace = m_desk->workspace();
        order.regardless = m_othersChanged;
        if (!m_isNew)
            order.replaced = m_before;
    }
    m_tester->stop();
    m_inferrer->stop();
    if (!order.workspace && !order.createFile && order.secret.isEmpty() && order.copyOf.isEmpty())
        return QDialog::accept();
    order.cancellation = std::make_shared<Cancellation>();
    setSaving(order.cancellation);
    inBackground(
        this, [order] { return save(order); }, [this](const SaveOutcome &outcome) { saved(outcome); });
}

// A keychain may ask to be unlocked and take its time: nothing is typed meanwhile that would be lost.
void ConnectionDialog::setSaving(std::shared_ptr<Cancellation> saving)
{
    m_saving = std::move(saving);
    for (QWidget *each : {static_cast<QWidget *>(m_url), static_cast<QWidget *>(m_tabs),
                          static_cast<QWidget *>(m_panel), static_cast<QWidget *>(m_grants)})
        each->setEnabled(m_saving == nullptr);
    m_save->setText(m_saving ? tr("Saving…") : tr("Save"));
    follow();
}

void ConnectionDialog::saved(const SaveOutcome &outcome)
{
    setSaving({});
    if (outcome.otherwise)
        return showOthers(outcome.theirs);
    if (outcome.error && outcome.error->code == ErrorCode::Cancelled) {
        m_notice->say(tr("Saving was stopped. Nothing has changed."));
        return goTo(outcome.field);
    }
    if (outcome.error) {
        m_notice->say(tr("Not saved. %1").arg(wording::oneLine(*outcome.error)));
        if (outcome.field != ConnectionField::None)
            goTo(outcome.field);
        return;
    }
    m_saved = outcome.settings;
    m_isSaved = true;
    QDialog::accept();
}

} // namespace tidemark
