// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "tests/ui/support/jobstage.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The file of a job while it is edited: nothing of it is lost, and nobody else's change either.
class TestJobEditorFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init() { m_stage = std::make_unique<JobStage>(); }
    void cleanup() { m_stage.reset(); }
    void unsavedChangesAreAskedAbout();
    void anotherProgramsChangeIsNotOverwritten();
    void theirsIsLoaded();
    void theirsIsOverwritten();
    void aJobThatIsGoneIsNotSavedUnasked();
    void aRunsIdIsKept();
    void aNameThatIsTakenMeanwhileIsSaid();
    void aSideThatIsLostLosesNothing();
    void aFileThatIsNoJobIsSaid();
    void wrongTypesEverywhereAreSaid();
    void aFileIsSavedAsItWas();

private:
    std::unique_ptr<JobStage> m_stage;
};

void TestJobEditorFile::unsavedChangesAreAskedAbout()
{
    const auto dialog = m_stage->open(u"Till → Report copy"_s);
    QVERIFY(person::type(*dialog, u"description"_s, u"x"_s));
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    QPointer<QMessageBox> box = dialog->findChild<QMessageBox *>(u"unsavedBox"_s);
    QVERIFY(box && dialog->isVisible());
    QVERIFY(person::click(*box, u"Keep editing"_s));
    QVERIFY(dialog->isVisible());
    QCOMPARE(dialog->findChild<QLineEdit *>(u"description"_s)->text(), u"x"_s);
    QTRY_VERIFY(!box);
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    box = dialog->findChild<QMessageBox *>(u"unsavedBox"_s);
    QVERIFY(box && person::click(*box, u"Discard"_s));
    QTRY_VERIFY(!dialog->isVisible());
}

void TestJobEditorFile::anotherProgramsChangeIsNotOverwritten()
{
    m_stage->write(u"j"_s, JobStage::plainJob(u"j"_s, u"*"_s));
    const auto dialog = m_stage->open(u"j"_s);
    QSignalSpy saved(dialog.get(), &JobDialog::saved);
    QJsonObject theirs = JobStage::plainJob(u"j"_s, u"*"_s);
    theirs["parallel"_L1] = 7;
    m_stage->write(u"j"_s, theirs);
    QVERIFY(person::type(*dialog, u"description"_s, u"mine"_s));
    QTRY_VERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    QTest::keyClick(dialog.get(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(dialog->findChild<QMessageBox *>(u"changedBox"_s));
    QVERIFY(saved.isEmpty());
    QVERIFY(person::click(*dialog->findChild<QMessageBox *>(u"changedBox"_s), u"Save as a copy"_s));
    QVERIFY(saved.wait(30'000));
    QCOMPARE(saved.first().first().toString(), u"j (copy)"_s);
    person::elsewhere([this] {
        QCOMPARE(m_stage->desk()->workspace().job(u"j"_s)->parallel, 7);
        QCOMPARE(m_stage->desk()->workspace().job(u"j (copy)"_s)->description, u"mine"_s);
    });
}

// An editor with a change of its own over a file that says otherwise by now, up to its question.
static std::unique_ptr<JobDialog> conflicting(const JobStage &stage)
{
    stage.write(u"j"_s, JobStage::plainJob(u"j"_s, u"*"_s));
    auto dialog = stage.open(u"j"_s);
    QJsonObject theirs = JobStage::plainJob(u"j"_s, u"*"_s);
    theirs["parallel"_L1] = 7;
    stage.write(u"j"_s, theirs);
    if (!person::type(*dialog, u"description"_s, u"mine"_s)
        || !QTest::qWaitFor([&] { return person::button(*dialog, u"Save"_s)->isEnabled(); }, 10'000))
        qWarning("cannot be edited");
    QTest::keyClick(dialog.get(), Qt::Key_S, Qt::ControlModifier);
    if (!QTest::qWaitFor([&] { return dialog->findChild<QMessageBox *>(u"changedBox"_s) != nullptr; }, 10'000))
        qWarning("nothing is asked");
    return dialog;
}

void TestJobEditorFile::theirsIsLoaded()
{
    const auto dialog = conflicting(*m_stage);
    QVERIFY(person::click(*dialog->findChild<QMessageBox *>(u"changedBox"_s), u"Load theirs"_s));
    QTRY_COMPARE(dialog->draft().json().value("parallel"_L1).toInt(), 7);
    QVERIFY(dialog->isVisible() && !dialog->isWindowModified());
    QCOMPARE(dialog->findChild<QLineEdit *>(u"description"_s)->text(), QString());
}

void TestJobEditorFile::theirsIsOverwritten()
{
    const auto dialog = conflicting(*m_stage);
    QSignalSpy saved(dialog.get(), &JobDialog::saved);
    QVERIFY(person::click(*dialog->findChild<QMessageBox *>(u"changedBox"_s), u"Overwrite theirs"_s));
    QVERIFY(saved.wait(30'000));
    person::elsewhere([this] {
        const auto job = m_stage->desk()->workspace().job(u"j"_s);
        QCOMPARE(job->description, u"mine"_s);
        QCOMPARE(job->parallel, 2);
    });
}

void TestJobEditorFile::aJobThatIsGoneIsNotSavedUnasked()
{
    const auto dialog = conflicting(*m_stage);
    QPointer<QMessageBox> box = dialog->findChild<QMessageBox *>(u"changedBox"_s);
    QVERIFY(person::click(*box, u"Cancel"_s));
    QTRY_VERIFY(!box);
    const QString file = m_stage->desk()->workspace().jobFile(u"j"_s);
    person::elsewhere([&] { QVERIFY(QFile::remove(file)); });
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY(dialog->findChild<QMessageBox *>(u"changedBox"_s));
    box = dialog->findChild<QMessageBox *>(u"changedBox"_s);
    // What is edited here stays where theirs cannot be read.
    QVERIFY(person::click(*box, u"Load theirs"_s));
    QTRY_VERIFY(!box && dialog->isEnabled());
    QCOMPARE(dialog->findChild<QLineEdit *>(u"description"_s)->text(), u"mine"_s);
    QVERIFY(dialog->isWindowModified());
    person::elsewhere([&] { QVERIFY(!QFile::exists(file)); });
}

// The id that a run wrote into the file names the job's history.
void TestJobEditorFile::aRunsIdIsKept()
{
    m_stage->write(u"j"_s, JobStage::plainJob(u"j"_s, u"*"_s));
    const auto dialog = m_stage->open(u"j"_s);
    QString id;
    person::elsewhere([&] { id = ensureJobId(m_stage->desk()->workspace().jobFile(u"j"_s)).value(); });
    QSignalSpy saved(dialog.get(), &JobDialog::saved);
    QVERIFY(person::type(*dialog, u"description"_s, u"mine"_s));
    QTRY_VERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(saved.wait(30'000));
    person::elsewhere([&] { QCOMPARE(m_stage->desk()->workspace().job(u"j"_s)->id, id); });
}

void TestJobEditorFile::aNameThatIsTakenMeanwhileIsSaid()
{
    const auto dialog = m_stage->open({});
    QVERIFY(person::choose(*dialog, u"source"_s, u"Till"_s) && person::choose(*dialog, u"target"_s, u"Report copy"_s));
    QVERIFY(person::type(*dialog, u"name"_s, u"mine"_s));
    QTRY_VERIFY(dialog->checks().canSave());
    dialog->setTakenNames({u"mine"_s});
    QTRY_VERIFY(!dialog->checks().canSave());
    QCOMPARE(dialog->checks().problems().first().field, u"name"_s);
    dialog->setTakenNames({});
    QTRY_VERIFY(dialog->checks().canSave());
    // Nobody has told the editor of this one.
    m_stage->write(u"mine"_s, JobStage::plainJob(u"mine"_s, u"*"_s));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY(person::shows(*dialog, u"mine"_s) && dialog->findChild<QWidget *>(u"save"_s)->isEnabled());
    QVERIFY(dialog->isVisible());
    person::elsewhere([this] { QCOMPARE(m_stage->desk()->workspace().job(u"mine"_s)->mode, Mode::Mirror); });
}

void TestJobEditorFile::aSideThatIsLostLosesNothing()
{
    const auto dialog = m_stage->open(u"Till → Report copy"_s);
    editor::settle(*dialog);
    const QString file = m_stage->path(u"samples/report.db"_s);
    person::elsewhere([&] { QVERIFY(QFile::rename(file, file + u".away"_s)); });
    QVERIFY(person::click(*dialog, u"Add and update"_s));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->checks().state() == EditorChecks::State::Unreachable, 10'000);
    auto *again = dialog->findChild<QPushButton *>(u"noticeButton"_s);
    QVERIFY(again->isVisible());
    editor::page(*dialog, 2);
    QCOMPARE(editor::tables(*dialog)->model()->rowCount(), 4); // as they were read
    QVERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    person::elsewhere([&] { QVERIFY(QFile::rename(file + u".away"_s, file)); });
    QVERIFY(person::click(again));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->checks().state() == EditorChecks::State::Checked, 10'000);
    QVERIFY(!again->isVisible());
    QCOMPARE(dialog->draft().json().value("mode"_L1).toString(), u"update"_s);
}

void TestJobEditorFile::aFileThatIsNoJobIsSaid()
{
    person::elsewhere([this] {
        QFile file(m_stage->desk()->workspace().jobFile(u"broken"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"tidemark\": 1, \"name\": ");
    });
    const auto dialog = m_stage->open(u"broken"_s);
    QVERIFY(dialog->findChild<QPushButton *>(u"noticeButton"_s)->isVisible());
    QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
}

void TestJobEditorFile::wrongTypesEverywhereAreSaid()
{
    const QJsonObject job = QJsonDocument::fromJson(R"({
      "tidemark": 1, "name": 5, "description": [], "enabled": "yes", "source": 7, "target": [1], "mode": "sideways",
      "create": "often", "checkpoint": 3, "detect": 9, "deletes": {}, "keyCompare": 1, "guard": "none", "compare": 7,
      "tables": [5, null, [], {"source": {"a": 1}, "target": 3, "key": "id", "columns": {"a": 1}, "where": 4,
                               "detect": {"by": 1, "column": []}, "create": 2}, "orders", "orders"],
      "batch": "x", "transaction": 0, "parallel": "all", "retry": [1], "leftFilter": 1, "onBadRow": []})")
                                .object();
    QVERIFY(!job.isEmpty());
    m_stage->write(u"odd"_s, job);
    const auto dialog = m_stage->open(u"odd"_s);
    QTRY_VERIFY(dialog->checks().problems().size() > 15);
    for (int number = 1; number <= 4; ++number)
        editor::page(*dialog, number);
    // Each leads somewhere, and none of it changes the file.
    auto *strip = dialog->findChild<QListView *>(u"problems"_s);
    strip->setFocus();
    for (int row = 0; row < strip->model()->rowCount(); ++row) {
        strip->setCurrentIndex(strip->model()->index(row, 1));
        QTest::keyClick(strip, Qt::Key_Return);
    }
    QCOMPARE(dialog->draft().json(), job);
    QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
    editor::page(*dialog, 1);
    QVERIFY(person::type(*dialog, u"name"_s, u"odd"_s));
    QVERIFY(person::choose(*dialog, u"source"_s, u"Till"_s) && person::choose(*dialog, u"target"_s, u"Report copy"_s));
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::tables(*dialog)->model()->rowCount() >= 4);
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    QVERIFY(person::click(*dialog->findChild<QMessageBox *>(u"unsavedBox"_s), u"Discard"_s));
}

void TestJobEditorFile::aFileIsSavedAsItWas()
{
    const QJsonObject job = QJsonDocument::fromJson(R"({
      "tidemark": 1, "id": "6f1c0e0a-0000-4000-8000-000000000000", "name": "all keys", "description": "d",
      "enabled": true, "source": "Till", "target": "Report copy", "mode": "mirror", "create": false,
      "checkpoint": "target", "detect": {"by": "timestamp", "column": "ordered_at", "lag": "30s"},
      "deletes": "propagate", "keyCompare": "1d", "guard": {"rows": 1000, "percent": 10},
      "conflicts": {"policy": "source"},
      "compare": {"case": true, "trailingSpaces": true, "floatTolerance": 0, "timePrecision": "auto",
                  "emptyIsNull": false, "json": "canonical"},
      "tables": [{"source": "orders", "target": "orders", "key": ["id"],
                  "columns": [{"source": "status", "target": null},
                              {"source": "ordered_at", "compare": true, "write": true, "rule": null, "zone": null,
                               "zeroDate": "refuse", "mask": null}],
                  "columnsOnly": false, "where": {"source": "id > 0", "target": "id > 0"}, "detect": {"by": "hash"},
                  "leftFilter": "keep", "onBadRow": "skip", "allowNonTransactional": false, "keep": "cells"}],
      "batch": {"rows": 5000, "bytes": "8MiB"}, "transaction": "batch", "parallel": 2,
      "retry": {"attempts": 5, "delay": "1s", "factor": 2, "maxDelay": "60s"},
      "throttle": {"rows": null, "bytes": null}, "undo": {"days": 30, "bytes": "1GiB"}, "schedule": null})")
                                .object();
    QVERIFY(!job.isEmpty());
    m_stage->write(u"all keys"_s, job);
    const auto dialog = m_stage->open(u"all keys"_s);
    QSignalSpy saved(dialog.get(), &JobDialog::saved);
    for (int number = 1; number <= 4; ++number)
        editor::page(*dialog, number);
    editor::settle(*dialog);
    QCOMPARE(dialog->draft().json(), job);
    QVERIFY(!dialog->isWindowModified());
    QTRY_VERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(saved.wait(30'000));
    person::elsewhere(
        [&] { QCOMPARE(readJsonFile(m_stage->desk()->workspace().jobFile(u"all keys"_s)).value(), job); });
}

QTEST_MAIN(TestJobEditorFile)
#include "tst_jobeditorfile.moc"
