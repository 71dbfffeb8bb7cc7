// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QProcess>
#include <QTemporaryDir>

#include "tests/ui/support/planfiles.h"
#include "ui/plan/plansource.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// A program that ends while a plan is still read for one of its windows: it ends, and at once.
class TestPlanExit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endsWhileAPlanIsRead();
};

void TestPlanExit::endsWhileAPlanIsRead()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"plan.db"_s);
    plans::writeNumbered(file, 20'000, "new");
    for (int i = 0; i < 5; ++i) {
        QProcess program;
        program.start(QCoreApplication::applicationFilePath(), {u"--end-while-reading"_s, file});
        QVERIFY(program.waitForFinished(60'000));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
    }
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) != "--end-while-reading"_L1) {
        TestPlanExit test;
        return QTest::qExec(&test, argc, argv);
    }
    auto *source = new PlanSource(arguments.value(2));
    source->open();
    source->arrange(0, {}, {}, {0, false, true});
    source->retire(); // the application's from now on
    return 0;
}

#include "tst_planexit.moc"
