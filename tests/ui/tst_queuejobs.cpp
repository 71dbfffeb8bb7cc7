// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "app/wording/wording.h"
#include "core/config/workspace.h"
#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/ui/support/ownqueue.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/previewwindow.h"
#include "ui/queues/asidewindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Jobs that read a message queue, from the look at what waits to what was set aside, in the window and at real brokers.
class TestQueueJobs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aLookTakesNothing_data() { brokers(); }
    void aLookTakesNothing();
    void whatIsSetAsideComesBack_data() { brokers(); }
    void whatIsSetAsideComesBack();
    void messagesThatChangeNothingAreTaken();

private:
    static void brokers();
    void open(int driver, const QList<std::pair<QByteArray, QByteArray>> &messages);
    QStringList rows();
    OwnQueue::Held held();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Side> m_to;
    std::unique_ptr<OwnQueue> m_queue;
    std::unique_ptr<MainWindow> m_window;
};

void TestQueueJobs::initTestCase()
{
    if (!OwnQueue::isThere())
        QSKIP("TIDEMARK_TEST_REDIS and TIDEMARK_TEST_AMQP are not set");
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

void TestQueueJobs::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_to = std::make_unique<Side>(Driver::Sqlite, m_folder->path(), u"copy"_s);
    m_to->exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, price DECIMAL(8,2) CHECK (price < 100))"_s);
    m_to->exec(u"INSERT INTO items VALUES (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8), (9, 9), (10, 10), "
               u"(11, 11), (12, 12), (13, 13)"_s);
}

void TestQueueJobs::cleanup()
{
    m_window.reset();
    m_queue.reset();
}

void TestQueueJobs::brokers()
{
    QTest::addColumn<int>("driver");
    QTest::newRow("Redis") << static_cast<int>(Driver::Redis);
    QTest::newRow("RabbitMQ") << static_cast<int>(Driver::Amqp);
}

// A job that makes the table as the messages say.
void TestQueueJobs::open(int driver, const QList<std::pair<QByteArray, QByteArray>> &messages)
{
    m_queue = std::make_unique<OwnQueue>(static_cast<Driver>(driver));
    const QString folder = m_folder->filePath(u"workspace"_s);
    ConnectionSettings copy = m_to->settings;
    copy.name = u"Copy"_s;
    const QJsonObject job{{u"tidemark"_s, 1},       {u"name"_s, u"feed job"_s}, {u"source"_s, u"feed"_s},
                          {u"target"_s, u"Copy"_s}, {u"mode"_s, u"mirror"_s},   {u"tables"_s, QJsonArray{u"items"_s}}};
    person::elsewhere([&] {
        (void)m_queue->open(); // made, and bound
        for (const auto &[key, value] : messages)
            m_queue->publish(key, value);
        auto workspace = Workspace::open(folder).value();
        if (!workspace.saveConnection(m_queue->settings) || !workspace.saveConnection(copy) || !workspace.saveJob(job))
            qFatal("not saved");
    });
    MainWindow::Options options;
    options.folder = folder;
    options.preferences.language = u"en"_s;
    options.preferences.trusted = {jobHash(job)};
    m_window = std::make_unique<MainWindow>(options);
    QVERIFY(pages::openWorkspace(*m_window));
}

QStringList TestQueueJobs::rows()
{
    QStringList found;
    person::elsewhere([&] {
        m_to->reconnect();
        found = m_to->rows(u"SELECT id || ':' || price FROM items WHERE id < 5 ORDER BY id"_s);
    });
    return found;
}

OwnQueue::Held TestQueueJobs::held()
{
    OwnQueue::Held held;
    person::elsewhere([&] { held = m_queue->held(); });
    return held;
}

void TestQueueJobs::aLookTakesNothing()
{
    QFETCH(int, driver);
    open(driver,
         {{R"({"id":1})", OwnQueue::event("c", R"({"id":1,"price":"1.50"})")},
          {R"({"id":2})", OwnQueue::event("u", R"({"id":2,"price":"2.50"})")},
          {R"({"id":3})", OwnQueue::event("d", R"({"id":3,"price":"3.00"})")}});
    const person::Watch watch;
    QVERIFY(pages::compare(*m_window));
    PreviewWindow *preview = pages::review(*m_window);
    QVERIFY(preview);
    QVERIFY2(person::shows(*preview, u"3 rows would change in Copy."_s),
             qPrintable(person::texts(*preview).join(u'\n')));
    QVERIFY(person::shows(*preview, u"every message is still in the queue"_s));
    QVERIFY(!person::shows(*preview, u"equal"_s));
    const auto *tables = preview->findChild<QTableView *>(u"planTables"_s);
    QVERIFY(tables);
    QStringList cells;
    for (int column = 0; column < tables->model()->columnCount(); ++column)
        cells << tables->model()->index(0, column).data().toString();
    QVERIFY2(cells.contains(u"not read"_s), qPrintable(cells.join(u'|'))); // never "identical"
    // Nothing of it can be left out.
    QTest::keyClick(preview->focusWidget(), Qt::Key_Space);
    QTRY_VERIFY2(person::shows(*preview, u"no row of it can be skipped."_s),
                 qPrintable(person::texts(*preview).join(u'\n')));
    QVERIFY(held() == OwnQueue::Held({3, 0}));
    QCOMPARE(rows(), (QStringList{u"2:2"_s, u"3:3"_s, u"4:4"_s}));

    QVERIFY(pages::synchronise(*m_window, *preview));
    QCOMPARE(rows(), (QStringList{u"1:1.5"_s, u"2:2.5"_s, u"4:4"_s}));
    QVERIFY(held() == OwnQueue::Held({0, 0}));
}

void TestQueueJobs::whatIsSetAsideComesBack()
{
    QFETCH(int, driver);
    open(driver,
         {{R"({"id":1})", OwnQueue::event("c", R"({"id":1,"price":"1.50"})")},
          {R"({"id":2})", OwnQueue::event("u", R"({"id":2,"price":"much"})")}});
    const person::Watch watch;
    QVERIFY(pages::compare(*m_window));
    PreviewWindow *preview = pages::review(*m_window);
    QVERIFY(preview);
    QSignalSpy settled(m_window.get(), &MainWindow::settled);
    QVERIFY(pages::press(*preview, Qt::Key_F9));
    WAIT_WINDOW(confirm, u"confirmDialog"_s);
    QTRY_VERIFY_WITH_TIMEOUT(person::button(*confirm, u"Synchronise"_s)->isEnabled(), 30'000);
    QTest::keyClick(confirm, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty(), 30'000);
    QVERIFY(held() == OwnQueue::Held({0, 1}));
    // From the panel, or from the report.
    WAIT_WINDOW(report, u"reportWindow"_s);
    QVERIFY(person::button(*report, u"Messages set aside…"_s));
    QVERIFY(person::button(*m_window, u"Messages set aside…"_s));
    QVERIFY(person::click(*report, u"Messages set aside…"_s));
    WAIT_WINDOW(aside, u"asideWindow"_s);
    QVERIFY(!aside->isModal());
    const auto *window = qobject_cast<AsideWindow *>(aside.data());
    QTRY_VERIFY_WITH_TIMEOUT(!window->isBusy(), 30'000);
    QVERIFY2(person::shows(*aside, u"public.items"_s)
                 || aside->findChild<QTableView *>(u"asideMessages"_s)->model()->rowCount() == 1,
             qPrintable(person::texts(*aside).join(u'\n')));
    QVERIFY(person::click(aside->findChild<QPushButton *>(u"asideSend"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(!window->isBusy(), 30'000);
    QCOMPARE(held().aside, 0);
}

void TestQueueJobs::messagesThatChangeNothingAreTaken()
{
    open(static_cast<int>(Driver::Redis), {{R"({"id":4})", OwnQueue::event("u", R"({"id":4,"price":"4.00"})")}});
    const person::Watch watch;
    QVERIFY(pages::compare(*m_window));
    PreviewWindow *preview = pages::review(*m_window);
    QVERIFY(preview);
    QVERIFY2(person::shows(*preview, u"No change that waits now would be written to Copy."_s),
             qPrintable(person::texts(*preview).join(u'\n')));
    QSignalSpy settled(m_window.get(), &MainWindow::settled);
    QVERIFY(pages::press(*preview, Qt::Key_F9));
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty(), 30'000);
    QVERIFY(held() == OwnQueue::Held({0, 0}));
}

QTEST_MAIN(TestQueueJobs)
#include "tst_queuejobs.moc"
