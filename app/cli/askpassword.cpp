// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/askpassword.h"

#include <cstdio>
#include <map>
#include <memory>
#include <mutex>

#ifdef Q_OS_UNIX
#include <poll.h>
#include <termios.h>
#include <unistd.h>
#endif

#include "app/cli/command.h"
#include "app/wording/wording.h"

namespace tidemark::cli {

namespace {

#ifdef Q_OS_UNIX

class SilentTerminal // no echo while it lives
{
public:
    SilentTerminal()
    {
        tcgetattr(STDIN_FILENO, &m_before);
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }
    SilentTerminal(const SilentTerminal &) = delete;
    SilentTerminal &operator=(const SilentTerminal &) = delete;

private:
    termios m_before{};
};

Result<Secret> readLine(const Cancellation &cancellation)
{
    QByteArray typed;
    for (;;) {
        if (cancellation.isCancelled())
            return fail(ErrorCode::Cancelled);
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (poll(&input, 1, 100) <= 0)
            continue;
        char c = 0;
        if (read(STDIN_FILENO, &c, 1) != 1)
            return fail(ErrorCode::PasswordMissing);
        if (c == '\n')
            return Secret(std::move(typed));
        typed.append(c);
    }
}

Result<Secret> ask(const ConnectionSettings &settings, const Cancellation &cancellation)
{
    if (isatty(STDIN_FILENO) != 1)
        return fail(Error{ErrorCode::PasswordMissing, {}, {}}.with(Fact::Connection, settings.label()));
    const SilentTerminal silent; // before the prompt: who answers at once is not shown, nor thrown away
    const QString prompt = Cli::tr("Password for %1: ").arg(wording::safeText(settings.label()));
    std::fputs(prompt.toUtf8().constData(), stderr);
    auto typed = readLine(cancellation);
    std::fputs("\n", stderr);
    return typed;
}

#else

Result<Secret> ask(const ConnectionSettings &settings, const Cancellation &)
{
    return fail(Error{ErrorCode::PasswordMissing, {}, {}}.with(Fact::Connection, settings.label()));
}

#endif

struct Answers
{
    std::mutex mutex;
    std::map<QString, Secret> byLabel;
};

} // namespace

AskPassword askOnTerminal(Cancellation &cancellation)
{
    // Several sessions of a run open one connection: the person is asked once. Kept for the life of the command alone.
    auto answers = std::make_shared<Answers>();
    return [answers, &cancellation](const ConnectionSettings &settings) -> Result<Secret> {
        const std::scoped_lock lock(answers->mutex);
        const auto known = answers->byLabel.find(settings.label());
        if (known != answers->byLabel.end())
            return known->second;
        TRY_ASSIGN(const Secret typed, ask(settings, cancellation));
        answers->byLabel.emplace(settings.label(), typed);
        return typed;
    };
}

} // namespace tidemark::cli
