#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# csound.sh PLAN.tsv SECONDS OUT.wav - the same session by hand: espeak-ng once a line, joined by sox,
# then one run of csound: a noise bed with a slow swell that follows the voice's level, at fixed gains.
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
sox -V1 $(cat "$work/list") -r 48000 "$work/voice.wav"
cat >"$work/session.csd" <<CSOUND
<CsoundSynthesizer>
<CsInstruments>
sr = 48000
ksmps = 64
nchnls = 2
0dbfs = 1
instr 1
  aVoice diskin2 "$work/voice.wav", 1
  kLevel rms aVoice
  kDuck port (kLevel > 0.01 ? 0.3 : 1), 0.4
  kSwell oscil 0.3, 0.1
  aLeft fractalnoise 0.1, 1.8
  aRight fractalnoise 0.1, 1.8
  aLeft butterhp butterlp(aLeft, 1800), 45
  aRight butterhp butterlp(aRight, 1800), 45
  kBed = (0.7 + kSwell) * kDuck * 0.3
  outs aLeft * kBed + aVoice * 0.6, aRight * kBed + aVoice * 0.6
endin
</CsInstruments>
<CsScore>
i 1 0 $seconds
e
</CsScore>
</CsoundSynthesizer>
CSOUND
csound -d -m0 -W -s -o "$out" "$work/session.csd" >"$work/log" 2>&1 </dev/null || {
    cat "$work/log" >&2
    exit 1
}
