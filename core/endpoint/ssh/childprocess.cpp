// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/ssh/childprocess.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tidemark::ssh {

namespace {

constexpr int politeMs = 2000;

struct Pipe
{
    net::Descriptor read, write;
};

Result<Pipe> makePipe()
{
    std::array<int, 2> ends = {-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return fail(ErrorCode::Internal, QString::fromLocal8Bit(strerror(errno)));
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Pipe{net::Descriptor(ends[0]), net::Descriptor(ends[1])};
}

std::vector<char *> pointersTo(std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

// ssh runs what its configuration names through $SHELL; a log-in shell that refuses would keep it from saying "ready".
std::vector<std::string> environment()
{
    std::vector<std::string> variables;
    for (char **variable = environ; *variable != nullptr; ++variable) {
        if (strncmp(*variable, "SHELL=", 6) != 0)
            variables.emplace_back(*variable);
    }
    variables.emplace_back("SHELL=/bin/sh");
    return variables;
}

// Between fork and exec: nothing that allocates or locks.
[[noreturn]] void becomeProgram(const char *program, char *const *arguments, char *const *variables, int output,
                                int errors, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) // it died before that call
        _exit(127);
    setsid(); // an interrupt from the terminal is ours to handle
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGPIPE, SIG_DFL);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    execve(program, arguments, variables);
    _exit(127);
}

} // namespace

ChildProcess::~ChildProcess() { end(); }

Result<void> ChildProcess::start(const QString &program, const QStringList &arguments)
{
    std::vector<std::string> words{program.toLocal8Bit().toStdString()};
    words.reserve(static_cast<std::size_t>(arguments.size()) + 1);
    for (const QString &argument : arguments)
        words.push_back(argument.toLocal8Bit().toStdString());
    std::vector<std::string> variables = environment();
    const std::vector<char *> argv = pointersTo(words);
    const std::vector<char *> envp = pointersTo(variables);
    TRY_ASSIGN(Pipe output, makePipe());
    TRY_ASSIGN(Pipe errors, makePipe());
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child < 0)
        return fail(ErrorCode::Internal, QString::fromLocal8Bit(strerror(errno)));
    if (child == 0)
        becomeProgram(argv[0], argv.data(), envp.data(), output.write.get(), errors.write.get(), parent);
    m_pid = child;
    m_output = std::move(output.read);
    m_errors = std::move(errors.read);
    return {};
}

bool ChildProcess::hasEnded()
{
    if (m_pid > 0 && waitpid(m_pid, nullptr, WNOHANG) == m_pid)
        m_pid = -1;
    return m_pid < 0;
}

void ChildProcess::end()
{
    if (hasEnded())
        return;
    kill(m_pid, SIGTERM);
    for (int waited = 0; waited < politeMs; waited += 20) {
        if (hasEnded())
            return;
        poll(nullptr, 0, 20);
    }
    kill(m_pid, SIGKILL);
    waitpid(m_pid, nullptr, 0);
    m_pid = -1;
}

} // namespace tidemark::ssh
