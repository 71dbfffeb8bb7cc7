// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/connections/connectionpage.h"

class QCheckBox;
class QLabel;

namespace tidemark {

class PathField;

// The way through an SSH server, by the system's ssh.
class SshPage final : public ConnectionPage
{
    Q_OBJECT
public:
    explicit SshPage(QWidget *parent);
    void load(const ConnectionDraft &draft) override;
    void store(ConnectionDraft &draft) const override;
    void follow(const ConnectionDraft &draft) override;

private:
    void buildHostKey();
    QCheckBox *m_use;
    TextField *m_host, *m_port, *m_user;
    PathField *m_key;
    QWidget *m_hostKey; // what is said of known hosts
    QLabel *m_command;
};

} // namespace tidemark
