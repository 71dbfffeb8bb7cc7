// SPDX-License-Identifier: GPL-3.0-or-later
// The program is killed at any point of an answer: while it is saved, and while it is written into two databases. After
// it has started again each answer is wholly given or wholly open, and each row is what it was or what was answered.
#include <csignal>
#include <cstdio>
#include <thread>

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "app/wording/systemuser.h"
#include "core/endpoint/sql/sqlsession.h"
#include "core/journal/conflictrows.h"
#include "tests/ui/support/killingdisk.h"
#include "ui/conflicts/conflictpicture.h"
#include "ui/jobs/engine.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

const QString jobName = u"Till and tablet"_s;
constexpr int mostKills = 60; // of one test: each is a program of its own

const QStringList schema{u"CREATE TABLE products (id INTEGER PRIMARY KEY, name VARCHAR(40), price DECIMAL(8,2))"_s,
                         u"CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(40), phone VARCHAR(20))"_s,
                         u"INSERT INTO products VALUES (1, 'Notebook', 3.20), (2, 'Tea', 6.50), (3, 'Stapler', 9.90)"_s,
                         u"INSERT INTO customers VALUES (1, 'Zoë Müller', NULL), (3, 'Ana Díaz', '555-0102')"_s};
const QStringList atTill{u"UPDATE products SET price = 3.50 WHERE id = 1"_s,
                         u"UPDATE products SET price = 7.00 WHERE id = 2"_s, u"DELETE FROM customers WHERE id = 3"_s};
const QStringList atTablet{u"UPDATE products SET price = 3.40 WHERE id = 1"_s,
                           u"UPDATE products SET price = 6.90 WHERE id = 2"_s,
                           u"UPDATE customers SET phone = '555-0199' WHERE id = 3"_s};

bool execute(Desk &desk, const ConnectionSettings &side, const QStringList &statements)
{
    const auto session = desk.connector().openSql(side, OpenOptions{true, nullptr});
    if (!session || !(*session)->beginWrite())
        return false;
    for (const QString &statement : statements)
        if (!(*session)->execute(statement))
            return false;
    return (*session)->commit().has_value();
}

QString valueOf(Desk &desk, const ConnectionSettings &side, const QString &sql)
{
    const auto session = desk.connector().openSql(side, {});
    const auto rows = session ? (*session)->query(sql) : Result<QList<SqlRow>>(QList<SqlRow>());
    if (!rows || rows->isEmpty())
        return u"none"_s;
    return rows->first()[0] ? QString::fromUtf8(*rows->first()[0]) : u"NULL"_s;
}

QList<Conflict> conflictsOf(Desk &desk, const JobSettings &job)
{
    return desk.journal().conflicts(job.id, {}).value_or(QList<Conflict>());
}

RunReport resolved(Desk &desk, const JobSettings &job)
{
    Cancellation cancellation;
    ProgressBoard board;
    return desk.resolve(job, {}, cancellation, board);
}

// What a person says: one price typed, one taken, and a row kept that the other side deleted.
QList<ConflictReply> answers(Desk &desk, const JobSettings &job)
{
    QList<ConflictReply> replies;
    PictureTables tables(desk.journal(), job.id);
    const QList<Conflict> open = conflictsOf(desk, job);
    for (const Conflict &conflict : open) {
        const auto table = tables.of(conflict.table);
        if (!table || !*table)
            return {};
        ConflictReply reply{conflict.id, ConflictAnswer::Target, {}, {}, picturesPrint(conflict)};
        if (conflict.keyText == "1"_L1)
            reply = mergedAnswer(**table, conflict, {{u"price"_s, u"3.45"_s}}, {}).value_or(ConflictReply());
        else if (conflict.keyText == "2"_L1)
            reply.answer = ConflictAnswer::Source;
        replies << reply;
    }
    return replies;
}

// The program that is killed: "answer" saves all of them in one step, as the window does; "write" has them written.
int program(const QString &what, const QString &folder, int nth)
{
    killAtDiskCall(nth);
    auto desk = Desk::open(folder + u"/workspace"_s, {});
    if (!desk)
        return 1;
    const auto job = (*desk)->workspace().job(jobName);
    if (!job)
        return 2;
    if (what == "answer"_L1) {
        const QList<ConflictReply> replies = answers(**desk, *job);
        if (!(*desk)->journal().answerConflicts(job->id, replies, wording::systemUser(), (*desk)->clock().nowUs()))
            return 3;
    } else if (resolved(**desk, *job).state == RunState::Failed) {
        return 4;
    }
    desk->reset(); // closes the journal
    std::printf("%d", diskCalls());
    return 0;
}

} // namespace

class TestAnswerKills : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whileItIsSaved();
    void whileItIsWritten();

private:
    bool build();
    void keepFiles(QHash<QString, QByteArray> &files) const;
    void putBack(const QHash<QString, QByteArray> &files) const;
    int uncut(const QString &what) const; // how often the disk is asked
    bool killed(const QString &what, int nth) const; // false: it came to its end
    std::shared_ptr<Desk> open() const { return Desk::open(m_folder.filePath(u"workspace"_s), {}).value_or(nullptr); }
    template <typename Look> void eachKill(const QString &what, const QHash<QString, QByteArray> &from, Look look);

    QTemporaryDir m_folder;
    QHash<QString, QByteArray> m_open; // all files, by their paths: three conflicts are open
    QHash<QString, QByteArray> m_answered; // likewise; they are answered
};

void TestAnswerKills::keepFiles(QHash<QString, QByteArray> &files) const
{
    QDirIterator all(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        if (file.open(QIODevice::ReadOnly))
            files.insert(file.fileName(), file.readAll());
    }
}

void TestAnswerKills::putBack(const QHash<QString, QByteArray> &files) const
{
    QDirIterator all(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        if (const QString path = all.next(); !files.contains(path))
            QFile::remove(path);
    }
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        QFile made(file.key());
        QVERIFY(made.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(made.write(file.value()), file->size());
        made.close();
        made.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
}

bool TestAnswerKills::build()
{
    const auto desk = open();
    if (!desk)
        return false;
    QList<ConnectionSettings> sides;
    for (const QString &name : {u"Till"_s, u"Tablet"_s}) {
        ConnectionSettings side;
        side.name = name;
        side.driver = Driver::Sqlite;
        side.database = m_folder.filePath(name + u".db"_s);
        QFile file(side.database);
        if (!file.open(QIODevice::WriteOnly) || !desk->workspace().saveConnection(side, {}))
            return false;
        file.close();
        if (!execute(*desk, side, schema))
            return false;
        sides << side;
    }
    if (!desk->workspace().saveJob(QJsonObject{{u"tidemark"_s, 1},
                                               {u"name"_s, jobName},
                                               {u"source"_s, u"Till"_s},
                                               {u"target"_s, u"Tablet"_s},
                                               {u"mode"_s, u"two-way"_s},
                                               {u"tables"_s, QJsonArray{u"products"_s, u"customers"_s}}},
                                   {}))
        return false;
    const auto run = [&] {
        Cancellation cancellation;
        ProgressBoard board;
        return desk->run(*desk->workspace().job(jobName), {}, cancellation, board);
    };
    return run().state == RunState::Completed && execute(*desk, sides[0], atTill) && execute(*desk, sides[1], atTablet)
        && run().state == RunState::NeedsAttention;
}

void TestAnswerKills::initTestCase()
{
    bool built = false;
    std::thread([&] { built = build(); }).join();
    QVERIFY(built);
    keepFiles(m_open);
    QVERIFY(!killed(u"answer"_s, 0));
    keepFiles(m_answered);
}

int TestAnswerKills::uncut(const QString &what) const
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {u"--child"_s, what, m_folder.path(), u"0"_s});
    const bool ended = child.waitForFinished() && child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0;
    return ended ? child.readAllStandardOutput().toInt() : -1;
}

bool TestAnswerKills::killed(const QString &what, int nth) const
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {u"--child"_s, what, m_folder.path(), QString::number(nth)});
    return child.waitForFinished() && child.exitStatus() == QProcess::CrashExit;
}

// Before every call of the disk, or before so many of them evenly.
template <typename Look>
void TestAnswerKills::eachKill(const QString &what, const QHash<QString, QByteArray> &from, Look look)
{
    putBack(from);
    const int calls = uncut(what);
    QVERIFY(calls > 5);
    const int step = calls / mostKills + 1;
    int kills = 0;
    for (int nth = 1; nth <= calls; nth += step) {
        putBack(from);
        kills += killed(what, nth) ? 1 : 0;
        const auto desk = open();
        QVERIFY2(desk, qPrintable(u"after call %1 of %2"_s.arg(nth).arg(calls)));
        const auto job = desk->workspace().job(jobName);
        QVERIFY(job.has_value());
        look(*desk, *job);
        if (QTest::currentTestFailed()) {
            qWarning("killed at call %d of %d", nth, calls);
            return;
        }
    }
    qInfo("killed %d times in %d calls of the disk", kills, calls);
    QVERIFY(kills * step > calls - 2 * step);
}

void TestAnswerKills::whileItIsSaved()
{
    int open = 0, given = 0;
    eachKill(u"answer"_s, m_open, [&](Desk &desk, const JobSettings &job) {
        const QList<Conflict> found = conflictsOf(desk, job);
        QCOMPARE(found.size(), 3);
        const bool isGiven = found.first().state == ConflictState::Answered;
        ++(isGiven ? given : open);
        for (const Conflict &conflict : found) { // one step: all of them, or none
            QVERIFY(conflict.state == (isGiven ? ConflictState::Answered : ConflictState::Open));
            QCOMPARE(conflict.answeredBy, isGiven ? wording::systemUser() : QString());
            const bool isRow = conflict.answer == ConflictAnswer::Row;
            QCOMPARE(isRow, isGiven && conflict.keyText == "1"_L1);
            QCOMPARE(conflict.rowForSource.isEmpty(), !isRow);
            QCOMPARE(conflict.rowForTarget.isEmpty(), !isRow);
        }
        if (isGiven)
            return;
        // The same can be said again.
        const auto said = desk.journal().answerConflicts(job.id, answers(desk, job), u"ann"_s, 1);
        QVERIFY(said.has_value());
        QCOMPARE(*said, 3);
    });
    QVERIFY(open > 0 && given > 0);
}

void TestAnswerKills::whileItIsWritten()
{
    struct Row
    {
        QString key, sql, source, target, answered;
    };
    const QList<Row> rows{
        {u"1"_s, u"SELECT price FROM products WHERE id = 1"_s, u"3.5"_s, u"3.4"_s, u"3.45"_s},
        {u"2"_s, u"SELECT price FROM products WHERE id = 2"_s, u"7"_s, u"6.9"_s, u"7"_s},
        {u"3"_s, u"SELECT phone FROM customers WHERE id = 3"_s, u"none"_s, u"555-0199"_s, u"555-0199"_s}};
    int untouched = 0, closed = 0, reopened = 0;
    const auto conflictOf = [](Desk &desk, const JobSettings &job, const QString &key) {
        for (const QList<Conflict> all = conflictsOf(desk, job); const Conflict &conflict : all) {
            if (conflict.keyText == key)
                return conflict;
        }
        return Conflict();
    };
    eachKill(u"write"_s, m_answered, [&](Desk &desk, const JobSettings &job) {
        for (const bool again : {false, true}) {
            if (again)
                QVERIFY(resolved(desk, job).state != RunState::Failed);
            for (const Row &row : rows) {
                const QString source = valueOf(desk, job.source, row.sql);
                const QString target = valueOf(desk, job.target, row.sql);
                const Conflict conflict = conflictOf(desk, job, row.key);
                const QByteArray where = u"%1: %2, %3, state %4"_s.arg(row.key, source, target)
                                             .arg(static_cast<int>(conflict.state))
                                             .toUtf8();
                QVERIFY2(conflict.id > 0, where.constData());
                QVERIFY2(source == row.source || source == row.answered, where.constData());
                QVERIFY2(target == row.target || target == row.answered, where.constData());
                const bool isWritten = source == row.answered && target == row.answered;
                switch (conflict.state) {
                case ConflictState::Closed:
                    QVERIFY2(isWritten, where.constData());
                    ++closed;
                    break;
                case ConflictState::Answered:
                    QVERIFY2(!again, where.constData()); // nothing stands in its way
                    QCOMPARE(conflict.rowForTarget.isEmpty(), row.key != "1"_L1);
                    ++untouched;
                    break;
                case ConflictState::Open: // a person is asked again
                    QCOMPARE(conflict.answer, ConflictAnswer::None);
                    QVERIFY(conflict.rowForSource.isEmpty() && conflict.rowForTarget.isEmpty());
                    ++reopened;
                    break;
                case ConflictState::Skipped:
                    QFAIL(where.constData());
                }
            }
        }
    });
    qInfo("%d waiting, %d closed, %d open again", untouched, closed, reopened);
    QVERIFY(untouched > 0 && closed > 0);
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--child"_L1)
        return program(arguments.value(2), arguments.value(3), arguments.value(4).toInt());
    TestAnswerKills test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_answerkills.moc"
