#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Lose the sound device in every way that loss.c knows, at random moments, and print a table.
#   losses.sh LOOSEN RECORDER LOSS SOURCE COUNT PARALLEL [FIRST]
# A run in which the server failed proves nothing and is done again, three times at most. Fails unless
# COUNT runs were good.
set -u
LOOSEN=$1 RECORDER=$2 LOSS=$3 SOURCE=$4 COUNT=$5 PARALLEL=$6 FIRST=${7:-0}
SCRIPT=$SOURCE/tests/app/two-minutes.session
export PRIVATE_SHM="$SOURCE/tests/live/private_shm.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

"$LOOSEN" export "$SCRIPT" -t 2 --bits float -o "$work/session.wav" >"$work/export.txt" 2>&1 &&
    ffmpeg -v error -i "$work/session.wav" -f f32le "$work/session.f32" || {
    cat "$work/export.txt"
    exit 1
}
rm "$work/session.wav"

cat >"$work/one.sh" <<'EOF'
for try in 1 2 3 4; do
    timeout -s KILL 150 "$PRIVATE_SHM" "$1" "$2" "$3" "$4" "$5/session.f32" "$6" \
        >"$5/line.$6" 2>"$5/err.$6"
    status=$?
    [ "$status" = 75 ] || break
    sed 's/$/  (again)/' "$5/line.$6" | cat - "$5/err.$6" >>"$5/again"
    sleep 3
done
[ -s "$5/line.$6" ] || echo "no word of this run: it ended with $status" >"$5/line.$6"
[ "$status" = 0 ] && echo "$6" >>"$5/good"
printf '%4d  %s\n' "$6" "$(cat "$5/line.$6")"
EOF
printf '%4s  %-22s %8s %8s %8s %8s %3s %10s %10s  %s\n' run trouble lasted back key quit n \
    skipped repeated result
seq "$FIRST" $((FIRST + COUNT - 1)) |
    xargs -P "$PARALLEL" -I RUN sh "$work/one.sh" "$LOSS" "$LOOSEN" "$RECORDER" "$SCRIPT" "$work" RUN

if [ -s "$work/again" ]; then
    echo "done again, because the server failed:"
    cat "$work/again"
fi
touch "$work/good"
good=$(wc -l <"$work/good")
echo "$good of $COUNT good"
[ "$good" = "$COUNT" ]
