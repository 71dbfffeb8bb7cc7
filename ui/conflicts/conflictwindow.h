// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QHash>
#include <QWidget>

#include "core/config/jobsettings.h"
#include "ui/conflicts/conflictcellmodel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace tidemark {

class AccentButton;
class AnswersDialog;
class ConflictCellView;
class ConflictListModel;
class Desk;
class EmptyPlace;
class WarningStrip;
struct ConflictListing;

// The conflicts of a job, answered by hand: a list of them, and the cells of one. What is saved is an intention
// in the journal, at once and for good; the next run writes it, or the button here. A window of its own, not modal.
class ConflictWindow final : public QWidget
{
    Q_OBJECT
public:
    ConflictWindow(std::shared_ptr<Desk> desk, const JobSettings &job, QWidget *parent = nullptr);
    ~ConflictWindow() override;
    void focusOn(const QString &table, const QByteArray &key); // Conflict::table and key
    void reload(); // after a run
    void setIdle(bool isIdle); // no task of the job runs; while one does nothing is saved: it has read the answers

Q_SIGNALS:
    void writeRequested(); // what is answered is to be written: Runner::resolve with no replies
    void countChanged(qint64 open); // that nobody has answered yet
    void ruleRequested(); // what decides conflicts to come is to be edited

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override; // asks where an answer is begun and not saved

private:
    struct Step // that can be taken back
    {
        QList<ConflictReply> before;
        QList<ConflictReply> after;
    };
    enum class Origin : quint8 { Person, Undo, Redo };

    // conflictwindow.cpp
    void build();
    QWidget *buildList();
    QWidget *buildCells();
    QLayout *buildFooter();
    void connectParts();
    void addShortcuts();
    // conflictlabels.cpp
    void retranslate();
    void retranslateChoices();
    // conflictshowing.cpp
    void arrive(const ConflictListing &listing);
    void select(int row);
    void currentChanged();
    void askForPicture(bool again);
    void showPicture(const SharedPicture &picture, bool again);
    void showMoved();
    void useFilter();
    QString movedText(const ConflictPicture &now) const;
    bool isUnderHand() const; // somebody has begun to answer what is shown
    void step(bool forward);
    // conflictdescribing.cpp
    void describe();
    void showButtons();
    void showSides();
    void showFold();
    void showFooter();
    QString whoChanged(const ConflictPicture &picture) const;
    void say(const QString &text);
    // conflictanswering.cpp
    void save();
    void leaveBoth();
    void takeRow(ConflictAnswer answer);
    void answer(const Step &step, Origin origin);
    void answered(const Step &step, Origin origin, const Result<qint64> &taken);
    void undo();
    void redo();
    void openFile(int row);
    // conflictproposing.cpp
    void openSimilar();
    void openPolicies();
    void askPolicy(AnswersDialog *dialog, const QList<qint64> &ids);
    void takeProposed(AnswersDialog *dialog);

    std::shared_ptr<Desk> m_desk;
    JobSettings m_job;
    bool m_isIdle = true;
    bool m_isSaving = false;
    bool m_isListed = false; // once
    int m_listNumber = 0; // of what was asked for last
    int m_pictureNumber = 0;
    qint64 m_shown = 0; // id of the conflict that is shown or asked for; 0: none
    int m_row = -1; // of the list, where it was last
    QString m_wantedTable; // focusOn()
    QByteArray m_wantedKey;
    SharedPicture m_moved; // fresher than what is shown under the hand
    bool m_closes = false; // whatever is begun
    bool m_isGone = false; // what is shown is a conflict no more
    QHash<qint64, ConflictCellModel::Draft> m_drafts;
    QList<Step> m_undo, m_redo;
    QString m_said;

    ConflictListModel *m_list;
    QListView *m_listView;
    QLineEdit *m_filter;
    QComboBox *m_tables;
    QComboBox *m_kinds;
    QComboBox *m_states;
    QLabel *m_total;
    QWidget *m_mark;
    WarningStrip *m_markText;
    QPushButton *m_markShow;
    QLabel *m_headline;
    QLabel *m_who;
    ConflictCellModel *m_cells;
    ConflictCellView *m_cellView;
    EmptyPlace *m_noRows;
    QStackedWidget *m_cellStack;
    QToolButton *m_fold;
    QLabel *m_keys;
    QLabel *m_note;
    QPushButton *m_keepSource;
    QPushButton *m_keepTarget;
    QPushButton *m_leave;
    QPushButton *m_similar;
    QPushButton *m_policy;
    AccentButton *m_save;
    QLabel *m_waiting;
    AccentButton *m_write;
    EmptyPlace *m_empty;
    QStackedWidget *m_stack;
};

} // namespace tidemark
