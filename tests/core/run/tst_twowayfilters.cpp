// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString inside = u"kind = 'in'"_s;
const QString all = u"1 = 1"_s;
const QString nothing = u"completed > +0 ~0 -0 < +0 ~0 -0"_s;

QString words(const RunReport &report)
{
    QString text = runStateName(report.state);
    if (report.error)
        return text + u' ' + codeName(report.error->code);
    for (const TableReport &table : report.tables) {
        text += u" > "_s + shown(table.toTarget) + u" < "_s + shown(table.toSource);
        if (table.conflicts > 0)
            text += u", %1 open"_s.arg(table.conflicts);
        if (table.error)
            text += u' ' + codeName(table.error->code);
    }
    return text;
}

// Rows are written "name kind"; those of the kind "in" are the job's.
struct FilterRig : EngineRig
{
    FilterRig()
    {
        pair.makeTable(u"t"_s, u"id integer key, name text(20), kind text(10)"_s);
        for (FakeDatabase *side : {&pair.source, &pair.target}) {
            side->setWhere(inside, [](const QStringList &cells) { return cells[2] == "in"_L1; });
            side->setWhere(all, [](const QStringList &) { return true; });
        }
        for (int id = 1; id <= 4; ++id)
            place(id, u"same in"_s, u"same in"_s);
    }
    static void placeAt(FakeDatabase &side, int id, const QString &row)
    {
        if (rowOf(side, id) != "-"_L1)
            side.remove(u"t"_s, {id});
        if (row != "-"_L1)
            side.put(u"t"_s, {id, row.section(u' ', 0, 0), row.section(u' ', 1)});
    }
    void place(int id, const QString &source, const QString &target)
    {
        placeAt(pair.source, id, source);
        placeAt(pair.target, id, target);
    }
    static QString rowOf(const FakeDatabase &side, int id)
    {
        const QStringList rows = side.rows(u"t"_s);
        for (const QString &text : rows) {
            const QStringList cells = text.split(u'|');
            if (cells[0] == QString::number(id))
                return cells[1] + u' ' + cells[2];
        }
        return u"-"_s;
    }
    JobSettings filtered(const QString &where = inside, QJsonObject more = {}) const
    {
        const QJsonObject both{{u"source"_s, where}, {u"target"_s, where}};
        more[u"mode"_s] = u"two-way"_s;
        more[u"tables"_s] = QJsonArray{QJsonObject{{u"source"_s, u"t"_s}, {u"where"_s, both}}};
        return job(more);
    }
    QString synced(const QString &where = inside) { return words(run(filtered(where))); }
};

} // namespace

// Two ways between the rows that both sides' filters name: a row outside is none of the job's.
class TestTwoWayFilters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_rig = std::make_unique<FilterRig>(); }
    void cleanup()
    {
        QCOMPARE(m_rig->pair.violations().join(u'\n'), QString());
        m_rig.reset();
    }

    // Every pair of {no row, as synced, changed} × {inside, outside}, with and without a base.
    void rows_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("expected"); // source then | target then | open
        const auto row = [](const char *base, const char *source, const char *target, const char *expected) {
            QTest::addRow("%s: %s, %s", base, source, target)
                << QString::fromLatin1(base) << QString::fromLatin1(source) << QString::fromLatin1(target)
                << QString::fromLatin1(expected);
            const QStringList parts = QString::fromLatin1(expected).split(u'|');
            if (qstrcmp(source, target) != 0)
                QTest::addRow("%s: %s, %s", base, target, source)
                    << QString::fromLatin1(base) << QString::fromLatin1(target) << QString::fromLatin1(source)
                    << parts[1] + u'|' + parts[0] + u'|' + parts[2];
        };
        row("old in", "old in", "old in", "old in|old in|0");
        row("old in", "new in", "old in", "new in|new in|0");
        row("old in", "new in", "newer in", "new in|newer in|1");
        row("old in", "-", "old in", "-|-|0");
        row("old in", "-", "new in", "-|new in|1");
        row("old in", "-", "-", "-|-|0");
        row("old in", "old out", "old in", "old out|old in|0");
        row("old in", "new out", "old in", "new out|old in|0");
        row("old in", "old out", "new in", "old out|new in|0");
        row("old in", "old out", "-", "old out|-|0");
        row("old in", "old out", "old out", "old out|old out|0");
        row("old in", "new out", "newer out", "new out|newer out|0");
        row("-", "new in", "-", "new in|new in|0");
        row("-", "new out", "-", "new out|-|0");
        row("-", "new in", "new out", "new in|new out|0");
        row("-", "new in", "other out", "new in|other out|0");
        row("-", "new in", "other in", "new in|other in|1");
        row("-", "new out", "other out", "new out|other out|0");
    }
    void rows()
    {
        QFETCH(QString, base);
        QFETCH(QString, source);
        QFETCH(QString, target);
        QFETCH(QString, expected);
        m_rig->place(9, base, base);
        QCOMPARE(m_rig->synced(), nothing);
        m_rig->place(9, source, target);
        const RunReport report = m_rig->run(m_rig->filtered());
        QVERIFY2(report.state == RunState::Completed || report.state == RunState::NeedsAttention,
                 qPrintable(words(report)));
        const QString state =
            u"%1|%2|%3"_s.arg(FilterRig::rowOf(m_rig->pair.source, 9), FilterRig::rowOf(m_rig->pair.target, 9))
                .arg(report.tables.first().conflicts);
        QCOMPARE(state, expected);
        m_rig->pair.resetCounters();
        (void)m_rig->run(m_rig->filtered());
        QCOMPARE(m_rig->pair.source.counters().writes() + m_rig->pair.target.counters().writes(), 0);
        QCOMPARE(m_rig->pair.source.counters().commits + m_rig->pair.target.counters().commits, 0);
    }

    // What the base knew of a row is forgotten when it leaves: one that comes back changed is asked about.
    void aRowThatComesBack_data()
    {
        QTest::addColumn<QString>("back");
        QTest::addColumn<int>("open");
        QTest::newRow("as it was") << u"old in"_s << 0;
        QTest::newRow("changed") << u"new in"_s << 1;
    }
    void aRowThatComesBack()
    {
        QFETCH(QString, back);
        QFETCH(int, open);
        m_rig->place(9, u"old in"_s, u"old in"_s);
        QCOMPARE(m_rig->synced(), nothing);
        m_rig->place(9, u"old out"_s, u"old in"_s);
        QCOMPARE(m_rig->synced(), nothing);
        m_rig->place(9, back, u"old in"_s);
        const RunReport report = m_rig->run(m_rig->filtered());
        QCOMPARE(report.tables.first().conflicts, open);
        QCOMPARE(FilterRig::rowOf(m_rig->pair.target, 9), u"old in"_s);
        QCOMPARE(FilterRig::rowOf(m_rig->pair.source, 9), back);
    }

    void anotherFilterDeletesNothing()
    {
        m_rig->place(8, u"old out"_s, u"old out"_s);
        m_rig->place(9, u"old out"_s, u"old out"_s);
        QCOMPARE(m_rig->synced(all), nothing);
        QCOMPARE(m_rig->synced(inside), nothing);
        m_rig->place(8, u"new out"_s, u"old out"_s);
        QCOMPARE(m_rig->synced(inside), nothing);
        QCOMPARE(m_rig->synced(all), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
        QCOMPARE(FilterRig::rowOf(m_rig->pair.target, 8), u"old out"_s);
        QCOMPARE(FilterRig::rowOf(m_rig->pair.target, 9), u"old out"_s);
    }

    void aVerifyKnowsOfTheJobsRowsAlone()
    {
        m_rig->place(8, u"a out"_s, u"b out"_s);
        m_rig->place(9, u"a in"_s, u"b out"_s);
        m_rig->place(10, u"a out"_s, u"b in"_s);
        Cancellation cancellation;
        ProgressBoard progress;
        Runner runner(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock);
        QCOMPARE(words(runner.verify(m_rig->filtered(), cancellation, progress)), nothing);
        m_rig->place(10, u"a in"_s, u"b in"_s);
        QCOMPARE(words(runner.verify(m_rig->filtered(), cancellation, progress)).section(u' ', 0, 0),
                 u"needs-attention"_s);
    }

private:
    std::unique_ptr<FilterRig> m_rig;
};

QTEST_GUILESS_MAIN(TestTwoWayFilters)
#include "tst_twowayfilters.moc"
