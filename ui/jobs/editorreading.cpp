// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a draft with the reader of job files, fault by fault.
#include <algorithm>

#include <QJsonArray>

#include "ui/jobs/editorproblems.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int mostFaults = 200;

QStringList problems::pathParts(const QString &jsonPath)
{
    QString path = jsonPath;
    path.replace(u'[', u'.').remove(u']');
    return path.split(u'.', Qt::SkipEmptyParts);
}

namespace {

QJsonObject nowhere() { return {{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"nowhere.db"_s}}; }

// Takes each fault out of the file in turn, so that the reader comes to the next one.
class Peeler
{
public:
    Peeler(QJsonObject json, DraftReading &reading) : m_json(std::move(json)), m_reading(reading) { }
    const QJsonObject &json() const { return m_json; }

    bool neutralise(const Error &fault)
    {
        const QString path = fault.facts.value(Fact::JsonPath);
        QStringList parts = problems::pathParts(path);
        const QString what = codeName(fault.code) + u' ' + path;
        if (parts.isEmpty() || fault.code == ErrorCode::WorkspaceNewer || m_seen.contains(what))
            return false;
        m_seen << what;
        if (parts.first() == "tables"_L1 && parts.size() > 1)
            return neutraliseTable(parts[1].toInt(), parts.sliced(2), fault.code);
        return neutraliseJob(parts, fault.code);
    }

private:
    bool neutraliseJob(QStringList parts, ErrorCode code)
    {
        static const QMap<QString, QJsonValue> neutral{{u"tidemark"_s, 1},       {u"name"_s, u"unnamed"_s},
                                                       {u"mode"_s, u"update"_s}, {u"source"_s, nowhere()},
                                                       {u"target"_s, nowhere()}, {u"tables"_s, u"*"_s}};
        const QString key = parts.first();
        if (neutral.contains(key)) {
            m_reading.canCheck = m_reading.canCheck && (key == "tidemark"_L1 || key == "name"_L1);
            m_json[key] = neutral.value(key);
            return true;
        }
        return removeAt(m_json, parts, code);
    }

    bool neutraliseTable(int index, const QStringList &rest, ErrorCode code)
    {
        QJsonArray tables = m_json.value("tables"_L1).toArray();
        if (index < 0 || index >= tables.size())
            return false;
        if (!m_reading.faultyTables.contains(index))
            m_reading.faultyTables << index;
        QJsonObject table = tables.at(index).toObject();
        const bool isWhole = rest.isEmpty() || rest.first() == "source"_L1 || table.isEmpty();
        if (isWhole)
            tables[index] = u"unnamed %1"_s.arg(index);
        else if (rest.first() == "columns"_L1 && code == ErrorCode::MissingKey && rest.size() == 1)
            table.remove("columnsOnly"_L1);
        else if (!removeAt(table, rest, code))
            return false;
        if (!isWhole)
            tables[index] = table;
        m_json["tables"_L1] = tables;
        return true;
    }

    // The whole object where one of its keys is missing or decides about the others; a list as a whole.
    static bool removeAt(QJsonObject &object, const QStringList &parts, ErrorCode code)
    {
        const QString &key = parts.first();
        if (!object.contains(key))
            return false;
        QJsonObject inner = object.value(key).toObject();
        const bool isLast = parts.size() == 1;
        const bool holdsIt = parts.size() == 2 && (code == ErrorCode::MissingKey || parts[1] == "by"_L1);
        if (isLast || holdsIt || inner.isEmpty()) {
            object.remove(key);
            return true;
        }
        if (!removeAt(inner, parts.sliced(1), code))
            return false;
        object[key] = inner;
        return true;
    }

    QJsonObject m_json;
    DraftReading &m_reading;
    QStringList m_seen;
};

} // namespace

// One side alone, whatever else is wrong: opposite a file, with which everything goes as long as changes are found by
// log.
static std::optional<ConnectionSettings> readSide(const QJsonObject &job, QLatin1StringView side, const QString &file,
                                                  const ConnectionLookup &lookup)
{
    QJsonObject least{{u"tidemark"_s, 1},       {u"name"_s, u"unnamed"_s}, {u"mode"_s, u"update"_s},
                      {u"source"_s, nowhere()}, {u"target"_s, nowhere()},  {u"tables"_s, u"*"_s}};
    least[side] = job.value(side);
    auto read = jobFromJson(least, file, lookup);
    if (!read && side == "target"_L1) { // a message queue publishes no comparison
        least["detect"_L1] = QJsonObject{{u"by"_s, u"log"_s}};
        read = jobFromJson(least, file, lookup);
    }
    if (!read)
        return std::nullopt;
    return side == "source"_L1 ? std::move(read->source) : std::move(read->target);
}

DraftReading readDraft(QJsonObject json, const QString &file, const ConnectionLookup &lookup)
{
    DraftReading reading;
    reading.canCheck = true;
    reading.source = readSide(json, "source"_L1, file, lookup);
    reading.target = readSide(json, "target"_L1, file, lookup);
    Peeler peeler(std::move(json), reading);
    for (int i = 0; i < mostFaults; ++i) {
        auto job = jobFromJson(peeler.json(), file, lookup);
        if (job) {
            reading.job = *std::move(job);
            break;
        }
        // Taken out, a required value is missing: that is no other fault.
        const QString path = job.error().facts.value(Fact::JsonPath);
        const bool isNew = std::none_of(reading.faults.begin(), reading.faults.end(), [&](const Error &fault) {
            return !path.isEmpty() && fault.facts.value(Fact::JsonPath) == path;
        });
        if (isNew)
            reading.faults << job.error();
        if (!peeler.neutralise(job.error())) {
            reading.canCheck = false;
            break;
        }
    }
    std::sort(reading.faultyTables.begin(), reading.faultyTables.end());
    for (qsizetype i = reading.faultyTables.size() - 1; i >= 0; --i) {
        const int at = reading.faultyTables.at(i);
        if (at < reading.job.tables.size())
            reading.job.tables.removeAt(at);
    }
    if (!reading.job.allTables && reading.job.tables.isEmpty())
        reading.canCheck = false;
    return reading;
}

} // namespace tidemark
