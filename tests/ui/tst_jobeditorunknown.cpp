// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QDesktopServices>
#include <QJsonArray>
#include <QListView>
#include <QPushButton>

#include "app/wording/wording.h"
#include "tests/ui/support/jobstage.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What a job file holds that no field of the editor shows: it is said, and where to mend it, and leads there.
class TestJobEditorUnknown : public QObject
{
    Q_OBJECT
public:
    Q_INVOKABLE void noteOpened(const QUrl &url) { m_opened << url; }

private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init();
    void cleanup();
    void theFileIsNamedAndOpened_data();
    void theFileIsNamedAndOpened();
    void whatHasAFieldLeadsToIt();

private:
    std::unique_ptr<JobDialog> open(const QJsonObject &job) const;
    std::unique_ptr<JobStage> m_stage;
    QList<QUrl> m_opened;
};

void TestJobEditorUnknown::init()
{
    m_stage = std::make_unique<JobStage>();
    m_opened.clear();
    QDesktopServices::setUrlHandler(u"file"_s, this, "noteOpened");
}

void TestJobEditorUnknown::cleanup()
{
    QDesktopServices::unsetUrlHandler(u"file"_s);
    m_stage.reset();
}

std::unique_ptr<JobDialog> TestJobEditorUnknown::open(const QJsonObject &job) const
{
    m_stage->write(u"j"_s, job);
    auto dialog = m_stage->open(u"j"_s);
    return dialog && QTest::qWaitFor([&] { return !dialog->checks().problems().isEmpty(); }, 10'000) ? std::move(dialog)
                                                                                                     : nullptr;
}

void TestJobEditorUnknown::theFileIsNamedAndOpened_data()
{
    QTest::addColumn<QJsonObject>("changes");
    QTest::addColumn<QString>("problem");
    QTest::newRow("a slip of the pen") << QJsonObject{{u"parralel"_s, 2}}
                                       << u"parralel is not a known key of a job. Is parallel meant?"_s;
    QTest::newRow("of a table")
        << QJsonObject{{u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"orders"_s}, {u"wehre"_s, u"1"_s}}}}}
        << u"orders: tables[0].wehre is not a known key of a job. Is where meant?"_s;
    QTest::newRow("the job's, of a table")
        << QJsonObject{{u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"orders"_s}, {u"parallel"_s, 2}}}}}
        << u"orders: tables[0].parallel is not a known key of a job."_s;
    QTest::newRow("of a later version")
        << QJsonObject{{u"tables"_s,
                        QJsonArray{
                            QJsonObject{{u"source"_s, u"customers"_s},
                                        {u"columns"_s,
                                         QJsonArray{QJsonObject{{u"source"_s, u"phone"_s}, {u"mask"_s, u"hash"_s}}}}}}}}
        << u"customers: phone: tables[0].columns[0].mask: what the file says is not available in this version."_s;
}

void TestJobEditorUnknown::theFileIsNamedAndOpened()
{
    QFETCH(QJsonObject, changes);
    QFETCH(QString, problem);
    QJsonObject job = JobStage::plainJob(u"j"_s, u"*"_s);
    for (auto it = changes.begin(); it != changes.end(); ++it)
        job[it.key()] = it.value();
    const auto dialog = open(job);
    QVERIFY(dialog);
    const QString file = m_stage->desk()->workspace().jobFile(u"j"_s);
    QCOMPARE(dialog->checks().problems().first().text, problem);
    QTRY_VERIFY(person::shows(*dialog, file));
    // By the button, and by keys from the problem.
    QVERIFY(person::click(*dialog, u"Open the file"_s));
    QCOMPARE(m_opened, QList<QUrl>{QUrl::fromLocalFile(file)});
    auto *list = dialog->findChild<QListView *>(u"problems"_s);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, list->modelColumn()));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(dialog->focusWidget(), person::button(*dialog, u"Open the file"_s));
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Space);
    QCOMPARE(m_opened.size(), 2);
    QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
}

void TestJobEditorUnknown::whatHasAFieldLeadsToIt()
{
    QJsonObject job = JobStage::plainJob(u"j"_s, u"*"_s);
    job[u"batch"_s] = QJsonObject{{u"rows"_s, u"many"_s}};
    const auto dialog = open(job);
    QVERIFY(dialog);
    QVERIFY(!dialog->checks().problems().first().onlyInFile);
    QVERIFY(!person::button(*dialog, u"Open the file"_s));
    // Nor is a new job in any file yet.
    const auto fresh = m_stage->open({});
    QTRY_VERIFY(!fresh->checks().problems().isEmpty());
    QVERIFY(!person::button(*fresh, u"Open the file"_s));
}

QTEST_MAIN(TestJobEditorUnknown)
#include "tst_jobeditorunknown.moc"
