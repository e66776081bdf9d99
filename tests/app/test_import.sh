# SPDX-License-Identifier: GPL-3.0-or-later
# A text becomes a session that somebody could be given: a clinic's note, a page, a transcript and a
# German note get their sides, touches and movements; what is made is checked, and fits its lengths.
. "$(dirname "$0")/harness.sh"
TEXTS=$SOURCE/tests/app/texts

# import TEXT [ARGS]: made.session is made of it, without an error; what the check says goes to told.txt.
import()
{
    text=$1
    shift
    expect 0 '' import "$TEXTS/$text" -o made.session --force "$@"
    cp err.txt told.txt
}

# blocks NAME: its blocks are those of the standard input, in their order.
blocks()
{
    cat >want.txt
    grep -E '^ *(\+ )?@(sides|repeat|contact|move)' made.session | sed 's/^ *//' >got.txt
    is "$1 has its blocks: $(diff want.txt got.txt | tr '\n' ';')" cmp -s want.txt got.txt
}

# has LINE...: made.session has lines that match each of them as a whole.
has()
{
    for line in "$@"; do
        is "there is a line $line" grep -qxE -e " *$line" made.session
    done
}

# fits NAME: no more warnings than that the quiet is long; the least and most length can be planned.
fits()
{
    grep -E '(error|warning): ' told.txt | grep -v 'long-quiet' >warnings.txt
    is "$1 has no other warnings: $(head -c 300 warnings.txt)" test ! -s warnings.txt
    is "$1 has at most one of quiet" test "$(grep -c 'long-quiet' told.txt)" -le 1
    expect 0 '' check made.session
    least=$(sed -n 's/^length: *\([0-9]*\)m.*/\1/p' made.session)
    most=$(sed -n 's/^length: *[0-9]*m[.][.]\([0-9]*\)m.*/\1/p' made.session)
    is "$1 has a range: $least to $most" test "$least" -ge 2 -a "$most" -gt "$least"
    expect 0 ", $least:00\$" plan made.session -t "$least"
    expect 0 ", $most:00\$" plan made.session -t "$most"
}

import clinic.txt
blocks 'a note of a clinic' <<'END'
@move march, 1m
@sides left, right
@contact glutes with ball on wall, pressure 3..4, 1m
@sides left, right
@contact low-back with ball on wall, pressure 3..4, 30s..45s
@move pelvic-tilt, 1m20s..1m40s
@move knee-rolls, 1m36s..2m
@sides left, right
@move hamstring-stretch, 30s
@move hamstring-stretch, 30s
END
has 'title: +Exercises after your visit - back and hips' 'needs: +a ball, a wall' 'notice: +pressure' \
    '== Getting going' '== Ball, seat muscle' '== Hamstrings' \
    'Place a massage ball between the wall and your \{side\} buttock[.]' 'Then release[.]' \
    'first: The \{side\} side first[.]' 'Pressure \{3-4 out of 10\|three to four out of ten\}[.]' \
    'Stretch one leg .*Hold \{30\|thirty\} seconds[.]' 'And once more[.]' \
    'Press your right thumb into your left calf for \{30\|thirty\} seconds[.]' \
    '// line 2: .*Mr[.] Weber.* not spoken' '// line 10: .*Repeat on the right side.* second pass.*' \
    '// line 26: no @contact or @move: only one side is named.*' '// line 17: .*#E16.*'
grep -v '^//' made.session >spoken.txt
for gone in '10 reps' '6 times' 'Repeat on' 'sec each' '2 x'; do
    is "blocks say it, and no line: $gone" sh -c "! grep -q '$gone' spoken.txt"
done
is 'what to keep off is said before the touch' sh -c \
    'sed -n "/Keep off the bone/,/@contact/p" made.session | tail -1 | grep -q "@contact low-back"'
fits 'a note of a clinic'

import page.md
blocks 'a page' <<'END'
@contact low-back with fists, pressure 3..4, 1m
+ @move shoulder-rolls, 48s..1m
END
has 'position: +chair' '\+ You can keep a blanket near[.]' '@pause 5s[.][.]5s' '== Leaving' \
    'Make loose fists and rub your lower back softly, on both sides[.]' \
    'Never press on the spine for .* with a ball[.] If you have a ball.*' '// line 13: how hard is not said.*'
fits 'a page'

import talk.vtt
blocks 'a transcript' <<'END'
@sides right, left
@contact low-back with knuckles, pressure 3..4, 38s..40s
@move cat-cow, 1m4s..1m20s
END
has 'first: Right side first[.]' 'second: Now the left side[.]' 'And release[.]' '== Afterwards' \
    'Good[.] Come back to the middle, and sit[.]' '// line 10: it lasts as long as the text is quiet.*'
fits 'a transcript'

import zettel.txt --lang de
blocks 'a German note' <<'END'
@move march, 1m
@sides right, left
@contact glutes with ball on wall, pressure 4, 1m
@sides left, right
@contact low-back with ball on wall, pressure 3..4, 45s
@move pelvic-tilt, 1m20s..1m40s
END
has 'language: de' 'needs: +ein Ball, eine Wand' '== Danach' 'Dann loslassen[.]' \
    'first: Leg den Tennisball .* deine rechte Gesäßhälfte[.]' \
    'second: Leg den Tennisball .* deine linke Gesäßhälfte[.]' 'first: Zuerst \{side\}[.]' \
    'Druck \{3-4 von 10\|drei bis vier von zehn\}[.]'
fits 'a German note'
expect 2 'there is no language "xx"' import "$TEXTS/zettel.txt" --lang xx

# Whoever hears it has eyes closed: which side is on, and when a touch is over, is said on both.
import clinic.txt
"$LOOSEN" plan made.session --json 2>err.txt >plan.json
is 'each side is named, and each touch ends with a word' python3 -c '
import json
events = json.load(open("plan.json"))["events"]
speech = [e for e in events if e["type"] == "speech"]
touches = [e for e in events if e["type"] == "contact"]
assert len(touches) == 4, touches
for touch in touches:
    before = [e["text"].lower() for e in speech if e["start_frame"] < touch["start_frame"]][-3:]
    assert touch["side"] in " ".join(before), (touch, before)
    end = touch["start_frame"] + touch["frames"]
    assert any(end <= e["start_frame"] <= end + 3 * 48000 for e in speech), touch'

# Every note of the tests that is safe.
is 'notes are imported as they should be' python3 "$SOURCE/tests/app/import_notes.py" "$LOOSEN" "$SOURCE"

# What is denied, left open or not clear is no touch.
printf 'Hips\n\n%s\n' 'Ball under your left glute on the mat, 4/10, 60 seconds each side.' >ball.txt
expect 0 '@contact glutes with ball on mat, pressure 4, 1m' import ball.txt
while read -r line; do
    printf 'Hips\n\n%s\n\nRest.\n' "$line" >none.txt
    expect 0 'Rest[.]' import none.txt
    is "no block is made of: $line" sh -c '! grep -qE "^ *@(contact|move)" out.txt'
done <<'END'
Never put the ball under your glute on the mat for 60 seconds.
If you have a ball, lean your glute on it at the wall for 60 seconds.
Lean your glute on a ball for 60 seconds each side.
Lean your glutes and calves on a ball at the wall, 60 seconds each side.
Put a ball under your glute on the mat, 60 seconds on each spot.
Lean your left glute on a ball at the wall for 60 seconds.
Put a ball under one foot on the floor for 60 seconds.
Lean your glute on a ball at the wall.
Do pelvic tilts 3 times a day.
END
printf 'Hips\n\nLean your glute on a ball at the wall, 8/10, 60 seconds each side.\n' >hard.txt
expect 3 'error: .*\[pressure\]' import hard.txt

# No language needs such words.
mkdir share
cp -r "$SOURCE/scripts" "$SOURCE/audio" share/
rm share/scripts/en/touch
LOOSEN_DATA=$WORK/share "$LOOSEN" import ball.txt >bare.session 2>err.txt
is 'without touch words no block is made' sh -c \
    'grep -q "^@notice pressure" bare.session && ! grep -q "@contact" bare.session'

# The words are checked where they stand.
printf 'region lowback: low back\nlft: left\nseconds few: a few\nsay more: x\n' >touch
expect 3 'touch:2:1: error: unknown kind "lft"' check touch
expect 3 'touch:3:9: error: expected a whole number, found "few"' check touch
sed 's/^region low-back:/region lowback:/' "$SOURCE/scripts/en/touch" >touch
expect 3 'touch:[0-9]*:8: error: no script knows "lowback"' check touch
expect 0 '' check "$SOURCE/scripts/en/touch" "$SOURCE/scripts/de/touch"
# What stays lines has its time all the same.
cat >palms.txt <<'END'
Warm hands

Place both palms on your lower back, and let the warmth sink in for about one minute.

Take five slow breaths.

Come back in 2 minutes, or another day.
END
expect 0 '' import palms.txt -o palms.session
is 'a minute that is said is given' sh -c 'grep -A 1 "warmth sink in" palms.session | grep -qx "@rest 1m..1m15s"'
is 'and so are breaths' sh -c 'grep -A 1 "five slow breaths" palms.session | grep -qx "@rest 50s..1m5s"'
is 'another time is none' sh -c '! grep -A 1 "Come back in" palms.session | grep -q "2m[.]"'
finish
