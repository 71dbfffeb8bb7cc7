// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/pages.h"

#include <QListView>
#include <QSignalSpy>
#include <QTableView>

#include "tests/ui/support/person.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;

namespace tidemark::pages {

static constexpr int patience = 15'000;

static bool until(const std::function<bool()> &condition, const char *what)
{
    if (QTest::qWaitFor(condition, patience))
        return true;
    qWarning("in vain: %s", what);
    for (const QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->isVisible())
            qWarning("  %s: %s", qPrintable(widget->objectName()), qPrintable(person::texts(*widget).join(u" | "_s)));
    }
    return false;
}

static QWidget *waitWindow(const QString &name)
{
    return until([&] { return person::window(name) != nullptr; }, qPrintable(u"window "_s + name))
        ? person::window(name)
        : nullptr;
}

// As a window manager would have it: the window that a person looks at has the keys.
bool press(QWidget &window, Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    window.activateWindow();
    if (!until([&] { return window.isActiveWindow(); }, "the window is active"))
        return false;
    QTest::keyClick(&window, key, modifiers);
    return true;
}

bool openWorkspace(MainWindow &window)
{
    QSignalSpy loaded(&window, &MainWindow::loaded);
    window.show();
    return loaded.wait(patience);
}

static QString urlOf(const ConnectionSettings &settings)
{
    if (settings.driver == Driver::Sqlite)
        return settings.database;
    QString url = u"%1://%2@%3:%4/%5"_s.arg(driverName(settings.driver), settings.user, settings.host)
                      .arg(settings.port)
                      .arg(settings.database);
    return settings.schema.isEmpty() ? url : url + u"?schema="_s + settings.schema;
}

bool addConnection(MainWindow &window, const ConnectionSettings &settings)
{
    press(window, Qt::Key_D, Qt::ControlModifier);
    QPointer<QWidget> list = waitWindow(u"connectionList"_s);
    if (!list || !person::click(*list, person::button(*list, u"New…"_s) ? u"New…"_s : u"New connection…"_s))
        return false;
    QPointer<QWidget> dialog = waitWindow(u"connectionDialog"_s);
    if (!dialog || !person::type(*dialog, u"url"_s, urlOf(settings)))
        return false;
    QTest::keyClick(person::field(*dialog, u"url"_s), Qt::Key_Return);
    if (!person::type(*dialog, u"name"_s, settings.name))
        return false;
    if (settings.driver != Driver::Sqlite
        && (!person::choose(*dialog, u"passwordKind"_s, u"From an environment variable"_s)
            || !person::type(*dialog, u"variable"_s, settings.password.name)))
        return false;
    if (!person::click(*dialog, u"Test"_s)
        || !until([&] { return person::shows(*dialog, u"Connected to"_s); }, "the test of a connection")
        || !person::click(*dialog, u"Save"_s)
        || !until([&] { return !dialog || !dialog->isVisible(); }, "the connection is saved"))
        return false;
    const auto *view = list->findChild<QAbstractItemView *>(u"connections"_s);
    const auto listed = [&] {
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            if (view->model()->index(row, 0).data().toString().startsWith(settings.name))
                return true;
        }
        return false;
    };
    return until(listed, "the connection is listed") && person::click(*list, u"Close"_s)
        && until([&] { return !list || !list->isVisible(); }, "the list closes");
}

static bool openPage(const QWidget &dialog, const QString &name)
{
    auto *pages = dialog.findChild<QListView *>(u"pages"_s);
    for (int row = 0; pages && row < pages->model()->rowCount(); ++row) {
        const QModelIndex index = pages->model()->index(row, 0);
        if (!index.data().toString().startsWith(name))
            continue;
        QTest::mouseClick(pages->viewport(), Qt::LeftButton, {}, pages->visualRect(index).center());
        return pages->currentIndex() == index;
    }
    return false;
}

bool addJob(MainWindow &window, const NewJob &job)
{
    press(window, Qt::Key_N, Qt::ControlModifier);
    QPointer<QWidget> dialog = waitWindow(u"jobDialog"_s);
    if (!dialog || !until([&] { return dialog->isEnabled(); }, "the job dialog has read the workspace"))
        return false;
    return person::type(*dialog, u"name"_s, job.name) && person::choose(*dialog, u"source"_s, job.source)
        && person::choose(*dialog, u"target"_s, job.target)
        && (!job.mirror || person::click(*dialog, u"Make identical"_s))
        && (!job.create
            || (openPage(*dialog, u"Tables"_s)
                && person::tick(*dialog, u"Create tables missing at the target"_s, true)))
        && until([&] { return person::button(*dialog, u"Save"_s)->isEnabled(); }, "the job has been checked")
        && person::click(*dialog, u"Save"_s)
        && until([&] { return !dialog || !dialog->isVisible(); }, "the job is saved")
        && until([&] { return !window.jobs().jobs().isEmpty(); }, "the job is listed") && selectJob(window, job.name);
}

bool selectJob(MainWindow &window, const QString &name)
{
    auto *list = window.findChild<QListView *>(u"jobList"_s);
    const auto find = [&] {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex index = list->model()->index(row, 0);
            if (index.data().toString() == name)
                return index;
        }
        return QModelIndex();
    };
    if (!until([&] { return find().isValid(); }, "the job is listed"))
        return false;
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(find()).center());
    return list->currentIndex() == find();
}

bool compare(MainWindow &window)
{
    QSignalSpy settled(&window, &MainWindow::settled);
    press(window, Qt::Key_F5);
    return until([&] { return !settled.isEmpty(); }, "the comparison ends");
}

PreviewWindow *review(MainWindow &window)
{
    press(window, Qt::Key_F6);
    if (!until([&] { return window.preview() && window.preview()->isReady(); }, "the preview stands"))
        return nullptr;
    return window.preview();
}

bool openTable(PreviewWindow &preview, const QString &table)
{
    auto *view = preview.findChild<QTableView *>(u"planTables"_s);
    for (int row = 0; row < view->model()->rowCount(); ++row) {
        const QModelIndex index = view->model()->index(row, 0);
        if (!index.data().toString().startsWith(table))
            continue;
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
        const auto *rows = preview.findChild<PlanRowModel *>();
        return until([&] { return rows->rowCount() > 0 && rows->row(0); }, "the rows of the table stand");
    }
    return false;
}

bool skipRow(PreviewWindow &preview, int row)
{
    auto *view = preview.findChild<QTableView *>(u"sourceRows"_s);
    auto *rows = preview.findChild<PlanRowModel *>();
    // Where the key stands: the first columns are pinned and always in sight.
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(20, view->rowViewportPosition(row) + 10));
    QTest::keyClick(view, Qt::Key_Space);
    return until([&] { return rows->row(row) && !rows->row(row)->included; }, "the row is skipped");
}

bool synchronise(MainWindow &window, PreviewWindow &preview)
{
    QSignalSpy settled(&window, &MainWindow::settled);
    press(preview, Qt::Key_F9);
    QPointer<QWidget> confirm = waitWindow(u"confirmDialog"_s);
    if (!confirm)
        return false;
    auto *write = confirm->findChild<AccentButton *>();
    return until([&] { return write->isEnabled(); }, "the target has been looked at") && person::click(write)
        && until([&] { return !settled.isEmpty(); }, "the run ends");
}

bool panelShows(const MainWindow &window, const QString &text)
{
    const auto *panel = window.findChild<JobPanel *>();
    if (person::shows(*panel, text))
        return true;
    qWarning("the panel shows: %s", qPrintable(person::texts(*panel).join(u" | "_s)));
    return false;
}

} // namespace tidemark::pages
