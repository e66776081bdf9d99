#!/bin/sh
# Play while stress-ng keeps every core, the disk and the memory busy: the ring must never run dry.
#   load.sh LOOSEN SOURCE SECONDS
# What the server misses is not the player's fault and not looked at: it is a process like any other. Nor
# is the time that the voice takes to get ready, in which the player pauses: half of the time is enough.
set -u
SECONDS_LONG=$3
SOURCE_LIVE=$2/tests/live
export LOOSEN=$1 SECONDS_LONG
export LOOSEN_LIVE_LIMIT=$((SECONDS_LONG + 60))
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME="$work" WORK="$work"

cat >"$work/play.sh" <<'EOF'
stress-ng --quiet --cpu "$(nproc)" --io 1 --vm 1 --vm-bytes 256M \
    --timeout $((SECONDS_LONG + 30)) --temp-path "$WORK" >"$WORK/stress.txt" 2>&1 &
stress=$!
timeout -s INT "$SECONDS_LONG" "$LOOSEN" play wall-ball -t 12 --yes >"$WORK/out.txt" 2>"$WORK/err.txt"
status=$?
if kill -0 "$stress"; then echo loaded >"$WORK/loaded"; fi
kill "$stress"
wait "$stress"
exit "$status"
EOF
"$SOURCE_LIVE/with_jack.sh" sh "$work/play.sh" </dev/null
status=$?

played=$(sed -n 's/^Wall and Ball: \([0-9]*\):\([0-9]*\) of .*/\1 \2/p' "$work/out.txt" |
    awk '{ print $1 * 60 + $2 }')
echo "played ${played:-0} of $SECONDS_LONG s under load: $(cat "$work/err.txt")"
bad=0
[ "$status" = 124 ] || { echo "play ended with $status"; bad=1; }
[ -s "$work/loaded" ] || { echo "there was no load: $(cat "$work/stress.txt")"; bad=1; }
[ "${played:-0}" -ge $((SECONDS_LONG / 2)) ] || { echo "too little was played"; bad=1; }
if grep gaps "$work/err.txt"; then bad=1; fi
exit "$bad"
