// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <optional>
#include <span>

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

#include "core/base/result.h"

namespace tidemark {

// Reads JSON strictly: every value knows its path, and the first fault is kept with what was expected and what was
// found. After a fault the functions go on and return defaults; whoever began looks at error() once, at the end.
//
// Fact::Expected is a list of alternatives, separated by " | ": names of types (string, boolean, integer, number,
// object, array, duration, size, null, uuid, zone …), a bound ("1 … 65535"), or literals in JSON quotes ("\"update\"").
// The wording room words them.

class JsonReader
{
public:
    explicit JsonReader(QString file) : m_file(std::move(file)) { }
    const QString &file() const { return m_file; }
    const std::optional<Error> &error() const { return m_error; }
    bool failed() const { return m_error.has_value(); }
    void report(Error error); // adds the file; the first one stays
    void reportElsewhere(Error error); // names another file, or none

private:
    QString m_file;
    std::optional<Error> m_error;
};

template <typename T> struct JsonChoice
{
    QLatin1StringView name;
    T value;
};

class JsonObjectNode;

class JsonNode
{
public:
    JsonNode(JsonReader &reader, QJsonValue value, QString path)
        : m_reader(&reader), m_value(std::move(value)), m_path(std::move(path))
    { }

    const QJsonValue &value() const { return m_value; }
    const QString &path() const { return m_path; }
    JsonReader &reader() const { return *m_reader; }
    bool isNull() const { return m_value.isNull(); }
    bool isString() const { return m_value.isString(); }
    bool isObject() const { return m_value.isObject(); }
    bool isArray() const { return m_value.isArray(); }

    QString string() const; // may be empty
    QString text() const; // not empty, no control characters
    bool boolean() const;
    qint64 integer(qint64 least, qint64 most) const;
    double number(double least, double most) const;
    qint64 durationMs(qint64 least, qint64 most) const;
    qint64 size(qint64 least, qint64 most) const;
    QList<JsonNode> array(const QString &expected) const;
    QStringList texts() const; // a list of one or more different texts
    JsonObjectNode object(std::initializer_list<QLatin1StringView> keys,
                          const QString &expected = QStringLiteral("object")) const;

    // `later` are words of the format that this version does not do.
    template <typename T, std::size_t N>
    T choice(const JsonChoice<T> (&choices)[N], std::initializer_list<QLatin1StringView> later = {}) const
    {
        QStringList names;
        for (const JsonChoice<T> &choice : choices) {
            if (m_value.isString() && m_value.toString() == choice.name)
                return choice.value;
            names.append(choice.name);
        }
        refuseWord(names, later);
        return choices[0].value;
    }

    void wrongType(const QString &expected) const;
    void wrongValue(const QString &expected) const;
    void notAvailable() const;
    void fault(ErrorCode code, const QString &expected = {}, bool showValue = true) const;

private:
    void refuseWord(const QStringList &names, std::initializer_list<QLatin1StringView> later) const;

    JsonReader *m_reader;
    QJsonValue m_value;
    QString m_path;
};

class JsonObjectNode
{
public:
    explicit JsonObjectNode(JsonNode node) : m_node(std::move(node)), m_object(m_node.value().toObject()) { }

    const JsonNode &node() const { return m_node; }
    bool has(QLatin1StringView key) const { return m_object.contains(key); }
    std::optional<JsonNode> find(QLatin1StringView key) const; // also where it is null
    std::optional<JsonNode> findSet(QLatin1StringView key) const; // there and not null
    std::optional<JsonNode> require(QLatin1StringView key, const QString &expected) const; // MissingKey
    JsonNode at(QLatin1StringView key) const;
    void missing(QLatin1StringView key, const QString &expected) const;
    void checkKeys(std::span<const QLatin1StringView> keys) const; // UnknownKey, with the nearest name

private:
    JsonNode m_node;
    QJsonObject m_object;
};

QString quoted(QStringView text); // as a JSON string
QString alternatives(const QStringList &words); // "\"a\" | \"b\""
QString nearest(const QString &word, const QStringList &words); // empty: none is near

} // namespace tidemark
