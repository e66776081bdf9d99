#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What each step does to the voice, in figures and pictures: draw.sh BUILD_FOLDER FOLDER
# The figures are printed as the table of docs/sound.md; the pictures go into FOLDER. The words are those
# of a session, each line once.
set -eu
build=$1
folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/bin/loosen" plan after-sitting -t 12 --json | python3 -c '
import json, sys
lines = [event["text"] for event in json.load(sys.stdin)["events"] if event["type"] == "speech"]
print("\n".join(line for line in dict.fromkeys(lines) if len(line.split()) > 2))' >"$work/lines"
"$build/tests/voice/voice_report" "$work/lines" "$work"

# picture WAV NAME RATE START SECONDS RANGE TITLE
picture()
{
    sox "$1" -n remix 1 rate "$3" trim "$4" "$5" \
        spectrogram -x 760 -y 257 -z "$6" -l -t "$7" -c '' -o "$folder/$2.png"
}
picture "$work/1-plain.wav" voice-before 24000 0 9 80 'espeak-ng as it comes'
picture "$work/5-clips.wav" voice-after 24000 0 9 80 'the same words as loosen says them'
"$build/bin/loosen" export wall-ball -t 7 -o "$work/mix.wav" 2>/dev/null
picture "$work/mix.wav" mix 12000 80 90 90 'wall-ball -t 7, from 1:20 to 2:50'
