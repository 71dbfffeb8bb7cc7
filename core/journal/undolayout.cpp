// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/undolayout.h"

#include <cstring>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include "core/journal/planjson.h"
#include "core/reconcile/mergerow.h"

namespace tidemark {

using namespace Qt::StringLiterals;

std::shared_ptr<const RowLayout> UndoTable::layout() const
{
    auto layout = std::make_shared<RowLayout>();
    for (const PlanColumn &column : columns)
        layout->cells.push_back(column.type);
    layout->keyCount = keyCount;
    layout->comparedCount = comparedCount;
    return layout;
}

void FingerprintSum::add(const Fingerprint &one, int sign)
{
    rows += sign;
    low += sign < 0 ? quint64{0} - one.low : one.low;
    high += sign < 0 ? quint64{0} - one.high : one.high;
}

void FingerprintSum::add(const FingerprintSum &other)
{
    rows += other.rows;
    low += other.low;
    high += other.high;
}

QString undoFile(const QString &folder, const QString &run) { return folder + u'/' + run + ".db"_L1; }

void removeUndoFile(const QString &folder, const QString &run)
{
    for (const auto suffix : {QLatin1StringView("-wal"), QLatin1StringView("-shm"), QLatin1StringView()})
        QFile::remove(undoFile(folder, run) + suffix);
}

namespace undolayout {

namespace {

QString base64(const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); }

QByteArray fromBase64(const QJsonValue &value) { return QByteArray::fromBase64(value.toString().toLatin1()); }

QByteArray compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

} // namespace

QByteArray fingerprintBytes(const Fingerprint &fingerprint)
{
    QByteArray bytes(16, Qt::Uninitialized);
    std::memcpy(bytes.data(), &fingerprint.low, 8);
    std::memcpy(bytes.data() + 8, &fingerprint.high, 8);
    return bytes;
}

std::optional<Fingerprint> fingerprintFrom(std::string_view bytes)
{
    if (bytes.size() != 16)
        return {};
    Fingerprint fingerprint;
    std::memcpy(&fingerprint.low, bytes.data(), 8);
    std::memcpy(&fingerprint.high, bytes.data() + 8, 8);
    return fingerprint;
}

QByteArray headToJson(const UndoHead &head, bool overflowed)
{
    return compact({{u"run"_s, head.run},
                    {u"undoes"_s, head.undoes},
                    {u"jobId"_s, head.jobId},
                    {u"job"_s, head.job},
                    {u"source"_s, head.source},
                    {u"target"_s, head.target},
                    {u"twoWay"_s, head.twoWay},
                    {u"generation"_s, base64(head.generation)},
                    {u"createdUs"_s, head.createdUs},
                    {u"jobFile"_s, head.jobFile},
                    {u"jobJson"_s, QString::fromUtf8(head.jobJson)},
                    {u"people"_s, QJsonArray::fromStringList(head.people)},
                    {u"overflowed"_s, overflowed}});
}

UndoHead headFromJson(const QByteArray &body, bool &overflowed)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    UndoHead head;
    head.run = object["run"_L1].toString();
    head.undoes = object["undoes"_L1].toString();
    head.jobId = object["jobId"_L1].toString();
    head.job = object["job"_L1].toString();
    head.source = object["source"_L1].toString();
    head.target = object["target"_L1].toString();
    head.twoWay = object["twoWay"_L1].toBool();
    head.generation = fromBase64(object["generation"_L1]);
    head.createdUs = object["createdUs"_L1].toInteger();
    head.jobFile = object["jobFile"_L1].toString();
    head.jobJson = object["jobJson"_L1].toString().toUtf8();
    for (const auto &name : object["people"_L1].toArray())
        head.people.append(name.toString());
    overflowed = object["overflowed"_L1].toBool();
    return head;
}

namespace {

QJsonObject decidersToJson(const UndoDeciders &deciders)
{
    QJsonArray rules;
    for (const UndoDeciders::Rule &rule : deciders.rules)
        rules.append(QJsonObject{{u"column"_s, rule.column}, {u"rule"_s, cellRuleName(rule.rule)}});
    return {{u"newest"_s, deciders.newest}, {u"rules"_s, rules}};
}

UndoDeciders decidersFromJson(const QJsonObject &object)
{
    UndoDeciders deciders;
    deciders.newest = object["newest"_L1].toString();
    for (const auto &rule : object["rules"_L1].toArray())
        deciders.rules.append(
            {rule["column"_L1].toString(), cellRuleFromName(rule["rule"_L1].toString()).value_or(CellRule::None)});
    return deciders;
}

} // namespace

QByteArray tableToJson(const UndoTable &table)
{
    QJsonArray columns;
    for (const PlanColumn &column : table.columns) {
        columns.append(QJsonObject{{u"source"_s, column.source},
                                   {u"target"_s, column.target},
                                   {u"type"_s, cellTypeToJson(column.type)},
                                   {u"compared"_s, column.compared}});
    }
    return compact({{u"source"_s, table.source},
                    {u"target"_s, table.target},
                    {u"table"_s, table.table},
                    {u"side"_s, table.side},
                    {u"written"_s, table.written == JobSide::Source ? u"source"_s : u"target"_s},
                    {u"columns"_s, columns},
                    {u"keyCount"_s, table.keyCount},
                    {u"comparedCount"_s, table.comparedCount},
                    {u"mappingDigest"_s, base64(table.mappingDigest)},
                    {u"sidesDigest"_s, base64(table.sidesDigest)},
                    {u"left"_s, QJsonArray::fromStringList(table.left)},
                    {u"keepsValues"_s, table.keepsValues},
                    {u"filled"_s, table.filled},
                    {u"summed"_s, table.summed},
                    {u"deciders"_s, decidersToJson(table.deciders)}});
}

std::optional<UndoTable> tableFromJson(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    UndoTable table;
    for (const auto &value : object["columns"_L1].toArray()) {
        const auto type = cellTypeFromJson(value["type"_L1].toObject());
        if (!type)
            return {};
        table.columns.append(
            {value["source"_L1].toString(), value["target"_L1].toString(), *type, value["compared"_L1].toBool()});
    }
    table.source = object["source"_L1].toString();
    table.target = object["target"_L1].toString();
    table.table = object["table"_L1].toString();
    table.side = object["side"_L1].toString();
    // Files of one-way runs before two ways were known do not say.
    table.written = object["written"_L1].toString() == "source"_L1 ? JobSide::Source : JobSide::Target;
    table.keyCount = object["keyCount"_L1].toInt();
    table.comparedCount = object["comparedCount"_L1].toInt();
    table.mappingDigest = fromBase64(object["mappingDigest"_L1]);
    table.sidesDigest = fromBase64(object["sidesDigest"_L1]);
    for (const auto &value : object["left"_L1].toArray())
        table.left.append(value.toString());
    table.keepsValues = object["keepsValues"_L1].toBool();
    table.filled = object["filled"_L1].toBool();
    table.summed = object["summed"_L1].toBool();
    table.deciders = decidersFromJson(object["deciders"_L1].toObject());
    return table;
}

} // namespace undolayout

} // namespace tidemark
