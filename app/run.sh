#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what is missing, builds, and opens Tidemark on its sample. Where there is no display it takes a picture of the
# window instead and says where that lies. Arguments go to the program, in place of the sample.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source app/packages.sh
install_packages "${build_packages[@]}"

echo "Building Tidemark; the first time takes some minutes."
cmake --preset release
cmake --build --preset release --target tidemark tidemark-cli

program=build/release/app/tidemark
echo "The command line is $PWD/build/release/app/tidemark-cli; its --help tells more."
[ $# -gt 0 ] || set -- --sample

if [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
    exec "$program" "$@"
fi

picture=$PWD/build/release/tidemark.png
rm -f "$picture"
echo "There is no display, so the window is painted into a picture."
QT_QPA_PLATFORM=offscreen timeout 120 "$program" "$@" --screenshot "$picture" </dev/null
[ -s "$picture" ] || { echo "Tidemark ended without a picture." >&2; exit 1; }
echo "The window came up; its picture is $picture"
