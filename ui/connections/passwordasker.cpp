// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/passwordasker.h"

#include <QApplication>
#include <QDialog>

#include "app/wording/wording.h"
#include "ui/connections/passworddialog.h"
#include "ui/widgets/askbox.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Kind = PasswordSource::Kind;

static QString keyOf(const ConnectionSettings &settings)
{
    return QStringList{settings.name,     driverName(settings.driver),
                       settings.host,     QString::number(settings.port),
                       settings.database, settings.user}
        .join(u'\n');
}

static Error missing(const QString &connection)
{
    return Error{ErrorCode::PasswordMissing, {}, {}}.with(Fact::Connection, connection);
}

PasswordAsker::PasswordAsker(QObject *parent, std::shared_ptr<Keychain> keychain)
    : QObject(parent), m_keychain(std::move(keychain))
{ }

Result<Secret> PasswordAsker::ask(const ConnectionSettings &settings)
{
    const QString key = keyOf(settings);
    std::unique_lock lock(m_mutex);
    std::shared_ptr<Question> &known = m_questions[key];
    const bool first = !known;
    if (first)
        known = std::make_shared<Question>(Question{settings.label(), {}, false, false});
    const std::shared_ptr<Question> question = known;
    if (!first)
        return wait(*question, lock, settings);

    lock.unlock();
    std::shared_ptr<Keychain> keychain;
    if (settings.password.kind == Kind::Keychain)
        keychain = m_keychain ? m_keychain : systemKeychain();
    const bool canStore = keychain && keychain->isAvailable();
    QMetaObject::invokeMethod(
        this, [this, key, settings, canStore] { show(key, settings, canStore); }, Qt::QueuedConnection);
    lock.lock();
    const Result<Secret> secret = wait(*question, lock, settings);
    const bool stores = question->stored;
    lock.unlock();
    if (secret && stores) {
        const auto kept = keychain->write(settings.password.name, *secret);
        if (!kept)
            QMetaObject::invokeMethod(
                this, [this, error = kept.error()] { showNotStored(error); }, Qt::QueuedConnection);
    }
    return secret;
}

Result<Secret> PasswordAsker::wait(Question &question, std::unique_lock<std::mutex> &lock,
                                   const ConnectionSettings &settings)
{
    m_answered.wait(lock, [&] { return m_closed || question.answer; });
    if (question.answer)
        return *question.answer;
    return fail(missing(settings.label()));
}

void PasswordAsker::forget()
{
    const std::scoped_lock lock(m_mutex);
    for (auto at = m_questions.begin(); at != m_questions.end();)
        at = at->second->answer && !at->second->remembered ? m_questions.erase(at) : std::next(at);
}

void PasswordAsker::forgetRefused(const QString &connection)
{
    const std::scoped_lock lock(m_mutex);
    for (auto at = m_questions.begin(); at != m_questions.end();)
        at = at->second->answer && at->second->label == connection ? m_questions.erase(at) : std::next(at);
}

void PasswordAsker::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
    }
    m_answered.notify_all();
    for (const QPointer<QDialog> &dialog : std::exchange(m_dialogs, {})) {
        if (dialog) { // nobody waits for it any more
            dialog->hide();
            dialog->deleteLater();
        }
    }
}

void PasswordAsker::answer(const QString &key, Result<Secret> answer, bool ticked, bool stores)
{
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_questions.find(key);
        if (found != m_questions.end() && !found->second->answer) {
            found->second->remembered = ticked && !stores && answer.has_value();
            found->second->stored = ticked && stores;
            found->second->answer = std::move(answer);
        }
    }
    m_answered.notify_all();
}

void PasswordAsker::show(const QString &key, const ConnectionSettings &settings, bool canStore)
{
    if (m_closed) // under way while it closed; written on this thread alone
        return;
    // It belongs to the window that the person is in: one that is modal to another would keep it from being answered,
    // and one that lies above would hide it.
    QWidget *parent = QApplication::activeModalWidget();
    if (!parent)
        parent = QApplication::activeWindow();
    auto *dialog = new PasswordDialog(settings, canStore, parent ? parent : m_window.data());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialogs.removeAll(QPointer<QDialog>());
    m_dialogs.append(dialog);
    const QString label = settings.label();
    connect(dialog, &QDialog::finished, this, [this, key, dialog, label, canStore](int result) {
        disconnect(dialog, &QObject::destroyed, this, nullptr);
        if (result == QDialog::Accepted)
            answer(key, Secret(dialog->takePassword()), dialog->isTicked(), canStore);
        else
            answer(key, fail(missing(label)), false, false);
    });
    // The window that it belongs to may go first.
    connect(dialog, &QObject::destroyed, this, [this, key, label] { answer(key, fail(missing(label)), false, false); });
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void PasswordAsker::showNotStored(const Error &error)
{
    auto *box =
        new AskBox(u"warning"_s, tr("Password"), tr("The password was used, but not put into the keychain."), m_window);
    box->setObjectName(u"notStoredBox"_s);
    box->setInformativeText(wording::oneLine(error));
    box->addKeepButton(tr("Close"));
    box->setModal(false);
    box->show();
}

} // namespace tidemark
