#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   servers.sh start DIR    starts a PostgreSQL, a MariaDB, a Redis and a RabbitMQ of their own in DIR, prints `export …`
#                           lines (also in DIR/env)
#   servers.sh stop DIR     ends them and removes DIR
#
# The servers listen on free ports of 127.0.0.1 and on unix sockets in DIR, keep their default durability, and offer TLS
# with a certificate for "localhost" alone. Nothing that the distribution runs is used or touched. A start on a DIR whose
# servers run already prints the same lines again.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/sbin" LC_ALL=C
umask 022

fail() {
    echo "servers.sh: $*" >&2
    exit 1
}

# ---- the programs ----------------------------------------------------------------------------------------------------

find_postgres() {
    local bin
    # Another initdb may come first on the path; only the versioned folder is PostgreSQL's for certain.
    for bin in /usr/lib/postgresql/15/bin $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
        [ -x "$bin/postgres" ] && [ -x "$bin/initdb" ] && { echo "$bin"; return; }
    done
    fail "no PostgreSQL server in /usr/lib/postgresql; mend it with: apt-get install postgresql-15"
}

need() {
    command -v "$1" >/dev/null || fail "$1 is missing; mend it with: apt-get install $2"
}

# as USER COMMAND…: PostgreSQL and MariaDB refuse to run as root, and RabbitMQ has no need to.
as() {
    local user=$1
    shift
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid="$user" --regid="$user" --clear-groups env HOME="$DIR" "$@"
    else
        "$@"
    fi
}

give() {
    local user=$1
    shift
    [ "$(id -u)" != 0 ] || chown "$user:" "$@"
}

free_port() {
    local port
    for _ in $(seq 100); do
        port=$((20000 + RANDOM % 10000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    fail "no free port between 20000 and 30000"
}

random_word() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# alive FILE: the process of a pid file runs, and is one of ours.
alive() {
    local pid
    pid=$(cat "$1" 2>/dev/null) && [ -n "$pid" ] && grep -qa -- "$DIR" "/proc/$pid/cmdline" 2>/dev/null
}

# ---- certificates ----------------------------------------------------------------------------------------------------

authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$2" \
        -addext "basicConstraints=critical,CA:TRUE" -keyout "$1.key" -out "$1.pem" 2>/dev/null
}

# client NAME AUTHORITY: a certificate of the user who logs in by one, for whoever runs the tests.
client() {
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=tidemark_cert" \
        -keyout "$DIR/tls/$1.key" -out "$DIR/tls.work/$1.csr" 2>/dev/null
    openssl x509 -req -in "$DIR/tls.work/$1.csr" -CA "$DIR/tls.work/$2.pem" -CAkey "$DIR/tls.work/$2.key" \
        -CAcreateserial -days 3650 -out "$DIR/tls/$1.pem" 2>/dev/null
    chmod 600 "$DIR/tls/$1.key"
}

make_certificates() {
    local tls=$DIR/tls work=$DIR/tls.work
    mkdir "$tls" "$work"
    chmod 700 "$work"
    authority "$work/ca" "Tidemark test authority"
    authority "$work/wrong-ca" "Another authority"
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=localhost" \
        -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null
    printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n' >"$work/server.ext"
    openssl x509 -req -in "$work/server.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 3650 \
        -extfile "$work/server.ext" -out "$work/server.pem" 2>/dev/null
    cp "$work/ca.pem" "$work/wrong-ca.pem" "$work/server.pem" "$tls/"
    install -m 600 "$work/server.key" "$tls/postgres.key"
    install -m 600 "$work/server.key" "$tls/mysql.key"
    install -m 600 "$work/server.key" "$tls/redis.key"
    install -m 600 "$work/server.key" "$tls/rabbitmq.key"
    give rabbitmq "$tls/rabbitmq.key"
    give postgres "$tls/postgres.key"
    give "$MYSQL_USER" "$tls/mysql.key"
    client client ca
    client strange-client wrong-ca
    rm -r "$work"
}

# ---- PostgreSQL ------------------------------------------------------------------------------------------------------

start_postgres() {
    local bin data=$DIR/postgres port pid
    bin=$(find_postgres)
    mkdir "$data"
    give postgres "$data"
    printf '%s' "$ADMIN_PASSWORD" >"$DIR/postgres.pw"
    chmod 600 "$DIR/postgres.pw"
    give postgres "$DIR/postgres.pw"
    as postgres "$bin/initdb" -D "$data" -U postgres --pwfile="$DIR/postgres.pw" --auth=scram-sha-256 -E UTF8 \
        --locale=C.UTF-8 >"$DIR/postgres.init.log" 2>&1 || { cat "$DIR/postgres.init.log" >&2; fail "initdb failed"; }
    rm "$DIR/postgres.pw"
    sed -i '1i hostssl all tidemark_cert all cert' "$data/pg_hba.conf"
    for _ in 1 2 3; do
        port=$(free_port)
        as postgres "$bin/postgres" -D "$data" -p "$port" -c listen_addresses=127.0.0.1 \
            -c unix_socket_directories="$DIR/sockets" -c ssl=on -c ssl_cert_file="$DIR/tls/server.pem" \
            -c ssl_key_file="$DIR/tls/postgres.key" -c ssl_ca_file="$DIR/tls/ca.pem" -c timezone=UTC -c log_timezone=UTC \
            </dev/null >"$DIR/postgres.log" 2>&1 9>&- &
        pid=$!
        disown
        for _ in $(seq 300); do
            kill -0 $pid 2>/dev/null || break
            if PGPASSWORD=$ADMIN_PASSWORD psql -qXAt -h "$DIR/sockets" -p "$port" -U postgres -c 'select 1' postgres \
                >/dev/null 2>&1; then
                break 2
            fi
            sleep 0.1
        done
    done
    head -n 1 "$data/postmaster.pid" >"$DIR/postgres.pid" 2>/dev/null && alive "$DIR/postgres.pid" \
        || { cat "$DIR/postgres.log" >&2; fail "PostgreSQL did not start"; }
    PGPASSWORD=$ADMIN_PASSWORD psql -qX -v ON_ERROR_STOP=1 -h "$DIR/sockets" -p "$port" -U postgres postgres <<SQL
CREATE ROLE tidemark LOGIN CREATEDB PASSWORD '$PASSWORD';
CREATE ROLE tidemark_low LOGIN PASSWORD '$PASSWORD';
CREATE ROLE tidemark_cert LOGIN;
CREATE DATABASE tidemark OWNER tidemark;
SQL
    cat >"$DIR/postgres.env" <<ENV
export TIDEMARK_TEST_POSTGRES='postgres://tidemark@127.0.0.1:$port/tidemark'
export TIDEMARK_TEST_POSTGRES_ADMIN='postgres://postgres@127.0.0.1:$port/postgres'
ENV
}

# ---- MariaDB ---------------------------------------------------------------------------------------------------------

start_mariadb() {
    local data=$DIR/mariadb port pid=0 user=()
    mkdir "$data"
    give "$MYSQL_USER" "$data"
    [ "$(id -u)" != 0 ] || user=(--user="$MYSQL_USER")
    mariadb-install-db --no-defaults --datadir="$data" --auth-root-authentication-method=normal --skip-test-db \
        "${user[@]}" >"$DIR/mariadb.init.log" 2>&1 \
        || { cat "$DIR/mariadb.init.log" >&2; fail "mariadb-install-db failed"; }
    # Read by the server as it starts, so that no account is ever without a password.
    cat >"$DIR/mariadb.sql" <<SQL
DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost');
FLUSH PRIVILEGES;
ALTER USER root@localhost IDENTIFIED BY '$ADMIN_PASSWORD';
CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY '$ADMIN_PASSWORD';
GRANT ALL PRIVILEGES ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
CREATE DATABASE IF NOT EXISTS tidemark;
CREATE USER IF NOT EXISTS tidemark@'%' IDENTIFIED BY '$PASSWORD';
GRANT ALL PRIVILEGES ON *.* TO tidemark@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS tidemark_low@'%' IDENTIFIED BY '$PASSWORD';
GRANT SELECT ON tidemark.* TO tidemark_low@'%';
CREATE USER IF NOT EXISTS tidemark_cert@'%' REQUIRE SUBJECT '/CN=tidemark_cert';
GRANT SELECT ON tidemark.* TO tidemark_cert@'%';
SQL
    chmod 600 "$DIR/mariadb.sql"
    give "$MYSQL_USER" "$DIR/mariadb.sql"
    for _ in 1 2 3; do
        port=$(free_port)
        mariadbd --no-defaults "${user[@]}" --datadir="$data" --port="$port" --bind-address=127.0.0.1 \
            --socket="$DIR/sockets/mysqld.sock" --pid-file="$DIR/mariadb/mariadb.pid" --skip-name-resolve \
            --character-set-server=utf8mb4 --collation-server=utf8mb4_general_ci --max-allowed-packet=64M \
            --default-time-zone=+00:00 --ssl-ca="$DIR/tls/ca.pem" --ssl-cert="$DIR/tls/server.pem" \
            --ssl-key="$DIR/tls/mysql.key" --init-file="$DIR/mariadb.sql" \
            </dev/null >"$DIR/mariadb.log" 2>&1 9>&- &
        pid=$!
        disown
        for _ in $(seq 300); do
            kill -0 $pid 2>/dev/null || break
            if MYSQL_PWD=$PASSWORD mariadb --no-defaults -S "$DIR/sockets/mysqld.sock" -u tidemark -e 'select 1' tidemark \
                >/dev/null 2>&1; then
                break 2
            fi
            sleep 0.1
        done
    done
    echo $pid >"$DIR/mariadb.pid"
    alive "$DIR/mariadb.pid" || { cat "$DIR/mariadb.log" >&2; fail "MariaDB did not start"; }
    rm "$DIR/mariadb.sql"
    cat >"$DIR/mariadb.env" <<ENV
export TIDEMARK_TEST_MYSQL='mysql://tidemark@127.0.0.1:$port/tidemark'
export TIDEMARK_TEST_MYSQL_ADMIN='mysql://root@127.0.0.1:$port/mysql'
ENV
}

# ---- Redis -----------------------------------------------------------------------------------------------------------

# answers PORT: something listens there.
answers() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

start_redis() {
    local data=$DIR/redis port tls_port pid=0
    mkdir -m 700 "$data"
    for _ in 1 2 3; do
        port=$(free_port)
        tls_port=$(free_port)
        # The name of the process stays the command line, by which it is known as ours.
        cat >"$data/redis.conf" <<CONF
bind 127.0.0.1
port $port
tls-port $tls_port
tls-cert-file $DIR/tls/server.pem
tls-key-file $DIR/tls/redis.key
tls-ca-cert-file $DIR/tls/ca.pem
tls-auth-clients optional
dir $data
save ""
appendonly yes
set-proc-title no
user default off
user tidemark on >$PASSWORD ~* &* +@all
user tidemark_low on >$PASSWORD ~low:* &* +ping +info +select
CONF
        chmod 600 "$data/redis.conf"
        redis-server "$data/redis.conf" </dev/null >"$DIR/redis.log" 2>&1 9>&- &
        pid=$!
        disown
        for _ in $(seq 100); do
            kill -0 $pid 2>/dev/null || break
            answers "$port" && answers "$tls_port" && break 2
            sleep 0.1
        done
    done
    echo $pid >"$DIR/redis.pid"
    alive "$DIR/redis.pid" || { cat "$DIR/redis.log" >&2; fail "Redis did not start"; }
    cat >"$DIR/redis.env" <<ENV
export TIDEMARK_TEST_REDIS='redis://tidemark@127.0.0.1:$port/0'
export TIDEMARK_TEST_REDIS_TLS='rediss://tidemark@127.0.0.1:$tls_port/0'
ENV
}

# ---- RabbitMQ --------------------------------------------------------------------------------------------------------

# It finds its nodes through a daemon of its own, which is started here, on a port of its own, and ended with it.
start_rabbitmq() {
    local data=$DIR/rabbitmq port tls_port dist_port epmd_port user=rabbitmq pid=0
    id rabbitmq >/dev/null 2>&1 || user=nobody
    mkdir -m 700 "$data" "$data/home"
    echo '[].' >"$data/plugins"
    give "$user" "$data" "$data/home" "$data/plugins"
    for _ in 1 2 3; do
        port=$(free_port) tls_port=$(free_port) dist_port=$(free_port) epmd_port=$(free_port)
        cat >"$data/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
listeners.ssl.1 = 127.0.0.1:$tls_port
ssl_options.cacertfile = $DIR/tls/ca.pem
ssl_options.certfile = $DIR/tls/server.pem
ssl_options.keyfile = $DIR/tls/rabbitmq.key
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = false
num_acceptors.tcp = 2
num_acceptors.ssl = 2
loopback_users = none
default_user = tidemark
default_pass = $PASSWORD
log.file = false
log.console = true
log.console.level = warning
disk_free_limit.absolute = 50MB
CONF
        chmod 600 "$data/rabbitmq.conf"
        give "$user" "$data/rabbitmq.conf"
        (exec -a "$DIR/epmd" epmd -port "$epmd_port" -address 127.0.0.1 </dev/null >"$DIR/epmd.log" 2>&1 9>&-) &
        echo $! >"$DIR/epmd.pid"
        disown
        as "$user" env HOME="$data/home" RABBITMQ_MNESIA_BASE="$data/mnesia" RABBITMQ_LOG_BASE="$data/log" \
            RABBITMQ_CONFIG_FILE="$data/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$data/plugins" \
            RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_NODENAME="tidemark$port@localhost" \
            RABBITMQ_DIST_PORT="$dist_port" ERL_EPMD_PORT="$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1 \
            RABBITMQ_PID_FILE="$data/pid" \
            RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none" \
            /usr/lib/rabbitmq/bin/rabbitmq-server </dev/null >"$DIR/rabbitmq.log" 2>&1 9>&- &
        pid=$!
        disown
        for _ in $(seq 600); do
            kill -0 $pid 2>/dev/null || break
            answers "$port" && answers "$tls_port" && break 2
            sleep 0.1
        done
        end "$DIR/epmd.pid" TERM
    done
    cp "$data/pid" "$DIR/rabbitmq.pid" 2>/dev/null && alive "$DIR/rabbitmq.pid" \
        || { cat "$DIR/rabbitmq.log" >&2; fail "RabbitMQ did not start"; }
    cat >"$DIR/rabbitmq.env" <<ENV
export TIDEMARK_TEST_AMQP='amqp://tidemark@127.0.0.1:$port/'
export TIDEMARK_TEST_AMQP_TLS='amqps://tidemark@127.0.0.1:$tls_port/'
ENV
}

# ---- start and stop --------------------------------------------------------------------------------------------------

start() {
    need openssl openssl
    need psql postgresql-client-15
    need mariadbd mariadb-server-core
    need mariadb-install-db mariadb-server-core
    need mariadb mariadb-client-core
    need redis-server redis-server
    need epmd erlang-base
    [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] ||
        fail "rabbitmq-server is missing; mend it with: apt-get install rabbitmq-server"
    exec 9>"$DIR.lock"
    flock 9
    if [ -f "$DIR/env" ] && alive "$DIR/postgres.pid" && alive "$DIR/mariadb.pid" && alive "$DIR/redis.pid" &&
        alive "$DIR/rabbitmq.pid"; then
        cat "$DIR/env"
        return
    fi
    [ ! -e "$DIR/tidemark-servers" ] || remove
    mkdir -p "$DIR"
    [ -z "$(ls -A "$DIR")" ] || fail "$DIR is not empty, and not ours"
    chmod 755 "$DIR"
    touch "$DIR/tidemark-servers"
    mkdir "$DIR/sockets"
    chmod 1777 "$DIR/sockets"
    trap 'remove' ERR INT TERM
    PASSWORD=$(random_word)
    ADMIN_PASSWORD=$(random_word)
    make_certificates
    local server children=() failed=0
    for server in rabbitmq postgres mariadb redis; do
        (start_$server) &
        children+=($!)
    done
    for server in "${children[@]}"; do
        wait "$server" || failed=1
    done
    if [ $failed = 1 ]; then
        remove
        exit 1
    fi
    {
        cat "$DIR/postgres.env" "$DIR/mariadb.env" "$DIR/redis.env" "$DIR/rabbitmq.env"
        echo "export TIDEMARK_TEST_PASSWORD='$PASSWORD'"
        echo "export TIDEMARK_TEST_ADMIN_PASSWORD='$ADMIN_PASSWORD'"
        echo "export TIDEMARK_TEST_LOW_USER='tidemark_low'"
        echo "export TIDEMARK_TEST_CERT_USER='tidemark_cert'"
        echo "export TIDEMARK_TEST_TLS_DIR='$DIR/tls'"
        echo "export TIDEMARK_TEST_SOCKETS='$DIR/sockets'"
    } >"$DIR/env.new"
    mv "$DIR/env.new" "$DIR/env"
    cat "$DIR/env"
    rm -f "$DIR.lock"
}

# end FILE SIGNAL: SIGINT is PostgreSQL's fast shutdown, SIGTERM the others' ordinary one.
end() {
    local pid
    alive "$1" || return 0
    pid=$(cat "$1")
    kill "-$2" "$pid" 2>/dev/null || return 0
    for _ in $(seq 200); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
}

remove() {
    [ -e "$DIR/tidemark-servers" ] || return 0
    [ -f "$DIR/postgres.pid" ] || head -n 1 "$DIR/postgres/postmaster.pid" >"$DIR/postgres.pid" 2>/dev/null || true
    [ -f "$DIR/mariadb.pid" ] || cp "$DIR/mariadb/mariadb.pid" "$DIR/mariadb.pid" 2>/dev/null || true
    end "$DIR/postgres.pid" INT
    end "$DIR/mariadb.pid" TERM
    end "$DIR/redis.pid" TERM
    [ -f "$DIR/rabbitmq.pid" ] || cp "$DIR/rabbitmq/pid" "$DIR/rabbitmq.pid" 2>/dev/null || true
    end "$DIR/rabbitmq.pid" TERM
    end "$DIR/epmd.pid" TERM
    rm -rf "$DIR" "$DIR.lock"
}

if [ $# -ne 2 ] || [[ "$1" != start && "$1" != stop ]]; then
    echo "usage: servers.sh start DIR | stop DIR" >&2
    exit 64
fi
# The packages without a service bring no account of MariaDB's.
MYSQL_USER=mysql
id mysql >/dev/null 2>&1 || MYSQL_USER=nobody
[[ "$2" = /* ]] && DIR=$2 || DIR=$PWD/$2
case $1 in
start) start ;;
stop)
    [ -e "$DIR/tidemark-servers" ] || [ ! -e "$DIR" ] || fail "$DIR is not ours"
    remove
    ;;
esac
