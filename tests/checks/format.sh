#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   format.sh SOURCE    every C++ file is as clang-format would write it
set -uo pipefail
cd "$1" || exit 2
source tests/checks/files.sh
command -v clang-format >/dev/null || { echo "clang-format is missing; mend it with: apt-get install clang-format"; exit 1; }

# The first fault of each file; some files a process, so that every core works and each writes in one piece.
first_faults() {
    local faults
    faults=$(clang-format --dry-run -Werror "$@" 2>&1 | grep -E '^[^ ]+:[0-9]+:[0-9]+: ' | sort -u -t : -k 1,1)
    [ -z "$faults" ] || printf '%s\n' "$faults"
}
export -f first_faults
wrong=$(tracked '*.cpp' '*.h' | xargs -r -n 20 -P "$(nproc)" bash -c 'first_faults "$@"' - | sort)
[ -z "$wrong" ] || {
    echo "$wrong"
    echo "mend it with: clang-format -i $(cut -d : -f 1 <<<"$wrong" | tr '\n' ' ')"
    exit 1
}
