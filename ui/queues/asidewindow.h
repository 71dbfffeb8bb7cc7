// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QHash>
#include <QWidget>

#include "core/base/cancellation.h"
#include "core/config/connectionsettings.h"
#include "ui/queues/asidemessage.h"

class QItemSelection;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace tidemark {

class AccentButton;
class AsideModel;
class Desk;
class EmptyPlace;

// The messages of a queue that no run could apply: why, what they hold, and the way back into the queue, as they are or
// edited. Asks the broker off the UI thread. A window of its own, not modal.
class AsideWindow final : public QWidget
{
    Q_OBJECT
public:
    AsideWindow(std::shared_ptr<Desk> desk, const ConnectionSettings &queue, QWidget *parent = nullptr);
    ~AsideWindow() override;
    void reload();
    bool isBusy() const { return m_asking != nullptr; }

Q_SIGNALS:
    void putBack(); // a run would find them

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    // asidebuild.cpp
    void build();
    QWidget *buildMessage();
    QWidget *buildButtons();
    void connectParts();
    void retranslate();

    const AsideMessage *only() const; // the one that is selected; null: none, or several
    QList<QByteArray> selectedIds() const;
    void showSelected();
    void showTitle();
    void takeText();
    void check(); // what is typed
    void say(const QString &text, bool isFault);
    void note(const QString &text, bool isFault); // beside the message
    void showButtons();
    void showHeadline();
    void undoEdit();
    void sendBack();
    void askToDiscard();
    void settle(const AsideOrder &order);
    void settled(const AsideOrder &order, const AsideOutcome &outcome);
    void arrived(const Result<QList<AsideMessage>> &messages);
    std::shared_ptr<Cancellation> begin(const QString &what);
    bool end(const std::shared_ptr<Cancellation> &current); // false: it was stopped meanwhile
    void stop();

    std::shared_ptr<Desk> m_desk;
    ConnectionSettings m_queue;
    std::shared_ptr<Cancellation> m_asking; // null: nothing is under way
    QHash<QByteArray, QString> m_edits; // what was typed, by message
    bool m_loaded = false, m_showing = false, m_isFault = false, m_noteIsFault = false, m_discards = false;
    AsideText m_shown; // of the message that is selected, as it came

    QLabel *m_headline, *m_about, *m_status;
    QProgressBar *m_progress;
    QStackedWidget *m_pages;
    EmptyPlace *m_empty;
    AsideModel *m_model;
    QTableView *m_view;
    QLabel *m_title, *m_noteLabel;
    QPlainTextEdit *m_text;
    QPushButton *m_reload, *m_undo, *m_discard, *m_close;
    AccentButton *m_send;
};

} // namespace tidemark
