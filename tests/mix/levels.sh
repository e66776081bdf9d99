#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Export sessions and judge their mixes: levels.sh LOOSEN METER WHICH [PART PARTS]
# WHICH is "brief" or "whole" (see matrix.py), or mixes SESSION:LANGUAGE:LENGTH:SCENE in one word;
# of these every PARTS-th, from the PART-th on.
set -eu
loosen=$1
meter=$2
here=$(cd "$(dirname "$0")" && pwd)
case $3 in
brief | whole) mixes=$("$here/matrix.py" "$loosen" "$3") ;;
*) mixes=$3 ;;
esac
mixes=$(printf '%s\n' $mixes | awk -v part="${4:-1}" -v parts="${5:-1}" 'NR % parts == part % parts')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
judged=0
for mix in $mixes; do
    rest=$mix
    session=${rest%%:*}
    rest=${rest#*:}
    language=${rest%%:*}
    rest=${rest#*:}
    length=${rest%%:*}
    scene=${rest#*:}
    set -- "$session" --lang "$language" -t "$length"
    echo "$mix"
    "$loosen" plan "$@" --json >"$work/plan.json"
    set -- "$@" --scene "$scene"
    "$loosen" export "$@" --stems --bits float -o "$work/mix.wav" --force 2>"$work/log" || {
        cat "$work/log"
        exit 1
    }
    "$meter" "$work/mix.wav" "$work/mix.voice.wav" "$work/mix.scene.wav" "$work/mix.cue.wav" \
        "$work/plan.json" ||
        failed=$((failed + 1))
    judged=$((judged + 1))
done
echo "$judged mixes judged, $failed with faults"
[ "$judged" -gt 0 ] && [ "$failed" = 0 ]
