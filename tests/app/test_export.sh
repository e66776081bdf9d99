# SPDX-License-Identifier: GPL-3.0-or-later
# Exports: exact length, exact levels, nothing half.
. "$(dirname "$0")/harness.sh"

frames()
{
    ffprobe -v error -show_entries stream=duration_ts -of csv=p=0 "$1"
}

expect 0 '28800000 frames' export wall-ball -t 10 -o ten.wav --stats
sed -n 's/.*cpu \([0-9.]*\) s (voice \([0-9.]*\) s).*/\1 \2/p' err.txt >cpu.txt
is "the voice is some of the processor time: $(cat cpu.txt)" awk '$2 > 0.1 && $2 < $1 { good++ } END { exit good != 1 }' cpu.txt
is '28,800,000 frames by ffprobe' test "$(frames ten.wav)" = 28800000
is '28,800,000 frames by sox' test "$(soxi -s ten.wav)" = 28800000
is 'exactly 28800000 x 4 bytes and a header' test "$(($(stat -c %s ten.wav) - 115200000))" -lt 4096
is 'a title' test "$(ffprobe -v error -show_entries format_tags=title -of default=nk=1:nw=1 ten.wav)" = 'Wall and Ball'
expect 2 'ten.wav.*exists' export wall-ball -t 10 -o ten.wav
expect 0 '28800000 frames' export wall-ball -t 10 -o again.wav
is 'same inputs, same bytes' cmp ten.wav again.wav
expect 0 '28800000 frames' export wall-ball -t 10 -o again.wav --force --seed 2
is 'another seed, another sound' sh -c '! cmp -s ten.wav again.wav'
rm -f again.wav

for bits in 24 float; do
    expect 0 '20160000 frames' export wall-ball -t 7 -o "seven-$bits.wav" --bits "$bits"
    is "exact frames, $bits" test "$(frames "seven-$bits.wav")" = 20160000
done
expect 0 '41856000 frames' export wall-ball -t 14:32 --breath 5 --no-scene -o tone.wav
expect 0 '86400000 frames' export wall-ball -t 30 --breath natural -o thirty.wav

# A scene alone: exact, silent at both ends, and no voice is needed.
expect 0 '5760000 frames' export --scene-only pad -t 2 -o pad.wav
is 'exact frames, a scene alone' test "$(frames pad.wav)" = 5760000
is 'another scene than the shore' sh -c "'$LOOSEN' export --scene-only shore -t 2 -o shore.wav 2>/dev/null && ! cmp -s pad.wav shore.wav"
rm -f pad.wav shore.wav

# Loudness and peak by ffmpeg's meter, as a witness of what the audio tests measure. The voice is measured
# by itself: of a mix that is quiet for long the meter counts what is between the lines as well.
expect 0 '28800000 frames' export wall-ball -t 10 -o witness.wav --stems
is 'the same mix' cmp ten.wav witness.wav
measure()
{
    ffmpeg -hide_banner -nostats -i "$1" -af ebur128=peak=true -f null - 2>meter.txt
    loudness=$(sed -n 's/^ *I: *\(-[0-9.]*\) LUFS/\1/p' meter.txt | tail -1)
    peak=$(sed -n 's/^ *Peak: *\(-[0-9.]*\) dBFS/\1/p' meter.txt | tail -1)
}
measure witness.voice.wav
is "speech at -18 LUFS, 1 either way: $loudness" awk "BEGIN { exit !($loudness > -19 && $loudness < -17) }"
voice=$loudness
measure witness.scene.wav
is "the scene more than 15 LU below it, pauses and all: $loudness" awk "BEGIN { exit !($loudness < $voice - 15) }"
measure ten.wav
is "true peak at most -1.5 dBTP: $peak" awk "BEGIN { exit !($peak <= -1.5) }"
is "no louder than its voice by more than 1 LU: $loudness" awk "BEGIN { exit !($loudness < $voice + 1) }"
rm -f witness.*

# Nothing half: no target folder, full disk, an interrupt.
expect 2 'nowhere' export wall-ball -o nowhere/x.wav
mkdir small
if [ "$(id -u)" = 0 ]; then in_namespace="unshare -m"; else in_namespace="unshare -rm"; fi
$in_namespace sh -c "mount -t tmpfs -o size=8m none small && cd small &&
    { '$LOOSEN' export wall-ball -o full.wav; echo \$? >../code; ls -A >../left; }" 2>err.txt
is 'a full disk is exit 1' test "$(cat code)" = 1
is 'its message names file and cause' grep -q 'full.wav.*No space left' err.txt
is 'it leaves nothing' test ! -s left
"$LOOSEN" export wall-ball -t 30 -o cut.wav 2>/dev/null &
sleep 0.7
kill -INT $!
wait $!
is 'an interrupt is 128 + 2' test $? = 130
is 'and leaves no file' sh -c 'test -z "$(ls -A | grep -F cut.wav)"'

finish
