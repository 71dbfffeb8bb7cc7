// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorpage.h"

#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QScrollArea>

#include "ui/widgets/theme.h"

namespace tidemark::sheet {

QFormLayout *form(QWidget *parent)
{
    auto *layout = new QFormLayout(parent);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    layout->setContentsMargins(theme::group, theme::gap, theme::group, theme::group);
    layout->setHorizontalSpacing(theme::group);
    layout->setVerticalSpacing(theme::gap);
    return layout;
}

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont bold = parent->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    label->setContentsMargins(0, theme::gap, 0, 0);
    return label;
}

QLabel *note(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(theme::caption(parent->font()));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel *label(const QString &field, QWidget *buddy, QWidget *parent)
{
    auto *label = new QLabel(problems::fieldLabel(field), parent);
    label->setTextFormat(Qt::PlainText);
    label->setMinimumHeight(theme::control); // in line with the field
    label->setBuddy(buddy);
    return label;
}

QWidget *scrolled(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    return area;
}

void focus(QWidget *field)
{
    if (field == nullptr)
        return;
    field->setFocus(Qt::OtherFocusReason);
    for (QWidget *parent = field->parentWidget(); parent != nullptr; parent = parent->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(parent))
            area->ensureWidgetVisible(field);
    }
}

} // namespace tidemark::sheet
