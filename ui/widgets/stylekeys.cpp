// SPDX-License-Identifier: GPL-3.0-or-later
// What Return does on a button, in every window alike.
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>

#include "ui/widgets/accentbutton.h"
#include "ui/widgets/style.h"

namespace tidemark {

void TidemarkStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton *>(widget) || qobject_cast<QToolButton *>(widget))
        widget->installEventFilter(this);
}

void TidemarkStyle::unpolish(QWidget *widget)
{
    widget->removeEventFilter(this);
    QProxyStyle::unpolish(widget);
}

// Return presses the button that has the focus, in every window, and never another one; but what writes to production
// takes Space or the mouse.
bool TidemarkStyle::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QProxyStyle::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    auto *button = qobject_cast<QAbstractButton *>(watched);
    const bool enters = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!button || !enters || !button->hasFocus() || key->modifiers() & ~Qt::KeypadModifier)
        return QProxyStyle::eventFilter(watched, event);
    const auto *accent = qobject_cast<const AccentButton *>(watched);
    if (!key->isAutoRepeat() && !(accent && accent->isDangerous()))
        button->click();
    return true;
}

} // namespace tidemark
