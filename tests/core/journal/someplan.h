// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "core/journal/planfile.h"
#include "tests/core/journal/sqlfile.h"

// Plans that tests of plan files share.
namespace tidemark {

using namespace Qt::StringLiterals;

inline PlanHead someHead()
{
    PlanHead head;
    head.id = u"p1"_s;
    head.jobId = u"6f1c"_s;
    head.job = u"orders to warehouse"_s;
    head.source = u"shop"_s;
    head.target = u"warehouse – 仓库"_s;
    head.mirror = true;
    head.targetIsProduction = true;
    head.createdUs = 1'795'000'000'123'456;
    return head;
}

inline PlanTable someTable(const QString &name = u"orders"_s)
{
    PlanTable table;
    table.report.source = name;
    table.report.target = name + u"_copy";
    CellType number;
    number.kind = CellKind::Integer;
    CellType hostile;
    hostile.kind = CellKind::Json;
    hostile.scale = 3;
    hostile.fraction = 2;
    hostile.floatBits = 32;
    hostile.ignoreCase = hostile.ignoreTrailingSpaces = hostile.emptyIsNull = hostile.jsonAsText = true;
    hostile.floatTolerance = 0.1;
    hostile.zeroDate = ZeroDate::Null;
    hostile.nulByte = NulByte::Strip;
    hostile.refuseNul = true;
    table.columns = {{u"id"_s, u"ID"_s, number, true}, {u"bo\"dy"_s, u"body"_s, hostile, false}};
    table.keyCount = 1;
    table.comparedCount = 1;
    table.mappingDigest = QByteArray("\x00\xff\x10", 3);
    table.planDigest = "r";
    table.position = QByteArray("\x00p", 2);
    return table;
}

inline std::shared_ptr<const RowLayout> textLayout()
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells.resize(2);
    layout->keyCount = 1;
    layout->comparedCount = 2;
    return layout;
}

inline void appendRow(RowBatch &batch, const QByteArray &key, const QByteArray &text)
{
    batch.beginRow();
    batch.appendCell(std::string_view(key.constData(), static_cast<size_t>(key.size())));
    batch.appendCell(std::string_view(text.constData(), static_cast<size_t>(text.size())));
    batch.endRow();
}

inline QByteArray chainOf(const QByteArray &key, const QByteArray &text)
{
    RowBatch batch(textLayout());
    appendRow(batch, key, text);
    const std::string_view chain = batch.chain(0);
    return QByteArray(chain.data(), static_cast<qsizetype>(chain.size()));
}

inline Decision decisionAt(qint64 number) // a pattern in which the three take turns unevenly
{
    if (number % 7 == 3)
        return Decision::DeleteTarget;
    return number % 3 == 0 ? Decision::UpdateTarget : Decision::InsertTarget;
}

inline Reason reasonAt(qint64 number)
{
    switch (decisionAt(number)) {
    case Decision::DeleteTarget:
        return number % 2 ? Reason::LeftFilter : Reason::MissingAtSource;
    case Decision::UpdateTarget:
        return Reason::CellsDiffer;
    default:
        return Reason::MissingAtTarget;
    }
}

inline PlanRow rowAt(qint64 number)
{
    const Decision decision = decisionAt(number);
    const QByteArray key = QByteArray::number(number);
    PlanRow row;
    row.number = number;
    row.decision = decision;
    row.reason = reasonAt(number);
    if (decision != Decision::DeleteTarget)
        row.source = chainOf(key, "source of " + key);
    if (decision != Decision::InsertTarget)
        row.target = chainOf(key, "target of " + key);
    return row;
}

inline Result<void> addRows(PlanWriter &writer, int table, qint64 first, qint64 count)
{
    RowBatch source(textLayout());
    RowBatch target(textLayout());
    std::vector<PlanWriter::Item> items;
    for (qint64 number = first; number < first + count; ++number) {
        const QByteArray key = QByteArray::number(number);
        PlanWriter::Item item{decisionAt(number), reasonAt(number), -1, -1};
        if (item.decision != Decision::DeleteTarget) {
            item.sourceRow = source.rowCount();
            appendRow(source, key, "source of " + key);
        }
        if (item.decision != Decision::InsertTarget) {
            item.targetRow = target.rowCount();
            appendRow(target, key, "target of " + key);
        }
        items.push_back(item);
        if (number % 5 == 0)
            items.push_back({number % 2 ? Decision::Equal : Decision::Keep, Reason::None, -1, 0});
    }
    return writer.addRows(table, source, target, items);
}

inline bool same(const PlanRow &a, const PlanRow &b)
{
    return a.number == b.number && a.decision == b.decision && a.reason == b.reason && a.source == b.source
        && a.target == b.target && a.included == b.included;
}

inline void writePlan(const QString &file, qint64 rows)
{
    auto writer = PlanWriter::create(file, someHead());
    QVERIFY(writer.has_value());
    const auto first = (*writer)->addTable(someTable());
    const auto second = (*writer)->addTable(someTable(u"lines"_s));
    QCOMPARE(first.value(), 0);
    QCOMPARE(second.value(), 1);
    constexpr qint64 batch = 100;
    for (qint64 number = 0; number < rows; number += batch) {
        QVERIFY(addRows(**writer, 0, number, std::min(batch, rows - number)));
        QVERIFY(addRows(**writer, 1, number, std::min<qint64>(1, rows - number)));
    }
    PlanTable result = someTable();
    result.report.toTarget.inserts = rows;
    result.report.identical = 12;
    result.position = "later";
    QVERIFY((*writer)->finishTable(0, result));
    QVERIFY((*writer)->finish());
}

} // namespace tidemark
