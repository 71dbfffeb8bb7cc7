// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/support/looks.h"
#include "tests/ui/support/ownqueue.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/engine.h"
#include "ui/queues/asidewindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What a person does with the messages that no run could apply, by key and mouse, at real brokers; the UI thread never
// waits for them.
class TestAsideWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nothingIsAside_data() { brokers(); }
    void nothingIsAside();
    void isEditedAndPutBack_data() { brokers(); }
    void isEditedAndPutBack();
    void severalGoBackAsTheyAre_data() { brokers(); }
    void severalGoBackAsTheyAre();
    void isDroppedOnceItIsAsked_data() { brokers(); }
    void isDroppedOnceItIsAsked();
    void whatWasTypedIsNotLost();
    void somebodyElseWasFaster();
    void aBrokerThatIsSilentIsLeft();
    void looksGood_data() { looks::settings_data(); }
    void looksGood();

private:
    static void brokers();
    std::unique_ptr<AsideWindow> open(const ConnectionSettings &queue);
    void fill(int count, const QByteArray &price);
    static QTableView *table(const QWidget &window) { return window.findChild<QTableView *>(u"asideMessages"_s); }
    static QPlainTextEdit *text(const QWidget &window) { return window.findChild<QPlainTextEdit *>(u"asideText"_s); }
    static QString label(const QWidget &window, const QString &name)
    {
        return window.findChild<QLabel *>(name)->text();
    }
    static QString cell(const QWidget &window, int row, int column)
    {
        return table(window)->model()->index(row, column).data().toString();
    }

    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
    std::unique_ptr<OwnQueue> m_queue;
    std::unique_ptr<person::Watch> m_watch;
};

// Waits until the broker has answered.
#define WAIT_ANSWER(window) QTRY_VERIFY_WITH_TIMEOUT(!(window)->isBusy(), 30'000)

void TestAsideWindow::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    person::elsewhere([this] {
        auto desk = Desk::open(m_folder.filePath(u"workspace"_s), {});
        if (!desk)
            qFatal("no workspace");
        m_desk = *desk;
    });
}

void TestAsideWindow::init()
{
    looks::use({u"en"_s, false, 100});
    m_watch = std::make_unique<person::Watch>();
}

void TestAsideWindow::cleanup()
{
    m_watch.reset();
    m_queue.reset();
}

void TestAsideWindow::brokers()
{
    QTest::addColumn<int>("driver");
    QTest::newRow("Redis") << static_cast<int>(Driver::Redis);
    QTest::newRow("RabbitMQ") << static_cast<int>(Driver::Amqp);
}

std::unique_ptr<AsideWindow> TestAsideWindow::open(const ConnectionSettings &queue)
{
    auto window = std::make_unique<AsideWindow>(m_desk, queue);
    window->show();
    window->activateWindow();
    return window;
}

// Set aside for a price that the target refuses.
void TestAsideWindow::fill(int count, const QByteArray &price)
{
    person::elsewhere([&] {
        for (int id = 1; id <= count; ++id) {
            const QByteArray number = QByteArray::number(id);
            m_queue->publish("{\"id\":" + number + '}',
                             OwnQueue::event("u", "{\"id\":" + number + ",\"price\":" + price + '}'));
        }
        m_queue->setAside(count, u"value-not-kept"_s, u"column: price"_s);
    });
}

#define NEED_BROKERS                                                                                                   \
    if (!OwnQueue::isThere())                                                                                          \
    QSKIP("TIDEMARK_TEST_REDIS and TIDEMARK_TEST_AMQP are not set")

void TestAsideWindow::nothingIsAside()
{
    NEED_BROKERS;
    QFETCH(int, driver);
    m_queue = std::make_unique<OwnQueue>(static_cast<Driver>(driver));
    person::elsewhere([&] { (void)m_queue->open(); }); // makes it
    const auto window = open(m_queue->settings);
    QVERIFY(window->isBusy());
    WAIT_ANSWER(window);
    QCOMPARE(label(*window, u"asideHeadline"_s), u"Nothing is set aside in feed."_s);
    QVERIFY(person::shows(*window, u"What could not be applied would be listed here."_s));
    QVERIFY(!window->findChild<QPushButton *>(u"asideSend"_s)->isEnabled());
    QTest::keyClick(window.get(), Qt::Key_Escape);
    QTRY_VERIFY(!window->isVisible());
}

void TestAsideWindow::isEditedAndPutBack()
{
    NEED_BROKERS;
    QFETCH(int, driver);
    m_queue = std::make_unique<OwnQueue>(static_cast<Driver>(driver));
    fill(1, "\"much\"");
    const auto window = open(m_queue->settings);
    WAIT_ANSWER(window);
    QCOMPARE(table(*window)->model()->rowCount(), 1);
    QCOMPARE(cell(*window, 0, 0), u"public.items"_s);
    QCOMPARE(cell(*window, 0, 1), u"id = 1"_s);
    QVERIFY2(cell(*window, 0, 2).contains(u"column: price"_s), qPrintable(cell(*window, 0, 2)));
    QVERIFY2(text(*window)->toPlainText().contains(u"\"price\": \"much\""_s), qPrintable(text(*window)->toPlainText()));
    QCOMPARE(label(*window, u"asideNote"_s), u"It reads as an update in public.items."_s);

    // What is no event does not go back.
    auto *send = window->findChild<QPushButton *>(u"asideSend"_s);
    QVERIFY(send->isEnabled());
    text(*window)->setFocus();
    QTest::keyClick(text(*window), Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClicks(text(*window), u"x"_s);
    QVERIFY2(label(*window, u"asideNote"_s).startsWith(u"Not a change event:"_s),
             qPrintable(label(*window, u"asideNote"_s)));
    QVERIFY(!send->isEnabled());
    QTest::keyClick(text(*window), Qt::Key_Backspace);
    QVERIFY(send->isEnabled());
    QVERIFY(!window->findChild<QPushButton *>(u"asideUndo"_s)->isEnabled()); // as it came

    // By keys: replaced, and back by Ctrl+Return.
    const QByteArray mended = OwnQueue::event("u", R"({"id":1,"price":"4.20"})");
    QTest::keySequence(text(*window), QKeySequence::SelectAll);
    QTest::keyClicks(text(*window), QString::fromUtf8(mended));
    QCOMPARE(send->text().remove(u'&'), u"Put back as edited"_s);
    QTest::keyClick(text(*window), Qt::Key_Return, Qt::ControlModifier);
    WAIT_ANSWER(window);
    QVERIFY2(label(*window, u"asideStatus"_s).startsWith(u"Back in the queue: 1."_s),
             qPrintable(label(*window, u"asideStatus"_s)));
    QCOMPARE(table(*window)->model()->rowCount(), 0);
    QList<QByteArray> waiting;
    OwnQueue::Held held;
    person::elsewhere([&] {
        held = m_queue->held();
        waiting = m_queue->take(1);
    });
    QCOMPARE(held.aside, 0);
    QCOMPARE(waiting, QList<QByteArray>{mended});
}

void TestAsideWindow::severalGoBackAsTheyAre()
{
    NEED_BROKERS;
    QFETCH(int, driver);
    m_queue = std::make_unique<OwnQueue>(static_cast<Driver>(driver));
    fill(3, "1.50");
    const auto window = open(m_queue->settings);
    WAIT_ANSWER(window);
    QVERIFY2(label(*window, u"asideHeadline"_s).startsWith(u"3 message"_s),
             qPrintable(label(*window, u"asideHeadline"_s)));
    table(*window)->setFocus();
    QTest::keySequence(table(*window), QKeySequence::SelectAll);
    QVERIFY(text(*window)->isReadOnly());
    QVERIFY(person::click(window->findChild<QPushButton *>(u"asideSend"_s)));
    WAIT_ANSWER(window);
    QCOMPARE(table(*window)->model()->rowCount(), 0);
    QList<QByteArray> waiting;
    person::elsewhere([&] { waiting = m_queue->take(3); });
    QCOMPARE(waiting.size(), 3);
    for (int id = 1; id <= 3; ++id) // byte for byte, in the order in which they came
        QCOMPARE(waiting.at(id - 1), OwnQueue::event("u", "{\"id\":" + QByteArray::number(id) + ",\"price\":1.50}"));
}

void TestAsideWindow::isDroppedOnceItIsAsked()
{
    NEED_BROKERS;
    QFETCH(int, driver);
    m_queue = std::make_unique<OwnQueue>(static_cast<Driver>(driver));
    fill(2, "1");
    const auto window = open(m_queue->settings);
    WAIT_ANSWER(window);
    table(*window)->setFocus();
    QTest::keyClick(table(*window), Qt::Key_Delete);
    WAIT_WINDOW(box, u"asideDiscardBox"_s);
    QVERIFY(person::click(*box, u"Keep"_s));
    QTRY_VERIFY(!person::window(u"asideDiscardBox"_s));
    QCOMPARE(table(*window)->model()->rowCount(), 2);
    QVERIFY(person::click(window->findChild<QPushButton *>(u"asideDiscard"_s)));
    WAIT_WINDOW(again, u"asideDiscardBox"_s);
    QVERIFY(person::click(*again, u"Discard"_s));
    WAIT_ANSWER(window);
    QCOMPARE(label(*window, u"asideStatus"_s), u"Dropped: 1."_s);
    QCOMPARE(table(*window)->model()->rowCount(), 1);
    OwnQueue::Held held;
    person::elsewhere([&] { held = m_queue->held(); });
    QVERIFY(held == OwnQueue::Held({0, 1}));
}

void TestAsideWindow::whatWasTypedIsNotLost()
{
    NEED_BROKERS;
    m_queue = std::make_unique<OwnQueue>(Driver::Redis);
    fill(2, "1");
    const auto window = open(m_queue->settings);
    WAIT_ANSWER(window);
    text(*window)->setFocus();
    QTest::keyClick(text(*window), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(text(*window), u" "_s);
    const QString typed = text(*window)->toPlainText();
    table(*window)->selectRow(1);
    QVERIFY(text(*window)->toPlainText() != typed);
    QTest::keyClick(window.get(), Qt::Key_F5); // read again
    WAIT_ANSWER(window);
    table(*window)->selectRow(0);
    QCOMPARE(text(*window)->toPlainText(), typed);
    QTest::keyClick(window.get(), Qt::Key_Escape);
    WAIT_WINDOW(box, u"asideUnsavedBox"_s);
    QVERIFY(person::click(*box, u"Keep editing"_s));
    QTRY_VERIFY(!person::window(u"asideUnsavedBox"_s));
    QVERIFY(window->isVisible());
    QVERIFY(person::click(window->findChild<QPushButton *>(u"asideUndo"_s)));
    QVERIFY(text(*window)->toPlainText() != typed);
    QTest::keyClick(window.get(), Qt::Key_Escape);
    QTRY_VERIFY(!window->isVisible());
}

void TestAsideWindow::somebodyElseWasFaster()
{
    NEED_BROKERS;
    m_queue = std::make_unique<OwnQueue>(Driver::Redis);
    fill(1, "1");
    const auto window = open(m_queue->settings);
    WAIT_ANSWER(window);
    person::elsewhere([&] {
        const auto queue = m_queue->open();
        const auto aside = queue->quarantined(10);
        if (!aside || aside->size() != 1 || !queue->discard(aside->front().id))
            qFatal("it is not dropped");
    });
    QVERIFY(person::click(window->findChild<QPushButton *>(u"asideSend"_s)));
    WAIT_ANSWER(window);
    QCOMPARE(label(*window, u"asideStatus"_s), u"No longer there: 1."_s);
    QCOMPARE(table(*window)->model()->rowCount(), 0);
}

void TestAsideWindow::aBrokerThatIsSilentIsLeft()
{
    OwnQueue nobody(Driver::Redis);
    nobody.settings.host = u"192.0.2.1"_s; // reserved for examples: nobody answers
    nobody.settings.port = 6379;
    nobody.settings.timeoutMs = 600'000;
    const auto window = open(nobody.settings);
    QVERIFY(window->isBusy());
    QVERIFY(person::click(*window, u"Stop"_s));
    WAIT_ANSWER(window);
    QVERIFY(person::button(*window, u"Read again"_s));
    QVERIFY(!label(*window, u"asideStatus"_s).isEmpty());
}

void TestAsideWindow::looksGood()
{
    NEED_BROKERS;
    looks::use(looks::fetch());
    m_queue = std::make_unique<OwnQueue>(Driver::Redis);
    fill(3, "\"much\"");
    QStringList faults;
    const auto window = open(m_queue->settings);
    WAIT_ANSWER(window);
    faults += looks::shoot(*window, u"aside-1-messages"_s);
    text(*window)->setFocus();
    QTest::keyClick(text(*window), Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClicks(text(*window), u"x"_s);
    faults += looks::shoot(*window, u"aside-2-fault"_s);
    QTest::keyClick(text(*window), Qt::Key_Backspace);
    table(*window)->selectAll();
    QVERIFY(person::click(window->findChild<QPushButton *>(u"asideSend"_s)));
    WAIT_ANSWER(window);
    faults += looks::shoot(*window, u"aside-3-back"_s);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_MAIN(TestAsideWindow)
#include "tst_asidewindow.moc"
