# SPDX-License-Identifier: GPL-3.0-or-later
# Every word of the sessions whose reading is doubtful has been looked at: what pronounce.py prints is
# what pronounced-LANG.tsv lists, with the same reading. Usage: test_pronounced.sh SOURCE_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
failed=0
seen=0
for folder in "$1"/scripts/*/; do
    language=$(basename "$folder")
    found=$(python3 "$here/pronounce.py" "$1/scripts" "$language" | cut -f1,3 | sort) || failed=1
    reviewed=$(grep -v '^#' "$here/pronounced-$language.tsv" | sort)
    # A session may drop a word; only new ones and changed readings need a look.
    new=$(printf '%s\n' "$found" | comm -23 - /dev/fd/3 3<<EOF
$reviewed
EOF
    )
    seen=$((seen + $(printf '%s\n' "$found" | wc -l)))
    if [ -n "$new" ]; then
        printf '%s, not looked at yet:\n%s\n' "$language" "$new"
        failed=1
    fi
done
echo "$seen doubtful words"
[ "$failed" = 0 ] && [ "$seen" -gt 0 ]
