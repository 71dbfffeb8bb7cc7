// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/jsonreader.h"

#include <cmath>
#include <vector>

#include <QJsonDocument>

#include "core/base/units.h"
#include "core/config/jsonscanner.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

QString found(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object:
        return u"object"_s;
    case QJsonValue::Array:
        return u"array"_s;
    case QJsonValue::String: {
        const QString text = value.toString();
        return quoted(text.size() > 80 ? QString(text.left(79) + u'…') : text);
    }
    default:
        break;
    }
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

QString range(qint64 least, qint64 most) { return QString::number(least) + u" … " + QString::number(most); }

// How many characters must be typed otherwise.
int distance(const QString &a, const QString &b)
{
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
    for (std::size_t j = 0; j < row.size(); ++j)
        row[j] = static_cast<int>(j);
    for (const QChar c : a) {
        int diagonal = row[0]++;
        for (std::size_t j = 1; j < row.size(); ++j) {
            const int changed = diagonal + (c == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

} // namespace

QString quoted(QStringView text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text.toString()}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

QString alternatives(const QStringList &words)
{
    QStringList list;
    for (const QString &word : words)
        list.append(quoted(word));
    return list.join(u" | "_s);
}

QString nearest(const QString &word, const QStringList &words)
{
    if (word.size() > 64)
        return {};
    QString best;
    int least = 1 + static_cast<int>(word.size()) / 3;
    for (const QString &candidate : words) {
        const int far = distance(word.toLower(), candidate.toLower());
        if (far < least || (far == least && best.isEmpty())) {
            least = far;
            best = candidate;
        }
    }
    return best;
}

void JsonReader::report(Error error)
{
    if (!m_file.isEmpty())
        error.with(Fact::File, m_file);
    reportElsewhere(std::move(error));
}

void JsonReader::reportElsewhere(Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

void JsonNode::fault(ErrorCode code, const QString &expected, bool showValue) const
{
    Error error{code, {}, {}};
    if (!m_path.isEmpty())
        error.with(Fact::JsonPath, m_path);
    if (!expected.isEmpty())
        error.with(Fact::Expected, expected);
    if (showValue)
        error.with(Fact::Found, found(m_value));
    m_reader->report(std::move(error));
}

void JsonNode::wrongType(const QString &expected) const { fault(ErrorCode::WrongType, expected); }
void JsonNode::wrongValue(const QString &expected) const { fault(ErrorCode::WrongValue, expected); }
void JsonNode::notAvailable() const { fault(ErrorCode::NotAvailable); }

void JsonNode::refuseWord(const QStringList &names, std::initializer_list<QLatin1StringView> later) const
{
    if (!m_value.isString())
        return wrongType(alternatives(names));
    for (const QLatin1StringView word : later) {
        if (m_value.toString() == word)
            return notAvailable();
    }
    wrongValue(alternatives(names));
}

QString JsonNode::string() const
{
    if (!m_value.isString())
        wrongType(u"string"_s);
    return m_value.toString();
}

QString JsonNode::text() const
{
    const QString text = string();
    if (!m_value.isString())
        return {};
    if (text.isEmpty())
        wrongValue(u"non-empty"_s);
    for (const QChar c : text) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7f) {
            wrongValue(u"printable"_s);
            break;
        }
    }
    return text;
}

bool JsonNode::boolean() const
{
    if (!m_value.isBool())
        wrongType(u"boolean"_s);
    return m_value.toBool();
}

qint64 JsonNode::integer(qint64 least, qint64 most) const
{
    const double number = m_value.toDouble();
    if (!m_value.isDouble() || number != std::floor(number)) {
        wrongType(u"integer"_s);
        return least;
    }
    if (number < static_cast<double>(least) || number > static_cast<double>(most)) {
        wrongValue(range(least, most));
        return least;
    }
    return m_value.toInteger();
}

double JsonNode::number(double least, double most) const
{
    if (!m_value.isDouble()) {
        wrongType(u"number"_s);
        return least;
    }
    if (!(m_value.toDouble() >= least && m_value.toDouble() <= most)) {
        wrongValue(QString::number(least) + u" … " + QString::number(most));
        return least;
    }
    return m_value.toDouble();
}

qint64 JsonNode::durationMs(qint64 least, qint64 most) const
{
    if (!m_value.isString()) {
        wrongType(u"duration"_s);
        return least;
    }
    const std::optional<qint64> ms = parseDurationMs(m_value.toString());
    if (!ms)
        wrongValue(u"duration"_s);
    else if (*ms < least || *ms > most)
        wrongValue(formatDuration(least) + u" … " + formatDuration(most));
    return ms.value_or(least);
}

qint64 JsonNode::size(qint64 least, qint64 most) const
{
    if (!m_value.isString()) {
        wrongType(u"size"_s);
        return least;
    }
    const std::optional<qint64> bytes = parseSize(m_value.toString());
    if (!bytes)
        wrongValue(u"size"_s);
    else if (*bytes < least || *bytes > most)
        wrongValue(formatSize(least) + u" … " + formatSize(most));
    return bytes.value_or(least);
}

QList<JsonNode> JsonNode::array(const QString &expected) const
{
    if (!m_value.isArray())
        wrongType(expected);
    QList<JsonNode> nodes;
    const QJsonArray list = m_value.toArray();
    for (qsizetype i = 0; i < list.size(); ++i)
        nodes.append(JsonNode(*m_reader, list.at(i), jsonPath(m_path, i)));
    return nodes;
}

QStringList JsonNode::texts() const
{
    QStringList result;
    const QList<JsonNode> nodes = array(u"array"_s);
    if (m_value.isArray() && nodes.isEmpty())
        wrongValue(u"non-empty"_s);
    for (const JsonNode &node : nodes) {
        const QString text = node.text();
        if (result.contains(text))
            node.fault(ErrorCode::DuplicateName);
        result.append(text);
    }
    return result;
}

JsonObjectNode JsonNode::object(std::initializer_list<QLatin1StringView> keys, const QString &expected) const
{
    if (!m_value.isObject())
        wrongType(expected);
    JsonObjectNode object(*this);
    object.checkKeys({keys.begin(), keys.size()});
    return object;
}

JsonNode JsonObjectNode::at(QLatin1StringView key) const
{
    return JsonNode(m_node.reader(), m_object.value(key), jsonPath(m_node.path(), key));
}

std::optional<JsonNode> JsonObjectNode::find(QLatin1StringView key) const
{
    return has(key) ? std::optional(at(key)) : std::nullopt;
}

std::optional<JsonNode> JsonObjectNode::findSet(QLatin1StringView key) const
{
    return has(key) && !m_object.value(key).isNull() ? std::optional(at(key)) : std::nullopt;
}

std::optional<JsonNode> JsonObjectNode::require(QLatin1StringView key, const QString &expected) const
{
    if (!has(key))
        missing(key, expected);
    return find(key);
}

void JsonObjectNode::missing(QLatin1StringView key, const QString &expected) const
{
    at(key).fault(ErrorCode::MissingKey, expected, false);
}

void JsonObjectNode::checkKeys(std::span<const QLatin1StringView> keys) const
{
    const QStringList present = m_object.keys();
    for (const QString &key : present) {
        QStringList known;
        bool isKnown = false;
        for (const QLatin1StringView name : keys) {
            known.append(name);
            isKnown = isKnown || key == name;
        }
        if (isKnown)
            continue;
        const QString near = nearest(key, known);
        JsonNode(m_node.reader(), {}, jsonPath(m_node.path(), key))
            .fault(ErrorCode::UnknownKey, near.isEmpty() ? known.join(u", "_s) : near, false);
    }
}

} // namespace tidemark
