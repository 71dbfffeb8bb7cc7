// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queues/asidewindow.h"

#include <QCloseEvent>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

#include "app/wording/wording.h"
#include "ui/jobs/engine.h"
#include "ui/queues/asidemodel.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/background.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static void colour(QLabel &label, bool isFault, const QPalette &base)
{
    QPalette colours = base;
    colours.setColor(QPalette::WindowText, theme::color(isFault ? theme::Token::Remove : theme::Token::Muted, base));
    label.setPalette(colours);
}

void AsideWindow::say(const QString &text, bool isFault)
{
    m_isFault = isFault;
    colour(*m_status, isFault, palette());
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
}

void AsideWindow::note(const QString &text, bool isFault)
{
    m_noteIsFault = isFault;
    colour(*m_noteLabel, isFault, palette());
    m_noteLabel->setText(text);
    m_text->setAccessibleDescription(text);
}

std::shared_ptr<Cancellation> AsideWindow::begin(const QString &what)
{
    m_asking = std::make_shared<Cancellation>();
    m_progress->show();
    say(what, false);
    showButtons();
    return m_asking;
}

bool AsideWindow::end(const std::shared_ptr<Cancellation> &current)
{
    if (m_asking != current)
        return false;
    m_asking.reset();
    m_progress->hide();
    return true;
}

void AsideWindow::stop()
{
    if (m_asking)
        m_asking->cancel(); // what comes of it is shown
}

void AsideWindow::reload()
{
    if (isBusy())
        return;
    const auto current = begin(tr("Asking %1…").arg(wording::safeText(m_queue.label(), 60)));
    inBackground(
        this, [desk = m_desk, queue = m_queue, current] { return readAside(*desk, queue, *current); },
        [this, current](const Result<QList<AsideMessage>> &messages) {
            if (end(current))
                arrived(messages);
        });
}

void AsideWindow::arrived(const Result<QList<AsideMessage>> &messages)
{
    if (!messages) {
        say(messages.error().code == ErrorCode::Cancelled ? tr("Stopped.") : wording::oneLine(messages.error()),
            messages.error().code != ErrorCode::Cancelled);
        return showButtons();
    }
    const QList<QByteArray> before = selectedIds();
    m_loaded = true;
    m_model->setMessages(*messages);
    for (auto edit = m_edits.begin(); edit != m_edits.end();) { // of what is gone
        m_model->setEdited(edit.key(), m_model->rowOf(edit.key()) >= 0);
        edit = m_model->rowOf(edit.key()) >= 0 ? std::next(edit) : m_edits.erase(edit);
    }
    const auto flags = QItemSelectionModel::Select | QItemSelectionModel::Rows;
    for (const QByteArray &id : before) {
        if (const int row = m_model->rowOf(id); row >= 0)
            m_view->selectionModel()->select(m_model->index(row, 0), flags);
    }
    if (selectedIds().isEmpty() && m_model->rowCount() > 0)
        m_view->setCurrentIndex(m_model->index(0, 0));
    say({}, false);
    showHeadline();
    showSelected();
}

void AsideWindow::showHeadline()
{
    const int count = m_model->rowCount();
    const QString name = wording::safeText(m_queue.label(), 60);
    m_headline->setText(!m_loaded        ? tr("Messages set aside in %1").arg(name)
                            : count == 0 ? tr("Nothing is set aside in %1.").arg(name)
                            : count >= mostAside
                            ? tr("The oldest %1 messages that are set aside in %2").arg(format::count(count), name)
                            : tr("%n message(s) set aside in %1", nullptr, count).arg(name));
    m_empty->setSentence(m_loaded ? tr("What could not be applied would be listed here.") : QString());
    m_pages->setCurrentIndex(count > 0 ? 1 : 0);
}

QList<QByteArray> AsideWindow::selectedIds() const
{
    QList<int> rows;
    const QModelIndexList selected = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows << index.row();
    std::sort(rows.begin(), rows.end()); // back in the order in which they came
    QList<QByteArray> ids;
    for (const int row : std::as_const(rows))
        ids << m_model->at(row)->raw.id;
    return ids;
}

const AsideMessage *AsideWindow::only() const
{
    const QModelIndexList selected = m_view->selectionModel()->selectedRows();
    return selected.size() == 1 ? m_model->at(selected.first().row()) : nullptr;
}

void AsideWindow::showTitle()
{
    const AsideMessage *message = only();
    const qsizetype several = m_view->selectionModel()->selectedRows().size();
    m_title->setText(message == nullptr ? (
                         several > 1 ? tr("%n message(s) selected", nullptr, static_cast<int>(several)) : tr("Message"))
                         : m_edits.contains(message->raw.id)
                         ? tr("Message %1, edited").arg(wording::safeText(QString::fromUtf8(message->raw.id), 80))
                         : tr("Message %1").arg(wording::safeText(QString::fromUtf8(message->raw.id), 80)));
}

void AsideWindow::showSelected()
{
    const AsideMessage *message = only();
    m_showing = true;
    m_shown = message != nullptr ? textOf(message->raw) : AsideText{AsideText::Kind::Binary, {}};
    const QString text = message != nullptr ? m_edits.value(message->raw.id, m_shown.text) : QString();
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    m_text->setReadOnly(message == nullptr || m_shown.kind != AsideText::Kind::Editable);
    m_showing = false;
    showTitle();
    check();
    showButtons();
}

static QString operationName(EventOperation operation)
{
    switch (operation) {
    case EventOperation::Create:
    case EventOperation::Read:
        return AsideWindow::tr("an insert");
    case EventOperation::Update:
        return AsideWindow::tr("an update");
    case EventOperation::Delete:
        return AsideWindow::tr("a delete");
    case EventOperation::Tombstone:
        break;
    }
    return AsideWindow::tr("a tombstone");
}

void AsideWindow::check()
{
    const AsideMessage *message = only();
    if (message == nullptr)
        return note({}, false);
    switch (m_shown.kind) {
    case AsideText::Kind::Tombstone:
        return note(tr("It has no value: it follows a delete."), false);
    case AsideText::Kind::Binary:
        return note(tr("It is no text (%1) and goes back as it is.").arg(format::bytes(message->raw.value->size())),
                    false);
    case AsideText::Kind::Large:
        return note(tr("%1: only its beginning is shown. It is edited by tidemark-cli queue --set-value.")
                        .arg(format::bytes(message->raw.value->size())),
                    false);
    case AsideText::Kind::Editable:
        break;
    }
    const AsideReading reading = readMessage(message->raw.key, m_text->toPlainText().toUtf8());
    if (reading.fault && reading.fault->code == ErrorCode::WrongType && !reading.fault->facts.contains(Fact::JsonPath))
        note(tr("Not a change event: it is no JSON object."), true);
    else if (reading.fault)
        note(tr("Not a change event: %1").arg(wording::oneLine(*reading.fault)), true);
    else
        note(reading.operation == EventOperation::Tombstone
                 ? tr("It reads as %1.").arg(operationName(reading.operation))
                 : tr("It reads as %1 in %2.")
                       .arg(operationName(reading.operation), wording::safeText(reading.table, 80)),
             false);
}

void AsideWindow::takeText()
{
    const AsideMessage *message = only();
    if (m_showing || message == nullptr || m_text->isReadOnly())
        return;
    const QByteArray id = message->raw.id;
    const QString typed = m_text->toPlainText();
    const bool edited = typed != m_shown.text;
    if (edited)
        m_edits.insert(id, typed);
    else
        m_edits.remove(id);
    m_model->setEdited(id, edited);
    showTitle();
    check();
    showButtons();
}

void AsideWindow::undoEdit()
{
    const AsideMessage *message = only();
    if (message == nullptr)
        return;
    m_edits.remove(message->raw.id);
    m_model->setEdited(message->raw.id, false);
    showSelected();
    m_text->setFocus();
}

void AsideWindow::showButtons()
{
    const QList<QByteArray> ids = selectedIds();
    bool faulty = false; // what was typed would only come back
    bool edited = false;
    for (const QByteArray &id : ids) {
        const auto typed = m_edits.constFind(id);
        if (typed == m_edits.constEnd())
            continue;
        edited = true;
        const AsideMessage *message = m_model->at(m_model->rowOf(id));
        faulty = faulty || (message != nullptr && readMessage(message->raw.key, typed->toUtf8()).fault);
    }
    m_reload->setText(isBusy() ? tr("S&top") : tr("&Read again"));
    m_reload->setToolTip(isBusy() ? QString() : tr("Asks the broker once more (F5)"));
    m_undo->setEnabled(!isBusy() && only() != nullptr && edited);
    m_discard->setEnabled(!isBusy() && !ids.isEmpty());
    m_send->setEnabled(!isBusy() && !ids.isEmpty() && !faulty);
    const int count = static_cast<int>(ids.size());
    m_send->setText(count > 1    ? tr("Put %n &back", nullptr, count)
                        : edited ? tr("Put &back as edited")
                                 : tr("Put &back"));
    m_text->setEnabled(!isBusy());
}

void AsideWindow::sendBack()
{
    AsideOrder order;
    order.putsBack = true;
    for (const QByteArray &id : selectedIds()) {
        const auto typed = m_edits.constFind(id);
        order.messages.append({id, typed == m_edits.constEnd() ? std::nullopt : std::optional(typed->toUtf8())});
    }
    settle(order);
}

void AsideWindow::askToDiscard()
{
    const QList<QByteArray> ids = selectedIds();
    if (ids.isEmpty())
        return;
    auto *box = new AskBox(u"warning"_s, tr("Discard"),
                           tr("Drop %n message(s) of %1 for good?", nullptr, static_cast<int>(ids.size()))
                               .arg(wording::safeText(m_queue.label(), 60)),
                           this);
    box->setObjectName(u"asideDiscardBox"_s);
    box->setInformativeText(tr("What they would have changed never reaches the target."));
    QPushButton *discard = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    box->addKeepButton(tr("Keep"));
    connect(discard, &QPushButton::clicked, this, [this, ids] {
        AsideOrder order;
        for (const QByteArray &id : ids)
            order.messages.append({id, std::nullopt});
        settle(order);
    });
    box->open();
}

void AsideWindow::settle(const AsideOrder &order)
{
    if (isBusy() || order.messages.isEmpty())
        return;
    const int count = static_cast<int>(order.messages.size());
    const auto current = begin(order.putsBack ? tr("Putting %n message(s) back…", nullptr, count)
                                              : tr("Dropping %n message(s)…", nullptr, count));
    inBackground(
        this, [desk = m_desk, queue = m_queue, order, current] { return settleAside(*desk, queue, order, *current); },
        [this, order, current](const AsideOutcome &outcome) {
            if (end(current))
                settled(order, outcome);
        });
}

void AsideWindow::settled(const AsideOrder &order, const AsideOutcome &outcome)
{
    const int row = m_view->currentIndex().row();
    for (const QByteArray &id : outcome.settled)
        m_edits.remove(id);
    m_model->remove(outcome.settled);
    if (selectedIds().isEmpty() && m_model->rowCount() > 0)
        m_view->setCurrentIndex(m_model->index(std::clamp(row, 0, m_model->rowCount() - 1), 0));
    QStringList words;
    if (outcome.done > 0)
        words << (order.putsBack ? tr("Back in the queue: %1. The next run takes it.").arg(format::count(outcome.done))
                                 : tr("Dropped: %1.").arg(format::count(outcome.done)));
    if (outcome.gone > 0)
        words << tr("No longer there: %1.").arg(format::count(outcome.gone));
    const bool cancelled = outcome.error && outcome.error->code == ErrorCode::Cancelled;
    if (outcome.error)
        words << (cancelled ? tr("Stopped.") : wording::oneLine(*outcome.error));
    say(words.join(u' '), outcome.error && !cancelled);
    showHeadline();
    showSelected();
    if (order.putsBack && outcome.done > 0)
        Q_EMIT putBack();
}

void AsideWindow::closeEvent(QCloseEvent *event)
{
    if (m_edits.isEmpty() || m_discards || !isVisible())
        return event->accept();
    event->ignore();
    if (findChild<QMessageBox *>(u"asideUnsavedBox"_s) != nullptr)
        return;
    auto *box = new AskBox(u"edit"_s, tr("Not put back"),
                           tr("%n edited message(s) were not put back. What was typed is lost.", nullptr,
                              static_cast<int>(m_edits.size())),
                           this);
    box->setObjectName(u"asideUnsavedBox"_s);
    QPushButton *discard = box->addButton(tr("Close all the same"), QMessageBox::DestructiveRole);
    box->addKeepButton(tr("Keep editing"));
    connect(discard, &QPushButton::clicked, this, [this] {
        m_discards = true;
        close();
    });
    box->open();
}

void AsideWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange) {
        colour(*m_status, m_isFault, palette());
        colour(*m_noteLabel, m_noteIsFault, palette());
    }
    QWidget::changeEvent(event);
}

} // namespace tidemark
