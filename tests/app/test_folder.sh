# SPDX-License-Identifier: GPL-3.0-or-later
# A folder of one's own: its sessions and scenes beside those that are shipped.
. "$(dirname "$0")/harness.sh"

# A session of a few lines. session TITLE LANGUAGE SCENE LINE...
session()
{
    printf 'title: %s\nlanguage: %s\nlength: 2m..10m, natural 2m\nnotice: none\nscene: %s\n\n== One\n' "$1" "$2" "$3"
    shift 3
    printf '%s\n' "$@"
}

inputs()
{
    python3 -c 'import json, sys; print(" ".join(file["name"] for file in json.load(open(sys.argv[1]))["inputs"]))' "$1"
}

has_input()
{
    inputs "$1" | tr ' ' '\n' | grep -qxF "$2"
}

# listed FILE 'CONDITION': of the objects x of a list in JSON.
listed()
{
    python3 -c 'import json, sys
items = next(iter(json.load(open(sys.argv[1])).values()))
sys.exit(not eval(sys.argv[2], {"items": items, "ids": [x.get("id", x.get("name")) for x in items]}))' "$1" "$2"
}

# Where nothing is, everything is as without such a folder.
"$LOOSEN" list >without.txt
export XDG_DATA_HOME="$WORK/home"
expect 0 'wall-ball' list
is 'a folder that is not there changes nothing' cmp -s out.txt without.txt
is 'and it is not made' test ! -e home

# A script, its scene and the recording of that, side by side.
mkdir hand
sox -q -n -r 48000 -c 2 -b 16 hand/sea.wav synth 40 pinknoise gain -12
printf 'scene: home\nsummary: the sea at home\nlayer sea: file "sea.wav", follow breath 5 dB\n' >hand/home.scene
session 'My Evening' en home 'Sit down.' '@rest 1s..10m' '~ Still here.' >hand/mine.session
expect 0 '' check hand/mine.session
expect 0 '5760000 frames' export hand/mine.session -o a.wav --manifest
for name in hand/mine.session hand/home.scene hand/sea.wav; do
    is "the manifest has $name" has_input a.wav.manifest $name
done
expect 0 'come out the same' verify a.wav
(cd hand && "$LOOSEN" export mine.session -o ../b.wav 2>/dev/null >/dev/null)
is 'the same sound from within the folder' cmp -s a.wav b.wav
sed 's/follow breath 5 dB/follow breath 1 dB/' hand/home.scene >kept && mv kept hand/home.scene
expect 0 'hand/home.scene: has changed' verify a.wav
session Lost en home 'Sit down.' '@rest 1s..10m' >alone.session
expect 3 'alone.session:5:.* error: there is no scene "home".*unknown-scene' check alone.session
expect 2 'there is no scene "home"' export alone.session -o x.wav
"$LOOSEN" check - <hand/mine.session >out.txt 2>err.txt
is 'what comes through a pipe has nothing beside it' grep -q '<stdin>:5:.*unknown-scene' out.txt
: >home
expect 3 'unknown-scene' check alone.session
rm home
printf 'scene: out\nlayer sea: file "../a.wav"\n' >hand/out.scene
session Out en out 'Sit down.' '@rest 1s..10m' >hand/out.session
expect 3 'out.scene:2:.*in the recipe.s folder or below it' export hand/out.session -o x.wav
rm hand/out.*
ln -s "$WORK/a.wav" hand/link.wav
printf 'scene: link\nlayer sea: file "link.wav"\n' >hand/link.scene
session Link en link 'Sit down.' '@rest 1s..10m' >hand/link.session
expect 3 'link.wav.*symbolic link' export hand/link.session -o x.wav
rm hand/link.*

# The same folder by its option.
expect 0 '^Yours$' list --data hand
is 'a session of it is there' grep -q '^    My Evening  .* mine$' out.txt
is 'and behind the others' test "$(grep -n '^Yours$' out.txt | cut -d: -f1)" -gt "$(grep -n 'learn$' out.txt | cut -d: -f1)"
is 'without empty facts' eval '! grep -qE "^ *;|^ +$" out.txt'
expect 0 'home  .*the sea at home .yours.' list scenes --data hand
expect 0 '"yours": true' list --json --data hand
is 'JSON says whose each is' listed out.txt '[x["id"] for x in items if x["yours"]] == ["mine"] and "wall-ball" in ids and not any(x["replaces"] for x in items)'
expect 0 '"yours": true' list scenes --json --data hand
is 'and of scenes' listed out.txt '[x["name"] for x in items if x["yours"]] == ["home"] and "shore" in ids'
expect 0 'Sit down' plan mine --data hand
expect 0 'no line of mine has a tag' why mine --data hand
expect 0 'frames' export mine --data hand -t 2 -o data.wav --manifest
for name in yours/mine.session yours/home.scene yours/sea.wav scripts/en/words; do
    is "the manifest has $name" has_input data.wav.manifest $name
done
expect 0 'come out the same' verify data.wav
mv hand elsewhere
expect 1 'not made again: --data takes a folder: hand is none' verify data.wav
expect 0 'come out the same$' verify data.wav --data elsewhere
mv elsewhere hand
expect 0 'export mine --length=2m --lang=en --data=hand --scene=home' export mine -t 2,3 --jobs-list --data hand --scene home
expect 0 'batch-2.wav' export mine -t 2,3 -j 2 --data hand -o 'batch-{minutes}.wav'
is 'a batch has it too' test -f batch-3.wav
expect 0 'frames' export --scene-only home -t 2 --data hand -o scene.wav
expect 0 '' check --data hand
printf 'Notes\n\nSit down slowly.\n\nRest.\n' >notes.txt
expect 0 '' import notes.txt --data hand -o notes.session
expect 2 'there is no session "mine"' plan mine
for command in list 'plan wall-ball' 'check hand' 'export wall-ball -o x.wav' 'import notes.txt' 'play wall-ball' 'why wall-ball'; do
    # shellcheck disable=SC2086 # words
    expect 2 '^loosen: --data takes a folder: nowhere is none$' $command --data nowhere
done
expect 2 'hand/mine.session is none' list --data hand/mine.session
session Faint en shore 'Sit down & rest.' '@rest 1s..10m' '~ Still here.' >hand/faint.session
expect 0 'hand/faint.session: 1 warning; loosen check --data hand hand/faint.session shows it' plan faint --data hand
rm hand/faint.session

# One's own folder, in the shape of what is shipped, and for a session of a name that is taken.
mkdir -p home/loosen/scripts/en home/loosen/audio
cp hand/mine.session home/loosen/scripts/en/
cp hand/home.scene hand/sea.wav home/loosen/audio/
session 'My Ball' en hush 'Sit down.' '@rest 1s..10m' '~ Still here.' >home/loosen/wall-ball.session
expect 0 '^Yours$' list
is 'it is found by XDG_DATA_HOME' grep -q '^    My Evening .* mine$' out.txt
is 'the one in place of a shipped one says so' sh -c "grep -A1 '^    My Ball .* wall-ball$' out.txt | grep -qx '        in place of the one that comes with loosen'"
is 'and the other is not listed' test "$(grep -c 'wall-ball$' out.txt)" = 1
expect 0 'My Ball' plan wall-ball
expect 0 '"replaces": true' list --json
is 'in JSON' listed out.txt '[x["id"] for x in items if x["replaces"]] == ["wall-ball"] and ids.count("wall-ball") == 1'
"$LOOSEN" >out.txt
is 'the overview has them, too' grep -q '^Yours$' out.txt
expect 0 'frames' export mine -t 2 -o own.wav --manifest
is 'the manifest has the scene' has_input own.wav.manifest yours/audio/home.scene
is 'and its recording' has_input own.wav.manifest yours/audio/sea.wav
is 'and no option' eval '! grep -q -e --data own.wav.manifest'
expect 0 'come out the same' verify own.wav
printf 'scene: shore\nsummary: my shore\nlayer a: pink, lowpass 900\n' >home/loosen/audio/shore.scene
expect 0 'shore  .*my shore .yours, in place of the one that comes with loosen.' list scenes
is 'scenes are not listed twice' test "$(grep -c '^  shore ' out.txt)" = 1
expect 0 'frames' export slow-tide -t 2 -o tide.wav --manifest
is 'it is what a shipped session sounds with' has_input tide.wav.manifest yours/audio/shore.scene
rm home/loosen/audio/shore.scene
expect 0 'wall-ball' list --data hand
is 'another folder takes its place' eval '! grep -q "My Ball" out.txt'

# Languages: at the top a session is of the language that it names.
session Abend de hush 'Setz dich.' '@rest 1s..10m' '~ Noch da.' >home/loosen/abend.session
session Flut de hush 'Setz dich.' '@rest 1s..10m' '~ Noch da.' >home/loosen/slow-tide.session
expect 0 '^Eigene$' list --lang de
is 'a German one is in the German list' grep -q '^    Abend .* abend$' out.txt
is 'and takes the place of a German one' sh -c "grep -A1 '^    Flut .* slow-tide$' out.txt | grep -qx '        anstelle der mitgelieferten'"
expect 0 'Setz dich' plan abend --lang de
expect 2 'there is no session "abend" in "en": --lang de has one' plan abend
expect 0 'Slow Tide' plan slow-tide
expect 0 'abend in en .there is none.' export abend --lang en,de --skip-impossible -o '{lang}.wav'
is 'a batch makes it in its language' test -f de.wav
expect 2 'did you mean "abend"' plan abnd --lang de

# A faulty script is told where it is asked for, and leaves the list.
echo '@rast 2m' >>home/loosen/wall-ball.session
expect 3 'home/loosen/wall-ball.session:.*@rast' plan wall-ball
expect 0 '^Yours$' list
is 'a faulty one hides what it would replace' test "$(grep -c 'wall-ball$' out.txt)" = 0
expect 3 'wall-ball.session:' check --data home/loosen
rm home/loosen/wall-ball.session

# What the XDG Base Directory Specification says of the place.
(cd home && XDG_DATA_HOME=. "$LOOSEN" list >../out.txt)
is 'a relative XDG_DATA_HOME is ignored' cmp -s out.txt without.txt
mkdir -p user/.local/share
cp -r home/loosen user/.local/share/
(unset XDG_DATA_HOME && HOME=$WORK/user "$LOOSEN" list >out.txt)
is 'without it HOME tells where it is' grep -q '^    My Evening ' out.txt
(XDG_DATA_HOME='' HOME=$WORK/user "$LOOSEN" list >out.txt)
is 'also where it is empty' grep -q '^    My Evening ' out.txt
(unset XDG_DATA_HOME HOME && "$LOOSEN" list >out.txt)
is 'without HOME there is none' cmp -s out.txt without.txt
: >user/.local/share/file
(XDG_DATA_HOME=$WORK/user/.local/share/file "$LOOSEN" list >out.txt)
is 'a file in its place is none' cmp -s out.txt without.txt

finish
