#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Play while stress-ng keeps every core, the disk and the memory busy: the ring must never run dry, nor the
# device be taken for lost.
#   load.sh LOOSEN SOURCE SECONDS
# What the server misses is not the player's fault and not looked at: it is a process like any other. Nor
# is the time before the first frame, or that in which the voice gets ready and the player pauses: what is
# heard of the rest must be three quarters of it.
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
timeout -s INT "$SECONDS_LONG" "$LOOSEN" play wall-ball -t 12 --yes \
    --report "$WORK/report.json" >"$WORK/out.txt" 2>"$WORK/err.txt"
status=$?
if kill -0 "$stress"; then echo loaded >"$WORK/loaded"; fi
kill "$stress"
wait "$stress"
exit "$status"
EOF
"$SOURCE_LIVE/with_jack.sh" sh "$work/play.sh" </dev/null
status=$?

# count KEY: the report's number, or nothing
count() {
    sed -n "s/.*\"$1\": \([0-9][0-9]*\).*/\1/p" "$work/report.json"
}

heard=$(count heard_frames)
begun_ms=$(count first_frame_ms)
underruns=$(count underruns)
losses=$(count device_losses)
wanted=$(((SECONDS_LONG * 1000 - ${begun_ms:-0}) * 48 * 3 / 4))
echo "heard ${heard:-no} frames, after ${begun_ms:-no} ms, in $SECONDS_LONG s under load:" \
    "${underruns:-no} underruns, ${losses:-no} losses; $(cat "$work/err.txt")"
bad=0
[ "$status" = 124 ] || { echo "play ended with $status"; bad=1; }
[ -s "$work/loaded" ] || { echo "there was no load: $(cat "$work/stress.txt")"; bad=1; }
[ "${heard:-0}" -ge "$wanted" ] && [ "$wanted" -gt 0 ] || { echo "too little was heard"; bad=1; }
[ "${underruns:-1}" = 0 ] || { echo "the ring ran dry"; bad=1; }
[ "${losses:-1}" = 0 ] || { echo "the device was taken for lost"; bad=1; }
exit "$bad"
