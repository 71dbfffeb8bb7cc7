// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/config/connectionsettings.h"

class QCheckBox;

namespace tidemark {

class TextField;

// Asks one person for one password.
class PasswordDialog final : public QDialog
{
    Q_OBJECT
public:
    // canStore: its connection keeps the password in the keychain, and there is one
    PasswordDialog(const ConnectionSettings &settings, bool canStore, QWidget *parent);
    QByteArray takePassword(); // and wipes it here
    bool isTicked() const; // to be stored, or else remembered until the program ends

private:
    TextField *m_field;
    QCheckBox *m_tick;
};

} // namespace tidemark
