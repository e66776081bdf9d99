#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sox.sh PLAN.tsv SECONDS OUT.wav - the same session by hand: espeak-ng once a line, sox for the rest.
# Speech at its times over a brown-noise bed with a slow tremolo; no ducking, no levelling of lines,
# peak normalisation: what a patient user would do.
set -eu
plan=$1
seconds=$2
out=$3
. "$(dirname "$0")/voice.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
silence()
{
    sox -V1 -n -r 22050 -c 1 -b 16 "$2" trim 0 "$1"
}
speak "$plan" "$work"
# shellcheck disable=SC2046 # paths of our own without spaces
sox -V1 $(cat "$work/list") "$work/voice.wav"
bed="|sox -V1 -n -r 48000 -c 2 -p synth $seconds brownnoise brownnoise lowpass 1800 highpass 45 tremolo 0.1 60 gain -18"
voice="|sox -V1 $work/voice.wav -p rate -h 48000 channels 2 pad 0 20 trim 0 $seconds"
sox -V1 --temp "$work" -m -v 1 "$voice" -v 1 "$bed" -b 16 "$out" gain -n -1.5
