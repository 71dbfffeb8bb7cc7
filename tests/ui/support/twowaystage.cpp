// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/twowaystage.h"

#include <QFile>
#include <QJsonArray>

#include "core/endpoint/sql/sqlsession.h"
#include "tests/ui/support/person.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static const QStringList schema{
    u"CREATE TABLE products (id INTEGER PRIMARY KEY, name VARCHAR(40), price DECIMAL(8,2), stock INTEGER)"_s,
    u"CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(40), phone VARCHAR(20))"_s,
    u"INSERT INTO products VALUES (1, 'Notebook', 3.20, 40), (2, 'Oolong tea 乌龙茶', 6.50, 12), (3, 'Stapler', 9.90, "
    u"7), "
    "(4, 'Fax paper', 2.10, 3), (5, 'Pencil', 0.80, 200), (6, 'Ink', 11.00, 9)"_s,
    u"INSERT INTO customers VALUES (1, 'Zoë Müller', NULL), (2, '苏晓梅', '555-0101'), (3, 'Ana Díaz', '555-0102')"_s};

static const QStringList atTill{
    u"UPDATE products SET price = 3.50 WHERE id = 1"_s,      u"UPDATE products SET stock = 10 WHERE id = 2"_s,
    u"UPDATE products SET price = 10.50 WHERE id = 3"_s,     u"DELETE FROM products WHERE id = 4"_s,
    u"INSERT INTO products VALUES (7, 'Ruler', 1.20, 30)"_s, u"DELETE FROM customers WHERE id = 3"_s};

static const QStringList atTablet{
    u"UPDATE products SET price = 3.40 WHERE id = 1"_s, u"UPDATE products SET price = 6.90 WHERE id = 2"_s,
    u"UPDATE products SET stock = 190 WHERE id = 5"_s, u"INSERT INTO customers VALUES (4, '陈立', '555-0104')"_s,
    u"UPDATE customers SET phone = '555-0199' WHERE id = 3"_s};

TwoWayStage::TwoWayStage(const QJsonObject &more)
{
    person::elsewhere([&] { m_ready = build(more); });
}

bool TwoWayStage::execute(const ConnectionSettings &side, const QStringList &statements)
{
    const auto session = m_desk->connector().openSql(side, OpenOptions{true, nullptr});
    if (!session || !(*session)->beginWrite())
        return false;
    for (const QString &statement : statements)
        if (!(*session)->execute(statement))
            return false;
    return (*session)->commit().has_value();
}

bool TwoWayStage::build(const QJsonObject &more)
{
    auto desk = Desk::open(m_folder.filePath(u"workspace"_s), {});
    if (!desk)
        return false;
    m_desk = std::move(*desk);
    QList<ConnectionSettings> sides;
    for (const QString &name : {u"Till"_s, u"Tablet"_s}) {
        ConnectionSettings side;
        side.name = name;
        side.driver = Driver::Sqlite;
        side.database = m_folder.filePath(name + u".db"_s);
        QFile file(side.database);
        if (!file.open(QIODevice::WriteOnly) || !m_desk->workspace().saveConnection(side, {}))
            return false;
        file.close();
        if (!execute(side, schema))
            return false;
        sides << side;
    }
    QJsonObject json{{u"tidemark"_s, 1},
                     {u"name"_s, u"Till and tablet"_s},
                     {u"source"_s, u"Till"_s},
                     {u"target"_s, u"Tablet"_s},
                     {u"mode"_s, u"two-way"_s},
                     {u"conflicts"_s, QJsonObject{{u"policy"_s, u"merge"_s}}},
                     {u"tables"_s, QJsonArray{u"products"_s, u"customers"_s}}};
    for (auto key = more.begin(); key != more.end(); ++key)
        json[key.key()] = key.value();
    if (!m_desk->workspace().saveJob(json, {}))
        return false;
    auto job = m_desk->workspace().job(u"Till and tablet"_s);
    if (!job)
        return false;
    m_job = *job;
    Cancellation cancellation;
    ProgressBoard board;
    if (m_desk->run(m_job, {}, cancellation, board).state != RunState::Completed)
        return false;
    m_job = *m_desk->workspace().job(m_job.name);
    return execute(sides[0], atTill) && execute(sides[1], atTablet);
}

RunReport TwoWayStage::compare()
{
    RunReport report;
    m_planFile = m_desk->plansFolder() + u"/two-way.db"_s;
    person::elsewhere([&] {
        QFile::remove(m_planFile);
        Cancellation cancellation;
        ProgressBoard board;
        report = m_desk->plan(m_job, {}, m_planFile, cancellation, board);
    });
    return report;
}

RunReport TwoWayStage::apply()
{
    RunReport report;
    person::elsewhere([&] {
        Cancellation cancellation;
        ProgressBoard board;
        RunOptions options;
        options.planFile = m_planFile;
        report = m_desk->run(m_job, options, cancellation, board);
    });
    return report;
}

QStringList TwoWayStage::rows(bool target, const QString &sql)
{
    QStringList texts;
    person::elsewhere([&] {
        const auto session = m_desk->connector().openSql(target ? m_job.target : m_job.source, {});
        if (!session)
            return;
        const auto rows = (*session)->query(sql);
        for (const SqlRow &row : rows ? *rows : QList<SqlRow>()) {
            QStringList cells;
            for (const auto &cell : row)
                cells << (cell ? QString::fromUtf8(*cell) : u"NULL"_s);
            texts << cells.join(u", "_s);
        }
    });
    return texts;
}

} // namespace tidemark
