// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/passworddialog.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "app/wording/wording.h"
#include "ui/connections/connectiondraft.h"
#include "ui/connections/textfield.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

PasswordDialog::PasswordDialog(const ConnectionSettings &settings, bool canStore, QWidget *parent)
    : QDialog(parent), m_field(new TextField(this)), m_tick(new QCheckBox(this))
{
    const bool wantsKeychain = settings.password.kind == PasswordSource::Kind::Keychain;
    setObjectName(u"passwordDialog"_s);
    setWindowTitle(tr("Password"));
    const QString label = wording::safeText(settings.label(), 80);
    auto *question =
        new QLabel(settings.user.isEmpty() ? tr("&Password for %1").arg(QString(label).replace(u'&', "&&"_L1))
                                           : tr("&Password of %1 for %2")
                                                 .arg(wording::safeText(settings.user, 80).replace(u'&', "&&"_L1),
                                                      QString(label).replace(u'&', "&&"_L1)),
                   this);
    question->setTextFormat(Qt::PlainText);
    question->setWordWrap(true);
    auto *place = new QLabel(wording::safeText(placeOf(settings)), this);
    place->setTextFormat(Qt::PlainText);
    place->setWordWrap(true);
    place->setForegroundRole(QPalette::PlaceholderText);
    place->setVisible(!settings.name.isEmpty());
    m_field->makeSecret();
    m_field->setObjectName(u"password"_s);
    m_field->setMinimumWidth(360);
    m_field->setAccessibleName(tr("Password"));
    m_field->setWhatsThis(tr("It serves this connection and goes into no file."));
    question->setBuddy(m_field);
    m_tick->setObjectName(u"keep"_s);
    m_tick->setText(canStore ? tr("Put it into the &keychain") : tr("&Remember it until Tidemark closes"));
    m_tick->setChecked(canStore);
    auto *hint = new QLabel(this);
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setFont(theme::caption(font()));
    hint->setText(canStore ? tr("The keychain did not give it: it has none for this connection, or stayed locked.")
                      : wantsKeychain ? tr("This desktop has no keychain. The password is not stored.")
                                      : tr("The password is not stored; it is forgotten when the current task ends."));
    auto *connectButton = new AccentButton(tr("Connect"), this);
    connectButton->setObjectName(u"connect"_s);
    connectButton->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(u"cancel"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(connectButton);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(question);
    layout->addWidget(place);
    layout->addWidget(m_field);
    layout->addWidget(m_tick);
    layout->addWidget(hint);
    layout->addSpacing(theme::gap);
    layout->addLayout(buttons);
    connect(connectButton, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_field->setFocus();
}

QByteArray PasswordDialog::takePassword()
{
    const QByteArray bytes = m_field->text().toUtf8();
    m_field->reset({});
    return bytes;
}

bool PasswordDialog::isTicked() const { return m_tick->isChecked(); }

} // namespace tidemark
