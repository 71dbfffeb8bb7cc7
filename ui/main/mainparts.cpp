// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/mainparts.h"

#include "ui/conflicts/conflictwindow.h"
#include "ui/history/historywindow.h"
#include "ui/jobs/jobdialog.h"
#include "ui/plan/previewwindow.h"
#include "ui/queues/asidewindow.h"
#include "ui/report/reportwindow.h"

namespace tidemark {

template <typename Window> static QList<Window *> standing(const QHash<QString, QPointer<Window>> &windows)
{
    QList<Window *> list;
    for (const QPointer<Window> &window : windows) {
        if (window)
            list += window.data();
    }
    return list;
}

static QWidgetList results(const OpenWindows &windows)
{
    QWidgetList list;
    for (PreviewWindow *window : standing(windows.previews))
        list += window;
    for (ReportWindow *window : standing(windows.reports))
        list += window;
    for (ConflictWindow *window : standing(windows.conflicts))
        list += window;
    for (AsideWindow *window : standing(windows.asides))
        list += window;
    for (PreviewWindow *window : standing(windows.undoPreviews))
        list += window;
    if (windows.history)
        list += windows.history.data();
    return list;
}

void OpenWindows::close()
{
    const QWidgetList list = results(*this);
    for (QWidget *window : list)
        window->close();
}

void OpenWindows::destroy()
{
    QWidgetList list = results(*this);
    for (JobDialog *editor : standing(editors))
        list += editor;
    qDeleteAll(list);
}

} // namespace tidemark
