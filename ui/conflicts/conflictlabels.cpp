// SPDX-License-Identifier: GPL-3.0-or-later
// The words that stay on the conflict window, whatever it shows.
#include <QCloseEvent>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>

#include "app/wording/wording.h"
#include "ui/conflicts/conflictcellview.h"
#include "ui/conflicts/conflictlistmodel.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/askbox.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void ConflictWindow::retranslate()
{
    setWindowTitle(tr("Conflicts: %1").arg(m_job.name));
    m_filter->setPlaceholderText(tr("Filter by key or column"));
    m_filter->setAccessibleName(tr("Filter"));
    m_listView->setAccessibleName(tr("Conflicts"));
    m_cellView->retranslate();
    const QString keys = m_job.mode == Mode::TwoWay
        ? tr("<  %1    >  %2    /  Last synced    F2  Edit    Ctrl+0  NULL    Ctrl+< Ctrl+>  Whole row")
        : tr("<  %1    >  %2    F2  Edit    Ctrl+0  NULL    Ctrl+< Ctrl+>  Whole row");
    m_keys->setText(keys.arg(wording::safeText(m_job.source.label(), 24), wording::safeText(m_job.target.label(), 24)));
    m_leave->setText(tr("Leave both"));
    m_leave->setToolTip(tr("Both sides stay as they are; asked again when either changes"));
    m_policy->setText(tr("What would a policy do?"));
    m_save->setText(tr("Save and next"));
    m_save->setToolTip(tr("Keeps the answer and opens the next conflict (Return)"));
    m_markShow->setText(tr("Show"));
    retranslateChoices();
    m_cells->setSides(m_job.source.label(), m_job.target.label(), m_job.mode != Mode::TwoWay);
    describe();
    showButtons();
    showFooter();
}

void ConflictWindow::retranslateChoices()
{
    const auto fill = [](QComboBox &box, const QString &name, const QList<std::pair<QString, QVariant>> &items) {
        const QVariant chosen = box.currentData();
        box.clear();
        for (const auto &[text, value] : items)
            box.addItem(text, value);
        box.setCurrentIndex(std::max(0, box.findData(chosen)));
        box.setAccessibleName(name);
    };
    QList<std::pair<QString, QVariant>> kinds{{tr("All kinds"), -1}};
    if (m_job.mode == Mode::TwoWay)
        kinds += {{tr("Changed on both sides"), static_cast<int>(ConflictKind::BothUpdated)},
                  {tr("On both sides, never in step"), static_cast<int>(ConflictKind::BothInserted)},
                  {tr("Deleted and changed"), static_cast<int>(ConflictKind::UpdatedAndDeleted)},
                  {tr("Cut off while being written"), static_cast<int>(ConflictKind::InDoubt)},
                  {tr("Refused by a database"), static_cast<int>(ConflictKind::Constraint)},
                  {tr("Changed while being written"), static_cast<int>(ConflictKind::GuardFailed)}};
    fill(*m_kinds, tr("Kind"), kinds);
    m_kinds->setVisible(kinds.size() > 1); // one-way jobs have a single one
    fill(*m_states, tr("State"),
         {{tr("Open and answered"), 0}, {tr("Open"), 1}, {tr("Answered"), 2}, {tr("Left as they are"), 3}});
    QList<std::pair<QString, QVariant>> tables{{tr("All tables"), QString()}};
    const QStringList names = m_list->tables();
    for (const QString &name : names)
        tables.append({ConflictListModel::tableName(name), name});
    fill(*m_tables, tr("Table"), tables);
}

void ConflictWindow::closeEvent(QCloseEvent *event)
{
    if (m_closes || (m_drafts.isEmpty() && !isUnderHand()))
        return event->accept();
    event->ignore();
    if (findChild<AskBox *>(u"begunAnswers"_s) != nullptr)
        return;
    auto *box = new AskBox(u"edit"_s, tr("Not saved"), tr("What you began to answer is not saved."), this);
    box->setObjectName(u"begunAnswers"_s);
    const QPushButton *leave = box->addButton(tr("Close without saving"), QMessageBox::DestructiveRole);
    box->addKeepButton(tr("Go on answering"));
    connect(leave, &QPushButton::clicked, this, [this] {
        m_closes = true;
        close();
    });
    box->open();
}

void ConflictWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        showButtons(); // a fault has a colour of its own
    QWidget::changeEvent(event);
}

} // namespace tidemark
