// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/certificatedialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

#include "app/wording/wording.h"
#include "ui/connections/connectiontester.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

CertificateDialog::CertificateDialog(const std::shared_ptr<Desk> &desk, const ConnectionSettings &settings,
                                     QWidget *parent)
    : QDialog(parent), m_tester(new ConnectionTester(desk, {}, this)), m_host(settings.host),
      m_pages(new QStackedWidget(this)), m_waiting(new QLabel(this)), m_advice(new QLabel(this)),
      m_lines(new QGridLayout), m_pin(new AccentButton(tr("&Pin this certificate"), this))
{
    setObjectName(u"certificateDialog"_s);
    setWindowTitle(tr("Certificate of %1").arg(wording::safeText(settings.host)));
    resize(640, 360);
    for (QLabel *label : {m_waiting, m_advice}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_waiting->setObjectName(u"certificateMessage"_s);
    m_waiting->setText(tr("Asking %1 for its certificate…").arg(wording::safeText(settings.host)));
    m_waiting->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *found = new QWidget(this);
    auto *layout = new QVBoxLayout(found);
    layout->setContentsMargins(0, 0, 0, 0);
    m_lines->setHorizontalSpacing(theme::group);
    m_lines->setColumnStretch(1, 1);
    layout->addLayout(m_lines);
    layout->addSpacing(theme::gap);
    layout->addWidget(m_advice);
    layout->addStretch();
    m_pages->addWidget(m_waiting);
    m_pages->addWidget(found);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setDefault(true); // nothing is pinned by a Return that meant something else
    m_pin->setObjectName(u"pinCertificate"_s);
    m_pin->setEnabled(false);
    m_pin->setWhatsThis(tr("Puts this SHA-256 into the connection: no other certificate is accepted then."));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_pin);
    auto *outer = new QVBoxLayout(this);
    outer->addWidget(m_pages, 1);
    outer->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_pin, &QPushButton::clicked, this, [this] {
        Q_EMIT pinned(m_sha256);
        accept();
    });
    connect(m_tester, &ConnectionTester::fetched, this, &CertificateDialog::show);
    connect(m_tester, &ConnectionTester::failed, this, &CertificateDialog::fail);
    m_tester->fetch(settings);
}

QString CertificateDialog::grouped(const QString &sha256)
{
    QString text;
    for (qsizetype i = 0; i < sha256.size(); i += 2)
        text += (i > 0 ? u":"_s : QString()) + sha256.mid(i, 2);
    return text.toUpper();
}

void CertificateDialog::addLine(const QString &title, const QString &value, bool isData)
{
    auto *name = new QLabel(title, this);
    name->setForegroundRole(QPalette::PlaceholderText);
    auto *text = new QLabel(value, this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(title);
    if (isData)
        text->setFont(theme::data(font()));
    const int row = m_lines->rowCount();
    m_lines->addWidget(name, row, 0, Qt::AlignTop);
    m_lines->addWidget(text, row, 1);
}

void CertificateDialog::show(const ServerCertificate &certificate)
{
    m_sha256 = certificate.sha256;
    const auto date = [](const QDateTime &when) { return when.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s); };
    QStringList names;
    for (qsizetype i = 0; i < std::min<qsizetype>(certificate.names.size(), 12); ++i)
        names << wording::safeText(certificate.names.at(i), 80);
    if (certificate.names.size() > 12)
        names << u"…"_s;
    addLine(tr("Issued to"), wording::safeText(certificate.subject));
    addLine(tr("Issued by"),
            certificate.selfSigned ? tr("itself (self-signed)") : wording::safeText(certificate.issuer));
    addLine(tr("For the hosts"), names.isEmpty() ? tr("none named") : names.join(u", "_s));
    addLine(tr("Valid"), tr("%1 to %2").arg(date(certificate.notBefore), date(certificate.notAfter)));
    // In two halves: a line breaks there and nowhere else.
    const QString sum = grouped(certificate.sha256);
    addLine(tr("SHA-256"), sum.left(48) + u'\n' + sum.mid(48), true);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString expired = now > certificate.notAfter ? tr("It has expired. ")
        : now < certificate.notBefore                  ? tr("It is not valid yet. ")
                                                       : QString();
    m_advice->setText(expired
                      + tr("Nothing of this is verified. Compare the SHA-256 with the one that the server's keeper "
                           "names; pinned, no other certificate is accepted from %1.")
                            .arg(wording::safeText(m_host)));
    m_pages->setCurrentIndex(1);
    m_pin->setEnabled(true);
}

void CertificateDialog::fail(const Error &error)
{
    m_waiting->setText(wording::oneLine(error));
    m_pages->setCurrentIndex(0);
}

} // namespace tidemark
