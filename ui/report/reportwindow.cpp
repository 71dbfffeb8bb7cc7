// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/reportwindow.h"

#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QTabBar>
#include <QTableView>

#include "app/wording/leftrows.h"
#include "app/wording/wording.h"
#include "ui/jobs/engine.h"
#include "ui/report/reporttablemodel.h"
#include "ui/report/reporttext.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/background.h"
#include "ui/widgets/format.h"
#include "ui/widgets/reportcounts.h"
#include "ui/widgets/signs.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype mostProblems = 200; // as labels; the table below lists all

ReportWindow::ReportWindow(std::shared_ptr<Desk> desk, const JobSettings &job, const RunReport &report, bool canRetry,
                           QWidget *parent)
    : QWidget(parent, Qt::Window), m_desk(std::move(desk)), m_job(job), m_report(report), m_canRetry(canRetry),
      m_sign(new QLabel(this)), m_headline(new QLabel(this)), m_note(new QLabel(this)),
      m_problems(new QScrollArea(this)), m_tables(new ReportTableModel(this)), m_tableView(new QTableView(this)),
      m_kinds(new QTabBar(this)), m_left(new LeftRowsModel(m_desk, this)), m_leftView(new QTableView(this)),
      m_leftPart(nullptr), m_leftNote(new QLabel(this)), m_copyText(new QPushButton(this)),
      m_copyJson(new QPushButton(this)), m_close(new QPushButton(this)), m_retry(new QPushButton(this)),
      m_answer(new AccentButton({}, this)), m_aside(new QPushButton(this)), m_compare(new AccentButton({}, this))
{
    setObjectName(u"reportWindow"_s);
    setMinimumSize(720, 480);
    resize(960, 640);
    build();
    retranslate();
    m_tableView->resizeColumnsToContents(); // of the first report: from then on they are a person's
    countLeft();
}

void ReportWindow::showReport(const RunReport &report, bool canRetry)
{
    m_report = report;
    m_canRetry = canRetry;
    retranslate();
    countLeft();
}

void ReportWindow::setOffers(bool canRetry, bool isIdle, qint64 openConflicts)
{
    m_canRetry = canRetry;
    m_isIdle = isIdle;
    m_openConflicts = openConflicts;
    m_answer->setText(tr("Answer %Ln conflict(s)… (F4)", nullptr, static_cast<int>(openConflicts)));
    m_answer->setVisible(openConflicts > 0);
    m_answer->setEnabled(isIdle);
    m_compare->setAccent(openConflicts == 0); // what waits for a person comes first
    m_retry->setVisible(m_canRetry);
    m_retry->setEnabled(m_isIdle);
    m_compare->setEnabled(m_isIdle);
}

void ReportWindow::build()
{
    m_headline->setFont(theme::title(font()));
    for (QLabel *label : {m_headline, m_note}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto *head = new QHBoxLayout;
    head->addWidget(m_sign, 0, Qt::AlignTop);
    head->addWidget(m_headline, 1);
    m_problems->setWidgetResizable(true);
    m_problems->setFrameShape(QFrame::NoFrame);
    m_problems->setObjectName(u"problems"_s);
    m_tableView->setObjectName(u"reportTables"_s);
    m_tables->setReport(m_report, m_job.mode == Mode::TwoWay); // as many columns as it will have
    m_tableView->setModel(m_tables);
    tables::dress(*m_tableView, ReportTableModel::Name);
    windowstate::keep(*m_tableView->horizontalHeader(), m_job.mode == Mode::TwoWay ? u"tablesTwoWay"_s : u"tables"_s);
    m_leftPart = buildLeft();

    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_problems);
    parts->addWidget(m_tableView);
    parts->addWidget(m_leftPart);
    parts->setSizes({150, 220, 180});
    windowstate::keep(*parts, u"parts"_s);

    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_copyText, m_copyJson})
        buttons->addWidget(button);
    buttons->addStretch();
    for (QPushButton *button : std::initializer_list<QPushButton *>{m_close, m_retry, m_aside, m_compare, m_answer})
        buttons->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(head);
    layout->addWidget(m_note);
    layout->addWidget(parts, 1);
    layout->addLayout(buttons);
    m_retry->setObjectName(u"retry"_s);
    m_answer->setObjectName(u"answer"_s);
    connect(m_answer, &QPushButton::clicked, this, &ReportWindow::conflictsRequested);
    m_aside->setObjectName(u"aside"_s);
    connect(m_aside, &QPushButton::clicked, this, [this] { Q_EMIT asideRequested(m_job.source); });
    m_compare->setObjectName(u"compareAgain"_s);
    connect(m_copyText, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(ReportText::plainText(m_report, sides(), m_job.mode == Mode::TwoWay));
    });
    connect(m_copyJson, &QPushButton::clicked, this, &ReportWindow::copyJson);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    connect(m_compare, &QPushButton::clicked, this, &ReportWindow::compareRequested);
    connect(m_retry, &QPushButton::clicked, this, [this] {
        Q_EMIT retryRequested(m_report.error || ReportText::failedTables(m_report).isEmpty()
                                  ? QStringList()
                                  : ReportText::failedTables(m_report));
    });
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
    connect(new QShortcut(Qt::Key_F4, this), &QShortcut::activated, m_answer, [this] {
        if (m_answer->isVisible())
            m_answer->click();
    });
    connect(new QShortcut(Qt::Key_F5, this), &QShortcut::activated, m_compare, &QAbstractButton::click);
}

QWidget *ReportWindow::buildLeft()
{
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, theme::gap, 0, 0);
    layout->setSpacing(4);
    m_kinds->setDrawBase(false);
    m_kinds->setExpanding(false);
    m_kinds->setElideMode(Qt::ElideNone);
    for (int kind = 0; kind < 3; ++kind)
        m_kinds->addTab(QString());
    m_leftView->setObjectName(u"leftRows"_s);
    m_leftView->setModel(m_left);
    tables::dress(*m_leftView, LeftRowsModel::Reason);
    const int letter = fontMetrics().averageCharWidth();
    m_leftView->horizontalHeader()->resizeSection(LeftRowsModel::Table, letter * 24);
    m_leftView->horizontalHeader()->resizeSection(LeftRowsModel::Key, letter * 28);
    m_leftView->horizontalHeader()->resizeSection(LeftRowsModel::Since, letter * 20);
    windowstate::keep(*m_leftView->horizontalHeader(), u"left"_s);
    m_leftNote->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_kinds);
    layout->addWidget(m_leftView, 1);
    layout->addWidget(m_leftNote);
    connect(m_kinds, &QTabBar::currentChanged, this, &ReportWindow::showLeft);
    return part;
}

void ReportWindow::retranslate()
{
    setWindowTitle(tr("Report: %1").arg(m_job.name));
    const ReportText::Tone tone = ReportText::toneOf(m_report);
    const auto [sign, token] = tone == ReportText::Tone::Problem ? std::pair(u"error"_s, theme::Token::Remove)
        : tone == ReportText::Tone::Attention                    ? std::pair(u"warning"_s, theme::Token::Warning)
                                                                 : std::pair(u"done"_s, theme::Token::Insert);
    m_sign->setPixmap(signs::icon(sign, token).pixmap(QSize(24, 24), devicePixelRatioF()));
    m_headline->setText(ReportText::headline(m_report));
    const QDateTime started = QDateTime::fromMSecsSinceEpoch(m_report.startedUs / 1000);
    m_note->setText(tr("%1 · started %2 · took %3")
                        .arg(sides(), started.toString(u"yyyy-MM-dd HH:mm:ss"_s),
                             ReportText::duration(m_report.finishedUs - m_report.startedUs)));
    m_tables->setReport(m_report, m_job.mode == Mode::TwoWay);
    m_tableView->setAccessibleName(tr("Tables"));
    m_leftView->setAccessibleName(tr("Rows left unwritten"));
    m_kinds->setAccessibleName(tr("Rows left unwritten"));
    m_problems->setAccessibleName(tr("What went wrong"));
    m_copyText->setText(tr("Copy as text"));
    m_copyJson->setText(tr("Copy as JSON"));
    m_close->setText(tr("Close"));
    const bool cancelled = m_report.state == RunState::Cancelled || m_report.state == RunState::Busy;
    m_retry->setText(cancelled ? tr("Write the rest") : tr("Retry what failed"));
    m_retry->setToolTip(tr("Writes what was approved in the preview, once more; nothing else"));
    setOffers(m_canRetry, m_isIdle, m_openConflicts);
    m_compare->setText(tr("Compare again"));
    m_aside->setText(tr("Messages set aside…"));
    m_aside->setToolTip(tr("What of the queue could not be applied, and the way back"));
    m_aside->setVisible(isQueue(m_job.source.driver) && counts::setAside(m_report));
    m_leftNote->setText(tr("Later runs read these rows again, whatever their time stamps."));
    showProblems();
    showLeft();
}

QString ReportWindow::sides() const
{
    return format::sides(m_job.source.label(), m_job.target.label(), m_job.mode == Mode::TwoWay);
}

static QLabel *words(QWidget *parent, const QString &text, const QFont &font)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFont(font);
    return label;
}

void ReportWindow::showProblems()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, theme::gap, 0, theme::gap);
    layout->setSpacing(2);
    const QList<ReportText::Problem> all = ReportText::problems(m_report, m_job.mode == Mode::TwoWay);
    for (const ReportText::Problem &problem : all.mid(0, mostProblems)) {
        const QString title = (problem.table.isEmpty() ? QString() : problem.table + u": "_s) + problem.what;
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        layout->addSpacing(layout->count() > 0 ? theme::gap : 0);
        layout->addWidget(words(content, title, bold));
        if (!problem.next.isEmpty())
            layout->addWidget(words(content, problem.next, font()));
        if (!problem.detail.isEmpty()) {
            QLabel *detail = words(content, problem.detail, theme::data(theme::caption(font())));
            detail->setForegroundRole(QPalette::PlaceholderText);
            layout->addWidget(detail);
        }
    }
    if (all.size() > mostProblems)
        layout->addWidget(new QLabel(tr("… and %1 more").arg(all.size() - mostProblems), content));
    layout->addStretch();
    m_problems->setWidget(content);
    m_problems->setVisible(!all.isEmpty());
}

// What later runs have mended since is no longer listed: the journal tells what is left now.
void ReportWindow::countLeft()
{
    inBackground(
        this, [desk = m_desk, job = m_job.id] { return LeftRowsModel::count(desk->journal(), job); },
        [this](const Result<LeftRowsModel::Counts> &counts) {
            m_counts = counts ? *counts : LeftRowsModel::Counts();
            showLeft();
        });
}

// What the command line prints of this run, with the rows that are left now.
void ReportWindow::copyJson()
{
    m_copyJson->setEnabled(false);
    inBackground(
        this, [desk = m_desk, report = m_report] { return wording::runJson(desk->journal(), report); },
        [this](const Result<QJsonObject> &document) {
            m_copyJson->setEnabled(true);
            if (document)
                QGuiApplication::clipboard()->setText(
                    QString::fromUtf8(QJsonDocument(*document).toJson(QJsonDocument::Indented)));
            else
                m_note->setText(tr("Not copied: %1").arg(wording::oneLine(document.error())));
        });
}

void ReportWindow::showLeft()
{
    const qint64 counts[] = {m_counts.aside, m_counts.changed, m_counts.withheld};
    const QString names[] = {tr("Set aside %1"), tr("Changed since preview %1"), tr("Deletes withheld %1")};
    for (int kind = 0; kind < 3; ++kind) {
        m_kinds->setTabText(kind, names[kind].arg(format::count(counts[kind])));
        m_kinds->setTabEnabled(kind, counts[kind] > 0);
    }
    m_leftPart->setVisible(m_counts != LeftRowsModel::Counts());
    int shown = m_kinds->currentIndex();
    for (int kind = 0; kind < 3 && counts[shown] == 0; ++kind)
        shown = kind;
    if (shown != m_kinds->currentIndex()) {
        m_kinds->setCurrentIndex(shown); // comes back here
        return;
    }
    m_left->show(m_job.id, static_cast<LeftRowsModel::Kind>(shown), counts[shown]);
}

void ReportWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace tidemark
