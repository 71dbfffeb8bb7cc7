// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QUuid>

#include "tests/app/clirun.h"

// What the tests of queues through the command line share.
namespace tidemark::test {

using namespace Qt::StringLiterals;

// A stream or queue of its own on one of the brokers, as the JSON of a connection.
class OwnQueue
{
public:
    explicit OwnQueue(const QByteArray &broker)
        : m_broker(broker), m_name(u"tm-cli-"_s + QUuid::createUuid().toString(QUuid::Id128))
    { }

    bool isRedis() const { return m_broker == "redis"; }
    QString name() const { return m_name; }
    QByteArray json(const QByteArray &more = {}) const
    {
        const QUrl url(qEnvironmentVariable(isRedis() ? "TIDEMARK_TEST_REDIS" : "TIDEMARK_TEST_AMQP"));
        QJsonObject object{{u"driver"_s, isRedis() ? u"redis"_s : u"amqp"_s},
                           {u"host"_s, url.host()},
                           {u"port"_s, url.port()},
                           {u"user"_s, url.userName()},
                           {u"password"_s, QJsonObject{{u"env"_s, u"TIDEMARK_TEST_PASSWORD"_s}}},
                           {u"tls"_s, u"disable"_s}};
        if (isRedis()) {
            object.insert(u"stream"_s, m_name);
            object.insert(u"idle"_s, u"200ms"_s);
        } else {
            object.insert(u"exchange"_s, QString(m_name + u".x"_s));
            object.insert(u"queue"_s, m_name);
            object.insert(u"oneConsumer"_s, false);
        }
        const QJsonObject extra = QJsonDocument::fromJson('{' + more + '}').object();
        for (auto key = extra.begin(); key != extra.end(); ++key)
            object.insert(key.key(), key.value());
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }

private:
    QByteArray m_broker;
    QString m_name;
};

inline const QByteArray table = "CREATE TABLE items(id INTEGER PRIMARY KEY, name TEXT, price NUMERIC, v INTEGER);";
inline const QByteArray listed = "SELECT id, name, price, v FROM items ORDER BY id";

inline QByteArray file(const char *name)
{
    return R"({"driver": "sqlite", "database": ")" + QByteArray(name) + R"("})";
}

inline void writeJob(const CliFolder &folder, const QString &name, const QByteArray &source, const QByteArray &target,
                     const QByteArray &more, const char *mode = "update", const QByteArray &copy = {})
{
    const QByteArray mapped = R"({"source": "items", "target": ")" + copy + R"("})";
    folder.write(name + u".json"_s,
                 R"({"tidemark": 1, "name": ")" + name.toUtf8() + R"(", "source": )" + source + R"(, "target": )"
                     + target + R"(, "mode": ")" + mode + R"(", "tables": [)"
                     + (copy.isEmpty() ? QByteArray("\"items\"") : mapped) + ']' + more + '}');
}

inline QByteArray mysqlJson()
{
    const QUrl url(qEnvironmentVariable("TIDEMARK_TEST_MYSQL"));
    const QJsonObject object{{u"driver"_s, u"mysql"_s},
                             {u"host"_s, url.host()},
                             {u"port"_s, url.port()},
                             {u"user"_s, url.userName()},
                             {u"database"_s, url.path().mid(1)},
                             {u"password"_s, QJsonObject{{u"env"_s, u"TIDEMARK_TEST_PASSWORD"_s}}}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

inline int counted(const CliFolder::Outcome &outcome, const char *what)
{
    const QJsonArray tables = outcome.json().value(u"tables"_s).toArray();
    return tables.isEmpty()
        ? -1
        : tables[0].toObject().value(u"toTarget"_s).toObject().value(QLatin1StringView(what)).toInt(-1);
}

} // namespace tidemark::test

#define RUNS(outcome)                                                                                                  \
    do {                                                                                                               \
        const auto &ran_ = (outcome);                                                                                  \
        QVERIFY2(ran_.exitCode == 0, ran_.said().constData());                                                         \
    } while (false)
