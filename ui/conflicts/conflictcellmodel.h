// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QHash>

#include "ui/conflicts/conflictpicture.h"

namespace tidemark {

// One conflict, a line a column of its row: last synced, both sides, and the result that a person makes. Nothing of it
// is in the journal before it is saved.
class ConflictCellModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : quint8 { Name, Base, Source, Target, Outcome, ColumnCount };
    struct Look // what a delegate asks of a cell
    {
        CellView cell; // of the picture or of the result
        bool isKnown = false; // there is a value, which may be NULL
        bool isAbsent = false; // the row is not there
        bool isChanged = false; // marked
        bool isChosen = false; // the result takes it from here
        bool isFault = false; // the result: what was typed is no value
        CellType type;
    };

    struct Draft // an answer that is not saved yet
    {
        std::vector<CellChoice> choices;
        ConflictAnswer whole = ConflictAnswer::None;
        QHash<int, std::optional<QString>> typed;
        QByteArray shown; // of these pictures
    };

    using QAbstractTableModel::QAbstractTableModel;
    // isOneWay: the target alone is written, and nothing is known of the last sync.
    void setSides(const QString &source, const QString &target, bool isOneWay = false);
    void setPicture(const SharedPicture &picture); // null: none
    const SharedPicture &picture() const { return m_picture; }
    void setFolded(bool folded);
    bool isFolded() const { return m_folded; }
    int agreeingCount() const; // columns that fold away
    int oneSidedCount() const; // of those: changed on one side alone

    void take(int row, CellChoice::From from);
    void takeAll(ConflictAnswer answer); // Source, Target; Skip; None: nothing is said any more
    void clear(int row);
    bool give(int row, const std::optional<QString> &text); // false: no value of the column; see fault()
    QString giveBytes(int row, const QByteArray &bytes); // why they are not taken; empty: they are
    bool canEdit(int row) const;
    QString textForEdit(int row) const;
    QString fault(int row) const; // why what was typed is not taken; empty: none
    QString anyFault() const;
    QString anyWarning() const; // of what is answered: a database would refuse it; empty: none is known to
    QStringList wordsFor(int row) const; // where the column takes nothing else; empty: any

    bool isComplete() const;
    bool isTouched() const { return m_touched; } // other than what is saved
    ConflictAnswer whole() const { return m_whole; }
    const std::vector<CellChoice> &choices() const { return m_choices; }
    ConflictReply reply() const; // None: not complete
    Draft draft() const;
    void restore(const Draft &draft); // of other pictures: left alone
    int nextUnanswered(int after) const; // a row; −1: none
    int cellOf(int row) const;
    Look look(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void changed(); // of the answer

private:
    void refill();
    void touch();
    void choose(int cell, const CellChoice &choice);
    std::optional<JobSide> wholeSide() const;
    Look outcome(int cell) const;
    QString textOf(const QModelIndex &index) const;
    QString expected(const PlanColumn &column) const;
    QString misfitAt(JobSide side, int cell, CellView value) const; // empty: it fits, or nothing is known
    QString misfit(int cell, CellView value) const; // of the sides that are written
    QList<JobSide> writtenSides() const;
    std::optional<CellView> valueFor(JobSide side, int cell) const; // nothing: the side keeps its own

    QString m_sourceName, m_targetName;
    bool m_isOneWay = false;
    SharedPicture m_picture;
    QList<int> m_cells; // a row each
    std::vector<CellChoice> m_choices;
    ConflictAnswer m_whole = ConflictAnswer::None;
    QHash<int, std::optional<QString>> m_typed; // that is no value, by cell; not set: NULL
    bool m_folded = true;
    bool m_touched = false;
};

} // namespace tidemark
