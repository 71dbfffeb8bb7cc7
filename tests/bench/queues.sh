#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures jobs over message queues: tests/bench/run.sh --only queues calls it, with its servers running.
#
#   tests/bench/queues.sh BUILD EVENTS WORK
#
# For each broker: so many small changes published by a job, applied to SQLite by one consumer and by two at once, beside
# what the broker takes and gives at all on this machine with messages of the same size: redis-benchmark, and a bare loop
# over rabbitmq-c with confirms (bench_queue, since RabbitMQ's own perf tool is not in Debian). Wall rates, ratios of the
# same run, the processor time of Tidemark alone for a message, and its peak memory. Asserts only that all rows arrive.
set -euo pipefail

[ $# = 3 ] || { sed -n 's/^#   //p' "$0" >&2; exit 64; }
build=$1 events=$2 work=$3/queues
program=$build/app/tidemark-cli measure=$build/tests/bench_measure bench=$build/tests/bench_queue
rm -rf "$work"
mkdir -p "$work"

port_of() {
    local rest=${1##*:}
    echo "${rest%%/*}"
}
redis_port=$(port_of "$TIDEMARK_TEST_REDIS") amqp_port=$(port_of "$TIDEMARK_TEST_AMQP")
name=bench-$$-$RANDOM

redis_command() {
    REDISCLI_AUTH=$TIDEMARK_TEST_PASSWORD redis-cli -h 127.0.0.1 -p "$redis_port" --user tidemark "$@"
}

# side BROKER
side() {
    local common='"host": "127.0.0.1", "user": "tidemark", "password": {"env": "TIDEMARK_TEST_PASSWORD"}, "tls": "disable"'
    if [ "$1" = redis ]; then
        echo "{\"driver\": \"redis\", $common, \"port\": $redis_port, \"stream\": \"$name\"}"
    else
        echo "{\"driver\": \"amqp\", $common, \"port\": $amqp_port, \"exchange\": \"$name.x\", \"queue\": \"$name\",
            \"prefetch\": 20000, \"oneConsumer\": false}"
    fi
}

# job NAME SOURCE TARGET
job() {
    echo "{\"tidemark\": 1, \"name\": \"$1\", \"source\": $2, \"target\": $3, \"mode\": \"mirror\",
        \"detect\": {\"by\": \"log\"}, \"tables\": [\"t\"]}" >"$work/$1.json"
}

# ran FILE JOB
ran() {
    "$measure" "$1" "$program" --workspace "$work/space" --quiet run "$work/$2.json" >"$1.said" 2>&1 || {
        cat "$1.said" >&2
        echo "the job $2 failed" >&2
        exit 1
    }
}

empty_target() {
    rm -f "$work"/b.db*
    sqlite3 "$work/b.db" "CREATE TABLE t (id INTEGER PRIMARY KEY, qty INTEGER, note TEXT)"
}

arrived() {
    local count
    count=$(sqlite3 "$work/b.db" "SELECT count(*) FROM t")
    [ "$count" = "$events" ] || { echo "$count of $events rows arrived" >&2; exit 1; }
}

# told WHAT FILE PEER: rate, ratio to the rate of the peer, own work, memory. FILE may hold two consumers of the same events.
told() {
    awk -v what="$1" -v peer="$3" -v events="$events" '
        { if ($1 > wall) wall = $1; if ($2 > kilobytes) kilobytes = $2; own += $3 }
        END { printf "%-34s %9.0f /s   %5.2f of the peer   %5.2f µs of the processor a message   %4d MB\n", what,
              events / wall, events / wall / peer, own / events * 1e6, kilobytes / 1024 }' "$2"
}

publish_again() {
    rm -rf "$work/space" "$work"/publish
    mkdir -m 700 "$work/space"
    "$program" --workspace "$work/space" --quiet job log "$work/publish.json" install >/dev/null
    ran "$work/publish" publish
}

drop() {
    if [ "$1" = redis ]; then
        redis_command DEL "$name" "$name:tidemark:replay" "$name:tidemark:quarantine" >/dev/null
    fi
}

measure_broker() {
    local broker=$1 peer=$2 consumer
    publish_again
    told "$broker: published by a job" "$work/publish" "$peer"
    for consumer in 1 2; do
        job "consume$consumer" "$(side "$broker")" "{\"driver\": \"sqlite\", \"database\": \"$work/b.db\"}"
    done
    empty_target
    rm -f "$work"/consume*[0-9]
    ran "$work/consume1" consume1
    arrived
    told "$broker: applied by one consumer" "$work/consume1" "$peer"
    drop "$broker"
    publish_again
    empty_target
    rm -f "$work"/consume*[0-9]
    ran "$work/consume1" consume1 &
    ran "$work/consume2" consume2
    wait $!
    arrived
    cat "$work/consume1" "$work/consume2" >"$work/both"
    told "$broker: applied by two at once" "$work/both" "$peer"
    drop "$broker"
}

sqlite3 "$work/a.db" "CREATE TABLE t (id INTEGER PRIMARY KEY, qty INTEGER, note TEXT);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $events)
    INSERT INTO t SELECT i, i % 1000, 'a short note ' || i FROM n"
echo "message queues, $events small changes"
for broker in redis amqp; do
    job publish "{\"driver\": \"sqlite\", \"database\": \"$work/a.db\"}" "$(side $broker)"
    if [ $broker = redis ]; then
        # What an event of Tidemark's holds, of the same length.
        value=$(head -c 330 /dev/zero | tr '\0' x)
        # As somebody who needs no password, since it takes one as an argument alone.
        redis_command ACL SETUSER "$name" on nopass "~$name*" '&*' +@all >/dev/null
        peer=$(redis-benchmark -h 127.0.0.1 -p "$redis_port" --user "$name" -a none -n "$events" -P 1000 -c 1 --csv \
            XADD "$name.peer" '*' key '{id:1000000}' value "$value" \
            id 00000000-0000-0000-0000-000000000000/1000000000000000 2>/dev/null | tail -n 1 | awk -F '","' '{ print $2 }')
        redis_command DEL "$name.peer" >/dev/null
        redis_command ACL DELUSER "$name" >/dev/null
        printf '%-34s %9.0f /s\n' "redis: redis-benchmark, XADD" "$peer"
    else
        peer=$("$bench" peer 127.0.0.1 "$amqp_port" tidemark "$events" | tee "$work/peer" | awk '/published/ { print $2 }')
        awk '{ printf "%-34s %9.0f /s\n", "amqp: bare loop, " $1, $2 }' "$work/peer"
    fi
    measure_broker $broker "$peer"
done
rm -rf "$work"
