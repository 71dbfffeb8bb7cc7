// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionlistdialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/connections/connectiondialog.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

ConnectionListDialog::ConnectionListDialog(std::shared_ptr<Desk> desk, QWidget *parent)
    : QDialog(parent), m_desk(std::move(desk)), m_pages(new QStackedWidget(this)), m_list(new QListWidget(this)),
      m_message(new QLabel(this)), m_new(new QPushButton(tr("&New…"), this)),
      m_edit(new QPushButton(tr("&Edit…"), this)), m_remove(new QPushButton(tr("&Remove…"), this))
{
    setObjectName(u"connectionList"_s);
    setWindowTitle(tr("Connections"));
    resize(640, 420);
    auto *empty = new EmptyPlace(u"database"_s, this);
    empty->setSentence(tr("No connections yet. A connection is a saved way to reach one database."));
    empty->setButton(tr("New connection…"));
    m_list->setAccessibleName(tr("Connections"));
    m_list->setIconSize({20, 20});
    m_list->setItemDelegate(new FrameDelegate(m_list));
    m_pages->addWidget(empty);
    m_pages->addWidget(m_list);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->hide();
    auto *close = new QPushButton(tr("Close"), this);

    auto *side = new QVBoxLayout;
    side->addWidget(m_new);
    side->addWidget(m_edit);
    side->addWidget(m_remove);
    side->addStretch();
    side->addWidget(close);
    auto *left = new QVBoxLayout;
    left->addWidget(m_pages, 1);
    left->addWidget(m_message);
    auto *layout = new QHBoxLayout(this);
    layout->addLayout(left, 1);
    layout->addLayout(side);

    const auto selected = [this] { return m_connections.value(m_list->currentRow()); };
    connect(m_new, &QPushButton::clicked, this, [this] { edit({}); });
    connect(empty, &EmptyPlace::clicked, this, [this] { edit({}); });
    connect(m_edit, &QPushButton::clicked, this, [this, selected] { edit(selected()); });
    connect(m_list, &QListWidget::itemActivated, this, [this, selected] { edit(selected()); });
    connect(m_list, &QListWidget::currentRowChanged, this, &ConnectionListDialog::showButtons);
    connect(m_remove, &QPushButton::clicked, this, &ConnectionListDialog::remove);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    showButtons();
    reload();
}

void ConnectionListDialog::reload()
{
    inBackground(
        this, [desk = m_desk] { return desk->workspace().connections(); },
        [this](const Result<QList<ConnectionSettings>> &connections) {
            m_message->setVisible(!connections);
            if (connections)
                fill(*connections);
            else
                m_message->setText(wording::oneLine(connections.error()));
        });
}

void ConnectionListDialog::fill(const QList<ConnectionSettings> &connections)
{
    const int row = std::max(0, m_list->currentRow());
    m_connections = connections;
    m_list->clear();
    for (const ConnectionSettings &connection : connections) {
        const QString place = connection.driver == Driver::Sqlite
            ? connection.database
            : driverName(connection.driver) + u"://"_s + connection.host + u'/' + connection.database;
        QString text = connection.name + u"  ·  "_s + place;
        if (connection.production)
            text += u"  ·  "_s + tr("PRODUCTION");
        if (connection.readOnly)
            text += u"  ·  "_s + tr("read only");
        auto *item = new QListWidgetItem(signs::icon(u"database"_s), text, m_list);
        item->setToolTip(place);
        item->setSizeHint({0, 36});
    }
    m_list->setCurrentRow(std::min(row, static_cast<int>(connections.size()) - 1));
    m_pages->setCurrentIndex(connections.isEmpty() ? 0 : 1);
    showButtons();
}

void ConnectionListDialog::showButtons()
{
    const bool any = m_list->currentRow() >= 0;
    m_edit->setEnabled(any);
    m_remove->setEnabled(any);
}

void ConnectionListDialog::edit(const ConnectionSettings &settings)
{
    QStringList taken;
    for (const ConnectionSettings &connection : std::as_const(m_connections)) {
        if (connection.name != settings.name)
            taken << connection.name;
    }
    auto *dialog = new ConnectionDialog(m_desk, settings, taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, before = settings.name] {
        inBackground(
            this,
            [desk = m_desk, now = dialog->settings(), before] { return desk->workspace().saveConnection(now, before); },
            [this](const Result<void> &saved) {
                m_message->setVisible(!saved);
                if (!saved)
                    m_message->setText(wording::oneLine(saved.error()));
                reload();
                Q_EMIT changed();
            });
    });
    dialog->open();
}

void ConnectionListDialog::remove()
{
    const QString name = m_connections.value(m_list->currentRow()).name;
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Remove connection"),
                                tr("Remove the connection %1? The database itself is not touched.").arg(name),
                                QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    connect(yes, &QPushButton::clicked, this, [this, name] {
        inBackground(
            this, [desk = m_desk, name] { return desk->workspace().removeConnection(name); },
            [this](const Result<void> &removed) {
                m_message->setVisible(!removed);
                if (!removed)
                    m_message->setText(wording::oneLine(removed.error()));
                reload();
                Q_EMIT changed();
            });
    });
    box->open();
}

} // namespace tidemark
