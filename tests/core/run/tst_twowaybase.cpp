// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "core/data/orderedkey.h"
#include "core/data/rowencoder.h"
#include "core/run/twowaybase.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QByteArray generation = "this run";

RowBatch rowsOf(const QList<std::pair<int, std::string>> &values)
{
    static const auto layout = [] {
        auto made = std::make_shared<RowLayout>();
        made->cells = {{.kind = CellKind::Integer}, {.kind = CellKind::Text}};
        made->keyCount = 1;
        made->comparedCount = 2;
        return std::shared_ptr<const RowLayout>(made);
    }();
    RowBatch rows(layout);
    RowEncoder encoder(layout, std::vector<CellSource>(2));
    encoder.setBatch(&rows);
    for (const auto &[id, note] : values) {
        encoder.beginRow();
        encoder.integer(id);
        encoder.text(note);
        encoder.endRow();
    }
    return rows;
}

std::string keyOf(int id)
{
    std::string key;
    appendOrderedKey(rowsOf({{id, ""}}), 0, key);
    return key;
}

Checkpoint checkpointOf(const QByteArray &of, qint64 epoch, bool settled = false)
{
    Checkpoint checkpoint;
    checkpoint.generation = of;
    checkpoint.epoch = epoch;
    checkpoint.watermark = settled ? TwoWayBase::settledWatermark(of).toBytes() : Watermark{}.toBytes();
    return checkpoint;
}

// A base that both sides agreed on: row 1 is "old" on both.
class Rig
{
public:
    Rig()
    {
        pair.layout = rowsOf({}).layoutPointer();
        pair.checkpointKey.table = u"t → t"_s;
        pair.mappingDigest = "m";
        pair.sidesDigest = "s";
        file = std::move(*BaseFile::open(m_folder.filePath(u"base.db"_s)));
        auto first = opened(checkpointOf("before", 1, true), checkpointOf("before", 1, true), "before");
        const RowBatch rows = rowsOf({{1, "old"}});
        const bool filled = first->change({keyOf(1), first->record(rows, 0, rows, 0)}) && first->sealDecisions()
            && first->noteStamped() && first->settle();
        if (!filled)
            qFatal("no base");
    }

    std::unique_ptr<TwoWayBase> opened(const Checkpoint &source, const Checkpoint &target,
                                       const QByteArray &run = generation)
    {
        auto base = std::make_unique<TwoWayBase>(TwoWayBase::Settings{*file, pair, "j", run, true});
        if (!base->open(source, target))
            qFatal("the base cannot be opened");
        return base;
    }

    // What the base says of a row's picture at the target.
    std::optional<Fingerprint> atTarget(int id) const
    {
        const auto reader = BaseReader::open(file->path(), pair.checkpointKey.table, false);
        const auto found = (*reader)->find(keyOf(id));
        return found->row == BaseRow::Present ? std::optional(found->record.target) : std::nullopt;
    }

    TablePair pair;
    std::unique_ptr<BaseFile> file;

private:
    QTemporaryDir m_folder;
};

// One row handed over as `handed`, and stored as `stored` (empty: deleted).
Result<void> tell(BaseLedger &ledger, int id, const std::string &handed, const std::string &stored)
{
    const RowBatch given = rowsOf({{id, handed}});
    const RowBatch after = stored.empty() ? rowsOf({}) : rowsOf({{id, stored}});
    const WrittenRow row{Decision::UpdateTarget, Reason::CellsDiffer, 0, stored.empty() ? -1 : 0, 0};
    return ledger.note({given, after, given, std::span(&row, 1)});
}

Fingerprint printOf(const std::string &note) { return rowsOf({{1, note}}).fingerprint(0); }

} // namespace

// When what a transaction was to make of the base becomes true.
class TestTwoWayBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void promises_data();
    void promises();
    void aRunThatDiedIsDecidedByTheCheckpoint_data();
    void aRunThatDiedIsDecidedByTheCheckpoint();
    void whatTheSideStoredIsItsPicture();
    void anAnswerThatWasLostIsDecidedByTheNextEpoch_data();
    void anAnswerThatWasLostIsDecidedByTheNextEpoch();
    void aMergeIsTheBaseOnceBothSidesHaveIt_data();
    void aMergeIsTheBaseOnceBothSidesHaveIt();
    void theNextRunLooksUpWhatAMergeReached_data();
    void theNextRunLooksUpWhatAMergeReached();
    void aSideOfAnOlderGenerationIsAnother();
};

void TestTwoWayBase::promises_data()
{
    QTest::addColumn<qint64>("epoch"); // of the promise; 0: of the settling
    QTest::addColumn<QByteArray>("generation"); // of the side; empty: it has no checkpoint
    QTest::addColumn<qint64>("atEpoch");
    QTest::addColumn<bool>("settled");
    QTest::addColumn<bool>("kept");
    const auto row = [](const char *name, qint64 epoch, const char *of, qint64 atEpoch, bool settled, bool kept) {
        QTest::newRow(name) << epoch << QByteArray(of) << atEpoch << settled << kept;
    };
    row("its very epoch", 5, "this run", 5, false, true);
    row("a later one", 5, "this run", 6, false, true);
    row("not yet", 5, "this run", 4, false, false);
    row("another run's", 5, "another", 9, true, false);
    row("no checkpoint", 5, "", 0, false, false);
    row("settled", 0, "this run", 9, true, true);
    row("written and not settled", 0, "this run", 9, false, false);
    row("settled by another run", 0, "another", 9, true, false);
}

void TestTwoWayBase::promises()
{
    QFETCH(qint64, epoch);
    QFETCH(QByteArray, generation);
    QFETCH(qint64, atEpoch);
    QFETCH(bool, settled);
    const auto side = generation.isEmpty() ? std::nullopt : std::optional(checkpointOf(generation, atEpoch, settled));
    QTEST(TwoWayBase::isKept({JobSide::Target, "this run", epoch}, side), "kept");
}

void TestTwoWayBase::aRunThatDiedIsDecidedByTheCheckpoint_data()
{
    QTest::addColumn<qint64>("epoch"); // that the target bears after the kill
    QTest::addColumn<bool>("kept");
    QTest::newRow("before the commit") << qint64(2) << false;
    QTest::newRow("after it") << qint64(3) << true;
    QTest::newRow("after a later one") << qint64(4) << true;
}

void TestTwoWayBase::aRunThatDiedIsDecidedByTheCheckpoint()
{
    Rig rig;
    {
        const auto base = rig.opened(checkpointOf("before", 1, true), checkpointOf("before", 1, true));
        QVERIFY(base->isTrusted());
        QVERIFY(base->sealDecisions() && base->noteStamped());
        BaseLedger ledger(*base, JobSide::Target);
        QVERIFY(tell(ledger, 1, "new", "NEW"));
        QVERIFY(tell(ledger, 2, "other", "other"));
        QVERIFY(ledger.prepare(generation, 3));
    } // killed
    QFETCH(qint64, epoch);
    const auto next = rig.opened(checkpointOf(generation, 2), checkpointOf(generation, epoch), "the next run");
    QVERIFY(next->isTrusted());
    QFETCH(bool, kept);
    QCOMPARE(rig.atTarget(1), std::optional(printOf(kept ? "NEW" : "old")));
    QCOMPARE(rig.atTarget(2).has_value(), kept);
}

void TestTwoWayBase::whatTheSideStoredIsItsPicture()
{
    Rig rig;
    const auto base = rig.opened(checkpointOf("before", 1, true), checkpointOf("before", 1, true));
    BaseLedger ledger(*base, JobSide::Target);
    QVERIFY(tell(ledger, 1, "new", "NEW"));
    QVERIFY(ledger.prepare(generation, 3) && ledger.committed());
    const auto reader = BaseReader::open(rig.file->path(), rig.pair.checkpointKey.table, false);
    const auto found = (*reader)->find(keyOf(1));
    QCOMPARE(found->record.source, printOf("new"));
    QCOMPARE(found->record.target, printOf("NEW"));
    QVERIFY(tell(ledger, 1, "NEW", {}));
    QVERIFY(ledger.prepare(generation, 4) && ledger.committed());
    QVERIFY(!rig.atTarget(1));
}

void TestTwoWayBase::anAnswerThatWasLostIsDecidedByTheNextEpoch_data()
{
    QTest::addColumn<qint64>("epoch"); // of the transaction after it
    QTest::addColumn<bool>("kept");
    QTest::newRow("the same: it was rolled back") << qint64(3) << false;
    QTest::newRow("the next: it was committed") << qint64(4) << true;
}

void TestTwoWayBase::anAnswerThatWasLostIsDecidedByTheNextEpoch()
{
    Rig rig;
    const auto base = rig.opened(checkpointOf("before", 1, true), checkpointOf("before", 1, true));
    BaseLedger ledger(*base, JobSide::Target);
    QVERIFY(tell(ledger, 1, "new", "new"));
    QVERIFY(ledger.prepare(generation, 3));
    ledger.rolledBack();
    QVERIFY(tell(ledger, 2, "other", "other"));
    QFETCH(qint64, epoch);
    QVERIFY(ledger.prepare(generation, epoch) && ledger.committed());
    QFETCH(bool, kept);
    QCOMPARE(rig.atTarget(1), std::optional(printOf(kept ? "new" : "old")));
    QVERIFY(rig.atTarget(2).has_value());
}

void TestTwoWayBase::aMergeIsTheBaseOnceBothSidesHaveIt_data()
{
    QTest::addColumn<QString>("end"); // of the source's transaction, after the target's
    QTest::newRow("both") << u"committed"_s;
    QTest::newRow("the source rolled back") << u"rolled back"_s;
    QTest::newRow("the source not written") << u"nothing"_s;
}

void TestTwoWayBase::theNextRunLooksUpWhatAMergeReached_data()
{
    QTest::addColumn<qint64>("epoch"); // that the target bears then
    QTest::addColumn<bool>("reached");
    QTest::newRow("its transaction was rolled back") << qint64(2) << false;
    QTest::newRow("its transaction was committed") << qint64(3) << true;
}

void TestTwoWayBase::theNextRunLooksUpWhatAMergeReached()
{
    QFETCH(qint64, epoch);
    QFETCH(bool, reached);
    Rig rig;
    const auto base = rig.opened(checkpointOf("before", 1, true), checkpointOf("before", 1, true));
    const RowBatch merged = rowsOf({{1, "merged"}});
    const QByteArray chain(merged.chain(0).data(), qsizetype(merged.chain(0).size()));
    QVERIFY(base->intend({keyOf(1), printOf("s"), printOf("t"), chain, chain, {}, {}}));
    QVERIFY(base->sealDecisions() && base->noteStamped());
    BaseLedger toTarget(*base, JobSide::Target);
    QVERIFY(tell(toTarget, 1, "merged", "MERGED"));
    QVERIFY(toTarget.prepare(generation, 3));
    toTarget.rolledBack(); // as far as anybody knows
    const auto next = rig.opened(checkpointOf(generation, 2), checkpointOf(generation, epoch), "next");
    QVERIFY(next->isTrusted());
    const auto left = next->unfinishedMerges();
    QCOMPARE(left->size(), std::size_t(1));
    QCOMPARE(!left->begin()->second.storedTarget.isEmpty(), reached);
    QVERIFY(left->begin()->second.storedSource.isEmpty());
    // What it left is the row's base: at once, and it is no merge any more.
    QVERIFY(next->rebase({keyOf(1), next->record(rowsOf({{1, "left"}}), 0, rowsOf({{1, "LEFT"}}), 0)}));
    QVERIFY(next->sealDecisions());
    QCOMPARE(rig.atTarget(1), std::optional(printOf("LEFT")));
    QVERIFY(next->unfinishedMerges()->empty());
}

void TestTwoWayBase::aMergeIsTheBaseOnceBothSidesHaveIt()
{
    QFETCH(QString, end);
    Rig rig;
    const auto base = rig.opened(checkpointOf("before", 1, true), checkpointOf("before", 1, true));
    const RowBatch merged = rowsOf({{1, "merged"}});
    const QByteArray chain(merged.chain(0).data(), qsizetype(merged.chain(0).size()));
    QVERIFY(base->intend({keyOf(1), printOf("s"), printOf("t"), chain, chain, {}, {}}));
    QVERIFY(base->sealDecisions() && base->noteStamped());
    BaseLedger toTarget(*base, JobSide::Target);
    BaseLedger toSource(*base, JobSide::Source);
    QVERIFY(tell(toTarget, 1, "merged", "MERGED"));
    QVERIFY(toTarget.prepare(generation, 3) && toTarget.committed());
    QCOMPARE(rig.atTarget(1), std::optional(printOf("old"))); // one side has it: that is no base
    if (end != u"nothing"_s) {
        QVERIFY(tell(toSource, 1, "merged", "merged"));
        QVERIFY(toSource.prepare(generation, 3));
    }
    if (end == u"committed"_s)
        QVERIFY(toSource.committed());
    else
        toSource.rolledBack();
    QVERIFY(base->finishMerges() && base->settle());
    const bool both = end == u"committed"_s;
    QCOMPARE(rig.atTarget(1), std::optional(printOf(both ? "MERGED" : "old")));
    const auto left = base->unfinishedMerges();
    QCOMPARE(left->size(), std::size_t(both ? 0 : 1));
    if (!both)
        QVERIFY(!left->begin()->second.storedTarget.isEmpty() && left->begin()->second.storedSource.isEmpty());
}

void TestTwoWayBase::aSideOfAnOlderGenerationIsAnother()
{
    Rig rig;
    {
        const auto base = rig.opened(checkpointOf("before", 1, true), checkpointOf("before", 1, true));
        QVERIFY(base->sealDecisions());
    }
    // A run that was cut off before it had marked both sides.
    QVERIFY(rig.opened(checkpointOf(generation, 2), checkpointOf("before", 1, true), "next")->isTrusted());
    {
        const auto base = rig.opened(checkpointOf(generation, 2), checkpointOf("before", 1, true));
        QVERIFY(base->sealDecisions() && base->noteStamped());
    }
    const auto restored = rig.opened(checkpointOf("before", 1, true), checkpointOf(generation, 2), "next");
    QCOMPARE(restored->trust(), BaseTrust::OtherGeneration);
}

QTEST_GUILESS_MAIN(TestTwoWayBase)
#include "tst_twowaybase.moc"
