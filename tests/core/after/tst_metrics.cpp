// SPDX-License-Identifier: GPL-3.0-or-later
// The file of metrics, read back by a parser that is as strict as the format's description.
#include <map>
#include <set>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/after/metrics.h"
#include "core/journal/journal.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

struct Sample
{
    std::map<QByteArray, QByteArray> labels; // unescaped
    double value = 0;
};

// One pass over the text; `fault` says where it stopped.
class Exposition
{
public:
    explicit Exposition(const QByteArray &text)
    {
        if (!text.isEmpty() && !text.endsWith('\n'))
            fault = "the last line has no end";
        const QList<QByteArray> lines = text.chopped(text.isEmpty() ? 0 : 1).split('\n');
        for (const QByteArray &line : lines) {
            if (fault.isEmpty() && !text.isEmpty() && !readLine(line))
                fault = fault.isEmpty() ? "not understood: " + line : fault;
        }
        for (const QByteArray &name : m_typed)
            if (fault.isEmpty() && samples.find(name) == samples.end())
                fault = "a family without samples: " + name;
    }

    // The value of the one sample with these labels among its own; NaN: none, or several.
    double value(const QByteArray &name, const std::map<QByteArray, QByteArray> &wanted) const
    {
        double found = qQNaN();
        int count = 0;
        const auto family = samples.find(name);
        if (family == samples.end())
            return found;
        for (const Sample &sample : family->second) {
            bool fits = true;
            for (const auto &[label, text] : wanted) {
                const auto own = sample.labels.find(label);
                fits = fits && own != sample.labels.end() && own->second == text;
            }
            if (fits) {
                found = sample.value;
                ++count;
            }
        }
        return count == 1 ? found : qQNaN();
    }

    std::map<QByteArray, QList<Sample>> samples;
    QByteArray fault;

private:
    static bool isName(const QByteArray &name, bool colons)
    {
        for (qsizetype i = 0; i < name.size(); ++i) {
            const char c = name[i];
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (colons && c == ':');
            if (!letter && !(i > 0 && c >= '0' && c <= '9'))
                return false;
        }
        return !name.isEmpty();
    }

    bool readLine(const QByteArray &line)
    {
        if (line.startsWith("# HELP ")) {
            const QByteArray name = line.sliced(7).split(' ').first();
            m_current = name;
            return isName(name, true) && m_helped.insert(name).second;
        }
        if (line.startsWith("# TYPE ")) {
            const QList<QByteArray> words = line.sliced(7).split(' ');
            return words.size() == 2 && words[0] == m_current && words[1] == "gauge" && m_typed.insert(words[0]).second;
        }
        return readSample(line);
    }

    bool readSample(const QByteArray &line)
    {
        qsizetype at = line.indexOf('{');
        const QByteArray name = line.first(std::max<qsizetype>(at, 0));
        if (!isName(name, true) || name != m_current || m_typed.count(name) == 0)
            return false; // outside of its family
        Sample sample;
        ++at;
        while (at < line.size() && line[at] != '}') {
            const qsizetype equals = line.indexOf("=\"", at);
            if (equals < 0)
                return false;
            const QByteArray label = line.sliced(at, equals - at);
            at = equals + 2;
            QByteArray text;
            if (!isName(label, false) || !readText(line, at, text) || !sample.labels.emplace(label, text).second)
                return false;
            if (at < line.size() && line[at] == ',')
                ++at;
            else if (at >= line.size() || line[at] != '}')
                return false;
        }
        if (line.mid(at, 2) != "} ")
            return false;
        bool isNumber = false;
        sample.value = line.sliced(at + 2).toDouble(&isNumber);
        QByteArray labels = name;
        for (const auto &[label, text] : sample.labels)
            labels += '\0' + label + '\0' + text;
        samples[name].append(sample);
        if (!m_seen.insert(labels).second)
            fault = "twice: " + line;
        return isNumber && fault.isEmpty();
    }

    static bool readText(const QByteArray &line, qsizetype &at, QByteArray &text)
    {
        for (; at < line.size(); ++at) {
            if (line[at] == '"') {
                ++at;
                return true;
            }
            if (line[at] != '\\') {
                text += line[at];
                continue;
            }
            ++at;
            if (at >= line.size())
                return false;
            const char escaped = line[at];
            if (escaped != '\\' && escaped != '"' && escaped != 'n')
                return false;
            text += escaped == 'n' ? '\n' : escaped;
        }
        return false;
    }

    QByteArray m_current;
    std::set<QByteArray> m_helped, m_typed, m_seen;
};

JobMetrics jobNamed(const QString &name, const QString &id)
{
    JobMetrics job;
    job.name = name;
    job.id = id;
    return job;
}

RunReport aRun()
{
    RunReport run;
    run.state = RunState::NeedsAttention;
    run.startedUs = 1'800'000'000'250'000;
    run.finishedUs = 1'800'000'012'750'000;
    TableReport orders, lines;
    orders.toTarget = {1, 2, 3};
    orders.toSource = {4, 0, 0};
    orders.rowsRead = 1000;
    lines.toTarget = {10, 20, 30};
    lines.toSource = {0, 5, 6};
    lines.rowsRead = 234;
    lines.error = Error{ErrorCode::DiskFull, {}, {}};
    run.tables = {orders, lines};
    return run;
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parserIsStrict_data();
    void parserIsStrict();
    void aRunInNumbers();
    void unknownHasNoSample();
    void states_data();
    void states();
    void names_data();
    void names();
    void manyJobs();
    void clocksThatWentBack();
    void fromTheJournal();
    void writesAsAWhole();
    void cannotWrite();
};

void TestMetrics::parserIsStrict_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    const QByteArray head = "# HELP a what\n# TYPE a gauge\n";
    QTest::newRow("nothing") << QByteArray() << true;
    QTest::newRow("one") << QByteArray(head + "a{job=\"x\"} 1\n") << true;
    QTest::newRow("escapes") << QByteArray(head + R"(a{job="\\\"\n"} 1)" + "\n") << true;
    QTest::newRow("no line end") << QByteArray(head + "a{job=\"x\"} 1") << false;
    QTest::newRow("no value") << QByteArray(head + "a{job=\"x\"} \n") << false;
    QTest::newRow("a word for a value") << QByteArray(head + "a{job=\"x\"} one\n") << false;
    QTest::newRow("an open quotation") << QByteArray(head + "a{job=\"x} 1\n") << false;
    QTest::newRow("a quotation mark inside") << QByteArray(head + "a{job=\"x\"y\"} 1\n") << false;
    QTest::newRow("another escape") << QByteArray(head + R"(a{job="\t"} 1)" + "\n") << false;
    QTest::newRow("a line end inside") << QByteArray(head + "a{job=\"x\ny\"} 1\n") << false;
    QTest::newRow("twice") << QByteArray(head + "a{job=\"x\"} 1\na{job=\"x\"} 2\n") << false;
    QTest::newRow("two families of a name") << QByteArray(head + "a{job=\"x\"} 1\n" + head) << false;
    QTest::newRow("of no family") << QByteArray("a{job=\"x\"} 1\n") << false;
    QTest::newRow("of another family") << QByteArray(head + "b{job=\"x\"} 1\n") << false;
    QTest::newRow("no samples") << head << false;
    QTest::newRow("a name with a hyphen") << QByteArray("# HELP a-b x\n# TYPE a-b gauge\na-b{} 1\n") << false;
}

void TestMetrics::parserIsStrict()
{
    QFETCH(QByteArray, text);
    QTEST(Exposition(text).fault.isEmpty(), "good");
}

void TestMetrics::aRunInNumbers()
{
    JobMetrics job = jobNamed(u"orders"_s, u"6f1c"_s);
    job.last = aRun();
    job.lastSuccessUs = 1'700'000'000'000'000;
    job.nextRunUs = 1'800'000'900'000'000;
    job.openConflicts = 7;
    job.rowsSetAside = 8;
    const Exposition read(metricsText({job}));
    QCOMPARE(read.fault, QByteArray());
    const std::map<QByteArray, QByteArray> own{{"job", "orders"}, {"id", "6f1c"}};
    QCOMPARE(read.value("tidemark_run_start_timestamp_seconds", own), 1'800'000'000.25);
    QCOMPARE(read.value("tidemark_run_duration_seconds", own), 12.5);
    QCOMPARE(read.value("tidemark_run_rows_read", own), 1234);
    QCOMPARE(read.value("tidemark_run_tables_failed", own), 1);
    QCOMPARE(read.value("tidemark_last_success_timestamp_seconds", own), 1'700'000'000);
    QCOMPARE(read.value("tidemark_next_run_timestamp_seconds", own), 1'800'000'900);
    QCOMPARE(read.value("tidemark_open_conflicts", own), 7);
    QCOMPARE(read.value("tidemark_rows_set_aside", own), 8);
    const auto rows = [&](const char *direction, const char *operation) {
        return read.value("tidemark_run_rows_written", {{"direction", direction}, {"operation", operation}});
    };
    QCOMPARE(rows("to_target", "insert"), 11);
    QCOMPARE(rows("to_target", "update"), 22);
    QCOMPARE(rows("to_target", "delete"), 33);
    QCOMPARE(rows("to_source", "insert"), 4);
    QCOMPARE(rows("to_source", "update"), 5);
    QCOMPARE(rows("to_source", "delete"), 6);
}

void TestMetrics::unknownHasNoSample()
{
    const Exposition read(metricsText({jobNamed(u"new"_s, u"1"_s)}));
    QCOMPARE(read.fault, QByteArray());
    QCOMPARE(read.samples.size(), std::size_t(2)); // its conflicts and rows: none
    QCOMPARE(read.value("tidemark_open_conflicts", {{"job", "new"}}), 0);
    QCOMPARE(metricsText({}), QByteArray());
}

void TestMetrics::states_data()
{
    QTest::addColumn<int>("state");
    for (const RunState state :
         {RunState::Completed, RunState::NeedsAttention, RunState::Failed, RunState::Cancelled, RunState::Busy})
        QTest::newRow(qPrintable(runStateName(state))) << int(state);
}

void TestMetrics::states()
{
    QFETCH(int, state);
    JobMetrics job = jobNamed(u"j"_s, u"1"_s);
    job.last = RunReport();
    job.last->state = static_cast<RunState>(state);
    const Exposition read(metricsText({job}));
    QCOMPARE(read.samples.at("tidemark_run_state").size(), 5);
    double sum = 0;
    for (const Sample &sample : read.samples.at("tidemark_run_state"))
        sum += sample.value;
    QCOMPARE(sum, 1);
    QCOMPARE(read.value("tidemark_run_state", {{"state", runStateName(job.last->state).toUtf8()}}), 1);
}

void TestMetrics::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("quotation marks") << u"the \"best\" job"_s;
    QTest::newRow("backslashes") << u"a\\b\\\\c\\"_s;
    QTest::newRow("a backslash and an n") << u"a\\n"_s;
    QTest::newRow("lines") << u"a\nb"_s;
    QTest::newRow("a sample") << u"x\"} 1\ntidemark_open_conflicts{job=\"forged"_s;
    QTest::newRow("braces and commas") << u"{a=\"b\",c} # HELP"_s;
    QTest::newRow("Chinese") << u"订单 → 仓库 🌊"_s;
    QTest::newRow("empty") << u""_s;
}

void TestMetrics::names()
{
    QFETCH(QString, name);
    JobMetrics job = jobNamed(name, u"1"_s);
    job.openConflicts = 3;
    job.last = aRun();
    const Exposition read(metricsText({job}));
    QCOMPARE(read.fault, QByteArray());
    QCOMPARE(read.samples.at("tidemark_open_conflicts").size(), 1);
    QCOMPARE(read.value("tidemark_open_conflicts", {{"job", name.toUtf8()}}), 3);
}

void TestMetrics::manyJobs()
{
    QList<JobMetrics> jobs;
    for (int i = 0; i < 100; ++i) {
        jobs << jobNamed(u"j"_s, QString::number(i)); // a name may be had twice: the id tells them apart
        jobs.last().openConflicts = i;
        if (i % 2 == 0)
            jobs.last().last = aRun();
    }
    const Exposition read(metricsText(jobs));
    QCOMPARE(read.fault, QByteArray());
    QCOMPARE(read.samples.at("tidemark_run_duration_seconds").size(), 50);
    QCOMPARE(read.value("tidemark_open_conflicts", {{"id", "73"}}), 73);
}

void TestMetrics::clocksThatWentBack()
{
    JobMetrics job = jobNamed(u"j"_s, u"1"_s);
    job.last = aRun();
    job.last->finishedUs = job.last->startedUs - 5'000'000;
    QCOMPARE(Exposition(metricsText({job})).value("tidemark_run_duration_seconds", {}), 0);
}

void TestMetrics::fromTheJournal()
{
    QTemporaryDir folder;
    const auto journal = Journal::open(folder.filePath(u"journal.db"_s));
    QVERIFY(journal);
    const auto none = readMetrics(**journal, u"id"_s, u"j"_s);
    QVERIFY(none);
    QVERIFY(!none->last);
    QCOMPARE(none->lastSuccessUs, 0);
    const auto run = [&](const QString &id, RunState state, qint64 us) {
        RunReport report = aRun();
        report.job = u"j"_s;
        report.jobId = u"id"_s;
        report.run = id;
        report.state = state;
        report.startedUs = us;
        report.finishedUs = us + 1'000'000;
        QVERIFY((*journal)->startRun(u"id"_s, u"j"_s, id, us));
        QVERIFY((*journal)->finishRun(report));
    };
    run(u"2026-01-01T000000.000Z-0001"_s, RunState::Completed, 1'700'000'000'000'000);
    run(u"2026-01-02T000000.000Z-0001"_s, RunState::Failed, 1'700'000'100'000'000);
    QVERIFY(
        (*journal)->setAside(u"id"_s, {{u"t"_s, "k", u"1"_s, {}, Error{ErrorCode::CheckViolated, {}, {}}, u"r"_s, 1}}));
    const auto known = readMetrics(**journal, u"id"_s, u"j"_s);
    QVERIFY(known);
    QCOMPARE(known->last.value_or(RunReport()).state, RunState::Failed);
    QCOMPARE(known->lastSuccessUs, 1'700'000'001'000'000);
    QCOMPARE(known->rowsSetAside, 1);
    QCOMPARE(known->openConflicts, 0);
}

void TestMetrics::writesAsAWhole()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"tidemark.prom"_s);
    for (int i = 1; i <= 2; ++i) {
        JobMetrics job = jobNamed(u"j"_s, u"1"_s);
        job.openConflicts = i;
        QFile before(file);
        QVERIFY(i == 1 || before.open(QIODevice::ReadOnly));
        QVERIFY(writeMetrics(file, {job}));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), metricsText({job}));
        job.openConflicts = i - 1;
        if (i > 1)
            QCOMPARE(before.readAll(), metricsText({job})); // whoever reads the old one reads all of it
        QVERIFY(written.permissions() & QFile::ReadOther);
        QVERIFY(!(written.permissions() & QFile::WriteOther));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList(u"tidemark.prom"_s));
    }
}

void TestMetrics::cannotWrite()
{
    QTemporaryDir folder;
    const auto written = writeMetrics(folder.filePath(u"no/such/folder.prom"_s), {});
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::FileUnwritable);
    QCOMPARE(written.error().facts.value(Fact::File), folder.filePath(u"no/such/folder.prom"_s));
    QVERIFY(!writeMetrics(folder.path(), {}));
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
