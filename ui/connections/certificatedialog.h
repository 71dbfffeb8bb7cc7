// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/endpoint/certificate.h"

class QGridLayout;
class QLabel;
class QStackedWidget;

namespace tidemark {

class AccentButton;
class ConnectionTester;
class Desk;

// Fetches the certificate that a server shows, lets a person compare it, and pins it.
class CertificateDialog final : public QDialog
{
    Q_OBJECT
public:
    CertificateDialog(const std::shared_ptr<Desk> &desk, const ConnectionSettings &settings, QWidget *parent);

    static QString grouped(const QString &sha256); // "ab:cd:…", as other tools show it

Q_SIGNALS:
    void pinned(const QString &sha256);

private:
    void show(const ServerCertificate &certificate);
    void fail(const Error &error);
    void addLine(const QString &title, const QString &value, bool isData = false);
    ConnectionTester *m_tester;
    QString m_host;
    QStackedWidget *m_pages;
    QLabel *m_waiting;
    QLabel *m_advice;
    QGridLayout *m_lines;
    AccentButton *m_pin;
    QString m_sha256;
};

} // namespace tidemark
