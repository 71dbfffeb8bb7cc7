// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/problemlinks.h"

#include <algorithm>

#include <QLabel>
#include <QPainter>

#include "ui/widgets/flowlayout.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int linkHeight = 24;

LinkButton::LinkButton(const QString &text, QWidget *parent) : QPushButton(text, parent)
{
    setCursor(Qt::PointingHandCursor);
}

QSize LinkButton::sizeHint() const
{
    ensurePolished();
    return {fontMetrics().horizontalAdvance(text()) + theme::gap, std::max(linkHeight, fontMetrics().height() + 4)};
}

void LinkButton::paintEvent(QPaintEvent *)
{
    const theme::Colors &colors = theme::of(palette());
    QPainter painter(this);
    QFont underlined = font();
    underlined.setUnderline(true);
    painter.setFont(underlined);
    painter.setPen(QColor(colors.accent));
    painter.drawText(rect(), Qt::AlignCenter, text());
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(QColor(colors.accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    }
}

ProblemLinks::ProblemLinks(QWidget *parent) : QWidget(parent), m_intro(new QLabel(this)), m_general(new QLabel(this))
{
    setObjectName(u"problems"_s);
    m_intro->setText(tr("Still to be filled in or mended:"));
    m_intro->setFixedHeight(std::max({linkHeight, fontMetrics().height() + 4, m_intro->sizeHint().height()}));
    m_general->setTextFormat(Qt::PlainText);
    auto *layout = new FlowLayout(this);
    layout->addWidget(m_intro);
    for (int field = 1; field <= static_cast<int>(ConnectionField::Last); ++field) {
        const auto leadsTo = static_cast<ConnectionField>(field);
        auto *link = new LinkButton(ConnectionDraft::title(leadsTo), this);
        link->setWhatsThis(tr("Leads to the field."));
        connect(link, &QPushButton::clicked, this, [this, leadsTo] { Q_EMIT fieldWanted(leadsTo); });
        layout->addWidget(link);
        m_links.append(link);
    }
    layout->addWidget(m_general);
    setProblems({});
}

void ProblemLinks::setProblems(const QList<ConnectionProblem> &problems)
{
    QList<QString> texts(m_links.size());
    QStringList general;
    for (const ConnectionProblem &problem : problems) {
        const int link = static_cast<int>(problem.field) - 1;
        if (link < 0)
            general << problem.text;
        else if (texts.at(link).isEmpty())
            texts[link] = problem.text;
    }
    for (qsizetype i = 0; i < m_links.size(); ++i) {
        LinkButton *link = m_links.at(i);
        link->setToolTip(texts.at(i).toHtmlEscaped());
        link->setAccessibleDescription(texts.at(i));
        link->setVisible(!texts.at(i).isEmpty());
    }
    m_general->setText(general.join(u' '));
    m_general->setVisible(!general.isEmpty());
    m_intro->setVisible(!problems.isEmpty());
}

} // namespace tidemark
