// SPDX-License-Identifier: GPL-3.0-or-later
// Which edits of a job want somebody to look again, and what is trusted.

#include <functional>

#include <QTemporaryDir>
#include <QTest>

#include "core/schedule/review.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

using Edit = std::function<void(JobSettings &)>;

JobSettings someJob()
{
    JobSettings job;
    job.id = u"6f1c0e0a-0000-4000-8000-000000000001"_s;
    job.name = u"j"_s;
    job.source.name = u"shop"_s;
    job.source.database = u"/a.db"_s;
    job.target.name = u"copy"_s;
    job.target.database = u"/b.db"_s;
    // No connection is all of it at once; what counts of each is seen by its own members.
    QueueSettings queue;
    queue.stream = u"a"_s;
    job.source.queue = std::make_shared<const QueueSettings>(queue);
    HttpSettings service;
    service.url = u"https://a.example"_s;
    service.resources.emplaceBack();
    service.resources.first().path = u"/orders"_s;
    job.target.http = std::make_shared<const HttpSettings>(service);
    for (const QString &name : {u"orders"_s, u"lines"_s}) {
        JobTable table;
        table.source.name = name;
        job.tables.append(table);
    }
    return job;
}

} // namespace

Q_DECLARE_METATYPE(Edit)

class TestReview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void edits_data();
    void edits();
    void allTablesAreOneSubject();
    void isKeptByJob();
    void whatCounts_data();
    void whatCounts();
    void trust();
    void bytesAreChecked();
};

void TestReview::edits_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<bool>("stays"); // reviewed
    const auto row = [](const char *name, bool stays, const Edit &edit) { QTest::newRow(name) << edit << stays; };
    row("nothing", true, [](JobSettings &) {});
    row("name", true, [](JobSettings &j) { j.name = u"k"_s; });
    row("description", true, [](JobSettings &j) { j.description = u"k"_s; });
    row("schedule", true, [](JobSettings &j) { j.schedule = ScheduleSettings(); });
    row("batches", true, [](JobSettings &j) { j.batch.rows = 1; });
    row("retries", true, [](JobSettings &j) { j.retry.attempts = 1; });
    row("throttle", true, [](JobSettings &j) { j.throttle.rows = 1; });
    row("undo", true, [](JobSettings &j) { j.undo.days = 1; });
    row("switched off", true, [](JobSettings &j) { j.enabled = false; });
    row("another password", true, [](JobSettings &j) { j.source.password.kind = PasswordSource::Kind::Env; });
    row("another user", true, [](JobSettings &j) { j.target.user = u"u"_s; });
    row("what follows", true, [](JobSettings &j) { j.afterRun.failure.append(AfterRunAction()); });
    row("one table less", true, [](JobSettings &j) { j.tables.removeLast(); });
    row("tables in another order", true, [](JobSettings &j) { j.tables.swapItemsAt(0, 1); });
    row("a lower guard", true, [](JobSettings &j) { j.tables[0].guard.rows = 10; });
    row("a higher guard", false, [](JobSettings &j) { j.tables[0].guard.rows = 1001; });
    row("a higher share", false, [](JobSettings &j) { j.tables[1].guard.percent = 10.5; });
    row("another source", false, [](JobSettings &j) { j.source.database = u"/c.db"_s; });
    row("another target", false, [](JobSettings &j) { j.target.host = u"h"_s; });
    row("behind another SSH server", false, [](JobSettings &j) { j.target.ssh = SshSettings{u"h"_s, 22, {}, {}}; });
    const auto ofService = [](JobSettings &j, const std::function<void(HttpSettings &)> &change) {
        HttpSettings service = *j.target.http;
        change(service);
        j.target.http = std::make_shared<const HttpSettings>(service);
    };
    row("a service asked more slowly", true,
        [=](JobSettings &j) { ofService(j, [](HttpSettings &service) { service.inFlight = 1; }); });
    row("another service", false,
        [=](JobSettings &j) { ofService(j, [](HttpSettings &service) { service.url = u"https://b.example"_s; }); });
    row("records of another place", false,
        [=](JobSettings &j) { ofService(j, [](HttpSettings &service) { service.resources[0].path = u"/all"_s; }); });
    row("another stream", false, [](JobSettings &j) {
        QueueSettings queue = *j.source.queue;
        queue.stream = u"b"_s;
        j.source.queue = std::make_shared<const QueueSettings>(queue);
    });
    row("mode", false, [](JobSettings &j) { j.mode = Mode::Mirror; });
    row("one table more", false, [](JobSettings &j) {
        j.tables.append(j.tables[0]);
        j.tables[2].source.name = u"more"_s;
    });
    row("all tables", false, [](JobSettings &j) { j.allTables = true; });
    row("another table", false, [](JobSettings &j) { j.tables[0].source.name = u"o"_s; });
    row("its target", false, [](JobSettings &j) { j.tables[0].target = TableName{{}, u"o"_s}; });
    row("key", false, [](JobSettings &j) { j.tables[0].rules.key = {u"id"_s}; });
    row("a column", false, [](JobSettings &j) {
        j.tables[0].rules.columns.append(ColumnRule());
        j.tables[0].rules.columns[0].source = u"c"_s;
    });
    row("a filter", false, [](JobSettings &j) { j.tables[0].whereSource = u"a > 1"_s; });
    row("detection", false, [](JobSettings &j) { j.tables[0].detect.by = DetectBy::Log; });
    row("deletes", false, [](JobSettings &j) { j.tables[0].deletes = DeletePolicy::Propagate; });
    row("conflicts", false, [](JobSettings &j) { j.tables[0].conflicts.policy = ConflictPolicy::Target; });
    row("create", false, [](JobSettings &j) { j.tables[0].create = true; });
    row("bad rows", false, [](JobSettings &j) { j.tables[0].onBadRow = OnBadRow::Stop; });
}

void TestReview::edits()
{
    QFETCH(const Edit, edit);
    QFETCH(const bool, stays);
    JobSettings job = someJob();
    const ReviewSubject before = reviewSubject(job);
    edit(job);
    QCOMPARE(reviewSubject(job).isCoveredBy(before), stays);
}

void TestReview::allTablesAreOneSubject()
{
    JobSettings job = someJob();
    job.tables.clear();
    job.allTables = true;
    const ReviewSubject before = reviewSubject(job);
    QCOMPARE(before.tables.size(), 1);
    job.defaults.create = true;
    QVERIFY(!reviewSubject(job).isCoveredBy(before));
}

void TestReview::isKeptByJob()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"journal.db"_s);
    auto journal = std::move(*Journal::open(file));
    JobSettings job = someJob();
    QVERIFY(!isReviewed(*journal, job).value());
    QVERIFY(keepReview(*journal, job, ReviewedBy::Preview, u"run 1"_s, 1));
    journal = std::move(*Journal::open(file));
    QVERIFY(isReviewed(*journal, job).value());
    const JobSettings reviewed = job;
    job.mode = Mode::Mirror;
    QVERIFY(!isReviewed(*journal, job).value());
    QVERIFY(keepReview(*journal, job, ReviewedBy::Run, u"run 2"_s, 2));
    QVERIFY(isReviewed(*journal, job).value());
    QVERIFY(isReviewed(*journal, reviewed).value()); // back to what was seen before
    QCOMPARE(journal->reviews(job.id).value().first().how, u"run"_s);
    JobSettings other = job;
    other.id = u"another"_s;
    QVERIFY(!isReviewed(*journal, other).value());
    QVERIFY(journal->removeJob(job.id));
    QVERIFY(!isReviewed(*journal, job).value());
}

void TestReview::whatCounts_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("faulty"); // a table
    QTest::addColumn<bool>("undoes");
    QTest::addColumn<bool>("counts");
    QTest::newRow("completed") << int(RunState::Completed) << false << false << true;
    QTest::newRow("a person is needed") << int(RunState::NeedsAttention) << false << false << true;
    QTest::newRow("a table failed") << int(RunState::NeedsAttention) << true << false << false;
    QTest::newRow("failed") << int(RunState::Failed) << false << false << false;
    QTest::newRow("cancelled") << int(RunState::Cancelled) << false << false << false;
    QTest::newRow("busy") << int(RunState::Busy) << false << false << false;
    QTest::newRow("a plan") << int(RunState::Planned) << false << false << false;
    QTest::newRow("an undo") << int(RunState::Completed) << false << true << false;
}

void TestReview::whatCounts()
{
    QFETCH(const int, state);
    QFETCH(const bool, faulty);
    QFETCH(const bool, undoes);
    RunReport report;
    report.state = RunState(state);
    report.tables.append(TableReport());
    if (faulty)
        report.tables.first().error = Error{ErrorCode::Timeout, {}, {}};
    if (undoes)
        report.undoes = u"run"_s;
    QTEST(countsAsReview(report), "counts");
}

void TestReview::trust()
{
    const QTemporaryDir folder;
    const auto journal = std::move(*Journal::open(folder.filePath(u"journal.db"_s)));
    JobSettings job = someJob();
    QVERIFY(isTrusted(*journal, job).value()); // nothing to trust
    AfterRunAction action;
    action.kind = AfterRunAction::Kind::Command;
    action.command = {u"true"_s};
    job.afterRun.failure.append(action);
    QVERIFY(!isTrusted(*journal, job).value());
    QVERIFY(keepTrust(*journal, job, 1));
    QVERIFY(isTrusted(*journal, job).value());
    job.description = u"of another"_s;
    job.schedule = ScheduleSettings();
    QVERIFY(isTrusted(*journal, job).value());
    job.afterRun.failure.first().command.append(u"-f"_s);
    QVERIFY(!isTrusted(*journal, job).value());
    job.target.name.clear();
    QVERIFY(keepTrust(*journal, job, 2));
    QVERIFY(isTrusted(*journal, job).value());
    HttpSettings service = *job.target.http;
    service.url = u"https://b.example"_s;
    job.target.http = std::make_shared<const HttpSettings>(service);
    QVERIFY(!isTrusted(*journal, job).value());
    for (const Edit &edit : {Edit([](JobSettings &j) { j.tables[0].whereSource = u"a > 1"_s; }),
                             Edit([](JobSettings &j) { j.source.name.clear(); }),
                             Edit([](JobSettings &j) { j.defaults.whereTarget = u"a > 1"_s; })}) {
        JobSettings foreign = someJob();
        edit(foreign);
        QVERIFY(!isTrusted(*journal, foreign).value());
        QVERIFY(keepTrust(*journal, foreign, 1));
        QVERIFY(isTrusted(*journal, foreign).value());
    }
}

void TestReview::bytesAreChecked()
{
    const ReviewSubject subject = reviewSubject(someJob());
    QVERIFY(ReviewSubject::fromBytes(subject.toBytes()) == std::optional(subject));
    QVERIFY(!ReviewSubject::fromBytes({}));
    QVERIFY(!ReviewSubject::fromBytes(subject.toBytes().chopped(1)));
    QVERIFY(!ReviewSubject::fromBytes(subject.toBytes() + 'x'));
}

QTEST_GUILESS_MAIN(TestReview)
#include "tst_review.moc"
