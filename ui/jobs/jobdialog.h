// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDialog>
#include <QTimer>

#include "core/base/cancellation.h"
#include "ui/jobs/editorchecks.h"
#include "ui/jobs/editorremarks.h"
#include "ui/jobs/jobdraft.h"
#include "ui/jobs/tablecatalog.h"

class QAction;
class QLabel;
class QListView;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace tidemark {

class AccentButton;
class Desk;
class EditorActions;
class EditorCheckPage;
class EditorNotice;
class EditorRules;
class EditorSchedule;
class EditorSheet;
class EditorSides;
class EditorTablesPage;

// The job editor, a window of its own: pages on the left with their count of problems, the page, and below the
// problems, each of which leads to its field. Both sides are read and checked off the UI thread while the draft is
// edited; every edit can be undone. Saves the file that the command line reads.
class JobDialog final : public QDialog
{
    Q_OBJECT
public:
    // file: of the job that is edited; empty: a new one.
    JobDialog(std::shared_ptr<Desk> desk, const QString &file, QStringList takenNames, QWidget *parent = nullptr);
    ~JobDialog() override;

    const JobDraft &draft() const { return m_draft; }
    const EditorChecks &checks() const { return m_checks; }
    void setTakenNames(const QStringList &names); // of the other jobs
    void openAt(int page); // an EditorPage; 0: stays where it is
    void reject() override; // asks where something is not saved

Q_SIGNALS:
    void saved(const QString &name, const QJsonObject &job);
    void kept(); // closing was asked for, and a person stays

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // jobdialog.cpp
    void draftChanged();
    void checksChanged();
    void showPage(int page);
    void leadTo(const EditorProblem &problem);
    void readTables();
    void showTables();
    void showState();
    void tryAgain();
    bool hasFileOnly() const; // a problem that no field of the editor mends
    void openFile();

    // jobdialogparts.cpp
    void build();
    void connectPages();
    QWidget *buildPages();
    QWidget *buildStrip();
    QWidget *buildButtons();
    void addShortcuts();

    // jobdialogfile.cpp
    void load();
    void opened(const QJsonObject &job);
    void save();
    void write(const QString &replacedName, bool overwrite);
    void written(const Result<void> &result);
    void askChanged();
    void saveCopy();

    std::shared_ptr<Desk> m_desk;
    QString m_file;
    QString m_nameBefore; // of the file in the workspace; empty: a new one
    QStringList m_takenNames;
    QJsonObject m_opened; // the file as it was read
    bool m_loaded = false;
    bool m_saving = false;
    QList<ConnectionSettings> m_connections;
    JobDraft m_draft;
    EditorChecks m_checks;
    EditorRemarkModel m_problems;

    std::shared_ptr<CatalogBox> m_box;
    std::shared_ptr<Cancellation> m_reading;
    QTimer m_look; // at what has been read so far
    int m_seen = -1;
    std::optional<ConnectionSettings> m_readSource, m_readTarget;
    std::optional<Error> m_readError;
    std::optional<Error> m_saveError; // until the next edit

    QAction *m_undo;
    QAction *m_redo;
    // Made by build(), anew for another language.
    QWidget *m_body = nullptr; // all of them
    QListWidget *m_pages = nullptr;
    QStackedWidget *m_stack = nullptr;
    EditorSides *m_sides = nullptr;
    EditorTablesPage *m_tables = nullptr;
    EditorRules *m_rules = nullptr;
    EditorSchedule *m_schedule = nullptr;
    EditorActions *m_afterRun = nullptr;
    EditorCheckPage *m_check = nullptr;
    EditorNotice *m_notice = nullptr;
    QListView *m_strip = nullptr;
    QLabel *m_state = nullptr;
    AccentButton *m_save = nullptr;
};

} // namespace tidemark
