// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

QJsonObject item(const QJsonObject &document, QLatin1StringView code)
{
    for (const auto &value : document.value("items"_L1).toArray())
        if (value.toObject().value("code"_L1) == code)
            return value.toObject();
    return {};
}

} // namespace

// What `job check` says of the adviser, the rehearsal and the lag.
class TestCliCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<CliFolder>();
        QVERIFY(m_folder
                    ->sql(u"a.db"_s,
                          "CREATE TABLE t (id INTEGER PRIMARY KEY, n DECIMAL(12,4), note TEXT, changed TIMESTAMP);"
                          "INSERT INTO t VALUES (1, 1.2345, 'one', '2024-01-01 00:00:00'), (2, 2, 'two', NULL)")
                    .isEmpty());
        QVERIFY(m_folder
                    ->sql(u"b.db"_s,
                          "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, note TEXT NOT NULL, changed TIMESTAMP)")
                    .isEmpty());
    }

    void findingsWithTheirQueryFigureAndSql()
    {
        m_folder->job(u"j"_s, R"("tables": ["t"], "detect": {"by": "timestamp", "column": "changed", "lag": "45s"})",
                      "update");
        const auto check = m_folder->json({u"job"_s, u"check"_s, u"j.json"_s});
        QVERIFY2(check.exitCode == 0, check.said().constData());
        const QJsonObject nulls = item(check.json(), "nulls"_L1);
        QCOMPARE(nulls.value("grade"_L1).toString(), u"problem"_s);
        QCOMPARE(nulls.value("level"_L1).toString(), u"warning"_s);
        QCOMPARE(nulls.value("count"_L1).toInt(), 1);
        QCOMPARE(nulls.value("of"_L1).toInt(), 2);
        QCOMPARE(nulls.value("sampled"_L1).toBool(), false);
        QCOMPARE(m_folder->sql(u"a.db"_s, nulls.value("query"_L1).toString().toUtf8()), QStringList{u"1"_s});
        QCOMPARE(nulls.value("mend"_L1).toArray().size(), 1);
        QCOMPARE(item(check.json(), "no-index"_L1).value("mend"_L1).toArray().first().toString(),
                 u"CREATE INDEX \"ix_t_changed\" ON \"t\" (\"changed\")"_s);
        QCOMPARE(item(check.json(), "lag"_L1).value("detail"_L1).toString(), u"45s"_s);
        QVERIFY(item(check.json(), "loss"_L1).isEmpty());
        QVERIFY(item(check.json(), "rehearsed"_L1).isEmpty());
        // For people: what is to be done, and how.
        const auto text = m_folder->run({u"job"_s, u"check"_s, u"j.json"_s});
        QVERIFY2(text.out.contains("Warning: t: changed is empty in 1 of 2 rows (50 %): such rows are never found.\n"
                                   "    UPDATE main.\"t\" SET \"changed\" = "),
                 text.said().constData());
        QVERIFY2(!text.out.contains("has fractions") && !text.out.contains("5m"), text.said().constData());
    }

    void whatIsMendedIsSaidNoMore()
    {
        m_folder->job(u"j"_s, R"("tables": ["t"], "detect": {"by": "timestamp", "column": "changed"})", "update");
        const auto before = m_folder->json({u"job"_s, u"check"_s, u"j.json"_s});
        for (const char *code : {"no-index", "nulls", "default-without-update-trigger"})
            for (const auto &sql : item(before.json(), QLatin1StringView(code)).value("mend"_L1).toArray())
                QCOMPARE(m_folder->sql(u"a.db"_s, sql.toString().toUtf8()), QStringList());
        const auto after = m_folder->json({u"job"_s, u"check"_s, u"j.json"_s});
        for (const char *code : {"no-index", "nulls", "default-without-update-trigger"})
            QCOMPARE(item(after.json(), QLatin1StringView(code)).value("grade"_L1).toString(), u"good"_s);
    }

    void rehearsalListsTheLosses()
    {
        m_folder->job(u"j"_s, R"("tables": ["t"])", "update");
        const auto check = m_folder->json({u"job"_s, u"check"_s, u"j.json"_s, u"--rehearse"_s});
        QVERIFY2(check.exitCode == 0, check.said().constData());
        const QJsonObject rehearsed = item(check.json(), "rehearsed"_L1);
        QCOMPARE(rehearsed.value("method"_L1).toString(), u"measured"_s);
        QCOMPARE(rehearsed.value("sampleRows"_L1).toInt(), 2);
        QVERIFY(rehearsed.value("losses"_L1).toInt() > 0);
        bool refusesNull = false;
        for (const auto &value : check.json().value("items"_L1).toArray()) {
            const QJsonObject each = value.toObject();
            if (each.value("code"_L1) == "loss"_L1 && each.value("column"_L1) == "note"_L1)
                refusesNull = refusesNull
                    || (each.value("loss"_L1) == "refused"_L1 && each.value("given"_L1) == "NULL"_L1
                        && !each.value("fromData"_L1).toBool() && each.value("kept"_L1).isNull());
        }
        QVERIFY2(refusesNull, check.said().constData());
        QVERIFY(m_folder->run({u"job"_s, u"check"_s, u"j.json"_s, u"--rehearse"_s}).out.contains("temporary table"));
        QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT name FROM sqlite_schema UNION ALL SELECT id FROM t"),
                 QStringList{u"t"_s});
    }

private:
    std::unique_ptr<CliFolder> m_folder;
};

QTEST_MAIN(TestCliCheck)
#include "tst_clicheck.moc"
