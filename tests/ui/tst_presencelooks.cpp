// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QTemporaryDir>

#include "app/wording/wording.h"
#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/ui/support/looks.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainpresence.h"
#include "ui/main/mainwindow.h"
#include "ui/tray/trayicon.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// How what belongs to the tray looks: its boxes, its menu, the settings.
class TestPresenceLooks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void looksGood_data() { looks::settings_data(); }
    void looksGood();

private:
    void look(QWidget &window, const QString &name);
};

void TestPresenceLooks::initTestCase() { QApplication::setStyle(new TidemarkStyle); }

void TestPresenceLooks::look(QWidget &window, const QString &name)
{
    const QStringList faults = looks::shoot(window, name);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void TestPresenceLooks::looksGood()
{
    const looks::Setting setting = looks::fetch();
    looks::use(setting);
    const QTemporaryDir folder;
    Side from(Driver::Sqlite, folder.path(), u"till"_s);
    Side to(Driver::Sqlite, folder.path(), u"report"_s);
    const QString workspace = folder.filePath(u"workspace"_s);
    MainWindow::Options options;
    person::elsewhere([&] {
        for (Side *side : {&from, &to})
            side->exec(u"CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT)"_s);
        from.exec(u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
                  "INSERT INTO a SELECT i, 'row ' || i FROM n"_s);
        const QJsonObject job{
            {u"tidemark"_s, 1},
            {u"id"_s, u"11111111-2222-4333-8444-555555555555"_s},
            {u"name"_s, u"Till → Report"_s},
            {u"source"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, from.settings.database}}},
            {u"target"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, to.settings.database}}},
            {u"mode"_s, u"mirror"_s},
            {u"throttle"_s, QJsonObject{{u"rows"_s, 500}}},
            {u"batch"_s, QJsonObject{{u"rows"_s, 50}}},
            {u"tables"_s, QJsonArray{u"a"_s}}};
        options.preferences.trusted << jobHash(job);
        if (!Workspace::open(workspace)->saveJob(job, u"Till → Report"_s))
            qFatal("The job cannot be saved");
    });
    options.folder = workspace;
    options.preferences.language = setting.language;
    options.preferences.theme = setting.dark ? theme::Choice::Dark : theme::Choice::Light;
    options.stays = true;
    MainWindow window(options);
    QVERIFY(pages::openWorkspace(window));

    QVERIFY(pages::press(window, Qt::Key_Comma, Qt::ControlModifier));
    WAIT_WINDOW(settings, u"settingsDialog"_s);
    auto *login = settings->findChild<QWidget *>(u"startAtLogin"_s);
    QTRY_VERIFY(login && login->isEnabled());
    look(*settings, u"presence-1-settings"_s);
    settings->close();

    window.close();
    WAIT_WINDOW(none, u"noTrayBox"_s);
    look(*none, u"presence-2-no-tray"_s);
    none->close();
    window.presence().comeForward();

    window.startRun(window.jobs().jobs().first().key, {}, false);
    QTRY_VERIFY(window.jobs().jobs().first().running);
    window.presence().quit();
    WAIT_WINDOW(box, u"closeBox"_s);
    look(*box, u"presence-3-quit"_s);
    QTRY_VERIFY(!window.presence().tray()->menu().actions().isEmpty());
    window.presence().tray()->menu().popup({});
    QTRY_VERIFY(window.presence().tray()->menu().isVisible());
    look(window.presence().tray()->menu(), u"presence-4-menu"_s);
    window.presence().tray()->menu().close();
    window.presence().endAfterBatch();
    QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().jobs().first().running, 20'000);
    QApplication::setQuitOnLastWindowClosed(true);
}

QTEST_MAIN(TestPresenceLooks)
#include "tst_presencelooks.moc"
