// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/connections/connectionpage.h"

class QComboBox;
class QPushButton;

namespace tidemark {

class PathField;

// How the way to the server is encrypted, and by what the server is known.
class TlsPage final : public ConnectionPage
{
    Q_OBJECT
public:
    explicit TlsPage(QWidget *parent);
    void load(const ConnectionDraft &draft) override;
    void store(ConnectionDraft &draft) const override;
    void follow(const ConnectionDraft &draft) override;
    void setPin(const QString &sha256);

Q_SIGNALS:
    void certificateWanted();

private:
    QComboBox *m_mode;
    PathField *m_ca, *m_certificate, *m_key;
    TextField *m_pin;
    QPushButton *m_view;
};

} // namespace tidemark
