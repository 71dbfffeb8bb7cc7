// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorpage.h"

#include <QEvent>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QResizeEvent>
#include <QScrollArea>

#include "ui/widgets/theme.h"

namespace tidemark::sheet {

namespace {

// Has the height of its text without asking layouts to find a height for a width: QFormLayout of Qt 6.4 writes beyond
// its own data where it does that and rows are hidden.
class Note final : public QLabel
{
public:
    using QLabel::QLabel;
    bool hasHeightForWidth() const override { return false; }
    QSize sizeHint() const override { return {QLabel::sizeHint().width(), heightForWidth(width())}; }
    QSize minimumSizeHint() const override { return {0, heightForWidth(width())}; }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QLabel::resizeEvent(event);
        if (event->size().width() != event->oldSize().width())
            updateGeometry();
    }
};

// Qt does not tell a scroll area that its content's layout changed while neither was seen. Where a form's rows do not
// fit beside their labels, all of them stand below.
class Area final : public QScrollArea
{
public:
    Area(QFormLayout *wrapped, QWidget *parent) : QScrollArea(parent), m_wrapped(wrapped) { }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        if (m_wrapped != nullptr) {
            m_wrapped->setRowWrapPolicy(QFormLayout::DontWrapRows);
            if (m_wrapped->minimumSize().width() > viewport()->width())
                m_wrapped->setRowWrapPolicy(QFormLayout::WrapAllRows);
        }
        QScrollArea::resizeEvent(event);
    }
    void showEvent(QShowEvent *event) override
    {
        QScrollArea::showEvent(event);
        QEvent changed(QEvent::LayoutRequest);
        QScrollArea::event(&changed);
    }

private:
    QFormLayout *m_wrapped; // null: its rows never wrap
};

} // namespace

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
    auto *label = new Note(text, parent);
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

QWidget *scrolled(QWidget *content, QWidget *parent, bool wraps)
{
    auto *area = new Area(wraps ? qobject_cast<QFormLayout *>(content->layout()) : nullptr, parent);
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
