// SPDX-License-Identifier: GPL-3.0-or-later
// What the server would alter in silence is refused, what it refuses is named, and nothing else is touched.
#include "core/data/celldecoder.h"
#include "tests/endpoint/mysql/mysqlfixture.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

class TestMysqlWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!hasMysql())
            QSKIP("TIDEMARK_TEST_MYSQL is not set");
    }
    void values_data();
    void values();
    void serverErrors_data();
    void serverErrors();
    void duplicateTouchesNoOtherRow();
    void autoIncrementZero();
    void floatDigits();
    void zeroDates();
    void fractionsAreFloored();
    void faultNamesTheRow();
    void largerThanAPacket();
    void setFlag();
    void savepoints();
    void compositeKeys();
    void collatedKeys();
};

namespace {

// A table k (id INT PRIMARY KEY, v TYPE) with one request for it, whose cells are of the given kind.
struct OneColumn
{
    OneColumn(MysqlDatabase &database, const QString &type, CellKind kind)
    {
        database.run(u"CREATE TABLE k (id INT PRIMARY KEY, v "_s + type + u')');
        session = std::move(*database.open());
        request = std::make_unique<TableRequest>(*session->describe({{}, u"k"_s}));
        auto layout = std::make_shared<RowLayout>(*request->read.layout);
        layout->cells[1].kind = kind;
        layout->cells[1].floatBits = 64;
        request->read.layout = request->write.layout = layout;
        rows.reset(layout);
        std::vector<CellSource> sources(2);
        sources[0].type.kind = CellKind::Integer;
        sources[1].type.kind = kind;
        encoder = std::make_unique<RowEncoder>(layout, sources);
        encoder->setBatch(&rows);
    }
    Result<void> insert()
    {
        const auto all = allRows(rows);
        TRY(session->beginWrite());
        TRY_ASSIGN(auto writer, session->writer(request->write));
        auto done = writer->insert({&rows, all});
        TRY(done ? session->commit() : session->rollback());
        return done;
    }

    std::unique_ptr<SqlSession> session;
    std::unique_ptr<TableRequest> request;
    RowBatch rows;
    std::unique_ptr<RowEncoder> encoder;
};

constexpr int kept = -1;

} // namespace

void TestMysqlWriter::values_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("value"); // of its kind as text
    QTest::addColumn<int>("expected");
    QTest::addColumn<QString>("stored"); // where it is kept: CAST AS CHAR

    const auto row = [](const char *name, const QString &type, CellKind kind, const QString &value, int expected,
                        const QString &stored = {}) {
        QTest::newRow(name) << type << static_cast<int>(kind) << value << expected << stored;
    };
    const int notKept = static_cast<int>(ErrorCode::ValueNotKept);
    const int tooLong = static_cast<int>(ErrorCode::ValueTooLong);
    const int outOfRange = static_cast<int>(ErrorCode::ValueOutOfRange);
    row("decimal fits", u"DECIMAL(5,2)"_s, CellKind::Decimal, u"-999.99"_s, kept, u"-999.99"_s);
    row("decimal, zeros beyond the scale", u"DECIMAL(5,2)"_s, CellKind::Decimal, u"1.5000"_s, kept, u"1.50"_s);
    row("decimal would be rounded", u"DECIMAL(5,2)"_s, CellKind::Decimal, u"1.005"_s, notKept);
    row("decimal too large", u"DECIMAL(5,2)"_s, CellKind::Decimal, u"1000"_s, outOfRange);
    row("decimal without whole digits", u"DECIMAL(2,2)"_s, CellKind::Decimal, u"-0.25"_s, kept, u"-0.25"_s);
    row("decimal zero", u"DECIMAL(2,2)"_s, CellKind::Decimal, u"0"_s, kept, u"0.00"_s);
    row("decimal NaN", u"DECIMAL(5,2)"_s, CellKind::Decimal, u"NaN"_s, notKept);
    row("decimal into int", u"INT"_s, CellKind::Decimal, u"7.00"_s, kept, u"7"_s);
    row("fraction into int", u"INT"_s, CellKind::Decimal, u"7.5"_s, notKept);
    row("int too large", u"TINYINT"_s, CellKind::Integer, u"128"_s, outOfRange);
    row("negative into unsigned", u"BIGINT UNSIGNED"_s, CellKind::Integer, u"-1"_s, outOfRange);
    row("unsigned 64 bits", u"BIGINT UNSIGNED"_s, CellKind::Integer, u"18446744073709551615"_s, kept,
        u"18446744073709551615"_s);
    row("unsigned 64 bits into signed", u"BIGINT"_s, CellKind::Integer, u"18446744073709551615"_s, outOfRange);
    row("boolean into tinyint(1)", u"BOOLEAN"_s, CellKind::Boolean, u"true"_s, kept, u"1"_s);
    row("float does not hold it", u"FLOAT"_s, CellKind::Float, u"0.1"_s, notKept);
    row("float holds it", u"FLOAT"_s, CellKind::Float, u"0.5"_s, kept, u"0.5"_s);
    row("float with digits would round", u"DOUBLE(7,2)"_s, CellKind::Float, u"1.005"_s, notKept);
    row("double infinity", u"DOUBLE"_s, CellKind::Float, u"Infinity"_s, notKept);
    row("char loses spaces", u"CHAR(5)"_s, CellKind::Text, u"ab "_s, notKept);
    row("varchar keeps spaces", u"VARCHAR(5)"_s, CellKind::Text, u"ab "_s, kept, u"ab "_s);
    row("varchar would cut spaces", u"VARCHAR(3)"_s, CellKind::Text, u"ab  "_s, tooLong);
    row("varchar too long", u"VARCHAR(3)"_s, CellKind::Text, u"abcd"_s, tooLong);
    row("varchar counts characters", u"VARCHAR(3)"_s, CellKind::Text, u"äöü"_s, kept, u"äöü"_s);
    row("latin1 holds it", u"VARCHAR(9) CHARACTER SET latin1"_s, CellKind::Text, u"é€"_s, kept, u"é€"_s);
    row("latin1 does not", u"VARCHAR(9) CHARACTER SET latin1"_s, CellKind::Text, u"日本"_s, notKept);
    row("utf8mb3 does not", u"VARCHAR(9) CHARACTER SET utf8mb3"_s, CellKind::Text, u"😀"_s, notKept);
    row("utf8mb4 does", u"VARCHAR(9)"_s, CellKind::Text, u"😀'\\"_s, kept, u"😀'\\"_s);
    row("binary(n) would be padded", u"BINARY(4)"_s, CellKind::Blob, u"abc"_s, notKept);
    row("varbinary too long", u"VARBINARY(2)"_s, CellKind::Blob, u"a  "_s, tooLong);
    row("spaces that the server cuts with a note", u"TINYTEXT"_s, CellKind::Text, QString(127, u'é') + u"   "_s,
        notKept);
    row("enum member", u"ENUM('a','b')"_s, CellKind::Exact, u"b"_s, kept, u"b"_s);
    row("enum by number", u"ENUM('a','b')"_s, CellKind::Exact, u"1"_s, notKept);
    row("enum in another case", u"ENUM('a','b') COLLATE utf8mb4_general_ci"_s, CellKind::Exact, u"A"_s, notKept);
    row("set", u"SET('a','b')"_s, CellKind::Exact, u"a,b"_s, kept, u"a,b"_s);
    row("set in another order", u"SET('a','b')"_s, CellKind::Exact, u"b,a"_s, notKept);
    row("text into enum", u"ENUM('a','b')"_s, CellKind::Text, u"1"_s, notKept);
    row("bits", u"BIT(3)"_s, CellKind::Exact, u"101"_s, kept, u"\u0005"_s);
    row("more bits", u"BIT(3)"_s, CellKind::Exact, u"1101"_s, notKept);
    row("date before year 0", u"DATE"_s, CellKind::Date, u"-1"_s, outOfRange);
    row("timestamp before 1970", u"TIMESTAMP(6) NULL"_s, CellKind::Instant, u"1969-12-31 23:59:59+00:00"_s, outOfRange);
    row("timestamp at 1970", u"TIMESTAMP(6) NULL"_s, CellKind::Instant, u"1970-01-01 00:00:00+00:00"_s, outOfRange);
    row("timestamp beyond 2038", u"TIMESTAMP(6) NULL"_s, CellKind::Instant, u"9999-12-31 00:00:00+00:00"_s, notKept);
    row("timestamp", u"TIMESTAMP(6) NULL"_s, CellKind::Instant, u"2024-02-29 12:00:00.000001+00:00"_s, kept,
        u"2024-02-29 12:00:00.000001"_s);
    row("text as json", u"JSON"_s, CellKind::Text, u"{\"a\":1}"_s, kept, u"{\"a\":1}"_s);
    row("no json", u"JSON CHECK (json_valid(v))"_s, CellKind::Text, u"{"_s, notKept);
}

void TestMysqlWriter::values()
{
    QFETCH(QString, type);
    QFETCH(int, kind);
    QFETCH(QString, value);
    QFETCH(int, expected);
    QFETCH(QString, stored);
    MysqlDatabase database;
    OneColumn table(database, type, static_cast<CellKind>(kind));
    RowEncoder &encoder = *table.encoder;
    encoder.beginRow();
    encoder.integer(1);
    if (value == "-1"_L1 && kind == static_cast<int>(CellKind::Date))
        encoder.date(daysFromCivil(-1, 1, 1));
    else if (kind == static_cast<int>(CellKind::Blob))
        encoder.blob(value.toStdString());
    else
        encoder.text(value.toStdString());
    encoder.endRow();
    QVERIFY2(table.rows.fault(0) == nullptr, "the test's own value");
    const auto inserted = table.insert();
    if (expected == kept) {
        VERIFY_OK(inserted);
        QCOMPARE(QString::fromUtf8(database.value(u"SELECT CAST(v AS CHAR) FROM k"_s)), stored);
        return;
    }
    QVERIFY2(!inserted, "accepted");
    QVERIFY2(inserted.error().isRowFault(), qPrintable(codeName(inserted.error().code) + inserted.error().detail));
    if (type.startsWith("JSON"_L1)) // whose fault it is, says the server or the encoder
        return;
    COMPARE_CODE(inserted, static_cast<ErrorCode>(expected));
    QCOMPARE(inserted.error().facts.value(Fact::Column), u"v"_s);
    QCOMPARE(inserted.error().facts.value(Fact::Table), u"k"_s);
    QCOMPARE(database.value(u"SELECT COUNT(*) FROM k"_s), QByteArray("0"));
}

void TestMysqlWriter::serverErrors_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("expected");
    QTest::addColumn<int>("fact");
    QTest::addColumn<QString>("text");

    const auto row = [](const char *name, const QString &sql, ErrorCode code, Fact fact, const QString &text) {
        QTest::newRow(name) << sql << static_cast<int>(code) << static_cast<int>(fact) << text;
    };
    row("duplicate", u"INSERT INTO p VALUES (1, 5, 9)"_s, ErrorCode::UniqueViolated, Fact::Constraint, u"PRIMARY"_s);
    row("other unique index", u"INSERT INTO p VALUES (2, 1, 9)"_s, ErrorCode::UniqueViolated, Fact::Constraint,
        u"odd'name"_s);
    row("null", u"INSERT INTO p VALUES (2, NULL, 9)"_s, ErrorCode::NotNullViolated, Fact::Column, u"u"_s);
    row("no default", u"INSERT INTO p (id) VALUES (2)"_s, ErrorCode::NotNullViolated, Fact::Column, u"u"_s);
    row("check", u"INSERT INTO p VALUES (2, 2, -1)"_s, ErrorCode::CheckViolated, Fact::Constraint, u"positive"_s);
    row("no parent", u"INSERT INTO c VALUES (1, 99)"_s, ErrorCode::ForeignKeyViolated, Fact::Constraint, u"to_p"_s);
    row("has children", u"DELETE FROM p"_s, ErrorCode::ForeignKeyViolated, Fact::Constraint, u"to_p"_s);
    row("trigger", u"INSERT INTO s VALUES (1)"_s, ErrorCode::CheckViolated, Fact::Column, QString());
    row("no table", u"SELECT * FROM nowhere"_s, ErrorCode::NoSuchTable, Fact::Table, u"nowhere"_s);
    row("no column", u"SELECT gone FROM p"_s, ErrorCode::NoSuchColumn, Fact::Column, u"gone"_s);
    row("number", u"INSERT INTO p VALUES (2, 'x', 1)"_s, ErrorCode::ValueNotKept, Fact::Column, u"u"_s);
    row("syntax", u"SELEC 1"_s, ErrorCode::SqlRefused, Fact::Column, QString());
}

void TestMysqlWriter::serverErrors()
{
    QFETCH(QString, sql);
    QFETCH(int, expected);
    QFETCH(int, fact);
    QFETCH(QString, text);
    MysqlDatabase database;
    database.run(
        u"CREATE TABLE p (id INT PRIMARY KEY, u INT NOT NULL, n INT, UNIQUE KEY `odd'name` (u), CONSTRAINT positive CHECK (n > 0))"_s);
    database.run(u"CREATE TABLE c (id INT PRIMARY KEY, p INT, CONSTRAINT to_p FOREIGN KEY (p) REFERENCES p (id))"_s);
    database.run(u"CREATE TABLE s (id INT PRIMARY KEY)"_s);
    database.run(
        u"CREATE TRIGGER no BEFORE INSERT ON s FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"_s);
    database.run(u"INSERT INTO p VALUES (1, 1, 1)"_s);
    database.run(u"INSERT INTO c VALUES (5, 1)"_s);
    auto session = database.open();
    VERIFY_OK(session);
    const auto done = (*session)->execute(sql);
    COMPARE_CODE(done, static_cast<ErrorCode>(expected));
    QCOMPARE(done.error().facts.value(static_cast<Fact>(fact)), text);
}

// ON DUPLICATE KEY would change the row that holds the other unique value.
void TestMysqlWriter::duplicateTouchesNoOtherRow()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (id INT PRIMARY KEY, u INT UNIQUE)"_s);
    database.run(u"INSERT INTO k VALUES (1, 10)"_s);
    auto session = database.open();
    const TableRequest request(*(*session)->describe({{}, u"k"_s}));
    RowBatch rows(request.write.layout);
    RowEncoder encoder(request.write.layout, request.write.cells);
    encoder.setBatch(&rows);
    for (const auto &[id, u] : {std::pair{2, 20}, std::pair{3, 10}}) {
        encoder.beginRow();
        encoder.integer(id);
        encoder.integer(u);
        encoder.endRow();
    }
    const auto all = allRows(rows);
    VERIFY_OK((*session)->beginWrite());
    VERIFY_OK((*session)->savepoint());
    auto writer = (*session)->writer(request.write);
    COMPARE_CODE((*writer)->insert({&rows, all}), ErrorCode::UniqueViolated);
    VERIFY_OK((*session)->rollbackToSavepoint());
    VERIFY_OK((*session)->commit());
    QCOMPARE(database.value(u"SELECT GROUP_CONCAT(id, ':', u) FROM k"_s), QByteArray("1:10"));
}

void TestMysqlWriter::autoIncrementZero()
{
    MysqlDatabase database;
    OneColumn table(database, u"INT"_s, CellKind::Integer);
    database.run(u"ALTER TABLE k MODIFY id INT AUTO_INCREMENT"_s);
    table.encoder->beginRow();
    table.encoder->integer(0);
    table.encoder->null();
    table.encoder->endRow();
    VERIFY_OK(table.insert());
    QCOMPARE(database.value(u"SELECT id FROM k"_s), QByteArray("0"));
}

void TestMysqlWriter::floatDigits()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (id INT PRIMARY KEY, v FLOAT)"_s);
    database.run(u"INSERT INTO k VALUES (1, 16777215), (2, 0.1), (3, 3.4028234e38), (4, 1.17549435e-38)"_s);
    auto session = database.open();
    const TableRequest request(*(*session)->describe({{}, u"k"_s}));
    RowBatch rows;
    VERIFY_OK(readAll(**session, request.read, rows));
    QCOMPARE(cell::real(rows.value(0, 1)), 16777215.0);
    QCOMPARE(cell::real(rows.value(1, 1)), double(0.1F));
    QCOMPARE(cell::real(rows.value(2, 1)), double(3.4028234e38F));
    QCOMPARE(cell::real(rows.value(3, 1)), double(1.17549435e-38F));
}

void TestMysqlWriter::zeroDates()
{
    MysqlDatabase database;
    database.run(u"SET SESSION sql_mode = ''"_s);
    database.run(u"CREATE TABLE k (id INT PRIMARY KEY, d DATE, t DATETIME(3), i TIMESTAMP NULL)"_s);
    database.run(
        u"INSERT INTO k VALUES (1, '0000-00-00', '0000-00-00 00:00:00', 0), (2, '2024-00-10', '2024-02-00 12:00:00', NULL)"_s);
    auto session = database.open();
    TableRequest request(*(*session)->describe({{}, u"k"_s}));
    RowBatch rows;
    VERIFY_OK(readAll(**session, request.read, rows));
    QCOMPARE(rows.rowCount(), 2);
    QVERIFY(rows.fault(0) != nullptr);
    QCOMPARE(codeName(rows.fault(0)->code), codeName(ErrorCode::ValueNotKept));
    QVERIFY(rows.fault(1) != nullptr);
    QCOMPARE(rows.fault(1)->facts.value(Fact::Value), u"2024-00-10"_s);
    auto layout = std::make_shared<RowLayout>(*request.read.layout);
    for (CellType &type : layout->cells)
        type.zeroDate = ZeroDate::Null;
    request.read.layout = layout;
    VERIFY_OK(readAll(**session, request.read, rows));
    QCOMPARE(rows.fault(0), nullptr);
    for (int cell = 1; cell < 4; ++cell)
        QVERIFY(rows.value(0, cell).isNull);
}

void TestMysqlWriter::fractionsAreFloored()
{
    MysqlDatabase database;
    OneColumn table(database, u"DATETIME(2)"_s, CellKind::Timestamp);
    table.encoder->beginRow();
    table.encoder->integer(1);
    table.encoder->text("2024-12-31 23:59:59.999999");
    table.encoder->endRow();
    table.encoder->beginRow();
    table.encoder->integer(2);
    table.encoder->text("1969-12-31 23:59:59.999");
    table.encoder->endRow();
    VERIFY_OK(table.insert());
    QCOMPARE(database.value(u"SELECT GROUP_CONCAT(v ORDER BY id) FROM k"_s),
             QByteArray("2024-12-31 23:59:59.99,1969-12-31 23:59:59.99"));
}

void TestMysqlWriter::faultNamesTheRow()
{
    MysqlDatabase database;
    OneColumn table(database, u"DECIMAL(5,2)"_s, CellKind::Decimal);
    for (int i = 0; i < 10; ++i) {
        table.encoder->beginRow();
        table.encoder->integer(i);
        table.encoder->decimal(i == 7 ? "1.001" : "1");
        table.encoder->endRow();
    }
    const auto inserted = table.insert();
    COMPARE_CODE(inserted, ErrorCode::ValueNotKept);
    QCOMPARE(inserted.error().facts.value(Fact::Line), u"7"_s);
    QCOMPARE(inserted.error().facts.value(Fact::Value), u"1.001"_s);
}

void TestMysqlWriter::largerThanAPacket()
{
    MysqlDatabase database;
    OneColumn table(database, u"LONGBLOB"_s, CellKind::Blob);
    const qint64 packet = database.value(u"SELECT @@max_allowed_packet"_s).toLongLong();
    const std::string part(static_cast<size_t>(packet / 5), 'x'); // together more than one packet
    for (int i = 0; i < 7; ++i) {
        table.encoder->beginRow();
        table.encoder->integer(i);
        table.encoder->blob(part);
        table.encoder->endRow();
    }
    VERIFY_OK(table.insert());
    QCOMPARE(database.value(u"SELECT SUM(LENGTH(v)) FROM k"_s).toLongLong(), packet / 5 * 7);
    table.rows.clear();
    table.encoder->beginRow();
    table.encoder->integer(100);
    table.encoder->blob(std::string(static_cast<size_t>(packet + 1), 'x'));
    table.encoder->endRow();
    COMPARE_CODE(table.insert(), ErrorCode::ValueTooLong);
}

void TestMysqlWriter::setFlag()
{
    MysqlDatabase database;
    OneColumn table(database, u"VARCHAR(10)"_s, CellKind::Text);
    database.run(u"INSERT INTO k VALUES (1, 'new'), (2, NULL), (3, 'done'), (4, 'new')"_s);
    for (const int id : {1, 2, 3}) {
        table.encoder->beginRow();
        table.encoder->integer(id);
        table.encoder->null();
        table.encoder->endRow();
    }
    const auto all = allRows(table.rows);
    VERIFY_OK(table.session->beginWrite());
    VERIFY_OK(table.session->setFlag(table.request->write, u"v"_s, u"done"_s, {&table.rows, all}));
    VERIFY_OK(table.session->commit());
    QCOMPARE(database.value(u"SELECT GROUP_CONCAT(v ORDER BY id) FROM k"_s), QByteArray("done,done,done,new"));
}

void TestMysqlWriter::savepoints()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (id INT PRIMARY KEY)"_s);
    auto session = database.open();
    VERIFY_OK((*session)->beginWrite());
    VERIFY_OK((*session)->execute(u"INSERT INTO k VALUES (1)"_s));
    VERIFY_OK((*session)->savepoint());
    VERIFY_OK((*session)->execute(u"INSERT INTO k VALUES (2)"_s));
    VERIFY_OK((*session)->rollbackToSavepoint());
    VERIFY_OK((*session)->savepoint());
    VERIFY_OK((*session)->execute(u"INSERT INTO k VALUES (3)"_s));
    VERIFY_OK((*session)->releaseSavepoint());
    VERIFY_OK((*session)->commit());
    QCOMPARE(database.value(u"SELECT GROUP_CONCAT(id) FROM k"_s), QByteArray("1,3"));
}

void TestMysqlWriter::compositeKeys()
{
    MysqlDatabase database;
    const QString column = u"we`ird \"col';--"_s;
    database.run(u"CREATE TABLE `k``; x` (`%1` VARCHAR(20), n INT, v INT, PRIMARY KEY (`%1`, n))"_s.arg(
        QString(column).replace(u'`', "``"_L1)));
    database.run(u"INSERT INTO `k``; x` SELECT CONCAT('k', seq % 7), seq, 0 FROM seq_1_to_2000"_s);
    auto session = database.open();
    const auto schema = (*session)->describe({{}, u"k`; x"_s});
    VERIFY_OK(schema);
    QCOMPARE(schema->primaryKey, QStringList({column, u"n"_s}));
    const TableRequest request(*schema);
    RowBatch rows;
    VERIFY_OK(readAll(**session, request.read, rows));
    QCOMPARE(rows.rowCount(), 2000);
    for (int row = 1; row < rows.rowCount(); ++row)
        QVERIFY(rows.compareKeys(row - 1, rows, row) < 0);
    std::vector<int> some;
    for (int i = 0; i < 2000; i += 2)
        some.push_back(i);
    RowBatch found;
    VERIFY_OK((*session)->beginWrite());
    VERIFY_OK((*session)->readKeys(request.read, {&rows, some}, true, found));
    QCOMPARE(found.rowCount(), 1000);
    auto writer = (*session)->writer(request.write);
    VERIFY_OK((*writer)->remove({&rows, some}));
    VERIFY_OK((*session)->commit());
    QCOMPARE(database.value(u"SELECT COUNT(*) FROM `k``; x`"_s), QByteArray("1000"));
}

void TestMysqlWriter::collatedKeys()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (id VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v INT)"_s);
    database.run(u"INSERT INTO k VALUES ('abc', 1), ('x ', 2)"_s);
    auto session = database.open();
    const auto schema = (*session)->describe({{}, u"k"_s});
    QVERIFY(schema->columns[0].type.caseInsensitive);
    QVERIFY(schema->columns[0].type.padSpace);
    QVERIFY(!schema->columns[0].type.byteOrder);
    const TableRequest request(*schema);
    RowBatch keys(request.read.layout);
    RowEncoder encoder(request.read.layout, request.read.sources);
    encoder.setBatch(&keys);
    for (const char *key : {"ABC", "x", "x "}) {
        encoder.beginRow();
        encoder.text(key);
        encoder.null();
        encoder.endRow();
    }
    const auto all = allRows(keys);
    RowBatch found;
    VERIFY_OK((*session)->readKeys(request.read, {&keys, all}, false, found));
    QCOMPARE(found.rowCount(), 1);
    QCOMPARE(found.value(0, 0).bytes, std::string_view("x "));
}

QTEST_GUILESS_MAIN(TestMysqlWriter)
#include "tst_mysqlwriter.moc"
