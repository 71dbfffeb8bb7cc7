// SPDX-License-Identifier: GPL-3.0-or-later
// What the general page has for web services and message queues.
#include <QCheckBox>
#include <QComboBox>
#include <QUrl>

#include "ui/connections/fieldrow.h"
#include "ui/connections/generalpage.h"
#include "ui/connections/textfield.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;
using Auth = HttpAuth::Kind;

void GeneralPage::buildService()
{
    m_url->setObjectName(u"serviceUrl"_s);
    m_url->setPlaceholderText(u"https://crm.example/api"_s);
    m_auth->setObjectName(u"auth"_s);
    m_auth->addItem(tr("None"), static_cast<int>(Auth::None));
    m_auth->addItem(tr("User and password (Basic)"), static_cast<int>(Auth::Basic));
    m_auth->addItem(tr("Token (Bearer)"), static_cast<int>(Auth::Bearer));
    m_auth->addItem(tr("A header of its own"), static_cast<int>(Auth::Header));
    m_header->setObjectName(u"authHeader"_s);
    m_header->setPlaceholderText(u"X-Api-Key"_s);
    addRow(Field::Url, tr("&Address (URL):"), m_url,
           tr("Where the service is; the paths of its resources go on from here."));
    m_clearText->setObjectName(u"clearText"_s);
    m_clearText->setWhatsThis(tr("Lets requests go unencrypted to another computer. Never with a secret."));
    addWidget(new FieldRow(QString(), m_clearText, body()));
    addRow(Field::Auth, tr("Auth&entication:"), m_auth, tr("How the service knows who asks."));
    addRow(Field::AuthHeader, tr("Header na&me:"), m_header, tr("The name of the header that bears the secret."));
}

static QString usualPort(Driver driver)
{
    switch (driver) {
    case Driver::Mysql:
        return u"3306"_s;
    case Driver::Redis:
        return u"6379"_s;
    case Driver::Amqp:
        return u"5672"_s;
    case Driver::Sqlite:
    case Driver::Postgres:
    case Driver::Http:
        break;
    }
    return u"5432"_s;
}

void GeneralPage::followService(const ConnectionDraft &draft)
{
    const bool service = draft.isService();
    const bool amqpTls = draft.driver == Driver::Amqp && draft.settings().effectiveTlsMode() >= TlsMode::Require;
    m_port->setPlaceholderText(amqpTls ? u"5671"_s : usualPort(draft.driver));
    for (const Field field : {Field::Url, Field::Auth})
        row(field)->setVisible(service);
    row(Field::AuthHeader)->setVisible(service && draft.service.auth.kind == Auth::Header);
    ConnectionSettings there = draft.settings();
    const bool isOpen = QUrl(there.http ? there.http->url : QString()).scheme() == "http"_L1 && !there.host.isEmpty();
    const bool asks = isOpen && !there.isNear() && !draft.takesSecret();
    m_clearText->parentWidget()->setVisible(service && (asks || draft.service.clearText));
    row(Field::Url)
        ->setHint(isOpen && there.isNear() ? tr("This machine's own service: requests are not encrypted.") : QString());
    row(Field::Database)
        ->setLabel(draft.driver == Driver::Redis      ? tr("&Database number:")
                       : draft.driver == Driver::Amqp ? tr("Virtua&l host:")
                                                      : tr("&Database:"));
    m_database->setPlaceholderText(draft.driver == Driver::Redis      ? u"0"_s
                                       : draft.driver == Driver::Amqp ? u"/"_s
                                                                      : QString());
    row(Field::PasswordKind)
        ->setLabel(service && draft.service.auth.kind == Auth::Bearer       ? tr("&Bearer token:")
                       : service && draft.service.auth.kind == Auth::Header ? tr("Its va&lue:")
                                                                            : tr("Pass&word:"));
    alignRows();
}

} // namespace tidemark
