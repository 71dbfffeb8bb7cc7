#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures Tidemark against the pipelines that a person would write by hand, on servers of its own.
#
#   tests/bench/run.sh                 1,000,000 rows, 5 interleaved pairs, medians
#   tests/bench/run.sh --rows N        another size
#   tests/bench/run.sh --pairs N       more or fewer pairs
#   tests/bench/run.sh --only PART     sqlite, mariadb, memory, unchanged, twoway, changelog, latency, conflicts, schedule
#                                      (10,000 scheduled runs), start (to the tray), idle, web (1,000 slow pages), or queues
#   tests/bench/run.sh --program FILE  another tidemark-cli than the release build's
#
# What was copied is compared with what the pipeline copied; times are printed, never asserted.
set -euo pipefail

usage() {
    sed -n 's/^#   //p' "$0" >&2
    exit 64
}

rows=1000000 pairs=5 only= program=
while [ $# -gt 0 ]; do
    case $1 in
    --rows | --pairs) [[ "${2-}" =~ ^[1-9][0-9]*$ ]] && declare "${1#--}=$2" || usage ;;
    --only) [[ "${2-}" =~ ^(sqlite|mariadb|memory|unchanged|twoway|changelog|latency|conflicts|schedule|start|idle|web|queues)$ ]] && only=$2 || usage ;;
    --program) [ -x "${2-}" ] && program=$(realpath "$2") || usage ;;
    *) usage ;;
    esac
    shift 2
done

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source app/packages.sh
install_packages "${build_packages[@]}" "${test_packages[@]}"
cmake --preset release >/dev/null
targets=(bench_measure)
[ -n "$program" ] || targets+=(tidemark-cli)
[ -n "$only" ] && [ "$only" != latency ] || targets+=(bench_latency)
[ -n "$only" ] && [ "$only" != conflicts ] || targets+=(bench_conflicts)
[ -n "$only" ] && [ "$only" != schedule ] || targets+=(tst_scheduleruns)
[ -n "$only" ] && [ "$only" != web ] || targets+=(bench_httppages)
[ -n "$only" ] && [ "$only" != queues ] || targets+=(bench_queue)
case $only in start | idle | "") targets+=(tidemark) ;; esac
cmake --build --preset release --target "${targets[@]}" >"$PWD/build/release/bench.log" 2>&1 || {
    tail -n 50 "$PWD/build/release/bench.log" >&2
    exit 1
}
program=${program:-$PWD/build/release/app/tidemark-cli}
measure=$PWD/build/release/tests/bench_measure

# What needs no server. Scheduled runs are played in memory: a disk's patience is no matter of the program's.
by_itself() {
    if [ -z "$only" ] || [ "$only" = schedule ]; then
        TMPDIR=$([ -w /dev/shm ] && echo /dev/shm || echo /tmp) TIDEMARK_SCHEDULED_RUNS=10000 \
            QTEST_FUNCTION_TIMEOUT=3600000 QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=UTC \
            "$PWD/build/release/tests/tst_scheduleruns" | sed -n 's/^QINFO.*() //p; s/^FAIL/FAIL/p'
    fi
    for part in start idle; do
        [ -n "$only" ] && [ "$only" != $part ] || bash tests/bench/byitself.sh "$PWD/build/release/app" $part
    done
    [ -n "$only" ] && [ "$only" != web ] || "$PWD/build/release/tests/bench_httppages"
}
case $only in
schedule | start | idle | web)
    by_itself
    exit
    ;;
esac

work=$(mktemp -d /tmp/tidemark-bench.XXXXXX)
chmod 755 "$work"
finish() {
    local status=$?
    trap - EXIT INT TERM HUP
    bash tests/support/servers.sh stop "$work/servers" || true
    rm -rf "$work"
    exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
eval "$(bash tests/support/servers.sh start "$work/servers")"
if [ "$only" = queues ]; then
    bash tests/bench/queues.sh "$PWD/build/release" "$rows" "$work"
    exit
fi

port_of() {
    local rest=${1##*:}
    echo "${rest%%/*}"
}
pg_port=$(port_of "$TIDEMARK_TEST_POSTGRES")
my_port=$(port_of "$TIDEMARK_TEST_MYSQL")
export PGHOST=127.0.0.1 PGPORT=$pg_port PGUSER=tidemark PGPASSWORD=$TIDEMARK_TEST_PASSWORD MYSQL_PWD=$TIDEMARK_TEST_PASSWORD
mysql=(mariadb --no-defaults -h 127.0.0.1 -P "$my_port" -u tidemark --default-character-set=utf8mb4)
psql=(env PGOPTIONS='-c client_min_messages=warning' psql -qXAt -v ON_ERROR_STOP=1)

# ---- the table -------------------------------------------------------------------------------------------------------

# 54 bytes, so that with 26 of its own a row's note has 80.
text='Grüße aus Köln, 数据同步要快而且准 und so on'
while [ "$(printf %s "$text" | wc -c)" -lt 54 ]; do text+=.; done

# make_sqlite FILE ROWS KEYTYPE
make_sqlite() {
    sqlite3 "$1" <<SQL
PRAGMA journal_mode = WAL;
CREATE TABLE t (id $3 PRIMARY KEY, qty INT NOT NULL, code VARCHAR(10) NOT NULL, price DECIMAL(12,2) NOT NULL,
                note TEXT NOT NULL, at TIMESTAMP NOT NULL, amount BIGINT NOT NULL, flag BOOLEAN);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
INSERT INTO t SELECT i, i * 7919 % 100000, printf('C%06d', i * 31 % 1000000), (i * 104729 % 1000000000) / 100.0,
    printf('%08d %016x ', i, i * 2654435761) || '$text',
    strftime('%Y-%m-%d %H:%M:%S', 1577836800 + i * 60, 'unixepoch') || printf('.%06d', i * 37 % 1000000),
    i * 922337203685, CASE i % 3 WHEN 0 THEN NULL ELSE i % 3 - 1 END FROM n;
CREATE INDEX t_at ON t (at);
PRAGMA journal_mode = DELETE;
SQL
}

# make_mariadb TABLE ROWS
make_mariadb() {
    "${mysql[@]}" tidemark <<SQL
CREATE TABLE $1 (id BIGINT PRIMARY KEY, qty INT NOT NULL, code VARCHAR(10) NOT NULL, price DECIMAL(12,2) NOT NULL,
                 note VARCHAR(80) NOT NULL, at DATETIME(6) NOT NULL, amount BIGINT NOT NULL, flag BOOLEAN);
INSERT INTO $1 SELECT seq, seq * 7919 % 100000, concat('C', lpad(seq * 31 % 1000000, 6, '0')),
    (seq * 104729 % 1000000000) / 100, concat(lpad(seq, 8, '0'), ' ', lpad(lower(hex(seq * 2654435761)), 16, '0'), ' ', '$text'),
    '2020-01-01' + INTERVAL seq MINUTE + INTERVAL seq * 37 % 1000000 MICROSECOND,
    seq * 922337203685, CASE seq % 3 WHEN 0 THEN NULL ELSE seq % 3 - 1 END FROM seq_1_to_$2;
ANALYZE TABLE $1;
SQL
} >/dev/null

# An empty table with its primary key in a database of its own, nothing left to be written from before.
empty_target() {
    "${psql[@]}" -d tidemark -c 'DROP DATABASE IF EXISTS bench' -c 'CREATE DATABASE bench'
    "${psql[@]}" -d bench -c 'CREATE TABLE t (id bigint PRIMARY KEY, qty integer NOT NULL, code varchar(10) NOT NULL,
        price numeric(12,2) NOT NULL, note text NOT NULL, at timestamp(6) NOT NULL, amount bigint NOT NULL, flag boolean)'
    PGPASSWORD=$TIDEMARK_TEST_ADMIN_PASSWORD "${psql[@]}" -U postgres -d postgres -c 'CHECKPOINT'
}

contents() {
    "${psql[@]}" -d bench -c "SELECT count(*), sum(hashtextextended(t::text, 0)) FROM t"
}

# ---- the jobs --------------------------------------------------------------------------------------------------------

sqlite_side() {
    echo "{\"driver\": \"sqlite\", \"database\": \"$1\"}"
}
mariadb_side="{\"driver\": \"mysql\", \"host\": \"127.0.0.1\", \"port\": $my_port, \"database\": \"tidemark\", \"user\": \"tidemark\",
    \"password\": {\"env\": \"TIDEMARK_TEST_PASSWORD\"}}"
postgres_side="{\"driver\": \"postgres\", \"host\": \"127.0.0.1\", \"port\": $pg_port, \"database\": \"bench\", \"user\": \"tidemark\",
    \"password\": {\"env\": \"TIDEMARK_TEST_PASSWORD\"}}"

# new_job SOURCE TABLE DETECT: a job without history.
new_job() {
    rm -rf "$work/space"
    mkdir -m 700 "$work/space"
    cat >"$work/job.json" <<JSON
{"tidemark": 1, "name": "bench", "source": $1, "target": $postgres_side, "mode": "update", "detect": $3,
 "transaction": "table", "tables": [{"source": "$2", "target": "t"}]}
JSON
}

# copy FILE: the job's run, measured into FILE.
copy() {
    "$measure" "$1" "$program" --workspace "$work/space" --quiet run "$work/job.json" >"$work/output" 2>&1 || {
        local status=$?
        cat "$work/output" >&2
        echo "tidemark-cli run ended with $status" >&2
        exit 1
    }
}

column() {
    awk -v c="$2" '{ print $c }' "$1" | sort -n
}
median() {
    column "$1" 1 | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'
}
# The processor time that the program itself took.
spent() {
    column "$1" 3 | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'
}
peak() {
    column "$1" 2 | tail -n 1 | awk '{ printf "%.0f", $1 / 1024 }'
}

# pairs NAME SOURCE TABLE PIPELINE
measure_pairs() {
    local name=$1 source=$2 table=$3 pipeline=$4 n theirs ours turn
    rm -f "$work/ours" "$work/theirs"
    for ((n = 0; n < pairs; ++n)); do
        # Each goes first in turn.
        for turn in $((n % 2)) $((1 - n % 2)); do
            empty_target
            if [ "$turn" = 0 ]; then
                "$measure" "$work/theirs" bash -o pipefail -c "$pipeline"
                theirs=$(contents)
            else
                new_job "$source" "$table" '{"by": "hash"}'
                copy "$work/ours"
                ours=$(contents)
            fi
        done
        [[ "$ours" = "$rows|"* ]] || { echo "$name: not all $rows rows arrived: $ours" >&2; exit 1; }
        [ "$ours" = "$theirs" ] || { echo "$name: the copies differ: $ours, the pipeline $theirs" >&2; exit 1; }
    done
    awk -v name="$name" -v ours="$(median "$work/ours")" -v theirs="$(median "$work/theirs")" -v peak="$(peak "$work/ours")" \
        'BEGIN { printf "%-34s %8.2f s %10.2f s %8.2f   %d MB\n", name, ours, theirs, ours / theirs, peak }'
}

wanted() {
    [ -z "$only" ] || [ "$only" = "$1" ]
}

# ---- the measurements ------------------------------------------------------------------------------------------------

echo "$(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $rows rows, medians of $pairs pairs"
make_sqlite "$work/source.db" "$rows" INTEGER >/dev/null

sqlite_pipeline="sqlite3 -csv '$work/source.db' 'SELECT * FROM t' | psql -qX -d bench -c '\copy t FROM STDIN WITH (FORMAT csv)'"
# --batch escapes as COPY's text format does, but writes NULL for a NULL; no text here is that word.
mariadb_pipeline="${mysql[*]} --quick -N --batch -e 'SELECT * FROM t' tidemark |
    psql -qX -d bench -c \"\\\\copy t FROM STDIN WITH (NULL 'NULL')\""

if wanted sqlite || wanted mariadb; then
    printf '%-34s %10s %12s %8s   %s\n' "full copy into PostgreSQL" tidemark pipeline ratio "peak memory"
fi
if wanted sqlite; then
    measure_pairs "SQLite" "$(sqlite_side "$work/source.db")" t "$sqlite_pipeline"
    make_sqlite "$work/bigint.db" "$rows" BIGINT >/dev/null
    measure_pairs "SQLite, key not its rowid" "$(sqlite_side "$work/bigint.db")" t "${sqlite_pipeline/source.db/bigint.db}"
    rm "$work/bigint.db"
fi
if wanted mariadb || wanted memory; then
    make_mariadb t "$rows"
fi
if wanted mariadb; then
    measure_pairs "MariaDB" "$mariadb_side" t "$mariadb_pipeline"
fi

if wanted memory; then
    tenth=$((rows / 10))
    make_sqlite "$work/tenth.db" "$tenth" INTEGER >/dev/null
    make_mariadb tenth "$tenth"
    printf '\n%-34s %12s %12s\n' "peak memory of a full copy" "$rows" "$tenth"
    for engine in SQLite MariaDB; do
        rm -f "$work/whole" "$work/part"
        empty_target
        [ $engine = SQLite ] && side=$(sqlite_side "$work/source.db") || side=$mariadb_side
        new_job "$side" t '{"by": "hash"}'
        copy "$work/whole"
        empty_target
        [ $engine = SQLite ] && side=$(sqlite_side "$work/tenth.db") table=t || table=tenth
        new_job "$side" "$table" '{"by": "hash"}'
        copy "$work/part"
        printf '%-34s %9s MB %9s MB\n' "$engine" "$(peak "$work/whole")" "$(peak "$work/part")"
    done
fi

if wanted unchanged; then
    empty_target
    new_job "$(sqlite_side "$work/source.db")" t '{"by": "timestamp", "column": "at"}'
    copy "$work/first"
    echo "{\"tidemark\": 1, \"connections\": [{\"name\": \"bench\", ${postgres_side#\{}]}" >"$work/space/connections.json"
    chmod 600 "$work/space/connections.json"
    rm -f "$work/unchanged" "$work/test"
    for ((n = 0; n < 9; ++n)); do
        copy "$work/unchanged"
        "$measure" "$work/test" "$program" --workspace "$work/space" --quiet connection test bench >/dev/null
    done
    awk -v run="$(median "$work/unchanged")" -v test="$(median "$work/test")" 'BEGIN {
        printf "\nnothing changed, by timestamp: %.0f ms, connection test: %.0f ms, difference: %.0f ms (medians of 9)\n",
            run * 1000, test * 1000, (run - test) * 1000 }'
fi

# step FILE COMMAND… : a command of the program, measured into FILE; its output in $work/output.
step() {
    local file=$1
    shift
    "$measure" "$file" "$program" --workspace "$work/space" --quiet "$@" >"$work/output" 2>&1 || {
        local status=$?
        cat "$work/output" >&2
        echo "tidemark-cli $1 ended with $status" >&2
        exit 1
    }
}

# two_way NAME SOURCE SOURCETABLE TARGET TARGETTABLE DETECT: a job that has never run, in $work/NAME.json.
two_way() {
    cat >"$work/$1.json" <<JSON
{"tidemark": 1, "name": "$1", "source": $2, "target": $4, "mode": "two-way", "detect": $6,
 "tables": [{"source": "$3", "target": "$5"}]}
JSON
}

# The same rows at both sides: a first sync, which writes the base, and quiet ones; beside them what it costs to compare
# the same rows and to keep nothing.
if wanted twoway; then
    empty_target
    bash -o pipefail -c "$sqlite_pipeline"
    new_job "$(sqlite_side "$work/source.db")" t '{"by": "hash"}'
    rm -f "$work"/{first,quiet,verify}
    for ((n = 0; n < pairs; ++n)); do
        rm -rf "$work/space/base"
        two_way "twoway$n" "$(sqlite_side "$work/source.db")" t "$postgres_side" t '{"by": "hash"}'
        step "$work/verify" verify "$work/job.json"
        step "$work/first" run "$work/twoway$n.json"
        step "$work/quiet" run "$work/twoway$n.json"
    done
    [[ "$(contents)" = "$rows|"* ]] || { echo "the two-way job changed the rows" >&2; exit 1; }
    base=$(du -cm "$work"/space/base/*.db | tail -n 1 | cut -f 1)
    awk -v first="$(median "$work/first")" -v quiet="$(median "$work/quiet")" -v verify="$(median "$work/verify")" \
        -v peak="$(peak "$work/quiet")" -v base="$base" -v cpu="$(spent "$work/first") $(spent "$work/quiet") $(spent "$work/verify")" 'BEGIN {
        split(cpu, own)
        printf "\n%-34s %10s %12s\n", "two ways, equal rows", "time", "own work"
        printf "%-34s %8.2f s %10.2f s\n", "first sync, base of " base " MB", first, own[1]
        printf "%-34s %8.2f s %10.2f s   %d MB\n", "a quiet one", quiet, own[2], peak
        printf "%-34s %8.2f s %10.2f s   ratio of a quiet one %.2f\n", "verify of the same rows", verify, own[3], quiet / verify }'
fi

# ---- two ways by change log: what changed decides, not the size of the table -----------------------------------------

# sql ENGINE, on standard input
sql() {
    case $1 in
    postgres) "${psql[@]}" -d bench ;;
    mariadb) "${mysql[@]}" tidemark ;;
    *) sqlite3 "$1" ;;
    esac
}

# A thousand changes, spread over the whole table, other rows in every round and at either side: a tenth are deleted, a
# tenth inserted, the rest updated. changes ENGINE TABLE ROWS ROUND SIDE
changes() {
    local step=$(($3 / 1000)) rest=$((2 * $4 + $5 + 1)) text=text
    [ "$1" != mariadb ] || text=char
    {
        echo 'BEGIN;'
        echo "DELETE FROM $2 WHERE id IN ($(seq -s, $rest $((step * 10)) "$3"));"
        echo "INSERT INTO $2 SELECT id + $3, qty, code, price, note, at, amount, flag FROM $2 WHERE id IN
            ($(seq -s, $((rest + step)) $((step * 10)) "$3"));"
        echo "UPDATE $2 SET qty = qty + 1, code = concat('X', cast(qty AS $text)) WHERE id IN
            ($(for ((n = 2; n < 10; ++n)); do seq $((rest + n * step)) $((step * 10)) "$3"; done | paste -sd,));"
        echo 'COMMIT;'
    } | if [ "$1" = postgres ] || [ "$1" = mariadb ]; then cat; else sed "s/concat('X', cast(qty AS text))/'X' || qty/"; fi | sql "$1"
}

# changelog NAME SOURCE SOURCEENGINE TARGET TARGETENGINE TABLE…: the tables t (all rows) and tenth.
changelog() {
    local name=$1 n size table
    rm -rf "$work/space"
    mkdir -m 700 "$work/space"
    rm -f "$work"/log-*
    for table in t tenth; do
        two_way "log-$table" "$2" $table "$4" $table '{"by": "log"}'
        step /dev/null job log "$work/log-$table.json" install
        step "$work/log-$table.whole" run "$work/log-$table.json" # compares everything, once
        step "$work/log-$table.whole" run "$work/log-$table.json"
    done
    for ((n = 0; n < pairs; ++n)); do
        for table in t tenth; do
            [ $table = t ] && size=$rows || size=$((rows / 10))
            changes "$3" $table "$size" "$n" 0
            changes "$5" $table "$size" "$n" 1
            step "$work/log-$table" --json run "$work/log-$table.json"
            cp "$work/output" "$work/log-$table.report"
            step "$work/log-$table.quiet" run "$work/log-$table.json"
        done
    done
    for table in t tenth; do
        step /dev/null verify "$work/log-$table.json"
        [ "$(grep -o '"delete":100,"insert":100,"update":800' "$work/log-$table.report" | wc -l)" = 2 ] || {
            cat "$work/log-$table.report" >&2
            exit 1
        }
    done
    awk -v name="$name" -v all="$(median "$work/log-t")" -v tenth="$(median "$work/log-tenth")" \
        -v own="$(spent "$work/log-t")" -v ownTenth="$(spent "$work/log-tenth")" \
        -v quiet="$(median "$work/log-t.quiet")" -v peak="$(peak "$work/log-t")" 'BEGIN {
        printf "%-34s %8.3f s %10.3f s %8.2f   own work %.3f s and %.3f s, ratio %.2f; %d MB; a quiet one %.3f s\n",
            name, all, tenth, all / tenth, own, ownTenth, own / ownTenth, peak, quiet }'
}

if wanted changelog; then
    tenth=$((rows / 10))
    printf '\n%-34s %10s %12s %8s\n' "two ways by change log, 1,000 each" "$rows rows" "$tenth rows" ratio
    for side in left right; do
        make_sqlite "$work/$side.db" "$rows" INTEGER >/dev/null
        sqlite3 "$work/$side.db" "CREATE TABLE tenth (id INTEGER PRIMARY KEY, qty INT NOT NULL, code VARCHAR(10) NOT NULL,
            price DECIMAL(12,2) NOT NULL, note TEXT NOT NULL, at TIMESTAMP NOT NULL, amount BIGINT NOT NULL, flag BOOLEAN);
            INSERT INTO tenth SELECT * FROM t WHERE id <= $tenth; CREATE INDEX tenth_at ON tenth (at)"
    done
    changelog "SQLite, SQLite" "$(sqlite_side "$work/left.db")" "$work/left.db" "$(sqlite_side "$work/right.db")" "$work/right.db"
    rm "$work"/{left,right}.db
    empty_target
    "${psql[@]}" -d bench -c 'CREATE TABLE tenth (LIKE t INCLUDING ALL)'
    bash -o pipefail -c "$sqlite_pipeline"
    "${psql[@]}" -d bench -c "INSERT INTO tenth SELECT * FROM t WHERE id <= $tenth" -c 'ANALYZE t, tenth'
    "${mysql[@]}" tidemark -e 'DROP TABLE IF EXISTS t, tenth'
    make_mariadb t "$rows"
    make_mariadb tenth "$tenth"
    changelog "PostgreSQL, MariaDB" "$postgres_side" postgres "$mariadb_side" mariadb
fi

if wanted latency; then
    printf '\nthe window while a job of its own runs, '
    "$PWD/build/release/tests/bench_latency" "$rows" 2>/dev/null
fi

if wanted conflicts; then
    printf '\nthe window of conflicts, '
    "$PWD/build/release/tests/bench_conflicts" 2>/dev/null
fi

if [ -z "$only" ]; then
    echo
    bash tests/bench/queues.sh "$PWD/build/release" "$rows" "$work"
    by_itself
fi
