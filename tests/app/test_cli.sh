# SPDX-License-Identifier: GPL-3.0-or-later
# Commands, messages and exit codes, with good and with bad input.
. "$(dirname "$0")/harness.sh"

# What there is.
expect 0 'loosen play' --help
expect 0 '^loosen [0-9]' --version
expect 0 'wall-ball' list
expect 0 'wall-ball' list sessions -t 10
expect 0 'shore  *waves on a flat shore' list scenes
expect 0 '"id": "wall-ball"' list --json
expect 0 '"id": "desk-reset"' list --json -t 3
is 'JSON lists what fits, too' sh -c '! grep -q wall-ball out.txt'
expect 0 '"summary": "waves on a flat shore"' list scenes --json
is 'and it is JSON of all of them' python3 -c 'import json
assert len(json.load(open("out.txt"))["scenes"]) >= 6'

# Choosing: the first screen says what it is for, fits a small terminal, and marks where to begin.
expect 0 'tight lower back'
is 'the first screen fits 24 rows' test "$(wc -l <out.txt)" -le 23
is 'and 80 columns' test "$(awk '{ if (length > most) most = length } END { print most }' out.txt)" -le 80
is 'every session has its line, under a need' sh -c "! grep -q Others out.txt &&
    test \$(grep -c '^  [ *] .* min  [a-z-]*$' out.txt) = \$(ls '$SOURCE'/scripts/en/*.session | wc -l)"
is 'one is marked for newcomers' test "$(grep -c '^  [*] .* min  ' out.txt)" = 1
first=$(sed -n 's/^  [*] .* min  //p' out.txt)
is 'and that is what the last line plays' grep -q "loosen play $first\$" out.txt
expect 0 'needed: a wall' list
for fact in 'effort; ' 'mostly quiet' 'talk and quiet by turns' 'usually 10' 'Loosen a tight lower back'; do
    is "lists tell: $fact" grep -q "$fact" out.txt
done
expect 0 '' list -t 25
is 'what fits is sorted by need' sh -c "grep '^[A-Z]' out.txt >needs.txt && test -z \"\$(sort needs.txt | uniq -d)\""
expect 0 'no session has that length: the nearest is desk-reset with 2m' list -t 1m
is 'and nothing is listed' test ! -s out.txt
is 'German lists are German' sh -c "! LC_ALL=C '$LOOSEN' list --lang de |
    grep -qwE 'needed|usually|chair|standing|effort|anywhere|talk'"
for command in play export plan check new import list why; do
    expect 0 "usage: loosen $command" "$command" --help
    cp out.txt help.txt
    expect 0 "usage: loosen $command" help "$command"
    is 'and help is the same as --help' cmp -s out.txt help.txt
done
for words in help 'help help' 'help --help' --help -h; do
    # shellcheck disable=SC2086 # words
    expect 0 '^usage: loosen COMMAND' $words
    is 'it goes to the standard output' test -s out.txt
done

# Bad command lines: exit 2, one line that says what was expected.
expect 2 '^loosen: "pley" is no command, did you mean "play".$' pley
expect 2 '"exprt" is no command, did you mean "export"' exprt wall-ball
expect 2 '"exprt" is no command, did you mean "export"' help exprt
expect 2 '"hlep" is no command, did you mean "help"' hlep
expect 2 '"something" is no command: loosen help shows them' something
expect 2 '"wall-ball" is no command: loosen play wall-ball plays it' wall-ball
for worker in anything '' Speaker narrators; do
    expect 2 '"--worker" is no command' --worker "$worker"
done
expect 2 '"--worker" is no command' --worker
expect 2 'did you mean --length' plan wall-ball --lenght 10
expect 2 'length takes LENGTH' plan wall-ball -t soon
expect 2 'length needs a value' plan wall-ball -t
expect 2 'runs from 7:00 to 30:00, not 45:00' plan wall-ball -t 45
expect 2 'runs from 7:00 to 30:00, not 6:59' plan wall-ball -t 6:59
expect 2 'with --breath 4.5 this session takes [0-9]:[0-9][0-9] to .*, not 2:00' plan desk-reset -t 2 --breath 4.5
expect 2 'did you mean "wall-ball"' plan wall-bal
expect 2 'breath takes RATE' plan wall-ball --breath 12
expect 2 'levels takes LIST' export wall-ball --levels voice=20
expect 2 'bits takes' export wall-ball --bits 12
expect 2 'takes a session' export
expect 2 'there is no scene "shoer", did you mean "shore"' export wall-ball --scene shoer -o x.wav
expect 2 'does not end in .wav' export wall-ball -o x.xyz
expect 2 'runs from 2:00' export --scene-only shore -t 1
expect 2 'without a session' export --scene-only shore wall-ball -o x.wav
expect 2 'rate is for a session' play --scene-only shore --rate 200
expect 2 'takes the place' play --scene-only shore --no-scene

# A breath that nothing leads: no cue, no line that asks to follow, and yet a word now and then.
expect 0 ', 0 paced breaths, longest wait [12][0-9](\.[0-9])? s' plan slow-tide -t 10 --breath natural
expect 0 'The breath, in its own time' plan slow-tide -t 10 --breath natural
cp out.txt natural.txt
expect 0 'as the wave rises' plan slow-tide -t 10
leads()
{
    grep -qE 'as the wave rises|Stay with the waves|follow the waves|let the waves be|breathe +(ramp|tide)' "$1"
}
is 'paced breath is led' leads out.txt
is 'natural breath is not' eval '! leads natural.txt'
is 'a line for natural breath' eval 'grep -q "pace of its own" natural.txt && ! grep -q "pace of its own" out.txt'

# Bad scripts: exit 3, place and reason, and nothing is written.
printf 'title: Broken\nlanguage: en\nlength: 6m..30m, natural 10m\nnotice: short\n\n== One\n@breath ramp\n' >broken.session
expect 3 'broken.session:7:1: error: .*' check broken.session
expect 3 'broken.session:7:1: error' export broken.session -o x.wav
expect 3 'broken.session:7:1: error' plan ./broken.session
printf 'title: Bad\377\n' >bad-utf8.session
expect 3 'bad-utf8.session:1:11: error' check bad-utf8.session
expect 2 'missing.session' check missing.session
expect 2 'no/such.session' export no/such.session -o x.wav
mkdir folder.session
expect 2 'folder.session: holds no' check folder.session
mkdir -p tree/a tree/b
cp broken.session tree/b/z.session
cp "$SOURCE/audio/shore.scene" tree/a/
printf 'scene: x\nlayer one: purple\n' >tree/a/odd.scene
expect 3 'tree/b/z.session:7:1: error' check tree
is 'and the scene in it' grep -q 'tree/a/odd.scene:2:' out.txt
expect 3 '"rule": ' check --json tree
is 'JSON that others can read' sh -c "python3 -c 'import json, sys; d = json.load(sys.stdin)[\"diagnostics\"]; sys.exit(not (len(d) > 1 and all(x[\"line\"] > 0 and x[\"file\"].startswith(\"tree/\") for x in d)))' <out.txt"
is 'no file was written' test ! -e x.wav

# Good scripts.
for script in "$SOURCE"/scripts/*/*.session; do
    expect 0 '' check "$script"
done
for scene in "$SOURCE"/audio/*.scene; do
    expect 0 '' check "$scene"
done

expect 0 '' check "$SOURCE/scripts" "$SOURCE/audio"
cp broken.session stdin.txt
expect_input()
{
    file=$1
    code=$2
    timeout -s KILL 60 "$LOOSEN" check - <"$file" >out.txt 2>err.txt
    is "check - with $file is $code" test $? = "$code"
}
expect_input broken.session 3
is 'and tells the place' grep -q '^<stdin>:7:1: error' out.txt
expect_input "$SOURCE/scripts/en/wall-ball.session" 0

# A text of a title and lines, nothing else, is a session.
printf 'My evening notes\n\nSit down, and rest your hands in your lap.\nLet the shoulders hang.\n' >notes.txt
expect 0 'warning' check notes.txt
expect 0 'Let the shoulders hang' plan notes.txt -t 12
expect 0 '5760000 frames' export notes.txt -t 2 -o notes.wav

# A text that is longer than any session: it has no header to change.
awk 'BEGIN { print "Long"; for (i = 0; i < 1500; i++) print "The shoulders and the breath and the floor go on for quite a while in here." }' >long.txt
expect 0 'notes.txt: 2:00 to 1:30:00; at [0-9:]+ [0-9]+ % speech' check notes.txt
expect 3 'long.txt:1:1: error: the text takes about [12]:[0-9:]+ to speak' check long.txt

# The promise of the header, told where it stands, with the true range and what is missing.
promise()
{
    printf 'title: T\nlanguage: en\nlength: %s\nnotice: none\n\n== One\nSit down.\n@rest 1m..5m\nStand up.\n' "$1" >promise.session
}
promise '2m..5m, natural 3m'
expect 0 '' check promise.session
promise '2m..10m, natural 3m'
expect 3 'promise.session:3:9: error: the header promises 2m..10m, and the script fills about 1:[0-9]+ to 5:[0-9]+ .length-range' check promise.session
is 'and a session with faults is not told of' sh -c '! grep -q speech out.txt'
is 'says by how much it is too short' grep -qE 'hint: its longest is 4m[0-9]+s too short: .*end .length. at 5m' out.txt
sed -i 's/@rest 1m..5m/@rest 4m..5m/' promise.session
expect 3 'hint: its shortest is 2m[0-9]+s too long: .*begin .length. at 4m[0-9]+s; its longest' check promise.session
promise '2m..5m, natural 3m'
sed -i 's/@rest 1m..5m/@move sway, 1s..2s\nThis is a line that takes longer than that.\n@end\n@rest 1m..5m/; s/notice: none/notice: short/; s/^Sit/@notice short\nSit/' promise.session
printf '== Two\nDone.\n' >>promise.session
expect 3 'promise.session:9:1: error: .*\[unplannable\]' check promise.session

# Quiet that is longer than its length allows is told with its place; lines of presence end it.
printf 'title: T\nlanguage: en\nlength: 5m..20m, natural 10m\nnotice: none\n\n== One\nHere we are.\n@rest 1m..20m\nStay.\n' >quiet.session
expect 0 'quiet.session:7:1: warning: at a length of .* nothing is heard for .*\[long-quiet\]' check quiet.session
awk '{ print } /@rest/ { for (i = 1; i < 60; i++) print "~ Still here." }' quiet.session >company.session
expect 0 '' check company.session
is 'and what it is like is told in one line' grep -qxE \
    'company.session: 5:00 to 20:00; at 10:00 [0-9]+ % speech, longest quiet [0-9]+ s' out.txt
is 'which is all' test "$(wc -l <out.txt)" = 1
printf 'title: T\nlanguage: en\nlength: 2m..5m, natural 3m\nnotice: none\nscene: shoer\n== One\nSit.\n@scene no-such\n@rest 1m..5m\n' >scenes.session
expect 3 'scenes.session:5:8: error: .*did you mean "shore"' check scenes.session
is 'and of each change of scene' grep -q 'scenes.session:8:1: error: .*no-such' out.txt

# The files of a language, alone and in folders.
for language in en de; do
    for name in words phrases actions dangers notices points lexicon; do
        expect 0 '' check "$SOURCE/scripts/$language/$name"
    done
done
mkdir -p lang/en
cp "$SOURCE/scripts/en/notices" "$SOURCE/scripts/en/lexicon" lang/en/
sed '/^left/d' "$SOURCE/scripts/en/words" >lang/en/words
sed -i 's/^== movement/== movment/' lang/en/notices
printf 'no sign of equality\n' >>lang/en/lexicon
expect 3 'lang/en/words:[0-9]+:1: error: there is no word for "left"' check lang
is 'and of the notices' grep -qE '^lang/en/notices:[0-9]+:4: error: .*found "movment"' out.txt
is 'and of the lexicon' grep -qE '^lang/en/lexicon:[0-9]+:[0-9]+: error: ' out.txt
expect 3 'there is no word for "left"' check lang/en/words
expect 3 '"file": "lang/en/words"' check --json lang/en/words
expect 2 'no/words: ' check no/words
printf 'claim: heilt = sag ruht\ntone nur\n' >lang/en/phrases
expect 3 'lang/en/phrases:2:1: error: .*found "tone nur" .phrases-line' check lang/en/phrases
printf 'not: never\neyes Augen\n' >lang/en/dangers
expect 3 'lang/en/dangers:2:1: error: .*found "eyes Augen" .dangers-line' check lang/en/dangers
printf '10s: sit up\n10 seconds: stand\n' >lang/en/actions
expect 3 'lang/en/actions:2:1: error: .*found "10 seconds" .actions-time' check lang/en/actions

# What is said is judged in plain text, too, and the notice that is missing is spoken.
printf 'Ball\n\nLie down on the floor with the ball under your lower back.\n' >spine.txt
expect 3 'spine.txt:3:[0-9]+: error: "under your lower back": .*low-back-floor' check spine.txt
expect 3 'low-back-floor' plan spine.txt -t 5
printf 'Ball\n\nLean on the ball at the wall, beside the spine.\n' >ball.txt
expect 0 'ball.txt:3:[0-9]+: warning: .*notice-added' check ball.txt
expect 0 '' plan ball.txt -t 5
is 'the plan begins with the notice' grep -q 'say  *For your safety first' out.txt

# Another language is another folder.
expect 0 'nach langem Sitzen .* after-sitting' list --lang de
expect 0 'zwölf Minuten' plan after-sitting --lang de -t 12
expect 0 'siebeneinhalb' plan after-sitting --lang de -t 7:30
expect 0 'Eine Hand im Schoß' plan slow-tide --lang de -t 2
expect 0 '"language": "de"' plan slow-tide --lang de --json
expect 2 'there is no language "zz": there are de, en' plan after-sitting --lang zz
expect 2 'there is no language "zz": there are de, en' list --lang zz
expect 2 'there is no session "after-siting", did you mean "after-sitting"' plan after-siting --lang de
expect 2 'lang takes CODE' list --lang ../en
sed 's/^Die Augen offen/Schließ die Augen/' "$SOURCE/scripts/de/after-sitting.session" >claim.session
expect 3 'claim.session:[0-9]+:1: error: .*eyes-standing' check claim.session
sed 's/^+ Nimm wahr/+ Diese Übung heilt. &/' "$SOURCE/scripts/de/after-sitting.session" >claim.session
expect 3 'claim.session:[0-9]+:15: error: "heilt" is a claim' check claim.session

# Text from outside never reaches the terminal raw.
printf 'title: \033]0;x\007\nlanguage: en\n\n== One\n\033[31mHello.\n' >escape.session
expect 3 'escape.session:' check escape.session
is 'no escape bytes in messages' sh -c '! grep -q "$(printf "\033")" out.txt err.txt'

# A report or a picture never takes the place of what is there, nor --force that of a source or record.
cp "$SOURCE/scripts/en/slow-tide.session" mine.session
cp mine.session before.session
ln -s before.session link.json
for file in "play mine.session --yes --report" "plan mine.session --svg"; do
    # shellcheck disable=SC2086 # words
    expect 2 'before.session exists already' $file before.session
    # shellcheck disable=SC2086
    expect 2 'mine.session would be written over' $file ./mine.session --force
    # shellcheck disable=SC2086
    expect 2 'link.json is a symbolic link' $file link.json --force
    # shellcheck disable=SC2086
    expect 2 'cannot write nowhere/x: No such file' $file nowhere/x
done
expect 2 'takes the name of a file' play mine.session --yes --report -
is 'what was there is untouched' cmp mine.session before.session
expect 0 '' plan mine.session -t 2 --svg picture.svg
is 'a picture is drawn' grep -q '</svg>' picture.svg
expect 0 '</svg>' plan mine.session -t 2 --svg -
is 'and printed, the same' cmp out.txt picture.svg
expect 2 'exists already' plan mine.session -t 3 --svg picture.svg
expect 0 '' plan mine.session -t 3 --svg picture.svg --force
is 'another takes its place when asked for' sh -c '! cmp -s out.txt picture.svg && grep -q "</svg>" picture.svg'
expect 0 'the voice "gmw/de.f2" is of another language than this session, which is "en"' plan mine.session -t 3 --voice gmw/de+f2
for voice in en-gb-x-rp+klatt4 gmw/en en-us; do
    expect 0 '' plan mine.session -t 3 --voice "$voice"
    is 'no word about a voice of the language' sh -c '! grep -q another err.txt'
done
expect 2 'levels takes LIST' export mine.session --levels voice=1,voice=2

# No voice data, no data folder, no sound device.
mkdir no-voice
expect_env()
{
    variable=$1
    shift
    export "${variable?}"
    expect "$@"
    unset "${variable%%=*}"
}
expect_env ESPEAK_DATA_PATH="$WORK/no-voice" 1 'espeak-ng-data' export wall-ball -o x.wav
: >taken.wav
expect_env ESPEAK_DATA_PATH="$WORK/no-voice" 2 'taken.wav exists already' export wall-ball -o taken.wav
expect_env LOOSEN_DATA="$WORK/nowhere" 1 'nowhere' list
# However many sessions there are, all are listed.
many=1234
mkdir -p many/scripts many/audio
cp -r "$SOURCE/scripts/en" many/scripts/
rm many/scripts/en/*.session
number=0
while [ $number -lt $many ]; do
    number=$((number + 1))
    printf 'title: T\nlanguage: en\nlength: 2m..2m, natural 2m\nnotice: none\n== One\nRest.\n@rest 1m..2m\n' \
        >many/scripts/en/s$number.session
done
expect_env LOOSEN_DATA="$WORK/many" 0 's1234$' list
is 'every session is listed' test "$(grep -c '^    T ' out.txt)" = $many
expect_env LOOSEN_DATA="$WORK/many" 0 '"id": "s1234"' list --json
is 'and in the JSON' test "$(grep -c '"id"' out.txt)" = $many
expect_env LOOSEN_DATA="$WORK/many" 2 'did you mean "s1234"' plan s1234x

printf 'pcm.!default { type hw card 99 }\nctl.!default { type hw card 99 }\n' >asound.conf
expect_env ALSA_CONFIG_PATH="$WORK/asound.conf" 4 'device' play wall-ball
is 'still no file was written' test ! -e x.wav

finish
