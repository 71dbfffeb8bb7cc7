// SPDX-License-Identifier: GPL-3.0-or-later
#include <semaphore>
#include <thread>

#include <QHeaderView>
#include <QLabel>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>

#include "app/wording/wording.h"
#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/mainwindow.h"
#include "ui/main/startpage.h"
#include "ui/report/reportwindow.h"
#include "ui/widgets/style.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Every setting acts at once and is there the next time, as are sizes and places.
class TestMainSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void languageAtOnce();
    void themeAtOnce();
    void compactRowsAtOnce();
    void jobsAtOnce();
    void aNewThemeReachesEveryText();
    void preferencesComeBack();
    void partsOfAWindowAreKept();
    void whatIsNoStateIsRefused_data();
    void whatIsNoStateIsRefused();
    void windowsComeBackAsTheyWere(); // the last: it closes the window

private:
    QWidget *openSettings();
    QString file() const { return m_folder->filePath(u"workspace/workspace.ini"_s); }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainSettings::initTestCase() { QApplication::setStyle(new TidemarkStyle); }

void TestMainSettings::init()
{
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
    m_folder = std::make_unique<QTemporaryDir>();
    MainWindow::Options options;
    options.folder = m_folder->filePath(u"workspace"_s);
    options.preferences.language = u"en"_s;
    options.preferences.theme = theme::Choice::Light;
    m_window = std::make_unique<MainWindow>(options);
    QSignalSpy loaded(m_window.get(), &MainWindow::loaded);
    m_window->show();
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 10'000);
}

void TestMainSettings::cleanup()
{
    m_window.reset();
    theme::setCompact(false);
}

QWidget *TestMainSettings::openSettings()
{
    pages::press(*m_window, Qt::Key_Comma, Qt::ControlModifier);
    return QTest::qWaitFor([] { return person::window(u"settingsDialog"_s) != nullptr; }, 30'000)
        ? person::window(u"settingsDialog"_s)
        : nullptr;
}

void TestMainSettings::languageAtOnce()
{
    const person::Watch watch;
    const QPointer<QWidget> dialog = openSettings();
    QVERIFY(dialog);
    QVERIFY(person::choose(*dialog, u"language"_s, u"简体中文"_s));
    QTRY_COMPARE(m_window->findChild<StartCard *>(u"newJobCard"_s)->text(), u"新建任务"_s);
    QVERIFY(person::shows(*dialog, u"关闭"_s)); // the dialog itself, too
    QVERIFY(person::choose(*dialog, u"language"_s, u"English"_s));
    QTRY_COMPARE(m_window->findChild<StartCard *>(u"newJobCard"_s)->text(), u"New job"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
}

void TestMainSettings::themeAtOnce()
{
    const person::Watch watch;
    const QPointer<QWidget> dialog = openSettings();
    QVERIFY(dialog);
    const auto isDark = [] { return theme::isDark(QApplication::palette()); };
    QVERIFY(person::choose(*dialog, u"theme"_s, u"Dark"_s));
    QVERIFY(isDark());
    QTRY_VERIFY(theme::isDark(m_window->palette()));
    m_window->setSystemDark(false); // what a person chose is stronger
    QVERIFY(isDark());
    QVERIFY(person::choose(*dialog, u"theme"_s, u"As the system"_s));
    QVERIFY(!isDark());
    m_window->setSystemDark(true);
    QVERIFY(isDark());
    QVERIFY(person::choose(*dialog, u"theme"_s, u"Light"_s));
    QVERIFY(!isDark());
}

void TestMainSettings::compactRowsAtOnce()
{
    QStandardItemModel model(3, 2);
    QTableView table;
    table.setModel(&model);
    tables::dress(table, 0);
    table.show();
    const int before = table.verticalHeader()->defaultSectionSize();
    const QPointer<QWidget> dialog = openSettings();
    QVERIFY(dialog);
    QVERIFY(person::tick(*dialog, u"Compact rows in tables"_s, true));
    QVERIFY(table.verticalHeader()->defaultSectionSize() < before);
    QVERIFY(person::tick(*dialog, u"Compact rows in tables"_s, false));
    QCOMPARE(table.verticalHeader()->defaultSectionSize(), before);
}

// How a job stands has a colour of its own, which has to follow.
void TestMainSettings::aNewThemeReachesEveryText()
{
    JobEntry job;
    job.key = job.name = u"shop"_s;
    job.settings = JobSettings();
    JobPanel panel;
    panel.showJob(&job);
    panel.show();
    const auto *state = panel.findChild<QLabel *>(u"state"_s);
    for (const bool dark : {true, false}) {
        theme::apply(dark ? theme::Choice::Dark : theme::Choice::Light, false);
        QTRY_COMPARE(theme::isDark(panel.palette()), dark);
        const QRgb text = dark ? theme::dark.text : theme::light.text;
        QTRY_COMPARE(state->palette().color(QPalette::WindowText).rgb(), text);
    }
}

// One job may run: the second says that it waits, and goes on by itself.
void TestMainSettings::jobsAtOnce()
{
    Side from(Driver::Sqlite, m_folder->path(), u"shop"_s);
    from.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY)"_s);
    Side to(Driver::Sqlite, m_folder->path(), u"copy"_s);
    to.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY)"_s);
    person::elsewhere([&] {
        const Workspace workspace = Workspace::open(m_folder->filePath(u"workspace"_s)).value();
        for (const QString &name : {u"first"_s, u"second"_s}) {
            const auto side = [](const Side &side) {
                return QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, side.settings.database}};
            };
            QVERIFY(workspace.saveJob({{u"tidemark"_s, 1},
                                       {u"name"_s, name},
                                       {u"source"_s, side(from)},
                                       {u"target"_s, side(to)},
                                       {u"mode"_s, u"mirror"_s},
                                       {u"tables"_s, u"*"_s}}));
        }
    });
    const person::Watch watch;
    const QPointer<QWidget> dialog = openSettings();
    QVERIFY(dialog);
    auto *limit = dialog->findChild<QSpinBox *>(u"jobsAtOnce"_s);
    limit->setFocus();
    limit->selectAll();
    QTest::keyClicks(limit, u"1"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!dialog);

    std::binary_semaphore held{0}, release{0};
    std::thread holder([&] {
        Cancellation cancellation;
        auto session = SqlConnector().openSql(from.settings, OpenOptions{true, &cancellation});
        if (!session || !(*session)->execute(u"BEGIN EXCLUSIVE"_s))
            qFatal("no lock");
        held.release();
        release.acquire();
        (*session)->execute(u"ROLLBACK"_s);
    });
    held.acquire();
    QSignalSpy settled(m_window.get(), &MainWindow::settled);
    const auto trusts = [] {
        const QString name = u"trustBox"_s;
        return QTest::qWaitFor([&] { return person::window(name); }, 30'000)
            && person::click(*person::window(name), u"Trust this job"_s)
            && QTest::qWaitFor([&] { return !person::window(name); }, 30'000);
    };
    for (const QString &name : {u"first"_s, u"second"_s}) {
        if (!pages::selectJob(*m_window, name) || !pages::press(*m_window, Qt::Key_F5) || !trusts())
            QTest::qFail("not started", __FILE__, __LINE__);
    }
    const bool waits =
        QTest::qWaitFor([&] { return person::shows(*m_window, u"Waiting for another job to end."_s); }, 30'000);
    release.release();
    holder.join();
    QVERIFY(waits);
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 2, 20'000);
}

void TestMainSettings::preferencesComeBack()
{
    const QPointer<QWidget> dialog = openSettings();
    QVERIFY(dialog);
    QVERIFY(person::choose(*dialog, u"theme"_s, u"Dark"_s));
    QVERIFY(person::tick(*dialog, u"Compact rows in tables"_s, true));
    // The last of quick changes is what is kept.
    for (int i = 0; i < 20; ++i)
        person::tick(*dialog, u"Compact rows in tables"_s, i % 2 != 0);
    m_window.reset();
    Preferences kept;
    person::elsewhere([&] { kept = Preferences::read(file()); });
    QCOMPARE(kept.theme, theme::Choice::Dark);
    QVERIFY(kept.compactRows);
    QCOMPARE(kept.language, u"en"_s);
}

void TestMainSettings::partsOfAWindowAreKept()
{
    std::shared_ptr<Desk> desk;
    person::elsewhere([&] { desk = Desk::open(m_folder->filePath(u"workspace"_s), {}).value(); });
    JobSettings job;
    job.name = u"shop"_s;
    RunReport report;
    TableReport table;
    table.source = table.target = u"orders"_s;
    table.error = Error{ErrorCode::NoRights, {}, {}};
    report.tables = {table, table};
    QByteArray state;
    QList<int> parts;
    {
        ReportWindow window(desk, job, report, false);
        window.show();
        window.resize(800, 700);
        auto *header = window.findChild<QTableView *>(u"reportTables"_s)->horizontalHeader();
        QTest::mousePress(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(2) - 1, header->height() / 2));
        QTest::mouseMove(header->viewport(), QPoint(header->sectionViewportPosition(2) + 60, header->height() / 2));
        QTest::mouseRelease(header->viewport(), Qt::LeftButton, {},
                            QPoint(header->sectionViewportPosition(2) + 60, header->height() / 2));
        header->resizeSection(3, 117);
        window.findChild<QSplitter *>()->setSizes({90, 300, 0});
        parts = window.findChild<QSplitter *>()->sizes();
        state = windowstate::save(window);
    }
    ReportWindow again(desk, job, report, false);
    QVERIFY(windowstate::restore(again, state));
    again.show();
    QCOMPARE(again.size(), QSize(800, 700));
    QCOMPARE(again.findChild<QTableView *>(u"reportTables"_s)->horizontalHeader()->sectionSize(3), 117);
    QCOMPARE(again.findChild<QSplitter *>()->sizes(), parts);
}

void TestMainSettings::whatIsNoStateIsRefused_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("something else") << QByteArray("hello, this is no state of a window");
    QTest::newRow("cut off") << QByteArray("\x54\x4d\x57\x31\x00\x00\x00\x40 and no more", 20);
    QTest::newRow("a size beyond all") << QByteArray("\x54\x4d\x57\x31\x7f\xff\xff\xff", 8);
}

void TestMainSettings::whatIsNoStateIsRefused()
{
    QFETCH(QByteArray, state);
    QWidget window;
    window.resize(300, 200);
    QVERIFY(!windowstate::restore(window, state));
    QCOMPARE(window.size(), QSize(300, 200));
}

void TestMainSettings::windowsComeBackAsTheyWere()
{
    pages::press(*m_window, Qt::Key_D, Qt::ControlModifier);
    WAIT_WINDOW(list, u"connectionList"_s);
    list->resize(list->width() + 111, list->height() + 55);
    const QSize listSize = list->size();
    QVERIFY(person::click(*list, u"Close"_s));
    QTRY_VERIFY(!list);
    m_window->resize(1111, 666);
    m_window->close();
    m_window.reset();
    MainWindow::Options options;
    options.folder = m_folder->filePath(u"workspace"_s);
    person::elsewhere([&] { options.preferences = Preferences::read(file()); });
    m_window = std::make_unique<MainWindow>(options);
    QSignalSpy loaded(m_window.get(), &MainWindow::loaded);
    m_window->show();
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 10'000);
    QCOMPARE(m_window->size(), QSize(1111, 666));
    pages::press(*m_window, Qt::Key_D, Qt::ControlModifier);
    WAIT_WINDOW(again, u"connectionList"_s);
    QCOMPARE(again->size(), listSize);
}

QTEST_MAIN(TestMainSettings)
#include "tst_mainsettings.moc"
