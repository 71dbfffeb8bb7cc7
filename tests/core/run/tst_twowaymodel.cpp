// SPDX-License-Identifier: GPL-3.0-or-later
// Random histories against a model: users write and delete on both sides, also while a sync is under way, syncs are cut
// off anywhere, journals are lost and databases come back from backups. TIDEMARK_HISTORIES sets how many are played.
#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <set>

#include <QTest>

#include "tests/core/run/twowayrig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr int keyCount = 4;
constexpr int stepCount = 30;

struct Step
{
    enum class Kind : quint8 {
        Write,
        Delete,
        Sync,
        CutSync,
        LostAnswer,
        WriteWhileSyncing,
        LoseJournal,
        BackUp,
        Restore
    };
    Kind kind = Kind::Write;
    JobSide side = JobSide::Source;
    int key = 1;
    int at = 0; // the operation of a sync at which it happens
};

QString shownStep(const Step &step)
{
    static const char *const names[]{"write",     "delete",  "sync",   "cut",    "lost",
                                     "meanwhile", "journal", "backup", "restore"};
    return u"{%1 %2 %3 %4}"_s
        .arg(QLatin1StringView(names[int(step.kind)]), step.side == JobSide::Source ? u"source"_s : u"target"_s)
        .arg(step.key)
        .arg(step.at);
}

struct History
{
    ConflictPolicy policy = ConflictPolicy::Ask;
    bool ordered = true; // else the sides are joined by hash
    std::vector<Step> steps;
};

History historyOf(quint32 seed)
{
    std::mt19937 random(seed);
    const auto below = [&random](int limit) { return int(random() % quint32(limit)); };
    History history;
    static constexpr ConflictPolicy policies[]{ConflictPolicy::Ask,   ConflictPolicy::Ask,    ConflictPolicy::Ask,
                                               ConflictPolicy::Merge, ConflictPolicy::Source, ConflictPolicy::Target,
                                               ConflictPolicy::Newest};
    history.policy = policies[below(int(std::size(policies)))];
    history.ordered = below(4) != 0;
    using Kind = Step::Kind;
    static constexpr Kind kinds[]{Kind::Write,
                                  Kind::Write,
                                  Kind::Write,
                                  Kind::Write,
                                  Kind::Write,
                                  Kind::Delete,
                                  Kind::Delete,
                                  Kind::Delete,
                                  Kind::Sync,
                                  Kind::Sync,
                                  Kind::Sync,
                                  Kind::Sync,
                                  Kind::CutSync,
                                  Kind::LostAnswer,
                                  Kind::CutSync,
                                  Kind::WriteWhileSyncing,
                                  Kind::WriteWhileSyncing};
    const bool disasters = below(5) == 0; // else the base is trusted throughout
    for (int i = 0; i < stepCount; ++i) {
        Step step{kinds[below(int(std::size(kinds)))], below(2) == 0 ? JobSide::Source : JobSide::Target,
                  1 + below(keyCount), below(40)};
        if (disasters && below(10) == 0) {
            static constexpr Kind worse[]{Kind::LoseJournal, Kind::BackUp, Kind::BackUp, Kind::Restore};
            step.kind = worse[below(int(std::size(worse)))];
        }
        history.steps.push_back(step);
    }
    for (const int place : {9, 19}) // three syncs at least, with the one at the end
        history.steps[std::size_t(place)].kind = Kind::Sync;
    return history;
}

using Totals = std::array<qint64, twoWayCaseCount>;

// Plays one history, and says what was broken.
class Player
{
public:
    explicit Player(const History &history, Totals &totals) : m_history(history), m_totals(totals)
    {
        m_rig.pair.makeTable(u"t"_s,
                             history.ordered ? u"id integer key, note text(40), stamp integer"_s
                                             : u"id integer key unordered, note text(40), stamp integer"_s);
        m_rig.rules.rules.conflicts = m_rig.rules.rules.first = history.policy;
        m_rig.rules.newestSource = m_rig.rules.newestTarget = 2;
        m_rig.pair.source.onOperation([this](const QString &) { meanwhile(); });
        m_rig.pair.target.onOperation([this](const QString &) { meanwhile(); });
    }

    QString play()
    {
        for (const Step &step : m_history.steps) {
            take(step);
            if (!m_broken.isEmpty())
                return m_broken;
        }
        return settleDown();
    }

private:
    FakeDatabase &side(JobSide which) { return which == JobSide::Source ? m_rig.pair.source : m_rig.pair.target; }

    // What a side has under a key: the name of the value, or of the delete that it bears; empty: it never had it.
    QString version(JobSide which, int key)
    {
        const QString found = rowOf(which, key);
        return found.isEmpty() ? m_tombs[{which, key}] : found;
    }
    QString rowOf(JobSide which, int key)
    {
        const QString prefix = QString::number(key) + u'|';
        for (const QString &row : side(which).rows(u"t"_s)) {
            if (row.startsWith(prefix))
                return row.section(u'|', 1, 1);
        }
        return {};
    }

    void write(JobSide which, int key)
    {
        const QString name = u"v%1"_s.arg(++m_names);
        m_parents[name] = version(which, key);
        side(which).put(u"t"_s, {key, name, m_names});
        m_deleted.erase({which, key});
    }
    void remove(JobSide which, int key)
    {
        const QString before = rowOf(which, key);
        if (before.isEmpty())
            return;
        const QString name = u"d%1"_s.arg(++m_names);
        m_parents[name] = before;
        m_tombs[{which, key}] = name;
        if (m_based) // else nobody can tell this from an insert at the other side
            m_deleted[{which, key}] = before;
        side(which).remove(u"t"_s, {key});
    }

    void meanwhile() // from any thread of a sync
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_waiting || m_busy || m_waiting->at-- > 0 || side(m_waiting->side).isLocked(u"t"_s))
            return;
        m_busy = true;
        const Step step = *m_waiting;
        m_waiting.reset();
        if ((step.key + m_names) % 3 == 0)
            remove(step.side, step.key);
        else
            write(step.side, step.key);
        m_busy = false;
    }

    bool isAncestor(const QString &older, QString younger) const
    {
        for (; younger != older; younger = m_parents.at(younger)) {
            if (younger.isEmpty())
                return false;
            if (!m_parents.contains(younger))
                return false;
        }
        return true;
    }

    void take(const Step &step)
    {
        const Error lost{ErrorCode::ConnectionLost, {}, {}};
        switch (step.kind) {
        case Step::Kind::Write:
            write(step.side, step.key);
            break;
        case Step::Kind::Delete:
            remove(step.side, step.key);
            break;
        case Step::Kind::Sync:
            sync();
            break;
        case Step::Kind::CutSync:
            side(step.side).failOn({}, lost, step.at);
            sync();
            break;
        case Step::Kind::LostAnswer:
            side(step.side).failCommit(step.at % 2 == 0, step.at / 2 % 3);
            sync();
            break;
        case Step::Kind::WriteWhileSyncing:
            m_waiting = step;
            sync();
            break;
        case Step::Kind::LoseJournal:
            m_rig.reopenJournal(u"journal%1.db"_s.arg(++m_names));
            ++m_lostJournals;
            m_based = false;
            m_deleted.clear();
            break;
        case Step::Kind::BackUp:
            m_backups[step.side] = side(step.side).backUp();
            break;
        case Step::Kind::Restore:
            restore(step.side);
            break;
        }
    }

    void restore(JobSide which)
    {
        if (!m_backups.contains(which))
            return;
        side(which).restore(m_backups.at(which));
        m_deleted.clear();
        // What the backup does not know is gone by no fault of ours.
        std::set<QString> there;
        for (int key = 1; key <= keyCount; ++key)
            there.insert({rowOf(JobSide::Source, key), rowOf(JobSide::Target, key)});
        for (const auto &[name, parent] : m_parents) {
            if (!there.contains(name))
                m_excused.insert(name);
        }
        m_restored = true;
        m_based = false;
    }

    void sync()
    {
        const auto tables = m_rig.sync();
        m_rig.pair.source.failNoMore();
        m_rig.pair.target.failNoMore();
        m_waiting.reset();
        m_whole = tables && !tables->first().error;
        m_based = m_based || m_whole;
        if (m_whole) {
            const TwoWayTable &table = tables->first();
            for (std::size_t i = 0; i < m_totals.size(); ++i)
                m_totals[i] += table.counts.cases[i];
            m_openCount = table.counts.conflicts;
            m_written = table.toTarget.written.total() + table.toSource.written.total();
        }
        observe();
        if (const QStringList violations = m_rig.pair.violations(); !violations.isEmpty())
            m_broken = violations.join(u", "_s);
    }

    // After a sync, whole or not.
    void observe()
    {
        std::set<QString> there;
        for (int key = 1; key <= keyCount; ++key) {
            for (const JobSide at : {JobSide::Source, JobSide::Target}) {
                const QString row = rowOf(at, key);
                there.insert(row);
                QString &tomb = m_tombs[{at, key}];
                if (row.isEmpty() && tomb.isEmpty())
                    tomb = m_tombs[{mirrored(at), key}]; // a sync has brought the delete over
                const auto deleted = m_deleted.find({at, key});
                if (decides() && deleted != m_deleted.end() && row == deleted->second)
                    m_broken = u"%1 was deleted and came back"_s.arg(row);
            }
        }
        if (!decides())
            return;
        // A value that nobody has replaced is somewhere.
        std::set<QString> replaced;
        for (const auto &[name, parent] : m_parents)
            replaced.insert(parent);
        for (const auto &[name, parent] : m_parents) {
            if (name.startsWith(u'v') && !replaced.contains(name) && !there.contains(name) && !m_excused.contains(name))
                m_broken = u"%1 is lost"_s.arg(name);
        }
    }

    // Does nobody but a person decide? Else a policy may drop a value.
    bool decides() const
    {
        return m_history.policy == ConflictPolicy::Ask || m_history.policy == ConflictPolicy::Merge;
    }

    QString settleDown()
    {
        for (int i = 0; i < 4; ++i)
            sync();
        if (!m_broken.isEmpty())
            return m_broken;
        if (!m_whole)
            return u"a quiet sync failed"_s;
        int unequal = 0;
        for (int key = 1; key <= keyCount; ++key) {
            const QString source = version(JobSide::Source, key);
            const QString target = version(JobSide::Target, key);
            if (rowOf(JobSide::Source, key) == rowOf(JobSide::Target, key))
                continue;
            ++unequal;
            const bool trusted = !m_restored && m_lostJournals == 0;
            if (trusted && m_parents.contains(source) && m_parents.contains(target)
                && (isAncestor(source, target) || isAncestor(target, source)))
                return u"a conflict without a cause: %1, %2"_s.arg(source, target);
        }
        if (unequal != m_openCount)
            return u"%1 rows differ, %2 conflicts are open"_s.arg(unequal).arg(m_openCount);
        m_rig.pair.resetCounters();
        sync();
        if (m_written != 0 || m_rig.pair.source.counters().commits + m_rig.pair.target.counters().commits != 0)
            return u"a quiet sync wrote"_s;
        return m_broken;
    }

    using Place = std::pair<JobSide, int>;
    const History &m_history;
    Totals &m_totals;
    TwoWayRig m_rig;
    std::mutex m_mutex;
    std::optional<Step> m_waiting;
    bool m_busy = false;
    std::map<QString, QString> m_parents; // what a version was made of, by name
    std::map<Place, QString> m_tombs; // the delete that an absent row is owed to
    std::map<Place, QString> m_deleted; // what users deleted there, while the base is trusted
    std::map<JobSide, std::shared_ptr<const FakeDatabase::Backup>> m_backups;
    std::set<QString> m_excused;
    qint64 m_openCount = 0;
    qint64 m_written = 0;
    int m_lostJournals = 0;
    int m_names = 0;
    bool m_restored = false;
    bool m_based = false; // a sync has been whole since the last disaster
    bool m_whole = false;
    QString m_broken;
};

QString played(const History &history, Totals &totals) { return Player(history, totals).play(); }

// Leaves steps out as long as something is broken.
History shrunk(History history)
{
    Totals ignored{};
    for (bool smaller = true; smaller;) {
        smaller = false;
        for (std::size_t i = history.steps.size(); i-- > 0;) {
            History less = history;
            less.steps.erase(less.steps.begin() + qsizetype(i));
            if (played(less, ignored).isEmpty())
                continue;
            history = std::move(less);
            smaller = true;
        }
    }
    return history;
}

} // namespace

class TestTwoWayModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomHistories();
};

void TestTwoWayModel::randomHistories()
{
    const int wanted = qEnvironmentVariableIntValue("TIDEMARK_HISTORIES");
    // Each durable step waits for a disk where there is one.
    const int histories = wanted > 0 ? wanted : EngineRig::inMemory() ? 150 : 20;
    const quint32 first = quint32(qEnvironmentVariableIntValue("TIDEMARK_FIRST_HISTORY"));
    Totals totals{};
    for (quint32 seed = first; seed < first + quint32(histories); ++seed) {
        const History history = historyOf(seed);
        const QString broken = played(history, totals);
        if (broken.isEmpty())
            continue;
        const History small = shrunk(history);
        QStringList steps;
        for (const Step &step : small.steps)
            steps += shownStep(step);
        Totals ignored{};
        QFAIL(qPrintable(u"history %1, policy %2, %3: %4\nshrunk to: %5\n%6"_s.arg(seed).arg(
            policyName(history.policy), history.ordered ? u"ordered"_s : u"hashed"_s, broken, played(small, ignored),
            steps.join(u' '))));
    }
    for (int which = 0; which < twoWayCaseCount; ++which) {
        qInfo().noquote() << caseName(TwoWayCase(which)) << totals[std::size_t(which)];
        if (histories >= 150 && TwoWayCase(which) != TwoWayCase::Nowhere) // which a comparison never meets
            QVERIFY2(totals[std::size_t(which)] > 0, qPrintable(caseName(TwoWayCase(which))));
    }
}

QTEST_GUILESS_MAIN(TestTwoWayModel)
#include "tst_twowaymodel.moc"
