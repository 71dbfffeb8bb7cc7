#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   format.sh SOURCE    every C++ file is as clang-format would write it
set -uo pipefail
cd "$1" || exit 2
source tests/checks/files.sh
command -v clang-format >/dev/null || { echo "clang-format is missing; mend it with: apt-get install clang-format"; exit 1; }

# A few files a process, so that both cores work.
wrong=$(tracked '*.cpp' '*.h' | xargs -r -n 20 -P "$(nproc)" clang-format --dry-run -Werror 2>&1 | grep -E '^[^ ]+:[0-9]+:[0-9]+: ' |
    sort -u -t : -k 1,1)
[ -z "$wrong" ] || {
    echo "$wrong"
    echo "mend it with: clang-format -i $(cut -d : -f 1 <<<"$wrong" | tr '\n' ' ')"
    exit 1
}
