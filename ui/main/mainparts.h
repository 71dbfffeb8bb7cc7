// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QHash>
#include <QPointer>

#include "ui/main/sample.h"

class QAction;
class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QSortFilterProxyModel;
class QSplitter;
class QStackedWidget;

namespace tidemark {

class AsideWindow;
class ConflictWindow;
class EmptyPlace;
class HistoryWindow;
class JobDialog;
class JobListModel;
class JobPanel;
class MainPresence;
class PreviewWindow;
class ReportWindow;
class StartPage;

// Parts of the main window that are plain values.

// What comes after a comparison.
struct AfterCompare
{
    bool preview = false;
    QString table, column; // what it opens
};

struct MainActions
{
    QAction *compare, *review, *synchronise, *verify, *check, *conflicts, *report, *aside, *history, *pause, *stop,
        *cancel;
    QAction *newJob, *openJob, *editJob, *duplicateJob, *enableJob, *saveJob, *removeJob, *pauseJob, *pauseAll;
    QAction *connections, *compareTwo, *sample, *secondSample, *resetSamples, *removeSamples, *search, *settings, *quit,
        *about, *whatsThis;
};

struct MainMenus
{
    QMenu *job, *work, *connection, *view, *sample, *recent, *help;
};

// What was asked for before the jobs were there.
struct MainWishes
{
    std::optional<SampleKind> sample;
    QString file; // to open
    QString run; // a job by its name or file
};

// The windows beside the main window, by job.
struct OpenWindows
{
    QHash<QString, QPointer<PreviewWindow>> previews;
    QPointer<PreviewWindow> newest;
    QHash<QString, QPointer<ReportWindow>> reports;
    QHash<QString, QPointer<ConflictWindow>> conflicts;
    QHash<QString, QPointer<AsideWindow>> asides; // by connection
    QPointer<HistoryWindow> history;
    QHash<QString, QPointer<PreviewWindow>> undoPreviews;
    QHash<QString, QPointer<JobDialog>> editors; // empty: a new one's

    void close(); // all but the editors, which may have something to ask
    void destroy();
};

} // namespace tidemark
