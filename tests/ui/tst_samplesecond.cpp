// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "core/config/jsontext.h"
#include "core/journal/planfile.h"
#include "core/run/twowayexecution.h"
#include "ui/jobs/engine.h"
#include "ui/main/sample.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Sample 2 by the real engine: what merges, what goes each way and the three conflicts are those of the story, and once
// all is answered there is nothing to do.
class TestSampleSecond : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void countsAreThoseOfTheStory();
    void conflictsAreOfThreeKinds();
    void mergesInSilence();
    void writesNothingOnceAnswered();
    void canBeReset();
    void standsBesideTheFirst();
    void leavesAPersonsJobAlone();
    void goesWithoutATrace();
    void keepsWhatAnotherJobUses();

private:
    Sample build();
    JobSettings job() const { return m_desk->workspace().job(u"Till ↔ Tablet"_s).value(); }
    RunReport plan();
    RunReport run();
    QString cell(const QString &file, const QString &sql);
    QStringList files() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Desk> m_desk;
    QString m_samples;
    int m_plans = 0;
};

void TestSampleSecond::init()
{
    m_desk.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_samples = m_folder->filePath(u"samples"_s);
    const auto desk = Desk::open(m_folder->filePath(u"workspace"_s), {});
    QVERIFY(desk);
    m_desk = *desk;
}

Sample TestSampleSecond::build()
{
    Cancellation cancellation;
    const auto sample = buildSecondSample(*m_desk, m_samples, cancellation);
    if (!sample)
        qFatal("%s: %s", qPrintable(codeName(sample.error().code)), qPrintable(sample.error().detail));
    return *sample;
}

RunReport TestSampleSecond::plan()
{
    Cancellation cancellation;
    ProgressBoard board;
    return m_desk->plan(job(), {}, m_folder->filePath(u"plan%1.db"_s.arg(++m_plans)), cancellation, board);
}

RunReport TestSampleSecond::run()
{
    Cancellation cancellation;
    ProgressBoard board;
    return m_desk->run(job(), {}, cancellation, board);
}

QString TestSampleSecond::cell(const QString &file, const QString &sql)
{
    ConnectionSettings side;
    side.driver = Driver::Sqlite;
    side.database = m_samples + u"/Till and Tablet/"_s + file;
    const auto session = m_desk->connector().openSql(side, {});
    const auto rows = session ? (*session)->query(sql) : Result<QList<SqlRow>>(fail(session.error()));
    if (!rows || rows->isEmpty())
        return u"?"_s;
    QStringList cells;
    for (const std::optional<QByteArray> &value : rows->first())
        cells << QString::fromUtf8(value.value_or("NULL"));
    return cells.join(u'|');
}

QStringList TestSampleSecond::files() const
{
    return QDir(m_samples + u"/Till and Tablet"_s).entryList(QDir::Files, QDir::Name);
}

static void compareStory(const RunReport &report, RunState state)
{
    if (report.error)
        qWarning("%s %s", qPrintable(codeName(report.error->code)), qPrintable(report.error->detail));
    QCOMPARE(report.state, state);
    QCOMPARE(report.tables.size(), qsizetype(2));
    const TableReport &products = report.tables.at(0);
    QCOMPARE(products.source, u"products"_s);
    QCOMPARE(products.identical, std::optional<qint64>(22));
    QCOMPARE(products.toTarget, (WriteCounts{1, 1, 0}));
    QCOMPARE(products.toSource, (WriteCounts{0, 1, 0}));
    QCOMPARE(products.merged, qint64(1));
    QCOMPARE(products.conflicts, qint64(1));
    const TableReport &customers = report.tables.at(1);
    QCOMPARE(customers.source, u"customers"_s);
    QCOMPARE(customers.identical, std::optional<qint64>(8));
    QCOMPARE(customers.toTarget, (WriteCounts{0, 0, 0}));
    QCOMPARE(customers.toSource, (WriteCounts{0, 1, 0}));
    QCOMPARE(customers.merged, qint64(0));
    QCOMPARE(customers.conflicts, qint64(2));
}

void TestSampleSecond::countsAreThoseOfTheStory()
{
    const Sample sample = build();
    QCOMPARE(sample.job, u"Till ↔ Tablet"_s);
    QCOMPARE(sample.table, u"products"_s);
    QCOMPARE(job().source.label(), u"Till"_s);
    QCOMPARE(job().target.label(), u"Tablet"_s);
    const auto last = m_desk->journal().lastRun(job().id);
    QVERIFY(last && *last);
    QCOMPARE((*last)->state, RunState::Completed);
    QCOMPARE((*last)->tables.at(0).identical, std::optional<qint64>(24));
    QCOMPARE((*last)->tables.at(1).identical, std::optional<qint64>(10));
    compareStory(plan(), RunState::Planned);
}

void TestSampleSecond::conflictsAreOfThreeKinds()
{
    build();
    compareStory(run(), RunState::NeedsAttention);
    const auto conflicts = m_desk->journal().conflicts(job().id, {});
    QVERIFY(conflicts);
    QStringList kinds;
    for (const Conflict &conflict : *conflicts)
        kinds << conflictKindName(conflict.kind) + u' ' + conflict.keyText;
    // The one on a single cell comes first.
    QCOMPARE(kinds, (QStringList{u"both-updated 7"_s, u"updated-and-deleted 6"_s, u"both-inserted 11"_s}));
    QCOMPARE(cell(u"till.db"_s, u"SELECT price FROM products WHERE id = 7"_s), u"3.50"_s);
    QCOMPARE(cell(u"tablet.db"_s, u"SELECT price FROM products WHERE id = 7"_s), u"3.40"_s);
    QCOMPARE(cell(u"till.db"_s, u"SELECT name FROM customers WHERE id = 11"_s), u"Ana Díaz"_s);
    QCOMPARE(cell(u"tablet.db"_s, u"SELECT name FROM customers WHERE id = 11"_s), u"陈立"_s);
}

void TestSampleSecond::mergesInSilence()
{
    build();
    run();
    for (const QString &file : {u"till.db"_s, u"tablet.db"_s}) {
        QCOMPARE(cell(file, u"SELECT stock, price FROM products WHERE id = 4"_s), u"29|12.40"_s);
        QCOMPARE(cell(file, u"SELECT count(*) FROM products WHERE id = 25"_s), u"1"_s);
        QCOMPARE(cell(file, u"SELECT phone FROM customers WHERE id = 5"_s), u"+216 71 555 109"_s);
    }
}

void TestSampleSecond::writesNothingOnceAnswered()
{
    build();
    run();
    const auto conflicts = m_desk->journal().conflicts(job().id, {});
    QVERIFY(conflicts);
    QList<ConflictReply> replies;
    for (const Conflict &conflict : *conflicts) {
        ConflictReply reply;
        reply.id = conflict.id;
        reply.answer = conflict.kind == ConflictKind::BothUpdated ? ConflictAnswer::Source : ConflictAnswer::Target;
        replies << reply;
    }
    Cancellation cancellation;
    ProgressBoard board;
    Runner runner(m_desk->connector(), m_desk->journal(), m_desk->clock());
    const RunReport resolved = runner.resolve(job(), replies, u"test"_s, {}, cancellation, board);
    QCOMPARE(resolved.state, RunState::Completed);
    QCOMPARE(resolved.totals(), (WriteCounts{1, 2, 0}));
    const RunReport second = run();
    QCOMPARE(second.state, RunState::Completed);
    QCOMPARE(second.totals().total(), qint64(0));
    QCOMPARE(m_desk->verify(job(), cancellation, board).state, RunState::Completed);
    for (const QString &file : {u"till.db"_s, u"tablet.db"_s}) {
        QCOMPARE(cell(file, u"SELECT price FROM products WHERE id = 7"_s), u"3.50"_s);
        QCOMPARE(cell(file, u"SELECT phone FROM customers WHERE id = 6"_s), u"+46 40 555 140"_s);
        QCOMPARE(cell(file, u"SELECT name FROM customers WHERE id = 11"_s), u"陈立"_s);
    }
}

void TestSampleSecond::canBeReset()
{
    build();
    run();
    const QString id = job().id;
    Cancellation cancellation;
    const auto again = resetSample(SampleKind::Tablet, *m_desk, m_samples, cancellation);
    QVERIFY(again);
    QCOMPARE(again->job, u"Till ↔ Tablet"_s);
    QCOMPARE(job().id, id);
    QCOMPARE(m_desk->journal().conflictCount(id, {}).value(), qint64(0));
    QCOMPARE(m_desk->journal().runs(id, 10).value().size(), qsizetype(1));
    compareStory(plan(), RunState::Planned);
}

void TestSampleSecond::standsBesideTheFirst()
{
    Cancellation cancellation;
    QVERIFY(buildSample(*m_desk, m_samples, cancellation));
    build();
    QCOMPARE(m_desk->workspace().jobs().value().size(), qsizetype(2));
    const JobSettings first = m_desk->workspace().job(sampleJobName(SampleKind::ReportCopy)).value();
    QCOMPARE(sampleOf(first, m_samples), std::optional(SampleKind::ReportCopy));
    QCOMPARE(sampleOf(job(), m_samples), std::optional(SampleKind::Tablet));
    QVERIFY(!sampleOf(job(), m_folder->path()));
    QVERIFY(removeSample(SampleKind::Tablet, *m_desk, m_samples));
    QCOMPARE(m_desk->workspace().jobs().value().size(), qsizetype(1));
    QVERIFY(QFile::exists(first.source.database));
    ProgressBoard board;
    const RunReport report = m_desk->plan(first, {}, m_folder->filePath(u"first.db"_s), cancellation, board);
    QCOMPARE(report.totals(), (WriteCounts{9, 4, 4}));
}

void TestSampleSecond::leavesAPersonsJobAlone()
{
    const QJsonObject own{{u"tidemark"_s, 1},
                          {u"name"_s, u"Till ↔ Tablet"_s},
                          {u"source"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"/nowhere/a.db"_s}}},
                          {u"target"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"/nowhere/b.db"_s}}},
                          {u"mode"_s, u"mirror"_s},
                          {u"tables"_s, u"*"_s}};
    QVERIFY(m_desk->workspace().saveJob(own));
    QCOMPARE(build().job, u"Till ↔ Tablet 2"_s);
    QCOMPARE(job().source.database, u"/nowhere/a.db"_s);
    QCOMPARE(build().job, u"Till ↔ Tablet 2"_s); // again over its own
    QVERIFY(removeSample(SampleKind::Tablet, *m_desk, m_samples));
    QCOMPARE(m_desk->workspace().jobs().value().size(), qsizetype(1));
    QCOMPARE(job().source.database, u"/nowhere/a.db"_s);
}

void TestSampleSecond::goesWithoutATrace()
{
    build();
    run();
    const QString id = job().id;
    QVERIFY(QFile::exists(baseFileOf(m_desk->journal(), id)));
    QCOMPARE(files(), (QStringList{u"tablet.db"_s, u"till.db"_s}));
    QVERIFY(removeSample(SampleKind::Tablet, *m_desk, m_samples));
    QVERIFY(m_desk->workspace().jobs().value().isEmpty());
    QVERIFY(m_desk->journal().runs(id, 10).value().isEmpty());
    QCOMPARE(m_desk->journal().conflictCount(id, {}).value(), qint64(0));
    QVERIFY(!QFile::exists(baseFileOf(m_desk->journal(), id)));
    QVERIFY(m_desk->journal().undoRuns(id).value().isEmpty());
    QVERIFY(!QDir(m_samples).exists());
    QVERIFY(removeSample(SampleKind::Tablet, *m_desk, m_samples)); // there is none: nothing happens
}

void TestSampleSecond::keepsWhatAnotherJobUses()
{
    Cancellation cancellation;
    QVERIFY(buildSample(*m_desk, m_samples, cancellation));
    const auto file = [](const QString &path) {
        return QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, path}};
    };
    const QString report = m_samples + u"/report.db"_s;
    // One names the connection, the other the file.
    const std::pair<QString, std::pair<QJsonValue, QJsonValue>> jobs[] = {
        {u"Mine"_s, {u"Till"_s, file(u"/nowhere/b.db"_s)}}, {u"Mine, too"_s, {file(u"/nowhere/a.db"_s), file(report)}}};
    for (const auto &[name, sides] : jobs)
        QVERIFY(m_desk->workspace().saveJob({{u"tidemark"_s, 1},
                                             {u"name"_s, name},
                                             {u"source"_s, sides.first},
                                             {u"target"_s, sides.second},
                                             {u"mode"_s, u"mirror"_s},
                                             {u"tables"_s, u"*"_s}}));
    QVERIFY(removeSample(SampleKind::ReportCopy, *m_desk, m_samples));
    QCOMPARE(m_desk->workspace().jobs().value().size(), qsizetype(2));
    QCOMPARE(m_desk->workspace().connections().value().size(), qsizetype(2));
    QVERIFY(QFile::exists(m_samples + u"/till.db"_s));
    QVERIFY(QFile::exists(report));
    for (const auto &[name, sides] : jobs)
        QVERIFY(m_desk->workspace().removeJob(name));
    QVERIFY(removeSample(SampleKind::ReportCopy, *m_desk, m_samples));
    QVERIFY(m_desk->workspace().connections().value().isEmpty());
    QVERIFY(!QDir(m_samples).exists());
}

QTEST_GUILESS_MAIN(TestSampleSecond)
#include "tst_samplesecond.moc"
