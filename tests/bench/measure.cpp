// SPDX-License-Identifier: GPL-3.0-or-later
// measure FILE COMMAND…: runs the command and adds a line "seconds kilobytes seconds" to FILE: its wall time, its peak
// memory, and the processor time of itself, which hardly depends on what else the machine does.

#include <chrono>
#include <cstdio>
#include <cstring>

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fputs("usage: measure FILE COMMAND...\n", stderr);
        return 64;
    }
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    if (const int error = posix_spawnp(&child, argv[2], nullptr, nullptr, argv + 2, environ); error != 0) {
        std::fprintf(stderr, "%s: %s\n", argv[2], std::strerror(error));
        return 127;
    }
    int status = 0;
    rusage usage{};
    if (wait4(child, &status, 0, &usage) < 0)
        return 127;
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::FILE *out = std::fopen(argv[1], "a");
    if (out == nullptr)
        return 127;
    const auto secondsOf = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    std::fprintf(out, "%.4f %ld %.4f\n", seconds.count(), usage.ru_maxrss,
                 secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime));
    std::fclose(out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
