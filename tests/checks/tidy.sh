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

# Most of the time goes into the headers, so files of one folder are looked at as one: a batch that passes, passes
# whole; of any other, and with --all, each file is looked at alone.
mkdir "$work/batches"
[ "${3-}" = --all ] || awk -v root="$source/" -v folder="$work/batches/" '
    function flush(    i, text) {
        if (count < 2)
            return
        ++batches
        text = folder batches ".cpp"
        for (i = 1; i <= count; ++i) {
            print "#define main main_" i "\n#include \"" root files[i] "\"\n#undef main" > text
            print files[i], marks[i] > (folder batches ".files")
        }
        close(text)
        print (batches > 1 ? "," : "[") "{\"directory\": " directory ", \"command\": " first all " -c " text \
            "\", \"file\": \"" text "\"}" > (folder "compile_commands.json")
    }
    FILENAME == ARGV[1] {
        if (/"directory":/) { dir = $0; gsub(/^ *"directory": |,$/, "", dir) }
        if (/"command":/) { line = $0; gsub(/^ *"command": |,$/, "", line) }
        if (/"file":/) { name = $2; gsub(/[",]/, "", name); sub(root, "", name); command[name] = line; place[name] = dir }
        next
    }
    {
        where = $1
        sub("/[^/]*$", "", where)
        if (where != current || count == 6) { flush(); count = 0; all = ""; current = where }
        files[++count] = $1
        marks[count] = $2
        line = command[$1]
        if (count == 1) { first = line; sub(/ -o [^ ]+ -c [^ ]+"$/, "", first); directory = place[$1] }
        words = split(line, word, " ")
        for (i = 1; i <= words; ++i)
            if (word[i] ~ /^-I/)
                all = all " " word[i]
    }
    END { flush(); if (batches) print "]" > (folder "compile_commands.json") }
' "$binary/compile_commands.json" <(sort "$work/todo")

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
check_batch() {
    local file mark status=0
    if clang-tidy -p "$batches" --quiet --config-file=.clang-tidy --checks=-bugprone-suspicious-include \
        --header-filter='/(core|ui|app|tests)/[a-z/_0-9]+\.(h|cpp)$' "$batches/$1.cpp" >/dev/null 2>&1; then
        awk '{print $2}' "$batches/$1.files" | xargs touch
        return 0
    fi
    while read -r file mark; do
        check "$file" "$mark" || status=1
    done <"$batches/$1.files"
    return $status
}
batches=$work/batches
export binary batches
export -f check check_batch
status=0
find "$batches" -name '*.files' -printf '%f\n' | sed 's/\.files$//' | sort -n |
    xargs -r -n 1 -P "$(nproc)" bash -c 'check_batch "$@"' - || status=1
cat "$batches"/*.files 2>/dev/null | sort >"$work/batched"
sort "$work/todo" | comm -23 - "$work/batched" | xargs -r -n 2 -P "$(nproc)" bash -c 'check "$@"' - || status=1
if [ $status != 0 ]; then
    echo "Mend what is named above; a file alone: clang-tidy -p $binary FILE"
    exit 1
fi
