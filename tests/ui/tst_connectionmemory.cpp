// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "app/wording/wording.h"
#include "ui/connections/connectionlistmodel.h"
#include "ui/connections/tablenames.h"
#include "ui/connections/testmemory.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What is remembered of tests, whatever stands in its file; and names of tables in one line.
class TestConnectionMemory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void remembers();
    void followsTheSettingsAndNotTheName();
    void growsNoFurtherThanTheWorkspace();
    void takesWhateverStandsThere_data();
    void takesWhateverStandsThere();
    void cannotBeWritten();
    void namesInALine_data();
    void namesInALine();
    void namesComeBack();

private:
    TestMemory memory() const { return TestMemory(m_folder->path()); }
    QString file() const { return m_folder->filePath(u"connection-tests.json"_s); }
    static ConnectionSettings server(const QString &name);
    std::unique_ptr<QTemporaryDir> m_folder;
};

ConnectionSettings TestConnectionMemory::server(const QString &name)
{
    ConnectionSettings settings;
    settings.name = name;
    settings.driver = Driver::Postgres;
    settings.host = name + u".example"_s;
    settings.database = name;
    return settings;
}

void TestConnectionMemory::remembers()
{
    const ConnectionSettings a = server(u"a"_s);
    const ConnectionSettings b = server(u"b"_s);
    const TestResult good{1'700'000'000'000'000, u"PostgreSQL 15.6"_s, {}};
    const TestResult bad{1'700'000'100'000'000, {}, ErrorCode::WrongPassword};
    memory().remember(a, good, {a, b});
    memory().remember(b, bad, {a, b});
    QCOMPARE(memory().load(),
             (QMap<QByteArray, TestResult>{{TestMemory::digest(a), good}, {TestMemory::digest(b), bad}}));
    QCOMPARE(QFile::permissions(file()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestConnectionMemory::followsTheSettingsAndNotTheName()
{
    ConnectionSettings a = server(u"a"_s);
    const QByteArray before = TestMemory::digest(a);
    a.name = u"renamed"_s;
    a.production = true;
    QCOMPARE(TestMemory::digest(a), before);
    a.readOnly = true; // its rights are others
    QVERIFY(TestMemory::digest(a) != before);
    a.readOnly = false;
    a.user = u"somebody"_s;
    QVERIFY(TestMemory::digest(a) != before);
}

void TestConnectionMemory::growsNoFurtherThanTheWorkspace()
{
    QList<ConnectionSettings> all;
    for (int i = 0; i < 60; ++i)
        all << server(u"server %1"_s.arg(i));
    for (int i = 0; i < 60; ++i)
        memory().remember(all.at(i), {1'700'000'000'000'000, u"x"_s.repeated(5000), {}}, all);
    QCOMPARE(memory().load().size(), 60);
    const qint64 size = QFileInfo(file()).size();
    for (int i = 0; i < 60; ++i) { // tried out, and never saved
        ConnectionSettings tried = server(u"tried %1"_s.arg(i));
        memory().remember(tried, {1'700'000'000'000'000, u"x"_s.repeated(5000), {}}, all);
    }
    QCOMPARE(memory().load().size(), 61);
    QVERIFY(QFileInfo(file()).size() < size + 1000);
    memory().remember(all.at(0), {}, all.mid(0, 10)); // the others were removed
    QCOMPARE(memory().load().size(), 10);
}

void TestConnectionMemory::takesWhateverStandsThere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("count");
    const QByteArray key = TestMemory::digest(server(u"a"_s));
    const auto at = [&](const char *value) -> QByteArray { return "{\"" + key + "\": {\"at\": " + value + "}}"; };
    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("no JSON") << QByteArray("at sea") << 0;
    QTest::newRow("a list") << QByteArray("[1]") << 0;
    QTest::newRow("cut off") << at("1").chopped(3) << 0;
    QTest::newRow("twice") << "{\"" + key + "\": {}, \"" + key + "\": {}}" << 0;
    QTest::newRow("biggest") << at("9223372036854775807") << 1;
    QTest::newRow("smallest") << at("-9223372036854775808") << 1;
    QTest::newRow("beyond") << at("92233720368547758070") << 1;
    QTest::newRow("fraction") << at("1e300") << 1;
    QTest::newRow("word") << at("\"yesterday\"") << 1;
    QTest::newRow("other shape") << "{\"" + key + "\": 17}" << 1;
    QTest::newRow("odd code") << "{\"" + key + "\": {\"at\": 1, \"error\": \"no-such-code\", \"server\": 17}}" << 1;
    QTest::newRow("odd server") << "{\"" + key + "\": {\"at\": 1, \"server\": \"" + QByteArray(100'000, 'x')
            + "\\n\\u202e\"}}" << 1;
    QTest::newRow("odd key") << QByteArray("{\"\": {}, \"\\u202e\\n\": {}}") << 2;
    QTest::newRow("huge") << "{\"x\": \"" + QByteArray(17 << 20, 'x') + "\"}" << 0;
}

void TestConnectionMemory::takesWhateverStandsThere()
{
    QFETCH(QByteArray, text);
    QFETCH(int, count);
    QFile written(file());
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(text);
    written.close();
    const auto loaded = memory().load();
    QCOMPARE(loaded.size(), count);
    ConnectionListModel model(nullptr);
    model.setNow(1'700'000'000'000'000);
    for (const TestResult &result : loaded) {
        QVERIFY(result.atUs >= 0 && result.atUs < 253'402'300'800'000'000);
        model.setEntries({{server(u"a"_s), {}, result}});
        const QString state = model.index(0).data(ConnectionListModel::StateRole).toString();
        QVERIFY2(!state.isEmpty() && state.size() < 300, qPrintable(state));
    }
    // And it is remembered all the same.
    memory().remember(server(u"b"_s), {5'000'000, u"MariaDB 10.11"_s, {}}, {server(u"b"_s)});
    QCOMPARE(memory().load(),
             (QMap<QByteArray, TestResult>{{TestMemory::digest(server(u"b"_s)), {5'000'000, u"MariaDB 10.11"_s, {}}}}));
}

void TestConnectionMemory::cannotBeWritten()
{
    QVERIFY(QDir().mkpath(file() + u"/full"_s)); // a folder stands in its place
    memory().remember(server(u"a"_s), {}, {server(u"a"_s)});
    QVERIFY(memory().load().isEmpty());
}

void TestConnectionMemory::namesInALine_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("none") << u"  , ,"_s << QStringList();
    QTest::newRow("two") << u"orders,  odd \"name "_s << QStringList{u"orders"_s, u"odd \"name"_s};
    QTest::newRow("comma") << u"\"a,b\", c"_s << QStringList{u"a,b"_s, u"c"_s};
    QTest::newRow("doubled") << u"\"say \"\"hi\"\"\",x"_s << QStringList{u"say \"hi\""_s, u"x"_s};
    QTest::newRow("not closed") << u"\"a, b"_s << QStringList{u"a, b"_s};
    QTest::newRow("after the quote") << u"\"a\" b, c"_s << QStringList{u"a"_s, u"c"_s};
    QTest::newRow("blanks") << u"\" a \""_s << QStringList{u" a "_s};
    QTest::newRow("Han") << u"订单, 客户"_s << QStringList{u"订单"_s, u"客户"_s};
}

void TestConnectionMemory::namesInALine()
{
    QFETCH(QString, line);
    QTEST(tidemark::namesInLine(line), "names");
}

void TestConnectionMemory::namesComeBack()
{
    const QStringList names{u"orders"_s, u"a,b"_s,  u"\"q\""_s, u"\""_s,    u" x"_s,
                            u"x "_s,     u"a\nb"_s, u"مرحبا"_s, u"\",\""_s, u","_s};
    QCOMPARE(namesInLine(lineOfNames(names)), names);
}

QTEST_MAIN(TestConnectionMemory)
#include "tst_connectionmemory.moc"
