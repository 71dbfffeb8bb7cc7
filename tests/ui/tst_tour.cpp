// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTableView>
#include <QTest>

#include "app/wording/wording.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/previewwindow.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The second sample from the empty window to its undo, by keyboard alone: a silent merge, three conflicts of three
// kinds, and the way back. The UI thread is watched: it never waits.
class TestTour : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theSecondSample();
    void samplesAreResetAndRemoved();
};

void TestTour::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

// The key goes where a keyboard would send it.
static void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QWidget *to = QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow();
    QVERIFY(to);
    QTest::keyClick(to, key, modifiers);
}

static bool isActive(const QWidget *window)
{
    return QTest::qWaitFor([&] { return window && window->isActiveWindow(); }, 30'000);
}

// Tab by Tab to a control, and Space.
static bool tabTo(const QString &name)
{
    for (int tabs = 0; tabs < 60; ++tabs) {
        const QWidget *now = QApplication::focusWidget();
        if (now && now->objectName() == name) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
            return true;
        }
        QTest::keyClick(now ? QApplication::focusWidget() : QApplication::activeWindow(), Qt::Key_Tab);
    }
    qWarning("no way by Tab to %s", qPrintable(name));
    return false;
}

static QString headline(const QWidget &window)
{
    const auto *label = window.findChild<QLabel *>(u"conflictHeadline"_s);
    return label ? label->text() : QString();
}

// What a conflict says in its head decides how it is answered here: one cell, a whole row, a whole row.
static bool answerOne(ConflictWindow &window)
{
    const QString before = headline(window);
    const auto *cells = window.findChild<QTableView *>(u"conflictCells"_s);
    if (!QTest::qWaitFor([&] { return cells->hasFocus() && cells->currentIndex().isValid(); }, 30'000))
        return false;
    if (before.contains(u"products"_s))
        key(Qt::Key_Less);
    else
        key(Qt::Key_Greater, Qt::ControlModifier);
    key(Qt::Key_Return, Qt::ControlModifier);
    return QTest::qWaitFor([&] { return headline(window) != before; }, 30'000);
}

void TestTour::theSecondSample()
{
    const QTemporaryDir folder;
    const person::Watch watch;
    MainWindow::Options options;
    options.folder = folder.filePath(u"workspace"_s);
    options.preferences.language = u"en"_s;
    MainWindow window(options);
    QVERIFY(pages::openWorkspace(window));
    QVERIFY(isActive(&window));
    QSignalSpy ready(&window, &MainWindow::previewReady);
    QVERIFY(tabTo(u"secondSampleButton"_s));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 15'000);
    PreviewWindow *preview = window.preview();
    QVERIFY(preview && isActive(preview));
    QVERIFY(person::shows(*preview, u"3 conflicts, not written"_s));

    // What is no conflict is written, and the merge with it.
    QSignalSpy settled(&window, &MainWindow::settled);
    key(Qt::Key_F9);
    WAIT_WINDOW(confirm, u"confirmDialog"_s);
    QVERIFY(isActive(confirm));
    QTRY_VERIFY(confirm->findChild<AccentButton *>()->isEnabled());
    key(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 15'000);
    WAIT_WINDOW(report, u"reportWindow"_s);
    QTRY_VERIFY(person::button(*report, u"Answer 3 conflicts… (F4)"_s));
    report->activateWindow();
    QVERIFY(isActive(report));
    key(Qt::Key_Escape);

    window.activateWindow();
    QVERIFY(isActive(&window));
    key(Qt::Key_F4);
    WAIT_WINDOW(conflicts, u"conflictWindow"_s);
    QVERIFY(isActive(conflicts));
    auto *answering = qobject_cast<ConflictWindow *>(conflicts.data());
    QVERIFY(answering);
    QTRY_VERIFY(!headline(*answering).isEmpty());
    for (int answers = 0; answers < 2; ++answers)
        QVERIFY2(answerOne(*answering), qPrintable(headline(*answering)));
    answerOne(*answering); // the last: nothing comes after it
    QTRY_VERIFY2(person::shows(*conflicts, u"3 answers"_s), qPrintable(person::texts(*conflicts).join(u" | "_s)));
    settled.clear();
    QVERIFY(tabTo(u"writeAnswers"_s));
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 15'000);
    conflicts->activateWindow();
    QVERIFY(isActive(conflicts));
    key(Qt::Key_Escape);
    QTRY_VERIFY(!conflicts || !conflicts->isVisible());

    // Nothing is left to do.
    window.activateWindow();
    QVERIFY(isActive(&window));
    settled.clear();
    key(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 15'000);
    QVERIFY(pages::panelShows(window, u"Nothing to do. Both sides are equal."_s));

    // And back: the newest run is that of the answers.
    key(Qt::Key_H, Qt::ControlModifier);
    WAIT_WINDOW(history, u"historyWindow"_s);
    QVERIFY(isActive(history));
    const QAbstractButton *undo = history->findChild<QAbstractButton *>(u"undoRun"_s);
    QVERIFY(undo);
    QTRY_VERIFY(undo->isEnabled());
    settled.clear();
    key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 15'000);
    WAIT_WINDOW(back, u"previewWindow"_s);
    QTRY_VERIFY(person::button(*back, u"Put back 3 rows…"_s)
                && person::button(*back, u"Put back 3 rows…"_s)->isEnabled());
    back->activateWindow();
    QVERIFY(isActive(back));
    settled.clear();
    key(Qt::Key_F9);
    WAIT_WINDOW(sure, u"confirmDialog"_s);
    QVERIFY(isActive(sure));
    QTRY_VERIFY(sure->findChild<AccentButton *>()->isEnabled());
    key(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 15'000);
    // What the answers had decided is as it was before them: the three are there to be answered again.
    window.activateWindow();
    QVERIFY(isActive(&window));
    settled.clear();
    key(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 15'000);
    QVERIFY(pages::panelShows(window, u"3 conflicts"_s));
}

void TestTour::samplesAreResetAndRemoved()
{
    const QTemporaryDir folder;
    const person::Watch watch;
    MainWindow::Options options;
    options.folder = folder.filePath(u"workspace"_s);
    options.preferences.language = u"en"_s;
    MainWindow window(options);
    QVERIFY(pages::openWorkspace(window));
    const auto action = [&](const QString &text) -> QAction * {
        for (QAction *one : window.findChildren<QAction *>()) {
            if (person::plain(one->text()) == text)
                return one;
        }
        return nullptr;
    };
    QVERIFY(!action(u"Reset the samples"_s)->isEnabled());
    QSignalSpy ready(&window, &MainWindow::previewReady);
    window.trySample(SampleKind::Tablet);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 15'000);
    window.trySample();
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, 15'000);
    QCOMPARE(window.jobs().rowCount(), 2);
    QTRY_VERIFY(action(u"Reset the samples"_s)->isEnabled());
    action(u"Reset the samples"_s)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(action(u"Remove the samples…"_s)->isEnabled(), 15'000);
    QTRY_COMPARE(window.jobs().rowCount(), 2);
    action(u"Remove the samples…"_s)->trigger();
    WAIT_WINDOW(box, u"removeSamplesBox"_s);
    QVERIFY(person::click(*box, u"Remove"_s));
    QTRY_COMPARE_WITH_TIMEOUT(window.jobs().rowCount(), 0, 15'000);
    QVERIFY(!QFileInfo::exists(options.folder + u"/samples"_s));
}

QTEST_MAIN(TestTour)
#include "tst_tour.moc"
