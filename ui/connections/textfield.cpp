// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/textfield.h"

#include <QAction>
#include <QFocusEvent>

#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

TextField::TextField(QWidget *parent) : QLineEdit(parent)
{
    connect(this, &QLineEdit::textChanged, this, &TextField::notice);
}

void TextField::replace(const QString &text)
{
    if (text == this->text())
        return;
    m_replacing = true;
    selectAll();
    insert(text);
    m_replacing = false;
}

void TextField::reset(const QString &text)
{
    m_replacing = true;
    setText(text);
    m_replacing = false;
}

void TextField::notice(const QString &now)
{
    const QString before = std::exchange(m_before, now);
    if (m_replacing)
        return;
    m_touched = true;
    if (now.size() > before.size() + 1)
        Q_EMIT pasted(before, now);
}

void TextField::makeSecret()
{
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    QAction *look = addAction(signs::icon(u"eye"_s, theme::Token::Muted), QLineEdit::TrailingPosition);
    look->setText(tr("Show the password"));
    look->setCheckable(true);
    look->setShortcut(QKeySequence(u"Ctrl+Shift+P"_s)); // the eye itself takes the mouse alone
    look->setShortcutContext(Qt::WidgetShortcut);
    look->setToolTip(
        tr("%1 (%2)", "what it does (its key)").arg(look->text(), look->shortcut().toString(QKeySequence::NativeText)));
    connect(look, &QAction::toggled, this,
            [this](bool shown) { setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); });
}

void TextField::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    // Only tabbing away is having been here; another window in front is not.
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::MouseFocusReason) {
        const bool first = !std::exchange(m_touched, true);
        if (first)
            Q_EMIT editingFinished();
    }
}

} // namespace tidemark
