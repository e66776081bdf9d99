# SPDX-License-Identifier: GPL-3.0-or-later
# Exports to every format from the command line, heard by ffmpeg: as long, as loud, with no higher peaks.
. "$(dirname "$0")/harness.sh"

frames()
{
    ffmpeg -v error -i "$1" -f s16le -ac 1 - | wc -c | awk '{ print $1 / 2 }'
}

meter()
{
    ffmpeg -hide_banner -nostats -i "$1" -af ebur128=peak=true -f null - 2>meter.txt
    loudness=$(sed -n 's/^ *I: *\(-[0-9.]*\) LUFS/\1/p' meter.txt | tail -1)
    peak=$(sed -n 's/^ *Peak: *\(-[0-9.]*\) dBFS/\1/p' meter.txt | tail -1)
}

expect 0 '5760000 frames' export desk-reset -t 2 -o a.wav
meter a.wav
reference=$loudness
for kind in flac ogg opus mp3; do
    expect 0 '5760000 frames' export desk-reset -t 2 -o "a.$kind"
    is "exact frames, $kind" test "$(frames "a.$kind")" = 5760000
    meter "a.$kind"
    is "as loud, $kind: $loudness of $reference LUFS" \
        awk "BEGIN { d = $loudness - $reference; exit !(d >= -0.2 && d <= 0.2) }"
    is "true peak at most -1 dBTP, $kind: $peak" awk "BEGIN { exit !($peak <= -1) }"
done
expect 0 '' export desk-reset -t 2 -o b.flac --sample-rate 44100
is 'exact frames at 44100 Hz' test "$(frames b.flac)" = 5292000
meter b.flac
is "true peak at most -1.5 dBTP at 44100 Hz: $peak" awk "BEGIN { exit !($peak <= -1.5) }"
expect 0 '' export desk-reset -t 2 -o b.ogg --mono
is 'one channel' test "$(ffprobe -v error -show_entries stream=channels -of csv=p=0 b.ogg)" = 1
expect 2 'Opus files cannot be 44100 Hz; it can be 48000' export desk-reset -t 2 -o c.opus --sample-rate 44100
expect 2 'does not end in .wav, .flac, .ogg, .opus or .mp3' export desk-reset -t 2 -o c.aac
is 'nothing of what was refused' sh -c '! ls c.* 2>/dev/null'

# Down a pipe.
"$LOOSEN" export desk-reset -t 2 -o - 2>err.txt | ffmpeg -v error -i - -f s16le piped.raw
is 'all frames come out of a pipe' test "$(stat -c %s piped.raw)" = 23040000
"$LOOSEN" export desk-reset -t 2 -o - 2>err.txt | head -c 100 >/dev/null
is 'a reader that goes away is told of' grep -q 'standard output: Broken pipe' err.txt

finish
