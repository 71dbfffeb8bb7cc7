// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/journal/fileformat.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 applicationId = 0x54455354;
constexpr std::array<const char *, 3> steps = {
    "CREATE TABLE t (a); INSERT INTO t VALUES ('first')",
    "ALTER TABLE t ADD COLUMN b; UPDATE t SET b = 'second'",
    "ALTER TABLE t ADD COLUMN c; UPDATE t SET c = 'third'",
};

Result<void> bringTo(const QString &path, std::span<const char *const> known)
{
    TRY_ASSIGN(const auto file, SqliteFile::open(path, SqliteFile::Access::CreateIfMissing));
    return bringToFormat(*file, applicationId, known);
}

} // namespace

class TestFileFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anUpgradeKeepsACopy();
    void aFailedStepChangesNothing();
    void aFullDiskIsNamed();
    void checksumTellsPartsApart();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestFileFormat::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"a.db"_s);
}

void TestFileFormat::anUpgradeKeepsACopy()
{
    QVERIFY(bringTo(m_file, std::span(steps).first(1)));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"a.db"_s}); // a new file needs none
    QVERIFY(bringTo(m_file, steps));
    QVERIFY(bringTo(m_file, steps)); // nothing left to do
    const QString copy = m_file + u".format-1"_s;
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), (QStringList{u"a.db"_s, u"a.db.format-1"_s}));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFile::permissions(copy) & others, QFile::Permissions());
    const auto now = SqliteFile::open(m_file, SqliteFile::Access::Existing).value();
    QCOMPARE(now->integer("SELECT count(*) FROM t WHERE a = 'first' AND b = 'second' AND c = 'third'").value(), 1);
    QCOMPARE(now->integer("PRAGMA user_version").value(), 3);
    const auto before = SqliteFile::open(copy, SqliteFile::Access::Existing).value();
    QCOMPARE(before->integer("SELECT count(*) FROM t WHERE a = 'first'").value(), 1);
    QCOMPARE(before->integer("PRAGMA user_version").value(), 1);
    QCOMPARE(before->integer("SELECT count(*) FROM pragma_table_info('t')").value(), 1);
    QVERIFY(bringTo(copy, std::span(steps).first(1))); // the older version can go on with it
}

void TestFileFormat::aFailedStepChangesNothing()
{
    QVERIFY(bringTo(m_file, std::span(steps).first(1)));
    constexpr std::array<const char *, 2> broken = {steps[0],
                                                    "INSERT INTO t VALUES ('more'); INSERT INTO nowhere VALUES (1)"};
    QVERIFY(!bringTo(m_file, broken));
    const auto file = SqliteFile::open(m_file, SqliteFile::Access::Existing).value();
    QCOMPARE(file->integer("PRAGMA user_version").value(), 1);
    QCOMPARE(file->integer("SELECT count(*) FROM t").value(), 1);
}

void TestFileFormat::aFullDiskIsNamed()
{
    QVERIFY(bringTo(m_file, steps));
    const auto file = SqliteFile::open(m_file, SqliteFile::Access::Existing).value();
    QVERIFY(file->execute("PRAGMA max_page_count = 4"));
    const auto written = file->execute("INSERT INTO t (a) VALUES (zeroblob(100000))");
    QVERIFY(!written.has_value());
    QCOMPARE(written.error().code, ErrorCode::DiskFull);
    QCOMPARE(written.error().facts.value(Fact::File), m_file);
}

void TestFileFormat::checksumTellsPartsApart()
{
    const auto sum = [](const QByteArray &a, const QByteArray &b) { return RecordChecksum().add(a).add(b).value(); };
    QCOMPARE(sum("ab", "c"), sum("ab", "c"));
    QVERIFY(sum("ab", "c") != sum("a", "bc"));
    QVERIFY(sum("", "abc") != sum("abc", ""));
    QVERIFY(RecordChecksum().add(qint64{1}).value() != RecordChecksum().add(qint64{256}).value());
}

QTEST_APPLESS_MAIN(TestFileFormat)
#include "tst_fileformat.moc"
