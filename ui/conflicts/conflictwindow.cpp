// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/conflictwindow.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/conflicts/conflictcellview.h"
#include "ui/conflicts/conflictlistmodel.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/background.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/signs.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/warningstrip.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;

namespace tidemark {

ConflictWindow::ConflictWindow(std::shared_ptr<Desk> desk, const JobSettings &job, QWidget *parent)
    : QWidget(parent, Qt::Window), m_desk(std::move(desk)), m_job(job), m_list(new ConflictListModel(this)),
      m_listView(new QListView(this)), m_filter(new QLineEdit(this)), m_tables(new QComboBox(this)),
      m_kinds(new QComboBox(this)), m_states(new QComboBox(this)), m_total(new QLabel(this)), m_mark(new QWidget(this)),
      m_markText(new WarningStrip(m_mark)), m_markShow(new QPushButton(m_mark)), m_headline(new QLabel(this)),
      m_who(new QLabel(this)), m_cells(new ConflictCellModel(this)), m_cellView(new ConflictCellView(*m_cells, this)),
      m_noRows(new EmptyPlace(u"question"_s, this)), m_cellStack(new QStackedWidget(this)),
      m_fold(new QToolButton(this)), m_keys(new QLabel(this)), m_note(new QLabel(this)),
      m_keepSource(new QPushButton(this)), m_keepTarget(new QPushButton(this)), m_leave(new QPushButton(this)),
      m_similar(new QPushButton(this)), m_policy(new QPushButton(this)), m_save(new AccentButton({}, this)),
      m_waiting(new QLabel(this)), m_write(new AccentButton({}, this)), m_empty(new EmptyPlace(u"done"_s, this)),
      m_stack(new QStackedWidget(this))
{
    setObjectName(u"conflictWindow"_s);
    setMinimumSize(960, 600);
    resize(1120, 680);
    m_list->setSides(m_job.source.label(), m_job.target.label());
    build();
    m_cellView->setColumnHidden(ConflictCellModel::Base, m_job.mode != Mode::TwoWay); // nothing is kept of it
    connectParts();
    addShortcuts();
    retranslate();
    reload();
}

// An editor that is open commits when it goes; nothing of the window may hear of it by then.
ConflictWindow::~ConflictWindow()
{
    const QList<QObject *> parts = findChildren<QObject *>();
    for (QObject *part : parts)
        part->disconnect(this);
    m_listView->selectionModel()->disconnect(this);
    // Many conflicts take a while to be forgotten: nothing of that on the UI thread.
    backgroundPool().start([listing = m_list->release(), undo = std::exchange(m_undo, {}),
                            redo = std::exchange(m_redo, {}), drafts = std::exchange(m_drafts, {})] {});
}

void ConflictWindow::build()
{
    auto *parts = new QSplitter(this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(buildList());
    parts->addWidget(buildCells());
    parts->setSizes({320, 800});
    parts->setStretchFactor(1, 1);
    windowstate::keep(*parts, u"parts"_s);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(parts);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_stack, 1);
    layout->addLayout(buildFooter());
}

QWidget *ConflictWindow::buildList()
{
    m_filter->setObjectName(u"conflictFilter"_s);
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(signs::icon(u"search"_s, theme::Token::Muted), QLineEdit::LeadingPosition);
    m_tables->setObjectName(u"conflictTables"_s);
    m_tables->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kinds->setObjectName(u"conflictKinds"_s);
    m_states->setObjectName(u"conflictStates"_s);
    m_listView->setObjectName(u"conflictList"_s);
    m_listView->setModel(m_list);
    m_listView->setItemDelegate(new ConflictDelegate(m_listView));
    m_listView->setUniformItemSizes(true);
    m_listView->setFrameShape(QFrame::NoFrame);
    m_listView->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_total->setForegroundRole(QPalette::PlaceholderText);
    m_total->setWordWrap(true);
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, theme::gap, 0);
    for (QWidget *widget : {static_cast<QWidget *>(m_filter), static_cast<QWidget *>(m_tables),
                            static_cast<QWidget *>(m_kinds), static_cast<QWidget *>(m_states)})
        layout->addWidget(widget);
    layout->addWidget(m_listView, 1);
    layout->addWidget(m_total);
    return part;
}

QWidget *ConflictWindow::buildCells()
{
    m_headline->setFont(theme::title(font()));
    m_headline->setObjectName(u"conflictHeadline"_s);
    m_note->setObjectName(u"conflictNote"_s);
    m_keys->setFont(theme::caption(font()));
    for (QLabel *label : {m_headline, m_who, m_keys, m_note}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    for (QLabel *label : {m_who, m_keys})
        label->setForegroundRole(QPalette::PlaceholderText);
    m_who->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *mark = new QHBoxLayout(m_mark);
    mark->setContentsMargins(0, 0, 0, 0);
    mark->addWidget(m_markText, 1);
    mark->addWidget(m_markShow);
    m_markShow->setObjectName(u"showMoved"_s);
    m_mark->hide();
    m_fold->setObjectName(u"agreeing"_s);
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_cellStack->addWidget(m_cellView);
    m_cellStack->addWidget(m_noRows);
    auto *sides = new FlowLayout;
    for (QPushButton *button : {m_keepSource, m_keepTarget, m_leave, m_similar, m_policy})
        sides->addWidget(button);
    auto *buttons = new QHBoxLayout;
    buttons->addLayout(sides, 1);
    buttons->addWidget(m_save, 0, Qt::AlignBottom);
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(theme::gap, 0, 0, 0);
    layout->addWidget(m_mark);
    layout->addWidget(m_headline);
    layout->addWidget(m_who);
    layout->addWidget(m_cellStack, 1000); // what folds and the keys stand below the last row
    layout->addWidget(m_fold, 0, Qt::AlignLeft);
    layout->addWidget(m_keys);
    layout->addStretch(1);
    layout->addWidget(m_note);
    layout->addLayout(buttons);
    return part;
}

QLayout *ConflictWindow::buildFooter()
{
    m_keepSource->setObjectName(u"keepSource"_s);
    m_keepTarget->setObjectName(u"keepTarget"_s);
    m_leave->setObjectName(u"leaveBoth"_s);
    m_similar->setObjectName(u"similar"_s);
    m_policy->setObjectName(u"policies"_s);
    m_save->setObjectName(u"saveAndNext"_s);
    m_waiting->setObjectName(u"waiting"_s);
    m_waiting->setWordWrap(true);
    m_write->setObjectName(u"writeAnswers"_s);
    QSizePolicy kept = m_write->sizePolicy(); // what stands above does not jump when the first answer is saved
    kept.setRetainSizeWhenHidden(true);
    m_write->setSizePolicy(kept);
    auto *footer = new QHBoxLayout;
    footer->addWidget(m_waiting, 1);
    footer->addWidget(m_write);
    return footer;
}

void ConflictWindow::connectParts()
{
    connect(m_filter, &QLineEdit::textChanged, this, &ConflictWindow::useFilter);
    connect(m_filter, &QLineEdit::returnPressed, m_cellView, qOverload<>(&QWidget::setFocus));
    for (QComboBox *box : {m_tables, m_kinds, m_states})
        connect(box, &QComboBox::activated, this, &ConflictWindow::useFilter);
    connect(m_listView->selectionModel(), &QItemSelectionModel::currentChanged, this, &ConflictWindow::currentChanged);
    connect(m_listView, &QListView::activated, m_cellView, qOverload<>(&QWidget::setFocus));
    connect(m_cells, &ConflictCellModel::changed, this, &ConflictWindow::showButtons);
    connect(m_cellView, &ConflictCellView::saveWished, this, &ConflictWindow::save);
    connect(m_cellView, &ConflictCellView::rowWished, this, &ConflictWindow::takeRow);
    connect(m_cellView, &ConflictCellView::fileWished, this, &ConflictWindow::openFile);
    connect(m_fold, &QToolButton::toggled, this, [this](bool shown) {
        m_cells->setFolded(!shown);
        m_cellView->fit();
        m_cellView->showFirst();
        showButtons();
    });
    connect(m_keepSource, &QPushButton::clicked, this, [this] { takeRow(ConflictAnswer::Source); });
    connect(m_keepTarget, &QPushButton::clicked, this, [this] { takeRow(ConflictAnswer::Target); });
    connect(m_leave, &QPushButton::clicked, this, &ConflictWindow::leaveBoth);
    connect(m_similar, &QPushButton::clicked, this, &ConflictWindow::openSimilar);
    connect(m_policy, &QPushButton::clicked, this, &ConflictWindow::openPolicies);
    connect(m_save, &QPushButton::clicked, this, &ConflictWindow::save);
    connect(m_write, &QPushButton::clicked, this, &ConflictWindow::writeRequested);
    connect(m_markShow, &QPushButton::clicked, this, &ConflictWindow::showMoved);
}

void ConflictWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto act) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, act);
    };
    add(Qt::CTRL | Qt::Key_Return, [this] { save(); });
    add(QKeySequence::Undo, [this] { undo(); });
    add(Qt::CTRL | Qt::SHIFT | Qt::Key_Z, [this] { redo(); });
    add(QKeySequence::Find, [this] {
        m_filter->setFocus();
        m_filter->selectAll();
    });
    add(Qt::Key_F7, [this] { step(false); });
    add(Qt::Key_F8, [this] { step(true); });
    add(Qt::Key_Escape, [this] { close(); });
}

void ConflictWindow::setIdle(bool isIdle)
{
    m_isIdle = isIdle;
    showButtons();
}

} // namespace tidemark
