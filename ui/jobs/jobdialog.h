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
class EditorCheckPage;
class EditorNotice;
class EditorRules;
class EditorSheet;
class EditorSides;
class EditorTablesPage;

// The job editor: pages on the left with their count of problems, the page, and below the problems, each of which leads
// to its field. Both sides are read and checked off the UI thread while the draft is edited; every edit can be undone.
// Saves the file that the command line reads.
class JobDialog final : public QDialog
{
    Q_OBJECT
public:
    // file: of the job that is edited; empty: a new one.
    JobDialog(std::shared_ptr<Desk> desk, const QString &file, QStringList takenNames, QWidget *parent = nullptr);
    ~JobDialog() override;

    const JobDraft &draft() const { return m_draft; }
    const EditorChecks &checks() const { return m_checks; }
    void reject() override; // asks where something is not saved

Q_SIGNALS:
    void saved(const QString &name);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct FileState
    {
        QByteArray text; // as read; empty: there is none
        QJsonObject json;
    };
    // jobdialog.cpp
    void draftChanged();
    void checksChanged();
    void showPage(int page);
    void leadTo(const EditorProblem &problem);
    void readTables();
    void showTables();
    void showState();
    void tryAgain();

    // jobdialogparts.cpp
    QWidget *buildPages();
    QWidget *buildStrip();
    QWidget *buildButtons();
    void addShortcuts();

    // jobdialogfile.cpp
    static Result<FileState> readState(const QString &file);
    void load();
    void opened(const FileState &state);
    void save();
    void write(const QString &replacedName, bool overwrite);
    void written(const Result<void> &result);
    void askChanged();
    void saveCopy();

    std::shared_ptr<Desk> m_desk;
    QString m_file;
    QString m_nameBefore; // of the file in the workspace; empty: a new one
    QStringList m_takenNames;
    FileState m_opened;
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

    QListWidget *m_pages;
    QStackedWidget *m_stack;
    EditorSides *m_sides;
    EditorTablesPage *m_tables;
    EditorRules *m_rules;
    EditorCheckPage *m_check;
    EditorNotice *m_notice;
    QListView *m_strip;
    QLabel *m_state;
    QAction *m_undo;
    QAction *m_redo;
    AccentButton *m_save;
};

} // namespace tidemark
