// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/grantsdialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

#include "app/wording/adviser.h"
#include "app/wording/wording.h"
#include "core/run/grants.h"
#include "ui/connections/fieldrow.h"
#include "ui/connections/tablenames.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"
#include "ui/widgets/signs.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype mostTables = 500;

enum class Use : quint8 { Source, Target, TwoWay };

GrantsDialog::GrantsDialog(std::shared_ptr<Desk> desk, const ConnectionSettings &settings, const QString &secret,
                           QWidget *parent)
    : QDialog(parent), m_desk(std::move(desk)), m_settings(settings), m_secret(secret), m_side(new QComboBox(this)),
      m_mode(new QComboBox(this)), m_detect(new QComboBox(this)), m_flag(new TextField(this)),
      m_tables(new TextField(this)), m_from(new TextField(this)), m_list(new QPushButton(tr("&List them"), this)),
      m_sql(new QPlainTextEdit(this)), m_copy(new QPushButton(tr("&Copy"), this))
{
    setObjectName(u"grantsDialog"_s);
    setWindowTitle(
        tr("Grants for %1").arg(wording::safeText(settings.user.isEmpty() ? settings.label() : settings.user, 60)));
    build();
    for (QComboBox *box : {m_side, m_mode, m_detect})
        connect(box, &QComboBox::currentIndexChanged, this, &GrantsDialog::refresh);
    for (TextField *edit : {m_flag, m_tables, m_from})
        connect(edit, &QLineEdit::textChanged, this, &GrantsDialog::refresh);
    connect(m_list, &QPushButton::clicked, this, &GrantsDialog::listTables);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_sql->toPlainText()); });
    refresh();
    // Unasked only where nobody would be asked for a password.
    if (!secret.isEmpty() || settings.password.kind != PasswordSource::Kind::Ask)
        listTables();
}

GrantsDialog::~GrantsDialog()
{
    if (m_reading)
        m_reading->cancel();
}

void GrantsDialog::build()
{
    m_side->setObjectName(u"grantSide"_s);
    m_mode->setObjectName(u"grantMode"_s);
    m_detect->setObjectName(u"grantDetect"_s);
    m_flag->setObjectName(u"grantFlag"_s);
    m_tables->setObjectName(u"grantTables"_s);
    m_from->setObjectName(u"grantFrom"_s);
    m_sql->setObjectName(u"grantSql"_s);
    m_side->addItem(tr("Source: rows are read"), static_cast<int>(Use::Source));
    if (!m_settings.readOnly) {
        m_side->addItem(tr("Target: rows are written"), static_cast<int>(Use::Target));
        m_side->addItem(tr("Two-way: rows are read and written"), static_cast<int>(Use::TwoWay));
    }
    m_mode->addItem(tr("Add and update"), static_cast<int>(Mode::Update));
    m_mode->addItem(tr("Make identical"), static_cast<int>(Mode::Mirror));
    m_detect->addItem(tr("By comparing all rows"), static_cast<int>(DetectBy::Hash));
    m_detect->addItem(tr("By a timestamp"), static_cast<int>(DetectBy::Timestamp));
    m_detect->addItem(tr("By a version number"), static_cast<int>(DetectBy::Version));
    m_detect->addItem(tr("By a flag"), static_cast<int>(DetectBy::Flag));
    auto *tables = new QWidget(this);
    auto *row = new QHBoxLayout(tables);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_tables, 1);
    row->addWidget(m_list);
    m_list->setAccessibleName(tr("List the tables of the server"));
    m_from->setText(u"%"_s);
    m_flag->setText(u"changed"_s);
    m_sql->setReadOnly(true);
    m_sql->setFont(theme::data(font()));
    m_sql->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_sql->setTabChangesFocus(true);
    m_sql->setAccessibleName(tr("SQL of the grants"));
    m_copy->setObjectName(u"copyGrants"_s);
    m_copy->setDefault(true);
    m_side->setWhatsThis(tr("What a job does with this connection: which rights it needs depends on it."));
    m_mode->setWhatsThis(tr("Make identical also needs the right to delete."));
    m_detect->setWhatsThis(tr("How the job finds what has changed. A flag has to be written back."));
    m_flag->setWhatsThis(tr("The column that the job sets once a row has been taken over."));
    m_tables->setWhatsThis(tr("Exact names, separated by commas. One that holds a comma stands in double quotes."));
    m_from->setWhatsThis(tr("The host part of the account, as in user@host; % is any host."));
    m_list->setWhatsThis(tr("Asks the server for its tables. Nothing is written."));
    m_copy->setWhatsThis(tr("Copies the SQL, for the database's keeper."));
    auto *side = new FieldRow(tr("&Used as:"), m_side, this);
    m_modeRow = new FieldRow(tr("&Mode:"), m_mode, this);
    m_detectRow = new FieldRow(tr("Changes are &found:"), m_detect, this);
    m_flagRow = new FieldRow(tr("Fla&g column:"), m_flag, this);
    m_tablesRow = new FieldRow(tr("&Tables:"), tables, this, m_tables);
    m_fromRow = new FieldRow(tr("User comes f&rom:"), m_from, this);
    m_fromRow->setHint(tr("The host part of the account, as in user@host; % is any host."));
    const QList<FieldRow *> rows{side, m_modeRow, m_detectRow, m_flagRow, m_tablesRow, m_fromRow};
    FieldRow::align(rows);
    auto *close = new QPushButton(tr("Close"), this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addStretch();
    buttons->addWidget(close);
    auto *intro = new QLabel(tr("To be run by somebody who may grant rights. Tidemark never runs it."), this);
    intro->setForegroundRole(QPalette::PlaceholderText);
    intro->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(intro);
    for (FieldRow *each : rows)
        layout->addWidget(each);
    layout->addWidget(m_sql, 1);
    layout->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    resize(680, 560);
}

void GrantsDialog::listTables()
{
    if (m_reading)
        return;
    m_reading = std::make_shared<Cancellation>();
    m_list->setEnabled(false);
    m_tablesRow->setWarning({});
    m_tablesRow->setHint(tr("Asking the server for its tables…"));
    inBackground(
        this,
        [desk = m_desk, settings = m_settings, secret = m_secret,
         cancellation = m_reading]() mutable -> Result<QList<TableSchema>> {
            SqlConnector typed([&](const ConnectionSettings &) { return Result<Secret>(Secret(secret.toUtf8())); });
            if (!secret.isEmpty())
                settings.password = {PasswordSource::Kind::Ask, {}};
            OpenOptions options;
            options.cancellation = cancellation.get();
            SqlConnector &connector = secret.isEmpty() ? desk->connector() : typed;
            TRY_ASSIGN(const auto session, connector.open(settings, options));
            TRY_ASSIGN(const QList<TableName> names, session->tables());
            QList<TableSchema> schemas;
            for (const TableName &name : names.mid(0, mostTables)) {
                TRY_ASSIGN(TableSchema schema, session->describe(name));
                schemas.append(std::move(schema));
            }
            return schemas;
        },
        [this](const Result<QList<TableSchema>> &schemas) { showTables(schemas); });
}

void GrantsDialog::showTables(const Result<QList<TableSchema>> &schemas)
{
    m_reading.reset();
    m_list->setEnabled(true);
    m_tablesRow->setHint(tr("Exact names, separated by commas."));
    if (!schemas) {
        m_tablesRow->setWarning(tr("The tables could not be listed; name them here, separated by commas. %1")
                                    .arg(wording::message(schemas.error()).what));
        return;
    }
    m_schemas = *schemas;
    QStringList names;
    for (const TableSchema &schema : std::as_const(m_schemas))
        names << schema.name.name;
    m_tables->replace(lineOfNames(names));
    m_tables->setCursorPosition(0);
    refresh();
}

void GrantsDialog::refresh()
{
    const auto use = static_cast<Use>(m_side->currentData().toInt());
    const bool isTarget = use != Use::Source; // each side of a two-way job needs a target's rights
    const auto detect = static_cast<DetectBy>(m_detect->currentData().toInt());
    m_modeRow->setVisible(use == Use::Target);
    m_detectRow->setVisible(!isTarget);
    m_flagRow->setVisible(!isTarget && detect == DetectBy::Flag);
    m_fromRow->setVisible(m_settings.driver == Driver::Mysql);
    JobSettings job;
    (isTarget ? job.target : job.source) = m_settings;
    job.mode = use == Use::TwoWay ? Mode::TwoWay : static_cast<Mode>(m_mode->currentData().toInt());
    const QStringList names = namesInLine(m_tables->text());
    for (const QString &name : names) {
        JobTable table;
        table.source.name = name;
        table.target = table.source;
        table.deletes = job.mode == Mode::Update ? DeletePolicy::Ignore : DeletePolicy::Propagate;
        table.detect.by = detect;
        table.detect.column = m_flag->text().trimmed();
        job.tables.append(table);
    }
    GrantRequest request = grantRequest(job, isTarget, isTarget ? m_schemas : QList<TableSchema>());
    request.userHost = m_from->text();
    const QList<Grant> grants = grantsFor(request, dialectOf(m_settings.driver));
    QString text;
    std::optional<GrantReason> before;
    for (const Grant &grant : grants) {
        if (before != grant.reason) {
            const QString reason = wording::grantReason(grant.reason);
            text += (before ? u"\n"_s : QString()) + "-- "_L1
                + (grant.optional ? tr("Optional: %1").arg(reason) : reason) + u'\n';
        }
        before = grant.reason;
        text += grant.sql + u";\n"_s;
    }
    m_sql->setPlainText(text);
    m_copy->setEnabled(!text.isEmpty());
}

} // namespace tidemark
