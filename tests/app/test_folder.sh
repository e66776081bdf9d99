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
printf 'loosen record 1\nword mine\nword --length=2m\nword --data=hand\n' >mine.record
expect 0 'frames' export --replay mine.record -o replayed.wav
is 'a record finds the folder again' cmp -s replayed.wav data.wav
expect 2 '.data cannot change it' export --replay mine.record --data elsewhere -o x.wav
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

# ---- Words and lexicon ----------------------------------------------------------------------------

mkdir -p voice/scripts/en
printf 'title: Slow\nlanguage: en\nlength: 2m..4m, natural 2m\nnotice: none\n\n== One\nStay with the zorbel.\n@breathe natural 1m..4m\nRest.\n' >voice/slow.session
said()
{
    "$LOOSEN" export slow -t 4 --no-scene -o - --data voice 2>err.txt | sha256sum
}
said >plain.sum
expect 0 'The breath, in its own time' plan slow -t 4 --data voice
expect 0 'frames' export slow -t 4 --data voice -o slow.wav --manifest
is 'the lexicon of the language is read' has_input slow.wav.manifest scripts/en/lexicon
printf '# mine\nzorbel = zor-bell\n' >voice/scripts/en/lexicon
said >own.sum
is 'a lexicon changes how a word is said' eval '! cmp -s plain.sum own.sum'
expect 1 'yours/scripts/en/lexicon: is new' verify slow.wav
expect 0 'frames' export slow -t 4 --data voice -o slow.wav --manifest --force
is 'the manifest has it' has_input slow.wav.manifest yours/scripts/en/lexicon
is 'and that of the language' has_input slow.wav.manifest scripts/en/lexicon
expect 0 'come out the same$' verify slow.wav
# An entry takes the place of the language's; another of that word only where it does not fit.
printf 'title: Slow\nlanguage: en\nlength: 2m..10m, natural 2m\nnotice: none\n\n== One\nThe psoas and the fascia.\n@rest 1m..8m\nRest.\n' >voice/slow.session
said >plain.sum
printf 'psoas = banana\n' >voice/scripts/en/lexicon
said >own.sum
is 'an entry of the language gives way' eval '! cmp -s plain.sum own.sum'
printf 'psoas before muscle = banana\n' >voice/scripts/en/lexicon
said >own.sum
is 'and stays where that does not fit' cmp -s plain.sum own.sum
# With faults it is told, and left out.
printf 'psoas = banana\nfascia\n' >voice/scripts/en/lexicon
said >own.sum
is 'a lexicon with faults is left out as a whole' cmp -s plain.sum own.sum
is 'its fault is told' grep -q '^voice/scripts/en/lexicon:2:7: error: expected "=" and how the word is said' err.txt
is 'and that it is left out' grep -q '^loosen: voice/scripts/en/lexicon is left out as a whole until this is mended$' err.txt
expect 0 'lexicon:2:7: error' plan wall-ball --data voice
expect 0 '"events"' plan wall-ball --data voice --json
is 'programs get their JSON alone' test ! -s err.txt
expect 0 'lexicon:2:7: error' export slow slow-tide -t 2,3 -j 2 --data voice -o 'said-{session}-{minutes}.flac'
is 'in a batch once' test "$(grep -c 'lexicon:2:7' err.txt)" = 1
expect 3 'lexicon:2:7: error' check --data voice
printf 'zorbel = zor-bell\nNumb = fine\n' >voice/scripts/en/lexicon
expect 0 'lexicon:2:1: error: "Numb" is a word of the safety notices' plan slow --data voice
expect 3 'lexicon:2:1: error: "Numb" is a word of the safety notices' check --data voice
printf 'zorbel = press as hard as you can\n' >voice/scripts/en/lexicon
expect 3 'lexicon:1:1: error: a word is said in 3 words at most' check voice/scripts/en/lexicon --data voice
rm voice/scripts/en/lexicon
mkfifo voice/scripts/en/lexicon
DEADLINE=20 expect 0 'lexicon is not a regular file' plan slow --data voice
rm voice/scripts/en/lexicon

# Words: those that are given, and company as a whole.

printf 'title: Slow\nlanguage: en\nlength: 2m..4m, natural 2m\nnotice: none\n\n== One\nStay.\n@breathe natural 1m..4m\nRest.\n' >voice/slow.session
printf '// mine\ncompany 1: The lamp is on, and the door is shut.\nlist-yours: My own\ncaption-scene mine: my sea\n' >voice/scripts/en/words
expect 0 'The lamp is on' plan slow -t 4 --data voice
is 'no other line of company is said' eval '! grep -q "in its own time" out.txt'
expect 0 '^My own$' list --data voice
is 'all else stays' grep -q '^Rest, and let go$' out.txt
expect 0 'frames' export slow -t 4 --data voice -o words.wav --manifest --captions srt
is 'the manifest has them' has_input words.wav.manifest yours/scripts/en/words
is 'and those of the language' has_input words.wav.manifest scripts/en/words
expect 0 'come out the same$' verify words.wav
echo 'company 2: And the kettle waits.' >>voice/scripts/en/words
expect 1 'yours/scripts/en/words: has changed' verify words.wav
expect 0 '' check --data voice
is 'own words may lack keys' eval '! grep -q "error\|warning" out.txt'
expect 3 'there is no word for "left"' check voice/scripts/en/words
(cd voice/scripts/en && "$LOOSEN" check --data ../.. words >out.txt)
is 'they are known by their folder' test $? = 0

# Faults of words: where, what was expected, and the language's own are said.
fault()
{
    printf '// mine\n%s\n' "$2" >voice/scripts/en/words
    expect 3 "^voice/scripts/en/words:$1" check --data voice
    expect 0 "^voice/scripts/en/words:$1" plan slow -t 4 --data voice
    is 'it is left out' grep -q 'The breath, in its own time' out.txt
}
fault '2:1: error: unknown key "farwell"' 'farwell: Bye.'
fault '2:1: error: expected "key: value"' 'Bye.'
fault '2:1: error: expected the next number' 'company 2: Still here.'
fault '2:1: error: this key stays as the language has it: "left"' 'left: belly'
fault '2:1: error: this key stays as the language has it: "number 7"' 'number 7: seventy'
fault '2:1: error: this key stays as the language has it: "notice-begin"' 'notice-begin: Go'
fault '2:[0-9]+: error: .*pressure-spine|2:[0-9]+: error' 'company 1: Press the ball into your spine.'
fault '2:12: error: this asks for touch or movement' 'company 1: Rub your thighs slowly with both hands.'
fault '2:[0-9]+: error' 'farewell: Hold your breath and count to ten.'
fault '2:12: error: this is too long' "company 1: $(yes 'and so on' | head -200 | tr '\n' ' ')"
fault '2:8: error: a placeholder is missing' 'about: roughly'
printf 'company 1: Here we are.\n' >voice/scripts/en/words
expect 0 'Here we are' plan slow -t 4 --data voice

# What keeps a language safe is not read, and that is told.
for name in notices dangers actions phrases points; do
    : >voice/scripts/en/$name
    expect 0 "^loosen: voice/scripts/en/$name is not read: .en. comes with loosen, and so do its rules\$" plan wall-ball --data voice
    expect 0 "^voice/scripts/en/$name:1:1: warning: this file is not read" check --data voice
    rm voice/scripts/en/$name
done

# A language of one's own lies there as a whole.
mkdir -p voice/scripts/xx
expect 2 'there is no language "yy": there are de, en$' list --lang yy --data voice
sed 's/list-yours: .*/list-yours: Xyours/; s/^company 1: .*/company 1: Xcompany./' "$SOURCE/scripts/en/words" >voice/scripts/xx/words
expect 2 'there is no language "yy": there are de, en, xx$' list --lang yy --data voice
sed 's/language: en/language: xx/' voice/slow.session >voice/scripts/xx/theirs.session
expect 3 'no data for the language "xx": .*voice/scripts/xx/phrases: No such file' check voice/scripts/xx/theirs.session --data voice
for name in phrases actions dangers notices points; do
    cp "$SOURCE/scripts/en/$name" voice/scripts/xx/
done
printf 'zorbel = zor-bell\n' >voice/scripts/xx/lexicon
expect 0 '^Xyours$' list --lang xx --data voice
expect 0 'Xcompany' plan theirs -t 4 --lang xx --data voice --voice en
expect 0 'frames' export theirs -t 4 --lang xx --data voice --voice en --no-scene -o theirs.wav --manifest
for name in words phrases actions dangers notices; do
    is "the manifest has $name" has_input theirs.wav.manifest yours/scripts/xx/$name
done
expect 0 '' check --data voice
expect 0 'no line of theirs has a tag' why theirs --lang xx --data voice
expect 2 'there is no language "xx"' list --lang xx

finish
