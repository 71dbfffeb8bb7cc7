// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <thread>

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include "core/journal/journal.h"
#include "core/journal/sqlitefile.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString job = u"6f1c0e0a"_s;
const QString table = u"orders → orders_copy"_s;

std::unique_ptr<Journal> opened(const QString &file)
{
    auto journal = Journal::open(file);
    if (!journal) {
        qWarning().noquote() << codeName(journal.error().code) << journal.error().detail;
        return nullptr;
    }
    return std::move(*journal);
}

Error openError(const QString &file)
{
    const auto journal = Journal::open(file);
    return journal ? Error{} : journal.error();
}

QByteArray keyBytes(int number) { return QByteArray("\0key", 4) + QByteArray::number(number); }

RunReport someReport(const QString &run, qint64 startedUs)
{
    RunReport report;
    report.job = u"orders to warehouse"_s;
    report.jobId = job;
    report.run = run;
    report.state = RunState::NeedsAttention;
    report.startedUs = startedUs;
    report.finishedUs = startedUs + 5;
    report.attention = {{Attention::Kind::Deletes, u"orders"_s, 412}};
    TableReport first;
    first.source = u"orders"_s;
    first.target = u"订单"_s;
    first.toTarget = {9'007'199'254'740'993, 2, 3};
    first.identical = 0;
    first.deletesChecked = true;
    first.quarantined = 4;
    first.changedSincePlan = 5;
    first.withheldDeletes = 6;
    first.targetRows = 0;
    first.rowsRead = 8;
    first.seconds = 0.1 + 0.2;
    TableReport second;
    second.error = Error{ErrorCode::ValueTooLong, {}, u"value too long for \"note\""_s}.with(Fact::Column, u"note"_s);
    report.tables = {first, second};
    report.error = Error{ErrorCode::Timeout, {}, {}}.with(Fact::Host, u"db"_s).with(Fact::Sql, u"SELECT 'ä'"_s);
    return report;
}

Checkpoint someCheckpoint()
{
    Checkpoint checkpoint;
    checkpoint.key = {job, table};
    checkpoint.watermark = Watermark{QByteArray("17"), 4}.toBytes();
    checkpoint.mappingDigest = QByteArray("\0m", 2);
    checkpoint.readDigest = "r";
    checkpoint.generation = "g";
    checkpoint.epoch = 3;
    checkpoint.journalId = "j";
    return checkpoint;
}

SetAsideRow someAside(int number, const QString &of = table)
{
    SetAsideRow row;
    row.table = of;
    row.key = keyBytes(number);
    row.keyText = u"id = %1"_s.arg(number);
    row.source = QByteArray("\0row", 4);
    row.error = Error{ErrorCode::NotNullViolated, {}, u"null value"_s}.with(Fact::Column, u"qty"_s);
    row.run = u"r1"_s;
    row.sinceUs = 77;
    return row;
}

void sql(const QString &file, const char *text)
{
    sqlite3 *handle = nullptr;
    QCOMPARE(sqlite3_open(file.toUtf8().constData(), &handle), SQLITE_OK);
    char *words = nullptr;
    const int code = sqlite3_exec(handle, text, nullptr, nullptr, &words);
    QVERIFY2(code == SQLITE_OK, words);
    sqlite3_close(handle);
}

// Another program with the same journal. "add": many small transactions; "die": writes, and is killed at once.
int childMain(const QStringList &arguments)
{
    const QString &what = arguments.at(2);
    const auto journal = opened(arguments.at(3));
    if (!journal)
        return 1;
    if (what == "add"_L1) {
        const int first = arguments.at(4).toInt();
        for (int number = first; number < first + 50; ++number) {
            if (!journal->addRetries(job, table, {{keyBytes(number), RetryReason::Locked}}))
                return 2;
        }
        printf("%s", journal->id().toHex().constData());
        return 0;
    }
    if (!journal->startRun(job, u"orders"_s, u"killed"_s, 5) || !journal->saveCheckpoint(someCheckpoint())
        || !journal->addRetries(job, table, {{keyBytes(1), RetryReason::Withheld}})
        || !journal->setAside(job, {someAside(1)}))
        return 2;
    std::raise(SIGKILL);
    return 3;
}

void startChild(QProcess &child, const QStringList &arguments)
{
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), QStringList{u"--child"_s} + arguments);
}

} // namespace

class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsItsId();
    void isPrivate();
    void keepsRuns();
    void ordersRuns();
    void runUnderWayIsNotHistory();
    void keepsCheckpoints();
    void keepsRetries();
    void listsWaitingRows();
    void upgradesTheFirstFormat();
    void keepsRowsSetAside();
    void removesAJob();
    void survivesAKill();
    void twoProgramsAtOnce();
    void severalThreads();
    void damagedRecordsCountAsAbsent();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void newerIsRefused();
    void damagedPagesAreFound();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestJournal::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"journal.db"_s);
}

void TestJournal::keepsItsId()
{
    const QByteArray id = opened(m_file)->id();
    QCOMPARE(id.size(), 16);
    QCOMPARE(opened(m_file)->id(), id);
    QVERIFY(opened(m_folder->filePath(u"other.db"_s))->id() != id);
}

void TestJournal::isPrivate()
{
    const auto journal = opened(m_file);
    QVERIFY(journal->saveCheckpoint(someCheckpoint()));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &file : {m_file, QString(m_file + u"-wal"_s)}) {
        QVERIFY(QFile::exists(file));
        QCOMPARE(QFile::permissions(file) & others, QFile::Permissions());
    }
}

void TestJournal::keepsRuns()
{
    const RunReport report = someReport(u"r1"_s, 100);
    {
        const auto journal = opened(m_file);
        QVERIFY(journal->startRun(job, report.job, report.run, report.startedUs));
        QVERIFY(journal->finishRun(report));
    }
    const auto journal = opened(m_file);
    const auto runs = journal->runs(job, 10);
    QVERIFY(runs.has_value());
    QCOMPARE(runs->size(), 1);
    QVERIFY(runs->first() == report);
    QVERIFY(*journal->lastRun(job).value() == report);
    QVERIFY(!journal->lastRun(u"another"_s).value());
    const RunReport empty{{}, job, u"r2"_s, RunState::Completed, 200, 0, {}, {}, {}};
    QVERIFY(journal->finishRun(empty)); // never begun here
    QVERIFY(*journal->lastRun(job).value() == empty);
}

void TestJournal::ordersRuns()
{
    const auto journal = opened(m_file);
    for (const int at : {3, 1, 4, 2})
        QVERIFY(journal->finishRun(someReport(QString::number(at), at)));
    RunReport other = someReport(u"x"_s, 5);
    other.jobId = u"other"_s;
    QVERIFY(journal->finishRun(other));
    const auto names = [&](const QString &jobId, int limit) {
        QStringList list;
        const auto runs = journal->runs(jobId, limit);
        for (const RunReport &report : *runs)
            list.append(report.run);
        return list.join(u' ');
    };
    QCOMPARE(names(job, 100), u"4 3 2 1"_s);
    QCOMPARE(names(job, 2), u"4 3"_s);
    QCOMPARE(names(QString(), 3), u"x 4 3"_s);
    QCOMPARE(names(QString(), -1), u"x 4 3 2 1"_s);
}

void TestJournal::runUnderWayIsNotHistory()
{
    const auto journal = opened(m_file);
    QVERIFY(journal->finishRun(someReport(u"r1"_s, 1)));
    QVERIFY(journal->startRun(job, u"orders"_s, u"r2"_s, 2));
    QCOMPARE(opened(m_file)->lastRun(job).value()->run, u"r1"_s);
    // The same pid at another start of the machine, or of a process that began at another time, is another process.
    for (const char *const change : {"UPDATE runs SET boot = 'x' WHERE run = 'r2'",
                                     "UPDATE runs SET start_tick = start_tick + 1 WHERE run = 'r2'"}) {
        QVERIFY(journal->startRun(job, u"orders"_s, u"r2"_s, 2));
        sql(m_file, change);
        const auto last = journal->lastRun(job).value();
        QCOMPARE(last->run, u"r2"_s);
        QCOMPARE(last->state, RunState::Failed);
        QCOMPARE(last->error->code, ErrorCode::Interrupted);
    }
}

void TestJournal::keepsCheckpoints()
{
    Checkpoint checkpoint = someCheckpoint();
    QVERIFY(!opened(m_file)->checkpoint(checkpoint.key).value());
    QVERIFY(opened(m_file)->saveCheckpoint(checkpoint));
    const auto journal = opened(m_file);
    QVERIFY(*journal->checkpoint(checkpoint.key).value() == checkpoint);
    QVERIFY(!journal->checkpoint({job, table, u"target"_s}).value());
    QVERIFY(!journal->checkpoint({job, u"lines"_s}).value());
    checkpoint.epoch = 4;
    checkpoint.watermark = {};
    QVERIFY(journal->saveCheckpoint(checkpoint));
    QVERIFY(*journal->checkpoint(checkpoint.key).value() == checkpoint);
}

void TestJournal::keepsRetries()
{
    const auto journal = opened(m_file);
    const QList<RetryKey> keys = {{keyBytes(1), RetryReason::ChangedSincePlan},
                                  {keyBytes(2), RetryReason::NotSelected},
                                  {keyBytes(3), RetryReason::Withheld},
                                  {keyBytes(4), RetryReason::Locked},
                                  {keyBytes(5), RetryReason::SetAside}};
    QVERIFY(journal->addRetries(job, table, keys));
    QVERIFY(opened(m_file)->retries(job, table).value() == keys);
    QVERIFY(journal->retries(job, u"lines"_s).value().isEmpty());
    QVERIFY(journal->retries(u"another"_s, table).value().isEmpty());
    QVERIFY(journal->addRetries(job, table, {{keyBytes(2), RetryReason::Locked}, {QByteArray(), RetryReason::Locked}}));
    QVERIFY(journal->removeRetries(job, table, {keyBytes(1), keyBytes(3), keyBytes(99)}));
    const QList<RetryKey> left = {
        {QByteArray(), RetryReason::Locked}, {keyBytes(2), RetryReason::Locked}, keys.at(3), keys.at(4)};
    QVERIFY(opened(m_file)->retries(job, table).value() == left);
}

void TestJournal::listsWaitingRows()
{
    const auto journal = opened(m_file);
    const auto retry = [](int number, RetryReason reason) {
        return RetryKey{keyBytes(number), reason, u"%1"_s.arg(number), u"run 7"_s, 1000 + number};
    };
    QVERIFY(journal->addRetries(job, table,
                                {retry(1, RetryReason::ChangedSincePlan), retry(2, RetryReason::SetAside),
                                 retry(3, RetryReason::ChangedSincePlan), retry(4, RetryReason::ChangedSincePlan)}));
    QVERIFY(journal->addRetries(job, u"lines"_s, {retry(5, RetryReason::ChangedSincePlan)}));
    QVERIFY(journal->addRetries(u"another"_s, table, {retry(6, RetryReason::ChangedSincePlan)}));
    const auto changed = RetryReason::ChangedSincePlan;
    QCOMPARE(journal->waitingCount(job, table, {}).value(), 4);
    QCOMPARE(journal->waitingCount(job, table, changed).value(), 3);
    QCOMPARE(journal->waitingCount(job, {}, changed).value(), 4);
    const QList<WaitingRow> page = journal->waitingRows(job, table, changed, 1, 2).value();
    QCOMPARE(page.size(), 2);
    QVERIFY(page.first() == (WaitingRow{table, retry(3, changed)}));
    QVERIFY(page.last() == (WaitingRow{table, retry(4, changed)}));
    QCOMPARE(journal->waitingRows(job, table, changed, 3, 2).value().size(), 0);
    QCOMPARE(opened(m_file)->waitingRows(job, {}, {}, 0, 100).value().size(), 5);
}

// A record that the first format wrote keeps its checksum: it must not count as damaged afterwards.
void TestJournal::upgradesTheFirstFormat()
{
    QVERIFY(opened(m_file)->addRetries(job, table, {{keyBytes(1), RetryReason::Locked}}));
    {
        auto file = SqliteFile::open(m_file, SqliteFile::Access::Existing).value();
        QVERIFY(file->execute("ALTER TABLE retries DROP COLUMN key_text; ALTER TABLE retries DROP COLUMN run;"
                              "ALTER TABLE retries DROP COLUMN since_us; PRAGMA user_version = 1"));
    }
    const auto journal = opened(m_file);
    QVERIFY(journal);
    QVERIFY(QFile::exists(m_file + u".format-1"_s));
    QVERIFY(journal->retries(job, table).value() == (QList<RetryKey>{{keyBytes(1), RetryReason::Locked}}));
    QCOMPARE(journal->damagedRetries(job, table).value(), 0);
}

void TestJournal::keepsRowsSetAside()
{
    const auto journal = opened(m_file);
    QVERIFY(journal->setAside(job, {someAside(2), someAside(1), someAside(3), someAside(1, u"lines"_s)}));
    SetAsideRow again = someAside(2);
    again.error = Error{ErrorCode::ForeignKeyViolated, {}, u"no such parent"_s};
    again.source = {};
    QVERIFY(journal->setAside(job, {again}));
    QCOMPARE(journal->asideCount(job, table).value(), 3);
    QCOMPARE(journal->asideCount(job, {}).value(), 4);
    QCOMPARE(journal->asideCount(u"another"_s, {}).value(), 0);
    const auto rows = opened(m_file)->asideRows(job, table, 0, 10);
    QVERIFY(rows.value() == (QList<SetAsideRow>{someAside(1), again, someAside(3)}));
    QVERIFY(journal->asideRows(job, table, 1, 1).value() == QList<SetAsideRow>{again});
    QCOMPARE(journal->asideRows(job, {}, 0, 10).value().size(), 4);
    QVERIFY(journal->clearAside(job, table, {keyBytes(1), keyBytes(2)}));
    QVERIFY(journal->asideRows(job, table, 0, 10).value() == QList<SetAsideRow>{someAside(3)});
    QCOMPARE(journal->asideCount(job, {}).value(), 2);
}

void TestJournal::removesAJob()
{
    const auto journal = opened(m_file);
    for (const QString &id : {job, u"other"_s}) {
        Checkpoint checkpoint = someCheckpoint();
        checkpoint.key.jobId = id;
        RunReport report = someReport(u"run of "_s + id, 1);
        report.jobId = id;
        QVERIFY(journal->finishRun(report));
        QVERIFY(journal->saveCheckpoint(checkpoint));
        QVERIFY(journal->addRetries(id, table, {{keyBytes(1), RetryReason::Locked}}));
        QVERIFY(journal->setAside(id, {someAside(1)}));
    }
    QVERIFY(journal->removeJob(job));
    for (const QString &id : {job, u"other"_s}) {
        const bool stays = id != job;
        QCOMPARE(journal->lastRun(id).value().has_value(), stays);
        QCOMPARE(journal->checkpoint({id, table}).value().has_value(), stays);
        QCOMPARE(journal->retries(id, table).value().size(), stays ? 1 : 0);
        QCOMPARE(journal->asideCount(id, {}).value(), stays ? 1 : 0);
    }
}

void TestJournal::survivesAKill()
{
    QProcess child;
    startChild(child, {u"die"_s, m_file});
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    const auto journal = opened(m_file);
    QVERIFY(*journal->checkpoint(someCheckpoint().key).value() == someCheckpoint());
    QCOMPARE(journal->retries(job, table).value().size(), 1);
    QCOMPARE(journal->asideCount(job, table).value(), 1);
    const auto run = journal->lastRun(job).value();
    QCOMPARE(run->run, u"killed"_s);
    QCOMPARE(run->state, RunState::Failed);
    QCOMPARE(run->error->code, ErrorCode::Interrupted);
    QCOMPARE(run->job, u"orders"_s);
    QCOMPARE(run->startedUs, 5);
}

void TestJournal::twoProgramsAtOnce()
{
    constexpr int programs = 3; // all of them find no file and make it
    std::vector<std::unique_ptr<QProcess>> children;
    for (int i = 0; i < programs; ++i) {
        children.push_back(std::make_unique<QProcess>());
        startChild(*children.back(), {u"add"_s, m_file, QString::number(i * 50)});
    }
    const auto journal = opened(m_file);
    QVERIFY(journal);
    for (int number = 1000; number < 1050; ++number)
        QVERIFY(journal->addRetries(job, table, {{keyBytes(number), RetryReason::Locked}}));
    for (const auto &child : children) {
        QVERIFY(child->waitForFinished());
        QCOMPARE(child->exitStatus(), QProcess::NormalExit);
        QCOMPARE(child->exitCode(), 0);
        QCOMPARE(child->readAllStandardOutput(), journal->id().toHex());
    }
    QCOMPARE(journal->retries(job, table).value().size(), (programs + 1) * 50);
}

void TestJournal::severalThreads()
{
    const auto journal = opened(m_file);
    std::atomic<int> failures = 0;
    {
        std::vector<std::jthread> threads;
        threads.reserve(4);
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                const QString mine = QString::number(thread);
                for (int number = 0; number < 20; ++number) {
                    failures += journal->addRetries(job, mine, {{keyBytes(number), RetryReason::Locked}}) ? 0 : 1;
                    const auto keys = journal->retries(job, mine);
                    failures += keys && keys->size() == number + 1 ? 0 : 1;
                    failures += journal->finishRun(someReport(mine, number)) ? 0 : 1;
                }
            });
        }
    }
    QCOMPARE(failures.load(), 0);
    QCOMPARE(journal->runs(job, 100).value().size(), 4);
}

void TestJournal::damagedRecordsCountAsAbsent()
{
    const auto journal = opened(m_file);
    QVERIFY(journal->saveCheckpoint(someCheckpoint()));
    QVERIFY(journal->addRetries(job, table, {{keyBytes(1), RetryReason::Locked}, {keyBytes(2), RetryReason::Locked}}));
    QVERIFY(journal->setAside(job, {someAside(1), someAside(2)}));
    QVERIFY(journal->finishRun(someReport(u"r1"_s, 1)));
    QVERIFY(journal->finishRun(someReport(u"r2"_s, 2)));
    sql(m_file,
        "UPDATE checkpoints SET epoch = epoch + 1;"
        "UPDATE retries SET key = x'77' WHERE key = (SELECT max(key) FROM retries);"
        "UPDATE aside SET source = x'00' WHERE key = (SELECT max(key) FROM aside);"
        "UPDATE runs SET report = replace(report, '412', '413') WHERE run = 'r2'");
    QVERIFY(!journal->checkpoint(someCheckpoint().key).value());
    QCOMPARE(journal->retries(job, table).value().size(), 1);
    QCOMPARE(journal->asideRows(job, table, 0, 10).value().size(), 1);
    QCOMPARE(journal->lastRun(job).value()->run, u"r1"_s);
    // A lost retry is a row that nobody would read again.
    QCOMPARE(journal->damagedRetries(job, table).value(), 1);
    QVERIFY(journal->clearDamagedRetries(job, table));
    QCOMPARE(journal->damagedRetries(job, table).value(), 0);
    QCOMPARE(journal->retries(job, table).value().size(), 1);
}

void TestJournal::otherFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("This is not a database. ").repeated(100);
    QTest::newRow("cut") << QByteArray("SQLite format 3\0\x10\0", 18);
}

void TestJournal::otherFilesAreRefused()
{
    QFETCH(QByteArray, content);
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const Error error = openError(m_file);
    QCOMPARE(error.code, ErrorCode::DatabaseDamaged);
    QCOMPARE(error.facts.value(Fact::File), m_file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
    QCOMPARE(openError(m_folder->path()).code, ErrorCode::IsADirectory);
    QCOMPARE(openError(m_folder->filePath(u"no/such/folder"_s)).code, ErrorCode::FileUnwritable);
    const QString foreign = m_folder->filePath(u"foreign.db"_s);
    sql(foreign, "CREATE TABLE precious (id); INSERT INTO precious VALUES (1)");
    QCOMPARE(openError(foreign).code, ErrorCode::DatabaseDamaged);
}

void TestJournal::newerIsRefused()
{
    opened(m_file);
    sql(m_file, "PRAGMA user_version = 3");
    const Error error = openError(m_file);
    QCOMPARE(error.code, ErrorCode::WorkspaceNewer);
    QCOMPARE(error.facts.value(Fact::File), m_file);
    QCOMPARE(error.facts.value(Fact::Found), u"3"_s);
    QCOMPARE(error.facts.value(Fact::Expected), u"2"_s);
}

void TestJournal::damagedPagesAreFound()
{
    {
        const auto journal = opened(m_file);
        for (int number = 0; number < 200; ++number)
            QVERIFY(journal->setAside(job, {someAside(number)}));
    }
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadWrite));
    for (qint64 page = 1; page * 4096 < file.size(); ++page) { // all but the schema
        file.seek(page * 4096);
        file.write(QByteArray(200, '\xa5'));
    }
    file.close();
    const auto journal = Journal::open(m_file);
    const Error error = !journal ? journal.error() : (*journal)->asideRows(job, table, 0, 1000).error();
    QCOMPARE(error.code, ErrorCode::DatabaseDamaged);
    QCOMPARE(error.facts.value(Fact::File), m_file);
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc > 1 && qstrcmp(argv[1], "--child") == 0)
        return childMain(QCoreApplication::arguments());
    TestJournal test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journal.moc"
