// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>

#include "tests/endpoint/pairs/logruns.h"

namespace tidemark {

using namespace Qt::StringLiterals;

// Customers, some of whom are others' bosses, with orders and their parts.
inline void createGroup(Side &side)
{
    const bool mysql = side.settings.driver == Driver::Mysql;
    const QString text = mysql ? u"varchar(40)"_s : u"text"_s;
    const QString number = side.settings.driver == Driver::Sqlite ? u"INTEGER"_s : u"bigint"_s;
    side.exec(
        u"CREATE TABLE customers (id %1 NOT NULL PRIMARY KEY, email %2 UNIQUE, boss %1 REFERENCES customers (id))"_s
            .arg(number, text));
    side.exec(u"CREATE TABLE orders (id %1 NOT NULL PRIMARY KEY, customer %1 NOT NULL, note %2,"
              u" FOREIGN KEY (customer) REFERENCES customers (id))"_s.arg(number, text));
    side.exec(u"CREATE TABLE parts (orderid %1 NOT NULL, pos %1 NOT NULL, qty %1, PRIMARY KEY (orderid, pos),"
              u" FOREIGN KEY (orderid) REFERENCES orders (id))"_s.arg(number));
}

struct Group : SqlPair
{
    Group(Driver from, Driver to) : SqlPair(from, to)
    {
        createGroup(source);
        createGroup(target);
        for (int id = 1; id <= 4; ++id) {
            source.exec(u"INSERT INTO customers VALUES (%1, 'c%1', NULL)"_s.arg(id));
            source.exec(u"INSERT INTO orders VALUES (%1, %1, 'o%1')"_s.arg(id));
            source.exec(u"INSERT INTO parts VALUES (%1, 1, 10)"_s.arg(id));
        }
    }
    JobSettings twoWay(const QString &transaction = u"batch"_s)
    {
        return job({{u"mode"_s, u"two-way"_s},
                    {u"transaction"_s, transaction},
                    {u"tables"_s, QJsonArray{u"parts"_s, u"orders"_s, u"customers"_s}},
                    {u"guard"_s, QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}}}});
    }
    static QStringList all(Side &side)
    {
        return side.rows(u"SELECT id, email, boss FROM customers ORDER BY id"_s)
            + side.rows(u"SELECT id, customer, note FROM orders ORDER BY id"_s)
            + side.rows(u"SELECT orderid, pos, qty FROM parts ORDER BY orderid, pos"_s);
    }
    QString synced() { return shown(run(twoWay())); }
};

} // namespace tidemark
