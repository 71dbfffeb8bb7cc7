// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QComboBox>
#include <QLineEdit>
#include <QTableView>
#include <QJsonArray>
#include <QTabWidget>

#include "app/wording/wording.h"
#include "tests/ui/support/jobstage.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What holds for the whole job, and what a table says otherwise.
class TestJobEditorRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init() { m_stage = std::make_unique<JobStage>(); }
    void cleanup() { m_stage.reset(); }
    void rulesTakeWhatIsTyped_data();
    void rulesTakeWhatIsTyped();
    void aTableSaysOtherwiseThanTheJob();

private:
    std::unique_ptr<JobStage> m_stage;
};

void TestJobEditorRules::rulesTakeWhatIsTyped_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char *field, const char *typed, const QJsonValue &value, bool fits) {
        QTest::addRow("%s: %s", field, typed)
            << QString::fromLatin1(field) << QString::fromLatin1(typed) << value << fits;
    };
    row("batch.rows", "100", 100, true);
    row("batch.rows", "0", 0, false);
    row("batch.rows", "1.5", u"1.5"_s, false);
    row("batch.rows", "all", u"all"_s, false);
    row("batch.bytes", "4MiB", u"4MiB"_s, true);
    row("batch.bytes", "4", u"4"_s, false);
    row("parallel", "64", 64, true);
    row("parallel", "65", 65, false);
    row("guard.rows", "0", 0, true);
    row("guard.rows", "-1", -1, false);
    row("guard.percent", "2.5", 2.5, true);
    row("guard.percent", "101", 101, false);
    row("compare.floatTolerance", "0.01", 0.01, true);
    row("compare.floatTolerance", "-1", -1, false);
    row("retry.attempts", "3", 3, true);
    row("retry.attempts", "many", u"many"_s, false);
    row("retry.delay", "500ms", u"500ms"_s, true);
    row("retry.delay", "soon", u"soon"_s, false);
    row("retry.factor", "1.5", 1.5, true);
    row("retry.factor", "0", 0, false);
    row("retry.maxDelay", "2m", u"2m"_s, true);
    row("retry.maxDelay", "2 minutes", u"2 minutes"_s, false);
}

void TestJobEditorRules::rulesTakeWhatIsTyped()
{
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QJsonValue, value);
    QFETCH(bool, fits);
    const auto dialog = m_stage->open(u"Till → Report copy"_s);
    editor::page(*dialog, 3);
    QVERIFY(person::type(*dialog, field, typed));
    QCOMPARE(dialog->draft().value(JobDraft::job, field.split(u'.')), value);
    if (!fits) {
        QTRY_COMPARE(dialog->checks().problems().size(), qsizetype(1));
        QCOMPARE(dialog->checks().problems().first().field, field);
        QCOMPARE(dialog->checks().problems().first().page, EditorPage::Rules);
        QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
    }
    editor::clear(*dialog, field);
    QTRY_VERIFY(dialog->checks().canSave());
    QVERIFY(dialog->draft().value(JobDraft::job, field.split(u'.')).isUndefined());
}

void TestJobEditorRules::aTableSaysOtherwiseThanTheJob()
{
    m_stage->write(u"j"_s, JobStage::plainJob(u"j"_s, QJsonArray{u"orders"_s}));
    const auto dialog = m_stage->open(u"j"_s);
    editor::page(*dialog, 3);
    QVERIFY(person::tick(*dialog, u"Trailing spaces count"_s, false));
    editor::page(*dialog, 2);
    QTRY_COMPARE(editor::tables(*dialog)->model()->rowCount(), 4);
    QVERIFY(editor::pickTable(*dialog, u"orders"_s));
    auto *tabs = dialog->findChild<QTabWidget *>(u"tableTabs"_s);
    tabs->setCurrentIndex(3);
    QWidget *rules = tabs->widget(3);
    auto *spaces = rules->findChild<QComboBox *>(u"compare.trailingSpaces"_s);
    QCOMPARE(spaces->currentText(), u"As the job: No"_s);
    QVERIFY(person::choose(*rules, u"compare.trailingSpaces"_s, u"Yes"_s));
    QCOMPARE(editor::table(*dialog, u"orders"_s).value("compare"_L1).toObject(),
             (QJsonObject{{u"trailingSpaces"_s, true}}));
    QVERIFY(person::choose(*rules, u"compare.trailingSpaces"_s, u"As the job: No"_s));
    QCOMPARE(dialog->draft().json().value("tables"_L1).toArray(), QJsonArray{u"orders"_s});
    QCOMPARE(rules->findChild<QLineEdit *>(u"guard.rows"_s)->placeholderText(), u"as the job: 1000"_s);
}

QTEST_MAIN(TestJobEditorRules)
#include "tst_jobeditorrules.moc"
