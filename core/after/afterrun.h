// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/cancellation.h"
#include "core/base/clock.h"
#include "core/config/jobsettings.h"
#include "core/reconcile/report.h"

namespace tidemark {

class Keychain;

// What became of one action. It never changes the run's own state: whoever called tells people of the failed ones.
struct ActionOutcome
{
    AfterRunAction::Kind kind = AfterRunAction::Kind::Notify;
    QString name; // the program, or scheme, host and port of a web hook; never more of its address
    std::optional<Error> error; // none: done
    QString output; // the end of what a command printed, fit to be shown
    int attempts = 1;
    bool operator==(const ActionOutcome &) const = default;
};

// The actions that a run with this end asks for: those of its state, then those of `always`. None after a run that
// never began (busy) and after a plan; a cancelled one has `always` alone.
QList<AfterRunAction> actionsAfter(const AfterRunSettings &settings, RunState state);

// Carries out what a job lets follow its runs. Whether the job may (trust) is the caller's to know.
//
// A command is a program and its arguments, in a session of its own, without a shell, a terminal, input or the open
// files of this program; "{report}" becomes the path of a private file (0600) with the report's document, gone when the
// command has ended. Its environment lacks every variable that a password of the job comes from, and has TIDEMARK_JOB,
// TIDEMARK_RUN and TIDEMARK_STATE. It ends within its time-out, with what it started.
//
// A web hook gets the document as its body, by POST. With a secret, X-Tidemark-Signature is "sha256=" and the hex
// HMAC-SHA256 of X-Tidemark-Timestamp (Unix seconds), a full stop and the body: whoever receives it refuses old ones.
// X-Tidemark-Delivery is the same for every attempt. Attempts follow network failures, 408, 429 and 5xx; Retry-After is
// obeyed up to a minute. Certificates are verified; a redirect is followed to the same origin alone, and only where the
// body goes with it (307, 308).
class AfterRun
{
public:
    struct Settings
    {
        const Clock &clock;
        Keychain *keychain = nullptr;
        // Tells a person; called on perform()'s thread. None: nobody is there, which is an outcome (NotAvailable).
        std::function<Result<void>(const RunReport &)> notify = {};
        QStringList secretVariables = {}; // further environment variables that commands must not see
        // Sleeps between attempts; true: cancelled. None: cancellation's own.
        std::function<bool(qint64 ms)> wait = {};
    };

    explicit AfterRun(Settings settings) : m_settings(std::move(settings)) { }

    // Blocks until all are done, each within its time-out; on any thread that is not the UI's. `document`: the report
    // as --json tells it. Only cancel() ends it early, so that what follows a run that was stopped still happens.
    QList<ActionOutcome> perform(const JobSettings &job, const RunReport &report, const QJsonObject &document,
                                 Cancellation &cancellation) const;

private:
    struct Work;
    ActionOutcome command(const AfterRunAction &action, const Work &work) const;
    ActionOutcome webHook(const AfterRunAction &action, const Work &work) const;
    ActionOutcome notification(const Work &work) const;

    Settings m_settings;
};

} // namespace tidemark
