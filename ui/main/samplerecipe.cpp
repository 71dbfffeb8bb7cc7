// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/samplerecipe.h"

using namespace Qt::StringLiterals;

namespace tidemark::samplerecipe {

namespace {

struct Product
{
    QLatin1StringView sku;
    QString name;
    QLatin1StringView price;
    QString note;
};

QList<Product> products()
{
    return {
        {"TEA-01"_L1, u"Green tea 绿茶"_s, "5.20"_L1, {}},
        {"TEA-02"_L1, u"Oolong tea 乌龙茶"_s, "6.50"_L1, u"Fujian"_s},
        {"TEA-03"_L1, u"Earl Grey"_s, "4.80"_L1, {}},
        {"COF-01"_L1, u"Espresso beans 500 g"_s, "11.90"_L1, u"dark roast"_s},
        {"COF-02"_L1, u"Filter coffee 500 g"_s, "9.40"_L1, {}},
        {"COF-03"_L1, u"Café crème 1 kg"_s, "18.00"_L1, {}},
        {"STA-01"_L1, u"Notebook A5"_s, "3.20"_L1, u"lined"_s},
        {"STA-02"_L1, u"Notebook A4"_s, "4.10"_L1, u"squared"_s},
        {"STA-03"_L1, u"Stapler"_s, "8.75"_L1, u"takes 24/6"_s},
        {"STA-04"_L1, u"Staples 24/6"_s, "1.15"_L1, {}},
        {"STA-05"_L1, u"Pencil HB"_s, "0.60"_L1, {}},
        {"STA-06"_L1, u"Fountain pen"_s, "24.90"_L1, u"blue ink"_s},
        {"STA-07"_L1, u"Ink cartridge"_s, "2.30"_L1, {}},
        {"STA-08"_L1, u"Eraser"_s, "0.45"_L1, {}},
        {"MUG-01"_L1, u"Mug, white"_s, "7.00"_L1, {}},
        {"MUG-02"_L1, u"Mug, blue"_s, "7.00"_L1, {}},
        {"MUG-03"_L1, u"Teapot 1.2 l"_s, "21.50"_L1, u"with strainer"_s},
        {"SWE-01"_L1, u"Shortbread"_s, "3.95"_L1, {}},
        {"SWE-02"_L1, u"Mooncake 月饼"_s, "6.80"_L1, u"seasonal"_s},
        {"SWE-03"_L1, u"Chocolate 70 %"_s, "2.75"_L1, {}},
        {"CAR-01"_L1, u"Greeting card"_s, "2.20"_L1, {}},
        {"CAR-02"_L1, u"Gift wrap"_s, "1.80"_L1, {}},
        {"CAR-03"_L1, u"Paper bag"_s, "0.20"_L1, {}},
        {"OFF-01"_L1, u"Fax paper"_s, "4.99"_L1, u"never sold"_s},
    };
}

struct Customer
{
    QString name;
    QString city;
    QLatin1StringView phone; // empty: NULL
};

QList<Customer> customers()
{
    return {
        {u"Ana Díaz"_s, u"Sevilla"_s, "+34 954 010 101"_L1},
        {u"Ben Carter"_s, u"Leeds"_s, "+44 113 496 0000"_L1},
        {u"Zoë Müller"_s, u"Köln"_s, ""_L1},
        {u"陈立"_s, u"杭州"_s, "+86 571 5550 1234"_L1},
        {u"Dorota Nowak"_s, u"Gdańsk"_s, "+48 58 555 01 02"_L1},
        {u"Émile Roux"_s, u"Lyon"_s, "+33 4 72 55 01 03"_L1},
        {u"Fatima Haddad"_s, u"Tunis"_s, ""_L1},
        {u"Georg Lind"_s, u"Malmö"_s, "+46 40 555 104"_L1},
        {u"王芳"_s, u"成都"_s, "+86 28 5550 1105"_L1},
        {u"Ivan Petrov"_s, u"Plovdiv"_s, "+359 32 555 106"_L1},
        {u"Jun Tanaka"_s, u"Kyōto"_s, "+81 75 555 0107"_L1},
        {u"Kirsten O'Hara"_s, u"Cork"_s, "+353 21 555 0108"_L1},
    };
}

QString text(const QString &value) { return u'\'' + QString(value).replace(u'\'', u"''"_s) + u'\''; }

QString orNull(const QString &value) { return value.isEmpty() ? u"NULL"_s : text(value); }

int linesOf(int order)
{
    return order % 4 == 1 ? 3 : 2; // 10 × 3 + 30 × 2 = 90
}

int productOf(int order, int line)
{
    return (order * 7 + line * 5) % 23 + 1; // never the 24th
}

QString statusOf(int order)
{
    if (order <= 34)
        return u"delivered"_s;
    return order <= 36 ? u"shipped"_s : order == 38 ? u"packed"_s : u"new"_s;
}

QString order(int number, int customer, const QString &status, const QString &at)
{
    return u"INSERT INTO orders (id, customer_id, ordered_at, status) VALUES (%1, %2, %3, %4)"_s.arg(number)
        .arg(customer)
        .arg(text(at), text(status));
}

QString line(int number, int place, int product)
{
    return u"INSERT INTO order_lines (order_id, line, product_id, quantity, price) VALUES (%1, %2, %3, %4, %5)"_s
        .arg(number)
        .arg(place)
        .arg(product)
        .arg((number + place) % 3 + 1)
        .arg(text(products().at(product - 1).price));
}

} // namespace

QStringList schema()
{
    return {
        u"CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, phone TEXT)"_s,
        // Prices as text with the meaning of decimals: 6.50 stays 6.50.
        u"CREATE TABLE products (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT NOT NULL, "
        "price DECIMAL TEXT(8,2) NOT NULL, note TEXT)"_s,
        u"CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), "
        "ordered_at TIMESTAMP NOT NULL, status TEXT NOT NULL)"_s,
        u"CREATE TABLE order_lines (order_id INTEGER NOT NULL REFERENCES orders (id), line INTEGER NOT NULL, "
        "product_id INTEGER NOT NULL REFERENCES products (id), quantity INTEGER NOT NULL, "
        "price DECIMAL TEXT(8,2) NOT NULL, PRIMARY KEY (order_id, line))"_s,
    };
}

QStringList yesterday()
{
    QStringList sql;
    int id = 0;
    for (const Customer &customer : customers())
        sql << u"INSERT INTO customers (id, name, city, phone) VALUES (%1, %2, %3, %4)"_s.arg(++id).arg(
            text(customer.name), text(customer.city), orNull(customer.phone));
    id = 0;
    for (const Product &product : products())
        sql << u"INSERT INTO products (id, sku, name, price, note) VALUES (%1, %2, %3, %4, %5)"_s.arg(++id).arg(
            text(product.sku), text(product.name), text(product.price), orNull(product.note));
    for (int number = 1; number <= 40; ++number) {
        const QString at = u"2026-03-%1 %2:%3:00"_s.arg(number / 2 + 1, 2, 10, QLatin1Char('0'))
                               .arg(9 + number % 9, 2, 10, QLatin1Char('0'))
                               .arg(number * 13 % 60, 2, 10, QLatin1Char('0'));
        sql << order(number, number % 12 + 1, statusOf(number), at);
        for (int place = 1; place <= linesOf(number); ++place)
            sql << line(number, place, productOf(number, place));
    }
    return sql;
}

QStringList today()
{
    QStringList sql;
    sql << u"INSERT INTO customers (id, name, city, phone) VALUES (13, '苏晓梅', '苏州', '+86 512 5550 1109')"_s
        << u"UPDATE customers SET phone = '' WHERE id = 3"_s << u"UPDATE products SET price = '6.90' WHERE id = 2"_s
        << u"UPDATE products SET note = 'takes 24/6 ' WHERE id = 9"_s << u"DELETE FROM products WHERE id = 24"_s
        << u"UPDATE orders SET status = 'shipped' WHERE id = 38"_s << u"DELETE FROM order_lines WHERE order_id = 40"_s
        << u"DELETE FROM orders WHERE id = 40"_s;
    sql << order(41, 13, u"new"_s, u"2026-03-22 09:05:00"_s) << line(41, 1, 2) << line(41, 2, 17)
        << order(42, 5, u"new"_s, u"2026-03-22 09:40:00"_s) << line(42, 1, 4) << line(42, 2, 20)
        << order(43, 1, u"new"_s, u"2026-03-22 10:15:00"_s) << line(43, 1, 7);
    return sql;
}

QStringList sharedSchema()
{
    return {
        u"CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, phone TEXT)"_s,
        u"CREATE TABLE products (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT NOT NULL, "
        "price DECIMAL TEXT(8,2) NOT NULL, stock INTEGER NOT NULL, note TEXT)"_s,
    };
}

QStringList sharedYesterday()
{
    QStringList sql;
    int id = 0;
    for (const Product &product : products()) {
        ++id;
        sql << u"INSERT INTO products (id, sku, name, price, stock, note) VALUES (%1, %2, %3, %4, %5, %6)"_s.arg(id)
                   .arg(text(product.sku), text(product.name), text(product.price))
                   .arg(6 + id * 7 % 40)
                   .arg(orNull(product.note));
    }
    id = 0;
    for (const Customer &customer : customers()) {
        if (customer.name == u"Ana Díaz" || customer.name == u"陈立")
            continue; // they come today
        sql << u"INSERT INTO customers (id, name, city, phone) VALUES (%1, %2, %3, %4)"_s.arg(++id).arg(
            text(customer.name), text(customer.city), orNull(customer.phone));
    }
    return sql;
}

// The beans are edited at both sides, but in two columns: they merge. The notebook's price, Georg Lind and number 11
// are for a person.
QStringList todayAtTill()
{
    return {
        u"UPDATE products SET stock = stock - 5 WHERE id = 4"_s,
        u"UPDATE products SET price = '3.50' WHERE id = 7"_s,
        u"INSERT INTO products (id, sku, name, price, stock, note) "
        "VALUES (25, 'TEA-04', 'Jasmine tea 茉莉花茶', '5.80', 30, NULL)"_s,
        u"DELETE FROM customers WHERE id = 6"_s,
        u"INSERT INTO customers (id, name, city, phone) VALUES (11, 'Ana Díaz', 'Sevilla', '+34 954 010 101')"_s,
    };
}

QStringList todayAtTablet()
{
    return {
        u"UPDATE products SET price = '12.40' WHERE id = 4"_s,
        u"UPDATE products SET price = '3.40' WHERE id = 7"_s,
        u"UPDATE customers SET phone = '+216 71 555 109' WHERE id = 5"_s,
        u"UPDATE customers SET phone = '+46 40 555 140' WHERE id = 6"_s,
        u"INSERT INTO customers (id, name, city, phone) VALUES (11, '陈立', '杭州', '+86 571 5550 1234')"_s,
    };
}

} // namespace tidemark::samplerecipe
