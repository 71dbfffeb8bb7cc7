// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionlistdialog.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTimer>

#include "app/wording/wording.h"
#include "ui/connections/connectiondelegate.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectionsaving.h"
#include "ui/connections/connectiontester.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int lookAgainMs = 2000; // for what other programs do
static constexpr int searchFrom = 8; // connections: fewer are seen at a glance

struct ConnectionListDialog::Loaded
{
    QList<ConnectionListModel::Entry> entries;
    std::optional<Error> error;
    qint64 nowUs = 0;
};

ConnectionListDialog::ConnectionListDialog(std::shared_ptr<Desk> desk, QWidget *parent,
                                           std::shared_ptr<Keychain> keychain)
    : QDialog(parent), m_desk(std::move(desk)), m_keychain(std::move(keychain)), m_model(new ConnectionListModel(this)),
      m_shown(new QSortFilterProxyModel(this)), m_tester(new ConnectionTester(m_desk, m_keychain, this)),
      m_pages(new QStackedWidget(this)), m_empty(new EmptyPlace(u"database"_s, this)), m_search(new QLineEdit(this)),
      m_list(new QListView(this)), m_message(new QLabel(this)),
      m_new(button(tr("&New…"), u"new"_s, tr("Makes a connection."))),
      m_edit(button(tr("&Edit…"), u"edit"_s, tr("Opens the selected connection (Return)."))),
      m_duplicate(button(tr("&Duplicate…"), u"duplicate"_s, tr("Makes a connection that begins as a copy (Ctrl+D)."))),
      m_test(button(tr("&Test"), u"testSelected"_s, tr("Tests the selected connection (Ctrl+T). Nothing is written."))),
      m_aside(button(tr("Set &aside…"), u"aside"_s,
                     tr("The messages of the selected queue that no run could apply, and the way back."))),
      m_remove(button(tr("&Remove…"), u"remove"_s,
                      tr("Removes the selected connection (Del). The database itself is not touched."))),
      m_close(button(tr("Close"), u"close"_s, {}))
{
    setObjectName(u"connectionList"_s);
    setWindowTitle(tr("Connections"));
    build();
    connectButtons();
    showButtons();
    auto *again = new QTimer(this);
    connect(again, &QTimer::timeout, this, &ConnectionListDialog::reload);
    again->start(lookAgainMs);
    reload();
}

ConnectionListDialog::~ConnectionListDialog() = default;

QPushButton *ConnectionListDialog::button(const QString &text, const QString &name, const QString &whatsThis)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setWhatsThis(whatsThis);
    button->setToolTip(whatsThis);
    return button;
}

void ConnectionListDialog::build()
{
    m_empty->setSentence(
        tr("A connection is a saved way to reach one database, web service or message queue. There is none yet."));
    m_empty->setButton(tr("New connection…"));
    m_empty->setAccent(true);
    m_shown->setSourceModel(m_model);
    m_shown->setFilterRole(ConnectionListModel::SearchRole);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_search->setObjectName(u"search"_s);
    m_search->setPlaceholderText(tr("Search (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search the connections"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(signs::icon(u"search"_s, theme::Token::Muted), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_search->hide();
    m_list->setObjectName(u"connections"_s);
    m_list->setAccessibleName(tr("Connections"));
    m_list->setModel(m_shown);
    m_list->setItemDelegate(new ConnectionDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_list);
    m_pages->setCurrentIndex(1);
    m_message->setObjectName(u"listMessage"_s);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->hide();

    auto *left = new QVBoxLayout;
    left->addWidget(m_search);
    left->addWidget(m_pages, 1);
    left->addWidget(m_message);
    auto *side = new QVBoxLayout;
    left->setSpacing(theme::gap);
    side->setSpacing(theme::gap);
    for (QPushButton *each : {m_new, m_edit, m_duplicate, m_test, m_aside, m_remove})
        side->addWidget(each);
    side->addStretch();
    side->addWidget(m_close);
    auto *layout = new QHBoxLayout(this);
    layout->setSpacing(theme::group);
    layout->addLayout(left, 1);
    layout->addLayout(side);
    m_edit->setDefault(true);
    resize(760, 480);
    setMinimumSize(560, 320);
}

void ConnectionListDialog::connectButtons()
{
    connect(m_new, &QPushButton::clicked, this, &ConnectionListDialog::create);
    connect(m_empty, &EmptyPlace::clicked, this, &ConnectionListDialog::create);
    connect(m_edit, &QPushButton::clicked, this, &ConnectionListDialog::edit);
    connect(m_duplicate, &QPushButton::clicked, this, &ConnectionListDialog::duplicate);
    connect(m_test, &QPushButton::clicked, this, &ConnectionListDialog::test);
    connect(m_aside, &QPushButton::clicked, this, [this] {
        const ConnectionListModel::Entry *entry = current();
        if (entry == nullptr)
            return;
        const ConnectionSettings queue = entry->settings;
        accept(); // it is modal, that window is not
        Q_EMIT asideWanted(queue);
    });
    connect(m_remove, &QPushButton::clicked, this, &ConnectionListDialog::remove);
    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_list, &QListView::activated, this, &ConnectionListDialog::edit);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ConnectionListDialog::showButtons);
    connect(m_search, &QLineEdit::textChanged, this, &ConnectionListDialog::filter);
    connect(m_tester, &ConnectionTester::passed, this, [this](const ConnectionTest &test) {
        m_model->setTesting(m_testing.name, false);
        remember(m_testing, serverName(test.facts), std::nullopt);
    });
    connect(m_tester, &ConnectionTester::failed, this, [this](const Error &error) {
        m_model->setTesting(m_testing.name, false);
        say(wording::oneLine(error));
        remember(m_testing, {}, error);
    });
    const std::pair<QKeySequence, QPushButton *> keys[]{{QKeySequence::New, m_new},
                                                        {QKeySequence(u"Ctrl+D"_s), m_duplicate},
                                                        {QKeySequence(u"Ctrl+T"_s), m_test},
                                                        {QKeySequence(u"F2"_s), m_edit}};
    for (const auto &[key, target] : keys) {
        auto *action = new QAction(this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, target, &QPushButton::click);
        addAction(action);
    }
    auto *find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    connect(find, &QAction::triggered, this, [this] {
        m_search->show();
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    addAction(find);
}

bool ConnectionListDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (watched == m_list && key->key() == Qt::Key_Delete) {
        m_remove->click();
        return true;
    }
    const bool enters = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == m_list && enters) {
        m_edit->click();
        return true;
    }
    if (watched == m_search && (enters || key->key() == Qt::Key_Down)) {
        m_list->setFocus(Qt::TabFocusReason);
        return true;
    }
    if (watched == m_search && key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void ConnectionListDialog::reload()
{
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    inBackground(
        this,
        [desk = m_desk] {
            Loaded loaded;
            loaded.nowUs = desk->clock().nowUs();
            const auto connections = desk->workspace().connections();
            if (!connections) {
                loaded.error = connections.error();
                return loaded;
            }
            const auto tests = TestMemory(desk->workspace().folder()).load();
            const auto users = usersOfConnections(desk->workspace());
            for (const ConnectionSettings &settings : *connections) {
                ConnectionListModel::Entry entry{settings, users.value(settings.name), {}};
                const auto test = tests.constFind(TestMemory::digest(settings));
                if (test != tests.constEnd())
                    entry.test = *test;
                loaded.entries.append(entry);
            }
            return loaded;
        },
        [this](const Loaded &loaded) {
            m_loading = false;
            fill(loaded);
            if (std::exchange(m_again, false))
                reload();
        });
}

void ConnectionListDialog::fill(const Loaded &loaded)
{
    if (loaded.error) {
        m_unreadable = true;
        say(wording::oneLine(*loaded.error));
        showButtons();
        return;
    }
    m_loaded = true;
    if (std::exchange(m_unreadable, false))
        say({});
    const int row = m_list->currentIndex().row();
    m_model->setNow(loaded.nowUs);
    m_model->setEntries(loaded.entries);
    if (!m_wanted.isEmpty())
        select(std::exchange(m_wanted, {}));
    if (!m_list->currentIndex().isValid() && m_shown->rowCount() > 0)
        m_list->setCurrentIndex(m_shown->index(std::clamp(row, 0, m_shown->rowCount() - 1), 0));
    if (m_model->rowCount() >= searchFrom)
        m_search->show();
    if (m_editor) {
        QList<ConnectionSettings> all;
        for (const ConnectionListModel::Entry &entry : loaded.entries)
            all << entry.settings;
        m_editor->workspaceChanged(all);
    }
    showButtons();
}

void ConnectionListDialog::filter(const QString &words)
{
    m_shown->setFilterFixedString(words.trimmed());
    if (!m_list->currentIndex().isValid() && m_shown->rowCount() > 0)
        m_list->setCurrentIndex(m_shown->index(0, 0));
    showButtons();
}

const ConnectionListModel::Entry *ConnectionListDialog::current() const
{
    return m_model->at(m_shown->mapToSource(m_list->currentIndex()));
}

void ConnectionListDialog::select(const QString &name)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->entries().at(row).settings.name != name)
            continue;
        const QModelIndex shown = m_shown->mapFromSource(m_model->index(row));
        if (!shown.isValid())
            m_search->clear();
        m_list->setCurrentIndex(m_shown->mapFromSource(m_model->index(row)));
    }
}

void ConnectionListDialog::showButtons()
{
    const ConnectionListModel::Entry *entry = current();
    for (QPushButton *each : {m_edit, m_duplicate, m_test, m_remove})
        each->setEnabled(entry != nullptr);
    m_aside->setVisible(entry != nullptr && isQueue(entry->settings.driver));
    const bool testing = entry && m_tester->isRunning() && m_testing.name == entry->settings.name;
    m_test->setText(testing ? tr("S&top the test") : tr("&Test"));
    const bool none = m_loaded && m_model->rowCount() == 0;
    m_pages->setCurrentIndex(none ? 0 : 1);
    if (m_loaded && !none && m_shown->rowCount() == 0)
        say(tr("No connection matches the search."));
    else if (m_message->text() == tr("No connection matches the search."))
        say({});
}

void ConnectionListDialog::say(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

} // namespace tidemark
