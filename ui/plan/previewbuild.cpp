// SPDX-License-Identifier: GPL-3.0-or-later
// The lower parts of the preview: categories, tools, rows, values and buttons.
#include "ui/plan/previewwindow.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/plan/columnspopup.h"
#include "ui/plan/filterbar.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/valueviewer.h"
#include "ui/plan/whypanel.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QWidget *PreviewWindow::buildLower()
{
    auto *lower = new QWidget(this);
    auto *layout = new QVBoxLayout(lower);
    layout->setContentsMargins(0, theme::gap, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(buildCategories());
    layout->addWidget(buildTools());
    layout->addWidget(m_filter->noteLine());
    m_rowsStack->addWidget(m_rowsView);
    m_rowsStack->addWidget(m_noRows);
    connect(m_noRows, &EmptyPlace::clicked, this, [this] { m_filter->setFilter({}); });
    layout->addWidget(m_rowsStack, 1);
    connect(m_rowsView, &RowsView::currentChanged, this, &PreviewWindow::cellChanged);
    connect(m_rowsView, &RowsView::toggleWished, this, &PreviewWindow::toggle);
    connect(m_rowsView, &RowsView::copyWished, this, [this] { copy(RowFormat::Tsv); });
    connect(m_rowsView, &RowsView::menuWished, this, &PreviewWindow::showMenu);
    connect(m_rowsView, &RowsView::widthsChanged, this, &PreviewWindow::keepWidths);
    connect(m_rowsView, &RowsView::orderWished, this, [this](const RowOrder &order) {
        m_orders[table()] = order;
        showRows();
    });
    return lower;
}

QWidget *PreviewWindow::buildCategories()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const std::pair<QString, theme::Token> kinds[] = {
        {QString(), theme::Token::Text},     {u"insert"_s, theme::Token::Insert},
        {u"update"_s, theme::Token::Update}, {u"delete"_s, theme::Token::Remove},
        {u"skipped"_s, theme::Token::Muted}, {u"insert"_s, theme::Token::Insert},
        {u"update"_s, theme::Token::Update}, {u"delete"_s, theme::Token::Remove},
        {u"update"_s, theme::Token::Update}, {u"conflict"_s, theme::Token::Conflict}};
    // As they stand beside each other; skipped ones last.
    const QList<int> order = isTwoWay() ? QList<int>{0, 1, 2, 3, 5, 6, 7, 8, 9, 4} : QList<int>{0, 1, 2, 3, 4};
    for (const int i : order) {
        auto *button = new QToolButton(bar);
        button->setCheckable(true);
        button->setChecked(i == 0);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        if (i > 0)
            button->setIcon(signs::icon(kinds[i].first, kinds[i].second));
        m_categories->addButton(button, i);
        layout->addWidget(button);
    }
    connect(m_categories, &QButtonGroup::idClicked, this, &PreviewWindow::showRows);
    m_equal->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_equal);
    layout->addStretch();
    layout->addWidget(m_findNote);
    m_findNote->setForegroundRole(QPalette::PlaceholderText);
    m_findNote->setObjectName(u"findNote"_s);
    m_find->setObjectName(u"findText"_s);
    m_find->setMaximumWidth(220);
    m_find->setMinimumWidth(140);
    m_find->setClearButtonEnabled(true);
    m_find->addAction(signs::icon(u"search"_s, theme::Token::Muted), QLineEdit::LeadingPosition);
    layout->addWidget(m_find);
    m_previous->setIcon(signs::icon(u"up"_s));
    m_next->setIcon(signs::icon(u"down"_s));
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(true); });
    connect(m_find, &QLineEdit::textChanged, this, [this] {
        m_source.stopFinding();
        m_findNote->clear();
    });
    connect(m_previous, &QToolButton::clicked, this, [this] { nextDifference(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { nextDifference(true); });
    return bar;
}

QWidget *PreviewWindow::buildTools()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::gap);
    layout->addWidget(m_filter, 1);
    layout->addStretch();
    m_columnsButton->setObjectName(u"columnsButton"_s);
    layout->addWidget(m_columnsButton);
    layout->addWidget(m_changedOnly);
    layout->addWidget(m_spaces);
    m_whyButton->setIcon(signs::icon(u"question"_s));
    m_whyButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_whyButton->setCheckable(true);
    m_whyButton->setChecked(true);
    layout->addWidget(m_whyButton);
    connect(m_filter, &FilterBar::filterChanged, this, &PreviewWindow::showRows);
    connect(m_filter, &FilterBar::stopWished, this, &PreviewWindow::stopArranging);
    connect(m_columnsButton, &QToolButton::clicked, this, [this] {
        if (table() < 0)
            return;
        const auto chosen = m_columns.constFind(table());
        m_columnsPopup->setColumns(m_contents.tables.at(table()),
                                   chosen == m_columns.constEnd() ? std::nullopt : std::optional(*chosen));
        m_columnsPopup->openBelow(m_columnsButton);
    });
    connect(m_columnsPopup, &ColumnsPopup::chosen, this, [this](const std::optional<QSet<int>> &shown) {
        if (shown)
            m_columns[table()] = *shown;
        else
            m_columns.remove(table());
        showColumns();
    });
    connect(m_changedOnly, &QCheckBox::toggled, this, &PreviewWindow::showColumns);
    connect(m_spaces, &QCheckBox::toggled, m_rowsView, &RowsView::setSpacesShown);
    connect(m_whyButton, &QToolButton::toggled, m_why, &QWidget::setVisible);
    return bar;
}

QWidget *PreviewWindow::buildBottom()
{
    auto *bottom = new QWidget(this);
    auto *layout = new QHBoxLayout(bottom);
    layout->setContentsMargins(0, theme::gap, 0, 0);
    layout->addWidget(m_viewer, 5);
    layout->addWidget(m_why, 2);
    bottom->setMinimumHeight(72);
    m_cellTimer.setSingleShot(true);
    m_cellTimer.setInterval(25); // a key held down passes over rows that nobody looks at
    connect(&m_cellTimer, &QTimer::timeout, this, &PreviewWindow::askForCell);
    connect(m_viewer, &ValueViewer::wished, this, [this](const ValueWish &wish) {
        const QModelIndex index = m_rowsView->current();
        if (index.isValid())
            m_source.requestValue(m_rows->query(), index.row(), std::max(0, m_rows->cellOf(index.column())), wish);
    });
    connect(m_viewer, &ValueViewer::copyWished, this, [this](bool target) {
        const QModelIndex index = m_rowsView->current();
        if (index.isValid())
            m_source.requestWhole(m_rows->query(), index.row(), std::max(0, m_rows->cellOf(index.column())), target,
                                  {});
    });
    connect(m_viewer, &ValueViewer::saveWished, this, &PreviewWindow::saveValue);
    return bottom;
}

QWidget *PreviewWindow::buildButtons()
{
    auto *bar = new QWidget(this);
    auto *buttons = new QHBoxLayout(bar);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(theme::gap);
    m_script->setObjectName(u"scriptButton"_s);
    m_script->setVisible(false);
    m_undoButton->setObjectName(u"undoButton"_s);
    m_undoButton->setEnabled(false);
    m_skipped->setForegroundRole(QPalette::PlaceholderText);
    m_skipped->setObjectName(u"skippedNote"_s);
    m_reset->setObjectName(u"resetButton"_s);
    m_said->setForegroundRole(QPalette::PlaceholderText);
    m_said->setObjectName(u"said"_s);
    m_stopExport->setIcon(signs::icon(u"cancel"_s));
    m_stopExport->setAutoRaise(true);
    m_stopExport->hide();
    buttons->addWidget(m_script);
    buttons->addWidget(m_undoButton);
    buttons->addWidget(m_skipped);
    buttons->addWidget(m_reset);
    buttons->addStretch();
    buttons->addWidget(m_said);
    buttons->addWidget(m_stopExport);
    buttons->addWidget(m_close);
    buttons->addWidget(m_answer);
    buttons->addWidget(m_write);
    m_answer->setObjectName(u"answerButton"_s);
    m_answer->hide();
    connect(m_answer, &QPushButton::clicked, this, &PreviewWindow::answer);
    m_again->setVisible(!isUndo());
    m_write->setObjectName(u"writeButton"_s);
    connect(m_script, &QToolButton::clicked, this, [this] { openScript(std::nullopt); });
    connect(m_undoButton, &QToolButton::clicked, this, &PreviewWindow::undo);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_origins << Origin::Person;
        m_source.resetAll();
    });
    connect(m_stopExport, &QToolButton::clicked, this, [this] {
        m_source.stopExporting();
        m_stopExport->hide();
        say(tr("Stopped; nothing was copied or saved."));
    });
    connect(&m_source, &PlanSource::exporting, this, [this](qint64 done, qint64 total) {
        m_stopExport->show();
        m_noteTimer.stop();
        m_said->setText(tr("Row %L1 of %L2…").arg(done).arg(total));
    });
    connect(&m_source, &PlanSource::exportTooLarge, this, [this] {
        m_stopExport->hide();
        say(tr("Too large for the clipboard. Save the rows to a file."));
    });
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    connect(m_write, &QPushButton::clicked, this, &PreviewWindow::synchronise);
    m_write->setEnabled(false);
    return bar;
}

} // namespace tidemark
