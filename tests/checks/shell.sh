#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   shell.sh SOURCE    every shell script parses
set -uo pipefail
cd "$1" || exit 2
source tests/checks/files.sh

status=0
while read -r script; do
    bash -n "$script" || status=1
done < <(tracked '*.sh' .ci/run)
exit $status
