// SPDX-License-Identifier: GPL-3.0-or-later
// How long a web service's resource takes whose answers are slow: bench_httppages [PAGES RECORDS DELAY_MS IN_FLIGHT]
// reads that many pages of so many records into a mirror in SQLite, and prints the time beside the least that it can
// take, PAGES × DELAY ÷ IN_FLIGHT, and the greatest memory. Asserts nothing.
#include <cstdio>

#include <sys/resource.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QUuid>

#include "core/config/jobsettings.h"
#include "core/endpoint/connector.h"
#include "core/endpoint/http/httpservice.h"
#include "core/journal/journal.h"
#include "core/run/runner.h"
#include "tests/endpoint/http/webservice.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

struct Load
{
    int pages = 1000;
    int records = 100;
    int delayMs = 50;
    int inFlight = 8;
};

double memoryMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

ConnectionSettings service(const WebService &web, const Load &load)
{
    const QJsonObject paging{
        {u"by"_s, u"page"_s}, {u"param"_s, u"page"_s}, {u"size"_s, load.records}, {u"sizeParam"_s, u"size"_s}};
    const QJsonObject orders{
        {u"path"_s, u"/orders"_s}, {u"records"_s, u"/data"_s}, {u"key"_s, QJsonArray{u"id"_s}}, {u"paging"_s, paging}};
    return *connectionFromJson({{u"driver"_s, u"http"_s},
                                {u"url"_s, web.url()},
                                {u"inFlight"_s, load.inFlight},
                                {u"resources"_s, QJsonObject{{u"orders"_s, orders}}}},
                               {}, {}, u"/"_s);
}

WebReply page(const WebRequest &request, const Load &load)
{
    const int number = request.value(u"page"_s).toInt() - 1;
    QByteArray body = "{\"data\":[";
    for (int i = 0; i < load.records && number < load.pages; ++i) {
        const QByteArray id = QByteArray::number(number * load.records + i + 1);
        body += (i > 0 ? ",{\"id\":" : "{\"id\":") + id + ",\"name\":\"customer " + id + "\",\"total\":" + id
            + ".25,\"note\":\"some words that nobody reads\",\"updated_at\":\"2024-01-01T00:00:00Z\"}";
    }
    WebReply reply;
    reply.body = body + "]}";
    reply.delayMs = load.delayMs;
    return reply;
}

void print(const char *what, qint64 ms, double leastMs)
{
    std::printf("%-28s %8.2f s   %5.2f of the least   %6.0f MiB\n", what, double(ms) / 1000, double(ms) / leastMs,
                memoryMiB());
}

int measure(const Load &load)
{
    WebService web([&load](const WebRequest &request) { return page(request, load); });
    const double leastMs = double(load.pages) * load.delayMs / load.inFlight;
    std::printf("%d pages of %d records, %d ms each, %d in flight: at least %.2f s\n", load.pages, load.records,
                load.delayMs, load.inFlight, leastMs / 1000);
    const ConnectionSettings from = service(web, load);
    QElapsedTimer clock;
    clock.start();
    {
        const auto asked = http::HttpService::create(from);
        Cancellation cancellation;
        const auto read = (*asked)->readAll(from.http->resources.first(), {}, &cancellation);
        if (!read || (*read)->count() != qint64(load.pages) * load.records)
            return 1;
    }
    print("read", clock.elapsed(), leastMs);

    const QTemporaryDir folder;
    const auto journal = Journal::open(folder.filePath(u"journal.db"_s));
    const QString target = folder.filePath(u"target.db"_s);
    QFile(target).open(QIODevice::WriteOnly);
    const QJsonObject job{{u"tidemark"_s, 1},
                          {u"id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
                          {u"name"_s, u"pages"_s},
                          {u"source"_s, connectionToJson(from)},
                          {u"target"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, target}}},
                          {u"mode"_s, u"mirror"_s},
                          {u"create"_s, true},
                          {u"tables"_s, u"*"_s}};
    struct Nobody final : ConnectionLookup
    {
        Result<ConnectionSettings> connection(const QString &) const override
        {
            return fail(ErrorCode::NoSuchConnection);
        }
    };
    const auto settings = jobFromJson(job, {}, Nobody());
    SqlConnector connector;
    const SystemClock now;
    for (const char *what : {"first run into SQLite", "second run, all unchanged"}) {
        Cancellation cancellation;
        ProgressBoard progress;
        clock.restart();
        const RunReport report = Runner(connector, **journal, now).run(*settings, {}, cancellation, progress);
        if (report.state != RunState::Completed)
            return 1;
        print(what, clock.elapsed(), leastMs);
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    Load load;
    int *const numbers[]{&load.pages, &load.records, &load.delayMs, &load.inFlight};
    for (qsizetype i = 1; i < arguments.size() && i <= 4; ++i)
        *numbers[i - 1] = arguments[i].toInt();
    const int code = measure(load);
    if (code != 0)
        std::puts("FAILED");
    return code;
}
