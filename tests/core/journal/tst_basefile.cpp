// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <random>

#include <QFile>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "core/data/orderedkey.h"
#include "core/data/rowencoder.h"
#include "core/journal/basefile.h"
#include "tests/core/journal/sqlfile.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString table = u"orders → 订单"_s;

std::shared_ptr<const RowLayout> rowLayout()
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells = {
        {.kind = CellKind::Blob}, {.kind = CellKind::Integer}, {.kind = CellKind::Text, .ignoreCase = true}};
    layout->keyCount = 2;
    layout->comparedCount = 3;
    return layout;
}

void append(RowBatch &batch, const std::string &name, qint64 number, const std::string &note)
{
    RowEncoder encoder(batch.layoutPointer(), std::vector<CellSource>(3));
    encoder.setBatch(&batch);
    encoder.beginRow();
    encoder.blob(name);
    encoder.integer(number);
    encoder.text(note);
    encoder.endRow();
}

std::string keyOf(int number)
{
    RowBatch batch(rowLayout());
    append(batch, "k", number, "");
    std::string key;
    appendOrderedKey(batch, 0, key);
    return key;
}

BaseRecord record(quint64 number) { return {{number, number + 1}, {number, number + 1}, QByteArray::number(number)}; }

BaseHead someHead() { return {"j", "m", "s", "g1", "g2", {}}; }

class Folder
{
public:
    QString path() const { return m_folder.filePath(u"base.db"_s); }
    std::unique_ptr<BaseFile> open() const
    {
        auto file = BaseFile::open(path());
        return file ? std::move(*file) : nullptr;
    }
    std::unique_ptr<BaseReader> reader(bool ordered) const
    {
        auto reader = BaseReader::open(path(), table, ordered);
        return reader ? std::move(*reader) : nullptr;
    }

private:
    QTemporaryDir m_folder;
};

std::vector<std::string> unaskedOf(BaseReader &reader)
{
    std::vector<std::string> keys;
    const auto done = reader.unasked([&keys](const std::string &key) -> Result<void> {
        keys.push_back(key);
        return {};
    });
    if (!done)
        keys.emplace_back("error");
    return keys;
}

} // namespace

class TestBaseFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysSortAsRowsDo();
    void picturesComeBack_data();
    void picturesComeBack();
    void damagedPicturesAreNone();
    void trust_data();
    void trust();
    void headsAndRowsSurvive();
    void whatNobodyAskedForIsTold_data();
    void whatNobodyAskedForIsTold();
    void promisesAreKeptOrDropped();
    void theLastChangeOfAPromiseCounts();
    void aReaderSeesOneSnapshot();
    void damageCountsAsAbsent();
    void picturesGoWhereFingerprintsAreKept();
    void aFileThatIsNoDatabaseIsSetAside();
    void filesArePrivate();
    void randomChangesMatchAModel_data();
    void randomChangesMatchAModel();
};

void TestBaseFile::keysSortAsRowsDo()
{
    RowBatch rows(rowLayout());
    const std::string zero("a\0", 2);
    for (const std::string &name :
         {std::string(), std::string("a"), zero, zero + "\xff", zero + "a", std::string("a\1"), std::string("ab"),
          std::string("乌龙茶"), std::string("\xff")}) {
        for (const qint64 number : {-5, 0, 7})
            append(rows, name, number, "whatever");
    }
    for (int a = 0; a < rows.rowCount(); ++a) {
        for (int b = 0; b < rows.rowCount(); ++b) {
            std::string left;
            std::string right;
            appendOrderedKey(rows, a, left);
            appendOrderedKey(rows, b, right);
            const int order = rows.compareKeys(a, rows, b);
            QCOMPARE(left < right, order < 0);
            QCOMPARE(left == right, order == 0);
        }
    }
}

void TestBaseFile::picturesComeBack_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("cells");
    QTest::newRow("equal") << QByteArray("tea") << QByteArray("tea") << true;
    QTest::newRow("upper case at the target") << QByteArray("tea") << QByteArray("TEA") << true;
    QTest::newRow("other") << QByteArray("tea") << QByteArray("coffee") << true;
    QTest::newRow("large") << QByteArray(5000, 'x') << QByteArray(5000, 'x') << false;
    QTest::newRow("large and other") << QByteArray(5000, 'x') << QByteArray(5000, 'y') << false;
}

void TestBaseFile::picturesComeBack()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, target);
    QFETCH(bool, cells);
    RowBatch sources(rowLayout());
    RowBatch targets(rowLayout());
    append(sources, "k", 1, source.toStdString());
    append(targets, "k", 1, target.toStdString());
    const auto picture = decodePicture(encodePicture(sources, 0, targets, 0), rowLayout());
    QVERIFY(picture);
    QCOMPARE(picture->hasCells(), cells);
    if (cells) {
        QCOMPARE(picture->rows.chain(picture->rowOf(JobSide::Source)), sources.chain(0));
        QCOMPARE(picture->rows.chain(picture->rowOf(JobSide::Target)), targets.chain(0));
    }
    // Against the picture nothing has moved.
    QVERIFY(!mergeRows(sources, 0, targets, 0, &*picture, {}).clashes());
    RowBatch edited(rowLayout());
    append(edited, "k", 1, "new");
    const MergedRow merged = mergeRows(edited, 0, targets, 0, &*picture, {});
    QCOMPARE(merged.origins.back(), CellOrigin::Source);
}

void TestBaseFile::damagedPicturesAreNone()
{
    RowBatch rows(rowLayout());
    append(rows, "k", 1, "tea");
    const QByteArray picture = encodePicture(rows, 0, rows, 0);
    for (qsizetype size = 0; size < picture.size(); ++size)
        QVERIFY(!decodePicture(picture.first(size), rowLayout()));
    QVERIFY(!decodePicture(picture + "x", rowLayout()));
    QVERIFY(!decodePicture("p1234567", rowLayout()));
    QVERIFY(!decodePicture("?" + picture.mid(1), rowLayout()));
}

void TestBaseFile::trust_data()
{
    QTest::addColumn<BaseHead>("now");
    QTest::addColumn<QByteArray>("writing");
    QTest::addColumn<BaseTrust>("trust");
    const auto row = [](const char *name, BaseTrust trust, const std::function<void(BaseHead &)> &change,
                        const char *writing = "") {
        BaseHead now = someHead();
        change(now);
        QTest::newRow(name) << now << QByteArray(writing) << trust;
    };
    row("the same", BaseTrust::Trusted, [](BaseHead &) {});
    row("another journal", BaseTrust::OtherJournal, [](BaseHead &now) { now.journalId = "j2"; });
    row("another mapping", BaseTrust::OtherMapping, [](BaseHead &now) { now.mappingDigest = "m2"; });
    row("another database", BaseTrust::OtherDatabases, [](BaseHead &now) { now.sidesDigest = "s2"; });
    row("a source of last week", BaseTrust::OtherGeneration, [](BaseHead &now) { now.sourceGeneration = "g0"; });
    row("a target of last week", BaseTrust::OtherGeneration, [](BaseHead &now) { now.targetGeneration = "g0"; });
    row("a target without checkpoint", BaseTrust::OtherGeneration, [](BaseHead &now) { now.targetGeneration.clear(); });
    row("generations swapped", BaseTrust::OtherGeneration,
        [](BaseHead &now) { std::swap(now.sourceGeneration, now.targetGeneration); });
    row(
        "cut off before either side", BaseTrust::Trusted, [](BaseHead &) {}, "g3");
    row(
        "cut off after the target", BaseTrust::Trusted, [](BaseHead &now) { now.targetGeneration = "g3"; }, "g3");
    row(
        "cut off after both", BaseTrust::Trusted,
        [](BaseHead &now) { now.sourceGeneration = now.targetGeneration = "g3"; }, "g3");
    row(
        "cut off, and then another run", BaseTrust::OtherGeneration, [](BaseHead &now) { now.targetGeneration = "g4"; },
        "g3");
}

void TestBaseFile::trust()
{
    QFETCH(BaseHead, now);
    QFETCH(QByteArray, writing);
    BaseHead head = someHead();
    head.writing = writing;
    QTEST(trustBase(head, now), "trust");
    QCOMPARE(trustBase(std::nullopt, now), BaseTrust::NoBase);
}

void TestBaseFile::headsAndRowsSurvive()
{
    const Folder folder;
    const BaseChange changes[]{{keyOf(1), record(10)}, {keyOf(2), record(20)}, {keyOf(3), record(30)}};
    {
        const auto base = folder.open();
        QVERIFY(!*base->head(table));
        QVERIFY(base->saveHead(table, someHead()));
        QVERIFY(base->change(table, changes));
        const BaseChange gone{keyOf(2), std::nullopt};
        const BaseChange other{keyOf(3), BaseRecord{{1, 2}, {3, 4}, {}}};
        QVERIFY(base->change(table, {{gone, other}}));
        QVERIFY(base->change(u"another"_s, changes));
    }
    const auto base = folder.open();
    QCOMPARE(**base->head(table), someHead());
    QCOMPARE(*base->rowCount(table), 2);
    const auto reader = folder.reader(false);
    QCOMPARE(reader->find(keyOf(1))->record, record(10));
    QCOMPARE(reader->find(keyOf(2))->row, BaseRow::Absent);
    QCOMPARE(reader->find(keyOf(3))->record, (BaseRecord{{1, 2}, {3, 4}, {}}));
    QVERIFY(base->forget(table));
    QVERIFY(!*base->head(table));
    QCOMPARE(*base->rowCount(table), 0);
    QCOMPARE(*base->rowCount(u"another"_s), 3);
}

void TestBaseFile::whatNobodyAskedForIsTold_data()
{
    QTest::addColumn<bool>("ordered");
    QTest::newRow("ordered") << true;
    QTest::newRow("looked up") << false;
}

void TestBaseFile::whatNobodyAskedForIsTold()
{
    QFETCH(bool, ordered);
    const Folder folder;
    const auto base = folder.open();
    std::vector<BaseChange> changes;
    for (const int number : {-3, 2, 4, 6, 8, 300})
        changes.push_back({keyOf(number), record(quint64(number + 10))});
    QVERIFY(base->change(table, changes));
    const auto reader = folder.reader(ordered);
    QCOMPARE(reader->find(keyOf(2))->record, record(12));
    QCOMPARE(reader->find(keyOf(3))->row, BaseRow::Absent);
    QCOMPARE(reader->find(keyOf(6))->record, record(16));
    QCOMPARE(reader->find(keyOf(7))->row, BaseRow::Absent);
    auto unasked = unaskedOf(*reader);
    std::sort(unasked.begin(), unasked.end());
    QCOMPARE(unasked, (std::vector<std::string>{keyOf(-3), keyOf(4), keyOf(8), keyOf(300)}));
    // A table that has no base.
    const auto other = BaseReader::open(folder.path(), u"other"_s, ordered);
    QCOMPARE((*other)->find(keyOf(2))->row, BaseRow::Absent);
    QVERIFY(unaskedOf(**other).empty());
}

void TestBaseFile::promisesAreKeptOrDropped()
{
    const Folder folder;
    const BasePromise first{JobSide::Target, "g3", 7};
    const BasePromise second{JobSide::Source, "g3", 7};
    {
        const auto base = folder.open();
        const BaseChange before[]{{keyOf(1), record(1)}, {keyOf(2), record(2)}};
        QVERIFY(base->change(table, before));
        const BaseChange atTarget[]{{keyOf(1), record(100)}, {keyOf(2), std::nullopt}};
        const BaseChange atSource[]{{keyOf(3), record(300)}};
        QVERIFY(base->promise(table, first, atTarget));
        QVERIFY(base->promise(table, second, atSource));
    }
    // Killed here: what was promised is not yet true.
    const auto base = folder.open();
    QCOMPARE(folder.reader(false)->find(keyOf(1))->record, record(1));
    QCOMPARE(*base->promises(table), (QList<BasePromise>{first, second}));
    QVERIFY(base->settle(table, first, true));
    QVERIFY(base->settle(table, second, false));
    QVERIFY(base->promises(table)->isEmpty());
    const auto reader = folder.reader(false);
    QCOMPARE(reader->find(keyOf(1))->record, record(100));
    QCOMPARE(reader->find(keyOf(2))->row, BaseRow::Absent);
    QCOMPARE(reader->find(keyOf(3))->row, BaseRow::Absent);
}

void TestBaseFile::theLastChangeOfAPromiseCounts()
{
    const Folder folder;
    const auto base = folder.open();
    const BasePromise promise{JobSide::Target, "g", 1};
    const BaseChange there{keyOf(1), record(1)};
    const BaseChange gone{keyOf(1), std::nullopt};
    QVERIFY(base->promise(table, promise, {{there, gone}}));
    QVERIFY(base->settle(table, promise, true));
    QCOMPARE(*base->rowCount(table), 0);
    QVERIFY(base->promise(table, promise, {{there}}));
    QVERIFY(base->promise(table, promise, {{gone, BaseChange{keyOf(1), record(5)}}}));
    QVERIFY(base->settle(table, promise, true));
    QCOMPARE(folder.reader(true)->find(keyOf(1))->record, record(5));
}

void TestBaseFile::aReaderSeesOneSnapshot()
{
    const Folder folder;
    const auto base = folder.open();
    const BaseChange before[]{{keyOf(1), record(1)}, {keyOf(9), record(9)}};
    QVERIFY(base->change(table, before));
    const auto reader = folder.reader(true);
    const BaseChange after[]{{keyOf(5), record(5)}, {keyOf(9), record(99)}};
    QVERIFY(base->change(table, after));
    QCOMPARE(reader->find(keyOf(5))->row, BaseRow::Absent);
    QCOMPARE(reader->find(keyOf(9))->record, record(9));
}

void TestBaseFile::damageCountsAsAbsent()
{
    const Folder folder;
    {
        const auto base = folder.open();
        QVERIFY(base->saveHead(table, someHead()));
        const BaseChange rows[]{{keyOf(1), record(1)}, {keyOf(2), record(2)}, {keyOf(3), record(3)}};
        QVERIFY(base->change(table, rows));
    }
    sql(folder.path(),
        "UPDATE rows SET picture = 'other' WHERE id = 1;"
        "UPDATE rows SET prints = x'00' WHERE id = 2; UPDATE tables SET writing = 'x'");
    const auto base = folder.open();
    QVERIFY(!*base->head(table));
    for (const bool ordered : {true, false}) {
        const auto reader = folder.reader(ordered);
        QCOMPARE(reader->find(keyOf(1))->row, BaseRow::Unknown);
        QCOMPARE(reader->find(keyOf(2))->row, BaseRow::Unknown);
        QCOMPARE(reader->find(keyOf(3))->row, BaseRow::Present);
    }
}

// Not only from what is read: from the file.
void TestBaseFile::picturesGoWhereFingerprintsAreKept()
{
    const Folder folder;
    const auto base = folder.open();
    const auto pictured = [](int number) {
        BaseRecord one = record(quint64(number));
        one.picture = "Ana Diaz " + QByteArray::number(number);
        return BaseChange{keyOf(number), one};
    };
    const auto bytes = [&folder] {
        QByteArray all;
        for (const auto *suffix : {"", "-wal"}) {
            QFile file(folder.path() + QLatin1StringView(suffix));
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    };
    std::vector<BaseChange> changes;
    for (int number = 1; number <= 2500; ++number) // more than are rewritten at once
        changes.push_back(pictured(number));
    QVERIFY(base->change(table, changes));
    const BaseChange other[]{{keyOf(1), record(77)}};
    QVERIFY(base->change(u"another"_s, other));
    QVERIFY(bytes().contains("Ana Diaz 2500"));
    sql(folder.path(), "UPDATE rows SET checksum = checksum + 1 WHERE id = 3");
    for (int time = 0; time < 2; ++time) {
        const QString older = folder.path() + u".format-1"_s;
        QVERIFY(QFile::copy(folder.path(), older));
        QVERIFY(base->keepPrintsAlone(table, true));
        QVERIFY(!QFile::exists(older));
        QVERIFY(!bytes().contains("Ana Diaz"));
        const auto reader = folder.reader(false);
        QCOMPARE(reader->find(keyOf(2500))->record, (BaseRecord{{2500, 2501}, {2500, 2501}, {}}));
        QCOMPARE(reader->find(keyOf(3))->row, BaseRow::Unknown); // was damaged before
        QCOMPARE(*base->rowCount(table), 2500);
        QCOMPARE(BaseReader::open(folder.path(), u"another"_s, false).value()->find(keyOf(1))->record, record(77));
        // Values are kept again, and then they are not.
        QVERIFY(base->keepPrintsAlone(table, false));
        const BaseChange again[]{pictured(1)};
        QVERIFY(base->change(table, again));
        QCOMPARE(folder.reader(false)->find(keyOf(1))->record, *again[0].now);
    }
    QVERIFY(QFile::copy(folder.path(), folder.path() + u".format-1"_s));
    BaseFile::remove(folder.path());
    QCOMPARE(QFileInfo(folder.path()).dir().entryList(QDir::Files), QStringList());
}

void TestBaseFile::aFileThatIsNoDatabaseIsSetAside()
{
    const Folder folder;
    QFile file(folder.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto base = folder.open();
    QVERIFY(base);
    QVERIFY(!*base->head(table));
    QCOMPARE(QFile(folder.path() + u".damaged"_s).size(), 8192);
}

void TestBaseFile::filesArePrivate()
{
    const Folder folder;
    const auto base = folder.open();
    const BaseChange row{keyOf(1), record(1)};
    QVERIFY(base->change(table, {{row}}));
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s}) {
        QVERIFY2(QFile::exists(folder.path() + suffix), qPrintable(suffix));
        QCOMPARE(QFile::permissions(folder.path() + suffix) & others, QFile::Permissions());
    }
}

void TestBaseFile::randomChangesMatchAModel_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {1U, 2U, 3U, 4U, 5U})
        QTest::addRow("seed %u", seed) << seed;
}

void TestBaseFile::randomChangesMatchAModel()
{
    QFETCH(quint32, seed);
    std::mt19937 random(seed);
    const auto below = [&random](int limit) { return int(random() % quint32(limit)); };
    const Folder folder;
    std::map<std::string, BaseRecord> model;
    const auto play = [&model](const std::vector<BaseChange> &changes) {
        for (const BaseChange &change : changes) {
            if (change.now)
                model[change.key] = *change.now;
            else
                model.erase(change.key);
        }
    };
    auto base = folder.open();
    for (int step = 0; step < 60; ++step) {
        std::vector<BaseChange> changes;
        for (int i = 0; i < below(8); ++i) {
            BaseChange change{keyOf(below(30)), std::nullopt};
            if (below(3) != 0)
                change.now = BaseRecord{{quint64(below(9)), 1}, {quint64(below(9)), 1}, QByteArray(below(5), 'p')};
            changes.push_back(change);
        }
        const BasePromise promise{below(2) == 0 ? JobSide::Source : JobSide::Target, QByteArray::number(step),
                                  step + 1};
        const bool kept = below(3) != 0;
        switch (below(3)) {
        case 0:
            QVERIFY(base->change(table, changes));
            play(changes);
            break;
        case 1:
            QVERIFY(base->promise(table, promise, changes));
            QVERIFY(base->settle(table, promise, kept));
            if (kept)
                play(changes);
            break;
        default:
            base.reset();
            base = folder.open();
        }
    }
    for (const bool ordered : {true, false}) {
        const auto reader = folder.reader(ordered);
        for (int number = 0; number < 30; ++number) {
            const auto found = reader->find(keyOf(number));
            const auto expected = model.find(keyOf(number));
            QCOMPARE(found->row, expected == model.end() ? BaseRow::Absent : BaseRow::Present);
            if (expected != model.end())
                QCOMPARE(found->record, expected->second);
        }
        QVERIFY(unaskedOf(*reader).empty());
    }
}

QTEST_GUILESS_MAIN(TestBaseFile)
#include "tst_basefile.moc"
