// SPDX-License-Identifier: GPL-3.0-or-later
// The history of a workspace that has been used for years: ten thousand runs in a real journal, listed, filtered and
// walked through while the UI thread waits for nothing.
#include <QTest>

#include <QApplication>
#include <QComboBox>
#include <QJsonDocument>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QThreadPool>

#include <sqlite3.h>

#include "app/wording/wording.h"
#include "core/journal/fileformat.h"
#include "core/journal/reportjson.h"
#include "tests/bench/heartbeat.h"
#include "tests/ui/support/person.h"
#include "ui/history/historychart.h"
#include "ui/history/historyruns.h"
#include "ui/history/historywindow.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

constexpr int count = 10'000;

RunReport runOf(int number)
{
    RunReport run;
    run.run = u"2026-%1"_s.arg(number, 6, 10, QChar(u'0'));
    run.job = number % 2 ? u"Till → Report copy"_s : u"Till ↔ Tablet"_s;
    run.jobId = number % 2 ? u"odd"_s : u"even"_s;
    run.state = number % 7 ? RunState::Completed : RunState::Failed;
    run.startedUs = 1'767'225'600'000'000 + qint64{number} * 900'000'000;
    run.finishedUs = run.startedUs + 1'500'000 + number;
    for (const QString &name : {u"customers"_s, u"products"_s, u"orders"_s, u"order_lines"_s}) {
        TableReport table;
        table.source = table.target = name;
        table.toTarget.updates = number % 13;
        run.tables << table;
    }
    return run;
}

// As Journal::finishRun() writes them, in a single transaction.
bool fill(const QString &file)
{
    sqlite3 *db = nullptr;
    if (sqlite3_open_v2(file.toUtf8().constData(), &db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
        return false;
    sqlite3_stmt *insert = nullptr;
    bool good = sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr) == SQLITE_OK
        && sqlite3_prepare_v2(db,
                              "INSERT INTO runs (run, job_id, job, started_us, pid, boot, start_tick, report, checksum)"
                              " VALUES (?, ?, ?, ?, 0, '', 0, ?, ?)",
                              -1, &insert, nullptr)
            == SQLITE_OK;
    for (int number = 1; good && number <= count; ++number) {
        const RunReport run = runOf(number);
        const QByteArray report = QJsonDocument(runReportToJson(run)).toJson(QJsonDocument::Compact);
        const auto bind = [&](int place, const QByteArray &text) {
            sqlite3_bind_text(insert, place, text.constData(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
        };
        bind(1, run.run.toUtf8());
        bind(2, run.jobId.toUtf8());
        bind(3, run.job.toUtf8());
        sqlite3_bind_int64(insert, 4, run.startedUs);
        bind(5, report);
        sqlite3_bind_int64(insert, 6, RecordChecksum().add(run.run).add(report).value());
        good = sqlite3_step(insert) == SQLITE_DONE;
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    good = good && sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(db);
    return good;
}

} // namespace

class TestHistoryMany : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(new TidemarkStyle);
        wording::useLanguage(u"en"_s);
    }
    void cleanup() { QThreadPool::globalInstance()->waitForDone(); }
    void listsFiltersAndWalks();
};

void TestHistoryMany::listsFiltersAndWalks()
{
    const QTemporaryDir folder;
    std::shared_ptr<Desk> desk;
    bool filled = false;
    person::elsewhere([&] {
        const QString workspace = folder.filePath(u"workspace"_s);
        QString journal;
        if (const auto first = Desk::open(workspace, {}).value_or(nullptr))
            journal = first->workspace().journalFile();
        filled = !journal.isEmpty() && fill(journal);
        desk = Desk::open(workspace, {}).value_or(nullptr);
    });
    QVERIFY(filled && desk);
    const person::Watch watch; // no database and no file on this thread
    HistoryWindow window(desk);
    window.show();
    auto *runs = window.findChild<QTableView *>(u"historyRuns"_s);
    Heartbeat heart;
    const auto told = [&heart](const char *what) {
        heart.print(what);
        heart.reset();
    };
    QTRY_VERIFY(runs->model()->rowCount() > 0);
    QCOMPARE(runs->currentIndex().row(), 0); // the newest
    runs->setCurrentIndex(runs->model()->index(5, 0));
    QTRY_COMPARE_WITH_TIMEOUT(runs->model()->rowCount(), count, 30'000);
    QCOMPARE(runs->currentIndex().row(), 5); // stays while the rest arrives
    told("10,000 runs arrive");
    for (int step = 0; step < 100; ++step) {
        QTest::keyClick(runs, Qt::Key_PageDown);
        QCoreApplication::processEvents();
    }
    QTest::keyClick(runs, Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(runs->currentIndex().row(), count - 1);
    told("paging down");
    auto *text = window.findChild<QLineEdit *>(u"historyText"_s);
    QVERIFY(text);
    for (const QChar letter : u"2026-00004"_s) {
        QTest::keyClick(text, letter.toLatin1());
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(runs->model()->rowCount(), 10); // 40 … 49
    told("filtering by text");
    text->clear();
    QVERIFY(person::choose(window, u"historyState"_s, u"Failed"_s));
    QTRY_COMPARE(runs->model()->rowCount(), count / 7);
    QVERIFY(person::choose(window, u"historyJob"_s, u"Till ↔ Tablet"_s));
    QTRY_COMPARE(runs->model()->rowCount(), count / 14);
    told("filtering by state and job");
    QVERIFY(window.findChild<HistoryChart *>()->accessibleDescription().contains(u"Last 30 runs"_s));
    // A run ends meanwhile: the list is read anew, and stays where it is.
    runs->setCurrentIndex(runs->model()->index(3, 0));
    const QString shown = runs->currentIndex().data().toString();
    bool added = false;
    person::elsewhere([&] { added = desk->journal().finishRun(runOf(count + 4)).has_value(); });
    QVERIFY(added);
    window.reload();
    QTRY_COMPARE_WITH_TIMEOUT(window.findChild<HistoryRunsModel *>()->rowCount(), count + 1, 30'000);
    QCOMPARE(runs->currentIndex().data().toString(), shown);
    told("reading anew");
}

QTEST_MAIN(TestHistoryMany)
#include "tst_historymany.moc"
