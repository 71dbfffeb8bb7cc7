#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what is missing, builds, starts a PostgreSQL and a MariaDB of its own, and runs every test.
#
#   tests/run.sh                  the preset dev
#   tests/run.sh --preset NAME    release, asan, tsan, or tidy (clang-tidy over every file, then the checks)
#   tests/run.sh --only REGEX     the tests whose name matches
#   tests/run.sh --thorough       what takes hours: the suite with the preset release, then random histories of two-way
#                                 jobs, 1,000,000 in memory and 20,000 (SQLite) and 2,000 (servers) on real databases,
#                                 then every deliberate fault of tests/mutants.py
set -euo pipefail

usage() {
    sed -n 's/^#   //p' "$0" >&2
    exit 64
}

preset=dev
only=()
thorough=
while [ $# -gt 0 ]; do
    case $1 in
    --preset)
        [[ "${2-}" =~ ^(dev|release|asan|tsan|tidy)$ ]] || usage
        preset=$2
        shift 2
        ;;
    --only)
        [ -n "${2-}" ] || usage
        only=(-R "$2")
        shift 2
        ;;
    --thorough)
        thorough=1 preset=release
        shift
        ;;
    *) usage ;;
    esac
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source app/packages.sh
install_packages "${build_packages[@]}" "${test_packages[@]}"

work=$(mktemp -d /tmp/tidemark-tests.XXXXXX)
chmod 755 "$work"
child=
finish() {
    local status=$?
    trap - EXIT INT TERM HUP
    [ -z "$child" ] || pkill -TERM -s "$child" || true
    bash tests/support/servers.sh stop "$work/servers" || true
    rm -rf "$work"
    exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# A place for caches and settings where the account has none.
[ -n "${HOME-}" ] && [ -w "$HOME" ] || export HOME=$work

cmake --preset "$preset"
cmake --build --preset "$preset"

eval "$(bash tests/support/servers.sh start "$work/servers")"

# gcc 12's thread sanitizer finds its memory taken where addresses are drawn from more than 28 bits.
runner=(setsid)
if [ "$preset" = tsan ] && [ "$(cat /proc/sys/vm/mmap_rnd_bits 2>/dev/null || echo 28)" -gt 28 ]; then
    runner+=(setarch --addr-no-randomize)
fi

# In the background, so that a signal is answered at once and nothing outlives it: a session of its own holds all.
await() {
    "${runner[@]}" "$@" </dev/null &
    child=$!
    local status=0
    wait $child || status=$?
    child=
    return $status
}
status=0
await ctest --preset "$preset" -j"$(nproc)" "${only[@]}" || status=$?
if [ -n "$thorough" ] && [ $status -eq 0 ]; then
    for test in tst_twowaymodel tst_twowayhistories; do
        LC_ALL=C.UTF-8 TZ=UTC await env TIDEMARK_THOROUGH=1 "build/$preset/tests/$test" -maxwarnings 0 || status=$?
    done
    await python3 tests/mutants.py || status=$?
fi
exit $status
