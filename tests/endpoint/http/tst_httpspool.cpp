// SPDX-License-Identifier: GPL-3.0-or-later
// Records that are more than memory is given: on disk they are the same, in the same order, and the disk is left clean.
#include <algorithm>
#include <random>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "core/endpoint/http/placesorter.h"
#include "core/endpoint/http/recordspool.h"

using namespace tidemark;
using namespace tidemark::http;
using namespace Qt::StringLiterals;

namespace {

std::string record(int number) { return std::to_string(number) + ':' + std::string(std::size_t(number % 97), 'x'); }

QStringList read(const RecordSpool &spool)
{
    QStringList records;
    std::string text;
    auto place = spool.first();
    while (place && place->size > 0) {
        if (!spool.read(*place, text))
            return {u"unreadable"_s};
        records << QString::fromStdString(text);
        place = spool.after(*place);
    }
    return place ? records : QStringList{u"no place"_s};
}

} // namespace

class TestHttpSpool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("TMPDIR", m_folder->path().toUtf8());
    }

    void keepsRecords_data()
    {
        QTest::addColumn<int>("memory");
        QTest::addColumn<int>("records");
        for (const int memory : {0, 1, 100, 4096, 1 << 20}) {
            for (const int records : {0, 1, 2, 1000})
                QTest::addRow("%d records, %d bytes", records, memory) << memory << records;
        }
    }

    void keepsRecords()
    {
        QFETCH(const int, memory);
        QFETCH(const int, records);
        QStringList expected;
        RecordSpool spool(memory);
        for (int number = 0; number < records; ++number) {
            QVERIFY(spool.append(record(number + 1)));
            expected << QString::fromStdString(record(number + 1));
        }
        QVERIFY(spool.finish());
        QCOMPARE(spool.count(), qint64(records));
        QCOMPARE(read(spool), expected);
        // Nobody finds what it holds, and nothing is left where the program is killed.
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    }

    void sortsPlaces_data()
    {
        QTest::addColumn<int>("memory");
        for (const int memory : {1, 300, 5000, 1 << 20})
            QTest::addRow("%d bytes", memory) << memory;
    }

    // In runs on disk that are merged; keys that are equal stay as they came.
    void sortsPlaces()
    {
        QFETCH(const int, memory);
        struct Item
        {
            std::string key;
            quint64 at;
        };
        std::mt19937 random(7);
        std::vector<Item> items;
        for (quint64 i = 0; i < 2000; ++i) {
            std::string key(random() % 5, '\0');
            for (char &c : key)
                c = char(random() % 256);
            items.push_back({key, i});
        }
        PlaceSorter sorter(memory);
        for (const Item &item : items)
            QVERIFY(sorter.add(item.key, Place{item.at, 1}));
        QVERIFY(sorter.finish());
        std::stable_sort(items.begin(), items.end(), [](const Item &a, const Item &b) { return a.key < b.key; });
        std::string key;
        Place place;
        for (const Item &item : items) {
            const auto more = sorter.next(key, place);
            QVERIFY(more && *more);
            QCOMPARE(QByteArray::fromStdString(key), QByteArray::fromStdString(item.key));
            QCOMPARE(place.offset, item.at);
        }
        const auto more = sorter.next(key, place);
        QVERIFY(more && !*more);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestHttpSpool)
#include "tst_httpspool.moc"
