// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/fieldrow.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include "ui/widgets/signs.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

FieldRow::FieldRow(const QString &label, QWidget *editor, QWidget *parent, QWidget *focus)
    : QWidget(parent), m_label(new QLabel(label, this)), m_control(focus ? focus : editor),
      m_noteRow(new QWidget(this)), m_sign(new QLabel(m_noteRow)), m_note(new QLabel(m_noteRow))
{
    m_label->setFixedHeight(theme::control);
    if (!qobject_cast<QCheckBox *>(editor)) // a page with many notes scrolls; its fields are not squeezed
        editor->setMinimumHeight(std::max(theme::control, editor->sizeHint().height()));
    m_label->setBuddy(m_control);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setFont(theme::caption(font()));
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sign->setFixedSize(14, 14);
    auto *note = new QHBoxLayout(m_noteRow);
    note->setContentsMargins(0, 3, 0, 0);
    note->setSpacing(4);
    note->addWidget(m_sign, 0, Qt::AlignTop);
    note->addWidget(m_note, 1);
    m_noteRow->hide();
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    // A short field stays at the left; its row is as wide as the others.
    const bool isShort = editor->maximumWidth() < QWIDGETSIZE_MAX;
    right->addWidget(editor, 0, isShort ? Qt::AlignLeft : Qt::Alignment());
    right->addWidget(m_noteRow);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::gap);
    layout->addWidget(m_label, 0, Qt::AlignTop);
    layout->addLayout(right, 1);
    if (m_control->accessibleName().isEmpty())
        setLabel(label);
}

void FieldRow::setLabel(const QString &text)
{
    m_label->setText(text);
    m_control->setAccessibleName(QString(text).remove(u'&').remove(u':').remove(u'：'));
}

void FieldRow::setHint(const QString &text)
{
    m_hint = text;
    refresh();
}

void FieldRow::setWarning(const QString &text)
{
    m_warning = text;
    refresh();
}

void FieldRow::setProblem(const QString &text, bool calm)
{
    m_problem = text;
    m_calm = calm;
    refresh();
}

QString FieldRow::note() const { return m_noteRow->isHidden() ? QString() : m_note->text(); }

void FieldRow::refresh()
{
    if (!m_problem.isEmpty() && !m_calm)
        show(m_problem, Tone::Problem);
    else if (!m_warning.isEmpty())
        show(m_warning, Tone::Warning);
    else
        show(m_hint, Tone::Hint);
}

void FieldRow::show(const QString &text, Tone tone)
{
    m_tone = tone;
    m_note->setText(text);
    m_noteRow->setVisible(!text.isEmpty());
    m_sign->setVisible(tone != Tone::Hint);
    m_control->setAccessibleDescription(text);
    fit();
    colour();
}

void FieldRow::colour()
{
    const theme::Token token = m_tone == Tone::Problem ? theme::Token::Remove
        : m_tone == Tone::Warning                      ? theme::Token::Warning
                                                       : theme::Token::Muted;
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, theme::color(token, palette()));
    m_note->setPalette(colours);
    const QString sign = m_tone == Tone::Problem ? u"error"_s : u"warning"_s;
    m_sign->setPixmap(signs::icon(sign, token).pixmap(QSize(14, 14), devicePixelRatioF()));
}

void FieldRow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    QWidget::changeEvent(event);
}

// The note keeps the room of all its lines: a page that is too long scrolls instead.
void FieldRow::fit()
{
    const int width = this->width() - m_label->width() - theme::gap;
    if (width > theme::control && !m_noteRow->isHidden())
        m_noteRow->setMinimumHeight(m_noteRow->layout()->heightForWidth(width));
}

void FieldRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

int FieldRow::labelWidth() const { return m_label->sizeHint().width(); }

void FieldRow::setLabelWidth(int width) { m_label->setFixedWidth(width); }

void FieldRow::align(const QList<FieldRow *> &rows)
{
    int width = 0;
    for (const FieldRow *row : rows)
        width = std::max(width, row->labelWidth());
    for (FieldRow *row : rows)
        row->setLabelWidth(width + theme::gap);
}

} // namespace tidemark
