// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <thread>

#include <QCoreApplication>
#include <QFile>
#include <QProcess>

#include "core/journal/sqlitefile.h"
#include "tests/core/journal/somejournal.h"

using namespace tidemark;

namespace {

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

// Journals that several programs share, that are cut off, damaged or not ours.
class TestJournalFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isPrivate();
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

void TestJournalFaults::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"journal.db"_s);
}

void TestJournalFaults::isPrivate()
{
    const auto journal = opened(m_file);
    QVERIFY(journal->saveCheckpoint(someCheckpoint()));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &file : {m_file, QString(m_file + u"-wal"_s)}) {
        QVERIFY(QFile::exists(file));
        QCOMPARE(QFile::permissions(file) & others, QFile::Permissions());
    }
}

void TestJournalFaults::survivesAKill()
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

void TestJournalFaults::twoProgramsAtOnce()
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

void TestJournalFaults::severalThreads()
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

void TestJournalFaults::damagedRecordsCountAsAbsent()
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

void TestJournalFaults::otherFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("This is not a database. ").repeated(100);
    QTest::newRow("cut") << QByteArray("SQLite format 3\0\x10\0", 18);
}

void TestJournalFaults::otherFilesAreRefused()
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

void TestJournalFaults::newerIsRefused()
{
    opened(m_file);
    sql(m_file, "PRAGMA user_version = 5");
    const Error error = openError(m_file);
    QCOMPARE(error.code, ErrorCode::WorkspaceNewer);
    QCOMPARE(error.facts.value(Fact::File), m_file);
    QCOMPARE(error.facts.value(Fact::Found), u"5"_s);
    QCOMPARE(error.facts.value(Fact::Expected), u"4"_s);
}

void TestJournalFaults::damagedPagesAreFound()
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
    TestJournalFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journalfaults.moc"
