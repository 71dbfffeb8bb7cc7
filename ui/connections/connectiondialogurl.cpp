// SPDX-License-Identifier: GPL-3.0-or-later
// How the connection dialog takes a URL or a file that is pasted or dropped.
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QUrl>

#include "app/wording/wording.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/noticestrip.h"
#include "ui/connections/pastedurl.h"
#include "ui/connections/textfield.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Kind = PasswordSource::Kind;

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

static void takePlace(ConnectionDraft &now, const ConnectionDraft &said, const ConnectionSettings &settings)
{
    const bool sameHost = now.host == said.host;
    now.host = said.host;
    now.port = said.port;
    now.database = said.database;
    now.schema = said.schema;
    now.user = said.user;
    if (said.isService()) {
        now.service.url = said.service.url;
        if (!said.user.isEmpty())
            now.service.auth.kind = HttpAuth::Kind::Basic;
    }
    const std::pair<QString *, const QString &> names[]{{&now.queue.stream, said.queue.stream},
                                                        {&now.queue.exchange, said.queue.exchange},
                                                        {&now.queue.queue, said.queue.queue}};
    for (const auto &[into, text] : names) {
        if (!text.isEmpty())
            *into = text;
    }
    if (settings.queue && settings.queue->group != QueueSettings().group)
        now.queue.group = said.queue.group;
    if (settings.timeoutMs != ConnectionSettings().timeoutMs)
        now.timeout = said.timeout;
    if (said.tlsMode >= 0 || !said.ca.isEmpty()) {
        now.tlsMode = said.tlsMode;
        now.ca = said.ca;
        now.certificate = said.certificate;
        now.certificateKey = said.certificateKey;
        now.pin = said.pin;
    } else if (!sameHost) {
        now.pin.clear();
    }
}

bool ConnectionDialog::spreadUrl(const QString &url)
{
    const auto pasted = readPastedUrl(url);
    if (!pasted) {
        m_notice->say(tr("The URL was not taken over. %1").arg(wording::oneLine(pasted.error())));
        return false;
    }
    const ConnectionDraft said = ConnectionDraft::of(pasted->settings);
    if (!said.isServer()) {
        spreadFile(said.file);
        return true;
    }
    ConnectionDraft now = draft();
    now.driver = said.driver;
    if (now.name.trimmed().isEmpty())
        now.name = freeName(suggestedName(pasted->settings), m_takenNames);
    takePlace(now, said, pasted->settings);
    if (!pasted->password.isEmpty()) {
        now.secret = pasted->password;
        now.passwordKind = m_hasKeychain.value_or(false) ? Kind::Keychain : Kind::Ask;
    }
    load(now);
    noteUrl(pasted->password, pasted->ignored);
    return true;
}

void ConnectionDialog::spreadFile(const QString &file)
{
    ConnectionDraft now = draft();
    now.driver = Driver::Sqlite;
    now.file = file;
    if (now.name.trimmed().isEmpty())
        now.name = freeName(suggestedName(now.settings()), m_takenNames);
    load(now);
    noteUrl({}, {});
}

void ConnectionDialog::noteUrl(const QString &password, const QStringList &ignored)
{
    QStringList sentences;
    if (!password.isEmpty())
        sentences << (!m_hasKeychain ? tr("The URL held a password. It stands in its field and never goes into a file.")
                          : *m_hasKeychain
                          ? tr("The URL held a password. Saving puts it into the keychain, never into a file.")
                          : tr("The URL held a password. There is no keychain, so it serves the test here and is then "
                               "asked each time."));
    if (!ignored.isEmpty()) {
        QStringList names;
        for (const QString &name : ignored)
            names << wording::safeText(name, 40);
        sentences << tr("Left out of the URL: %1.").arg(names.join(u", "_s));
    }
    if (!sentences.isEmpty())
        m_notice->say(sentences.join(u'\n'));
    else if (!m_othersChanged) // that is still to be read
        m_notice->dismiss();
}

static QString droppedFile(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

void ConnectionDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(*event->mimeData()).isEmpty() || looksLikeUrl(event->mimeData()->text()))
        event->acceptProposedAction();
}

void ConnectionDialog::dropEvent(QDropEvent *event)
{
    const QString file = droppedFile(*event->mimeData());
    if (file.isEmpty())
        spreadUrl(event->mimeData()->text().trimmed());
    else
        spreadFile(file);
    event->acceptProposedAction();
}

} // namespace tidemark
