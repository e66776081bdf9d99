#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: tidy.sh SOURCE_DIR BINARY_DIR
# clang-tidy finds nothing in src, and what it does not look for has a reason in .clang-tidy.
cd "$1" || exit 2
status=0
for check in $(grep -oE '^  -[a-z][a-zA-Z0-9.-]+' .clang-tidy | sed 's/^  -//; s/-$//'); do
    grep -q "^# $check: " .clang-tidy || {
        echo ".clang-tidy: $check is off without a reason"
        status=1
    }
done

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
# One that finds nothing here would find nothing anywhere.
printf 'int seeded(int a);\nint seeded(int a)\n{\n    if (a)\n        return 1;\n    else\n        return 2;\n}\n' >"$work/seeded.c"
cp .clang-tidy "$work"
clang-tidy --quiet "$work/seeded.c" -- -std=c17 2>"$work/errors" |
    grep -q 'readability-else-after-return' || {
    echo "clang-tidy did not find a seeded fault"
    cat "$work/errors"
    exit 1
}

find src -name '*.c' | sort >"$work/files"
count=$(wc -l <"$work/files")
while read -r file; do
    grep -q "\"file\": .*/$file\"" "$2/compile_commands.json" || {
        echo "$file is not in the compile database"
        status=1
    }
done <"$work/files"
xargs -P2 -n4 clang-tidy --quiet -p "$2" <"$work/files" >"$work/found" 2>"$work/errors" || {
    cat "$work/found"
    grep -v 'warnings generated' "$work/errors"
    status=1
}
[ "$count" -gt 150 ] || { echo "only $count files seen"; exit 1; }
exit $status
