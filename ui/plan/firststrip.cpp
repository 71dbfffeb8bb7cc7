// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/firststrip.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/reconcile/twoway.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

FirstMeeting firstMeeting(const QList<TableReport> &planned)
{
    FirstMeeting meeting;
    for (const TableReport &table : planned) {
        // Deletes are known by what was last in step alone.
        if (table.error || table.deletesChecked || !table.identical)
            continue;
        ++meeting.tables;
        meeting.onlySource += table.toTarget.inserts;
        meeting.onlyTarget += table.toSource.inserts;
        meeting.differ += table.toTarget.updates + table.toSource.updates - table.merged + table.conflicts;
    }
    // Where both sides are equal there is nothing to be asked.
    return meeting.onlySource + meeting.onlyTarget + meeting.differ > 0 ? meeting : FirstMeeting{};
}

FirstStrip::FirstStrip(QWidget *parent)
    : QWidget(parent), m_text(new QLabel(this)), m_question(new QLabel(this)), m_choice(new QComboBox(this)),
      m_use(new QPushButton(this))
{
    setObjectName(u"firstStrip"_s);
    m_text->setObjectName(u"firstText"_s);
    m_choice->setObjectName(u"firstChoice"_s);
    m_use->setObjectName(u"firstUse"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setBuddy(m_choice);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *rule = new QHBoxLayout;
    rule->setSpacing(theme::gap);
    rule->addWidget(m_question);
    rule->addWidget(m_choice);
    rule->addWidget(m_use);
    rule->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::group, theme::gap, theme::gap, theme::gap);
    layout->setSpacing(4);
    layout->addWidget(m_text);
    layout->addLayout(rule);
    connect(m_use, &QPushButton::clicked, this, [this] { Q_EMIT ruleChosen(m_choice->currentData().toString()); });
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        m_use->setEnabled(m_choice->currentData().toString() != policyName(m_rules.first.value_or(m_rules.policy)));
    });
    hide();
}

void FirstStrip::setSides(const QString &source, const QString &target)
{
    m_source = source;
    m_target = target;
    retranslate();
}

void FirstStrip::setMeeting(const FirstMeeting &meeting, const ConflictSettings &rules)
{
    m_meeting = meeting;
    m_rules = rules;
    retranslate();
    setVisible(meeting.tables > 0);
}

void FirstStrip::offerRules(bool offered)
{
    m_offered = offered;
    retranslate();
}

void FirstStrip::retranslate()
{
    m_text->setText(tr("Nothing tells yet which side changed: these rows have not been in step before. Only in %1: %2. "
                       "Only in %3: %4. On both sides and different: %5. Rows of one side go to the other; none is "
                       "deleted.")
                        .arg(m_source, celltext::rows(m_meeting.onlySource), m_target,
                             celltext::rows(m_meeting.onlyTarget), celltext::rows(m_meeting.differ)));
    m_question->setText(tr("&Rows that differ:"));
    m_use->setText(tr("Compare by this rule"));
    m_use->setToolTip(tr("Keeps the rule in the job, for all of its tables, and compares again"));
    m_choice->setAccessibleName(tr("Rule for rows that differ at their first meeting"));
    showChoices();
    const bool asks = m_offered && m_meeting.differ > 0;
    m_question->setVisible(asks);
    m_choice->setVisible(asks);
    m_use->setVisible(asks);
}

void FirstStrip::showChoices()
{
    const ConflictPolicy now = m_rules.first.value_or(m_rules.policy);
    const QSignalBlocker quiet(m_choice);
    const bool chosen = m_choice->count() > 0 && m_choice->currentData().toString() != policyName(now);
    const QString kept = chosen ? m_choice->currentData().toString() : policyName(now);
    m_choice->clear();
    m_choice->addItem(tr("Ask; both sides stay as they are"), policyName(ConflictPolicy::Ask));
    m_choice->addItem(tr("Keep %1").arg(m_source), policyName(ConflictPolicy::Source));
    m_choice->addItem(tr("Keep %1").arg(m_target), policyName(ConflictPolicy::Target));
    // They need what the job says of columns: offered where it does.
    if (!m_rules.newestSource.isEmpty())
        m_choice->addItem(tr("The newest row wins"), policyName(ConflictPolicy::Newest));
    if (now == ConflictPolicy::Merge)
        m_choice->addItem(tr("Merge by the rules of columns, ask for the rest"), policyName(ConflictPolicy::Merge));
    m_choice->setMinimumWidth(m_choice->sizeHint().width() + 4);
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(kept)));
    m_use->setEnabled(m_choice->currentData().toString() != policyName(now));
}

void FirstStrip::paintEvent(QPaintEvent *)
{
    const theme::Colors &colors = theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), QColor(colors.update.row));
    painter.fillRect(QRect(0, 0, 4, height()), QColor(colors.update.mark));
}

} // namespace tidemark
