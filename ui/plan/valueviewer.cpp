// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/valueviewer.h"

#include <algorithm>

#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QTextOption>

#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static QPlainTextEdit *makeEdit(QWidget *parent)
{
    auto *edit = new QPlainTextEdit(parent);
    edit->setReadOnly(true);
    edit->setFont(theme::data(parent->font()));
    edit->setTabChangesFocus(true);
    // Every blank and line end is to be seen here.
    QTextOption option = edit->document()->defaultTextOption();
    option.setFlags(QTextOption::ShowTabsAndSpaces | QTextOption::ShowLineAndParagraphSeparators);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    edit->document()->setDefaultTextOption(option);
    return edit;
}

ValueViewer::ValueViewer(QWidget *parent)
    : QWidget(parent), m_sourceTitle(new QLabel(this)), m_targetTitle(new QLabel(this)), m_sourceText(makeEdit(this)),
      m_targetText(makeEdit(this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(4);
    for (QLabel *title : {m_sourceTitle, m_targetTitle}) {
        title->setFont(theme::caption(font()));
        title->setForegroundRole(QPalette::PlaceholderText);
        title->setTextFormat(Qt::PlainText);
    }
    grid->addWidget(m_sourceTitle, 0, 0);
    grid->addWidget(m_targetTitle, 0, 1);
    grid->addWidget(m_sourceText, 1, 0);
    grid->addWidget(m_targetText, 1, 1);
}

void ValueViewer::setSides(const QString &source, const QString &target)
{
    m_source = source;
    m_target = target;
    clear();
}

void ValueViewer::clear()
{
    m_sourceTitle->setText(m_source);
    m_targetTitle->setText(m_target);
    for (QPlainTextEdit *edit : {m_sourceText, m_targetText}) {
        edit->clear();
        edit->setPlaceholderText({});
        edit->setExtraSelections({});
    }
}

ValueViewer::Span ValueViewer::difference(const QString &a, const QString &b)
{
    const qsizetype common = std::min(a.size(), b.size());
    qsizetype start = 0;
    while (start < common && a.at(start) == b.at(start))
        ++start;
    if (start > 0 && start < a.size() && a.at(start).isLowSurrogate())
        --start;
    qsizetype end = 0;
    while (end < common - start && a.at(a.size() - 1 - end) == b.at(b.size() - 1 - end))
        ++end;
    if (end > 0 && a.at(a.size() - end).isLowSurrogate())
        --end;
    return {start, a.size() - end - start};
}

void ValueViewer::showCell(const QString &column, const PlanRowDetail &detail, int cell)
{
    if (cell < 0 || cell >= detail.cells.size())
        return clear();
    const PlanCellDetail &one = detail.cells.at(cell);
    const bool mark = one.differs && detail.hasSource && detail.hasTarget && !one.sourceNull && !one.targetNull;
    m_sourceTitle->setText(m_source + u" · "_s + column);
    m_targetTitle->setText(m_target + u" · "_s + column);
    m_sourceText->setAccessibleName(m_sourceTitle->text());
    m_targetText->setAccessibleName(m_targetTitle->text());
    fill(m_sourceText, detail.hasSource, one.sourceNull, one.sourceText, one.targetText, mark, true, detail.decision);
    fill(m_targetText, detail.hasTarget, one.targetNull, one.targetText, one.sourceText, mark, false, detail.decision);
}

void ValueViewer::fill(QPlainTextEdit *edit, bool present, bool isNull, const QString &text, const QString &other,
                       bool mark, bool isSource, Decision decision)
{
    edit->setExtraSelections({});
    const bool plain = present && !isNull && !text.isEmpty();
    edit->setPlainText(plain ? text : QString());
    edit->setPlaceholderText(!present
                                 ? (isSource || decision != Decision::InsertTarget ? tr("no row") : tr("no row yet"))
                                 : isNull         ? u"NULL"_s
                                 : text.isEmpty() ? tr("'' (empty text)")
                                                  : QString());
    QFont font = theme::data(this->font());
    font.setItalic(present && isNull);
    edit->setFont(font);
    if (!plain || !mark)
        return;
    const Span span = difference(text, other);
    QTextEdit::ExtraSelection selection;
    selection.format.setBackground(QColor(theme::of(palette()).update.cell));
    selection.format.setFontWeight(QFont::DemiBold);
    selection.cursor = QTextCursor(edit->document());
    selection.cursor.setPosition(static_cast<int>(span.start));
    selection.cursor.setPosition(static_cast<int>(span.start + span.length), QTextCursor::KeepAnchor);
    edit->setExtraSelections({selection});
}

} // namespace tidemark
