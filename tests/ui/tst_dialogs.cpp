// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "app/wording/wording.h"
#include "ui/jobs/engine.h"
#include "ui/main/comparedialog.h"
#include "ui/main/sample.h"
#include "ui/plan/confirmdialog.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The dialogs as a person uses them, on a real workspace.
class TestDialogs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void compareWantsTwoSides();
    void deletesAreTyped();

private:
    static bool shows(const QWidget &window, const QString &text);
    static QPushButton *button(const QWidget &window, const QString &text);
    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
};

void TestDialogs::initTestCase()
{
    wording::useLanguage(u"en"_s);
    auto desk = Desk::open(m_folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);
    m_desk = *desk;
    Cancellation cancellation;
    QVERIFY(buildSample(*m_desk, m_folder.filePath(u"samples"_s), cancellation));
}

bool TestDialogs::shows(const QWidget &window, const QString &text)
{
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&window) && label->text().contains(text))
            return true;
    }
    return false;
}

QPushButton *TestDialogs::button(const QWidget &window, const QString &text)
{
    for (QPushButton *button : window.findChildren<QPushButton *>()) {
        if (QString(button->text()).remove(u'&') == text && button->isVisibleTo(&window))
            return button;
    }
    return nullptr;
}

void TestDialogs::compareWantsTwoSides()
{
    const QStringList files{m_folder.filePath(u"samples/till.db"_s), m_folder.filePath(u"samples/report.db"_s)};
    CompareDialog one(m_desk, {files.first()});
    QVERIFY(!button(one, u"Compare"_s)->isEnabled());
    CompareDialog two(m_desk, files);
    QVERIFY(button(two, u"Compare"_s)->isEnabled());
    const JobSettings job = two.job();
    QCOMPARE(job.mode, Mode::Mirror);
    QVERIFY(job.allTables && !job.id.isEmpty());
    QCOMPARE(CompareDialog::jobOf(job.source, job.target).id, job.id);
    QVERIFY(CompareDialog::jobOf(job.target, job.source).id != job.id);
    Cancellation cancellation;
    ProgressBoard board;
    const RunReport plan = m_desk->plan(job, {}, m_folder.filePath(u"compare.db"_s), cancellation, board);
    QCOMPARE(plan.totals(), (WriteCounts{9, 4, 4}));
}

void TestDialogs::deletesAreTyped()
{
    ConfirmDialog::Facts facts;
    facts.target = u"warehouse"_s;
    facts.host = u"db.example"_s;
    facts.production = true;
    facts.counts = {1, 0, 412};
    facts.guardedDeletes = 412;
    facts.guardedRows = 900;
    ConfirmDialog dialog(facts);
    dialog.show();
    QVERIFY(shows(dialog, u"PRODUCTION"_s));
    QVERIFY(shows(dialog, u"This deletes 412 of 900 rows. Type 412 to continue."_s));
    QPushButton *write = button(dialog, u"Write to db.example"_s);
    QVERIFY(write && !write->isEnabled());
    QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"41"_s);
    QVERIFY(!write->isEnabled());
    QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"2"_s);
    QVERIFY(write->isEnabled());
    QTest::mouseClick(write, Qt::LeftButton);
    QCOMPARE(dialog.allowDeletes(), std::optional<qint64>(412));
}

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
