// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

#include "core/reconcile/decision.h"
#include "ui/widgets/theme.h"

namespace tidemark::signs {

// The line icons of resources/icons, coloured when they are painted: they follow the theme by themselves.
QIcon icon(const QString &name, theme::Token token = theme::Token::Text);
// Paints it into rect; for delegates.
void paint(QPainter *painter, const QString &name, const QRect &rect, const QColor &color);

// Sign and colour of a decision: colour is never alone.
QString nameOf(Decision decision);
theme::Token tokenOf(Decision decision);
const theme::Tint &tintOf(Decision decision, const theme::Colors &colors);

} // namespace tidemark::signs
