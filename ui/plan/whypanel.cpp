// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/whypanel.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/plan/celldelegate.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

WhyPanel::WhyPanel(QWidget *parent) : QWidget(parent), m_rule(new QLabel), m_body(new QLabel)
{
    auto *inner = new QWidget;
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(theme::gap, 4, theme::gap, 4);
    layout->setSpacing(4);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_rule->setFont(bold);
    for (QLabel *label : {m_rule, m_body}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(label);
    }
    m_body->setForegroundRole(QPalette::PlaceholderText);
    layout->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
}

void WhyPanel::setSides(const QString &source, const QString &target)
{
    m_source = celltext::name(source);
    m_target = celltext::name(target);
    clear();
}

void WhyPanel::clear()
{
    m_rule->clear();
    m_body->clear();
}

QString WhyPanel::text() const { return m_rule->text() + u'\n' + m_body->text(); }

static QString shown(const QString &text, bool isNull)
{
    return isNull ? u"NULL"_s : CellDelegate::visible(text.left(80), false);
}

QString WhyPanel::conflictText() const { return tr("Nothing is written to either side until it is answered: F4."); }

// What becomes of a cell of a merged row.
QString WhyPanel::mergedText(const PlanCellDetail &cell) const
{
    const QString value = shown(cell.merged, cell.mergedNull);
    switch (cell.flow) {
    case CellFlow::ToSource:
        return tr("Merged: %1 gets %2.").arg(m_source, value);
    case CellFlow::ToTarget:
        return tr("Merged: %1 gets %2.").arg(m_target, value);
    case CellFlow::Both:
        return tr("Merged by its rule: both get %1.").arg(value);
    case CellFlow::None:
        break;
    }
    return {};
}

void WhyPanel::showCell(const QList<PlanColumn> &columns, const PlanRowDetail &detail, int cell)
{
    if (cell < 0 || cell >= detail.cells.size() || !detail.hasSource || !detail.hasTarget) {
        m_rule->setText(wording::why(detail.reason));
        m_body->setText(detail.decision == Decision::Conflict ? conflictText() : QString());
        return;
    }
    const PlanCellDetail &one = detail.cells.at(cell);
    const QString source = shown(one.sourceText, one.sourceNull);
    const QString target = shown(one.targetText, one.targetNull);
    m_rule->setText(whyText(one.rule, source, target));
    QStringList lines{celltext::name(columns.at(cell).source), m_source + u":  "_s + source,
                      m_target + u":  "_s + target};
    const bool otherwise = one.sourceCompared != one.sourceText || one.targetCompared != one.targetText;
    if (otherwise && one.rule != WhyRule::Same && one.rule != WhyRule::NotCompared)
        lines << tr("Compared as %1 and %2.")
                     .arg(CellDelegate::visible(one.sourceCompared, false),
                          CellDelegate::visible(one.targetCompared, false));
    if (one.flow != CellFlow::None)
        lines << mergedText(one);
    if (detail.decision == Decision::Conflict)
        lines << wording::why(detail.reason) << conflictText();
    else if (!m_job.isEmpty())
        lines << wording::why(detail.reason);
    qsizetype differing = 0;
    for (const PlanCellDetail &any : detail.cells)
        differing += any.differs ? 1 : 0;
    if (differing > 1)
        lines << tr("%1 cells of this row differ; F8 shows the next.").arg(differing);
    m_body->setText(lines.join(u'\n'));
}

} // namespace tidemark
