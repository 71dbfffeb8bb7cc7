// SPDX-License-Identifier: GPL-3.0-or-later
// What the job editor says of conflicts and deletes: policies of one-way jobs, columns that mark deleted rows, what is
// kept, and the rule that columns of modification times have by default.
#include <QTest>

#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QTableView>

#include "app/wording/wording.h"
#include "core/endpoint/sql/sqlsession.h"
#include "tests/ui/support/jobstage.h"
#include "ui/jobs/editorstamps.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestEditorConflicts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init() { m_stage = std::make_unique<JobStage>(); }
    void cleanup() { m_stage.reset(); }
    void oneWayPolicies();
    void oneWayPolicyOfATable();
    void whatOneWayDoesNotHaveIsTold();
    void marksOfDeletedRows_data();
    void marksOfDeletedRows();
    void aMarkIsWhole();
    void aTableHasItsOwnMark();
    void keptOfTheWholeJob();
    void timesOfChange_data();
    void timesOfChange();
    void timesAreMergedByThemselves();
    void aPresetIsTakenBack();
    void aFileStaysAsItWas();
    void allTablesAreTold();

private:
    std::unique_ptr<JobDialog> opened(const QByteArray &more, int page = 3)
    {
        QJsonObject job = JobStage::plainJob(u"plain"_s, QJsonArray{u"orders"_s, u"products"_s});
        const QJsonObject extra = QJsonDocument::fromJson(more).object();
        for (auto key = extra.begin(); key != extra.end(); ++key)
            job[key.key()] = key.value();
        m_stage->write(u"plain"_s, job);
        auto dialog = m_stage->open(u"plain"_s);
        editor::page(*dialog, page);
        return dialog;
    }
    // Both sides get such a column before the editor reads them.
    void addTimes() const
    {
        person::elsewhere([this] {
            for (const QString &name : {u"Till"_s, u"Report copy"_s}) {
                const auto side = m_stage->desk()->workspace().connection(name);
                QVERIFY(side.has_value());
                const auto session = m_stage->desk()->connector().openSql(*side, OpenOptions{true, nullptr});
                QVERIFY(session && (*session)->beginWrite().has_value());
                QVERIFY((*session)->execute(u"ALTER TABLE products ADD COLUMN updated_at TIMESTAMP"_s).has_value());
                QVERIFY((*session)->commit().has_value());
            }
        });
    }
    static QJsonObject said(const JobDialog &dialog, const QString &key)
    {
        return dialog.draft().json().value(key).toObject();
    }
    static QJsonObject parsed(const QByteArray &text) { return QJsonDocument::fromJson(text).object(); }
    static QJsonArray columns(const JobDialog &dialog)
    {
        return editor::table(dialog, u"products"_s).value("columns"_L1).toArray();
    }

    std::unique_ptr<JobStage> m_stage;
};

void TestEditorConflicts::oneWayPolicies()
{
    const auto dialog = opened({});
    const auto *policy = qobject_cast<QComboBox *>(person::field(*dialog, u"conflicts.policy"_s));
    QVERIFY(policy);
    QCOMPARE(policy->currentText(), u"The source's row wins"_s);
    QCOMPARE(policy->accessibleName(), u"Where a row differs"_s);
    QCOMPARE(policy->findText(u"Merge"_s, Qt::MatchStartsWith), -1);
    QVERIFY(person::shows(*dialog, u"Rows that differ"_s));
    QVERIFY(!person::field(*dialog, u"conflicts.first"_s) && !person::field(*dialog, u"conflicts.column"_s));
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"The newest row wins"_s));
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QCOMPARE(dialog->checks().problems().constFirst().text, u"Name the column that tells which row is newer."_s);
    QVERIFY(person::type(*dialog, u"conflicts.column"_s, u"ordered_at"_s));
    QVERIFY(person::type(*dialog, u"conflicts.margin"_s, u"2s"_s));
    QCOMPARE(said(*dialog, u"conflicts"_s), parsed(R"({"policy": "newest", "column": "ordered_at", "margin": "2s"})"));
    QTRY_VERIFY(dialog->checks().problems().isEmpty()
                || dialog->checks().problems().constFirst().table == "products"_L1);
    editor::clear(*dialog, u"conflicts.column"_s);
    editor::clear(*dialog, u"conflicts.margin"_s);
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"Ask"_s));
    QCOMPARE(said(*dialog, u"conflicts"_s), parsed(R"({"policy": "ask"})"));
    QTRY_VERIFY(dialog->checks().problems().isEmpty());
}

void TestEditorConflicts::oneWayPolicyOfATable()
{
    const auto dialog = opened(R"({"conflicts": {"policy": "target"}})", 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
    QVERIFY(editor::tab(*dialog, 3));
    const auto *policy = qobject_cast<QComboBox *>(person::field(*dialog, u"conflicts.policy"_s));
    QVERIFY(policy);
    QCOMPARE(policy->currentText(), u"As the job: The target's row stays"_s);
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"The newest row wins"_s));
    QVERIFY(person::type(*dialog, u"conflicts.column"_s, u"ordered_at"_s));
    QCOMPARE(editor::table(*dialog, u"orders"_s).value("conflicts"_L1).toObject(),
             parsed(R"({"policy": "newest", "column": "ordered_at"})"));
    QTRY_VERIFY(dialog->checks().problems().isEmpty());
}

void TestEditorConflicts::whatOneWayDoesNotHaveIsTold()
{
    const auto dialog = opened(R"({"conflicts": {"policy": "source", "first": "ask"}})");
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QVERIFY(!dialog->checks().problems().constFirst().onlyInFile);
    QVERIFY(person::field(*dialog, u"conflicts.first"_s)); // to be taken away
}

void TestEditorConflicts::marksOfDeletedRows_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("side"); // to be chosen; empty: there is one alone
    QTest::addColumn<QByteArray>("begun"); // what choosing it says
    QTest::addColumn<bool>("present"); // is asked for
    QTest::addColumn<QString>("note");
    QTest::newRow("update") << u"update"_s << QString() << QByteArray(R"({"soft": {"side": "source"}})") << false
                            << u"Rows that the source has marked are left out."_s;
    QTest::newRow("mirror, target") << u"mirror"_s << QString() << QByteArray(R"({"soft": {"side": "target"}})") << true
                                    << u"Instead of deleting a row there"_s;
    QTest::newRow("mirror, source") << u"mirror"_s << u"The source"_s << QByteArray(R"({"soft": {"side": "source"}})")
                                    << false << u"Rows that the source has marked count as deleted."_s;
    QTest::newRow("two-way") << u"two-way"_s << u"The target"_s << QByteArray(R"({"soft": {"side": "target"}})") << true
                             << u"Rows so marked count as deleted. Instead of"_s;
}

void TestEditorConflicts::marksOfDeletedRows()
{
    QFETCH(QString, mode);
    QFETCH(QString, side);
    QFETCH(QByteArray, begun);
    QFETCH(bool, present);
    QFETCH(QString, note);
    const auto dialog = opened(R"({"mode": ")" + mode.toLatin1() + R"("})");
    QVERIFY(!person::field(*dialog, u"deletes.soft.column"_s));
    const auto *deletes = qobject_cast<QComboBox *>(person::field(*dialog, u"deletes"_s));
    QVERIFY(deletes);
    QCOMPARE(deletes->currentText(), mode == "update"_L1 ? u"Do not pass them on"_s : u"Pass them on"_s);
    QCOMPARE(deletes->count(), mode == "two-way"_L1 ? 3 : 2);
    QVERIFY(person::choose(*dialog, u"deletes"_s, u"A column marks deleted rows"_s));
    if (!side.isEmpty())
        QVERIFY(person::choose(*dialog, u"deletes.soft.side"_s, side));
    QCOMPARE(said(*dialog, u"deletes"_s), parsed(begun));
    QCOMPARE(person::field(*dialog, u"deletes.soft.side"_s) != nullptr, mode != "update"_L1);
    QCOMPARE(person::field(*dialog, u"deletes.soft.present"_s) != nullptr, present);
    QVERIFY2(person::shows(*dialog, note), qPrintable(person::texts(*dialog).join(u" | "_s)));
    QVERIFY(person::type(*dialog, u"deletes.soft.column"_s, u"status"_s));
    QVERIFY(person::type(*dialog, u"deletes.soft.deleted"_s, u"1"_s));
    if (present)
        QVERIFY(person::type(*dialog, u"deletes.soft.present"_s, u"here"_s));
    QJsonObject soft = parsed(begun).value("soft"_L1).toObject();
    soft[u"column"_s] = u"status"_s;
    soft[u"deleted"_s] = 1;
    if (present)
        soft[u"present"_s] = u"here"_s;
    QCOMPARE(said(*dialog, u"deletes"_s).value("soft"_L1).toObject(), soft);
    // Choosing what is chosen loses nothing; anything else does.
    QVERIFY(person::choose(*dialog, u"deletes"_s, u"A column marks deleted rows"_s));
    QCOMPARE(said(*dialog, u"deletes"_s).value("soft"_L1).toObject(), soft);
    QVERIFY(person::choose(*dialog, u"deletes"_s, mode == "update"_L1 ? u"Do not pass them on"_s : u"Pass them on"_s));
    QVERIFY(!dialog->draft().json().value("deletes"_L1).isObject());
    QVERIFY(!person::field(*dialog, u"deletes.soft.column"_s));
}

void TestEditorConflicts::aMarkIsWhole()
{
    const auto dialog = opened({});
    QVERIFY(person::choose(*dialog, u"deletes"_s, u"A column marks deleted rows"_s));
    const auto problem = [&] {
        const auto problems = dialog->checks().problems();
        return problems.isEmpty() ? QString() : problems.constFirst().text;
    };
    QTRY_COMPARE(problem(), u"Name the column that marks deleted rows."_s);
    QCOMPARE(dialog->checks().problems().constFirst().page, EditorPage::Rules);
    QVERIFY(!dialog->checks().problems().constFirst().onlyInFile);
    QVERIFY(person::type(*dialog, u"deletes.soft.column"_s, u"status"_s));
    QTRY_COMPARE(problem(), u"Enter the value that a deleted row has in that column."_s);
    QVERIFY(person::type(*dialog, u"deletes.soft.deleted"_s, u"gone"_s));
    QTRY_COMPARE(problem(), u"Enter the value of a row that is there; another one than when deleted."_s);
    QVERIFY(person::type(*dialog, u"deletes.soft.present"_s, u"gone"_s));
    QTRY_COMPARE(problem(), u"Enter the value of a row that is there; another one than when deleted."_s);
    QVERIFY(person::type(*dialog, u"deletes.soft.present"_s, u"here"_s));
    QTRY_VERIFY(problem() != u"Enter the value of a row that is there; another one than when deleted."_s);
}

void TestEditorConflicts::aTableHasItsOwnMark()
{
    const auto dialog = opened(R"({"deletes": {"soft": {"column": "status", "deleted": "x", "present": "y",
        "side": "target"}}})",
                               2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
    QVERIFY(editor::tab(*dialog, 3));
    const auto *deletes = qobject_cast<QComboBox *>(person::field(*dialog, u"deletes"_s));
    QVERIFY(deletes);
    QCOMPARE(deletes->currentText(), u"As the job: A column marks deleted rows"_s);
    QVERIFY(!person::field(*dialog, u"deletes.soft.column"_s));
    QVERIFY(person::choose(*dialog, u"deletes"_s, u"A column marks deleted rows"_s));
    auto *column = qobject_cast<QLineEdit *>(person::field(*dialog, u"deletes.soft.column"_s));
    QVERIFY(column);
    QCOMPARE(column->placeholderText(), QString()); // nothing of it is the job's
    QVERIFY(person::type(*dialog, u"deletes.soft.column"_s, u"customer_id"_s));
    QCOMPARE(editor::table(*dialog, u"orders"_s).value("deletes"_L1).toObject(),
             parsed(R"({"soft": {"column": "customer_id", "side": "target"}})"));
}

void TestEditorConflicts::keptOfTheWholeJob()
{
    const auto dialog = opened(R"({"mode": "update"})");
    const auto *keep = qobject_cast<QComboBox *>(person::field(*dialog, u"keep"_s));
    QVERIFY(keep);
    QCOMPARE(keep->currentText(), u"Its values"_s);
    QVERIFY(person::shows(*dialog, u"By fingerprints alone undo puts no values back."_s));
    QVERIFY(person::choose(*dialog, u"keep"_s, u"Its fingerprint alone"_s));
    QCOMPARE(dialog->draft().json().value("keep"_L1).toString(), u"fingerprints"_s);
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
    QVERIFY(editor::tab(*dialog, 4));
    const auto *own = qobject_cast<QComboBox *>(person::field(*dialog, u"keep"_s));
    QVERIFY(own);
    QCOMPARE(own->currentText(), u"As the job: Its fingerprint alone"_s);
    QTRY_VERIFY(dialog->checks().problems().isEmpty());
}

void TestEditorConflicts::timesOfChange_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("byDatabase");
    QTest::addColumn<bool>("tells");
    const auto row = [](const char *tag, const QString &name, CellKind kind, bool byDatabase, bool tells) {
        QTest::newRow(tag) << name << static_cast<int>(kind) << byDatabase << tells;
    };
    row("updated_at", u"updated_at"_s, CellKind::Timestamp, false, true);
    row("UpdatedAt", u"UpdatedAt"_s, CellKind::Instant, false, true);
    row("gmt_modified", u"gmt_modified"_s, CellKind::Timestamp, false, true);
    row("更新时间", u"更新时间"_s, CellKind::Timestamp, false, true);
    row("a day", u"last_modified"_s, CellKind::Date, false, true);
    row("any name, by its database", u"ts"_s, CellKind::Timestamp, true, true);
    row("another name", u"ordered_at"_s, CellKind::Timestamp, false, false);
    row("created", u"created_at"_s, CellKind::Timestamp, false, false);
    row("no time", u"updated_at"_s, CellKind::Text, false, false);
    row("a number", u"modified"_s, CellKind::Boolean, false, false);
}

void TestEditorConflicts::timesOfChange()
{
    QFETCH(QString, name);
    QFETCH(int, kind);
    QFETCH(bool, byDatabase);
    Column column;
    column.name = name;
    column.type.kind = static_cast<CellKind>(kind);
    column.changesOnUpdate = byDatabase;
    QTEST(stamps::isChangeTime(column), "tells");
}

static const QJsonArray laterTime{QJsonObject{{u"source"_s, u"updated_at"_s}, {u"rule"_s, u"greatest"_s}}};

void TestEditorConflicts::timesAreMergedByThemselves()
{
    addTimes();
    const auto dialog = opened(R"({"mode": "two-way"})", 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"products"_s));
    QTRY_VERIFY(dialog->findChild<QTableView *>(u"columns"_s)->model()->rowCount() > 4);
    QVERIFY(columns(*dialog).isEmpty()); // it is asked, and asked is asked
    editor::page(*dialog, 3);
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"Merge, ask for the rest"_s));
    QCOMPARE(columns(*dialog), laterTime);
    QVERIFY(!editor::table(*dialog, u"orders"_s).contains("columns"_L1)); // ordered_at is none
    QVERIFY(person::shows(*dialog, u"Both sides change updated_at with every edit."_s));
    editor::page(*dialog, 2);
    QVERIFY(person::shows(*dialog, u"Both sides change updated_at with every edit: the later time is kept"_s));
    QTRY_VERIFY(dialog->checks().problems().isEmpty());
    // One step, with the choice that led to it.
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(columns(*dialog).isEmpty());
    QVERIFY(!dialog->draft().json().contains("conflicts"_L1));
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(columns(*dialog), laterTime);
}

void TestEditorConflicts::aPresetIsTakenBack()
{
    addTimes();
    const auto dialog = opened(R"({"mode": "two-way"})");
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"Merge, ask for the rest"_s));
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"products"_s));
    QTRY_COMPARE(columns(*dialog), laterTime);
    auto *view = dialog->findChild<QTableView *>(u"columns"_s);
    for (int row = 0; row < view->model()->rowCount(); ++row) {
        if (view->model()->index(row, 1).data().toString().startsWith("updated_at"_L1))
            view->setCurrentIndex(view->model()->index(row, 1));
    }
    const auto *rule = qobject_cast<QComboBox *>(person::field(*dialog, u"rule"_s));
    QVERIFY(rule);
    QCOMPARE(rule->currentText(), u"The greater value"_s);
    QVERIFY(person::choose(*dialog, u"rule"_s, u"Ask"_s));
    const QJsonArray asked{QJsonObject{{u"source"_s, u"updated_at"_s}, {u"rule"_s, QJsonValue::Null}}};
    QCOMPARE(columns(*dialog), asked);
    QVERIFY(!person::shows(*dialog, u"the later time is kept"_s));
    editor::page(*dialog, 3); // what was said stays, whatever is chosen and chosen again
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"Ask"_s));
    QVERIFY(!person::shows(*dialog, u"Both sides change updated_at with every edit."_s)); // nothing is merged
    QVERIFY(person::choose(*dialog, u"conflicts.policy"_s, u"Merge, ask for the rest"_s));
    QVERIFY(person::shows(*dialog, u"Both sides change updated_at with every edit."_s));
    QCOMPARE(columns(*dialog), asked);
    QTRY_VERIFY(dialog->checks().problems().isEmpty());
}

void TestEditorConflicts::aFileStaysAsItWas()
{
    addTimes();
    const auto dialog = opened(R"({"mode": "two-way", "conflicts": {"policy": "merge"}})", 2);
    const QJsonObject before = dialog->draft().json();
    QTRY_VERIFY(editor::pickTable(*dialog, u"products"_s));
    QTRY_VERIFY(dialog->findChild<QTableView *>(u"columns"_s)->model()->rowCount() > 4);
    QCOMPARE(dialog->draft().json(), before);
    QVERIFY(!dialog->isWindowModified());
    // A table that comes in later is no more of the file than it was.
    QVERIFY(person::type(*dialog, u"tableSearch"_s, QString()));
    QVERIFY(dialog->draft().json() == before);
}

void TestEditorConflicts::allTablesAreTold()
{
    addTimes();
    const auto dialog = opened(R"({"mode": "two-way", "tables": "*", "conflicts": {"policy": "merge"}})", 2);
    QTRY_VERIFY(editor::tables(*dialog)->model()->rowCount() == 4);
    editor::page(*dialog, 3);
    QTRY_VERIFY2(person::shows(*dialog, u"List the tables, and the later time is kept instead."_s),
                 qPrintable(person::texts(*dialog).join(u" | "_s)));
}

QTEST_MAIN(TestEditorConflicts)
#include "tst_editorconflicts.moc"
