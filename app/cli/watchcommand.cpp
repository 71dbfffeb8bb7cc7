// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>

#include <QFileInfo>

#include "app/cli/command.h"
#include "app/cli/watchmetrics.h"
#include "app/cli/watchruns.h"
#include "app/wording/wording.h"
#include "core/base/units.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

class Watch final : public Command
{
public:
    CommandSpec spec() const override
    {
        CommandSpec spec{u"watch"_s,
                         {u"JOB…"_s},
                         0,
                         {{u"--jobs"_s, u"N"_s},
                          {u"--trust"_s, {}},
                          {u"--metrics"_s, u"FILE"_s},
                          {u"--log"_s, u"FILE"_s},
                          {u"--log-format"_s, u"text|json"_s},
                          {u"--log-size"_s, u"SIZE"_s},
                          {u"--log-files"_s, u"N"_s}}};
        spec.repeats = true;
        return spec;
    }
    QString summary() const override { return Cli::tr("runs the scheduled jobs until it is stopped"); }
    bool endsAfterBatch() const override { return true; }

    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const WatchLog::Settings logSettings, readLog(arguments));
        TRY_ASSIGN(WatchRuns::Settings settings, readSettings(arguments));
        TRY_ASSIGN(const Workspace folder, context.workspace());
        settings.workspace = folder;
        ScheduleLoop::Options options;
        for (int i = 0; i < arguments.count(); ++i) {
            TRY(folder.job(arguments.at(i))); // named wrongly: said at once
            options.onlyJobs.append(arguments.at(i));
        }
        TRY_ASSIGN(Journal *const journal, context.journal());
        WatchLog log(context.out(), context.clock(), logSettings);
        TRY(log.open());
        WatchMetrics metrics(*journal, log, arguments.value(u"--metrics"_s));
        TRY(metrics.begin());
        // Nobody sits there: a password that has to be asked for is missing.
        SqlConnector connector;
        connector.keepPagesIn(folder.pagesFolder());
        Runner runner(connector, *journal, context.clock());
        Cancellation &cancellation = context.cancellation();
        {
            WatchRuns runs(runner, *journal, context.clock(), cancellation, log, settings);
            watch(folder, *journal, context, {runs, metrics}, options);
            if (!cancellation.isCancelled())
                log.tell(u"stopping"_s, {}, Cli::tr("Stops after the batch at hand."));
            runs.finish();
        }
        const bool cancelled = cancellation.isCancelled();
        log.tell(u"stopped"_s, {{u"cancelled"_s, cancelled}}, cancelled ? Cli::tr("Cancelled.") : Cli::tr("Stopped."));
        return cancelled ? exitCode(ErrorCode::Cancelled) : 0;
    }

private:
    struct Watched
    {
        WatchRuns &runs;
        WatchMetrics &metrics;
    };

    // Until a signal comes.
    static void watch(const Workspace &folder, Journal &journal, CommandContext &context, const Watched &watched,
                      const ScheduleLoop::Options &options)
    {
        WatchRuns &runs = watched.runs;
        const ScheduleLoop::Listener listener{
            [&runs](const JobSettings &job, const ScheduledStart &start) { runs.start(job, start); },
            [&runs](const ScheduleNotice &notice, const QString &job) { runs.notice(notice, job); },
            [&watched](const ScheduleOverview &overview) {
                watched.runs.changed(overview);
                watched.metrics.changed(overview);
            }};
        ScheduleLoop loop(folder, journal, context.clock(), listener, options);
        runs.attach(&loop);
        while (!context.cancellation().wait(std::chrono::hours(24))) { }
        runs.attach(nullptr);
    }

    static Result<qint64> readCount(const Arguments &arguments, const QString &option, qint64 least, qint64 most,
                                    qint64 otherwise)
    {
        if (!arguments.has(option))
            return otherwise;
        bool isNumber = false;
        const qint64 count = arguments.value(option).toLongLong(&isNumber);
        if (isNumber && count >= least && count <= most)
            return count;
        return fail(arguments.usage()
                        .with(Fact::Option, option)
                        .with(Fact::Value, arguments.value(option))
                        .with(Fact::Expected, u"%1 … %2"_s.arg(least).arg(most)));
    }

    static Result<WatchLog::Settings> readLog(const Arguments &arguments)
    {
        WatchLog::Settings settings;
        const QString file = arguments.value(u"--log"_s);
        for (const QString &option : {u"--log-format"_s, u"--log-size"_s, u"--log-files"_s}) {
            if (file.isEmpty() && arguments.has(option))
                return fail(arguments.usage().with(Fact::Option, u"--log"_s).with(Fact::Expected, option));
        }
        if (!file.isEmpty())
            settings.file = QFileInfo(file).absoluteFilePath();
        const QString format = arguments.value(u"--log-format"_s);
        settings.jsonFile = format == "json"_L1;
        if (!format.isEmpty() && format != "json"_L1 && format != "text"_L1)
            return fail(arguments.usage()
                            .with(Fact::Option, u"--log-format"_s)
                            .with(Fact::Value, format)
                            .with(Fact::Expected, uR"("text" | "json")"_s));
        if (arguments.has(u"--log-size"_s)) {
            const QString text = arguments.value(u"--log-size"_s);
            const auto size = parseSize(text);
            if (!size || *size < 1024)
                return fail(arguments.usage()
                                .with(Fact::Option, u"--log-size"_s)
                                .with(Fact::Value, text)
                                .with(Fact::Expected, u"size"_s));
            settings.mostBytes = *size;
        }
        constexpr int mostFiles = 1000;
        TRY_ASSIGN(const qint64 files, readCount(arguments, u"--log-files"_s, 0, mostFiles, settings.kept));
        settings.kept = static_cast<int>(files);
        return settings;
    }

    static Result<WatchRuns::Settings> readSettings(const Arguments &arguments)
    {
        WatchRuns::Settings settings;
        constexpr int mostJobs = 64;
        TRY_ASSIGN(const qint64 jobs, readCount(arguments, u"--jobs"_s, 1, mostJobs, settings.atOnce));
        settings.atOnce = static_cast<int>(jobs);
        settings.trustsAll = arguments.has(u"--trust"_s);
        return settings;
    }
};

} // namespace

void addWatchCommand(Commands &commands) { commands.push_back(std::make_unique<Watch>()); }

} // namespace tidemark::cli
