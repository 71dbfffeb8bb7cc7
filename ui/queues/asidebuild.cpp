// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the window of messages that were set aside, and their words.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

#include "app/wording/wording.h"
#include "ui/connections/connectiondraft.h"
#include "ui/queues/asidemodel.h"
#include "ui/queues/asidewindow.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;

namespace tidemark {

AsideWindow::AsideWindow(std::shared_ptr<Desk> desk, const ConnectionSettings &queue, QWidget *parent)
    : QWidget(parent, Qt::Window), m_desk(std::move(desk)), m_queue(queue), m_headline(new QLabel(this)),
      m_about(new QLabel(this)), m_status(new QLabel(this)), m_progress(new QProgressBar(this)),
      m_pages(new QStackedWidget(this)), m_empty(new EmptyPlace(u"done"_s, this)), m_model(new AsideModel(this)),
      m_view(new QTableView(this)), m_title(new QLabel(this)), m_noteLabel(new QLabel(this)),
      m_text(new QPlainTextEdit(this)), m_reload(new QPushButton(this)), m_undo(new QPushButton(this)),
      m_discard(new QPushButton(this)), m_close(new QPushButton(this)), m_send(new AccentButton({}, this))
{
    setObjectName(u"asideWindow"_s);
    setMinimumSize(720, 480);
    resize(960, 680);
    build();
    connectParts();
    retranslate();
    reload();
}

AsideWindow::~AsideWindow()
{
    if (m_asking)
        m_asking->cancel();
}

void AsideWindow::build()
{
    m_headline->setObjectName(u"asideHeadline"_s);
    m_headline->setFont(theme::title(font()));
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_status->setObjectName(u"asideStatus"_s);
    m_noteLabel->setObjectName(u"asideNote"_s);
    for (QLabel *label : {m_headline, m_about, m_status, m_title, m_noteLabel}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    QSizePolicy keeps = m_progress->sizePolicy(); // nothing jumps where it comes and goes
    keeps.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keeps);
    m_progress->hide();
    m_view->setObjectName(u"asideMessages"_s);
    m_view->setModel(m_model);
    tables::dress(*m_view, AsideModel::Reason);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    const int letter = fontMetrics().averageCharWidth();
    m_view->horizontalHeader()->resizeSection(AsideModel::Table, letter * 22);
    m_view->horizontalHeader()->resizeSection(AsideModel::Key, letter * 18);
    m_view->horizontalHeader()->resizeSection(AsideModel::Since, letter * 28);
    m_view->horizontalHeader()->resizeSection(AsideModel::Id, letter * 20);
    windowstate::keep(*m_view->horizontalHeader(), u"aside"_s);

    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_view);
    parts->addWidget(buildMessage());
    parts->setSizes({260, 260});
    windowstate::keep(*parts, u"parts"_s);
    m_empty->setButton({});
    m_pages->addWidget(m_empty);
    m_pages->addWidget(parts);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_headline);
    layout->addWidget(m_about);
    layout->addWidget(m_progress);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_status);
    layout->addWidget(buildButtons());
}

QWidget *AsideWindow::buildMessage()
{
    auto *part = new QWidget(this);
    m_text->setObjectName(u"asideText"_s);
    m_text->setFont(theme::data(font()));
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_title->setBuddy(m_text);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, theme::gap, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_noteLabel);
    return part;
}

QWidget *AsideWindow::buildButtons()
{
    auto *bar = new QWidget(this);
    const std::pair<QPushButton *, QString> names[]{{m_reload, u"asideReload"_s},
                                                    {m_undo, u"asideUndo"_s},
                                                    {m_discard, u"asideDiscard"_s},
                                                    {m_close, u"asideClose"_s},
                                                    {m_send, u"asideSend"_s}};
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    for (const auto &[button, name] : names) {
        button->setObjectName(name);
        if (button == m_close)
            layout->addStretch();
        layout->addWidget(button);
    }
    return bar;
}

void AsideWindow::connectParts()
{
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AsideWindow::showSelected);
    connect(m_text, &QPlainTextEdit::textChanged, this, &AsideWindow::takeText);
    connect(m_reload, &QPushButton::clicked, this, [this] { isBusy() ? stop() : reload(); });
    connect(m_undo, &QPushButton::clicked, this, &AsideWindow::undoEdit);
    connect(m_discard, &QPushButton::clicked, this, &AsideWindow::askToDiscard);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    connect(m_send, &QPushButton::clicked, this, &AsideWindow::sendBack);
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
    connect(new QShortcut(Qt::Key_F5, this), &QShortcut::activated, m_reload, &QAbstractButton::click);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this), &QShortcut::activated, m_send,
            &QAbstractButton::click);
    auto *remove = new QShortcut(Qt::Key_Delete, m_view);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, m_discard, &QAbstractButton::click);
    connect(m_view, &QTableView::activated, m_text, qOverload<>(&QWidget::setFocus));
}

void AsideWindow::retranslate()
{
    setWindowTitle(tr("Messages set aside: %1").arg(wording::safeText(m_queue.label(), 60)));
    m_about->setText(tr("%1 · a run could not apply them, and takes them again once they are back in the queue.")
                         .arg(wording::safeText(placeOf(m_queue), 80)));
    m_view->setAccessibleName(tr("Messages"));
    m_view->setWhatsThis(tr("The oldest first. Several can be selected, with Ctrl or Shift."));
    m_text->setAccessibleName(tr("The message"));
    m_text->setWhatsThis(tr("The message's value, a change event in JSON. What is typed goes back instead of it."));
    m_progress->setAccessibleName(tr("Asking the broker"));
    m_undo->setText(tr("Undo the edit"));
    m_discard->setText(tr("&Discard…"));
    m_discard->setToolTip(tr("Drops the selected messages for good (Del)"));
    m_close->setText(tr("Close"));
    m_send->setToolTip(tr("Into the queue of this consumer group alone (Ctrl+Return)"));
    showHeadline();
    showSelected();
}

} // namespace tidemark
