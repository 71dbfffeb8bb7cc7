// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QTemporaryDir>

#include "core/config/connectionsettings.h"
#include "tests/ui/support/fakekeychain.h"

class QLabel;

namespace tidemark {
class ConnectionDialog;
class Desk;
class TextField;
} // namespace tidemark

namespace tidemark::connecting {

// A workspace of its own with a keychain in memory, for tests of the connection dialog.
class Place
{
public:
    Place(); // English, in our style
    std::unique_ptr<ConnectionDialog> open(const ConnectionSettings &settings = {},
                                           const QStringList &taken = {}) const;
    QString file(const QString &name) const { return m_folder.filePath(name); }
    const std::shared_ptr<Desk> &desk() const { return m_desk; }
    FakeKeychain &keychain() { return *m_keychain; }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
    std::shared_ptr<FakeKeychain> m_keychain;
};

ConnectionSettings full(); // PostgreSQL, with something in every field
TextField *edit(const QWidget &dialog, const QString &name);
void paste(QWidget *into, const QString &text);
QString notice(const QWidget &dialog); // of the strip; empty: it is not shown
QStringList problems(const QWidget &dialog); // the links to fields that are shown
bool openTab(const QWidget &dialog, int tab); // by a click
QLabel *headline(const QWidget &dialog); // of the test

// Tests by the button and waits for the end; the headline.
QString test(const QWidget &dialog);

} // namespace tidemark::connecting
