# SPDX-License-Identifier: GPL-3.0-or-later
# A session that is entered later than at its beginning: planned, exported, verified; what was passed over
# is gone but for the safety notice, and the rest is as far from the end as it was.
. "$(dirname "$0")/harness.sh"

# All spoken lines with their distance from the end in frames. lines FILE.json
lines()
{
    python3 - "$1" <<'END'
import json, sys
plan = json.load(open(sys.argv[1]))
for e in plan["events"]:
    if e["type"] == "speech":
        print(plan["total_frames"] - e["start_frame"], e["text"])
END
}

entered()
{
    "$LOOSEN" plan wall-ball -t 10 --json "$@"
}

entered >whole.json
lines whole.json >whole.txt
for from in 5:00 after :120; do
    entered --from "$from" >part.json
    lines part.json >part.txt
    is "$from: shorter than the whole" test "$(wc -l <part.txt)" -lt "$(wc -l <whole.txt)"
    is "$from: begins with the notice" sh -c 'head -n 1 part.txt | grep -q "For your safety first"'
    last=$(($(wc -l <part.txt) - 8))
    is "$from: and ends as the whole does" \
        sh -c "tail -n $last part.txt >a; tail -n $last whole.txt | cmp a - && test $last -gt 4"
done
entered --from ball >ball.json
is 'the beginning of a name is enough, in small letters' grep -q '"name": "Ball"' ball.json
lines ball.json >ball.txt
is 'a section begins with its first line' sh -c "sed -n 8p ball.txt | grep -q 'Stay on soft muscle'"
entered --from 0:03 >start.json
is 'before the first line it is the whole' cmp whole.json start.json

for from in '' nowhere 10:00 :0 -1; do
    expect 2 '[-]-from' plan wall-ball -t 10 --from "$from"
done
expect 2 'sections are: Arrive, .*Return' plan wall-ball --from 'Low back'
expect 2 'the session is over at 10:00' plan wall-ball -t 10 --from 10:00
expect 2 'the last line is 171' plan wall-ball --from :2000
expect 2 'from is for a session' export --scene-only shore --from 1:00

# Exported as planned, made again the same, and under a name of its own.
frames=$(python3 -c 'import json; print(json.load(open("ball.json"))["total_frames"])')
expect 0 "wall-ball-10m-from-ball.wav .* $frames frames" export wall-ball -t 10 --from ball --manifest
expect 0 '' verify wall-ball-10m-from-ball.wav.manifest
is 'as long as its plan' test "$(soxi -s wall-ball-10m-from-ball.wav)" = "$frames"
expect 0 'wall-ball-10m-from-ball.wav' export wall-ball -t 10 --from ball --resume
expect 0 'from=ball.*output=wall-ball-10m-from-ball.wav' export wall-ball -t 10 --from ball --jobs-list
expect 0 '' export wall-ball -t 10 --from ball --captions vtt -o part.wav
is 'captions begin with the notice' sh -c "grep -v '^\[' part.vtt | grep -A 1 -e '-->' | grep -m 1 '^[A-Z]' | grep -q 'your .*safety'"
# The scene fades in, and nothing before the first word is louder than it.
is 'it begins softly' sh -c "sox part.wav -n trim 0 0.2 stats 2>&1 | awk '/RMS lev dB/ { exit !(\$4 < -60) }'"
finish
