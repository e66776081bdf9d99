# SPDX-License-Identifier: GPL-3.0-or-later
# Several exports at once: names, problems told before any work, resuming, kills, interrupts.
. "$(dirname "$0")/harness.sh"
mkdir out
T='out/{session}-{lang}-{minutes}.wav'

# What cannot be made is told before anything is written.
expect 2 'de: there is no session "desk-reset"' export slow-tide desk-reset -t 2 --lang en,de -o "$T"
expect 2 'wall-ball runs from 7:00 to 30:00, not 2:00' export slow-tide wall-ball -t 2,7 -o "$T"
is 'and how to leave it out' grep -q -e '--skip-impossible' err.txt
expect 2 'did you mean "wall-ball"' export slow-tide wal-ball -t 2 --skip-impossible -o "$T"
expect 2 'there is no language "z' export slow-tide --lang zz,zy -t 2 --skip-impossible -o "$T"
expect 2 'there is no language "xx"' export desk-reset -t 2 --lang en,xx --skip-impossible --jobs-list
expect 2 'there is no scene "brok", did you mean "brook"' export slow-tide desk-reset -t 2 --scene brok -o "$T"
expect 2 'cannot open no/such.scene' export slow-tide desk-reset -t 2 --scene no/such.scene -o "$T"
expect 2 'there is no scene "brok"' export --scene-only brok -t 2,3
expect 2 'more than one export would be out/x.wav' export slow-tide -t 2,3 -o out/x.wav
expect 2 'more than one export would be' export slow-tide slow-tide -t 2,3
expect 2 'there is no field {sesion}' export slow-tide -t 2,3 -o 'out/{sesion}.wav'
expect 2 'there is no field' export slow-tide -t 2 -o 'out/{session.wav'
expect 2 'no/slow-tide.wav.*No such' export slow-tide -t 2 -o 'no/{session}.wav'
expect 2 'no/slow-tide.*No such' export slow-tide -t 2,3 -o 'no/{session}-{minutes}.wav'
expect 2 '.xyz' export slow-tide -t 2,3 -o 'out/{minutes}.xyz'
expect 2 '44101' export slow-tide -t 2,3 -o 'out/{minutes}.opus' --sample-rate 44101
expect 2 'one export only' export slow-tide -t 2,3 -o -
expect 2 'jobs takes NUMBER' export slow-tide -t 2,3 -j 0
expect 2 'length takes LENGTH' export slow-tide -t 2,,3
expect 2 'length takes LENGTH' plan slow-tide -t 2,3
expect 2 'lang takes CODE' play slow-tide --lang en,de
: >out/slow-tide-en-2.wav
expect 2 'out/slow-tide-en-2.wav exists already; --force replaces it' export slow-tide -t 2,3 -o "$T"
expect 2 'out/slow-tide-en-2.wav exists already; --force replaces it' export slow-tide -t 2 -o out/slow-tide-en-2.wav
is 'an empty file that is not ours is still empty' test ! -s out/slow-tide-en-2.wav
rm out/slow-tide-en-2.wav
: >out/slow-tide-en-2.vtt
expect 2 'out/slow-tide-en-2.vtt exists already' export slow-tide -t 2,3 -o "$T" --captions vtt
is 'and nothing else was made' test "$(ls out)" = slow-tide-en-2.vtt
rm out/slow-tide-en-2.vtt
printf 'title: Broken\nlanguage: en\nlength: 6m..30m\n\n== One\n@breath ramp\n' >broken.session
expect 3 'broken.session:6:1: error' export slow-tide broken.session -t 6 -o "$T"
is 'nothing was written so far' test -z "$(ls -A out)"

# Names: reduced, and never out of the folder.
printf 'title: ../../Müde Füße & "x"\nlanguage: en\nlength: 2m..5m, natural 2m\nnotice: none\n\n== One\nSit.\n@rest 1m..5m\n' >..odd.session
expect 0 '' export ./..odd.session --jobs-list -o 'out/{title}/{session}-{length}-{minutes}-{{x}}.wav' -t 2,2:30
is "names are reduced: $(cat out.txt)" grep -qF 'out/_.-..-M-de-F-e-x/_.odd-2m30s-2.5-{{x}}.wav' out.txt

printf 'title: 日本\nlanguage: en\nlength: 2m..5m, natural 2m\nnotice: none\n\n== One\nSit.\n@rest 1m..5m\n' >sun-.session
expect 0 'output=out/sun[.]wav ' export ./sun-.session --jobs-list -o 'out/{title}.wav'
is 'a title of which nothing is left gives the id' grep -q 'output=out/sun[.]wav' out.txt
printf 'title: -\nlanguage: en\nlength: 2m..5m, natural 2m\nnotice: none\n\n== One\nSit.\n@rest 1m..5m\n' >-.session
expect 2 'ending|format|[.]wav' export ./-.session -o '{title}'
is 'a title is never the standard output' test ! -s out.txt

# Two exports that share what lies beside them: a title may look like an extension, or end as a stem does.
for title in calm.wav calm.flac calm.voice.wav; do
    printf 'title: %s\nlanguage: en\nlength: 2m..5m, natural 2m\nnotice: none\n\n== One\nSit.\n@rest 1m..5m\n' "$title" >"$title.session"
done
expect 2 '^loosen: out/calm.flac and out/calm.wav would both write out/calm.vtt' export ./calm.wav.session ./calm.flac.session -t 2 -o 'out/{title}' --captions vtt
expect 2 'out/calm.voice.wav and out/calm.wav would both write out/calm.voice.wav' export ./calm.wav.session ./calm.voice.wav.session -t 2 -o 'out/{title}' --stems
is 'it is told once, and nothing was made' sh -c 'test "$(grep -c calm err.txt)" = 1 && test -z "$(ls -A out)"'
expect 2 'more than one export would be out/calm.wav' export ./calm.wav.session -t 2,3 -o 'out/{title}' --captions vtt
is 'what lies beside twins is not told again' test "$(grep -c 'calm' err.txt)" = 1
expect 0 'output=out/calm.flac' export ./calm.wav.session ./calm.flac.session -t 2 -o 'out/{title}' --jobs-list

# A batch, with what is impossible left out; each file has its manifest.
expect 0 '3 files: 3 made' export slow-tide desk-reset -t 2 --lang en,de -o "$T" --skip-impossible -j 2
is 'what is left out is told as such' test "$(head -1 err.txt)" = 'loosen: left out: desk-reset in de (there is none)'
is 'and not as an error' sh -c "! grep -q 'there is no session' err.txt"
expect 0 '^loosen: left out: desk-reset in en at 6:30 [(]2:00 to 6:00 is possible[)]$' export slow-tide desk-reset -t 6:30 --skip-impossible --jobs-list
expect 0 '^loosen: left out: [.]/sun-[.]session in de [(]it is in another language[)]$' export ./sun-.session --lang en,de -t 2 --skip-impossible --jobs-list
expect 2 'left out: the scene in en at 1:00 [(]a scene alone runs' export --scene-only shore -t 1 -j 1 --skip-impossible
is 'and when nothing is left' grep -q 'nothing is left to write' err.txt
is 'three files and three manifests' test "$(ls out | tr '\n' ' ')" = 'desk-reset-en-2.wav desk-reset-en-2.wav.manifest slow-tide-de-2.wav slow-tide-de-2.wav.manifest slow-tide-en-2.wav slow-tide-en-2.wav.manifest '
expect 0 '' verify --no-render out/*.manifest
expect 0 '' export slow-tide --lang de -t 2 -o alone.wav
is 'the same bytes as from an export alone' cmp alone.wav out/slow-tide-de-2.wav

# What lies beside a file and is missing is no failure of it.
expect 0 '1 made' export slow-tide -t 2 -o 'out/beside-{minutes}.flac' --captions vtt -j 1
rm out/beside-2.vtt
expect 0 '1 made' export slow-tide -t 2 -o 'out/beside-{minutes}.flac' --captions vtt -j 1
is 'it is there again' test -s out/beside-2.vtt
rm out/beside-2.*

# Resumed: only what is missing or damaged is made.
rm out/slow-tide-en-2.wav
before=$(stat -c '%i %Z' out/slow-tide-de-2.wav out/desk-reset-en-2.wav)
expect 0 '3 files: 1 made, 2 there already' export slow-tide desk-reset -t 2 --lang en,de -o "$T" --skip-impossible
is 'the others were not touched' test "$before" = "$(stat -c '%i %Z' out/slow-tide-de-2.wav out/desk-reset-en-2.wav)"
printf x | dd of=out/slow-tide-en-2.wav bs=1 seek=3000000 conv=notrunc status=none
expect 1 '^  out/slow-tide-en-2.wav: out/slow-tide-en-2.wav exists already .*damaged.*[(]exit code 2[)]$' export slow-tide desk-reset -t 2 -o "$T"
is 'the cause is told at once, and again in the summary' test "$(grep -c 'slow-tide-en-2.wav.*damaged.*--force' err.txt)" = 2
expect 0 '2 files: 1 made, 1 there already' export slow-tide desk-reset -t 2 -o "$T" --force
expect 0 '' verify --no-render out/slow-tide-en-2.wav

# Events for other programs.
rm -r out; mkdir out
expect 0 '' export slow-tide desk-reset -t 2 -o "$T" -j 2 --json
cat >events.py <<'PYTHON'
import json, sys
events = [json.loads(line) for line in open("out.txt")]
files = {"out/slow-tide-en-2.wav", "out/desk-reset-en-2.wav"}
for kind in ("started", "done"):
    assert {e["file"] for e in events if e["event"] == kind} == files, kind
for name in files:
    done = [e["done_frames"] for e in events if e["event"] == "progress" and e["file"] == name]
    assert len(done) > 20 and done == sorted(done) and done[-1] == 5760000, done
assert {e["session"] for e in events if e["event"] == "started"} == {"slow-tide", "desk-reset"}
assert all(0 <= e["percent"] <= 100 and (e["speed"] is None) == (e["seconds_left"] is None)
           and (e["speed"] is None or e["speed"] > 0 and e["seconds_left"] >= 0)
           for e in events if e["event"] == "progress")
assert events[-1] == {"event": "finished", "jobs": 2, "made": 2, "kept": 0, "failed": 0,
                      "not_begun": 0}, events[-1]
PYTHON
is 'events as docs/json.md describes them' python3 events.py
is 'and nothing else is said' test ! -s err.txt
expect 2 '' export slow-tide -t 2 -o out/slow-tide-en-2.wav --json
is 'a failure is an event, too' sh -c "grep -q '^{\"event\":\"failed\",\"file\":\"out/slow-tide-en-2.wav\",\"exit_code\":2,\"message\":\".*exists already' out.txt"
is 'nobody who listens stops the export' sh -c "'$LOOSEN' export slow-tide -t 2 -o deaf.wav --json 2>err.txt | head -n 3 >/dev/null; test ! -e deaf.wav && test ! -s err.txt"

# A batch that is refused has an event for each problem, and its end.
refused()
{
    is "events: $1" test "$(cat out.txt)" = "$1"
}
expect 2 'nothing was written' export slow-tide desk-reset -t 2,99 -o 'out/{session}-{minutes}.flac' --json
refused '{"event":"failed","file":null,"exit_code":2,"message":"slow-tide runs from 2:00 to 1:00:00, not 1:39:00"}
{"event":"failed","file":null,"exit_code":2,"message":"desk-reset runs from 2:00 to 6:00, not 1:39:00"}
{"event":"finished","jobs":4,"made":0,"kept":0,"failed":2,"not_begun":4}'
expect 2 'nothing was written' export slow-tide -t 2,3 -o 'no/{minutes}.flac' --json
refused '{"event":"failed","file":"no/2.flac","exit_code":2,"message":"cannot write no/2.flac: No such file or directory"}
{"event":"failed","file":"no/3.flac","exit_code":2,"message":"cannot write no/3.flac: No such file or directory"}
{"event":"finished","jobs":2,"made":0,"kept":0,"failed":2,"not_begun":2}'
expect 2 'no session' export slow-tide no-such -t 2 --json
is 'also when it cannot be listed' sh -c "head -1 out.txt | grep -q '\"file\":null,\"exit_code\":2,\"message\":\"there is no session'"
is 'with its end' test "$(tail -1 out.txt)" = '{"event":"finished","jobs":0,"made":0,"kept":0,"failed":1,"not_begun":0}'
expect 2 'nothing is left' export desk-reset -t 99,98 --skip-impossible --json
is 'and when nothing is left' test "$(tail -1 out.txt)" = '{"event":"finished","jobs":0,"made":0,"kept":0,"failed":1,"not_begun":0}'
expect 2 'runs from' export slow-tide -t 99 --json
is 'a single one has no name yet' grep -q '^{"event":"failed","file":null,"exit_code":2,"message":"slow-tide runs from' out.txt

# Quiet in a pipe: one line a file, no progress.
rm -r out; mkdir out
expect 0 '' export slow-tide -t 2 -o out/quiet.wav
is 'one line, and no carriage return' sh -c 'test "$(wc -l <err.txt)" = 1 && ! grep -q "$(printf "\r")" err.txt'

# Which part of what was asked for is missing.
mkdir out/slow-tide.wav
expect 2 'slow-tide.wav' export slow-tide -t 2 -j 1 -o 'out/{session}.wav'
rmdir out/slow-tide.wav
: >out/slow-tide.wav.manifest; : >out/slow-tide.wav
expect 1 '^1 file: 0 made, 1 failed$' export slow-tide -t 2 -j 1 -o 'out/{session}.wav'

# One job killed: the others are made, it is told, and the next run makes it.
rm -r out; mkdir out
"$LOOSEN" export slow-tide desk-reset -t 2,3 -o "$T" -j 2 2>err.txt &
batch=$!
job=
for _ in $(seq 200); do
    job=$(pgrep -P "$batch" | head -1)
    [ -z "$job" ] || break
    sleep 0.02
done
kill -KILL "$job"
wait $batch
is 'a killed job is exit 1' test $? = 1
is 'it is named, with the signal' grep -qE '^  out/.*: ended by signal 9' err.txt
is 'the other three were made' test "$(ls out/*.wav | wc -l)" = 3
is 'and nothing half is there' test "$(ls -A out | wc -l)" = 6
expect 0 '4 files: 1 made, 3 there already' export slow-tide desk-reset -t 2,3 -o "$T"

# Until two jobs of the batch are at work.
await_jobs()
{
    for _ in $(seq 200); do
        [ "$(pgrep -P "$batch" | wc -l)" -lt 2 ] || break
        sleep 0.02
    done
    sleep 0.3
}

# Under nohup the jobs outlive the terminal, as the batch does.
rm -r out; mkdir out
nohup "$LOOSEN" export slow-tide desk-reset -t 2,3 -o "$T" -j 2 </dev/null >out.txt 2>err.txt &
batch=$!
await_jobs
# shellcheck disable=SC2046 # a list of processes
is 'the line goes down while they work' kill -HUP $(pgrep -P "$batch") "$batch"
wait $batch
is 'a hang-up does not end what nohup began' test $? = 0
is 'nor any of its jobs' grep -q '4 files: 4 made' err.txt

# Interrupted: no half files, no processes left, told what was not made. The signal goes to the batch
# alone, as from kill; from a terminal all would get it.
interrupt()
{
    rm -rf out; mkdir out
    setsid "$LOOSEN" export slow-tide -t 20,25,30 -o "$T" -j 2 $2 >out.txt 2>err.txt &
    batch=$!
    await_jobs
    kill "-$1" "$batch"
    wait $batch
    code=$?
    for _ in $(seq 300); do
        pgrep -s "$batch" >/dev/null || break
        sleep 0.1
    done
}
interrupt INT
is 'an interrupt is 128 + 2' test $code = 130
is 'with a summary' grep -q '3 files: 0 made, 2 not finished, 1 not begun' err.txt
is 'no file is left' test -z "$(ls -A out)"
is 'no process is left' sh -c "! pgrep -s $batch"
interrupt INT --json
is 'an event for each that was begun' test "$(grep -c '"event":"failed".*"exit_code":130' out.txt)" = 2
is 'and no other' test "$(grep -c '"event":"failed"' out.txt)" = 2
is 'and what was not begun' test "$(tail -1 out.txt)" = '{"event":"finished","jobs":3,"made":0,"kept":0,"failed":2,"not_begun":1}'
interrupt KILL
is 'jobs end by themselves when their batch is killed' sh -c "! pgrep -s $batch"
is 'and leave nothing half' test "$(ls -A out | grep -vcE '^slow-tide-en-(20|25|30)[.]wav([.]manifest)?$')" = 0

# A list for other engines: one command a line, quoted for a shell.
rm -rf out; mkdir out 'it'\''s here'
expect 0 '' export slow-tide -t 2,3 --jobs-list -o 'it'\''s here/{session} {length}.wav' --levels 'scene=-3' --clear
is 'two commands' test "$(grep -c '^loosen export slow-tide ' out.txt)" = 2
cp out.txt jobs.txt
mkdir bin && ln -s "$LOOSEN" bin/loosen
PATH="$WORK/bin:$PATH" xargs -d '\n' -P 2 -n 1 sh -c <jobs.txt 2>/dev/null
is 'all of them, by xargs' test "$(ls "it's here" | grep -c 'wav$')" = 2
is 'a shell runs them' test -s "it's here/slow-tide 2m.wav"
expect 0 '' export slow-tide -t 2 -o plain.wav --levels 'scene=-3' --clear
is 'with all their options' cmp plain.wav "it's here/slow-tide 2m.wav"

# The recipe for make in docs/batch.md, with sessions of this test.
sed -n '/^```make$/,/^```$/p' "$SOURCE/docs/batch.md" | sed '/^```/d' >Makefile
is 'docs/batch.md has a Makefile' grep -q -e --jobs-list Makefile
rm -rf out
PATH="$WORK/bin:$PATH" make -j 2 SESSIONS=slow-tide LENGTHS=2,3 >make.txt 2>&1
is "make makes all: $(tail -3 make.txt)" test "$(ls out | tr '\n' ' ')" = 'slow-tide-2.opus slow-tide-2.opus.manifest slow-tide-3.opus slow-tide-3.opus.manifest '
before=$(stat -c '%i %Z' out/slow-tide-2.opus)
rm out/slow-tide-3.opus
PATH="$WORK/bin:$PATH" make SESSIONS=slow-tide LENGTHS=2,3 >make.txt 2>&1
is 'and only what is missing' test -e out/slow-tide-3.opus -a "$before" = "$(stat -c '%i %Z' out/slow-tide-2.opus)"
rm out/slow-tide-2.opus
PATH="$WORK/bin:$PATH" make SESSIONS=slow-tide LENGTHS=2,3 LOOSEN_DATA=/nonexistent >make.txt 2>&1
is 'and fails when an export does' test $? != 0

# A standard output that is closed is nobody's: no file gets its place.
"$LOOSEN" export slow-tide -t 2 -o closed.wav >&- 2>err.txt </dev/null
is 'a file needs none' test $? = 0 -a -s closed.wav
"$LOOSEN" export slow-tide -t 2 -o - >&- 2>err.txt </dev/null
is 'sound to a closed one' test $? = 1
is "says so: $(cat err.txt)" grep -q 'standard output: Bad file descriptor' err.txt
"$LOOSEN" export slow-tide -t 2 -o closed2.wav --json >&- 2>err.txt </dev/null
is 'events, too' test $? = 1 -a ! -e closed2.wav
is "it says: $(cat err.txt)" grep -q 'standard output: Bad file descriptor' err.txt
"$LOOSEN" export slow-tide -t 2 -o quiet.wav 2>&- </dev/null
is 'and nothing is said into a file' cmp quiet.wav closed.wav

finish
