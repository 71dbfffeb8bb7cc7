// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <QTest>

#include "tests/support/fakepair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

// What the engine would ask of a table: every column as it is, the key first.
struct Access
{
    TableSchema schema;
    std::shared_ptr<RowLayout> layout = std::make_shared<RowLayout>();
    QStringList names;
    std::vector<CellSource> sources;

    Access(const FakeDatabase &database, const QString &table) : schema(database.schema(table))
    {
        for (const Column &column : schema.columns) {
            CellType type;
            type.kind = column.type.kind;
            layout->cells.push_back(type);
            names.append(column.name);
            sources.push_back({column.type, {}, column.name});
        }
        layout->keyCount = static_cast<int>(qMax(qsizetype{1}, schema.primaryKey.size()));
        layout->comparedCount = layout->size();
    }

    ReadRequest read(ReadRequest::Order order = ReadRequest::Order::Key) const
    {
        ReadRequest request;
        request.table = &schema;
        request.layout = layout;
        request.columns = names;
        request.sources = sources;
        request.order = order;
        return request;
    }

    WriteRequest write() const
    {
        WriteRequest request;
        request.table = &schema;
        request.layout = layout;
        request.cells = sources;
        for (int cell = 0; cell < layout->size(); ++cell)
            request.columns.push_back({cell, names.at(cell), cell < layout->keyCount});
        return request;
    }

    RowBatch rows(const QList<FakeValues> &values) const
    {
        RowBatch batch(layout);
        RowEncoder encoder(layout, sources);
        encoder.setBatch(&batch);
        for (const FakeValues &row : values) {
            encoder.beginRow();
            for (qsizetype i = 0; i < row.size(); ++i)
                encodeCell(encoder, schema.columns[i].type.kind, viewOf(cellFromText(schema.columns[i].type, row[i])));
            encoder.endRow();
        }
        return batch;
    }

    QStringList texts(const RowBatch &batch) const
    {
        QStringList list;
        for (int row = 0; row < batch.rowCount(); ++row) {
            QStringList cells;
            for (int cell = 0; cell < layout->size(); ++cell) {
                const CellView view = batch.value(row, cell);
                const auto bytes = view.isNull
                    ? FakeCell()
                    : FakeCell(QByteArray(view.bytes.data(), static_cast<qsizetype>(view.bytes.size())));
                ColumnType type;
                type.kind = layout->cells[static_cast<size_t>(cell)].kind;
                cells.append(textOf(type, bytes));
            }
            list.append(cells.join(u'|'));
        }
        return list;
    }
};

constexpr int someRows[] = {0, 1, 2, 3, 4, 5, 6, 7};
std::span<const int> first(const RowBatch &batch)
{
    return std::span(someRows).first(static_cast<size_t>(batch.rowCount()));
}

std::unique_ptr<Session> opened(FakePair &pair, const QString &side, Cancellation *cancellation = nullptr)
{
    auto session = pair.connector.open(FakePair::connection(side), {true, cancellation});
    return session ? std::move(*session) : nullptr;
}

QStringList readAll(Session &session, const Access &access, const ReadRequest &request, Error *error = nullptr)
{
    QStringList list;
    auto reader = session.read(request);
    if (!reader) {
        if (error)
            *error = reader.error();
        return {u"(refused)"_s};
    }
    RowBatch batch;
    for (;;) {
        const auto more = (*reader)->next(batch);
        if (!more) {
            if (error)
                *error = more.error();
            return list << u"(broken)"_s;
        }
        if (!*more)
            return list;
        list += access.texts(batch);
    }
}

} // namespace

class TestFakePair : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void readsInOrder_data();
    void readsInOrder();
    void readsFromACursor_data();
    void readsFromACursor();
    void readsByFilterAndFlag();
    void readsOneSnapshot();
    void sharesASnapshot();
    void writesAndRollsBack();
    void savepointsTakeBack();
    void refusesWhatServersRefuse_data();
    void refusesWhatServersRefuse();
    void narrowsValues();
    void foreignKeysHold();
    void foreignKeysCanWait();
    void keysByTheServersEquality();
    void lockedRowsAreWaitedFor();
    void streamingFailsLate();
    void keepsCheckpointsWithTheRows();
    void failsOnDemand();
    void losesTheAnswerToCommit_data();
    void losesTheAnswerToCommit();
    void foreignWritesBetweenOperations();
    void jobLockIsExclusive();
    void cancellationKills();
    void misuseIsNoted();

private:
    std::unique_ptr<FakePair> m_pair;
    bool m_misused = false;
};

void TestFakePair::init()
{
    m_pair = std::make_unique<FakePair>();
    m_pair->makeTable(u"orders"_s, u"id integer key, note text(5), at timestamp(3)"_s);
    m_misused = false;
}

void TestFakePair::cleanup()
{
    if (!m_misused)
        QCOMPARE(m_pair->violations(), QStringList());
}

void TestFakePair::readsInOrder_data()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<QStringList>("expected");
    const QString minus = u"-3|c|2026-01-01 00:00:00"_s;
    const QString two = u"2|b|NULL"_s;
    const QString ten = u"10|a|2025-01-01 00:00:00"_s;
    QTest::newRow("none: never the key's by luck") << int(ReadRequest::Order::None) << QStringList{ten, two, minus};
    QTest::newRow("key") << int(ReadRequest::Order::Key) << QStringList{minus, two, ten};
    QTest::newRow("cursor") << int(ReadRequest::Order::Cursor) << QStringList{ten, minus};
    QTest::newRow("cursor, descending") << int(ReadRequest::Order::CursorDescending) << QStringList{minus, ten};
}

void TestFakePair::readsInOrder()
{
    QFETCH(int, order);
    QFETCH(QStringList, expected);
    m_pair->putSource(u"orders"_s, {10, "a", "2025-01-01"});
    m_pair->putSource(u"orders"_s, {-3, "c", "2026-01-01"});
    m_pair->putSource(u"orders"_s, {2, "b", nullptr});
    const auto session = opened(*m_pair, u"source"_s);
    const Access access(m_pair->source, u"orders"_s);
    ReadRequest request = access.read(static_cast<ReadRequest::Order>(order));
    request.cursorCell = order == int(ReadRequest::Order::Key) || order == int(ReadRequest::Order::None) ? -1 : 2;
    request.limits.rows = 2;
    QVERIFY(session->beginRead());
    QCOMPARE(readAll(*session, access, request), expected);
    QCOMPARE(m_pair->source.counters().rowsRead, expected.size());
    QCOMPARE(m_pair->source.counters().reads, 1);
    QVERIFY(session->rollback());
}

void TestFakePair::readsFromACursor_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QStringList>("cursors");
    QTest::newRow("numbers") << u"integer"_s << QStringList{u"9"_s, u"10"_s, u"100"_s};
    QTest::newRow("negative") << u"integer"_s << QStringList{u"-10"_s, u"-9"_s, u"0"_s};
    QTest::newRow("times") << u"timestamp"_s
                           << QStringList{u"2025-12-31 23:59:59.999999"_s, u"2026-01-01 00:00:00"_s,
                                          u"2026-01-01 00:00:00.5"_s};
    QTest::newRow("instants") << u"instant"_s
                              << QStringList{u"2025-12-31 23:59:59+00:00"_s, u"2026-01-01 00:00:00+00:00"_s,
                                             u"2026-01-01 00:00:00.5+00:00"_s};
}

void TestFakePair::readsFromACursor()
{
    QFETCH(QString, kind);
    QFETCH(QStringList, cursors);
    m_pair->source.createTable(fakeTable(u"t"_s, u"id integer key, c "_s + kind));
    for (int i = 0; i < 3; ++i)
        m_pair->putSource(u"t"_s, {i, cursors.at(i)});
    const auto session = opened(*m_pair, u"source"_s);
    Access access(m_pair->source, u"t"_s);
    access.layout->cells[1].kind = CellKind::Exact; // as the engine carries a cursor
    ReadRequest request = access.read(ReadRequest::Order::Cursor);
    request.cursorCell = 1;
    for (int from = 0; from < 3; ++from) {
        request.cursorFrom = cursors.at(from).toUtf8();
        QStringList expected;
        for (int i = from; i < 3; ++i)
            expected.append(QString::number(i) + u'|' + cursors.at(i));
        QCOMPARE(readAll(*session, access, request), expected);
    }
}

void TestFakePair::readsByFilterAndFlag()
{
    m_pair->source.createTable(fakeTable(u"t"_s, u"id integer key, state text"_s));
    for (int id = 1; id <= 4; ++id)
        m_pair->putSource(u"t"_s, {id, id % 2 ? "new" : "done"});
    m_pair->source.setWhere(u"id > 1"_s, [](const QStringList &row) { return row.at(0).toInt() > 1; });
    const auto session = opened(*m_pair, u"source"_s);
    const Access access(m_pair->source, u"t"_s);
    ReadRequest request = access.read();
    request.flagColumn = u"state"_s;
    request.flagValue = u"new"_s;
    QCOMPARE(readAll(*session, access, request), (QStringList{u"1|new"_s, u"3|new"_s}));
    request.where = u"id > 1"_s;
    QCOMPARE(readAll(*session, access, request), QStringList{u"3|new"_s});
    QVERIFY(session->validateWhere(access.schema.name, u"id > 1"_s));
    QCOMPARE(session->validateWhere(access.schema.name, u"id >"_s).error().code, ErrorCode::WhereInvalid);

    QVERIFY(session->beginWrite());
    const RowBatch keys = access.rows({{3, "new"}, {4, "done"}, {9, "new"}});
    QVERIFY(session->setFlag(access.write(), u"state"_s, u"done"_s, {&keys, first(keys)}));
    QVERIFY(session->commit());
    QCOMPARE(m_pair->source.counters().updates, 1); // 4 was so already
    QCOMPARE(m_pair->sourceRows(u"t"_s), (QStringList{u"1|new"_s, u"2|done"_s, u"3|done"_s, u"4|done"_s}));
}

void TestFakePair::readsOneSnapshot()
{
    m_pair->putSource(u"orders"_s, {1, "a", nullptr});
    const auto session = opened(*m_pair, u"source"_s);
    const Access access(m_pair->source, u"orders"_s);
    QVERIFY(session->beginRead());
    m_pair->putSource(u"orders"_s, {2, "b", nullptr});
    QCOMPARE(readAll(*session, access, access.read()), QStringList{u"1|a|NULL"_s});
    QVERIFY(session->commit());
    QCOMPARE(readAll(*session, access, access.read()).size(), 2);
}

void TestFakePair::sharesASnapshot()
{
    m_pair->putSource(u"orders"_s, {1, "a", nullptr});
    const Access access(m_pair->source, u"orders"_s);
    const auto exporter = opened(*m_pair, u"source"_s);
    QVERIFY(exporter->beginRead());
    const QByteArray name = exporter->exportSnapshot().value();
    QVERIFY(!name.isEmpty());
    m_pair->removeSource(u"orders"_s, {1});
    const auto other = opened(*m_pair, u"source"_s);
    QVERIFY(other->beginRead(name));
    QCOMPARE(readAll(*other, access, access.read()), QStringList{u"1|a|NULL"_s});
    QVERIFY(other->rollback());
    QVERIFY(exporter->rollback());
    QCOMPARE(other->beginRead(name).error().code, ErrorCode::SqlRefused);
    m_pair->source.offersSnapshots = false;
    QVERIFY(exporter->beginRead());
    QVERIFY(exporter->exportSnapshot().value().isEmpty());
}

void TestFakePair::writesAndRollsBack()
{
    m_pair->putTarget(u"orders"_s, {1, "a", nullptr});
    m_pair->putTarget(u"orders"_s, {2, "b", nullptr});
    const Access access(m_pair->target, u"orders"_s);
    const auto session = opened(*m_pair, u"target"_s);
    const auto change = [&] {
        QVERIFY(session->beginWrite());
        auto writer = session->writer(access.write());
        QVERIFY(writer.has_value());
        const RowBatch inserted = access.rows({{3, "c", "2026-02-03 04:05:06"}});
        const RowBatch updated = access.rows({{1, "A", nullptr}});
        const RowBatch removed = access.rows({{2, nullptr, nullptr}, {99, nullptr, nullptr}});
        RowBatch locked;
        QVERIFY((*writer)->insert({&inserted, first(inserted)}));
        QVERIFY(session->readKeys(access.read(), {&updated, first(updated)}, true, locked));
        QCOMPARE(access.texts(locked), QStringList{u"1|a|NULL"_s});
        QVERIFY((*writer)->update({&updated, first(updated)}));
        QVERIFY((*writer)->remove({&removed, first(removed)}));
        QVERIFY((*writer)->finish());
    };
    const QStringList before = m_pair->targetRows(u"orders"_s);
    change();
    QCOMPARE(m_pair->targetRows(u"orders"_s), before);
    QCOMPARE(readAll(*session, access, access.read()).size(), 2); // its own
    QVERIFY(session->rollback());
    QCOMPARE(m_pair->targetRows(u"orders"_s), before);
    QCOMPARE(m_pair->target.counters().writes(), 0);
    change();
    QVERIFY(session->commit());
    QCOMPARE(m_pair->targetRows(u"orders"_s), (QStringList{u"1|A|NULL"_s, u"3|c|2026-02-03 04:05:06"_s}));
    const FakeCounters counters = m_pair->target.counters();
    QCOMPARE(counters.inserts, 1);
    QCOMPARE(counters.updates, 1);
    QCOMPARE(counters.deletes, 1);
    QCOMPARE(counters.commits, 1);
}

void TestFakePair::savepointsTakeBack()
{
    const Access access(m_pair->target, u"orders"_s);
    const auto session = opened(*m_pair, u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    const RowBatch good = access.rows({{1, "a", nullptr}});
    const RowBatch bad = access.rows({{2, "b", nullptr}, {1, "x", nullptr}});
    QVERIFY((*writer)->insert({&good, first(good)}));
    QVERIFY(session->savepoint());
    const auto refused = (*writer)->insert({&bad, first(bad)});
    QCOMPARE(refused.error().code, ErrorCode::UniqueViolated);
    QCOMPARE(refused.error().facts.value(Fact::Key), u"id = 1"_s);
    QCOMPARE(refused.error().facts.value(Fact::Constraint), u"orders_pkey"_s);
    QVERIFY(session->rollbackToSavepoint());
    QVERIFY(session->commit());
    QCOMPARE(m_pair->targetRows(u"orders"_s), QStringList{u"1|a|NULL"_s});
    QCOMPARE(m_pair->target.counters().inserts, 1);
}

void TestFakePair::refusesWhatServersRefuse_data()
{
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("number");
    QTest::addColumn<int>("code");
    QTest::newRow("too long") << u"sechs_"_s << u"1"_s << int(ErrorCode::ValueTooLong);
    QTest::newRow("five characters") << u"ÄÖÜ仓库"_s << u"1"_s << -1;
    QTest::newRow("NULL") << QString() << u"1"_s << int(ErrorCode::NotNullViolated);
    QTest::newRow("too large") << u"a"_s << u"32768"_s << int(ErrorCode::ValueOutOfRange);
    QTest::newRow("largest") << u"a"_s << u"32767"_s << -1;
    QTest::newRow("smallest") << u"a"_s << u"-32768"_s << -1;
    QTest::newRow("too small") << u"a"_s << u"-32769"_s << int(ErrorCode::ValueOutOfRange);
    QTest::newRow("check") << u"bad"_s << u"1"_s << int(ErrorCode::CheckViolated);
    QTest::newRow("unique") << u"there"_s << u"1"_s << int(ErrorCode::UniqueViolated);
    QTest::newRow("unique by collation") << u"THERE"_s << u"1"_s << int(ErrorCode::UniqueViolated);
}

void TestFakePair::refusesWhatServersRefuse()
{
    QFETCH(QString, note);
    QFETCH(QString, number);
    QFETCH(int, code);
    m_pair->source.createTable(fakeTable(u"t"_s, u"id integer key, note text, number integer"_s));
    m_pair->target.createTable(
        fakeTable(u"t"_s, u"id integer key, note text(5) not null unique nocase, number integer(2)"_s));
    m_pair->putTarget(u"t"_s, {7, "there", 0});
    m_pair->target.refuseRows(
        u"t"_s, [](const QStringList &row) { return row.at(1) == u"bad"_s; }, Error{ErrorCode::CheckViolated, {}, {}});
    const Access source(m_pair->source, u"t"_s);
    const Access target(m_pair->target, u"t"_s);
    const RowBatch rows = source.rows({{1, note.isNull() ? FakeValue(nullptr) : FakeValue(note), number}});
    const auto session = opened(*m_pair, u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(target.write());
    const auto inserted = (*writer)->insert({&rows, first(rows)});
    QCOMPARE(inserted ? -1 : int(inserted.error().code), code);
    if (!inserted) {
        QVERIFY(inserted.error().isRowFault());
        QCOMPARE(inserted.error().facts.value(Fact::Table), u"t"_s);
    }
    QVERIFY(session->rollback());
}

void TestFakePair::narrowsValues()
{
    m_pair->target.createTable(fakeTable(u"t"_s, u"id integer key, at timestamp(3), price decimal(9.2), day text"_s));
    Access access(m_pair->target, u"t"_s);
    const RowBatch rows = access.rows({{1, "1969-12-31 23:59:59.999999", "-1.239", "x"}});
    const auto session = opened(*m_pair, u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    QVERIFY((*writer)->insert({&rows, first(rows)}));
    QVERIFY(session->commit());
    QCOMPARE(m_pair->targetRows(u"t"_s), QStringList{u"1|1969-12-31 23:59:59.999|-1.24|x"_s});
}

void TestFakePair::foreignKeysHold()
{
    m_pair->target.createTable(
        fakeTable(u"lines"_s, u"id integer key, order_id integer -> orders.id, above integer -> lines.id"_s));
    m_pair->target.createTable(fakeTable(u"tags"_s, u"id integer key, order_id integer -> orders.id cascade"_s));
    m_pair->putTarget(u"orders"_s, {1, nullptr, nullptr});
    m_pair->putTarget(u"orders"_s, {2, nullptr, nullptr});
    m_pair->putTarget(u"tags"_s, {5, 2});
    const Access orders(m_pair->target, u"orders"_s);
    const Access lines(m_pair->target, u"lines"_s);
    const auto session = opened(*m_pair, u"target"_s);
    const auto insertLine = [&](const FakeValues &row) {
        const RowBatch rows = lines.rows({row});
        auto writer = session->writer(lines.write());
        QVERIFY(session->savepoint().has_value() && writer.has_value());
        const auto inserted = (*writer)->insert({&rows, first(rows)});
        QVERIFY(inserted ? session->releaseSavepoint() : session->rollbackToSavepoint());
        if (!inserted)
            QCOMPARE(inserted.error().code, ErrorCode::ForeignKeyViolated);
    };
    QVERIFY(session->beginWrite());
    insertLine({10, 1, nullptr});
    insertLine({11, 3, nullptr}); // no such order
    insertLine({12, nullptr, 12}); // its own parent
    insertLine({13, nullptr, 14}); // parent comes later
    insertLine({14, nullptr, 10});
    const RowBatch removed = orders.rows({{2, nullptr, nullptr}});
    const RowBatch held = orders.rows({{1, nullptr, nullptr}});
    auto writer = session->writer(orders.write());
    QVERIFY((*writer)->remove({&removed, first(removed)})); // and its tags
    QVERIFY(session->savepoint());
    QCOMPARE((*writer)->remove({&held, first(held)}).error().code, ErrorCode::ForeignKeyViolated);
    QVERIFY(session->rollbackToSavepoint());
    QVERIFY(session->commit());
    QCOMPARE(m_pair->targetRows(u"lines"_s), (QStringList{u"10|1|NULL"_s, u"12|NULL|12"_s, u"14|NULL|10"_s}));
    QCOMPARE(m_pair->targetRows(u"orders"_s), QStringList{u"1|NULL|NULL"_s});
    QCOMPARE(m_pair->targetRows(u"tags"_s), QStringList());
    QCOMPARE(m_pair->target.counters().deletes, 1);
}

void TestFakePair::foreignKeysCanWait()
{
    m_pair->target.createTable(fakeTable(u"lines"_s, u"id integer key, above integer -> lines.id"_s));
    const Access lines(m_pair->target, u"lines"_s);
    const auto session = opened(*m_pair, u"target"_s);
    const auto insertAndCommit = [&](const QList<FakeValues> &values) -> Result<void> {
        TRY(session->beginWrite());
        TRY(session->deferForeignKeys());
        const RowBatch rows = lines.rows(values);
        TRY_ASSIGN(const auto writer, session->writer(lines.write()));
        TRY(writer->insert({&rows, first(rows)}));
        return session->commit();
    };
    QVERIFY(insertAndCommit({{1, 2}, {2, 1}}));
    QCOMPARE(insertAndCommit({{3, 4}}).error().code, ErrorCode::ForeignKeyViolated); // and rolled back
    QCOMPARE(m_pair->targetRows(u"lines"_s), (QStringList{u"1|2"_s, u"2|1"_s}));
    m_pair->target.defersForeignKeys = false;
    QCOMPARE(insertAndCommit({{5, 6}, {6, 5}}).error().code, ErrorCode::ForeignKeyViolated);
    QVERIFY(session->rollback());
}

void TestFakePair::keysByTheServersEquality()
{
    m_pair->target.createTable(fakeTable(u"t"_s, u"code text key nocase padspace, n integer"_s));
    m_pair->putTarget(u"t"_s, {"abc", 1});
    const Access access(m_pair->target, u"t"_s);
    const auto session = opened(*m_pair, u"target"_s);
    const RowBatch keys = access.rows({{"ABC ", 0}, {"abd", 0}});
    RowBatch out;
    QVERIFY(session->readKeys(access.read(), {&keys, first(keys)}, false, out));
    QCOMPARE(access.texts(out), QStringList{u"abc|1"_s}); // who asked compares bytes
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    QCOMPARE((*writer)->insert({&keys, first(keys)}).error().code, ErrorCode::UniqueViolated);
    QVERIFY(session->rollback());
}

void TestFakePair::lockedRowsAreWaitedFor()
{
    m_pair->putTarget(u"orders"_s, {1, "old", nullptr});
    const Access access(m_pair->target, u"orders"_s);
    const RowBatch row = access.rows({{1, "new", nullptr}});
    const auto holder = opened(*m_pair, u"target"_s);
    RowBatch out;
    QVERIFY(holder->beginWrite());
    QVERIFY(holder->readKeys(access.read(), {&row, first(row)}, true, out));
    auto writer = holder->writer(access.write());
    QVERIFY((*writer)->update({&row, first(row)}));
    QStringList seen;
    std::atomic<bool> asking = false;
    {
        m_pair->target.onOperation(
            [&](const QString &operation) { asking = asking || operation == u"lockKeys orders"_s; });
        const std::jthread other([&] {
            const auto session = opened(*m_pair, u"target"_s);
            RowBatch read;
            if (session->beginWrite() && session->readKeys(access.read(), {&row, first(row)}, true, read))
                seen = access.texts(read);
        });
        QTRY_VERIFY(asking);
        QVERIFY(holder->commit());
    }
    QCOMPARE(seen, QStringList{u"1|new|NULL"_s});

    m_pair->target.onOperation({});
    m_pair->target.lockTimeoutMs = 20;
    const auto waiter = opened(*m_pair, u"target"_s);
    QVERIFY(holder->beginWrite());
    QVERIFY(holder->readKeys(access.read(), {&row, first(row)}, true, out));
    QVERIFY(waiter->beginWrite());
    QCOMPARE(waiter->readKeys(access.read(), {&row, first(row)}, true, out).error().code, ErrorCode::LockTimeout);
    QVERIFY(waiter->rollback());
}

void TestFakePair::streamingFailsLate()
{
    m_pair->putTarget(u"orders"_s, {1, "old", nullptr});
    const Access access(m_pair->target, u"orders"_s);
    const RowBatch row = access.rows({{1, "new", nullptr}});
    const auto session = opened(*m_pair, u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    (*writer)->setStreaming(true);
    QVERIFY((*writer)->insert({&row, first(row)}));
    QCOMPARE((*writer)->flush().error().code, ErrorCode::UniqueViolated);
    QVERIFY(session->rollback());
}

void TestFakePair::keepsCheckpointsWithTheRows()
{
    const auto session = opened(*m_pair, u"target"_s);
    Checkpoint checkpoint;
    checkpoint.key = {u"job"_s, u"a → b"_s};
    checkpoint.epoch = 1;
    QVERIFY(!session->hasCheckpointTable().value());
    QVERIFY(session->identityToken().value().isEmpty());
    QVERIFY(!session->loadCheckpoint(checkpoint.key, false).value());
    QVERIFY(session->createCheckpointTable());
    const QByteArray identity = session->identityToken().value();
    QVERIFY(!identity.isEmpty());
    QVERIFY(session->createCheckpointTable());
    QCOMPARE(session->identityToken().value(), identity);
    QVERIFY(session->beginWrite());
    QVERIFY(session->saveCheckpoint(checkpoint));
    QVERIFY(*session->loadCheckpoint(checkpoint.key, true).value() == checkpoint);
    QVERIFY(session->rollback());
    QVERIFY(!m_pair->target.checkpoint(checkpoint.key));
    QVERIFY(session->beginWrite());
    QVERIFY(session->saveCheckpoint(checkpoint));
    QVERIFY(session->commit());
    QVERIFY(*m_pair->target.checkpoint(checkpoint.key) == checkpoint);
    QCOMPARE(m_pair->target.counters().writes(), 0);
    const auto backup = m_pair->target.backUp();
    QVERIFY(session->removeCheckpoints(u"job"_s));
    QVERIFY(!m_pair->target.hasCheckpointTable());
    m_pair->target.restore(backup);
    QVERIFY(*session->loadCheckpoint(checkpoint.key, false).value() == checkpoint);
    QCOMPARE(session->identityToken().value(), identity);
    m_pair->target.mayCreateTables = false;
    QCOMPARE(session->createCheckpointTable().error().code, ErrorCode::NoRights);
}

void TestFakePair::failsOnDemand()
{
    for (int id = 0; id < 6; ++id)
        m_pair->putSource(u"orders"_s, {id, "a", nullptr});
    const Access access(m_pair->source, u"orders"_s);
    ReadRequest request = access.read();
    request.limits.rows = 2;
    m_pair->source.failOn(u"next orders"_s, Error{ErrorCode::BrokenStream, {}, {}}, 2);
    Error error;
    const QStringList read = readAll(*opened(*m_pair, u"source"_s), access, request, &error);
    QCOMPARE(read.size(), 5); // two batches and the break
    QCOMPARE(read.last(), u"(broken)"_s);
    QCOMPARE(error.code, ErrorCode::BrokenStream);
    QCOMPARE(readAll(*opened(*m_pair, u"source"_s), access, request).size(), 6); // once only

    m_pair->source.failOn(u"open"_s, Error{ErrorCode::Unreachable, {}, {}}, 0, -1);
    QVERIFY(!opened(*m_pair, u"source"_s));
    QVERIFY(!opened(*m_pair, u"source"_s));
    m_pair->source.failNoMore();
    m_pair->source.failOn({}, Error{ErrorCode::Deadlock, {}, {}}, 1); // the second operation, whatever it is
    const auto session = opened(*m_pair, u"source"_s);
    QCOMPARE(session->tables().error().code, ErrorCode::Deadlock);
    QCOMPARE(session->tables().value().size(), 1);
}

void TestFakePair::losesTheAnswerToCommit_data()
{
    QTest::addColumn<bool>("applied");
    QTest::newRow("applied") << true;
    QTest::newRow("not applied") << false;
}

void TestFakePair::losesTheAnswerToCommit()
{
    QFETCH(bool, applied);
    const Access access(m_pair->target, u"orders"_s);
    const RowBatch row = access.rows({{1, "a", nullptr}});
    const auto session = opened(*m_pair, u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    QVERIFY((*writer)->insert({&row, first(row)}));
    m_pair->target.failCommit(applied);
    QCOMPARE(session->commit().error().code, ErrorCode::CommitInDoubt);
    QCOMPARE(m_pair->targetRows(u"orders"_s).size(), applied ? 1 : 0);
}

void TestFakePair::foreignWritesBetweenOperations()
{
    m_pair->putSource(u"orders"_s, {1, "a", nullptr});
    m_pair->source.onOperation([&](const QString &operation) {
        if (operation == u"read orders"_s)
            m_pair->putSource(u"orders"_s, {2, "b", nullptr});
    });
    const Access access(m_pair->source, u"orders"_s);
    const auto session = opened(*m_pair, u"source"_s);
    QCOMPARE(readAll(*session, access, access.read()).size(), 2);
    QCOMPARE(m_pair->source.log(), (QStringList{u"open"_s, u"read orders"_s, u"next orders"_s, u"next orders"_s}));
}

void TestFakePair::jobLockIsExclusive()
{
    auto holder = opened(*m_pair, u"target"_s);
    const auto other = opened(*m_pair, u"target"_s);
    QVERIFY(holder->tryJobLock(u"job"_s).value());
    QVERIFY(holder->tryJobLock(u"job"_s).value());
    QVERIFY(!other->tryJobLock(u"job"_s).value());
    QVERIFY(other->tryJobLock(u"another"_s).value());
    holder.reset();
    QVERIFY(other->tryJobLock(u"job"_s).value());
    m_pair->source.holdJobLock(u"job"_s);
    QVERIFY(!opened(*m_pair, u"source"_s)->tryJobLock(u"job"_s).value());
}

void TestFakePair::cancellationKills()
{
    Cancellation cancellation;
    const auto session = opened(*m_pair, u"target"_s, &cancellation);
    QVERIFY(session->beginWrite());
    cancellation.cancel();
    QCOMPARE(session->commit().error().code, ErrorCode::Cancelled);
    QVERIFY(m_pair->violations().isEmpty());
    QCOMPARE(session->rollback().error().code, ErrorCode::Internal); // only its destructor may be called
    QCOMPARE(m_pair->violations().size(), 1);
    m_misused = true;
}

void TestFakePair::misuseIsNoted()
{
    m_misused = true;
    const Access access(m_pair->target, u"orders"_s);
    const RowBatch row = access.rows({{1, "a", nullptr}});
    const auto session = opened(*m_pair, u"target"_s);
    const auto expect = [&](const QString &words) {
        const QStringList noted = m_pair->violations();
        QVERIFY2(!noted.isEmpty() && noted.last().contains(words), qPrintable(noted.join(u'\n')));
    };
    QVERIFY(!session->writer(access.write()));
    expect(u"outside such a transaction"_s);
    QVERIFY(!session->commit());
    expect(u"commit"_s);
    QVERIFY(session->beginWrite());
    QVERIFY(!session->commitBound());
    expect(u"inside a transaction: commitBound"_s);
    auto writer = session->writer(access.write());
    QVERIFY(!(*writer)->update({&row, first(row)}));
    expect(u"not there or not locked"_s);
    QVERIFY(!session->commit());
    expect(u"failed already: commit"_s);
    QVERIFY(session->rollback());
    {
        auto reader = session->read(access.read());
        QVERIFY(!session->tables());
        expect(u"a reader is not at its end"_s);
    }
    std::jthread([&] { (void)session->tables(); }).join();
    expect(u"another thread"_s);
    QCOMPARE(m_pair->connector.open(FakePair::connection(u"nowhere"_s), {}).error().code, ErrorCode::Unreachable);
    const auto reading = m_pair->connector.open(FakePair::connection(u"target"_s), {});
    QCOMPARE((*reading)->beginWrite().error().code, ErrorCode::ReadOnly);
}

QTEST_APPLESS_MAIN(TestFakePair)
#include "tst_fakepair.moc"
