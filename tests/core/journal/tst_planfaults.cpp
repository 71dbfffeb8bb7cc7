// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>

#include "tests/core/journal/someplan.h"

using namespace tidemark;

// Plan files that are not whole, not ours or not to be written.
class TestPlanFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isPrivate();
    void refusesToReplace();
    void unfinishedIsNoPlan();
    void abandonedLeavesNothing();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void damageIsFound_data();
    void damageIsFound();
    void cutIsFound();
    void otherFormatIsOutdated();
    void writeProtectedCanBeRead();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestPlanFaults::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"p1.db"_s);
}

void TestPlanFaults::isPrivate()
{
    writePlan(m_file, 1);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFile::permissions(m_file) & others, QFile::Permissions());
}

void TestPlanFaults::refusesToReplace()
{
    writePlan(m_file, 1);
    const auto again = PlanWriter::create(m_file, someHead());
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().code, ErrorCode::FileUnwritable);
    QCOMPARE(again.error().facts.value(Fact::File), m_file);
    QVERIFY(PlanReader::open(m_file).has_value());
}

void TestPlanFaults::unfinishedIsNoPlan()
{
    auto writer = PlanWriter::create(m_file, someHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->addTable(someTable()));
    // A crash: what the file is at this moment, elsewhere.
    const QString left = m_folder->filePath(u"left.db"_s);
    QVERIFY(QFile::copy(m_file, left));
    const auto reader = PlanReader::open(left);
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().code, ErrorCode::DatabaseDamaged);
    QCOMPARE(reader.error().facts.value(Fact::File), left);
}

void TestPlanFaults::abandonedLeavesNothing()
{
    {
        auto writer = PlanWriter::create(m_file, someHead());
        QVERIFY(writer.has_value());
        QVERIFY((*writer)->addTable(someTable()));
        QVERIFY(addRows(**writer, 0, 0, 100));
    }
    QVERIFY(!QFile::exists(m_file));
}

void TestPlanFaults::otherFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("This is not a database. ").repeated(100);
    QTest::newRow("short") << QByteArray("SQLite format 3\0", 16);
}

void TestPlanFaults::otherFilesAreRefused()
{
    QFETCH(QByteArray, content);
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const auto reader = PlanReader::open(m_file);
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().code, ErrorCode::DatabaseDamaged);
    QCOMPARE(PlanReader::open(m_folder->filePath(u"none.db"_s)).error().code, ErrorCode::FileNotFound);
    QCOMPARE(PlanReader::open(m_folder->path()).error().code, ErrorCode::IsADirectory);
}

void TestPlanFaults::damageIsFound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a row's cell") << QByteArray("source of 450");
    QTest::newRow("a target's cell") << QByteArray("target of 450");
    QTest::newRow("a table's column") << QByteArray("orders_copy");
    QTest::newRow("the head") << QByteArray("orders to warehouse");
}

// SQLite has no checksums of its own: a byte that the disk changed would be written into the target.
void TestPlanFaults::damageIsFound()
{
    QFETCH(QByteArray, text);
    writePlan(m_file, 1000);
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray bytes = file.readAll();
    const qsizetype at = bytes.lastIndexOf(text);
    QVERIFY(at > 0);
    file.seek(at + text.size() - 1);
    file.write("X", 1);
    file.close();
    const auto read = [&]() -> Result<void> {
        TRY_ASSIGN(const auto reader, PlanReader::open(m_file));
        TRY(reader->tables());
        TRY(reader->rows(0, std::nullopt, 0, 1000));
        TRY(reader->rows(1, std::nullopt, 0, 1000));
        return {};
    };
    const auto result = read();
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().code, ErrorCode::DatabaseDamaged);
    QCOMPARE(result.error().facts.value(Fact::File), m_file);
}

void TestPlanFaults::cutIsFound()
{
    writePlan(m_file, 1000);
    const qint64 size = QFile(m_file).size();
    for (const qint64 left : {size - 1, size - 8192, size / 2, qint64{8192}, qint64{100}}) {
        const QString copy = m_folder->filePath(u"cut.db"_s);
        QFile::remove(copy);
        QVERIFY(QFile::copy(m_file, copy));
        QVERIFY(QFile::resize(copy, left));
        const auto reader = PlanReader::open(copy);
        QVERIFY2(!reader.has_value(), qPrintable(QString::number(left)));
        QCOMPARE(reader.error().code, ErrorCode::DatabaseDamaged);
    }
}

void TestPlanFaults::otherFormatIsOutdated()
{
    writePlan(m_file, 1);
    sql(m_file, "PRAGMA user_version = 4");
    const auto reader = PlanReader::open(m_file);
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().code, ErrorCode::PlanOutdated);
    QCOMPARE(reader.error().facts.value(Fact::Found), u"4"_s);
    QCOMPARE(reader.error().facts.value(Fact::Expected), u"3"_s);
}

void TestPlanFaults::writeProtectedCanBeRead()
{
    writePlan(m_file, 10);
    QVERIFY(QFile::setPermissions(m_file, QFile::ReadOwner));
    if (QFile(m_file).open(QIODevice::ReadWrite))
        QSKIP("this user may write everything");
    auto reader = PlanReader::open(m_file);
    QVERIFY(reader.has_value());
    QCOMPARE((*reader)->rows(0, std::nullopt, 0, 100).value().size(), 10);
    QCOMPARE((*reader)->setTableIncluded(0, false).error().code, ErrorCode::FileUnwritable);
}

QTEST_APPLESS_MAIN(TestPlanFaults)
#include "tst_planfaults.moc"
