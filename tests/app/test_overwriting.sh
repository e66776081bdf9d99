# SPDX-License-Identifier: GPL-3.0-or-later
# What an export may write over, and what is there when it ends in the middle.
. "$(dirname "$0")/harness.sh"
FAULT=$3
FAULT_LOG=$WORK/calls.txt
ASAN_OPTIONS=verify_asan_link_order=0 # the object with the faults comes first
export FAULT_LOG ASAN_OPTIONS

# --resume: what the manifest lists and nobody changed is made again; nothing else is touched.
expect 0 '' export desk-reset -t 2 -o calm.wav --manifest --captions vtt
rm calm.wav
echo mine >calm.txt
expect 2 'calm.txt exists already' export desk-reset -t 2 -o calm.wav --transcript --resume
is 'a file that no manifest lists is kept' test "$(cat calm.txt)" = mine
echo mine >calm.voice.wav
expect 2 'calm.voice.wav exists already' export desk-reset -t 2 -o calm.wav --stems --resume
is 'a stem, too' test "$(cat calm.voice.wav)" = mine
cp calm.vtt whole.vtt
echo mine >>calm.vtt
expect 2 'calm.vtt exists already' export desk-reset -t 2 -o calm.wav --captions vtt --resume
is 'and one that was changed' test "$(tail -1 calm.vtt)" = mine
cp whole.vtt calm.vtt
expect 0 '' export desk-reset -t 2 -o calm.wav --captions vtt --resume
expect 0 'as the manifest says' verify --no-render calm.wav
is 'what is listed is made again' cmp whole.vtt calm.vtt

# Not even --force writes over what the export is made from.
sound()
{
    ffmpeg -nostdin -loglevel error -y -f lavfi -i 'anoisesrc=d=8:c=pink:r=48000:seed=7:a=0.2' -ac 2 "$1"
}
refused()
{
    cp "$1" before
    file=$1
    shift
    expect 2 "$file would be written over, which this is made from" export -t 2 --force "$@"
    is "$file is as it was" cmp before "$file"
}
is 'ffmpeg makes a recording' sound sea.wav
cp sea.wav sea.scene.wav
refused sea.wav --scene-only sea.wav -o sea.wav
refused sea.wav desk-reset --scene sea.wav -o ./sea.wav
refused sea.scene.wav --scene-only sea.scene.wav -o sea.flac --stems
printf 'scene: mine\nlayer sea: file "sea.scene.wav", crossfade 1s\n' >mine.scene
refused sea.scene.wav desk-reset --scene mine.scene -o sea.wav --stems
printf 'loosen record 1\nword desk-reset\nword --length=2m\n' >heard.txt
refused_record()
{
    expect 2 'heard.txt would be written over' export --replay heard.txt -o heard.wav --transcript --force
    is 'heard.txt is as it was' grep -q '^loosen record 1' heard.txt
}
refused_record
ln mine.scene other.txt
refused_link()
{
    expect 2 'mine.scene would be written over' export --scene-only mine.scene -t 2 -o other.wav --transcript --force
}
refused_link
is 'nothing was written' test ! -e other.wav -a ! -e heard.wav -a ! -e sea.flac

# With --force, what was there comes back when the work fails in giving the last name, or an earlier one.
all='--manifest --captions vtt --transcript --stems'
expect 0 '' export desk-reset -t 2 -o old.wav $all
sha256sum old.* >sums
is 'seven files' test "$(wc -l <sums)" = 7
for exchange in 4 7; do
    LD_PRELOAD=$FAULT FAULT_ONLY=renameat2 FAULT_AT=$exchange FAULT_KIND=EIO \
        "$LOOSEN" export slow-tide -t 2 -o old.wav $all --force 2>err.txt
    is "failing in exchange $exchange is exit 1" test $? = 1
    is "it is told: $(cat err.txt)" grep -q 'old[.].*Input/output error' err.txt
    is 'the old files are as they were' sha256sum --quiet -c sums
    is "and nothing is beside them" test "$(ls -A | grep -c '^old\|^[.]loosen')" = 7
done
rm old.wav
ln -s nowhere old.wav
expect 2 'old.wav is a symbolic link' export slow-tide -t 2 -o old.wav $all --force
rm old.wav
"$LOOSEN" export slow-tide -t 5 -o old.wav $all --force --json >events.txt 2>err.txt &
job=$!
for _ in $(seq 500); do
    ! grep -q started events.txt || break
    sleep 0.02
done
ln -s nowhere old.wav
wait $job
is 'a link that appears meanwhile is exit 2' test $? = 2
rm old.wav
grep -v ' old.wav$' sums >sums.beside
is 'and what lies beside it is as it was' sha256sum --quiet -c sums.beside
is 'and nothing else' test "$(ls -A | grep -c '^old\|^[.]loosen')" = 6
expect 0 '' export slow-tide -t 2 -o old.wav $all --force
is 'what was replaced is gone' test "$(ls -A | grep -c '^old\|^[.]loosen')" = 7
expect 0 'as the manifest says' verify --no-render old.wav

# Killed between two names: the audio is never there without the rest. What is there is in the manifest,
# and made anew.
LD_PRELOAD=$FAULT FAULT_ONLY=linkat FAULT_AT=3 FAULT_KIND=kill \
    "$LOOSEN" export desk-reset -t 2 -o cut.opus --captions vtt,srt --transcript --manifest 2>err.txt
is 'killed' test $? = 137
is "the manifest and one more: $(ls cut.*)" test "$(ls cut.* | tr '\n' ' ')" = 'cut.opus.manifest cut.txt '
expect 2 'cut.*exists already' export desk-reset -t 2 -o cut.opus --captions vtt,srt --transcript --manifest
expect 0 '' export desk-reset -t 2 -o cut.opus --captions vtt,srt --transcript --resume
expect 0 'as the manifest says' verify --no-render cut.opus

finish
