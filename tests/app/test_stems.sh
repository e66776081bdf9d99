# SPDX-License-Identifier: GPL-3.0-or-later
# Stems sum to the mix before the limiter, bit for bit.
. "$(dirname "$0")/harness.sh"
SUM=$3

expect 0 '5760000 frames' export slow-tide -t 2 -o a.wav --bits float --stems --levels voice=-1.5,scene=2 --manifest
is 'three stems beside the mix' test "$(ls | tr '\n' ' ')" = 'a.cue.wav a.scene.wav a.voice.wav a.wav a.wav.manifest err.txt out.txt '
is "the sum through the limiter is the mix: $("$SUM" a.wav a.voice.wav a.scene.wav a.cue.wav)" "$SUM" a.wav a.voice.wav a.scene.wav a.cue.wav
is 'another order is not accepted' sh -c "! '$SUM' a.wav a.voice.wav a.scene.wav a.scene.wav"
is 'they are in the manifest' test "$(grep -cE '"name": "a[.](voice|scene|cue)[.]wav"|"name": "a.wav"' a.wav.manifest)" = 4
expect 0 'come out the same$' verify a.wav
expect 0 '5760000 frames' export slow-tide -t 2 -o b.wav --bits float --levels voice=-1.5,scene=2
is 'the mix is the same with and without' cmp a.wav b.wav

# A session without a scene has its breath tone in the cue.
expect 0 '5760000 frames' export slow-tide -t 2 -o tone.flac --no-scene --stems --force
expect 0 '5760000 frames' export slow-tide -t 2 -o tone.wav --bits float --no-scene
is 'the stems of any format are the same floats' "$SUM" tone.wav tone.voice.wav tone.scene.wav tone.cue.wav

for part in voice scene cue; do
    is "sox has nothing against tone.$part.wav" sh -c "sox -V3 tone.$part.wav -n 2>&1 | grep -q 'Floating Point' && ! sox -V3 tone.$part.wav -n 2>&1 | grep -i warn"
done

# Names that are taken, streams, and a part that is louder than full scale.
expect 2 'a.voice.wav exists already' export slow-tide -t 2 -o a.flac --stems
is 'nothing was written' test ! -e a.flac
expect 2 'not the standard output' export slow-tide -t 2 -o - --stems
expect 0 '' export slow-tide -t 2 -o loud.wav --bits float --stems --levels voice=12
is 'a part beyond full scale is kept: through the limiter the sum is the mix' sh -c "'$SUM' loud.wav loud.voice.wav loud.scene.wav loud.cue.wav | grep -q ' samples, 0 not as'"
is 'and it is beyond' sh -c "ffmpeg -nostdin -hide_banner -i loud.voice.wav -af astats -f null - 2>&1 | awk '/Peak level dB/ { most = \$NF > most ? \$NF : most } END { print most; exit !(most > 0) }'"
expect 0 'there already' export slow-tide -t 2 -o a.wav --bits float --stems --levels voice=-1.5,scene=2 --resume
sha256sum a.* >sums
rm a.scene.wav
expect 0 '5760000 frames$' export slow-tide -t 2 -o a.wav --bits float --stems --levels voice=-1.5,scene=2 --resume
is 'a stem that was removed is made again, with the same bytes' sha256sum --quiet -c sums

# All or nothing: a disk that is full before the last stem is written, and names that are taken by
# others while the work is under way, first that of the audio, then that of the manifest.
mkdir small
if [ "$(id -u)" = 0 ]; then in_namespace="unshare -m"; else in_namespace="unshare -rm"; fi
$in_namespace sh -c "mount -t tmpfs -o size=100m none small && cd small &&
    { '$LOOSEN' export slow-tide -t 2 -o full.wav --stems --manifest; echo \$? >../code; ls -A >../left; }" 2>err.txt
is 'a full disk is exit 1' test "$(cat code)" = 1
is "and leaves nothing: $(cat left)" test ! -s left
taken_meanwhile()
{
    "$LOOSEN" export slow-tide -t 5 -o late.flac --stems --manifest --json >events.txt 2>err.txt &
    job=$!
    for _ in $(seq 500); do
        ! grep -q started events.txt || break
        sleep 0.02
    done
    echo mine >"$1"
    wait $job
    code=$?
    rm -f "$1"
}
for taken in late.flac late.flac.manifest late.cue.wav; do
    taken_meanwhile $taken
    is "$taken taken meanwhile is exit 2" test $code = 2
    is "it is told: $(cat err.txt)" grep -q "$taken exists already" err.txt
    is "nothing else is left: $(ls late.* 2>/dev/null)" sh -c '! ls late.* >/dev/null 2>&1'
done

finish
