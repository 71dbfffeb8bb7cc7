// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/undorun.h"
#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QJsonObject soft(const QString &side, const QJsonObject &more = {})
{
    QJsonObject mark{{u"column"_s, u"gone"_s}, {u"deleted"_s, 1}, {u"side"_s, side}};
    for (auto it = more.begin(); it != more.end(); ++it)
        mark[it.key()] = it.value();
    return {{u"soft"_s, mark}};
}

QString words(const RunReport &report)
{
    QString text = runStateName(report.state);
    if (report.error)
        return text + u' ' + codeName(report.error->code);
    for (const TableReport &table : report.tables) {
        text += u" > "_s + shown(table.toTarget);
        if (table.toSource.total() > 0)
            text += u" < "_s + shown(table.toSource);
        if (table.conflicts > 0)
            text += u", %1 open"_s.arg(table.conflicts);
        if (table.withheldDeletes > 0)
            text += u", %1 withheld"_s.arg(table.withheldDeletes);
        if (table.error)
            text += u' ' + codeName(table.error->code);
    }
    return text;
}

// Both sides keep id, name and a mark; a few rows that are equal.
struct SoftRig : EngineRig
{
    SoftRig()
    {
        pair.makeTable(u"t"_s, u"id integer key, name text(20), gone integer, stamp timestamp(6), pending integer"_s);
        for (int id = 1; id <= 4; ++id)
            both(id, u"same"_s, 0);
        setBound(usAt(50), usAt(50));
    }
    static FakeValues row(int id, const QString &name, const FakeValue &gone, int minute = 1)
    {
        return {id, name, gone, stampAt(minute), 1};
    }
    void both(int id, const QString &name, const FakeValue &gone)
    {
        atSource(id, name, gone);
        atTarget(id, name, gone);
    }
    void atSource(int id, const QString &name, const FakeValue &gone, int minute = 1)
    {
        pair.putSource(u"t"_s, row(id, name, gone, minute));
    }
    void atTarget(int id, const QString &name, const FakeValue &gone) { pair.putTarget(u"t"_s, row(id, name, gone)); }
    static QString row(const QStringList &rows, int id)
    {
        for (const QString &text : rows) {
            const QStringList cells = text.split(u'|');
            if (cells[0] == QString::number(id))
                return cells[1] + u' ' + cells[2];
        }
        return u"-"_s;
    }
    QString target(int id) const { return row(pair.targetRows(u"t"_s), id); } // "name mark"
    QString source(int id) const { return row(pair.sourceRows(u"t"_s), id); }
    JobSettings softJob(const QString &mode, const QJsonObject &deletes, QJsonObject more = {}) const
    {
        more[u"mode"_s] = mode;
        more[u"deletes"_s] = deletes;
        return job(more);
    }
};

QJsonObject byStamp()
{
    return {{u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}}},
            {u"keyCompare"_s, u"never"_s}};
}

QJsonObject byFlag()
{
    return {{u"detect"_s,
             QJsonObject{{u"by"_s, u"flag"_s}, {u"column"_s, u"pending"_s}, {u"pending"_s, 1}, {u"done"_s, 0}}},
            {u"keyCompare"_s, u"never"_s}};
}

} // namespace

// A column that marks rows as deleted stands for their absence.
class TestSoftDeletes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_rig = std::make_unique<SoftRig>(); }
    void cleanup()
    {
        QCOMPARE(m_rig->pair.violations().join(u'\n'), QString());
        m_rig.reset();
    }

    // {no row, a row, a marked row} at both sides, by mode and by the side of the mark: what row 9 becomes.
    void oneWay_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("side");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("becomes");
        const auto row = [](const char *mode, const char *side, const char *source, const char *target,
                            const char *written, const char *becomes) {
            QTest::addRow("%s, mark at %s: %s, %s", mode, side, source, target)
                << QString::fromLatin1(mode) << QString::fromLatin1(side) << QString::fromLatin1(source)
                << QString::fromLatin1(target) << QString::fromLatin1(written) << QString::fromLatin1(becomes);
        };
        row("mirror", "source", "-", "-", "+0 ~0 -0", "-");
        row("mirror", "source", "-", "old 0", "+0 ~0 -1", "-");
        row("mirror", "source", "new 0", "-", "+1 ~0 -0", "new 0");
        row("mirror", "source", "new 0", "old 0", "+0 ~1 -0", "new 0");
        row("mirror", "source", "new NULL", "new NULL", "+0 ~0 -0", "new NULL");
        row("mirror", "source", "new 1", "-", "+0 ~0 -0", "-");
        row("mirror", "source", "new 1", "old 0", "+0 ~0 -1", "-");
        row("mirror", "source", "new 1", "new 1", "+0 ~0 -1", "-");
        row("update", "source", "new 0", "-", "+1 ~0 -0", "new 0");
        row("update", "source", "new 1", "-", "+0 ~0 -0", "-");
        row("update", "source", "new 1", "old 0", "+0 ~0 -0", "old 0");
        row("mirror", "target", "-", "old 0", "+0 ~0 -1", "old 1");
        row("mirror", "target", "-", "old NULL", "+0 ~0 -1", "old 1");
        row("mirror", "target", "-", "old 1", "+0 ~0 -0", "old 1");
        row("mirror", "target", "new 0", "-", "+1 ~0 -0", "new NULL");
        row("mirror", "target", "new 0", "old 0", "+0 ~1 -0", "new 0");
        row("mirror", "target", "new 1", "new 0", "+0 ~0 -0", "new 0"); // the source's column is none of the job's
        row("mirror", "target", "new 0", "old 1", "+1 ~0 -0", "new 0");
        row("mirror", "target", "new 1", "new 1", "+1 ~0 -0", "new 0");
    }
    void oneWay()
    {
        QFETCH(QString, mode);
        QFETCH(QString, side);
        QFETCH(QString, source);
        QFETCH(QString, target);
        QFETCH(QString, written);
        QFETCH(QString, becomes);
        place(source, target);
        for (const QString &scope : {u"batch"_s, u"table"_s}) {
            const JobSettings job = m_rig->softJob(mode, soft(side), {{u"transaction"_s, scope}});
            const QString planned = words(m_rig->plan(job, scope + u".db"_s)).section(u' ', 2);
            if (scope == "batch"_L1)
                QCOMPARE(planned, written);
            QCOMPARE(words(m_rig->run(job)), u"completed > "_s + (scope == "batch"_L1 ? written : u"+0 ~0 -0"_s));
            QCOMPARE(m_rig->target(9), becomes);
            QCOMPARE(m_rig->source(9), source);
        }
        m_rig->pair.resetCounters();
        const JobSettings job = m_rig->softJob(mode, soft(side));
        QCOMPARE(words(m_rig->run(job)), u"completed > +0 ~0 -0"_s);
        QCOMPARE(m_rig->pair.target.counters().writes(), 0);
    }

    void anApprovedPlanWritesTheSame_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("becomes");
        QTest::newRow("marks") << u"-"_s << u"old 0"_s << u"+0 ~0 -1"_s << u"old 1"_s;
        QTest::newRow("comes back") << u"new 0"_s << u"old 1"_s << u"+1 ~0 -0"_s << u"new 0"_s;
    }
    void anApprovedPlanWritesTheSame()
    {
        QFETCH(QString, source);
        QFETCH(QString, target);
        QFETCH(QString, written);
        QFETCH(QString, becomes);
        place(source, target);
        const JobSettings job = m_rig->softJob(u"mirror"_s, soft(u"target"_s));
        QCOMPARE(words(m_rig->planAndRun(job)), u"completed > "_s + written);
        QCOMPARE(m_rig->target(9), becomes);
    }

    // A cursor and a flag see a row being marked: no keys need be compared.
    void detectionsSeeTheMark_data()
    {
        QTest::addColumn<QJsonObject>("detect");
        QTest::newRow("timestamp") << byStamp();
        QTest::newRow("flag") << byFlag();
    }
    void detectionsSeeTheMark()
    {
        QFETCH(QJsonObject, detect);
        const JobSettings job = m_rig->softJob(u"mirror"_s, soft(u"source"_s), detect);
        QCOMPARE(words(m_rig->run(job)), u"completed > +0 ~0 -0"_s);
        m_rig->atSource(2, u"same"_s, 1, 20);
        m_rig->atSource(3, u"changed"_s, 0, 10);
        m_rig->atSource(7, u"stillborn"_s, 1, 21);
        QCOMPARE(words(m_rig->run(job)), u"completed > +0 ~1 -1"_s);
        QCOMPARE(m_rig->target(2), u"-"_s);
        QCOMPARE(m_rig->target(3), u"changed 0"_s);
        QCOMPARE(words(m_rig->run(job)), u"completed > +0 ~0 -0"_s);
        m_rig->atSource(2, u"back"_s, 0, 30);
        QCOMPARE(words(m_rig->run(job)), u"completed > +1 ~0 -0"_s);
        QCOMPARE(m_rig->target(2), u"back 0"_s);
        if (detect[u"detect"_s][u"by"_s] == u"flag"_s)
            QVERIFY2(!m_rig->pair.sourceRows(u"t"_s).join(u' ').contains(u"00|1"_s),
                     qPrintable(m_rig->pair.sourceRows(u"t"_s).join(u' ')));
    }

    void theGuardCountsUnmarkedRows()
    {
        for (int id = 1; id <= 4; ++id)
            m_rig->pair.removeSource(u"t"_s, {id});
        for (int id = 10; id <= 60; ++id)
            m_rig->atTarget(id, u"old"_s, 1);
        const JobSettings job = m_rig->softJob(u"mirror"_s, soft(u"target"_s));
        QCOMPARE(words(m_rig->run(job)), u"needs-attention > +0 ~0 -0, 4 withheld"_s);
        RunOptions options;
        options.allowDeletes = 4;
        QCOMPARE(words(m_rig->run(job, options)), u"completed > +0 ~0 -4"_s);
        QCOMPARE(m_rig->target(1), u"same 1"_s);
    }

    void verifyTakesMarkedRowsForAbsent()
    {
        m_rig->atTarget(9, u"old"_s, 1);
        const JobSettings job = m_rig->softJob(u"mirror"_s, soft(u"target"_s));
        Cancellation cancellation;
        ProgressBoard progress;
        Runner runner(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock);
        QCOMPARE(words(runner.verify(job, cancellation, progress)), u"completed > +0 ~0 -0"_s);
        m_rig->atTarget(9, u"old"_s, 0);
        QCOMPARE(words(runner.verify(job, cancellation, progress)), u"needs-attention > +0 ~0 -1"_s);
    }

    // A delete is taken back by clearing the mark, an insert by setting it.
    void undoneRunsMarkAndUnmark()
    {
        place(u"-"_s, u"old 0"_s);
        m_rig->atSource(10, u"new"_s, 0);
        m_rig->atTarget(11, u"tomb"_s, 1);
        m_rig->atSource(11, u"risen"_s, 0);
        const JobSettings job = m_rig->softJob(u"mirror"_s, soft(u"target"_s));
        const RunReport run = m_rig->run(job);
        QCOMPARE(words(run), u"completed > +2 ~0 -1"_s);
        UndoRequest request;
        request.run = run.run;
        request.yes = true;
        Cancellation cancellation;
        ProgressBoard progress;
        const UndoOutcome undone =
            undoRun(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock, job, request, cancellation, progress);
        QCOMPARE(words(undone.report), u"completed > +1 ~0 -2"_s);
        QCOMPARE(m_rig->target(9), u"old 0"_s);
        QCOMPARE(m_rig->target(10), u"new 1"_s);
        QCOMPARE(m_rig->target(11), u"risen 1"_s);
    }

    void aColumnThatCannotBeTheMark_data()
    {
        QTest::addColumn<QString>("side");
        QTest::addColumn<QJsonObject>("mark");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("connection");
        const QJsonObject missing{{u"column"_s, u"nowhere"_s}};
        const QJsonObject unfit{{u"deleted"_s, u"yes"_s}, {u"present"_s, u"no"_s}};
        QTest::newRow("missing at the target")
            << u"target"_s << missing << u"no-such-column"_s << u"nowhere"_s << u"target"_s;
        QTest::newRow("missing at the source")
            << u"source"_s << missing << u"no-such-column"_s << u"nowhere"_s << u"source"_s;
        QTest::newRow("a text in numbers")
            << u"target"_s << unfit << u"types-incompatible"_s << u"gone"_s << u"target"_s;
        QTest::newRow("a text in numbers, of what comes back") << u"target"_s << QJsonObject{{u"present"_s, u"no"_s}}
                                                               << u"types-incompatible"_s << u"gone"_s << u"target"_s;
        QTest::newRow("a time") << u"target"_s << QJsonObject{{u"column"_s, u"stamp"_s}} << u"types-incompatible"_s
                                << u"stamp"_s << u"target"_s;
    }
    void aColumnThatCannotBeTheMark()
    {
        QFETCH(QString, side);
        QFETCH(QJsonObject, mark);
        QFETCH(QString, code);
        QFETCH(QString, column);
        QFETCH(QString, connection);
        const QJsonObject more = side == "source"_L1 && mark.contains(u"present"_s) ? QJsonObject{} : mark;
        const RunReport report = m_rig->run(m_rig->softJob(u"mirror"_s, soft(side, more)));
        QVERIFY(report.tables.first().error.has_value());
        const Error &error = *report.tables.first().error;
        QCOMPARE(codeName(error.code), code);
        QCOMPARE(error.facts.value(Fact::Column), column);
        QCOMPARE(error.facts.value(Fact::Connection), connection);
        QCOMPARE(error.facts.value(Fact::Table), u"t"_s);
    }

    // Two ways, after a first sync of equal rows; the mark is at one side, and both are read and written by it.
    void twoWay_data()
    {
        QTest::addColumn<QString>("side");
        QTest::addColumn<QString>("base"); // both sides at the first sync
        QTest::addColumn<QString>("marked"); // the side with the mark, then
        QTest::addColumn<QString>("other");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("markedThen");
        QTest::addColumn<QString>("otherThen");
        const auto row = [](const char *name, const char *base, const char *marked, const char *other,
                            const QString &written, const char *markedThen, const char *otherThen) {
            for (const QString &side : {u"source"_s, u"target"_s}) {
                QTest::addRow("%s, mark at %s", name, qPrintable(side))
                    << side << QString::fromLatin1(base) << QString::fromLatin1(marked) << QString::fromLatin1(other)
                    << written << QString::fromLatin1(markedThen) << QString::fromLatin1(otherThen);
            }
        };
        // written: at the side with the mark | at the other
        row("untouched", "old 0", "old 0", "old 0", u"|"_s, "old 0", "old 0");
        row("marked", "old 0", "old 1", "old 0", u"|+0 ~0 -1"_s, "old 1", "-");
        row("deleted with the mark", "old 0", "-", "old 0", u"|+0 ~0 -1"_s, "-", "-");
        row("deleted at the other side", "old 0", "old 0", "-", u"+0 ~0 -1|"_s, "old 1", "-");
        row("both deleted", "old 0", "old 1", "-", u"|"_s, "old 1", "-");
        row("changed at the other side", "old 0", "old 0", "new 0", u"+0 ~1 -0|"_s, "new 0", "new 0");
        row("the other side's column says nothing", "old 0", "old 0", "old 1", u"|"_s, "old 0", "old 1");
        row("marked and changed", "old 0", "old 1", "new 0", u"|1"_s, "old 1", "new 0");
        row("changed and deleted", "old 0", "new 0", "-", u"|1"_s, "new 0", "-");
        row("only a marked row", "-", "old 1", "-", u"|"_s, "old 1", "-");
        row("inserted under a marked key", "-", "old 1", "new 0", u"+1 ~0 -0|"_s, "new 0", "new 0");
        row("inserted with the mark's side", "-", "new 0", "-", u"|+1 ~0 -0"_s, "new 0", "new NULL");
    }
    void twoWay()
    {
        QFETCH(QString, side);
        QFETCH(QString, base);
        QFETCH(QString, marked);
        QFETCH(QString, other);
        QFETCH(QString, written);
        QFETCH(QString, markedThen);
        QFETCH(QString, otherThen);
        const bool atSource = side == "source"_L1;
        const auto both = [&](const QString &withMark, const QString &without) {
            place(atSource ? withMark : without, atSource ? without : withMark);
        };
        both(base, base);
        const JobSettings job = m_rig->softJob(u"two-way"_s, soft(side));
        QCOMPARE(words(m_rig->run(job)), u"completed > +0 ~0 -0"_s);
        both(marked, other);
        const QString atMark = written.section(u'|', 0, 0);
        const QString elsewhere = written.section(u'|', 1);
        const bool isOpen = elsewhere == "1"_L1;
        QString toTarget = atSource ? elsewhere : atMark;
        QString toSource = atSource ? atMark : elsewhere;
        QString expected = isOpen ? u"needs-attention > +0 ~0 -0, 1 open"_s
                                  : u"completed > "_s + (toTarget.isEmpty() ? u"+0 ~0 -0"_s : toTarget);
        if (!isOpen && !toSource.isEmpty())
            expected += u" < "_s + toSource;
        QCOMPARE(words(m_rig->run(job)), expected);
        QCOMPARE(atSource ? m_rig->source(9) : m_rig->target(9), markedThen);
        QCOMPARE(atSource ? m_rig->target(9) : m_rig->source(9), otherThen);
        m_rig->pair.resetCounters();
        (void)m_rig->run(job); // what was marked does not come back as a change
        QCOMPARE(m_rig->pair.target.counters().writes() + m_rig->pair.source.counters().writes(), 0);
    }

    void aRowThatCameBackIsDeletedAgain()
    {
        const JobSettings job = m_rig->softJob(u"two-way"_s, soft(u"target"_s));
        (void)m_rig->run(job);
        m_rig->pair.removeSource(u"t"_s, {2});
        QCOMPARE(words(m_rig->run(job)), u"completed > +0 ~0 -1"_s);
        m_rig->atSource(2, u"back"_s, 0);
        QCOMPARE(words(m_rig->run(job)), u"completed > +1 ~0 -0"_s);
        QCOMPARE(m_rig->target(2), u"back 0"_s);
        m_rig->atTarget(2, u"back"_s, 1);
        QCOMPARE(words(m_rig->run(job)), u"completed > +0 ~0 -0 < +0 ~0 -1"_s);
        QCOMPARE(m_rig->source(2), u"-"_s);
        QCOMPARE(words(m_rig->run(job)), u"completed > +0 ~0 -0"_s);
    }

private:
    static FakeValue markIn(const QString &row)
    {
        const QString mark = row.section(u' ', 1);
        return mark == "NULL"_L1 ? FakeValue(nullptr) : FakeValue(mark.toInt());
    }
    void place(const QString &source, const QString &target)
    {
        if (m_rig->source(9) != "-"_L1)
            m_rig->pair.removeSource(u"t"_s, {9});
        if (m_rig->target(9) != "-"_L1)
            m_rig->pair.removeTarget(u"t"_s, {9});
        if (source != "-"_L1)
            m_rig->atSource(9, source.section(u' ', 0, 0), markIn(source));
        if (target != "-"_L1)
            m_rig->atTarget(9, target.section(u' ', 0, 0), markIn(target));
    }

    std::unique_ptr<SoftRig> m_rig;
};

QTEST_GUILESS_MAIN(TestSoftDeletes)
#include "tst_softdeletes.moc"
