// SPDX-License-Identifier: GPL-3.0-or-later
// Random histories against a model, in memory: the real comparison, reconciling, applying, base and journal, with fake
// replicas. The suite plays a hundred thousand (a tenth where nothing is optimised), `tests/run.sh --thorough` a
// million; from a hundred thousand on every case must have been met a thousand times. TIDEMARK_HISTORIES plays another
// number, TIDEMARK_FIRST_HISTORY from another seed on.
#include <atomic>
#include <thread>

#include <QTest>

#include "tests/core/run/modelfakes.h"
#include "tests/core/run/modelplayer.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

using Kind = ModelStep::Kind;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int suiteHistories = 300;
#elif defined(__OPTIMIZE__)
constexpr int suiteHistories = 100'000;
#else
constexpr int suiteHistories = 10'000;
#endif
constexpr int thoroughHistories = 1'000'000;
constexpr int fullHistories = 100'000; // from here on every case must have been met `leastHits` times; else its share
constexpr qint64 leastHits = 1000;
constexpr std::size_t brokenShown = 3;

QString played(ModelFakes &fakes, const ModelHistory &history, ModelTotals &totals, QStringList *trace = nullptr)
{
    fakes.begin(history);
    ModelPlayer player(history, fakes, totals);
    if (trace)
        player.tellInto(*trace);
    return player.play();
}

// Leaves steps out as long as something is broken.
ModelHistory shrunk(ModelHistory history)
{
    ModelTotals ignored;
    ModelFakes fakes;
    for (bool smaller = true; smaller;) {
        smaller = false;
        for (std::size_t i = history.steps.size(); i-- > 0;) {
            ModelHistory less = history;
            less.steps.erase(less.steps.begin() + qsizetype(i));
            if (played(fakes, less, ignored).isEmpty())
                continue;
            history = std::move(less);
            smaller = true;
        }
    }
    return history;
}

struct Played
{
    ModelTotals totals;
    std::vector<quint32> broken; // seeds
};

// On every core. Stops when some are broken.
Played playAll(quint32 first, quint32 count)
{
    std::atomic<quint32> next = first;
    std::atomic<bool> stop = false;
    std::mutex mutex;
    Played all;
    const auto work = [&] {
        ModelTotals totals;
        ModelFakes fakes;
        for (quint32 seed = next++; !stop && seed - first < count; seed = next++) {
            if (played(fakes, historyOf(seed), totals).isEmpty())
                continue;
            const std::scoped_lock lock(mutex);
            all.broken.push_back(seed);
            stop = all.broken.size() >= brokenShown;
        }
        const std::scoped_lock lock(mutex);
        all.totals.add(totals);
    };
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        threads.emplace_back(work);
    threads.clear();
    return all;
}

} // namespace

class TestTwoWayModel : public QObject
{
    Q_OBJECT

public:
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "86400000"); } // Qt's own limit is five minutes

private Q_SLOTS:
    void shrunkHistories_data();
    void shrunkHistories();
    void randomHistories();
};

// What random histories once found.
void TestTwoWayModel::shrunkHistories_data()
{
    constexpr JobSide source = JobSide::Source;
    constexpr JobSide target = JobSide::Target;
    QTest::addColumn<ModelHistory>("history");
    QTest::newRow("a write on each side")
        << ModelHistory{ConflictPolicy::Ask,
                        ConflictPolicy::Ask,
                        true,
                        true,
                        false,
                        {{Kind::Write, source, 1, 0}, {Kind::Sync, source, 1, 0}, {Kind::Write, target, 1, 0}}};
    // Both sides add to a sum; the run dies after the merge's COMMIT at the source, and must not add twice.
    QTest::newRow("a merge dies between the sides") << ModelHistory{ConflictPolicy::Merge,
                                                                    ConflictPolicy::Ask,
                                                                    true,
                                                                    true,
                                                                    true,
                                                                    {{Kind::Write, source, 1, 0},
                                                                     {Kind::Sync, source, 1, 0},
                                                                     {Kind::Write, source, 1, 0},
                                                                     {Kind::Write, target, 1, 0},
                                                                     {Kind::KilledSync, source, 1, 1},
                                                                     {Kind::Write, target, 1, 0}}};
    // The answer to the merge's COMMIT is lost, and nobody can be asked: what a user adds then is added once.
    QTest::newRow("a merge's side moves on, and its answer was lost") << ModelHistory{ConflictPolicy::Merge,
                                                                                      ConflictPolicy::Ask,
                                                                                      true,
                                                                                      true,
                                                                                      true,
                                                                                      {{Kind::Write, source, 1, 0},
                                                                                       {Kind::Write, source, 2, 0},
                                                                                       {Kind::Sync, source, 1, 0},
                                                                                       {Kind::Write, source, 1, 0},
                                                                                       {Kind::Write, target, 1, 0},
                                                                                       {Kind::KilledSync, target, 1, 4},
                                                                                       {Kind::Write, source, 3, 0},
                                                                                       {Kind::Write, source, 4, 0},
                                                                                       {Kind::Write, target, 1, 0}}};
    QTest::newRow("a delete meets an edit, and the answer is cut off")
        << ModelHistory{ConflictPolicy::Ask,
                        ConflictPolicy::Ask,
                        false,
                        true,
                        false,
                        {{Kind::Write, source, 2, 0},
                         {Kind::Sync, source, 1, 0},
                         {Kind::Delete, source, 2, 0},
                         {Kind::Write, target, 2, 0},
                         {Kind::Sync, source, 1, 0},
                         {Kind::CutResolve, target, 1, 4},
                         {Kind::Write, source, 2, 0}}};
    QTest::newRow("a side comes back from before a delete") << ModelHistory{ConflictPolicy::Newest,
                                                                            ConflictPolicy::Ask,
                                                                            true,
                                                                            true,
                                                                            false,
                                                                            {{Kind::Write, source, 1, 0},
                                                                             {Kind::Write, target, 3, 0},
                                                                             {Kind::Sync, source, 1, 0},
                                                                             {Kind::BackUp, target, 1, 0},
                                                                             {Kind::Delete, source, 1, 0},
                                                                             {Kind::Write, source, 3, 0},
                                                                             {Kind::Sync, source, 1, 0},
                                                                             {Kind::Restore, target, 1, 0},
                                                                             {Kind::Sync, source, 1, 0},
                                                                             {Kind::Resolve, source, 1, 0}}};
    QTest::newRow("an answer to a COMMIT is lost under a base of last week")
        << ModelHistory{ConflictPolicy::Source,
                        ConflictPolicy::Target,
                        false,
                        true,
                        true,
                        {{Kind::Write, source, 1, 0},
                         {Kind::Sync, source, 1, 0},
                         {Kind::KeepJournal, source, 1, 0},
                         {Kind::Write, target, 1, 0},
                         {Kind::LostAnswer, source, 1, 1},
                         {Kind::OldJournal, source, 1, 1},
                         {Kind::Delete, target, 1, 0},
                         {Kind::Sync, source, 1, 0}}};
    // What a person made of the row came to the source alone, and is deleted there.
    QTest::newRow("an answer is deleted at one side, and the row made anew at the other")
        << ModelHistory{ConflictPolicy::Ask,
                        ConflictPolicy::Ask,
                        false,
                        false,
                        true,
                        {{Kind::Write, source, 3, 12},
                         {Kind::Sync, source, 2, 24},
                         {Kind::Delete, target, 3, 20},
                         {Kind::Write, source, 3, 2},
                         {Kind::LostAnswer, source, 1, 22},
                         {Kind::Resolve, target, 1, 22},
                         {Kind::WriteWhileSyncing, target, 3, 32},
                         {Kind::Delete, source, 3, 5}}};
    QTest::newRow("likewise, and a run between") << ModelHistory{ConflictPolicy::Ask,
                                                                 ConflictPolicy::Ask,
                                                                 false,
                                                                 false,
                                                                 true,
                                                                 {{Kind::Write, source, 3, 12},
                                                                  {Kind::Sync, source, 2, 24},
                                                                  {Kind::Delete, target, 3, 20},
                                                                  {Kind::Write, source, 3, 2},
                                                                  {Kind::LostAnswer, source, 1, 22},
                                                                  {Kind::Resolve, target, 1, 22},
                                                                  {Kind::WriteWhileSyncing, target, 3, 32},
                                                                  {Kind::Sync, target, 1, 32},
                                                                  {Kind::Delete, source, 3, 5}}};
    QTest::newRow("likewise, and skipped between") << ModelHistory{ConflictPolicy::Ask,
                                                                   ConflictPolicy::Ask,
                                                                   false,
                                                                   false,
                                                                   true,
                                                                   {{Kind::Write, source, 3, 12},
                                                                    {Kind::Sync, source, 2, 24},
                                                                    {Kind::Delete, target, 3, 20},
                                                                    {Kind::Write, source, 3, 2},
                                                                    {Kind::LostAnswer, source, 1, 22},
                                                                    {Kind::Resolve, target, 1, 22},
                                                                    {Kind::WriteWhileSyncing, target, 3, 32},
                                                                    {Kind::Resolve, target, 3, 23},
                                                                    {Kind::Sync, target, 3, 24},
                                                                    {Kind::Delete, source, 3, 5}}};
    QTest::newRow("a base is filled anew by a run that is cut off") << ModelHistory{ConflictPolicy::Merge,
                                                                                    ConflictPolicy::Merge,
                                                                                    true,
                                                                                    true,
                                                                                    false,
                                                                                    {{Kind::Write, target, 2, 25},
                                                                                     {Kind::Write, target, 4, 22},
                                                                                     {Kind::CutSync, target, 4, 33},
                                                                                     {Kind::LoseJournal, target, 4, 3},
                                                                                     {Kind::Write, target, 4, 27},
                                                                                     {Kind::Sync, target, 4, 13},
                                                                                     {Kind::LoseJournal, target, 4, 7},
                                                                                     {Kind::Write, source, 2, 4},
                                                                                     {Kind::CutResolve, source, 1, 33},
                                                                                     {Kind::CutSync, source, 4, 37},
                                                                                     {Kind::Delete, source, 2, 39}}};
    QTest::newRow("a row comes back while its delete is passed on")
        << ModelHistory{ConflictPolicy::Source,
                        ConflictPolicy::Source,
                        true,
                        true,
                        true,
                        {{Kind::Write, source, 1, 2},
                         {Kind::Sync, source, 1, 18},
                         {Kind::Write, source, 2, 23},
                         {Kind::Write, source, 2, 26},
                         {Kind::Write, target, 3, 16},
                         {Kind::Delete, target, 1, 19},
                         {Kind::WriteWhileSyncing, target, 3, 3},
                         {Kind::Write, source, 1, 32},
                         {Kind::Delete, source, 2, 13},
                         {Kind::Sync, target, 4, 7},
                         {Kind::WriteWhileSyncing, source, 1, 22},
                         {Kind::WriteWhileSyncing, source, 1, 31},
                         {Kind::Delete, source, 1, 28},
                         {Kind::Write, target, 1, 29}}};
    QTest::newRow("a side that an answer has not reached has another row for a while")
        << ModelHistory{ConflictPolicy::Ask,
                        ConflictPolicy::Newest,
                        false,
                        true,
                        true,
                        {{Kind::Write, source, 2, 16},
                         {Kind::Write, source, 1, 27},
                         {Kind::Write, target, 1, 11},
                         {Kind::Delete, target, 1, 10},
                         {Kind::Sync, target, 2, 28},
                         {Kind::Delete, source, 2, 39},
                         {Kind::Write, target, 2, 1},
                         {Kind::Sync, target, 4, 9},
                         {Kind::Write, target, 3, 11},
                         {Kind::Delete, target, 3, 12},
                         {Kind::CutResolve, source, 1, 2},
                         {Kind::WriteWhileSyncing, source, 2, 28},
                         {Kind::Write, target, 2, 35},
                         {Kind::Hold, target, 2, 0},
                         {Kind::Write, source, 2, 21},
                         {Kind::WriteWhileSyncing, source, 2, 25},
                         {Kind::Sync, source, 2, 33}}};
}

void TestTwoWayModel::shrunkHistories()
{
    QFETCH(ModelHistory, history);
    ModelTotals totals;
    ModelFakes fakes;
    QCOMPARE(played(fakes, history, totals), QString());
}

void TestTwoWayModel::randomHistories()
{
    const int wanted = qEnvironmentVariableIntValue("TIDEMARK_HISTORIES");
    const bool thorough = qEnvironmentVariableIsSet("TIDEMARK_THOROUGH");
    const int histories = wanted > 0 ? wanted : thorough ? thoroughHistories : suiteHistories;
    const auto first = quint32(qEnvironmentVariableIntValue("TIDEMARK_FIRST_HISTORY"));
    const Played all = playAll(first, quint32(histories));
    for (const quint32 seed : all.broken) {
        const ModelHistory history = historyOf(seed);
        const ModelHistory small = shrunk(history);
        ModelTotals ignored;
        QStringList trace;
        ModelFakes fakes;
        const QString said = played(fakes, history, ignored);
        const QString saidOfSmall = played(fakes, small, ignored, &trace);
        qWarning("seed %u: %s\n%s\nshrunk: %s\n%s\n%s", seed, qPrintable(said), qPrintable(pastable(history)),
                 qPrintable(saidOfSmall), qPrintable(pastable(small)), qPrintable(trace.join(u'\n')));
    }
    QVERIFY2(all.broken.empty(), "see above");
    qInfo("%d histories, %lld syncs, %lld of them cut short", histories, all.totals.syncs, all.totals.cutSyncs);
    for (std::size_t kind = 0; kind < all.totals.steps.size(); ++kind)
        qInfo("%-30s %lld", stepName(Kind(kind)), all.totals.steps[kind]);
    for (const auto answer :
         {ConflictAnswer::Source, ConflictAnswer::Target, ConflictAnswer::Row, ConflictAnswer::Skip})
        qInfo("answer %-23d %lld", int(answer), all.totals.answers[std::size_t(answer)]);
    for (int which = 0; which < twoWayCaseCount; ++which) {
        const qint64 hits = all.totals.cases[std::size_t(which)];
        qInfo("%-30s %lld", qPrintable(caseName(TwoWayCase(which))), hits);
        if (TwoWayCase(which) != TwoWayCase::Nowhere) // which a comparison never meets
            QVERIFY2(hits >= std::min(leastHits, leastHits * histories / fullHistories),
                     qPrintable(caseName(TwoWayCase(which))));
    }
}

QTEST_GUILESS_MAIN(TestTwoWayModel)
#include "tst_twowaymodel.moc"
