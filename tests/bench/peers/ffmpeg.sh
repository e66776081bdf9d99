#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# ffmpeg.sh PLAN.tsv SECONDS OUT.wav - the same session by hand: espeak-ng once a line, ffmpeg for the
# rest. Speech at its times over brown noise with a slow tremolo, which a side-chain compressor ducks
# under the voice; the mix is measured (EBU R 128), then set to -18 LUFS behind a limiter.
set -eu
plan=$1
seconds=$2
out=$3
. "$(dirname "$0")/voice.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet()
{
    ffmpeg -hide_banner -nostdin -nostats -loglevel error -y "$@"
}
silence()
{
    quiet -f lavfi -i anullsrc=r=22050:cl=mono -t "$1" -c:a pcm_s16le "$2"
}
speak "$plan" "$work"
sed "s/.*/file '&'/" "$work/list" >"$work/concat"
quiet -f concat -safe 0 -i "$work/concat" -filter_complex "
    [0:a]aresample=48000,pan=stereo|c0=c0|c1=c0,apad,atrim=0:$seconds,asplit[voice][key];
    anoisesrc=c=brown:r=48000:s=1:d=$seconds[left];anoisesrc=c=brown:r=48000:s=2:d=$seconds[right];
    [left][right]join=inputs=2:channel_layout=stereo,lowpass=f=1800,highpass=f=45,
        tremolo=f=0.1:d=0.6,volume=-18dB[bed];
    [bed][key]sidechaincompress=threshold=0.02:ratio=6:attack=200:release=1200[down];
    [voice][down]amix=inputs=2:normalize=0:duration=first[mix]" \
    -map '[mix]' -c:a pcm_f32le "$work/mix.wav"
loudness=$(ffmpeg -hide_banner -nostdin -nostats -i "$work/mix.wav" -af ebur128=framelog=quiet \
    -f null - 2>&1 | awk '$1 == "I:" { loudness = $2 } END { print loudness }')
gain=$(awk "BEGIN { print -18 - ($loudness) }")
quiet -i "$work/mix.wav" -af "volume=${gain}dB,alimiter=limit=0.84:level=0" -c:a pcm_s16le "$out"
