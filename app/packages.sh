# SPDX-License-Identifier: GPL-3.0-or-later
#
# Read by app/run.sh and tests/run.sh: the one list of what Debian 12 has to bring, and how it is installed.

build_packages=(
    ca-certificates cmake fonts-dejavu-core g++ libexpected-dev libhiredis-dev libmariadb-dev libpq-dev librabbitmq-dev
    libsecret-1-0 libsqlite3-dev libssl-dev libxxhash-dev mold ninja-build openssh-client pkg-config qcoro-qt6-dev
    qt6-base-dev qt6-l10n-tools qt6-qpa-plugins qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qtkeychain-qt6-dev
)

# mariadb-server-core is the server without a service of the system. openssh-server, postgresql-15, redis-server,
# rabbitmq-server and gnome-keyring bring services that the tests leave alone: they start their own, on ports and buses of
# their own.
test_packages=(
    ccache clang-format clang-tidy dbus-bin dbus-daemon fonts-noto-cjk git gnome-keyring iproute2 mariadb-client-core
    mariadb-server-core openbox openssh-server openssl postgresql-15 postgresql-client-15 procps rabbitmq-server
    redis-server sqlite3 trayer util-linux xdotool xvfb
)

# install_packages NAME…: installs those that are missing; returns 1, having said what to do, where that cannot be.
install_packages() {
    local missing name root=()
    if ! command -v dpkg-query >/dev/null; then
        echo "This is no Debian: install the counterparts of these yourself: $*" >&2
        return 0
    fi
    missing=()
    for name in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "Installing ${missing[*]}" >&2
    if [ "$(id -u)" != 0 ]; then
        # Asks for a password only where somebody can answer.
        if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
            root=(sudo)
        else
            cannot_install "${missing[@]}"
            return 1
        fi
    fi
    # A machine that let nobody in before shall not begin to because of the tests: Debian's ssh.service heeds this file.
    if [[ " ${missing[*]} " == *" openssh-server "* ]]; then
        "${root[@]}" mkdir -p /etc/ssh && "${root[@]}" touch /etc/ssh/sshd_not_to_be_run
    fi
    local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
    # The lists may be missing or old, which shows only when a package is not found.
    "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null >&2 ||
        { "${apt[@]}" update </dev/null >&2 &&
            "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null >&2; } ||
        { cannot_install "${missing[@]}"; return 1; }
}

cannot_install() {
    echo "These packages are missing and could not be installed: $*" >&2
    echo "Mend it as root with: apt-get update && apt-get install --no-install-recommends $*" >&2
}
