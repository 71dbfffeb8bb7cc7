// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/checkwindow.h"

#include <algorithm>

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStandardItemModel>

#include "app/wording/wording.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/signs.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;

namespace tidemark {

CheckWindow::CheckWindow(std::shared_ptr<Engine> engine, const JobSettings &job, QWidget *parent)
    : QWidget(parent, Qt::Window), m_engine(std::move(engine)), m_job(job), m_headline(new QLabel(this)),
      m_model(new QStandardItemModel(this)), m_list(new QListView(this)), m_sql(new QPlainTextEdit(this)),
      m_copySql(new QPushButton(this)), m_copyAll(new QPushButton(this)), m_again(new QPushButton(this)),
      m_close(new QPushButton(this))
{
    setObjectName(u"checkWindow"_s);
    setMinimumSize(640, 400);
    resize(820, 520);
    build();
    start();
}

CheckWindow::~CheckWindow() { stop(); }

void CheckWindow::build()
{
    m_headline->setFont(theme::title(font()));
    m_headline->setWordWrap(true);
    m_headline->setTextFormat(Qt::PlainText);
    m_list->setObjectName(u"checkItems"_s);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FrameDelegate(m_list));
    m_list->setIconSize({16, 16});
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_sql->setObjectName(u"sql"_s);
    m_sql->setReadOnly(true);
    m_sql->setTabChangesFocus(true);
    m_sql->setFont(theme::data(font()));
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_list);
    parts->addWidget(m_sql);
    parts->setSizes({320, 100});
    windowstate::keep(*parts, u"parts"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_copySql);
    buttons->addWidget(m_copyAll);
    buttons->addStretch();
    buttons->addWidget(m_close);
    buttons->addWidget(m_again);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_headline);
    layout->addWidget(parts, 1);
    layout->addLayout(buttons);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &CheckWindow::showItem);
    connect(m_copySql, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_sql->toPlainText()); });
    connect(m_copyAll, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(m_again, &QPushButton::clicked, this, &CheckWindow::start);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
}

void CheckWindow::stop()
{
    // Callbacks of a cancellation may touch sockets; they run on a worker.
    if (m_cancellation)
        backgroundPool().start([cancellation = m_cancellation] { cancellation->cancel(); });
    m_cancellation.reset();
}

void CheckWindow::start()
{
    stop();
    m_done = false;
    m_items = QList<CheckItem>();
    m_cancellation = std::make_shared<Cancellation>();
    retranslate();
    inBackground(
        this,
        [engine = m_engine, job = m_job, cancellation = m_cancellation] {
            return engine->check(job, *cancellation, {});
        },
        [this, mine = m_cancellation](const Result<QList<CheckItem>> &items) {
            if (mine != m_cancellation)
                return;
            m_cancellation.reset();
            showItems(items);
        });
}

void CheckWindow::showItems(const Result<QList<CheckItem>> &items)
{
    m_done = true;
    m_items = items;
    if (m_items)
        std::stable_sort(m_items->begin(), m_items->end(),
                         [](const CheckItem &a, const CheckItem &b) { return a.level < b.level; });
    retranslate();
}

// The detail is what would be run.
static bool isSql(const QString &code)
{
    return code == "creates-table"_L1 || code.startsWith("creates-checkpoint"_L1) || code.startsWith("creates-log"_L1);
}

QString CheckWindow::sqlOf(const CheckItem &item)
{
    if (item.finding && !item.finding->mend.isEmpty())
        return item.finding->mend.join(u";\n"_s) + u';';
    if (item.grant)
        return item.grant->sql + u';';
    return isSql(item.code) ? item.detail : QString();
}

static QString itemText(const CheckItem &item)
{
    // SQL stands below in its own field, where it can be read and copied.
    CheckItem brief = item;
    if (isSql(item.code))
        brief.detail = u"…"_s;
    const QString text = wording::checkItem(brief);
    const QString table = wording::safeText(item.table);
    return table.isEmpty() || text.contains(table) ? text : table + u": "_s + text;
}

void CheckWindow::retranslate()
{
    setWindowTitle(tr("Check: %1").arg(m_job.name));
    m_list->setAccessibleName(tr("What a run would meet"));
    m_sql->setAccessibleName(tr("SQL"));
    m_copySql->setText(tr("Copy the SQL"));
    m_copyAll->setText(tr("Copy all as text"));
    m_again->setText(m_done ? tr("Check again") : tr("Stop and check again"));
    m_close->setText(tr("Close"));
    m_model->clear();
    if (!m_done) {
        m_headline->setText(tr("Looking at both databases. Nothing is written."));
    } else if (!m_items) {
        const wording::Message message = wording::message(m_items.error());
        m_headline->setText(message.what);
        m_model->appendRow(
            new QStandardItem(signs::icon(u"error"_s, theme::Token::Remove), wording::oneLine(m_items.error())));
    } else {
        qsizetype problems = 0;
        for (const CheckItem &item : std::as_const(*m_items)) {
            const bool problem = item.level == CheckItem::Level::Problem;
            problems += problem ? 1 : 0;
            m_model->appendRow(new QStandardItem(problem ? signs::icon(u"error"_s, theme::Token::Remove)
                                                     : item.level == CheckItem::Level::Warning
                                                     ? signs::icon(u"warning"_s, theme::Token::Warning)
                                                     : signs::icon(u"question"_s, theme::Token::Muted),
                                                 itemText(item)));
        }
        m_headline->setText(problems == 0       ? tr("Nothing keeps this job from running.")
                                : problems == 1 ? tr("1 problem keeps this job from running.")
                                                : tr("%1 problems keep this job from running.").arg(problems));
    }
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
    showItem();
}

void CheckWindow::showItem()
{
    const int row = m_list->currentIndex().row();
    const QString sql = m_items && row >= 0 && row < m_items->size() ? sqlOf(m_items->at(row)) : QString();
    m_sql->setPlainText(sql);
    m_sql->setVisible(!sql.isEmpty());
    m_copySql->setEnabled(!sql.isEmpty());
    m_copyAll->setEnabled(m_done);
}

QString CheckWindow::text() const
{
    if (!m_items)
        return wording::oneLine(m_items.error()) + u'\n';
    QStringList lines{m_headline->text()};
    for (const CheckItem &item : *m_items) {
        lines << u"- "_s + itemText(item);
        if (const QString sql = sqlOf(item); !sql.isEmpty())
            lines << u"    "_s + QString(sql).replace(u'\n', u"\n    "_s);
    }
    return lines.join(u'\n') + u'\n';
}

void CheckWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace tidemark
