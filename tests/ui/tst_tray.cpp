// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include "app/wording/wording.h"
#include "core/config/workspace.h"
#include "ui/jobs/jobpanel.h"
#include "ui/tray/autostart.h"
#include "ui/tray/noticebook.h"
#include "ui/tray/trayicon.h"
#include "ui/widgets/style.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

using Need = NoticeBook::Need;

// What the tray shows, whom notifications reach, and how Tidemark starts at login.
class TestTray : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void signsAreSeenOnEveryPanel_data();
    void signsAreSeenOnEveryPanel();
    void signsDifferByShape();
    void signsAreThereInEverySize();
    void theWorstIsShown_data();
    void theWorstIsShown();
    void linesNameTheLastAndTheNext();
    void theMenuLeadsEverywhere();
    void aMenuWithoutNewsHasNoEmptyRow();
    void namesAreShownAsTheyAre();
    void whatIsNotTrustedWaitsForNothingElse();
    void theMenuStaysWhileMinutesPass();
    void nobodyIsToldTwice();
    void whatARunNeeds_data();
    void whatARunNeeds();
    void startAtLoginIsWhatTheFileSays();
    void execLinesAreReadBackAsTheyWere_data();
    void execLinesAreReadBackAsTheyWere();
    void theUnitStartsThisWorkspace();

private:
    static JobEntry job(const QString &name);
    static QAction *action(const QMenu &menu, const QString &text);
};

static constexpr std::array states{TrayState::Error, TrayState::Conflict, TrayState::Running, TrayState::Paused,
                                   TrayState::Idle};
static constexpr qint64 now = 1'764'000'000'000'000; // 2025-11-24 16:00 UTC

void TestTray::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

JobEntry TestTray::job(const QString &name)
{
    JobEntry entry;
    entry.key = u"/jobs/"_s + name;
    entry.name = name;
    JobSettings settings;
    settings.id = name;
    settings.name = name;
    entry.settings = settings;
    return entry;
}

QAction *TestTray::action(const QMenu &menu, const QString &text)
{
    for (QAction *action : menu.actions()) {
        if (QString(action->text()).remove(u'&').contains(text))
            return action;
    }
    qWarning("no entry %s", qPrintable(text));
    return nullptr;
}

static QImage drawn(TrayState state, int size)
{
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    QSvgRenderer(trayIconFile(state)).render(&painter);
    painter.end();
    return image;
}

// Nobody tells a program how dark the panel is: one picture for all of them.
void TestTray::signsAreSeenOnEveryPanel_data()
{
    QTest::addColumn<QRgb>("panel");
    for (const char *panel :
         {"#ffffff", "#f5f6f8", "#ebebeb", "#eff0f1", "#000000", "#15191e", "#1d2228", "#2a2e32", "#303030", "#2d2d2d"})
        QTest::newRow(panel) << QColor(QString::fromLatin1(panel)).rgb();
}

void TestTray::signsAreSeenOnEveryPanel()
{
    QFETCH(QRgb, panel);
    for (const TrayState state : states) {
        const QImage image = drawn(state, 48).convertToFormat(QImage::Format_ARGB32);
        int seen = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QRgb pixel = image.pixel(x, y);
                if (qAlpha(pixel) < 255)
                    continue;
                ++seen;
                QVERIFY2(theme::contrast(pixel, panel) >= 3, qPrintable(trayIconFile(state)));
            }
        }
        QVERIFY(seen > 100);
    }
}

void TestTray::signsDifferByShape()
{
    for (const int size : {16, 22, 24, 32, 48}) {
        QList<QImage> masks;
        for (const TrayState state : states)
            masks += drawn(state, size).convertToFormat(QImage::Format_Alpha8);
        for (qsizetype a = 0; a < masks.size(); ++a) {
            for (qsizetype b = a + 1; b < masks.size(); ++b) {
                int differ = 0;
                for (int y = 0; y < size; ++y) {
                    for (int x = 0; x < size; ++x)
                        differ += (qAlpha(masks.at(a).pixel(x, y)) > 127) != (qAlpha(masks.at(b).pixel(x, y)) > 127);
                }
                QVERIFY2(differ * 100 > size * size * 15, qPrintable(u"%1 %2 at %3"_s.arg(a).arg(b).arg(size)));
            }
        }
    }
}

void TestTray::signsAreThereInEverySize()
{
    for (const TrayState state : states) {
        const QIcon icon = trayIcon(state);
        for (const int size : {16, 22, 24, 32, 48})
            QVERIFY(icon.availableSizes().contains(QSize(size, size)));
    }
}

void TestTray::theWorstIsShown_data()
{
    QTest::addColumn<QString>("jobs");
    QTest::addColumn<bool>("paused");
    QTest::addColumn<TrayState>("state");
    QTest::newRow("nothing") << u""_s << false << TrayState::Idle;
    QTest::newRow("good") << u"good"_s << false << TrayState::Idle;
    QTest::newRow("a run") << u"good running"_s << false << TrayState::Running;
    QTest::newRow("paused without a schedule") << u"good"_s << true << TrayState::Idle;
    QTest::newRow("paused") << u"scheduled"_s << true << TrayState::Paused;
    QTest::newRow("a run while paused") << u"scheduled running"_s << true << TrayState::Running;
    QTest::newRow("conflicts hide a run") << u"running conflicts"_s << false << TrayState::Conflict;
    QTest::newRow("a review hides a run") << u"running review"_s << false << TrayState::Conflict;
    QTest::newRow("a failure hides conflicts") << u"conflicts failed"_s << false << TrayState::Error;
    QTest::newRow("an alarm") << u"good alarm"_s << false << TrayState::Error;
    QTest::newRow("a disabled job's failure does not matter") << u"good disabled"_s << false << TrayState::Idle;
    QTest::newRow("a broken file") << u"broken"_s << false << TrayState::Error;
}

static JobEntry with(JobEntry entry, const QString &kind)
{
    RunReport report;
    report.finishedUs = now;
    if (kind == u"good")
        entry.last = report;
    if (kind == u"running")
        entry.running = Task::Synchronise;
    if (kind == u"conflicts")
        entry.openConflicts = 2;
    if (kind == u"failed" || kind == u"disabled") {
        report.state = RunState::Failed;
        entry.last = report;
    }
    entry.settings->enabled = kind != u"disabled";
    if (kind == u"broken") {
        entry.settings.reset();
        entry.error = Error{ErrorCode::NotJson, {}, {}};
    }
    if (kind == u"scheduled" || kind == u"review" || kind == u"alarm") {
        entry.settings->schedule = ScheduleSettings();
        entry.outlook = JobOutlook();
        entry.outlook->state = kind == u"review" ? JobOutlook::State::WaitsReview : JobOutlook::State::Planned;
        entry.outlook->nextUs = now + 600'000'000;
        entry.outlook->alarmed = kind == u"alarm";
    }
    return entry;
}

void TestTray::theWorstIsShown()
{
    QFETCH(QString, jobs);
    QFETCH(bool, paused);
    QFETCH(TrayState, state);
    QList<JobEntry> entries;
    for (const QString &kind : jobs.split(u' ', Qt::SkipEmptyParts))
        entries += with(job(kind), kind);
    QCOMPARE(trayViewOf(entries, paused, now).state, state);
}

void TestTray::linesNameTheLastAndTheNext()
{
    JobEntry good = with(job(u"good"_s), u"good"_s);
    const JobEntry scheduled = with(job(u"till"_s), u"scheduled"_s);
    TrayIcon tray;
    tray.show(trayViewOf({good, scheduled}, false, now));
    QVERIFY2(tray.icon().toolTip().contains(u"good: Nothing to do. (16:00)"_s), qPrintable(tray.icon().toolTip()));
    QVERIFY(tray.icon().toolTip().contains(u"Next: till, 16:10"_s));
    tray.show(trayViewOf({good, scheduled}, true, now));
    QVERIFY(tray.icon().toolTip().contains(u"The schedule is paused."_s));
    tray.show(trayViewOf({good}, false, now));
    QVERIFY(tray.icon().toolTip().contains(u"Nothing is scheduled."_s));
}

void TestTray::theMenuLeadsEverywhere()
{
    TrayIcon tray;
    JobEntry two = with(job(u"two"_s), u"conflicts"_s);
    tray.show(trayViewOf({with(job(u"one"_s), u"running"_s), two, with(job(u"three"_s), u"scheduled"_s)}, false, now));
    QSignalSpy opened(&tray, &TrayIcon::openRequested), ran(&tray, &TrayIcon::runRequested),
        all(&tray, &TrayIcon::runAllRequested), paused(&tray, &TrayIcon::pauseRequested),
        conflicts(&tray, &TrayIcon::conflictsRequested), history(&tray, &TrayIcon::historyRequested),
        quit(&tray, &TrayIcon::quitRequested);
    const QMenu &menu = tray.menu();
    action(menu, u"Open Tidemark"_s)->trigger();
    action(menu, u"Run all"_s)->trigger();
    action(menu, u"Pause the schedule"_s)->trigger();
    action(menu, u"Answer 2 conflicts"_s)->trigger();
    action(menu, u"History"_s)->trigger();
    action(menu, u"Quit"_s)->trigger();
    QCOMPARE(opened.size() + all.size() + history.size() + quit.size(), 4);
    QCOMPARE(paused.value(0), QVariantList{true});
    QCOMPARE(conflicts.value(0), QVariantList{two.key});
    const QMenu &jobs = *action(menu, u"Run a job"_s)->menu();
    QVERIFY(!action(jobs, u"one (running)"_s)->isEnabled());
    action(jobs, u"three"_s)->trigger();
    QCOMPARE(ran.value(0), QVariantList{u"/jobs/three"_s});
    // Of several jobs: a list.
    JobEntry other = with(job(u"other"_s), u"conflicts"_s);
    tray.show(trayViewOf({two, other}, false, now));
    const QMenu *list = action(menu, u"Answer 4 conflicts"_s)->menu();
    QVERIFY(list);
    action(*list, u"other: 2"_s)->trigger();
    QCOMPARE(conflicts.value(1), QVariantList{other.key});
    // Nothing to pause, nothing to answer.
    tray.show(trayViewOf({job(u"plain"_s)}, false, now));
    QVERIFY(!action(menu, u"Pause the schedule"_s)->isEnabled());
    QVERIFY(!action(menu, u"No open conflicts"_s)->isEnabled());
}

void TestTray::aMenuWithoutNewsHasNoEmptyRow()
{
    TrayIcon tray;
    TrayView view = trayViewOf({job(u"till"_s)}, false, now);
    tray.show(view);
    QVERIFY(action(tray.menu(), u"Nothing is scheduled."_s));
    view.nextLine.clear();
    tray.show(view);
    for (const QAction *entry : tray.menu().actions())
        QVERIFY(entry->isSeparator() || !entry->text().isEmpty());
    QVERIFY(!tray.icon().toolTip().endsWith(u'\n'));
}

void TestTray::namesAreShownAsTheyAre()
{
    TrayIcon tray;
    tray.show(trayViewOf({job(u"R&D <b>"_s)}, false, now));
    const QMenu &jobs = *action(tray.menu(), u"Run a job"_s)->menu();
    QCOMPARE(jobs.actions().first()->text(), u"R&&D <b>"_s);
}

// Progress and age of runs must not close a submenu that somebody has open.
void TestTray::whatIsNotTrustedWaitsForNothingElse()
{
    JobEntry entry = with(job(u"till"_s), u"review"_s);
    JobPanel panel;
    const auto timing = [&] {
        panel.showJob(&entry);
        return panel.findChild<QLabel *>(u"timing"_s)->text();
    };
    QVERIFY2(timing().startsWith(u"Waits for a review\n"_s), qPrintable(timing()));
    entry.foreign = entry.untrusted = true;
    QVERIFY2(!timing().contains(u"review"_s), qPrintable(timing()));
    QVERIFY2(timing().startsWith(u"Waits until its file is trusted"_s), qPrintable(timing()));
}

void TestTray::theMenuStaysWhileMinutesPass()
{
    TrayIcon tray;
    const JobEntry entry = with(job(u"good"_s), u"good"_s);
    tray.show(trayViewOf({entry}, false, now));
    const QAction *before = tray.menu().actions().first();
    JobEntry later = entry;
    later.last->finishedUs += 600'000'000;
    tray.show(trayViewOf({later}, false, now));
    QCOMPARE(tray.menu().actions().first(), before);
    tray.show(trayViewOf({later, job(u"more"_s)}, false, now));
    QVERIFY(action(*action(tray.menu(), u"Run a job"_s)->menu(), u"more"_s));
}

void TestTray::nobodyIsToldTwice()
{
    NoticeBook book;
    const QString key = u"job"_s;
    QVERIFY(!book.isTold(key, Need::None, 0, false)); // a good run by schedule
    QVERIFY(book.isTold(key, Need::None, 0, true)); // one that somebody waits for
    QVERIFY(book.isTold(key, Need::Failure, 0, false));
    for (int minute = 0; minute < 100; ++minute)
        QVERIFY(!book.isTold(key, Need::Failure, 0, false)); // fails every minute
    QVERIFY(book.isTold(key, Need::Failure, 0, true)); // asked for
    QVERIFY(book.isTold(key, Need::Conflicts, 2, false)); // something else
    QVERIFY(!book.isTold(key, Need::Conflicts, 2, false));
    QVERIFY(!book.isTold(key, Need::Conflicts, 1, false));
    QVERIFY(book.isTold(key, Need::Conflicts, 3, false)); // more than before
    QVERIFY(book.isTold(u"another"_s, Need::Conflicts, 3, false));
    QVERIFY(!book.isTold(key, Need::None, 0, false)); // it did better
    QVERIFY(book.isTold(key, Need::Conflicts, 1, false));
}

void TestTray::whatARunNeeds_data()
{
    QTest::addColumn<RunState>("state");
    QTest::addColumn<int>("conflicts");
    QTest::addColumn<int>("deletes");
    QTest::addColumn<Need>("need");
    QTest::addColumn<qint64>("count");
    QTest::newRow("completed") << RunState::Completed << 0 << 0 << Need::None << qint64(0);
    QTest::newRow("cancelled") << RunState::Cancelled << 0 << 0 << Need::None << qint64(0);
    QTest::newRow("busy") << RunState::Busy << 0 << 0 << Need::None << qint64(0);
    QTest::newRow("failed") << RunState::Failed << 3 << 0 << Need::Failure << qint64(0);
    QTest::newRow("conflicts") << RunState::NeedsAttention << 3 << 9 << Need::Conflicts << qint64(3);
    QTest::newRow("deletes") << RunState::NeedsAttention << 0 << 9 << Need::Deletes << qint64(9);
    QTest::newRow("set aside") << RunState::NeedsAttention << 0 << 0 << Need::SetAside << qint64(0);
}

void TestTray::whatARunNeeds()
{
    QFETCH(RunState, state);
    QFETCH(int, conflicts);
    QFETCH(int, deletes);
    RunReport report;
    report.state = state;
    TableReport table;
    table.conflicts = conflicts;
    report.tables << table;
    if (deletes > 0)
        report.attention << Attention{Attention::Kind::Deletes, u"t"_s, deletes};
    QTEST(NoticeBook::needOf(report), "need");
    QTEST(NoticeBook::countOf(report, NoticeBook::needOf(report)), "count");
}

void TestTray::startAtLoginIsWhatTheFileSays()
{
    QTemporaryDir home;
    const QString file = home.filePath(u"autostart/tidemark.desktop"_s);
    QVERIFY(!autostart::isOn(file));
    QVERIFY(autostart::setOn(file, u"/usr/bin/tidemark"_s, Workspace::defaultFolder()));
    QVERIFY(autostart::isOn(file));
    QFile entry(file);
    QVERIFY(entry.open(QIODevice::ReadWrite));
    const QByteArray text = entry.readAll();
    QVERIFY2(text.contains("\nExec=\"/usr/bin/tidemark\" \"--hidden\"\n"), text.constData());
    QVERIFY(text.startsWith("[Desktop Entry]\nType=Application\n"));
    // Switched off by the desktop's own settings.
    for (const QByteArray &off : {QByteArray("Hidden=true\n"), QByteArray("X-GNOME-Autostart-enabled=false\n")}) {
        QVERIFY(entry.resize(0) && entry.seek(0));
        QByteArray said = text;
        said.replace("X-GNOME-Autostart-enabled=true\n", "");
        QVERIFY(entry.write(said + off) > 0 && entry.flush());
        QVERIFY(!autostart::isOn(file));
    }
    QVERIFY(autostart::setOff(file));
    QVERIFY(!QFile::exists(file));
    QVERIFY(autostart::setOff(file)); // nothing to do
    QCOMPARE(QDir(home.filePath(u"autostart"_s)).entryList(QDir::Files | QDir::Hidden).size(), 0);
    // Where nothing can be written it says so.
    QFile blocks(home.filePath(u"blocks"_s));
    QVERIFY(blocks.open(QIODevice::WriteOnly));
    const auto failed = autostart::setOn(home.filePath(u"blocks/tidemark.desktop"_s), u"/x"_s, home.path());
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::FileUnwritable);
    // Another workspace has a file of its own.
    QVERIFY(autostart::fileFor(home.path()) != autostart::fileFor(Workspace::defaultFolder()));
    QVERIFY(autostart::fileFor(Workspace::defaultFolder()).endsWith(u"/autostart/tidemark.desktop"_s));
    QVERIFY(autostart::entry(u"/x"_s, home.path()).contains(home.path().toUtf8()));
}

void TestTray::execLinesAreReadBackAsTheyWere_data()
{
    QTest::addColumn<QString>("argument");
    QTest::newRow("plain") << u"/usr/bin/tidemark"_s;
    QTest::newRow("space") << u"/home/a b/x"_s;
    QTest::newRow("quotes") << u"a\"b'c"_s;
    QTest::newRow("shell") << u"$HOME `id` ; rm"_s;
    QTest::newRow("percent") << u"100%f"_s;
    QTest::newRow("backslash") << u"a\\b\\\\c"_s;
    QTest::newRow("script") << u"苏晓梅"_s;
}

// As the desktop entry specification reads a line.
void TestTray::execLinesAreReadBackAsTheyWere()
{
    QFETCH(QString, argument);
    QString text = autostart::quoted(argument);
    text.replace(u"\\\\"_s, u"\\"_s); // the file's strings
    QVERIFY(text.startsWith(u'"') && text.endsWith(u'"'));
    QString read;
    for (qsizetype at = 1; at < text.size() - 1; ++at) {
        if (text.at(at) == u'\\')
            ++at;
        else
            QVERIFY2(text.at(at) != u'"' && text.at(at) != u'$' && text.at(at) != u'`', qPrintable(text));
        read += text.at(at);
    }
    QCOMPARE(read.replace(u"%%"_s, u"%"_s), argument);
}

void TestTray::theUnitStartsThisWorkspace()
{
    QTemporaryDir home;
    const QString file = home.filePath(u"systemd/user/tidemark-watch.service"_s);
    QVERIFY(autostart::writeUnit(file, u"/opt/100% \"T\"/tidemark-cli"_s, home.path()));
    QFile unit(file);
    QVERIFY(unit.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(unit.readAll());
    QVERIFY2(
        text.contains(
            u"\nExecStart=\"/opt/100%% \\\"T\\\"/tidemark-cli\" \"--workspace\" \"%1\" \"watch\"\n"_s.arg(home.path())),
        qPrintable(text));
    QVERIFY(text.contains(u"KillSignal=SIGTERM"_s) && text.contains(u"WantedBy=default.target"_s));
}

QTEST_MAIN(TestTray)
#include "tst_tray.moc"
