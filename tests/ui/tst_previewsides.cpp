// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QLineEdit>

#include "app/wording/wording.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/planfiles.h"
#include "ui/plan/previewwindow.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// A job whose source or target is another database than at its last run: whoever confirms deletes learns it and types
// their number, however few they are.
class TestPreviewSides : public QObject, private PreviewFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void cleanup() { m_window.reset(); }
    void deletesAreTyped_data();
    void deletesAreTyped();
};

void TestPreviewSides::deletesAreTyped_data()
{
    QTest::addColumn<bool>("changed");
    QTest::newRow("the same sides") << false;
    QTest::newRow("another side") << true;
}

void TestPreviewSides::deletesAreTyped()
{
    QFETCH(bool, changed);
    QVERIFY(open([changed](PlanTable &table) {
        table.report.sidesChanged = changed;
        table.report.targetRows = 10'000; // ten deletes are far below the guard
    }));
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    WAIT_WINDOW(confirm, u"confirmDialog"_s);
    QCOMPARE(person::shows(*confirm, u"A side is another database than at the last run"_s), changed);
    auto *number = confirm->findChild<QLineEdit *>();
    QCOMPARE(number != nullptr, changed);
    const QAbstractButton *write = person::button(*confirm, u"Synchronise"_s);
    QCOMPARE(write->isEnabled(), !changed);
    if (changed)
        QTest::keyClicks(number, u"10"_s);
    QVERIFY(write->isEnabled());
    QTest::keyClick(confirm, Qt::Key_Escape);
}

QTEST_MAIN(TestPreviewSides)
#include "tst_previewsides.moc"
