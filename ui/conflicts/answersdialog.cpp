// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/answersdialog.h"

#include <algorithm>

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>

#include "app/wording/leftrows.h"
#include "app/wording/wording.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/format.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static int amount(qint64 count) { return static_cast<int>(std::min<qint64>(count, 2'000'000'000)); }

void ProposedModel::setSides(const QString &source, const QString &target)
{
    m_source = source;
    m_target = target;
}

void ProposedModel::setProposed(const QList<ProposedAnswer> &proposed)
{
    beginResetModel();
    m_proposed = proposed;
    endResetModel();
}

int ProposedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_proposed.size());
}

int ProposedModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ProposedModel::answer(const ProposedAnswer &proposed) const
{
    const QString values = proposed.values.isEmpty() ? QString() : u" · "_s + proposed.values;
    switch (proposed.reply.answer) {
    case ConflictAnswer::Source:
        return proposed.deletes ? tr("Delete in %1").arg(m_target) : tr("Keep %1").arg(m_source) + values;
    case ConflictAnswer::Target:
        return proposed.deletes ? tr("Delete in %1").arg(m_source) : tr("Keep %1").arg(m_target) + values;
    case ConflictAnswer::Row:
        return proposed.values.isEmpty() ? tr("One row made of both") : proposed.values;
    case ConflictAnswer::Skip:
        return tr("Leave both");
    case ConflictAnswer::None:
        break;
    }
    return tr("Asks you");
}

QVariant ProposedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ProposedAnswer &proposed = m_proposed.at(index.row());
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const QString text = index.column() == Table ? wording::safeText(wording::tablePair(proposed.table))
        : index.column() == Key                  ? wording::safeText(proposed.keyText)
                                                 : answer(proposed);
    return role == Qt::ToolTipRole ? format::toolTip(text) : text;
}

QVariant ProposedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == Table ? tr("Table") : section == Key ? tr("Key") : tr("Answer");
}

AnswersDialog::AnswersDialog(const QString &source, const QString &target, const QList<Policy> &policies,
                             QWidget *parent)
    : QDialog(parent), m_source(source), m_target(target), m_policies(policies), m_question(new QLabel(this)),
      m_choice(new QComboBox(this)), m_count(new QLabel(this)), m_model(new ProposedModel(this)),
      m_view(new QTableView(this)), m_rule(new QLabel(this)), m_edit(new QPushButton(this)),
      m_cancel(new QPushButton(this)), m_answer(new AccentButton({}, this))
{
    setObjectName(policies.isEmpty() ? u"similarAnswers"_s : u"policyAnswers"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    resize(640, 480);
    for (QLabel *label : {m_question, m_count, m_rule}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_rule->setForegroundRole(QPalette::PlaceholderText);
    m_model->setSides(source, target);
    m_view->setObjectName(u"proposed"_s);
    m_view->setModel(m_model);
    tables::dress(*m_view, ProposedModel::Answer);
    const int letter = fontMetrics().averageCharWidth();
    m_view->horizontalHeader()->resizeSection(ProposedModel::Table, letter * 22);
    m_view->horizontalHeader()->resizeSection(ProposedModel::Key, letter * 26);
    m_choice->setObjectName(u"policy"_s);
    m_choice->setVisible(!policies.isEmpty());
    m_rule->setVisible(!policies.isEmpty());
    m_edit->setObjectName(u"editRule"_s);
    m_edit->setVisible(!policies.isEmpty());
    m_question->setBuddy(m_choice);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_answer);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_question);
    layout->addWidget(m_choice);
    layout->addWidget(m_count);
    layout->addWidget(m_view, 1);
    auto *rule = new QHBoxLayout;
    rule->addWidget(m_rule, 1);
    rule->addWidget(m_edit);
    layout->addLayout(rule);
    layout->addLayout(buttons);
    m_answer->setObjectName(u"answerThese"_s);
    m_answer->setDefault(true);
    connect(m_choice, &QComboBox::activated, this, [this] {
        m_isRead = false;
        showCount();
        Q_EMIT policyChosen();
    });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_answer, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_edit, &QPushButton::clicked, this, [this] {
        Q_EMIT ruleWished();
        reject();
    });
    retranslate();
    (policies.isEmpty() ? static_cast<QWidget *>(m_view) : m_choice)->setFocus();
}

QString AnswersDialog::policyText(const Policy &policy) const
{
    switch (policy.policy) {
    case ConflictPolicy::Source:
        return tr("%1 wins").arg(m_source);
    case ConflictPolicy::Target:
        return tr("%1 wins").arg(m_target);
    case ConflictPolicy::Newest:
        return tr("The newer row wins, by %1").arg(wording::safeText(policy.newest));
    case ConflictPolicy::Merge:
        return tr("Merge cell by cell, with the job's rules for columns");
    case ConflictPolicy::Ask:
        break;
    }
    return tr("Ask");
}

AnswersDialog::Policy AnswersDialog::policy() const { return m_policies.value(m_choice->currentIndex()); }

QList<ConflictReply> AnswersDialog::replies() const
{
    QList<ConflictReply> replies;
    for (const ProposedAnswer &proposed : m_model->proposed()) {
        if (proposed.reply.answer != ConflictAnswer::None)
            replies.append(proposed.reply);
    }
    return replies;
}

void AnswersDialog::setProposed(const QList<ProposedAnswer> &proposed)
{
    m_isRead = true;
    m_failure.clear();
    m_model->setProposed(proposed);
    showCount();
}

void AnswersDialog::setFailure(const QString &why)
{
    m_failure = why;
    m_model->setProposed({});
    showCount();
}

void AnswersDialog::showCount()
{
    const qint64 all = m_model->proposed().size();
    const qint64 answered = m_isRead ? replies().size() : 0;
    m_answer->setText(answered == 0              ? tr("Give the answers")
                          : m_policies.isEmpty() ? tr("Answer these %n", nullptr, amount(answered))
                                                 : tr("Answer these %n so", nullptr, amount(answered)));
    m_answer->setEnabled(answered > 0);
    if (!m_failure.isEmpty())
        m_count->setText(m_failure);
    else if (!m_isRead)
        m_count->setText(tr("Reading…"));
    else if (m_policies.isEmpty())
        m_count->setText(answered == all ? tr("Nothing is answered yet. Ctrl+Z takes all of them back in one step.")
                                         : tr("%1 of %2 can be answered so; the others stay open.")
                                               .arg(format::count(answered), format::count(all)));
    else
        m_count->setText(tr("It would answer %1 of %2 open conflicts in the list and leave %3 to you. Nothing is "
                            "answered yet.")
                             .arg(format::count(answered), format::count(all), format::count(all - answered)));
}

void AnswersDialog::retranslate()
{
    const bool isPolicy = !m_policies.isEmpty();
    setWindowTitle(isPolicy ? tr("What would this policy do?") : tr("Same answer for similar conflicts"));
    m_question->setText(isPolicy
                            ? tr("If this was the policy of the job:")
                            : tr("These rows are in conflict over the same columns. They get the same answer, each "
                                 "with its own values:"));
    const int chosen = m_choice->currentIndex();
    m_choice->clear();
    for (const Policy &policy : std::as_const(m_policies))
        m_choice->addItem(policyText(policy));
    m_choice->setCurrentIndex(std::max(chosen, 0));
    m_choice->setAccessibleName(tr("Policy"));
    m_view->setAccessibleName(tr("Answers"));
    m_rule->setText(tr("To make it the rule for conflicts to come:"));
    m_edit->setText(tr("Edit the job…"));
    m_cancel->setText(tr("Cancel"));
    showCount();
}

void AnswersDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace tidemark
