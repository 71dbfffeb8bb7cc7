// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/valuepane.h"

#include <algorithm>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTextBlock>
#include <QToolButton>

#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype marksShown = 1500; // more cannot be told apart, and painting them takes its time

static QPlainTextEdit *makeEdit(QWidget *parent)
{
    auto *edit = new QPlainTextEdit(parent);
    edit->setReadOnly(true);
    edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    edit->setFont(theme::data(parent->font()));
    edit->setTabChangesFocus(true);
    edit->setUndoRedoEnabled(false);
    return edit;
}

ValuePane::ValuePane(const QString &name, QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_copy(new QToolButton(this)), m_save(new QToolButton(this)),
      m_stack(new QStackedWidget(this)), m_edit(makeEdit(this)), m_picture(new QLabel(this))
{
    setObjectName(name);
    m_title->setFont(theme::caption(font()));
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_edit->setObjectName(name + u"Text"_s);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setMinimumSize(1, 1);
    m_picture->setTextFormat(Qt::PlainText);
    m_picture->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(m_edit);
    m_stack->addWidget(m_picture);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(4);
    bar->addWidget(m_title, 1);
    bar->addStrut(28);
    for (QToolButton *button : {m_copy, m_save}) {
        button->setAutoRaise(true);
        button->setFont(theme::caption(font()));
        button->setFixedHeight(28);
        bar->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);
    connect(m_copy, &QToolButton::clicked, this, &ValuePane::copyWished);
    connect(m_save, &QToolButton::clicked, this, &ValuePane::saveWished);
    retranslate();
    clear();
}

void ValuePane::retranslate()
{
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the whole value"));
    m_save->setText(tr("Save…"));
    m_save->setToolTip(tr("Save the whole value to a file"));
}

void ValuePane::setTitle(const QString &title)
{
    m_wholeTitle = title;
    showTitle();
    m_title->setToolTip(format::toolTip(title));
    m_edit->setAccessibleName(title);
    m_picture->setAccessibleName(title);
    m_copy->setAccessibleName(m_copy->toolTip() + u": "_s + title);
    m_save->setAccessibleName(m_save->toolTip() + u": "_s + title);
}

void ValuePane::showTitle()
{
    m_title->setText(m_title->fontMetrics().elidedText(m_wholeTitle, Qt::ElideMiddle, m_title->width()));
}

void ValuePane::clear()
{
    m_lines.clear();
    m_image = {};
    m_edit->clear();
    m_edit->setExtraSelections({});
    m_edit->setPlaceholderText({});
    m_stack->setCurrentWidget(m_edit);
    m_copy->setVisible(false);
    m_save->setVisible(false);
}

QString ValuePane::text() const
{
    return m_stack->currentWidget() == m_edit ? (m_lines.isEmpty() ? m_edit->placeholderText() : m_edit->toPlainText())
                                              : m_picture->text();
}

QString ValuePane::stateText(const ValueView &view, const ValueSide &side) const
{
    if (!side.present)
        return tr("no row");
    if (side.isNull)
        return u"NULL"_s;
    if (side.bytes > 0)
        return {};
    return view.kind == CellKind::Blob ? tr("empty, 0 bytes") : tr("'' (empty text)");
}

void ValuePane::showSide(const ValueView &view, bool target)
{
    clear();
    const ValueSide &side = target ? view.target : view.source;
    const bool hasValue = side.present && !side.isNull && side.bytes > 0;
    m_copy->setVisible(hasValue);
    m_save->setVisible(hasValue);
    if (!hasValue) {
        m_edit->setPlaceholderText(stateText(view, side));
        QFont font = theme::data(this->font());
        font.setItalic(side.present && side.isNull);
        m_edit->setFont(font);
        return;
    }
    if (view.form != ValueForm::Image)
        return showLines(view, side);
    m_image = side.image;
    m_stack->setCurrentWidget(m_picture);
    if (!m_image.isNull())
        return showPicture();
    m_picture->setPixmap({});
    m_picture->setText(
        side.imageSize.isValid()
            ? tr("%1 × %2 pixels: cannot be shown").arg(side.imageSize.width()).arg(side.imageSize.height())
            : tr("No picture that can be shown"));
}

void ValuePane::showLines(const ValueView &view, const ValueSide &side)
{
    m_lines = side.lines;
    QStringList lines;
    lines.reserve(m_lines.size());
    for (const ValueLine &line : std::as_const(m_lines))
        lines << line.text;
    m_edit->setFont(theme::data(font()));
    // Every blank and line end of a text is to be seen; a line that only the other side has would look like one.
    const bool hasGap = std::any_of(m_lines.cbegin(), m_lines.cend(), [](const ValueLine &line) { return line.isGap; });
    QTextOption option = m_edit->document()->defaultTextOption();
    QTextOption::Flags shownSigns;
    shownSigns.setFlag(QTextOption::ShowTabsAndSpaces, view.form == ValueForm::Text);
    shownSigns.setFlag(QTextOption::ShowLineAndParagraphSeparators, view.form == ValueForm::Text && !hasGap);
    option.setFlags(shownSigns);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_edit->document()->setDefaultTextOption(option);
    // Lines beside each other stay so: only a single one is wrapped.
    const bool wraps = m_lines.size() == 1 && view.form == ValueForm::Text;
    m_edit->setLineWrapMode(wraps ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    m_edit->setPlainText(lines.join(u'\n'));
    mark();
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        if (!m_lines.at(i).differs)
            continue;
        QTextCursor cursor(m_edit->document()->findBlockByNumber(static_cast<int>(i)));
        if (!m_lines.at(i).marks.isEmpty())
            cursor.setPosition(cursor.block().position() + m_lines.at(i).marks.first().start);
        m_edit->setTextCursor(cursor);
        m_edit->ensureCursorVisible();
        break;
    }
}

void ValuePane::mark()
{
    const theme::Colors &colors = theme::of(palette());
    QList<QTextEdit::ExtraSelection> selections;
    const auto add = [&](const QTextBlock &block, int start, int length, QRgb back, bool whole) {
        QTextEdit::ExtraSelection selection;
        selection.format.setBackground(QColor(back));
        selection.format.setProperty(QTextFormat::FullWidthSelection, whole);
        selection.cursor = QTextCursor(block);
        selection.cursor.setPosition(block.position() + start);
        if (length > 0)
            selection.cursor.setPosition(block.position() + start + length, QTextCursor::KeepAnchor);
        selections << selection;
    };
    QTextBlock block = m_edit->document()->firstBlock();
    for (qsizetype i = 0; i < m_lines.size() && block.isValid() && selections.size() < marksShown; ++i) {
        const ValueLine &line = m_lines.at(i);
        if (line.isGap)
            add(block, 0, 0, colors.hairline, true);
        else if (line.differs && m_lines.size() > 1)
            add(block, 0, 0, colors.update.row, true);
        for (const ValueMark &one : line.marks)
            add(block, one.start, one.length, colors.update.cell, false);
        block = block.next();
    }
    m_edit->setExtraSelections(selections);
}

void ValuePane::showPicture()
{
    const QSize room = m_picture->size();
    QImage shown = m_image;
    if (shown.width() > room.width() || shown.height() > room.height())
        shown = shown.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    m_picture->setPixmap(QPixmap::fromImage(shown));
}

void ValuePane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        mark();
    QWidget::changeEvent(event);
}

void ValuePane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layout()->activate(); // the title has its width now
    showTitle();
    if (!m_image.isNull())
        showPicture();
}

} // namespace tidemark
