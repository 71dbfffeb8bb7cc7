// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that a service calls unchanged, from one process to the next.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QTime>

#include "core/base/cancellation.h"
#include "core/endpoint/http/httpservice.h"
#include "tests/endpoint/http/shopservice.h"

using namespace tidemark;
using namespace tidemark::http;
using namespace Qt::StringLiterals;

namespace {

// 25 orders in three pages, which bear an ETag or the time of their last change.
class Tagged
{
public:
    explicit Tagged(bool byTime = false) : shop(25)
    {
        shop.bend([this, byTime](WebReply &reply, const WebRequest &request, int) {
            const auto hash = int(qHash(reply.body, 1) % (24 * 60 * 60));
            const QByteArray time = QTime(0, 0).addSecs(hash).toString().toLatin1();
            const QByteArray tag =
                byTime ? QByteArray("Wed, 01 Jan 2025 " + time + " GMT") : QByteArray('"' + time + '"');
            reply.headers[byTime ? "Last-Modified" : "ETag"] = tag;
            if (request.headers.value(byTime ? "if-modified-since" : "if-none-match") == tag) {
                reply.status = 304;
                reply.body.clear();
                reply.headers.remove("X-Total-Count");
            } else {
                ++sent;
            }
        });
    }
    // As a process of its own: the records, and how many pages were sent for them.
    QString read(const QByteArray &identity = "crm", qint64 maxBytes = 1 << 20)
    {
        sent = 0;
        const ConnectionSettings settings = shop.settings(
            {{u"by"_s, u"page"_s}, {u"param"_s, u"page"_s}, {u"size"_s, 10}, {u"total"_s, u"X-Total-Count"_s}});
        const auto service = *HttpService::create(settings);
        service->cache().keepIn(PageFolder(folder.filePath(u"pages"_s), identity, maxBytes));
        Cancellation cancellation;
        const auto all = service->readAll(settings.http->resources.first(), {}, &cancellation);
        return all ? u"%1 records, %2 sent"_s.arg((*all)->count()).arg(sent.load()) : codeName(all.error().code);
    }
    QFileInfoList files() const { return QDir(folder.filePath(u"pages"_s)).entryInfoList(QDir::Files); }

    QTemporaryDir folder;
    std::atomic<int> sent = 0;
    ShopService shop;
};

} // namespace

class TestHttpUnchanged : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areNotSentAgain_data()
    {
        QTest::addColumn<bool>("byTime");
        QTest::newRow("by ETag") << false;
        QTest::newRow("by time") << true;
    }

    void areNotSentAgain()
    {
        QFETCH(const bool, byTime);
        Tagged tagged(byTime);
        QCOMPARE(tagged.read(), u"25 records, 3 sent"_s);
        QCOMPARE(tagged.read(), u"25 records, 0 sent"_s);
        tagged.shop.put(12, u"another"_s, u"1"_s);
        QCOMPARE(tagged.read(), u"25 records, 1 sent"_s);
        QCOMPARE(tagged.read(), u"25 records, 0 sent"_s);
    }

    void belongToTheirService()
    {
        Tagged tagged;
        QCOMPARE(tagged.read("one"), u"25 records, 3 sent"_s);
        QCOMPARE(tagged.read("another"), u"25 records, 3 sent"_s);
        QCOMPARE(tagged.read("one"), u"25 records, 0 sent"_s);
    }

    void areForTheirOwnerAlone()
    {
        Tagged tagged;
        tagged.read();
        QCOMPARE(tagged.files().size(), 3);
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        for (const QFileInfo &file : tagged.files())
            QVERIFY(!(file.permissions() & others));
        QVERIFY(!(QFileInfo(tagged.folder.filePath(u"pages"_s)).permissions() & others));
    }

    // Whatever became of the files, the records are those of the service.
    void areAskedForWhereDamaged_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"cut", "changed", "empty", "gone", "swapped"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }

    void areAskedForWhereDamaged()
    {
        QFETCH(const QString, what);
        Tagged tagged;
        tagged.read();
        const QFileInfoList files = tagged.files();
        QCOMPARE(files.size(), 3);
        QFile file(files.first().filePath());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray all = file.readAll();
        if (what == "cut"_L1)
            file.resize(all.size() - 5);
        else if (what == "empty"_L1)
            file.resize(0);
        else if (what == "changed"_L1)
            file.seek(all.size() - 10), file.write("x");
        else if (what == "swapped"_L1) {
            QFile other(files.last().filePath());
            QVERIFY(other.open(QIODevice::ReadOnly));
            file.resize(0);
            file.seek(0);
            file.write(other.readAll());
        }
        file.close();
        if (what == "gone"_L1)
            file.remove();
        QCOMPARE(tagged.read(), u"25 records, 1 sent"_s);
        QCOMPARE(tagged.read(), u"25 records, 0 sent"_s);
    }

    void areBounded()
    {
        Tagged tagged;
        QCOMPARE(tagged.read("crm", 2000), u"25 records, 3 sent"_s);
        qint64 bytes = 0;
        for (const QFileInfo &file : tagged.files())
            bytes += file.size();
        QVERIFY(bytes <= 2000);
        QVERIFY(tagged.files().size() < 3);
        QVERIFY(tagged.read("crm", 2000).startsWith("25 records"_L1));
    }
};

QTEST_GUILESS_MAIN(TestHttpUnchanged)
#include "tst_httpunchanged.moc"
