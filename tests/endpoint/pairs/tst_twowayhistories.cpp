// SPDX-License-Identifier: GPL-3.0-or-later
// The histories of tst_twowaymodel on real databases: what a fake can only claim of locks, snapshots and lost
// connections. TIDEMARK_PAIR_HISTORIES plays another number.
#include <QFileInfo>

#include "tests/core/run/modelplayer.h"
#include "tests/endpoint/pairs/modelpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

namespace {

// A sanitizer needs several times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int sqliteHistories = 200;
constexpr int serverHistories = 10;
#else
constexpr int sqliteHistories = 2000;
constexpr int serverHistories = 200;
#endif

QString played(ModelPair &pair, const ModelHistory &history, ModelTotals &totals)
{
    pair.begin(history);
    const QString broken = ModelPlayer(history, pair, totals).play();
    pair.end();
    return broken;
}

} // namespace

class TestTwoWayHistories : public QObject
{
    Q_OBJECT

public:
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "86400000"); } // Qt's own limit is five minutes

private Q_SLOTS:
    void initTestCase();
    void randomHistories_data();
    void randomHistories();
};

void TestTwoWayHistories::initTestCase()
{
    // In memory where the system offers that: each durable step would wait for a disk.
    if (QFileInfo(u"/dev/shm"_s).isWritable())
        qputenv("TMPDIR", "/dev/shm");
    // No certificate is checked here, and libmariadb reads all of the system's for each connection: most of the time.
    qputenv("SSL_CERT_FILE", "/dev/null");
}

void TestTwoWayHistories::randomHistories_data()
{
    QTest::addColumn<Driver>("source");
    QTest::addColumn<Driver>("target");
    QTest::addColumn<int>("histories");
    QTest::addColumn<int>("thorough");
    QTest::newRow("SQLite to SQLite") << Driver::Sqlite << Driver::Sqlite << sqliteHistories << 20'000;
    QTest::newRow("PostgreSQL to MariaDB") << Driver::Postgres << Driver::Mysql << serverHistories << 2'000;
}

void TestTwoWayHistories::randomHistories()
{
    QFETCH(Driver, source);
    QFETCH(Driver, target);
    QFETCH(int, histories);
    QFETCH(int, thorough);
    if (!Side::isAvailable(source) || !Side::isAvailable(target))
        QSKIP("no such server");
    if (qEnvironmentVariableIsSet("TIDEMARK_THOROUGH"))
        histories = thorough;
    if (const int wanted = qEnvironmentVariableIntValue("TIDEMARK_PAIR_HISTORIES"); wanted > 0)
        histories = wanted;
    const auto first = quint32(qEnvironmentVariableIntValue("TIDEMARK_FIRST_HISTORY"));
    ModelPair pair(source, target);
    ModelTotals totals;
    for (quint32 seed = first; seed < first + quint32(histories); ++seed) {
        const ModelHistory history = historyOf(seed);
        const QString broken = played(pair, history, totals);
        if (!broken.isEmpty())
            QFAIL(qPrintable(u"seed %1: %2\n%3"_s.arg(seed).arg(broken, pastable(history))));
    }
    qInfo("%d histories, %lld syncs, %lld of them cut short", histories, totals.syncs, totals.cutSyncs);
    for (int which = 0; which < twoWayCaseCount; ++which)
        qInfo("%-30s %lld", qPrintable(caseName(TwoWayCase(which))), totals.cases[std::size_t(which)]);
}

QTEST_GUILESS_MAIN(TestTwoWayHistories)
#include "tst_twowayhistories.moc"
