#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   tidy.sh SOURCE BINARY          clang-tidy over every file that has not passed before
#   tidy.sh SOURCE BINARY --all    over every file
#
# A file has passed when it, the project's headers that it includes, its compiler command, .clang-tidy and clang-tidy
# itself are as they were; BINARY/tidy-passed keeps a mark of each pass.
set -uo pipefail
source=$(cd "$1" && pwd) || exit 2
binary=$(cd "$2" && pwd) || exit 2
passed=$binary/tidy-passed
mkdir -p "$passed"
[ "${3-}" != --all ] || rm -f "$passed"/*
cd "$source" || exit 2
source tests/checks/files.sh
command -v clang-tidy >/dev/null || { echo "clang-tidy is missing; mend it with: apt-get install clang-tidy"; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Of each file the sum of its content; of each compiled file the sum of its command.
find app core tests ui -type f \( -name '*.cpp' -o -name '*.h' \) -exec sha256sum {} + | awk '{print $2, $1}' >"$work/sums"
# shellcheck disable=SC2016
awk -v root="$source/" '
    /"command":/ { command = $0 }
    /"file":/ { file = $2; gsub(/[",]/, "", file); sub(root, "", file); print file, command }
' "$binary/compile_commands.json" | while read -r file command; do
    echo "$file $(cksum <<<"$command" | tr ' ' -)"
done >"$work/commands"
common=$(cat .clang-tidy <(clang-tidy --version) | sha256sum)

# A file, then the sums of all that it reads: itself and, through the headers, whatever they include.
tracked '*.cpp' >"$work/files"
awk '
    FILENAME == ARGV[1] { sum[$1] = $2; next }
    FILENAME == ARGV[2] { command[$1] = $2; next }
    { wanted[++count] = $1 }
    function read_includes(file,    line, part) {
        if (file in includes)
            return
        includes[file] = ""
        while ((getline line < file) > 0)
            if (line ~ /^#include "/) {
                split(line, part, "\"")
                if (part[2] in sum)
                    includes[file] = includes[file] part[2] "\n"
            }
        close(file)
    }
    function gather(file,    i, n, list) {
        if (seen[file]++)
            return
        read_includes(file)
        sums = sums sum[file] " "
        n = split(includes[file], list, "\n")
        for (i = 1; i < n; ++i)
            gather(list[i])
    }
    END {
        for (w = 1; w <= count; ++w) {
            if (!(wanted[w] in command)) {
                print wanted[w] " is in no target" > "/dev/stderr"
                continue
            }
            delete seen
            sums = command[wanted[w]] " "
            gather(wanted[w])
            print wanted[w], sums
        }
    }
' "$work/sums" "$work/commands" "$work/files" >"$work/closures" 2>"$work/untargeted"
while read -r file sums; do
    mark=$(sha256sum <<<"$common $file $sums" | cut -c 1-40)
    [ -e "$passed/$mark" ] || echo "$file $passed/$mark"
done <"$work/closures" >"$work/todo"

total=$(wc -l <"$work/closures")
todo=$(wc -l <"$work/todo")
echo "clang-tidy: $todo of $total files to check, the others have passed unchanged"
[ "$total" -gt 0 ] || { echo "Nothing is compiled in $binary; build it first"; exit 1; }
[ ! -s "$work/untargeted" ] || sed 's/^/left out: /' "$work/untargeted"

check() {
    local output
    if output=$(clang-tidy -p "$binary" --quiet "$1" 2>/dev/null); then
        touch "$2"
    else
        # A crash or an unreadable command says nothing on standard output.
        [ -n "$output" ] || output="$1:1: clang-tidy failed; see: clang-tidy -p $binary $1"
        printf '%s\n' "$output"
        return 1
    fi
}
export binary
export -f check
if ! xargs -r -n 2 -P "$(nproc)" bash -c 'check "$@"' - <"$work/todo"; then
    echo "Mend what is named above; a file alone: clang-tidy -p $binary FILE"
    exit 1
fi
