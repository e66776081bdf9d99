# SPDX-License-Identifier: GPL-3.0-or-later
# Captions and transcripts: what is said, when it is said, as players and people read it.
. "$(dirname "$0")/harness.sh"

# judge NAME IN OUT ON PLAN-ARGS...: NAME.vtt and the others, read strictly and by ffmpeg.
judge()
{
    name=$1
    in=$2
    out=$3
    on=$4
    shift 4
    "$LOOSEN" plan "$@" --json >"$name.json" || fail 'plan --json'
    is "the captions of $*" python3 "$SOURCE/tests/app/captions.py" "$name" "$in" "$out" "$on"
}

for kind in vtt srt lrc; do
    expect 0 '' plan slow-tide -t 15 --lang de --captions $kind
    mv out.txt welle.$kind
done
expect 0 '' plan slow-tide -t 15 --lang de --transcript
mv out.txt welle.txt
judge welle einatmen ausatmen 'der Klang geht mit dem Atem weiter' slow-tide -t 15 --lang de

expect 0 '20160000 frames' export wall-ball -t 7 -o calm.wav --captions vtt,srt,lrc --transcript
judge calm 'breathe in' 'breathe out' 'the sound goes on with the breath' wall-ball -t 7
is 'the notice stands in front of the transcript' sh -c "head -4 calm.txt | grep -q 'For your safety first'"
is 'the scene is told' grep -q '^\[waves, slowly rising\]$' calm.vtt
expect 0 '' plan wall-ball -t 7 --captions vtt
is 'plan prints what export writes' cmp out.txt calm.vtt
expect 0 '' export desk-reset -t 2 -o quiet.wav --no-scene --captions vtt
is 'no scene, and none is told' sh -c '! grep "^\[" quiet.vtt | grep -qv "breathe\|with the breath\|quiet"'
expect 0 '' export desk-reset -t 2 -o pad.wav --scene pad --captions vtt
is 'the scene that was chosen' grep -q '^\[a soft chord, slowly changing\]$' pad.vtt
rm -f ./*.wav

# Each session, as its own voice speaks it: nothing has to be read too fast, no line is too long.
count=0
for script in "$SOURCE"/scripts/??/*.session; do
    language=$(basename "$(dirname "$script")")
    session=$(basename "$script" .session)
    count=$((count + 1))
    expect 0 '' plan "$session" --lang "$language" --captions vtt
    is "$session in $language is read with ease" python3 - <<'EOF'
import re
def moment(text):
    hours, minutes, seconds = text.split(":")
    return (int(hours) * 60 + int(minutes)) * 60 + float(seconds)
count = 0
for block in open("out.txt", encoding="utf-8").read().split("\n\n"):
    times, *lines = block.strip().split("\n")
    if " --> " not in times:
        continue
    start, end = map(moment, times.split(" --> "))
    lines = [re.sub("<[^>]*>", "", line).replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&") for line in lines]
    assert sum(map(len, lines)) + len(lines) - 1 <= 17 * (end - start), block
    assert len(lines) <= 2 and max(len(line.strip("[]")) for line in lines) <= 42, block
    count += 1
assert count > 20
EOF
done
is "all of them: $count" test "$count" -ge 12

# All or nothing: a name that is taken, a kill, a stream.
echo mine >taken.srt
expect 2 'taken.srt.*exists' export desk-reset -t 2 -o taken.wav --captions vtt,srt
is 'what was there is kept' test "$(cat taken.srt)" = mine
is 'and nothing is put beside it' sh -c 'test "$(ls | grep -c taken)" = 1'
expect 0 '' export desk-reset -t 2 -o taken.wav --captions srt --force
is 'but with --force' grep -q '^00:00:' taken.srt
"$LOOSEN" export wall-ball -t 30 -o cut.wav --captions vtt --transcript 2>/dev/null &
sleep 0.7
kill -INT $!
wait $!
is 'an interrupt is 128 + 2' test $? = 130
is 'and leaves no captions' sh -c 'test -z "$(ls -A | grep cut)"'
expect 2 'standard output' export wall-ball -t 7 -o - --captions vtt

expect 2 'captions takes vtt' export wall-ball --captions ass
expect 2 'captions takes vtt' export wall-ball --captions vtt,
expect 2 'captions takes vtt' export wall-ball --captions vtt,vtt
expect 2 'one kind of captions' plan wall-ball --captions vtt,srt
expect 2 'one kind of captions' plan wall-ball --captions vtt --transcript

finish
