// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDialog>
#include <QPointer>

#include "ui/connections/connectionlistmodel.h"

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;

namespace tidemark {

class ConnectionDialog;
class ConnectionTester;
class Desk;
class EmptyPlace;
class Keychain;

// The saved connections: new, edit, duplicate, test, remove. Reads and writes the workspace off the UI thread, and
// follows what other programs do to it.
class ConnectionListDialog final : public QDialog
{
    Q_OBJECT
public:
    // keychain: null is the system's.
    explicit ConnectionListDialog(std::shared_ptr<Desk> desk, QWidget *parent = nullptr,
                                  std::shared_ptr<Keychain> keychain = {});
    ~ConnectionListDialog() override;

Q_SIGNALS:
    void changed();
    void asideWanted(const tidemark::ConnectionSettings &queue); // its messages that could not be applied

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Loaded;
    void build();
    void connectButtons();
    QPushButton *button(const QString &text, const QString &name, const QString &whatsThis);
    void reload();
    void fill(const Loaded &loaded);
    void showButtons();
    void filter(const QString &words);
    const ConnectionListModel::Entry *current() const;
    void select(const QString &name);
    ConnectionDialog *openEditor(const ConnectionSettings &settings, bool isNew);
    void edit();
    void create();
    void duplicate();
    void test();
    void remember(const ConnectionSettings &settings, const QString &server, const std::optional<Error> &error);
    void remove();
    void removeNow(const ConnectionSettings &settings, bool withPassword);
    void say(const QString &text); // empty: nothing

    std::shared_ptr<Desk> m_desk;
    std::shared_ptr<Keychain> m_keychain;
    ConnectionListModel *m_model;
    QSortFilterProxyModel *m_shown;
    ConnectionTester *m_tester;
    ConnectionSettings m_testing;
    QPointer<ConnectionDialog> m_editor;
    QString m_wanted; // to be selected once it is there
    bool m_loading = false, m_again = false, m_loaded = false, m_unreadable = false;
    QStackedWidget *m_pages;
    EmptyPlace *m_empty;
    QLineEdit *m_search;
    QListView *m_list;
    QLabel *m_message;
    QPushButton *m_new, *m_edit, *m_duplicate, *m_test, *m_aside, *m_remove, *m_close;
};

} // namespace tidemark
