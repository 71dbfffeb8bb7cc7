// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDialog>

#include "core/config/keychain.h"
#include "ui/connections/connectiondraft.h"

class QPushButton;
class QTabWidget;

namespace tidemark {

class AccentButton;
class Cancellation;
class ConnectionPage;
class ConnectionTester;
class Desk;
class GeneralPage;
class NoticeStrip;
class ProblemLinks;
class QueuePage;
class RequestsPage;
class ResourcesPage;
class SshPage;
class TestPanel;
class TextField;
class TlsPage;
class WarningStrip;
struct ConnectionTest;
struct SaveOutcome;

// One connection: the fields of its driver only, checked as they are typed, and tested off the UI thread. Passwords go
// to the keychain when it is saved. Accepted: settings() are to be saved by the caller, or are saved already after
// saveHere().
class ConnectionDialog final : public QDialog
{
    Q_OBJECT
public:
    // keychain: null is the system's.
    ConnectionDialog(std::shared_ptr<Desk> desk, const ConnectionSettings &settings, QStringList takenNames,
                     QWidget *parent = nullptr, std::shared_ptr<Keychain> keychain = {});
    ~ConnectionDialog() override;
    ConnectionSettings settings() const;

    // Saves into the desk's workspace itself, in place of the connection it was opened with unless that is new: what
    // fails is said here, and nothing typed is lost.
    void saveHere(bool isNew);
    void copyPasswordOf(const QString &keychainKey); // a duplicate
    void setUsers(const QStringList &jobs); // that name it: it keeps its name
    void workspaceChanged(const QList<ConnectionSettings> &all); // by another program, too

    void accept() override;
    void reject() override;

Q_SIGNALS:
    // As it stood here: saved or not. error empty: passed.
    void tested(const tidemark::ConnectionSettings &settings, const QString &server,
                const std::optional<tidemark::Error> &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void connectPages();
    ConnectionDraft draft() const;
    void load(const ConnectionDraft &draft);
    void follow(); // something was edited
    void showProblems(const ConnectionDraft &now);
    void goTo(ConnectionField field);
    void takeUrl();
    void spread(TextField *where, const QString &before, const QString &url);
    bool spreadUrl(const QString &url);
    void spreadFile(const QString &file);
    void noteUrl(const QString &password, const QStringList &ignored);
    void askKeychain();
    bool isEdited() const;
    void askToDiscard();
    QList<ConnectionPage *> pages() const; // in the order of ConnectionTab
    static bool hasTab(ConnectionTab tab, const ConnectionDraft &draft);
    void turnTab(int step);
    QString typedSecret() const;
    ConnectionSettings reachable() const; // as a test or a look at the server takes them
    void test();
    void showFailure(const Error &error);
    void viewCertificate();
    void infer(); // the columns of the resource that is shown
    void showGrants();
    void setSaving(std::shared_ptr<Cancellation> saving); // null: done
    void saved(const SaveOutcome &outcome);
    void showOthers(const std::optional<ConnectionSettings> &theirs);
    void takeTheirs();

    std::shared_ptr<Desk> m_desk;
    std::shared_ptr<Keychain> m_ownKeychain; // as given; null: the system's
    std::shared_ptr<Keychain> m_keychain;
    ConnectionSettings m_before; // as the workspace has it
    std::optional<ConnectionSettings> m_theirs; // another program's, not taken over
    ConnectionSettings m_saved; // after saving
    QStringList m_takenNames, m_users;
    QString m_copyOf;
    bool m_savesHere = false, m_isNew = true, m_othersSeen = false, m_othersChanged = false;
    bool m_isSaved = false, m_following = false;
    std::shared_ptr<Cancellation> m_saving; // null: nothing is being saved
    std::optional<bool> m_hasKeychain;
    ConnectionDraft m_opened; // what differs from it is not saved
    ConnectionTester *m_tester;
    ConnectionTester *m_inferrer;
    ConnectionSettings m_testedSettings;
    ConnectionDraft m_testedDraft; // with the password that was typed

    WarningStrip *m_production;
    NoticeStrip *m_notice; // of URLs, other programs
    TextField *m_url;
    QTabWidget *m_tabs;
    GeneralPage *m_general;
    TlsPage *m_tls;
    SshPage *m_ssh;
    ResourcesPage *m_resources;
    QueuePage *m_queue;
    RequestsPage *m_requests;
    TestPanel *m_panel;
    QPushButton *m_grants;
    ProblemLinks *m_links;
    QPushButton *m_cancel;
    AccentButton *m_save;
};

} // namespace tidemark
