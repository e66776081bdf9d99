#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The callback must not be able to allocate, lock, log or call the system: whatever the given objects
# need beyond each other has to be on this list. Usage: symbol_fence.sh OBJECT...
set -eu
allowed='^(memcpy|memset|memmove|powf)$'
# What compilers add: fortified forms of the above, stack protector, sanitizers, coverage.
added='^(__mem(cpy|set|move)_chk|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__(asan|ubsan|tsan|gcov)_.*|__start___.*|__stop___.*)$'

defined=$(nm --defined-only "$@" | awk 'NF >= 3 { print $3 }' | sort -u)
needed=$(nm --undefined-only "$@" | awk '$1 == "U" || $1 == "w" { print $2 }' | sort -u)
[ -n "$defined" ] && [ -n "$needed" ] || { echo "symbol_fence: no symbols in $*"; exit 1; }
bad=0
for symbol in $needed; do
    if printf '%s\n' "$defined" | grep -qxF "$symbol" ||
        printf '%s\n' "$symbol" | grep -qE "$allowed|$added"; then
        continue
    fi
    echo "forbidden in the callback: $symbol"
    bad=1
done
exit "$bad"
