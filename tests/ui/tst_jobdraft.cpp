// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QJsonArray>
#include <QJsonDocument>

#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

Q_DECLARE_METATYPE(tidemark::JobDraft)
Q_DECLARE_METATYPE(QList<tidemark::DraftProblem>)

// What the job dialog writes, what it leaves alone, and what it refuses.
class TestJobDraft : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void survivesAFile();
    void keepsWhatItDoesNotShow();
    void dropsThePolicyOfTheOtherMode();
    void problems_data();
    void problems();
};

static JobDraft whole()
{
    JobDraft draft;
    draft.name = u"orders"_s;
    draft.source = u"shop"_s;
    draft.target = u"copy"_s;
    return draft;
}

void TestJobDraft::survivesAFile()
{
    JobDraft draft = whole();
    draft.mirror = true;
    draft.allTables = false;
    draft.tables = {u"orders"_s, u"lines"_s};
    draft.detectBy = u"flag"_s;
    draft.column = u"synced"_s;
    draft.pending = u"0"_s;
    draft.done = u"1"_s;
    draft.where = u"id > 3"_s;
    draft.create = true;
    draft.transaction = u"run"_s;
    const QJsonObject file = applied(draft, {});
    QCOMPARE(draftOf(file), draft);
    QCOMPARE(file.value("detect"_L1).toObject().value("pending"_L1), QJsonValue(0));
}

void TestJobDraft::keepsWhatItDoesNotShow()
{
    const QJsonObject base = QJsonDocument::fromJson(R"({"tidemark": 1, "id": "x", "name": "old", "source": "shop",
        "target": {"driver": "sqlite", "database": "w.db"}, "mode": "update", "guard": {"rows": 5},
        "where": {"source": "a", "target": "b"},
        "tables": [{"source": ["public", "orders"], "key": ["id"]}, "lines"]})")
                                 .object();
    JobDraft draft = draftOf(base);
    QCOMPARE(draft.tables, (QStringList{u"public.orders"_s, u"lines"_s}));
    QVERIFY(draft.target.isEmpty());
    draft.name = u"new"_s;
    draft.tables.removeLast();
    const QJsonObject file = applied(draft, base);
    QCOMPARE(file.value("name"_L1).toString(), u"new"_s);
    for (const QLatin1StringView key : {"id"_L1, "guard"_L1, "target"_L1, "where"_L1})
        QCOMPARE(file.value(key), base.value(key));
    QCOMPARE(file.value("tables"_L1).toArray().size(), qsizetype(1));
    QCOMPARE(file.value("tables"_L1).toArray().at(0), base.value("tables"_L1).toArray().at(0));
}

void TestJobDraft::dropsThePolicyOfTheOtherMode()
{
    JobDraft draft = whole();
    draft.mirror = true;
    QVERIFY(!applied(draft, {{u"deletes"_s, u"ignore"_s}}).contains("deletes"_L1));
    QVERIFY(applied(draft, {{u"deletes"_s, u"propagate"_s}}).contains("deletes"_L1));
    draft.mirror = false;
    QVERIFY(!applied(draft, {{u"deletes"_s, u"propagate"_s}}).contains("deletes"_L1));
}

void TestJobDraft::problems_data()
{
    QTest::addColumn<JobDraft>("draft");
    QTest::addColumn<QList<DraftProblem>>("found");
    const auto row = [](const char *name, const QList<DraftProblem> &found,
                        const std::function<void(JobDraft &)> &edit) {
        JobDraft draft = whole();
        edit(draft);
        QTest::newRow(name) << draft << found;
    };
    using P = DraftProblem;
    row("whole", {}, [](JobDraft &) {});
    row("no name", {P::NameMissing}, [](JobDraft &d) { d.name = u"  "_s; });
    row("name taken", {P::NameTaken}, [](JobDraft &d) { d.name = u"taken"_s; });
    row("no source", {P::SourceMissing}, [](JobDraft &d) { d.source.clear(); });
    row("no target", {P::TargetMissing}, [](JobDraft &d) { d.target.clear(); });
    row("one side twice", {P::SameSides}, [](JobDraft &d) { d.target = d.source; });
    row("no tables", {P::NoTables}, [](JobDraft &d) { d.allTables = false; });
    row("no column", {P::ColumnMissing}, [](JobDraft &d) { d.detectBy = u"timestamp"_s; });
    row("bad lag", {P::LagInvalid}, [](JobDraft &d) {
        d.detectBy = u"timestamp"_s;
        d.column = u"at"_s;
        d.lag = u"soon"_s;
    });
    row("flag without values", {P::FlagValuesMissing}, [](JobDraft &d) {
        d.detectBy = u"flag"_s;
        d.column = u"f"_s;
    });
    row("flag with one value", {P::FlagValuesMissing}, [](JobDraft &d) {
        d.detectBy = u"flag"_s;
        d.column = u"f"_s;
        d.pending = d.done = u"1"_s;
    });
}

void TestJobDraft::problems()
{
    QFETCH(JobDraft, draft);
    QTEST(tidemark::problems(draft, {u"taken"_s}), "found");
}

QTEST_APPLESS_MAIN(TestJobDraft)
#include "tst_jobdraft.moc"
