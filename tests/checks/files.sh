# SPDX-License-Identifier: GPL-3.0-or-later
#
# Read by the checks: tracked PATTERN… lists the files of the project that match, one a line, with git or without.
tracked() {
    git -c safe.directory='*' ls-files --cached -- "$@" 2>/dev/null | while read -r file; do
        [ ! -f "$file" ] || echo "$file"
    done
    [ "${PIPESTATUS[0]}" = 0 ] || {
        local pattern
        for pattern in "$@"; do
            find .ci app core tests ui -type f -name "$pattern" | sed 's/^\.\///'
        done
    }
}
