// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>

#include "tests/ui/support/looks.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectionlistdialog.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/comparedialog.h"
#include "ui/main/mainwindow.h"
#include "ui/main/sample.h"
#include "ui/main/settingsdialog.h"
#include "ui/main/startpage.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/report/checkwindow.h"
#include "ui/report/reportwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Every screen in both languages, both themes and two sizes of fonts, rendered into screenshots/ of the build folder
// for people to look at. Fails on text that is wider than its room, on faint text, and on controls without a name.
class TestScreenshots : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void windows_data() { looks::settings_data(); }
    void windows();
    void connections_data() { looks::settings_data(); }
    void connections();
    void jobs_data() { looks::settings_data(); }
    void jobs();
    void runs_data() { looks::settings_data(); }
    void runs();
    void confirmations_data() { looks::settings_data(); }
    void confirmations();
    void questions_data() { looks::settings_data(); }
    void questions();
    void states_data() { looks::settings_data(); }
    void states();

private:
    void shoot(QWidget &window, const QString &name);
    QStringList m_faults; // of the current test function
    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
    JobSettings m_sample;
};

#define NO_FAULTS()                                                                                                    \
    const QStringList faults = std::exchange(m_faults, {});                                                            \
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n    "_s + faults.join(u"\n    "_s)))

void TestScreenshots::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    auto desk = Desk::open(m_folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);
    m_desk = *desk;
    Cancellation cancellation;
    const auto sample = buildSample(*m_desk, m_folder.filePath(u"samples"_s), cancellation);
    QVERIFY(sample);
    m_sample = m_desk->workspace().job(sample->job).value();
    ConnectionSettings shop;
    shop.name = u"shop"_s;
    shop.driver = Driver::Postgres;
    shop.host = u"db.example"_s;
    shop.database = u"shop"_s;
    shop.user = u"app"_s;
    shop.password = {PasswordSource::Kind::Env, u"SHOP_PASSWORD"_s};
    shop.production = true;
    QVERIFY(m_desk->workspace().saveConnection(shop));
}

void TestScreenshots::shoot(QWidget &window, const QString &name)
{
    const QStringList faults = looks::shoot(window, name);
    for (const QString &fault : faults)
        m_faults << name + u": "_s + fault;
}

void TestScreenshots::windows()
{
    const looks::Setting setting = looks::fetch();
    looks::use(setting);
    QTemporaryDir workspace;
    MainWindow::Options options;
    options.folder = workspace.path();
    options.preferences.language = setting.language;
    options.preferences.theme = setting.dark ? theme::Choice::Dark : theme::Choice::Light;
    MainWindow window(options);
    QSignalSpy loaded(&window, &MainWindow::loaded);
    window.show();
    QVERIFY(loaded.wait(30'000));
    shoot(window, u"1-start"_s);
    QSignalSpy ready(&window, &MainWindow::previewReady);
    QTest::mouseClick(window.findChild<StartCard *>(u"sampleCard"_s), Qt::LeftButton);
    QVERIFY(ready.wait(20'000));
    // What is asked of the plan file has arrived when the selected cell is explained.
    QTRY_VERIFY(window.preview()->findChild<PlanRowModel *>()->row(0));
    shoot(window, u"2-jobs"_s);
    shoot(*window.preview(), u"3-preview"_s);
    window.preview()->resize(window.preview()->minimumSize());
    shoot(*window.preview(), u"3-preview-smallest"_s);
    window.resize(window.minimumSize());
    shoot(window, u"2-jobs-smallest"_s);
    NO_FAULTS();
}

void TestScreenshots::connections()
{
    looks::use(looks::fetch());
    ConnectionDialog connection(m_desk, m_desk->workspace().connection(u"shop"_s).value(), {});
    connection.show();
    shoot(connection, u"4-connection"_s);
    ConnectionListDialog list(m_desk);
    list.show();
    QTRY_VERIFY(list.findChild<QAbstractItemView *>(u"connections"_s)->model()->rowCount() >= 3);
    shoot(list, u"5-connections"_s);
    CompareDialog compare(m_desk, {m_folder.filePath(u"samples/till.db"_s)});
    compare.show();
    shoot(compare, u"7-compare"_s);
    SettingsDialog settings(Preferences{});
    settings.show();
    shoot(settings, u"10-settings"_s);
    NO_FAULTS();
}

void TestScreenshots::jobs()
{
    looks::use(looks::fetch());
    JobDialog job(m_desk, m_desk->workspace().jobs().value().first().file, {});
    job.show();
    auto *pages = job.findChild<QListWidget *>(u"pages"_s);
    QTRY_VERIFY(job.isEnabled() && pages->isEnabled());
    for (int page = 0; page < pages->count(); ++page) {
        pages->setCurrentRow(page);
        QCoreApplication::processEvents();
        shoot(job, u"6-job-%1"_s.arg(page + 1));
    }
    JobSettings creating = m_sample;
    creating.target.database = m_folder.filePath(u"empty.db"_s);
    creating.defaults.create = true;
    QFile empty(creating.target.database);
    QVERIFY(empty.open(QIODevice::WriteOnly));
    CheckWindow check(m_desk, creating);
    check.show();
    QTRY_VERIFY(check.findChild<QListView *>(u"checkItems"_s)->model()->rowCount() > 0);
    shoot(check, u"12-check"_s);
    NO_FAULTS();
}

static RunReport troubled(const JobSettings &job)
{
    RunReport report;
    report.job = job.name;
    report.jobId = job.id;
    report.run = u"2026-11-22T140200.000Z-4f2a"_s;
    report.state = RunState::Failed;
    report.startedUs = 1'774'188'120'000'000;
    report.finishedUs = report.startedUs + 83'000'000;
    for (const QString &name : {u"customers"_s, u"orders"_s, u"order_lines"_s, u"products"_s}) {
        TableReport table;
        table.source = table.target = name;
        table.toTarget = {1204, 88, 3};
        table.identical = 98'000;
        table.seconds = 12.4;
        report.tables << table;
    }
    report.tables[1].error = Error{ErrorCode::ConnectionLost, {}, u"server closed the connection unexpectedly"_s}
                                 .with(Fact::Connection, u"shop"_s)
                                 .with(Fact::Table, u"orders"_s);
    report.tables[2].quarantined = 12;
    report.tables[3].changedSincePlan = 2;
    return report;
}

void TestScreenshots::runs()
{
    looks::use(looks::fetch());
    const RunReport report = troubled(m_sample);
    // Rows that were set aside, as the journal keeps them.
    QList<SetAsideRow> rows;
    for (int i = 1; i <= 12; ++i)
        rows << SetAsideRow{.table = u"order_lines → order_lines"_s,
                            .key = QByteArray::number(i),
                            .keyText = u"order_id = %1, line = 1"_s.arg(i),
                            .source = {},
                            .error = Error{ErrorCode::ForeignKeyViolated, {}, u"FOREIGN KEY constraint failed"_s}.with(
                                Fact::Table, u"order_lines"_s),
                            .run = report.run,
                            .sinceUs = report.finishedUs};
    QVERIFY(m_desk->journal().setAside(m_sample.id, rows));
    ReportWindow window(m_desk, m_sample, report, true);
    window.show();
    QTRY_COMPARE(window.findChild<QTableView *>(u"leftRows"_s)->model()->rowCount(), 12);
    const QAbstractItemModel *left = window.findChild<QTableView *>(u"leftRows"_s)->model();
    QTRY_VERIFY(left->index(0, 1).data().toString().startsWith(u"order_id"_s));
    shoot(window, u"11-report"_s);

    JobEntry job;
    job.key = u"job"_s;
    job.name = m_sample.name;
    job.settings = m_sample;
    job.running = Task::Synchronise;
    TableProgress table;
    table.source = table.target = u"order_lines"_s;
    table.phase = Phase::Writing;
    table.estimate = 1'000'000;
    table.rowsRead = 625'000;
    table.rowsPerSecond = 48'000;
    table.written = {12'000, 804, 17};
    job.progress.tables = {table};
    JobPanel panel;
    panel.showJob(&job);
    panel.resize(420, 520);
    panel.show();
    shoot(panel, u"13-progress"_s);
    NO_FAULTS();
}

void TestScreenshots::confirmations()
{
    looks::use(looks::fetch());
    ConfirmDialog::Facts facts;
    facts.target = u"Report copy"_s;
    facts.counts = {9, 4, 4};
    ConfirmDialog confirm(facts);
    confirm.show();
    shoot(confirm, u"8-confirm"_s);
    facts.target = u"shop"_s;
    facts.production = true;
    facts.host = u"db.example"_s;
    facts.counts = {0, 12, 412};
    facts.guardedDeletes = 412;
    facts.guardedRows = 900;
    ConfirmDialog guard(facts);
    guard.show();
    shoot(guard, u"9-guard"_s);
    facts = {};
    facts.target = u"Report copy"_s;
    facts.counts = {1204, 88, 3};
    facts.skipped = 2;
    facts.tables = {{u"customers"_s, {4, 8, 0}}, {u"order_lines"_s, {1200, 80, 3}}};
    ConfirmDialog waiting(facts);
    waiting.awaitEffects();
    waiting.show();
    shoot(waiting, u"8-confirm-waiting"_s);
    CheckItem triggers;
    triggers.table = u"customers"_s;
    triggers.code = u"has-triggers"_s;
    triggers.detail = u"customers_audit"_s;
    CheckItem cascades = triggers;
    cascades.table = u"order_lines"_s;
    cascades.code = u"cascades"_s;
    cascades.detail = u"order_line_notes"_s;
    TableReport customers, lines;
    customers.source = u"customers"_s;
    customers.toTarget = {4, 8, 0};
    lines.source = u"order_lines"_s;
    lines.toTarget = {1200, 80, 3};
    waiting.showEffects(SideEffects::of({triggers, cascades}, {customers, lines}));
    shoot(waiting, u"8-confirm-effects"_s);
    NO_FAULTS();
}

// Boxes that ask or tell, each as the main window brings it up.
void TestScreenshots::questions()
{
    const looks::Setting setting = looks::fetch();
    looks::use(setting);
    QTemporaryDir folder;
    Cancellation cancellation;
    auto desk = Desk::open(folder.filePath(u"workspace"_s), {}).value();
    QVERIFY(buildSample(*desk, folder.filePath(u"samples"_s), cancellation));
    QFile foreign(folder.filePath(u"foreign.json"_s));
    QVERIFY(foreign.open(QIODevice::WriteOnly));
    foreign.write(R"({"tidemark": 1, "name": "night copy", "mode": "update", "source": {"driver": "postgres",
        "host": "db.example", "database": "shop", "user": "app", "password": {"env": "SHOP_PASSWORD"},
        "ssh": {"host": "bastion.example"}}, "target": {"driver": "sqlite", "database": "copy.db"},
        "tables": [{"source": "orders", "where": "status <> 'draft'"}]})");
    foreign.close();
    MainWindow::Options options;
    options.folder = folder.filePath(u"workspace"_s);
    options.preferences.language = setting.language;
    MainWindow window(options);
    QSignalSpy loaded(&window, &MainWindow::loaded);
    window.show();
    QVERIFY(loaded.wait(30'000));
    const auto shootBox = [&](const QString &name, const QString &as) {
        QTRY_VERIFY2_WITH_TIMEOUT(person::window(name), qPrintable(name), 10'000);
        const QPointer<QWidget> box = person::window(name);
        shoot(*box, as);
        QTest::keyClick(box, Qt::Key_Escape);
        QTRY_VERIFY(!box);
    };
    window.openJobFile(foreign.fileName());
    shootBox(u"trustBox"_s, u"14-trust"_s);
    window.openJobFile(folder.filePath(u"nowhere.json"_s));
    shootBox(u"errorBox"_s, u"15-error"_s);
    QVERIFY(pages::press(window, Qt::Key_Delete));
    shootBox(u"removeBox"_s, u"16-remove"_s);
    NO_FAULTS();
}

// The job list with a job of every kind, and a workspace that cannot be opened.
void TestScreenshots::states()
{
    const looks::Setting setting = looks::fetch();
    looks::use(setting);
    QTemporaryDir folder;
    MainWindow::Options options;
    options.folder = folder.filePath(u"workspace"_s);
    options.preferences.language = setting.language;
    MainWindow window(options);
    QSignalSpy loaded(&window, &MainWindow::loaded);
    window.show();
    QVERIFY(loaded.wait(30'000));
    const auto add = [&](const QString &name, const std::function<void(JobEntry &)> &change) {
        JobEntry job;
        job.key = name;
        job.name = name;
        job.settings = m_sample;
        job.settings->name = name;
        job.visiting = true;
        job.last = troubled(m_sample);
        job.last->state = RunState::Completed;
        for (TableReport &table : job.last->tables)
            table.error.reset();
        change(job);
        window.jobs().add(job);
    };
    add(u"archive"_s, [](JobEntry &job) { job.settings->enabled = false; });
    add(u"broken file"_s, [](JobEntry &job) {
        job.settings.reset();
        job.error = Error{ErrorCode::NotJson, {}, {}}.with(Fact::File, u"jobs/broken%20file.json"_s);
    });
    add(u"good"_s, [](JobEntry &) {});
    add(u"never"_s, [](JobEntry &job) { job.last.reset(); });
    add(u"failed last night"_s, [&](JobEntry &job) { job.last = troubled(m_sample); });
    add(u"has rows set aside"_s, [](JobEntry &job) { job.asideCount = 12; });
    add(u"running"_s, [](JobEntry &job) {
        job.running = Task::Synchronise;
        TableProgress table;
        table.source = table.target = u"order_lines"_s;
        table.phase = Phase::Writing;
        table.estimate = 1'000'000;
        table.rowsRead = 625'000;
        table.rowsPerSecond = 48'000;
        table.written = {12'000, 804, 17};
        TableProgress waiting;
        waiting.source = waiting.target = u"orders"_s;
        job.progress.tables = {table, waiting};
    });
    shoot(window, u"17-states"_s);
    auto *list = window.findChild<QListView *>(u"jobList"_s);
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        if (list->model()->index(row, 0).data().toString() == u"running")
            list->setCurrentIndex(list->model()->index(row, 0));
    }
    shoot(window, u"17-states-running"_s);

    QFile file(folder.filePath(u"no folder"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    options.folder = file.fileName();
    MainWindow nowhere(options);
    nowhere.show();
    QTRY_VERIFY_WITH_TIMEOUT(person::button(nowhere, QCoreApplication::translate("tidemark::MainWindow", "Try again")),
                             10'000);
    shoot(nowhere, u"18-no-workspace"_s);
    NO_FAULTS();
}

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
