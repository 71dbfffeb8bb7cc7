// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include "core/config/workspace.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr auto onlyOwner =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;

ConnectionSettings sqlite(const QString &name)
{
    ConnectionSettings settings;
    settings.name = name;
    settings.database = u"/data/x.db"_s;
    return settings;
}

QJsonObject job(const QString &name)
{
    return {{u"tidemark"_s, 1},    {u"name"_s, name},        {u"source"_s, u"a"_s},
            {u"target"_s, u"b"_s}, {u"mode"_s, u"mirror"_s}, {u"tables"_s, u"*"_s}};
}

void write(const QString &file, const QByteArray &text)
{
    QFile device(file);
    QVERIFY(device.open(QIODevice::WriteOnly));
    device.write(text);
}

QByteArray read(const QString &file)
{
    QFile device(file);
    return device.open(QIODevice::ReadOnly) ? device.readAll() : QByteArray();
}

} // namespace

class TestWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void foldersAndFilesArePrivate();
    void connectionsAreKept();
    void savingOneConnectionLeavesTheOthers();
    void connectionInUseStays();
    void newerWorkspaceIsRefused();
    void damagedConnections_data();
    void damagedConnections();
    void hostileJobNames_data();
    void hostileJobNames();
    void tooLongAName();
    void nameInsideMustAgree();
    void jobByPath();
    void saveDrawsAnId();
    void renamingKeepsTheId();
    void importMakesPathsAbsolute();
    void importOfAnIdThatIsThereDrawsAnother();
    void writesAnIdIntoAFile_data();
    void writesAnIdIntoAFile();
    void anIdStays();
    void aFileThatCannotBeWritten();

private:
    Workspace workspace() const { return *Workspace::open(m_folder->filePath(u"ws"_s)); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWorkspace::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestWorkspace::foldersAndFilesArePrivate()
{
    const Workspace ws = workspace();
    const auto folder = onlyOwner | QFileDevice::ExeOwner | QFileDevice::ExeUser;
    for (const QString &path : {ws.folder(), QString(ws.folder() + "/jobs"_L1), ws.plansFolder()})
        QCOMPARE(QFileInfo(path).permissions(), folder);
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"b"_s)));
    QVERIFY(ws.saveJob(job(u"j"_s)));
    QCOMPARE(QFileInfo(ws.folder() + "/connections.json"_L1).permissions(), onlyOwner);
    QCOMPARE(QFileInfo(ws.jobFile(u"j"_s)).permissions(), onlyOwner);
    QCOMPARE(ws.journalFile(), ws.folder() + "/journal.db"_L1);

    write(m_folder->filePath(u"plain"_s), "x");
    const auto refused = Workspace::open(m_folder->filePath(u"plain"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::FileUnwritable);
}

void TestWorkspace::connectionsAreKept()
{
    const Workspace ws = workspace();
    QVERIFY(ws.connections()->isEmpty());
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"仓库 \"/..\""_s)));
    QCOMPARE(ws.connections()->size(), 2);
    QCOMPARE(*ws.connection(u"仓库 \"/..\""_s), sqlite(u"仓库 \"/..\""_s));
    QCOMPARE(ws.saveConnection(sqlite(u"a"_s)).error().code, ErrorCode::DuplicateName);
    ConnectionSettings changed = sqlite(u"a"_s);
    changed.readOnly = true;
    QVERIFY(ws.saveConnection(changed, u"a"_s));
    QVERIFY(ws.connection(u"a"_s)->readOnly);
    QVERIFY(ws.saveConnection(sqlite(u"c"_s), u"a"_s));
    const auto gone = ws.connection(u"a"_s);
    QCOMPARE(gone.error().code, ErrorCode::NoSuchConnection);
    QCOMPARE(gone.error().facts.value(Fact::Expected), u"c"_s);
    QCOMPARE(ws.saveConnection(sqlite(u"x"_s), u"a"_s).error().code, ErrorCode::NoSuchConnection);
    QVERIFY(!ws.saveConnection(sqlite({})));
    QVERIFY(ws.removeConnection(u"c"_s));
    QCOMPARE(ws.removeConnection(u"c"_s).error().code, ErrorCode::NoSuchConnection);
}

void TestWorkspace::savingOneConnectionLeavesTheOthers()
{
    const Workspace ws = workspace();
    write(ws.folder() + "/connections.json"_L1,
          R"({"tidemark": 1, "connections": [{"name": "r", "driver": "sqlite", "database": "sub/r.db"}]})");
    QCOMPARE(ws.connection(u"r"_s)->database, ws.folder() + "/sub/r.db"_L1);
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(read(ws.folder() + "/connections.json"_L1).contains(R"("database": "sub/r.db")"));
}

void TestWorkspace::connectionInUseStays()
{
    const Workspace ws = workspace();
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"b"_s)));
    QVERIFY(ws.saveJob(job(u"j"_s)));
    const auto refused = ws.removeConnection(u"b"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Usage);
    QCOMPARE(refused.error().facts.value(Fact::Job), u"j"_s);
    QCOMPARE(ws.saveConnection(sqlite(u"c"_s), u"a"_s).error().code, ErrorCode::Usage);
    QVERIFY(ws.saveConnection(sqlite(u"a"_s), u"a"_s));
    QVERIFY(ws.removeJob(u"j"_s));
    QVERIFY(ws.removeConnection(u"b"_s));
}

void TestWorkspace::newerWorkspaceIsRefused()
{
    const Workspace ws = workspace();
    const QByteArray newer = R"({"tidemark": 2, "connections": [], "vaults": []})";
    write(ws.folder() + "/connections.json"_L1, newer);
    QCOMPARE(ws.connections().error().code, ErrorCode::WorkspaceNewer);
    QCOMPARE(ws.saveConnection(sqlite(u"a"_s)).error().code, ErrorCode::WorkspaceNewer);
    QCOMPARE(read(ws.folder() + "/connections.json"_L1), newer);
}

void TestWorkspace::damagedConnections_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("fact");
    const auto row = [](const char *name, const char *text, ErrorCode code, const char *fact) {
        QTest::newRow(name) << QByteArray(text) << static_cast<int>(code) << QString::fromLatin1(fact);
    };
    row("cut", "{\n  \"tidemark\": 1,\n  \"connections\": [", ErrorCode::NotJson, "3:19");
    row("empty", "", ErrorCode::NotJson, "1:1");
    row("no list", R"({"tidemark": 1})", ErrorCode::MissingKey, "connections");
    row("an object", R"({"tidemark": 1, "connections": {}})", ErrorCode::WrongType, "connections");
    row("unknown", R"({"tidemark": 1, "connections": [], "jobs": []})", ErrorCode::UnknownKey, "jobs");
    row("nameless", R"({"tidemark": 1, "connections": [{"driver": "sqlite", "database": "x"}]})", ErrorCode::MissingKey,
        "connections[0].name");
    row("twice", R"({"tidemark": 1, "connections": [{"name": "a", "driver": "sqlite", "database": "x"},
        {"name": "a", "driver": "sqlite", "database": "y"}]})",
        ErrorCode::DuplicateName, "connections[1].name");
}

void TestWorkspace::damagedConnections()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    QFETCH(QString, fact);
    const Workspace ws = workspace();
    write(ws.folder() + "/connections.json"_L1, text);
    const auto result = ws.connections();
    QVERIFY(!result);
    QCOMPARE(codeName(result.error().code), codeName(static_cast<ErrorCode>(code)));
    QCOMPARE(result.error().facts.value(Fact::File), ws.folder() + "/connections.json"_L1);
    const auto where = result.error().code == ErrorCode::NotJson ? Fact::Line : Fact::JsonPath;
    QCOMPARE(result.error().facts.value(where), fact);
    QVERIFY(!ws.saveConnection(sqlite(u"z"_s)));
    QCOMPARE(read(ws.folder() + "/connections.json"_L1), text);
}

void TestWorkspace::hostileJobNames_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"..", ".", "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "100%", "%2e%2e", ".hidden",
                             "con", "a.json", "订单 → 仓库", "\xf0\x9f\x8c\x8a", "-rf", "a'b\"c;--", "*", " blank "})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void TestWorkspace::hostileJobNames()
{
    QFETCH(QString, name);
    const Workspace ws = workspace();
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"b"_s)));
    QVERIFY(ws.saveJob(job(name)));
    QCOMPARE(QFileInfo(ws.jobFile(name)).absolutePath(), ws.folder() + "/jobs"_L1);
    QVERIFY(QFileInfo::exists(ws.jobFile(name)));
    QVERIFY(!QFileInfo(ws.jobFile(name)).isHidden());
    QCOMPARE(ws.jobs()->size(), 1);
    QCOMPARE(ws.jobs()->first().name, name);
    QCOMPARE(ws.job(name)->name, name);
    QCOMPARE(ws.saveJob(job(name)).error().code, ErrorCode::DuplicateName);
    QVERIFY(ws.removeJob(name));
    QVERIFY(ws.jobs()->isEmpty());
}

void TestWorkspace::tooLongAName()
{
    const Workspace ws = workspace();
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"b"_s)));
    QCOMPARE(ws.saveJob(job(QString(200, u'仓'))).error().code, ErrorCode::WrongValue);
    QVERIFY(!ws.saveJob(job({})));
    QVERIFY(ws.jobs()->isEmpty());
}

void TestWorkspace::nameInsideMustAgree()
{
    const Workspace ws = workspace();
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"b"_s)));
    write(ws.jobFile(u"one"_s), QJsonDocument(job(u"two"_s)).toJson());
    const auto result = ws.job(u"one"_s);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::WrongValue);
    QCOMPARE(result.error().facts.value(Fact::JsonPath), u"name"_s);
    QCOMPARE(result.error().facts.value(Fact::Expected), u"\"one\""_s);
    const auto none = ws.job(u"on"_s);
    QCOMPARE(none.error().code, ErrorCode::NoSuchJob);
    QCOMPARE(none.error().facts.value(Fact::Expected), u"one"_s);
}

void TestWorkspace::jobByPath()
{
    const Workspace ws = workspace();
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"b"_s)));
    const QString file = m_folder->filePath(u"other.json"_s);
    QCOMPARE(ws.job(file).error().code, ErrorCode::FileNotFound);
    QCOMPARE(ws.job(u"x.json"_s).error().code, ErrorCode::FileNotFound);
    QCOMPARE(ws.job(m_folder->path()).error().code, ErrorCode::IsADirectory);
    write(file, QJsonDocument(job(u"free"_s)).toJson());
    const auto result = ws.job(file);
    QVERIFY(result);
    QCOMPARE(result->file, file);
    QCOMPARE(result->source.name, u"a"_s);
}

void TestWorkspace::saveDrawsAnId()
{
    const Workspace ws = workspace();
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"b"_s)));
    QVERIFY(ws.saveJob(job(u"j"_s)));
    QVERIFY(!QUuid::fromString(ws.job(u"j"_s)->id).isNull());
    QVERIFY(read(ws.jobFile(u"j"_s)).startsWith("{\n  \"tidemark\": 1,\n  \"id\": \""));
    QJsonObject broken = job(u"k"_s);
    broken.insert(u"mode"_s, u"sideways"_s);
    QCOMPARE(ws.saveJob(broken).error().code, ErrorCode::WrongValue);
    QVERIFY(!QFileInfo::exists(ws.jobFile(u"k"_s)));
}

void TestWorkspace::renamingKeepsTheId()
{
    const Workspace ws = workspace();
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"b"_s)));
    QVERIFY(ws.saveJob(job(u"old"_s)));
    QJsonObject renamed = QJsonDocument::fromJson(read(ws.jobFile(u"old"_s))).object();
    renamed.insert(u"name"_s, u"new"_s);
    QVERIFY(ws.saveJob(renamed, u"old"_s));
    QCOMPARE(ws.jobs()->size(), 1);
    QCOMPARE(ws.job(u"new"_s)->id, renamed.value("id"_L1).toString());
    QVERIFY(ws.saveJob(renamed, u"new"_s)); // in place
}

void TestWorkspace::importMakesPathsAbsolute()
{
    const Workspace ws = workspace();
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(QDir(m_folder->path()).mkdir(u"elsewhere"_s));
    QJsonObject json = job(u"j"_s);
    json.insert(u"target"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"out.db"_s}});
    const QString file = m_folder->filePath(u"elsewhere/j.json"_s);
    write(file, QJsonDocument(json).toJson());
    const auto imported = ws.importJob(file);
    QVERIFY(imported);
    QCOMPARE(imported->target.database, m_folder->filePath(u"elsewhere/out.db"_s));
    QCOMPARE(imported->file, ws.jobFile(u"j"_s));
    QVERIFY(!imported->id.isEmpty());
    QCOMPARE(ws.importJob(file).error().code, ErrorCode::DuplicateName);
    QCOMPARE(ws.importJob(file + u'x').error().code, ErrorCode::FileNotFound);
}

void TestWorkspace::importOfAnIdThatIsThereDrawsAnother()
{
    const Workspace ws = workspace();
    QVERIFY(ws.saveConnection(sqlite(u"a"_s)));
    QVERIFY(ws.saveConnection(sqlite(u"b"_s)));
    QVERIFY(ws.saveJob(job(u"one"_s)));
    QJsonObject copy = QJsonDocument::fromJson(read(ws.jobFile(u"one"_s))).object();
    copy.insert(u"name"_s, u"two"_s);
    const QString file = m_folder->filePath(u"two.json"_s);
    write(file, QJsonDocument(copy).toJson());
    const auto imported = ws.importJob(file);
    QVERIFY(imported);
    QVERIFY(imported->id != ws.job(u"one"_s)->id);
}

void TestWorkspace::writesAnIdIntoAFile_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after"); // ID stands for the id
    QTest::newRow("indented") << QByteArray("{\n    \"tidemark\": 1,\n    \"name\": \"j\"\n}\n")
                              << QByteArray("{\n    \"tidemark\": 1,\n    \"id\": \"ID\",\n    \"name\": \"j\"\n}\n");
    QTest::newRow("one line") << QByteArray(R"({"tidemark": 1, "name": "j"})")
                              << QByteArray(R"({"tidemark": 1, "id": "ID", "name": "j"})");
    QTest::newRow("last") << QByteArray("{\"name\":\"a\\\"},{\", \"tidemark\":1 }")
                          << QByteArray("{\"name\":\"a\\\"},{\", \"tidemark\":1, \"id\": \"ID\" }");
    QTest::newRow("without version") << QByteArray("{\r\n\t\"name\": [1, {\"tidemark\": 2}]\r\n}")
                                     << QByteArray("{\r\n\t\"name\": [1, {\"tidemark\": 2}],\r\n\t\"id\": \"ID\"\r\n}");
    QTest::newRow("mark") << QByteArray("\xef\xbb\xbf{\"tidemark\": 1}")
                          << QByteArray("\xef\xbb\xbf{\"tidemark\": 1,\"id\": \"ID\"}");
    QTest::newRow("empty") << QByteArray("{}") << QByteArray("{\"id\": \"ID\"}");
}

void TestWorkspace::writesAnIdIntoAFile()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const QString file = m_folder->filePath(u"j.json"_s);
    write(file, before);
    const auto permissions = QFileInfo(file).permissions();
    const auto id = ensureJobId(file);
    QVERIFY(id);
    QVERIFY(!QUuid::fromString(*id).isNull());
    QCOMPARE(read(file), after.replace("ID", id->toLatin1()));
    QCOMPARE(QFileInfo(file).permissions(), permissions);
    QCOMPARE(*ensureJobId(file), *id);
}

void TestWorkspace::anIdStays()
{
    const QString file = m_folder->filePath(u"j.json"_s);
    const QByteArray text = R"({ "id":"6F1C0E0A-0000-4000-8000-000000000001" })";
    write(file, text);
    QCOMPARE(*ensureJobId(file), u"6f1c0e0a-0000-4000-8000-000000000001"_s);
    QCOMPARE(read(file), text);
}

void TestWorkspace::aFileThatCannotBeWritten()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"locked"_s));
    const QString folder = m_folder->filePath(u"locked"_s);
    write(folder + "/j.json"_L1, R"({"tidemark": 1})");
    QVERIFY(QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    const bool isPowerless = !QFile(folder + "/probe"_L1).open(QIODevice::WriteOnly);
    const auto id = ensureJobId(folder + "/j.json"_L1);
    QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    if (!isPowerless)
        QSKIP("this user may write everywhere");
    QVERIFY(!id);
    QCOMPARE(id.error().code, ErrorCode::FileUnwritable);
}

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
