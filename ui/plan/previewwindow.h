// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTimer>
#include <QWidget>

#include "core/run/runner.h"
#include "ui/plan/plansource.h"

class QButtonGroup;
class QCheckBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace tidemark {

class AccentButton;
class ColumnsPopup;
class ConfirmDialog;
class Desk;
class EmptyPlace;
class FilterBar;
class FirstStrip;
class PlanRowModel;
class PlanTableModel;
class RowsView;
class ValueViewer;
class WarningStrip;
class WhyPanel;

// The preview of a job: what a run would change, row by row, before anything is written. A window of its own, not
// modal. The caller keeps the plan file until the window is gone.
class PreviewWindow final : public QWidget
{
    Q_OBJECT
public:
    PreviewWindow(const JobSettings &job, const RunReport &planned, const QString &planFile, QWidget *parent = nullptr);
    ~PreviewWindow() override;

    // Lends the ways to the databases: with them the preview offers its script, which needs the target's schema.
    void setDesk(std::shared_ptr<Desk> desk);
    // Once the plan is read: opens this table and selects the first row in which this column differs.
    void focusOn(const QString &table, const QString &column);
    // Two-way, rows that were never in step: the rule for them can be chosen here, and firstRuleChosen() is heard.
    void offerFirstRules();
    bool isReady() const { return m_ready; }
    const QString &planFile() const { return m_planFile; }

Q_SIGNALS:
    void ready(); // tables and the first page of rows stand
    void synchroniseRequested(const tidemark::RunOptions &options, bool verify);
    void compareRequested();
    void firstRuleChosen(const QString &policy); // of a job file, for `conflicts.first`; then to be compared again
    void conflictsRequested(qint64 place); // PlanRow::place of the one to begin with; −1: any

protected:
    void changeEvent(QEvent *event) override;

private:
    // previewwindow.cpp, previewbuild.cpp
    void build();
    void buildTables();
    QWidget *buildLower();
    QWidget *buildCategories();
    QWidget *buildTools();
    QWidget *buildBottom();
    QWidget *buildButtons();
    void connectSource();
    void addShortcuts();
    void retranslate();
    QStringList productionNames() const;
    bool isUndo() const { return !m_planned.undoes.isEmpty(); } // what it shows takes a run back
    // previewactions.cpp
    void showContents(const PlanContents &contents);
    void fail(const Error &error);
    void showFailure();
    void showTable(int table);
    void showRows();
    void showArranged(const PlanQuery &query, qint64 rows);
    void showNoRows();
    void showFilterNote();
    void keepOrder();
    void stopArranging();
    void sortTooLarge(qint64 rows);
    void showTotals();
    void showAge();
    void showCategories();
    void showColumns();
    void applyFocus(int first, int last);
    void becomeReady();
    void nextDifference(bool forward);
    std::optional<Decision> category() const;
    QStringList categoryNames() const; // by the numbers of their buttons
    bool isTwoWay() const;
    bool takesAll(); // a message queue goes on: nothing of it is skipped; says so
    qint64 rowsOf(int table) const; // to be written, and conflicts
    int table() const;
    // previewrows.cpp
    void cellChanged();
    void askForCell();
    void showCell();
    void find(bool forward);
    void found(qint64 row);
    void showMenu(const QPoint &position);
    void addSorting(QMenu &menu, const QModelIndex &index);
    void addCopyMenu(QMenu &menu);
    void copy(RowFormat format);
    void saveRows();
    void exported(const QByteArray &bytes, qint64 rows, const std::optional<Error> &error, const QString &text);
    void saveValue(bool target);
    RowExport exportFormat(RowFormat format) const;
    void useWidths();
    void keepWidths();
    QString widthsName() const;
    void say(const QString &note); // beside the buttons, for a while
    // previewdecisions.cpp
    void addDecisions(QMenu &menu, qint64 selected);
    void toggle();
    void answer(); // the conflict that is current, or any
    void decide(bool take);
    void decideAllShown(bool take);
    void undo();
    void redo();
    void decided(const PlanChange &done, const QList<PlanTableState> &tables);
    void synchronise();
    void confirm();
    void lookForEffects(ConfirmDialog &dialog, const QList<TableReport> &written);
    void openScript(const std::optional<QList<PlanRange>> &rows);

    enum class Origin : quint8 { Person, Undo, Redo, OnlySelected };

    JobSettings m_job;
    RunReport m_planned;
    QString m_planFile;
    std::shared_ptr<Desk> m_desk;
    PlanSource &m_source; // a child until the window ends, which does not wait for it
    PlanContents m_contents;
    PlanRowDetail m_detail;
    PlanQuery m_detailQuery;
    qint64 m_detailIndex = -1;
    QString m_focusTable, m_focusColumn;
    bool m_ready = false;
    std::optional<Error> m_failure; // the plan can no longer be read
    bool m_synchroniseWanted = false; // once the decisions that are under way are written
    bool m_lastRowWanted = false; // going back over tables
    bool m_findForward = true;
    bool m_findWrapped = false; // on from the other end
    RowFormat m_exportFormat = RowFormat::Tsv;
    qint64 m_shownRows = 0;
    PlanQuery m_findQuery; // what is being searched
    QHash<int, RowOrder> m_orders; // of each table, as wished
    RowOrder m_shownOrder; // of the rows that are shown
    QHash<int, QSet<int>> m_columns; // chosen; no entry: all
    QList<Origin> m_origins; // of the decisions that are under way
    QList<PlanChange> m_undo, m_redo;
    QTimer m_cellTimer, m_ageTimer, m_noteTimer;

    WarningStrip *m_production;
    FirstStrip *m_first = nullptr;
    QLabel *m_headline, *m_note;
    QToolButton *m_again;
    PlanTableModel *m_tables;
    QTableView *m_tableView;
    QButtonGroup *m_categories;
    QLabel *m_equal;
    QLineEdit *m_find;
    QLabel *m_findNote;
    QToolButton *m_previous, *m_next;
    FilterBar *m_filter;
    QToolButton *m_columnsButton;
    ColumnsPopup *m_columnsPopup;
    QCheckBox *m_changedOnly, *m_spaces;
    QToolButton *m_whyButton;
    PlanRowModel *m_rows;
    RowsView *m_rowsView;
    EmptyPlace *m_noRows;
    QStackedWidget *m_rowsStack;
    QSplitter *m_splitter;
    EmptyPlace *m_place; // loading, empty or broken
    QStackedWidget *m_stack;
    ValueViewer *m_viewer;
    WhyPanel *m_why;
    QToolButton *m_script, *m_undoButton;
    QLabel *m_skipped;
    QPushButton *m_reset;
    QLabel *m_said;
    QToolButton *m_stopExport;
    QPushButton *m_close, *m_answer;
    AccentButton *m_write;
};

} // namespace tidemark
