// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include "core/journal/undofile.h"
#include "core/journal/undolayout.h"
#include "tests/core/journal/sqlfile.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

UndoHead head()
{
    UndoHead head;
    head.run = u"2026-11-22T120305.123Z-4f2a"_s;
    head.undoes = u"another"_s;
    head.jobId = u"6f1c"_s;
    head.job = u"订单 to warehouse"_s;
    head.source = u"shop"_s;
    head.target = u"仓库"_s;
    head.generation = QByteArray("\x00\xff g", 4);
    head.createdUs = 1'795'000'000'123'456;
    head.jobFile = u"/jobs/j.json"_s;
    head.jobJson = "{\"a\":\"ü\"}";
    return head;
}

CellType text(bool ignoreCase = false)
{
    CellType type;
    type.ignoreCase = ignoreCase;
    return type;
}

UndoTable table(const QString &name = u"orders"_s)
{
    UndoTable table;
    table.source = name;
    table.target = name + u"_copy"_s;
    table.table = name + u" → "_s + table.target;
    table.side = u"source"_s;
    table.columns = {{u"id"_s, u"ID"_s, text(true), true}, {u"bo\"dy"_s, u"body"_s, text(), true}};
    table.keyCount = 1;
    table.comparedCount = 2;
    table.mappingDigest = QByteArray("\x00m", 2);
    table.sidesDigest = "s";
    table.left = QStringList{u"own"_s};
    return table;
}

// Rows "key=value".
RowBatch rows(const QStringList &lines)
{
    RowBatch batch(table().layout());
    for (const QString &line : lines) {
        RowBatch chain(table().layout());
        const QByteArray key = line.section(u'=', 0, 0).toUtf8();
        const QByteArray folded = key.toLower();
        const QByteArray value = line.section(u'=', 1).toUtf8();
        batch.beginRow();
        if (key == folded)
            batch.appendCell({key.constData(), std::size_t(key.size())});
        else
            batch.appendCell({key.constData(), std::size_t(key.size())},
                             {folded.constData(), std::size_t(folded.size())});
        batch.appendCell({value.constData(), std::size_t(value.size())});
        batch.endRow();
    }
    return batch;
}

QString shown(const QByteArray &chain)
{
    RowBatch batch(table().layout());
    if (chain.isEmpty() || !batch.appendChain({chain.constData(), std::size_t(chain.size())}))
        return u"-"_s;
    const auto cell = [&](int i) {
        const CellView view = batch.value(0, i);
        return QString::fromUtf8(view.bytes.data(), qsizetype(view.bytes.size()));
    };
    return cell(0) + u'=' + cell(1);
}

QString keyOf(const QByteArray &chain)
{
    return QString::fromUtf8(chain.mid(4)); // after the length word
}

const std::vector<UndoItem> insert{{Decision::InsertTarget, Reason::MissingAtTarget, -1, 0}};
const std::vector<UndoItem> update{{Decision::UpdateTarget, Reason::CellsDiffer, 0, 0}};
const std::vector<UndoItem> removal{{Decision::DeleteTarget, Reason::LeftFilter, 0, -1}};

} // namespace

class TestUndoFile : public QObject
{
    Q_OBJECT

private:
    QString path() const { return undoFile(m_folder->filePath(u"undo"_s), head().run); }
    std::unique_ptr<UndoWriter> writer(qint64 limit = 1 << 30) const
    {
        return std::make_unique<UndoWriter>(m_folder->filePath(u"undo"_s), head(), limit);
    }
    // "key: before → fingerprints left", a line each.
    QStringList changes(int number = 0) const
    {
        auto file = UndoReader::open(path());
        if (!file)
            return {codeName(file.error().code)};
        QStringList lines;
        const auto done = (*file)->scan(number, {}, [&](const UndoChange &change) -> Result<void> {
            lines += keyOf(change.key) + u": "_s + (change.existed ? shown(change.before) : u"absent"_s) + u" → "_s
                + QString::number(change.left.size()) + (change.left.constLast().there ? u" there"_s : u" gone"_s);
            return {};
        });
        return done ? lines : QStringList{codeName(done.error().code)};
    }
    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void tellsWhichSideWasWritten()
    {
        auto file = writer();
        UndoTable atSource = table();
        atSource.written = JobSide::Source;
        file->addTable(atSource);
        file->addTable(table(u"other"_s));
        for (const int number : {0, 1}) {
            const std::vector<UndoItem> byPolicy{{Decision::UpdateTarget, Reason::ChangedAtBoth, 0, 0}};
            QVERIFY(file->note(number, rows({u"a=0"_s}), rows({u"a=1"_s}), byPolicy));
            QVERIFY(file->prepare(number, 1));
            file->committed(number);
        }
        QVERIFY(file->finish());
        const auto reader = std::move(*UndoReader::open(path()));
        const auto tables = reader->tables();
        QCOMPARE(tables->at(0).written, JobSide::Source);
        QCOMPARE(tables->at(1).written, JobSide::Target);
        std::string scratch;
        const RowBatch one = rows({u"a=x"_s});
        const std::string_view key = one.key(0, scratch);
        const auto entries = reader->entries(0, QByteArray(key.data(), qsizetype(key.size())));
        QVERIFY(entries && entries->size() == 1);
        QCOMPARE(entries->first().reason, Reason::ChangedAtBoth);
        // A file of the time before two ways does not say.
        QByteArray body = undolayout::tableToJson(atSource);
        QVERIFY(body.contains("\"written\":\"source\""));
        body.replace("\"written\":\"source\"", "\"other\":1");
        QCOMPARE(undolayout::tableFromJson(body)->written, JobSide::Target);
    }

    // Who decided lies in the row; names come with the answers, also after the file was begun.
    void tellsWhatDecided()
    {
        auto file = writer();
        UndoTable ruled = table();
        ruled.deciders = {u"changed"_s, {{u"bo\"dy"_s, CellRule::Concatenate}}};
        const int number = file->addTable(ruled);
        QCOMPARE(file->numberOf({}), quint8(0));
        const auto note = [&](const QString &key, Cause cause) {
            const std::vector<UndoItem> one{{Decision::UpdateTarget, Reason::ChangedAtBoth, 0, 0, cause}};
            return bool(file->note(number, rows({key + u"=old"_s}), rows({key + u"=new"_s}), one));
        };
        QVERIFY(note(u"a"_s, {DecidedBy::Newest, 0}));
        QVERIFY(note(u"b"_s, {DecidedBy::Merge, 1}));
        const quint8 anna = file->numberOf(u"anna"_s);
        QVERIFY(note(u"c"_s, {DecidedBy::AnswerRow, anna}));
        QVERIFY(note(u"d"_s, {}));
        QVERIFY(file->prepare(number, 1));
        file->committed(number);
        const quint8 berta = file->numberOf(u"berta"_s);
        QCOMPARE(file->numberOf(u"anna"_s), anna);
        QVERIFY(note(u"e"_s, {DecidedBy::AnswerSource, berta}));
        QVERIFY(file->prepare(number, 2));
        file->committed(number);
        QVERIFY(file->finish());
        const auto reader = std::move(*UndoReader::open(path()));
        QCOMPARE(reader->head().people, (QStringList{u"anna"_s, u"berta"_s}));
        QCOMPARE(reader->tables()->first().deciders, ruled.deciders);
        const QList<UndoEntry> entries = reader->rows(0, 0, 10).value();
        QCOMPARE(entries.size(), 5);
        const QList<Cause> causes{{DecidedBy::Newest, 0},
                                  {DecidedBy::Merge, 1},
                                  {DecidedBy::AnswerRow, anna},
                                  {},
                                  {DecidedBy::AnswerSource, berta}};
        for (int at = 0; at < causes.size(); ++at)
            QVERIFY(entries.at(at).cause == causes.at(at) && entries.at(at).valuesKept);
        // A file of the time before, and one of a later version that knows others.
        QByteArray body = undolayout::tableToJson(ruled);
        QVERIFY(body.contains("\"deciders\""));
        body.replace("\"deciders\"", "\"other\"");
        QCOMPARE(undolayout::tableFromJson(body)->deciders, UndoDeciders());
        QCOMPARE(undolayout::causeOf(undolayout::ValuesLeftOut), Cause());
        QCOMPARE(undolayout::causeOf(qint64{200} << 8), Cause());
    }

    void keepsWhatWasOverwritten()
    {
        auto file = writer();
        const int number = file->addTable(table());
        QVERIFY(file->note(number, rows({}), rows({u"Neu=1"_s}), insert));
        QVERIFY(file->note(number, rows({u"b=old"_s}), rows({u"b=new"_s}), update));
        QVERIFY(file->note(number, rows({u"c=gone"_s}), rows({}), removal));
        QVERIFY(file->prepare(number, 3));
        file->committed(number);
        QVERIFY(file->finish());
        QVERIFY(!QFileInfo::exists(path() + u"-wal"_s));
        QCOMPARE(QFileInfo(path()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QCOMPARE(QFileInfo(QFileInfo(path()).absolutePath()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        QCOMPARE(changes(),
                 (QStringList{u"b: b=old → 1 there"_s, u"c: c=gone → 1 gone"_s, u"Neu: absent → 1 there"_s}));
        const auto reader = std::move(*UndoReader::open(path()));
        QCOMPARE(reader->head(), head());
        const UndoTable kept = reader->tables().value().first();
        QCOMPARE(kept.columns, table().columns);
        QCOMPARE(kept.mappingDigest, table().mappingDigest);
        QCOMPARE(kept.left, table().left);
        QCOMPARE(kept.table, table().table);
        QCOMPARE(kept.side, u"source"_s);
        std::string scratch;
        const RowBatch key = rows({u"NEU=x"_s}); // found whatever its case
        const std::string_view bytes = key.key(0, scratch);
        const auto entries = reader->entries(0, QByteArray(bytes.data(), qsizetype(bytes.size()))).value();
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries.first().decision, Decision::InsertTarget);
        QCOMPARE(entries.first().reason, Reason::MissingAtTarget);
        QVERIFY(!entries.first().inDoubt);
    }

    // The first picture of a run and the last one are what matters.
    void foldsWhatARunWroteSeveralTimes()
    {
        auto file = writer();
        const int number = file->addTable(table());
        QVERIFY(file->note(number, rows({}), rows({u"a=stand-in"_s}), insert));
        QVERIFY(file->note(number, rows({u"b=first"_s}), rows({u"b=second"_s}), update));
        QVERIFY(file->prepare(number, 1));
        file->committed(number);
        QVERIFY(file->note(number, rows({u"a=stand-in"_s}), rows({u"a=whole"_s}), update));
        QVERIFY(file->note(number, rows({u"b=second"_s}), rows({}), removal));
        QVERIFY(file->prepare(number, 2));
        file->committed(number);
        QVERIFY(file->finish());
        QCOMPARE(changes(), (QStringList{u"a: absent → 1 there"_s, u"b: b=first → 1 gone"_s}));
        const auto reader = std::move(*UndoReader::open(path()));
        QVERIFY(reader->scan(0, {}, [&](const UndoChange &change) -> Result<void> {
            if (!change.existed && change.left.constLast().fingerprint != rows({u"a=whole"_s}).fingerprint(0))
                return fail(ErrorCode::Internal);
            return {};
        }));
    }

    // Where the program ends: noted, prepared, committed, marked.
    void ends_data()
    {
        QTest::addColumn<QString>("steps"); // n note, p prepare at the next epoch, c committed, r rolled back, f finish
        QTest::addColumn<QStringList>("expected"); // as the file is left
        QTest::addColumn<qint64>("epoch"); // of the target's checkpoint; −1: not asked
        const QStringList none{u"file-not-found"_s};
        const QStringList one{u"k1: k1=old → 1 there"_s};
        const QStringList both{u"k1: k1=old → 1 there"_s, u"k2: k2=old → 1 there"_s};
        QTest::newRow("nothing") << u"f"_s << none << qint64{-1};
        QTest::newRow("noted, killed") << u"n"_s << QStringList{u"database-damaged"_s} << qint64{-1};
        QTest::newRow("rolled back") << u"nrf"_s << none << qint64{-1};
        QTest::newRow("prepared, killed, in doubt") << u"np"_s << one << qint64{-1};
        QTest::newRow("prepared, killed, it was committed") << u"np"_s << one << qint64{1};
        QTest::newRow("prepared, killed, it was not") << u"np"_s << QStringList{} << qint64{0};
        QTest::newRow("committed, not marked") << u"npc"_s << one << qint64{1};
        QTest::newRow("one of two rolled back") << u"npcnrf"_s << one << qint64{-1};
        QTest::newRow("second in doubt, was not") << u"npcnp"_s << one << qint64{1};
        QTest::newRow("second in doubt, was") << u"npcnp"_s << both << qint64{2};
        QTest::newRow("second rolled back after prepare") << u"npcnprf"_s << one << qint64{1};
        QTest::newRow("both") << u"npcnpcf"_s << both << qint64{-1};
        QTest::newRow("both, marked without being asked") << u"npcnpcf"_s << both << qint64{0};
    }
    void ends()
    {
        QFETCH(QString, steps);
        QFETCH(QStringList, expected);
        QFETCH(qint64, epoch);
        auto file = writer();
        const int number = file->addTable(table());
        int notes = 0;
        qint64 epochs = 0;
        for (const QChar step : steps) {
            if (step == u'n') {
                const QString key = u"k%1"_s.arg(++notes);
                QVERIFY(file->note(number, rows({key + u"=old"_s}), rows({key + u"=new"_s}), update));
            } else if (step == u'p') {
                QVERIFY(file->prepare(number, ++epochs));
            } else if (step == u'c') {
                file->committed(number);
            } else if (step == u'r') {
                file->rolledBack(number);
            } else {
                QVERIFY(file->finish());
            }
        }
        file.reset();
        if (epoch >= 0) {
            const auto reader = std::move(*UndoReader::open(path()));
            QVERIFY(reader->decide(0, epoch));
        }
        QStringList left = changes();
        if (steps == "n"_L1) { // cut off before anything counted: the file says nothing, or is not there
            const bool tellsNothing = left.isEmpty() || left == expected || left == none();
            QVERIFY2(tellsNothing, qPrintable(left.join(u'\n')));
            return;
        }
        QCOMPARE(left, expected);
    }

    // The same epoch again: the one before did not come in. A later one: it did.
    void aLaterTransactionDecidesTheDoubtful_data()
    {
        QTest::addColumn<qint64>("later");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("taken again") << qint64{5} << QStringList{u"b: b=old → 1 there"_s};
        QTest::newRow("gone on") << qint64{6} << QStringList{u"a: a=old → 1 there"_s, u"b: b=old → 1 there"_s};
    }
    void aLaterTransactionDecidesTheDoubtful()
    {
        QFETCH(qint64, later);
        auto file = writer();
        const int number = file->addTable(table());
        QVERIFY(file->note(number, rows({u"a=old"_s}), rows({u"a=new"_s}), update));
        QVERIFY(file->prepare(number, 5));
        file->rolledBack(number);
        QVERIFY(file->note(number, rows({u"b=old"_s}), rows({u"b=new"_s}), update));
        QVERIFY(file->prepare(number, later));
        file->committed(number);
        QVERIFY(file->finish());
        QTEST(changes(), "expected");
    }

    void aFilledTableIsASum()
    {
        auto file = writer();
        UndoTable filled = table();
        filled.filled = filled.summed = true;
        const int number = file->addTable(filled);
        const RowBatch loaded = rows({u"a=1"_s, u"b=2"_s, u"c=3"_s});
        const std::vector<UndoItem> inserts{{Decision::InsertTarget, Reason::None, -1, 0},
                                            {Decision::InsertTarget, Reason::None, -1, 1},
                                            {Decision::InsertTarget, Reason::None, -1, 2}};
        QVERIFY(file->note(number, rows({}), loaded, inserts));
        QVERIFY(file->prepare(number, 1));
        file->committed(number);
        QVERIFY(file->note(number, loaded, rows({u"a=9"_s}), update));
        QVERIFY(file->prepare(number, 2));
        file->committed(number);
        QVERIFY(file->note(number, rows({}), rows({u"d=4"_s}), insert));
        file->rolledBack(number);
        QVERIFY(file->finish());
        const auto reader = std::move(*UndoReader::open(path()));
        FingerprintSum expected;
        for (const char *row : {"a=9", "b=2", "c=3"})
            expected.add(rows({QString::fromLatin1(row)}).fingerprint(0));
        QCOMPARE(reader->filledWith(0, false), expected);
        QVERIFY(changes().isEmpty());
    }

    void moreThanTheLimitIsNothing()
    {
        auto file = writer(2000);
        const int number = file->addTable(table());
        for (int i = 0; i < 100; ++i) {
            const QString key = u"key %1"_s.arg(i);
            QVERIFY(file->note(number, rows({key + u"=old"_s}), rows({key + u"=new"_s}), update));
            QVERIFY(file->prepare(number, i + 1));
            file->committed(number);
        }
        QVERIFY(file->finish());
        const auto reader = std::move(*UndoReader::open(path()));
        QVERIFY(reader->overflowed());
        QCOMPARE(reader->head(), head());
        QVERIFY(reader->tables().value().isEmpty());
    }

    void fingerprintsAlone()
    {
        auto file = writer();
        UndoTable bare = table();
        bare.keepsValues = false;
        const int number = file->addTable(bare);
        QVERIFY(file->note(number, rows({u"a=secret"_s}), rows({u"a=hidden"_s}), update));
        QVERIFY(file->prepare(number, 1));
        file->committed(number);
        QVERIFY(file->finish());
        QFile raw(path());
        QVERIFY(raw.open(QIODevice::ReadOnly));
        const QByteArray bytes = raw.readAll();
        QVERIFY(!bytes.contains("secret") && !bytes.contains("hidden"));
        const auto reader = std::move(*UndoReader::open(path()));
        QVERIFY(reader->scan(0, {}, [](const UndoChange &change) -> Result<void> {
            const bool right = change.existed && !change.valuesKnown && change.left.constLast().known;
            return right ? Result<void>() : fail(ErrorCode::Internal);
        }));
    }

    void damage_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("code");
        QTest::newRow("a value") << QByteArray("UPDATE rows SET before = x'00'") << u"database-damaged"_s;
        QTest::newRow("a key") << QByteArray("UPDATE rows SET key = x'00'") << u"database-damaged"_s;
        QTest::newRow("a decision") << QByteArray("UPDATE rows SET decision = 9") << u"database-damaged"_s;
        QTest::newRow("another decision") << QByteArray("UPDATE rows SET decision = 2") << u"database-damaged"_s;
        QTest::newRow("a fingerprint") << QByteArray("UPDATE rows SET stored = zeroblob(16)") << u"database-damaged"_s;
        QTest::newRow("the head") << QByteArray("UPDATE head SET body = '{}'") << u"database-damaged"_s;
        QTest::newRow("a later version") << QByteArray("PRAGMA user_version = 99") << u"workspace-newer"_s;
        QTest::newRow("another file") << QByteArray("PRAGMA application_id = 7") << u"database-damaged"_s;
    }
    void damage()
    {
        QFETCH(QByteArray, sql);
        auto file = writer();
        const int number = file->addTable(table());
        QVERIFY(file->note(number, rows({u"a=old"_s}), rows({u"a=new"_s}), update));
        QVERIFY(file->prepare(number, 1));
        file->committed(number);
        QVERIFY(file->finish());
        tidemark::sql(path(), sql.constData());
        QTEST(changes().value(0), "code");
    }

    // Tables of one level are written in parallel.
    void severalTablesAtOnce()
    {
        auto file = writer();
        constexpr int tables = 4;
        constexpr int batches = 25;
        std::vector<std::thread> threads;
        threads.reserve(tables);
        for (int i = 0; i < tables; ++i)
            file->addTable(table(u"t%1"_s.arg(i)));
        for (int i = 0; i < tables; ++i) {
            threads.emplace_back([&file, i] {
                for (int batch = 0; batch < batches; ++batch) {
                    const QString key = u"k%1"_s.arg(batch, 3, 10, QChar(u'0'));
                    (void)file->note(i, rows({key + u"=old"_s}), rows({key + u"=new"_s}), update);
                    if (batch % 5 == 4) {
                        file->rolledBack(i);
                        continue;
                    }
                    (void)file->prepare(i, batch + 1);
                    file->committed(i);
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(file->finish());
        for (int i = 0; i < tables; ++i)
            QCOMPARE(changes(i).size(), batches / 5 * 4);
    }

    void undoneBySomebody()
    {
        auto file = writer();
        const int number = file->addTable(table());
        QVERIFY(file->note(number, rows({u"a=old"_s}), rows({u"a=new"_s}), update));
        QVERIFY(file->prepare(number, 1));
        file->committed(number);
        QVERIFY(file->finish());
        for (const QString &run : {u"first"_s, u"second"_s, QString()}) {
            QVERIFY(std::move(*UndoReader::open(path()))->setUndoneBy(run));
            QCOMPARE(std::move(*UndoReader::open(path()))->undoneBy().value(), run);
        }
    }

private:
    static QStringList none() { return {u"file-not-found"_s}; }
};

QTEST_GUILESS_MAIN(TestUndoFile)
#include "tst_undofile.moc"
