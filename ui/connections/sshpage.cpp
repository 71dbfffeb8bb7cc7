// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/sshpage.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "app/wording/wording.h"
#include "ui/connections/fieldrow.h"
#include "ui/connections/pathfield.h"
#include "ui/connections/textfield.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;

SshPage::SshPage(QWidget *parent)
    : ConnectionPage(parent), m_use(new QCheckBox(tr("Reach the server through &an SSH server"), this)),
      m_host(new TextField(this)), m_port(new TextField(this)), m_user(new TextField(this)),
      m_key(new PathField(tr("SSH key file"), PathField::Wants::ExistingFile, this)), m_hostKey(new QWidget(this)),
      m_command(new QLabel(m_hostKey))
{
    setAccessibleName(tr("SSH tunnel"));
    m_use->setObjectName(u"ssh"_s);
    m_host->setObjectName(u"sshHost"_s);
    m_port->setObjectName(u"sshPort"_s);
    m_user->setObjectName(u"sshUser"_s);
    m_key->edit()->setObjectName(u"sshKey"_s);
    auto *use = new FieldRow(QString(), m_use, body());
    use->setHint(tr("Host and port of the General tab are then as the SSH server sees them."));
    m_use->setWhatsThis(tr("The system's ssh makes the tunnel. Tidemark types no SSH password or passphrase."));
    addWidget(use);
    auto *place = new QWidget(this);
    auto *layout = new QHBoxLayout(place);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::gap);
    auto *port = new QLabel(tr("P&ort:"), place);
    port->setBuddy(m_port);
    m_port->setFixedWidth(88);
    m_port->setPlaceholderText(u"22"_s);
    m_port->setAccessibleName(tr("SSH port"));
    layout->addWidget(m_host, 1);
    layout->addWidget(port);
    layout->addWidget(m_port);
    FieldRow *row = addRow(Field::SshHost, tr("SSH &host:"), place,
                           tr("The SSH server in between, or its alias in ~/.ssh/config."), m_host);
    alsoIn(Field::SshPort, row, m_port, tr("Empty: 22, or what ~/.ssh/config says."));
    addRow(Field::SshUser, tr("SSH &user:"), m_user, tr("The login there. Empty: as ssh decides."));
    addRow(Field::SshKey, tr("&Key file:"), m_key, tr("A private key. Empty: the SSH agent and the usual keys."),
           m_key->edit());
    this->row(Field::SshKey)
        ->setHint(tr("Empty: the SSH agent and the usual keys. A key with a passphrase has to be in the agent."));
    m_key->edit()->setPlaceholderText(u"~/.ssh/id_ed25519"_s);
    buildHostKey();
    alignRows();
    for (TextField *edit : {m_host, m_port, m_user, m_key->edit()})
        watch(edit);
    connect(m_use, &QCheckBox::toggled, this, &SshPage::edited);
}

void SshPage::buildHostKey()
{
    auto *inner = new QWidget(m_hostKey);
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, theme::gap, 0, 0);
    auto *text =
        new QLabel(tr("The SSH server is known by its host key in ~/.ssh/known_hosts; this check is never off. "
                      "To add a server, run this once in a terminal and compare the fingerprint that it shows:"),
                   inner);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setFont(theme::caption(font()));
    text->setForegroundRole(QPalette::PlaceholderText);
    auto *line = new QWidget(inner);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    m_command->setParent(line);
    m_command->setObjectName(u"sshCommand"_s);
    m_command->setTextFormat(Qt::PlainText);
    m_command->setFont(theme::data(font()));
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->setAccessibleName(tr("Command that adds the SSH server to the known hosts"));
    m_command->setWordWrap(true);
    m_command->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *copy = new QPushButton(tr("&Copy"), line);
    copy->setObjectName(u"copySshCommand"_s);
    copy->setAccessibleName(tr("Copy the command"));
    copy->setWhatsThis(tr("Copies the command, to be run in a terminal."));
    row->addWidget(m_command, 1);
    row->addWidget(copy);
    layout->addWidget(text);
    layout->addWidget(line);
    auto *outer = new QVBoxLayout(m_hostKey);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(new FieldRow(QString(), inner, m_hostKey, copy));
    addWidget(m_hostKey);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->property("command").toString()); });
}

void SshPage::load(const ConnectionDraft &draft)
{
    m_use->setChecked(draft.ssh);
    m_host->replace(draft.sshHost);
    m_port->replace(draft.sshPort);
    m_user->replace(draft.sshUser);
    m_key->edit()->replace(draft.sshKey);
}

void SshPage::store(ConnectionDraft &draft) const
{
    draft.ssh = m_use->isChecked();
    draft.sshHost = m_host->text();
    draft.sshPort = m_port->text();
    draft.sshUser = m_user->text();
    draft.sshKey = m_key->edit()->text();
}

// For a shell: a name with odd characters is quoted, whatever it holds.
static QString shellWord(const QString &word)
{
    for (const QChar c : word) {
        if (!c.isLetterOrNumber() && !u".-_:@~/"_s.contains(c))
            return u'\'' + QString(word).replace(u'\'', "'\\''"_L1) + u'\'';
    }
    return word;
}

void SshPage::follow(const ConnectionDraft &draft)
{
    for (const Field field : {Field::SshHost, Field::SshUser, Field::SshKey})
        row(field)->setVisible(draft.ssh);
    QString command = u"ssh"_s;
    if (!draft.sshPort.trimmed().isEmpty())
        command += " -p "_L1 + shellWord(draft.sshPort.trimmed());
    const QString user = draft.sshUser.trimmed();
    const QString at = user.isEmpty() ? draft.sshHost.trimmed() : QString(user + u'@' + draft.sshHost.trimmed());
    command += u' ' + shellWord(at);
    m_command->setText(wording::safeText(command));
    m_command->setProperty("command", command);
    m_hostKey->setVisible(draft.ssh && isSshWord(draft.sshHost.trimmed()));
}

} // namespace tidemark
