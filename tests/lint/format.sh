#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: format.sh SOURCE_DIR
# The sources are as clang-format lays them out.
cd "$1" || exit 2
find src tests -name '*.[ch]' | sort | xargs clang-format --dry-run -Werror 2>&1 |
    grep -E 'error:' | cut -d: -f1 | sort | uniq -c | grep . && exit 1
[ "$(find src -name '*.c' | wc -l)" -gt 30 ]
