#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Judge figures.session, which holds what our own sessions do not, in each way of exporting it:
# figures.sh LOOSEN METER
set -eu
loosen=$1
meter=$2
session=$(cd "$(dirname "$0")" && pwd)/figures.session
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
"$loosen" plan "$session" -t 6 --json >"$work/plan.json"
judge()
{
    how=$1
    shift
    echo "figures $*"
    "$loosen" export "$session" -t 6 "$@" --stems --bits float -o "$work/mix.wav" --force 2>"$work/log" || {
        cat "$work/log"
        exit 1
    }
    "$meter" "$work/mix.wav" "$work/mix.voice.wav" "$work/mix.scene.wav" "$work/mix.cue.wav" \
        "$work/plan.json" $how || failed=$((failed + 1))
}
judge all --scene far-rain
judge all
mv "$work/mix.scene.wav" "$work/plain.wav"
judge "clear $work/plain.wav" --clear
judge '' --no-scene
echo "$failed with faults"
[ "$failed" = 0 ]
