// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/filterbar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui/plan/celltext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int typingMs = 350;

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent), m_column(new QComboBox(this)), m_text(new QLineEdit(this)), m_line(new QWidget(this)),
      m_note(new QLabel(m_line)), m_stop(new QToolButton(m_line))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_column->setObjectName(u"filterColumn"_s);
    m_column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_column->setMinimumContentsLength(12);
    m_column->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_column->setMaxVisibleItems(20);
    m_text->setObjectName(u"filterText"_s);
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(72);
    m_note->setObjectName(u"filterNote"_s);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setTextFormat(Qt::PlainText);
    m_stop->setIcon(signs::icon(u"cancel"_s));
    m_stop->setAutoRaise(true);
    m_stop->hide();
    layout->addWidget(m_column);
    layout->addWidget(m_text, 1);
    auto *line = new QHBoxLayout(m_line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    line->addWidget(m_note);
    line->addWidget(m_stop);
    line->addStretch();
    m_line->hide();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_text, &QLineEdit::returnPressed, this, &FilterBar::tell);
    connect(m_column, &QComboBox::activated, this, &FilterBar::tell);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::tell);
    connect(m_stop, &QToolButton::clicked, this, [this] {
        m_told.reset(); // the same may be asked for again
        Q_EMIT stopWished();
    });
    retranslate();
}

void FilterBar::retranslate()
{
    if (m_column->count() > 0)
        m_column->setItemText(0, tr("Any column"));
    m_column->setAccessibleName(tr("Column to filter by"));
    m_text->setPlaceholderText(tr("Filter rows"));
    m_text->setAccessibleName(tr("Filter rows"));
    m_text->setToolTip(tr("Rows with this text in a cell of either side. =text is the whole value, =NULL no value."));
    m_stop->setToolTip(tr("Stop reading"));
    m_stop->setAccessibleName(tr("Stop reading"));
}

void FilterBar::setColumns(const QList<PlanColumn> &columns)
{
    QStringList names{tr("Any column")}; // a cell is one less than its place
    for (const PlanColumn &column : columns)
        names << celltext::name(column.source);
    m_column->clear();
    m_column->addItems(names);
    const QSignalBlocker quiet(m_text);
    m_text->clear();
    m_typing.stop();
    m_told = RowFilter();
    say({});
}

RowFilter FilterBar::filter() const
{
    RowFilter filter;
    filter.text = m_text->text();
    filter.cell = m_column->currentIndex() - 1;
    filter.exact = filter.text.startsWith(u'=');
    if (filter.exact)
        filter.text.remove(0, 1);
    filter.isNull = filter.exact && filter.text == u"NULL"_s;
    if (filter.isNull) {
        filter.exact = false;
        filter.text.clear();
    }
    if (filter.isEmpty())
        filter.cell = -1;
    return filter;
}

void FilterBar::setFilter(const RowFilter &filter)
{
    m_column->setCurrentIndex(filter.cell + 1);
    const QSignalBlocker quiet(m_text);
    m_text->setText(filter.isNull ? u"=NULL"_s : filter.exact ? QString(u'=' + filter.text) : filter.text);
    tell();
}

void FilterBar::tell()
{
    m_typing.stop();
    const RowFilter now = filter();
    if (now == m_told)
        return;
    m_told = now;
    Q_EMIT filterChanged();
}

void FilterBar::setProgress(qint64 done, qint64 total)
{
    m_stop->setVisible(total > 0);
    say(total <= 0          ? QString()
            : done >= total ? tr("Sorting %1…").arg(celltext::rows(total))
                            : tr("Reading: %1 % of %2").arg(done * 100 / total).arg(celltext::rows(total)));
}

void FilterBar::setNote(const QString &note)
{
    m_stop->hide();
    say(note);
}

void FilterBar::say(const QString &note)
{
    m_note->setText(note);
    m_line->setVisible(!note.isEmpty());
}

void FilterBar::focusText()
{
    m_text->setFocus();
    m_text->selectAll();
}

} // namespace tidemark
