// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/valueviewer.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QToolButton>

#include "ui/plan/celltext.h"
#include "ui/plan/valuepane.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

ValueViewer::ValueViewer(QWidget *parent)
    : QWidget(parent), m_forms(new QButtonGroup(this)), m_back(new QToolButton(this)), m_forward(new QToolButton(this)),
      m_part(new QLabel(this)), m_sourcePane(new ValuePane(u"sourceValue"_s, this)),
      m_targetPane(new ValuePane(u"targetValue"_s, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *panes = new QHBoxLayout;
    panes->setSpacing(theme::gap);
    m_strip = buildForms();
    panes->addWidget(m_strip);
    panes->addWidget(m_sourcePane, 1);
    panes->addWidget(m_targetPane, 1);
    layout->addLayout(panes, 1);
    m_bar = buildParts();
    layout->addWidget(m_bar);
    connect(m_sourcePane, &ValuePane::copyWished, this, [this] { Q_EMIT copyWished(false); });
    connect(m_targetPane, &ValuePane::copyWished, this, [this] { Q_EMIT copyWished(true); });
    connect(m_sourcePane, &ValuePane::saveWished, this, [this] { Q_EMIT saveWished(false); });
    connect(m_targetPane, &ValuePane::saveWished, this, [this] { Q_EMIT saveWished(true); });
    const auto together = [](QPlainTextEdit *one, QPlainTextEdit *other) {
        connect(one->verticalScrollBar(), &QScrollBar::valueChanged, other->verticalScrollBar(), &QScrollBar::setValue);
        connect(one->horizontalScrollBar(), &QScrollBar::valueChanged, other->horizontalScrollBar(),
                &QScrollBar::setValue);
    };
    together(m_sourcePane->edit(), m_targetPane->edit());
    together(m_targetPane->edit(), m_sourcePane->edit());
    retranslate();
    clear();
}

QWidget *ValueViewer::buildForms()
{
    auto *strip = new QWidget(this);
    auto *layout = new QVBoxLayout(strip);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (int form = 0; form < 4; ++form) {
        auto *button = new QToolButton(strip);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFont(theme::caption(font()));
        button->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        m_forms->addButton(button, form);
        layout->addWidget(button);
    }
    layout->addStretch();
    connect(m_forms, &QButtonGroup::idClicked, this, [this](int id) { wish(static_cast<ValueForm>(id), -1); });
    return strip;
}

QWidget *ValueViewer::buildParts()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_part->setForegroundRole(QPalette::PlaceholderText);
    m_back->setIcon(signs::icon(u"up"_s));
    m_forward->setIcon(signs::icon(u"down"_s));
    connect(m_back, &QToolButton::clicked, this, [this] { wish(m_view.form, m_view.part - 1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { wish(m_view.form, m_view.part + 1); });
    layout->addWidget(m_back);
    layout->addWidget(m_forward);
    layout->addWidget(m_part);
    layout->addStretch();
    return bar;
}

void ValueViewer::wish(std::optional<ValueForm> form, qint64 part) { Q_EMIT wished({form, part}); }

void ValueViewer::retranslate()
{
    m_forms->button(static_cast<int>(ValueForm::Text))->setText(tr("Text"));
    m_forms->button(static_cast<int>(ValueForm::Json))->setText(tr("JSON"));
    m_forms->button(static_cast<int>(ValueForm::Json))->setToolTip(tr("Keys sorted, one value a line"));
    m_forms->button(static_cast<int>(ValueForm::Hex))->setText(tr("Bytes"));
    m_forms->button(static_cast<int>(ValueForm::Image))->setText(tr("Picture"));
    m_back->setToolTip(tr("Earlier part of the value"));
    m_back->setAccessibleName(m_back->toolTip());
    m_forward->setToolTip(tr("Later part of the value"));
    m_forward->setAccessibleName(m_forward->toolTip());
    for (ValuePane *pane : {m_sourcePane, m_targetPane})
        pane->retranslate();
    if (!m_view.forms.isEmpty()) { // a value is shown
        m_sourcePane->showSide(m_view, false);
        m_targetPane->showSide(m_view, true);
    }
    showNotes();
}

void ValueViewer::setSides(const QString &source, const QString &target)
{
    m_source = source;
    m_target = target;
    showNotes();
}

void ValueViewer::clear()
{
    m_view = {};
    m_column.clear();
    m_sourcePane->clear();
    m_targetPane->clear();
    showNotes();
}

void ValueViewer::showNotes()
{
    const auto title = [this](const QString &name, const ValueSide &side) {
        QString text = name;
        if (!m_column.isEmpty())
            text += u" · "_s + m_column;
        const bool hasSize =
            celltext::isTextual(m_view.kind) || m_view.kind == CellKind::Json || m_view.kind == CellKind::Blob;
        if (hasSize && side.present && !side.isNull) // of a number or a time it says nothing
            text += u" · "_s + format::bytes(side.bytes);
        return text;
    };
    m_sourcePane->setTitle(title(m_source, m_view.source));
    m_targetPane->setTitle(title(m_target, m_view.target));
    for (int form = 0; form < 4; ++form) {
        QAbstractButton *button = m_forms->button(form);
        button->setVisible(m_view.forms.size() > 1 && m_view.forms.contains(static_cast<ValueForm>(form)));
        button->setChecked(static_cast<int>(m_view.form) == form);
    }
    const bool parts = m_view.parts > 1;
    m_bar->setVisible(parts);
    m_strip->setVisible(m_view.forms.size() > 1);
    m_back->setVisible(parts);
    m_forward->setVisible(parts);
    m_back->setEnabled(m_view.part > 0);
    m_forward->setEnabled(m_view.part + 1 < m_view.parts);
    QString note;
    if (parts)
        note = tr("Part %1 of %2").arg(format::count(m_view.part + 1), format::count(m_view.parts));
    if (parts && m_view.firstDifference >= 0 && m_view.firstDifference != m_view.part)
        note += u" · "_s + tr("first difference in part %1").arg(format::count(m_view.firstDifference + 1));
    m_part->setText(note);
}

void ValueViewer::showValue(const QString &column, const ValueView &view)
{
    m_column = celltext::name(column);
    m_view = view;
    m_sourcePane->showSide(view, false);
    m_targetPane->showSide(view, true);
    showNotes();
}

} // namespace tidemark
