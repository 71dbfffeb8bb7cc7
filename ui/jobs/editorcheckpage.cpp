// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorcheckpage.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/jobs/editorchecks.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/background.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Kind = EditorRemarkModel::Kind;

EditorCheckPage::EditorCheckPage(std::shared_ptr<Desk> desk, JobDraft &draft, EditorChecks &checks, QWidget *parent)
    : EditorSheet(parent), m_desk(std::move(desk)), m_draft(draft), m_checks(checks), m_state(new QLabel(this)),
      m_kinds(new QTabBar(this)), m_view(new QTableView(this)), m_detail(new QPlainTextEdit(this)),
      m_again(new QPushButton(tr("Check aga&in"), this)), m_rehearse(new QPushButton(this)),
      m_copy(new QPushButton(tr("&Copy the SQL"), this)), m_go(new QPushButton(tr("&Go to the field"), this))
{
    build();
    connect(&m_checks, &EditorChecks::changed, this, &EditorCheckPage::showChecks);
    connect(m_again, &QPushButton::clicked, &m_checks, &EditorChecks::checkAgain);
    connect(m_rehearse, &QPushButton::clicked, this, &EditorCheckPage::rehearse);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (const EditorProblem *remark = m_model.at(m_view->currentIndex().row()))
            QApplication::clipboard()->setText(remark->sql);
    });
    const auto go = [this] {
        const EditorProblem *remark = m_model.at(m_view->currentIndex().row());
        if (remark != nullptr && remark->page != EditorPage::Check)
            Q_EMIT leadsTo(*remark);
    };
    connect(m_go, &QPushButton::clicked, this, go);
    connect(m_view, &QTableView::activated, this, go);
    connect(m_kinds, &QTabBar::currentChanged, this, [this](int at) {
        m_model.setKind(static_cast<Kind>(m_kinds->tabData(at).toInt()));
        if (m_model.rowCount() > 0)
            m_view->setCurrentIndex(m_model.index(0, 0)); // its whole text is shown below
        showCurrent();
    });
    showChecks();
}

EditorCheckPage::~EditorCheckPage()
{
    if (m_rehearsing)
        m_rehearsing->cancel();
}

void EditorCheckPage::build()
{
    m_state->setObjectName(u"checkState"_s);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_kinds->setObjectName(u"remarkKinds"_s);
    m_kinds->setDrawBase(false);
    m_kinds->setExpanding(false);
    m_kinds->setUsesScrollButtons(false);
    for (const Kind kind : {Kind::All, Kind::Problems, Kind::Warnings, Kind::Created, Kind::Losses, Kind::Rights})
        m_kinds->setTabData(m_kinds->addTab({}), static_cast<int>(kind));
    m_view->setObjectName(u"remarks"_s);
    m_view->setAccessibleName(tr("Problems and remarks"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new FrameDelegate(m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setTabKeyNavigation(false);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(theme::row);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->setColumnWidth(EditorRemarkModel::Table, 180);
    m_detail->setObjectName(u"remarkDetail"_s);
    m_detail->setAccessibleName(tr("The remark in full"));
    m_detail->setReadOnly(true);
    m_detail->setTabChangesFocus(true);
    m_detail->setFont(theme::data(font()));
    m_detail->setFixedHeight(132);
    m_rehearse->setObjectName(u"rehearse"_s);
    m_again->setObjectName(u"checkAgain"_s);
    auto *top = new QHBoxLayout;
    top->addWidget(m_state, 1);
    top->addWidget(m_rehearse);
    top->addWidget(m_again);
    auto *bottom = new QHBoxLayout;
    bottom->addStretch();
    bottom->addWidget(m_go);
    bottom->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::group, theme::gap, theme::group, theme::gap);
    layout->addLayout(top);
    layout->addWidget(m_kinds);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_detail);
    layout->addLayout(bottom);
    for (QPushButton *button : {m_again, m_rehearse, m_copy, m_go})
        button->setAutoDefault(false);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EditorCheckPage::showCurrent);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &EditorCheckPage::showCurrent);
}

void EditorCheckPage::showDraft()
{
    // Another draft has not been tried.
    if (!m_rehearsal.isEmpty() && !m_rehearsing && m_rehearsedJson != m_draft.json()) {
        m_rehearsal.clear();
        m_losses.clear();
        showChecks();
    }
}

void EditorCheckPage::showChecks()
{
    m_model.setRemarks(m_checks.problems() + m_losses + m_checks.remarks());
    const auto label = [this](int at, const QString &text, Kind kind) {
        const int count = m_model.count(kind);
        m_kinds->setTabText(at, QString(text + u' ' + QString::number(count)));
    };
    label(0, tr("All"), Kind::All);
    label(1, tr("Problems"), Kind::Problems);
    label(2, tr("Warnings"), Kind::Warnings);
    label(3, tr("Created"), Kind::Created);
    label(4, tr("Losses"), Kind::Losses);
    label(5, tr("Rights"), Kind::Rights);
    QString state;
    switch (m_checks.state()) {
    case EditorChecks::State::Waiting:
        state = tr("Both databases are checked once source, target and tables are known.");
        break;
    case EditorChecks::State::Checking:
        state = tr("Checking both databases…");
        break;
    case EditorChecks::State::Unreachable:
        state = tr("One side could not be checked.");
        break;
    case EditorChecks::State::Checked:
        state = m_checks.problems().isEmpty()
            ? tr("Checked. A run would meet no problem.")
            : tr("Checked. A run would meet %n problem(s).", nullptr, static_cast<int>(m_checks.problems().size()));
        break;
    }
    m_state->setText(m_rehearsal.isEmpty() ? state : QString(state + u'\n' + m_rehearsal));
    m_rehearse->setText(m_rehearsing ? tr("Sto&p trying") : tr("&Try the values"));
    m_rehearse->setToolTip(tr("Writes edge values and some rows into a temporary table of the target and reads them "
                              "back. Nothing is left behind."));
    m_rehearse->setEnabled(m_rehearsing != nullptr || m_checks.job().has_value());
    m_again->setEnabled(m_checks.job().has_value() && m_checks.state() != EditorChecks::State::Checking);
    if (!m_view->currentIndex().isValid() && m_model.rowCount() > 0)
        m_view->setCurrentIndex(m_model.index(0, EditorRemarkModel::Text));
    showCurrent();
}

void EditorCheckPage::showCurrent()
{
    const EditorProblem *remark = m_model.at(m_view->currentIndex().row());
    QString text = remark != nullptr ? remark->text : QString();
    if (remark != nullptr && !remark->sql.isEmpty())
        text = remark->sql;
    if (m_detail->toPlainText() != text)
        m_detail->setPlainText(text);
    m_detail->setVisible(remark != nullptr);
    m_copy->setEnabled(remark != nullptr && !remark->sql.isEmpty());
    m_go->setEnabled(remark != nullptr && remark->page != EditorPage::Check);
}

void EditorCheckPage::rehearse()
{
    if (m_rehearsing) {
        m_rehearsing->cancel();
        return;
    }
    const std::optional<JobSettings> job = m_checks.job();
    if (!job)
        return;
    m_rehearsing = std::make_shared<Cancellation>();
    m_rehearsedJson = m_draft.json();
    m_losses.clear();
    m_rehearsal = tr("Trying edge values and sample rows…");
    showChecks();
    inBackground(
        this,
        [desk = m_desk, job = *job, json = m_draft.json(),
         cancellation = m_rehearsing]() -> Result<QList<EditorProblem>> {
            CheckOptions options;
            options.advice = false;
            options.grants = false;
            options.rehearses = true;
            TRY_ASSIGN(QList<CheckItem> items,
                       Runner(desk->connector(), desk->journal(), desk->clock()).check(job, *cancellation, options));
            items.removeIf([](const CheckItem &item) { return !item.loss; });
            return problems::ofItems(items, json);
        },
        [this](const Result<QList<EditorProblem>> &losses) { rehearsed(losses); });
}

void EditorCheckPage::rehearsed(const Result<QList<EditorProblem>> &losses)
{
    m_rehearsing.reset();
    if (!losses) {
        m_rehearsal = losses.error().code == ErrorCode::Cancelled ? QString() : wording::oneLine(losses.error());
        showChecks();
        return;
    }
    m_losses = *losses;
    m_rehearsal = m_losses.isEmpty()
        ? tr("Tried: every value came back as it was.")
        : tr("Tried: %n kind(s) of values would be changed or refused.", nullptr, static_cast<int>(m_losses.size()));
    if (!m_losses.isEmpty())
        m_kinds->setCurrentIndex(4);
    showChecks();
}

void EditorCheckPage::lead(const EditorProblem &problem)
{
    m_kinds->setCurrentIndex(0);
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (*m_model.at(row) == problem)
            m_view->setCurrentIndex(m_model.index(row, EditorRemarkModel::Text));
    }
    sheet::focus(m_view);
}

} // namespace tidemark
