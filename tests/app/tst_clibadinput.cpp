// SPDX-License-Identifier: GPL-3.0-or-later
// Every bad input ends with its exit code and its code in JSON, names what and where in both languages, and writes
// nothing.

#include <memory>

#include <QRegularExpression>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray schema = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, amount DECIMAL(10,2));"
                          "CREATE TABLE nokey (x INTEGER);";

} // namespace

class TestCliBadInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void commandLine_data();
    void commandLine();
    void jobFiles_data();
    void jobFiles();
    void tables_data();
    void tables();
    void databases_data();
    void databases();
    void refusedRows_data();
    void refusedRows();
    void refusedRowRollsBackTable();
    void wrongPassword_data();
    void wrongPassword();
    void passwordsNeverShow();
    void readOnlyTarget();
    void readOnlyJobFile();

private:
    void expect(const QStringList &arguments, int exitCode, const QString &code, const QString &names);
    std::unique_ptr<CliFolder> m_folder;
};

void TestCliBadInput::init()
{
    m_folder = std::make_unique<CliFolder>();
    QVERIFY(m_folder->sql(u"a.db"_s, schema + "INSERT INTO orders VALUES (1, 'one', 1.5), (2, 'two', 2);").isEmpty());
    QVERIFY(m_folder->sql(u"b.db"_s, schema + "INSERT INTO orders VALUES (9, 'nine', 9);").isEmpty());
}

// In JSON and for people, in English and in Chinese.
void TestCliBadInput::expect(const QStringList &arguments, int exitCode, const QString &code, const QString &names)
{
    const auto json = m_folder->json(arguments);
    QVERIFY2(json.exitCode == exitCode, json.said().constData());
    QCOMPARE(json.code(), code);
    const QJsonObject error = json.json().value("error"_L1).toObject();
    QVERIFY2(error.value("message"_L1).toString().contains(names), json.said().constData());
    QCOMPARE(error.value("transient"_L1).toBool(), exitCode == 2);
    QCOMPARE(json.out.count('\n'), 1);

    static const QRegularExpression han(u"[\\x{4e00}-\\x{9fff}]"_s);
    const auto english = m_folder->run(arguments);
    QCOMPARE(english.exitCode, exitCode);
    QVERIFY(english.out.isEmpty());
    QVERIFY2(QString::fromUtf8(english.err).contains(names), english.said().constData());
    QVERIFY(!QString::fromUtf8(english.err).contains(han));
    const auto chinese = m_folder->run(arguments, u"zh_CN.UTF-8"_s);
    QCOMPARE(chinese.exitCode, exitCode);
    QVERIFY2(QString::fromUtf8(chinese.err).contains(han), chinese.said().constData());
}

void TestCliBadInput::commandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("names");
    const auto row = [](const char *line, const char *code, const char *names) {
        QTest::newRow(line) << QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts) << QString::fromLatin1(code)
                            << QString::fromLatin1(names);
    };
    row("", "usage", "--help");
    row("synchronise", "usage", "synchronise");
    row("connection", "usage", "list|add|test|remove");
    row("connection make", "usage", "connection make");
    row("run", "usage", "JOB | --source A --target B");
    row("run j --bogus", "usage", "--bogus");
    row("run j -f", "usage", "-f");
    row("--bogus run j", "usage", "--bogus");
    row("run j k", "usage", "k");
    row("run j --plan", "usage", "--plan");
    row("run j --plan=", "usage", "--plan");
    row("run j --full=yes", "usage", "--full");
    row("run j --plan a --plan b", "usage", "--plan");
    row("run j --plan a --full", "usage", "--full");
    row("run j --allow-deletes many", "usage", "many");
    row("run j --allow-deletes -3", "usage", "-3");
    row("run j --source a.db", "usage", "--source");
    row("run --source a.db", "usage", "--target");
    row("run --workspace", "usage", "--workspace");
    row("plan --rows --rows-stream --source a.db --target b.db", "usage", "--rows-stream");
    row("plan --source a.db --target b.db --save a.db", "usage", "a.db");
    row("plan --source a.db --target b.db --mode sideways", "wrong-value", "sideways");
    row("connection add x a.db --password-ask", "usage", "--password-ask");
    row("connection add x postgres://h/d --password-ask --password-env V", "usage", "--password-ask");
    row("connection add x", "usage", "URL|FILE");
    row("connection add x oracle://h/d", "wrong-value", "oracle");
    row("connection remove x", "no-such-connection", "x");
    row("connection test x", "no-such-connection", "x");
    row("run nothing", "no-such-job", "nothing");
    row("run nothing.json", "file-not-found", "nothing.json");
    row("run .", "is-a-directory", "folder");
    row("run j --plan none.db", "file-not-found", "none.db");
    row("job remove nothing", "no-such-job", "nothing");
    row("conflicts nothing", "no-such-job", "nothing");
    row("resolve nothing --take source --all", "no-such-job", "nothing");
    row("undo gone", "no-such-run", "gone");
    row("watch --jobs 0", "usage", "--jobs");
    row("watch --log-size 8MiB", "usage", "--log");
    row("watch --log l --log-size 8", "usage", "--log-size");
    row("watch --log l --log-format xml", "usage", "--log-format");
    row("watch j", "no-such-job", "j");
    row("history --key id=3", "usage", "JOB");
    row("plan --source a.db --target b.db --mode two-way --sql s.sql", "not-available", "--sql");
    row("plan --source odbc://h --target b.db", "not-available", "odbc");
}

void TestCliBadInput::commandLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, code);
    QFETCH(QString, names);
    // The folder is English in any language.
    if (code == "is-a-directory"_L1)
        names = QFileInfo(m_folder->path({})).fileName();
    expect(arguments, 4, code, names);
}

void TestCliBadInput::jobFiles_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("path");
    QTest::newRow("not JSON") << QByteArray("\"tables\": [") << u"not-json"_s << u"j.json"_s;
    QTest::newRow("unknown key") << QByteArray(R"("tables": "*", "detekt": {})") << u"unknown-key"_s << u"detekt"_s;
    QTest::newRow("unknown key within") << QByteArray(R"("tables": [{"source": "t", "colums": []}])")
                                        << u"unknown-key"_s << u"tables[0].colums"_s;
    QTest::newRow("wrong type") << QByteArray(R"("tables": "*", "parallel": "two")") << u"wrong-type"_s
                                << u"parallel"_s;
    QTest::newRow("wrong value") << QByteArray(R"("tables": "*", "batch": {"bytes": "8 MB"})") << u"wrong-value"_s
                                 << u"batch.bytes"_s;
    QTest::newRow("missing key") << QByteArray(R"("enabled": true)") << u"missing-key"_s << u"tables"_s;
    QTest::newRow("twice") << QByteArray(R"("tables": "*", "tables": "*")") << u"duplicate-name"_s << u"tables"_s;
    QTest::newRow("one-way merge") << QByteArray(R"("tables": "*", "conflicts": {"policy": "merge"})")
                                   << u"wrong-value"_s << u"conflicts.policy"_s;
    QTest::newRow("detection") << QByteArray(R"("tables": "*", "detect": {"by": "luck"})") << u"wrong-value"_s
                               << u"detect.by"_s;
    QTest::newRow("afterRun") << QByteArray(R"("tables": "*", "afterRun": {"failure": 1})") << u"wrong-type"_s
                              << u"afterRun.failure"_s;
    QTest::newRow("schedule") << QByteArray(R"("tables": "*", "schedule": {"cron": "0 25 * * *"})") << u"wrong-value"_s
                              << u"schedule.cron"_s;
}

void TestCliBadInput::jobFiles()
{
    QFETCH(QByteArray, more);
    QFETCH(QString, code);
    QFETCH(QString, path);
    m_folder->job(u"j"_s, more);
    const QByteArray before = m_folder->read(u"j.json"_s);
    for (const QString &command : {u"run"_s, u"plan"_s, u"verify"_s})
        expect({command, u"j.json"_s}, 4, code, path);
    expect({u"job"_s, u"check"_s, u"j.json"_s}, 4, code, path);
    expect({u"job"_s, u"import"_s, u"j.json"_s}, 4, code, path);
    QCOMPARE(m_folder->read(u"j.json"_s), before);
    QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1"),
             (QStringList{u"nokey"_s, u"orders"_s}));
}

void TestCliBadInput::tables_data()
{
    QTest::addColumn<QByteArray>("tables");
    QTest::addColumn<QByteArray>("extraSql"); // for the target
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("names");
    QTest::newRow("missing table") << QByteArray(R"(["nope"])") << QByteArray() << u"no-such-table"_s << u"nope"_s;
    QTest::newRow("missing target") << QByteArray(R"([{"source": "orders", "target": "nope"}])") << QByteArray()
                                    << u"no-such-table"_s << u"nope"_s;
    QTest::newRow("missing column") << QByteArray(R"([{"source": "orders", "columns": [{"source": "nope"}]}])")
                                    << QByteArray() << u"no-such-column"_s << u"nope"_s;
    QTest::newRow("missing key column") << QByteArray(R"([{"source": "orders", "key": ["nope"]}])") << QByteArray()
                                        << u"no-such-column"_s << u"nope"_s;
    QTest::newRow("no key") << QByteArray(R"(["nokey"])") << QByteArray() << u"no-key"_s << u"nokey"_s;
    QTest::newRow("filter") << QByteArray(
        R"([{"source": "orders", "where": {"source": "nope = 1", "target": "1 = 1"}}])")
                            << QByteArray() << u"where-invalid"_s << u"orders"_s;
    QTest::newRow("types")
        << QByteArray(R"(["orders"])")
        << QByteArray("DROP TABLE orders; CREATE TABLE orders (id INTEGER PRIMARY KEY, note BLOB, amount DATE);")
        << u"types-incompatible"_s << u"amount"_s;
}

void TestCliBadInput::tables()
{
    QFETCH(QByteArray, tables);
    QFETCH(QByteArray, extraSql);
    QFETCH(QString, code);
    QFETCH(QString, names);
    QVERIFY(m_folder->sql(u"b.db"_s, extraSql).isEmpty());
    m_folder->job(u"j"_s, "\"tables\": " + tables);
    const QStringList before = m_folder->sql(u"b.db"_s, "SELECT * FROM orders");
    for (const QString &command : {u"plan"_s, u"run"_s}) {
        const auto result = m_folder->json({command, u"j.json"_s});
        QVERIFY2(result.exitCode == 4, result.said().constData());
        const QJsonObject error =
            result.json().value("tables"_L1).toArray().at(0).toObject().value("error"_L1).toObject();
        const QString found = error.isEmpty() ? result.code() : error.value("code"_L1).toString();
        QVERIFY2(found == code, result.said().constData());
        QVERIFY2(result.out.contains(names.toUtf8()), result.said().constData());
    }
    const auto check = m_folder->json({u"job"_s, u"check"_s, u"j.json"_s});
    QCOMPARE(check.exitCode, 4);
    QVERIFY2(check.out.contains(code.toUtf8()), check.said().constData());
    QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT * FROM orders"), before);
}

void TestCliBadInput::databases_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("code");
    QTest::newRow("not SQLite") << u"text.db"_s << 4 << u"not-a-database"_s;
    QTest::newRow("truncated") << u"cut.db"_s << 4 << u"database-damaged"_s;
    QTest::newRow("a folder") << u"folder.db"_s << 4 << u"is-a-directory"_s;
    QTest::newRow("not there") << u"none.db"_s << 4 << u"file-not-found"_s;
    QTest::newRow("nobody answers") << u"postgres://127.0.0.1:1/d"_s << 2 << u"unreachable"_s;
    QTest::newRow("nobody answers there") << u"mysql://127.0.0.1:1/d"_s << 2 << u"unreachable"_s;
    QTest::newRow("no such host") << u"postgres://no-such-host.invalid/d"_s << 2 << u"host-not-found"_s;
}

void TestCliBadInput::databases()
{
    QFETCH(QString, file);
    QFETCH(int, exitCode);
    QFETCH(QString, code);
    m_folder->write(u"text.db"_s, QByteArray("no database at all\n").repeated(100));
    m_folder->write(u"cut.db"_s, m_folder->read(u"a.db"_s).first(5000));
    QVERIFY(QDir(m_folder->path({})).mkdir(u"folder.db"_s));
    const QString names = file.contains("://"_L1) ? file.mid(file.indexOf("://"_L1) + 3).section(u'/', 0, 0) : file;
    expect({u"connection"_s, u"test"_s, file}, exitCode, code, names);
    expect({u"plan"_s, u"--source"_s, file, u"--target"_s, u"b.db"_s}, exitCode, code, names);
    if (exitCode == 4) // a run would first try again
        expect({u"run"_s, u"--source"_s, u"a.db"_s, u"--target"_s, file}, exitCode, code, names);
    QVERIFY(!QFile::exists(m_folder->path(u"none.db"_s)));
}

void TestCliBadInput::refusedRows_data()
{
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QString>("code");
    QTest::newRow("not null") << QByteArray("note TEXT NOT NULL") << u"not-null-violated"_s;
    QTest::newRow("check") << QByteArray("note TEXT CHECK (note <> 'bad')") << u"check-violated"_s;
    QTest::newRow("too long") << QByteArray("note TEXT CHECK (length(note) < 10)") << u"check-violated"_s;
    QTest::newRow("unique") << QByteArray("note TEXT UNIQUE") << u"unique-violated"_s;
    QTest::newRow("foreign key") << QByteArray("note TEXT REFERENCES parent (k)") << u"foreign-key-violated"_s;
}

// By batches a refused row is set aside, the rest is written, and the next run converges once it is mended.
void TestCliBadInput::refusedRows()
{
    QFETCH(QByteArray, column);
    QFETCH(QString, code);
    const QByteArray bad =
        code == "not-null-violated"_L1 ? "NULL" : (column.contains("length") ? "'far too long'" : "'bad'");
    QVERIFY(m_folder
                ->sql(u"a.db"_s,
                      "DELETE FROM orders; INSERT INTO orders VALUES (1, 'ok', 1), (2, " + bad + ", 2), (3, 'fine', 3)"
                          + (code == "unique-violated"_L1 ? ", (4, 'bad', 4);" : ";"))
                .isEmpty());
    QVERIFY(m_folder
                ->sql(u"b.db"_s,
                      "PRAGMA foreign_keys = ON; DROP TABLE orders; CREATE TABLE parent (k TEXT PRIMARY KEY);"
                      "INSERT INTO parent VALUES ('ok'), ('fine');"
                      "CREATE TABLE orders (id INTEGER PRIMARY KEY, "
                          + column + ", amount DECIMAL(10,2));")
                .isEmpty());
    m_folder->job(u"j"_s, R"("tables": ["orders"])", "update");
    const auto first = m_folder->json({u"run"_s, u"j.json"_s});
    QVERIFY2(first.exitCode == 1, first.said().constData());
    QCOMPARE(first.json().value("state"_L1).toString(), u"needs-attention"_s);
    const QJsonObject attention = first.json().value("attention"_L1).toArray().at(0).toObject();
    QCOMPARE(attention.value("kind"_L1).toString(), u"quarantine"_s);
    QCOMPARE(attention.value("count"_L1).toInt(), 1);
    QCOMPARE(first.json().value("tables"_L1).toArray().at(0).toObject().value("quarantined"_L1).toInt(), 1);
    QVERIFY(m_folder->sql(u"b.db"_s, "SELECT id FROM orders").contains(u"3"_s));

    QVERIFY(m_folder
                ->sql(u"a.db"_s,
                      "UPDATE orders SET note = 'fine' WHERE id = 2; DELETE FROM orders WHERE id = 4;"
                      "UPDATE orders SET note = 'good' || id WHERE "
                          + QByteArray(code == "unique-violated"_L1 ? "1" : "0"))
                .isEmpty());
    const auto second = m_folder->json({u"run"_s, u"j.json"_s});
    QVERIFY2(second.exitCode == 0 || code == "unique-violated"_L1, second.said().constData());
    if (code != "unique-violated"_L1)
        QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT id, note FROM orders"),
                 m_folder->sql(u"a.db"_s, "SELECT id, note FROM orders"));
}

void TestCliBadInput::refusedRowRollsBackTable()
{
    for (const QByteArray transaction : {"table", "run"}) {
        init();
        QVERIFY(m_folder
                    ->sql(u"b.db"_s,
                          "DROP TABLE orders; CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT CHECK (id <> 2), "
                          "amount DECIMAL(10,2)); INSERT INTO orders VALUES (1, 'old', 1);")
                    .isEmpty());
        m_folder->job(u"j"_s, R"("tables": ["orders"], "transaction": ")" + transaction + '"');
        const auto result = m_folder->json({u"run"_s, u"j.json"_s});
        QVERIFY2(result.exitCode != 0, result.said().constData());
        QVERIFY2(result.out.contains("check-violated"), result.said().constData());
        QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT id, note FROM orders"), QStringList{u"1|old"_s});
    }
}

void TestCliBadInput::wrongPassword_data()
{
    QTest::addColumn<QString>("variable");
    QTest::newRow("PostgreSQL") << u"TIDEMARK_TEST_POSTGRES"_s;
    QTest::newRow("MariaDB") << u"TIDEMARK_TEST_MYSQL"_s;
}

void TestCliBadInput::wrongPassword()
{
    QFETCH(QString, variable);
    const QString url = qEnvironmentVariable(variable.toLatin1().constData());
    if (url.isEmpty())
        QSKIP(qPrintable(variable + u" is not set"_s));
    m_folder->write(u"pw"_s, "wrong-geheim\n");
    QVERIFY(QFile::setPermissions(m_folder->path(u"pw"_s), QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    QCOMPARE(m_folder->run({u"connection"_s, u"add"_s, u"s"_s, url, u"--password-file"_s, u"pw"_s}).exitCode, 0);
    expect({u"connection"_s, u"test"_s, u"s"_s}, 4, u"wrong-password"_s, u"s"_s);
    const auto said = m_folder->run({u"connection"_s, u"test"_s, u"s"_s});
    QVERIFY(!said.err.contains("geheim"));
}

void TestCliBadInput::passwordsNeverShow()
{
    expect({u"connection"_s, u"add"_s, u"s"_s, u"postgres://me:geheim@h/d"_s}, 4, u"password-in-clear"_s,
           u"keychain"_s);
    expect({u"connection"_s, u"test"_s, u"postgres://me:geheim@h/d"_s}, 4, u"password-in-clear"_s, u"env"_s);
    for (const auto &result :
         {m_folder->run({u"connection"_s, u"add"_s, u"s"_s, u"postgres://me:geheim@h/d"_s}),
          m_folder->json({u"plan"_s, u"--source"_s, u"mysql://me:geheim@h/d"_s, u"--target"_s, u"b.db"_s})})
        QVERIFY(!result.out.contains("geheim") && !result.err.contains("geheim"));
    QCOMPARE(m_folder
                 ->run({u"connection"_s, u"add"_s, u"s"_s, u"postgres://me@127.0.0.1:1/d"_s, u"--password-env"_s,
                        u"TIDEMARK_TST_NONE"_s})
                 .exitCode,
             0);
    expect({u"connection"_s, u"test"_s, u"s"_s}, 4, u"password-missing"_s, u"TIDEMARK_TST_NONE"_s);
    QCOMPARE(m_folder->run({u"connection"_s, u"add"_s, u"t"_s, u"postgres://me@127.0.0.1:1/d"_s, u"--password-ask"_s})
                 .exitCode,
             0);
    expect({u"connection"_s, u"test"_s, u"t"_s}, 4, u"password-missing"_s, u"t"_s); // nobody at the terminal
    m_folder->write(u"pw"_s, "geheim");
    QVERIFY(QFile::setPermissions(m_folder->path(u"pw"_s), QFileDevice::ReadOwner | QFileDevice::ReadOther));
    QCOMPARE(
        m_folder->run({u"connection"_s, u"add"_s, u"u"_s, u"mysql://me@127.0.0.1:1/d"_s, u"--password-file"_s, u"pw"_s})
            .exitCode,
        0);
    expect({u"connection"_s, u"test"_s, u"u"_s}, 4, u"password-exposed"_s, u"pw"_s);
}

void TestCliBadInput::readOnlyTarget()
{
    m_folder->write(
        u"j.json"_s,
        R"({"tidemark": 1, "name": "j", "source": {"driver": "sqlite", "database": "a.db"}, "mode": "mirror",
        "target": {"driver": "sqlite", "database": "b.db", "readOnly": true}, "tables": ["orders"]})");
    const auto result = m_folder->json({u"run"_s, u"j.json"_s});
    QVERIFY2(result.exitCode == 4, result.said().constData());
    QVERIFY2(result.out.contains("read-only"), result.said().constData());
    QCOMPARE(m_folder->sql(u"b.db"_s, "SELECT id FROM orders"), QStringList{u"9"_s});
    QCOMPARE(m_folder->json({u"plan"_s, u"j.json"_s}).exitCode, 0);
}

void TestCliBadInput::readOnlyJobFile()
{
    QVERIFY(QDir(m_folder->path({})).mkdir(u"locked"_s));
    m_folder->job(u"locked/j"_s, R"("tables": ["orders"])");
    m_folder->write(u"locked/j.json"_s,
                    m_folder->read(u"locked/j.json"_s)
                        .replace("locked/j", "j")
                        .replace("a.db", "../a.db")
                        .replace("b.db", "../b.db"));
    const QString locked = m_folder->path(u"locked"_s);
    QVERIFY(QFile::setPermissions(locked, QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    const bool isPowerful = QFile(locked + u"/probe"_s).open(QIODevice::WriteOnly);
    const auto planned = m_folder->json({u"plan"_s, u"locked/j.json"_s});
    const auto run = m_folder->json({u"run"_s, u"locked/j.json"_s});
    QFile::setPermissions(locked, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QVERIFY2(planned.exitCode == 0, planned.said().constData());
    if (isPowerful)
        QSKIP("this user may write everywhere");
    QCOMPARE(run.exitCode, 4);
    QCOMPARE(run.code(), u"file-unwritable"_s);
}

QTEST_GUILESS_MAIN(TestCliBadInput)
#include "tst_clibadinput.moc"
