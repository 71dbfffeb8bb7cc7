// SPDX-License-Identifier: GPL-3.0-or-later
// How long the conflict window's event loop is ever blocked while many open conflicts are listed, filtered, walked and
// answered in bulk: bench_conflicts [CONFLICTS]. Prints, asserts nothing. QT_QPA_PLATFORM chooses another screen.
#include <cstdio>
#include <functional>

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QThread>

#include "app/wording/wording.h"
#include "tests/bench/heartbeat.h"
#include "tests/ui/support/conflictstage.h"
#include "ui/conflicts/answersdialog.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/widgets/background.h"
#include "ui/widgets/style.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

constexpr int quietBeats = 40; // without anything in the background: what was wished has been done and shown

// Steps of a person, each within a turn of the event loop as a key would be, and what each of them blocked.
class Walk
{
public:
    void step(const char *what, const std::function<void()> &act)
    {
        m_heart.reset();
        turn(act);
        settle();
        m_heart.print(what);
        m_longest = std::max(m_longest, m_heart.longestOwn());
    }
    void typing(const char *what, QWidget *field, const QString &text)
    {
        m_heart.reset();
        for (const QChar letter : text)
            turn([field, letter] { QTest::keyClick(field, letter.toLatin1()); });
        settle();
        m_heart.print(what);
        m_longest = std::max(m_longest, m_heart.longestOwn());
    }
    void keys(const char *what, QWidget *field, Qt::Key key, int times)
    {
        m_heart.reset();
        for (int time = 0; time < times; ++time)
            turn([field, key] { QTest::keyClick(field, key); });
        settle();
        m_heart.print(what);
        m_longest = std::max(m_longest, m_heart.longestOwn());
    }
    double longest() const { return m_longest; }

private:
    static void turn(const std::function<void()> &act)
    {
        QEventLoop loop;
        QTimer::singleShot(0, &loop, [&] {
            act();
            QTimer::singleShot(0, &loop, &QEventLoop::quit);
        });
        loop.exec();
    }
    static void settle()
    {
        QEventLoop loop;
        QTimer look;
        int quiet = 0;
        QObject::connect(&look, &QTimer::timeout, &loop, [&] {
            quiet = backgroundPool().activeThreadCount() == 0 ? quiet + 1 : 0;
            if (quiet == quietBeats)
                loop.quit();
        });
        look.start(1);
        loop.exec();
    }

    Heartbeat m_heart;
    double m_longest = 0;
};

// Six kinds of conflicts over three tables, one of 40 columns.
void meet(ConflictStage &stage, int count)
{
    stage.addTable(u"products"_s, {u"id integer"_s, u"name"_s, u"price decimal 2"_s, u"stock integer"_s});
    stage.addTable(u"customers"_s, {u"id integer"_s, u"name"_s, u"phone"_s, u"changed timestamp"_s});
    QStringList wide{u"id integer"_s}, cells;
    for (int column = 1; column < 40; ++column) {
        wide << u"c%1"_s.arg(column);
        cells << u"v%1"_s.arg(column);
    }
    stage.addTable(u"wide"_s, wide);
    const QString row = cells.join(u'|');
    QString left = row, right = row;
    left.replace(u"v7|"_s, u"s7|"_s).replace(u"v30|"_s, u"s30|"_s);
    right.replace(u"v7|"_s, u"t7|"_s).replace(u"v30|"_s, u"t30|"_s);
    for (int i = 1; i <= count; ++i) {
        const QString id = QString::number(i) + u'|';
        const QString name = u"名称 %1|"_s.arg(i * 7919 % 10'000);
        if (i % 10 == 0)
            stage.meet(u"wide"_s, id + row, id + left, id + right);
        else if (i % 10 == 1)
            stage.meet(u"customers"_s, id + name + u"555-1|2024-01-01 00:00:00"_s, {},
                       id + name + u"555-2|2024-01-02 00:00:00"_s);
        else if (i % 10 == 2)
            stage.meet(u"customers"_s, {}, id + name + u"555-1|2024-01-01 00:00:00"_s,
                       id + name + u"555-2|2024-01-02 00:00:00"_s);
        else
            stage.meet(u"products"_s, id + name + u"1.00|5"_s, id + name + u"1.50|5"_s, id + name + u"1.60|6"_s);
    }
    stage.flush();
}

void choose(QWidget &window, const QString &box, int index)
{
    window.findChild<QComboBox *>(box)->setCurrentIndex(index);
}

void walk(Walk &steps, ConflictStage &stage, int count)
{
    std::unique_ptr<ConflictWindow> window;
    steps.step("opening", [&] {
        window = std::make_unique<ConflictWindow>(stage.desk(), stage.job());
        window->show();
    });
    auto *list = window->findChild<QAbstractItemView *>(u"conflictList"_s);
    auto *cells = window->findChild<QWidget *>(u"conflictCells"_s);
    auto *filter = window->findChild<QLineEdit *>(u"conflictFilter"_s);
    if (list->model()->rowCount() != count)
        qFatal("%d conflicts are listed", list->model()->rowCount());
    steps.keys("300 pages down", list, Qt::Key_PageDown, 300);
    steps.keys("300 rows up", list, Qt::Key_Up, 300);
    steps.step("to the end by the bar",
               [&] { list->verticalScrollBar()->setValue(list->verticalScrollBar()->maximum()); });
    steps.typing("filtering, key by key", filter, u"prod 99"_s);
    steps.keys("taking the text back", filter, Qt::Key_Backspace, 7);
    for (const QString &box : {u"conflictTables"_s, u"conflictKinds"_s, u"conflictStates"_s}) {
        steps.step("filtering by a box", [&] { choose(*window, box, 1); });
        steps.step("and no more", [&] { choose(*window, box, 0); });
    }
    steps.step("read anew", [&] { window->reload(); });

    // The products, of which seven tenths are alike.
    steps.typing("filtering by a table's name", filter, u"products"_s);
    steps.step("to the first of them", [&] { QTest::keyClick(list, Qt::Key_Home); });
    steps.step("taking the target's row", [&] { QTest::keyClick(cells, Qt::Key_Greater, Qt::ControlModifier); });
    const auto dialog = [&] {
        auto *found = window->findChild<AnswersDialog *>();
        if (found == nullptr)
            qFatal("the answers are not shown");
        return found;
    };
    const auto proposed = [&] { return dialog()->findChild<QAbstractItemView *>(u"proposed"_s); };
    const auto give = [&] { dialog()->findChild<QPushButton *>(u"answerThese"_s)->click(); };
    steps.step("same for similar: shown", [&] { window->findChild<QPushButton *>(u"similar"_s)->click(); });
    const int similar = proposed()->model()->rowCount();
    steps.keys("walked", proposed(), Qt::Key_PageDown, 50);
    steps.step("given", give);
    steps.step("no filter", [&] { filter->clear(); });
    steps.step("a policy: shown", [&] { window->findChild<QPushButton *>(u"policies"_s)->click(); });
    auto *const policy = dialog()->findChild<QComboBox *>(u"policy"_s);
    steps.step("another policy", [&] { policy->setCurrentIndex(policy->count() - 1); });
    const int judged = proposed()->model()->rowCount();
    steps.step("given", give);
    const auto undo = [&] { QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier); };
    steps.step("taken back", undo);
    steps.step("both taken back", undo);
    steps.step("given again",
               [&] { QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); });
    qint64 answered = 0;
    QThread *reader = QThread::create([&] {
        for (const Conflict &conflict : stage.conflicts())
            answered += conflict.state == ConflictState::Answered ? 1 : 0;
    });
    reader->start();
    reader->wait();
    delete reader;
    steps.step("closing", [&] { window.reset(); });
    std::printf("answered alike: %d, by a policy: %d, in the end: %lld; longest by its own work: %.1f ms\n", similar,
                judged, static_cast<long long>(answered), steps.longest());
    if (answered != similar || similar + judged != count)
        qFatal("not everything was answered");
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 10'000;
    std::printf("%d open conflicts, %s, %d cores\n", count, qPrintable(QGuiApplication::platformName()),
                QThread::idealThreadCount());
    ConflictStage stage;
    if (!stage.isReady() || count < 1000)
        return 1;
    meet(stage, count);
    Walk steps;
    walk(steps, stage, count);
    return 0;
}
