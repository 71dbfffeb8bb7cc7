// SPDX-License-Identifier: GPL-3.0-or-later
// What the list of connections does with the selected one.
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>

#include "app/wording/wording.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectionlistdialog.h"
#include "ui/connections/connectionsaving.h"
#include "ui/connections/connectiontester.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

ConnectionDialog *ConnectionListDialog::openEditor(const ConnectionSettings &settings, bool isNew)
{
    QStringList taken;
    for (const ConnectionListModel::Entry &entry : m_model->entries()) {
        if (isNew || entry.settings.name != settings.name)
            taken << entry.settings.name;
    }
    auto *dialog = new ConnectionDialog(m_desk, settings, taken, this, m_keychain);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->saveHere(isNew);
    m_editor = dialog;
    connect(dialog, &ConnectionDialog::tested, this, &ConnectionListDialog::remember);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_wanted = dialog->settings().name;
        say({});
        reload();
        Q_EMIT changed();
    });
    dialog->open();
    return dialog;
}

void ConnectionListDialog::create() { openEditor({}, true); }

void ConnectionListDialog::edit()
{
    if (const ConnectionListModel::Entry *entry = current())
        openEditor(entry->settings, false)->setUsers(QStringList(entry->users));
}

void ConnectionListDialog::duplicate()
{
    const ConnectionListModel::Entry *entry = current();
    if (!entry)
        return;
    ConnectionSettings copy = entry->settings;
    QStringList taken;
    for (const ConnectionListModel::Entry &each : m_model->entries())
        taken << each.settings.name;
    copy.name = freeName(copy.name, taken);
    ConnectionDialog *dialog = openEditor(copy, true);
    if (copy.password.kind == PasswordSource::Kind::Keychain)
        dialog->copyPasswordOf(copy.password.name);
}

void ConnectionListDialog::test()
{
    const bool running = m_tester->isRunning();
    const QString before = m_testing.name;
    m_tester->stop();
    m_model->setTesting(before, false);
    const ConnectionListModel::Entry *entry = current();
    if (entry && !(running && before == entry->settings.name)) {
        m_testing = entry->settings;
        say({});
        m_model->setTesting(m_testing.name, true);
        m_tester->test(m_testing, {});
    }
    showButtons();
}

void ConnectionListDialog::remember(const ConnectionSettings &settings, const QString &server,
                                    const std::optional<Error> &error)
{
    showButtons();
    if (error && error->code == ErrorCode::Cancelled)
        return;
    TestResult result;
    result.server = server;
    if (error)
        result.error = error->code;
    inBackground(
        this,
        [desk = m_desk, settings, result]() mutable {
            result.atUs = desk->clock().nowUs();
            if (const auto known = desk->workspace().connections())
                TestMemory(desk->workspace().folder()).remember(settings, result, *known);
            return true;
        },
        [this](bool) { reload(); });
}

void ConnectionListDialog::remove()
{
    const ConnectionListModel::Entry *entry = current();
    if (!entry)
        return;
    const QString name = wording::safeText(entry->settings.name);
    auto *box = new AskBox(u"question"_s, tr("Remove connection"), {}, this);
    box->setObjectName(u"removeBox"_s);
    if (!entry->users.isEmpty()) {
        QStringList jobs;
        for (qsizetype i = 0; i < std::min<qsizetype>(entry->users.size(), 10); ++i)
            jobs << u"•  "_s + wording::safeText(entry->users.at(i), 80);
        if (entry->users.size() > 10)
            jobs << u"…"_s;
        box->setText(tr("%1 stays: %n job(s) use it.", nullptr, static_cast<int>(entry->users.size())).arg(name));
        box->setInformativeText(jobs.join(u'\n') + u"\n\n"_s
                                + tr("Give these jobs another connection, or remove them first."));
        box->addKeepButton(tr("Close"));
        box->open();
        return;
    }
    box->setText(tr("Remove the connection %1?").arg(name));
    box->setInformativeText(tr("The database itself is not touched."));
    QCheckBox *password = nullptr;
    if (entry->settings.password.kind == PasswordSource::Kind::Keychain) {
        password = new QCheckBox(tr("Remove its &password from the keychain, too"), box);
        password->setChecked(true);
        box->setCheckBox(password);
    }
    QPushButton *yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    yes->setObjectName(u"removeYes"_s);
    box->addKeepButton(tr("Cancel"));
    connect(yes, &QPushButton::clicked, this,
            [this, settings = entry->settings, password] { removeNow(settings, password && password->isChecked()); });
    box->open();
}

void ConnectionListDialog::removeNow(const ConnectionSettings &settings, bool withPassword)
{
    bool shared = false; // the entry of the keychain
    for (const ConnectionListModel::Entry &entry : m_model->entries())
        shared = shared || (entry.settings.name != settings.name && entry.settings.password == settings.password);
    inBackground(
        this,
        [desk = m_desk, settings, forget = withPassword && !shared,
         keychain = m_keychain ? m_keychain : systemKeychain()]() -> Result<void> {
            const auto removed = desk->workspace().removeConnection(settings.name);
            if (!removed && removed.error().code != ErrorCode::NoSuchConnection) // gone already is as well
                return removed;
            if (forget && keychain)
                TRY(keychain->remove(settings.password.name));
            return {};
        },
        [this](const Result<void> &removed) {
            say(removed ? QString() : wording::oneLine(removed.error()));
            reload();
            Q_EMIT changed();
        });
}

} // namespace tidemark
