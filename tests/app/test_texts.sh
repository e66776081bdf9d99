# SPDX-License-Identifier: GPL-3.0-or-later
# Texts as people have them: each format is read for its words, quiet lies where it should, and what
# the check passes can be planned at any length that its speech allows.
. "$(dirname "$0")/harness.sh"

# said FILE: what would be spoken of it at 5 minutes, a line each, without company and notice.
said()
{
    "$LOOSEN" plan "$1" -t 5 --json 2>err.txt | python3 -c '
import json, sys
for event in json.load(sys.stdin)["events"]:
    if event["type"] == "speech" and event["level"] != "presence" and not event["tags"]:
        print(event["text"])'
}

# A clinic's handout, wrapped and numbered; a page of Markdown; a transcript, a sentence a line.
cat >handout.txt <<'END'
Easing a stiff morning
======================

1. Lie on your back with your knees bent and both feet flat on the bed. Take a few easy
breaths, e.g. three or four.

2. Let both knees rock to the left by a hand's width. (pause for 20 seconds) Come back to the
middle.

Afterwards
----------

* Roll onto your side.
* Sit for a moment before you stand.

[soft music]
END
cat >page.md <<'END'
---
title: A Short Scan
---

## Feet

Notice the **left foot**, and the [right one](https://example.org).

## Hands

Let both hands *soften*. [PAUSE:5]
END
cat >transcript.txt <<'END'
Welcome to this quiet half hour.
Find a place where nobody needs you.
Let the legs be long.
Notice what the floor carries.
END
said handout.txt >handout.said
cat >handout.want <<'END'
Lie on your back with your knees bent and both feet flat on the bed. Take a few easy breaths, e.g. three or four.
Let both knees rock to the left by a hand's width.
Come back to the middle.
Roll onto your side.
Sit for a moment before you stand.
END
is 'a handout is read in whole sentences, without its marks' diff handout.want handout.said
expect 0 'handout.txt:16:1: warning: "\[soft music\]" is a direction' check handout.txt
expect 0 'Easing a stiff morning, 5:00' plan handout.txt -t 5
expect 0 '== +Afterwards' plan handout.txt -t 5
expect 0 'Stay with small, easy movements' plan handout.txt -t 5
said page.md >page.said
printf '%s\n' 'Notice the left foot, and the right one.' 'Let both hands soften.' >page.want
is 'Markdown is read for its words' diff page.want page.said
expect 0 'A Short Scan, 5:00' plan page.md -t 5
said transcript.txt >transcript.said
is 'a first sentence is spoken' diff transcript.txt transcript.said
expect 0 '^Transcript, 5:00' plan transcript.txt -t 5

# A transcript of speech without a sign or a capital: a line is a line.
printf '%s\n' 'sit down and let the chair hold you' 'let the breath come and go' 'and that is all' >speech.txt
said speech.txt >speech.said
is 'lines without signs stay lines' diff speech.txt speech.said

# Quiet of the text's own length, and none that is spoken.
printf 'Breathe in. [pause 7s] And out. (silence for two minutes)\n\nThat is all.\n' >pauses.txt
"$LOOSEN" plan pauses.txt -t 5 --json 2>err.txt >pauses.json
is 'pauses are as long as they say' python3 -c '
import json
said = [e for e in json.load(open("pauses.json"))["events"]
        if e["type"] == "speech" and e["level"] != "presence"]
assert [e["text"] for e in said] == ["Breathe in.", "And out.", "That is all."], said
gaps = [(b["start_frame"] - a["start_frame"] - a["frames"]) / 48000 for a, b in zip(said, said[1:])]
assert 7 <= gaps[0] <= 7 + 16 and 120 <= gaps[1] <= 120 + 16, gaps'

printf 'One.\n[pause 2.5 seconds]\nTwo. <break time=".5s"/>\nThree. [pause to let that sink in]\nFour.\n' >points.txt
"$LOOSEN" import points.txt >points.session 2>err.txt
is 'decimals count, and words that go with a pause' sh -c \
    'grep ^@pause points.session | tr "\n" " " | grep -qx "@pause 2.5s..2.5s @pause 0.5s..0.5s @pause 5s..5s "'

# Captions and SSML.
cat >talk.srt <<'END'
1
00:00:01,000 --> 00:00:03,000
Sit down slowly, and let

2
00:00:03,100 --> 00:00:05,000
the shoulders drop.

3
00:00:25,000 --> 00:00:28,000
<i>Now rest.</i>
END
sed '1i WEBVTT\n' talk.srt | sed 's/,\([0-9]\{3\}\)/.\1/g' >talk.vtt
printf '%s\n' 'Sit down slowly, and let the shoulders drop.' 'Now rest.' >talk.want
for kind in srt vtt; do
    said "talk.$kind" >talk.said
    is "captions are read for their words: $kind" diff talk.want talk.said
done
expect 0 'read as SubRip captions' check talk.srt
expect 0 'read as WebVTT captions' check talk.vtt
printf '<?xml version="1.0"?><speak version="1.1"><p>Sit, &amp; rest.<break time="3s"/></p>
<p>Let go.</p></speak>' >talk.ssml
said talk.ssml >talk.said
printf '%s\n' 'Sit, & rest.' 'Let go.' >talk.want
is 'SSML is read for its words' diff talk.want talk.said

# What is not read is called by its name, with a way to convert it.
printf '<!DOCTYPE html>\n<html><p>Hello</p></html>\n' >page.html
printf '%%PDF-1.4\n\0\n' >paper.pdf
printf '{\\rtf1 Hello}' >letter.rtf
expect 3 'this is an HTML page' check page.html
expect 3 'pdftotext' check paper.pdf
expect 3 'an RTF document' check letter.rtf
for file in page.html paper.pdf letter.rtf; do
    expect 3 'nothing was played or written' export "$file" -t 2 -o x.wav
done
is 'nothing was written' test ! -e x.wav

# No blank line, and twenty minutes: the quiet lies between the lines, and somebody speaks up in it.
"$LOOSEN" plan transcript.txt -t 20 --json 2>err.txt >long.json
is 'no quiet is longer than it should be, and it is shared' python3 -c '
import json
plan = json.load(open("long.json"))
speech = [e for e in plan["events"] if e["type"] == "speech"]
waits = [(b["start_frame"] - a["start_frame"] - a["frames"]) / 48000 for a, b in zip(speech, speech[1:])]
assert max(waits) <= 61, waits
own = [e["start_frame"] / plan["total_frames"] for e in speech if e["level"] != "presence"]
assert own[-1] > 0.5, own'

# A paragraph of any length, and files of one odd thing: in no more time than they are long.
python3 -c 'print("Evening\n\n" + "This sentence is one of very many, and it is calm. " * 60)' >paragraph.txt
expect 0 '^Evening, 20:00' plan paragraph.txt -t 20
python3 -c 'print("a b " * 900000)' >words.txt
python3 -c 'print("(" * 3000000)' >brackets.txt
python3 -c 'print("*pause" * 500000)' >stars.txt
for file in words brackets stars; do
    DEADLINE=60 expect 3 '' check $file.txt
done

# A script to go on from: with the notice that the text needs, in its author's pauses, and what could
# not be understood as comments; the check passes what was made.
for text in handout.txt page.md transcript.txt talk.srt talk.ssml; do
    expect 0 '' import "$text" -o made.session --force
    expect 0 '' check made.session
    expect 0 '' plan made.session
done
expect 0 '' import handout.txt -o made.session --force
for line in '^title: +Easing a stiff morning$' '^== Afterwards$' '^@pause 20s..20s$' '^// line 16: .*soft music'; do
    is "the script of a handout has $line" grep -qE -e "$line" made.session
done
expect 2 'made.session exists already' import handout.txt -o made.session
expect 2 'is a script already' import made.session
expect 3 'this is an HTML page' import page.html -o page.session
(printf 'fLaC' && head -c 5000000 /dev/zero) >large.flac
expect 3 'FLAC' import large.flac -o page.session
is 'nothing is made of what is not read' test ! -e page.session
expect 0 '^length: +[0-9]+m[.][.][0-9]+m, natural' import transcript.txt

printf 'Press a ball gently into your left buttock.\n\nThen the right.\n' >press.txt
"$LOOSEN" import - <press.txt >press.session 2>err.txt
is 'what is piped in is made a script, too' grep -q '^@notice pressure$' press.session

# A line of signs in a script is told by the check, with its line.
printf 'title: T\nlanguage: en\nlength: 2m..10m, natural 3m\nnotice: none\n== A\nSit.\n...\n@rest 10s..10m\n' >signs.session
expect 3 'signs.session:7:1: error: a line without a word' check signs.session

# A time that is said is given, also near the shortest length; one that is denied, or of another matter, is not.
cat >held.txt <<'END'
Holding

Lean into the ball. Stay for 45 seconds, then let go.
Press gently into your buttock with your fingers. Thirty seconds each.
Never hold this for sixty seconds.
The bus comes in 40 seconds.
Rest.
END
expect 0 '' plan held.txt -t 2:55 --json
is 'a time that is said is given' python3 -c '
import json
speech = [e for e in json.load(open("out.txt"))["events"] if e["type"] == "speech"]
def wait(text):
    i = next(i for i, e in enumerate(speech) if text in e["text"])
    return (speech[i + 1]["start_frame"] - speech[i]["start_frame"] - speech[i]["frames"]) / 48000
assert 45 <= wait("Stay for 45") < 60, wait("Stay for 45")
assert 30 <= wait("Thirty seconds") < 45, wait("Thirty seconds")
assert wait("Never hold") < 20, wait("Never hold")
assert wait("The bus") < 20, wait("The bus")'
finish
