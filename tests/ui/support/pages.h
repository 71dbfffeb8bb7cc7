// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

#include "core/config/connectionsettings.h"
#include "core/config/jobsettings.h"

class QWidget;

namespace tidemark {
class MainWindow;
class PreviewWindow;
} // namespace tidemark

namespace tidemark::pages {

// The screens as a person walks through them: what to fill in where. Each returns false with a warning where a person
// would be stuck.

bool press(QWidget &window, Qt::Key key, Qt::KeyboardModifiers modifiers = {}); // brings it to the front first
bool openWorkspace(MainWindow &window); // shows it and waits for the job list
bool addConnection(MainWindow &window, const ConnectionSettings &settings);

struct NewJob
{
    QString name;
    QString source, target; // names of connections
    bool mirror = true;
    bool create = false;
};
bool addJob(MainWindow &window, const NewJob &job);

bool compare(MainWindow &window); // the selected job; waits for its end
PreviewWindow *review(MainWindow &window); // waits until rows stand
bool openTable(PreviewWindow &preview, const QString &table);
bool skipRow(PreviewWindow &preview, int row); // of the table that is open
bool synchronise(MainWindow &window, PreviewWindow &preview); // confirms, waits for the end of the run
bool selectJob(MainWindow &window, const QString &name);
bool panelShows(const MainWindow &window, const QString &text);

} // namespace tidemark::pages
