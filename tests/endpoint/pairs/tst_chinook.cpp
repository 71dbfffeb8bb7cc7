// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqlite3.h>

#include <QCryptographicHash>

#include "tests/endpoint/pairs/owndatabase.h"
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr int tableCount = 11;
constexpr int rowCount = 15607;

// One hop of the journey: everything that the first side has, made equal at the second.
struct Hop
{
    Side &from;
    Side &to;
    QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);

    JobSettings job() const
    {
        struct Lookup final : ConnectionLookup
        {
            explicit Lookup(const Hop &h) : hop(h) { }
            Result<ConnectionSettings> connection(const QString &name) const override
            {
                return name == u"from"_s ? hop.from.settings : hop.to.settings;
            }
            const Hop &hop;
        } lookup{*this};
        auto settings = jobFromJson({{u"tidemark"_s, 1},
                                     {u"id"_s, id},
                                     {u"name"_s, u"hop"_s},
                                     {u"source"_s, u"from"_s},
                                     {u"target"_s, u"to"_s},
                                     {u"mode"_s, u"mirror"_s},
                                     {u"create"_s, true},
                                     {u"tables"_s, u"*"_s}},
                                    u"hop.json"_s, lookup);
        if (!settings)
            qFatal("%s", qPrintable(codeName(settings.error().code)));
        return *settings;
    }
};

QByteArray contentHash(const QString &name)
{
    QFile file(name);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

// MariaDB counts rows by table while userstat is on.
struct CountedTables
{
    explicit CountedTables(Side &side) : s(side), before(s.rows(u"SELECT @@global.userstat"_s).value(0))
    {
        s.exec(u"SET GLOBAL userstat = 1"_s);
    }
    ~CountedTables() { s.exec(u"SET GLOBAL userstat = "_s + before); }
    CountedTables(const CountedTables &) = delete;
    CountedTables &operator=(const CountedTables &) = delete;

    Side &s;
    const QString before;
};

} // namespace

// Chinook's eleven tables around all three databases and back.
class TestChinook : public QObject
{
    Q_OBJECT

private:
    RunReport run(const Hop &hop)
    {
        Cancellation cancellation;
        ProgressBoard progress;
        return Runner(m_connector, *m_journal, m_clock).run(hop.job(), {}, cancellation, progress);
    }
    RunReport verify(const Hop &hop)
    {
        Cancellation cancellation;
        ProgressBoard progress;
        return Runner(m_connector, *m_journal, m_clock).verify(hop.job(), cancellation, progress);
    }

    // Every row of every table as SQL literals, ordered by key: what one sees is the stored value and its storage
    // class.
    static QStringList dump(Side &side)
    {
        QStringList lines;
        const QStringList tables = side.rows(
            u"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'tidemark%' ORDER BY lower(name)"_s);
        for (const QString &table : tables) {
            QStringList cells;
            for (const QString &column :
                 side.rows(u"SELECT name FROM pragma_table_info('%1') ORDER BY cid"_s.arg(table)))
                cells += u"quote(\"%1\")"_s.arg(column);
            const QStringList key = side.rows(
                u"SELECT '\"' || name || '\"' FROM pragma_table_info('%1') WHERE pk > 0 ORDER BY pk"_s.arg(table));
            lines += u"%1 (%2)"_s.arg(table, cells.join(u", "_s));
            lines +=
                side.rows(u"SELECT %1 FROM \"%2\" ORDER BY %3"_s.arg(cells.join(u", "_s), table, key.join(u", "_s)));
        }
        return lines;
    }

    // Rows inserted, updated and deleted in this side's tables since it was made, as the server itself counted them.
    QString counters(Side &side)
    {
        switch (side.driver()) {
        case Driver::Sqlite:
            return QString::fromLatin1(contentHash(side.settings.database).toHex());
        case Driver::Mysql:
            return side
                .rows(u"SELECT count(*), sum(rows_changed) FROM information_schema.table_statistics "
                      "WHERE table_schema = '%1'"_s.arg(side.settings.database))
                .join(u',');
        default:
            break;
        }
        // Sessions hand in their counts when they end, which is after the client has gone.
        const QString others = u"SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' "
                               "AND datname = current_database() AND pid <> pg_backend_pid()"_s;
        if (!QTest::qWaitFor([&] { return side.rows(others) == QStringList{u"0"_s}; }, 20'000))
            qFatal("a run left a connection behind");
        return side
            .rows(u"SELECT sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del) FROM pg_stat_user_tables "
                  "WHERE schemaname = '%1'"_s.arg(side.settings.schema))
            .join(u',');
    }

    SystemClock m_clock;
    SqlConnector m_connector;
    QTemporaryDir m_folder;
    std::unique_ptr<Journal> m_journal;

private Q_SLOTS:
    void aroundAllThreeAndBack();
};

void TestChinook::aroundAllThreeAndBack()
{
    if (!Side::isAvailable(Driver::Postgres) || !Side::isAvailable(Driver::Mysql))
        QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
    QFile script(qEnvironmentVariable("TIDEMARK_SOURCE_DIR") + u"/../shared/data/chinook/Chinook_Sqlite.sql"_s);
    if (!script.open(QIODevice::ReadOnly))
        QSKIP("Chinook is not there: ../shared/data/chinook/Chinook_Sqlite.sql beside the sources");
    m_journal = std::move(*Journal::open(m_folder.filePath(u"journal.db"_s)));

    Side first(Driver::Sqlite, m_folder.path(), u"first"_s);
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(first.settings.database.toUtf8().constData(), &database), SQLITE_OK);
    const QByteArray statements = "BEGIN;" + script.readAll() + "COMMIT;";
    QCOMPARE(sqlite3_exec(database, statements.constData(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    const QStringList rows = dump(first);
    QCOMPARE(rows.size(), tableCount + rowCount);

    // A PostgreSQL database of its own, whose sessions and counters are nobody else's.
    const OwnDatabase own(u"chinook"_s);
    Side postgres(Driver::Postgres, m_folder.path(), u"chinook"_s);
    postgres.settings.database = own.name;
    postgres.settings.schema = u"public"_s;
    Side mysql(Driver::Mysql, m_folder.path(), u"chinook"_s);
    const CountedTables counted(mysql);
    Side last(Driver::Sqlite, m_folder.path(), u"last"_s);

    const Hop hops[]{{first, postgres}, {postgres, mysql}, {mysql, last}};
    for (const Hop &hop : hops) {
        const RunReport report = run(hop);
        QCOMPARE(shown(report), u"completed +%1 ~0 -0"_s.arg(rowCount));
        QCOMPARE(report.tables.size(), tableCount);
        QCOMPARE(shown(verify(hop)), u"completed +0 ~0 -0"_s);
    }
    QCOMPARE(dump(last), rows);
    // A price is kept exactly wherever it goes, not only as a number that happens to look the same.
    const QString priceType = u"SELECT data_type, numeric_precision, numeric_scale FROM information_schema.columns "
                              "WHERE table_name = 'Track' AND column_name = 'UnitPrice' AND table_schema = '%1'"_s;
    QCOMPARE(postgres.rows(priceType.arg(postgres.settings.schema)), QStringList{u"numeric|10|2"_s});
    QCOMPARE(mysql.rows(priceType.arg(mysql.settings.database)), QStringList{u"decimal|10|2"_s});

    // The counters count: what was written is in them. Eleven tables and the checkpoints.
    const QStringList written = counters(postgres).split(u'|');
    QVERIFY2(written.value(0).toLongLong() >= rowCount, qPrintable(written.join(u'|')));
    QVERIFY2(counters(mysql).section(u'|', 1).toLongLong() >= rowCount, qPrintable(counters(mysql)));

    const auto everySide = [&] {
        return QStringList{counters(first), counters(postgres), counters(mysql), counters(last)};
    };
    const QStringList before = everySide();
    for (const Hop &hop : hops) {
        const RunReport report = run(hop);
        QCOMPARE(shown(report), u"completed +0 ~0 -0"_s);
        for (const TableReport &table : report.tables)
            QVERIFY(table.identical && table.deletesChecked);
        QCOMPARE(everySide(), before);
    }

    // One cell changed far up travels all the way down, alone.
    first.exec(
        u"UPDATE Track SET Composer = 'Ludwig van Beethoven – «für Elise»', UnitPrice = 1.25 WHERE TrackId = 3503"_s);
    first.exec(u"DELETE FROM PlaylistTrack WHERE PlaylistId = 1 AND TrackId = 3402"_s);
    for (const Hop &hop : hops)
        QCOMPARE(shown(run(hop)), u"completed +0 ~1 -1"_s);
    QCOMPARE(dump(last), dump(first));
    QVERIFY(dump(last) != rows);
}

QTEST_GUILESS_MAIN(TestChinook)
#include "tst_chinook.moc"
