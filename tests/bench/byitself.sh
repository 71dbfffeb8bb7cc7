#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the program costs while it only waits for its jobs: how long it takes from its start to its sign in the tray, and
# what the window in the tray and tidemark-cli watch take while nothing is due.
#
#   tests/bench/byitself.sh FOLDER PART   FOLDER: with tidemark and tidemark-cli; PART: start or idle
set -euo pipefail

bin=$(realpath "$1") part=$2 seconds=${TIDEMARK_IDLE_SECONDS:-60}
work=$(mktemp -d /tmp/tidemark-idle.XXXXXX)
pids=()
finish() {
    local status=$?
    trap - EXIT INT TERM HUP
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
    exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkdir -m 700 "$work/home" "$work/runtime"
export HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_RUNTIME_DIR=$work/runtime QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8
export TIDEMARK_WORKSPACE=$work/workspace
unset WAYLAND_DISPLAY XDG_CURRENT_DESKTOP SESSION_MANAGER

# A session: a bus, a display, a window manager, a tray.
dbus-daemon --session --nofork --print-address >"$work/bus" 2>/dev/null &
pids+=($!)
Xvfb -displayfd 3 -screen 0 1400x1000x24 -nolisten tcp -noreset 3>"$work/display" 2>/dev/null &
pids+=($!)
until [ -s "$work/bus" ] && [ -s "$work/display" ]; do sleep 0.1; done
DBUS_SESSION_BUS_ADDRESS=$(head -n 1 "$work/bus")
DISPLAY=:$(head -n 1 "$work/display")
export DBUS_SESSION_BUS_ADDRESS DISPLAY
openbox >/dev/null 2>&1 &
pids+=($!)
trayer --edge bottom --align right --widthtype request --height 24 >/dev/null 2>&1 &
pids+=($!)
until xdotool search --class trayer >/dev/null 2>&1; do sleep 0.1; done

# Ten jobs that people have seen, of which none is due for hours.
hour=$(($(date -u +%-H) / 2 * 2 + 12))
for n in {0..9}; do
    sqlite3 "$work/a.db" "CREATE TABLE t$n (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t$n VALUES (1, 'one')"
    sqlite3 "$work/b$n.db" VACUUM
    cat >"$work/job.json" <<JSON
{"tidemark": 1, "name": "job $n", "source": {"driver": "sqlite", "database": "$work/a.db"},
 "target": {"driver": "sqlite", "database": "$work/b$n.db"}, "mode": "mirror", "create": true, "tables": ["t$n"],
 "schedule": {"daily": ["$(printf %02d $((hour % 24))):00"], "zone": "UTC"}}
JSON
    "$bin/tidemark-cli" --quiet job import "$work/job.json" --trust >/dev/null
    "$bin/tidemark-cli" --quiet run "job $n" >/dev/null
done

# The sign: the small one of the program's windows.
sign() {
    local window
    for window in $(xdotool search --onlyvisible --pid "$1" 2>/dev/null); do
        xdotool getwindowgeometry --shell "$window" | awk -F= '$1 == "WIDTH" && $2 <= 48 { found = 1 } END { exit !found }' && return
    done
    return 1
}

milliseconds() {
    echo $(($(date +%s%N) / 1000000))
}

if [ "$part" = start ]; then
    times=()
    for _ in {1..9}; do
        begin=$(milliseconds)
        "$bin/tidemark" --hidden 2>/dev/null &
        pid=$!
        until sign $pid; do :; done
        times+=($(($(milliseconds) - begin)))
        kill $pid
        wait $pid || true
    done
    sorted=$(printf '%s\n' "${times[@]}" | sort -n)
    echo "from the start to the sign in the tray, ten jobs: $(sed -n 5p <<<"$sorted") ms (median of 9, at most $(tail -n 1 <<<"$sorted") ms)"
    exit
fi

# Of every thread: its time on a core (ns), and how often it slept and was woken.
sample() {
    local task
    for task in /proc/"$1"/task/*; do
        echo "${task##*/} $(cut -d ' ' -f 1 "$task/schedstat") $(awk '/^voluntary_ctxt/ { print $2 }' "$task/status")"
    done 2>/dev/null
}

# idle NAME PID: summed up every few seconds, so that a thread that ends meanwhile is not lost.
idle() {
    local end
    sample "$2" >"$work/before"
    end=$(($(date +%s) + seconds))
    : >"$work/spent"
    while [ "$(date +%s)" -lt $end ]; do
        sleep 5
        sample "$2" >"$work/after"
        awk 'NR == FNR { time[$1] = $2; wakes[$1] = $3; next } { t += $2 - time[$1]; w += $3 - wakes[$1] } END { print t, w }' \
            "$work/before" "$work/after" >>"$work/spent"
        mv "$work/after" "$work/before"
    done
    awk -v name="$1" -v seconds="$seconds" '{ t += $1; w += $2 } END {
        printf "%-24s %7.3f %% of a core, %5.2f wake-ups a second (%d s)\n", name, t / 1e7 / seconds, w / seconds, seconds }' "$work/spent"
}

"$bin/tidemark" --hidden 2>/dev/null &
pids+=($!)
window=$!
until sign $window; do :; done
sleep 45 # threads that began with it have ended
idle "the window in the tray" $window
kill $window
wait $window || true
"$bin/tidemark-cli" watch 2>/dev/null &
pids+=($!)
watch=$!
sleep 10
idle "tidemark-cli watch" $watch
