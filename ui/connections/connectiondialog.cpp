// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiondialog.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>

#include "app/wording/wording.h"
#include "ui/connections/certificatedialog.h"
#include "ui/connections/connectiontester.h"
#include "ui/connections/generalpage.h"
#include "ui/connections/noticestrip.h"
#include "ui/connections/pastedurl.h"
#include "ui/connections/sshpage.h"
#include "ui/connections/testpanel.h"
#include "ui/connections/textfield.h"
#include "ui/connections/tlspage.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/background.h"
#include "ui/widgets/signs.h"
#include "ui/widgets/warningstrip.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Kind = PasswordSource::Kind;

ConnectionDialog::ConnectionDialog(std::shared_ptr<Desk> desk, const ConnectionSettings &settings,
                                   QStringList takenNames, QWidget *parent, std::shared_ptr<Keychain> keychain)
    : QDialog(parent), m_desk(std::move(desk)), m_ownKeychain(std::move(keychain)),
      m_keychain(m_ownKeychain ? m_ownKeychain : systemKeychain()), m_before(settings),
      m_takenNames(std::move(takenNames)), m_tester(new ConnectionTester(m_desk, m_ownKeychain, this)),
      m_production(new WarningStrip(this)), m_notice(new NoticeStrip(this)), m_url(new TextField(this)),
      m_tabs(new QTabWidget(this)), m_general(new GeneralPage(this)), m_tls(new TlsPage(this)),
      m_ssh(new SshPage(this)), m_panel(new TestPanel(this)), m_summary(new QLabel(this)),
      m_grants(new QPushButton(tr("&Grants…"), this)), m_cancel(new QPushButton(tr("Cancel"), this)),
      m_save(new AccentButton(tr("Save"), this))
{
    setObjectName(u"connectionDialog"_s);
    setWindowTitle(settings.name.isEmpty() ? tr("New connection")
                                           : tr("Connection %1").arg(wording::safeText(settings.name, 60)));
    setAcceptDrops(true);
    build();
    connectPages();
    ConnectionDraft first = ConnectionDraft::of(settings);
    if (settings == ConnectionSettings())
        first.passwordKind = Kind::Ask; // until it is known whether there is a keychain
    load(first);
    askKeychain();
    if (!settings.name.isEmpty())
        m_general->control(ConnectionField::Name)->setFocus();
}

ConnectionDialog::~ConnectionDialog()
{
    // The field that has the focus says that it has been left while it goes; nobody is here to listen any more.
    const auto fields = findChildren<TextField *>();
    for (TextField *field : fields)
        field->blockSignals(true);
}

void ConnectionDialog::build()
{
    m_production->setText(tr("PRODUCTION: every write to it is confirmed by naming its host."));
    m_production->setObjectName(u"productionStrip"_s);
    m_tabs->setObjectName(u"tabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_general, tr("General"));
    m_tabs->addTab(m_tls, tr("Encryption"));
    m_tabs->addTab(m_ssh, tr("SSH tunnel"));
    m_url->setObjectName(u"url"_s);
    m_url->setAccessibleName(tr("URL"));
    m_url->setPlaceholderText(tr("Paste a database URL here or into any field, or drop a database file"));
    m_url->setWhatsThis(tr("postgres://, mysql://, mariadb://, sqlite: and jdbc: URLs are spread over the fields. A "
                           "password in it goes to the keychain or is asked, never into a file."));
    m_url->installEventFilter(this);
    m_summary->installEventFilter(this);
    m_summary->setObjectName(u"problems"_s);
    m_summary->setTextFormat(Qt::RichText); // of our own words alone
    m_summary->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_summary->setWordWrap(true);
    m_grants->setObjectName(u"grants"_s);
    m_grants->setWhatsThis(tr("The SQL that grants this user what a job needs, to be run by the database's keeper."));
    m_save->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_grants->setAutoDefault(false);
    m_panel->setFixedWidth(296);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(theme::group);
    middle->addWidget(m_tabs, 1);
    middle->addWidget(m_panel);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_grants);
    buttons->addWidget(m_summary, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_production);
    layout->addWidget(m_notice);
    layout->addWidget(m_url);
    layout->addLayout(middle, 1);
    layout->addLayout(buttons);
    setMinimumSize(820, 480);
    resize(920, 700);
    setTabOrder(m_tabs, m_panel);
    setTabOrder(m_panel, m_grants);
    setTabOrder(m_grants, m_summary);
    setTabOrder(m_summary, m_cancel);
    setTabOrder(m_cancel, m_save);
}

void ConnectionDialog::connectPages()
{
    for (ConnectionPage *page : {static_cast<ConnectionPage *>(m_general), static_cast<ConnectionPage *>(m_tls),
                                 static_cast<ConnectionPage *>(m_ssh)}) {
        connect(page, &ConnectionPage::edited, this, &ConnectionDialog::follow);
        // Not inside the field's own change of text.
        connect(page, &ConnectionPage::urlPasted, this, &ConnectionDialog::spread, Qt::QueuedConnection);
    }
    connect(m_url, &TextField::pasted, this, &ConnectionDialog::takeUrl, Qt::QueuedConnection);
    connect(m_url, &QLineEdit::editingFinished, this, &ConnectionDialog::takeUrl);
    connect(m_summary, &QLabel::linkActivated, this,
            [this](const QString &link) { goTo(static_cast<ConnectionField>(link.toInt())); });
    connect(m_save, &QPushButton::clicked, this, &ConnectionDialog::accept);
    connect(m_cancel, &QPushButton::clicked, this, &ConnectionDialog::reject);
    connect(m_grants, &QPushButton::clicked, this, &ConnectionDialog::showGrants);
    connect(m_tls, &TlsPage::certificateWanted, this, &ConnectionDialog::viewCertificate);
    connect(m_panel, &TestPanel::testWanted, this, &ConnectionDialog::test);
    connect(m_panel, &TestPanel::stopWanted, this, [this] {
        m_tester->stop();
        m_panel->stop();
    });
    connect(m_panel, &TestPanel::fieldWanted, this, &ConnectionDialog::goTo);
    connect(m_panel, &TestPanel::certificateWanted, this, &ConnectionDialog::viewCertificate);
    connect(m_panel, &TestPanel::grantsWanted, this, &ConnectionDialog::showGrants);
    connect(m_tester, &ConnectionTester::reached, m_panel, &TestPanel::reach);
    connect(m_tester, &ConnectionTester::passed, this, [this](const ConnectionTest &test) {
        m_panel->succeed(test, m_testedSettings.readOnly);
        Q_EMIT tested(m_testedSettings, test.facts.product + u' ' + test.facts.version, std::nullopt);
    });
    connect(m_tester, &ConnectionTester::failed, this, &ConnectionDialog::showFailure);
    connect(m_notice, &NoticeStrip::actionWanted, this, &ConnectionDialog::takeTheirs);
}

void ConnectionDialog::askKeychain()
{
    inBackground(
        this, [keychain = m_keychain] { return keychain && keychain->isAvailable(); },
        [this](bool available) {
            m_hasKeychain = available;
            const bool fresh = m_before == ConnectionSettings() && !m_general->passwordKindTouched();
            if (available && fresh && draft().passwordKind == Kind::Ask)
                m_general->setPasswordKind(Kind::Keychain);
            m_general->setKeychain(available);
        });
}

ConnectionDraft ConnectionDialog::draft() const
{
    ConnectionDraft now;
    m_general->store(now);
    m_tls->store(now);
    m_ssh->store(now);
    if (!m_copyOf.isEmpty())
        now.secretStored = true; // it is copied
    return now;
}

void ConnectionDialog::load(const ConnectionDraft &draft)
{
    m_following = true;
    m_general->load(draft);
    m_tls->load(draft);
    m_ssh->load(draft);
    m_following = false;
    follow();
}

ConnectionSettings ConnectionDialog::settings() const
{
    if (m_isSaved)
        return m_saved;
    const ConnectionSettings typed = draft().settings();
    // Paths in full and the like: as it will be read from the file.
    return connectionFromJson(connectionToJson(typed), {}, {}, u"/"_s).value_or(typed);
}

void ConnectionDialog::follow()
{
    if (std::exchange(m_following, true))
        return;
    const ConnectionDraft now = draft();
    m_general->follow(now);
    m_tls->follow(now);
    m_ssh->follow(now);
    m_tabs->tabBar()->setVisible(now.isServer());
    if (!now.isServer())
        m_tabs->setCurrentIndex(0);
    m_grants->setVisible(now.isServer());
    m_production->setVisible(now.production);
    if (!m_tester->isRunning() && (m_panel->isClear() || m_testedSettings != settings()))
        m_panel->clear(now);
    showProblems(now);
    m_following = false;
}

void ConnectionDialog::showProblems(const ConnectionDraft &now)
{
    QList<ConnectionProblem> problems = now.problems(m_takenNames);
    if (!m_users.isEmpty() && now.name.trimmed() != m_before.name && !now.name.trimmed().isEmpty())
        problems.prepend(
            {ConnectionField::Name, tr("It keeps its name while jobs use it: %1.").arg(m_users.join(u", "_s))});
    int counts[3]{};
    bool needed = false; // for a test
    for (const ConnectionProblem &problem : std::as_const(problems)) {
        ++counts[static_cast<int>(tabOf(problem.field))];
        const bool only =
            problem.field == ConnectionField::Name || (problem.field == ConnectionField::Password && problem.missing);
        needed = needed || !only;
    }
    m_general->showProblems(problems);
    m_tls->showProblems(problems);
    m_ssh->showProblems(problems);
    const QString titles[]{tr("General"), tr("Encryption"), tr("SSH tunnel")};
    for (int tab = 0; tab < 3; ++tab) {
        const bool any = counts[tab] > 0;
        m_tabs->setTabText(tab, any ? tr("%1 (%2)").arg(titles[tab], QString::number(counts[tab])) : titles[tab]);
        m_tabs->setTabToolTip(tab, any ? tr("%n problem(s)", nullptr, counts[tab]) : QString());
    }
    m_save->setEnabled(problems.isEmpty() && !m_saving);
    m_panel->setReady(!needed);
    summarise(problems);
}

void ConnectionDialog::summarise(const QList<ConnectionProblem> &problems)
{
    QStringList links;
    QList<ConnectionField> seen;
    for (const ConnectionProblem &problem : problems) {
        if (problem.field == ConnectionField::None) {
            links.append(problem.text.toHtmlEscaped());
        } else if (!seen.contains(problem.field)) {
            seen.append(problem.field);
            links.append(u"<a href=\"%1\">%2</a>"_s.arg(static_cast<int>(problem.field))
                             .arg(ConnectionDraft::title(problem.field).toHtmlEscaped()));
        }
    }
    m_firstProblem = seen.isEmpty() ? ConnectionField::None : seen.first();
    m_summary->setText(links.isEmpty() ? QString()
                                       : tr("Still to be filled in or mended: %1").arg(links.join(u", "_s)));
}

void ConnectionDialog::goTo(ConnectionField field)
{
    if (field == ConnectionField::Password && draft().passwordKind != Kind::Keychain
        && draft().passwordKind != Kind::Ask)
        field = ConnectionField::PasswordKind;
    m_tabs->setCurrentIndex(static_cast<int>(tabOf(field)));
    for (ConnectionPage *page : {static_cast<ConnectionPage *>(m_general), static_cast<ConnectionPage *>(m_tls),
                                 static_cast<ConnectionPage *>(m_ssh)}) {
        QWidget *control = page->control(field);
        if (!control)
            continue;
        control->setFocus(Qt::OtherFocusReason);
        page->ensureWidgetVisible(control);
        if (auto *edit = qobject_cast<QLineEdit *>(control))
            edit->selectAll();
        return;
    }
}

// Return in the URL fills in the fields; it must not save them unseen.
bool ConnectionDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_url && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            takeUrl();
            return true;
        }
    }
    if (watched == m_summary && event->type() == QEvent::KeyPress && !m_summary->hasSelectedText()) {
        // No single link is chosen: the first one is meant.
        const int key = static_cast<QKeyEvent *>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) && !m_summary->text().isEmpty()) {
            goTo(m_firstProblem);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void ConnectionDialog::takeUrl()
{
    const QString url = m_url->text().trimmed();
    if (url.isEmpty())
        return;
    // What was not understood stays to be mended, unless a password may be in it.
    const bool mayHoldPassword = url.contains(u'@') || url.contains("password"_L1, Qt::CaseInsensitive);
    if (spreadUrl(url) || mayHoldPassword)
        m_url->reset({});
}

void ConnectionDialog::spread(TextField *where, const QString &before, const QString &url)
{
    where->reset(before); // nothing of a password may come back by Undo
    spreadUrl(url);
}

bool ConnectionDialog::spreadUrl(const QString &url)
{
    const auto pasted = readPastedUrl(url);
    if (!pasted) {
        m_notice->say(tr("The URL was not taken over. %1").arg(wording::oneLine(pasted.error())));
        return false;
    }
    const ConnectionDraft old = draft();
    ConnectionDraft now = ConnectionDraft::of(pasted->settings);
    now.name = old.name.trimmed().isEmpty() ? freeName(suggestedName(pasted->settings), m_takenNames) : old.name;
    now.readOnly = old.readOnly;
    now.production = old.production;
    now.keychainKey = old.keychainKey;
    now.secretStored = old.secretStored;
    now.passwordKind = old.passwordKind;
    now.variable = old.variable;
    now.passwordFile = old.passwordFile;
    now.secret = old.secret;
    if (now.isServer() && now.tlsMode < 0 && now.ca.isEmpty()) {
        now.tlsMode = old.tlsMode;
        now.ca = old.ca;
        now.certificate = old.certificate;
        now.certificateKey = old.certificateKey;
        now.pin = old.host == now.host ? old.pin : QString();
    }
    now.ssh = old.ssh && now.isServer();
    now.sshHost = old.sshHost;
    now.sshPort = old.sshPort;
    now.sshUser = old.sshUser;
    now.sshKey = old.sshKey;
    if (!pasted->password.isEmpty()) {
        now.secret = pasted->password;
        now.passwordKind = m_hasKeychain.value_or(false) ? Kind::Keychain : Kind::Ask;
    }
    load(now);
    noteUrl(pasted->password, pasted->ignored);
    return true;
}

void ConnectionDialog::noteUrl(const QString &password, const QStringList &ignored)
{
    QStringList sentences;
    if (!password.isEmpty())
        sentences << (m_hasKeychain.value_or(false)
                          ? tr("The URL held a password. Saving puts it into the keychain, never into a file.")
                          : tr("The URL held a password. There is no keychain, so it serves the test here and is then "
                               "asked each time."));
    if (!ignored.isEmpty()) {
        QStringList names;
        for (const QString &name : ignored)
            names << wording::safeText(name, 40);
        sentences << tr("Left out of the URL: %1.").arg(names.join(u", "_s));
    }
    if (sentences.isEmpty())
        m_notice->dismiss();
    else
        m_notice->say(sentences.join(u'\n'));
}

void ConnectionDialog::dragEnterEvent(QDragEnterEvent *event)
{
    const QMimeData *data = event->mimeData();
    const bool file = data->urls().size() == 1 && data->urls().first().isLocalFile();
    if (file || looksLikeUrl(data->text()))
        event->acceptProposedAction();
}

void ConnectionDialog::dropEvent(QDropEvent *event)
{
    const QMimeData *data = event->mimeData();
    const bool file = data->urls().size() == 1 && data->urls().first().isLocalFile();
    spreadUrl(file ? data->urls().first().toLocalFile() : data->text().trimmed());
    event->acceptProposedAction();
}

} // namespace tidemark
