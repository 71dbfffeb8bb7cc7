// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editornotice.h"

#include <QHBoxLayout>
#include <QPushButton>

#include "ui/widgets/theme.h"
#include "ui/widgets/warningstrip.h"

namespace tidemark {

EditorNotice::EditorNotice(QWidget *parent)
    : QWidget(parent), m_strip(new WarningStrip(this)), m_button(new QPushButton(this))
{
    m_button->setAutoDefault(false);
    m_button->setObjectName(QStringLiteral("noticeButton"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::group, 4, theme::group, 4);
    layout->addWidget(m_strip, 1);
    layout->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &EditorNotice::clicked);
    hide();
}

void EditorNotice::setText(const QString &text, const QString &button)
{
    m_strip->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setVisible(!text.isEmpty());
}

QString EditorNotice::text() const { return m_strip->text(); }

} // namespace tidemark
