#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: core.sh SOURCE_DIR
# The core rooms (marked * in src/rooms.txt) need nothing beyond the C library: each of their files
# compiles for WebAssembly, where there is nothing else.
cd "$1" || exit 2
rooms=$(sed -n 's/^\([a-z]*\)\*.*/\1/p' src/rooms.txt)
for room in $rooms; do
    include="$include -Isrc/$room"
done
count=0
status=0
for room in $rooms; do
    for file in src/"$room"/*.c; do
        count=$((count + 1))
        # shellcheck disable=SC2086 # the include paths are words
        clang --target=wasm32-wasi -std=c17 -D_POSIX_C_SOURCE=200809L $include -fsyntax-only "$file" ||
            status=1
    done
done
[ "$count" -gt 100 ] || { echo "only $count files seen"; exit 1; }
exit $status
