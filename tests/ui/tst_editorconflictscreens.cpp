// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QJsonArray>
#include <QListWidget>
#include <QTabWidget>
#include <QTableView>
#include <QThreadPool>

#include "core/endpoint/sql/sqlsession.h"
#include "tests/ui/support/jobstage.h"
#include "tests/ui/support/looks.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What the job editor shows of conflicts, deletes and what is kept, in every language, theme and size of fonts.
class TestEditorConflictScreens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void rules_data() { looks::settings_data(); }
    void rules();

private:
    void shoot(QWidget &window, const QString &name)
    {
        QCoreApplication::processEvents();
        for (const QString &fault : looks::shoot(window, u"editor-conflicts-"_s + name))
            m_faults << name + u": "_s + fault;
    }
    void rulesOf(const JobStage &stage, const QString &mode, const QJsonObject &more, const QString &name)
    {
        QJsonObject job = JobStage::plainJob(u"plain"_s, QJsonArray{u"orders"_s, u"products"_s});
        job[u"mode"_s] = mode;
        for (auto key = more.begin(); key != more.end(); ++key)
            job[key.key()] = key.value();
        stage.write(u"plain"_s, job);
        const auto dialog = stage.open(u"plain"_s);
        dialog->resize(1060, 860);
        auto *pages = dialog->findChild<QListWidget *>(u"pages"_s);
        pages->setCurrentRow(1);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->checks().state() == EditorChecks::State::Checked, 15'000);
        QTRY_VERIFY(editor::pickTable(*dialog, u"products"_s));
        auto *columns = dialog->findChild<QTableView *>(u"columns"_s);
        QTRY_VERIFY(columns->model()->rowCount() > 4);
        if (mode == "two-way"_L1) {
            columns->setCurrentIndex(columns->model()->index(columns->model()->rowCount() - 1, 1));
            shoot(*dialog, name + u"-columns"_s);
            dialog->findChild<QTabWidget *>(u"tableTabs"_s)->setCurrentIndex(3);
            shoot(*dialog, name + u"-table"_s);
        }
        pages->setCurrentRow(2);
        shoot(*dialog, name);
    }
    QStringList m_faults;
};

void TestEditorConflictScreens::rules()
{
    looks::use(looks::fetch());
    JobStage stage;
    person::elsewhere([&] {
        for (const QString &name : {u"Till"_s, u"Report copy"_s}) {
            const auto side = stage.desk()->workspace().connection(name);
            const auto session = stage.desk()->connector().openSql(*side, OpenOptions{true, nullptr});
            if (!(*session)->beginWrite()
                || !(*session)->execute(u"ALTER TABLE products ADD COLUMN updated_at TIMESTAMP"_s)
                || !(*session)->commit())
                qWarning("no such column");
        }
    });
    const QJsonObject soft{
        {u"soft"_s,
         QJsonObject{{u"side"_s, u"target"_s}, {u"column"_s, u"note"_s}, {u"deleted"_s, 1}, {u"present"_s, 0}}}};
    rulesOf(stage, u"mirror"_s,
            {{u"deletes"_s, soft},
             {u"conflicts"_s, QJsonObject{{u"policy"_s, u"newest"_s}, {u"column"_s, u"updated_at"_s}}}},
            u"1-mirror"_s);
    rulesOf(stage, u"update"_s, {{u"keep"_s, u"fingerprints"_s}}, u"2-update"_s);
    const QJsonArray tables{
        u"orders"_s,
        QJsonObject{{u"source"_s, u"products"_s},
                    {u"columns"_s, QJsonArray{QJsonObject{{u"source"_s, u"updated_at"_s}, {u"rule"_s, u"greatest"_s}}}},
                    {u"deletes"_s, soft}}};
    rulesOf(stage, u"two-way"_s, {{u"conflicts"_s, QJsonObject{{u"policy"_s, u"merge"_s}}}, {u"tables"_s, tables}},
            u"3-two-way"_s);
    const QStringList faults = std::exchange(m_faults, {});
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n    "_s + faults.join(u"\n    "_s)));
}

QTEST_MAIN(TestEditorConflictScreens)
#include "tst_editorconflictscreens.moc"
