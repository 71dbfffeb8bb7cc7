// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/apply/guard.h"

using namespace tidemark;

class TestGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Emptied, more than so many rows, or more than a share that is at least ten rows.
    void needsApproval_data()
    {
        QTest::addColumn<qint64>("deletes");
        QTest::addColumn<qint64>("rows");
        QTest::addColumn<bool>("expected");
        const auto add = [](const char *name, qint64 deletes, qint64 rows, bool expected) {
            QTest::newRow(name) << deletes << rows << expected;
        };
        add("none", 0, 0, false);
        add("none of many", 0, 100, false);
        add("emptied of one", 1, 1, true);
        add("emptied of more than were counted", 3, 2, true);
        add("not counted", 5, -1, true);
        add("nine of ten", 9, 10, false);
        add("ten of eleven", 10, 11, true);
        add("ten of a hundred: ten percent, not more", 10, 100, false);
        add("eleven of a hundred", 11, 100, true);
        add("a thousand of many", 1000, 1'000'000, false);
        add("a thousand and one of many", 1001, 1'000'000, true);
    }
    void needsApproval()
    {
        QFETCH(qint64, deletes);
        QFETCH(qint64, rows);
        QTEST(tidemark::needsApproval(deletes, rows, GuardSettings{}), "expected");
    }

    void aPercentageMayHaveAFraction()
    {
        const GuardSettings guard{1000, 0.5};
        QVERIFY(!tidemark::needsApproval(10, 2000, guard));
        QVERIFY(tidemark::needsApproval(11, 2000, guard));
    }

    // The number that was approved is for the whole run, not for each table.
    void approvalIsUsedUp()
    {
        DeleteApproval none({}, false);
        QVERIFY(!none.take(1));
        DeleteApproval some(10, false);
        QVERIFY(some.take(4));
        QVERIFY(!some.take(7)); // a table is deleted from wholly or not at all
        QVERIFY(some.take(6));
        QVERIFY(!some.take(1));
        DeleteApproval all({}, true);
        QVERIFY(all.take(1'000'000));
    }
};

QTEST_APPLESS_MAIN(TestGuard)
#include "tst_guard.moc"
