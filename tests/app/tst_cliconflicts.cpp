// SPDX-License-Identifier: GPL-3.0-or-later
// conflicts and resolve through the real command line, over conflicts that were put into the journal: neither opens a
// database before it has something to write.

#include <memory>

#include "core/data/orderedkey.h"
#include "core/data/rowencoder.h"
#include "core/journal/basefile.h"
#include "core/journal/journal.h"
#include "core/journal/planfile.h"
#include "tests/app/clirun.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString jobId = u"6f1c0e0a-0000-4000-8000-000000000001"_s;
const QString pairName = u"orders → orders_copy"_s;

PlanTable someTable()
{
    PlanTable table;
    table.report.source = u"orders"_s;
    table.report.target = u"orders_copy"_s;
    table.columns = {{u"id"_s, u"id"_s, {CellKind::Integer}, true},
                     {u"note"_s, u"note"_s, {CellKind::Text}, true},
                     {u"qty"_s, u"qty"_s, {CellKind::Integer}, true},
                     {u"photo"_s, u"photo"_s, {CellKind::Blob}, true}};
    table.keyCount = 1;
    table.comparedCount = 4;
    table.mappingDigest = "m";
    return table;
}

using Cells = std::optional<QStringList>; // not set: absent

RowBatch rowsOf(const PlanTable &table, const QList<QStringList> &rows)
{
    std::vector<CellSource> sources(std::size_t(table.columns.size()));
    RowBatch batch(table.layout());
    RowEncoder encoder(table.layout(), sources);
    encoder.setBatch(&batch);
    for (const QStringList &cells : rows) {
        encoder.beginRow();
        for (const QString &cell : cells) {
            const QByteArray text = cell.toUtf8();
            if (cell == "NULL"_L1)
                encoder.null();
            else
                encoder.text({text.constData(), std::size_t(text.size())});
        }
        encoder.endRow();
    }
    return batch;
}

QByteArray bytesOf(std::string_view view) { return {view.data(), qsizetype(view.size())}; }

Conflict someConflict(ConflictKind kind, const Cells &source, const Cells &target, const Cells &base = {})
{
    const PlanTable table = someTable();
    Conflict conflict;
    conflict.table = pairName;
    conflict.kind = kind;
    conflict.mappingDigest = table.mappingDigest;
    conflict.run = u"2026-11-22T120305.123Z-4f2a"_s;
    conflict.sinceUs = 1'795'000'000'000'000;
    if (source)
        conflict.source = bytesOf(rowsOf(table, {*source}).chain(0));
    if (target)
        conflict.target = bytesOf(rowsOf(table, {*target}).chain(0));
    const RowBatch any = rowsOf(table, {source ? *source : *target});
    std::string key;
    appendOrderedKey(any, 0, key);
    conflict.key = bytesOf(key);
    conflict.keyText = (source ? *source : *target).first();
    if (base) {
        const RowBatch before = rowsOf(table, {*base});
        conflict.base = encodePicture(before, 0, before, 0);
    }
    return conflict;
}

} // namespace

class TestCliConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingIsOpen();
    void listsAsJson();
    void listsForPeople();
    void kindsInWords_data();
    void kindsInWords();
    void listsOfOneTable();
    void answeredAndSkipped();
    void unknownLayout();
    void manyAreStreamed();
    void chineseToo();
    void wrongInput_data();
    void wrongInput();
    void nothingIsAnsweredWhereOneFails();
    void jobThatIsTwoWayNoMore();
    void answersAreKeptWhereNobodyAnswers();

private:
    void keep(const QList<Conflict> &conflicts)
    {
        const auto journal = open();
        QVERIFY(journal->saveConflictTable(jobId, pairName, someTable()));
        QVERIFY(journal->meetConflicts(jobId, conflicts));
    }
    std::unique_ptr<Journal> open() const
    {
        auto journal = Journal::open(m_folder->path(u"workspace/journal.db"_s));
        return journal ? std::move(*journal) : nullptr;
    }
    void threeConflicts()
    {
        keep({someConflict(ConflictKind::BothUpdated, {{u"1"_s, u"a"_s, u"5"_s, u"x"_s}},
                           {{u"1"_s, u"b"_s, u"7"_s, u"x"_s}}, {{u"1"_s, u"o"_s, u"5"_s, u"x"_s}}),
              someConflict(ConflictKind::UpdatedAndDeleted, {{u"2"_s, u"a"_s, u"5"_s, u"NULL"_s}}, {}),
              someConflict(ConflictKind::BothInserted, {{u"3"_s, u"a"_s, u"NULL"_s, u"x"_s}},
                           {{u"3"_s, u"a"_s, u"0"_s, u"x"_s}})});
    }
    std::unique_ptr<CliFolder> m_folder;
};

void TestCliConflicts::init()
{
    m_folder = std::make_unique<CliFolder>();
    QVERIFY(QDir().mkpath(m_folder->path(u"workspace"_s)));
    m_folder->job(u"bidi"_s,
                  R"("id": ")" + jobId.toUtf8() + R"(", "tables": [{"source": "orders", "target": "orders_copy"}])",
                  "two-way");
    m_folder->job(u"fresh"_s, R"("tables": "*")", "two-way");
}

void TestCliConflicts::nothingIsOpen()
{
    for (const QString &job : {u"bidi.json"_s, u"fresh.json"_s}) {
        const auto listed = m_folder->json({u"conflicts"_s, job});
        QVERIFY2(listed.exitCode == 0, listed.said().constData());
        QVERIFY(listed.json().value("conflicts"_L1).isArray());
        QVERIFY(listed.json().value("conflicts"_L1).toArray().isEmpty());
        QCOMPARE(m_folder->run({u"conflicts"_s, job}).out, QByteArray("No conflict is open.\n"));
        const auto resolved = m_folder->run({u"resolve"_s, job, u"--all"_s, u"--take"_s, u"source"_s});
        QVERIFY2(resolved.exitCode == 0 && resolved.out == "No conflict is open.\n", resolved.said().constData());
    }
    QVERIFY(!m_folder->read(u"fresh.json"_s).contains("\"id\"")); // to look is not to run
}

void TestCliConflicts::listsAsJson()
{
    threeConflicts();
    const auto listed = m_folder->json({u"conflicts"_s, u"bidi.json"_s});
    QVERIFY2(listed.exitCode == 0, listed.said().constData());
    QCOMPARE(listed.json().value("job"_L1).toString(), u"bidi"_s);
    QCOMPARE(listed.json().value("id"_L1).toString(), jobId);
    const QJsonArray conflicts = listed.json().value("conflicts"_L1).toArray();
    QCOMPARE(conflicts.size(), 3);
    const auto expected = QJsonDocument::fromJson(R"({
        "id": 1, "table": "orders", "key": {"id": 1}, "keyText": "1", "kind": "both-updated",
        "source": {"id": 1, "note": "a", "qty": 5, "photo": {"base64": "eA=="}},
        "target": {"id": 1, "note": "b", "qty": 7, "photo": {"base64": "eA=="}},
        "base": {"id": 1, "note": "o", "qty": 5, "photo": {"base64": "eA=="}},
        "since": "2026-11-18T11:06:40.000Z", "run": "2026-11-22T120305.123Z-4f2a",
        "state": "open", "answer": null, "answeredBy": null, "answered": null})");
    QVERIFY(expected.isObject());
    QCOMPARE(QJsonDocument(conflicts.at(0).toObject()).toJson(), expected.toJson());
    QCOMPARE(conflicts.at(1)["kind"_L1].toString(), u"updated-and-deleted"_s);
    QVERIFY(conflicts.at(1)["target"_L1].isNull()); // absent
    QVERIFY(conflicts.at(1)["base"_L1].isUndefined()); // unknown
    QCOMPARE(conflicts.at(2)["kind"_L1].toString(), u"both-inserted"_s);
}

void TestCliConflicts::listsForPeople()
{
    threeConflicts();
    const auto listed = m_folder->run({u"conflicts"_s, u"bidi.json"_s});
    const QString text = QString::fromUtf8(listed.out);
    QVERIFY2(text.startsWith(u"#1  orders → orders_copy (id = 1)\n    Changed on both sides.\n"_s
                             u"    Open since 2026-11-18 11:06:40, met last by the run 2026-11-22T120305.123Z-4f2a.\n"_s
                             u"    Column  Last synced  Source  Target\n"_s
                             u"    note    'o'          'a'     'b'\n"_s
                             u"    qty     5            5       7\n"_s
                             u"    1 more column agrees.\n\n#2  "_s),
             listed.out.constData());
    QVERIFY2(text.contains(u"Changed at the source, deleted at the target."_s), listed.out.constData());
    QVERIFY2(text.contains(u"    note    'a'     –\n    qty     5       –\n    photo   NULL    –\n"_s),
             listed.out.constData());
    QVERIFY2(text.contains(u"    Column  Source  Target\n    qty     NULL    0\n    2 more columns agree.\n"_s),
             listed.out.constData());
    QVERIFY2(text.contains(u"\n3 conflicts open.\n"_s) && text.contains(u"tidemark-cli resolve JOB --id N"_s),
             listed.out.constData());
    QVERIFY(listed.err.isEmpty());
}

void TestCliConflicts::kindsInWords_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("words");
    const auto add = [](ConflictKind kind, const char *words) {
        QTest::newRow(words) << int(kind) << QByteArray(words);
    };
    add(ConflictKind::Differs, "Different on both sides.");
    add(ConflictKind::BothInserted, "no earlier sync tells");
    add(ConflictKind::GuardFailed, "while it was being written");
    add(ConflictKind::Constraint, "A constraint of the database refuses");
    add(ConflictKind::InDoubt, "A run was cut off");
    add(ConflictKind::UpdatedAndDeleted, "Deleted at the source, changed at the target.");
}

void TestCliConflicts::kindsInWords()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, words);
    const bool deleted = kind == int(ConflictKind::UpdatedAndDeleted);
    const Cells source = deleted ? Cells() : Cells({u"1"_s, u"a"_s, u"5"_s, u"x"_s});
    keep({someConflict(ConflictKind(kind), source, {{u"1"_s, u"b"_s, u"5"_s, u"x"_s}})});
    const auto listed = m_folder->run({u"conflicts"_s, u"bidi.json"_s});
    QVERIFY2(listed.out.contains(words), listed.said().constData());
    const QJsonArray json = m_folder->json({u"conflicts"_s, u"bidi.json"_s}).json().value("conflicts"_L1).toArray();
    QCOMPARE(json.at(0)["kind"_L1].toString(), conflictKindName(ConflictKind(kind)));
}

void TestCliConflicts::listsOfOneTable()
{
    threeConflicts();
    Conflict other =
        someConflict(ConflictKind::BothUpdated, {{u"1"_s, u"a"_s, u"5"_s, u"x"_s}}, {{u"1"_s, u"b"_s, u"7"_s, u"x"_s}});
    other.table = u"lines → lines"_s;
    keep({other});
    m_folder->job(u"all"_s, R"("id": ")" + jobId.toUtf8() + R"(", "tables": "*")", "two-way");
    const auto count = [&](const QString &job, const QString &table) {
        return m_folder->json({u"conflicts"_s, job, u"--table"_s, table}).json().value("conflicts"_L1).toArray().size();
    };
    QCOMPARE(count(u"bidi.json"_s, u"orders"_s), 3);
    QCOMPARE(count(u"bidi.json"_s, u"orders_copy"_s), 3);
    QCOMPARE(count(u"bidi.json"_s, pairName), 3);
    QCOMPARE(count(u"all.json"_s, u"lines"_s), 1);
    QCOMPARE(count(u"all.json"_s, u"none"_s), 0);
    const auto unknown = m_folder->json({u"conflicts"_s, u"bidi.json"_s, u"--table"_s, u"none"_s});
    QVERIFY2(unknown.exitCode == 4 && unknown.code() == "usage"_L1, unknown.said().constData());
}

void TestCliConflicts::answeredAndSkipped()
{
    threeConflicts();
    const auto journal = open();
    QCOMPARE(
        journal->answerConflicts(jobId, {{1, ConflictAnswer::Source, {}, {}}}, u"ann"_s, 1'795'000'000'000'000).value(),
        1);
    QCOMPARE(journal->answerConflicts(jobId, {{2, ConflictAnswer::Skip, {}, {}}}, u"bob"_s, 1).value(), 1);
    auto listed = m_folder->run({u"conflicts"_s, u"bidi.json"_s});
    QVERIFY2(listed.out.contains("Answered by ann at 2026-11-18 11:06:40: take the source."),
             listed.said().constData());
    QVERIFY2(listed.out.contains("1 conflict answered; the next run writes it.\n1 conflict open.\n"),
             listed.said().constData());
    QVERIFY(!listed.out.contains("#2"));
    listed = m_folder->run({u"conflicts"_s, u"bidi.json"_s, u"--skipped"_s});
    QVERIFY2(listed.out.contains("#2") && listed.out.contains("Answered by bob"), listed.said().constData());
    const QJsonArray json = m_folder->json({u"conflicts"_s, u"bidi.json"_s}).json().value("conflicts"_L1).toArray();
    QCOMPARE(json.size(), 2);
    QCOMPARE(json.at(0)["state"_L1].toString(), u"answered"_s);
    QCOMPARE(json.at(0)["answer"_L1].toString(), u"source"_s);
    QCOMPARE(json.at(0)["answeredBy"_L1].toString(), u"ann"_s);
}

// Pictures of columns that the job had before: the key's text is all that can be told.
void TestCliConflicts::unknownLayout()
{
    Conflict old =
        someConflict(ConflictKind::BothUpdated, {{u"1"_s, u"a"_s, u"5"_s, u"x"_s}}, {{u"1"_s, u"b"_s, u"7"_s, u"x"_s}});
    old.mappingDigest = "before";
    keep({old});
    const auto listed = m_folder->run({u"conflicts"_s, u"bidi.json"_s});
    QVERIFY2(listed.exitCode == 0 && listed.out.contains("#1  orders → orders_copy (1)\n")
                 && listed.out.contains("The job's columns have changed since"),
             listed.said().constData());
    const QJsonArray json = m_folder->json({u"conflicts"_s, u"bidi.json"_s}).json().value("conflicts"_L1).toArray();
    QVERIFY(json.at(0)["source"_L1].isUndefined());
    QCOMPARE(json.at(0)["keyText"_L1].toString(), u"1"_s);
}

void TestCliConflicts::manyAreStreamed()
{
    QList<Conflict> many;
    for (int id = 1; id <= 2500; ++id)
        many.append(someConflict(ConflictKind::BothUpdated, {{QString::number(id), u"a"_s, u"5"_s, u"x"_s}},
                                 {{QString::number(id), u"b"_s, u"5"_s, u"x"_s}}));
    keep(many);
    const QJsonArray json = m_folder->json({u"conflicts"_s, u"bidi.json"_s}).json().value("conflicts"_L1).toArray();
    QCOMPARE(json.size(), 2500);
    for (int i = 0; i < 2500; ++i)
        QCOMPARE(json.at(i)["key"_L1]["id"_L1].toInt(), i + 1);
    QVERIFY(m_folder->run({u"conflicts"_s, u"bidi.json"_s}).out.contains("\n2,500 conflicts open.\n"));
}

void TestCliConflicts::chineseToo()
{
    threeConflicts();
    const auto listed = m_folder->run({u"conflicts"_s, u"bidi.json"_s}, u"zh_CN.UTF-8"_s);
    QVERIFY2(listed.out.contains("两端都有更改。") && listed.out.contains("上次同步值")
                 && listed.out.contains("3 个冲突未解决"),
             listed.said().constData());
}

void TestCliConflicts::wrongInput_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArrayList>("told");
    const auto row = [](const char *words, const QByteArrayList &told) {
        QTest::newRow(words) << QString::fromUtf8(words).split(u' ') << told;
    };
    row("--id 1", {"resolve needs --take source|target|skip"});
    row("--take source", {"resolve needs --id N"});
    row("--take both --id 1", {"both is not a value for --take", "source, target or skip"});
    row("--take source --id one", {"one is not a value for --id", "a whole number"});
    row("--take source --id 0", {"0 is not a value for --id"});
    row("--take source --id -1", {"-1 is not a value for --id"});
    row("--take source --id 9", {"9 is not a value for --id", "a conflict that is open or skipped"});
    row("--take source --id 1 --id 9", {"9 is not a value for --id"});
    row("--take source --id 1 --all", {"--id and --all exclude each other"});
    row("--take source --id 1 --table orders", {"--id and --table exclude each other"});
    row("--take source --id 1 --key id=1", {"--id and --key exclude each other"});
    row("--take source --all --key id=1 --table orders", {"--key and --all exclude each other"});
    row("--take source --key id=1", {"--key needs --table"});
    row("--take source --table orders", {"--table needs --key"});
    row("--take source --table none --all", {"none is not a value for --table", "orders"});
    row("--take source --table orders --key id", {"id is not a value for --key", "COL=VALUE"});
    row("--take source --table orders --key nope=1", {"nope is not a value for --key", "id"});
    row("--take source --table orders --key id=x", {"--key"});
    row("--take source --table orders --key id=77", {"id=77 is not a value for --key", "open or skipped"});
    row("--take skip --id 1 --set note=x", {"--take skip and --set exclude each other"});
    row("--take skip --id 1 --set-null note", {"--take skip and --set-null exclude each other"});
    row("--id 1 --set note", {"note is not a value for --set", "COL=VALUE"});
    row("--id 1 --set =x", {"=x is not a value for --set"});
    row("--id 1 --set nope=x", {"nope=x is not a value for --set", "note, qty or photo"});
    row("--id 1 --set id=2", {"id=2 is not a value for --set", "note, qty or photo"});
    row("--id 1 --set note=x --set qty=many", {"qty=many is not a value for --set", "a whole number"});
    row("--id 1 --set note=x --set-null nope", {"nope is not a value for --set-null"});
    row("--id 1 --set note=x --set note=y", {"--set note=x and --set note=y exclude each other"});
    row("--id 1 --set note=x --set photo=zz --set qty=1", {"photo=zz is not a value for --set", "0x00ff"});
    row("--id 1 --set note=x", {"resolve --id 1 needs --set qty=VALUE"});
    row("--id 2 --take target --set note=x", {"--take target and --set exclude each other"});
    row("--id 1 --take source --nope", {"--nope is not an option here"});
    row("--id 1 --take", {"--take needs SIDE"});
}

void TestCliConflicts::wrongInput()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArrayList, told);
    threeConflicts();
    arguments = QStringList{u"resolve"_s, u"bidi.json"_s} + arguments;
    const auto outcome = m_folder->run(arguments);
    QVERIFY2(outcome.exitCode == 4 && outcome.out.isEmpty(), outcome.said().constData());
    for (const QByteArray &words : std::as_const(told))
        QVERIFY2(outcome.err.contains(words), outcome.said().constData());
    QCOMPARE(m_folder->json(arguments).code(), u"usage"_s);
    ConflictFilter open;
    open.states = {ConflictState::Open};
    QCOMPARE(this->open()->conflicts(jobId, open).value().size(), 3); // nothing was answered
}

void TestCliConflicts::nothingIsAnsweredWhereOneFails()
{
    threeConflicts(); // conflict 3 would be decided by it, 1 is not
    const auto outcome = m_folder->json({u"resolve"_s, u"bidi.json"_s, u"--all"_s, u"--set"_s, u"qty=1"_s});
    QVERIFY2(outcome.exitCode == 4 && outcome.code() == "usage"_L1, outcome.said().constData());
    ConflictFilter open;
    open.states = {ConflictState::Open};
    QCOMPARE(this->open()->conflicts(jobId, open).value().size(), 3);
}

void TestCliConflicts::jobThatIsTwoWayNoMore()
{
    threeConflicts();
    m_folder->job(u"bidi"_s, R"("id": ")" + jobId.toUtf8() + R"(", "tables": ["orders"])", "mirror");
    const auto outcome = m_folder->run({u"resolve"_s, u"bidi.json"_s, u"--all"_s, u"--take"_s, u"source"_s});
    QVERIFY2(outcome.exitCode == 4 && outcome.err.contains(R"(resolve needs "mode": "two-way")"),
             outcome.said().constData());
    ConflictFilter open;
    open.states = {ConflictState::Open};
    QCOMPARE(this->open()->conflicts(jobId, open).value().size(), 3);
}

// The answer is an intention that lasts: the databases are not there now.
void TestCliConflicts::answersAreKeptWhereNobodyAnswers()
{
    threeConflicts();
    const auto outcome = m_folder->run(
        {u"resolve"_s, u"bidi.json"_s, u"--id"_s, u"1"_s, u"--set"_s, u"note=x"_s, u"--set-null"_s, u"qty"_s});
    QVERIFY2(outcome.exitCode > 1, outcome.said().constData());
    QVERIFY2(outcome.err.contains("The answers are kept; the next run writes them."), outcome.said().constData());
    ConflictFilter answered;
    answered.states = {ConflictState::Answered};
    const QList<Conflict> kept = open()->conflicts(jobId, answered).value();
    QCOMPARE(kept.size(), 1);
    QVERIFY(!kept.first().answeredBy.isEmpty());
    const QByteArray row = bytesOf(rowsOf(someTable(), {{u"1"_s, u"x"_s, u"NULL"_s, u"x"_s}}).chain(0));
    QCOMPARE(kept.first().rowForSource, row);
    QCOMPARE(kept.first().rowForTarget, row);
    const auto again = m_folder->run({u"resolve"_s, u"bidi.json"_s, u"--id"_s, u"1"_s, u"--take"_s, u"source"_s});
    QVERIFY2(again.exitCode == 4, again.said().constData()); // it is answered
}

QTEST_GUILESS_MAIN(TestCliConflicts)
#include "tst_cliconflicts.moc"
