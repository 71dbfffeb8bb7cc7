// SPDX-License-Identifier: GPL-3.0-or-later
// What the conflict window reads and shows.
#include "ui/conflicts/conflictwindow.h"

#include <algorithm>

#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>

#include "app/wording/wording.h"
#include "ui/conflicts/conflictcellview.h"
#include "ui/conflicts/conflictlistmodel.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"
#include "ui/widgets/format.h"
#include "ui/widgets/warningstrip.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void ConflictWindow::focusOn(const QString &table, const QByteArray &key)
{
    m_wantedTable = table;
    m_wantedKey = key;
    if (!m_isListed)
        return; // arrive() looks for it
    m_filter->clear();
    for (QComboBox *box : {m_tables, m_kinds, m_states})
        box->setCurrentIndex(0);
    useFilter();
    reload();
}

void ConflictWindow::reload()
{
    inBackground(
        this, [desk = m_desk, job = m_job.id] { return readListing(desk->journal(), job); },
        [this, number = ++m_listNumber](const Result<ConflictListing> &listing) {
            if (number != m_listNumber)
                return;
            if (listing)
                arrive(*listing);
            else
                say(tr("The conflicts cannot be read: %1").arg(wording::oneLine(listing.error())));
        });
}

void ConflictWindow::arrive(const ConflictListing &listing)
{
    const bool isFirst = !std::exchange(m_isListed, true);
    if (!isFirst && m_wantedKey.isEmpty() && listing == m_list->listing()) { // no line moves for nothing
        if (m_shown != 0)
            askForPicture(true);
        return;
    }
    const qint64 shown = m_shown;
    const int row = m_row;
    {
        const QSignalBlocker blocker(m_listView->selectionModel());
        m_list->setListing(listing);
    }
    Q_EMIT countChanged(listing.open);
    m_isGone = shown != 0 && m_wantedKey.isEmpty() && m_list->find(shown) == nullptr && isUnderHand();
    retranslateChoices();
    useFilter();
    int next = m_wantedKey.isEmpty() ? -1 : m_list->rowOf(m_wantedTable, m_wantedKey);
    m_wantedKey.clear();
    const bool stays = next < 0 && shown != 0;
    if (stays) {
        next = m_list->rowOf(shown);
        if (m_isGone) { // never under the hand
            showMoved();
            return;
        }
        if (next < 0)
            next = std::min(row, m_list->rowCount() - 1);
    }
    if (next < 0 && m_list->rowCount() > 0)
        next = std::max(0, m_list->nextOpen(-1, true));
    select(next);
    if (stays && m_shown == shown)
        askForPicture(true);
    if (isFirst && m_list->rowCount() > 0)
        m_cellView->setFocus();
}

bool ConflictWindow::isUnderHand() const { return m_cells->isTouched() || m_cellView->isEditing(); }

void ConflictWindow::select(int row)
{
    const QModelIndex index = m_list->index(row);
    if (m_listView->currentIndex() != index)
        m_listView->setCurrentIndex(index);
    else
        currentChanged();
    if (index.isValid())
        m_listView->scrollTo(index);
}

void ConflictWindow::useFilter()
{
    ConflictListModel::Filter filter;
    filter.text = m_filter->text();
    filter.table = m_tables->currentData().toString();
    if (const int kind = m_kinds->currentData().toInt(); kind >= 0)
        filter.kind = static_cast<ConflictKind>(kind);
    const QList<QList<ConflictState>> states{{ConflictState::Open, ConflictState::Answered},
                                             {ConflictState::Open},
                                             {ConflictState::Answered},
                                             {ConflictState::Skipped}};
    filter.states = states.value(m_states->currentData().toInt());
    const qint64 shown = m_shown;
    {
        const QSignalBlocker blocker(m_listView->selectionModel());
        m_list->setFilter(filter);
    }
    if (sender() != nullptr && m_isListed) { // a person's: what is shown stays where it can
        const int row = m_list->rowOf(shown);
        select(row >= 0 ? row : m_list->rowCount() > 0 ? std::max(0, m_list->nextOpen(-1, true)) : -1);
    }
    describe();
    showButtons(); // which of them mean what the list shows
}

void ConflictWindow::step(bool forward)
{
    const int row = m_list->nextOpen(m_listView->currentIndex().row(), forward);
    if (row >= 0)
        select(row);
}

void ConflictWindow::currentChanged()
{
    const ConflictEntry *const entry = m_list->entry(m_listView->currentIndex().row());
    const qint64 id = entry ? entry->id : 0;
    if (entry)
        m_row = m_listView->currentIndex().row();
    if (id == m_shown) {
        describe();
        return;
    }
    if (m_cells->isTouched())
        m_drafts.insert(m_shown, m_cells->draft());
    m_shown = id;
    m_moved.reset();
    m_isGone = false;
    m_mark->hide();
    m_cells->setPicture(nullptr); // no key may reach what was shown before
    describe();
    say({});
    if (id == 0)
        ++m_pictureNumber;
    else
        askForPicture(false);
}

void ConflictWindow::askForPicture(bool again)
{
    inBackground(
        this, [desk = m_desk, job = m_job.id, id = m_shown] { return readPicture(desk->journal(), job, id); },
        [this, again, number = ++m_pictureNumber](const Result<SharedPicture> &picture) {
            if (number != m_pictureNumber)
                return;
            if (!picture)
                say(tr("The conflict cannot be read: %1").arg(wording::oneLine(picture.error())));
            else
                showPicture(*picture, again);
        });
}

// Again: it is shown already. Whoever has begun to answer it sees the mark alone.
void ConflictWindow::showPicture(const SharedPicture &picture, bool again)
{
    const bool same = picture && picturesPrint(picture->conflict) == m_cells->draft().shown;
    const bool isSaid = same && m_cells->picture() && picture->conflict.state != m_cells->picture()->conflict.state;
    if (again && isUnderHand() && !isSaid) {
        m_isGone = !picture;
        m_moved = same ? nullptr : picture;
        m_mark->setVisible(!same);
        if (!same)
            m_markText->setText(movedText(picture ? *picture : ConflictPicture()));
        showButtons();
        return;
    }
    m_moved.reset();
    m_isGone = false;
    m_mark->hide();
    if (again && same && picture->conflict == m_cells->picture()->conflict)
        return;
    m_cells->setPicture(picture);
    if (const auto draft = m_drafts.constFind(m_shown); !again && draft != m_drafts.constEnd())
        m_cells->restore(*draft);
    m_drafts.remove(m_shown);
    m_cellView->fit();
    m_cellView->showFirst();
    describe();
    showButtons();
}

QString ConflictWindow::movedText(const ConflictPicture &now) const
{
    const QString at = format::clock(m_desk->clock().nowUs());
    if (now.conflict.id == 0)
        return tr("Since %1 this is a conflict no more.").arg(at);
    const Conflict &before = m_cells->picture()->conflict;
    const bool source = now.conflict.source != before.source;
    const bool target = now.conflict.target != before.target;
    return source == target ? tr("The row moved at %1. What you see is the earlier one.").arg(at)
                            : tr("%1 moved at %2. What you see is the earlier row.")
                                  .arg(wording::safeText(source ? m_job.source.label() : m_job.target.label(), 40), at);
}

// A person asks for the fresh pictures; or there are none any more.
void ConflictWindow::showMoved()
{
    if (sender() != m_markShow) {
        m_markText->setText(movedText({}));
        m_mark->show();
        showButtons();
        return;
    }
    m_cells->setPicture(m_moved); // what was begun was for another row
    const bool gone = std::exchange(m_isGone, false);
    m_mark->hide();
    if (gone) {
        m_shown = 0;
        select(m_list->rowCount() > 0 ? std::max(0, m_list->nextOpen(m_row - 1, true)) : -1);
        return;
    }
    m_moved.reset();
    m_cellView->fit();
    m_cellView->showFirst();
    m_cellView->setFocus();
    describe();
    showButtons();
}

} // namespace tidemark
