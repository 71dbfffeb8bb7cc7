// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/tlspage.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QUrl>

#include "ui/connections/fieldrow.h"
#include "ui/connections/pathfield.h"
#include "ui/connections/textfield.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;

TlsPage::TlsPage(QWidget *parent)
    : ConnectionPage(parent), m_mode(new QComboBox(this)),
      m_ca(new PathField(tr("Certificate of the authority"), PathField::Wants::ExistingFile, this)),
      m_certificate(new PathField(tr("Own certificate"), PathField::Wants::ExistingFile, this)),
      m_key(new PathField(tr("Key of the own certificate"), PathField::Wants::ExistingFile, this)),
      m_pin(new TextField(this)), m_view(new QPushButton(tr("&View certificate…"), this))
{
    setAccessibleName(tr("Encryption"));
    m_mode->setObjectName(u"tlsMode"_s);
    m_ca->edit()->setObjectName(u"ca"_s);
    m_certificate->edit()->setObjectName(u"certificate"_s);
    m_key->edit()->setObjectName(u"certificateKey"_s);
    m_pin->setObjectName(u"pin"_s);
    m_view->setObjectName(u"viewCertificate"_s);
    m_mode->addItem(tr("Automatic"), -1);
    m_mode->addItem(tr("Off"), static_cast<int>(TlsMode::Disable));
    m_mode->addItem(tr("If the server offers it"), static_cast<int>(TlsMode::Prefer));
    m_mode->addItem(tr("Required, not verified"), static_cast<int>(TlsMode::Require));
    m_mode->addItem(tr("Verify the authority"), static_cast<int>(TlsMode::VerifyCa));
    m_mode->addItem(tr("Verify authority and host name"), static_cast<int>(TlsMode::VerifyFull));
    addRow(Field::TlsMode, tr("&Encryption:"), m_mode, tr("How the way to the server is encrypted (TLS)."));
    addRow(Field::Ca, tr("&Authority (CA):"), m_ca,
           tr("The certificate, or bundle of certificates, of the authority that signed the server's."), m_ca->edit());
    addRow(Field::Certificate, tr("O&wn certificate:"), m_certificate,
           tr("For servers that know their users by certificates."), m_certificate->edit());
    addRow(Field::CertificateKey, tr("Its &key:"), m_key, tr("The private key of the own certificate."), m_key->edit());
    auto *pin = new QWidget(this);
    auto *layout = new QHBoxLayout(pin);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::gap);
    m_pin->setFont(theme::data(font()));
    m_pin->setPlaceholderText(u"SHA-256"_s);
    m_view->setWhatsThis(tr("Asks the server for its certificate, to compare it and to pin it."));
    m_view->setIcon(signs::icon(u"shield"_s));
    layout->addWidget(m_pin, 1);
    layout->addWidget(m_view);
    addRow(
        Field::Pin, tr("P&inned certificate:"), pin,
        tr("The SHA-256 of the one certificate that this server may show; for servers whose certificate no authority "
           "signed."),
        m_pin);
    alignRows();
    for (TextField *edit : {m_ca->edit(), m_certificate->edit(), m_key->edit(), m_pin})
        watch(edit);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &TlsPage::edited);
    connect(m_view, &QPushButton::clicked, this, &TlsPage::certificateWanted);
}

void TlsPage::load(const ConnectionDraft &draft)
{
    m_mode->setCurrentIndex(m_mode->findData(draft.tlsMode));
    m_ca->edit()->replace(draft.ca);
    m_certificate->edit()->replace(draft.certificate);
    m_key->edit()->replace(draft.certificateKey);
    m_pin->replace(draft.pin);
    m_pin->setCursorPosition(0);
}

void TlsPage::store(ConnectionDraft &draft) const
{
    draft.tlsMode = m_mode->currentData().toInt();
    draft.ca = m_ca->edit()->text();
    draft.certificate = m_certificate->edit()->text();
    draft.certificateKey = m_key->edit()->text();
    draft.pin = m_pin->text();
}

void TlsPage::setPin(const QString &sha256)
{
    m_pin->replace(sha256);
    m_pin->setCursorPosition(0);
    m_pin->setFocus();
}

static QString meaningOf(TlsMode mode)
{
    switch (mode) {
    case TlsMode::Disable:
        return TlsPage::tr("Everything crosses the network readable, the password too.");
    case TlsMode::Prefer:
        return TlsPage::tr("Encrypted where the server offers it; who answers is not verified.");
    case TlsMode::Require:
        return TlsPage::tr("Always encrypted; who answers is not verified.");
    case TlsMode::VerifyCa:
        return TlsPage::tr(
            "Always encrypted; a trusted authority must have signed the certificate, for whatever host.");
    case TlsMode::VerifyFull:
        break;
    }
    return TlsPage::tr(
        "Always encrypted; a trusted authority must have signed the certificate for this very host name.");
}

void TlsPage::follow(const ConnectionDraft &draft)
{
    const TlsMode mode = draft.settings().effectiveTlsMode();
    const bool pinned = !draft.pin.trimmed().isEmpty();
    const bool open = mode == TlsMode::Disable && !pinned;
    row(Field::TlsMode)->setVisible(!draft.isService()); // its address says it
    QString meaning = meaningOf(mode);
    if (draft.tlsMode < 0)
        meaning =
            (mode == TlsMode::Prefer ? tr("This machine's own server: %1") : tr("A server elsewhere: %1")).arg(meaning);
    row(Field::TlsMode)->setHint(open ? QString() : meaning);
    row(Field::TlsMode)->setWarning(open ? meaning : QString());
    const bool verifies = mode >= TlsMode::VerifyCa;
    row(Field::Ca)->setHint(verifies && !pinned && draft.ca.trimmed().isEmpty()
                                ? tr("Empty: the authorities that this system trusts.")
                                : QString());
    row(Field::Pin)
        ->setHint(pinned ? tr("Only a server that shows this very certificate is accepted.")
                         : tr("For a server whose certificate no authority signed: look at it, compare it "
                              "with what the server's keeper says, pin it."));
    const ConnectionSettings there = draft.settings();
    const bool isClear = there.http && QUrl(there.http->url).scheme() != "https"_L1;
    m_view->setEnabled(!there.host.isEmpty() && !isClear && !(draft.isSocket() && !draft.isService()));
}

} // namespace tidemark
