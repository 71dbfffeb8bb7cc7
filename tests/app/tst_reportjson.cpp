// SPDX-License-Identifier: GPL-3.0-or-later
// The document of a plan or a run, field by field: scripts rely on each.

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "app/wording/reportjson.h"
#include "app/wording/wording.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QByteArray text(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Indented); }

RunReport fullReport()
{
    TableReport table;
    table.source = u"orders"_s;
    table.target = u"orders_copy"_s;
    table.toTarget = {1, 2, 3};
    table.toSource = {4, 5, 6};
    table.merged = 7;
    table.conflicts = 8;
    table.skipped = 9;
    table.identical = 12;
    table.deletesChecked = true;
    table.quarantined = 4;
    table.changedSincePlan = 5;
    table.withheldDeletes = 6;
    table.sidesChanged = true;
    table.whyWhole = u"log-new"_s;
    table.rowsRead = 27;
    table.seconds = 0.25;
    table.error = Error{ErrorCode::Unreachable, {}, u"refused"_s}.with(Fact::Host, u"h"_s);
    RunReport report;
    report.job = u"bidi"_s;
    report.jobId = u"6f1c"_s;
    report.run = u"2026-11-22T120305.123Z-4f2a"_s;
    report.state = RunState::NeedsAttention;
    report.startedUs = 1'000'000;
    report.finishedUs = 2'500'000;
    report.attention = {{Attention::Kind::Deletes, u"orders"_s, 412}};
    report.tables = {table};
    return report;
}

} // namespace

class TestReportJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { wording::useLanguage(u"en"_s); }
    void everyField();
    void unknownIsNull();
    void states();
    void errorsFollowTheLanguage();
};

void TestReportJson::everyField()
{
    QJsonObject document = wording::reportJson(fullReport());
    QJsonObject table = document.value("tables"_L1).toArray().at(0).toObject();
    const QJsonObject error = table.take("error"_L1).toObject();
    document.insert(u"tables"_s, QJsonArray{table});
    const auto expected = QJsonDocument::fromJson(R"({
        "job": "bidi", "id": "6f1c", "run": "2026-11-22T120305.123Z-4f2a", "state": "needs-attention",
        "started": "1970-01-01T00:00:01.000Z", "finished": "1970-01-01T00:00:02.500Z", "error": null,
        "attention": [{"kind": "deletes", "table": "orders", "count": 412}],
        "tables": [{"source": "orders", "target": "orders_copy", "toTarget": {"insert": 1, "update": 2, "delete": 3},
            "toSource": {"insert": 4, "update": 5, "delete": 6}, "merged": 7, "identical": 12, "deletesChecked": true,
            "conflicts": 8, "skipped": 9, "quarantined": 4, "changedSincePlan": 5, "withheldDeletes": 6, "sidesChanged": true,
            "whyWhole": "log-new", "rowsRead": 27, "seconds": 0.25}]})");
    QVERIFY(expected.isObject());
    QCOMPARE(text(document), text(expected.object()));
    QCOMPARE(error.value("code"_L1).toString(), u"unreachable"_s);
    QCOMPARE(error.value("detail"_L1).toString(), u"refused"_s);
    QCOMPARE(error.value("transient"_L1), QJsonValue(true));
    QVERIFY(error.value("message"_L1).toString().contains(u'h'));
    QCOMPARE(error.size(), 4);
}

void TestReportJson::unknownIsNull()
{
    RunReport report;
    report.state = RunState::Planned;
    report.tables.append(TableReport{});
    const QJsonObject document = wording::reportJson(report);
    for (const char *field : {"id", "run", "started", "finished", "error"})
        QVERIFY2(document.value(QLatin1StringView(field)).isNull(), field);
    const QJsonObject table = document.value("tables"_L1).toArray().at(0).toObject();
    for (const char *field : {"identical", "error"})
        QVERIFY2(table.value(QLatin1StringView(field)).isNull(), field);
}

void TestReportJson::states()
{
    RunReport report;
    QStringList names;
    for (const RunState state : {RunState::Completed, RunState::NeedsAttention, RunState::Failed, RunState::Cancelled,
                                 RunState::Busy, RunState::Planned}) {
        report.state = state;
        names.append(wording::reportJson(report).value("state"_L1).toString());
    }
    QCOMPARE(names.join(u' '), u"completed needs-attention failed cancelled busy planned"_s);
    report.attention.clear();
    for (const Attention::Kind kind :
         {Attention::Kind::Deletes, Attention::Kind::Review, Attention::Kind::Quarantine, Attention::Kind::Conflicts})
        report.attention.append({kind, {}, 1});
    names.clear();
    const QJsonArray attention = wording::reportJson(report).value("attention"_L1).toArray();
    for (const QJsonValue item : attention)
        names.append(item["kind"_L1].toString());
    QCOMPARE(names.join(u' '), u"deletes review quarantine conflicts"_s);
}

void TestReportJson::errorsFollowTheLanguage()
{
    const Error error = Error{ErrorCode::Unreachable, {}, {}}.with(Fact::Host, u"h"_s);
    const QJsonObject english = wording::errorJson(error);
    wording::useLanguage(u"zh_CN"_s);
    const QJsonObject chinese = wording::errorJson(error);
    QVERIFY(english.value("message"_L1) != chinese.value("message"_L1));
    QCOMPARE(english.value("code"_L1), chinese.value("code"_L1));
}

QTEST_GUILESS_MAIN(TestReportJson)
#include "tst_reportjson.moc"
