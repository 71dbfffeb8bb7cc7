#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# histories.sh PROGRAM: plays all random histories of the model by an optimised build of it. Exit 77: there is none.
set -euo pipefail
if [ ! -x "$1" ]; then
    echo "No $1: bash tests/run.sh builds it, or: cmake --preset release && cmake --build --preset release --target tst_twowaymodel"
    exit 77
fi
LC_ALL=C.UTF-8 TZ=UTC exec "$1" -maxwarnings 0
