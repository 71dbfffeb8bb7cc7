// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiondialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "app/wording/wording.h"
#include "core/base/units.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/background.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

ConnectionDialog::ConnectionDialog(std::shared_ptr<Desk> desk, const ConnectionSettings &settings,
                                   QStringList takenNames, QWidget *parent)
    : QDialog(parent), m_desk(std::move(desk)), m_before(settings), m_takenNames(std::move(takenNames)),
      m_form(new QFormLayout), m_url(new QLineEdit(this)), m_name(new QLineEdit(this)), m_driver(new QComboBox(this)),
      m_file(new QLineEdit(this)), m_fileRow(nullptr), m_host(new QLineEdit(this)), m_port(new QLineEdit(this)),
      m_database(new QLineEdit(this)), m_schema(new QLineEdit(this)), m_user(new QLineEdit(this)),
      m_passwordKind(new QComboBox(this)), m_passwordName(new QLineEdit(this)), m_tls(new QComboBox(this)),
      m_ca(new QLineEdit(this)), m_caRow(nullptr), m_timeout(new QLineEdit(this)), m_readOnly(new QCheckBox(this)),
      m_production(new QCheckBox(this)), m_message(new QLabel(this)), m_testButton(new QPushButton(this)),
      m_save(new AccentButton(tr("Save"), this))
{
    setObjectName(u"connectionDialog"_s);
    setWindowTitle(settings.name.isEmpty() ? tr("New connection") : tr("Connection %1").arg(settings.name));
    setMinimumWidth(560);
    build();
    load(settings);
    for (QLineEdit *edit : {m_name, m_file, m_host, m_database, m_user, m_passwordName, m_timeout, m_ca})
        connect(edit, &QLineEdit::textChanged, this, &ConnectionDialog::validate);
    connect(m_driver, &QComboBox::currentIndexChanged, this, &ConnectionDialog::showDriver);
    connect(m_passwordKind, &QComboBox::currentIndexChanged, this, &ConnectionDialog::showDriver);
    m_url->setObjectName(u"url"_s);
    m_url->installEventFilter(this);
    connect(m_url, &QLineEdit::editingFinished, this, &ConnectionDialog::paste);
    connect(m_testButton, &QPushButton::clicked, this, &ConnectionDialog::test);
    connect(m_save, &QPushButton::clicked, this, &QDialog::accept);
    showDriver();
}

ConnectionDialog::~ConnectionDialog()
{
    if (m_test)
        m_test->cancel();
}

QWidget *ConnectionDialog::pathField(QLineEdit *edit, const QString &title)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *choose = new QPushButton(tr("Choose…"), row);
    choose->setAutoDefault(false);
    choose->setAccessibleName(title);
    layout->addWidget(edit, 1);
    layout->addWidget(choose);
    connect(choose, &QPushButton::clicked, this, [this, edit, title] {
        auto *dialog = new QFileDialog(this, title, edit->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::AnyFile);
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
        dialog->setLabelText(QFileDialog::Accept, tr("Choose"));
        connect(dialog, &QFileDialog::fileSelected, edit, &QLineEdit::setText);
        dialog->open();
    });
    row->setFocusProxy(edit);
    return row;
}

void ConnectionDialog::build()
{
    m_driver->addItem(u"SQLite"_s, static_cast<int>(Driver::Sqlite));
    m_driver->addItem(u"PostgreSQL"_s, static_cast<int>(Driver::Postgres));
    m_driver->addItem(u"MariaDB / MySQL"_s, static_cast<int>(Driver::Mysql));
    m_passwordKind->addItem(tr("None"), static_cast<int>(PasswordSource::Kind::None));
    m_passwordKind->addItem(tr("From an environment variable"), static_cast<int>(PasswordSource::Kind::Env));
    m_passwordKind->addItem(tr("From a file"), static_cast<int>(PasswordSource::Kind::File));
    m_passwordKind->addItem(tr("Ask each time"), static_cast<int>(PasswordSource::Kind::Ask));
    m_tls->addItem(tr("Automatic (verified unless local)"), -1);
    m_tls->addItem(tr("Off"), static_cast<int>(TlsMode::Disable));
    m_tls->addItem(tr("If offered"), static_cast<int>(TlsMode::Prefer));
    m_tls->addItem(tr("Required, not verified"), static_cast<int>(TlsMode::Require));
    m_tls->addItem(tr("Verify the certificate authority"), static_cast<int>(TlsMode::VerifyCa));
    m_tls->addItem(tr("Verify authority and host name"), static_cast<int>(TlsMode::VerifyFull));
    m_port->setValidator(new QIntValidator(1, 65535, m_port));
    m_port->setPlaceholderText(tr("default"));
    m_port->setMaximumWidth(120);
    m_url->setPlaceholderText(u"postgres://user@host:5432/database"_s);
    m_timeout->setMaximumWidth(120);
    m_readOnly->setText(tr("Read only: never write to it"));
    m_production->setText(tr("Production: warn before each write"));
    m_testButton->setText(tr("Test"));
    m_testButton->setAutoDefault(false);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setMinimumHeight(52);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_fileRow = pathField(m_file, tr("Database file"));
    m_caRow = pathField(m_ca, tr("Certificate authority"));

    m_form->addRow(tr("&Paste a URL:"), m_url);
    m_form->addRow(tr("&Name:"), m_name);
    m_form->addRow(tr("&Database system:"), m_driver);
    m_form->addRow(tr("&File:"), m_fileRow);
    m_form->addRow(tr("&Host:"), m_host);
    m_form->addRow(tr("P&ort:"), m_port);
    m_form->addRow(tr("Data&base:"), m_database);
    m_form->addRow(tr("S&chema:"), m_schema);
    m_form->addRow(tr("&User:"), m_user);
    m_form->addRow(tr("Pass&word:"), m_passwordKind);
    m_form->addRow(tr("&Variable or file:"), m_passwordName);
    m_form->addRow(tr("&Encryption (TLS):"), m_tls);
    m_form->addRow(tr("&Authority (CA):"), m_caRow);
    m_form->addRow(tr("T&ime-out:"), m_timeout);
    m_form->addRow({}, m_readOnly);
    m_form->addRow({}, m_production);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);

    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_testButton);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    m_save->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    layout->addWidget(m_message);
    layout->addStretch();
    layout->addLayout(buttons);
}

void ConnectionDialog::load(const ConnectionSettings &settings)
{
    m_name->setText(settings.name);
    m_driver->setCurrentIndex(m_driver->findData(static_cast<int>(settings.driver)));
    m_file->setText(settings.driver == Driver::Sqlite ? settings.database : QString());
    m_database->setText(settings.driver == Driver::Sqlite ? QString() : settings.database);
    m_host->setText(settings.host);
    m_port->setText(settings.port > 0 ? QString::number(settings.port) : QString());
    m_schema->setText(settings.schema);
    m_user->setText(settings.user);
    m_passwordKind->setCurrentIndex(m_passwordKind->findData(static_cast<int>(settings.password.kind)));
    m_passwordName->setText(settings.password.name);
    m_tls->setCurrentIndex(m_tls->findData(settings.tls.mode ? static_cast<int>(*settings.tls.mode) : -1));
    m_ca->setText(settings.tls.ca);
    m_timeout->setText(formatDuration(settings.timeoutMs));
    m_readOnly->setChecked(settings.readOnly);
    m_production->setChecked(settings.production);
}

ConnectionSettings ConnectionDialog::settings() const
{
    ConnectionSettings result = m_before;
    result.name = m_name->text().trimmed();
    result.driver = static_cast<Driver>(m_driver->currentData().toInt());
    result.timeoutMs = parseDurationMs(m_timeout->text()).value_or(10'000);
    result.readOnly = m_readOnly->isChecked();
    result.production = m_production->isChecked();
    if (result.driver == Driver::Sqlite) {
        result = ConnectionSettings{.name = result.name,
                                    .driver = Driver::Sqlite,
                                    .host = {},
                                    .port = 0,
                                    .database = m_file->text(),
                                    .schema = {},
                                    .user = {},
                                    .password = {},
                                    .tls = {},
                                    .timeoutMs = result.timeoutMs,
                                    .readOnly = result.readOnly,
                                    .production = result.production};
        return result;
    }
    result.database = m_database->text().trimmed();
    result.host = m_host->text().trimmed();
    result.port = m_port->text().toInt();
    result.schema = result.driver == Driver::Postgres ? m_schema->text().trimmed() : QString();
    result.user = m_user->text().trimmed();
    result.password.kind = static_cast<PasswordSource::Kind>(m_passwordKind->currentData().toInt());
    const bool named =
        result.password.kind == PasswordSource::Kind::Env || result.password.kind == PasswordSource::Kind::File;
    result.password.name = named ? m_passwordName->text().trimmed() : QString();
    const int mode = m_tls->currentData().toInt();
    result.tls.mode = mode < 0 ? std::nullopt : std::optional(static_cast<TlsMode>(mode));
    result.tls.ca = m_ca->text().trimmed();
    return result;
}

void ConnectionDialog::showDriver()
{
    const auto driver = static_cast<Driver>(m_driver->currentData().toInt());
    const auto kind = static_cast<PasswordSource::Kind>(m_passwordKind->currentData().toInt());
    const bool server = driver != Driver::Sqlite;
    m_form->setRowVisible(m_fileRow, !server);
    for (QWidget *field : {static_cast<QWidget *>(m_host), static_cast<QWidget *>(m_port),
                           static_cast<QWidget *>(m_database), static_cast<QWidget *>(m_user),
                           static_cast<QWidget *>(m_passwordKind), static_cast<QWidget *>(m_tls), m_caRow})
        m_form->setRowVisible(field, server);
    m_form->setRowVisible(m_schema, driver == Driver::Postgres);
    const bool named = kind == PasswordSource::Kind::Env || kind == PasswordSource::Kind::File;
    m_form->setRowVisible(m_passwordName, server && named);
    m_passwordName->setPlaceholderText(kind == PasswordSource::Kind::Env ? u"PGPASSWORD"_s : u"/run/secrets/db"_s);
    m_schema->setPlaceholderText(u"public"_s);
    m_host->setPlaceholderText(u"127.0.0.1"_s);
    validate();
}

QString ConnectionDialog::problem() const
{
    const ConnectionSettings now = settings();
    if (now.name.isEmpty())
        return tr("The connection needs a name.");
    if (m_takenNames.contains(now.name))
        return tr("There is a connection named %1 already.").arg(now.name);
    if (now.driver == Driver::Sqlite) {
        if (now.database.isEmpty())
            return tr("Choose the database file.");
    } else {
        if (now.host.isEmpty())
            return tr("Enter the host.");
        if (now.database.isEmpty())
            return tr("Enter the name of the database.");
        const auto kind = now.password.kind;
        if (kind == PasswordSource::Kind::Env && now.password.name.isEmpty())
            return tr("Enter the name of the environment variable.");
        if (kind == PasswordSource::Kind::File && now.password.name.isEmpty())
            return tr("Enter the path of the password file.");
    }
    if (!parseDurationMs(m_timeout->text()))
        return tr("The time-out is a duration such as 10s or 2m.");
    return {};
}

void ConnectionDialog::validate()
{
    const QString text = problem();
    m_save->setEnabled(text.isEmpty());
    m_testButton->setEnabled(text.isEmpty() || m_test);
    if (!m_test)
        m_message->setText(text);
}

// Return in the URL fills in the fields; it must not save them unseen.
bool ConnectionDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_url && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            paste();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void ConnectionDialog::paste()
{
    const QString text = m_url->text().trimmed();
    if (text.isEmpty())
        return;
    auto parsed = connectionFromUrl(text);
    if (!parsed) {
        m_message->setText(wording::oneLine(parsed.error()));
        // A password may be in it: it must not stay on screen.
        if (parsed.error().code == ErrorCode::PasswordInClear)
            m_url->clear();
        return;
    }
    const QString name = m_name->text();
    load(*parsed);
    m_name->setText(name.isEmpty() ? parsed->label() : name);
    m_url->clear();
    showDriver();
}

void ConnectionDialog::test()
{
    if (m_test) {
        m_test->cancel();
        return;
    }
    m_test = std::make_shared<Cancellation>();
    m_testButton->setText(tr("Stop the test"));
    m_message->setText(tr("Connecting…"));
    inBackground(
        this,
        [desk = m_desk, cancellation = m_test, settings = settings()]() -> Result<QString> {
            OpenOptions options;
            options.cancellation = cancellation.get();
            TRY_ASSIGN(const auto session, desk->connector().open(settings, options));
            TRY_ASSIGN(const QList<TableName> tables, session->tables());
            return QString(session->facts().product + u' ' + session->facts().version + u'\n'
                           + QString::number(tables.size()));
        },
        [this](const Result<QString> &result) {
            endTest();
            if (result) {
                const QStringList parts = result->split(u'\n');
                m_message->setText(tr("Connected to %1. Tables: %2.").arg(parts.at(0), parts.at(1)));
                return;
            }
            const wording::Message message = wording::message(result.error());
            QStringList lines{message.what};
            if (!message.next.isEmpty())
                lines << message.next;
            if (!result.error().detail.isEmpty())
                lines << wording::safeText(result.error().detail);
            m_message->setText(lines.join(u'\n'));
        });
}

void ConnectionDialog::endTest()
{
    m_test.reset();
    m_testButton->setText(tr("Test"));
    validate();
}

} // namespace tidemark
