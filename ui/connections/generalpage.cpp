// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/generalpage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>

#include "core/config/connectionreader.h"
#include "ui/connections/fieldrow.h"
#include "ui/connections/pathfield.h"
#include "ui/connections/textfield.h"
#include "ui/widgets/background.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;
using Kind = PasswordSource::Kind;

GeneralPage::GeneralPage(QWidget *parent)
    : ConnectionPage(parent), m_name(new TextField(this)), m_driver(new QComboBox(this)),
      m_file(new PathField(tr("Database file"), PathField::Wants::AnyFile, this)),
      m_create(new QCheckBox(tr("Create an &empty database there when saving"), this)), m_host(new TextField(this)),
      m_port(new TextField(this)), m_database(new TextField(this)), m_schema(new TextField(this)),
      m_user(new TextField(this)), m_url(new TextField(this)), m_header(new TextField(this)),
      m_clearText(new QCheckBox(tr("Allow http: rea&dable by all on the way"), this)), m_auth(new QComboBox(this)),
      m_kind(new QComboBox(this)), m_secret(new TextField(this)), m_variable(new TextField(this)),
      m_passwordFile(new PathField(tr("Password file"), PathField::Wants::ExistingFile, this)),
      m_timeout(new TextField(this)), m_readOnly(nullptr), m_production(nullptr), m_look(new QTimer(this))
{
    setAccessibleName(tr("General"));
    const std::pair<QWidget *, QString> names[]{
        {m_name, u"name"_s},      {m_driver, u"driver"_s},     {m_file->edit(), u"file"_s},
        {m_host, u"host"_s},      {m_port, u"port"_s},         {m_database, u"database"_s},
        {m_schema, u"schema"_s},  {m_user, u"user"_s},         {m_kind, u"passwordKind"_s},
        {m_secret, u"secret"_s},  {m_variable, u"variable"_s}, {m_passwordFile->edit(), u"passwordFile"_s},
        {m_timeout, u"timeout"_s}};
    for (const auto &[widget, name] : names)
        widget->setObjectName(name);
    for (const Driver driver :
         {Driver::Sqlite, Driver::Postgres, Driver::Mysql, Driver::Http, Driver::Redis, Driver::Amqp})
        m_driver->addItem(signs::icon(u"driver-"_s + driverName(driver)), driverTitle(driver),
                          static_cast<int>(driver));
    m_driver->setMinimumWidth(200);
    buildPlace();
    buildPassword();
    m_timeout->setMaximumWidth(120);
    addRow(Field::Timeout, tr("T&ime-out:"), m_timeout,
           tr("How long each answer is waited for before the server counts as unreachable: 10s, 2m."));
    buildMarks();
    alignRows();
    for (TextField *edit : {m_name, m_file->edit(), m_host, m_port, m_database, m_schema, m_user, m_variable,
                            m_passwordFile->edit(), m_timeout})
        watch(edit);
    for (TextField *edit : {m_secret, m_url, m_header})
        watch(edit, false);
    connect(m_driver, &QComboBox::currentIndexChanged, this, &GeneralPage::edited);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &GeneralPage::edited);
    connect(m_kind, &QComboBox::activated, this, [this] { m_kindTouched = true; });
    connect(m_auth, &QComboBox::currentIndexChanged, this, &GeneralPage::edited);
    for (QCheckBox *mark : {m_create, m_clearText, m_readOnly, m_production})
        connect(mark, &QCheckBox::toggled, this, &GeneralPage::edited);
    m_look->setSingleShot(true);
    m_look->setInterval(150);
    connect(m_look, &QTimer::timeout, this, &GeneralPage::lookAtFile);
    connect(m_file->edit(), &QLineEdit::textChanged, m_look, qOverload<>(&QTimer::start));
}

void GeneralPage::buildPlace()
{
    addRow(Field::Name, tr("&Name:"), m_name,
           tr("What jobs call this connection. Job files name it; it can be renamed while no job does."));
    addRow(Field::Driver, tr("Database s&ystem:"), m_driver, tr("What kind of database it is."));
    addRow(Field::File, tr("&File:"), m_file,
           tr("The SQLite database file. It can be dropped here. One that does not exist yet can be named, too."),
           m_file->edit());
    m_create->setWhatsThis(tr("Makes the file as an empty database. One that is there already is never touched."));
    auto *create = new FieldRow(QString(), m_create, body());
    m_create->setObjectName(u"createFile"_s);
    addWidget(create);
    create->hide();
    auto *place = new QWidget(this);
    auto *layout = new QHBoxLayout(place);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *port = new QLabel(tr("P&ort:"), place);
    port->setBuddy(m_port);
    layout->addWidget(m_host, 1);
    layout->addWidget(port);
    layout->addWidget(m_port);
    m_port->setFixedWidth(88);
    m_port->setAccessibleName(tr("Port"));
    m_host->setPlaceholderText(u"127.0.0.1"_s);
    FieldRow *row = addRow(
        Field::Host, tr("&Host:"), place,
        tr("The server's name or address. A path that begins with / is the server's socket on this machine."), m_host);
    alsoIn(Field::Port, row, m_port, tr("Empty: the usual port of this database system."));
    addRow(Field::Database, tr("&Database:"), m_database, tr("The database on that server."));
    addRow(Field::Schema, tr("S&chema:"), m_schema,
           tr("The schema whose tables are meant. Empty: the first of the user's search path, mostly public."));
    m_schema->setPlaceholderText(u"public"_s);
    buildService();
    addRow(Field::User, tr("&User:"), m_user, tr("The user of the database. Grants… shows which rights a job needs."));
}

void GeneralPage::buildPassword()
{
    m_kind->addItem(tr("Stored in the keychain"), static_cast<int>(Kind::Keychain));
    m_kind->addItem(tr("Asked each time"), static_cast<int>(Kind::Ask));
    m_kind->addItem(tr("From an environment variable"), static_cast<int>(Kind::Env));
    m_kind->addItem(tr("From a file"), static_cast<int>(Kind::File));
    m_kind->addItem(tr("None"), static_cast<int>(Kind::None));
    m_secret->makeSecret();
    m_variable->setPlaceholderText(u"DB_PASSWORD"_s);
    m_passwordFile->edit()->setPlaceholderText(u"/run/secrets/db"_s);
    addRow(Field::PasswordKind, tr("Pass&word:"), m_kind,
           tr("Where the password comes from. It is never written into a file of Tidemark."));
    addRow(Field::Password, QString(), m_secret, tr("The password itself."));
    m_secret->setAccessibleName(tr("The password itself"));
    addRow(Field::Variable, tr("&Variable:"), m_variable,
           tr("The environment variable that holds the password when Tidemark starts."));
    addRow(Field::PasswordFile, tr("&Password file:"), m_passwordFile,
           tr("A file whose content is the password. It is refused where others may read it."), m_passwordFile->edit());
}

QCheckBox *GeneralPage::mark(const QString &text, const QString &meaning)
{
    auto *box = new QCheckBox(text, this);
    auto *row = new FieldRow(QString(), box, body());
    row->setHint(meaning);
    box->setAccessibleName(QString(text).remove(u'&'));
    box->setWhatsThis(meaning);
    addWidget(row);
    return box;
}

void GeneralPage::buildMarks()
{
    m_readOnly = mark(tr("&Read-only"), tr("Tidemark never writes to it: a job cannot have it as its target."));
    m_production = mark(tr("Mar&k it as production"),
                        tr("Before every write its host is named, and the write has to be "
                           "confirmed; its screens bear a warning."));
    m_readOnly->setObjectName(u"readOnly"_s);
    m_production->setObjectName(u"production"_s);
}

void GeneralPage::load(const ConnectionDraft &draft)
{
    m_keychainKey = draft.keychainKey;
    m_secretStored = draft.secretStored;
    m_driver->setCurrentIndex(m_driver->findData(static_cast<int>(draft.driver)));
    const std::pair<TextField *, const QString &> texts[]{
        {m_name, draft.name},         {m_file->edit(), draft.file},
        {m_host, draft.host},         {m_port, draft.port},
        {m_database, draft.database}, {m_schema, draft.schema},
        {m_user, draft.user},         {m_variable, draft.variable},
        {m_timeout, draft.timeout},   {m_passwordFile->edit(), draft.passwordFile},
        {m_url, draft.service.url},   {m_header, draft.service.auth.header}};
    for (const auto &[edit, text] : texts)
        edit->replace(text);
    m_service = draft.service;
    m_clearText->setChecked(draft.service.clearText);
    m_auth->setCurrentIndex(m_auth->findData(static_cast<int>(draft.service.auth.kind)));
    m_secret->reset(draft.secret);
    setPasswordKind(draft.passwordKind);
    m_readOnly->setChecked(draft.readOnly);
    m_production->setChecked(draft.production);
}

void GeneralPage::setPasswordKind(PasswordSource::Kind kind)
{
    if (kind == Kind::Keychain && m_kind->findData(static_cast<int>(kind)) < 0)
        m_kind->insertItem(0, tr("Stored in the keychain"),
                           static_cast<int>(kind)); // it says so; the reason is beside it
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
}

void GeneralPage::store(ConnectionDraft &draft) const
{
    draft.name = m_name->text();
    draft.driver = static_cast<Driver>(m_driver->currentData().toInt());
    draft.file = m_file->edit()->text();
    draft.createFile = !m_create->parentWidget()->isHidden() && m_create->isChecked();
    draft.host = m_host->text();
    draft.port = m_port->text();
    draft.database = m_database->text();
    draft.schema = m_schema->text();
    draft.user = m_user->text();
    draft.passwordKind = static_cast<Kind>(m_kind->currentData().toInt());
    draft.secret = m_secret->text();
    draft.keychainKey = m_keychainKey;
    draft.secretStored = m_secretStored;
    const QList<HttpResource> described = draft.service.resources; // another page's
    draft.service = m_service;
    draft.service.resources = described;
    draft.service.url = m_url->text();
    draft.service.clearText = m_clearText->isChecked();
    draft.service.auth.kind = static_cast<HttpAuth::Kind>(m_auth->currentData().toInt());
    draft.service.auth.header = m_header->text();
    draft.variable = m_variable->text();
    draft.passwordFile = m_passwordFile->edit()->text();
    draft.timeout = m_timeout->text();
    draft.readOnly = m_readOnly->isChecked();
    draft.production = m_production->isChecked();
}

void GeneralPage::follow(const ConnectionDraft &draft)
{
    const bool server = draft.isServer();
    row(Field::File)->setVisible(!server);
    m_create->parentWidget()->setVisible(!server && m_absent);
    for (const Field field : {Field::Host, Field::Database})
        row(field)->setVisible(server && !draft.isService());
    row(Field::User)->setVisible(draft.takesUser());
    row(Field::PasswordKind)->setVisible(draft.takesSecret());
    row(Field::Schema)->setVisible(draft.driver == Driver::Postgres);
    m_port->setEnabled(draft.hasPort());
    followService(draft);
    followPassword(draft);
}

void GeneralPage::followPassword(const ConnectionDraft &draft)
{
    const Kind kind = draft.passwordKind;
    const bool server = draft.takesSecret();
    row(Field::Password)->setVisible(server && (kind == Kind::Keychain || kind == Kind::Ask));
    row(Field::Variable)->setVisible(server && kind == Kind::Env);
    row(Field::PasswordFile)->setVisible(server && kind == Kind::File);
    const bool noKeychain = m_hasKeychain && !*m_hasKeychain;
    row(Field::PasswordKind)
        ->setHint(noKeychain ? tr("This desktop has no keychain, so a password cannot be stored here.")
                      : kind == Kind::None
                      ? tr("For servers that know you by a socket or a certificate, or ask for nothing.")
                      : QString());
    row(Field::PasswordKind)
        ->setWarning(noKeychain && kind == Kind::Keychain
                         ? tr("This desktop has no keychain. The password is asked each time instead.")
                         : QString());
    if (kind == Kind::Keychain) {
        m_secret->setPlaceholderText(draft.secretStored ? tr("stored; type to replace it") : QString());
        row(Field::Password)->setHint(tr("The desktop's keychain keeps it, under your login."));
    } else {
        m_secret->setPlaceholderText(tr("for the test alone"));
        row(Field::Password)->setHint(tr("Used for the test here and then forgotten; a run asks for it."));
    }
}

void GeneralPage::setKeychain(bool available)
{
    m_hasKeychain = available;
    const int item = m_kind->findData(static_cast<int>(Kind::Keychain));
    if (!available && item >= 0 && m_kind->currentIndex() != item)
        m_kind->removeItem(item);
    Q_EMIT edited();
}

namespace {

struct FileLook
{
    enum class Found : quint8 { Nothing, Folder, Database, Other, Unreadable } found = Found::Nothing;
    qint64 size = 0;
};

FileLook look(const QString &typed)
{
    const QString path = absolutePath(u"/"_s, typed); // also from ~/ on
    const QFileInfo info(path);
    if (!info.exists())
        return {};
    if (info.isDir())
        return {FileLook::Found::Folder, 0};
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return {FileLook::Found::Unreadable, info.size()};
    const QByteArray head = file.read(16);
    const bool isDatabase = head.isEmpty() || head == QByteArray("SQLite format 3", 16);
    return {isDatabase ? FileLook::Found::Database : FileLook::Found::Other, info.size()};
}

} // namespace

void GeneralPage::lookAtFile()
{
    const QString path = m_file->edit()->text();
    FieldRow *place = row(Field::File);
    const auto setAbsent = [this](bool absent) {
        if (std::exchange(m_absent, absent) != absent)
            Q_EMIT edited();
    };
    if (!path.startsWith(u'/') && !path.startsWith("~/"_L1)) {
        setAbsent(false);
        place->setWarning({});
        place->setHint({});
        return;
    }
    inBackground(
        this, [path] { return look(path); },
        [this, path, place, setAbsent](const FileLook &seen) {
            if (path != m_file->edit()->text())
                return;
            using Found = FileLook::Found;
            setAbsent(seen.found == Found::Nothing);
            place->setHint(seen.found == Found::Database ? tr("SQLite database, %1.").arg(format::bytes(seen.size))
                                                         : QString());
            place->setWarning(seen.found == Found::Nothing          ? tr("There is no such file yet.")
                                  : seen.found == Found::Folder     ? tr("This is a folder.")
                                  : seen.found == Found::Other      ? tr("This file is not an SQLite database.")
                                  : seen.found == Found::Unreadable ? tr("This file cannot be read.")
                                                                    : QString());
        });
}

} // namespace tidemark
