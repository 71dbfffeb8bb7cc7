// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiondialog.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTabBar>
#include <QTabWidget>

#include "app/wording/wording.h"
#include "ui/connections/certificatedialog.h"
#include "ui/connections/connectiontester.h"
#include "ui/connections/generalpage.h"
#include "ui/connections/noticestrip.h"
#include "ui/connections/problemlinks.h"
#include "ui/connections/queuepage.h"
#include "ui/connections/requestspage.h"
#include "ui/connections/resourcecolumns.h"
#include "ui/connections/resourcespage.h"
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
      m_inferrer(new ConnectionTester(m_desk, m_ownKeychain, this)), m_production(new WarningStrip(this)),
      m_notice(new NoticeStrip(this)), m_url(new TextField(this)), m_tabs(new QTabWidget(this)),
      m_general(new GeneralPage(this)), m_tls(new TlsPage(this)), m_ssh(new SshPage(this)),
      m_resources(new ResourcesPage(this)), m_queue(new QueuePage(this)), m_requests(new RequestsPage(this)),
      m_panel(new TestPanel(this)), m_grants(new QPushButton(tr("&Grants…"), this)), m_links(new ProblemLinks(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)), m_save(new AccentButton(tr("Save"), this))
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
    const auto fields = findChildren<TextField *>();
    for (TextField *field : fields)
        field->reset(field->text()); // nothing has been typed yet that Undo could take back
    m_opened = draft();
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
    m_tabs->addTab(m_resources, tr("Resources"));
    m_tabs->addTab(m_queue, tr("Queue"));
    m_tabs->addTab(m_requests, tr("Requests"));
    m_url->setObjectName(u"url"_s);
    m_url->setAccessibleName(tr("URL"));
    m_url->setPlaceholderText(tr("Paste a URL here or into any field, or drop a database file"));
    m_url->setWhatsThis(tr("postgres://, mysql://, mariadb://, sqlite:, jdbc:, https://, redis:// and amqp:// URLs are "
                           "spread over the fields. A password in it goes to the keychain or is asked, never into a "
                           "file."));
    m_url->installEventFilter(this);
    m_grants->setObjectName(u"grants"_s);
    m_grants->setWhatsThis(tr("The SQL that grants this user what a job needs, to be run by the database's keeper."));
    m_save->setObjectName(u"save"_s);
    m_save->setWhatsThis(tr("Keeps the connection in the workspace; a password goes to the keychain."));
    m_cancel->setObjectName(u"cancel"_s);
    m_cancel->setWhatsThis(tr("Closes this window and asks first where something is not saved (Esc)."));
    m_save->setDefault(true);
    m_panel->setFixedWidth(296);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(theme::group);
    middle->addWidget(m_tabs, 1);
    middle->addWidget(m_panel);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_grants);
    buttons->addWidget(m_links, 1, Qt::AlignVCenter);
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
}

void ConnectionDialog::connectPages()
{
    for (ConnectionPage *page : pages()) {
        connect(page, &ConnectionPage::edited, this, &ConnectionDialog::follow);
        // Not inside the field's own change of text.
        connect(page, &ConnectionPage::urlPasted, this, &ConnectionDialog::spread, Qt::QueuedConnection);
    }
    connect(m_url, &TextField::pasted, this, &ConnectionDialog::takeUrl, Qt::QueuedConnection);
    connect(m_url, &QLineEdit::editingFinished, this, &ConnectionDialog::takeUrl);
    connect(m_links, &ProblemLinks::fieldWanted, this, &ConnectionDialog::goTo);
    connect(m_save, &QPushButton::clicked, this, &ConnectionDialog::accept);
    connect(m_cancel, &QPushButton::clicked, this, &ConnectionDialog::reject);
    connect(m_grants, &QPushButton::clicked, this, &ConnectionDialog::showGrants);
    connect(m_tls, &TlsPage::certificateWanted, this, &ConnectionDialog::viewCertificate);
    // A combo box would keep the key to itself.
    for (const int step : {1, -1}) {
        auto *turn = new QShortcut(step > 0 ? QKeySequence::NextChild : QKeySequence::PreviousChild, this);
        connect(turn, &QShortcut::activated, this, [this, step] {
            if (!m_tabs->tabBar()->isHidden())
                turnTab(step);
        });
    }
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
        Q_EMIT tested(m_testedSettings, serverName(test.facts), std::nullopt);
    });
    connect(m_tester, &ConnectionTester::failed, this, &ConnectionDialog::showFailure);
    connect(m_resources, &ResourcesPage::inferWanted, this, &ConnectionDialog::infer);
    connect(m_resources, &ResourcesPage::stopWanted, this, [this] {
        m_inferrer->stop();
        if (m_resources->columns().isBusy())
            m_resources->columns().end();
    });
    connect(m_inferrer, &ConnectionTester::inferred, &m_resources->columns(), &ResourceColumns::take);
    connect(m_inferrer, &ConnectionTester::failed, this,
            [this](const Error &error) { m_resources->columns().fail(wording::oneLine(error)); });
    connect(m_notice, &NoticeStrip::actionWanted, this, &ConnectionDialog::takeTheirs);
}

void ConnectionDialog::askKeychain()
{
    inBackground(
        this, [keychain = m_keychain] { return keychain && keychain->isAvailable(); },
        [this](bool available) {
            m_hasKeychain = available;
            const bool fresh = m_before == ConnectionSettings() && !m_general->passwordKindTouched();
            if (available && fresh && draft().passwordKind == Kind::Ask) {
                m_general->setPasswordKind(Kind::Keychain);
                m_opened.passwordKind = Kind::Keychain;
            }
            m_general->setKeychain(available);
        });
}

ConnectionDraft ConnectionDialog::draft() const
{
    ConnectionDraft now;
    for (const ConnectionPage *page : pages())
        page->store(now);
    if (!m_copyOf.isEmpty())
        now.secretStored = true; // it is copied
    return now;
}

void ConnectionDialog::load(const ConnectionDraft &draft)
{
    m_following = true;
    for (ConnectionPage *page : pages())
        page->load(draft);
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

QList<ConnectionPage *> ConnectionDialog::pages() const
{
    return {m_general, m_tls, m_ssh, m_resources, m_queue, m_requests};
}

bool ConnectionDialog::hasTab(ConnectionTab tab, const ConnectionDraft &draft)
{
    switch (tab) {
    case ConnectionTab::General:
        return true;
    case ConnectionTab::Tls:
        return draft.isServer();
    case ConnectionTab::Ssh:
        return draft.isServer() && !draft.isService();
    case ConnectionTab::Resources:
    case ConnectionTab::Requests:
        return draft.isService();
    case ConnectionTab::Queue:
        return draft.isBroker();
    }
    return false;
}

void ConnectionDialog::turnTab(int step)
{
    int tab = m_tabs->currentIndex();
    do
        tab = (tab + step + m_tabs->count()) % m_tabs->count();
    while (!m_tabs->isTabVisible(tab));
    m_tabs->setCurrentIndex(tab);
}

bool ConnectionDialog::isEdited() const
{
    ConnectionDraft now = draft();
    if (now.passwordKind != Kind::Keychain)
        now.secret = m_opened.secret; // it was for a test alone
    return now != m_opened || !m_url->text().trimmed().isEmpty();
}

// What a test has found stays true whatever else changes.
static ConnectionDraft forATest(ConnectionDraft draft)
{
    draft.name.clear();
    draft.createFile = draft.production = false;
    return draft;
}

void ConnectionDialog::follow()
{
    if (std::exchange(m_following, true))
        return;
    const ConnectionDraft now = draft();
    for (ConnectionPage *page : pages())
        page->follow(now);
    m_tabs->tabBar()->setVisible(now.isServer());
    m_tabs->setFocusPolicy(now.isServer() ? Qt::TabFocus : Qt::NoFocus); // hidden, its bar would end every Tab
    if (!now.isServer())
        m_tabs->setCurrentIndex(0);
    for (int tab = 0; tab < m_tabs->count(); ++tab)
        m_tabs->setTabVisible(tab, hasTab(static_cast<ConnectionTab>(tab), now));
    m_grants->setVisible(now.isServer() && isSql(now.driver));
    m_production->setVisible(now.production);
    if (m_panel->isClear() || forATest(m_testedDraft) != forATest(now)) {
        m_tester->stop(); // it would speak of what does not stand here any more
        m_panel->clear(now);
    }
    showProblems(now);
    m_following = false;
}

void ConnectionDialog::showProblems(const ConnectionDraft &now)
{
    QList<ConnectionProblem> problems = now.problems(m_takenNames);
    if (!m_users.isEmpty() && now.name.trimmed() != m_before.name && !now.name.trimmed().isEmpty())
        problems.prepend(
            {ConnectionField::Name, tr("It keeps its name while jobs use it: %1.").arg(m_users.join(u", "_s))});
    int counts[static_cast<int>(ConnectionTab::Last) + 1]{};
    bool needed = false; // for a test
    for (const ConnectionProblem &problem : std::as_const(problems)) {
        ++counts[static_cast<int>(tabOf(problem.field))];
        const bool only =
            problem.field == ConnectionField::Name || (problem.field == ConnectionField::Password && problem.missing);
        needed = needed || !only;
    }
    for (ConnectionPage *page : pages())
        page->showProblems(problems);
    const QString titles[]{tr("General"),   tr("Encryption"), tr("SSH tunnel"),
                           tr("Resources"), tr("Queue"),      tr("Requests")};
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        const bool any = counts[tab] > 0;
        m_tabs->setTabText(tab, any ? tr("%1 (%2)").arg(titles[tab], QString::number(counts[tab])) : titles[tab]);
        m_tabs->setTabToolTip(tab, any ? tr("%n problem(s)", nullptr, counts[tab]) : QString());
    }
    m_save->setEnabled(problems.isEmpty() && !m_saving);
    m_panel->setReady(!needed);
    m_links->setProblems(problems);
}

void ConnectionDialog::goTo(ConnectionField field)
{
    if (field == ConnectionField::Password && draft().passwordKind != Kind::Keychain
        && draft().passwordKind != Kind::Ask)
        field = ConnectionField::PasswordKind;
    m_tabs->setCurrentIndex(static_cast<int>(tabOf(field)));
    for (ConnectionPage *page : pages()) {
        QWidget *control = page->control(field);
        if (!control)
            continue;
        page->reveal(field);
        control->setFocus(Qt::OtherFocusReason);
        page->ensureWidgetVisible(control);
        if (auto *edit = qobject_cast<QLineEdit *>(control))
            edit->selectAll();
        return;
    }
}

} // namespace tidemark
