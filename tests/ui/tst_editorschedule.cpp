// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>

#include "app/wording/wording.h"
#include "tests/ui/support/jobstage.h"
#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "ui/widgets/style.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// When a job runs by itself and what follows its runs, as somebody sets it up.
class TestEditorSchedule : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void kindsSayWhatTheFileSays_data();
    void kindsSayWhatTheFileSays();
    void theNextTimesFollowTheKeys();
    void whatIsWrongLeadsToItsField_data();
    void whatIsWrongLeadsToItsField();
    void daysAndWindowsAreLists();
    void goingBackToNoScheduleLeavesNothing();
    void actionsAreMadeAndMoved();
    void anActionsFaultLeadsToIt();
    void looksGood_data();
    void looksGood();

private:
    static QJsonObject job(const QJsonObject &more = {});
    static void choose(const JobDialog &dialog, int kind);
    static void retype(const JobDialog &dialog, const QString &field, const QString &text);
    static QJsonObject schedule(const JobDialog &dialog)
    {
        return dialog.draft().json().value("schedule"_L1).toObject();
    }
    static QString next(const JobDialog &dialog) { return dialog.findChild<QLabel *>(u"nextTimes"_s)->text(); }
};

void TestEditorSchedule::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

QJsonObject TestEditorSchedule::job(const QJsonObject &more)
{
    QJsonObject job = JobStage::plainJob(u"till"_s, QJsonArray{u"products"_s});
    for (auto it = more.begin(); it != more.end(); ++it)
        job[it.key()] = it.value();
    return job;
}

void TestEditorSchedule::choose(const JobDialog &dialog, int kind)
{
    auto *box = dialog.findChild<QComboBox *>(u"scheduleKind"_s);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int step = 0; step < kind; ++step)
        QTest::keyClick(box, Qt::Key_Down);
}

void TestEditorSchedule::retype(const JobDialog &dialog, const QString &field, const QString &text)
{
    auto *edit = dialog.findChild<QLineEdit *>(field);
    edit->setFocus();
    edit->selectAll();
    if (text.isEmpty())
        QTest::keyClick(edit, Qt::Key_Delete);
    else
        QTest::keyClicks(edit, text);
}

void TestEditorSchedule::kindsSayWhatTheFileSays_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QJsonObject>("said");
    QTest::newRow("every") << 1 << u"schedule.every"_s << u"15m"_s << QJsonObject{{u"every"_s, u"15m"_s}};
    QTest::newRow("daily") << 2 << u"schedule.daily"_s << u"12:30, 08:00"_s
                           << QJsonObject{{u"daily"_s, QJsonArray{u"12:30"_s, u"08:00"_s}}};
    QTest::newRow("cron") << 3 << u"schedule.cron"_s << u"*/15 8-18 * * mon-fri"_s
                          << QJsonObject{{u"cron"_s, u"*/15 8-18 * * mon-fri"_s}};
}

void TestEditorSchedule::kindsSayWhatTheFileSays()
{
    QFETCH(int, kind);
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QJsonObject, said);
    const JobStage stage;
    stage.write(u"till"_s, job());
    const auto dialog = stage.open(u"till"_s);
    editor::page(*dialog, 4);
    choose(*dialog, kind);
    retype(*dialog, field, typed);
    QCOMPARE(schedule(*dialog), said);
    QVERIFY2(next(*dialog).startsWith(u"Next: "_s), qPrintable(next(*dialog)));
    QCOMPARE(next(*dialog).count(u','), 4); // five times
    editor::settle(*dialog);
    QVERIFY(dialog->checks().canSave());
    // As one step back as it took forward.
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(schedule(*dialog) != said);
}

void TestEditorSchedule::theNextTimesFollowTheKeys()
{
    const JobStage stage;
    stage.write(u"till"_s, job({{u"schedule"_s, QJsonObject{{u"cron"_s, u"0 3 * * *"_s}}}}));
    const auto dialog = stage.open(u"till"_s);
    editor::page(*dialog, 4);
    QVERIFY2(next(*dialog).contains(u" 03:00"_s), qPrintable(next(*dialog)));
    retype(*dialog, u"schedule.cron"_s, u"30 4 * *"_s); // not whole yet
    QVERIFY2(next(*dialog).startsWith(u"No next time"_s), qPrintable(next(*dialog)));
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"schedule.cron"_s), u" *"_s);
    QVERIFY2(next(*dialog).contains(u" 04:30"_s), qPrintable(next(*dialog)));
}

void TestEditorSchedule::whatIsWrongLeadsToItsField_data()
{
    QTest::addColumn<QJsonObject>("said");
    QTest::addColumn<QString>("field");
    QTest::newRow("every") << QJsonObject{{u"every"_s, u"soon"_s}} << u"schedule.every"_s;
    QTest::newRow("daily") << QJsonObject{{u"daily"_s, QJsonArray{u"08:00"_s, u"25:00"_s}}} << u"schedule.daily"_s;
    QTest::newRow("cron") << QJsonObject{{u"cron"_s, u"61 * * * *"_s}} << u"schedule.cron"_s;
    QTest::newRow("windows") << QJsonObject{{u"every"_s, u"1h"_s}, {u"windows"_s, QJsonArray{u"22"_s}}}
                             << u"schedule.windows"_s;
    QTest::newRow("alarm") << QJsonObject{{u"every"_s, u"1h"_s}, {u"alarm"_s, u"x"_s}} << u"schedule.alarm"_s;
    QTest::newRow("zone") << QJsonObject{{u"every"_s, u"1h"_s}, {u"zone"_s, u"Mars/Olympus"_s}} << u"schedule.zone"_s;
}

void TestEditorSchedule::whatIsWrongLeadsToItsField()
{
    QFETCH(QJsonObject, said);
    QFETCH(QString, field);
    const JobStage stage;
    stage.write(u"till"_s, job({{u"schedule"_s, said}}));
    const auto dialog = stage.open(u"till"_s);
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    const EditorProblem problem = dialog->checks().problems().first();
    QCOMPARE(problem.page, EditorPage::Schedule);
    QCOMPARE(problem.field, field);
    QVERIFY(!problem.onlyInFile);
    auto *strip = dialog->findChild<QAbstractItemView *>(u"problems"_s);
    strip->setFocus();
    strip->setCurrentIndex(strip->model()->index(0, 1));
    QTest::keyClick(strip, Qt::Key_Return);
    const auto *wanted = dialog->findChild<QWidget *>(field);
    QVERIFY(wanted->isVisible());
    QTRY_VERIFY(wanted->hasFocus() || wanted->isAncestorOf(QApplication::focusWidget()));
}

void TestEditorSchedule::daysAndWindowsAreLists()
{
    const JobStage stage;
    stage.write(u"till"_s, job({{u"schedule"_s, QJsonObject{{u"daily"_s, QJsonArray{u"08:00"_s}}}}}));
    const auto dialog = stage.open(u"till"_s);
    editor::page(*dialog, 4);
    const QList<QCheckBox *> days = dialog->findChild<QWidget *>(u"schedule.days"_s)->findChildren<QCheckBox *>();
    QCOMPARE(days.size(), 7);
    for (int day : {5, 6}) // the weekend
        QVERIFY(person::click(days.at(day)));
    const QJsonArray weekdays{u"mon"_s, u"tue"_s, u"wed"_s, u"thu"_s, u"fri"_s};
    QCOMPARE(schedule(*dialog).value("days"_L1).toArray(), weekdays);
    for (int day : {5, 6})
        QVERIFY(person::click(days.at(day)));
    QVERIFY(!schedule(*dialog).contains("days"_L1)); // every day needs no saying
    retype(*dialog, u"schedule.windows"_s, u"07:00 - 09:00; 22:00-06:00"_s);
    const QJsonArray windows{u"07:00-09:00"_s, u"22:00-06:00"_s};
    QCOMPARE(schedule(*dialog).value("windows"_L1).toArray(), windows);
    retype(*dialog, u"schedule.windows"_s, {});
    QVERIFY(!schedule(*dialog).contains("windows"_L1));
}

void TestEditorSchedule::goingBackToNoScheduleLeavesNothing()
{
    const JobStage stage;
    const QJsonObject before = job();
    stage.write(u"till"_s, before);
    const auto dialog = stage.open(u"till"_s);
    editor::page(*dialog, 4);
    choose(*dialog, 2);
    retype(*dialog, u"schedule.jitter"_s, u"30s"_s);
    choose(*dialog, 1); // another kind keeps what it can say, too
    const QJsonObject every{{u"every"_s, u"1h"_s}, {u"jitter"_s, u"30s"_s}};
    QCOMPARE(schedule(*dialog), every);
    choose(*dialog, 0);
    QVERIFY(!dialog->draft().json().contains("schedule"_L1));
    QVERIFY(!dialog->draft().isChanged());
}

void TestEditorSchedule::actionsAreMadeAndMoved()
{
    const JobStage stage;
    stage.write(u"till"_s, job());
    const auto dialog = stage.open(u"till"_s);
    editor::page(*dialog, 5);
    QVERIFY(person::click(*dialog, u"Add a command"_s));
    auto *program = dialog->findChild<QLineEdit *>(u"actionProgram"_s);
    QVERIFY(program->hasFocus());
    QTest::keyClicks(program, u"notify-send"_s);
    auto *arguments = dialog->findChild<QPlainTextEdit *>(u"actionArguments"_s);
    arguments->setFocus();
    QTest::keyClicks(arguments, u"-u"_s);
    QTest::keyClick(arguments, Qt::Key_Return);
    QTest::keyClicks(arguments, u"it failed; $HOME"_s); // one argument, read by no shell
    const QJsonArray command{u"notify-send"_s, u"-u"_s, u"it failed; $HOME"_s};
    const auto said = [&] { return dialog->draft().json().value("afterRun"_L1).toObject(); };
    QCOMPARE(said().value("failure"_L1).toArray().at(0).toObject().value("command"_L1).toArray(), command);

    QVERIFY(person::click(*dialog, u"Add a web hook"_s));
    retype(*dialog, u"actionUrl"_s, u"https://hooks.example/t"_s);
    const auto *secret = dialog->findChild<QLineEdit *>(u"actionSecret"_s);
    QVERIFY(!secret->isVisible()); // what is not signed has no name to ask for
    QVERIFY(person::choose(*dialog, u"actionSecretKind"_s, u"Of an environment variable"_s));
    QVERIFY(secret->isVisible() && secret->isEnabled());
    retype(*dialog, u"actionSecret"_s, u"HOOK"_s);
    retype(*dialog, u"actionTimeout"_s, u"20s"_s);
    QVERIFY(person::choose(*dialog, u"actionWhen"_s, u"After every run"_s));
    const QJsonObject hook{{u"webhook"_s, u"https://hooks.example/t"_s},
                           {u"secret"_s, QJsonObject{{u"env"_s, u"HOOK"_s}}},
                           {u"timeout"_s, u"20s"_s}};
    QCOMPARE(said().value("always"_L1).toArray(), QJsonArray{hook});
    QCOMPARE(said().value("failure"_L1).toArray().size(), 1);
    const auto *list = dialog->findChild<QListWidget *>(u"actions"_s);
    QCOMPARE(list->count(), 2);
    QCOMPARE(list->currentItem()->text(), u"After every run: posts the report to https://hooks.example/t"_s);
    editor::settle(*dialog);
    QVERIFY2(dialog->checks().canSave(), qPrintable(dialog->checks().problems().value(0).text));

    QVERIFY(person::click(*dialog, u"Remove"_s));
    QVERIFY(person::click(*dialog, u"Remove"_s));
    QVERIFY(!dialog->draft().json().contains("afterRun"_L1));
    QCOMPARE(list->count(), 0);
}

void TestEditorSchedule::anActionsFaultLeadsToIt()
{
    const JobStage stage;
    const QJsonArray failure{QJsonObject{{u"notify"_s, true}}, QJsonObject{{u"webhook"_s, u"ftp://x"_s}}};
    stage.write(u"till"_s, job({{u"afterRun"_s, QJsonObject{{u"failure"_s, failure}}}}));
    const auto dialog = stage.open(u"till"_s);
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QCOMPARE(dialog->checks().problems().first().page, EditorPage::Actions);
    auto *strip = dialog->findChild<QAbstractItemView *>(u"problems"_s);
    strip->setFocus();
    strip->setCurrentIndex(strip->model()->index(0, 1));
    QTest::keyClick(strip, Qt::Key_Return);
    QCOMPARE(dialog->findChild<QListWidget *>(u"actions"_s)->currentRow(), 1);
    QTRY_VERIFY(dialog->findChild<QLineEdit *>(u"actionUrl"_s)->hasFocus());
}

void TestEditorSchedule::looksGood_data() { looks::settings_data(); }

void TestEditorSchedule::looksGood()
{
    looks::use(looks::fetch());
    const JobStage stage;
    const QJsonArray failure{QJsonObject{{u"command"_s, QJsonArray{u"notify-send"_s, u"-u"_s, u"{report}"_s}}},
                             QJsonObject{{u"webhook"_s, u"https://hooks.example/t"_s}}};
    const QJsonObject daily{{u"daily"_s, QJsonArray{u"08:00"_s, u"12:30"_s}},
                            {u"days"_s, QJsonArray{u"mon"_s, u"fri"_s}},
                            {u"zone"_s, u"Europe/Berlin"_s},
                            {u"windows"_s, QJsonArray{u"07:00-18:00"_s}},
                            {u"alarm"_s, u"2d"_s}};
    stage.write(u"till"_s, job({{u"schedule"_s, daily}, {u"afterRun"_s, QJsonObject{{u"failure"_s, failure}}}}));
    QStringList faults;
    {
        const auto dialog = stage.open(u"till"_s);
        editor::page(*dialog, 4);
        faults += looks::shoot(*dialog, u"schedule-daily"_s);
        choose(*dialog, 3);
        faults += looks::shoot(*dialog, u"schedule-cron"_s);
        editor::page(*dialog, 5);
        faults += looks::shoot(*dialog, u"actions-command"_s);
        dialog->findChild<QListWidget *>(u"actions"_s)->setCurrentRow(1);
        faults += looks::shoot(*dialog, u"actions-hook"_s);
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_MAIN(TestEditorSchedule)
#include "tst_editorschedule.moc"
