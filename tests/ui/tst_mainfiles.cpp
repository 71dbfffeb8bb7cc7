// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDropEvent>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>

#include "app/wording/wording.h"
#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/previewwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What comes from outside: dropped databases and job files, trust before anything of them runs, and recent files.
class TestMainFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void droppedDatabasesAreCompared();
    void aJobFileAsksForTrust();
    void trustIsOfTheContents();
    void aJobPutIntoTheWorkspaceAsksForTrust();
    void aCopyOfWhatNobodyTrustsIsNotTrusted();
    void whatTheWindowWroteIsTrusted();
    void manyFactsStayOnScreen();
    void aFileThatIsNoJobSaysSo();

private:
    void drop(const QStringList &files);
    void writeJob(const QString &where, int tables = 1);
    void putIn(const QString &where); // a job file into the workspace, by hand
    const JobEntry *entry(const QString &name) const;
    QMenu *recent() const;
    bool openRecent(int entry);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Side> m_from, m_to;
    QString m_file;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainFiles::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

void TestMainFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_from = std::make_unique<Side>(Driver::Sqlite, m_folder->path(), u"shop"_s);
    m_to = std::make_unique<Side>(Driver::Sqlite, m_folder->path(), u"copy"_s);
    for (Side *side : {m_from.get(), m_to.get()})
        side->exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)"_s);
    m_from->exec(u"INSERT INTO items VALUES (1, 'one'), (2, 'two'), (3, 'draft')"_s);
    m_file = m_folder->filePath(u"a & b.json"_s);
    MainWindow::Options options;
    options.folder = m_folder->filePath(u"workspace"_s);
    options.preferences.language = u"en"_s;
    m_window = std::make_unique<MainWindow>(options);
    QVERIFY(pages::openWorkspace(*m_window));
}

void TestMainFiles::cleanup() { m_window.reset(); }

// As a file manager does it.
void TestMainFiles::drop(const QStringList &files)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString &file : files)
        urls << QUrl::fromLocalFile(file);
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &drop);
}

void TestMainFiles::writeJob(const QString &where, int tables)
{
    const auto side = [](const Side &side) {
        return QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, side.settings.database}};
    };
    QJsonArray list;
    for (int i = 0; i < tables; ++i)
        list << QJsonObject{{u"source"_s, i == 0 ? u"items"_s : u"items%1"_s.arg(i)}, {u"where"_s, where}};
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(QJsonObject{{u"tidemark"_s, 1},
                                         {u"name"_s, u"from <b>elsewhere</b>"_s},
                                         {u"source"_s, side(*m_from)},
                                         {u"target"_s, side(*m_to)},
                                         {u"mode"_s, u"update"_s},
                                         {u"tables"_s, list}})
                   .toJson());
}

void TestMainFiles::putIn(const QString &where)
{
    writeJob(where);
    QFile from(m_file);
    QVERIFY(from.open(QIODevice::ReadOnly));
    QJsonObject job = QJsonDocument::fromJson(from.readAll()).object();
    job[u"name"_s] = u"put in"_s;
    QFile file(m_folder->filePath(u"workspace/jobs/put%20in.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(job).toJson());
}

const JobEntry *TestMainFiles::entry(const QString &name) const
{
    for (const JobEntry &job : m_window->jobs().jobs()) {
        if (job.name == name)
            return &job;
    }
    return nullptr;
}

QMenu *TestMainFiles::recent() const
{
    for (QMenu *menu : m_window->findChildren<QMenu *>()) {
        if (person::plain(menu->title()) == u"Recent files")
            return menu;
    }
    return nullptr;
}

bool TestMainFiles::openRecent(int entry)
{
    QMenu *menu = recent();
    menu->popup(m_window->mapToGlobal(QPoint(20, 40)));
    if (menu->actions().size() <= entry)
        return false;
    for (int i = 0; i <= entry; ++i)
        QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    return true;
}

void TestMainFiles::droppedDatabasesAreCompared()
{
    const person::Watch watch;
    drop({m_to->settings.database, m_from->settings.database});
    WAIT_WINDOW(dialog, u"compareDialog"_s);
    QVERIFY(person::button(*dialog, u"Compare"_s)->isEnabled());
    QVERIFY(person::click(*dialog, u"Swap sides"_s)); // dropped the other way round
    QSignalSpy ready(m_window.get(), &MainWindow::previewReady);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 10'000);
    QVERIFY(person::shows(*m_window->preview(), u"3 rows would change in "_s + m_to->settings.database));
    QVERIFY(m_window->jobs().jobs().first().visiting);
}

void TestMainFiles::aJobFileAsksForTrust()
{
    writeJob(u"name <> 'draft'"_s);
    const person::Watch watch;
    drop({m_file});
    WAIT_WINDOW(box, u"trustBox"_s);
    QVERIFY(person::shows(*box, u"The job from <b>elsewhere</b> was not written by this workspace."_s));
    QVERIFY(person::shows(*box, u"Connection in the file: "_s + m_from->settings.database));
    QVERIFY(person::shows(*box, u"Filter of items: name <> 'draft'"_s));
    QTest::keyClick(box, Qt::Key_Return); // a stray Enter trusts nobody
    QTRY_VERIFY(!box);
    QCOMPARE(m_window->jobs().rowCount(), 0);

    QVERIFY(openRecent(0));
    WAIT_WINDOW(again, u"trustBox"_s);
    QSignalSpy ready(m_window.get(), &MainWindow::previewReady);
    QVERIFY(person::click(*again, u"Trust this job"_s));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 10'000);
    QVERIFY(person::shows(*m_window->preview(), u"2 rows would change in "_s + m_to->settings.database));
}

// What was trusted once is opened without a question, with the id that it was given; what changed is asked about anew.
void TestMainFiles::trustIsOfTheContents()
{
    writeJob(u"id = 1"_s);
    const person::Watch watch;
    m_window->openJobFile(m_file);
    WAIT_WINDOW(box, u"trustBox"_s);
    QSignalSpy ready(m_window.get(), &MainWindow::previewReady);
    QVERIFY(person::click(*box, u"Trust this job"_s));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 10'000);
    QVERIFY(pages::press(*m_window, Qt::Key_Delete)); // a visitor goes without a question
    QTRY_COMPARE(m_window->jobs().rowCount(), 0);
    m_window->openJobFile(m_file);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, 10'000);
    QVERIFY(!person::window(u"trustBox"_s));

    writeJob(u"id > 0"_s);
    m_window->openJobFile(m_file); // the job still stands in the list as it was
    WAIT_WINDOW(changed, u"trustBox"_s);
    QVERIFY(person::shows(*changed, u"Filter of items: id > 0"_s));
    QVERIFY(person::click(*changed, u"Trust this job"_s));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 3, 10'000);
    QVERIFY(person::shows(*m_window->preview(), u"3 rows would change in "_s + m_to->settings.database));
}

// Comparing runs its filters and opens what it names: neither that nor the editor comes before somebody has said yes.
void TestMainFiles::aJobPutIntoTheWorkspaceAsksForTrust()
{
    const person::Watch watch;
    putIn(u"name <> 'draft'"_s);
    QTRY_VERIFY_WITH_TIMEOUT(entry(u"put in"_s), 10'000);
    QVERIFY(pages::selectJob(*m_window, u"put in"_s));
    QVERIFY(pages::panelShows(*m_window, u"This workspace did not write its file"_s));
    for (const Qt::Key key : {Qt::Key_F5, Qt::Key_F9, Qt::Key_F7, Qt::Key_F2}) {
        QVERIFY(pages::press(*m_window, key));
        WAIT_WINDOW(box, u"trustBox"_s);
        QVERIFY(person::shows(*box, u"The job put in was not written by this workspace."_s));
        QVERIFY(person::shows(*box, u"Filter of items: name <> 'draft'"_s));
        QTest::keyClick(box, Qt::Key_Return); // a stray Enter trusts nobody
        QTRY_VERIFY(!box);
        QVERIFY(!entry(u"put in"_s)->running && !entry(u"put in"_s)->planned);
        QVERIFY(!person::window(u"jobDialog"_s) && !person::window(u"checkWindow"_s));
    }

    QSignalSpy settled(m_window.get(), &MainWindow::settled);
    QVERIFY(pages::press(*m_window, Qt::Key_F5));
    WAIT_WINDOW(box, u"trustBox"_s);
    QVERIFY(person::click(*box, u"Trust this job"_s));
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 10'000);
    QVERIFY(pages::panelShows(*m_window, u"2 rows would change in "_s + m_to->settings.database));
    QVERIFY(pages::press(*m_window, Qt::Key_F5)); // with the id that its first reading may have added
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 2, 10'000);

    putIn(u"id > 0"_s); // by hand again: another text
    QTRY_VERIFY_WITH_TIMEOUT(entry(u"put in"_s)->foreign, 10'000);
    QVERIFY(pages::press(*m_window, Qt::Key_F5));
    WAIT_WINDOW(changed, u"trustBox"_s);
    QVERIFY(person::shows(*changed, u"Filter of items: id > 0"_s));
    QTest::keyClick(changed, Qt::Key_Escape);
    QTRY_VERIFY(!changed);
    QCOMPARE(settled.size(), 2);
}

void TestMainFiles::aCopyOfWhatNobodyTrustsIsNotTrusted()
{
    const person::Watch watch;
    putIn(u"id > 0"_s);
    QTRY_VERIFY_WITH_TIMEOUT(entry(u"put in"_s), 10'000);
    QVERIFY(pages::selectJob(*m_window, u"put in"_s));
    QVERIFY(pages::press(*m_window, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier));
    QTRY_VERIFY_WITH_TIMEOUT(entry(u"put in, copy"_s), 10'000);
    QVERIFY(entry(u"put in, copy"_s)->foreign);
    QVERIFY(pages::selectJob(*m_window, u"put in, copy"_s));
    QVERIFY(pages::press(*m_window, Qt::Key_E, Qt::ControlModifier)); // disabled, and enabled again
    QTRY_VERIFY(!entry(u"put in, copy"_s)->settings->enabled);
    QVERIFY(entry(u"put in, copy"_s)->foreign);
}

void TestMainFiles::whatTheWindowWroteIsTrusted()
{
    const person::Watch watch;
    ConnectionSettings from = m_from->settings, to = m_to->settings;
    from.name = u"shop"_s;
    to.name = u"copy"_s;
    QVERIFY(pages::addConnection(*m_window, from));
    QVERIFY(pages::addConnection(*m_window, to));
    QVERIFY(pages::addJob(*m_window, {u"mine"_s, u"shop"_s, u"copy"_s}));
    QVERIFY(!entry(u"mine"_s)->foreign);
    QVERIFY(pages::compare(*m_window));
    QVERIFY(pages::press(*m_window, Qt::Key_E, Qt::ControlModifier));
    QTRY_VERIFY(!entry(u"mine"_s)->settings->enabled);
    QTRY_VERIFY(!entry(u"mine"_s)->foreign);
}

void TestMainFiles::manyFactsStayOnScreen()
{
    writeJob(u"name <> 'draft'"_s, 300);
    m_window->openJobFile(m_file);
    WAIT_WINDOW(box, u"trustBox"_s);
    QVERIFY(person::shows(*box, u"… and 290 more"_s));
    QVERIFY(box->height() < 800);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!box);
}

void TestMainFiles::aFileThatIsNoJobSaysSo()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    const person::Watch watch;
    drop({m_file});
    WAIT_WINDOW(box, u"errorBox"_s);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!box);
    QVERIFY(!recent()->isEnabled()); // nothing to come back to
}

QTEST_MAIN(TestMainFiles)
#include "tst_mainfiles.moc"
