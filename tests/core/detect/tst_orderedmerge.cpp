// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/detect/compare.h"

using namespace tidemark;

namespace {

std::shared_ptr<const RowLayout> numbers()
{
    auto layout = std::make_shared<RowLayout>();
    CellType type;
    type.kind = CellKind::Integer;
    layout->cells = {type};
    layout->keyCount = layout->comparedCount = 1;
    return layout;
}

// The rows, if any, in one batch. Without one it never touches the batch that it is handed, as a reader that runs
// ahead.
class Rows final : public RowSource
{
public:
    Rows(std::shared_ptr<const RowLayout> layout, std::initializer_list<qint64> keys) : m_rows(std::move(layout))
    {
        for (const qint64 key : keys) {
            m_rows.beginRow();
            m_rows.appendCell({reinterpret_cast<const char *>(&key), sizeof key});
            m_rows.endRow();
        }
    }
    Result<bool> next(RowBatch &batch) override
    {
        if (m_rows.isEmpty())
            return false;
        batch = std::exchange(m_rows, RowBatch());
        return true;
    }

private:
    RowBatch m_rows;
};

class Taken final : public DecisionSink
{
public:
    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override
    {
        layouts = {source.layoutPointer(), target.layoutPointer()};
        for (const RowDecision &decision : decisions)
            rows += {decision.sourceRow, decision.targetRow};
        return {};
    }
    Result<void> setAside(const RowBatch &, int) override { return {}; }
    bool wantsEveryPair() const override { return true; }

    std::pair<std::shared_ptr<const RowLayout>, std::shared_ptr<const RowLayout>> layouts;
    QList<std::pair<int, int>> rows;
};

} // namespace

class TestOrderedMerge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptySidesHaveTheirLayout_data();
    void emptySidesHaveTheirLayout();
};

void TestOrderedMerge::emptySidesHaveTheirLayout_data()
{
    QTest::addColumn<bool>("sourceIsEmpty");
    QTest::newRow("source") << true;
    QTest::newRow("target") << false;
}

// A merge of rows that was cut off is read by the layout of the side, also where that has lost all its rows since.
void TestOrderedMerge::emptySidesHaveTheirLayout()
{
    QFETCH(bool, sourceIsEmpty);
    const auto layout = numbers();
    Rows none(layout, {});
    Rows two(layout, {1, 2});
    RowSource &source = sourceIsEmpty ? none : two;
    RowSource &target = sourceIsEmpty ? two : none;
    Taken taken;
    const auto counts = orderedMerge(source, target, layout, {true}, taken, [](const CompareCounts &) {});
    QVERIFY(counts);
    QCOMPARE(counts->sourceRows, sourceIsEmpty ? 0 : 2);
    QCOMPARE(counts->targetRows, sourceIsEmpty ? 2 : 0);
    const QList<std::pair<int, int>> wanted =
        sourceIsEmpty ? QList<std::pair<int, int>>{{-1, 0}, {-1, 1}} : QList<std::pair<int, int>>{{0, -1}, {1, -1}};
    QCOMPARE(taken.rows, wanted);
    QCOMPARE(taken.layouts.first, layout);
    QCOMPARE(taken.layouts.second, layout);
}

QTEST_GUILESS_MAIN(TestOrderedMerge)
#include "tst_orderedmerge.moc"
