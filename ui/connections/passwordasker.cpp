// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/passwordasker.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tidemark {

static QString keyOf(const ConnectionSettings &settings)
{
    return QStringList{settings.name,     driverName(settings.driver),
                       settings.host,     QString::number(settings.port),
                       settings.database, settings.user}
        .join(u'\n');
}

Result<Secret> PasswordAsker::ask(const ConnectionSettings &settings)
{
    const QString key = keyOf(settings);
    std::unique_lock lock(m_mutex);
    std::shared_ptr<Question> &known = m_questions[key];
    if (!known) {
        known = std::make_shared<Question>();
        QMetaObject::invokeMethod(
            this, [this, key, settings] { show(key, settings); }, Qt::QueuedConnection);
    }
    const std::shared_ptr<Question> question = known;
    m_answered.wait(lock, [&] { return m_closed || question->answer; });
    if (question->answer)
        return *question->answer;
    return fail(Error{ErrorCode::PasswordMissing, {}, {}}.with(Fact::Connection, settings.label()));
}

void PasswordAsker::forget()
{
    const std::scoped_lock lock(m_mutex);
    for (auto at = m_questions.begin(); at != m_questions.end();)
        at = at->second->answer ? m_questions.erase(at) : std::next(at);
}

void PasswordAsker::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
    }
    m_answered.notify_all();
}

void PasswordAsker::answer(const QString &key, Result<Secret> answer)
{
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_questions.find(key);
        if (found != m_questions.end() && !found->second->answer)
            found->second->answer = std::move(answer);
    }
    m_answered.notify_all();
}

void PasswordAsker::show(const QString &key, const ConnectionSettings &settings)
{
    auto *dialog = new QDialog(m_window);
    dialog->setObjectName(u"passwordDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Password"));
    auto *layout = new QVBoxLayout(dialog);
    auto *label =
        new QLabel(settings.user.isEmpty() ? tr("Password for %1").arg(settings.label())
                                           : tr("Password of %1 for %2").arg(settings.user, settings.label()));
    label->setTextFormat(Qt::PlainText);
    auto *field = new QLineEdit;
    field->setEchoMode(QLineEdit::Password);
    field->setMinimumWidth(320);
    label->setBuddy(field);
    auto *hint = new QLabel(tr("It is kept until the current task ends, and never stored."));
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Connect"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    layout->addWidget(label);
    layout->addWidget(field);
    layout->addWidget(hint);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::finished, this, [this, key, field, label = settings.label()](int result) {
        if (result == QDialog::Accepted)
            answer(key, Secret(field->text().toUtf8()));
        else
            answer(key, fail(Error{ErrorCode::PasswordMissing, {}, {}}.with(Fact::Connection, label)));
        field->clear();
    });
    dialog->show();
    field->setFocus();
}

} // namespace tidemark
