// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractButton>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "tests/ui/support/jobstage.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/editorchecks.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Two-way jobs in the editor: what decides conflicts can be said, what it does not show is kept.
class TestTwoWayEditor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init() { m_stage = std::make_unique<JobStage>(); }
    void cleanup() { m_stage.reset(); }
    void aFileIsSavedAsItWas();
    void theModeIsChosen();
    void eachSideFindsItsOwnChanges();
    void theNewestNeedsItsColumn();
    void aColumnHasItsMergeRule();
    void modesDropWhatTheyCannotHave_data();
    void modesDropWhatTheyCannotHave();
    void sidesChangePlaces();

private:
    std::unique_ptr<JobStage> m_stage;
};

static QJsonObject parsed(const QByteArray &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    if (object.isEmpty())
        qFatal("not JSON: %s", text.constData());
    return object;
}

void TestTwoWayEditor::aFileIsSavedAsItWas()
{
    const QJsonObject job = parsed(R"({
      "tidemark": 1, "id": "6f1c0e0a-0000-4000-8000-000000000000", "name": "both ways", "source": "Till",
      "target": "Report copy", "mode": "two-way", "checkpoint": "target", "detect": {"by": "hash"},
      "deletes": "propagate", "transaction": "batch",
      "conflicts": {"policy": "newest", "column": {"source": "ordered_at", "target": "ordered_at"}, "margin": "2s",
                    "first": "source"},
      "tables": [{"source": "orders", "conflicts": {"policy": "merge"}, "deletes": "ignore", "keep": "cells",
                  "columns": [{"source": "status", "rule": "target"}, {"source": "customer_id", "rule": "greatest"}]},
                 "customers"]})");
    m_stage->write(u"both ways"_s, job);
    const auto dialog = m_stage->open(u"both ways"_s);
    QSignalSpy saved(dialog.get(), &JobDialog::saved);
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
    for (int number = 1; number <= 4; ++number)
        editor::page(*dialog, number);
    editor::settle(*dialog);
    QCOMPARE(dialog->draft().json(), job);
    QVERIFY(!dialog->isWindowModified());
    QTRY_VERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(saved.wait(30'000));
    person::elsewhere(
        [&] { QCOMPARE(readJsonFile(m_stage->desk()->workspace().jobFile(u"both ways"_s)).value(), job); });
}

void TestTwoWayEditor::theModeIsChosen()
{
    m_stage->write(u"plain"_s, JobStage::plainJob(u"plain"_s, QJsonArray{u"orders"_s}));
    const auto dialog = m_stage->open(u"plain"_s);
    editor::page(*dialog, 1);
    auto *card = dialog->findChild<QAbstractButton *>(u"modeTwoWay"_s);
    QVERIFY(card);
    QTest::mouseClick(card, Qt::LeftButton);
    QCOMPARE(dialog->draft().json().value("mode"_L1).toString(), u"two-way"_s);
    QVERIFY(card->isChecked());
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
    const auto *tabs = dialog->findChild<QTabWidget *>(u"tableTabs"_s);
    QVERIFY(tabs->isTabVisible(1) && tabs->isTabVisible(2));
    editor::page(*dialog, 3);
    QVERIFY(person::field(*dialog, u"conflicts.policy"_s));
    QVERIFY(person::field(*dialog, u"transaction"_s));
    const auto *ways = qobject_cast<QComboBox *>(person::field(*dialog, u"detect.by"_s));
    QVERIFY(ways);
    QVERIFY(ways->findText(u"By a time stamp"_s) >= 0 && ways->findText(u"By a flag"_s) < 0);
    QVERIFY(!person::field(*dialog, u"checkpoint"_s));
    editor::settle(*dialog);
    QTRY_VERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    QVERIFY(dialog->checks().problems().isEmpty());
}

void TestTwoWayEditor::eachSideFindsItsOwnChanges()
{
    QJsonObject job = JobStage::plainJob(u"plain"_s, QJsonArray{u"orders"_s});
    job[u"mode"_s] = u"two-way"_s;
    m_stage->write(u"plain"_s, job);
    const auto dialog = m_stage->open(u"plain"_s);
    editor::page(*dialog, 3);
    const auto detect = [&dialog] { return dialog->draft().json().value("detect"_L1).toObject(); };
    QVERIFY(!person::field(*dialog, u"detect.target.by"_s)); // where both are read whole
    QVERIFY(person::choose(*dialog, u"detect.by"_s, u"By a time stamp"_s));
    QVERIFY(person::type(*dialog, u"detect.column"_s, u"ordered_at"_s));
    const QJsonObject stamped{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"ordered_at"_s}};
    QCOMPARE(detect(), stamped);
    QVERIFY(person::field(*dialog, u"detect.target.by"_s) && !person::field(*dialog, u"detect.target.column"_s));
    QVERIFY(person::choose(*dialog, u"detect.target.by"_s, u"By a version number"_s));
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QCOMPARE(dialog->checks().problems().constFirst().text, u"Choose the column that tells what changed."_s);
    QCOMPARE(dialog->checks().problems().constFirst().field, u"detect.target.column"_s);
    QVERIFY(person::type(*dialog, u"detect.target.column"_s, u"id"_s));
    QVERIFY(person::type(*dialog, u"detect.target.overlap"_s, u"50"_s));
    QJsonObject counted{{u"by"_s, u"version"_s}, {u"column"_s, u"id"_s}, {u"overlap"_s, 50}};
    QCOMPARE(detect(), (QJsonObject{{u"source"_s, stamped}, {u"target"_s, counted}}));
    QTRY_VERIFY(dialog->checks().job() && dialog->checks().job()->tables.value(0).targetDetect);
    QCOMPARE(dialog->checks().job()->tables.at(0).targetDetect->overlap, qint64(50));
    // A table of its own way says it of both sides.
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
    QVERIFY(editor::tab(*dialog, 2));
    QVERIFY(!person::field(*dialog, u"detect.target.by"_s));
    QVERIFY(person::shows(*dialog, u"At the target: By a version number."_s));
    editor::page(*dialog, 3);
    QVERIFY(person::choose(*dialog, u"detect.target.by"_s, u"As the source"_s));
    QCOMPARE(detect(), stamped);
    QVERIFY(person::choose(*dialog, u"detect.by"_s, u"Compare all rows"_s));
    QVERIFY(!person::field(*dialog, u"detect.target.by"_s));
}

void TestTwoWayEditor::theNewestNeedsItsColumn()
{
    QJsonObject job = JobStage::plainJob(u"plain"_s, QJsonArray{u"orders"_s});
    job[u"mode"_s] = u"two-way"_s;
    m_stage->write(u"plain"_s, job);
    const auto dialog = m_stage->open(u"plain"_s);
    editor::page(*dialog, 3);
    QVERIFY(!person::field(*dialog, u"conflicts.column"_s));
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"The newest row wins"_s));
    QVERIFY(person::field(*dialog, u"conflicts.column"_s) && person::field(*dialog, u"conflicts.margin"_s));
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QCOMPARE(dialog->checks().problems().constFirst().text, u"Name the column that tells which row is newer."_s);
    QVERIFY(person::type(*dialog, u"conflicts.column"_s, u"ordered_at"_s));
    QVERIFY(person::type(*dialog, u"conflicts.margin"_s, u"5s"_s));
    QCOMPARE(dialog->draft().json().value("conflicts"_L1).toObject(),
             parsed(R"({"policy": "newest", "column": "ordered_at", "margin": "5s"})"));
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"Merge, ask for the rest"_s));
    // What is of no use any more stays to be seen, and is told of.
    QVERIFY(person::field(*dialog, u"conflicts.column"_s));
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    editor::clear(*dialog, u"conflicts.column"_s);
    editor::clear(*dialog, u"conflicts.margin"_s);
    QVERIFY(!person::field(*dialog, u"conflicts.column"_s));
    QCOMPARE(dialog->draft().json().value("conflicts"_L1).toObject(), parsed(R"({"policy": "merge"})"));
}

void TestTwoWayEditor::aColumnHasItsMergeRule()
{
    QJsonObject job = JobStage::plainJob(u"plain"_s, QJsonArray{u"products"_s});
    job[u"mode"_s] = u"two-way"_s;
    m_stage->write(u"plain"_s, job);
    const auto dialog = m_stage->open(u"plain"_s);
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"products"_s));
    auto *columns = dialog->findChild<QTableView *>(u"columns"_s);
    const auto pick = [columns](const QString &name) {
        for (int row = 0; row < columns->model()->rowCount(); ++row)
            if (columns->model()->index(row, 1).data().toString().startsWith(name))
                columns->setCurrentIndex(columns->model()->index(row, 1));
    };
    QTRY_VERIFY(columns->model()->rowCount() > 2);
    pick(u"name"_s);
    QVERIFY(!person::field(*dialog, u"rule"_s)); // conflicts are asked, not merged
    editor::page(*dialog, 3);
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"Merge, ask for the rest"_s));
    editor::page(*dialog, 2);
    pick(u"name"_s);
    auto *rules = qobject_cast<QComboBox *>(person::field(*dialog, u"rule"_s));
    QVERIFY(rules);
    QCOMPARE(rules->currentText(), u"Ask"_s);
    QVERIFY(rules->findText(u"Both changes added up"_s) < 0); // of texts
    QVERIFY(person::choose(*dialog, u"rule"_s, u"Both texts, the source's first"_s));
    QCOMPARE(editor::table(*dialog, u"products"_s).value("columns"_L1).toArray(),
             (QJsonArray{QJsonObject{{u"source"_s, u"name"_s}, {u"rule"_s, u"concatenate"_s}}}));
    pick(u"id"_s);
    QVERIFY(!person::field(*dialog, u"rule"_s)); // a key is never merged
    pick(u"name"_s);
    QVERIFY(person::choose(*dialog, u"rule"_s, u"Ask"_s));
    QVERIFY(!editor::table(*dialog, u"products"_s).contains("columns"_L1));
}

void TestTwoWayEditor::modesDropWhatTheyCannotHave_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *mode, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QString::fromLatin1(mode) << QByteArray(after);
    };
    row("conflicts of one way",
        R"({"mode": "two-way", "conflicts": {"policy": "newest", "column": "c", "margin": "1s", "first": "ask"}})",
        "mirror", R"({"mode": "mirror"})");
    row("source decides anyhow", R"({"conflicts": {"policy": "source", "first": "ask"}})", "update",
        R"({"mode": "update", "conflicts": {"policy": "source"}})");
    row("one way knows more than one policy",
        R"({"mode": "update", "conflicts": {"policy": "newest", "column": "c", "margin": "1s"},
            "tables": [{"source": "t", "conflicts": {"policy": "ask"}}]})",
        "mirror",
        R"({"mode": "mirror", "conflicts": {"policy": "newest", "column": "c", "margin": "1s"},
            "tables": [{"source": "t", "conflicts": {"policy": "ask"}}]})");
    row("who wins of two is another question", R"({"mode": "update", "conflicts": {"policy": "target"}})", "two-way",
        R"({"mode": "two-way"})");
    row("asking of two is another question",
        R"({"mode": "two-way", "conflicts": {"policy": "ask"}, "tables": [{"source": "t", "conflicts":
            {"policy": "newest", "column": "c"}}]})",
        "update", R"({"mode": "update", "tables": [{"source": "t"}]})");
    row("a merge is not for one way", R"({"conflicts": {"policy": "merge"}})", "update", R"({"mode": "update"})");
    row("a mark at the target needs deletes",
        R"({"mode": "mirror", "deletes": {"soft": {"column": "gone", "deleted": 1, "side": "target"}}})", "update",
        R"({"mode": "update"})");
    row("a mark at the source stays", R"({"mode": "two-way", "tables": [{"source": "t", "deletes": {"soft":
            {"column": "gone", "deleted": 1, "present": 0, "side": "source"}}}]})",
        "mirror", R"({"mode": "mirror", "tables": [{"source": "t", "deletes": {"soft":
            {"column": "gone", "deleted": 1, "side": "source"}}}]})");
    row("rules",
        R"({"mode": "two-way", "tables": [{"source": "t", "columns": [{"source": "a", "rule": "sum"}, {"source": "b", "rule": "sum",
            "target": "c"}], "conflicts": {"policy": "ask"}}]})",
        "update", R"({"mode": "update", "tables": [{"source": "t", "columns": [{"source": "b", "target": "c"}]}]})");
    row("deletes stay", R"({"deletes": "ignore", "tables": [{"source": "t", "deletes": "propagate"}]})", "two-way",
        R"({"mode": "two-way", "deletes": "ignore", "tables": [{"source": "t", "deletes": "propagate"}]})");
    row("what two-way has not",
        R"({"detect": {"by": "version", "column": "v", "scope": "row"}, "checkpoint": "journal", "leftFilter": "delete",
            "tables": [{"source": "t", "detect": {"by": "flag", "column": "f", "pending": 1, "done": 0}}]})",
        "two-way", R"({"mode": "two-way", "tables": [{"source": "t"}]})");
    row("cursors and transactions stay",
        R"({"detect": {"by": "timestamp", "column": "t"}, "transaction": "run", "keyCompare": "1h"})", "two-way",
        R"({"mode": "two-way", "detect": {"by": "timestamp", "column": "t"}, "transaction": "run", "keyCompare": "1h"})");
    row("each side's own stays",
        R"({"detect": {"source": {"by": "log"}, "target": {"by": "timestamp", "column": "t"}}})", "two-way",
        R"({"mode": "two-way", "detect": {"source": {"by": "log"}, "target": {"by": "timestamp", "column": "t"}}})");
    row("logs stay", R"({"detect": {"source": {"by": "log"}}, "tables": [{"source": "t", "detect": {"by": "log"}}]})",
        "two-way",
        R"({"mode": "two-way", "detect": {"by": "log"}, "tables": [{"source": "t", "detect": {"by": "log"}}]})");
    row("a filter is not lost", R"({"tables": [{"source": "t", "where": "a = 1"}]})", "two-way",
        R"({"mode": "two-way", "tables": [{"source": "t", "where": "a = 1"}]})");
}

void TestTwoWayEditor::modesDropWhatTheyCannotHave()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, mode);
    QFETCH(QByteArray, after);
    QCOMPARE(draft::withMode(parsed(before), mode), parsed(after));
}

void TestTwoWayEditor::sidesChangePlaces()
{
    const QJsonObject job = parsed(R"({"source": "A", "target": "B", "mode": "two-way",
        "conflicts": {"policy": "newest", "column": {"source": "a", "target": "b"}, "first": "target"},
        "tables": ["u", {"source": "t", "conflicts": {"policy": "source"},
                         "columns": [{"source": "x", "rule": "source"}, {"source": "y", "target": "z", "rule": "sum"},
                                     {"source": "w", "rule": "target"}]}]})");
    const QJsonObject swapped = parsed(R"({"source": "B", "target": "A", "mode": "two-way",
        "conflicts": {"policy": "newest", "column": {"source": "b", "target": "a"}, "first": "source"},
        "tables": ["u", {"source": "t", "conflicts": {"policy": "target"},
                         "columns": [{"source": "x", "rule": "target"}, {"source": "z", "target": "y", "rule": "sum"},
                                     {"source": "w", "rule": "source"}]}]})");
    QCOMPARE(draft::swapped(job), swapped);
    QCOMPARE(draft::swapped(swapped), job);
    // The column that marks deleted rows stays in its database.
    const QJsonObject marked = parsed(R"({"source": "A", "target": "B", "mode": "mirror", "deletes": {"soft":
        {"column": "gone", "deleted": "y", "present": "n", "side": "target"}}})");
    QCOMPARE(draft::swapped(marked).value("deletes"_L1).toObject(),
             parsed(R"({"soft": {"column": "gone", "deleted": "y", "side": "source"}})"));
    // In a one-way job the source decides, whichever it is.
    const QJsonObject oneWay = parsed(R"({"source": "A", "target": "B", "conflicts": {"policy": "source"}})");
    QCOMPARE(draft::swapped(oneWay).value("conflicts"_L1).toObject(), parsed(R"({"policy": "source"})"));
    // Its column of the newest stays with its side.
    const QJsonObject newest = parsed(R"({"source": "A", "target": "B", "mode": "update", "conflicts": {"policy":
        "newest", "column": {"source": "a", "target": "b"}}})");
    QCOMPARE(draft::swapped(newest).value("conflicts"_L1).toObject(),
             parsed(R"({"policy": "newest", "column": {"source": "b", "target": "a"}})"));
}

QTEST_MAIN(TestTwoWayEditor)
#include "tst_twowayeditor.moc"
