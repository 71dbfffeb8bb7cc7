// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDialog>
#include <QList>

#include "core/config/connectionsettings.h"

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace tidemark {

class Desk;

// The saved connections: new, edit, remove. Reads and writes the workspace off the UI thread.
class ConnectionListDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit ConnectionListDialog(std::shared_ptr<Desk> desk, QWidget *parent = nullptr);

Q_SIGNALS:
    void changed();

private:
    void reload();
    void fill(const QList<ConnectionSettings> &connections);
    void edit(const ConnectionSettings &settings);
    void remove();
    void showButtons();

    std::shared_ptr<Desk> m_desk;
    QList<ConnectionSettings> m_connections;
    QStackedWidget *m_pages;
    QListWidget *m_list;
    QLabel *m_message;
    QPushButton *m_new;
    QPushButton *m_edit;
    QPushButton *m_remove;
};

} // namespace tidemark
