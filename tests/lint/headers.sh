#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: headers.sh SOURCE_DIR CC
# Each header of src compiles on its own.
cd "$1" || exit 2
status=0
count=0
for folder in src/*/; do
    include="$include -I$folder"
done
for header in src/*/*.h; do
    count=$((count + 1))
    # shellcheck disable=SC2086 # the include paths are words
    printf '#include "%s"\n#include "%s"\nextern int once;\n' "${header##*/}" "${header##*/}" |
        "$2" -std=c17 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -Wall -Wextra -Wpedantic \
            -Werror $include -fsyntax-only -x c - || status=1
done
[ "$count" -gt 20 ] || { echo "only $count headers seen"; exit 1; }
exit $status
